/* SPDX-License-Identifier: Apache-2.0 */
#include "core/shelf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Something that counts how often it was destroyed. */
typedef struct thing {
    nn_shelved shelved;
    int destroyed;
} thing;

static void destroy(nn_shelved *shelved)
{
    ((thing *)shelved)->destroyed++;
}

static void test_what_was_put_is_taken_once(void **state)
{
    (void)state;
    nn_shelf shelf;
    thing one = {{destroy}, 0};
    nn_shelf_init(&shelf);
    assert_null(nn_shelf_take(&shelf));
    nn_shelf_put(&shelf, &one.shelved);
    assert_ptr_equal(nn_shelf_take(&shelf), &one);
    assert_null(nn_shelf_take(&shelf));
    nn_shelf_deinit(&shelf);
    assert_int_equal(one.destroyed, 0);
}

static void test_what_finds_no_room_is_destroyed(void **state)
{
    (void)state;
    nn_shelf shelf;
    thing things[NN_SHELF_ROOM + 2];
    nn_shelf_init(&shelf);
    for (int i = 0; i < NN_SHELF_ROOM + 2; i++) {
        things[i] = (thing){{destroy}, 0};
        nn_shelf_put(&shelf, &things[i].shelved);
    }
    for (int i = 0; i < NN_SHELF_ROOM + 2; i++) {
        assert_int_equal(things[i].destroyed, i < NN_SHELF_ROOM ? 0 : 1);
    }
    nn_shelf_deinit(&shelf);
    for (int i = 0; i < NN_SHELF_ROOM + 2; i++) {
        assert_int_equal(things[i].destroyed, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_put_is_taken_once),
        cmocka_unit_test(test_what_finds_no_room_is_destroyed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

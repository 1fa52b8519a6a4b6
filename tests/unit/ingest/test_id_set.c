/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: an id is known when it was added before, through growth and refused memory. */
#include "core/str.h"
#include "ingest/id_set.h"

#include "support/failing_allocator.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool add(nn_id_set *set, const char *id)
{
    bool known;
    assert_int_equal(nn_id_set_add(set, nn_str_of(id), &known, NULL), NUNCIO_OK);
    return known;
}

static void many_ids(void **state)
{
    (void)state;
    nn_memory memory;
    nn_id_set set;
    nn_memory_init(&memory, NULL, 0);
    nn_id_set_init(&set, &memory);
    char id[32];
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 20000; i++) {
            (void)snprintf(id, sizeof id, "article-%d", i);
            assert_int_equal(add(&set, id), round == 1);
        }
    }
    assert_int_equal(set.count, 20000);
    assert_false(add(&set, ""));
    assert_true(add(&set, ""));
    nn_id_set_deinit(&set);
    assert_int_equal(atomic_load(&memory.used), 0);
}

static void refused_memory(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        test_allocator allocator;
        test_allocator_init(&allocator, n);
        nn_memory memory;
        nn_id_set set;
        nn_memory_init(&memory, &allocator.allocator, 0);
        nn_id_set_init(&set, &memory);
        nuncio_status status = NUNCIO_OK;
        bool known = false;
        char id[32];
        size_t added = 0;
        for (; added < 4000 && status == NUNCIO_OK; added += status == NUNCIO_OK) {
            (void)snprintf(id, sizeof id, "%zu", added);
            status = nn_id_set_add(&set, nn_str_of(id), &known, NULL);
        }
        assert_int_equal(set.count, added); /* what was there is there */
        nn_id_set_deinit(&set);
        test_allocator_check(&allocator);
        if (!allocator.failed) {
            assert_int_equal(status, NUNCIO_OK);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_ids),
        cmocka_unit_test(refused_memory),
    };
    return cmocka_run_group_tests_name("ingest/id_set", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/heap.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Of a size that is not one of the usual. */
typedef struct element {
    uint32_t value, number;
    uint8_t ballast[40];
} element;

static bool worse(const void *a, const void *b, const void *context)
{
    const element *x = a, *y = b;
    assert_non_null(context);
    return x->value != y->value ? x->value < y->value : x->number > y->number;
}

static int best_first(const void *a, const void *b)
{
    return worse(a, b, "") ? 1 : worse(b, a, "") ? -1 : 0;
}

static void agrees_with_sort(void **state)
{
    (void)state;
    enum { OFFERS_MAX = 300, KEPT_MAX = 40 };
    test_prng prng = test_prng_of(test_seed(4));
    for (uint32_t round = 0; round < 2000; round++) {
        static element offers[OFFERS_MAX], kept[KEPT_MAX];
        size_t count = test_prng_below(&prng, OFFERS_MAX + 1);
        size_t max = test_prng_below(&prng, KEPT_MAX + 1);
        nn_heap heap = {(uint8_t *)kept, sizeof *kept, 0, max, worse, "context"};
        for (size_t i = 0; i < count; i++) {
            offers[i].value = (uint32_t)test_prng_below(&prng, 50); /* ties are common */
            offers[i].number = (uint32_t)i;
            memset(offers[i].ballast, (int)(i & 0xFF), sizeof offers[i].ballast);
            element before = {0};
            bool full = heap.count == max && max > 0;
            if (full) {
                memcpy(&before, nn_heap_worst(&heap), sizeof before);
            }
            bool was_kept = nn_heap_offer(&heap, &offers[i]);
            assert_int_equal(was_kept, max > 0 && (!full || worse(&before, &offers[i], "")));
        }
        assert_int_equal(heap.count, count < max ? count : max);
        assert_int_equal(nn_heap_worst(&heap) == NULL, heap.count == 0);
        nn_heap_sort(&heap);
        qsort(offers, count, sizeof *offers, best_first);
        for (size_t i = 0; i < heap.count; i++) {
            assert_memory_equal(&kept[i], &offers[i], sizeof *offers);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_sort),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

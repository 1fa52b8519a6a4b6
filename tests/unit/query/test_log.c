/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: nn_log is within one unit in the last place of the true logarithm, and its bits never
 * change. Method: compare with the C library's extended precision over random and awkward
 * arguments; pin some results. */
#include "query/rank/log.h"
#include "support/prng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static double distance_in_ulps(double x)
{
    double got = nn_log(x);
    long double exact = logl((long double)x);
    double rounded = (double)exact;
    double ulp = nextafter(fabs(rounded), INFINITY) - fabs(rounded);
    return (double)(fabsl((long double)got - exact) / (long double)ulp);
}

static void is_within_one_ulp(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(20260301));
    double worst = 0.0;
    for (uint32_t i = 0; i < 400000; i++) {
        double x = 1.0 + test_prng_unit(&prng) * (i % 3 == 0 ? 1.0 : i % 3 == 1 ? 1e3 : 1e-6);
        if (i % 5 == 0) {
            x = ldexp(0.5 + test_prng_unit(&prng), (int)test_prng_range(&prng, -1000, 1000));
        }
        double ulps = distance_in_ulps(x);
        worst = ulps > worst ? ulps : worst;
    }
    print_message("worst: %.3f units in the last place\n", worst);
    assert_true(worst <= 1.0);
    assert_true(worst > 0.4); /* else the comparison compares nothing */
}

static void handles_the_edges(void **state)
{
    (void)state;
    static const double arguments[] = {1.0,
                                       0x1.fffffffffffffp-1,
                                       0x1.0000000000001p0,
                                       0x1.6a09e667f3bccp0,
                                       0x1.6a09e667f3bcdp0,
                                       0x1.6a09e667f3bcep0,
                                       0x1p-1022,
                                       0x1p-1074,
                                       0x1.fffffffffffffp1023,
                                       2.0,
                                       0.5,
                                       10.0};
    for (size_t i = 0; i < sizeof arguments / sizeof *arguments; i++) {
        assert_true(distance_in_ulps(arguments[i]) <= 1.0);
    }
    assert_true(nn_log(1.0) == 0.0);
}

/* Rankings of two machines are compared bit by bit: these must come out the same everywhere. */
static void has_pinned_bits(void **state)
{
    (void)state;
    static const struct {
        double x, log;
    } pinned[] = {{2.0, 0x1.62e42fefa39efp-1},
                  {10.0, 0x1.26bb1bbb55516p1},
                  {1.5, 0x1.9f323ecbf984cp-2},
                  {1e6, 0x1.ba18a998fffap3}};
    for (size_t i = 0; i < sizeof pinned / sizeof *pinned; i++) {
        assert_true(nn_log(pinned[i].x) == pinned[i].log);
    }
}

static void grows_with_its_argument(void **state)
{
    (void)state;
    double x = 1.0;
    double last = nn_log(x);
    for (uint32_t i = 0; i < 100000; i++) {
        x *= 1.0001;
        double next = nn_log(x);
        assert_true(next > last);
        last = next;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_within_one_ulp),
        cmocka_unit_test(handles_the_edges),
        cmocka_unit_test(has_pinned_bits),
        cmocka_unit_test(grows_with_its_argument),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* x = 2^k · (1 + f) with √½ ≤ 1 + f < √2, and with s = f / (2 + f)
 *
 *   ln(1 + f) = 2 · artanh(s) = 2s + s·R,   R = 2/3 s² + 2/5 s⁴ + 2/7 s⁶ + …
 *
 * As 2s = f − s·f, the leading f is exact and only small parts are rounded: ln(1 + f) = f − (f²/2 −
 * s·(f²/2 + R)). This arrangement is that of fdlibm (Sun, 1993, e_log.c); the series here is
 * Taylor's, long enough (s² < 0.0295, 11 terms) that what is left out is below 2^-60. */
#include "query/rank/log.h"

#include "core/assert.h"

#include <stdint.h>
#include <string.h>

static const double ln2_high = 0x1.62e42feep-1;      /* 32 bits of ln 2: k times it is exact */
static const double ln2_low = 0x1.a39ef35793c76p-33; /* the rest */

/* 2 / (2i + 1) for i = 11 … 1. */
static const double series[] = {2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13,
                                2.0 / 11, 2.0 / 9,  2.0 / 7,  2.0 / 5,  2.0 / 3};

double nn_log(double x)
{
    NN_ASSERT(x > 0.0 && x <= 1.7976931348623157e308);
    int32_t k = 0;
    if (x < 0x1p-1022) {
        x *= 0x1p54; /* subnormal: make the exponent readable */
        k = -54;
    }
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    k += (int32_t)(bits >> 52) - 1023;
    bits = (bits & 0x000fffffffffffffu) | 0x3ff0000000000000u; /* 1 ≤ m < 2 */
    double m;
    memcpy(&m, &bits, sizeof m);
    if (m > 0x1.6a09e667f3bcdp0) { /* √2 */
        m *= 0.5;
        k += 1;
    }
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double r = 0.0;
    for (uint32_t i = 0; i < sizeof series / sizeof series[0]; i++) {
        r = (r + series[i]) * z;
    }
    double half = 0.5 * f * f;
    double n = (double)k;
    return n * ln2_high - ((half - (s * (half + r) + n * ln2_low)) - f);
}

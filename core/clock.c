/* SPDX-License-Identifier: Apache-2.0 */
#include "core/clock.h"

#include <time.h>

uint64_t nn_clock_ns(void)
{
    struct timespec now = {0, 0};
    (void)clock_gettime(CLOCK_MONOTONIC,
                        &now); /* cannot fail: the clock exists and the pointer is good */
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

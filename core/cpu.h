/* SPDX-License-Identifier: Apache-2.0 */
/* Kernels are compiled for every processor and, where that gains much, once more for those with
 * AVX2 and the bit counts of its time, or for those with AVX-512, its VBMI2 and its bit counts. All
 * give the same numbers: floating point by the same operations on each, in the same order. */
#ifndef CORE_CPU_H
#define CORE_CPU_H

#include <stdbool.h>

#if defined(__x86_64__) && !defined(NN_CPU_PORTABLE) /* tests of what other processors run */
#define NN_CPU_HAS_WIDE 1
#ifdef NN_CPU_CHOSEN /* tests that link tests/support/cpu.c run what other processors would */
int nn_cpu_choice(void) __attribute__((weak));
#define nn_cpu_chosen() (nn_cpu_choice == 0 ? 2 : nn_cpu_choice())
#else
#define nn_cpu_chosen() 2
#endif
/** Before a function that runs only where nn_cpu_is_wide. */
#define NN_WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))
/** Cost: a few loads and tests. */
static inline bool nn_cpu_is_wide(void)
{
    return nn_cpu_chosen() >= 1 && __builtin_cpu_supports("avx2") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
/** The same for functions that run only where nn_cpu_is_widest. */
#define NN_WIDEST                                                                                  \
    __attribute__((                                                                                \
        target("avx512f,avx512bw,avx512cd,avx512vbmi,avx512vbmi2,avx512vpopcntdq,bmi,bmi2,"        \
               "popcnt")))
static inline bool nn_cpu_is_widest(void)
{
    return nn_cpu_chosen() >= 2 && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
#else
#define NN_CPU_HAS_WIDE 0
#endif

#endif

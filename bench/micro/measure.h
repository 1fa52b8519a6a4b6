/* SPDX-License-Identifier: Apache-2.0 */
/* What the micro-benchmarks share: giving up, the processor's time, a median. */
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <nuncio/error.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static inline void require(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, error->message);
        exit(2);
    }
}

/** Seconds of processor that this process took. */
static inline double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline int measure_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}
/** The middle of an odd number of times, which are sorted for it. */
static inline double median(double *times, size_t count)
{
    qsort(times, count, sizeof *times, measure_order);
    return times[count / 2];
}

#endif

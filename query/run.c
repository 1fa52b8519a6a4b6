/* SPDX-License-Identifier: Apache-2.0 */
#include "query/run.h"

#include "core/clock.h"

#include <inttypes.h>

/* A check is due when the work allowed is done, even where that is less than a period. */
static void begin_period(nn_run *run)
{
    uint64_t left = run->options->work_max - run->work;
    bool short_of = run->options->work_max != 0 && left < NN_RUN_STEPS;
    run->period = short_of ? (uint32_t)left : (uint32_t)NN_RUN_STEPS;
    run->steps = run->period;
}

void nn_run_start(nn_run *run, const nuncio_search_options *options)
{
    run->options = options;
    run->work = 0;
    run->deadline_ns = 0;
    if (options->deadline_ms > 0) {
        run->deadline_ns = nn_clock_ns() + (uint64_t)options->deadline_ms * 1000000u;
    }
    begin_period(run);
}

nuncio_status nn_run_check(nn_run *run)
{
    const nuncio_search_options *options = run->options;
    run->work += run->period - run->steps;
    if (options->stop != NULL && options->stop(options->stop_context)) {
        return nn_error_set(run->error, NUNCIO_ERR_CANCELLED, "the search was stopped");
    }
    if (run->deadline_ns != 0 && nn_clock_ns() >= run->deadline_ns) {
        return nn_error_set(run->error, NUNCIO_ERR_DEADLINE,
                            "the search took longer than its deadline");
    }
    if (options->work_max != 0 && run->work >= options->work_max) {
        return nn_error_set(run->error, NUNCIO_ERR_LIMIT,
                            "the search took more than the %" PRIu64 " steps of work_max: ask for "
                            "something rarer",
                            options->work_max);
    }
    begin_period(run);
    return NUNCIO_OK;
}

nuncio_status nn_run_corrupt(nn_run *run, size_t part, const char *what)
{
    return nn_error_file(run->error, NUNCIO_ERR_CORRUPT,
                         run->snapshot->manifest.entries[part].segment, 0,
                         "the segment is damaged (%s): restore it, or index again", what);
}

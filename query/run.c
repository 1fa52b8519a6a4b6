/* SPDX-License-Identifier: Apache-2.0 */
#include "query/run.h"

#include "core/clock.h"

nuncio_status nn_run_check(nn_run *run)
{
    run->steps = NN_RUN_STEPS;
    if (run->deadline_ns != 0 && nn_clock_ns() >= run->deadline_ns) {
        return nn_error_set(run->error, NUNCIO_ERR_DEADLINE,
                            "the search took longer than its deadline");
    }
    return NUNCIO_OK;
}

nuncio_status nn_run_corrupt(nn_run *run, size_t part, const char *what)
{
    return nn_error_file(run->error, NUNCIO_ERR_CORRUPT,
                         run->snapshot->manifest.entries[part].segment, 0,
                         "the segment is damaged (%s): restore it, or index again", what);
}

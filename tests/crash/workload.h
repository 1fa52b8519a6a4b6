/* SPDX-License-Identifier: Apache-2.0 */
/* Scripts of what a writer does, and the archive that each commit of them must leave. */
#ifndef CRASH_WORKLOAD_H
#define CRASH_WORKLOAD_H

#include <nuncio/nuncio.h>

#include "support/memory_fs.h"

enum { WORKLOAD_ARTICLES = 40, WORKLOAD_COMMITS = 12 };

/** A script is a line of steps, separated by spaces:
 *   a3.1   add article 3 in its version 1 (of a known id: replaces it)
 *   d3     delete article 3
 *   c      commit          o   optimize, which commits
 *   r      close the writer and open it again */
typedef struct workload {
    const char *name;
    const char *before; /* run first, undisturbed */
    const char *script; /* what the power goes in */
} workload;

extern const workload WORKLOADS[];
extern const size_t WORKLOAD_COUNT;

/** Versions by article, 0 = not there, after each commit; [0] is the state before the script. */
typedef struct workload_states {
    uint8_t version[WORKLOAD_COMMITS + 1][WORKLOAD_ARTICLES];
    size_t count;      /* commits of the script + 1 */
    bool index_before; /* there was an index before the script */
} workload_states;

workload_states workload_states_of(const workload *load);

/** Runs a script in "/index". Without annotations a writer opens faster, which sweeps of many
 * thousand runs need.
 * @return how many of its commits were acknowledged; *status what stopped it */
size_t workload_run(const char *script, bool annotate, const nuncio_vfs *vfs,
                    const nuncio_allocator *allocator, nuncio_status *status, nuncio_error *error);

/** Compares the index with a state, article by article and by searches.
 * @param[out] error its status is OK when everything could be read, else what could not
 * @return NULL: equal; else what differs or cannot be read */
const char *workload_compare(const nuncio_vfs *vfs, const nuncio_allocator *allocator,
                             const uint8_t *version, nuncio_error *error);

#endif

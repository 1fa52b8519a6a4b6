/* SPDX-License-Identifier: Apache-2.0 */
/* What it costs to open an index: time, and private memory while it is open.
 *
 * usage: bench_opening INDEX
 *
 * On the public API alone. Time is the median of 101 openings with everything in the page cache;
 * memory is what RssAnon grows by. Prints one object of JSON. */
#include "measure.h"

#include <nuncio/nuncio.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 101 };

/* KiB of memory that is this process's own. */
static long private_kib(void)
{
    char line[256];
    long kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "RssAnon:", 8) == 0) {
            kib = strtol(line + 8, NULL, 10);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kib;
}

int main(int argc, char **argv)
{
    double times[ROUNDS];
    nuncio_error error;
    nuncio_snapshot *snapshot;
    nuncio_stats stats;
    if (argc != 2) {
        fprintf(stderr, "usage: bench_opening INDEX\n");
        return 2;
    }
    long before = private_kib();
    require(nuncio_snapshot_open(argv[1], NULL, &snapshot, &error), &error);
    long after = private_kib();
    nuncio_snapshot_stats(snapshot, &stats);
    nuncio_snapshot_close(snapshot);
    for (size_t i = 0; i < ROUNDS; i++) {
        double begin = processor_seconds();
        require(nuncio_snapshot_open(argv[1], NULL, &snapshot, &error), &error);
        times[i] = 1e3 * (processor_seconds() - begin);
        nuncio_snapshot_close(snapshot);
    }
    printf("{\"segments\":%" PRIu64 ",\"index_bytes\":%" PRIu64
           ",\"milliseconds\":%.3f,\"private_bytes\":%ld}\n",
           (uint64_t)stats.segments, (uint64_t)stats.bytes.total, median(times, ROUNDS),
           (after - before) * 1024);
    return 0;
}

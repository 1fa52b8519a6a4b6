/* SPDX-License-Identifier: Apache-2.0 */
/* What a filter costs as it leaves less: searches a word with ever narrower dates and with sources.
 *
 * usage: bench_filters INDEX WORD      the word should be frequent
 *
 * On the public API alone. Queries take turns; of each the median of 200 searches is given, hits
 * without their texts, beside the passages it leaves. */
#include "measure.h"

#include <nuncio/nuncio.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 200 };

static const char *const filters[] = {
    "",
    "date:1940..2030",
    "date:1952..1976",
    "date:1955..1960",
    "date:1958",
    "date:1958-07",
    "date:1958-07-14",
    "source:\"United Nations General Debate Corpus\"",
    "lang:fr",
};

static uint64_t count(const nuncio_snapshot *snapshot, const nuncio_query *query)
{
    nuncio_error error;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_hits *hits;
    options.count = true;
    options.no_highlights = true;
    require(nuncio_search(snapshot, query, &options, &hits, &error), &error);
    uint64_t total = nuncio_hits_total(hits);
    nuncio_hits_destroy(hits);
    return total;
}

int main(int argc, char **argv)
{
    enum { COUNT = sizeof filters / sizeof filters[0] };
    static double times[COUNT][ROUNDS];
    nuncio_query *queries[COUNT];
    nuncio_error error;
    nuncio_snapshot *snapshot;
    if (argc != 3) {
        fprintf(stderr, "usage: bench_filters INDEX WORD\n");
        return 2;
    }
    require(nuncio_snapshot_open(argv[1], NULL, &snapshot, &error), &error);
    for (size_t i = 0; i < COUNT; i++) {
        char text[256];
        int size = snprintf(text, sizeof text, "%s %s", argv[2], filters[i]);
        nuncio_str str = {text, (size_t)size};
        require(nuncio_query_parse(str, 0, NULL, &queries[i], &error), &error);
    }
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < COUNT; i++) {
            nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
            nuncio_hits *hits;
            options.no_highlights = true;
            double begin = processor_seconds();
            require(nuncio_search(snapshot, queries[i], &options, &hits, &error), &error);
            times[i][round] = 1e6 * (processor_seconds() - begin);
            nuncio_hits_destroy(hits);
        }
    }
    for (size_t i = 0; i < COUNT; i++) {
        printf("%-50s %9" PRIu64 " passages %9.1f us\n", filters[i], count(snapshot, queries[i]),
               median(times[i], ROUNDS));
        nuncio_query_destroy(queries[i]);
    }
    nuncio_snapshot_close(snapshot);
    return 0;
}

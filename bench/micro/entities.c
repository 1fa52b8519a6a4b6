/* SPDX-License-Identifier: Apache-2.0 */
/* What a filter on names costs: searches an archive for its own names, as a newsroom would, with
 * person:, place:, org: and entity:, ten hits each with their passages.
 *
 * usage: bench_entities INDEX [QUERIES]      queries, 1000 unless given
 *
 * On the public API alone. Half of the names are the commonest, half are taken evenly from all.
 * Each query is timed *cold*, on a snapshot opened for it, and *warm*, on one that answered all of
 * them once before (the best of three). Prints microseconds of processor at the median, at 99 % and
 * of the dearest as a JSON object, and the dearest queries on standard error. */
#include "measure.h"

#include <nuncio/nuncio.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOWEST = 8, TEXT_ROOM = 600 };

typedef struct subject {
    char text[TEXT_ROOM];
    nuncio_query *query;
    double cold, warm; /* µs */
} subject;

static void make_text(const nuncio_facet *facet, size_t number, char *to)
{
    static const char *const fields[] = {"entity", "person", "place", "org", "entity", "entity"};
    const char *field = number % 4 == 3 ? "entity" : fields[facet->type];
    to += sprintf(to, "%s:\"", field);
    for (size_t i = 0; i < facet->value.size && i < TEXT_ROOM - 32; i++) {
        char c = facet->value.data[i];
        *to++ = c == '"' || c == '\\' ? ' ' : c;
    }
    strcpy(to, "\"");
}

/* Takes names of the archive and makes queries of them. */
static size_t make_subjects(const char *index, subject *subjects, size_t wanted)
{
    nuncio_error error;
    nuncio_snapshot *snapshot;
    nuncio_facets *facets;
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    size_t count, made = 0;
    options.kinds = 1u << NUNCIO_FACET_ENTITY;
    options.limit = 0;
    require(nuncio_snapshot_open(index, NULL, &snapshot, &error), &error);
    require(nuncio_facets_count(snapshot, NULL, NULL, &options, &facets, &error), &error);
    const nuncio_facet *values = nuncio_facets_values(facets, NUNCIO_FACET_ENTITY, &count);
    for (size_t i = 0; i < wanted && count > 0; i++) {
        size_t half = wanted / 2;
        size_t place = i < half ? i : (i - half) * count / (wanted - half);
        subject *to = &subjects[made];
        make_text(&values[place < count ? place : count - 1], i, to->text);
        nuncio_str text = {to->text, strlen(to->text)};
        made +=
            nuncio_query_parse(text, 0, NULL, &to->query, &error) == NUNCIO_OK; /* "…" is none */
    }
    nuncio_facets_destroy(facets);
    nuncio_snapshot_close(snapshot);
    return made;
}

static double search(const nuncio_snapshot *snapshot, const nuncio_query *query)
{
    nuncio_error error;
    nuncio_hits *hits;
    double begin = processor_seconds();
    require(nuncio_search(snapshot, query, NULL, &hits, &error), &error);
    double taken = 1e6 * (processor_seconds() - begin);
    nuncio_hits_destroy(hits);
    return taken;
}

static void measure(const char *index, subject *subjects, size_t count)
{
    enum { ROUNDS = 3 };
    nuncio_error error;
    nuncio_snapshot *snapshot;
    for (size_t i = 0; i < count; i++) {
        require(nuncio_snapshot_open(index, NULL, &snapshot, &error), &error);
        subjects[i].cold = search(snapshot, subjects[i].query);
        nuncio_snapshot_close(snapshot);
    }
    require(nuncio_snapshot_open(index, NULL, &snapshot, &error), &error);
    for (size_t round = 0; round <= ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            double taken = search(snapshot, subjects[i].query);
            bool better = round == 1 || taken < subjects[i].warm;
            subjects[i].warm = round > 0 && better ? taken : subjects[i].warm;
        }
    }
    nuncio_snapshot_close(snapshot);
}

static int slowest_first(const void *a, const void *b)
{
    double x = ((const subject *)a)->warm, y = ((const subject *)b)->warm;
    return x < y ? 1 : x > y ? -1 : 0;
}

static void print_times(const char *name, const subject *subjects, size_t count, bool warm)
{
    double *times = malloc((count + 1) * sizeof *times);
    if (times == NULL) {
        exit(2);
    }
    for (size_t i = 0; i < count; i++) {
        times[i] = warm ? subjects[i].warm : subjects[i].cold;
    }
    double middle = median(times, count);
    printf(", \"%s\": {\"median\": %.1f, \"p99\": %.1f, \"most\": %.1f}", name, middle,
           times[count * 99 / 100], times[count - 1]);
    free(times);
}

int main(int argc, char **argv)
{
    size_t wanted = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
    if (argc < 2 || wanted == 0) {
        fprintf(stderr, "usage: bench_entities INDEX [QUERIES]\n");
        return 2;
    }
    subject *subjects = calloc(wanted, sizeof *subjects);
    if (subjects == NULL) {
        return 2;
    }
    size_t count = make_subjects(argv[1], subjects, wanted);
    measure(argv[1], subjects, count);
    printf("{\"queries\": %zu", count);
    print_times("cold", subjects, count, false);
    print_times("warm", subjects, count, true);
    printf("}\n");
    qsort(subjects, count, sizeof *subjects, slowest_first);
    for (size_t i = 0; i < count && i < SLOWEST; i++) {
        fprintf(stderr, "%9.1f us warm %9.1f us cold  %s\n", subjects[i].warm, subjects[i].cold,
                subjects[i].text);
    }
    for (size_t i = 0; i < count; i++) {
        nuncio_query_destroy(subjects[i].query);
    }
    free(subjects);
    return 0;
}

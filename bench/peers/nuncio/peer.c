/* SPDX-License-Identifier: Apache-2.0 */
/* nuncio behind the benchmark's pipe; see ../README.md. Its index is built by `nuncio index`. */
#include <nuncio/nuncio.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LINE_MAX_BYTES = 1 << 16 };

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static void require(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fprintf(stderr, "peer_nuncio: %s\n", error->message);
        exit(2);
    }
}

static bool begins(const char *command, const char *with)
{
    return strncmp(command, with, strlen(with)) == 0;
}

static nuncio_search_options options_of(const char *command)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.k1 = 1.2;
    options.b = 0.75;
    options.scope = begins(command, "ARTICLE") ? NUNCIO_SCOPE_ARTICLE : NUNCIO_SCOPE_PASSAGE;
    options.hits_max = begins(command, "COUNT") ? 0 : strstr(command, "100") != NULL ? 100 : 10;
    options.count = strstr(command, "COUNT") != NULL;
    options.exhaustive = strstr(command, "EXHAUSTIVE") != NULL;
    options.no_highlights = !begins(command, "FETCH");
    return options;
}

static uint64_t mixed(uint64_t hash, const void *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ ((const uint8_t *)bytes)[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

/* Ids, ordinals and every bit of the scores, so that two commands can be compared. */
static uint64_t digest(const nuncio_hits *hits)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        hash = mixed(hash, hit->article.id.data, hit->article.id.size);
        hash = mixed(hash, &hit->ordinal, sizeof hit->ordinal);
        hash = mixed(hash, &hit->score, sizeof hit->score);
    }
    return hash;
}

/* Ids of the bench's archives hold nothing that JSON escapes. */
static void print_hits(const nuncio_hits *hits)
{
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        printf("%s\"%.*s/%u\"", i == 0 ? "" : ",", (int)hit->article.id.size, hit->article.id.data,
               (unsigned)hit->ordinal);
    }
}

static void answer(const nuncio_snapshot *snapshot, const char *command, const char *text)
{
    nuncio_error error;
    nuncio_query *query;
    nuncio_hits *hits;
    nuncio_search_options options = options_of(command);
    nuncio_str str = {text, strlen(text)};
    double begin = microseconds();
    require(nuncio_query_parse(str, 0, NULL, &query, &error), &error);
    require(nuncio_search(snapshot, query, &options, &hits, &error), &error);
    double took = microseconds() - begin;
    uint64_t found = options.count ? nuncio_hits_total(hits) : nuncio_hits_count(hits);
    printf("{\"us\":%.2f,\"hits\":%" PRIu64 ",\"digest\":\"%" PRIx64 "\",\"ids\":[", took, found,
           digest(hits));
    if (begins(command, "HITS")) {
        print_hits(hits);
    }
    printf("]}\n");
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

int main(int argc, char **argv)
{
    static char line[LINE_MAX_BYTES];
    nuncio_error error;
    nuncio_snapshot *snapshot;
    if (argc != 3 || strcmp(argv[1], "serve") != 0) {
        fprintf(stderr, "usage: peer_nuncio serve INDEX < commands\n");
        return 2;
    }
    require(nuncio_snapshot_open(argv[2], NULL, &snapshot, &error), &error);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        char *query = strchr(line, '\t');
        if (query == NULL) {
            fflush(stdout);
            continue;
        }
        *query = '\0';
        answer(snapshot, line, query + 1);
    }
    nuncio_snapshot_close(snapshot);
    return 0;
}

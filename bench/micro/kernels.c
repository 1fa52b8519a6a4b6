/* SPDX-License-Identifier: Apache-2.0 */
/* The kernels of building and searching, each beside a limit measured in the same run, so that one
 * sees what is left.
 *
 * usage: bench_kernels INDEX      one with stored texts, in one segment
 *
 * Prints an object of JSON a kernel: nanoseconds a unit, and those of its limit. Words are drawn
 * from the texts of the index: frequent ones, in ever the same way. The least of several rounds. */
#include <inttypes.h>
#include <nuncio/nuncio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "limits.h"
#include "measure.h"
#include "segment/snapshot.h"
#include "text/analyzer.h"

enum { ROUNDS = 7, TEXT_BYTES = 48 << 20, WORDS = 24, FETCHED = 10, FETCHES = 400 };

typedef struct word {
    char text[32];
    nn_term_info info;
    nn_unpacked list;
} word;

typedef struct bench {
    nuncio_snapshot *snapshot;
    const nn_segment *segment;
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_buffer texts;   /* of the first passages, */
    uint32_t *ends;    /* where each ends, */
    uint32_t passages; /* and how many they are */
    uint64_t tokens;
    word words[WORDS];
    double tokenise_ns; /* a token */
    double fetch_ns;    /* a passage */
} bench;

static void *room(size_t count, size_t size)
{
    void *made = calloc(count, size);
    if (made == NULL) {
        fprintf(stderr, "bench_kernels: no memory\n");
        exit(2);
    }
    return made;
}

static void report(const char *kernel, const char *unit, uint64_t units, double ns,
                   const char *limit, double limit_ns)
{
    printf("{\"kernel\":\"%s\",\"unit\":\"%s\",\"units\":%" PRIu64 ",\"ns\":%.3f,"
           "\"limit\":\"%s\",\"limit_ns\":%.3f}\n",
           kernel, unit, units, ns, limit, limit_ns);
    fflush(stdout);
}

static double least(double so_far, uint64_t begin)
{
    double took = (double)(nn_clock_ns() - begin);
    return so_far < 0 || took < so_far ? took : so_far;
}

static nuncio_str text_of(const bench *b, uint32_t passage)
{
    uint32_t start = passage == 0 ? 0 : b->ends[passage - 1];
    return (nuncio_str){(const char *)b->texts.data + start, b->ends[passage] - start};
}

static void load_texts(bench *b, nuncio_error *error)
{
    uint32_t count = nn_segment_info_of(b->segment)->passage_count;
    b->ends = room(count, sizeof *b->ends);
    nn_buffer_init(&b->texts, &b->memory);
    while (b->passages < count && b->texts.size < TEXT_BYTES) {
        require(nn_segment_passage_text(b->segment, b->passages, &b->texts, error), error);
        b->ends[b->passages++] = (uint32_t)b->texts.size;
    }
}

static void tokenise(bench *b, nuncio_error *error)
{
    double took = -1;
    nn_token_list tokens = {0};
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns();
        b->tokens = 0;
        for (uint32_t i = 0; i < b->passages; i++) {
            tokens.count = 0;
            require(
                nn_analyzer_tokenize(b->analyzer, NN_LANGUAGE_EN, text_of(b, i), &tokens, error),
                error);
            b->tokens += tokens.count;
        }
        took = least(took, begin);
    }
    nn_token_list_deinit(&tokens, &b->memory);
    b->tokenise_ns = took / (double)b->tokens;
    report("tokenise", "token", b->tokens, b->tokenise_ns, "the bytes of the text read once",
           nn_limit_read(b->texts.data, b->texts.size) / (double)b->tokens);
}

static int by_df(const void *a, const void *b)
{
    uint32_t x = ((const word *)a)->info.passage_df, y = ((const word *)b)->info.passage_df;
    return x < y ? 1 : x > y ? -1 : strcmp(((const word *)a)->text, ((const word *)b)->text);
}

/* A printed form that stands for itself in a query: lower-case letters alone. */
static bool is_plain(nuncio_str form)
{
    for (size_t i = 0; i < form.size; i++) {
        if (form.data[i] < 'a' || form.data[i] > 'z') {
            return false;
        }
    }
    return form.size >= 2 && form.size < sizeof((word *)0)->text;
}

/* Words in one of 64 to one of 4 passages, evenly picked by their frequency. */
static void choose_words(bench *b, nuncio_error *error)
{
    uint32_t count = nn_segment_info_of(b->segment)->passage_count, found = 0;
    uint32_t surfaces = nn_analyzer_surface_count(b->analyzer);
    word *all = room(surfaces, sizeof *all);
    for (uint32_t i = 0; i < surfaces; i++) {
        nuncio_str form = nn_analyzer_surface(b->analyzer, i),
                   term = nn_analyzer_term(b->analyzer, i);
        bool there = false;
        word *at = &all[found];
        if (is_plain(form)) {
            require(nn_segment_find_term(b->segment, term, &there, &at->info, error), error);
        }
        if (there && at->info.passage_df > count / 64 && at->info.passage_df < count / 4) {
            memcpy(at->text, form.data, form.size);
            at->text[form.size] = '\0';
            found++;
        }
    }
    qsort(all, found, sizeof *all, by_df);
    if (found < WORDS) {
        fprintf(stderr, "bench_kernels: the index holds too few frequent words\n");
        exit(2);
    }
    for (uint32_t i = 0; i < WORDS; i++) {
        b->words[i] = all[(uint64_t)i * found / WORDS];
    }
    free(all);
}

/* Every block of every list; where `keeps`, into the words' own arrays. @return postings */
static uint64_t unpack_lists(bench *b, bool tfs, bool keeps, nuncio_error *error)
{
    static nn_postings walk;
    uint64_t postings = 0;
    for (word *w = b->words; w < b->words + WORDS; w++) {
        nn_unpacked *list = &w->list;
        list->count = 0;
        require(nn_postings_open(&walk, b->segment, &w->info, error), error);
        while (walk.doc != NN_DOC_END) {
            require(nn_postings_unpack_docs(&walk, error), error);
            if (tfs) {
                require(nn_postings_unpack_tfs(&walk, error), error);
            }
            for (uint32_t i = 0; keeps && i < walk.in_block_count; i++) {
                list->docs[list->count] = walk.docs[i];
                list->tfs[list->count++] = (uint8_t)walk.tfs[i];
            }
            postings += walk.in_block_count;
            require(nn_postings_next_block(&walk, error), error);
        }
    }
    return postings;
}

static void unpack(bench *b, nuncio_error *error)
{
    uint64_t postings = 0;
    double limit = nn_limit_unpack();
    for (int tfs = 0; tfs < 2; tfs++) {
        double took = -1;
        for (int round = 0; round < ROUNDS; round++) {
            uint64_t begin = nn_clock_ns();
            postings = unpack_lists(b, tfs, false, error);
            took = least(took, begin);
        }
        report(tfs ? "unpack docids and frequencies" : "unpack docids", "posting", postings,
               took / (double)postings, "as many numbers of 6 bits unpacked in the first cache",
               (tfs + 1) * limit);
    }
    for (word *w = b->words; w < b->words + WORDS; w++) {
        w->list.docs = room(w->info.passage_df, sizeof *w->list.docs);
        w->list.tfs = room(w->info.passage_df, sizeof *w->list.tfs);
    }
    unpack_lists(b, true, true, error);
}

/* Asks for the words first … first + count - 1. @return hits, or matches where they are counted */
static uint64_t ask(const bench *b, const char *mark, uint32_t first, uint32_t count,
                    const nuncio_search_options *options, nuncio_error *error)
{
    char text[256] = "";
    size_t size = 0;
    nuncio_query *query;
    nuncio_hits *hits;
    for (uint32_t i = first; i < first + count; i++) {
        int more =
            snprintf(text + size, sizeof text - size, "%s%s ", mark, b->words[i % WORDS].text);
        size += (size_t)more;
    }
    require(nuncio_query_parse((nuncio_str){text, size}, 0, NULL, &query, error), error);
    require(nuncio_search(b->snapshot, query, options, &hits, error), error);
    uint64_t found = options->count ? nuncio_hits_total(hits) : nuncio_hits_count(hits);
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
    return found;
}

static nuncio_search_options plain_options(void)
{
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.scope = NUNCIO_SCOPE_PASSAGE;
    options.no_highlights = true;
    return options;
}

static void score(bench *b, nuncio_error *error)
{
    nuncio_search_options options = plain_options();
    double took = -1, limit = -1;
    uint64_t postings = 0;
    options.exhaustive = true;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns();
        for (uint32_t i = 0; i < WORDS; i++) {
            ask(b, "", i, 3, &options, error);
        }
        took = least(took, begin);
        begin = nn_clock_ns();
        postings = 0;
        for (uint32_t i = 0; i < WORDS; i++) {
            const nn_unpacked *lists[3] = {&b->words[i].list, &b->words[(i + 1) % WORDS].list,
                                           &b->words[(i + 2) % WORDS].list};
            postings += nn_limit_score(lists, 3, nn_segment_lengths(b->segment));
        }
        limit = least(limit, begin);
    }
    report("score unions exhaustively", "posting", postings, took / (double)postings,
           "unpacked lists added up in windows", limit / (double)postings);
}

static void intersect(bench *b, nuncio_error *error)
{
    nuncio_search_options options = plain_options();
    double took = -1, limit = -1;
    uint64_t found = 0, expected = 0, postings = 0;
    options.hits_max = 0;
    options.count = true;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns();
        found = expected = postings = 0;
        for (uint32_t i = 0; i < WORDS; i++) {
            found += ask(b, "+", i, 2, &options, error);
        }
        took = least(took, begin);
        begin = nn_clock_ns();
        for (uint32_t i = 0; i < WORDS; i++) {
            const nn_unpacked *one = &b->words[i].list, *other = &b->words[(i + 1) % WORDS].list;
            expected += nn_limit_intersect(one, other);
            postings += one->count < other->count ? one->count : other->count;
        }
        limit = least(limit, begin);
    }
    if (found != expected) {
        fprintf(stderr, "bench_kernels: %" PRIu64 " matches, not %" PRIu64 "\n", found, expected);
        exit(1);
    }
    report("intersect and count", "posting of the shorter list", postings, took / (double)postings,
           "unpacked lists merged without branches", limit / (double)postings);
}

static uint32_t drawn_passage(const bench *b, uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % b->passages);
}

static void fetch(bench *b, nuncio_error *error)
{
    nn_buffer text;
    double took = -1;
    uint64_t bytes = 0;
    nn_buffer_init(&text, &b->memory);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t state = 7, begin = nn_clock_ns();
        bytes = 0;
        for (int i = 0; i < FETCHES * FETCHED; i++) {
            nn_buffer_clear(&text);
            require(nn_segment_passage_text(b->segment, drawn_passage(b, &state), &text, error),
                    error);
            bytes += text.size;
        }
        took = least(took, begin);
    }
    nn_buffer_deinit(&text);
    b->fetch_ns = took / (FETCHES * FETCHED);
    report("fetch", "passage", FETCHES * FETCHED, b->fetch_ns,
           "as many bytes decompressed in blocks of 64 KiB",
           nn_limit_decompress(b->texts.data, b->texts.size) * (double)bytes / (FETCHES * FETCHED));
}

/* What showing costs: the same searches with and without texts and marks. */
static void highlight(bench *b, nuncio_error *error)
{
    nuncio_search_options bare = plain_options(), shown = plain_options();
    double without = -1, with = -1;
    uint64_t hits = 0;
    shown.no_highlights = false;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns();
        hits = 0;
        for (uint32_t i = 0; i < WORDS; i++) {
            hits += ask(b, "", i, 3, &bare, error);
        }
        without = least(without, begin);
        begin = nn_clock_ns();
        for (uint32_t i = 0; i < WORDS; i++) {
            ask(b, "", i, 3, &shown, error);
        }
        with = least(with, begin);
    }
    double tokens = (double)b->tokens / b->passages;
    report("show", "hit", hits, (with - without) / (double)hits,
           "fetch and tokenise, as measured above", b->fetch_ns + tokens * b->tokenise_ns);
}

int main(int argc, char **argv)
{
    static bench b;
    nuncio_error error = {0};
    if (argc != 2) {
        fprintf(stderr, "usage: bench_kernels INDEX\n");
        return 2;
    }
    require(nuncio_snapshot_open(argv[1], NULL, &b.snapshot, &error), &error);
    if (b.snapshot->part_count != 1) {
        fprintf(stderr, "bench_kernels: %s has several segments: optimize it first\n", argv[1]);
        return 2;
    }
    b.segment = b.snapshot->parts[0].segment;
    nn_memory_init(&b.memory, NULL, 0);
    require(nn_analyzer_create(&b.memory, &b.analyzer, &error), &error);
    load_texts(&b, &error);
    tokenise(&b, &error);
    choose_words(&b, &error);
    unpack(&b, &error);
    score(&b, &error);
    intersect(&b, &error);
    fetch(&b, &error);
    highlight(&b, &error);
    for (word *w = b.words; w < b.words + WORDS; w++) {
        free(w->list.docs);
        free(w->list.tfs);
    }
    free(b.ends);
    nn_buffer_deinit(&b.texts);
    nn_analyzer_destroy(b.analyzer);
    nuncio_snapshot_close(b.snapshot);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens a second of each stage of annotation, on one core; reading and tokenising are not counted.
 *
 * usage: bench_annotate PATH…      what `nuncio index` takes; the first 50,000,000 bytes of text
 * are used
 *
 * The best of five rounds over the same articles, whose surface forms are known from the second
 * round on; the first round is given beside it. "quotes" is what finding marks and pairing them
 * costs. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/annotate.h"
#include "annotate/spans.h"
#include "core/clock.h"
#include "ingest/ingest.h"

enum { ROUNDS = 5, TEXT_BYTES = 50000000 };

typedef struct article {
    nuncio_str text;
    nn_language language;
    nn_token_list tokens;
    nn_sentence_list sentences;
} article;

typedef struct bench {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_annotate *annotate;
    nn_lexicon *lexicon;
    nn_words words;
    nn_spans spans;
    article *articles;
    size_t count, capacity;
    uint64_t bytes, tokens;
} bench;

static void require(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fprintf(stderr, "bench_annotate: %s\n", error->message);
        exit(2);
    }
}

static void read_article(bench *b, const nuncio_article *from, nuncio_error *error)
{
    article *to = NULL;
    require(nn_reserve(&b->memory, &b->articles, &b->capacity, b->count + 1, sizeof *to, error),
            error);
    to = &b->articles[b->count++];
    memset(to, 0, sizeof *to);
    char *copy = nn_alloc(&b->memory, from->text.size + 1);
    if (copy == NULL) {
        exit(2);
    }
    memcpy(copy, from->text.data, from->text.size);
    to->text = (nuncio_str){copy, from->text.size};
    if (!nn_language_from_code(from->lang, &to->language)) {
        to->language = nn_language_detect(to->text);
    }
    require(nn_analyzer_tokenize(b->analyzer, to->language, to->text, &to->tokens, error), error);
    require(nn_sentences_find(&b->memory, to->language, to->text, &to->sentences, error), error);
    b->bytes += to->text.size;
    b->tokens += to->tokens.count;
}

static void read_all(bench *b, const char *const *paths, size_t count)
{
    nn_ingest *ingest = NULL;
    nn_ingest_item item;
    nuncio_error error = {0};
    require(nn_ingest_open(paths, count, NULL, NULL, &ingest, &error), &error);
    do {
        require(nn_ingest_next(ingest, &item, &error), &error);
        if (item.event == NN_INGEST_ARTICLE) {
            read_article(b, &item.article, &error);
        } else if (item.event == NN_INGEST_PROBLEM) {
            fprintf(stderr, "%s\n", item.problem->message);
        }
    } while (item.event != NN_INGEST_END && b->bytes < TEXT_BYTES);
    nn_ingest_close(ingest);
}

static uint64_t round_of_quotes(bench *b)
{
    nuncio_error error = {0};
    uint64_t begin = nn_clock_ns();
    for (size_t i = 0; i < b->count; i++) {
        const article *a = &b->articles[i];
        require(nn_words_read(&b->words, b->analyzer, a->language, a->text, &a->tokens,
                              &a->sentences, &error),
                &error);
        require(nn_spans_find(&b->words, &b->spans, &error), &error);
    }
    return nn_clock_ns() - begin;
}

static uint64_t round_of_all(bench *b)
{
    nuncio_error error = {0};
    nuncio_annotations found;
    uint64_t begin = nn_clock_ns();
    for (size_t i = 0; i < b->count; i++) {
        const article *a = &b->articles[i];
        require(nn_annotate_article(b->annotate, b->analyzer, a->language, (nuncio_str){NULL, 0},
                                    a->text, &a->tokens, &a->sentences, &found, &error),
                &error);
    }
    return nn_clock_ns() - begin;
}

static void measure(bench *b, const char *name, uint64_t (*round)(bench *))
{
    uint64_t first = 0, best = UINT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t ns = round(b);
        first = i == 0 ? ns : first;
        best = ns < best ? ns : best;
    }
    printf("%-8s %7.1f million tokens/s (first round %.1f)\n", name,
           (double)b->tokens * 1e3 / (double)best, (double)b->tokens * 1e3 / (double)first);
}

int main(int argc, char **argv)
{
    static bench b;
    nuncio_error error = {0};
    if (argc < 2) {
        fprintf(stderr, "usage: bench_annotate PATH...\n");
        return 2;
    }
    nn_memory_init(&b.memory, NULL, 0);
    require(nn_analyzer_create(&b.memory, &b.analyzer, &error), &error);
    require(nn_annotate_create(&b.memory, &b.annotate, &error), &error);
    require(nn_lexicon_create(&b.memory, &b.lexicon, &error), &error);
    require(nn_words_init(&b.words, &b.memory, b.lexicon, &error), &error);
    const char *const *paths = (const char *const *)(argv + 1);
    read_all(&b, paths, (size_t)argc - 1);
    printf("%zu articles, %" PRIu64 " bytes, %" PRIu64 " tokens\n", b.count, b.bytes, b.tokens);
    measure(&b, "quotes", round_of_quotes);
    measure(&b, "all", round_of_all);
    return 0; /* the system takes the memory back */
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens a second of each stage of annotation, on one core; reading and tokenising are not counted.
 *
 * usage: bench_annotate PATH…      what `nuncio index` takes; the first 50,000,000 bytes of text
 * are used
 *
 * Of each stage the best of five rounds over the same articles, whose surface forms are known from
 * the second round on. "names" is the tags of the model and what becomes of them; "quotes" is marks
 * and all that follows the names, speakers included. The memory is the most that annotating took
 * at any time, the model with it; neither the articles nor the analyzer's forms of words. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/quotes/quotes.h"
#include "core/clock.h"
#include "ingest/ingest.h"
#include "measure.h"

enum { ROUNDS = 5, TEXT_BYTES = 50000000 };

typedef struct article {
    nuncio_str text;
    nn_language language;
    nn_token_list tokens;
    nn_sentence_list sentences;
} article;

/* Memory handed out, and the most of it at any time. */
typedef struct tally {
    size_t now, most;
} tally;

typedef struct bench {
    nn_memory memory;  /* of articles and the analyzer */
    nn_memory working; /* of what annotates */
    tally tally;
    nn_analyzer *analyzer;
    nn_lexicon *lexicon;
    nn_name_model *model;
    nn_tagger tagger;
    nn_words words;
    nn_spans spans;
    nn_names names;
    nn_quotes quotes;
    article *articles;
    size_t count, capacity;
    uint64_t bytes, tokens;
} bench;

static void add_to_tally(tally *t, size_t taken, size_t given_back)
{
    t->now += taken;
    t->now -= given_back;
    t->most = t->now > t->most ? t->now : t->most;
}

static void *tally_alloc(void *context, size_t size)
{
    add_to_tally(context, size, 0);
    return malloc(size);
}

static void *tally_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    add_to_tally(context, new_size, old_size);
    return realloc(memory, new_size);
}

static void tally_release(void *context, void *memory, size_t size)
{
    add_to_tally(context, 0, size);
    free(memory);
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

enum { MARKS, NAMES, QUOTES, STAGES };

/** Goes through all articles once; adds what each stage took to `ns`. */
static void run_stages(bench *b, uint64_t ns[STAGES])
{
    nuncio_error error = {0};
    nuncio_annotations found;
    nn_reading reading = {&b->words, &b->spans, &b->names, &b->quotes, &error};
    for (size_t i = 0; i < b->count; i++) {
        const article *a = &b->articles[i];
        uint64_t begin = nn_clock_ns();
        require(nn_words_read(&b->words, b->analyzer, a->language, a->text, &a->tokens,
                              &a->sentences, &error),
                &error);
        require(nn_spans_find(&b->words, &b->spans, &error), &error);
        uint64_t marks = nn_clock_ns();
        require(nn_names_find(&b->names, &b->words, &error), &error);
        require(nn_names_resolve(&b->names, &b->words, (nuncio_str){NULL, 0}, &error), &error);
        uint64_t names = nn_clock_ns();
        require(nn_quotes_begin(&reading), &error);
        require(nn_quotes_find_unmarked(&reading), &error);
        require(nn_quotes_find_direct(&reading), &error);
        require(nn_quotes_find_indirect(&reading), &error);
        require(nn_quotes_write(&reading, &found), &error);
        uint64_t quotes = nn_clock_ns();
        ns[MARKS] += marks - begin;
        ns[NAMES] += names - marks;
        ns[QUOTES] += quotes - names;
    }
}

static void print_rate(const bench *b, const char *name, uint64_t ns)
{
    printf("%-22s %7.2f million tokens/s\n", name, (double)b->tokens * 1e3 / (double)ns);
}

static void measure(bench *b, bool stances)
{
    uint64_t best[STAGES] = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
    b->quotes.stances_wanted = stances;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t ns[STAGES] = {0};
        run_stages(b, ns);
        for (int i = 0; i < STAGES; i++) {
            best[i] = ns[i] < best[i] ? ns[i] : best[i];
        }
    }
    if (!stances) {
        print_rate(b, "marks", best[MARKS]);
        print_rate(b, "names", best[NAMES]);
    }
    print_rate(b, stances ? "quotes and stances" : "quotes", best[MARKS] + best[QUOTES]);
    print_rate(b, stances ? "all, with stances" : "all", best[MARKS] + best[NAMES] + best[QUOTES]);
}

/** The library's own names model, as the indexer has it. */
static void use_model(bench *b, nuncio_error *error)
{
    nuncio_str bytes = nn_name_model_default();
    require(
        nn_name_model_open(&b->working, (const uint8_t *)bytes.data, bytes.size, &b->model, error),
        error);
    require(nn_tagger_init(&b->tagger, &b->working, b->model, error), error);
    b->words.known = &b->model->known;
    b->names.tagger = &b->tagger;
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
    nuncio_allocator counting = {&b.tally, tally_alloc, tally_resize, tally_release};
    nn_memory_init(&b.working, &counting, 0);
    require(nn_lexicon_create(&b.working, &b.lexicon, &error), &error);
    require(nn_words_init(&b.words, &b.working, b.lexicon, &error), &error);
    nn_names_init(&b.names, &b.working);
    use_model(&b, &error);
    b.quotes.memory = &b.working;
    const char *const *paths = (const char *const *)(argv + 1);
    read_all(&b, paths, (size_t)argc - 1);
    printf("%zu articles, %" PRIu64 " bytes, %" PRIu64 " tokens\n", b.count, b.bytes, b.tokens);
    measure(&b, false);
    measure(&b, true);
    printf("%-22s %7.1f MB at most\n", "memory", (double)b.tally.most / 1e6);
    return 0; /* the system takes the memory back */
}

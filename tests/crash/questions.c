/* SPDX-License-Identifier: Apache-2.0 */
#include "crash/questions.h"

#include "core/hash.h"
#include "support/prng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the index ---- */

enum { ARTICLES = 48, FIRST_COMMIT = 34, TEXT_ROOM = 4000 };

static const char *const NAMES[] = {"Anatoly Drazhin",
                                    "Mehmet \303\207avdaro\304\237lu",
                                    "H\xc3\xa9l\xc3\xa8ne Castaing",
                                    "Ilse Brandau",
                                    "Viktor Oblov",
                                    "Nadia Sorel"};
static const char *const PLACES[] = {"Karsovia", "Ardania", "Sarikent", "Geneva", "Veslingen"};
static const char *const SOURCES[] = {"Meridian Wire", "Kessa Herald", "Sarikent Post"};
/* How each language quotes: before the word, between it and the name. */
static const struct {
    const char *lang, *before, *between;
} TONGUES[] = {
    {"en", "\xe2\x80\x9cWe will sign the ", ",\xe2\x80\x9d said Foreign Minister "},
    {"fr",
     "\xc2\xab L\xe2\x80\x99"
     "accord sur le ",
     " tient \xc2\xbb, a d\xc3\xa9"
     "clar\xc3\xa9 "},
    {"de", "\xe2\x80\x9eWir bleiben beim ", "\xe2\x80\x9c, sagte Ministerin "},
    {"es", "\xc2\xabSeguiremos con el ", "\xc2\xbb, dijo la ministra "},
};

static void fail(const char *what)
{
    (void)fprintf(stderr, "questions: %s\n", what);
    abort();
}

/** A word of a vocabulary in which early ones are frequent. */
static const char *draw_word(test_prng *prng, char room[32])
{
    static const char *const beginnings[] = {"trea",  "negoti", "bord",  "grain", "tar",  "summ",
                                             "deleg", "ceas",   "sanct", "corr",  "envo", "harb"};
    static const char *const ends[] = {"ty",    "ate",   "er",  "ed",   "iff", "it",
                                       "ation", "efire", "ion", "idor", "y",   "our"};
    double skew = test_prng_unit(prng);
    uint32_t number = (uint32_t)(skew * skew * skew * 700);
    (void)snprintf(room, 32, "%s%s%.*s", beginnings[number % 12], ends[number / 12 % 12],
                   (int)(number / 144), "nesss");
    return room;
}

static void make_text(test_prng *prng, unsigned number, char text[TEXT_ROOM])
{
    size_t used = 0;
    char word[32];
    for (uint32_t sentence = 0; sentence < 9; sentence++) {
        used += (size_t)snprintf(text + used, TEXT_ROOM - used, "The envoy of %s met %s",
                                 PLACES[test_prng_below(prng, 5)], NAMES[test_prng_below(prng, 6)]);
        for (uint64_t i = 4 + test_prng_below(prng, 12); i > 0; i--) {
            used += (size_t)snprintf(text + used, TEXT_ROOM - used, " %s", draw_word(prng, word));
        }
        used += (size_t)snprintf(text + used, TEXT_ROOM - used, ". ");
        used += (size_t)snprintf(text + used, TEXT_ROOM - used, "%s%s%s%s. ",
                                 TONGUES[number % 4].before, draw_word(prng, word),
                                 TONGUES[number % 4].between, NAMES[test_prng_below(prng, 6)]);
        if (sentence % 3 == 2) {
            used += (size_t)snprintf(text + used, TEXT_ROOM - used, "\n\n");
        }
    }
}

static void add(nuncio_writer *writer, test_prng *prng, unsigned number)
{
    char id[16], title[64], url[64], text[TEXT_ROOM];
    int id_size = snprintf(id, sizeof id, "id-%03u", number);
    int title_size =
        snprintf(title, sizeof title, "Talks in %s, day %u", PLACES[number % 5], number);
    int url_size = snprintf(url, sizeof url, "https://example.org/%u", number / 3);
    const char *source = SOURCES[number % 3];
    make_text(prng, number, text);
    nuncio_article article = {
        .id = {id, (size_t)id_size},
        .title = {title, (size_t)title_size},
        .source = {source, strlen(source)},
        .url = {url, (size_t)url_size},
        .lang = {TONGUES[number % 4].lang, 2},
        .text = {text, strlen(text)},
        .date = {2031, (uint8_t)(1 + number % 12), (uint8_t)(1 + number % 28), NUNCIO_DATE_DAY},
    };
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    if (nuncio_writer_add(writer, &article, NULL, &error) != NUNCIO_OK) {
        fail(error.message);
    }
}

memory_fs *questions_index(void)
{
    memory_fs *fs = memory_fs_create();
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    test_prng prng = test_prng_of(20310501);
    options.vfs = memory_fs_vfs(fs);
    options.threads = 1;
    nuncio_status status = nuncio_writer_open("/index", &options, &writer, &error);
    for (unsigned i = 0; status == NUNCIO_OK && i < ARTICLES; i++) {
        add(writer, &prng, i);
        if (i + 1 == FIRST_COMMIT) {
            status = nuncio_writer_commit(writer, &error);
        }
    }
    static const char *const gone[] = {"id-005", "id-017", "id-021"};
    for (size_t i = 0; status == NUNCIO_OK && i < sizeof gone / sizeof gone[0]; i++) {
        status = nuncio_writer_delete(writer, (nuncio_str){gone[i], 6}, &error);
    }
    if (status == NUNCIO_OK) {
        status = nuncio_writer_commit(writer, &error);
    }
    if (status != NUNCIO_OK) {
        fail(error.message);
    }
    nuncio_writer_close(writer);
    return fs;
}

/* ---- the questions ---- */

typedef enum question_kind { FIND, SEARCH, FACETS, READ_ALL } question_kind;

static const struct {
    question_kind kind;
    const char *text;
    nuncio_search_unit by;
    bool whole; /* exhaustive, counted, explained */
} ALL[QUESTIONS] = {
    {FIND, "id-003", 0, false},
    {FIND, "id-028", 0, false},
    {FIND, "id-035", 0, false},
    {FIND, "id-005", 0, false}, /* deleted */
    {SEARCH, "treaty", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "negotiate border", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "treaty envoy tariff", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "\"will sign the treaty\"", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "envoy NEAR/4 drazhin", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "negoti* -treaty", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "traety~1 summit", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "='Treaty' OR =envoy", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "+grainy PASSAGE(envoy AND sarikent)", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "title:talks title:geneva", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "treaty source:\"Kessa Herald\"", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "envoy date:2031-02..2031-05 lang:fr", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "quote:treaty speaker:drazhin", NUNCIO_BY_PASSAGE, true},
    {SEARCH, "person:castaing place:karsovia", NUNCIO_BY_PASSAGE, false},
    {SEARCH, "treaty harboured", NUNCIO_BY_ARTICLE, false},
    {SEARCH, "border AND NOT tariff", NUNCIO_BY_ARTICLE, true},
    {SEARCH, "sign treaty", NUNCIO_BY_QUOTE, false},
    {SEARCH, "accord speaker:sorel", NUNCIO_BY_QUOTE, true},
    {FACETS, "treaty", NUNCIO_BY_PASSAGE, false},
    {FACETS, "envoy speaker:oblov", NUNCIO_BY_ARTICLE, false},
    {FACETS, "sign", NUNCIO_BY_QUOTE, false},
    {READ_ALL, "every article", 0, false},
};

const char *question_name(size_t number)
{
    return ALL[number].text;
}

static void mix(uint64_t *answer, const void *bytes, size_t size)
{
    *answer = nn_hash64(size == 0 ? "" : bytes, size, *answer);
}

static void mix_str(uint64_t *answer, nuncio_str text)
{
    mix(answer, &text.size, sizeof text.size);
    mix(answer, text.data, text.size);
}

static void mix_quote(uint64_t *answer, const nuncio_quote *quote)
{
    const uint32_t places[] = {quote->start,         quote->end,         quote->flags,
                               quote->speaker_start, quote->speaker_end, quote->cue_start,
                               quote->cue_end};
    mix(answer, places, sizeof places);
    mix_str(answer, quote->speaker);
    mix_str(answer, quote->cue);
}

static void mix_mention(uint64_t *answer, const nuncio_mention *mention)
{
    const uint32_t places[] = {mention->start, mention->end, (uint32_t)mention->type};
    mix(answer, places, sizeof places);
    mix_str(answer, mention->name);
}

static void mix_article(uint64_t *answer, const nuncio_article *article)
{
    mix_str(answer, article->id);
    mix_str(answer, article->title);
    mix_str(answer, article->source);
    mix_str(answer, article->url);
    mix_str(answer, article->lang);
    mix_str(answer, article->text);
    const int32_t date[] = {article->date.year, article->date.month, article->date.day};
    mix(answer, date, sizeof date);
}

static void mix_document(uint64_t *answer, const nuncio_document *document)
{
    const nuncio_annotations *found = nuncio_document_annotations(document);
    mix_article(answer, nuncio_document_article(document));
    for (size_t i = 0; i < found->quote_count; i++) {
        mix_quote(answer, &found->quotes[i]);
    }
    for (size_t i = 0; i < found->mention_count; i++) {
        mix_mention(answer, &found->mentions[i]);
    }
    for (size_t i = 0; i < nuncio_document_passage_count(document); i++) {
        nuncio_passage_span span = nuncio_document_passage(document, i);
        mix(answer, &span.end, sizeof span.end);
    }
}

static void mix_hit(uint64_t *answer, const nuncio_hit *hit)
{
    mix(answer, &hit->score, sizeof hit->score);
    mix(answer, &hit->ordinal, sizeof hit->ordinal);
    mix_article(answer, &hit->article);
    mix_str(answer, hit->passage);
    mix_str(answer, hit->explanation);
    for (size_t i = 0; i < hit->highlight_count; i++) {
        mix(answer, &hit->highlights[i].start, sizeof hit->highlights[i].start);
    }
    for (size_t i = 0; i < hit->title_highlight_count; i++) {
        mix(answer, &hit->title_highlights[i].start, sizeof hit->title_highlights[i].start);
    }
    for (size_t i = 0; i < hit->quote_count; i++) {
        mix_quote(answer, &hit->quotes[i]);
    }
    for (size_t i = 0; i < hit->mention_count; i++) {
        mix_mention(answer, &hit->mentions[i]);
    }
}

static nuncio_status read_all(const nuncio_snapshot *snapshot, uint64_t *answer,
                              nuncio_error *error)
{
    nuncio_stats stats;
    nuncio_snapshot_stats(snapshot, &stats);
    for (uint64_t i = 0; i < stats.articles; i++) {
        nuncio_document *document = NULL;
        nuncio_status status = nuncio_snapshot_read(snapshot, i, &document, error);
        if (status != NUNCIO_OK) {
            return status;
        }
        mix_document(answer, document);
        nuncio_document_destroy(document);
    }
    return NUNCIO_OK;
}

static nuncio_status find(const nuncio_snapshot *snapshot, const char *id, uint64_t *answer,
                          nuncio_error *error)
{
    nuncio_document *document = NULL;
    nuncio_status status =
        nuncio_snapshot_find(snapshot, (nuncio_str){id, strlen(id)}, &document, error);
    if (status == NUNCIO_ERR_NOT_FOUND) { /* an answer like others */
        if (error != NULL) {
            *error = (nuncio_error){NUNCIO_OK, 0, "", ""};
        }
        return NUNCIO_OK;
    }
    if (status == NUNCIO_OK) {
        mix_document(answer, document);
    }
    nuncio_document_destroy(document);
    return status;
}

static nuncio_status search(const nuncio_snapshot *snapshot, const nuncio_query *query,
                            const nuncio_search_options *options, uint64_t *answer,
                            nuncio_error *error)
{
    nuncio_hits *hits = NULL;
    nuncio_status status = nuncio_search(snapshot, query, options, &hits, error);
    if (status == NUNCIO_OK) {
        uint64_t total = nuncio_hits_total(hits);
        mix(answer, &total, sizeof total);
        for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
            mix_hit(answer, nuncio_hits_at(hits, i));
        }
    }
    nuncio_hits_destroy(hits);
    return status;
}

static nuncio_status count_facets(const nuncio_snapshot *snapshot, const nuncio_query *query,
                                  const nuncio_search_options *options, uint64_t *answer,
                                  nuncio_error *error)
{
    nuncio_facets *facets = NULL;
    nuncio_status status = nuncio_facets_count(snapshot, query, options, NULL, &facets, error);
    for (uint32_t kind = 0; status == NUNCIO_OK && kind < NUNCIO_FACET_KINDS; kind++) {
        size_t count;
        const nuncio_facet *values = nuncio_facets_values(facets, (nuncio_facet_kind)kind, &count);
        for (size_t i = 0; i < count; i++) {
            mix_str(answer, values[i].value);
            mix(answer, &values[i].hits, sizeof values[i].hits);
        }
    }
    nuncio_facets_destroy(facets);
    return status;
}

nuncio_status question_ask(size_t number, const nuncio_snapshot *snapshot,
                           const nuncio_allocator *allocator, uint64_t *answer, nuncio_error *error)
{
    *answer = 1;
    if (ALL[number].kind == READ_ALL) {
        return read_all(snapshot, answer, error);
    }
    if (ALL[number].kind == FIND) {
        return find(snapshot, ALL[number].text, answer, error);
    }
    nuncio_query *query = NULL;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_str text = {ALL[number].text, strlen(ALL[number].text)};
    options.by = ALL[number].by;
    options.exhaustive = options.count = options.explain = ALL[number].whole;
    nuncio_status status = nuncio_query_parse(text, 0, allocator, &query, error);
    if (status == NUNCIO_OK) {
        status = ALL[number].kind == FACETS ? count_facets(snapshot, query, &options, answer, error)
                                            : search(snapshot, query, &options, answer, error);
    }
    nuncio_query_destroy(query);
    return status;
}

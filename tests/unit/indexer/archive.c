/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/indexer/archive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nuncio/snapshot.h>

#include "core/hash.h"
#include "core/str.h"
#include "segment/annotations/quotes.h"
#include "segment/snapshot.h"

static const char *const WORDS[] = {"treaty",
                                    "treaties",
                                    "Treaty",
                                    "grain",
                                    "corridor",
                                    "the",
                                    "of",
                                    "talks",
                                    "talked",
                                    "Geneva",
                                    "Lavrov\xe2\x80\x99s",
                                    "U.S.",
                                    "caf\xc3\xa9",
                                    "cafe",
                                    "1,000",
                                    "suspended",
                                    "\xe5\x92\x8c",
                                    "minister"};

nuncio_article archive_article(uint32_t number, uint32_t version)
{
    static char id[24], title[200], text[120000];
    test_prng prng = test_prng_of((uint64_t)number * 1000 + version);
    size_t size = 0, words = (size_t)test_prng_below(&prng, 700);
    for (size_t i = 0; i <= words; i++) {
        const char *end = test_prng_chance(&prng, 6)   ? ". "
                          : test_prng_chance(&prng, 1) ? ".\n\n"
                                                       : " ";
        size +=
            (size_t)snprintf(text + size, sizeof text - size, "%s%s",
                             WORDS[test_prng_below(&prng, sizeof WORDS / sizeof WORDS[0])], end);
        if (test_prng_chance(&prng, 3)) { /* speech, now and then over a border of passages */
            size += (size_t)snprintf(text + size, sizeof text - size, "\xe2\x80\x9cThe %s",
                                     WORDS[test_prng_below(&prng, 4)]);
            for (uint64_t k = test_prng_below(&prng, test_prng_chance(&prng, 10) ? 300 : 12); k > 0;
                 k--) {
                size += (size_t)snprintf(text + size, sizeof text - size, "%s%s",
                                         k % 40 == 1 ? ". The " : " ",
                                         WORDS[test_prng_below(&prng, 8)]);
            }
            size += (size_t)snprintf(text + size, sizeof text - size,
                                     ",\xe2\x80\x9d Anna Talberg said. ");
        }
    }
    snprintf(title, sizeof title, "%s unique%u", WORDS[number % 8], number);
    snprintf(id, sizeof id, "article-%u", number);
    nuncio_article article = {.id = nn_str_of(id),
                              .title = number % 5 == 0 ? nn_str(NULL, 0) : nn_str_of(title),
                              .source = nn_str_of(number % 2 == 0 ? "Even" : "Odd"),
                              .lang = number % 3 == 0 ? nn_str(NULL, 0) : nn_str_of("en"),
                              .text = nn_str(text, size)};
    article.date.year = 2031;
    article.date.precision = NUNCIO_DATE_YEAR;
    return article;
}

/* Sums of hashes: they do not depend on the order of segments, terms or articles. */
static uint64_t hash_of(const void *data, size_t size, uint64_t seed)
{
    return nn_hash64(data, size, seed);
}

static uint64_t posting_digest(const nn_segment *segment, nn_postings *postings, nuncio_str term,
                               const nuncio_str *forms)
{
    uint32_t tf = 0, positions[320], numbers[320];
    nn_article_row row;
    uint32_t article = nn_segment_article_of(segment, postings->doc);
    assert_int_equal(nn_segment_article(segment, article, &row, NULL), NUNCIO_OK);
    assert_int_equal(nn_postings_tf(postings, &tf, NULL), NUNCIO_OK);
    assert_int_equal(nn_postings_positions(postings, positions, numbers, NULL), NUNCIO_OK);
    uint64_t hash = hash_of(term.data, term.size, postings->doc - row.first_passage);
    hash = hash_of(row.id.data, row.id.size, hash);
    for (uint32_t i = 0; i < tf; i++) {
        nuncio_str form = forms[numbers[i]];
        hash = hash_of(form.data, form.size, hash ^ positions[i]);
    }
    return hash;
}

static uint64_t term_digest(const nn_part_files *part, const nn_term_cursor *cursor,
                            nn_arena *arena)
{
    nuncio_str *forms, term = nn_str(cursor->term, cursor->term_size);
    uint32_t count;
    nn_postings postings;
    uint64_t sum = 0, live = 0;
    assert_int_equal(nn_segment_forms(part->segment, &cursor->info, arena, &forms, &count, NULL),
                     0);
    assert_int_equal(nn_postings_open(&postings, part->segment, &cursor->info, NULL), NUNCIO_OK);
    uint32_t last_article = UINT32_MAX, articles = 0, quotes = 0, tf = 0, positions[320];
    nn_article_quotes units = {.segment = part->segment, .arena = arena};
    while (postings.doc != NN_DOC_END) {
        uint32_t article = nn_segment_article_of(part->segment, postings.doc);
        if (part->deletes == NULL || !nn_deletes_has(part->deletes, article)) {
            sum += posting_digest(part->segment, &postings, term, forms);
            live++;
            articles += article != last_article;
            last_article = article;
            assert_int_equal(nn_article_quotes_seek(&units, article, NULL), NUNCIO_OK);
            assert_int_equal(nn_postings_tf(&postings, &tf, NULL), NUNCIO_OK);
            assert_int_equal(nn_postings_positions(&postings, positions, NULL, NULL), NUNCIO_OK);
            quotes += nn_article_quotes_mark(&units, postings.doc, positions, tf);
        }
        assert_int_equal(nn_postings_next(&postings, NULL), NUNCIO_OK);
    }
    /* The statistics that ranking uses say the same as the postings. */
    nn_df_deduction off = {0, 0, 0, 0};
    if (part->deletes != NULL) {
        off = nn_deletes_deduction(part->deletes, cursor->info.ordinal);
    }
    assert_int_equal(cursor->info.passage_df - off.passages, live);
    assert_int_equal(cursor->info.article_df - off.articles, articles);
    assert_int_equal(cursor->info.quote_df - off.quotes, quotes);
    return sum;
}

static uint64_t part_digest(const nn_part_files *part, nn_memory *memory)
{
    nn_term_cursor cursor;
    nn_arena arena;
    uint64_t sum = 0;
    nn_arena_init(&arena, memory);
    assert_int_equal(nn_term_cursor_seek(&cursor, part->segment, nn_str("", 0), NULL), NUNCIO_OK);
    while (cursor.valid) {
        nn_arena_reset(&arena);
        sum += term_digest(part, &cursor, &arena);
        assert_int_equal(nn_term_cursor_next(&cursor, NULL), NUNCIO_OK);
    }
    nn_arena_clear(&arena);
    return sum;
}

static uint64_t document_digest(const nuncio_document *document)
{
    const nuncio_article *article = nuncio_document_article(document);
    uint64_t hash = hash_of(article->id.data, article->id.size, 1);
    hash = hash_of(article->text.data, article->text.size, hash);
    hash = hash_of(article->title.data, article->title.size, hash);
    for (size_t i = 0; i < nuncio_document_passage_count(document); i++) {
        nuncio_passage_span span = nuncio_document_passage(document, i);
        hash = hash_of(&span, sizeof span, hash);
    }
    return hash;
}

uint64_t archive_digest(const char *directory)
{
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {0};
    nuncio_stats stats;
    uint64_t sum = 0;
    if (nuncio_snapshot_open(directory, NULL, &snapshot, &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    nuncio_snapshot_stats(snapshot, &stats);
    for (uint64_t i = 0; i < stats.articles; i++) {
        nuncio_document *document = NULL;
        assert_int_equal(nuncio_snapshot_read(snapshot, i, &document, &error), NUNCIO_OK);
        sum += document_digest(document);
        nuncio_document_destroy(document);
    }
    for (size_t i = 0; i < snapshot->part_count; i++) {
        sum += part_digest(&snapshot->parts[i], &snapshot->memory);
    }
    uint64_t totals[] = {stats.articles, stats.passages, stats.tokens,
                         stats.quotes,   stats.mentions, stats.raw_text_bytes};
    sum += hash_of(totals, sizeof totals, 2);
    uint64_t units[] = {snapshot->live_quotes, snapshot->live_quote_tokens};
    sum += hash_of(units, sizeof units, 3);
    nuncio_snapshot_close(snapshot);
    return sum;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Reading segments that may lie about everything, for tests of damage and for fuzzing. What no
 * bytes may ever make a reader do stops the program. */
#ifndef UNIT_SEGMENT_READ_ALL_H
#define UNIT_SEGMENT_READ_ALL_H

#include "core/bits.h"
#include "core/hash.h"
#include "core/str.h"
#include "segment/annotations/name_words.h"
#include "segment/annotations/quotes.h"
#include "segment/files/format.h"
#include "segment/files/page_checksum.h"
#include "segment/segment.h"

#include <stdio.h>
#include <stdlib.h>

#define read_require(condition)                                                                    \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            (void)fprintf(stderr, "broken promise: %s\n", #condition);                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline uint64_t read_articles(const nn_segment *segment, nn_memory *memory)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    uint64_t failed = 0;
    nn_arena arena;
    nn_buffer text;
    nn_arena_init(&arena, memory);
    nn_buffer_init(&text, memory);
    for (uint32_t i = 0; i < info->article_count; i++) {
        nn_article_row row;
        nuncio_annotations annotations;
        uint32_t found = 0;
        bool read = nn_segment_article(segment, i, &row, NULL) == NUNCIO_OK;
        nuncio_str url;
        failed += !read || !nn_article_url(&row, &arena, &url);
        failed += read && nn_segment_find_article(segment, row.id, &found, NULL) != NUNCIO_OK;
        failed += nn_segment_annotations(segment, i, &arena, &annotations, NULL) != NUNCIO_OK;
        nn_arena_reset(&arena);
    }
    for (uint32_t i = 0; i < info->passage_count; i++) {
        uint32_t start = 0, end = 0;
        nn_buffer_clear(&text);
        read_require(nn_segment_article_of(segment, i) < info->article_count);
        failed += nn_segment_passage_start(segment, i, &start, &end, NULL) != NUNCIO_OK;
        failed += nn_segment_passage_text(segment, i, &text, NULL) != NUNCIO_OK;
    }
    nn_buffer_deinit(&text);
    nn_arena_clear(&arena);
    return failed;
}

static inline uint64_t read_quotes(const nn_segment *segment, nn_memory *memory)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    uint64_t failed = 0;
    nn_arena arena;
    nn_arena_init(&arena, memory);
    nn_article_quotes quotes = {.segment = segment, .arena = &arena};
    for (uint32_t i = 0; i < info->article_count; i++) {
        failed += nn_article_quotes_seek(&quotes, i, NULL) != NUNCIO_OK;
        for (uint32_t k = 0; quotes.open && k < quotes.count; k++) {
            uint32_t article = 0, number = quotes.first + k, speaker = NN_NAME_UNKNOWN;
            read_require(number < info->quote_count);
            read_require(quotes.starts[k] <= quotes.ends[k]);
            read_require(quotes.ends[k] <= quotes.bases[quotes.passage_count]);
            failed += nn_segment_quote_article(segment, number, &article, NULL) != NUNCIO_OK;
            read_require(article < info->article_count);
            read_require(nn_article_quotes_passage(&quotes, quotes.starts[k]) <
                         quotes.passage_count);
            failed += nn_article_quotes_speaker(&quotes, k, &speaker, NULL) != NUNCIO_OK;
            read_require(speaker == NN_NAME_UNKNOWN || speaker < info->name_count);
        }
    }
    nn_arena_clear(&arena);
    return failed;
}

static inline uint64_t read_names(const nn_segment *segment, nn_memory *memory)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    uint64_t failed = 0;
    nn_arena arena;
    nn_arena_init(&arena, memory);
    for (uint32_t i = 0; i < info->article_count; i++) {
        nn_annotation_spans mentions;
        nn_article_names names = {NULL, 0, 0, 0};
        failed += nn_segment_mention_spans(segment, i, NULL, &arena, &mentions, NULL) != NUNCIO_OK;
        failed += nn_segment_article_names(segment, i, &arena, &names, NULL) != NUNCIO_OK;
        for (uint32_t k = 0; k < mentions.mention_count; k++) {
            read_require(mentions.mentions[k].start <= mentions.mentions[k].end);
            read_require(mentions.mentions[k].name < info->name_count);
        }
        for (uint32_t k = 0; k < names.count; k++) {
            read_require(names.items[k].name < info->name_count);
        }
        nn_arena_reset(&arena);
    }
    for (uint32_t name = 0; name < info->name_count; name++) {
        nn_name_list list = {.article = NN_DOC_END};
        nuncio_str text;
        nuncio_entity_type type;
        failed += nn_segment_name(segment, name, &text, &type, NULL) != NUNCIO_OK;
        nuncio_status status = nn_name_list_open(&list, segment, name, NULL);
        for (uint32_t steps = 0; status == NUNCIO_OK && list.article != NN_DOC_END; steps++) {
            uint32_t article = list.article;
            read_require(article < info->article_count && steps < info->article_count);
            status = nn_name_list_next(&list, NULL);
            read_require(status != NUNCIO_OK || list.article > article);
        }
        failed += status != NUNCIO_OK;
    }
    nn_name_word_cursor cursor;
    bool more = true;
    nn_name_words_start(&cursor, segment);
    for (uint32_t steps = 0; more; steps++) {
        nn_name_place *places = NULL, *found = NULL;
        uint32_t count = 0;
        read_require(steps <= info->name_word_count);
        nn_arena_reset(&arena);
        if (nn_name_words_next(&cursor, &more, NULL) != NUNCIO_OK) {
            failed++;
            break;
        }
        failed += more && nn_name_words_places(&cursor, &arena, &places, NULL) != NUNCIO_OK;
        for (uint32_t i = 0; places != NULL && i < cursor.count; i++) {
            read_require(places[i].name < info->name_count);
        }
        failed += nn_segment_name_word(segment, nn_str(cursor.word, cursor.size), &arena, &found,
                                       &count, NULL) != NUNCIO_OK;
    }
    nn_arena_clear(&arena);
    return failed;
}

static inline uint64_t read_list(const nn_segment *segment, const nn_term_info *info,
                                 nn_arena *arena)
{
    uint64_t failed = 0;
    uint32_t passages = nn_segment_info_of(segment)->passage_count, form_count = 0;
    nuncio_str *forms = NULL;
    nn_postings postings;
    failed += nn_segment_forms(segment, info, arena, &forms, &form_count, NULL) != NUNCIO_OK;
    failed += nn_postings_open(&postings, segment, info, NULL) != NUNCIO_OK;
    for (uint64_t steps = 0; postings.doc != NN_DOC_END; steps++) {
        uint32_t positions[320], numbers[320], tf = 0, last_doc = 0, bound_count = 0;
        uint32_t doc = postings.doc;
        nn_bound bounds[NN_BOUNDS_MAX];
        read_require(doc < passages);
        read_require(steps < info->passage_df);
        failed += nn_postings_tf(&postings, &tf, NULL) != NUNCIO_OK;
        failed += nn_postings_positions(&postings, positions, numbers, NULL) != NUNCIO_OK;
        failed += nn_postings_block_bounds(&postings, doc + (uint32_t)steps * 64, &last_doc, bounds,
                                           &bound_count, NULL) != NUNCIO_OK;
        failed += (steps % 3 == 0 ? nn_postings_advance(&postings, doc + 5, NULL)
                                  : nn_postings_next(&postings, NULL)) != NUNCIO_OK;
        read_require(postings.doc > doc);
    }
    return failed;
}

/** Reads everything that can be read and goes on after failures. @return how many calls failed */
static inline uint64_t read_all(const nn_segment *segment, nn_memory *memory)
{
    uint64_t failed = read_articles(segment, memory) + read_quotes(segment, memory);
    failed += read_names(segment, memory);
    uint32_t terms = nn_segment_info_of(segment)->term_count;
    nn_arena arena;
    nn_term_cursor cursor;
    nn_arena_init(&arena, memory);
    failed += nn_term_cursor_seek(&cursor, segment, nn_str("", 0), NULL) != NUNCIO_OK;
    for (uint32_t i = 0; cursor.valid; i++) {
        bool found = false;
        nn_term_info info;
        read_require(i < terms);
        failed += read_list(segment, &cursor.info, &arena);
        failed += nn_segment_find_term(segment, nn_str(cursor.term, cursor.term_size), &found,
                                       &info, NULL) != NUNCIO_OK;
        failed += nn_term_cursor_next(&cursor, NULL) != NUNCIO_OK;
        nn_arena_reset(&arena);
    }
    nn_arena_clear(&arena);
    return failed;
}

/** Makes checksums and hashes of a segment's bytes match its content again. */
static inline void read_seal(uint8_t *bytes, size_t size)
{
    uint8_t *footer = bytes + size - NN_FOOTER_SIZE;
    uint8_t *fixed = footer + NN_REGION_COUNT * NN_REGION_ENTRY_SIZE;
    uint64_t end = nn_load_u64(fixed);
    if (end > size - NN_FOOTER_SIZE) {
        return; /* the damage is where the checksums are said to be: nothing to seal */
    }
    uint8_t *checksums = bytes + end;
    for (uint64_t page = 0; page * NN_PAGE_SIZE < end; page++) {
        uint64_t start = page * NN_PAGE_SIZE;
        size_t part = end - start < NN_PAGE_SIZE ? (size_t)(end - start) : NN_PAGE_SIZE;
        if (checksums + page * 4 + 4 > footer) {
            return;
        }
        nn_store_u32(checksums + page * 4, nn_page_checksum(bytes + start, part, page));
    }
    nn_store_u64(fixed + 8, nn_hash64(checksums, (size_t)(footer - checksums), 0));
    nn_store_u64(fixed + 32, nn_hash64(footer, (size_t)(fixed + 32 - footer), 0));
}

#endif

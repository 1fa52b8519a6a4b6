/* SPDX-License-Identifier: Apache-2.0 */
/* Comparing a segment with the sample it was made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "sample.h"
#include "segment/annotations/quotes.h"
#include "sorted_spots.h"

#include <string.h>

#define ASSERT_OK(expression)                                                                      \
    do {                                                                                           \
        nuncio_error why_ = {NUNCIO_OK, 0, "", ""};                                                \
        nuncio_error *error = &why_;                                                               \
        if ((expression) != NUNCIO_OK) {                                                           \
            fail_msg("%s: %s (%s, byte %llu)", #expression, why_.message, why_.file,               \
                     (unsigned long long)why_.offset);                                             \
        }                                                                                          \
    } while (0)

static void assert_str(nuncio_str got, const char *expected)
{
    if (expected == NULL) {
        assert_null(got.data);
        return;
    }
    assert_non_null(got.data);
    assert_int_equal(got.size, strlen(expected));
    assert_memory_equal(got.data, expected, got.size);
}

static void check_annotations(const nuncio_annotations *expected, const nuncio_annotations *got)
{
    assert_int_equal(got->quote_count, expected->quote_count);
    assert_int_equal(got->mention_count, expected->mention_count);
    for (size_t i = 0; i < got->quote_count; i++) {
        const nuncio_quote *x = &expected->quotes[i], *y = &got->quotes[i];
        assert_true(x->start == y->start && x->end == y->end && x->flags == y->flags);
        assert_true(x->speaker_start == y->speaker_start && x->speaker_end == y->speaker_end);
        assert_true(x->cue_start == y->cue_start && x->cue_end == y->cue_end);
        assert_true(x->confidence == y->confidence);
        assert_true((x->speaker.data == NULL) == (y->speaker.data == NULL));
        assert_true(nn_str_equal(x->speaker, y->speaker) && nn_str_equal(x->cue, y->cue));
        assert_true(x->speaker.data == NULL || x->speaker_type == y->speaker_type);
    }
    for (size_t i = 0; i < got->mention_count; i++) {
        const nuncio_mention *x = &expected->mentions[i], *y = &got->mentions[i];
        assert_true(x->start == y->start && x->end == y->end && x->type == y->type);
        assert_true(nn_str_equal(x->name, y->name));
    }
}

static void check_passages(const sample *from, const sample_article *article, uint32_t number,
                           const nn_segment *segment, nn_memory *memory)
{
    nn_buffer text;
    uint32_t at = 0;
    nn_buffer_init(&text, memory);
    for (uint32_t i = 0; i < article->passage_count; i++) {
        uint32_t passage = article->first_passage + i, start = 0, end = 0;
        const sample_passage *expected = &from->passages[passage];
        assert_int_equal(nn_segment_article_of(segment, passage), number);
        nn_segment_article_span(segment, passage, &start, &end);
        assert_int_equal(start, article->first_passage);
        assert_int_equal(end, article->first_passage + article->passage_count);
        assert_int_equal(nn_segment_lengths(segment)[passage], expected->length);
        ASSERT_OK(nn_segment_passage_start(segment, passage, &start, &end, error));
        assert_int_equal(start, at);
        assert_int_equal(end - start, expected->text_size);
        at = end;
        nn_buffer_clear(&text);
        if (nn_segment_info_of(segment)->has_text) {
            ASSERT_OK(nn_segment_passage_text(segment, passage, &text, error));
            assert_int_equal(text.size, expected->text_size);
            assert_true(text.size == 0 || memcmp(text.data, expected->text, text.size) == 0);
        } else {
            assert_int_equal(nn_segment_passage_text(segment, passage, &text, NULL),
                             NUNCIO_ERR_STATE);
        }
    }
    nn_buffer_deinit(&text);
}

/** Read from the start, and from a walk that stands elsewhere. */
static void check_quotes(const sample_article *expected, uint32_t number, const nn_segment *segment,
                         nn_arena *arena)
{
    nn_article_quotes quotes = {.segment = segment, .arena = arena};
    uint32_t last = nn_segment_info_of(segment)->article_count - 1;
    for (uint32_t round = 0; round < 3; round++) {
        if (round > 0) {
            ASSERT_OK(nn_article_quotes_seek(&quotes, round == 1 ? last : 0, error));
        }
        ASSERT_OK(nn_article_quotes_seek(&quotes, number, error));
        assert_int_equal(quotes.count, expected->annotations.quote_count);
        for (uint32_t i = 0; i < quotes.count; i++) {
            const nn_quote_tokens *tokens = &expected->quote_tokens[i];
            nuncio_str speaker = expected->annotations.quotes[i].speaker, name = {NULL, 0};
            uint32_t spoken = 0;
            assert_int_equal(quotes.starts[i], tokens->first);
            assert_int_equal(quotes.ends[i], tokens->first + tokens->count);
            uint32_t found = 0;
            ASSERT_OK(nn_segment_quote_article(segment, quotes.first + i, &found, error));
            assert_int_equal(found, number);
            ASSERT_OK(nn_article_quotes_speaker(&quotes, i, &spoken, error));
            assert_int_equal(spoken != NN_NAME_UNKNOWN, speaker.data != NULL);
            assert_int_equal(nn_article_quotes_is_direct(&quotes, i),
                             expected->annotations.quotes[i].flags & 1);
            if (spoken != NN_NAME_UNKNOWN) {
                nuncio_entity_type type;
                ASSERT_OK(nn_segment_name(segment, spoken, &name, &type, error));
                assert_true(nn_str_equal(name, speaker));
                assert_int_equal(type, expected->annotations.quotes[i].speaker_type);
            }
        }
    }
}

static void check_article(const sample *from, uint32_t number, const nn_segment *segment,
                          nn_memory *memory)
{
    const sample_article *expected = &from->articles[number];
    nn_article_row row;
    nn_article_facets facets;
    uint32_t found = 0, rank = 0;
    nn_arena arena;
    nuncio_str url;
    nn_arena_init(&arena, memory);
    ASSERT_OK(nn_segment_article(segment, number, &row, error));
    assert_true(nn_article_url(&row, &arena, &url));
    assert_str(row.id, expected->id);
    assert_str(row.title, expected->title);
    assert_str(row.source, expected->source);
    assert_str(url, expected->url);
    assert_str(row.lang, expected->lang);
    assert_true(row.date.year == expected->date.year && row.date.month == expected->date.month);
    assert_true(row.date.day == expected->date.day &&
                row.date.precision == expected->date.precision);
    assert_int_equal(row.language, expected->language);
    assert_int_equal(row.title_length, expected->title_length);
    assert_true(row.hash_low == expected->hash_low && row.hash_high == expected->hash_high);
    assert_int_equal(row.first_passage, expected->first_passage);
    assert_int_equal(row.passage_count, expected->passage_count);
    assert_int_equal(nn_segment_first_passage(segment, number), expected->first_passage);
    for (uint32_t i = 0; i < from->article_count; i++) {
        rank += strcmp(from->articles[i].id, expected->id) < 0;
    }
    assert_int_equal(row.rank, rank);
    ASSERT_OK(nn_segment_facets(segment, number, &facets, error));
    uint32_t alone = 0;
    ASSERT_OK(nn_segment_rank(segment, number, &alone, error));
    assert_true(alone == rank && facets.language == row.language);
    assert_int_equal(facets.source_number, row.source_number);
    ASSERT_OK(nn_segment_find_article(segment, row.id, &found, error));
    assert_int_equal(found, number);
    check_passages(from, expected, number, segment, memory);
    nuncio_annotations annotations;
    ASSERT_OK(nn_segment_annotations(segment, number, &arena, &annotations, error));
    check_annotations(&expected->annotations, &annotations);
    check_quotes(expected, number, segment, &arena);
    nn_arena_clear(&arena);
}

static bool bounded(const nn_bound *bounds, uint32_t count, uint32_t tf, uint32_t length)
{
    bool found = false;
    for (uint32_t i = 0; i < count; i++) {
        found = found || (bounds[i].tf >= tf && bounds[i].length <= length);
    }
    return found;
}

static void check_posting(const sample_term *term, const sample_posting *expected,
                          nn_postings *postings, const nuncio_str *forms, uint32_t form_count)
{
    uint32_t tf = 0, bound_count = 0, last_doc = 0;
    uint32_t positions[320], numbers[320];
    uint8_t length = nn_segment_lengths(postings->segment)[expected->passage];
    nn_bound bounds[NN_BOUNDS_MAX];
    assert_int_equal(postings->doc, expected->passage);
    ASSERT_OK(nn_postings_tf(postings, &tf, error));
    assert_int_equal(tf, expected->tf);
    ASSERT_OK(nn_postings_positions(postings, positions, numbers, error));
    for (uint32_t k = 0; k < tf; k++) {
        assert_int_equal(positions[k], expected->positions[k]);
        assert_in_range(numbers[k], 0, form_count - 1);
        assert_str(forms[numbers[k]], term->forms[expected->forms[k]]);
    }
    ASSERT_OK(nn_postings_bounds(postings, bounds, &bound_count, error));
    assert_true(bounded(bounds, bound_count, tf, length));
    ASSERT_OK(
        nn_postings_block_bounds(postings, postings->doc, &last_doc, bounds, &bound_count, error));
    assert_true(bounded(bounds, bound_count, tf, length));
    assert_int_equal(last_doc, postings->block_last_doc);
}

/** Advances by steps of different width and compares with a linear search. */
static void check_advance(const sample_term *term, const nn_segment *segment,
                          const nn_term_info *info)
{
    for (uint32_t step = 1; step < 20000; step *= 5) {
        nn_postings postings;
        uint32_t i = 0;
        ASSERT_OK(nn_postings_open(&postings, segment, info, error));
        while (postings.doc != NN_DOC_END) {
            uint32_t target = postings.doc + step, positions[320];
            nn_bound bounds[NN_BOUNDS_MAX];
            uint32_t bound_count = 0, last_doc = 0;
            ASSERT_OK(nn_postings_block_bounds(&postings, target, &last_doc, bounds, &bound_count,
                                               error));
            while (i < term->df && term->postings[i].passage < target) {
                i++;
            }
            ASSERT_OK(nn_postings_advance(&postings, target, error));
            assert_int_equal(postings.doc, i < term->df ? term->postings[i].passage : NN_DOC_END);
            assert_int_equal(last_doc, postings.block_last_doc);
            if (i < term->df) {
                assert_int_equal(postings.index, i);
                ASSERT_OK(nn_postings_positions(&postings, positions, NULL, error));
                assert_int_equal(positions[0], term->postings[i].positions[0]);
            }
        }
    }
}

/** Asks for the positions in several passages at once, every `step`th that holds the term and the
 * one behind it, which may not. */
static void check_spots(const sample_term *term, const nn_segment *segment,
                        const nn_term_info *info)
{
    enum { BATCH = 24 };
    for (uint32_t step = 1; step < 2000; step *= 6) {
        nn_postings postings;
        ASSERT_OK(nn_postings_open(&postings, segment, info, error));
        for (uint32_t i = 0; i < term->df;) {
            uint16_t keys[BATCH * NN_POSITIONS_MAX + NN_SPOTS_STEP];
            uint8_t numbers[BATCH];
            uint32_t docs[BATCH], holders[BATCH], at = 0;
            nn_spots spots = {docs, numbers, 0, keys, 0};
            for (; i < term->df && spots.count + 2 <= BATCH; i += step) {
                bool next = i + 1 < term->df &&
                            term->postings[i + 1].passage == term->postings[i].passage + 1;
                holders[spots.count] = i;
                docs[spots.count++] = term->postings[i].passage;
                if (!next) {
                    holders[spots.count] = term->df;
                    docs[spots.count++] = term->postings[i].passage + 1;
                }
            }
            for (uint32_t k = 0; k < spots.count; k++) {
                numbers[k] = (uint8_t)k;
            }
            ASSERT_OK(nn_postings_spots(&postings, &spots, error));
            spots_sort(&spots);
            for (uint32_t k = 0; k < spots.count; k++) {
                const sample_posting *expected = &term->postings[holders[k]];
                uint32_t tf = holders[k] < term->df ? expected->tf : 0;
                for (uint32_t p = 0; p < tf; p++) {
                    assert_int_equal(spots_position(segment, &spots, at++),
                                     k * SPOT_POSITIONS + expected->positions[p]);
                }
            }
            assert_int_equal(at, spots.key_count);
        }
    }
}

static void check_term(const sample_term *term, const nn_segment *segment,
                       const nn_term_info *by_cursor, nn_memory *memory)
{
    bool found = false;
    nn_term_info info;
    ASSERT_OK(nn_segment_find_term(segment, nn_str_of(term->text), &found, &info, error));
    assert_true(found);
    assert_int_equal(info.ordinal, by_cursor->ordinal);
    assert_true(info.list_offset == by_cursor->list_offset);
    assert_true(info.list_size == by_cursor->list_size);
    assert_int_equal(info.passage_df, term->df);
    uint32_t articles = 0, last = UINT32_MAX, form_count = 0;
    for (uint32_t i = 0; i < term->df; i++) {
        uint32_t article = nn_segment_article_of(segment, term->postings[i].passage);
        articles += article != last;
        last = article;
    }
    assert_int_equal(info.article_df, articles);
    assert_int_equal(info.quote_df, term->quote_df);
    nn_arena arena;
    nuncio_str *forms = NULL;
    nn_postings postings;
    nn_arena_init(&arena, memory);
    ASSERT_OK(nn_segment_forms(segment, &info, &arena, &forms, &form_count, error));
    assert_int_equal(form_count, term->form_count);
    ASSERT_OK(nn_postings_open(&postings, segment, &info, error));
    for (uint32_t i = 0; i < term->df; i++) {
        assert_int_equal(postings.index, i);
        check_posting(term, &term->postings[i], &postings, forms, form_count);
        ASSERT_OK(nn_postings_next(&postings, error));
    }
    assert_int_equal(postings.doc, NN_DOC_END);
    ASSERT_OK(nn_postings_next(&postings, error));
    assert_int_equal(postings.doc, NN_DOC_END);
    check_advance(term, segment, &info);
    check_spots(term, segment, &info);
    nn_arena_clear(&arena);
}

void sample_check(const sample *from, const nn_segment *segment, nn_memory *memory)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    assert_int_equal(info->article_count, from->article_count);
    assert_int_equal(info->passage_count, from->passage_count);
    assert_int_equal(info->term_count, from->term_count);
    for (uint32_t i = 0; i < from->article_count; i++) {
        check_article(from, i, segment, memory);
    }
    nn_term_cursor cursor;
    uint64_t postings = 0;
    ASSERT_OK(nn_term_cursor_seek(&cursor, segment, nn_str("", 0), error));
    for (uint32_t i = 0; i < from->term_count; i++) {
        assert_true(cursor.valid);
        assert_int_equal(cursor.info.ordinal, i);
        assert_str(nn_str(cursor.term, cursor.term_size), from->terms[i].text);
        check_term(&from->terms[i], segment, &cursor.info, memory);
        postings += from->terms[i].df;
        ASSERT_OK(nn_term_cursor_next(&cursor, error));
    }
    assert_false(cursor.valid);
    assert_int_equal(info->posting_count, postings);
}

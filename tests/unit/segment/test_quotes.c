/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: quotes of any shape come back as they were given: spans on every side of each other, many
 * speakers, none, tokens that say nothing of bytes. Method: random articles of many quotes, written
 * and read back, whole and up to a limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/annotations/quotes.h"
#include "segment/segment_writer.h"
#include "support/memory_fs.h"
#include "support/prng.h"

#include <stdio.h>
#include <string.h>

enum { ARTICLES = 60, QUOTES = 50, SPEAKERS = 20, TEXT_SIZE = 3000, TOKENS = 255 };

typedef struct made_article {
    nuncio_quote quotes[QUOTES];
    nn_quote_tokens tokens[QUOTES];
    uint32_t count;
    uint8_t length; /* text tokens */
} made_article;

static char speakers[SPEAKERS][16], text[TEXT_SIZE + 1];
static made_article made[ARTICLES];

static uint32_t below(test_prng *prng, uint32_t limit)
{
    return (uint32_t)test_prng_below(prng, limit);
}

/** A span within the text: near `of` as a rule, on any side of it; sometimes none. */
static void draw_span(test_prng *prng, uint32_t of, uint32_t size, uint32_t *start, uint32_t *end)
{
    uint32_t from = below(prng, 4) == 0 ? 0 : of > 30 ? of - 30 : 0;
    *start = from + below(prng, below(prng, 4) == 0 ? TEXT_SIZE - from : 60);
    *start = *start < TEXT_SIZE ? *start : TEXT_SIZE - 1;
    *end = size < TEXT_SIZE - *start ? *start + size : TEXT_SIZE;
    *end = below(prng, 5) == 0 ? *start : *end;
}

static void draw_quote(test_prng *prng, uint32_t start, nuncio_quote *out)
{
    static const char *const cues[] = {"said", "told reporters", "according to", "warned"};
    *out = (nuncio_quote){.start = start, .flags = below(prng, 4)};
    out->end = start + below(prng, below(prng, 3) == 0 ? TEXT_SIZE - start + 1 : 40);
    out->end = out->end < TEXT_SIZE ? out->end : TEXT_SIZE;
    out->confidence = (float)((double)below(prng, 101) / 100);
    uint32_t size = 1 + below(prng, 30);
    if (below(prng, 4) > 0) {
        out->cue = nn_str_of(cues[below(prng, 4)]);
        size = below(prng, 8) > 0 ? (uint32_t)out->cue.size : size;
    }
    draw_span(prng, below(prng, 2) == 0 ? out->start : out->end, size, &out->cue_start,
              &out->cue_end);
    size = 1 + below(prng, 30);
    if (below(prng, 3) > 0) {
        uint32_t number = below(prng, below(prng, 2) == 0 ? 2 : SPEAKERS);
        out->speaker = nn_str_of(speakers[number]);
        out->speaker_type = (nuncio_entity_type)(number % 6);
        size = below(prng, 2) == 0 ? (uint32_t)out->speaker.size : size;
    }
    draw_span(prng, out->cue_end, size, &out->speaker_start, &out->speaker_end);
}

/* `many`: the percentage of articles that have quotes. */
static void draw(test_prng *prng, uint32_t many, made_article *out)
{
    uint32_t start = 0, first = 0;
    nn_quote_depth depth = {.count = 0};
    out->count = test_prng_chance(prng, many) ? below(prng, QUOTES) : 0;
    out->length = (uint8_t)below(prng, TOKENS + 1);
    for (uint32_t i = 0; i < out->count; i++) {
        draw_quote(prng, start, &out->quotes[i]);
        uint32_t room = out->length - first;
        uint32_t count = below(prng, (below(prng, 3) == 0 ? room : room / 8) + 1);
        if (!nn_quote_depth_add(&depth, first, first + count)) {
            count = 0; /* too many over one token */
        }
        out->tokens[i] = (nn_quote_tokens){first, count};
        start += below(prng, (TEXT_SIZE - start) / 10 + 1);
        first += below(prng, room / 6 + 1);
    }
}

/** Every word is the same one. */
static void write_term(nn_segment_writer *writer)
{
    nuncio_str word = nn_str_of("x");
    uint32_t positions[TOKENS], forms[TOKENS] = {0}, quotes = 0;
    assert_int_equal(nn_segment_writer_term(writer, word, &word, 1, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        for (uint32_t k = 0; k < made[i].length; k++) {
            positions[k] = k;
        }
        for (uint32_t k = 0; k < made[i].count; k++) {
            quotes += made[i].tokens[k].count > 0;
        }
        if (made[i].length > 0) {
            assert_int_equal(
                nn_segment_writer_posting(writer, i, positions, forms, made[i].length, NULL),
                NUNCIO_OK);
        }
    }
    assert_int_equal(nn_segment_writer_quotes(writer, quotes, NULL), NUNCIO_OK);
}

static void write_all(const nuncio_vfs *vfs, nn_memory *memory, char name[64])
{
    nn_segment_writer *writer = NULL;
    assert_int_equal(
        nn_segment_writer_open(&(nn_segment_writer_options){.vfs = vfs, .directory = "/i"}, memory,
                               &writer, NULL),
        NUNCIO_OK);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        nuncio_annotations annotations = {made[i].quotes, made[i].count, NULL, 0};
        char id[16];
        (void)snprintf(id, sizeof id, "%u", i);
        nn_article_fields fields = {.article = {.id = nn_str_of(id)},
                                    .annotations = &annotations,
                                    .quote_tokens = made[i].tokens};
        assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
        assert_int_equal(
            nn_segment_writer_passage(writer, nn_str(text, TEXT_SIZE), made[i].length, NULL),
            NUNCIO_OK);
    }
    write_term(writer);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
}

static void check_quote(const nuncio_quote *x, const nuncio_quote *y)
{
    assert_true(x->start == y->start && x->end == y->end && x->flags == y->flags);
    assert_true(x->confidence == y->confidence && x->speaker_type == y->speaker_type);
    assert_int_equal(y->cue_end - y->cue_start, x->cue_end - x->cue_start);
    assert_true(x->cue_start == x->cue_end || x->cue_start == y->cue_start);
    assert_int_equal(y->speaker_end - y->speaker_start, x->speaker_end - x->speaker_start);
    assert_true(x->speaker_start == x->speaker_end || x->speaker_start == y->speaker_start);
    assert_true(nn_str_equal(x->cue, y->cue) && nn_str_equal(x->speaker, y->speaker));
}

static void check_article(const nn_segment *segment, uint32_t article, nn_arena *arena)
{
    const made_article *expected = &made[article];
    nn_article_quotes units = {.segment = segment, .arena = arena};
    nuncio_annotations found;
    nn_annotation_spans before;
    uint32_t limit = article * (TEXT_SIZE / ARTICLES), count = 0, behind = 0, next = article + 1;
    assert_int_equal(nn_article_quotes_seek(&units, article, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_annotations(segment, article, arena, &found, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_annotation_spans(segment, article, limit, arena, &before, NULL),
                     NUNCIO_OK);
    assert_true(units.count == expected->count && found.quote_count == expected->count);
    for (uint32_t i = 0; i < expected->count; i++) {
        assert_int_equal(units.starts[i], expected->tokens[i].first);
        assert_int_equal(units.ends[i], expected->tokens[i].first + expected->tokens[i].count);
        check_quote(&expected->quotes[i], &found.quotes[i]);
        count += expected->quotes[i].start < limit;
    }
    assert_int_equal(before.quote_count, count);
    while (next < ARTICLES && made[next].count == 0) {
        next++;
    }
    assert_int_equal(nn_article_quotes_behind(&units, &behind, NULL), NUNCIO_OK);
    assert_int_equal(behind, next < ARTICLES ? next : NN_DOC_END);
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(59));
    memset(text, 'x', TEXT_SIZE);
    for (uint32_t i = 0; i < SPEAKERS; i++) {
        (void)snprintf(speakers[i], sizeof speakers[i], "Speaker %u", i);
    }
    for (uint32_t round = 0; round < 30; round++) {
        uint32_t many = round % 3 == 0 ? 5 : 88;
        memory_fs *files = memory_fs_create();
        nn_memory memory;
        nn_segment *segment = NULL;
        nn_arena arena;
        char name[64];
        nn_memory_init(&memory, NULL, 0);
        nn_arena_init(&arena, &memory);
        for (uint32_t i = 0; i < ARTICLES; i++) {
            draw(&prng, many, &made[i]);
        }
        const nuncio_vfs *vfs = memory_fs_vfs(files);
        assert_int_equal(vfs->make_dir(vfs->context, "/i"), NUNCIO_OK);
        write_all(vfs, &memory, name);
        assert_int_equal(nn_segment_open(vfs, &memory, "/i", name, &segment, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_verify(segment, true, NULL), NUNCIO_OK);
        for (uint32_t i = 0; i < ARTICLES; i++) {
            check_article(segment, i, &arena);
            nn_arena_reset(&arena);
        }
        nn_segment_close(segment);
        nn_arena_clear(&arena);
        memory_fs_destroy(files);
        assert_int_equal(memory.used, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round_trip)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

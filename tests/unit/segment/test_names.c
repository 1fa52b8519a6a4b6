/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: names, mentions and lists of names come back as they were given; names are numbered as the
 * format says; what cannot be written is refused. Method: random archives in which some names are
 * everywhere and most are rare, read back beside a plain model; Golomb codes of all orders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/annotations/name_words.h"
#include "segment/annotations/quotes.h"
#include "segment/codes/golomb.h"
#include "segment/segment_writer.h"
#include "split_words.h"
#include "support/disk.h"
#include "support/prng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARTICLES = 700, NAMES = 300, MENTIONS_MAX = 30, QUOTES_MAX = 3, TEXT_SIZE = 4000 };

/** An article of the model: names by their number in `name_of`. */
typedef struct model_article {
    nuncio_mention mentions[MENTIONS_MAX];
    nuncio_quote quotes[QUOTES_MAX];
    size_t mention_count, quote_count;
    uint32_t flags[NAMES]; /* NN_NAME_… by number */
} model_article;

typedef struct model {
    char room[NAMES][24];
    nuncio_str names[NAMES];
    nuncio_entity_type types[NAMES];
    uint32_t counts[NAMES];
    model_article *articles;
} model;

/** Names with low numbers come often; every seventh is a description; two have one string. */
static uint32_t draw(test_prng *prng)
{
    double at = test_prng_unit(prng);
    return (uint32_t)(at * at * at * NAMES);
}

static void make_names(model *to)
{
    for (uint32_t i = 0; i < NAMES; i++) {
        (void)snprintf(to->room[i], sizeof to->room[i], "Name %u", i % 5 == 1 ? i - 1 : i);
        to->names[i] = nn_str_of(i == 17 ? "" : to->room[i]);
        to->types[i] = (nuncio_entity_type)(i % 7 == 6 ? 0 : 1 + i % 5);
    }
}

static void make_article(test_prng *prng, model *to, model_article *article)
{
    uint32_t at = 0;
    memset(article, 0, sizeof *article);
    size_t mentions = test_prng_below(prng, MENTIONS_MAX + 1);
    for (size_t i = 0; i < mentions && at + 60 < TEXT_SIZE; i++) {
        uint32_t name = draw(prng);
        if (to->types[name] == NUNCIO_ENTITY_NONE) {
            continue;
        }
        nuncio_mention *mention = &article->mentions[article->mention_count++];
        mention->start =
            at + (uint32_t)test_prng_below(prng, test_prng_chance(prng, 90) ? 40 : 300);
        mention->start = mention->start < TEXT_SIZE - 40 ? mention->start : TEXT_SIZE - 40;
        bool own = test_prng_chance(prng, 80) && to->names[name].size > 0;
        uint32_t size =
            own ? (uint32_t)to->names[name].size : 1 + (uint32_t)test_prng_below(prng, 9);
        mention->end = at = mention->start + size;
        mention->name = to->names[name];
        mention->type = to->types[name];
        article->flags[name] |= NN_NAME_STANDS;
    }
    size_t quotes = test_prng_chance(prng, 40) ? test_prng_below(prng, QUOTES_MAX + 1) : 0;
    for (size_t i = 0; i < quotes; i++) {
        uint32_t name = draw(prng);
        nuncio_quote *quote = &article->quotes[article->quote_count++];
        quote->start = quote->end = (uint32_t)i;
        if (test_prng_chance(prng, 70)) {
            quote->speaker = to->names[name];
            quote->speaker_type = to->types[name];
            article->flags[name] |= NN_NAME_SPEAKS;
        }
    }
    for (uint32_t name = 0; name < NAMES; name++) {
        to->counts[name] += article->flags[name] != 0;
    }
}

static nn_segment *write_model(const model *from)
{
    static char text[TEXT_SIZE];
    char name[64];
    nn_segment_writer *writer = NULL;
    nn_segment *segment = NULL;
    memset(text, 'x', sizeof text);
    assert_int_equal(
        nn_segment_writer_open(&(nn_segment_writer_options){.vfs = vfs, .directory = "/i"}, &memory,
                               &writer, NULL),
        NUNCIO_OK);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        char id[16];
        const model_article *article = &from->articles[i];
        (void)snprintf(id, sizeof id, "%u", i);
        nuncio_annotations annotations = {article->quotes, article->quote_count, article->mentions,
                                          article->mention_count};
        nn_article_fields fields = {.article = {.id = nn_str_of(id), .source = nn_str_of("wire")},
                                    .annotations = &annotations};
        assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_passage(writer, nn_str(text, sizeof text), 0, NULL),
                         NUNCIO_OK);
    }
    split_words words;
    nn_segment_writer_name_words(writer, split_words_of, &words);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
    assert_int_equal(nn_segment_open(vfs, &memory, "/i", name, &segment, NULL), NUNCIO_OK);
    return segment;
}

/** The model's number of a name of the segment. */
static uint32_t number_of(const model *from, const nn_segment *segment, uint32_t name)
{
    nuncio_str text;
    nuncio_entity_type type;
    assert_int_equal(nn_segment_name(segment, name, &text, &type, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < NAMES; i++) {
        if (from->types[i] == type && nn_str_equal(from->names[i], text)) {
            return i;
        }
    }
    fail_msg("a name that was not given");
    return 0;
}

static void check_mentions(const model *from, const nn_segment *segment, uint32_t article,
                           nn_arena *arena)
{
    const model_article *expected = &from->articles[article];
    nn_annotation_spans mentions;
    nuncio_annotations annotations;
    assert_int_equal(nn_segment_mention_spans(segment, article, NULL, arena, &mentions, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_annotations(segment, article, arena, &annotations, NULL),
                     NUNCIO_OK);
    assert_int_equal(mentions.mention_count, expected->mention_count);
    assert_int_equal(annotations.mention_count, expected->mention_count);
    assert_int_equal(annotations.quote_count, expected->quote_count);
    for (uint32_t i = 0; i < mentions.mention_count; i++) {
        const nuncio_mention *x = &expected->mentions[i], *y = &annotations.mentions[i];
        assert_true(mentions.mentions[i].start == x->start && mentions.mentions[i].end == x->end);
        assert_true(y->start == x->start && y->end == x->end && y->type == x->type);
        assert_true(nn_str_equal(y->name, x->name));
        uint32_t number = number_of(from, segment, mentions.mentions[i].name);
        assert_true(nn_str_equal(from->names[number], x->name) && from->types[number] == x->type);
    }
}

static void check_article(const model *from, const nn_segment *segment, uint32_t article,
                          nn_arena *arena)
{
    uint32_t flags[NAMES] = {0};
    nn_article_names names = {NULL, 0, 0, 0};
    nn_article_quotes quotes = {.segment = segment, .arena = arena};
    assert_int_equal(nn_segment_article_names(segment, article, arena, &names, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < names.standing; i++) {
        flags[number_of(from, segment, names.items[i].name)] |= NN_NAME_STANDS;
    }
    assert_int_equal(nn_article_quotes_seek(&quotes, article, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < quotes.count; i++) {
        uint32_t name = 0;
        assert_int_equal(nn_article_quotes_speaker(&quotes, i, &name, NULL), NUNCIO_OK);
        if (name != NN_NAME_UNKNOWN) {
            flags[number_of(from, segment, name)] |= NN_NAME_SPEAKS;
        }
    }
    assert_memory_equal(flags, from->articles[article].flags, sizeof flags);
    check_mentions(from, segment, article, arena);
}

static void check_lists(const model *from, const nn_segment *segment)
{
    uint32_t before = UINT32_MAX, known = 0;
    for (uint32_t i = 0; i < NAMES; i++) {
        known += from->counts[i] > 0;
    }
    assert_int_equal(nn_segment_name_count(segment), known);
    for (uint32_t name = 0; name < known; name++) {
        uint32_t number = number_of(from, segment, name), seen = 0;
        nn_name_list list;
        assert_int_equal(nn_name_list_open(&list, segment, name, NULL), NUNCIO_OK);
        assert_int_equal(list.count, from->counts[number]);
        assert_true(list.count <= before);
        before = list.count;
        for (uint32_t article = 0; article < ARTICLES; article++) {
            uint32_t flags = from->articles[article].flags[number];
            if (flags != 0) {
                assert_int_equal(list.article, article);
                assert_int_equal(list.flags, flags);
                assert_int_equal(nn_name_list_next(&list, NULL), NUNCIO_OK);
                seen++;
            }
        }
        assert_int_equal(list.article, NN_DOC_END);
        assert_int_equal(seen, list.count);
    }
}

/** Every word leads to the names that have it, at their places; others lead nowhere. */
static void check_words(const nn_segment *segment, nn_arena *arena)
{
    uint32_t names = nn_segment_name_count(segment), pairs = 0, found_pairs = 0;
    nn_name_word_cursor cursor;
    split_words words;
    for (uint32_t name = 0; name < names; name++) {
        const nn_found_name_word *items;
        nuncio_str text;
        nuncio_entity_type type;
        uint32_t count = 0, found = 0;
        nn_name_place *places;
        assert_int_equal(nn_segment_name(segment, name, &text, &type, NULL), NUNCIO_OK);
        assert_int_equal(split_words_of(&words, text, type, &items, &count, NULL), NUNCIO_OK);
        pairs += count;
        for (uint32_t i = 0; i < count; i++) {
            bool there = false;
            assert_int_equal(
                nn_segment_name_word(segment, items[i].key, arena, &places, &found, NULL),
                NUNCIO_OK);
            for (uint32_t k = 0; k < found; k++) {
                bool after =
                    k == 0 || places[k].name > places[k - 1].name ||
                    (places[k].name == places[k - 1].name && places[k].place > places[k - 1].place);
                assert_true(after);
                there = there || (places[k].name == name && places[k].place == items[i].place &&
                                  places[k].last == items[i].last);
            }
            assert_true(there);
        }
        char other[300];
        (void)snprintf(other, sizeof other, "%.*s!", (int)text.size, text.data);
        assert_int_equal(
            nn_segment_name_word(segment, nn_str_of(other), arena, &places, &found, NULL),
            NUNCIO_OK);
        assert_int_equal(found, 0);
        nn_arena_reset(arena);
    }
    nn_name_words_start(&cursor, segment);
    for (bool more = true; more; found_pairs += more ? cursor.count : 0) {
        assert_int_equal(nn_name_words_next(&cursor, &more, NULL), NUNCIO_OK);
    }
    assert_int_equal(found_pairs, pairs);
}

static void test_random_names(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(71));
    model *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->articles = calloc(ARTICLES, sizeof *made->articles);
    assert_non_null(made->articles);
    make_names(made);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        make_article(&prng, made, &made->articles[i]);
    }
    nn_segment *segment = write_model(made);
    nn_arena arena;
    nn_arena_init(&arena, &memory);
    assert_int_equal(nn_segment_verify(segment, true, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        check_article(made, segment, i, &arena);
        nn_arena_reset(&arena);
    }
    check_lists(made, segment);
    check_words(segment, &arena);
    nn_arena_clear(&arena);
    nn_segment_close(segment);
    free(made->articles);
    free(made);
}

static void test_refused(void **state)
{
    (void)state;
    static const struct {
        uint32_t start, end;
        nuncio_entity_type type;
    } wrong[] = {
        {4, 4, NUNCIO_ENTITY_PERSON}, /* empty */
        {5, 4, NUNCIO_ENTITY_PERSON}, /* ends before it starts */
        {1, 4, NUNCIO_ENTITY_PERSON}, /* overlaps the one before */
        {4, 6, NUNCIO_ENTITY_NONE},   /* nothing */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        nn_segment_writer *writer = NULL;
        nuncio_mention mentions[2] = {
            {0, 2, NUNCIO_ENTITY_PLACE, nn_str_of("Oz"), false},
            {wrong[i].start, wrong[i].end, wrong[i].type, nn_str_of("Dorothy"), false}};
        nuncio_annotations annotations = {NULL, 0, mentions, 2};
        nn_article_fields fields = {.article = {.id = nn_str_of("a")}, .annotations = &annotations};
        assert_int_equal(
            nn_segment_writer_open(&(nn_segment_writer_options){.vfs = vfs, .directory = "/i"},
                                   &memory, &writer, NULL),
            NUNCIO_OK);
        assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_ERR_ARGUMENT);
        nn_segment_writer_destroy(writer);
    }
}

static void test_golomb(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(72));
    uint32_t numbers[400];
    for (uint32_t order = 0; order <= NN_GOLOMB_ORDER_MAX; order++) {
        nn_buffer out;
        nn_bit_writer writer = {0};
        uint64_t size = 0;
        nn_buffer_init(&out, &memory);
        assert_true(nn_bits_begin(&writer, &out, 400 * NN_GOLOMB_BITS_MAX));
        for (size_t i = 0; i < 400; i++) {
            numbers[i] = i < 33 ? (uint32_t)((UINT64_C(1) << i) - 1)
                                : (uint32_t)test_prng_next(&prng) >> test_prng_below(&prng, 32);
            nn_golomb_put(&writer, numbers[i], order);
            size += nn_golomb_size(numbers[i], order);
        }
        nn_bits_finish(&writer);
        assert_int_equal(out.size, nn_bytes_of_bits(size));
        assert_true(nn_buffer_reserve(&out, 16)); /* what a reader may touch */
        nn_bit_reader reader = {out.data, 0, size};
        for (size_t i = 0; i < 400; i++) {
            uint32_t got = 0;
            assert_true(nn_golomb_read(&reader, order, &got));
            assert_int_equal(got, numbers[i]);
        }
        uint32_t more = 0;
        assert_false(nn_golomb_read(&reader, order, &more));
        for (uint64_t end = size - 1; end > size - 60; end--) { /* cut off */
            nn_bit_reader cut = {out.data, 0, end};
            size_t read = 0;
            while (nn_golomb_read(&cut, order, &more)) {
                assert_int_equal(more, numbers[read++]);
            }
            assert_true(read < 400 && cut.bit <= end);
        }
        nn_buffer_deinit(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_random_names, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_refused, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_golomb, test_disk_make, test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

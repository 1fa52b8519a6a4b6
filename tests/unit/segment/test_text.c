/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: texts come back whatever dictionary serves them, a merge takes them over as they are when
 * that serves, and no frame makes more of itself than its size. Method: segments of little and of
 * much text, merged in several orders; frames exchanged and sizes changed by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/articles/text_train.h"
#include "segment/segment_impl.h"
#include "segment/segment_writer.h"
#include "support/disk.h"
#include "support/prng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Text number `number`: words of a small vocabulary, the same each time. */
static nuncio_str text_of(uint32_t number, char room[2048])
{
    test_prng prng = test_prng_of(number);
    size_t size = 0, aim = number % 50 == 0 ? 0 : (size_t)test_prng_range(&prng, 1, 1500);
    while (size < aim) {
        size += (size_t)sprintf(room + size, "%s%u ", size % 3 == 0 ? "minister" : "agreed on ",
                                (unsigned)test_prng_below(&prng, 400));
    }
    return nn_str(room, size);
}

static nn_segment_writer *open_writer(void)
{
    nn_segment_writer *writer = NULL;
    assert_int_equal(
        nn_segment_writer_open(
            &(nn_segment_writer_options){.vfs = vfs, .directory = "/i", .store_text = true},
            &memory, &writer, NULL),
        NUNCIO_OK);
    return writer;
}

static void begin_article(nn_segment_writer *writer, uint32_t number)
{
    char id[32];
    (void)snprintf(id, sizeof id, "article/%u", number);
    nn_article_fields fields = {.article = {.id = nn_str_of(id)}};
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
}

static nn_segment *finish(nn_segment_writer *writer)
{
    char name[64];
    nn_segment *segment = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    if (nn_segment_writer_finish(writer, name, &error) != NUNCIO_OK ||
        nn_segment_open(vfs, &memory, "/i", name, &segment, &error) != NUNCIO_OK ||
        nn_segment_verify(segment, false, &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    nn_segment_writer_destroy(writer);
    return segment;
}

/** A segment of texts first … end - 1, three an article. */
static nn_segment *write_texts(uint32_t first, uint32_t end)
{
    nn_segment_writer *writer = open_writer();
    char room[2048];
    for (uint32_t i = first; i < end; i++) {
        if ((i - first) % 3 == 0) {
            begin_article(writer, i);
        }
        assert_int_equal(nn_segment_writer_passage(writer, text_of(i, room), 0, NULL), NUNCIO_OK);
    }
    return finish(writer);
}

/** Asserts that passage `passage` is text `number`. */
static void check_text(const nn_segment *segment, uint32_t passage, uint32_t number)
{
    nn_buffer got;
    char room[2048];
    nuncio_str expected = text_of(number, room);
    nn_buffer_init(&got, &memory);
    assert_int_equal(nn_segment_passage_text(segment, passage, &got, NULL), NUNCIO_OK);
    assert_int_equal(got.size, expected.size);
    assert_true(got.size == 0 || memcmp(got.data, expected.data, got.size) == 0);
    nn_buffer_deinit(&got);
}

enum { LITTLE = 40, MUCH = 4200 /* texts: 30 kB, and 3 MB */ };

static void test_little_and_much(void **state)
{
    (void)state;
    static const uint32_t counts[] = {1, LITTLE, 300, MUCH, 13000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        nn_segment *segment = write_texts(0, counts[i]);
        uint64_t stored = segment->meta.text_bytes +
                          segment->text.dictionary_count * (uint64_t)NN_TEXT_DICTIONARY;
        assert_int_equal(segment->text.dictionary_count, counts[i] > 100 ? 1 : 0);
        assert_true(counts[i] < MUCH || stored < segment->meta.raw_text_bytes / 2);
        for (uint32_t k = 0; k < counts[i]; k++) {
            check_text(segment, k, k);
        }
        nn_segment_close(segment);
    }
}

/** Merges segments by copying all their passages; `step` articles of each at a time. */
static nn_segment *merge(nn_segment **sources, size_t count)
{
    nn_segment_writer *writer = open_writer();
    for (size_t i = 0; i < count; i++) {
        for (uint32_t article = 0; article < sources[i]->info.article_count; article++) {
            begin_article(writer, (uint32_t)i * 100000 + article);
            uint32_t end = nn_segment_first_passage(sources[i], article + 1);
            for (uint32_t k = nn_segment_first_passage(sources[i], article); k < end; k++) {
                assert_int_equal(nn_segment_writer_passage_of(writer, sources[i], k, false, NULL),
                                 NUNCIO_OK);
            }
        }
    }
    return finish(writer);
}

static void test_merge(void **state)
{
    (void)state;
    nn_segment *little = write_texts(0, LITTLE), *more = write_texts(LITTLE, 2 * LITTLE);
    nn_segment *much = write_texts(100, 100 + MUCH), *again = write_texts(5000, 5000 + MUCH);
    nn_segment *sources[] = {little, much, more, again, little};
    nn_segment *merged = merge(sources, 5);
    /* The large ones keep their dictionaries; 30 kB of little ones are not enough to train on. */
    assert_int_equal(merged->text.dictionary_count, 2);
    uint32_t passage = 0;
    static const uint32_t firsts[] = {0, 100, LITTLE, 5000, 0};
    for (size_t i = 0; i < 5; i++) {
        for (uint32_t k = 0; k < sources[i]->info.passage_count; k++, passage++) {
            check_text(merged, passage, firsts[i] + k);
        }
    }
    assert_int_equal(merged->info.passage_count, passage);
    /* Their frames are the same bytes. */
    const uint8_t *start[2], *end[2];
    uint32_t article = nn_segment_article_of(merged, LITTLE + 7);
    assert_int_equal(nn_segment_store_item(merged, nn_store_item_of_text(LITTLE + 7, article),
                                           &start[0], &end[0], NULL),
                     NUNCIO_OK);
    assert_int_equal(
        nn_segment_store_item(much, nn_store_item_of_text(7, 2), &start[1], &end[1], NULL),
        NUNCIO_OK);
    assert_int_equal(end[0] - start[0], end[1] - start[1]);
    assert_memory_equal(start[0], start[1], (size_t)(end[0] - start[0]));
    nn_segment *twice[] = {merged, much}; /* a merge of a merge */
    nn_segment *final = merge(twice, 2);
    assert_int_equal(final->text.dictionary_count, 2); /* the same one is kept once */
    check_text(final, LITTLE + 7, 107);
    check_text(final, passage + 7, 107);
    nn_segment *all[] = {little, more, much, again, merged, final};
    for (size_t i = 0; i < 6; i++) {
        nn_segment_close(all[i]);
    }
}

static void test_many_little_ones_are_trained_on_together(void **state)
{
    (void)state;
    enum { SEGMENTS = 12 };
    nn_segment *sources[SEGMENTS];
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        sources[i] = write_texts(i * LITTLE, (i + 1) * LITTLE);
        assert_int_equal(sources[i]->text.dictionary_count, 0);
    }
    nn_segment *merged = merge(sources, SEGMENTS);
    assert_int_equal(merged->text.dictionary_count, 1);
    for (uint32_t i = 0; i < SEGMENTS * LITTLE; i++) {
        check_text(merged, i, i);
    }
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        nn_segment_close(sources[i]);
    }
    nn_segment_close(merged);
}

static nn_trained *train_on(uint32_t first, uint32_t count, bool dense)
{
    static uint8_t texts[1 << 20];
    static size_t sizes[1000];
    nn_trained *trained = NULL;
    nn_text_sample sample = {texts, sizes, count};
    char room[2048];
    uint8_t *to = texts;
    for (uint32_t i = 0; i < count; i++) {
        nuncio_str text = text_of(first + i, room);
        memcpy(to, text.data, text.size);
        to += text.size;
        sizes[i] = text.size;
    }
    assert_int_equal(nn_trained_create(&memory, &sample, 1 << 24, dense, &trained, NULL),
                     NUNCIO_OK);
    return trained;
}

/* As batches of one run hand them over: a dictionary serves until the next one comes. */
static void test_dictionaries_take_turns(void **state)
{
    (void)state;
    enum { EACH = 60, TURNS = 4 };
    nn_trained *one = train_on(2000, 300, false), *other = train_on(7000, 300, true);
    nn_trained *const turns[TURNS] = {NULL, one, other, one};
    nn_segment_writer *writer = open_writer();
    char room[2048];
    assert_true(one != NULL && other != NULL);
    for (uint32_t i = 0; i < TURNS * EACH; i++) {
        begin_article(writer, i);
        if (i % EACH == 0 && i > 0) {
            assert_int_equal(nn_segment_writer_serve(writer, turns[i / EACH], NULL), NUNCIO_OK);
        }
        assert_int_equal(nn_segment_writer_passage(writer, text_of(i, room), 0, NULL), NUNCIO_OK);
    }
    nn_segment *segment = finish(writer);
    nn_text_bytes bytes;
    for (uint32_t i = 0; i < TURNS * EACH; i++) {
        check_text(segment, i, i);
    }
    assert_int_equal(segment->text.dictionary_count, 3);
    assert_int_equal(nn_segment_text_bytes(segment, &bytes, NULL), NUNCIO_OK);
    assert_true(bytes.dense > 0 && bytes.dense < bytes.all / 2);
    nn_segment_close(segment);
    nn_trained_release(one);
    nn_trained_release(other);
}

static void test_too_little_or_too_much_alike_to_train_on(void **state)
{
    (void)state;
    static uint8_t same[NN_TEXT_SAMPLE_MIN];
    static const size_t sizes[] = {sizeof same - 1, 1};
    nn_trained *trained = NULL;
    nn_text_sample sample = {same, sizes, 1};
    assert_int_equal(nn_trained_create(&memory, &sample, 1 << 24, false, &trained, NULL),
                     NUNCIO_OK);
    assert_null(trained);
    sample.count = 2;
    assert_int_equal(nn_trained_create(&memory, &sample, 1 << 24, false, &trained, NULL),
                     NUNCIO_OK);
    assert_null(trained);
}

static void test_without_texts(void **state)
{
    (void)state;
    nn_segment *source = write_texts(0, LITTLE);
    nn_segment_writer *writer = NULL;
    assert_int_equal(
        nn_segment_writer_open(
            &(nn_segment_writer_options){.vfs = vfs, .directory = "/i", .store_text = false},
            &memory, &writer, NULL),
        NUNCIO_OK);
    begin_article(writer, 0);
    assert_int_equal(nn_segment_writer_passage_of(writer, source, 1, false, NULL), NUNCIO_OK);
    nn_segment *bare = finish(writer);
    nn_buffer got;
    uint32_t start = 0, end = 0;
    char room[2048];
    nn_buffer_init(&got, &memory);
    assert_int_equal(nn_segment_passage_text(bare, 0, &got, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(nn_segment_passage_start(bare, 0, &start, &end, NULL), NUNCIO_OK);
    assert_int_equal(end - start, text_of(1, room).size); /* the span is known all the same */
    nn_segment_close(bare);
    nn_segment_close(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_little_and_much, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_merge, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_many_little_ones_are_trained_on_together,
                                        test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_dictionaries_take_turns, test_disk_make,
                                        test_disk_release),
        cmocka_unit_test_setup_teardown(test_too_little_or_too_much_alike_to_train_on,
                                        test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_without_texts, test_disk_make, test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

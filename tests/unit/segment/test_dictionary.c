/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: exact lookup finds every term and no other; a walk from any string gives the terms behind
 * it in order. Method: thousands of terms with long common beginnings, all bytes, all sizes; a
 * linear search. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/segment_writer.h"
#include "segment/terms/dictionary.h"
#include "support/files.h"
#include "support/prng.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct word {
    char text[256];
    size_t size;
} word;

enum { WORDS = 5000 };
static word *words;
static size_t word_count;
static char folder[TEST_PATH_MAX];
static nn_memory memory;
static nn_segment *segment;

static nuncio_str str_of(const word *from)
{
    return nn_str(from->text, from->size);
}

static int by_bytes(const void *a, const void *b)
{
    return nn_str_compare(str_of(a), str_of(b));
}

/** Words grow out of each other, so that neighbours share much. */
static void draw_words(test_prng *prng)
{
    words = calloc(WORDS, sizeof *words);
    assert_non_null(words);
    for (size_t i = 0; i < WORDS; i++) {
        word *made = &words[i];
        if (i > 0 && test_prng_chance(prng, 80)) {
            *made = words[test_prng_below(prng, i)];
            made->size = (size_t)test_prng_below(prng, made->size + 1);
        }
        size_t add = 1 + (size_t)test_prng_below(prng, test_prng_chance(prng, 3) ? 254 : 6);
        for (; add > 0 && made->size < 255; add--) {
            made->text[made->size++] = (char)test_prng_below(prng, i % 7 == 0 ? 256 : 3);
        }
    }
    qsort(words, WORDS, sizeof *words, by_bytes);
    for (size_t i = 0; i < WORDS; i++) {
        if (word_count == 0 || by_bytes(&words[i], &words[word_count - 1]) != 0) {
            words[word_count++] = words[i];
        }
    }
}

static int make(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(40));
    draw_words(&prng);
    nn_memory_init(&memory, NULL, 0);
    test_dir_make(folder);
    nn_segment_writer *writer = NULL;
    nn_article_fields fields = {.article = {.id = nn_str_of("a")}};
    char name[64];
    assert_int_equal(nn_segment_writer_open(
                         &(nn_segment_writer_options){
                             .vfs = nuncio_vfs_default(), .directory = folder, .store_text = true},
                         &memory, &writer, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 1, NULL), NUNCIO_OK);
    for (size_t i = 0; i < word_count; i++) {
        nuncio_str form = str_of(&words[i]);
        uint32_t zero = 0;
        assert_int_equal(nn_segment_writer_term(writer, form, &form, 1, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_posting(writer, 0, &zero, &zero, 1, NULL), NUNCIO_OK);
    }
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
    return nn_segment_open(nuncio_vfs_default(), &memory, folder, name, &segment, NULL) !=
           NUNCIO_OK;
}

static int release(void **state)
{
    (void)state;
    nn_segment_close(segment);
    test_dir_remove(folder);
    free(words);
    return memory.used != 0;
}

static void test_lookup(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(41));
    bool found = false;
    nn_term_info info;
    for (size_t i = 0; i < word_count; i++) {
        assert_int_equal(nn_segment_find_term(segment, str_of(&words[i]), &found, &info, NULL),
                         NUNCIO_OK);
        assert_true(found);
        assert_int_equal(info.ordinal, i);
        assert_true(info.passage_df == 1 && info.article_df == 1);
    }
    for (uint32_t round = 0; round < 20000; round++) {
        word other = words[test_prng_below(&prng, word_count)];
        if (test_prng_chance(&prng, 50)) { /* a beginning: it may hash as one of its neighbours */
            other.size = 1 + (size_t)test_prng_below(&prng, other.size);
        } else {
            other.text[test_prng_below(&prng, other.size)] ^= 1;
        }
        bool there = bsearch(&other, words, word_count, sizeof *words, by_bytes) != NULL;
        assert_int_equal(nn_segment_find_term(segment, str_of(&other), &found, &info, NULL),
                         NUNCIO_OK);
        assert_int_equal(found, there);
    }
    char long_word[300] = {0};
    assert_int_equal(nn_segment_find_term(segment, nn_str(long_word, 300), &found, &info, NULL),
                     NUNCIO_OK);
    assert_false(found);
    assert_int_equal(nn_segment_find_term(segment, nn_str("", 0), &found, &info, NULL), NUNCIO_OK);
    assert_false(found);
}

static void test_walk(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(42));
    for (uint32_t round = 0; round < 3000; round++) {
        word from = words[test_prng_below(&prng, word_count)];
        if (test_prng_chance(&prng, 50)) {
            from.text[from.size - 1] = (char)(from.text[from.size - 1] + 1);
        } else if (test_prng_chance(&prng, 50)) {
            from.size = (size_t)test_prng_below(&prng, from.size);
        }
        size_t i = 0;
        while (i < word_count && by_bytes(&words[i], &from) < 0) {
            i++;
        }
        nn_term_cursor cursor;
        assert_int_equal(nn_term_cursor_seek(&cursor, segment, str_of(&from), NULL), NUNCIO_OK);
        for (uint32_t steps = 0; steps < 40 && i < word_count; steps++, i++) {
            assert_true(cursor.valid);
            assert_int_equal(cursor.info.ordinal, i);
            assert_true(nn_str_equal(nn_str(cursor.term, cursor.term_size), str_of(&words[i])));
            assert_int_equal(nn_term_cursor_next(&cursor, NULL), NUNCIO_OK);
        }
        assert_true(i < word_count || !cursor.valid);
    }
    for (size_t i = 0; i < word_count; i += 97) {
        nn_term_cursor cursor;
        assert_int_equal(nn_segment_term_at(segment, (uint32_t)i, &cursor, NULL), NUNCIO_OK);
        assert_true(nn_str_equal(nn_str(cursor.term, cursor.term_size), str_of(&words[i])));
    }
}

static void test_a_walk_stays_at_the_end(void **state)
{
    (void)state;
    nn_term_cursor cursor;
    assert_int_equal(nn_segment_term_at(segment, (uint32_t)word_count - 1, &cursor, NULL),
                     NUNCIO_OK);
    for (uint32_t i = 0; i < 3; i++) {
        assert_int_equal(nn_term_cursor_next(&cursor, NULL), NUNCIO_OK);
        assert_false(cursor.valid);
    }
}

/* Hashes that crowd, as no words do: the table grows until each search in it is short enough, and
 * is given up with an error when it cannot. */
static void test_crowded_hashes(void **state)
{
    (void)state;
    enum { TERMS = 5000 };
    static const uint64_t distances[] = {100000, 0};
    for (size_t i = 0; i < 2; i++) {
        nn_memory small;
        nn_dictionary_writer writer;
        static nn_frame_writer frame;
        nn_buffer list;
        nn_memory_init(&small, NULL, 1 << 20);
        nn_buffer_init(&list, &small);
        nn_dictionary_writer_init(&writer, &small);
        assert_int_equal(nn_frame_writer_open(&frame, nuncio_vfs_default(), &memory, folder, NULL),
                         NUNCIO_OK);
        for (uint32_t k = 0; k < TERMS; k++) {
            const nn_term_counts counts = {1, 1, 0};
            char term[8];
            bool inlined = false;
            int size = snprintf(term, sizeof term, "%06u", k);
            assert_int_equal(nn_dictionary_add(&writer, nn_str(term, (size_t)size), &counts,
                                               list.data, list.size, &inlined, NULL),
                             NUNCIO_OK);
            writer.hashes[k] = k * distances[i] << 32;
        }
        nuncio_status status = nn_dictionary_write_regions(&writer, &frame, NULL);
        assert_int_equal(status, distances[i] == 0 ? NUNCIO_ERR_MEMORY : NUNCIO_OK);
        assert_true(distances[i] == 0 || /* twice the usual table */
                    frame.regions[NN_REGION_TERM_HASH].size > UINT64_C(4) * TERMS * 8 / 3);
        nn_frame_writer_abort(&frame);
        nn_dictionary_writer_deinit(&writer);
        assert_int_equal(small.used, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookup),
        cmocka_unit_test(test_walk),
        cmocka_unit_test(test_a_walk_stays_at_the_end),
        cmocka_unit_test(test_crowded_hashes),
    };
    return cmocka_run_group_tests(tests, make, release);
}

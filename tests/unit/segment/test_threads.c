/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: threads that share a segment and touch its pages, columns, dictionaries and contexts for
 * the first time at once all read what is there. Method: several threads read everything of a
 * segment just opened, in different order; the thread sanitizer watches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "sample.h"
#include "segment/articles/columns.h"
#include "support/files.h"

#include <pthread.h>
#include <string.h>

enum { THREADS = 6, ROUNDS = 4 };

static sample *made;
static nn_segment *segment;
static nn_memory memory;

/** Counts what does not come back as it was: cmocka's assertions are for the main thread. */
static uint64_t read_texts(uint32_t start)
{
    uint64_t wrong = 0;
    nn_buffer text;
    nn_buffer_init(&text, &memory);
    for (uint32_t i = 0; i < made->passage_count; i++) {
        const uint32_t passage = (start + i) % made->passage_count;
        const sample_passage *expected = &made->passages[passage];
        nn_buffer_clear(&text);
        wrong += nn_segment_passage_text(segment, passage, &text, NULL) != NUNCIO_OK;
        wrong += text.size != expected->text_size ||
                 (text.size > 0 && memcmp(text.data, expected->text, text.size) != 0);
    }
    nn_buffer_deinit(&text);
    return wrong;
}

static uint64_t read_lists(uint32_t start)
{
    uint64_t wrong = 0;
    for (uint32_t i = 0; i < made->term_count; i++) {
        const sample_term *term = &made->terms[(start + i) % made->term_count];
        bool found = false;
        nn_term_info info;
        nn_postings postings;
        wrong += nn_segment_find_term(segment, nn_str_of(term->text), &found, &info, NULL) !=
                     NUNCIO_OK ||
                 !found;
        wrong += nn_postings_open(&postings, segment, &info, NULL) != NUNCIO_OK;
        for (uint32_t k = 0; k < term->df && wrong == 0; k++) {
            uint32_t positions[320], numbers[320];
            wrong += postings.doc != term->postings[k].passage;
            wrong += nn_postings_positions(&postings, positions, numbers, NULL) != NUNCIO_OK ||
                     positions[0] != term->postings[k].positions[0];
            wrong += nn_postings_next(&postings, NULL) != NUNCIO_OK;
        }
    }
    return wrong;
}

static uint64_t read_sources(void)
{
    uint64_t wrong = 0;
    for (uint32_t block = 0; block < nn_segment_column_blocks(segment); block++) {
        static const nn_column_wanted any = {.low = 1, .high = UINT32_MAX, .also = {1, 1}};
        uint64_t bits[NN_COLUMN_BLOCK / 64];
        wrong += nn_segment_column_match(segment, NN_COLUMN_SOURCE, block, &any, bits, NULL) !=
                 NUNCIO_OK;
        for (uint32_t i = 0; i < NN_COLUMN_BLOCK; i++) {
            uint32_t article = block * NN_COLUMN_BLOCK + i;
            bool has = article < made->article_count && made->articles[article].source != NULL;
            wrong += (bits[i / 64] >> (i % 64) & 1) != has;
        }
    }
    return wrong;
}

static void *read_all(void *argument)
{
    uint64_t *wrong = argument; /* holds the thread's number at first */
    uint32_t start = (uint32_t)*wrong * 31;
    *wrong = read_sources() + read_texts(start) + read_lists(start) +
             (nn_segment_verify(segment, false, NULL) != NUNCIO_OK);
    return NULL;
}

static void test_first_touch_at_once(void **state)
{
    (void)state;
    static const sample_options options = {140, 4, 180, 30}; /* text for a dictionary */
    test_prng prng = test_prng_of(71);
    char folder[TEST_PATH_MAX], name[64];
    test_dir_make(folder);
    nn_memory_init(&memory, NULL, 0);
    made = sample_create(&prng, &options);
    assert_int_equal(sample_write(made, nuncio_vfs_default(), &memory, folder, true, name, NULL),
                     NUNCIO_OK);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        pthread_t threads[THREADS];
        uint64_t wrong[THREADS];
        assert_int_equal(
            nn_segment_open(nuncio_vfs_default(), &memory, folder, name, &segment, NULL),
            NUNCIO_OK);
        for (uint32_t i = 0; i < THREADS; i++) {
            wrong[i] = i;
            assert_int_equal(pthread_create(&threads[i], NULL, read_all, &wrong[i]), 0);
        }
        for (uint32_t i = 0; i < THREADS; i++) {
            assert_int_equal(pthread_join(threads[i], NULL), 0);
            assert_int_equal(wrong[i], 0);
        }
        nn_segment_close(segment);
    }
    assert_int_equal(memory.used, 0);
    sample_destroy(made);
    test_dir_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_first_touch_at_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

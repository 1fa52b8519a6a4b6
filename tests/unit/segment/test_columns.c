/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what a filter is told of a column is what stands in it, whichever way a block goes: passed
 * over by its header, by its numbers, taken as a whole, or compared.
 * Method: segments of random articles, and random wishes of every width; each bit compared with
 * the article's own number. Each wish is asked of a segment just opened and again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"
#include "segment/articles/columns.h"
#include "support/files.h"

enum { WISHES = 60, SET_WORDS = 4 };

static uint32_t number_of(const nn_segment *segment, nn_column column, uint32_t article)
{
    nn_article_facets facets;
    assert_int_equal(nn_segment_facets(segment, article, &facets, NULL), NUNCIO_OK);
    return column == NN_COLUMN_DATE     ? (uint32_t)nn_column_date(facets.date)
           : column == NN_COLUMN_SOURCE ? facets.source_number
                                        : facets.language;
}

static bool is_wanted(const nn_column_wanted *wanted, uint32_t number)
{
    bool inside = number >= wanted->low && number <= wanted->high;
    if (wanted->set != NULL) {
        return inside && (wanted->set[number / 64] >> (number % 64) & 1) != 0;
    }
    return inside || number == wanted->also[0] || number == wanted->also[1];
}

/* A wish around numbers that occur. */
static nn_column_wanted random_wish(test_prng *prng, const nn_segment *segment, nn_column column,
                                    uint64_t set[SET_WORDS])
{
    uint32_t articles = nn_segment_info_of(segment)->article_count;
    uint32_t some[4];
    for (size_t i = 0; i < 4; i++) {
        some[i] = number_of(segment, column, (uint32_t)test_prng_below(prng, articles));
    }
    nn_column_wanted wanted = {.low = some[0], .high = some[1]};
    if (wanted.high < wanted.low || test_prng_chance(prng, 30)) {
        wanted.high = wanted.low;
    }
    wanted.high = test_prng_chance(prng, 10) ? UINT32_MAX : wanted.high;
    for (size_t i = 0; i < 2; i++) {
        bool given = test_prng_chance(prng, 40) && some[2 + i] <= wanted.high;
        wanted.also[i] = given ? some[2 + i] : wanted.low;
    }
    if (column == NN_COLUMN_SOURCE && wanted.high < SET_WORDS * 64 && test_prng_chance(prng, 50)) {
        for (size_t i = 0; i < SET_WORDS; i++) {
            set[i] = test_prng_next(prng);
        }
        wanted.set = set;
        wanted.also[0] = wanted.low;
        wanted.also[1] = wanted.low;
    }
    return wanted;
}

static uint64_t check(const nn_segment *segment, nn_column column, const nn_column_wanted *wanted)
{
    uint64_t found = 0;
    uint32_t articles = nn_segment_info_of(segment)->article_count;
    for (uint32_t block = 0; block < nn_segment_column_blocks(segment); block++) {
        uint64_t bits[NN_COLUMN_BLOCK / 64];
        assert_int_equal(nn_segment_column_match(segment, column, block, wanted, bits, NULL),
                         NUNCIO_OK);
        for (uint32_t i = 0; i < NN_COLUMN_BLOCK; i++) {
            uint32_t article = block * NN_COLUMN_BLOCK + i;
            bool expected =
                article < articles && is_wanted(wanted, number_of(segment, column, article));
            assert_int_equal(bits[i / 64] >> (i % 64) & 1, expected);
            found += expected;
        }
    }
    return found;
}

static void bits_are_those_of_the_numbers(void **state)
{
    (void)state;
    static const sample_options shapes[] = {{1, 1, 4, 3}, {128, 1, 4, 3}, {700, 2, 4, 3}};
    test_prng prng = test_prng_of(test_seed(12));
    uint64_t found = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        char folder[TEST_PATH_MAX], name[64];
        nn_memory memory;
        nn_memory_init(&memory, NULL, 0);
        test_dir_make(folder);
        sample *made = sample_create(&prng, &shapes[i]);
        const nuncio_vfs *vfs = nuncio_vfs_default();
        assert_int_equal(sample_write(made, vfs, &memory, folder, false, name, NULL), NUNCIO_OK);
        for (uint32_t wish = 0; wish < WISHES; wish++) {
            nn_segment *segment;
            uint64_t set[SET_WORDS];
            nn_column column = (nn_column)(wish % NN_COLUMNS);
            assert_int_equal(nn_segment_open(vfs, &memory, folder, name, &segment, NULL),
                             NUNCIO_OK);
            nn_column_wanted wanted = random_wish(&prng, segment, column, set);
            found += check(segment, column, &wanted);
            found += check(segment, column, &wanted);
            nn_segment_close(segment);
        }
        sample_destroy(made);
        test_dir_remove(folder);
    }
    assert_true(found > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bits_are_those_of_the_numbers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

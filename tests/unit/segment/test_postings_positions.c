/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the positions of passages that are asked about together are those that each has when it is
 * asked alone; bytes that lie give positions that there can be, or an error. Method: passages in
 * steps of all sizes, most of which a list does not have, beside a second walk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "lists.h"
#include "read_all.h"
#include "sorted_spots.h"
#include "support/prng.h"

#include <string.h>

enum { ASKED = 60 };

static uint32_t docs[ASKED];
static uint8_t numbers[ASKED];
static uint16_t keys[ASKED * NN_POSITIONS_MAX + NN_SPOTS_STEP];

/* Up to `wanted` passages from *doc on, in steps of at most `reach`. */
static nn_spots ask(test_prng *prng, uint64_t wanted, uint64_t reach, uint64_t *doc)
{
    nn_spots spots = {docs, numbers, 0, keys, 0};
    for (; spots.count < wanted && *doc < PASSAGES; spots.count++) {
        docs[spots.count] = (uint32_t)*doc;
        numbers[spots.count] = (uint8_t)spots.count;
        *doc += 1 + test_prng_below(prng, reach);
    }
    return spots;
}

static void check_spots(const nn_segment *segment, const nn_spots *spots, nn_postings *alone)
{
    uint32_t at = 0;
    spots_sort(spots);
    for (uint32_t i = 0; i < spots->count; i++) {
        uint32_t tf = 0, found[320];
        assert_int_equal(nn_postings_advance(alone, spots->docs[i], NULL), NUNCIO_OK);
        if (alone->doc == spots->docs[i]) {
            assert_int_equal(nn_postings_tf(alone, &tf, NULL), NUNCIO_OK);
            assert_int_equal(nn_postings_positions(alone, found, NULL, NULL), NUNCIO_OK);
        }
        for (uint32_t k = 0; k < tf; k++) {
            assert_true(at < spots->key_count);
            assert_int_equal(spots_position(segment, spots, at++), i * SPOT_POSITIONS + found[k]);
        }
    }
    assert_int_equal(at, spots->key_count);
}

static void test_together_as_alone(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(74));
    nn_segment *segment = open_segment();
    for (uint32_t round = 0; round < 800; round++) {
        size_t list = round % LISTS;
        nn_term_info info = find(segment, list);
        nn_postings together, alone;
        uint64_t reach = UINT64_C(1) << test_prng_below(&prng, 13), doc = 0;
        assert_int_equal(nn_postings_open(&together, segment, &info, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_open(&alone, segment, &info, NULL), NUNCIO_OK);
        for (uint32_t batch = 0; batch < 8; batch++) {
            doc = doc > together.doc ? doc : together.doc;
            nn_spots spots = ask(&prng, 1 + test_prng_below(&prng, ASKED), reach, &doc);
            if (spots.count > 0) {
                assert_int_equal(nn_postings_spots(&together, &spots, NULL), NUNCIO_OK);
                check_spots(segment, &spots, &alone);
                assert_int_equal(together.doc, expected_at(list, docs[spots.count - 1]));
            }
        }
    }
    nn_segment_close(segment);
}

/* Goes through a list, 20 passages at a time. */
static nuncio_status go_through(const nn_segment *segment, const nn_term_info *info,
                                test_prng *prng)
{
    nn_postings postings;
    uint64_t doc = 0;
    NN_TRY(nn_postings_open(&postings, segment, info, NULL));
    while (postings.doc != NN_DOC_END && doc < PASSAGES) {
        doc = doc > postings.doc ? doc : postings.doc;
        nn_spots spots = ask(prng, 20, 50, &doc);
        NN_TRY(nn_postings_spots(&postings, &spots, NULL));
        for (uint32_t k = 0; k < spots.key_count; k++) {
            read_require(keys[k] / NN_KEY_PASSAGE < spots.count);
        }
    }
    return NUNCIO_OK;
}

static void test_bytes_that_lie(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(75));
    nn_segment *segment = open_segment();
    nn_term_info info = find(segment, 0); /* two positions in most passages */
    nn_segment_close(segment);
    uint32_t told = 0;
    for (uint32_t round = 0; round < 400; round++) {
        bool found = false;
        nn_term_info again;
        size_t at = (size_t)(info.list_offset + test_prng_below(&prng, info.list_size));
        list_bytes.now[at] ^= (uint8_t)(1 + test_prng_below(&prng, 255));
        read_seal(list_bytes.now, list_bytes.size);
        segment = open_segment();
        nuncio_status status =
            nn_segment_find_term(segment, nn_str_of(lists[0].term), &found, &again, NULL);
        if (found) {
            status = go_through(segment, &again, &prng);
        }
        assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
        told += status != NUNCIO_OK;
        nn_segment_close(segment);
        memcpy(list_bytes.now, list_bytes.sound, list_bytes.size);
    }
    print_message("lists that lie: %u told\n", told);
    assert_true(told > 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_together_as_alone),
        cmocka_unit_test(test_bytes_that_lie),
    };
    return cmocka_run_group_tests(tests, lists_make, lists_release);
}

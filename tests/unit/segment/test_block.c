/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: documents and frequencies of a block survive; whatever the bytes, documents that come out
 * ascend and exist. Method: random blocks of every size; random damage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/codes/pfor.h"
#include "segment/terms/block.h"
#include "support/prng.h"

#include <stdlib.h>
#include <string.h>

static uint32_t sets_read;

/** Reads a block and asserts what holds for any bytes. @return what follows, or NULL */
static const uint8_t *read_block(const uint8_t *from, const uint8_t *end, uint32_t base,
                                 uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs)
{
    nn_block_docs read;
    const uint8_t *rest = nn_block_read_docs(from, end, base, limit, count, docs, tfs, &read);
    if (rest == NULL || (read.bits != NULL && !nn_block_unpack_set(&read, base, docs))) {
        return NULL;
    }
    sets_read += read.bits != NULL;
    assert_int_equal(docs[count - 1], read.last);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(docs[i] >= (i == 0 ? base : docs[i - 1] + 1) && docs[i] < limit);
    }
    assert_int_equal(read.few, count < NN_BLOCK_FEW);
    if (!read.few) {
        rest = nn_tfs_read(rest, end, count, tfs);
    }
    for (uint32_t i = 0; rest != NULL && i < count; i++) {
        assert_in_range(tfs[i], 1, 255);
    }
    return rest;
}

static void test_round_trip_and_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(26));
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t refused = 0;
    for (uint32_t round = 0; round < 3000; round++) {
        uint32_t count = 1 + round % 128, docs[128], tfs[128], back_docs[128], back_tfs[128];
        uint32_t base = (uint32_t)test_prng_below(&prng, 1000), next = base;
        uint64_t spread = UINT64_C(1) << test_prng_below(&prng, 24);
        if (round % 4 == 0) { /* close together: a set */
            count = 128;
            spread = 1 + test_prng_below(&prng, 12);
        }
        uint32_t rare = round % 8 == 0 ? 8 : 100; /* percent of gaps: else hardly one is left out */
        for (uint32_t i = 0; i < count; i++) {
            bool apart = test_prng_chance(&prng, rare);
            docs[i] = next + (apart ? (uint32_t)test_prng_below(&prng, spread) : 0);
            tfs[i] = test_prng_chance(&prng, 80) ? 1 : 1 + (uint32_t)test_prng_below(&prng, 255);
            next = docs[i] + 1;
        }
        nn_buffer_clear(&buffer);
        nn_block_write(&buffer, base, docs, tfs, count);
        uint8_t *bytes = calloc(buffer.size + 8, 1);
        assert_non_null(bytes);
        memcpy(bytes, buffer.data, buffer.size);
        const uint8_t *end = bytes + buffer.size;
        assert_ptr_equal(read_block(bytes, end, base, next, count, back_docs, back_tfs), end);
        assert_memory_equal(docs, back_docs, count * sizeof docs[0]);
        assert_memory_equal(tfs, back_tfs, count * sizeof tfs[0]);
        /* The last document does not exist in a segment of one passage less. */
        assert_null(read_block(bytes, end, base, docs[count - 1], count, back_docs, back_tfs));
        for (uint32_t times = 0; times < 20; times++) {
            bytes[test_prng_below(&prng, buffer.size)] = (uint8_t)test_prng_next(&prng);
            refused += read_block(bytes, end, base, UINT32_MAX, count, back_docs, back_tfs) == NULL;
        }
        free(bytes);
    }
    assert_true(refused > 1000);
    assert_true(sets_read > 600);
    nn_buffer_deinit(&buffer);
}

static void test_wrapping_sums_are_refused(void **state)
{
    (void)state;
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    uint32_t gaps[128], docs[128], width = 0;
    for (uint32_t i = 0; i < 128; i++) {
        gaps[i] = 0xFFFFFF00U; /* two of them are more than 2^32 */
    }
    nn_pfor_plan plan = nn_pfor_plan_of(gaps, 128);
    nn_pfor_write(&buffer, gaps, 128, &plan);
    nn_buffer_append_u64(&buffer, 0); /* frequencies, and bytes to read past the end */
    nn_buffer_append_u64(&buffer, 0);
    assert_non_null(nn_pfor_read(buffer.data, buffer.data + buffer.size - 8, 128, docs, &width));
    nn_block_docs read;
    assert_null(nn_block_read_docs(buffer.data, buffer.data + buffer.size - 8, 0, UINT32_MAX, 128,
                                   docs, gaps, &read));
    nn_buffer_deinit(&buffer);
}

/* Where numbers of passages end, sums go round: nothing behind the end may come of it. */
static void test_the_last_passages(void **state)
{
    (void)state;
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&buffer, &memory);
    for (uint32_t count = 1; count <= 128; count++) {
        uint32_t docs[128], tfs[128], back_docs[128], back_tfs[128];
        for (uint32_t i = 0; i < count; i++) {
            docs[i] = UINT32_MAX - 1 - count + i;
            tfs[i] = 1;
        }
        nn_buffer_clear(&buffer);
        nn_block_write(&buffer, docs[0], docs, tfs, count);
        nn_buffer_append_u64(&buffer, 0); /* bytes to read past the end */
        const uint8_t *end = buffer.data + buffer.size - 8;
        assert_ptr_equal(
            read_block(buffer.data, end, docs[0], UINT32_MAX, count, back_docs, back_tfs), end);
        assert_memory_equal(docs, back_docs, count * sizeof docs[0]);
        for (uint32_t base = UINT32_MAX - count; base != 0; base++) {
            assert_true(
                count == 1 || base < docs[0] + 3 ||
                read_block(buffer.data, end, base, UINT32_MAX, count, back_docs, back_tfs) == NULL);
        }
    }
    nn_buffer_deinit(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_and_damage),
        cmocka_unit_test(test_wrapping_sums_are_refused),
        cmocka_unit_test(test_the_last_passages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the formula is that of docs/ranking.md, operation by operation.
 * Method: write it out again here and compare the bits; check the properties that ranking relies
 * on. */
#include "query/rank/bm25.h"
#include "query/rank/log.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void equals_the_document(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(4));
    nn_norms norms = {0}; /* made anew for each */
    for (uint32_t i = 0; i < 10000; i++) {
        uint64_t count = 1 + test_prng_below(&prng, 1000000);
        uint64_t tokens = test_prng_below(&prng, count * 200);
        uint64_t df = test_prng_below(&prng, count + 1);
        uint32_t length = (uint32_t)test_prng_below(&prng, 256);
        uint32_t tf = 1 + (uint32_t)test_prng_below(&prng, 40);
        double k1 = test_prng_unit(&prng) * 2.0;
        double b = test_prng_unit(&prng);
        double w = test_prng_unit(&prng) * 3.0;
        nn_bm25 bm25;
        nn_bm25_init(&bm25, k1, b, count, tokens);
        nn_bm25_tabulate(&bm25, &norms);
        nn_bm25_tabulate(&bm25, &norms); /* those of before */
        double avglen = tokens == 0 ? 1.0 : (double)tokens / (double)count;
        double idf = nn_log(1.0 + ((double)(count - df) + 0.5) / ((double)df + 0.5));
        double norm = k1 * ((1.0 - b) + b * ((double)length / avglen));
        double contribution = (w * idf) * ((double)tf / ((double)tf + norm));
        assert_true(bm25.average == avglen);
        assert_true(nn_bm25_idf(&bm25, df) == idf);
        assert_true(bm25.norms[length] == norm);
        assert_true(nn_bm25_norm(&bm25, length) == norm);
        assert_true(nn_bm25_contribution(w * idf, tf, norm) == contribution);
    }
}

static void is_positive_for_the_commonest_word(void **state)
{
    (void)state;
    nn_bm25 bm25;
    nn_bm25_init(&bm25, NN_BM25_K1, NN_BM25_B, 500000, 50000000);
    assert_true(nn_bm25_idf(&bm25, 500000) > 0.0);
    assert_true(nn_bm25_idf(&bm25, 0) > nn_bm25_idf(&bm25, 1));
}

static void takes_an_index_without_tokens(void **state)
{
    (void)state;
    nn_bm25 bm25;
    nn_norms norms = {0};
    nn_bm25_init(&bm25, NN_BM25_K1, NN_BM25_B, 0, 0);
    nn_bm25_tabulate(&bm25, &norms);
    assert_true(bm25.average == 1.0);
    assert_true(bm25.norms[0] > 0.0);
}

static void grows_with_frequency_and_shrinks_with_length(void **state)
{
    (void)state;
    nn_bm25 bm25;
    nn_norms norms = {0};
    nn_bm25_init(&bm25, NN_BM25_K1, NN_BM25_B, 1000, 100000);
    nn_bm25_tabulate(&bm25, &norms);
    for (uint32_t length = 0; length < 255; length++) {
        for (uint32_t tf = 1; tf < 255; tf++) {
            double here = nn_bm25_contribution(1.0, tf, bm25.norms[length]);
            assert_true(here < 1.0);
            assert_true(nn_bm25_contribution(1.0, tf + 1, bm25.norms[length]) > here);
            assert_true(nn_bm25_contribution(1.0, tf, bm25.norms[length + 1]) < here);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_document),
        cmocka_unit_test(is_positive_for_the_commonest_word),
        cmocka_unit_test(takes_an_index_without_tokens),
        cmocka_unit_test(grows_with_frequency_and_shrinks_with_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/str.h"
#include "support/prng.h"
#include "text/passage.h"

static nn_memory memory;
static nn_analyzer *analyzer;

static void assert_alone(nuncio_str text, const nn_passage *passage, const nn_token_list *tokens)
{
    size_t size = passage->end - passage->start;
    char *copy = malloc(size + (size == 0));
    nn_token_list alone = {NULL, 0, 0};
    if (size > 0) {
        memcpy(copy, text.data + passage->start, size);
    }
    assert_int_equal(nn_analyzer_tokenize(analyzer, 1, nn_str(copy, size), &alone, NULL),
                     NUNCIO_OK);
    assert_int_equal(alone.count, passage->token_end - passage->token_begin);
    for (size_t i = 0; i < alone.count; i++) {
        const nn_token *token = &tokens->items[passage->token_begin + i];
        assert_int_equal(alone.items[i].start + passage->start, token->start);
        assert_int_equal(alone.items[i].surface, token->surface);
    }
    nn_token_list_deinit(&alone, &memory);
    free(copy);
}

/* Cuts a text and checks what must hold of any cut. @return how many passages */
static size_t cut(nuncio_str text, uint32_t title_tokens, const nn_span *quotes, size_t quote_count,
                  nn_passage_list *out)
{
    nn_token_list tokens = {NULL, 0, 0};
    nn_sentence_list sentences = {NULL, 0, 0};
    assert_int_equal(nn_analyzer_tokenize(analyzer, 1, text, &tokens, NULL), NUNCIO_OK);
    assert_int_equal(nn_sentences_find(&memory, 1, text, &sentences, NULL), NUNCIO_OK);
    out->count = 0;
    assert_int_equal(nn_passages_cut(&memory, text, &tokens, &sentences, title_tokens, quotes,
                                     quote_count, out, NULL),
                     NUNCIO_OK);
    uint32_t byte = 0, token = 0;
    assert_true(out->count > 0);
    for (size_t i = 0; i < out->count; i++) {
        const nn_passage *passage = &out->items[i];
        assert_int_equal(passage->start, byte);
        assert_int_equal(passage->token_begin, token);
        byte = passage->end;
        token = passage->token_end;
        uint32_t count = token - passage->token_begin + (i == 0 ? title_tokens : 0);
        assert_true(count <= NN_PASSAGE_TOKENS_MAX);
        assert_alone(text, passage, &tokens);
    }
    assert_int_equal(byte, text.size);
    assert_int_equal(token, tokens.count);
    nn_token_list_deinit(&tokens, &memory);
    nn_sentence_list_deinit(&sentences, &memory);
    return out->count;
}

static void append_sentence(nn_buffer *to, uint32_t words, const char *end)
{
    for (uint32_t i = 0; i < words; i++) {
        nn_buffer_append_format(to, "%s%s", i == 0 ? "Word" : " word", i % 9 == 8 ? "," : "");
    }
    nn_buffer_append_text(to, end);
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        uint32_t sentences, words, passages;
    } cases[] = {{0, 0, 1},  {1, 1, 1},    {3, 20, 1},  {10, 20, 2},
                 {5, 22, 1}, {50, 20, 10}, {1, 255, 1}, {1, 600, 4}};
    nn_buffer text;
    nn_passage_list passages = {NULL, 0, 0};
    nn_buffer_init(&text, &memory);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nn_buffer_clear(&text);
        for (uint32_t k = 0; k < cases[i].sentences; k++) {
            append_sentence(&text, cases[i].words, ". ");
        }
        assert_int_equal(cut(nn_buffer_str(&text), 0, NULL, 0, &passages), cases[i].passages);
    }
    nn_buffer_deinit(&text);
    nn_passage_list_deinit(&passages, &memory);
}

static void test_a_short_remainder_joins(void **state)
{
    (void)state;
    nn_buffer text;
    nn_passage_list passages = {NULL, 0, 0};
    nn_buffer_init(&text, &memory);
    for (int i = 0; i < 4; i++) {
        append_sentence(&text, 25, ". ");
    }
    append_sentence(&text, 10, ".");
    assert_int_equal(cut(nn_buffer_str(&text), 0, NULL, 0, &passages), 1);
    nn_buffer_deinit(&text);
    nn_passage_list_deinit(&passages, &memory);
}

static void test_quotes_are_not_cut(void **state)
{
    (void)state;
    nn_buffer text;
    nn_passage_list passages = {NULL, 0, 0};
    nn_buffer_init(&text, &memory);
    nn_span quote = {0, 0};
    for (int i = 0; i < 8; i++) {
        if (i == 3) {
            quote.start = (uint32_t)text.size;
        }
        append_sentence(&text, 25, ". ");
        if (i == 4) {
            quote.end = (uint32_t)text.size - 1;
        }
    }
    cut(nn_buffer_str(&text), 0, &quote, 1, &passages);
    for (size_t i = 0; i < passages.count; i++) {
        uint32_t end = passages.items[i].end;
        assert_false(end > quote.start && end < quote.end);
    }
    nn_buffer_deinit(&text);
    nn_passage_list_deinit(&passages, &memory);
}

static void test_random_articles(void **state)
{
    (void)state;
    static const char *const pieces[] = {"word ",
                                         "Word. ",
                                         "Word.\n\n",
                                         "U.S. ",
                                         "1,000 ",
                                         "l'accord ",
                                         "! ",
                                         "\n",
                                         "\xe5\x92\x8c",
                                         "\xe5\xb9\xb3\xe3\x80\x82",
                                         "\xe2\x80\x9c",
                                         "\xe2\x80\x9d ",
                                         "Lavrov's ",
                                         "so-called ",
                                         "Then he said, "};
    test_prng prng = test_prng_of(test_seed(4));
    nn_buffer text;
    nn_passage_list passages = {NULL, 0, 0};
    nn_buffer_init(&text, &memory);
    for (int round = 0; round < 400; round++) {
        nn_buffer_clear(&text);
        uint64_t count = test_prng_below(&prng, 1500), few = 1 + test_prng_below(&prng, 15);
        for (uint64_t i = 0; i < count; i++) {
            nn_buffer_append_text(&text, pieces[test_prng_below(&prng, few)]);
        }
        cut(nn_buffer_str(&text), (uint32_t)test_prng_below(&prng, NN_TITLE_TOKENS_MAX + 1), NULL,
            0, &passages);
    }
    nn_buffer_deinit(&text);
    nn_passage_list_deinit(&passages, &memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_a_short_remainder_joins),
        cmocka_unit_test(test_quotes_are_not_cut),
        cmocka_unit_test(test_random_articles),
    };
    nn_memory_init(&memory, NULL, 0);
    if (nn_analyzer_create(&memory, &analyzer, NULL) != NUNCIO_OK) {
        return 1;
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    nn_analyzer_destroy(analyzer);
    return failed;
}

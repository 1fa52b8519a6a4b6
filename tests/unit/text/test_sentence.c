/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "support/prng.h"
#include "text/sentence.h"
#include "text/sentence_marks.h"

static nn_memory memory;

/* Sentences begin behind each bar; a double bar is a new paragraph too. */
static const struct {
    const char *language, *text;
} EXAMPLES[] = {
    {"en", "Mr. Lavrov met Gen. Sudakin. |They spoke."},
    {"en", "The U.S. said so. |The U.S. |The talks failed."},
    {"en", "J. F. Kennedy and J.F. Kennedy spoke. |He left."},
    {"en", "Wheat rose 8.6 percent. |It fell 3.5."},
    {"en", "\xe2\x80\x9cWe left.\xe2\x80\x9d |He nodded. |(They all did.) |Then silence."},
    {"en", "\"Why?\" he asked. |\"No!\" |She left."},
    {"en", "See No. 5 and Art. 3. |On Jan. 14 it rained."},
    {"en", "He waited\xe2\x80\xa6 and waited. |Why? |Because."},
    {"en", "One.\n\n||Two."},
    {"en", "A caption here\n|The minister spoke in a long line."},
    {"en",
     "This line was wrapped by a mailer after seventy characters and goes\non in the next. |End."},
    {"de", "Am 3. M\xc3\xa4rz kam er. |Sie ging."},
    {"fr", "M. Dupont est arriv\xc3\xa9. |Il parle."},
    {"zh", "\xe5\x92\x8c\xe5\xb9\xb3\xe3\x80\x82|\xe5\x92\x8c\xe5\xb9\xb3\xe3\x80\x82"},
    {"en", "Acme Inc. reported a loss. |It was bad."},
};

static void test_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof EXAMPLES[0]; i++) {
        char text[400], marked[500];
        size_t size = 0, at = 0;
        nn_language language;
        nn_sentence_list found = {NULL, 0, 0};
        for (const char *p = EXAMPLES[i].text; *p != '\0'; p++) {
            if (*p != '|') {
                text[size++] = *p;
            }
        }
        nuncio_str view = nn_str(text, size);
        assert_true(nn_language_from_code(nn_str_of(EXAMPLES[i].language), &language));
        assert_int_equal(nn_sentences_find(&memory, language, view, &found, NULL), NUNCIO_OK);
        for (size_t k = 0; k < found.count; k++) {
            const nn_sentence *sentence = &found.items[k];
            const char *bars = k == 0 ? "" : sentence->paragraph_start ? "||" : "|";
            at += strlen(strcpy(marked + at, bars));
            memcpy(marked + at, text + sentence->start, sentence->end - sentence->start);
            at += sentence->end - sentence->start;
        }
        marked[at] = '\0';
        assert_string_equal(marked, EXAMPLES[i].text);
        nn_sentence_list_deinit(&found, &memory);
    }
}

static void test_sentences_cover_any_text(void **state)
{
    (void)state;
    static const char alphabet[] = "aB .!?\n\"')(1\xc2\xa0\xe2\x80\x9c\xe2\x80\xa6\xe3\x80\x82";
    test_prng prng = test_prng_of(test_seed(3));
    for (int round = 0; round < 20000; round++) {
        size_t size = (size_t)test_prng_below(&prng, 60);
        char *text = malloc(size + (size == 0));
        for (size_t i = 0; i < size; i++) {
            text[i] = alphabet[test_prng_below(&prng, sizeof alphabet - 1)];
        }
        nn_sentence_list found = {NULL, 0, 0};
        assert_int_equal(nn_sentences_find(&memory, 1, nn_str(text, size), &found, NULL),
                         NUNCIO_OK);
        uint32_t at = 0;
        for (size_t i = 0; i < found.count; i++) {
            assert_int_equal(found.items[i].start, at);
            assert_true(found.items[i].end > at);
            at = found.items[i].end;
        }
        assert_int_equal(at, size);
        nn_sentence_list_deinit(&found, &memory);
        free(text);
    }
}

/* Every byte at every place of texts of every size up to a few rows of the search. */
static void sentence_bytes_are_found_anywhere(void **state)
{
    (void)state;
    static const char wanted[] = "\n\r!.?\xd6\xd8\xdb\xe0\xe1\xe2\xe3\xef";
    char text[40];
    for (int byte = 1; byte < 256; byte++) {
        bool stops = strchr(wanted, (char)byte) != NULL;
        for (size_t size = 1; size <= sizeof text; size++) {
            for (size_t at = 0; at < size; at++) {
                memset(text, 'a', sizeof text);
                text[at] = (char)byte;
                const char *end = text + size, *expected = stops ? text + at : end;
                assert_ptr_equal(nn_sentence_byte_find(text, end), expected);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_sentences_cover_any_text),
        cmocka_unit_test(sentence_bytes_are_found_anywhere),
    };
    nn_memory_init(&memory, NULL, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the words that may be part of a name are those that the model looks at, and no others.
 * Method: sentences with those words, in brackets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "annotate/names/name_features.h"
#include "core/str.h"

#include "reader.h"

enum { TEXT_MAX = 256 };

/** The text with its scored words in brackets. */
static void mark(reader *r, nn_name_features *features, const char *text, char marked[TEXT_MAX])
{
    size_t at = 0, done = 0;
    reader_words(r, NN_LANGUAGE_EN, text);
    assert_int_equal(nn_name_features_read(features, &r->words, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < r->words.count; i++) {
        const nn_token *token = &r->words.tokens[i];
        bool scored = features->scored[i] != 0;
        assert_true(at + (token->end - done) + 2 < TEXT_MAX);
        memcpy(marked + at, text + done, token->start - done);
        at += token->start - done;
        marked[at] = '[';
        at += scored;
        memcpy(marked + at, text + token->start, token->end - token->start);
        at += token->end - token->start;
        marked[at] = ']';
        at += scored;
        done = token->end;
    }
    strcpy(marked + at, text + done);
}

static void test_scored_words(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "nothing here.",
        /* a capital; small words and numbers between and beside names */
        "They saw [Anna] [Marin] [at] [the] [Bank] [of] [England] in the rain.",
        "They saw [Anna] standing there in front of the [Bank].",
        "They met [bin] [Salman] and then, late at night, [al]-[Shabaab].",
        "They saw a [2026] [World] [Cup].",
        "They flew to [Base] [12] and left 12 people there.",
        /* what a name has behind a hyphen */
        "They met [Kim] [Yo]-[jong] near some very old [Trump]-[led] crowds, well-known ones.",
        /* a small word that merely opens a sentence, but not before a capital */
        "In the end nobody came. It was late. But it rained.",
        "[The] [Hague] was empty. [In] [Geneva] it rained.",
        "[Police] came. The police left.\n\nAt noon it rained.",
    };
    reader r;
    nn_name_features features = {0};
    reader_init(&r);
    features.memory = &r.memory;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[TEXT_MAX], marked[TEXT_MAX];
        size_t size = 0;
        for (const char *c = cases[i]; *c != '\0'; c++) {
            text[size] = *c;
            size += *c != '[' && *c != ']';
        }
        text[size] = '\0';
        mark(&r, &features, text, marked);
        assert_string_equal(marked, cases[i]);
    }
    nn_name_features_deinit(&features);
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scored_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

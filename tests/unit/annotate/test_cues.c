/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/cues.h"

#include "reader.h"

static void test_verbs_and_nouns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        bool verb;
    } cases[] = {
        {"The minister said no.", "said", true},
        {"The minister states that it rains.", "states", true},
        {"The two states agreed.", "states", false},
        {"They read the reports.", "reports", false},
        {"It was one of claims.", "claims", false},
        {"The United States left.", "States", false},
        {"They declined to say.", "say", false},
        {"Experts say so.", "say", true},
        {"The dog barked.", "barked", false},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        if (nn_cue_is_verb(&r.words, reader_find(&r, cases[i].word)) != cases[i].verb) {
            fail_msg("%s", cases[i].text);
        }
    }
    reader_deinit(&r);
}

static void test_attributions_ahead(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cue; /* NULL: none */
    } cases[] = {
        {"Marin said on Monday.", "said"},
        {"said Marin.", "said"},
        {"the Finnish minister, Marin, told reporters.", "told"},
        {"Mr. Marin said.", "said"},
        {"and the river rose. Marin said so.", NULL},
        {"but I would not say that.", NULL},
        {"Marin left: he said so.", NULL},
        {"the minister believed it.", NULL},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t cue = nn_cue_after(&r.words, 0, r.words.count);
        uint32_t expected = cases[i].cue == NULL ? NN_WORD_NONE : reader_find(&r, cases[i].cue);
        if (cue != expected) {
            fail_msg("%s: word %u", cases[i].text, (unsigned)cue);
        }
    }
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs_and_nouns),
        cmocka_unit_test(test_attributions_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/quotes/cues.h"

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
        {"The self-described poet left.", "described", false},
        {"The dozen states that vote left.", "states", false},
        {"The document states that it rains.", "states", true},
        {"The states are poor.", "states", false},
        {"They have both claimed it.", "claimed", true},
        {"Minister Says Talks Will Resume Soon", "Says", true},
        {"He met Minister Says at noon there.", "Says", false},
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

static void test_verb_groups(void **state)
{
    (void)state;
    static const struct {
        const char *text, *verb, *first;
        bool passive, negated;
    } cases[] = {
        {"Marin said so.", "said", "said", false, false},
        {"Marin has also openly said so.", "said", "has", false, false},
        {"Marin was told so.", "told", "was", true, false},
        {"Marin has never been told so.", "told", "has", true, true},
        {"Marin did not say so.", "say", "did", false, true},
        {"Marin didn't say so.", "say", "didn't", false, true},
        {"Marin was saying so.", "saying", "was", false, false},
        {"It's reported so.", "reported", "reported", true, false},
        {"They have both said so.", "said", "have", false, false},
        {"Marin, of course, said so.", "said", "said", false, false},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        nn_verb_group group = nn_verb_group_of(&r.words, reader_find(&r, cases[i].verb), 0);
        if (group.begin != reader_find(&r, cases[i].first) || group.passive != cases[i].passive ||
            group.negated != cases[i].negated) {
            fail_msg("%s", cases[i].text);
        }
    }
    reader_words(&r, NN_LANGUAGE_FR, "Marin a été accusée de tout.");
    assert_true(nn_verb_group_of(&r.words, reader_find(&r, "accusée"), 0).passive);
    reader_words(&r, NN_LANGUAGE_FR, "Marin n’a pas dit cela.");
    assert_true(nn_verb_group_of(&r.words, reader_find(&r, "dit"), 0).negated);
    reader_deinit(&r);
}

static void test_stances(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        bool verb;
    } cases[] = {
        {"Marin supports the plan.", "supports", true},
        {"The supports were of oak.", "supports", false},
        {"Voters support the plan.", "support", true},
        {"Marin would not support the plan.", "support", true},
        {"Broad support grew.", "support", false},
        {"It was their support that counted.", "support", false},
        {"Marin tried to support the plan.", "support", true},
        {"Marin, opposing the plan, left.", "opposing", true},
        {"The opposing side left.", "opposing", false},
        {"Marin Opposed the river.", "Opposed", false},
        {"The pro-backed plan failed.", "backed", false},
        {"Marin voiced support for it.", "voiced", true},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        if (nn_cue_is_stance(&r.words, reader_find(&r, cases[i].word)) != cases[i].verb) {
            fail_msg("%s", cases[i].text);
        }
    }
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs_and_nouns),
        cmocka_unit_test(test_attributions_ahead),
        cmocka_unit_test(test_verb_groups),
        cmocka_unit_test(test_stances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

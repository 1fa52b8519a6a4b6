/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/subjects.h"

#include "reader.h"

static void test_subjects_before_their_verb(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cue, *subject;
    } cases[] = {
        {"Danilo Marin said so.", "said", "Danilo Marin"},
        {"The foreign minister has also said so.", "said", "The foreign minister"},
        {"On Monday the foreign minister said so.", "said", "the foreign minister"},
        {"In Paris Danilo Marin said so.", "said", "Danilo Marin"},
        {"Later, Danilo Marin assured them.", "assured", "Danilo Marin"},
        {"Danilo Marin, the foreign minister, said so.", "said", "Danilo Marin"},
        {"His adviser, Danilo Marin, said so.", "said", "His adviser, Danilo Marin"},
        {"A spokesman for the ministry said so.", "said", "A spokesman for the ministry"},
        {"The ministers on Wednesday asked for it.", "asked", "The ministers"},
        {"Both sides they accused each other.", "accused", "they"},
        {"Danilo Marin met Ivan Oblov and urged him to go.", "urged", "Danilo Marin"},
        {"Danilo Marin said it and warned him.", "warned", "Danilo Marin"},
        {"It rained; she said so.", "said", "she"},
        {"Said so.", "Said", ""},
        {"Danilo Marin, 60, a baker from Oslo, said so.", "said", "Danilo Marin"},
        {"Danilo Marin (Oslo) said so.", "said", "Danilo Marin"},
        {"Danilo Marin – at last – said so.", "said", "Danilo Marin"},
        {"Danilo Marin, who left early, said so.", "said", "Danilo Marin"},
        {"Officials who spoke with Reuters said so.", "said", "Officials"},
        {"A poll last month showed it.", "showed", "A poll"},
        {"As Danilo Marin said, it rains.", "said", "Danilo Marin"},
        {"About four in ten said so.", "said", "About four in ten"},
        {"Outside experts said so.", "said", "Outside experts"},
        {"It was for voters who said so.", "said", "voters who"},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_names(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t cue = reader_find(&r, cases[i].cue);
        reader_expect(&r, nn_subject_before(&r.reading, cue, 0), cases[i].subject);
    }
    reader_deinit(&r);
}

static void test_times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t end;
    } cases[] = {{"Friday it rained", 1},      {"last week it rained", 2},
                 {"this Monday it rained", 2}, {"Monday night it came", 2},
                 {"this treaty failed", 0},    {"last orders", 0},
                 {"week by week", 0}};
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        if (nn_time_end(&r.words, 0) != cases[i].end) {
            fail_msg("%s: %u", cases[i].text, (unsigned)nn_time_end(&r.words, 0));
        }
    }
    reader_deinit(&r);
}

static void test_leading_subjects(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cue, *subject;
    } cases[] = {
        {"Danilo Marin left early, saying so.", "saying", "Danilo Marin"},
        {"She left early, saying so.", "saying", "She"},
        {"The foreign ministry declined, saying so.", "saying", "The foreign ministry"},
        {"Several voters stayed home, saying so.", "saying", "Several voters"},
        {"Danilo Marin’s company runs a mine, saying so.", "saying", "Danilo Marin’s company"},
        {"The envoy who left stayed away, saying so.", "saying", "The envoy"},
        {"An employee declined, saying so.", "saying", "An employee"},
        {"Rain fell on the roofs, saying so.", "saying", ""},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_names(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t cue = reader_find(&r, cases[i].cue);
        reader_expect(&r, nn_leading_subject(&r.reading, cue, 0), cases[i].subject);
    }
    reader_deinit(&r);
}

static void test_subjects_behind_their_verb(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cue, *subject;
    } cases[] = {
        {"Yes, said Danilo Marin.", "said", "Danilo Marin"},
        {"Yes, said Danilo Marin angrily.", "said", "Danilo Marin"},
        {"Yes, said a spokesman for the ministry on Friday.", "said",
         "a spokesman for the ministry"},
        {"Yes, said the minister, Danilo Marin.", "said", "the minister, Danilo Marin"},
        {"Yes, said he.", "said", "he"},
        {"Yes, added the US Secretary of State.", "added", "the US Secretary of State"},
        {"Yes, said it twice.", "said", ""},
        {"Yes, said that it was.", "said", ""},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_names(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t cue = reader_find(&r, cases[i].cue);
        reader_expect(&r, nn_subject_after(&r.reading, cue, r.words.count), cases[i].subject);
    }
    reader_deinit(&r);
}

static void test_sentences(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "One two. Three four five. Six.");
    assert_int_equal(nn_sentence_begin(&r.words, 3, 10), 2);
    assert_int_equal(nn_sentence_begin(&r.words, 2, 10), 2);
    assert_int_equal(nn_sentence_begin(&r.words, 4, 1), 3);
    assert_int_equal(nn_sentence_begin(&r.words, 0, 10), 0);
    reader_deinit(&r);
}

static void test_leading_names(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_names(&r, NN_LANGUAGE_EN, "On Monday Danilo Marin went further still: more.");
    reader_expect(&r, nn_leading_subject(&r.reading, reader_find(&r, "more"), 0), "Danilo Marin");
    reader_names(&r, NN_LANGUAGE_EN, "The river rose and Danilo Marin went: more.");
    reader_expect(&r, nn_leading_subject(&r.reading, reader_find(&r, "more"), 0), "");
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_subjects_before_their_verb),
        cmocka_unit_test(test_subjects_behind_their_verb),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_times),
        cmocka_unit_test(test_leading_subjects),
        cmocka_unit_test(test_leading_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"

#include "reader.h"

static void test_shapes(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN,
                 "the Paris NATO U.S. McCain 1,000 G20 J deeply Çavuşoğlu Łódź ІВАН");
    const struct {
        const char *word;
        uint32_t has, lacks;
    } cases[] = {
        {"the", NN_SHAPE_LOWER, NN_SHAPE_CAPITAL | NN_SHAPE_UPPER},
        {"Paris", NN_SHAPE_CAPITAL, NN_SHAPE_UPPER | NN_SHAPE_MIXED},
        {"NATO", NN_SHAPE_CAPITAL | NN_SHAPE_UPPER, NN_SHAPE_LOWER},
        {"McCain", NN_SHAPE_CAPITAL | NN_SHAPE_MIXED, NN_SHAPE_UPPER},
        {"1,000", NN_SHAPE_NUMBER | NN_SHAPE_DIGIT, NN_SHAPE_CAPITAL},
        {"G20", NN_SHAPE_CAPITAL | NN_SHAPE_DIGIT, NN_SHAPE_NUMBER},
        {"J", NN_SHAPE_INITIAL | NN_SHAPE_CAPITAL, NN_SHAPE_UPPER},
        {"deeply", NN_SHAPE_LY | NN_SHAPE_LOWER, NN_SHAPE_CAPITAL},
        {"Çavuşoğlu", NN_SHAPE_CAPITAL, NN_SHAPE_MIXED},
        {"Łódź", NN_SHAPE_CAPITAL, NN_SHAPE_UPPER},
        {"ІВАН", NN_SHAPE_UPPER, NN_SHAPE_LOWER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t shape = nn_words_form(&r.words, reader_find(&r, cases[i].word))->shape;
        if ((shape & cases[i].has) != cases[i].has || (shape & cases[i].lacks) != 0) {
            fail_msg("%s: shape %x", cases[i].word, (unsigned)shape);
        }
    }
    reader_deinit(&r);
}

static void test_folds_join_spellings(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "Çavuşoğlu CAVUSOGLU Cavusogluu");
    assert_int_equal(nn_words_form(&r.words, 0)->fold, nn_words_form(&r.words, 1)->fold);
    assert_int_not_equal(nn_words_form(&r.words, 0)->fold, nn_words_form(&r.words, 2)->fold);
    reader_deinit(&r);
}

static void test_classes_follow_the_language(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "die");
    assert_false(nn_words_is(&r.words, 0, NN_CLASS_DETERMINER));
    reader_words(&r, NN_LANGUAGE_DE, "die");
    assert_true(nn_words_is(&r.words, 0, NN_CLASS_DETERMINER));
    reader_words(&r, NN_LANGUAGE_EN, "die");
    assert_false(nn_words_is(&r.words, 0, NN_CLASS_DETERMINER));
    reader_deinit(&r);
}

/* After a reset the analyzer gives the same numbers to other words: nothing kept may be believed.
 */
static void test_an_analyzer_that_is_reset(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "said Paris");
    assert_true(nn_words_cue(&r.words, 0) != 0);
    nn_analyzer_reset(r.analyzer);
    reader_words(&r, NN_LANGUAGE_EN, "Paris said");
    assert_true(nn_words_cue(&r.words, 0) == 0);
    assert_true(nn_words_cue(&r.words, 1) != 0);
    reader_deinit(&r);
}

/* Copy that was cut into tokens reads as what it was cut from. */
static void test_a_possessive_that_stands_apart(void **state)
{
    (void)state;
    static const struct {
        const char *apart, *plain;
    } cases[] = {
        {"Ann 's visit", "Ann's visit"},
        {"SUNDAY 'S GAMES , he said", "SUNDAY'S GAMES, he said"},
        {"Ann \xE2\x80\x99s and Ben 's", "Ann\xE2\x80\x99s and Ben's"},
        {"it is Ben 's\nAnn 's too", "it is Ben's\nAnn's too"},
    };
    reader r, s;
    reader_init(&r);
    reader_init(&s);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].apart);
        reader_words(&s, NN_LANGUAGE_EN, cases[i].plain);
        assert_int_equal(r.words.count, s.words.count);
        assert_int_equal(r.words.mark_count, 0);
        for (uint32_t w = 0; w <= s.words.count; w++) {
            assert_int_equal(r.words.gaps[w], s.words.gaps[w]);
        }
    }
    reader_words(&r, NN_LANGUAGE_EN, "in 's-Hertogenbosch the letter 's' 's");
    assert_int_equal(r.words.count, 6);
    reader_words(&r, NN_LANGUAGE_FR, "l 's visite");
    assert_int_equal(r.words.count, 3);
    reader_deinit(&r);
    reader_deinit(&s);
}

static void test_text_of_words(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "“We shall, perhaps,” he said.");
    reader_expect(&r, (nn_word_range){0, 3}, "We shall, perhaps");
    reader_expect(&r, (nn_word_range){4, 5}, "said");
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_folds_join_spellings),
        cmocka_unit_test(test_classes_follow_the_language),
        cmocka_unit_test(test_an_analyzer_that_is_reset),
        cmocka_unit_test(test_a_possessive_that_stands_apart),
        cmocka_unit_test(test_text_of_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

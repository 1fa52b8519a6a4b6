/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reader.h"

/* The gap before the word "x" (or behind the last word), but for sentences and paragraphs. */
static void test_gaps(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t gap;
    } cases[] = {
        {"a x", NN_GAP_SPACE},
        {"a  x", NN_GAP_SPACE},
        {"a\nx", NN_GAP_SPACE | NN_GAP_LINE},
        {"a\xc2\xa0x", NN_GAP_SPACE},
        {"a, x", NN_GAP_SPACE | NN_GAP_COMMA},
        {"a: x", NN_GAP_SPACE | NN_GAP_COLON},
        {"a; x", NN_GAP_SPACE | NN_GAP_SEMICOLON},
        {"a-x", NN_GAP_HYPHEN},
        {"a – x", NN_GAP_SPACE | NN_GAP_DASH},
        {"a—x", NN_GAP_DASH},
        {"a - x", NN_GAP_SPACE | NN_GAP_DASH},
        {"a (x", NN_GAP_SPACE | NN_GAP_OPEN},
        {"a) x", NN_GAP_SPACE | NN_GAP_CLOSE},
        {"ab’s x", NN_GAP_SPACE | NN_GAP_POSSESSIVE},
        {"ab's x", NN_GAP_SPACE | NN_GAP_POSSESSIVE},
        {"abs’ x", NN_GAP_SPACE | NN_GAP_POSSESSIVE}, /* the miners’ union */
        {"abs' x", NN_GAP_SPACE | NN_GAP_POSSESSIVE},
        {"‘abs’ x", NN_GAP_SPACE | NN_GAP_MARK}, /* closes what was opened */
        {"ab’ x", NN_GAP_SPACE | NN_GAP_MARK},
        {"abs’, x", NN_GAP_SPACE | NN_GAP_COMMA | NN_GAP_MARK},
        {"a “x", NN_GAP_SPACE | NN_GAP_MARK},
        {"a,” x", NN_GAP_SPACE | NN_GAP_MARK | NN_GAP_COMMA},
        {"a & x", NN_GAP_SPACE | NN_GAP_AMPERSAND},
        {"a / x", NN_GAP_SPACE | NN_GAP_OTHER},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t gap = r.words.gaps[1] & ~(uint32_t)(NN_GAP_SENTENCE | NN_GAP_PARAGRAPH);
        if (r.words.count != 2 || gap != cases[i].gap) {
            fail_msg("%s: gap %x, not %x", cases[i].text, (unsigned)gap, (unsigned)cases[i].gap);
        }
    }
    reader_deinit(&r);
}

static void test_sentences_and_paragraphs(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "One came. Two went.\n\nThree stayed.\n\n“\n\nFour");
    assert_true((r.words.gaps[0] & NN_GAP_PARAGRAPH) != 0);
    assert_true((r.words.gaps[2] & NN_GAP_SENTENCE) != 0);
    assert_true((r.words.gaps[2] & NN_GAP_PARAGRAPH) == 0);
    assert_true((r.words.gaps[4] & NN_GAP_PARAGRAPH) != 0);
    assert_true((r.words.gaps[6] & NN_GAP_PARAGRAPH) != 0);
    assert_true((r.words.gaps[7] & NN_GAP_PARAGRAPH) != 0);
    assert_int_equal(r.words.paragraph_count, 4);
    assert_int_equal(r.words.paragraphs[1].word_begin, 4);
    assert_int_equal(r.words.paragraphs[2].word_begin, r.words.paragraphs[2].word_end);
    assert_int_equal(r.words.paragraphs[2].mark_end - r.words.paragraphs[2].mark_begin, 1);
    assert_int_equal(r.words.paragraphs[3].word_begin, 6);
    reader_deinit(&r);
}

static void test_texts_without_words(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " ", "\n\n\n\n", "“”", "…", "\n\n“\n\n”"};
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reader_words(&r, NN_LANGUAGE_EN, texts[i]);
        assert_int_equal(r.words.count, 0);
        assert_true(r.words.paragraph_count >= 1);
    }
    reader_deinit(&r);
}

static void test_marks_and_what_touches_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int kind, before, after;
    } cases[] = {
        {"“a", NN_MARK_LEFT, NN_EDGE_SPACE, NN_EDGE_WORD},
        {"a”", NN_MARK_RIGHT, NN_EDGE_WORD, NN_EDGE_SPACE},
        {"a,” b", NN_MARK_RIGHT, NN_EDGE_CLOSE, NN_EDGE_SPACE},
        {"a ”, b", NN_MARK_RIGHT, NN_EDGE_SPACE, NN_EDGE_CLOSE},
        {"(\"a", NN_MARK_STRAIGHT, NN_EDGE_OPEN, NN_EDGE_WORD},
        {"a “…b", NN_MARK_LEFT, NN_EDGE_SPACE, NN_EDGE_OPEN},
        {"«\xc2\xa0"
         "a",
         NN_MARK_LEFT_ANGLE, NN_EDGE_SPACE, NN_EDGE_SPACE},
        {"‘“a", NN_MARK_SINGLE_LEFT, NN_EDGE_SPACE, NN_EDGE_MARK},
        {"``a", NN_MARK_STRAIGHT, NN_EDGE_SPACE, NN_EDGE_WORD},
        {"a\n\n“b", NN_MARK_LEFT, NN_EDGE_SPACE, NN_EDGE_WORD},
        {"a”\n\nb", NN_MARK_RIGHT, NN_EDGE_WORD, NN_EDGE_SPACE},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        assert_true(r.words.mark_count >= 1);
        const nn_mark *mark = &r.words.marks[0];
        if (mark->kind != cases[i].kind || mark->before != cases[i].before ||
            mark->after != cases[i].after) {
            fail_msg("%s: kind %d, before %d, after %d", cases[i].text, mark->kind, mark->before,
                     mark->after);
        }
    }
    reader_deinit(&r);
}

static void test_apostrophes_inside_words_are_no_marks(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_FR, "l’Union d'une O’Brien don't France’s");
    assert_int_equal(r.words.mark_count, 0);
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gaps),
        cmocka_unit_test(test_sentences_and_paragraphs),
        cmocka_unit_test(test_texts_without_words),
        cmocka_unit_test(test_marks_and_what_touches_them),
        cmocka_unit_test(test_apostrophes_inside_words_are_no_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

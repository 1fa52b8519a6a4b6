/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: lines are filled and never overfilled; marks stand exactly around what they mark; nothing
 * of the text can drive a terminal. */
#include "cli/characters.h"
#include "cli/styled.h"

#include "capture.h"
#include "support/prng.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_styled styled;

static const char *printed(bool color, bool blank_lines, size_t indent, size_t width, bool hanging)
{
    nn_output output;
    capture_begin(&output);
    const nn_layout layout = {&output, color, blank_lines, indent, width};
    nn_styled_print(&styled, &layout, hanging);
    nn_styled_deinit(&styled);
    return capture_end(&output);
}

static void lines(void **state)
{
    (void)state;
    nn_styled_append_text(&styled, "one two  three\nfour", 0);
    assert_string_equal(printed(false, false, 2, 12, false), "  one two\n  three four\n");
    nn_styled_append_text(&styled, "one two three", 0);
    assert_string_equal(printed(false, false, 4, 13, true), "one two\n    three\n");
    nn_styled_append_text(&styled, "one\n\ntwo\n \n three", 0);
    assert_string_equal(printed(false, false, 0, 80, false), "one\ntwo\nthree\n");
    nn_styled_append_text(&styled, "one\n\ntwo", 0);
    assert_string_equal(printed(false, true, 1, 80, false), " one\n \n two\n");
    nn_styled_append_text(&styled, "  lead and trail \n\n", 0);
    assert_string_equal(printed(false, false, 0, 80, false), "lead and trail\n");
    assert_string_equal(printed(false, false, 0, 80, false), "\n");
    nn_styled_append_text(&styled, "abcdefghij kl", 0); /* longer than a line: broken */
    assert_string_equal(printed(false, false, 2, 6, false), "  abcd\n  efgh\n  ij\n  kl\n");
    nn_styled_append_text(&styled, "和平谈判 ok", 0); /* wide characters may begin a line */
    assert_string_equal(printed(false, false, 0, 5, false), "和平\n谈判\nok\n");
}

static void matches(void **state)
{
    (void)state;
    nn_styled_append_text(&styled, "the grain corridor, closed", 0);
    nn_styled_mark(&styled, 4, 18, NN_STYLE_MATCH);
    assert_string_equal(printed(false, false, 0, 80, false), "the *grain corridor*, closed\n");
    nn_styled_append_text(&styled, "grain", NN_STYLE_MATCH);
    assert_string_equal(printed(false, false, 0, 80, false), "*grain*\n");
    nn_styled_append_text(&styled, "a grain b", 0);
    nn_styled_mark(&styled, 2, 7, NN_STYLE_MATCH);
    assert_string_equal(printed(false, false, 0, 9, false), "a *grain*\nb\n"); /* stars count */
    nn_styled_append_text(&styled, "a grain b", 0);
    nn_styled_mark(&styled, 2, 7, NN_STYLE_MATCH);
    assert_string_equal(printed(false, false, 0, 8, false), "a\n*grain*\nb\n");
    nn_styled_append_text(&styled, "grain corridor open", 0); /* blanks open and close nothing */
    nn_styled_mark(&styled, 0, 5, NN_STYLE_MATCH);
    nn_styled_mark(&styled, 6, 15, NN_STYLE_MATCH);
    assert_string_equal(printed(false, false, 0, 80, false), "*grain* *corridor* open\n");
    nn_styled_append_text(&styled, "inspections", 0);
    nn_styled_mark(&styled, 0, 900, NN_STYLE_MATCH); /* cut to the text */
    assert_string_equal(printed(false, false, 0, 80, false), "*inspections*\n");
}

static void colors(void **state)
{
    (void)state;
    nn_styled_append_text(&styled, "a b", 0);
    nn_styled_mark(&styled, 2, 3, NN_STYLE_MATCH);
    assert_string_equal(printed(true, false, 0, 80, false), "a \033[0;1;33mb\033[0m\n");
    nn_styled_append_text(&styled, "Kessa", nn_style_of_type(NUNCIO_ENTITY_PLACE));
    assert_string_equal(printed(true, false, 0, 80, false), "\033[0;4;34mKessa\033[0m\n");
    nn_styled_append_text(&styled, "x", NN_STYLE_MATCHED_QUOTE);
    nn_styled_append_text(&styled, "y", NN_STYLE_QUOTE);
    nn_styled_append_text(&styled, "z", 0);
    assert_string_equal(printed(true, false, 0, 80, false), "\033[0;3;32mx\033[0;3my\033[0mz\n");
    nn_styled_append_text(&styled, "ab", NN_STYLE_STRONG); /* a line break ends the colour */
    nn_styled_append_text(&styled, " cd", NN_STYLE_STRONG);
    assert_string_equal(printed(true, false, 1, 4, false),
                        " \033[0;1mab\033[0m\n \033[0;1mcd\033[0m\n");
    nn_styled_append_text(&styled, "ab", nn_style_of_type(NUNCIO_ENTITY_PERSON));
    nn_styled_mark(&styled, 0, 1, nn_style_of_type(NUNCIO_ENTITY_PLACE)); /* the later one */
    assert_string_equal(printed(true, false, 0, 80, false), "\033[0;4;34ma\033[0;4;36mb\033[0m\n");
}

static void joining(void **state)
{
    (void)state;
    nn_styled more = {0};
    nn_styled_append_text(&more, "b", NN_STYLE_MATCH);
    nn_styled_append_text(&styled, "a", 0);
    nn_styled_append_styled(&styled, &more);
    nn_styled_deinit(&more);
    nn_styled_append_styled(&styled, &more);
    assert_string_equal(printed(false, false, 0, 80, false), "a*b*\n");
}

static void hostile(void **state)
{
    (void)state;
    nn_styled_append_text(&styled,
                          "\x1B[2J\x07 a\xC2\x9B"
                          "b\xE2\x80\xAE"
                          "c\xC2\xAD\x7F",
                          0);
    assert_string_equal(printed(false, false, 0, 80, false), "[2J abc\n");
}

/** Any text, marks, indent and width: no line is too long, no control gets out, no letter is lost.
 */
static void random_texts(void **state)
{
    (void)state;
    static const char *const parts[] = {"a", "grain", " ",  "\n", "\n\n", "和",
                                        "é", "\x1B",  "\t", "-",  ",",    "\xFF"};
    test_prng prng = test_prng_of(test_seed(9));
    for (int round = 0; round < 3000; round++) {
        size_t letters = 0;
        for (uint64_t n = test_prng_below(&prng, 40); n > 0; n--) {
            size_t part = test_prng_below(&prng, sizeof parts / sizeof parts[0]);
            letters += part == 0 ? 1 : part == 1 ? 1 : 0; /* each holds one "a" */
            nn_styled_append_text(&styled, parts[part],
                                  test_prng_chance(&prng, 30) ? NN_STYLE_MATCH : 0);
        }
        size_t indent = test_prng_below(&prng, 5), width = indent + 4 + test_prng_below(&prng, 20);
        bool color = test_prng_chance(&prng, 50);
        const char *text = printed(color, test_prng_chance(&prng, 50), indent, width, false);
        size_t found = 0;
        for (const char *line = text; *line != '\0';) {
            const char *end = strchr(line, '\n');
            assert_non_null(end);
            nuncio_str view = {line, (size_t)(end - line)};
            assert_true(color || nn_text_width(view) <= width);
            for (; line < end; line++) {
                found += *line == 'a';
                assert_true((uint8_t)*line >= 0x20 || (color && *line == '\033'));
            }
            line++;
        }
        assert_int_equal(found, letters);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),   cmocka_unit_test(matches), cmocka_unit_test(colors),
        cmocka_unit_test(joining), cmocka_unit_test(hostile), cmocka_unit_test(random_texts),
    };
    return cmocka_run_group_tests_name("cli/styled", tests, NULL, NULL);
}

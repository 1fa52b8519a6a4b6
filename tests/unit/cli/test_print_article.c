/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a quote line says who spoke, how, and how sure that is, and fits its line. */
#include "cli/print_article.h"

#include "cli/characters.h"

#include "capture.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nuncio_str of(const char *text)
{
    nuncio_str view = {text, text == NULL ? 0 : strlen(text)};
    return view;
}

static const char *line_of(const nuncio_quote *quote, const char *words, size_t width)
{
    nn_output output;
    nn_styled line = {0};
    capture_begin(&output);
    const nn_layout layout = {&output, false, false, 0, 200};
    nn_styled_append_quote(&line, quote, of(words), width);
    nn_styled_print(&line, &layout, false);
    nn_styled_deinit(&line);
    return capture_end(&output);
}

static void quotes(void **state)
{
    (void)state;
    nuncio_quote quote = {.flags = NUNCIO_QUOTE_DIRECT,
                          .confidence = 0.9F,
                          .speaker = of("Oblov"),
                          .speaker_type = NUNCIO_ENTITY_PERSON,
                          .cue = of("said")};
    assert_string_equal(line_of(&quote, "No.", 80), "“No.” — Oblov, said\n");
    quote.confidence = 0.42F;
    quote.cue = of(NULL);
    assert_string_equal(line_of(&quote, "No.", 80), "“No.” — Oblov (confidence 0.42)\n");
    quote.flags = 0;
    quote.confidence = 1;
    quote.cue = of("told");
    assert_string_equal(line_of(&quote, "it was over", 80),
                        "it was over — Oblov, told (reported)\n");
    quote.speaker = of(NULL);
    quote.flags = NUNCIO_QUOTE_DIRECT;
    assert_string_equal(line_of(&quote, "No.", 80), "“No.” — speaker not named, told\n");
}

static void shortened(void **state)
{
    (void)state;
    static const char words[] =
        "We are closing the door until they remember how to knock, and then "
        "we shall see who is there";
    nuncio_quote quote = {
        .flags = NUNCIO_QUOTE_DIRECT, .confidence = 1, .speaker = of("Drazhin"), .cue = of("said")};
    assert_string_equal(line_of(&quote, words, 60),
                        "“We are closing the door until they…” — Drazhin, said\n");
    for (size_t width = 45; width < 130; width++) {
        const char *line = line_of(&quote, words, width);
        assert_true(nn_text_width(of(line)) <= width);
        assert_non_null(strstr(line, "Drazhin, said"));
    }
    static const char unbroken[] =
        "和平谈判和平谈判和平谈判和平谈判和平谈判和平谈判和平谈判和平谈判";
    assert_true(nn_text_width(of(line_of(&quote, unbroken, 50))) <= 50);
    assert_non_null(strstr(line_of(&quote, words, 5), "We are closing the door…")); /* the least */
}

static void origin(void **state)
{
    (void)state;
    nuncio_article article = {.id = of("a"), .source = of("S"), .date = {2031, 0, 0, 1}};
    nn_styled line = {0};
    nn_styled_append_origin(&line, &article);
    assert_int_equal(line.size, strlen("S · 2031 · a"));
    assert_memory_equal(line.text, "S · 2031 · a", line.size);
    nn_styled_deinit(&line);
}

static void marks(void **state)
{
    (void)state;
    const nuncio_quote quote = {.start = 0, .end = 2, .flags = NUNCIO_QUOTE_MATCHED};
    const nuncio_mention mention = {1, 3, NUNCIO_ENTITY_EVENT, of("x"), false};
    const nuncio_annotations found = {&quote, 1, &mention, 1};
    nn_styled line = {0};
    nn_styled_append(&line, of(">abcd"), 0);
    nn_styled_mark_annotations(&line, 1, &found);
    uint8_t event = nn_style_of_type(NUNCIO_ENTITY_EVENT);
    const uint8_t expected[] = {0, NN_STYLE_MATCHED_QUOTE, NN_STYLE_MATCHED_QUOTE | event, event,
                                0};
    assert_memory_equal(line.styles, expected, 5);
    nn_styled_deinit(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes),
        cmocka_unit_test(shortened),
        cmocka_unit_test(origin),
        cmocka_unit_test(marks),
    };
    return cmocka_run_group_tests_name("cli/print_article", tests, NULL, NULL);
}

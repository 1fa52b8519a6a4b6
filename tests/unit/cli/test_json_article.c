/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: articles and annotations have exactly the documented keys; absent is null. */
#include "cli/json_article.h"

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

static void article(void **state)
{
    (void)state;
    nn_output output;
    nn_json_writer json = {&output, false};
    nuncio_article full = {of("a"), of("T"), {2031, 1, 14, 3}, of("S"), of("u"), of("en"), of("x")};
    nuncio_article bare = {of("b"), of(NULL), {0}, of(NULL), of(NULL), of(NULL), of(NULL)};
    capture_begin(&output);
    nn_json_open(&json, '{');
    nn_json_article_fields(&json, &full);
    nn_json_close(&json, '}');
    assert_string_equal(capture_end(&output),
                        "{\"id\":\"a\",\"title\":\"T\",\"date\":\"2031-01-14\",\"source\":\"S\","
                        "\"url\":\"u\",\"lang\":\"en\",\"text\":\"x\"}");
    json.comma = false;
    capture_begin(&output);
    nn_json_open(&json, '{');
    nn_json_article_fields(&json, &bare);
    nn_json_close(&json, '}');
    assert_string_equal(capture_end(&output),
                        "{\"id\":\"b\",\"title\":null,\"date\":null,\"source\":null,\"url\":null,"
                        "\"lang\":null}");
}

static void annotations(void **state)
{
    (void)state;
    nn_output output;
    nn_json_writer json = {&output, false};
    nuncio_str text = of("\xC3\xA9: \"Yes,\" Krešić said.");
    const nuncio_mention mentions[] = {{11, 19, NUNCIO_ENTITY_PERSON, of("Danilo Krešić"), false}};
    const nuncio_quote quotes[] = {
        {5, 9, 11, 19, 20, 24, NUNCIO_QUOTE_DIRECT, 0.5F, NUNCIO_ENTITY_PERSON, of("Danilo Krešić"),
         of("said")},
        {5, 9, 0, 0, 0, 0, 0, 1, NUNCIO_ENTITY_NONE, of(NULL), of(NULL)},
        {5, 9, 0, 0, 0, 0, 0, 1, NUNCIO_ENTITY_NONE, of("an aide"), of(NULL)}};
    const nuncio_annotations found = {quotes, 3, mentions, 1};
    capture_begin(&output);
    nn_json_open(&json, '{');
    nn_json_annotations(&json, &found, text, NUNCIO_OFFSET_CHARS);
    nn_json_close(&json, '}');
    assert_string_equal(
        capture_end(&output),
        "{\"entities\":[{\"start\":10,\"end\":16,\"type\":\"person\",\"name\":\"Danilo Krešić\","
        "\"entity\":\"person:Danilo Krešić\"}],\"quotes\":["
        "{\"start\":4,\"end\":8,\"direct\":true,\"speaker\":{\"name\":\"Danilo Krešić\","
        "\"entity\":\"person:Danilo Krešić\",\"start\":10,\"end\":16},"
        "\"cue\":{\"start\":17,\"end\":21},\"confidence\":0.5},"
        "{\"start\":4,\"end\":8,\"direct\":false,\"speaker\":null,\"cue\":null,\"confidence\":1},"
        "{\"start\":4,\"end\":8,\"direct\":false,\"speaker\":{\"name\":\"an aide\",\"entity\":null,"
        "\"start\":null,\"end\":null},\"cue\":null,\"confidence\":1}]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(article),
        cmocka_unit_test(annotations),
    };
    return cmocka_run_group_tests_name("cli/json_article", tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a hit has exactly the documented keys, its offsets are in the unit asked for; a row of CSV
 * reads back. */
#include "cli/json_hit.h"

#include "capture.h"
#include "hit_sample.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *json_of(const nuncio_hit *hit, const char *text, nuncio_offset_unit unit)
{
    nn_output output;
    nn_json_writer json = {&output, false};
    nuncio_str view = {text, text == NULL ? 0 : strlen(text)};
    capture_begin(&output);
    nn_json_hit(&json, hit, view, unit);
    return capture_end(&output);
}

static void json(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    assert_string_equal(
        json_of(&hit, hit_sample_text, NUNCIO_OFFSET_CHARS),
        "{\"rank\":7,\"score\":11.52,\"article\":{\"id\":\"a-1\",\"title\":\"A treaty, "
        "\\\"closed\\\"\",\"title_highlights\":[{\"start\":2,\"end\":8,\"kind\":\"term\"}],"
        "\"date\":\"2031-01\",\"source\":\"Wire\",\"url\":null},"
        "\"passage\":{\"ordinal\":1,\"start\":5,\"end\":50,\"text\":\"\\\"The treaty is "
        "closed,\\\" "
        "Krešić said in Kessa.\"},"
        "\"highlights\":[{\"start\":5,\"end\":11,\"kind\":\"term\"},{\"start\":15,\"end\":21,"
        "\"kind\":\"phrase\"}],"
        "\"quotes\":[{\"start\":1,\"end\":22,\"direct\":true,\"speaker\":{\"name\":\"Danilo "
        "Krešić\",\"entity\":\"person:Danilo Krešić\"},\"cue\":\"said\",\"confidence\":0.75,"
        "\"matched\":true}],"
        "\"entities\":[{\"start\":24,\"end\":30,\"type\":\"person\",\"name\":\"Danilo Krešić\","
        "\"entity\":\"person:Danilo Krešić\",\"matched\":true},{\"start\":39,\"end\":44,\"type\":"
        "\"place\",\"name\":\"Kessa\",\"entity\":\"place:Kessa\",\"matched\":false}]}");
}

static void units(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    assert_non_null(
        strstr(json_of(&hit, NULL, NUNCIO_OFFSET_BYTES), "\"ordinal\":1,\"start\":6,\"end\":53"));
    assert_non_null(strstr(json_of(&hit, NULL, NUNCIO_OFFSET_CHARS),
                           "\"ordinal\":1,\"start\":null,\"end\":null"));
    assert_non_null(strstr(json_of(&hit, hit_sample_text, NUNCIO_OFFSET_UTF16),
                           "\"ordinal\":1,\"start\":5,\"end\":50"));
}

static void what_may_be_absent(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    nuncio_quote quote = hit.quotes[0];
    quote.flags = NUNCIO_QUOTE_CONTINUES_BEFORE | NUNCIO_QUOTE_CONTINUES_AFTER;
    quote.speaker = quote.cue = (nuncio_str){NULL, 0};
    hit.quotes = &quote;
    hit.passage = (nuncio_str){NULL, 0};
    hit.article.title = hit.article.source = hit.passage;
    hit.highlight_count = hit.title_highlight_count = hit.mention_count = 0;
    hit.explanation = (nuncio_str){"why", 3};
    assert_string_equal(
        json_of(&hit, NULL, NUNCIO_OFFSET_BYTES),
        "{\"rank\":7,\"score\":11.52,\"article\":{\"id\":\"a-1\",\"title\":null,"
        "\"title_highlights\":[],\"date\":\"2031-01\",\"source\":null,\"url\":null},"
        "\"passage\":{\"ordinal\":1,\"start\":6,\"end\":53,\"text\":null},\"highlights\":[],"
        "\"quotes\":[{\"start\":1,\"end\":22,\"direct\":false,\"speaker\":null,\"cue\":null,"
        "\"confidence\":0.75,\"matched\":false,\"continues_before\":true,\"continues_after\":true}"
        "],\"entities\":[],\"explanation\":\"why\"}");
}

static void csv(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    nuncio_str text = {hit_sample_text, strlen(hit_sample_text)}, absent = {NULL, 0};
    nn_output output;
    capture_begin(&output);
    nn_csv_header(&output);
    nn_csv_hit(&output, &hit, text, NUNCIO_OFFSET_CHARS);
    hit.passage = (nuncio_str){"a\x1B\nb\xC2\x9B", 6};
    nn_csv_hit(&output, &hit, absent, NUNCIO_OFFSET_CHARS);
    assert_string_equal(
        capture_end(&output),
        "rank,score,id,title,date,source,url,ordinal,start,end,text\n"
        "7,11.52,\"a-1\",\"A treaty, \"\"closed\"\"\",\"2031-01\",\"Wire\",\"\",1,5,"
        "50,\"\"\"The treaty is closed,\"\" Krešić said in Kessa.\"\n"
        "7,11.52,\"a-1\",\"A treaty, \"\"closed\"\"\",\"2031-01\",\"Wire\",\"\",1,,,"
        "\"a\xEF\xBF\xBD\nb\xEF\xBF\xBD\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json),
        cmocka_unit_test(units),
        cmocka_unit_test(what_may_be_absent),
        cmocka_unit_test(csv),
    };
    return cmocka_run_group_tests_name("cli/json_hit", tests, NULL, NULL);
}

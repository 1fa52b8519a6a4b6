/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: fields come out as they were written; what is not a JSON object is refused with a reason.
 * Method: small records with the padding the parser asks for, all of it poisoned with brackets. */
#include "ingest/json.h"

#include "refusing_new.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static nn_json_object object;
static const char *reason;

static nn_json_result parse(nn_json *json, const char *text)
{
    size_t size = strlen(text);
    static char room[1 << 16];
    assert_true(size + 64 <= sizeof room);
    memset(room, '}', sizeof room);
    memcpy(room, text, size);
    reason = NULL;
    return nn_json_read(json, room, size, &object, &reason);
}

static void field_is(nn_json_field field, const char *expected)
{
    const nn_json_value *value = &object.fields[field];
    assert_int_equal(value->type, NN_JSON_STRING);
    assert_int_equal(value->text.size, strlen(expected));
    assert_memory_equal(value->text.data, expected, value->text.size);
}

static void fields(void **state)
{
    nn_json *json = *state;
    assert_int_equal(parse(json, "{\"id\":\"a\",\"title\":\"T\",\"date\":\"2031\",\"source\":\"S\","
                                 "\"url\":\"u\",\"lang\":\"en\",\"text\":\"x\\ny\"}"),
                     NN_JSON_READ);
    field_is(NN_FIELD_ID, "a");
    field_is(NN_FIELD_TITLE, "T");
    field_is(NN_FIELD_DATE, "2031");
    field_is(NN_FIELD_SOURCE, "S");
    field_is(NN_FIELD_URL, "u");
    field_is(NN_FIELD_LANG, "en");
    field_is(NN_FIELD_TEXT, "x\ny");
    assert_int_equal(parse(json, " {\"more\":{\"id\":\"inner\"},\"id\":\"1\",\"id\":\"2\"} "),
                     NN_JSON_READ);
    field_is(NN_FIELD_ID, "2");
    assert_int_equal(object.fields[NN_FIELD_TEXT].type, NN_JSON_ABSENT);
    assert_null(object.fields[NN_FIELD_TEXT].text.data);
    for (int i = 0; i < NN_FIELDS; i++) {
        assert_true(strlen(nn_json_field_name((nn_json_field)i)) >= 2);
    }
}

static void types(void **state)
{
    nn_json *json = *state;
    assert_int_equal(parse(json, "{\"id\":-12,\"title\":18446744073709551615,\"date\":1.5,"
                                 "\"source\":true,\"url\":null,\"lang\":[\"en\"],\"text\":{}}"),
                     NN_JSON_READ);
    assert_int_equal(object.fields[NN_FIELD_ID].type, NN_JSON_INTEGER);
    assert_string_equal(object.fields[NN_FIELD_ID].digits, "-12");
    assert_string_equal(object.fields[NN_FIELD_TITLE].digits, "18446744073709551615");
    assert_int_equal(object.fields[NN_FIELD_DATE].type, NN_JSON_OTHER);
    assert_int_equal(object.fields[NN_FIELD_SOURCE].type, NN_JSON_OTHER);
    assert_int_equal(object.fields[NN_FIELD_URL].type, NN_JSON_ABSENT);
    assert_int_equal(object.fields[NN_FIELD_LANG].type, NN_JSON_OTHER);
    assert_int_equal(object.fields[NN_FIELD_TEXT].type, NN_JSON_OTHER);
    assert_int_equal(parse(json, "{\"text\":\"a\\u0000b\\ud83d\\ude00\\\"\"}"), NN_JSON_READ);
    assert_int_equal(object.fields[NN_FIELD_TEXT].text.size, 8);
    assert_memory_equal(object.fields[NN_FIELD_TEXT].text.data, "a\0b\xF0\x9F\x98\x80\"", 8);
}

static void refused(void **state)
{
    nn_json *json = *state;
    static const struct {
        const char *text;
        nn_json_result result;
        const char *reason;
    } cases[] = {
        {"[1]", NN_JSON_NOT_OBJECT, "an array"},
        {"12", NN_JSON_NOT_OBJECT, "a number"},
        {"1.5", NN_JSON_NOT_OBJECT, "a number"},
        {"\"text\"", NN_JSON_NOT_OBJECT, "a string"},
        {"true", NN_JSON_NOT_OBJECT, "true or false"},
        {"null", NN_JSON_NOT_OBJECT, "null"},
        {"", NN_JSON_BAD_SYNTAX, "there is nothing"},
        {"{\"id\":\"a\"", NN_JSON_BAD_SYNTAX, "missing"},
        {"{\"id\":\"a}", NN_JSON_BAD_SYNTAX, "not closed"},
        {"{\"id\" \"a\"}", NN_JSON_BAD_SYNTAX, "missing"},
        {"{\"id\":\"a\",}", NN_JSON_BAD_SYNTAX, "missing"},
        {"{\"a\":1} x", NN_JSON_BAD_SYNTAX, "missing"},
        {"{\"a\":nul}", NN_JSON_BAD_SYNTAX, "bare word"},
        {"{\"a\":1e999}", NN_JSON_BAD_SYNTAX, "number"},
        {"{\"a\":\"b\tc\"}", NN_JSON_BAD_SYNTAX, "control character"},
        {"{\"a\":\"\\x\"}", NN_JSON_BAD_ESCAPE, "escape"},
        {"{\"a\":\"\\ud800\"}", NN_JSON_BAD_ESCAPE, "escape"},
        {"{\"a\":\"\\udc00\"}", NN_JSON_BAD_ESCAPE, "escape"},
        {"{\"a\":\"\xFF\"}", NN_JSON_BAD_UTF8, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nn_json_result result = parse(json, cases[i].text);
        if (result != cases[i].result || strstr(reason, cases[i].reason) == NULL) {
            fail_msg("%s: %d, %s", cases[i].text, (int)result, reason);
        }
    }
    char deep[6000] = "";
    memset(deep, '[', 3000);
    assert_int_equal(parse(json, deep), NN_JSON_BAD_SYNTAX);
}

/** Large records come and go; small ones after them find their room. */
static void sizes(void **state)
{
    nn_json *json = *state;
    static const size_t sizes[] = {10, 100000, 6 << 20, 5 << 20, 30, 9 << 20, 10};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t size = sizes[i];
        char *text = malloc(size + 200);
        assert_non_null(text);
        memset(text, 0, size + 200);
        size_t head = (size_t)sprintf(text, "{\"id\":\"%zu\",\"text\":\"", size);
        memset(text + head, 'x', size);
        strcpy(text + head + size, "\"}");
        assert_int_equal(nn_json_read(json, text, head + size + 2, &object, &reason), NN_JSON_READ);
        assert_int_equal(object.fields[NN_FIELD_TEXT].text.size, size);
        free(text);
    }
}

static void refused_memory(void **state)
{
    (void)state;
    static char text[100000 + 64];
    int head = sprintf(text, "{\"id\":\"a\",\"text\":\"");
    memset(text + head, 'x', 99990 - (size_t)head);
    strcpy(text + 99990, "\"}");
    for (uint64_t n = 1;; n++) {
        refuse_new(n);
        nn_json *json = nn_json_create();
        nn_json_result result = json == NULL
                                    ? NN_JSON_NO_MEMORY
                                    : nn_json_read(json, text, strlen(text), &object, &reason);
        bool refused = new_was_refused();
        assert_int_equal(result, refused ? NN_JSON_NO_MEMORY : NN_JSON_READ);
        refuse_new(0);
        if (json != NULL) { /* asked again, it reads */
            assert_int_equal(nn_json_read(json, text, strlen(text), &object, &reason),
                             NN_JSON_READ);
        }
        nn_json_destroy(json);
        if (!refused) {
            assert_true(n > 3);
            break;
        }
    }
    nn_json_destroy(NULL);
}

static void validity(void **state)
{
    (void)state;
    assert_true(nn_utf8_is_valid("", 0));
    assert_true(nn_utf8_is_valid("\xE2\x82\xAC", 3));
    assert_false(nn_utf8_is_valid("\xE2\x82", 2));
    assert_false(nn_utf8_is_valid("\xED\xA0\x80", 3));
}

static int setup(void **state)
{
    *state = nn_json_create();
    return *state == NULL ? -1 : 0;
}

static int teardown(void **state)
{
    nn_json_destroy(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields), cmocka_unit_test(types),          cmocka_unit_test(refused),
        cmocka_unit_test(sizes),  cmocka_unit_test(refused_memory), cmocka_unit_test(validity),
    };
    return cmocka_run_group_tests_name("ingest/json_simdjson", tests, setup, teardown);
}

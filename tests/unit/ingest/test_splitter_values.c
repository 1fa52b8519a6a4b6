/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: JSON values one after another, or in an array, are cut apart exactly; the form of a file is
 * told from its first bytes.
 * Method: every text is read in pieces of one byte, a few and all at once, with the same outcome.
 */
#include "ingest/splitter.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct memory_source {
    const char *bytes;
    size_t size, at, at_most;
} memory_source;

static int read_memory(void *context, void *to, size_t size, size_t *done)
{
    memory_source *source = context;
    size_t left = source->size - source->at;
    *done = left < size ? left : size;
    *done = *done < source->at_most ? *done : source->at_most;
    memcpy(to, source->bytes + source->at, *done);
    source->at += *done;
    return 0;
}

/** All records of `text` as one string: "1:{…}|3:{…}|" and at the end what ended it. */
static void split(const char *text, size_t at_most, nn_record_form form, size_t record_max,
                  char *to, size_t room, nn_record_form *told)
{
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    memory_source from = {text, strlen(text), 0, at_most};
    nn_source source = {&from, read_memory};
    nn_stream *stream;
    nn_splitter splitter = {0};
    nn_record record;
    assert_int_equal(nn_stream_open(&memory, source, &stream, NULL), NUNCIO_OK);
    nn_splitter_begin(&splitter, &memory, stream, form, record_max, UINT64_MAX);
    *told = nn_splitter_form(&splitter);
    to[0] = '\0';
    do {
        assert_int_equal(nn_splitter_next(&splitter, &record, NULL), NUNCIO_OK);
        size_t used = strlen(to);
        int size = (int)record.size;
        int line = (int)record.line;
        switch (record.event) {
        case NN_RECORD_FOUND:
            (void)snprintf(to + used, room - used, "%d:%.*s|", line, size, record.data);
            break;
        case NN_RECORD_TOO_LONG:
            (void)snprintf(to + used, room - used, "%d:long|", line);
            break;
        case NN_RECORD_BROKEN:
            (void)snprintf(to + used, room - used, "%d!%.*s|", line, size, record.data);
            break;
        case NN_RECORD_GAVE_UP:
        case NN_RECORD_END:
            break;
        }
    } while (record.event != NN_RECORD_END);
    nn_splitter_deinit(&splitter);
    nn_stream_close(stream);
    assert_int_equal(atomic_load(&memory.used), 0);
}

static void gives(const char *text, nn_record_form form, nn_record_form told, const char *expected)
{
    static const size_t pieces[] = {1, 2, 3, 7, SIZE_MAX};
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        char found[400];
        nn_record_form found_form;
        split(text, pieces[p], form, 20, found, sizeof found, &found_form);
        assert_string_equal(found, expected);
        assert_int_equal(found_form, told);
    }
}

static void values(const char *text, const char *expected)
{
    gives(text, NN_RECORDS_VALUES, NN_RECORDS_VALUES, expected);
}

static void arrays(void **state)
{
    (void)state;
    values("[]", "");
    values("[{\"a\":1}]", "1:{\"a\":1}|");
    values(" [\n{\"a\":1},\n\n{\"b\":[1,{}]} ] ", "2:{\"a\":1}|4:{\"b\":[1,{}]}|");
    values("[1, \"x,]\" ,true,[2,3]]", "1:1|1:\"x,]\"|1:true|1:[2,3]|");
    values("[{\"a\":\"}]\\\"{\"}]", "1:{\"a\":\"}]\\\"{\"}|");
    values("[1]\n[2]", "1:1|2:2|"); /* one array after another */
}

static void sequences(void **state)
{
    (void)state;
    values("{\n\"a\":1}{\"b\":\n2}\n3 \"four\"", "1:{\n\"a\":1}|2:{\"b\":\n2}|4:3|4:\"four\"|");
    values("[1] {\"a\":[]}", "1:1|1:{\"a\":[]}|");
}

static void faults(void **state)
{
    (void)state;
    values("[{}", "1:{}|1!the array is not closed|");
    values("[", "1!the array is not closed|");
    values("[{} {}]", "1:{}|1!a comma is missing between two values|");
    values("[{},]", "1:{}|1!a bracket, comma or colon where a value should be|");
    values("[,1]", "1!a bracket, comma or colon where a value should be|");
    values("{\n}\n}", "1:{\n}|3!a bracket, comma or colon where a value should be|");
    values("[\"abc", "1:\"abc|1!the array is not closed|"); /* the parser says what is missing */
    values("{\n\"a\":[", "1:{\n\"a\":[|");
    values("[:1]", "1!a bracket, comma or colon where a value should be|");
    values("[1}", "1:1|1!a comma is missing between two values|");
    values("[}", "1!a bracket, comma or colon where a value should be|");
}

static void too_long(void **state)
{
    (void)state;
    values("[1,{\"a\":\"0123456789012345678901\"},2]", "1:1|1:long|1:2|");
    values("[\"01234567890123456789012345678901234567890123456789\",\n2]", "1:long|2:2|");
}

static void forms(void **state)
{
    (void)state;
    gives("{\"a\":1}\n{\"b\":2}\n", NN_RECORDS_UNKNOWN, NN_RECORDS_LINES,
          "1:{\"a\":1}|2:{\"b\":2}|");
    gives("\n\n{\"a\":1}\nx", NN_RECORDS_UNKNOWN, NN_RECORDS_LINES, "3:{\"a\":1}|4:x|");
    gives("{\n \"a\":1}", NN_RECORDS_UNKNOWN, NN_RECORDS_VALUES, "1:{\n \"a\":1}|");
    gives("{\"a\":\"cut\n{}", NN_RECORDS_UNKNOWN, NN_RECORDS_LINES, "1:{\"a\":\"cut|2:{}|");
    gives(" [1]", NN_RECORDS_UNKNOWN, NN_RECORDS_VALUES, "1:1|");
    gives("A title\n\ntext", NN_RECORDS_UNKNOWN, NN_RECORDS_WHOLE, "1:A title\n\ntext|");
    gives("A title\n\ntext", NN_RECORDS_VALUES, NN_RECORDS_VALUES, "1:A|1:title|3:text|");
    gives("{\"a\":1}\n{\"b\":2}", NN_RECORDS_VALUES, NN_RECORDS_LINES, "1:{\"a\":1}|2:{\"b\":2}|");
    gives("[1]\n", NN_RECORDS_LINES, NN_RECORDS_LINES, "1:[1]|");
    gives("", NN_RECORDS_UNKNOWN, NN_RECORDS_WHOLE, "");
    gives(" \n ", NN_RECORDS_UNKNOWN, NN_RECORDS_WHOLE, "1: \n |");
    gives("\xEF\xBB\xBF[1]", NN_RECORDS_UNKNOWN, NN_RECORDS_VALUES, "1:1|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arrays),   cmocka_unit_test(sequences), cmocka_unit_test(faults),
        cmocka_unit_test(too_long), cmocka_unit_test(forms),
    };
    return cmocka_run_group_tests_name("ingest/splitter_values", tests, NULL, NULL);
}

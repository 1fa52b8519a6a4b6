/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: lines and whole files come out complete, in order, with their line numbers, whatever the
 * pieces the stream gives; records that are too long are passed over; memory stays bounded. */
#include "ingest/splitter.h"

#include "support/failing_allocator.h"
#include "support/prng.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Bytes in memory, or, when `endless`, the same bytes again and again. */
typedef struct memory_source {
    const char *bytes;
    size_t size, at, at_most;
    bool endless;
    int fail_code;
} memory_source;

static int read_memory(void *context, void *to, size_t size, size_t *done)
{
    memory_source *source = context;
    if (source->endless && source->at == source->size) {
        source->at = 0;
    }
    size_t left = source->size - source->at;
    *done = left < size ? left : size;
    *done = *done < source->at_most ? *done : source->at_most;
    memcpy(to, source->bytes + source->at, *done);
    source->at += *done;
    return *done == 0 ? source->fail_code : 0;
}

typedef struct fixture {
    nn_memory memory;
    memory_source source;
    nn_stream *stream;
    nn_splitter splitter;
    nn_record record;
    nuncio_error error;
} fixture;

static void begin(fixture *test, memory_source source, nn_record_form form, size_t record_max,
                  uint64_t gap_max)
{
    memset(test, 0, sizeof *test);
    nn_memory_init(&test->memory, NULL, 0);
    test->source = source;
    nn_source from = {&test->source, read_memory};
    assert_int_equal(nn_stream_open(&test->memory, from, &test->stream, NULL), NUNCIO_OK);
    nn_splitter_begin(&test->splitter, &test->memory, test->stream, form, record_max, gap_max);
}

static void end(fixture *test)
{
    nn_splitter_deinit(&test->splitter);
    nn_stream_close(test->stream);
    assert_int_equal(atomic_load(&test->memory.used), 0);
}

static void next_is(fixture *test, const char *text, uint64_t line)
{
    assert_int_equal(nn_splitter_next(&test->splitter, &test->record, &test->error), NUNCIO_OK);
    assert_int_equal(test->record.event, NN_RECORD_FOUND);
    assert_int_equal(test->record.size, strlen(text));
    assert_memory_equal(test->record.data, text, test->record.size);
    assert_int_equal(test->record.line, line);
    uint32_t sum = 0; /* the padding can be read */
    for (size_t i = 0; i < NN_RECORD_PADDING; i++) {
        sum += (uint8_t)test->record.data[test->record.size + i];
    }
    assert_true(sum < UINT32_MAX);
}

static void next_event(fixture *test, nn_record_event event, uint64_t line)
{
    assert_int_equal(nn_splitter_next(&test->splitter, &test->record, &test->error), NUNCIO_OK);
    assert_int_equal(test->record.event, event);
    assert_int_equal(test->record.line, line);
}

static memory_source of(const char *text, size_t at_most)
{
    memory_source source = {text, strlen(text), 0, at_most, false, 0};
    return source;
}

static void lines(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 2, 5, SIZE_MAX};
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        fixture test;
        begin(&test, of("\xEF\xBB\xBFone\n\n  \r\ntwo\r\nthree", pieces[p]), NN_RECORDS_LINES, 100,
              UINT64_MAX);
        next_is(&test, "one", 1);
        next_is(&test, "two\r", 4);
        next_is(&test, "three", 5);
        next_event(&test, NN_RECORD_END, 0);
        next_event(&test, NN_RECORD_END, 0);
        end(&test);
    }
    fixture test;
    begin(&test, of("", 1), NN_RECORDS_LINES, 100, UINT64_MAX);
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
    begin(&test, of("\xEF\xBB\xBF", 1), NN_RECORDS_LINES, 100, UINT64_MAX);
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
}

static void too_long(void **state)
{
    (void)state;
    static const size_t pieces[] = {1, 3, SIZE_MAX};
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        fixture test;
        begin(&test, of("12345\n123456\nab\n1234567", pieces[p]), NN_RECORDS_LINES, 5, UINT64_MAX);
        next_is(&test, "12345", 1);
        next_event(&test, NN_RECORD_TOO_LONG, 2);
        next_is(&test, "ab", 3);
        next_event(&test, NN_RECORD_TOO_LONG, 4);
        next_event(&test, NN_RECORD_END, 0);
        end(&test);
    }
}

/** A line of 200 MB among others is passed over in little memory. */
static void a_line_of_200_megabytes(void **state)
{
    (void)state;
    fixture test;
    size_t unit = 1 << 20;
    char *text = malloc(unit);
    assert_non_null(text);
    memset(text, 'x', unit);
    memory_source endless = {text, unit, 0, SIZE_MAX, true, 0};
    begin(&test, endless, NN_RECORDS_LINES, 1 << 20, (uint64_t)200 << 20);
    next_event(&test, NN_RECORD_TOO_LONG, 1); /* and no end of it: given up after gap_max */
    next_event(&test, NN_RECORD_GAVE_UP, 0);
    next_event(&test, NN_RECORD_END, 0);
    assert_true(test.splitter.capacity <= 4 << 20);
    assert_true(test.splitter.offset <= (uint64_t)202 << 20);
    end(&test);
    free(text);
}

static void gap(void **state)
{
    (void)state;
    static char feeds[1 << 16];
    memset(feeds, '\n', sizeof feeds);
    memory_source endless = {feeds, sizeof feeds, 0, SIZE_MAX, true, 0};
    fixture test;
    begin(&test, endless, NN_RECORDS_LINES, 100, 10 << 20);
    next_event(&test, NN_RECORD_GAVE_UP, 0); /* blank lines count as well */
    assert_true(test.splitter.offset <= 11 << 20);
    end(&test);
    static const char *const beginnings[] = {"[", "[ {\"a\":\""}; /* of an array, of a value */
    for (size_t i = 0; i < 2; i++) {
        char array[16] = "[          ";
        memcpy(array, beginnings[i], strlen(beginnings[i]));
        memory_source blank = {array, 11, 0, SIZE_MAX, false, 0};
        begin(&test, blank, NN_RECORDS_VALUES, 1 << 20, 10);
        next_event(&test, NN_RECORD_GAVE_UP, 0);
        next_event(&test, NN_RECORD_END, 0);
        end(&test);
    }
    /* A mark starts the count anew: twenty lines of a MiB, each good, pass a gap of three. */
    size_t unit = 1 << 20;
    char *text = malloc(20 * unit + 1);
    assert_non_null(text);
    memset(text, 'y', 20 * unit);
    for (size_t i = 1; i <= 20; i++) {
        text[i * unit - 1] = '\n';
    }
    text[20 * unit] = '\0';
    begin(&test, of(text, SIZE_MAX), NN_RECORDS_LINES, unit, 3 * unit);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(nn_splitter_next(&test.splitter, &test.record, NULL), NUNCIO_OK);
        assert_int_equal(test.record.event, NN_RECORD_FOUND);
        nn_splitter_mark(&test.splitter);
    }
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
    free(text);
}

static void whole(void **state)
{
    (void)state;
    fixture test;
    begin(&test, of("\xEF\xBB\xBFtitle\n\ntext\n", 3), NN_RECORDS_WHOLE, 100, UINT64_MAX);
    next_is(&test, "title\n\ntext\n", 1);
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
    begin(&test, of("123456", 2), NN_RECORDS_WHOLE, 5, UINT64_MAX);
    next_event(&test, NN_RECORD_TOO_LONG, 1);
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
    begin(&test, of("12345", 2), NN_RECORDS_WHOLE, 5, UINT64_MAX);
    next_is(&test, "12345", 1);
    end(&test);
}

static void failing_stream(void **state)
{
    (void)state;
    fixture test;
    memory_source source = of("one\ntwo\nthr", 4);
    source.fail_code = EIO;
    begin(&test, source, NN_RECORDS_LINES, 100, UINT64_MAX);
    next_is(&test, "one", 1);
    next_is(&test, "two", 2);
    assert_int_equal(nn_splitter_next(&test.splitter, &test.record, &test.error), NUNCIO_ERR_IO);
    next_event(&test, NN_RECORD_END, 0); /* the line that was cut does not come */
    end(&test);
    static const nn_record_form forms[] = {NN_RECORDS_VALUES, NN_RECORDS_WHOLE};
    for (size_t i = 0; i < 2; i++) {
        source = of("[ {\"a\":1", 4);
        source.fail_code = EIO;
        begin(&test, source, forms[i], 100, UINT64_MAX);
        assert_int_equal(nn_splitter_next(&test.splitter, &test.record, NULL), NUNCIO_ERR_IO);
        next_event(&test, NN_RECORD_END, 0);
        end(&test);
    }
    source = of("[ ", 4); /* between two values */
    source.fail_code = EIO;
    begin(&test, source, NN_RECORDS_VALUES, 100, UINT64_MAX);
    assert_int_equal(nn_splitter_next(&test.splitter, &test.record, &test.error), NUNCIO_ERR_IO);
    end(&test);
}

static void refused_memory(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        test_allocator allocator;
        test_allocator_init(&allocator, n);
        nn_memory memory;
        nn_memory_init(&memory, &allocator.allocator, 0);
        size_t size = 3 << 20;
        char *text = malloc(size);
        assert_non_null(text);
        memset(text, 'z', size);
        memory_source from = {text, size, 0, SIZE_MAX, false, 0};
        nn_source source = {&from, read_memory};
        nn_stream *stream;
        nn_splitter splitter = {0};
        nn_record record = {0};
        nuncio_status status = nn_stream_open(&memory, source, &stream, NULL);
        if (status == NUNCIO_OK) {
            nn_splitter_begin(&splitter, &memory, stream, NN_RECORDS_LINES, size, UINT64_MAX);
            status = nn_splitter_next(&splitter, &record, NULL);
            nn_splitter_deinit(&splitter);
            nn_stream_close(stream);
        }
        free(text);
        test_allocator_check(&allocator);
        if (!allocator.failed) {
            assert_int_equal(status, NUNCIO_OK);
            assert_int_equal(record.size, size);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

/** The buffer is used again for the next file, unless it is large. */
static void room_is_kept(void **state)
{
    (void)state;
    fixture test;
    begin(&test, of("a\n", SIZE_MAX), NN_RECORDS_LINES, 100, UINT64_MAX);
    next_is(&test, "a", 1);
    const char *data = test.splitter.data;
    test.source = of("b\n", SIZE_MAX);
    nn_stream_close(test.stream);
    nn_source from = {&test.source, read_memory};
    assert_int_equal(nn_stream_open(&test.memory, from, &test.stream, NULL), NUNCIO_OK);
    nn_splitter_begin(&test.splitter, &test.memory, test.stream, NN_RECORDS_LINES, 100, 1000);
    next_is(&test, "b", 1);
    assert_ptr_equal(test.splitter.data, data);
    end(&test);
    size_t size = 17 << 20; /* of a record that asks for a large one, once */
    char *large = malloc(size + 1);
    assert_non_null(large);
    memset(large, 'x', size);
    large[size] = '\0';
    begin(&test, of(large, SIZE_MAX), NN_RECORDS_LINES, size, UINT64_MAX);
    next_is(&test, large, 1);
    assert_true(test.splitter.capacity > (16 << 20) && test.splitter.capacity <= size + (1 << 20));
    nn_splitter_begin(&test.splitter, &test.memory, test.stream, NN_RECORDS_LINES, 100, 1000);
    assert_int_equal(test.splitter.capacity, 0);
    next_event(&test, NN_RECORD_END, 0);
    end(&test);
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(too_long),
        cmocka_unit_test(a_line_of_200_megabytes),
        cmocka_unit_test(gap),
        cmocka_unit_test(whole),
        cmocka_unit_test(failing_stream),
        cmocka_unit_test(refused_memory),
        cmocka_unit_test(room_is_kept),
    };
    return cmocka_run_group_tests_name("ingest/splitter", tests, NULL, NULL);
}

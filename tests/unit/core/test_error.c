/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"

#include <errno.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void fills_and_returns(void **state)
{
    (void)state;
    nuncio_error error;
    memset(&error, 0xAA, sizeof error);
    assert_int_equal(nn_error_set(&error, NUNCIO_ERR_LIMIT, "%d of %s", 3, "them"),
                     NUNCIO_ERR_LIMIT);
    assert_int_equal(error.status, NUNCIO_ERR_LIMIT);
    assert_string_equal(error.message, "3 of them");
    assert_string_equal(error.file, "");
    assert_int_equal(error.offset, 0);
    assert_int_equal(nn_error_file(&error, NUNCIO_ERR_CORRUPT, "a/b", 77, "bad"),
                     NUNCIO_ERR_CORRUPT);
    assert_string_equal(error.file, "a/b");
    assert_int_equal(error.offset, 77);
    assert_int_equal(nn_error_memory(&error), NUNCIO_ERR_MEMORY);
    assert_string_equal(error.file, "");
    assert_true(strlen(error.message) > 10);
}

static void null_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(nn_error_set(NULL, NUNCIO_ERR_QUERY, "x"), NUNCIO_ERR_QUERY);
    assert_int_equal(nn_error_file(NULL, NUNCIO_ERR_CORRUPT, "f", 1, "x"), NUNCIO_ERR_CORRUPT);
    assert_int_equal(nn_error_memory(NULL), NUNCIO_ERR_MEMORY);
    assert_int_equal(nn_error_errno(NULL, EIO, "read", "f"), NUNCIO_ERR_IO);
    nuncio_error error = {0};
    assert_int_equal(nn_error_errno(&error, EIO, "read", NULL), NUNCIO_ERR_IO);
    assert_string_equal(error.file, "");
}

static void errno_values_have_their_status(void **state)
{
    (void)state;
    nuncio_error error = {0};
    assert_int_equal(nn_error_errno(&error, ENOSPC, "write", "f"), NUNCIO_ERR_SPACE);
    assert_string_equal(error.file, "f");
    assert_non_null(strstr(error.message, "cannot write"));
    assert_non_null(strstr(error.message, strerror(ENOSPC)));
    assert_int_equal(nn_error_errno(&error, EDQUOT, "write", "f"), NUNCIO_ERR_SPACE);
    assert_int_equal(nn_error_errno(&error, ENOMEM, "map", "f"), NUNCIO_ERR_MEMORY);
    assert_int_equal(nn_error_errno(&error, EACCES, "open", "f"), NUNCIO_ERR_IO);
    assert_int_equal(nn_error_errno(&error, 123456, "open", "f"), NUNCIO_ERR_IO);
}

/** Texts that are too long end with a whole character, whichever way its bytes fall on the end. */
static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
    for (size_t kind = 0; kind < 4; kind++) {
        size_t width = strlen(characters[kind]);
        for (size_t shift = 0; shift < 4; shift++) {
            char text[1024] = "aaaa";
            size_t size = shift;
            while (size + width < sizeof text) {
                memcpy(text + size, characters[kind], width);
                size += width;
            }
            text[size] = '\0';
            nuncio_error error;
            nn_error_file(&error, NUNCIO_ERR_IO, text, 0, "%s", text);
            size_t message = strlen(error.message), file = strlen(error.file);
            assert_int_equal((message - shift) % width, 0);
            assert_int_equal((file - shift) % width, 0);
            assert_true(message < sizeof error.message && message + width >= sizeof error.message);
            assert_true(file < sizeof error.file && file + width >= sizeof error.file);
            assert_memory_equal(error.message, text, message);
            assert_memory_equal(error.file, text, file);
        }
    }
}

/* What is no UTF-8 is cut where the room ends, and never looked at before its start. */
static void texts_of_stray_bytes_are_cut(void **state)
{
    (void)state;
    char text[1024];
    nuncio_error error;
    memset(text, 0x80, sizeof text);
    text[sizeof text - 1] = '\0';
    nn_error_file(&error, NUNCIO_ERR_IO, text, 0, "%s", text);
    assert_true(strlen(error.message) + 1 == sizeof error.message);
    assert_true(strlen(error.file) + 1 == sizeof error.file);
}

static void every_status_has_a_name(void **state)
{
    (void)state;
    static const struct {
        nuncio_status status;
        const char *name;
    } names[] = {{NUNCIO_OK, "ok"},
                 {NUNCIO_ERR_ARGUMENT, "argument"},
                 {NUNCIO_ERR_STATE, "state"},
                 {NUNCIO_ERR_QUERY, "query"},
                 {NUNCIO_ERR_LIMIT, "limit"},
                 {NUNCIO_ERR_GENERATION, "generation"},
                 {NUNCIO_ERR_CANCELLED, "cancelled"},
                 {NUNCIO_ERR_NOT_FOUND, "not_found"},
                 {NUNCIO_ERR_INPUT, "input"},
                 {NUNCIO_ERR_CORRUPT, "corrupt"},
                 {NUNCIO_ERR_VERSION, "version"},
                 {NUNCIO_ERR_NOT_INDEX, "not_index"},
                 {NUNCIO_ERR_ANALYSIS, "analysis"},
                 {NUNCIO_ERR_MODEL, "model"},
                 {NUNCIO_ERR_OVERRIDES, "overrides"},
                 {NUNCIO_ERR_IO, "io"},
                 {NUNCIO_ERR_MEMORY, "memory"},
                 {NUNCIO_ERR_LOCKED, "locked"},
                 {NUNCIO_ERR_DEADLINE, "deadline"},
                 {NUNCIO_ERR_SPACE, "space"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_string_equal(nuncio_status_name(names[i].status), names[i].name);
    }
    assert_string_equal(nuncio_status_name((nuncio_status)99), "unknown");
}

static nuncio_status tried(nuncio_status inner, bool *reached)
{
    NN_TRY(inner);
    *reached = true;
    return NUNCIO_OK;
}

static nuncio_status tried_with_cleanup(nuncio_status inner, bool *reached)
{
    nuncio_status status = NUNCIO_OK;
    NN_TRY_CLEANUP(inner);
    *reached = true;
cleanup:
    return status;
}

static void failures_are_forwarded(void **state)
{
    (void)state;
    bool reached = false;
    assert_int_equal(tried(NUNCIO_ERR_IO, &reached), NUNCIO_ERR_IO);
    assert_int_equal(tried_with_cleanup(NUNCIO_ERR_SPACE, &reached), NUNCIO_ERR_SPACE);
    assert_false(reached);
    assert_int_equal(tried(NUNCIO_OK, &reached), NUNCIO_OK);
    assert_true(reached);
    reached = false;
    assert_int_equal(tried_with_cleanup(NUNCIO_OK, &reached), NUNCIO_OK);
    assert_true(reached);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_and_returns),
        cmocka_unit_test(null_is_allowed),
        cmocka_unit_test(errno_values_have_their_status),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(texts_of_stray_bytes_are_cut),
        cmocka_unit_test(every_status_has_a_name),
        cmocka_unit_test(failures_are_forwarded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

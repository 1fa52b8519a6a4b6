/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the caret stands under the place, whatever stands before it; long queries are cut. */
#include "cli/query_error.h"

#include "cli/characters.h"

#include "capture.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *told(const char *query, size_t size, uint64_t offset)
{
    nuncio_error error = {NUNCIO_ERR_QUERY, offset, "", "the reason"};
    nuncio_str view = {query, size};
    capture_descriptor(STDERR_FILENO);
    nn_print_query_error(view, &error);
    return capture_release(STDERR_FILENO);
}

static void carets(void **state)
{
    (void)state;
    assert_string_equal(told("a AND", 5, 5), "nuncio: query: the reason\n  a AND\n       ^\n");
    assert_string_equal(told("(a", 2, 0), "nuncio: query: the reason\n  (a\n  ^\n");
    assert_string_equal(told("", 0, 0), "nuncio: query: the reason\n");
    assert_string_equal(told("和平 (", 8, 7), "nuncio: query: the reason\n  和平 (\n       ^\n");
    assert_string_equal(told("é\t(", 4, 3), "nuncio: query: the reason\n  é (\n    ^\n");
    assert_string_equal(told("a", 1, 99), "nuncio: query: the reason\n  a\n   ^\n");
    const char *harmless = told("\x1B[2J (", 6, 5);
    assert_null(strchr(harmless, '\x1B'));
}

/** Everywhere in a query of a MiB: three short lines, the caret under the character. */
static void long_queries(void **state)
{
    (void)state;
    size_t size = 1 << 20;
    char *query = malloc(size);
    assert_non_null(query);
    for (size_t i = 0; i < size; i += 4) {
        memcpy(query + i, "a和", 4);
    }
    for (size_t place = 0; place <= size; place += place < 400 ? 1 : 104729) {
        bool begins = place == size || ((uint8_t)query[place] & 0xC0) != 0x80;
        if (!begins) {
            continue;
        }
        const char *text = told(query, size, place);
        const char *line = strchr(text, '\n') + 1;
        const char *caret = strchr(line, '\n') + 1;
        size_t column = (size_t)(strchr(caret, '^') - caret);
        assert_true(strlen(text) < 400);
        nuncio_str shown = {line, (size_t)(caret - line) - 1};
        size_t at = 0, width = 0;
        while (at < shown.size && width < column) {
            nn_character found = nn_character_at(shown, at);
            width += found.width;
            at += found.bytes;
        }
        assert_int_equal(width, column); /* the caret is not under half a character */
        if (place < size) {
            assert_int_equal(line[at], query[place]);
        }
    }
    free(query);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carets),
        cmocka_unit_test(long_queries),
    };
    return cmocka_run_group_tests_name("cli/query_error", tests, NULL, NULL);
}

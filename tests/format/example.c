/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "example.h"
#include "support/files.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *example_document(void)
{
    return test_file_read(NUNCIO_FORMAT_DOCUMENT, NULL);
}

bool example_next(const char *document, const char **at, example *out)
{
    static const char fence[] = "\n```example ";
    const char *start = strstr(*at, fence);
    if (start == NULL) {
        return false;
    }
    start += sizeof fence - 1;
    const char *body = strchr(start, '\n');
    const char *end = body == NULL ? NULL : strstr(body, "\n```");
    if (end == NULL || (size_t)(body - start) >= sizeof out->kind) {
        fail_msg("an example in docs/format.md does not end");
    }
    *out = (example){.line = 1, .body = body + 1, .end = end + 1};
    memcpy(out->kind, start, (size_t)(body - start));
    for (const char *c = document; c < start; c++) {
        out->line += *c == '\n';
    }
    *at = end;
    return true;
}

/** What stands behind "key:" in the first line at or behind `*at` that begins so, or NULL; `*at`
 * moves behind it. */
static const char *find_key(const example *from, const char *key, const char **at,
                            const char **line_end)
{
    size_t size = strlen(key);
    while (*at < from->end) {
        const char *line = *at, *end = strchr(line, '\n');
        *at = end + 1;
        if (strncmp(line, key, size) == 0 && line[size] == ':') {
            const char *comment = line;
            while (comment < end && *comment != ';') {
                comment++;
            }
            *line_end = comment;
            return line + size + 1;
        }
    }
    return NULL;
}

size_t example_numbers(const example *from, const char *key, uint64_t numbers[EXAMPLE_NUMBERS_MAX])
{
    const char *at = from->body, *end = NULL;
    const char *text = find_key(from, key, &at, &end);
    size_t count = 0;
    if (text == NULL) {
        fail_msg("docs/format.md:%d: example %s has no line '%s:'", from->line, from->kind, key);
        return 0;
    }
    while (text < end) {
        char *next = NULL;
        unsigned long long value = strtoull(text, &next, 0);
        if (next == text || next > end) {
            break;
        }
        assert_true(count < EXAMPLE_NUMBERS_MAX);
        numbers[count++] = value;
        text = next;
    }
    return count;
}

uint64_t example_number(const example *from, const char *key)
{
    uint64_t numbers[EXAMPLE_NUMBERS_MAX];
    assert_int_equal(example_numbers(from, key, numbers), 1);
    return numbers[0];
}

size_t example_words(const example *from, const char *key, char room[256],
                     const char *words[EXAMPLE_WORDS_MAX])
{
    const char *at = from->body, *end = NULL;
    const char *text = find_key(from, key, &at, &end);
    size_t count = 0;
    assert_non_null(text);
    assert_true((size_t)(end - text) < 256);
    memcpy(room, text, (size_t)(end - text));
    room[end - text] = '\0';
    char *rest = NULL;
    for (char *word = strtok_r(room, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        assert_true(count < EXAMPLE_WORDS_MAX);
        words[count++] = word;
    }
    return count;
}

size_t example_bytes(const example *from, const char *key, uint8_t bytes[EXAMPLE_BYTES_MAX])
{
    const char *at = from->body, *end = NULL, *text = NULL;
    size_t count = 0;
    while ((text = find_key(from, key, &at, &end)) != NULL) {
        while (text < end) {
            if (*text == ' ') {
                text++;
                continue;
            }
            char pair[3] = {text[0], text[1], '\0'};
            if (!isxdigit((unsigned char)pair[0]) || !isxdigit((unsigned char)pair[1])) {
                fail_msg("docs/format.md:%d: '%s' is no byte", from->line, pair);
            }
            assert_true(count < EXAMPLE_BYTES_MAX);
            bytes[count++] = (uint8_t)strtoul(pair, NULL, 16);
            text += 2;
        }
    }
    return count;
}

void example_expect(const example *from, const uint8_t *expected, size_t expected_size,
                    const uint8_t *got, size_t got_size)
{
    if (expected_size == got_size && (got_size == 0 || memcmp(expected, got, got_size) == 0)) {
        return;
    }
    print_error("docs/format.md:%d: example %s; the bytes are\n", from->line, from->kind);
    for (size_t i = 0; i < got_size; i++) {
        print_error("%02X%s", got[i], i % 16 == 15 || i + 1 == got_size ? "\n" : " ");
    }
    fail();
}

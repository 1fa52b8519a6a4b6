/* SPDX-License-Identifier: Apache-2.0 */
/* The worked examples of docs/format.md: fenced blocks whose first line is ```example KIND.
 *
 *   ```example block
 *   base: 5
 *   docs: 7 9 12
 *   bytes: 04 01    comments begin with two spaces and a letter, or a semicolon
 *   ``` */
#ifndef FORMAT_EXAMPLE_H
#define FORMAT_EXAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXAMPLE_NUMBERS_MAX = 512, EXAMPLE_BYTES_MAX = 8192, EXAMPLE_WORDS_MAX = 16 };

typedef struct example {
    char kind[32];
    int line; /* of its first line in the document */
    const char *body, *end;
} example;

/** The document, to be released with free(). */
char *example_document(void);
/** The next example behind `*at`, which moves behind it. @return false when there is none */
bool example_next(const char *document, const char **at, example *out);
/** Numbers behind "key:", decimal or 0x…; the test fails without the key. */
size_t example_numbers(const example *from, const char *key, uint64_t numbers[EXAMPLE_NUMBERS_MAX]);
uint64_t example_number(const example *from, const char *key);
/** Words behind "key:", separated by spaces; pointers live with `room`. */
size_t example_words(const example *from, const char *key, char room[256],
                     const char *words[EXAMPLE_WORDS_MAX]);
/** Hex bytes of all lines "key:" one after the other. */
size_t example_bytes(const example *from, const char *key, uint8_t bytes[EXAMPLE_BYTES_MAX]);
/** Fails, saying in which line, and printing what the bytes are, unless both are the same. */
void example_expect(const example *from, const uint8_t *expected, size_t expected_size,
                    const uint8_t *got, size_t got_size);

#endif

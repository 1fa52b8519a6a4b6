/* SPDX-License-Identifier: Apache-2.0 */
#include "text/number.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bytes of a separator at p that digits follow; 0 when there is none. */
static size_t separator_at(nuncio_str word, size_t p)
{
    size_t size = 0;
    if (p < word.size && (word.data[p] == '.' || word.data[p] == ',' || word.data[p] == '\'')) {
        size = 1;
    } else if (p + 3 < word.size && word.data[p] == '\xe2' && word.data[p + 1] == '\x80' &&
               word.data[p + 2] == '\x99') {
        size = 3;
    }
    return size != 0 && p + size < word.size && is_digit(word.data[p + size]) ? size : 0;
}

static size_t digits_at(nuncio_str word, size_t p)
{
    size_t count = 0;
    while (p + count < word.size && is_digit(word.data[p + count])) {
        count++;
    }
    return count;
}

/* How many separators from the first on stand before groups of three digits and are the same sign;
 * *separators counts all. */
static size_t count_groups(nuncio_str word, size_t *separators)
{
    size_t p = digits_at(word, 0), size, groups = 0;
    bool grouped = p <= 3 && !(p == 1 && word.data[0] == '0');
    char sign = p < word.size ? word.data[p] : '\0';
    for (*separators = 0; (size = separator_at(word, p)) != 0; ++*separators) {
        size_t digits = digits_at(word, p + size);
        grouped = grouped && word.data[p] == sign && digits == 3;
        groups += grouped;
        p += size + digits;
    }
    return groups;
}

size_t nn_number_fold(nuncio_str word, nn_buffer *out)
{
    size_t separators, groups = count_groups(word, &separators);
    if (separators > groups + 1) {
        groups = 0; /* neither a number of thousands nor one with a fraction: a date, a version */
    }
    size_t p = 0;
    for (size_t i = 0;; i++) {
        size_t digits = digits_at(word, p);
        nn_buffer_append(out, word.data + p, digits);
        p += digits;
        size_t size = separator_at(word, p);
        if (size == 0) {
            return p;
        }
        if (i >= groups) {
            nn_buffer_append_u8(out, '.');
        }
        p += size;
    }
}

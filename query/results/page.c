/* SPDX-License-Identifier: Apache-2.0 */
#include "query/results/page.h"

#include "core/assert.h"
#include "core/bits.h"
#include "core/hash.h"
#include "core/str.h"
#include "query/names/overrides.h"

#include <inttypes.h>
#include <string.h>

#define MARK "n1"
enum { NUMBERS = 7, DIGITS_MAX = 16, MARK_SIZE = sizeof MARK - 1 };
NN_STATIC_ASSERT(MARK_SIZE + NUMBERS * (1 + DIGITS_MAX) <= NN_PAGE_TOKEN_MAX, "a token has room");

uint64_t nn_page_fingerprint(nuncio_str explain, const nuncio_search_options *options)
{
    uint8_t shape[28];
    uint64_t overrides = options->overrides == NULL ? 0 : options->overrides->hash;
    memcpy(shape, &options->k1, 8);
    memcpy(shape + 8, &options->b, 8);
    shape[16] = (uint8_t)options->by;
    shape[17] = (uint8_t)options->scope;
    shape[18] = options->direct_only;
    shape[19] = (uint8_t)options->variants;
    memcpy(shape + 20, &overrides, 8);
    return nn_hash64(explain.data, explain.size, nn_hash64(shape, sizeof shape, 0));
}

/* Appends "-" and a number, without leading zeros. */
static char *print_number(char *to, uint64_t number)
{
    static const char digits[] = "0123456789abcdef";
    *to++ = '-';
    for (uint32_t left = number == 0 ? 1 : (nn_bit_width64(number) + 3) / 4; left > 0; left--) {
        *to++ = digits[number >> (left - 1) * 4 & 15];
    }
    return to;
}

size_t nn_page_write(char to[NN_PAGE_TOKEN_MAX], uint64_t generation, uint64_t fingerprint,
                     const nn_candidate *last, uint32_t rank)
{
    uint64_t score;
    memcpy(&score, &last->score, sizeof score);
    const uint64_t numbers[NUMBERS] = {generation,    fingerprint, score,      last->part,
                                       last->passage, rank,        last->exact};
    memcpy(to, MARK, MARK_SIZE);
    char *end = to + MARK_SIZE;
    for (uint32_t i = 0; i < NUMBERS; i++) {
        end = print_number(end, numbers[i]);
    }
    return (size_t)(end - to);
}

/* Reads "-" and 1 … DIGITS_MAX lower case hexadecimal digits. */
static bool read_number(nuncio_str *text, uint64_t *out)
{
    if (text->size < 2 || text->data[0] != '-') {
        return false;
    }
    size_t i = 1;
    *out = 0;
    for (; i < text->size && text->data[i] != '-'; i++) {
        char c = text->data[i];
        bool digit = c >= '0' && c <= '9';
        if ((!digit && !(c >= 'a' && c <= 'f')) || i > DIGITS_MAX) {
            return false;
        }
        *out = *out << 4 | (uint64_t)(digit ? c - '0' : c - 'a' + 10);
    }
    *text = nn_str(text->data + i, text->size - i);
    return i > 1;
}

static nuncio_status malformed(nn_run *run, const char *why)
{
    return nn_error_set(run->error, NUNCIO_ERR_ARGUMENT, "`after` %s", why);
}

/* How many units of the kind that is ranked there are. */
static uint64_t count_of(const nn_run *run, const nn_segment *segment)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    return run->by_quote ? info->quote_count : info->passage_count;
}

nuncio_status nn_page_read(nn_run *run, nuncio_str token, uint64_t fingerprint, nn_candidate *out,
                           uint32_t *rank)
{
    uint64_t numbers[NUMBERS];
    bool good = nn_str_starts_with(token, nn_str_of(MARK));
    nuncio_str rest = good ? nn_str(token.data + MARK_SIZE, token.size - MARK_SIZE) : token;
    for (uint32_t i = 0; i < NUMBERS && good; i++) {
        good = read_number(&rest, &numbers[i]);
    }
    if (!good || rest.size > 0 || numbers[5] > UINT32_MAX || numbers[6] > UINT32_MAX) {
        return malformed(run, "is not what a search returned");
    }
    uint64_t generation = run->snapshot->manifest.generation;
    if (numbers[0] != generation) {
        return nn_error_set(run->error, NUNCIO_ERR_GENERATION,
                            "`after` is of commit %" PRIu64 ", the index is at %" PRIu64
                            ": start again from the first page",
                            numbers[0], generation);
    }
    if (numbers[1] != fingerprint) {
        return malformed(run, "is of another search");
    }
    if (numbers[3] >= run->snapshot->part_count ||
        numbers[4] >= count_of(run, run->snapshot->parts[numbers[3]].segment)) {
        return malformed(run, "names a hit that is not there");
    }
    *out = (nn_candidate){.part = (uint32_t)numbers[3], .passage = (uint32_t)numbers[4]};
    memcpy(&out->score, &numbers[2], sizeof out->score);
    *rank = (uint32_t)numbers[5];
    out->exact = (uint32_t)numbers[6];
    if (!(out->score >= 0.0)) {
        return malformed(run, "is not what a search returned");
    }
    return NUNCIO_OK;
}

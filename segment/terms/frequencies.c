/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/frequencies.h"

#include "core/cpu.h"
#include "segment/codes/ones.h"
#include "segment/codes/rice.h"
#include "segment/files/format.h"

#include <string.h>

#if NN_CPU_HAS_WIDE
#include <immintrin.h>
#endif

/** The postings that occur more than once: gaps between them, frequencies less 2. */
typedef struct repeats {
    uint32_t count, width, size; /* width of the gaps' low parts; bytes of all */
    uint32_t gaps[NN_REPEATS_MAX], rests[NN_REPEATS_MAX];
} repeats;

/** @return false when there are too many, or in too many bytes */
static bool find_repeats(const uint32_t *tfs, uint32_t count, repeats *out)
{
    uint64_t unary = 0;
    out->count = 0;
    for (uint32_t i = 0, next = 0; i < count; i++) {
        if (tfs[i] > 1) {
            if (out->count == NN_REPEATS_MAX) {
                return false;
            }
            out->gaps[out->count] = i - next;
            out->rests[out->count++] = tfs[i] - 2;
            next = i + 1;
        }
    }
    out->width = nn_rice_width(count, out->count);
    for (uint32_t k = 0; k < out->count; k++) {
        unary += (out->gaps[k] >> out->width) + 1 + out->rests[k] + 1;
    }
    out->size = 1 + (uint32_t)(nn_bytes_of_bits(unary) +
                               nn_bytes_of_bits((uint64_t)out->count * out->width));
    return unary <= (uint64_t)NN_ONES_BYTES_MAX * 8;
}

static void write_repeats(nn_buffer *out, const repeats *from)
{
    nn_bit_writer bits;
    nn_buffer_append_u8(out, (uint8_t)(NN_REPEATS_HEAD + from->count));
    if (!nn_bits_begin(&bits, out, (uint64_t)NN_ONES_BYTES_MAX * 8)) {
        return;
    }
    for (uint32_t k = 0; k < from->count; k++) {
        nn_bits_put_unary(&bits, from->gaps[k] >> from->width);
    }
    for (uint32_t k = 0; k < from->count; k++) {
        nn_bits_put_unary(&bits, from->rests[k]);
    }
    nn_bits_finish(&bits);
    nn_pack(out, from->gaps, from->count, from->width);
}

/** True when no numbers could be smaller: those with a bit or more each have as many bits, others
 * tell places and high parts of exceptions. */
static bool surely_smallest(const repeats *found, uint32_t count)
{
    return found->size <= 1 + count / 8 && (found->count == 0 || found->size <= 4 + found->count);
}

void nn_tfs_write(nn_buffer *out, const uint32_t *tfs, uint32_t count)
{
    uint32_t numbers[NN_PACK_COUNT] = {0};
    repeats found;
    bool few = find_repeats(tfs, count, &found);
    if (few && surely_smallest(&found, count)) {
        write_repeats(out, &found);
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = tfs[i] - 1;
    }
    nn_numbers_plan plan = nn_numbers_plan_of(numbers, count);
    if (few && found.size <= plan.size) {
        write_repeats(out, &found);
    } else {
        nn_numbers_write(out, numbers, count, &plan);
    }
}

/* What is read of repeats: where their 1 bits stand, those of gaps, then those of frequencies;
 * places[-1] is the one before the first. */
typedef struct repeats_read {
    const uint16_t *places;
    const uint8_t *low; /* parts of the gaps */
    uint32_t found, width;
} repeats_read;

/* The frequency of repeat `k`, at most 2^16 - 1. */
static inline uint32_t tf_of(const repeats_read *read, uint32_t k)
{
    const uint16_t *ends = read->places + read->found + k;
    return (uint16_t)(1U + ends[0] - ends[-1]);
}

/* One after the other. @return false when one is behind the last posting, or too high */
static bool place_each(const repeats_read *read, uint32_t count, uint32_t *tfs)
{
    uint32_t at = 0;
    for (uint32_t k = 0, bit = 0; k < read->found; k++, bit += read->width) {
        const uint16_t *place = read->places + k;
        uint32_t high = (uint16_t)(place[0] - place[-1] - 1);
        at += (high << read->width) + (uint32_t)nn_bits_get(read->low, bit, read->width);
        uint32_t tf = tf_of(read, k);
        if (at >= count || tf > NN_POSITIONS_MAX) {
            return false;
        }
        tfs[at++] = tf;
    }
    return true;
}

#if NN_CPU_HAS_WIDE
typedef uint16_t place_row __attribute__((vector_size(16)));

enum { REPEATS_FEW = 12 /* are placed one after the other */ };

/* Stores frequencies at places, which ascend. */
static inline bool store(const repeats_read *read, uint32_t count, const uint16_t *places,
                         uint32_t *tfs)
{
    uint32_t any = 0;
    if (places[read->found - 1] >= count) {
        return false;
    }
    for (uint32_t k = 0; k < read->found; k++) {
        uint32_t tf = tf_of(read, k);
        tfs[places[k]] = tf;
        any |= tf;
    }
    return any <= NN_POSITIONS_MAX;
}

/* All places first, eight a step: before a repeat stand those before it, its 0 bits and theirs,
 * times the power of the width, and the sum of low parts, which is below 128 (nn_rice_width). */
NN_WIDE static bool place_many(const repeats_read *read, uint32_t count, uint32_t *tfs)
{
    uint16_t places[NN_REPEATS_MAX + 1];
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t mask = ones * ((UINT64_C(1) << read->width) - 1);
    const place_row eight = {8, 8, 8, 8, 8, 8, 8, 8};
    place_row index = {0, 1, 2, 3, 4, 5, 6, 7};
    uint32_t last = read->found - 1, before = 0, k = 0;
    const uint8_t *low = read->low;
    if (read->places[last] - last >= NN_PACK_COUNT) { /* so many 0 bits: it is behind any */
        return false;
    }
    do {
        uint64_t sums = _pdep_u64(nn_load_u64(low), mask) * ones;
        place_row ends, row = (place_row)_mm_cvtepu8_epi16(_mm_cvtsi64_si128((int64_t)sums));
        memcpy(&ends, read->places + k, sizeof ends);
        row += ((ends - index) << read->width) + index + (uint16_t)before;
        memcpy(places + k, &row, sizeof row);
        before += (uint32_t)(sums >> 56);
        index += eight;
        low += read->width;
        k += 8;
    } while (k < read->found);
    return store(read, count, places, tfs);
}
#endif

static bool place(const repeats_read *read, uint32_t count, uint32_t *tfs)
{
#if NN_CPU_HAS_WIDE
    if (read->width == 0) { /* the bits of the gaps are the postings */
        return store(read, count, read->places, tfs);
    }
    if (read->found > REPEATS_FEW && nn_cpu_is_wide()) {
        return place_many(read, count, tfs);
    }
#endif
    return place_each(read, count, tfs);
}

typedef bool place_repeats(const repeats_read *read, uint32_t count, uint32_t *tfs);

static inline const uint8_t *read_repeats(const uint8_t *from, const uint8_t *end, uint32_t count,
                                          uint32_t *tfs, place_repeats *place_all)
{
    uint16_t room[1 + 2 * NN_REPEATS_MAX + NN_ONES_ROOM];
    uint32_t found = *from++ - (uint32_t)NN_REPEATS_HEAD;
    repeats_read read = {.places = room + 1, .found = found, .width = nn_rice_width(count, found)};
    room[0] = UINT16_MAX;                          /* the place before the first, modulo 2^16 */
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) { /* a fixed number, in few steps */
        tfs[i] = 1;
    }
    if (found == 0) {
        return from;
    }
    read.low = nn_ones_find(from, end, 2 * found, room + 1);
    uint32_t low_size = (found * read.width + 7) / 8;
    if (read.low == NULL || (size_t)(end - read.low) < low_size) {
        return NULL;
    }
    return place_all(&read, count, tfs) ? read.low + low_size : NULL;
}

static const uint8_t *read_numbers(const uint8_t *from, const uint8_t *end, uint32_t count,
                                   uint32_t *tfs)
{
    uint64_t below = 0;
    const uint8_t *rest = nn_numbers_read(from, end, count, tfs, &below);
    if (rest == NULL || below > UINT32_MAX) { /* none is 2^32 - 1, so that 1 can be added */
        return NULL;
    }
    if (count == NN_PACK_COUNT) {
        return nn_increment128(tfs) <= NN_POSITIONS_MAX ? rest : NULL;
    }
    uint32_t highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        tfs[i]++;
        highest |= tfs[i];
    }
    return highest <= NN_POSITIONS_MAX ? rest : NULL;
}

const uint8_t *nn_tfs_read(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t *tfs)
{
    return from < end && *from >= NN_REPEATS_HEAD ? read_repeats(from, end, count, tfs, place)
                                                  : read_numbers(from, end, count, tfs);
}

const uint8_t *nn_tfs_read_portable(const uint8_t *from, const uint8_t *end, uint32_t count,
                                    uint32_t *tfs)
{
    return from < end && *from >= NN_REPEATS_HEAD ? read_repeats(from, end, count, tfs, place_each)
                                                  : read_numbers(from, end, count, tfs);
}

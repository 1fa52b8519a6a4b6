/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/frequencies.h"

#include "segment/codes/ones.h"
#include "segment/codes/rice.h"
#include "segment/files/format.h"

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

static const uint8_t *read_repeats(const uint8_t *from, const uint8_t *end, uint32_t count,
                                   uint32_t found, uint32_t *tfs)
{
    uint16_t room[1 + 2 * NN_REPEATS_MAX + NN_ONES_ROOM];
    uint16_t *places = room + 1;
    room[0] = UINT16_MAX;                          /* the place before the first, modulo 2^16 */
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) { /* a fixed number, in few steps */
        tfs[i] = 1;
    }
    if (found == 0) {
        return from;
    }
    const uint8_t *low = nn_ones_find(from, end, 2 * found, places);
    uint32_t width = nn_rice_width(count, found), at = 0;
    uint32_t low_size = (found * width + 7) / 8;
    if (low == NULL || (size_t)(end - low) < low_size) {
        return NULL;
    }
    const uint16_t *rests = places + found;
    for (uint32_t k = 0, bit = 0; k < found; k++, bit += width) {
        uint32_t high = (uint16_t)(places[k] - places[(int)k - 1] - 1);
        at += (high << width) + (uint32_t)nn_bits_get(low, bit, width);
        uint32_t tf = 1U + rests[k] - rests[(int)k - 1];
        if (at >= count || tf > NN_POSITIONS_MAX) {
            return NULL;
        }
        tfs[at++] = tf;
    }
    return low + low_size;
}

const uint8_t *nn_tfs_read(const uint8_t *from, const uint8_t *end, uint32_t count, uint32_t *tfs)
{
    if (from < end && *from >= NN_REPEATS_HEAD) {
        return read_repeats(from + 1, end, count, *from - (uint32_t)NN_REPEATS_HEAD, tfs);
    }
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

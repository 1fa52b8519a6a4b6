/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/block.h"

#include "core/slice.h"
#include "segment/codes/ones.h"
#include "segment/codes/rice.h"
#include "segment/files/format.h"

static void write_few(nn_buffer *out, uint32_t base, const uint32_t *docs, const uint32_t *tfs,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        nn_buffer_append_varint(out, (uint64_t)(docs[i] - base) << 1 | (tfs[i] > 1));
        if (tfs[i] > 1) {
            nn_buffer_append_varint(out, tfs[i] - 2);
        }
        base = docs[i] + 1;
    }
}

/** Writes 128 documents as a set where that is worth its size. */
static bool write_set(nn_buffer *out, const uint32_t *docs, uint32_t base, uint32_t packed_size)
{
    uint32_t span = docs[NN_PACK_COUNT - 1] - base; /* bits less one */
    uint32_t size = span / 8 + 1;
    if (size > UINT8_MAX || (2 + size) * 4 > packed_size * 5) {
        return false;
    }
    uint8_t bits[UINT8_MAX] = {0};
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
        uint32_t bit = docs[i] - base;
        bits[bit / 8] |= (uint8_t)(1U << (bit % 8));
    }
    nn_buffer_append_u8(out, NN_BLOCK_SET);
    nn_buffer_append_u8(out, (uint8_t)size);
    nn_buffer_append(out, bits, size);
    return true;
}

void nn_block_write(nn_buffer *out, uint32_t base, const uint32_t *docs, const uint32_t *tfs,
                    uint32_t count)
{
    if (count < NN_BLOCK_FEW) {
        write_few(out, base, docs, tfs, count);
        return;
    }
    uint32_t numbers[NN_PACK_COUNT];
    for (uint32_t i = 0, next = base; i < count; next = docs[i++] + 1) {
        numbers[i] = docs[i] - next;
    }
    nn_pfor_plan packed = nn_pfor_plan_of(numbers, count);
    if (count < NN_PACK_COUNT || !write_set(out, docs, base, packed.size)) {
        nn_numbers_plan plan = nn_numbers_plan_beside(packed, numbers, count);
        nn_numbers_write(out, numbers, count, &plan);
    }
    nn_tfs_write(out, tfs, count);
}

static const uint8_t *read_few(const uint8_t *from, const uint8_t *end, uint32_t base,
                               uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs)
{
    nn_slice slice = nn_slice_of(from, (size_t)(end - from));
    for (uint32_t i = 0; i < count; i++) {
        uint64_t head = nn_slice_varint(&slice);
        uint64_t tf = (head & 1) != 0 ? nn_slice_varint(&slice) + 2 : 1;
        uint64_t doc = base + (head >> 1);
        if (slice.failed || doc >= limit || tf > NN_POSITIONS_MAX) {
            return NULL;
        }
        docs[i] = (uint32_t)doc;
        tfs[i] = (uint32_t)tf;
        base = docs[i] + 1;
    }
    return slice.data;
}

/** True when the sums stay below `limit` without wrapping; gaps add up to less than `below`. */
static bool docs_ascend(const uint32_t *docs, uint32_t base, uint32_t limit, uint32_t count,
                        uint64_t below)
{
    if (below + count <= UINT32_MAX) { /* with the steps between less than once round */
        return docs[count - 1] >= base && docs[count - 1] < limit;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (docs[i] < base || docs[i] >= limit) {
            return false;
        }
        base = docs[i] + 1;
    }
    return true;
}

static const uint8_t *read_packed(const uint8_t *from, const uint8_t *end, uint32_t base,
                                  uint32_t limit, uint32_t count, uint32_t *docs)
{
    uint64_t below = 0;
    const uint8_t *rest = nn_sums_read(from, end, count, base, docs, &below);
    if (rest == NULL) {
        return NULL;
    }
    return docs_ascend(docs, base, limit, count, below) ? rest : NULL;
}

/** Notes a set; false where its last byte is 0 or its last document does not exist. */
static bool note_set(const uint8_t *bits, uint32_t size, uint32_t base, uint32_t limit,
                     nn_block_docs *out)
{
    uint32_t bit = (size - 1) * 8 + nn_bit_width64(bits[size - 1]) - 1;
    if (bits[size - 1] == 0 || base >= limit || bit >= limit - base) {
        return false;
    }
    out->bits = bits;
    out->size = size;
    out->last = base + bit;
    return true;
}

static const uint8_t *read_set(const uint8_t *from, const uint8_t *end, uint32_t base,
                               uint32_t limit, nn_block_docs *out)
{
    if (end - from < 2 || end - from < 2 + from[1] || from[1] == 0) {
        return NULL;
    }
    return note_set(from + 2, from[1], base, limit, out) ? out->bits + out->size : NULL;
}

/** Documents of which hardly one is left out: gaps in unary are their set. */
static const uint8_t *read_runs(const uint8_t *from, const uint8_t *end, uint32_t base,
                                uint32_t limit, uint32_t *room, nn_block_docs *out)
{
    uint32_t size = 0;
    const uint8_t *rest = nn_pfor_read_unary(from, end, (uint8_t *)room, &size);
    return rest != NULL && note_set((uint8_t *)room, size, base, limit, out) ? rest : NULL;
}

bool nn_block_unpack_set(const nn_block_docs *set, uint32_t base, uint32_t *docs)
{
    uint16_t places[NN_PACK_COUNT + NN_ONES_ROOM];
    const uint8_t *end = set->bits + set->size;
    if (nn_ones_find(set->bits, end, NN_PACK_COUNT, places) != end) {
        return false;
    }
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
        docs[i] = base + places[i];
    }
    return true;
}

const uint8_t *nn_block_read_docs(const uint8_t *from, const uint8_t *end, uint32_t base,
                                  uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs,
                                  nn_block_docs *out)
{
    *out = (nn_block_docs){.few = count < NN_BLOCK_FEW};
    const uint8_t *rest = NULL;
    if (count == NN_PACK_COUNT && from < end && from[0] == NN_BLOCK_SET) {
        return read_set(from, end, base, limit, out);
    }
    if (count == NN_PACK_COUNT) {
        rest = read_runs(from, end, base, limit, docs, out);
    }
    if (rest != NULL) {
        return rest;
    }
    rest = out->few ? read_few(from, end, base, limit, count, docs, tfs)
                    : read_packed(from, end, base, limit, count, docs);
    out->last = rest == NULL ? 0 : docs[count - 1];
    return rest;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/block.h"

#include "core/slice.h"
#include "segment/format.h"

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

void nn_block_write(nn_buffer *out, uint32_t base, const uint32_t *docs, const uint32_t *tfs,
                    uint32_t count)
{
    if (count < NN_BLOCK_FEW) {
        write_few(out, base, docs, tfs, count);
        return;
    }
    uint32_t numbers[NN_PACK_COUNT];
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = docs[i] - base;
        base = docs[i] + 1;
    }
    nn_pfor_write(out, numbers, count);
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] = tfs[i] - 1;
    }
    nn_pfor_write(out, numbers, count);
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

/** True when the sums stay below `limit` without wrapping. */
static bool docs_ascend(const uint32_t *docs, uint32_t base, uint32_t limit, uint32_t count,
                        uint32_t gap_width)
{
    if (gap_width < 24) { /* 128 gaps below 2^24 and 128 steps add up to less than 2^32 */
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

const uint8_t *nn_block_read_docs(const uint8_t *from, const uint8_t *end, uint32_t base,
                                  uint32_t limit, uint32_t count, uint32_t *docs, uint32_t *tfs,
                                  bool *few)
{
    *few = count < NN_BLOCK_FEW;
    if (*few) {
        return read_few(from, end, base, limit, count, docs, tfs);
    }
    uint32_t width = 0;
    const uint8_t *rest = nn_pfor_read(from, end, count, docs, &width);
    if (rest == NULL) {
        return NULL;
    }
    if (count == NN_PACK_COUNT) {
        nn_sum_gaps128(docs, base);
    } else {
        uint32_t next = base;
        for (uint32_t i = 0; i < count; i++) {
            docs[i] += next;
            next = docs[i] + 1;
        }
    }
    return docs_ascend(docs, base, limit, count, width) ? rest : NULL;
}

const uint8_t *nn_block_read_tfs(const uint8_t *from, const uint8_t *end, uint32_t count,
                                 uint32_t *tfs)
{
    uint32_t width = 0;
    const uint8_t *rest = nn_pfor_read(from, end, count, tfs, &width);
    if (rest == NULL || width > 8) {
        return NULL;
    }
    uint32_t highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        tfs[i]++;
        highest |= tfs[i];
    }
    return highest <= NN_POSITIONS_MAX ? rest : NULL;
}

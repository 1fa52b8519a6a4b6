/* SPDX-License-Identifier: Apache-2.0 */
#include "export.h"

#include <math.h>
#include <string.h>

#include "annotate/names/name_model.h"
#include "core/hash.h"

/* Binary places behind the point. */
enum { ROW_BITS = 6, WINDOW_BITS = 11, ACTIVE_BITS = 9, UPPER_BITS = 9, OUT_BITS = 8 };
enum { SCORE_BITS = ACTIVE_BITS + OUT_BITS };

static void put(exported *out, const void *bytes, size_t size)
{
    grow(&out->bytes, &out->capacity, out->size + size, 1);
    memcpy(out->bytes + out->size, bytes, size);
    out->size += size;
}

static void put_u8(exported *out, uint32_t x)
{
    uint8_t byte = (uint8_t)x;
    put(out, &byte, 1);
}

static void put_u16(exported *out, uint32_t x)
{
    uint8_t bytes[2];
    nn_store_u16(bytes, (uint16_t)x);
    put(out, bytes, sizeof bytes);
}

static void put_u32(exported *out, uint32_t x)
{
    uint8_t bytes[4];
    nn_store_u32(bytes, x);
    put(out, bytes, sizeof bytes);
}

static void put_u64(exported *out, uint64_t x)
{
    put_u32(out, (uint32_t)x);
    put_u32(out, (uint32_t)(x >> 32));
}

static long fixed(float x, int bits, long limit)
{
    long whole = lrintf(ldexpf(x, bits));
    return whole > limit ? limit : whole < -limit ? -limit : whole;
}

static void put_i16s(exported *out, const tensor *t, int bits)
{
    for (size_t i = 0; i < t->size; i++) {
        put_u16(out, (uint32_t)fixed(t->value[i], bits, INT16_MAX));
    }
}

static void put_i32s(exported *out, const tensor *t, int bits)
{
    for (size_t i = 0; i < t->size; i++) {
        put_u32(out, (uint32_t)fixed(t->value[i], bits, NN_MODEL_SCORE_MAX));
    }
}

static void put_header(exported *out, const net *n, uint32_t words, nn_name_table vocabulary,
                       nn_name_table known)
{
    put(out, "nuncioNM", 8);
    put_u32(out, NN_MODEL_VERSION);
    put_u32(out, 0);
    put_u64(out, 0); /* size and checksum: once the rest is there */
    put_u64(out, 0);
    put_u32(out, words);
    put_u32(out, (uint32_t)n->row_count);
    put_u32(out, vocabulary.mask + 1);
    put_u32(out, known.mask + 1);
    put_u16(out, ROW);
    put_u16(out, HIDDEN);
    put_u16(out, UPPER);
    put_u8(out, REACH);
    put_u8(out, 1);
    put_u8(out, ROW_BITS + WINDOW_BITS - ACTIVE_BITS);
    put_u8(out, ACTIVE_BITS + UPPER_BITS - ACTIVE_BITS);
    put_u8(out, NN_MARK_COUNT);
    put_u8(out, NN_NAME_TAGS);
    put_u32(out, 0);
}

exported export_model(const net *n, uint32_t words, nn_name_table vocabulary, nn_name_table known)
{
    exported out = {0};
    put_header(&out, n, words, vocabulary, known);
    put(&out, vocabulary.slots, ((size_t)vocabulary.mask + 1) * NN_NAME_SLOT);
    put(&out, known.slots, ((size_t)known.mask + 1) * NN_NAME_SLOT);
    for (size_t i = 0; i < n->rows.size; i++) {
        put_u8(&out, (uint32_t)fixed(n->rows.value[i], ROW_BITS, INT8_MAX));
    }
    put_i16s(&out, &n->window, WINDOW_BITS);
    put_i16s(&out, &n->marks, ACTIVE_BITS);
    put_i16s(&out, &n->hidden_bias, ACTIVE_BITS);
    put_i16s(&out, &n->upper, UPPER_BITS);
    put_i32s(&out, &n->upper_bias, ACTIVE_BITS + UPPER_BITS);
    put_i16s(&out, &n->out, OUT_BITS);
    put_i32s(&out, &n->out_bias, SCORE_BITS);
    put_i32s(&out, &n->chain, SCORE_BITS);
    nn_store_u64(out.bytes + 16, out.size);
    nn_store_u64(out.bytes + 24, nn_hash64(out.bytes + 32, out.size - 32, 0));
    return out;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "small_model.h"

#include "core/bits.h"
#include "core/hash.h"

#include <string.h>

typedef struct filler {
    nn_buffer *out;
    const uint8_t *fill;
    size_t size, at;
    int32_t scale;
} filler;

static uint8_t next_byte(filler *f)
{
    if (f->size == 0) {
        return 0;
    }
    f->at = f->at + 1 < f->size ? f->at + 1 : 0;
    return f->fill[f->at];
}

static void put_u16(nn_buffer *out, uint32_t value)
{
    nn_buffer_append_u8(out, (uint8_t)value);
    nn_buffer_append_u8(out, (uint8_t)(value >> 8));
}

static int32_t next_weight(filler *f)
{
    return (int8_t)next_byte(f) * f->scale;
}

static void put_weights(filler *f, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put_u16(f->out, (uint32_t)next_weight(f));
    }
}

static void put_wide(filler *f, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        nn_buffer_append_u32(f->out, (uint32_t)next_weight(f) * 64);
    }
}

static void put_table(filler *f, uint32_t slots, uint32_t limit)
{
    for (uint32_t i = 0; i < slots; i++) {
        uint32_t key = next_byte(f), value = next_byte(f) * 257u;
        nn_buffer_append_u32(f->out, i % 2 == 0 ? 0 : key * 0x01010101u);
        put_u16(f->out, value % limit);
    }
}

small_model_shape small_model_smallest(void)
{
    return (small_model_shape){1, 16, 16, 16, 16, 16, 0, 1, 5, 8, 1};
}

void small_model_make(nn_buffer *out, const small_model_shape *s, const uint8_t *fill,
                      size_t fill_size)
{
    static const uint8_t zeros[16] = {0};
    filler f = {out, fill, fill_size, 0, s->scale};
    uint32_t rows = s->words + NN_ROWS_BEHIND_WORDS, windows = 2u * s->reach + 1;
    nn_buffer_append(out, "nuncioNM", 8);
    nn_buffer_append_u32(out, NN_MODEL_VERSION);
    nn_buffer_append(out, zeros, 4);
    nn_buffer_append(out, zeros, 16); /* size and checksum: when it is sealed */
    nn_buffer_append_u32(out, s->words);
    nn_buffer_append_u32(out, rows);
    nn_buffer_append_u32(out, s->vocabulary_slots);
    nn_buffer_append_u32(out, s->known_slots);
    put_u16(out, s->row_width);
    put_u16(out, s->hidden_width);
    put_u16(out, s->upper_width);
    const uint8_t small[6] = {s->reach,       s->inner_reach, s->form_shift,
                              s->upper_shift, NN_MARK_COUNT,  NN_NAME_TAGS};
    nn_buffer_append(out, small, sizeof small);
    nn_buffer_append(out, zeros, 4);
    put_table(&f, s->vocabulary_slots, s->words);
    put_table(&f, s->known_slots, UINT16_MAX);
    for (size_t i = 0; i < (size_t)rows * s->row_width; i++) {
        nn_buffer_append_u8(out, next_byte(&f));
    }
    put_weights(&f, (size_t)windows * s->row_width * s->hidden_width);
    put_weights(&f, (size_t)windows * (NN_MARK_COUNT + 1) * s->hidden_width);
    put_weights(&f, s->hidden_width);
    put_weights(&f, (size_t)4 * s->hidden_width * s->upper_width);
    put_wide(&f, s->upper_width);
    put_weights(&f, (size_t)s->upper_width * NN_NAME_LANES);
    put_wide(&f, NN_NAME_LANES);
    put_wide(&f, (size_t)NN_NAME_LANES * NN_NAME_LANES);
    if (!out->failed) {
        small_model_seal(out->data, out->size);
    }
}

void small_model_seal(uint8_t *bytes, size_t size)
{
    if (size < 32) {
        return;
    }
    nn_store_u64(bytes + 16, size);
    nn_store_u64(bytes + 24, nn_hash64(bytes + 32, size - 32, 0));
}

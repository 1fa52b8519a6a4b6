/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/name_model.h"

#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/slice.h"

#include <string.h>

enum { ALIGNMENT = 64 }; /* of arrays: no vector load then touches two cache lines */

static const char MAGIC[8] = {'n', 'u', 'n', 'c', 'i', 'o', 'N', 'M'};

static nuncio_status damaged(nuncio_error *error, const char *what)
{
    return nn_error_set(error, NUNCIO_ERR_MODEL, "names model is damaged: %s", what);
}

static uint32_t windows_of(const nn_name_model *m)
{
    return 2 * m->reach + 1;
}
static uint32_t inputs_of(const nn_name_model *m)
{
    return 2 * m->inner_reach + 2;
}

/** True for a width that the kernels can work with. */
static bool is_width(uint32_t width)
{
    return width >= 16 && width <= NN_MODEL_WIDTH_MAX && width % 16 == 0;
}

static bool is_slots(uint32_t slots)
{
    return slots >= 16 && slots <= (1u << 24) && (slots & (slots - 1)) == 0;
}

static nuncio_status read_header(nn_name_model *m, nn_slice *in, const uint8_t *bytes, size_t size,
                                 nuncio_error *error)
{
    if (size < NN_MODEL_HEADER || memcmp(bytes, MAGIC, sizeof MAGIC) != 0) {
        return nn_error_set(error, NUNCIO_ERR_MODEL, "not a names model: its first bytes differ");
    }
    (void)nn_slice_bytes(in, sizeof MAGIC);
    uint32_t version = nn_slice_u32(in);
    if (version != NN_MODEL_VERSION) {
        return nn_error_set(error, NUNCIO_ERR_MODEL,
                            "names model of version %u; this program reads version %d: use the "
                            "model that came with it",
                            version, NN_MODEL_VERSION);
    }
    uint32_t unused = nn_slice_u32(in);
    if (nn_slice_u64(in) != size) {
        return damaged(error, "it is not as long as it says");
    }
    if (nn_slice_u64(in) != nn_hash64(bytes + 32, size - 32, 0)) {
        return damaged(error, "its checksum differs");
    }
    m->words = nn_slice_u32(in);
    m->rows = nn_slice_u32(in);
    m->vocabulary.mask = nn_slice_u32(in) - 1;
    m->known.mask = nn_slice_u32(in) - 1;
    m->row_width = nn_slice_u16(in);
    m->hidden_width = nn_slice_u16(in);
    m->upper_width = nn_slice_u16(in);
    m->reach = nn_slice_u8(in);
    m->inner_reach = nn_slice_u8(in);
    m->form_shift = nn_slice_u8(in);
    m->upper_shift = nn_slice_u8(in);
    uint32_t marks = nn_slice_u8(in), tags = nn_slice_u8(in);
    unused |= nn_slice_u32(in);
    bool fits = unused == 0 && is_width(m->row_width) && is_width(m->hidden_width) &&
                is_width(m->upper_width) && m->reach <= NN_MODEL_REACH_MAX && m->inner_reach == 1 &&
                m->form_shift < 31 && m->upper_shift < 31 && marks == NN_MARK_COUNT &&
                tags == NN_NAME_TAGS && m->words >= 1 && m->words <= UINT16_MAX &&
                m->rows == m->words + NN_ROWS_BEHIND_WORDS && is_slots(m->vocabulary.mask + 1) &&
                is_slots(m->known.mask + 1);
    return fits ? NUNCIO_OK : damaged(error, "its header makes no sense");
}

/** A table whose look-ups end, and whose values are below a limit. */
static nuncio_status read_table(nn_name_table *table, nn_slice *in, uint32_t limit,
                                nuncio_error *error)
{
    size_t slots = (size_t)table->mask + 1;
    table->slots = nn_slice_bytes(in, slots * NN_NAME_SLOT);
    if (table->slots == NULL) {
        return damaged(error, "a table is cut off");
    }
    size_t taken = 0;
    for (size_t i = 0; i < slots; i++) {
        taken += nn_load_u32(table->slots + i * NN_NAME_SLOT) != 0;
        if (nn_load_u16(table->slots + i * NN_NAME_SLOT + 4) >= limit) {
            return damaged(error, "a table names a row that is not there");
        }
    }
    return taken < slots ? NUNCIO_OK : damaged(error, "a table is full");
}

/** Reads [groups][depth][width] numbers of 16 bits into pairs: [groups][depth / 2][width][2]. */
static void read_pairs(int16_t *to, const uint8_t *from, size_t groups, size_t depth, size_t width)
{
    for (size_t g = 0; g < groups; g++) {
        for (size_t k = 0; k < depth; k++) {
            for (size_t j = 0; j < width; j++) {
                size_t pair = (g * depth + k) / 2 * width + j;
                to[2 * pair + k % 2] = (int16_t)nn_load_u16(from);
                from += 2;
            }
        }
    }
}

static void read_i16(int16_t *to, const uint8_t *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = (int16_t)nn_load_u16(from + 2 * i);
    }
}

static void read_i32(int32_t *to, const uint8_t *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to[i] = (int32_t)nn_load_u32(from + 4 * i);
    }
}

/** True when no sum of `depth` products with inputs of at most `input` and a bias can leave
 * 32 bits, or `limit`. */
static bool is_bounded(const int16_t *pairs, const int32_t *bias, size_t depth, size_t width,
                       int64_t input, int64_t limit)
{
    for (size_t j = 0; j < width; j++) {
        int64_t sum = bias == NULL ? 0 : bias[j] < 0 ? -(int64_t)bias[j] : bias[j];
        for (size_t k = 0; k < depth; k++) {
            int64_t weight = pairs[2 * (k / 2 * width + j) + k % 2];
            sum += input * (weight < 0 ? -weight : weight);
        }
        if (sum > limit) {
            return false;
        }
    }
    return true;
}

static nuncio_status check_sums(const nn_name_model *m, nuncio_error *error)
{
    size_t part = (size_t)m->row_width * m->hidden_width;
    for (size_t o = 0; o < windows_of(m); o++) {
        if (!is_bounded(m->window + o * part, NULL, m->row_width, m->hidden_width,
                        (int64_t)NN_FORM_ROWS_MAX * 128, INT32_MAX)) {
            return damaged(error, "its first layer may overflow");
        }
    }
    size_t depth = (size_t)inputs_of(m) * m->hidden_width;
    bool fits = is_bounded(m->upper, m->upper_bias, depth, m->upper_width, NN_MODEL_ACTIVE_MAX,
                           INT32_MAX) &&
                is_bounded(m->out, m->out_bias, m->upper_width, NN_NAME_LANES, NN_MODEL_ACTIVE_MAX,
                           NN_MODEL_SCORE_MAX);
    for (size_t i = 0; i < (size_t)NN_NAME_LANES * NN_NAME_LANES; i++) {
        fits &= m->chain[i] <= NN_MODEL_SCORE_MAX && m->chain[i] >= -NN_MODEL_SCORE_MAX;
    }
    return fits ? NUNCIO_OK : damaged(error, "its upper layers may overflow");
}

/** Adds up the weights of a word's own h and of its pool, which are one vector where the article
 * has the word once. */
static nuncio_status find_alone(nn_name_model *m, nuncio_error *error)
{
    size_t part = (size_t)m->hidden_width * m->upper_width;
    const int16_t *own = m->upper + m->inner_reach * part;
    const int16_t *pool = m->upper + (inputs_of(m) - 1) * part;
    for (size_t i = 0; i < part; i++) {
        int32_t sum = own[i] + pool[i];
        if (sum > INT16_MAX || sum < INT16_MIN) {
            return damaged(error, "its upper layers may overflow");
        }
        m->alone[i] = (int16_t)sum;
    }
    return NUNCIO_OK;
}

/* Carves the arrays out of one block; the first call, without a block, only measures. */
static size_t lay_out(nn_name_model *m, uint8_t *block)
{
    size_t at = 0;
    struct {
        void **array;
        size_t bytes;
    } parts[] = {
        {(void **)&m->window, (size_t)windows_of(m) * m->row_width * m->hidden_width * 2},
        {(void **)&m->mark, (size_t)windows_of(m) * (NN_MARK_COUNT + 1) * m->hidden_width * 2},
        {(void **)&m->upper, (size_t)inputs_of(m) * m->hidden_width * m->upper_width * 2},
        {(void **)&m->alone, (size_t)m->hidden_width * m->upper_width * 2},
        {(void **)&m->out, (size_t)m->upper_width * NN_NAME_LANES * 2},
        {(void **)&m->hidden_bias, (size_t)m->hidden_width * 2},
        {(void **)&m->upper_bias, (size_t)m->upper_width * 4},
        {(void **)&m->out_bias, (size_t)NN_NAME_LANES * 4},
        {(void **)&m->chain, (size_t)NN_NAME_LANES * NN_NAME_LANES * 4},
        {(void **)&m->sieve, NN_NAME_SIEVE / 8},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (block != NULL) {
            *parts[i].array = block + at;
        }
        at += (parts[i].bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
    return at;
}

/** A word goes on with a name only where one has begun, and of its kind. */
static void forbid_steps(nn_name_model *m)
{
    for (uint32_t from = 0; from < NN_NAME_LANES; from++) {
        for (uint32_t to = 0; to < NN_NAME_LANES; to++) {
            bool goes_on = to > 0 && to % 2 == 0;
            bool fits = !goes_on || from == to || from + 1 == to;
            if (!fits || to >= NN_NAME_TAGS) {
                m->chain[from * NN_NAME_LANES + to] = NN_MODEL_IMPOSSIBLE;
            }
        }
    }
}

static void fill_sieve(nn_name_model *m)
{
    memset(m->sieve, 0, NN_NAME_SIEVE / 8);
    for (size_t i = 0; i <= m->known.mask; i++) {
        uint32_t bit = nn_name_sieve_bit(nn_load_u32(m->known.slots + i * NN_NAME_SLOT));
        m->sieve[bit / 64] |= UINT64_C(1) << bit % 64;
    }
    m->known.sieve = m->sieve;
}

static nuncio_status read_layers(nn_name_model *m, nn_slice *in, nuncio_error *error)
{
    size_t r = m->row_width, h = m->hidden_width, u = m->upper_width;
    m->row = (const int8_t *)nn_slice_bytes(in, (size_t)m->rows * r);
    const uint8_t *window = nn_slice_bytes(in, windows_of(m) * r * h * 2);
    const uint8_t *mark = nn_slice_bytes(in, (size_t)windows_of(m) * (NN_MARK_COUNT + 1) * h * 2);
    const uint8_t *hidden_bias = nn_slice_bytes(in, h * 2);
    const uint8_t *upper = nn_slice_bytes(in, inputs_of(m) * h * u * 2);
    const uint8_t *upper_bias = nn_slice_bytes(in, u * 4);
    const uint8_t *out = nn_slice_bytes(in, u * NN_NAME_LANES * 2);
    const uint8_t *out_bias = nn_slice_bytes(in, (size_t)NN_NAME_LANES * 4);
    const uint8_t *chain = nn_slice_bytes(in, (size_t)NN_NAME_LANES * NN_NAME_LANES * 4);
    if (in->failed || in->size != 0) {
        return damaged(error, "its layers do not fill it");
    }
    m->block_size = lay_out(m, NULL) + ALIGNMENT;
    m->block = nn_alloc(m->memory, m->block_size);
    if (m->block == NULL) {
        return nn_error_memory(error);
    }
    uint8_t *block = m->block;
    (void)lay_out(m, block + (ALIGNMENT - (uintptr_t)block % ALIGNMENT));
    read_pairs(m->window, window, windows_of(m), r, h);
    read_i16(m->mark, mark, (size_t)windows_of(m) * (NN_MARK_COUNT + 1) * h);
    read_i16(m->hidden_bias, hidden_bias, h);
    read_pairs(m->upper, upper, inputs_of(m), h, u);
    read_i32(m->upper_bias, upper_bias, u);
    read_pairs(m->out, out, 1, u, NN_NAME_LANES);
    read_i32(m->out_bias, out_bias, NN_NAME_LANES);
    read_i32(m->chain, chain, (size_t)NN_NAME_LANES * NN_NAME_LANES);
    NN_TRY(check_sums(m, error));
    forbid_steps(m);
    fill_sieve(m);
    return find_alone(m, error);
}

nuncio_status nn_name_model_open(nn_memory *memory, const uint8_t *bytes, size_t size,
                                 nn_name_model **out, nuncio_error *error)
{
    *out = NULL;
    nn_name_model *m = nn_alloc_array(memory, 1, sizeof *m);
    if (m == NULL) {
        return nn_error_memory(error);
    }
    m->memory = memory;
    nn_slice in = nn_slice_of(bytes, size);
    nuncio_status status = read_header(m, &in, bytes, size, error);
    if (status == NUNCIO_OK) {
        status = read_table(&m->vocabulary, &in, m->words, error);
    }
    if (status == NUNCIO_OK) {
        status = read_table(&m->known, &in, UINT16_MAX + 1, error);
    }
    if (status == NUNCIO_OK) {
        status = read_layers(m, &in, error);
    }
    if (status != NUNCIO_OK) {
        nn_name_model_close(m);
        return status;
    }
    *out = m;
    return NUNCIO_OK;
}

/** Says of which file the failure is. A missing one is no less a failure than a damaged one. */
static nuncio_status in_file(nuncio_status status, const char *path, nuncio_error *error)
{
    status = status == NUNCIO_ERR_NOT_FOUND ? NUNCIO_ERR_MODEL : status;
    if (status != NUNCIO_ERR_MODEL || error == NULL) {
        return status;
    }
    char message[sizeof error->message];
    memcpy(message, error->message, sizeof message);
    return nn_error_file(error, status, path, 0, "%s", message);
}

nuncio_status nn_name_model_load(nn_memory *memory, const nuncio_vfs *vfs, const char *path,
                                 nn_name_model **out, nuncio_error *error)
{
    nn_buffer file;
    *out = NULL;
    nn_buffer_init(&file, memory);
    nuncio_status status = nn_file_read_all(vfs, path, NN_MODEL_FILE_MAX, &file, error);
    if (status == NUNCIO_OK) {
        nuncio_str bytes = nn_buffer_str(&file);
        status = nn_name_model_open(memory, (const uint8_t *)bytes.data, bytes.size, out, error);
    }
    if (status != NUNCIO_OK) {
        nn_buffer_deinit(&file);
        return in_file(status, path, error);
    }
    (*out)->file = file;
    return NUNCIO_OK;
}

void nn_name_model_close(nn_name_model *model)
{
    if (model != NULL) {
        nn_memory *memory = model->memory;
        nn_release(memory, model->block, model->block_size);
        nn_buffer_deinit(&model->file);
        nn_release(memory, model, sizeof *model);
    }
}

/* name_model_default.S */
extern const char nn_name_model_default_begin[], nn_name_model_default_end[];

nuncio_str nn_name_model_default(void)
{
    const char *begin = nn_name_model_default_begin;
    return (nuncio_str){begin, (size_t)(nn_name_model_default_end - begin)};
}

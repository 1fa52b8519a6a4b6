/* SPDX-License-Identifier: Apache-2.0 */
/* Deleted articles of a segment (docs/format.md, "Deletes").
 *
 *   payload   = articles:u32 deleted:u32 deductions:u32 passages:u32
 *               tokens:u64 quotes:u64 quote_tokens:u64 mentions:u64 raw_text_bytes:u64
 *               bits: ceil(articles / 64) × u64       a set bit: the article is deleted
 *               deduction × deductions
 *   deduction = ordinals between the last one's and this:varint
 *               passages:varint  passages - articles:varint  quotes:varint */
#include "segment/files/deletes.h"

#include "core/bits.h"
#include "core/error.h"
#include "segment/files/file_name.h"
#include "segment/files/format.h"
#include "segment/files/sealed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    FIXED_SIZE = 56, /* bytes of the payload before the bits */
    ITEM_SIZE_MIN = 4
};

struct nn_deletes {
    nn_memory *memory;
    nn_deletes_info info;
    uint32_t article_count;
    uint64_t file_size;
    nn_hash128 file_hash;
    uint64_t *bits;        /* of articles */
    uint32_t *live_before; /* by word of `bits`: live articles before it */
    size_t words;
    nn_df_deduction *deductions;
    uint32_t deduction_count;
};

static size_t words_of(uint32_t article_count)
{
    return article_count / 64 + (article_count % 64 != 0);
}

/* ---- writing ---- */

static void append_payload(nn_buffer *out, uint32_t article_count, const uint32_t *articles,
                           const nn_df_deduction *deductions, uint32_t deduction_count,
                           const nn_deletes_info *info)
{
    nn_buffer_append_u32(out, article_count);
    nn_buffer_append_u32(out, info->articles);
    nn_buffer_append_u32(out, deduction_count);
    nn_buffer_append_u32(out, info->passages);
    nn_buffer_append_u64(out, info->tokens);
    nn_buffer_append_u64(out, info->quotes);
    nn_buffer_append_u64(out, info->quote_tokens);
    nn_buffer_append_u64(out, info->mentions);
    nn_buffer_append_u64(out, info->raw_text_bytes);
    uint32_t next = 0;
    for (size_t word = 0; word < words_of(article_count); word++) {
        uint64_t bits = 0;
        for (; next < info->articles && articles[next] / 64 == word; next++) {
            bits |= UINT64_C(1) << (articles[next] % 64);
        }
        nn_buffer_append_u64(out, bits);
    }
    uint32_t expected = 0;
    for (uint32_t i = 0; i < deduction_count; i++) {
        nn_buffer_append_varint(out, deductions[i].ordinal - expected);
        nn_buffer_append_varint(out, deductions[i].passages);
        nn_buffer_append_varint(out, deductions[i].passages - deductions[i].articles);
        nn_buffer_append_varint(out, deductions[i].quotes);
        expected = deductions[i].ordinal + 1;
    }
}

static bool input_sane(uint32_t article_count, const uint32_t *articles, uint32_t deleted_count,
                       const nn_df_deduction *deductions, uint32_t deduction_count)
{
    for (uint32_t i = 0; i < deleted_count; i++) {
        if (articles[i] >= article_count || (i > 0 && articles[i] <= articles[i - 1])) {
            return false;
        }
    }
    for (uint32_t i = 0; i < deduction_count; i++) {
        if (deductions[i].passages < deductions[i].articles ||
            (i > 0 && deductions[i].ordinal <= deductions[i - 1].ordinal)) {
            return false;
        }
    }
    return true;
}

nuncio_status nn_deletes_write(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                               uint32_t article_count, const uint32_t *articles,
                               uint32_t deleted_count, const nn_df_deduction *deductions,
                               uint32_t deduction_count, const nn_deletes_info *info, char *name,
                               nuncio_error *error)
{
    if (!input_sane(article_count, articles, deleted_count, deductions, deduction_count)) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "deletes and deductions must ascend");
    }
    nn_deletes_info counted = *info;
    counted.articles = deleted_count;
    nn_buffer buffer;
    nn_buffer_init(&buffer, memory);
    nn_sealed_begin(&buffer, NN_MAGIC_DELETES);
    append_payload(&buffer, article_count, articles, deductions, deduction_count, &counted);
    nn_sealed_end(&buffer);
    /* The directory's lock keeps other processes out, the address other writers of this one. */
    char temporary[64], path[NN_PATH_MAX];
    (void)snprintf(temporary, sizeof temporary, "deletes-%" PRIxPTR ".tmp", (uintptr_t)&buffer);
    nuncio_status status = nn_path_join(path, directory, temporary, error);
    if (status == NUNCIO_OK) {
        status = nn_sealed_write(vfs, memory, path, &buffer, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_rename_to_hash(vfs, directory, path, nn_hash128_of(buffer.data, buffer.size),
                                   NN_SUFFIX_DELETES, name, error);
    }
    nn_buffer_deinit(&buffer);
    return status;
}

/* ---- reading ---- */

static nuncio_status corrupt(const char *path, nuncio_error *error)
{
    return nn_error_file(error, NUNCIO_ERR_CORRUPT, path, NN_SEALED_HEAD,
                         "the file is damaged: its deletes make no sense");
}

/** Reads the bits and counts live articles before each word. */
static bool read_bits(nn_deletes *deletes, nn_slice *slice)
{
    uint32_t deleted = 0;
    for (size_t word = 0; word < deletes->words; word++) {
        deletes->bits[word] = nn_slice_u64(slice);
        deletes->live_before[word] = (uint32_t)word * 64 - deleted;
        deleted += nn_popcount64(deletes->bits[word]);
    }
    uint32_t over = deletes->article_count % 64;
    bool tail_clear = over == 0 || deletes->bits[deletes->words - 1] >> over == 0;
    return !slice->failed && tail_clear && deleted == deletes->info.articles;
}

static bool read_deductions(nn_deletes *deletes, nn_slice *slice)
{
    uint64_t next = 0;
    for (uint32_t i = 0; i < deletes->deduction_count; i++) {
        uint64_t ordinal = next + nn_slice_varint(slice);
        uint64_t passages = nn_slice_varint(slice);
        uint64_t fewer = nn_slice_varint(slice);
        uint64_t quotes = nn_slice_varint(slice);
        if (slice->failed || ordinal < next || ordinal >= UINT32_MAX || passages > UINT32_MAX ||
            fewer > passages || quotes > UINT32_MAX) {
            return false;
        }
        deletes->deductions[i] = (nn_df_deduction){(uint32_t)ordinal, (uint32_t)passages,
                                                   (uint32_t)(passages - fewer), (uint32_t)quotes};
        next = ordinal + 1;
    }
    return slice->size == 0;
}

static nuncio_status read_payload(nn_deletes *deletes, nn_slice slice, uint32_t article_count,
                                  const char *path, nuncio_error *error)
{
    deletes->article_count = nn_slice_u32(&slice);
    deletes->info.articles = nn_slice_u32(&slice);
    uint32_t deductions = nn_slice_u32(&slice);
    deletes->info.passages = nn_slice_u32(&slice);
    deletes->info.tokens = nn_slice_u64(&slice);
    deletes->info.quotes = nn_slice_u64(&slice);
    deletes->info.quote_tokens = nn_slice_u64(&slice);
    deletes->info.mentions = nn_slice_u64(&slice);
    deletes->info.raw_text_bytes = nn_slice_u64(&slice);
    size_t words = words_of(deletes->article_count);
    if (slice.failed || deletes->article_count != article_count || slice.size / 8 < words ||
        (slice.size - words * 8) / ITEM_SIZE_MIN < deductions) {
        return corrupt(path, error);
    }
    nn_memory *memory = deletes->memory;
    deletes->words = words;
    deletes->deduction_count = deductions;
    /* One more of each, so that none is empty. */
    deletes->bits = nn_alloc_array(memory, words + 1, sizeof *deletes->bits);
    deletes->live_before = nn_alloc_array(memory, words + 1, sizeof *deletes->live_before);
    deletes->deductions =
        nn_alloc_array(memory, (size_t)deductions + 1, sizeof *deletes->deductions);
    if (deletes->bits == NULL || deletes->live_before == NULL || deletes->deductions == NULL) {
        return nn_error_memory(error);
    }
    if (!read_bits(deletes, &slice) || !read_deductions(deletes, &slice)) {
        return corrupt(path, error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_deletes_open(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                              const char *name, uint32_t article_count, nn_deletes **out,
                              nuncio_error *error)
{
    *out = NULL;
    char path[NN_PATH_MAX];
    nn_file_map map;
    nn_slice payload;
    NN_TRY(nn_path_join(path, directory, name, error));
    NN_TRY(nn_file_map_open(vfs, path, &map, error));
    nn_deletes *deletes = NULL;
    nuncio_status status =
        nn_sealed_payload(map.data, map.size, NN_MAGIC_DELETES, path, &payload, error);
    if (status == NUNCIO_ERR_NOT_INDEX) { /* the manifest named it, so it has to be one */
        status = corrupt(path, error);
    }
    if (status == NUNCIO_OK) {
        deletes = nn_alloc_array(memory, 1, sizeof *deletes);
        status = deletes == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    if (status == NUNCIO_OK) {
        deletes->memory = memory;
        deletes->file_size = map.size;
        deletes->file_hash = nn_hash128_of(map.data, map.size);
        status = read_payload(deletes, payload, article_count, path, error);
    }
    nn_file_map_close(&map);
    if (status != NUNCIO_OK) {
        nn_deletes_close(deletes);
        return status;
    }
    *out = deletes;
    return NUNCIO_OK;
}

void nn_deletes_close(nn_deletes *deletes)
{
    if (deletes == NULL) {
        return;
    }
    nn_memory *memory = deletes->memory;
    nn_release(memory, deletes->bits, (deletes->words + 1) * sizeof *deletes->bits);
    nn_release(memory, deletes->live_before, (deletes->words + 1) * sizeof *deletes->live_before);
    nn_release(memory, deletes->deductions,
               ((size_t)deletes->deduction_count + 1) * sizeof *deletes->deductions);
    nn_release(memory, deletes, sizeof *deletes);
}

const nn_deletes_info *nn_deletes_info_of(const nn_deletes *deletes)
{
    return &deletes->info;
}

nn_hash128 nn_deletes_hash(const nn_deletes *deletes)
{
    return deletes->file_hash;
}

uint64_t nn_deletes_size(const nn_deletes *deletes)
{
    return deletes->file_size;
}

bool nn_deletes_has(const nn_deletes *deletes, uint32_t article)
{
    return (deletes->bits[article / 64] >> (article % 64) & 1) != 0;
}

uint32_t nn_deletes_live(const nn_deletes *deletes, uint32_t number)
{
    NN_ASSERT(number < deletes->article_count - deletes->info.articles);
    size_t low = 0, high = deletes->words; /* the word sought is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (deletes->live_before[middle] <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint64_t live = ~deletes->bits[low];
    for (uint32_t skip = number - deletes->live_before[low]; skip > 0; skip--) {
        live &= live - 1;
    }
    return (uint32_t)low * 64 + nn_ctz64(live);
}

nn_df_deduction nn_deletes_deduction(const nn_deletes *deletes, uint32_t ordinal)
{
    uint32_t low = 0, high = deletes->deduction_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (deletes->deductions[middle].ordinal < ordinal) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < deletes->deduction_count && deletes->deductions[low].ordinal == ordinal) {
        return deletes->deductions[low];
    }
    return (nn_df_deduction){ordinal, 0, 0, 0};
}

const nn_df_deduction *nn_deletes_deductions(const nn_deletes *deletes, uint32_t *count)
{
    *count = deletes->deduction_count;
    return deletes->deductions;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "segment/codes/sequence.h"
#include "segment/terms/dictionary.h"

#include <string.h>

void nn_dictionary_writer_init(nn_dictionary_writer *writer, nn_memory *memory)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    nn_buffer_init(&writer->terms, memory);
}

void nn_dictionary_writer_deinit(nn_dictionary_writer *writer)
{
    nn_buffer_deinit(&writer->terms);
    nn_release(writer->memory, writer->hashes, writer->hash_capacity * sizeof *writer->hashes);
    nn_release(writer->memory, writer->block_sizes,
               writer->block_capacity * sizeof *writer->block_sizes);
}

bool nn_dictionary_follows(const nn_dictionary_writer *writer, nuncio_str term)
{
    return term.size > 0 && term.size <= NN_TERM_SIZE_MAX &&
           nn_str_compare(nn_str(writer->last, writer->last_size), term) < 0;
}

static nuncio_status end_block(nn_dictionary_writer *writer, nuncio_error *error)
{
    size_t size = writer->terms.size - writer->block_start;
    if (writer->block_count > NN_BLOCK_NUMBER_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "a segment has more than 2^28 terms");
    }
    NN_TRY(nn_reserve(writer->memory, &writer->block_sizes, &writer->block_capacity,
                      writer->block_count + 1, sizeof *writer->block_sizes, error));
    writer->block_sizes[writer->block_count++] = (uint32_t)size;
    writer->block_start = writer->terms.size;
    return NUNCIO_OK;
}

nuncio_status nn_dictionary_add(nn_dictionary_writer *writer, nuncio_str term,
                                const nn_term_counts *counts, const uint8_t *list, size_t size,
                                bool *inlined, nuncio_error *error)
{
    nn_buffer *out = &writer->terms;
    uint32_t shared = 0;
    NN_TRY(nn_reserve(writer->memory, &writer->hashes, &writer->hash_capacity,
                      writer->hash_count + 1, sizeof *writer->hashes, error));
    if (writer->hash_count % NN_DICTIONARY_BLOCK == 0) {
        if (writer->hash_count > 0) {
            NN_TRY(end_block(writer, error));
        }
        nn_buffer_append_varint(out, writer->lists_size);
    } else {
        while (shared < writer->last_size && shared < term.size &&
               writer->last[shared] == term.data[shared]) {
            shared++;
        }
    }
    nn_buffer_append_u8(out, (uint8_t)shared);
    nn_buffer_append_u8(out, (uint8_t)(term.size - shared));
    nn_buffer_append(out, term.data + shared, term.size - shared);
    nn_buffer_append_varint(out, (uint64_t)counts->passages << 1 | (counts->quotes > 0));
    if (counts->passages > 1) {
        nn_buffer_append_varint(out, counts->passages - counts->articles);
    }
    if (counts->quotes > 0) {
        nn_buffer_append_varint(out, counts->quotes);
    }
    nn_buffer_append_varint(out, size);
    *inlined = size <= NN_INLINE_LIST_MAX;
    if (*inlined) {
        nn_buffer_append(out, list, size);
        writer->inline_size += size;
    } else {
        writer->lists_size += size;
    }
    writer->hashes[writer->hash_count++] = nn_hash64(term.data, term.size, 0);
    memcpy(writer->last, term.data, term.size);
    writer->last_size = (uint32_t)term.size;
    return nn_buffer_status(out, error);
}

/** Fills `slots` slots; false when a search would get too long. */
static bool fill(const nn_dictionary_writer *writer, uint32_t *table, uint32_t slots)
{
    for (size_t i = 0; i < writer->hash_count; i++) {
        uint64_t hash = writer->hashes[i];
        uint32_t slot = nn_term_slot(hash, slots), probes = 0;
        while (table[slot] != 0) {
            slot = slot + 1 == slots ? 0 : slot + 1;
            if (++probes == NN_HASH_PROBES_MAX) {
                return false;
            }
        }
        table[slot] = nn_term_fingerprint(hash) << NN_BLOCK_NUMBER_BITS |
                      (uint32_t)(i / NN_DICTIONARY_BLOCK + 1);
    }
    return true;
}

static nuncio_status write_hash(nn_dictionary_writer *writer, nn_frame_writer *frame,
                                nuncio_error *error)
{
    /* A quarter of the slots stays free; more when that makes some search too long. */
    for (size_t slots = writer->hash_count + writer->hash_count / 3 + 1; slots <= UINT32_MAX;
         slots *= 2) {
        uint32_t *table = nn_alloc_array(writer->memory, slots, sizeof *table);
        if (table == NULL) {
            return nn_error_memory(error);
        }
        bool filled = fill(writer, table, (uint32_t)slots);
        if (filled) {
            uint8_t word[4];
            nn_store_u32(word, (uint32_t)slots);
            nn_frame_writer_begin(frame, NN_REGION_TERM_HASH);
            nn_frame_writer_append(frame, word, sizeof word);
            for (size_t i = 0; i < slots; i++) {
                nn_store_u32(word, table[i]);
                nn_frame_writer_append(frame, word, sizeof word);
            }
            nn_frame_writer_end(frame, NN_REGION_TERM_HASH);
        }
        nn_release(writer->memory, table, slots * sizeof *table);
        if (filled) {
            return NUNCIO_OK;
        }
    }
    return nn_error_set(error, NUNCIO_ERR_LIMIT, "a segment has too many terms for its hash");
}

nuncio_status nn_dictionary_write_regions(nn_dictionary_writer *writer, nn_frame_writer *frame,
                                          nuncio_error *error)
{
    if (writer->hash_count > 0) {
        NN_TRY(end_block(writer, error));
    }
    nn_frame_writer_region(frame, NN_REGION_TERMS, writer->terms.data, writer->terms.size);
    NN_TRY(write_hash(writer, frame, error));
    nn_buffer blocks;
    nn_buffer_init(&blocks, writer->memory);
    nn_running_sum sum = {writer->block_sizes, 0};
    nuncio_status status =
        nn_sequence_write(&blocks, nn_sequence_of_sums, &sum, writer->block_count + 1, error);
    nn_frame_writer_region(frame, NN_REGION_TERM_BLOCKS, blocks.data, blocks.size);
    nn_buffer_deinit(&blocks);
    return status;
}

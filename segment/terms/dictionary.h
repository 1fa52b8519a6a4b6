/* SPDX-License-Identifier: Apache-2.0 */
/* The dictionary: terms in byte order, each with its df and where its list is.
 *
 *   TERMS       = block*                      16 terms a block, fewer in the last
 *   block       = lists:varint entry*         where in LISTS the block's first list begins
 *   entry       = shared:1 added:1 bytes × added
 *                                             the first `shared` bytes are the last term's
 *                 df × 2 + quoted:varint      passages; whether quotes hold it
 *                 [ df - articles:varint ]    only when df > 1
 *                 [ quotes:varint ]           only when quoted
 *                 size:varint [ list ]        a list of at most 16 bytes stands here, others
 *                                             follow each other in LISTS
 *   TERM_BLOCKS = sequence: where in TERMS each block begins, and the end
 *   TERM_HASH   = slots:u32 slot:u32 × slots  open addressing, linear probing
 *   slot        = 0: free, else fingerprint:8 bits (highest), block + 1:24 bits
 *
 * The hash of a term is XXH3-64; its slot is high 32 bits × slots / 2^32, its fingerprint the
 * lowest 8 bits. A lookup reads one line of the hash and decodes one block. */
#ifndef SEGMENT_DICTIONARY_H
#define SEGMENT_DICTIONARY_H

#include "core/slice.h"
#include "segment/files/frame.h"
#include "segment/segment_writer.h"

enum { NN_BLOCK_NUMBER_BITS = 24, NN_BLOCK_NUMBER_MAX = (1 << NN_BLOCK_NUMBER_BITS) - 2 };

/** Slot and fingerprint of a hash. */
static inline uint32_t nn_term_slot(uint64_t hash, uint32_t slots)
{
    return (uint32_t)((hash >> 32) * slots >> 32);
}
static inline uint32_t nn_term_fingerprint(uint64_t hash)
{
    return (uint32_t)(hash & 0xFF);
}

typedef struct nn_dictionary_writer {
    nn_memory *memory;
    nn_buffer terms;
    uint64_t *hashes; /* of each term */
    size_t hash_count, hash_capacity;
    uint32_t *block_sizes;
    size_t block_count, block_capacity;
    size_t block_start;   /* of the block at hand, in `terms` */
    uint64_t lists_size;  /* bytes of LISTS so far */
    uint64_t inline_size; /* bytes of lists in the dictionary */
    uint32_t last_size;
    char last[NN_TERM_SIZE_MAX]; /* the last term */
} nn_dictionary_writer;

void nn_dictionary_writer_init(nn_dictionary_writer *writer, nn_memory *memory);
void nn_dictionary_writer_deinit(nn_dictionary_writer *writer);
/** Adds a term (1 … 255 bytes, greater than the last) with its list. `*inlined` tells that the list
 * is in the dictionary; else the caller appends it to LISTS. */
NUNCIO_NODISCARD nuncio_status nn_dictionary_add(nn_dictionary_writer *writer, nuncio_str term,
                                                 const nn_term_counts *counts, const uint8_t *list,
                                                 size_t size, bool *inlined, nuncio_error *error);
/** True when `term` may come next. */
bool nn_dictionary_follows(const nn_dictionary_writer *writer, nuncio_str term);
NUNCIO_NODISCARD nuncio_status nn_dictionary_write_regions(nn_dictionary_writer *writer,
                                                           nn_frame_writer *frame,
                                                           nuncio_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as bits of a map: bit i % 64 of word i / 64 is passage first + i.
 *
 *   docs    first + 1, first + 2, first + 70      words   ..0110  ..01000000
 *
 * How maps are filled from lists without a step for each posting: postings.h, nn_postings_map. */
#ifndef SEGMENT_DOC_BITS_H
#define SEGMENT_DOC_BITS_H

#include <stdint.h>

/** Words of a map of `passages`; the last is room for what is stored two words at a time. */
#define NN_DOC_BITS_WORDS(passages) (((passages) + 63) / 64 + 1)

/** Adds documents; ascending ones are fastest. */
void nn_doc_bits_add(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count);

/**
 * Adds a set (block.h), a word at a time.
 *
 * @param base passage of its bit 0; may be before `first`
 * @param bits 8 bytes behind the last of them can be read
 * @param from first passage of the set that counts, neither before `base` nor before `first`
 * @param to   where those that count end
 */
void nn_doc_bits_add_set(uint64_t *words, uint32_t first, uint32_t base, const uint8_t *bits,
                         uint32_t from, uint32_t to);

/** How many of the documents are in the map. */
uint32_t nn_doc_bits_count(const uint64_t *words, uint32_t first, const uint32_t *docs,
                           uint32_t count);
/** The same of a set. */
uint32_t nn_doc_bits_count_set(const uint64_t *words, uint32_t first, uint32_t base,
                               const uint8_t *bits, uint32_t from, uint32_t to);

#endif

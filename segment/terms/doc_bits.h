/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as bits of a map: bit i % 64 of word i / 64 is passage first + i.
 *
 *   docs    first + 1, first + 2, first + 70      words   ..0110  ..01000000
 *
 * How maps are filled from lists without a step for each posting: postings.h, nn_postings_map. Each
 * function takes the fastest way that the processor knows; its _portable namesake is what every
 * processor can. */
#ifndef SEGMENT_DOC_BITS_H
#define SEGMENT_DOC_BITS_H

#include <stdbool.h>
#include <stdint.h>

/** Words of a map of `passages`; the last is room for what is stored two words at a time. */
#define NN_DOC_BITS_WORDS(passages) (((passages) + 63) / 64 + 1)

/** Adds documents; ascending ones are fastest. */
void nn_doc_bits_add(uint64_t *words, uint32_t first, const uint32_t *docs, uint32_t count);
void nn_doc_bits_add_portable(uint64_t *words, uint32_t first, const uint32_t *docs,
                              uint32_t count);

/** How many of the documents are in the map. */
uint32_t nn_doc_bits_count(const uint64_t *words, uint32_t first, const uint32_t *docs,
                           uint32_t count);
uint32_t nn_doc_bits_count_portable(const uint64_t *words, uint32_t first, const uint32_t *docs,
                                    uint32_t count);

/** A set (block.h), or a part of it. */
typedef struct nn_doc_set {
    const uint8_t *bits; /* 8 bytes behind the last of them can be read */
    uint32_t base;       /* passage of its bit 0; may be before the map's first */
    uint32_t from, to;   /* passages from … to - 1 count: all of the set, and of the map */
    bool whole;          /* from is base, and bits behind to - 1 are 0: fastest */
} nn_doc_set;

/** Adds a set, a word at a time or several. */
void nn_doc_bits_add_set(uint64_t *words, uint32_t first, const nn_doc_set *set);
void nn_doc_bits_add_set_portable(uint64_t *words, uint32_t first, const nn_doc_set *set);

/** How many of a set are in the map. */
uint32_t nn_doc_bits_count_set(const uint64_t *words, uint32_t first, const nn_doc_set *set);
uint32_t nn_doc_bits_count_set_portable(const uint64_t *words, uint32_t first,
                                        const nn_doc_set *set);

/** How many passages are in both of two maps of so many words. */
uint32_t nn_doc_bits_count_common(const uint64_t *a, const uint64_t *b, uint32_t words);
uint32_t nn_doc_bits_count_common_portable(const uint64_t *a, const uint64_t *b, uint32_t words);

#endif

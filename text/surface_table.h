/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a word, as printed, to the id of its surface form: what is asked for every
 * token of an archive. */
#ifndef TEXT_SURFACE_TABLE_H
#define TEXT_SURFACE_TABLE_H

#include "core/string_map.h"
#include "text/language.h"
#include "text/tokenizer.h"

enum {
    NN_SURFACE_KEY_INLINE = 16, /* bytes of a key that fit into its slot */
    /* limit article: a word as printed | what lies behind does not tell words apart */
    NN_SURFACE_KEY_MAX = 255 /* bytes of a word that count */
};

typedef struct nn_surface_slot {
    uint64_t low, high; /* the word's bytes, little-endian, zeros behind them */
    uint32_t id_plus_1; /* 0: free */
    uint32_t language;
} nn_surface_slot;

typedef struct nn_surface_table {
    nn_memory *memory;
    nn_surface_slot *slots; /* open addressing, at most half full */
    size_t slot_count;      /* 0 or a power of two */
    size_t used;
    uint64_t seed;
    uint32_t seeds_tried;      /* since the table grew */
    nn_string_map *long_words; /* language and bytes of the words that fit into no slot -> number */
    uint32_t *long_ids;        /* number -> id */
    size_t long_capacity, long_bytes;
} nn_surface_table;

void nn_surface_table_init(nn_surface_table *table, nn_memory *memory);
void nn_surface_table_deinit(nn_surface_table *table);
/** Forgets all words, keeps the memory. */
void nn_surface_table_clear(nn_surface_table *table);

/** The bytes by which a word is looked up: the first NN_SURFACE_KEY_MAX, without half a character.
 */
nuncio_str nn_surface_key(nuncio_str text, const nn_token *token);
/** Sets `surface` of the tokens of `text` (starts and ends are set) up to the first whose key is
 * not in the table; returns how many. */
size_t nn_surface_table_find(const nn_surface_table *table, nn_language language, nuncio_str text,
                             nn_token *tokens, size_t count);
/** Adds a word of 1 … NN_SURFACE_KEY_MAX bytes, none of them NUL, that is not in the table. */
NUNCIO_NODISCARD nuncio_status nn_surface_table_add(nn_surface_table *table, nn_language language,
                                                    nuncio_str word, uint32_t id,
                                                    nuncio_error *error);
/** Bytes held. */
size_t nn_surface_table_memory_used(const nn_surface_table *table);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Hash tables of a names model, read where they lie: words to their rows, names to what they are.
 *
 *   slot: key u32 (0: free) | value u16, little-endian, 6 bytes; open addressing, linear probing
 *
 * Keys are hashes of folded words; names of several words chain them. No strings are kept: a word
 * that is in no table but has the key of one is read as that one, 1 in 100,000.
 *
 * Most names that are looked up are in no table: a capital and whatever stands behind it. Bits that
 * say so are a tenth as large as the slots, and stay near. */
#ifndef ANNOTATE_NAME_TABLES_H
#define ANNOTATE_NAME_TABLES_H

#include "core/bits.h"

#include <nuncio/common.h>

enum { NN_NAME_SLOT = 6, NN_NAME_SIEVE_LOG = 18, NN_NAME_SIEVE = 1 << NN_NAME_SIEVE_LOG };

typedef struct nn_name_table {
    const uint8_t *slots;
    uint32_t mask;         /* slots - 1: their number is a power of two; at least one is free */
    const uint64_t *sieve; /* [NN_NAME_SIEVE / 64]: the bits of all keys are set; NULL: none */
} nn_name_table;

/* What a name of the gazetteer is: bits of a value. */
enum {
    NN_KNOWN_GIVEN = 1 << 0,
    NN_KNOWN_SURNAME = 1 << 1,
    NN_KNOWN_PERSON = 1 << 2,
    NN_KNOWN_COUNTRY = 1 << 3,
    NN_KNOWN_CITY = 1 << 4,
    NN_KNOWN_REGION = 1 << 5,
    NN_KNOWN_NATIONALITY = 1 << 6,
    NN_KNOWN_BODY = 1 << 7,    /* an organisation */
    NN_KNOWN_ACRONYM = 1 << 8, /* of an organisation; in capitals */
    NN_KNOWN_COMPANY = 1 << 9, /* companies, media */
    NN_KNOWN_PARTY = 1 << 10,  /* parties, armed groups */
    NN_KNOWN_EVENT = 1 << 11,
    NN_KNOWN_TITLE = 1 << 12,
    NN_KNOWN_FACILITY = 1 << 13,
    NN_KNOWN_OTHER = 1 << 14,
    NN_KNOWN_PREFIX = 1 << 15 /* begins a longer name */
};

/** Key of a folded word; never 0. */
uint32_t nn_word_key(nuncio_str folded);
/** Key of a name that goes on with a word. */
static inline uint32_t nn_word_key_join(uint32_t name, uint32_t word)
{
    uint32_t key = (name ^ (name >> 15)) * 0x2C1B3C6Du + word * 0x9E3779B1u;
    key ^= key >> 13;
    return key == 0 ? 1 : key;
}

/** The bit of a key in a sieve. */
static inline uint32_t nn_name_sieve_bit(uint32_t key)
{
    return (key * 0x9E3779B1u) >> (32 - NN_NAME_SIEVE_LOG);
}

/** The value of a key, 0 when it has none. */
static inline uint32_t nn_name_table_find(const nn_name_table *table, uint32_t key)
{
    uint32_t bit = nn_name_sieve_bit(key);
    if (table->sieve != NULL && (table->sieve[bit / 64] >> bit % 64 & 1) == 0) {
        return 0;
    }
    for (uint32_t at = key & table->mask;; at = (at + 1) & table->mask) {
        const uint8_t *slot = table->slots + (size_t)at * NN_NAME_SLOT;
        uint32_t found = nn_load_u32(slot);
        if (found == key || found == 0) {
            return found == 0 ? 0 : nn_load_u16(slot + 4);
        }
    }
}

#endif

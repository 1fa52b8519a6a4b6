/* SPDX-License-Identifier: Apache-2.0 */
/* A word of up to 16 bytes is its own key, two registers wide: nothing is followed to compare it.
 *
 *   "treaty"  ──►  74 72 65 61 74 79 00 00 | 00 00 00 00 00 00 00 00  ── hash ──►  slot
 *
 * Text holds no NUL, so the zeros tell a word from a longer one. One word in a hundred is longer
 * and goes through a string map. */
#include "text/surface_table.h"

#include "core/bits.h"
#include "core/error.h"
#include "core/str.h"
#include "text/utf8.h"

#include <string.h>

enum {
    SLOTS_MIN = 32, /* of a query */
    SEARCHES_AT_ONCE = 16,
    PROBES_MAX = 128, /* a longer chain at half load means words chosen to collide */
    SEEDS_MAX = 8     /* seeds tried before such a chain is put up with */
};

typedef struct key {
    uint64_t low, high;
} key;

void nn_surface_table_init(nn_surface_table *table, nn_memory *memory)
{
    memset(table, 0, sizeof *table);
    table->memory = memory;
}

void nn_surface_table_deinit(nn_surface_table *table)
{
    nn_release(table->memory, table->slots, table->slot_count * sizeof *table->slots);
    nn_release(table->memory, table->long_ids, table->long_capacity * sizeof *table->long_ids);
    nn_string_map_destroy(table->long_words);
}

void nn_surface_table_clear(nn_surface_table *table)
{
    if (table->slots != NULL) {
        memset(table->slots, 0, table->slot_count * sizeof *table->slots);
    }
    table->used = 0;
    table->long_bytes = 0;
    if (table->long_words != NULL) {
        nn_string_map_clear(table->long_words);
    }
}

/* The word's bytes with zeros behind them; `room` bytes may be read. */
static inline key key_of(const char *word, size_t size, size_t room)
{
    static const uint8_t masks[2 * NN_SURFACE_KEY_INLINE] = {
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    char copy[NN_SURFACE_KEY_INLINE] = {0};
    if (room < NN_SURFACE_KEY_INLINE) {
        memcpy(copy, word, size);
        word = copy;
    }
    const uint8_t *mask = masks + NN_SURFACE_KEY_INLINE - size;
    return (key){nn_load_u64(word) & nn_load_u64(mask),
                 nn_load_u64(word + 8) & nn_load_u64(mask + 8)};
}

/* One product of 64 by 64 bits, folded (after Wang Yi's wyhash). Where a word is chosen so that a
 * factor is 0, another seed makes it differ. */
static inline uint64_t hash_of(key k, nn_language language, uint64_t seed)
{
    uint64_t other = UINT64_C(0x9e3779b97f4a7c15) * (2 * (uint64_t)language + 1) ^ seed;
    unsigned __int128 product = (unsigned __int128)(k.low ^ seed) * (k.high ^ other);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline bool holds(const nn_surface_slot *slot, key k, nn_language language)
{
    return slot->low == k.low && slot->high == k.high && slot->language == language;
}

nuncio_str nn_surface_key(nuncio_str text, const nn_token *token)
{
    nuncio_str word = {text.data + token->start, token->end - token->start};
    return nn_utf8_cut(word, NN_SURFACE_KEY_MAX);
}

/* A word that fits into no slot: its language and bytes. `to` has room for them. */
static nuncio_str long_key(nn_language language, nuncio_str word, char *to)
{
    to[0] = (char)language;
    memcpy(to + 1, word.data, word.size);
    return nn_str(to, word.size + 1);
}

static bool find_long(const nn_surface_table *table, nn_language language, nuncio_str word,
                      uint32_t *id)
{
    char bytes[NN_SURFACE_KEY_MAX + 1];
    if (table->long_words == NULL) {
        return false;
    }
    uint32_t number = nn_string_map_find(table->long_words, long_key(language, word, bytes));
    if (number == NN_STRING_MAP_NONE) {
        return false;
    }
    *id = table->long_ids[number];
    return true;
}

/* A word on its way through the table. */
typedef struct search {
    key key;
    const nn_surface_slot *slot; /* where its chain begins */
} search;

/* Reads the words of up to SEARCHES_AT_ONCE tokens and fetches their slots; returns how many: up to
 * the first that is too long for a slot. */
static size_t begin(const nn_surface_table *table, nn_language language, nuncio_str text,
                    const nn_token *tokens, size_t count, search *searches)
{
    size_t mask = table->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        size_t start = tokens[i].start, size = tokens[i].end - start;
        if (size > NN_SURFACE_KEY_INLINE) {
            return i;
        }
        key k = key_of(text.data + start, size, text.size - start);
        searches[i].key = k;
        searches[i].slot = &table->slots[(size_t)hash_of(k, language, table->seed) & mask];
        __builtin_prefetch(searches[i].slot);
    }
    return count;
}

/* The id of the word in the chain, or false at its end. */
static inline bool finish(const nn_surface_table *table, nn_language language, const search *wanted,
                          uint32_t *id)
{
    const nn_surface_slot *slot = wanted->slot, *end = table->slots + table->slot_count;
    while (!holds(slot, wanted->key, language)) {
        if (slot->id_plus_1 == 0) {
            return false;
        }
        slot = slot + 1 == end ? table->slots : slot + 1;
    }
    *id = slot->id_plus_1 - 1;
    return true;
}

size_t nn_surface_table_find(const nn_surface_table *table, nn_language language, nuncio_str text,
                             nn_token *tokens, size_t count)
{
    search searches[SEARCHES_AT_ONCE];
    size_t done = 0;
    while (done < count) {
        size_t some = count - done < SEARCHES_AT_ONCE ? count - done : SEARCHES_AT_ONCE;
        size_t begun =
            table->slots == NULL ? 0 : begin(table, language, text, tokens + done, some, searches);
        for (size_t i = 0; i < begun; i++, done++) {
            if (!finish(table, language, &searches[i], &tokens[done].surface)) {
                return done;
            }
        }
        if (begun < some) {
            nn_token *token = &tokens[done];
            if (token->end - token->start <= NN_SURFACE_KEY_INLINE ||
                !find_long(table, language, nn_surface_key(text, token), &token->surface)) {
                return done;
            }
            done++;
        }
    }
    return done;
}

/* Puts a slot's content into its chain among `slots`; false when the chain is too long. */
static bool place(const nn_surface_table *table, nn_surface_slot *slots, size_t slot_count,
                  const nn_surface_slot *content)
{
    size_t max = table->seeds_tried < SEEDS_MAX ? PROBES_MAX : slot_count;
    size_t mask = slot_count - 1;
    key k = {content->low, content->high};
    size_t at = (size_t)hash_of(k, (nn_language)content->language, table->seed) & mask;
    for (size_t probes = 0; slots[at].id_plus_1 != 0; probes++) {
        if (probes == max) {
            return false;
        }
        at = (at + 1) & mask;
    }
    slots[at] = *content;
    return true;
}

static bool place_all(const nn_surface_table *table, nn_surface_slot *slots, size_t slot_count)
{
    for (size_t i = 0; i < table->slot_count; i++) {
        if (table->slots[i].id_plus_1 != 0 && !place(table, slots, slot_count, &table->slots[i])) {
            return false;
        }
    }
    return true;
}

/* The seed shows in no result: ids are given by the caller. */
static void take_next_seed(nn_surface_table *table)
{
    table->seed = table->seed * UINT64_C(0xd1342543de82ef95) + UINT64_C(0x2545f4914f6cdd1d);
    table->seeds_tried++;
}

/* Moves all words to a new table of `slot_count` slots. */
static nuncio_status rebuild(nn_surface_table *table, size_t slot_count, nuncio_error *error)
{
    nn_surface_slot *slots = nn_alloc_array(table->memory, slot_count, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(error);
    }
    while (!place_all(table, slots, slot_count)) {
        take_next_seed(table);
        memset(slots, 0, slot_count * sizeof *slots);
    }
    nn_release(table->memory, table->slots, table->slot_count * sizeof *slots);
    table->slots = slots;
    table->slot_count = slot_count;
    return NUNCIO_OK;
}

static nuncio_status add_long(nn_surface_table *table, nn_language language, nuncio_str word,
                              uint32_t id, nuncio_error *error)
{
    char bytes[NN_SURFACE_KEY_MAX + 1];
    uint32_t number;
    if (table->long_words == NULL) {
        NN_TRY(nn_string_map_create(table->memory, &table->long_words, error));
    }
    NN_TRY(nn_reserve(table->memory, &table->long_ids, &table->long_capacity,
                      (size_t)nn_string_map_count(table->long_words) + 1, sizeof *table->long_ids,
                      error));
    nuncio_str prefixed = long_key(language, word, bytes);
    NN_TRY(nn_string_map_add(table->long_words, prefixed, &number, NULL, error));
    table->long_ids[number] = id;
    table->long_bytes += prefixed.size;
    return NUNCIO_OK;
}

nuncio_status nn_surface_table_add(nn_surface_table *table, nn_language language, nuncio_str word,
                                   uint32_t id, nuncio_error *error)
{
    if (word.size > NN_SURFACE_KEY_INLINE) {
        return add_long(table, language, word, id, error);
    }
    if (table->used >= table->slot_count / 2) {
        table->seeds_tried = 0;
        NN_TRY(rebuild(table, table->slot_count == 0 ? SLOTS_MIN : table->slot_count * 2, error));
    }
    key k = key_of(word.data, word.size, word.size);
    nn_surface_slot content = {k.low, k.high, id + 1, language};
    while (!place(table, table->slots, table->slot_count, &content)) {
        take_next_seed(table);
        NN_TRY(rebuild(table, table->slot_count, error));
    }
    table->used++;
    return NUNCIO_OK;
}

size_t nn_surface_table_memory_used(const nn_surface_table *table)
{
    return table->slot_count * sizeof *table->slots +
           table->long_capacity * sizeof *table->long_ids + table->long_bytes;
}

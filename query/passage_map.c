/* SPDX-License-Identifier: Apache-2.0 */
#include "query/passage_map.h"

#include "core/bits.h"
#include "core/cpu.h"

#include <string.h>

static uint32_t words_of(const nn_map *map)
{
    return (map->end - map->first + 63) / 64;
}

void nn_map_begin(nn_map *map, uint32_t first, uint32_t end)
{
    map->first = first;
    map->end = end;
    memset(map->words, 0, words_of(map) * sizeof map->words[0]);
}

/* ---- adding ---- */

static inline __attribute__((always_inline)) void add(uint64_t *words, uint32_t place)
{
    words[place / 64] |= UINT64_C(1) << (place % 64);
}

/* Of passages that stand close together each word is put together in a register. */
static inline __attribute__((always_inline)) void
add_close(uint64_t *words, uint32_t first, const uint32_t *passages, uint32_t count)
{
    uint32_t at = (passages[0] - first) / 64;
    uint64_t word = words[at];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t place = passages[i] - first;
        if (place / 64 != at) {
            words[at] = word;
            at = place / 64;
            word = words[at];
        }
        word |= UINT64_C(1) << (place % 64);
    }
    words[at] = word;
}

/* Others four quarters side by side: neighbours are of one word, and each would wait for the one
 * before. */
static inline __attribute__((always_inline)) void add_any(uint64_t *words, uint32_t first,
                                                          const uint32_t *passages, uint32_t count)
{
    enum { CLOSE = 4 /* passages to one of them */ };
    if (count > 0 && passages[count - 1] - passages[0] < count * CLOSE) {
        add_close(words, first, passages, count);
        return;
    }
    uint32_t quarter = count / 4;
    for (uint32_t i = 0; i < quarter; i++) {
        add(words, passages[i] - first);
        add(words, passages[i + quarter] - first);
        add(words, passages[i + 2 * quarter] - first);
        add(words, passages[i + 3 * quarter] - first);
    }
    for (uint32_t i = 4 * quarter; i < count; i++) {
        add(words, passages[i] - first);
    }
}

#if NN_CPU_HAS_WIDE
NN_WIDE static void add_wide(uint64_t *words, uint32_t first, const uint32_t *passages,
                             uint32_t count)
{
    add_any(words, first, passages, count);
}
#endif

void nn_map_add(nn_map *map, const uint32_t *passages, uint32_t count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        add_wide(map->words, map->first, passages, count);
        return;
    }
#endif
    add_any(map->words, map->first, passages, count);
}

/* The part of a block that is a set, a word of the map at a time. */
static void add_set(nn_map *map, const nn_postings *postings)
{
    uint32_t from = postings->doc;
    uint32_t end = postings->block_last_doc + 1;
    end = end < map->end ? end : map->end;
    while (from < end) {
        uint32_t bit = from - postings->block_base, place = from - map->first;
        const uint8_t *bytes = postings->bits + bit / 8; /* 8 behind the set can be read */
        uint64_t bits = nn_load_u64(bytes) >> (bit % 8);
        bits |= (uint64_t)bytes[8] << 1 << (63 - bit % 8); /* none where nothing was shifted out */
        uint32_t width = 64 - place % 64;
        width = width < end - from ? width : end - from;
        map->words[place / 64] |= (bits & UINT64_MAX >> (64 - width)) << (place % 64);
        from += width;
    }
}

static nuncio_status add_list(nn_map *map, nn_run *run, nn_postings *postings)
{
    NN_TRY(nn_postings_advance(postings, map->first, run->error));
    while (postings->doc < map->end) {
        NN_TRY(nn_run_step(run));
        if (!postings->docs_ready) {
            run->trail.sets++;
            add_set(map, postings);
            NN_TRY(postings->block_last_doc < map->end
                       ? nn_postings_next_block(postings, run->error)
                       : nn_postings_advance(postings, map->end, run->error));
            continue;
        }
        uint32_t inside = nn_postings_inside(postings, map->end);
        nn_map_add(map, postings->docs + postings->in_block, inside);
        NN_TRY(nn_postings_pass(postings, inside) ? NUNCIO_OK
                                                  : nn_postings_next_block(postings, run->error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_map_add_word(nn_map *map, nn_run *run, nn_slot_walk *word)
{
    for (uint32_t i = 0; i < word->count; i++) {
        NN_TRY(add_list(map, run, &word->lists[i].postings));
    }
    if (word->count > 0) {
        nn_slot_settle(word);
    }
    return NUNCIO_OK;
}

/* ---- counting ---- */

static uint32_t count_common(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    uint32_t common = 0;
    for (uint32_t at = 0; at < words; at++) {
        common += nn_popcount64(a[at] & b[at]);
    }
    return common;
}

#if NN_CPU_HAS_WIDE
NN_WIDE static uint32_t count_common_wide(const uint64_t *a, const uint64_t *b, uint32_t words)
{
    uint32_t common = 0;
    for (uint32_t at = 0; at < words; at++) {
        common += (uint32_t)__builtin_popcountll(a[at] & b[at]);
    }
    return common;
}
#endif

uint32_t nn_map_count_common(const nn_map *a, const nn_map *b)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_wide()) {
        return count_common_wide(a->words, b->words, words_of(a));
    }
#endif
    return count_common(a->words, b->words, words_of(a));
}

uint32_t nn_map_count(const nn_map *map)
{
    return nn_map_count_common(map, map);
}

uint32_t nn_map_list(const nn_map *map, uint32_t *passages)
{
    uint32_t count = 0;
    for (uint32_t at = 0; at < words_of(map); at++) {
        for (uint64_t word = map->words[at]; word != 0; word &= word - 1) {
            passages[count++] = map->first + at * 64 + nn_ctz64(word);
        }
    }
    return count;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Postings as bits of a map, a group of blocks at a time.
 *
 *   blocks   │ 7 │ 8 │ 9 │ 10 │ 11 │     the walk stands in 7, of which what is left is added;
 *   map        ·─────────────────·        8 to 10 lie inside and go from their bytes to bits;
 *                                         11, in which the map ends, is entered
 *
 * Blocks that lie inside are never entered: where they are, skip data tell, and sets stay sets. */
#include "core/error.h"
#include "segment/segment_impl.h"
#include "segment/terms/block.h"
#include "segment/terms/doc_bits.h"
#include "segment/terms/postings.h"

/* A map, the passages it is of, and what is done with postings. */
typedef struct doc_map {
    uint64_t *added;         /* its words, to which they are added, or */
    const uint64_t *counted; /* in which they are counted */
    uint32_t first, end;
    uint32_t common; /* so many were there */
} doc_map;

static void take_docs(doc_map *map, const uint32_t *docs, uint32_t count)
{
    if (map->added == NULL) {
        map->common += nn_doc_bits_count(map->counted, map->first, docs, count);
    } else {
        nn_doc_bits_add(map->added, map->first, docs, count);
    }
}

static void take_set(doc_map *map, nn_doc_set set)
{
    if (map->added == NULL) {
        map->common += nn_doc_bits_count_set(map->counted, map->first, &set);
    } else {
        nn_doc_bits_add_set(map->added, map->first, &set);
    }
}

/* What is left of the current block. */
static void map_current(const nn_postings *postings, doc_map *map)
{
    if (postings->docs_ready) {
        take_docs(map, postings->docs + postings->in_block, nn_postings_inside(postings, map->end));
        return;
    }
    uint32_t behind = postings->block_last_doc + 1;
    take_set(map, (nn_doc_set){.bits = postings->bits,
                               .base = postings->block_base,
                               .from = postings->doc,
                               .to = behind < map->end ? behind : map->end});
}

static nuncio_status map_block(const nn_postings *postings, doc_map *map, uint32_t block,
                               const nn_skip_place *place, nuncio_error *error)
{
    uint32_t docs[NN_POSTINGS_BLOCK], tfs[NN_POSTINGS_BLOCK];
    uint32_t count = nn_postings_block_size(postings, block);
    const uint8_t *start = postings->list.docs + place->start;
    nn_block_docs read;
    if (nn_block_read_docs(start, postings->list.docs + place->end, place->base,
                           postings->segment->info.passage_count, count, docs, tfs,
                           &read) == NULL ||
        read.last != place->last_doc) {
        return nn_segment_corrupt(postings->segment, start, "a block of postings makes no sense",
                                  error);
    }
    if (read.bits != NULL) {
        take_set(map, (nn_doc_set){.bits = read.bits,
                                   .base = place->base,
                                   .from = place->base,
                                   .to = read.last + 1,
                                   .whole = true});
    } else {
        take_docs(map, docs, count);
    }
    return NUNCIO_OK;
}

/* The blocks behind the current one, of its group, that lie inside: *inside of them; *behind: the
 * first passage that can be in the next. */
static nuncio_status map_inside(const nn_postings *postings, doc_map *map, uint32_t *inside,
                                uint32_t *behind, nuncio_error *error)
{
    const nn_skip_group *group = &postings->group;
    const nn_list *list = &postings->list;
    uint32_t current = postings->block % NN_SKIP_GROUP, i = current + 1;
    nn_skip_ends ends;
    nn_skip_group_ends(group, &ends);
    bool ascend = ends.last_docs[current] == postings->block_last_doc;
    for (; i < group->count && ends.last_docs[i] < map->end; i++) {
        ascend = ascend && ends.last_docs[i] > ends.last_docs[i - 1] &&
                 ends.docs_ends[i] >= ends.docs_ends[i - 1];
    }
    *inside = i - current - 1;
    *behind = ends.last_docs[i - 1] + 1;
    if (!ascend || ends.docs_ends[i - 1] > (size_t)(list->positions - list->docs)) {
        return nn_segment_corrupt(postings->segment, group->entries, "skip data make no sense",
                                  error);
    }
    NN_TRY(nn_frame_touch_bytes(&postings->segment->frame, list->docs + ends.docs_ends[current],
                                list->docs + ends.docs_ends[i - 1], error));
    for (uint32_t k = current + 1; k < i; k++) {
        nn_skip_place place = {.start = ends.docs_ends[k - 1],
                               .end = ends.docs_ends[k],
                               .base = ends.last_docs[k - 1] + 1,
                               .last_doc = ends.last_docs[k]};
        NN_TRY(map_block(postings, map, postings->block + k - current, &place, error));
    }
    return NUNCIO_OK;
}

static nuncio_status map_group(nn_postings *postings, doc_map *map, nuncio_error *error)
{
    map_current(postings, map);
    if (postings->block_last_doc >= map->end) {
        return nn_postings_advance(postings, map->end, error);
    }
    if (postings->block_count == 1) {
        nn_postings_stop(postings);
        return NUNCIO_OK;
    }
    uint32_t inside = 0, behind = 0;
    nuncio_status status = map_inside(postings, map, &inside, &behind, error);
    if (status == NUNCIO_OK) {
        postings->block += inside;
        status = nn_postings_next_block(postings, error);
    }
    if (status == NUNCIO_OK && postings->doc < behind) { /* a group that does not follow the last */
        status = nn_segment_corrupt(postings->segment, postings->group.entries,
                                    "skip data make no sense", error);
    }
    if (status != NUNCIO_OK) {
        nn_postings_stop(postings);
    }
    return status;
}

nuncio_status nn_postings_map(nn_postings *postings, uint64_t *words, uint32_t first, uint32_t end,
                              nuncio_error *error)
{
    doc_map map = {.added = words, .first = first, .end = end};
    return map_group(postings, &map, error);
}

nuncio_status nn_postings_count_mapped(nn_postings *postings, const uint64_t *words, uint32_t first,
                                       uint32_t end, uint32_t *common, nuncio_error *error)
{
    doc_map map = {.counted = words, .first = first, .end = end};
    nuncio_status status = map_group(postings, &map, error);
    *common += map.common;
    return status;
}

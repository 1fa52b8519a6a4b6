/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "segment/segment_impl.h"
#include "segment/terms/block.h"
#include "segment/terms/bounds.h"
#include "segment/terms/postings.h"

#include <string.h>

static nuncio_status corrupt(const nn_postings *postings, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(postings->segment, at, "a list of postings makes no sense", error);
}

static nuncio_status touch(const nn_postings *postings, const uint8_t *start, const uint8_t *end,
                           nuncio_error *error)
{
    return nn_frame_touch_bytes(&postings->segment->frame, start, end, error);
}

void nn_postings_stop(nn_postings *postings)
{
    postings->doc = NN_DOC_END;
    postings->index = postings->df;
    postings->block = postings->block_count;
    postings->block_last_doc = NN_DOC_END;
    postings->in_block = 0;
    postings->in_block_count = 0;
    postings->docs_ready = true;
}

/** Stands at the first document of a set; its last exists, so that there is a first. */
static void begin_set(nn_postings *postings)
{
    uint32_t at = 0;
    while (postings->bits[at] == 0) {
        at++;
    }
    postings->doc = postings->block_base + at * 8 + nn_ctz64(postings->bits[at]);
}

/** Reads the documents of the block at hand and stands at its first posting. */
static nuncio_status read_block(nn_postings *postings, const uint8_t *start, const uint8_t *end,
                                uint32_t base, nuncio_error *error)
{
    uint32_t count = nn_postings_block_size(postings, postings->block);
    nn_block_docs read;
    const uint8_t *rest =
        nn_block_read_docs(start, end, base, postings->segment->info.passage_count, count,
                           postings->docs, postings->tfs, &read);
    if (rest == NULL) {
        return corrupt(postings, start, error);
    }
    for (uint32_t i = count; i < NN_POSTINGS_BLOCK; i++) {
        postings->docs[i] = NN_DOC_END;
    }
    postings->docs_ready = read.bits == NULL;
    postings->tfs_ready = read.few;
    postings->block_base = base;
    postings->bits = read.bits;
    postings->bits_size = read.size;
    postings->tf_data = rest;
    postings->tf_end = rest; /* of few postings; else set with the frequencies */
    postings->data_end = end;
    postings->in_block = 0;
    postings->in_block_count = count;
    postings->index = postings->block * NN_POSTINGS_BLOCK;
    postings->block_last_doc = read.last;
    postings->doc = postings->docs[0];
    if (!postings->docs_ready) {
        begin_set(postings);
    }
    return NUNCIO_OK;
}

nuncio_status nn_postings_unpack_docs(nn_postings *postings, nuncio_error *error)
{
    if (postings->docs_ready) {
        return NUNCIO_OK;
    }
    nn_block_docs set = {.bits = postings->bits, .size = postings->bits_size};
    if (!nn_block_unpack_set(&set, postings->block_base, postings->docs)) {
        const uint8_t *bits = postings->bits;
        nn_postings_stop(postings);
        return corrupt(postings, bits, error);
    }
    postings->docs_ready = true;
    return NUNCIO_OK;
}

/** Enters block `block`, whose group is open. */
static nuncio_status enter_block(nn_postings *postings, uint32_t block, nuncio_error *error)
{
    const nn_skip_group *group = &postings->group;
    const nn_list *list = &postings->list;
    uint32_t i = block - group->index * NN_SKIP_GROUP;
    nn_skip_place place = nn_skip_place_of(group, i);
    if (place.start > place.end || place.end > (size_t)(list->positions - list->docs)) {
        return corrupt(postings, group->entries, error);
    }
    const uint8_t *start = list->docs + place.start, *end = list->docs + place.end;
    NN_TRY(touch(postings, start, end, error));
    postings->block = block;
    NN_TRY(read_block(postings, start, end, place.base, error));
    if (postings->block_last_doc != place.last_doc) {
        return corrupt(postings, start, error);
    }
    return NUNCIO_OK;
}

static nuncio_status open_group(const nn_postings *postings, uint32_t index, nn_skip_group *group,
                                nuncio_error *error)
{
    const nn_list *list = &postings->list;
    if (!nn_skip_group_open(group, list->groups, list->entries, list->entries_end, index,
                            postings->block_count)) {
        return corrupt(postings, list->groups + (size_t)index * NN_SKIP_GROUP_SIZE, error);
    }
    return touch(postings, group->entries, group->entries + nn_skip_group_size(group), error);
}

/** Reads where the parts of a list of several blocks lie. */
static nuncio_status open_long(nn_postings *postings, nuncio_error *error)
{
    nn_list *list = &postings->list;
    size_t size = (size_t)(list->end - list->start);
    enum { HEAD_MAX = 4 * 10 + 1 + 2 * NN_BOUNDS_MAX };
    NN_TRY(touch(postings, list->start, list->start + (size < HEAD_MAX ? size : HEAD_MAX), error));
    nn_slice slice = nn_slice_of(list->start, size);
    uint64_t forms_size = nn_slice_varint(&slice);
    uint64_t docs_size = nn_slice_varint(&slice);
    uint64_t positions_size = nn_slice_varint(&slice);
    uint64_t entries_size = nn_slice_varint(&slice);
    postings->list_bound_count = nn_slice_u8(&slice);
    if (slice.failed || postings->list_bound_count == 0 ||
        postings->list_bound_count > NN_BOUNDS_MAX) {
        return corrupt(postings, list->start, error);
    }
    for (uint32_t i = 0; i < postings->list_bound_count; i++) {
        postings->list_bounds[i].tf = nn_slice_u8(&slice);
        postings->list_bounds[i].length = nn_slice_u8(&slice);
    }
    size_t groups_size = (size_t)nn_skip_groups(postings->block_count) * NN_SKIP_GROUP_SIZE;
    list->groups = nn_slice_bytes(&slice, groups_size);
    list->entries = nn_slice_bytes(&slice, (size_t)entries_size);
    list->entries_end = slice.data;
    list->docs = nn_slice_bytes(&slice, (size_t)docs_size);
    list->positions = nn_slice_bytes(&slice, (size_t)positions_size);
    list->codes = slice.data;
    if (slice.failed || forms_size > slice.size) {
        return corrupt(postings, list->start, error);
    }
    list->forms_end = list->end;
    list->forms = list->end - forms_size;
    NN_TRY(touch(postings, list->groups, list->entries, error));
    NN_TRY(open_group(postings, 0, &postings->group, error));
    postings->bounds_group = postings->group;
    return enter_block(postings, 0, error);
}

/** A list of one block is read as a whole. */
static nuncio_status open_short(nn_postings *postings, nuncio_error *error)
{
    nn_list *list = &postings->list;
    NN_TRY(touch(postings, list->start, list->end, error));
    NN_TRY(read_block(postings, list->start, list->end, 0, error));
    return NUNCIO_OK;
}

nuncio_status nn_postings_open(nn_postings *postings, const nn_segment *segment,
                               const nn_term_info *term, nuncio_error *error)
{
    /* The arrays are filled when a block is entered. */
    postings->segment = segment;
    postings->df = term->passage_df;
    postings->block_count =
        term->passage_df / NN_POSTINGS_BLOCK + (term->passage_df % NN_POSTINGS_BLOCK != 0);
    postings->block = 0;
    postings->term = *term;
    postings->list_bound_count = 0;
    postings->bounds_block = 0;
    postings->positions_block = UINT32_MAX;
    postings->codes_block = UINT32_MAX;
    postings->form_table.count = 0;
    const uint8_t *start = segment->frame.map.data + term->list_offset;
    postings->list = (nn_list){.start = start, .end = start + term->list_size};
    nuncio_status status =
        postings->block_count > 1 ? open_long(postings, error) : open_short(postings, error);
    if (status != NUNCIO_OK) {
        nn_postings_stop(postings);
    }
    return status;
}

nuncio_status nn_postings_rewind(nn_postings *postings, nuncio_error *error)
{
    if (postings->block == 0 && postings->bounds_block == 0 && postings->doc != NN_DOC_END &&
        postings->docs_ready) {
        postings->in_block = 0;
        postings->index = 0;
        postings->doc = postings->docs[0];
        return NUNCIO_OK;
    }
    nn_term_info term = postings->term;
    return nn_postings_open(postings, postings->segment, &term, error);
}

static nuncio_status go_to_block(nn_postings *postings, uint32_t block, nuncio_error *error)
{
    if (block / NN_SKIP_GROUP != postings->group.index) {
        NN_TRY(open_group(postings, block / NN_SKIP_GROUP, &postings->group, error));
    }
    return enter_block(postings, block, error);
}

nuncio_status nn_postings_enter_block(nn_postings *postings, uint32_t block, nuncio_error *error)
{
    NN_ASSERT(block < postings->block_count);
    if (postings->block_count == 1) {
        return nn_postings_rewind(postings, error);
    }
    nuncio_status status = go_to_block(postings, block, error);
    if (status != NUNCIO_OK) {
        nn_postings_stop(postings); /* a walk that failed stays at its end */
    }
    return status;
}

nuncio_status nn_postings_enter_bounded(nn_postings *postings, nuncio_error *error)
{
    if (postings->block_count > 1 && postings->group.index != postings->bounds_group.index) {
        postings->group = postings->bounds_group;
    }
    if (postings->block_count == 1 || postings->block == postings->bounds_block) {
        return NUNCIO_OK; /* there already: the walk is at its first posting or behind it */
    }
    return nn_postings_enter_block(postings, postings->bounds_block, error);
}

nuncio_status nn_postings_next_block(nn_postings *postings, nuncio_error *error)
{
    if (postings->block + 1 >= postings->block_count) {
        nn_postings_stop(postings);
        return NUNCIO_OK;
    }
    return nn_postings_enter_block(postings, postings->block + 1, error);
}

/**
 * Moves `group` to the one that holds the first block, not before `*block`, whose last passage ≥
 * `target`.
 *
 * @param[in,out] block a block of the group; set to the block found, or to block_count
 */
static nuncio_status find_block(const nn_postings *postings, nn_skip_group *group, uint32_t *block,
                                uint32_t target, nuncio_error *error)
{
    uint32_t from = *block - group->index * NN_SKIP_GROUP;
    if (target > group->last_doc) {
        const uint8_t *groups = postings->list.groups;
        uint32_t count = nn_skip_groups(postings->block_count);
        uint32_t low = group->index + 1, step = 1;
        while (low + step <= count && nn_skip_group_last(groups, low + step - 1) < target) {
            low += step; /* every group before `low` ends before the target */
            step *= 2;
        }
        uint32_t high = low + step - 1 < count ? low + step - 1 : count;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (nn_skip_group_last(groups, middle) < target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low >= count) {
            *block = postings->block_count;
            return NUNCIO_OK;
        }
        NN_TRY(open_group(postings, low, group, error));
        from = 0;
    }
    uint32_t found = nn_skip_find(group, from, target);
    if (found == group->count) { /* the header promised one */
        return corrupt(postings, group->entries, error);
    }
    *block = group->index * NN_SKIP_GROUP + found;
    return NUNCIO_OK;
}

/* At most 127 postings are counted, whatever the set of a damaged segment holds. */
void nn_postings_seek_in_set(nn_postings *postings, uint32_t target)
{
    uint32_t from = postings->doc - postings->block_base;
    uint32_t to = target > postings->block_base ? target - postings->block_base : 0;
    to = to > from ? to : from;
    uint32_t word = from / 64;
    uint64_t bits = nn_load_u64(postings->bits + (size_t)word * 8) & UINT64_MAX << (from % 64);
    uint32_t passed = 0;
    for (; word < to / 64; word++) { /* the set reaches to the last document, which is ≥ target */
        passed += nn_popcount64(bits);
        bits = nn_load_u64(postings->bits + ((size_t)word + 1) * 8);
    }
    uint64_t ahead = bits & UINT64_MAX << (to % 64);
    passed += nn_popcount64(bits ^ ahead);
    while (ahead == 0) {
        word++;
        ahead = nn_load_u64(postings->bits + (size_t)word * 8);
    }
    uint32_t at = postings->in_block + passed;
    postings->in_block = at < NN_POSTINGS_BLOCK ? at : NN_POSTINGS_BLOCK - 1;
    postings->index = postings->block * NN_POSTINGS_BLOCK + postings->in_block;
    postings->doc = postings->block_base + word * 64 + nn_ctz64(ahead);
}

/** Enters the block that holds the first posting ≥ target, or goes to the end. */
static nuncio_status seek_block(nn_postings *postings, uint32_t target, nuncio_error *error)
{
    uint32_t block = postings->block;
    NN_TRY(find_block(postings, &postings->group, &block, target, error));
    if (block == postings->block_count) {
        nn_postings_stop(postings);
        return NUNCIO_OK;
    }
    NN_TRY(enter_block(postings, block, error));
    nn_postings_seek_in_block(postings, target);
    return NUNCIO_OK;
}

nuncio_status nn_postings_leave_block(nn_postings *postings, uint32_t target, nuncio_error *error)
{
    if (postings->block + 1 >= postings->block_count) {
        nn_postings_stop(postings);
        return NUNCIO_OK;
    }
    nuncio_status status = seek_block(postings, target, error);
    if (status != NUNCIO_OK) {
        nn_postings_stop(postings);
    }
    return status;
}

nuncio_status nn_postings_unpack_tfs(nn_postings *postings, nuncio_error *error)
{
    if (postings->in_block_count > 0 && !postings->tfs_ready) {
        postings->tf_end = nn_tfs_read(postings->tf_data, postings->data_end,
                                       postings->in_block_count, postings->tfs);
        if (postings->tf_end == NULL) {
            return corrupt(postings, postings->tf_data, error);
        }
        postings->tfs_ready = true;
    }
    return NUNCIO_OK;
}

/** Bounds of a list of one block, from its postings. */
static nuncio_status bound_postings(nn_postings *postings, nuncio_error *error)
{
    nn_postings copy; /* the walk itself may be at its end */
    NN_TRY(nn_postings_open(&copy, postings->segment, &postings->term, error));
    NN_TRY(nn_postings_unpack_docs(&copy, error));
    NN_TRY(nn_postings_unpack_tfs(&copy, error));
    nn_front front = {.tf_max = 0};
    const uint8_t *lengths = postings->segment->lengths;
    for (uint32_t i = 0; i < copy.in_block_count; i++) {
        nn_front_add(&front, copy.tfs[i], lengths[copy.docs[i]]);
    }
    postings->list_bound_count = nn_front_bounds(&front, NN_BOUNDS_MAX, postings->list_bounds);
    return NUNCIO_OK;
}

nuncio_status nn_postings_bounds(nn_postings *postings, nn_bound bounds[NN_BOUNDS_MAX],
                                 uint32_t *bound_count, nuncio_error *error)
{
    if (postings->list_bound_count == 0) {
        NN_TRY(bound_postings(postings, error));
    }
    *bound_count = postings->list_bound_count;
    memcpy(bounds, postings->list_bounds, *bound_count * sizeof bounds[0]);
    return NUNCIO_OK;
}

uint32_t nn_postings_groups(const nn_postings *postings)
{
    return postings->block_count > 1 ? nn_skip_groups(postings->block_count) : 0;
}

nuncio_status nn_postings_view(const nn_postings *postings, uint32_t index, nn_skip_view *view,
                               nuncio_error *error)
{
    nn_skip_group group;
    NN_ASSERT(index < nn_postings_groups(postings));
    NN_TRY(open_group(postings, index, &group, error));
    nn_skip_group_view(&group, view);
    return NUNCIO_OK;
}

nuncio_status nn_postings_block_bounds(nn_postings *postings, uint32_t target, uint32_t *last_doc,
                                       nn_bound bounds[NN_BOUNDS_MAX], uint32_t *bound_count,
                                       nuncio_error *error)
{
    *last_doc = NN_DOC_END;
    *bound_count = 0;
    if (postings->doc == NN_DOC_END || target == NN_DOC_END) {
        return NUNCIO_OK;
    }
    if (postings->block_count == 1) {
        if (target > postings->block_last_doc) {
            return NUNCIO_OK;
        }
        *last_doc = postings->block_last_doc;
        return nn_postings_bounds(postings, bounds, bound_count, error);
    }
    if (postings->bounds_block < postings->block) {
        postings->bounds_group = postings->group;
        postings->bounds_block = postings->block;
    }
    NN_TRY(find_block(postings, &postings->bounds_group, &postings->bounds_block, target, error));
    if (postings->bounds_block == postings->block_count) {
        /* Stay in the last group, so that the next call finds its way from there. */
        postings->bounds_block = postings->bounds_group.index * NN_SKIP_GROUP;
        return NUNCIO_OK;
    }
    const nn_skip_group *group = &postings->bounds_group;
    uint32_t i = postings->bounds_block - group->index * NN_SKIP_GROUP;
    *last_doc = nn_skip_last_doc(group, i);
    *bound_count = nn_skip_bounds(group, i, bounds);
    return NUNCIO_OK;
}

nuncio_status nn_postings_bounds_of(nn_postings *postings, uint32_t block,
                                    nn_bound bounds[NN_BOUNDS_MAX], uint32_t *bound_count,
                                    nuncio_error *error)
{
    nn_skip_group *group = &postings->bounds_group;
    NN_ASSERT(block < postings->block_count && postings->block_count > 1);
    if (block / NN_SKIP_GROUP != group->index) {
        NN_TRY(open_group(postings, block / NN_SKIP_GROUP, group, error));
    }
    postings->bounds_block = block;
    *bound_count = nn_skip_bounds(group, block % NN_SKIP_GROUP, bounds);
    return NUNCIO_OK;
}

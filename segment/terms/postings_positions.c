/* SPDX-License-Identifier: Apache-2.0 */
/* Positions and surface forms of the posting at hand. */
#include "core/error.h"
#include "segment/segment_impl.h"
#include "segment/terms/block_lookup.h"
#include "segment/terms/positions.h"
#include "segment/terms/postings.h"

static nuncio_status corrupt(const nn_postings *postings, const uint8_t *at, nuncio_error *error)
{
    return nn_segment_corrupt(postings->segment, at, "positions make no sense", error);
}

/** The extent of the current block in an area of a list of several blocks, verified. */
static nuncio_status find_extent(const nn_postings *postings, nn_skip_area area,
                                 const uint8_t *area_start, const uint8_t *area_end,
                                 const uint8_t **start, const uint8_t **end, nuncio_error *error)
{
    const nn_skip_group *group = &postings->group;
    nn_extent extent = nn_skip_extent(group, area, postings->block - group->index * NN_SKIP_GROUP);
    if (extent.start > extent.end || extent.end > (size_t)(area_end - area_start)) {
        return corrupt(postings, group->entries, error);
    }
    *start = area_start + extent.start;
    *end = area_start + extent.end;
    return nn_frame_touch_bytes(&postings->segment->frame, *start, *end, error);
}

/** Sets positions_start and _end for the current block, whose frequencies are unpacked. */
static nuncio_status find_positions(nn_postings *postings, nuncio_error *error)
{
    const nn_list *list = &postings->list;
    if (postings->block_count > 1) {
        return find_extent(postings, NN_AREA_POSITIONS, list->positions, list->codes,
                           &postings->positions_start, &postings->positions_end, error);
    }
    nn_slice slice = nn_slice_of(postings->tf_end, (size_t)(list->end - postings->tf_end));
    uint64_t size = nn_slice_varint(&slice);
    if (slice.failed || size > slice.size) {
        return corrupt(postings, postings->tf_end, error);
    }
    postings->positions_start = slice.data;
    postings->positions_end = slice.data + size;
    return NUNCIO_OK;
}

/** find_positions where the cursor is in another block. */
static nuncio_status enter_positions(nn_postings *postings, nuncio_error *error)
{
    if (postings->positions_block != postings->block) {
        NN_TRY(find_positions(postings, error));
        postings->positions_block = postings->block;
        postings->positions_next = UINT32_MAX;
        postings->layout_end = 0;
        postings->layout[0] = 0;
    }
    return NUNCIO_OK;
}

/** Puts the position cursor into the current block, which is unpacked, at posting `most` or before
 * it. */
static nuncio_status open_positions(nn_postings *postings, uint32_t most, nuncio_error *error)
{
    NN_TRY(enter_positions(postings, error));
    if (postings->positions_next > most) { /* only forwards: start afresh */
        postings->positions_next = 0;
        postings->positions_fixed = 0;
        postings->positions_unary = 0;
    }
    return NUNCIO_OK;
}

static nn_positions_reader reader_of(const nn_postings *postings)
{
    return (nn_positions_reader){postings->positions_start, postings->positions_end,
                                 postings->positions_fixed, postings->positions_unary};
}

/** Leaves the cursor before posting `next`. */
static void keep_cursor(nn_postings *postings, uint32_t next, const nn_positions_reader *reader)
{
    postings->positions_next = next;
    postings->positions_fixed = reader->fixed;
    postings->positions_unary = reader->unary;
}

/** Brings the position cursor to the current posting. */
static nuncio_status seek_positions(nn_postings *postings, nn_positions_reader *reader,
                                    nuncio_error *error)
{
    NN_TRY(nn_postings_unpack_docs(postings, error));
    NN_TRY(open_positions(postings, postings->in_block, error));
    *reader = reader_of(postings);
    const uint8_t *lengths = postings->segment->lengths;
    uint32_t ones = 0;
    for (uint32_t i = postings->positions_next; i < postings->in_block; i++) {
        ones += nn_positions_pass(reader, lengths[postings->docs[i]], postings->tfs[i]);
    }
    if (!nn_positions_pass_ones(reader, ones)) {
        return corrupt(postings, postings->positions_start, error);
    }
    return NUNCIO_OK;
}

/** Places behind the text of a first passage, the current one, are those of its title. */
static nuncio_status places_to_positions(const nn_postings *postings, uint32_t length, uint32_t tf,
                                         uint32_t *positions, nuncio_error *error)
{
    uint32_t text_length = 0;
    NN_TRY(nn_segment_text_length(postings->segment, postings->doc, &text_length, error));
    for (uint32_t k = tf; k-- > 0 && text_length < length && positions[k] >= text_length;) {
        positions[k] += NN_POSITION_TITLE - text_length;
    }
    return NUNCIO_OK;
}

nuncio_status nn_postings_find_forms(nn_postings *postings, nn_slice *forms, nuncio_error *error)
{
    const nn_list *list = &postings->list;
    if (postings->block_count > 1) {
        NN_TRY(
            nn_frame_touch_bytes(&postings->segment->frame, list->forms, list->forms_end, error));
        *forms = nn_slice_of(list->forms, (size_t)(list->forms_end - list->forms));
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_unpack_tfs(postings, error));
    NN_TRY(enter_positions(postings, error));
    *forms = nn_slice_of(postings->positions_end, (size_t)(list->end - postings->positions_end));
    return NUNCIO_OK;
}

/** Starts the code cursor at the first posting of the current block. */
static nuncio_status start_codes(nn_postings *postings, nuncio_error *error)
{
    const nn_list *list = &postings->list;
    nn_slice slice;
    NN_TRY(nn_postings_find_forms(postings, &slice, error));
    const uint8_t *forms = slice.data;
    bool sane = nn_form_table_read(&slice, &postings->form_table);
    const uint8_t *start = NULL, *end = list->end;
    if (postings->block_count > 1) {
        NN_TRY(find_extent(postings, NN_AREA_CODES, list->codes, list->forms, &start, &end, error));
    } else { /* codes stand behind the spellings */
        sane = sane && nn_forms_skip(&slice, &postings->form_table);
        start = slice.data;
    }
    if (!sane || slice.failed) {
        return corrupt(postings, forms, error);
    }
    nn_code_reader_init(&postings->codes, &postings->form_table, start, end);
    postings->codes_block = postings->block;
    postings->codes_next = 0;
    return NUNCIO_OK;
}

static nuncio_status read_forms(nn_postings *postings, uint32_t tf, uint32_t *forms,
                                nuncio_error *error)
{
    if (postings->codes_block != postings->block || postings->codes_next > postings->in_block) {
        NN_TRY(start_codes(postings, error));
    }
    uint32_t passed = 0;
    for (uint32_t i = postings->codes_next; i < postings->in_block; i++) {
        passed += postings->tfs[i];
    }
    const nn_form_table *table = &postings->form_table;
    bool sane = nn_codes_pass(&postings->codes, table, passed);
    for (uint32_t k = 0; k < tf && sane; k++) {
        sane = nn_code_read(&postings->codes, table, &forms[k]);
    }
    if (!sane) {
        postings->codes_block = UINT32_MAX;
        return corrupt(postings, postings->codes.data, error);
    }
    postings->codes_next = postings->in_block + 1;
    return NUNCIO_OK;
}

/** The common case: the cursor stands at this posting of frequency 1, whose one position is wanted.
 */
static inline bool read_single(nn_postings *postings, uint32_t *positions)
{
    const nn_segment *segment = postings->segment;
    if (postings->positions_block != postings->block ||
        postings->positions_next != postings->in_block ||
        nn_segment_is_first(segment, postings->doc)) {
        return false;
    }
    uint32_t length = segment->lengths[postings->doc], width = nn_place_width(length);
    uint32_t bit = postings->positions_fixed;
    if (bit + width > (uint64_t)(postings->positions_end - postings->positions_start) * 8) {
        return false;
    }
    positions[0] = (uint32_t)nn_bits_get(postings->positions_start, bit, width);
    postings->positions_fixed = bit + width;
    postings->positions_next++;
    return positions[0] < length;
}

nuncio_status nn_postings_positions(nn_postings *postings, uint32_t *positions, uint32_t *forms,
                                    nuncio_error *error)
{
    uint32_t tf = 0;
    NN_ASSERT(postings->doc != NN_DOC_END);
    NN_TRY(nn_postings_tf(postings, &tf, error));
    if (tf == 1 && forms == NULL && read_single(postings, positions)) {
        return NUNCIO_OK;
    }
    uint32_t length = postings->segment->lengths[postings->doc];
    nn_positions_reader reader;
    NN_TRY(seek_positions(postings, &reader, error));
    if (!nn_positions_read(&reader, length, tf, positions)) {
        postings->positions_block = UINT32_MAX;
        return corrupt(postings, reader.start, error);
    }
    keep_cursor(postings, postings->in_block + 1, &reader);
    if (nn_segment_is_first(postings->segment, postings->doc)) {
        NN_TRY(places_to_positions(postings, length, tf, positions, error));
    }
    return forms == NULL ? NUNCIO_OK : read_forms(postings, tf, forms, error);
}

/** Makes the layout reach to posting `to`. */
static void extend_layout(nn_postings *postings, uint32_t to)
{
    uint32_t end = (to + NN_SPOTS_STEP - 1) / NN_SPOTS_STEP * NN_SPOTS_STEP;
    end = end < postings->in_block_count ? end : postings->in_block_count;
    if (postings->layout_end < end) {
        nn_layout_extend(postings->layout, postings->layout_end, end, postings->segment->lengths,
                         postings->docs, postings->tfs);
        postings->layout_end = end;
    }
}

nuncio_status nn_postings_block_spots(nn_postings *postings, const uint8_t *places,
                                      const uint8_t *numbers, uint32_t count, nn_spots *spots,
                                      nuncio_error *error)
{
    uint32_t read = 0;
    NN_TRY(nn_postings_unpack_docs(postings, error));
    NN_TRY(nn_postings_unpack_tfs(postings, error));
    NN_TRY(open_positions(postings, places[0], error));
    extend_layout(postings, places[count - 1] + 1U);
    nn_spot_block block = {postings->segment->lengths,
                           postings->docs,
                           postings->tfs,
                           postings->layout,
                           places,
                           numbers,
                           count,
                           reader_of(postings),
                           postings->positions_next};
    if (!nn_spots_read(&block, spots->keys + spots->key_count, &read)) {
        postings->positions_block = UINT32_MAX;
        return corrupt(postings, postings->positions_start, error);
    }
    spots->key_count += read;
    if (block.next != postings->positions_next) {
        block.area.fixed = NN_LAYOUT_FIXED(postings->layout[block.next]);
        keep_cursor(postings, block.next, &block.area);
    }
    return NUNCIO_OK;
}

/** Reads of those passages asked about that the current block can hold, from number *at on. */
static nuncio_status read_in_block(nn_postings *postings, nn_spots *spots, uint32_t *at,
                                   nuncio_error *error)
{
    uint8_t places[NN_SPOTS_MAX + NN_SPOTS_STEP], numbers[NN_SPOTS_MAX + NN_SPOTS_STEP];
    uint32_t from = *at;
    while (*at < spots->count && spots->docs[*at] <= postings->block_last_doc) {
        (*at)++;
    }
    uint32_t count = nn_block_look_up(postings, spots->docs + from, *at - from, numbers, places);
    nn_postings_seek_in_block(postings, spots->docs[*at - 1]);
    for (uint32_t k = 0; k < count; k++) {
        numbers[k] = spots->numbers[from + numbers[k]];
    }
    return count == 0 ? NUNCIO_OK
                      : nn_postings_block_spots(postings, places, numbers, count, spots, error);
}

nuncio_status nn_postings_spots(nn_postings *postings, nn_spots *spots, nuncio_error *error)
{
    spots->key_count = 0;
    for (uint32_t at = 0; at < spots->count;) {
        uint32_t doc = spots->docs[at];
        if (doc > postings->block_last_doc) {
            NN_TRY(nn_postings_leave_block(postings, doc, error));
        }
        if (postings->doc != NN_DOC_END && doc <= postings->block_last_doc) {
            NN_TRY(read_in_block(postings, spots, &at, error));
        }
        while (at < spots->count && postings->doc > spots->docs[at]) { /* told wrongly */
            at++;
        }
    }
    return NUNCIO_OK;
}

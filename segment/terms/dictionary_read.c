/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "segment/codes/varint.h"
#include "segment/segment_impl.h"
#include "segment/terms/dictionary.h"

#include <string.h>

static uint32_t block_count(const nn_segment *segment)
{
    uint32_t terms = segment->info.term_count;
    return terms / NN_DICTIONARY_BLOCK + (terms % NN_DICTIONARY_BLOCK != 0);
}

nuncio_status nn_dictionary_open(nn_segment *segment, nuncio_error *error)
{
    nn_region region = segment->frame.regions[NN_REGION_TERM_HASH];
    const uint8_t *hash = segment->frame.map.data + region.offset;
    NN_TRY(nn_sequence_open(&segment->term_blocks, &segment->frame, NN_REGION_TERM_BLOCKS,
                            (uint64_t)block_count(segment) + 1, error));
    if (region.size < 4) {
        return nn_segment_corrupt(segment, hash, "the hash of terms is cut short", error);
    }
    NN_TRY(nn_frame_touch(&segment->frame, region.offset, 4, error));
    segment->hash_slots = nn_load_u32(hash);
    if (segment->hash_slots == 0 || region.size != 4 + (uint64_t)segment->hash_slots * 4) {
        return nn_segment_corrupt(segment, hash, "the hash of terms has another size", error);
    }
    return NUNCIO_OK;
}

/** A walk over the entries of one block. */
typedef struct entry_reader {
    const nn_segment *segment;
    const uint8_t *at, *end;
    uint64_t list;    /* where in LISTS the next list begins */
    uint32_t ordinal; /* of the next term */
    uint32_t left;    /* terms left in the block */
    uint32_t size;    /* of the last term */
} entry_reader;

static nuncio_status corrupt(const entry_reader *reader, nuncio_error *error)
{
    return nn_segment_corrupt(reader->segment, reader->at,
                              "a block of the dictionary makes no sense", error);
}

static nuncio_status open_block(const nn_segment *segment, uint32_t block, entry_reader *reader,
                                nuncio_error *error)
{
    uint64_t from = 0, to = 0;
    NN_TRY(nn_sequence_pair(&segment->term_blocks, block, &from, &to, error));
    nn_region region = segment->frame.regions[NN_REGION_TERMS];
    const uint8_t *data = segment->frame.map.data + region.offset;
    if (from > to || to > region.size) {
        return nn_segment_corrupt(segment, data, "a block of the dictionary lies outside", error);
    }
    NN_TRY(nn_frame_touch_bytes(&segment->frame, data + from, data + to, error));
    reader->segment = segment;
    reader->at = data + from;
    reader->end = data + to;
    reader->ordinal = block * NN_DICTIONARY_BLOCK;
    uint32_t left = segment->info.term_count - reader->ordinal;
    reader->left = left < NN_DICTIONARY_BLOCK ? left : NN_DICTIONARY_BLOCK;
    reader->size = 0;
    const uint8_t *entries = nn_varint(reader->at, reader->end, &reader->list);
    if (entries == NULL) {
        return corrupt(reader, error);
    }
    reader->at = entries;
    return NUNCIO_OK;
}

/** How an entry spells its term: the first `shared` bytes of the last one, then `added` others. */
typedef struct entry_spelling {
    uint32_t shared, added;
    const uint8_t *bytes;
} entry_spelling;

/** Reads an entry; its list lies in the file. */
static nuncio_status read_entry(entry_reader *reader, entry_spelling *spelling, nn_term_info *out,
                                nuncio_error *error)
{
    const nn_segment *segment = reader->segment;
    const uint8_t *at = reader->at, *end = reader->end;
    if (end - at < 2 || end - at - 2 < at[1]) {
        return corrupt(reader, error);
    }
    *spelling = (entry_spelling){at[0], at[1], at + 2};
    uint32_t term_size = spelling->shared + spelling->added;
    uint64_t head = 0, fewer = 0, quotes = 0, size = 0;
    at = nn_varint(at + 2 + spelling->added, end, &head);
    uint64_t df = head >> 1;
    bool quoted = (head & 1) != 0;
    if (df > 1) {
        at = nn_varint(at, end, &fewer);
    }
    if (quoted) {
        at = nn_varint(at, end, &quotes);
    }
    at = nn_varint(at, end, &size);
    if (at == NULL || spelling->shared > reader->size || term_size == 0 ||
        term_size > NN_TERM_SIZE_MAX || df == 0 || df > segment->info.passage_count ||
        fewer >= df || quoted != (quotes > 0) || quotes > segment->info.quote_count) {
        return corrupt(reader, error);
    }
    out->passage_df = (uint32_t)df;
    out->article_df = (uint32_t)(df - fewer);
    out->quote_df = (uint32_t)quotes;
    out->list_size = size;
    nn_region lists = segment->frame.regions[NN_REGION_LISTS];
    if (size <= NN_INLINE_LIST_MAX) {
        out->list_offset = (uint64_t)(at - segment->frame.map.data);
        if (size > (uint64_t)(end - at)) {
            return corrupt(reader, error);
        }
        at += size;
    } else {
        out->list_offset = lists.offset + reader->list;
        if (reader->list > lists.size || size > lists.size - reader->list) {
            return corrupt(reader, error);
        }
        reader->list += size;
    }
    out->ordinal = reader->ordinal++;
    reader->left--;
    reader->size = term_size;
    reader->at = at;
    return NUNCIO_OK;
}

/** Goes behind an entry that nobody wants to know, without a branch on what its numbers are: how
 * many there are, its first byte tells; where each ends, the highest bits of eight bytes. @return
 * false, and nothing has moved, where they take more or reach behind the block: read_entry is to
 * tell */
static bool skip_entry(entry_reader *reader)
{
    enum { SIZE_BYTES_MAX = 4 };
    const uint8_t *at = reader->at + 2 + reader->at[1];
    if (reader->end - at < 8) {
        return false;
    }
    uint64_t bytes = nn_load_u64(at);
    uint64_t lasts = ~bytes & UINT64_C(0x8080808080808080);    /* last bytes of varints */
    lasts = (bytes & 0xFF) >= 4 ? lasts & (lasts - 1) : lasts; /* df > 1 */
    lasts = (bytes & 1) != 0 ? lasts & (lasts - 1) : lasts;    /* quoted */
    uint64_t behind = lasts & (lasts - 1);
    if (behind == 0) {
        return false;
    }
    uint32_t from = nn_ctz64(lasts) / 8 + 1, to = nn_ctz64(behind) / 8 + 1; /* of the size */
    if (to - from > SIZE_BYTES_MAX) {
        return false;
    }
    uint64_t code = bytes >> from * 8 & ((UINT64_C(1) << (to - from) * 8) - 1);
    uint64_t size =
        (code & 0x7F) | (code >> 1 & 0x3F80) | (code >> 2 & 0x1FC000) | (code >> 3 & 0xFE00000);
    uint64_t here = size <= NN_INLINE_LIST_MAX ? size : 0;
    if ((uint64_t)(reader->end - at) < to + here) {
        return false;
    }
    reader->size = (uint32_t)reader->at[0] + reader->at[1];
    reader->at = at + to + here;
    reader->list += size - here;
    reader->ordinal++;
    reader->left--;
    return true;
}

/** Looks for a term in one block. Terms are compared where they lie: of an entry that shares more
 * bytes with the last one than that had in common with the sought term, nothing has to be looked
 * at. Of entries that are skipped only what leads to the next is checked. */
static nuncio_status find_in_block(const nn_segment *segment, uint32_t block, nuncio_str term,
                                   bool *found, nn_term_info *out, nuncio_error *error)
{
    entry_reader reader;
    entry_spelling spelling;
    uint32_t common = 0; /* bytes of the last term that agree with the sought one */
    NN_TRY(open_block(segment, block, &reader, error));
    while (reader.left > 0) {
        const uint8_t *at = reader.at;
        if (reader.end - at < 2 || reader.end - at - 2 < at[1]) {
            return corrupt(&reader, error);
        }
        if (at[0] < common) {
            return NUNCIO_OK; /* greater from here on */
        }
        if (at[0] == common) {
            uint32_t i = 0;
            while (i < at[1] && common < term.size && at[2 + i] == (uint8_t)term.data[common]) {
                i++;
                common++;
            }
            if (i == at[1] && common == term.size) {
                NN_TRY(read_entry(&reader, &spelling, out, error));
                *found = true;
                return NUNCIO_OK;
            }
        }
        if (!skip_entry(&reader)) {
            NN_TRY(read_entry(&reader, &spelling, out, error));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_find_term(const nn_segment *segment, nuncio_str term, bool *found,
                                   nn_term_info *out, nuncio_error *error)
{
    *found = false;
    if (term.size == 0 || term.size > NN_TERM_SIZE_MAX || segment->info.term_count == 0) {
        return NUNCIO_OK;
    }
    const uint8_t *slots = nn_frame_region(&segment->frame, NN_REGION_TERM_HASH) + 4;
    uint64_t hash = nn_hash64(term.data, term.size, 0);
    uint32_t slot = nn_term_slot(hash, segment->hash_slots), tried = UINT32_MAX;
    for (uint32_t probes = 0; probes < NN_HASH_PROBES_MAX; probes++) {
        const uint8_t *at = slots + (size_t)slot * 4;
        NN_TRY(nn_frame_touch_bytes(&segment->frame, at, at + 4, error));
        uint32_t word = nn_load_u32(at);
        if (word == 0) {
            return NUNCIO_OK;
        }
        uint32_t block = (word & (NN_BLOCK_NUMBER_MAX + 1)) - 1;
        if (word >> NN_BLOCK_NUMBER_BITS == nn_term_fingerprint(hash) && block != tried) {
            if (block >= block_count(segment)) {
                return nn_segment_corrupt(segment, at, "the hash of terms makes no sense", error);
            }
            NN_TRY(find_in_block(segment, block, term, found, out, error));
            if (*found) {
                return NUNCIO_OK;
            }
            tried = block;
        }
        slot = slot + 1 == segment->hash_slots ? 0 : slot + 1;
    }
    return NUNCIO_OK;
}

/* ---- the walk ---- */

/** Puts the cursor on the entry that `reader` is at. */
static nuncio_status load_entry(nn_term_cursor *cursor, entry_reader *reader, nuncio_error *error)
{
    entry_spelling spelling;
    NN_TRY(read_entry(reader, &spelling, &cursor->info, error));
    memcpy(cursor->term + spelling.shared, spelling.bytes, spelling.added);
    const uint8_t *file = reader->segment->frame.map.data;
    cursor->term_size = reader->size;
    cursor->next_ordinal = reader->ordinal;
    cursor->next_list = reader->list;
    cursor->next_entry = (uint64_t)(reader->at - file);
    cursor->block_end = (uint64_t)(reader->end - file);
    cursor->valid = true;
    return NUNCIO_OK;
}

/** To the first entry of a block, or the end. */
static nuncio_status enter_block(nn_term_cursor *cursor, uint32_t block, nuncio_error *error)
{
    cursor->valid = false;
    if (block >= block_count(cursor->segment)) {
        return NUNCIO_OK;
    }
    entry_reader reader;
    NN_TRY(open_block(cursor->segment, block, &reader, error));
    return load_entry(cursor, &reader, error);
}

nuncio_status nn_term_cursor_next(nn_term_cursor *cursor, nuncio_error *error)
{
    const nn_segment *segment = cursor->segment;
    if (!cursor->valid) {
        return NUNCIO_OK;
    }
    uint32_t ordinal = cursor->next_ordinal;
    cursor->valid = false;
    if (ordinal >= segment->info.term_count) {
        return NUNCIO_OK;
    }
    if (ordinal % NN_DICTIONARY_BLOCK == 0) {
        return enter_block(cursor, ordinal / NN_DICTIONARY_BLOCK, error);
    }
    entry_reader reader = {
        .segment = segment,
        .at = segment->frame.map.data + cursor->next_entry,
        .end = segment->frame.map.data + cursor->block_end,
        .list = cursor->next_list,
        .ordinal = ordinal,
        .left = 1,
        .size = cursor->term_size,
    };
    return load_entry(cursor, &reader, error);
}

nuncio_status nn_segment_term_at(const nn_segment *segment, uint32_t ordinal,
                                 nn_term_cursor *cursor, nuncio_error *error)
{
    NN_ASSERT(ordinal < segment->info.term_count);
    cursor->segment = segment;
    NN_TRY(enter_block(cursor, ordinal / NN_DICTIONARY_BLOCK, error));
    while (cursor->info.ordinal < ordinal) {
        NN_TRY(nn_term_cursor_next(cursor, error));
    }
    return NUNCIO_OK;
}

static int compare_current(const nn_term_cursor *cursor, nuncio_str term)
{
    return nn_str_compare(nn_str(cursor->term, cursor->term_size), term);
}

nuncio_status nn_term_cursor_seek(nn_term_cursor *cursor, const nn_segment *segment,
                                  nuncio_str from, nuncio_error *error)
{
    cursor->segment = segment;
    cursor->valid = false;
    uint32_t low = 0,
             high = block_count(segment); /* the last block that begins ≤ from is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        NN_TRY(enter_block(cursor, middle, error));
        if (compare_current(cursor, from) <= 0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    NN_TRY(enter_block(cursor, low, error));
    while (cursor->valid && compare_current(cursor, from) < 0) {
        NN_TRY(nn_term_cursor_next(cursor, error));
    }
    return NUNCIO_OK;
}

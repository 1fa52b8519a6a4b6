/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind nn_segment: the mapped frame and a reader for each structure in it. */
#ifndef SEGMENT_SEGMENT_IMPL_H
#define SEGMENT_SEGMENT_IMPL_H

#include "segment/annotations/quote_record.h"
#include "segment/articles/articles.h"
#include "segment/articles/columns.h"
#include "segment/articles/text.h"
#include "segment/codes/sequence.h"
#include "segment/files/frame.h"
#include "segment/files/meta.h"
#include "segment/segment.h"

struct nn_segment {
    nn_memory *memory;
    nn_frame frame;
    nn_segment_info info;
    nn_meta meta;
    const uint8_t *lengths; /* verified at open, as are `starts` and `first_passages` */
    const uint8_t *starts;
    nn_sequence first_passages, text_starts, store_items;
    nn_sequence record_starts, ranks, by_rank, dates, sources, languages, title_lengths;
    nn_sequence source_strings, string_starts;
    nn_sequence first_quotes, quote_starts;
    nn_quote_codes *quote_codes; /* NULL: no quote */
    nn_sequence article_name_starts, name_types, name_counts, name_firsts, name_list_starts;
    nn_sequence name_word_blocks;
    nn_sequence term_blocks;
    uint32_t hash_slots;
    nn_text_reader text;
    nn_columns columns;
};

/** "Damaged at the byte that `at` points to." */
static inline nuncio_status nn_segment_corrupt(const nn_segment *segment, const uint8_t *at,
                                               const char *what, nuncio_error *error)
{
    (void)nn_frame_corrupt(&segment->frame, (uint64_t)(at - segment->frame.map.data), what, error);
    return NUNCIO_ERR_CORRUPT; /* said here, so that compilers know it is a failure */
}

/** Two neighbours of a sequence of starts as an extent in a region. */
NUNCIO_NODISCARD nuncio_status nn_segment_extent(const nn_segment *segment,
                                                 const nn_sequence *starts, uint64_t index,
                                                 nn_region_kind kind, const uint8_t **start,
                                                 const uint8_t **end, nuncio_error *error);
/** The same of a sequence under a cursor. */
NUNCIO_NODISCARD nuncio_status nn_segment_extent_near(const nn_segment *segment,
                                                      nn_sequence_cursor *starts, uint64_t index,
                                                      nn_region_kind kind, const uint8_t **start,
                                                      const uint8_t **end, nuncio_error *error);
/** String `number` of the segment's string table: names come first. */
NUNCIO_NODISCARD nuncio_status nn_segment_string(const nn_segment *segment, uint64_t number,
                                                 nuncio_str *out, nuncio_error *error);
/** Bytes of string `number` (< strings). */
NUNCIO_NODISCARD nuncio_status nn_segment_string_size(const nn_segment *segment, uint64_t number,
                                                      uint32_t *out, nuncio_error *error);
/** Opens the sequences and arrays of articles, whose counts are in segment->info. */
NUNCIO_NODISCARD nuncio_status nn_articles_open(nn_segment *segment, nuncio_error *error);
/** Opens the dictionary. */
NUNCIO_NODISCARD nuncio_status nn_dictionary_open(nn_segment *segment, nuncio_error *error);
/** The line of STARTS that a passage's bit is in. */
static inline const uint8_t *nn_starts_line(const nn_segment *segment, uint32_t passage)
{
    return segment->starts + (size_t)(passage / NN_STARTS_BITS) * NN_STARTS_SIZE;
}
/** True for the first passage of an article. */
static inline bool nn_segment_is_first(const nn_segment *segment, uint32_t passage)
{
    uint32_t bit = passage % NN_STARTS_BITS;
    return (nn_starts_line(segment, passage)[NN_STARTS_HEAD + bit / 8] >> (bit % 8) & 1) != 0;
}
/** Title tokens in the length of `passage`: 0 but in first passages. */
NUNCIO_NODISCARD nuncio_status nn_segment_title_length(const nn_segment *segment, uint32_t passage,
                                                       uint32_t *out, nuncio_error *error);
/** Bytes of item `item` of the store: texts and annotations in order of storage. */
NUNCIO_NODISCARD nuncio_status nn_segment_store_item(const nn_segment *segment, uint64_t item,
                                                     const uint8_t **start, const uint8_t **end,
                                                     nuncio_error *error);
/** Which item a passage's text is, and which the annotations of an article. */
static inline uint64_t nn_store_item_of_text(uint32_t passage, uint32_t article)
{
    return (uint64_t)passage + article; /* one blob of annotations an article lies before it */
}
static inline uint64_t nn_store_item_of_mentions(uint32_t passage_end, uint32_t article)
{
    return (uint64_t)passage_end + article; /* behind the article's last text */
}

#endif

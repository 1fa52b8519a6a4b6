/* SPDX-License-Identifier: Apache-2.0 */
/* The quotes of an article as numbers, each told from what is known before it and coded by how
 * often its size occurs in the segment (number_code.h).
 *
 *   record = unit × quotes, where × quotes, filled to a byte
 *   unit   = kind gap length [ recent [ new ] ]           what a search reads: quotes.h
 *   where  = start size [ cue [ size ] place ] [ [ size ] place ]      the cue's span, the
 * speaker's
 *
 *   kind     what is there at all, and how sure it is: a row of the segment's table
 *   gap      tokens between its start and that of the quote before
 *   length   tokens
 *   recent   speaker: 0 another, else which of the latest 8 different ones, the last first
 *   new      its local number less that of the last new one; zigzag
 *   start    bytes between the end of the quote before and its start, less what so many tokens take
 *            as a rule; zigzag
 *   size     bytes, less what its tokens take as a rule; zigzag
 *   cue      rank of its string in the segment's table
 *   size     bytes - 1 of a span that has not the size of its string
 *   place    how far a span is from what it is told from: the cue from the quote, the speaker from
 *            the cue, or from the quote where the cue has no span
 *
 * The segment's tables: QUOTE_CODES = kinds:varint { head:varint confidence:varint } × kinds
 * cues:varint { string:varint } × cues, table × NN_QUOTE_FIELDS. Kinds and cues come by falling
 * count; a string's number is behind those of names.
 *
 *   head:  bits  0 direct  1 repaired  2 has speaker  3 has cue  4 … 7 cue's span  8 … 11 speaker's
 *   span:  bits  0 … 2 place  3 it has the size of its string
 *
 *   place:   1 before        2 behind        3 within, or from its start on   4 begins earlier
 *            span ◄──► of    of ◄──► span    of◄──►span                       span◄──►of       */
#ifndef SEGMENT_QUOTE_RECORD_H
#define SEGMENT_QUOTE_RECORD_H

#include "segment/annotations/names.h"
#include "segment/codes/number_code.h"

enum {
    NN_QUOTE_SPEAKER = 4,
    NN_QUOTE_CUE = 8,
    NN_QUOTE_CUE_SPAN = 4,     /* first bit of a span in the head */
    NN_QUOTE_SPEAKER_SPAN = 8, /* likewise */
    NN_QUOTE_HEAD_MAX = (1 << 12) - 1,
    NN_QUOTE_STORED_FLAGS = NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_REPAIRED,
    NN_CONFIDENCE_UNIT = 10000,
    NN_QUOTE_RECENT = 8, /* speakers that are told by how long ago they spoke */
    NN_QUOTE_BITS_MIN = 5,
    NN_START_FIELDS = 14,
    NN_SIZE_FIELDS = 12,
    NN_SPEAKER_SIZE_FIELDS = 4
};

/** Where a span is in relation to another. */
enum {
    NN_SPAN_NONE,
    NN_SPAN_BEFORE,
    NN_SPAN_BEHIND,
    NN_SPAN_LATER,
    NN_SPAN_EARLIER,
    NN_SPAN_PLACES,
    NN_SPAN_PLACE_MASK = 7,
    NN_SPAN_SIZED = 8,
    NN_SPAN_BITS = 15 /* all */
};

/** The kinds of numbers; of those with several codes the first. */
typedef enum nn_quote_field {
    NN_FIELD_KIND,
    NN_FIELD_GAP,
    NN_FIELD_LENGTH,
    NN_FIELD_RECENT, /* by how many different speakers there were */
    NN_FIELD_NEW = NN_FIELD_RECENT + NN_QUOTE_RECENT + 1,
    NN_FIELD_START, /* by the width of the number of tokens between */
    NN_FIELD_SIZE = NN_FIELD_START + NN_START_FIELDS, /* by the width of its length */
    NN_FIELD_CUE = NN_FIELD_SIZE + NN_SIZE_FIELDS,
    NN_FIELD_CUE_SIZE,
    NN_FIELD_CUE_PLACE, /* by place, and behind that for direct ones */
    NN_FIELD_SPEAKER_SIZE =
        NN_FIELD_CUE_PLACE +
        2 * NN_SPAN_PLACES, /* by who speaks: a description, a person, another, nobody known */
    NN_FIELD_SPEAKER_PLACE = NN_FIELD_SPEAKER_SIZE + NN_SPEAKER_SIZE_FIELDS, /* by place */
    NN_QUOTE_FIELDS = NN_FIELD_SPEAKER_PLACE + NN_SPAN_PLACES
} nn_quote_field;

/** A row of the table of kinds. */
typedef struct nn_quote_kind {
    uint16_t head, confidence;
} nn_quote_kind;

/** The tables of a segment. */
typedef struct nn_quote_codes {
    nn_quote_kind *kinds;
    uint32_t *cues;
    uint32_t kind_count, cue_count;
    nn_number_decoder fields[NN_QUOTE_FIELDS];
} nn_quote_codes;

/** Reads the tables of a segment; *out is NULL when it has no quote. Release with _close. */
NUNCIO_NODISCARD nuncio_status nn_quote_codes_open(const nn_segment *segment, nn_quote_codes **out,
                                                   nuncio_error *error);
void nn_quote_codes_close(const nn_segment *segment, nn_quote_codes *codes);

/* Which code a number has, where that depends on what is known already. */

static inline uint32_t nn_quote_start_field(int64_t tokens)
{
    uint32_t width = nn_bit_width64((uint64_t)(tokens < 0 ? -tokens : tokens));
    return NN_FIELD_START + (width < NN_START_FIELDS ? width : NN_START_FIELDS - 1);
}

static inline uint32_t nn_quote_size_field(uint32_t tokens)
{
    uint32_t width = nn_bit_width32(tokens);
    return NN_FIELD_SIZE + (width < NN_SIZE_FIELDS ? width : NN_SIZE_FIELDS - 1);
}

static inline uint32_t nn_cue_place_field(uint32_t head)
{
    uint32_t direct = head & NUNCIO_QUOTE_DIRECT;
    return NN_FIELD_CUE_PLACE + direct * NN_SPAN_PLACES +
           (head >> NN_QUOTE_CUE_SPAN & NN_SPAN_PLACE_MASK);
}

static inline uint32_t nn_speaker_place_field(uint32_t head)
{
    return NN_FIELD_SPEAKER_PLACE + (head >> NN_QUOTE_SPEAKER_SPAN & NN_SPAN_PLACE_MASK);
}

static inline uint32_t nn_speaker_size_field(bool known, nuncio_entity_type type)
{
    uint32_t other =
        type == NUNCIO_ENTITY_NONE || type == NUNCIO_ENTITY_PERSON ? (uint32_t)type : 2;
    return NN_FIELD_SPEAKER_SIZE + (known ? other : 3);
}

/** The latest speakers of an article, by local number, the last first. */
typedef struct nn_recent_speakers {
    uint32_t items[NN_QUOTE_RECENT];
    uint32_t count;
    uint32_t last_new;
} nn_recent_speakers;

/** Makes a speaker the last one: item `at`, or `count` for one that is none of them. */
static inline void nn_recent_speakers_note(nn_recent_speakers *recent, uint32_t at,
                                           uint32_t speaker)
{
    if (at == recent->count) {
        recent->last_new = speaker;
        recent->count += recent->count < NN_QUOTE_RECENT;
        at = recent->count - 1;
    }
    for (; at > 0; at--) {
        recent->items[at] = recent->items[at - 1];
    }
    recent->items[0] = speaker;
}

/** Bytes that a token takes in an article, in sixteenths. */
static inline uint32_t nn_token_bytes(uint32_t text_size, uint32_t tokens)
{
    return tokens == 0 ? 0 : (uint32_t)((uint64_t)text_size * 16 / tokens);
}
/** Bytes that so many tokens (negative too) take as a rule, modulo 2^32. */
static inline uint32_t nn_bytes_of_tokens(int64_t tokens, uint32_t token_bytes)
{
    return (uint32_t)(tokens * token_bytes / 16);
}

/* Differences modulo 2^32: 0, -1, 1, -2 … as 0, 1, 2, 3 …. */
static inline uint32_t nn_zigzag(uint32_t difference)
{
    return difference << 1 ^ (difference >> 31 == 0 ? 0 : UINT32_MAX);
}
static inline uint32_t nn_unzigzag(uint32_t number)
{
    return number >> 1 ^ ((number & 1) == 0 ? 0 : UINT32_MAX);
}

#endif

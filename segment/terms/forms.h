/* SPDX-License-Identifier: Apache-2.0 */
/* The surface forms of a term: how they are spelled, and which one each occurrence has.
 *
 *   forms  = head [ widths ] string*
 *   head   = varint: 2 × (number of forms - 1) + (form 0 is not the term itself)
 *   widths = with more than one form: the first run width of each level, 4 bits each, lowest first
 *   string = case:2 bits drop:3 bits add:3 bits, bytes × add
 *                                       cut `drop` bytes off the term, add these, then capitals:
 *                                       case 0 none, 1 the first letter, 2 all
 *          | 3, size:varint bytes       spelled out
 *            (form 0 has no string when it is the term itself)
 *
 * Forms are numbered by falling frequency. Which form an occurrence has is a row of questions, "is
 * it form 0?", "form 1?" …, at most 12 levels, each answered by run codes over the occurrences that
 * reach the level (the adaptive run-length code of JPEG-LS, M. Weinberger et al., 2000):
 *
 *   code   = 0               the next 2^r that reach the level say yes, as far as there are so many
 *          | 1 d:r bits      the next d say yes, then one says no and goes on to the next level
 *
 * r is a quarter of a counter that starts at 4 × width and goes up by 1 behind a 0, down by 1
 * behind a 1. Codes stand in the order in which a reader comes to need them. Behind the last level
 * the number of the form, less the number of levels, follows in as many bits as the largest needs.
 */
#ifndef SEGMENT_FORMS_H
#define SEGMENT_FORMS_H

#include "core/slice.h"
#include "segment/codes/bit_stream.h"
#include "segment/files/format.h"

/** What a reader of codes has to know of the forms of a term. */
typedef struct nn_form_table {
    uint32_t count;  /* forms, ≥ 1 */
    uint32_t levels; /* min(count - 1, NN_FORM_LEVELS_MAX) */
    bool first_is_term;
    uint8_t widths[NN_FORM_LEVELS_MAX];
} nn_form_table;

/** Sets count and levels, and widths from how often the first forms occur (counts[number],
 * NN_FORM_LEVELS_MAX at most are looked at) among `all` occurrences. */
void nn_form_table_plan(nn_form_table *table, const uint64_t *counts, uint64_t all, uint32_t count);

/** Appends `forms`; form number i is strings[order[i]]. */
void nn_forms_write(nn_buffer *out, const nn_form_table *table, nuncio_str term,
                    const nuncio_str *strings, const uint32_t *order);

/** Reads head and widths; the strings follow in `slice`. @return false when they make no sense */
bool nn_form_table_read(nn_slice *slice, nn_form_table *table);
/** Reads string `number`; call it for 0, 1, … in order. A short one is put together in `room` (≥ 2
 * × NN_TERM_SIZE_MAX), one that is spelled out is a view into the slice's bytes. */
bool nn_form_read(nn_slice *slice, const nn_form_table *table, uint32_t number, nuncio_str term,
                  char *room, nuncio_str *out);

/** Passes over all strings. */
bool nn_forms_skip(nn_slice *slice, const nn_form_table *table);

/** Appends the codes of `count` occurrences in a row, starting afresh. `forms` are as given;
 * numbers[form] tells the number of each, and that of `commonest` is 0. */
void nn_codes_write(nn_buffer *out, const nn_form_table *table, uint32_t commonest,
                    const uint32_t *numbers, const uint32_t *forms, uint32_t count);

/** A walk over codes. */
typedef struct nn_code_reader {
    const uint8_t *data;
    uint64_t bit, bit_count;
    uint32_t rest_width; /* bits of a number behind the last level */
    struct nn_code_level {
        uint32_t counter;  /* 4 × r */
        uint32_t yes_left; /* of the code at hand */
        bool no_follows;
    } levels[NN_FORM_LEVELS_MAX];
} nn_code_reader;

void nn_code_reader_init(nn_code_reader *reader, const nn_form_table *table, const uint8_t *start,
                         const uint8_t *end);
/** The form of the next occurrence. @return false past the end, or when there is no such form */
bool nn_code_read(nn_code_reader *reader, const nn_form_table *table, uint32_t *number);
/** Passes over `count` occurrences. */
bool nn_codes_pass(nn_code_reader *reader, const nn_form_table *table, uint32_t count);

#endif

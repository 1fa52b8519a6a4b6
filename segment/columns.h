/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of articles as filters read them: 128 articles at a time, and often not even those.
 *
 * The header of a block says how low and how high its numbers can be, so that a filter passes over
 * blocks it cannot match without unpacking them. Articles of one source or of one year tend to come
 * together. */
#ifndef SEGMENT_COLUMNS_H
#define SEGMENT_COLUMNS_H

#include "segment/segment.h"
#include "segment/sequence.h"

typedef enum nn_column {
    NN_COLUMN_DATE = 0, /* nn_column_date; 0: no date */
    NN_COLUMN_SOURCE,   /* number of the source; 0: no source */
    NN_COLUMN_LANGUAGE  /* nn_language */
} nn_column;

enum { NN_COLUMN_BLOCK = NN_SEQUENCE_BLOCK }; /* articles */

/** The number that stands for a date. A month has a lower one than its days, a year than its
 * months. */
static inline uint64_t nn_column_date(nuncio_date date)
{
    if (date.precision == NUNCIO_DATE_NONE) {
        return 0;
    }
    return (uint64_t)date.year << 11 | (uint64_t)date.month << 7 | (uint64_t)date.day << 2 |
           date.precision;
}
/** The date of such a number; false when there is none of that number. */
bool nn_column_date_read(uint64_t number, nuncio_date *out);

/** Blocks of any column: articles / 128, rounded up. */
uint32_t nn_segment_column_blocks(const nn_segment *segment);
/** Numbers between which those of a block lie, seen from its header: never too narrow. */
NUNCIO_NODISCARD nuncio_status nn_segment_column_range(const nn_segment *segment, nn_column column,
                                                       uint32_t block, uint64_t *low,
                                                       uint64_t *high, nuncio_error *error);
/** The numbers of a block, unpacked; *count of them. */
NUNCIO_NODISCARD nuncio_status nn_segment_column_read(const nn_segment *segment, nn_column column,
                                                      uint32_t block,
                                                      uint64_t numbers[NN_COLUMN_BLOCK],
                                                      uint32_t *count, nuncio_error *error);

#endif

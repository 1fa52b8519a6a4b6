/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of articles as filters read them: 128 articles at a time, and often not even those.
 *
 * The header of a block says how low and how high its numbers can be, and once it is unpacked that
 * is known exactly, so that a filter passes over blocks it cannot match. Articles of one source or
 * of one year tend to come together. */
#ifndef SEGMENT_COLUMNS_H
#define SEGMENT_COLUMNS_H

#include "segment/codes/sequence.h"
#include "segment/segment.h"

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

/** Which numbers of a column a filter wants. */
typedef struct nn_column_wanted {
    uint32_t low, high;  /* those from `low` to `high` (≥ low), */
    uint32_t also[2];    /* and these two, none of which is above `high`; `low`: none */
    const uint64_t *set; /* NULL, or of those from `low` to `high` the ones whose bit is set */
} nn_column_wanted;

/** Sets bit i of `bits` where article i of a block has a number that is wanted. Numbers are
 * unpacked when a block is first looked at that may have one, and kept with the segment: 4 bytes an
 * article and column. Any number of threads.
 * @retval NUNCIO_ERR_CORRUPT a page fails its checksum, or a block lies outside */
NUNCIO_NODISCARD nuncio_status nn_segment_column_match(const nn_segment *segment, nn_column column,
                                                       uint32_t block,
                                                       const nn_column_wanted *wanted,
                                                       uint64_t bits[NN_COLUMN_BLOCK / 64],
                                                       nuncio_error *error);

enum { NN_COLUMNS = NN_COLUMN_LANGUAGE + 1 };

/** The blocks of all columns of a segment, as far as they are unpacked. */
typedef struct nn_columns {
    nn_memory *memory;
    uint32_t block_count;                        /* of a column */
    _Atomic(struct nn_column_numbers *) *blocks; /* of the first column, then of the next; NULL: not
                                                    unpacked */
} nn_columns;

NUNCIO_NODISCARD nuncio_status nn_columns_open(nn_segment *segment, nuncio_error *error);
void nn_columns_close(nn_columns *columns);

#endif

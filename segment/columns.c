/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/columns.h"

#include "segment/segment_impl.h"

bool nn_column_date_read(uint64_t number, nuncio_date *out)
{
    *out = (nuncio_date){0};
    if (number == 0) {
        return true;
    }
    uint64_t year = number >> 11;
    out->month = (uint8_t)(number >> 7 & 15);
    out->day = (uint8_t)(number >> 2 & 31);
    out->precision = (uint8_t)(number & 3);
    out->year = (int16_t)(year & INT16_MAX);
    return year >= 1 && year <= 9999 && out->month <= 12;
}

static const nn_sequence *column_of(const nn_segment *segment, nn_column column)
{
    switch (column) {
    case NN_COLUMN_DATE:
        return &segment->dates;
    case NN_COLUMN_SOURCE:
        return &segment->sources;
    case NN_COLUMN_LANGUAGE:
    default:
        return &segment->languages;
    }
}

uint32_t nn_segment_column_blocks(const nn_segment *segment)
{
    uint32_t articles = segment->info.article_count;
    return articles / NN_COLUMN_BLOCK + (articles % NN_COLUMN_BLOCK != 0);
}

nuncio_status nn_segment_column_range(const nn_segment *segment, nn_column column, uint32_t block,
                                      uint64_t *low, uint64_t *high, nuncio_error *error)
{
    return nn_sequence_range(column_of(segment, column), block, low, high, error);
}

nuncio_status nn_segment_column_read(const nn_segment *segment, nn_column column, uint32_t block,
                                     uint64_t numbers[NN_COLUMN_BLOCK], uint32_t *count,
                                     nuncio_error *error)
{
    return nn_sequence_read(column_of(segment, column), block, numbers, count, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Byte offsets of one text in another unit, cheap for many offsets in about ascending order. */
#ifndef CLI_OFFSETS_H
#define CLI_OFFSETS_H

#include <nuncio/common.h>

typedef struct nn_offsets {
    nuncio_str text;
    nuncio_offset_unit unit;
    size_t byte, units; /* the last offset asked for, and what it was */
} nn_offsets;

nn_offsets nn_offsets_of(nuncio_str text, nuncio_offset_unit unit);
/** `byte` (0 … text.size) in the unit. Cost: the distance to the offset asked for before. */
size_t nn_offsets_convert(nn_offsets *offsets, size_t byte);

#endif

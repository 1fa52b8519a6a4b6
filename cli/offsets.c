/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/offsets.h"

nn_offsets nn_offsets_of(nuncio_str text, nuncio_offset_unit unit)
{
    nn_offsets offsets = {text, unit, 0, 0};
    return offsets;
}

size_t nn_offsets_convert(nn_offsets *offsets, size_t byte)
{
    if (offsets->unit == NUNCIO_OFFSET_BYTES) {
        return byte;
    }
    if (byte > offsets->text.size) {
        byte = offsets->text.size;
    }
    bool ahead = byte >= offsets->byte;
    size_t low = ahead ? offsets->byte : byte, high = ahead ? byte : offsets->byte;
    if (high == low) {
        return offsets->units;
    }
    nuncio_str between = {offsets->text.data + low, high - low};
    size_t units = nuncio_offset_convert(between, between.size, offsets->unit);
    offsets->units = ahead ? offsets->units + units : offsets->units - units;
    offsets->byte = byte;
    return offsets->units;
}

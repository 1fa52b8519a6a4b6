/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/codes/varint.h"

#include "core/slice.h"

const uint8_t *nn_varint_long(const uint8_t *from, const uint8_t *end, uint64_t *out)
{
    nn_slice slice = nn_slice_of(from, (size_t)(end - from));
    *out = nn_slice_varint(&slice);
    return slice.failed ? NULL : slice.data;
}

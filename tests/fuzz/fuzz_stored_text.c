/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a segment stores compressed (texts, annotations, zstd's dictionaries), its
 * checksums made to match: each text has the size that the index says or is refused, in bounded
 * memory.
 *
 * The first byte chooses the segment and the region, the next two where in it the rest is put. */
#include "fuzz/region.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const nn_region_kind kinds[] = {NN_REGION_STORE, NN_REGION_TEXT_DICTIONARIES,
                                           NN_REGION_STORE_ITEMS, NN_REGION_TEXT_STARTS,
                                           NN_REGION_TEXT_RUNS};
    region_use_index(kinds, sizeof kinds / sizeof kinds[0], data, size);
    return 0;
}

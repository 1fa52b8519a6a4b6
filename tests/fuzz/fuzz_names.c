/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as what a segment knows of names (strings, the names of articles and quotes, the
 * articles of names, the words that lead to names), its checksums made to match: searches and reads
 * give errors or what may be, in bounded memory.
 *
 * The first byte chooses the segment and the region, the next two where in it the rest is put. */
#include "fuzz/region.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const nn_region_kind kinds[] = {
        NN_REGION_STRINGS,          NN_REGION_STRING_STARTS,       NN_REGION_FIRST_QUOTES,
        NN_REGION_QUOTES,           NN_REGION_QUOTE_STARTS,        NN_REGION_QUOTE_CODES,
        NN_REGION_ARTICLE_NAMES,    NN_REGION_ARTICLE_NAME_STARTS, NN_REGION_NAME_TYPES,
        NN_REGION_NAME_COUNTS,      NN_REGION_NAME_FIRSTS,         NN_REGION_NAME_LISTS,
        NN_REGION_NAME_LIST_STARTS, NN_REGION_NAME_WORDS,          NN_REGION_NAME_WORD_BLOCKS,
    };
    region_use_index(kinds, sizeof kinds / sizeof kinds[0], data, size);
    return 0;
}

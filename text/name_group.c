/* SPDX-License-Identifier: Apache-2.0 */
#include "text/name_variants.h"

#include <string.h>

/* Byte order, as the table has it. */
static int compare(const nn_name_spelling *spelling, nn_spelling_kind kind, nuncio_str folded)
{
    if (spelling->kind != (uint8_t)kind) {
        return spelling->kind < (uint8_t)kind ? -1 : 1;
    }
    size_t size = strlen(spelling->text);
    int order = memcmp(spelling->text, folded.data, size < folded.size ? size : folded.size);
    return order != 0 ? order : size < folded.size ? -1 : size > folded.size;
}

uint16_t nn_name_group_find(nn_spelling_kind kind, nuncio_str folded)
{
    uint32_t low = 0;
    uint32_t high = folded.size == 0 ? 0 : nn_name_spelling_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(&nn_name_spellings[middle], kind, folded);
        if (order == 0) {
            return nn_name_spellings[middle].group;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NN_NAME_GROUP_NONE;
}

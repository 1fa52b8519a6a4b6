/* SPDX-License-Identifier: Apache-2.0 */
/* Spellings are looked up by the hash of Fowler, Noll and Vo (FNV-1a), which is short enough to be
 * written again where the table is made (tools/name_variants.py). Three slots of four are free, so
 * that a word that is none is mostly known by its first one. */
#include "text/name_variants.h"

#include <stdbool.h>
#include <string.h>

static uint32_t slot_of(nn_spelling_kind kind, nuncio_str folded)
{
    uint32_t hash = UINT32_C(2166136261) ^ (uint32_t)kind;
    for (size_t i = 0; i < folded.size; i++) {
        hash = (hash ^ (uint8_t)folded.data[i]) * UINT32_C(16777619);
    }
    return (hash ^ hash >> 16) % NN_NAME_SPELLING_SLOTS;
}

static bool is_it(const nn_name_spelling *spelling, nn_spelling_kind kind, nuncio_str folded)
{
    return spelling->kind == (uint8_t)kind && spelling->text[0] == folded.data[0] &&
           strlen(spelling->text) == folded.size &&
           memcmp(spelling->text, folded.data, folded.size) == 0;
}

uint16_t nn_name_group_find(nn_spelling_kind kind, nuncio_str folded)
{
    uint32_t slot = folded.size == 0 ? 0 : slot_of(kind, folded);
    while (folded.size > 0 && nn_name_spelling_slots[slot] != 0) {
        const nn_name_spelling *spelling = &nn_name_spellings[nn_name_spelling_slots[slot] - 1];
        if (is_it(spelling, kind, folded)) {
            return spelling->group;
        }
        slot = (slot + 1) % NN_NAME_SPELLING_SLOTS;
    }
    return NN_NAME_GROUP_NONE;
}

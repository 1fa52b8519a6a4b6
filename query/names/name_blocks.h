/* SPDX-License-Identifier: Apache-2.0 */
/* The forms that share a key, brought together from all segments and joined. */
#ifndef QUERY_NAME_BLOCKS_H
#define QUERY_NAME_BLOCKS_H

#include "query/names/name_forms.h"

typedef struct nn_name_block {
    nuncio_str key;
    nn_name_form **forms; /* live ones */
    uint32_t count;
    size_t capacity;
    uint64_t articles;  /* sum over them */
    uint32_t gathering; /* scratch of name_entity.c */
} nn_name_block;

typedef struct nn_name_blocks {
    nn_name_forms *forms;
    nn_string_map *keys;
    nn_name_block **items; /* by number of the key */
    uint32_t count;
    size_t capacity;
    uint32_t gathering;         /* scratch of name_entity.c: number of the last … */
    uint32_t *group_gatherings; /* … and that in which a group of overrides was followed */
} nn_name_blocks;

NUNCIO_NODISCARD nuncio_status nn_name_blocks_open(nn_name_blocks *blocks, nn_name_forms *forms);
void nn_name_blocks_close(nn_name_blocks *blocks);
/** The block of a form's key; a form made of a value will do. */
NUNCIO_NODISCARD nuncio_status nn_name_blocks_load(nn_name_blocks *blocks, const nn_name_form *form,
                                                   nn_name_block **out);
/** Makes the blocks of all forms added so far, which must be all that there are. */
NUNCIO_NODISCARD nuncio_status nn_name_blocks_load_all(nn_name_blocks *blocks);
/** True where a form of the block may be the initials of another name. */
bool nn_name_block_has_initials(const nn_name_block *block);

enum {
    /* limit query: names of the same initials | none of them is joined with the initials */
    NN_NAME_ACRONYMS_MAX = 8
};
/** Of an organisation or event: the other blocks that mean the same by initials, NATO and North
 * Atlantic Treaty Organization. */
NUNCIO_NODISCARD nuncio_status nn_name_blocks_by_initials(nn_name_blocks *blocks,
                                                          const nn_name_block *block,
                                                          nn_name_block *out[NN_NAME_ACRONYMS_MAX],
                                                          uint32_t *count);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Facts about how names are written: groups of spellings that mean the same (name_variants.txt).
 *
 * Spellings are folded words with single spaces between, without an apostrophe at the end. */
#ifndef TEXT_NAME_VARIANTS_H
#define TEXT_NAME_VARIANTS_H

#include <nuncio/common.h>

/** What a spelling is of. In the order of the table. */
typedef enum nn_spelling_kind {
    NN_SPELLING_EVENT = 0,    /* a whole name */
    NN_SPELLING_NATIONALITY,  /* who comes from a place; in the place's group */
    NN_SPELLING_ORGANISATION, /* a whole name */
    NN_SPELLING_PERSON,       /* a word of names of persons */
    NN_SPELLING_PLACE,        /* a whole name */
    NN_SPELLING_WORD          /* a word of other names */
} nn_spelling_kind;

typedef struct nn_name_spelling {
    const char *text;
    uint16_t group;
    uint8_t kind; /* nn_spelling_kind */
} nn_name_spelling;

typedef struct nn_name_group {
    uint16_t first, count; /* of nn_name_group_members */
    bool given;            /* given names */
} nn_name_group;

/* Sorted by kind, then bytes. */
extern const nn_name_spelling nn_name_spellings[];
extern const uint32_t nn_name_spelling_count;
extern const nn_name_group nn_name_groups[];
extern const uint32_t nn_name_group_count;
extern const uint16_t nn_name_group_members[]; /* indexes of nn_name_spellings */

#define NN_NAME_GROUP_NONE UINT16_MAX

/** The group of a spelling, or NN_NAME_GROUP_NONE. Cost: a search by halves. */
uint16_t nn_name_group_find(nn_spelling_kind kind, nuncio_str folded);

/** Spelling `i` (< count) of a group. */
static inline const nn_name_spelling *nn_name_group_at(uint16_t group, uint32_t i)
{
    return &nn_name_spellings[nn_name_group_members[nn_name_groups[group].first + i]];
}

#endif

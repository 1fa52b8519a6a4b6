/* SPDX-License-Identifier: Apache-2.0 */
/* Facts about how names are written: groups of spellings that mean the same (name_variants.txt).
 *
 * Spellings are folded words with single spaces between, without an apostrophe at the end. */
#ifndef TEXT_NAME_VARIANTS_H
#define TEXT_NAME_VARIANTS_H

#include <nuncio/common.h>

/** What a spelling is of. In the order of the table. */
typedef enum nn_spelling_kind {
    NN_SPELLING_EVENT = 0,        /* a whole name */
    NN_SPELLING_EVENT_BAG,        /* its words in any order (name_bag.h): of no list of a group */
    NN_SPELLING_NATIONALITY,      /* who comes from a place; in the place's group */
    NN_SPELLING_ORGANISATION,     /* a whole name */
    NN_SPELLING_ORGANISATION_BAG, /* as of events */
    NN_SPELLING_PERSON,           /* a word of names of persons */
    NN_SPELLING_PLACE,            /* a whole name */
    NN_SPELLING_WORD              /* a word of other names */
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
enum { NN_NAME_SPELLING_SLOTS = 1 << 14 };      /* more than three times as many as spellings */
extern const uint16_t nn_name_spelling_slots[]; /* by hash: 1 + the number of one; 0: none */
extern const nn_name_group nn_name_groups[];
extern const uint32_t nn_name_group_count;
extern const uint16_t nn_name_group_members[]; /* indexes of nn_name_spellings */

#define NN_NAME_GROUP_NONE UINT16_MAX

/** The group of a spelling, or NN_NAME_GROUP_NONE. Cost: its hash. */
uint16_t nn_name_group_find(nn_spelling_kind kind, nuncio_str folded);

enum { NN_NAME_GROUP_ROOM = 6 };
/** Writes "#" and the number of a group, what all its spellings are known by; returns its bytes. */
static inline size_t nn_name_group_write(uint16_t group, char to[NN_NAME_GROUP_ROOM])
{
    size_t size = 1;
    for (uint32_t left = group; left >= 10; left /= 10) {
        size++;
    }
    to[0] = '#';
    for (size_t at = size; at > 0; at--, group /= 10) {
        to[at] = (char)('0' + group % 10);
    }
    return size + 1;
}

/** Spelling `i` (< count) of a group. */
static inline const nn_name_spelling *nn_name_group_at(uint16_t group, uint32_t i)
{
    return &nn_name_spellings[nn_name_group_members[nn_name_groups[group].first + i]];
}

#endif

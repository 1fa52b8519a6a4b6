/* SPDX-License-Identifier: Apache-2.0 */
/* Surface forms that a prefix, a fuzzy word or an exact word stands for.
 *
 * The dictionary holds stems, but these leaves speak of words as they stand in the text: "dying" is
 * found under "die". So the forms of terms are read, not the terms. Nearly all stemmers only cut
 * and replace endings; where the index holds articles of such languages only, the terms that start
 * with the first character of a prefix are all that can have forms starting with the prefix.
 * Otherwise, and for fuzzy words, every form is looked at (about 0.1 µs each). */
#ifndef QUERY_EXPAND_H
#define QUERY_EXPAND_H

#include "core/string_map.h"
#include "query/match/slot.h"

typedef enum nn_expansion_kind {
    NN_EXPAND_SAME = 0, /* folded form equals the text */
    NN_EXPAND_PREFIX,   /* starts with it */
    NN_EXPAND_FUZZY     /* lies within an edit distance of it */
} nn_expansion_kind;

/** What forms are compared with; set up once, used for every segment. */
typedef struct nn_expansion {
    nn_expansion_kind kind;
    nuncio_str text;       /* folded; borrowed */
    uint32_t distance;     /* FUZZY: edits */
    bool endings_only;     /* no language of the index changes how words begin */
    nn_string_map *found;  /* distinct forms so far, for the limit */
    uint32_t letters[256]; /* code points of the text */
    uint32_t letter_count;
    uint32_t other[256]; /* scratch: code points of a form */
} nn_expansion;

/** Sets up a comparison with folded `text`, which must outlive it. */
NUNCIO_NODISCARD nuncio_status nn_expansion_init(nn_expansion *expansion, nn_run *run,
                                                 nn_expansion_kind kind, nuncio_str text,
                                                 uint32_t distance);
void nn_expansion_deinit(nn_expansion *expansion);

/** Finds the lists of one segment; `out` lives in run->arena. Resets run->part_arena.
 * @retval NUNCIO_ERR_LIMIT more than NN_QUERY_FORMS_MAX forms in all segments so far */
NUNCIO_NODISCARD nuncio_status nn_expansion_find(nn_expansion *expansion, nn_run *run, size_t part,
                                                 nn_slot_part *out);

/** Restricts lists to the surface form `surface`; a list that has no such form is dropped. */
NUNCIO_NODISCARD nuncio_status nn_expand_exact(nn_run *run, size_t part, nn_slot_part *lists,
                                               nuncio_str surface);

#endif

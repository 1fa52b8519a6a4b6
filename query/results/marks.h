/* SPDX-License-Identifier: Apache-2.0 */
/* Which tokens of a passage and of its title the query matched, and where that lies in the text.
 *
 * Marks are kept by token, so that occurrences may come in any order and overlap:
 *
 *   tokens    he  met  Sergei  Lavrov  in  New  York
 *   marked              x       x          x    x       "sergei lavrov" york "in new york"
 *   joined              +──────►           +───►        to the token behind
 */
#ifndef QUERY_MARKS_H
#define QUERY_MARKS_H

#include "query/rank/scorer.h"
enum {
    NN_MARKS_TITLE = NN_POSITION_TITLE,        /* place of the first token of the title */
    NN_MARKS_PLACES = NN_POSITION_TITLE + 256, /* positions that can be marked */
    NN_MARK_SET = 1,
    NN_MARK_JOINED = 2,
    NN_MARK_PHRASE = 4 /* by a phrase or NEAR */
};

typedef struct nn_marks {
    uint8_t places[NN_MARKS_PLACES];
} nn_marks;

/** Marks what the scoring clauses match in `passage` (never backwards). */
NUNCIO_NODISCARD nuncio_status nn_marks_collect(nn_part *part, const nn_scorers *scorers,
                                                uint32_t passage, nn_marks *out);

/** Turns the marks from place `first` on into ranges of `text`, the passage or the title; in
 * `arena`. Cost: the words of the text are counted as far as there are marks. */
NUNCIO_NODISCARD nuncio_status nn_marks_place(const nn_marks *marks, uint32_t first,
                                              nuncio_str text, nn_arena *arena,
                                              const nuncio_highlight **out, size_t *count,
                                              nuncio_error *error);

#endif

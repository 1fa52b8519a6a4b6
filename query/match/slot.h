/* SPDX-License-Identifier: Apache-2.0 */
/* A slot is one place of a word or phrase: the alternatives of terms that may stand there, each
 * perhaps restricted to some of its surface forms. A slot's walk is the union of their posting
 * lists in one segment.
 *
 *   negotiat*  ─ slot ─ part 0 ─ list "negoti"   forms {negotiate, negotiating, negotiation}
 *                     │         └ list "negotiat"  all forms
 *                     └ part 1 ─ …
 */
#ifndef QUERY_SLOT_H
#define QUERY_SLOT_H

#include "query/run.h"

/** A union of more lists is not bounded block by block: asking all of them would cost more than it
 * saves. */
enum { NN_SLOT_LISTS_FEW = 8 };

/** A term of a segment. */
typedef struct nn_slot_list {
    nn_term_info info;
    const uint64_t *forms; /* bit f: surface form f counts; NULL: all do */
    uint32_t form_count;   /* bits of forms */
} nn_slot_list;

/** A slot's lists in one segment. */
typedef struct nn_slot_part {
    nn_slot_list *lists;
    uint32_t count;
} nn_slot_part;

typedef struct nn_slot {
    nn_slot_part *parts; /* one a segment of the snapshot */
    nuncio_str *terms;   /* what was looked up; none for prefixes and fuzzy words */
    uint32_t term_count;
    uint64_t passages;  /* live ones that hold one of them; 0 where nobody asks for it */
    double idf;         /* among passages; the same */
    uint64_t quotes;    /* live quotes that hold one; where quotes are weighed */
    double quote_idf;   /* among quotes; the same */
    double article_idf; /* among articles, by article only */
} nn_slot;

/** A list while it is read. */
typedef struct nn_list_walk {
    nn_postings postings;
    const uint64_t *forms;
    uint32_t form_count;
} nn_list_walk;

/** The union of a slot's lists in one segment, in order of passage. */
typedef struct nn_slot_walk {
    uint32_t doc;   /* current passage, NN_DOC_END at the end */
    uint32_t count; /* lists */
    uint64_t cost;  /* postings in all */
    bool whole;     /* every form of every list counts: each doc matches */
    nn_list_walk *lists;
    uint32_t *heap; /* numbers of the lists, a binary heap by current passage; NULL for one list */
} nn_slot_walk;

/** Opens at the first passage. Storage comes from run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_slot_open(nn_slot_walk *walk, nn_run *run, size_t part,
                                            const nn_slot_part *lists);
/** nn_slot_advance for several lists, from a passage before `target`. */
NUNCIO_NODISCARD nuncio_status nn_slot_advance_lists(nn_slot_walk *walk, nn_run *run,
                                                     uint32_t target);
/** To the first passage ≥ `target`, never backwards. Where !walk->whole its frequency may be 0. */
NUNCIO_NODISCARD static inline nuncio_status nn_slot_advance(nn_slot_walk *walk, nn_run *run,
                                                             uint32_t target)
{
    if (walk->doc >= target) {
        return NUNCIO_OK;
    }
    if (walk->heap != NULL) {
        return nn_slot_advance_lists(walk, run, target);
    }
    nn_postings *postings = &walk->lists[0].postings;
    nuncio_status status = nn_postings_advance(postings, target, run->error);
    walk->doc = postings->doc; /* the end where that failed */
    return status;
}
/** Back to the first passage. */
NUNCIO_NODISCARD nuncio_status nn_slot_rewind(nn_slot_walk *walk, nn_run *run);
/** To be called after the lists themselves have been moved forward. */
void nn_slot_settle(nn_slot_walk *walk);
/** Occurrences in the current passage. */
NUNCIO_NODISCARD nuncio_status nn_slot_tf(nn_slot_walk *walk, nn_run *run, uint32_t *tf);
/** The same or more, without a look at which forms they are. */
NUNCIO_NODISCARD nuncio_status nn_slot_tf_most(nn_slot_walk *walk, nn_run *run, uint32_t *tf);
/** Positions in the current passage, ascending; room for NN_POSITIONS_MAX. */
NUNCIO_NODISCARD nuncio_status nn_slot_positions(nn_slot_walk *walk, nn_run *run,
                                                 uint32_t *positions, uint32_t *count);

/** Positions in each of some passages, as nn_postings_spots. */
NUNCIO_NODISCARD nuncio_status nn_slot_spots(nn_slot_walk *walk, nn_run *run, nn_spots *spots);

/** The largest tf / (tf + norm) that any passage from `target` to *last can have, or more; 0 when
 * there is none. */
NUNCIO_NODISCARD nuncio_status nn_slot_bound(nn_slot_walk *walk, nn_run *run, uint32_t target,
                                             uint32_t *last, double *bound);
/** The same for the whole segment. */
NUNCIO_NODISCARD nuncio_status nn_slot_max(nn_slot_walk *walk, nn_run *run, double *max);

#endif

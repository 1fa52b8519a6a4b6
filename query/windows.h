/* SPDX-License-Identifier: Apache-2.0 */
/* A window of passages while postings are searched: between walk_windows.c, which
 * decides, and window_terms.c, which reads postings. */
#ifndef QUERY_WINDOWS_H
#define QUERY_WINDOWS_H

#include "query/walk.h"

enum {
    NN_WINDOW = 4096,                                    /* passages, at most */
    NN_WINDOW_BLOCKS = NN_WINDOW / NN_POSTINGS_BLOCK + 2 /* blocks that a list can have in it */
};

/** Sums in single precision may come out this much too low (1,024 terms, 2^-24 each, and the
 * products). */
#define NN_FLOAT_MARGIN (1.0 + 2e-4)

/** A block of postings. */
typedef struct nn_block_bound {
    uint32_t end; /* behind the last passage it speaks of */
    float bound;  /* no passage in it gets more */
} nn_block_bound;

/** A scoring clause in the current segment: a word, whose postings are read block by block, or
 * anything else, which is only approached (query/matcher.h) and confirmed by a matcher of its own
 * when a candidate is scored. */
typedef struct nn_term {
    nn_slot_walk *slot;    /* of a word that stands in the segment */
    nn_matcher *matcher;   /* of anything else that does; with neither, the term adds nothing */
    nn_matcher *confirmer; /* the same, one candidate after the other */
    double weight;         /* weight · idf */
    double max;            /* no passage gets more from it */
    uint64_t cost;         /* about how many postings it has */
    uint32_t place;        /* in the order of sums */
    bool required;         /* a passage without it is no candidate */
    bool dense;            /* many blocks a window: while optional, only max bounds it */
    bool used;             /* tfs is not all 0 */
    uint8_t *tfs; /* in the window, as far as read; of a matcher: not 0 where it may occur */
    double bound; /* no passage of the window gets more */
    uint32_t block_count;                    /* 0 where only max is known */
    nn_block_bound blocks[NN_WINDOW_BLOCKS]; /* of the window, in order */
} nn_term;

typedef struct nn_windows {
    nn_part *part;
    const nn_condition *filter; /* on a column, of the residue; NULL: none */
    nn_unit unit;
    nn_ranking *ranking;
    nn_term *terms;     /* optional ones by max, ascending; then required ones, rarest last */
    uint32_t count;     /* of terms */
    uint32_t *by_place; /* their numbers in the order of sums */
    bool conjunction;   /* the last term is required: it alone is streamed */
    uint32_t optional;  /* so many of the first can never again make a candidate alone */
    double threshold;   /* below it nothing is wanted; -1: everything is */
    uint32_t article;   /* asked about last, and */
    bool accepted;      /* whether it may have hits */
    float norms[NN_BM25_LENGTHS];
    /* Of the window. */
    uint32_t width;      /* passages at most */
    uint32_t first, end; /* passages */
    uint32_t essential;  /* terms from this one on are streamed */
    double *before;      /* before[i]: bounds of the terms before i */
    double bound;        /* of all terms */
    /* By place in the window. */
    float sums[NN_WINDOW];
    uint64_t marked[NN_WINDOW / 64]; /* candidates, while a term is scanned for them */
    uint16_t touched[NN_WINDOW + 1]; /* places that have a sum, in order of streaming */
    uint16_t candidates[NN_WINDOW];  /* places that may reach the threshold, ascending */
    uint32_t touched_count, candidate_count;
    uint32_t *written; /* tfs of optional terms that are not 0: number of the term, place */
    uint32_t written_count;
} nn_windows;

/** Streams the essential terms into the sums and selects the candidates. */
NUNCIO_NODISCARD nuncio_status nn_window_stream(nn_windows *windows);
/** Completes the candidates with the optional terms and drops those that cannot reach the
 * threshold. */
NUNCIO_NODISCARD nuncio_status nn_window_complete(nn_windows *windows);
/** Clears what belongs to the window. */
void nn_window_reset(nn_windows *windows);

/** Passage that a term stands at, or NN_DOC_END. */
static inline uint32_t nn_term_doc(const nn_term *term)
{
    return term->slot != NULL      ? term->slot->doc
           : term->matcher != NULL ? term->matcher->doc
                                   : NN_DOC_END;
}

#endif

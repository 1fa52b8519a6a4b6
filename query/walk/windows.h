/* SPDX-License-Identifier: Apache-2.0 */
/* A window of passages while postings are searched: between walk_windows.c, which decides,
 * window_bounds.c, which knows where hits can be, window_lists.c, which reads postings,
 * window_candidates.c, which selects candidates, window_terms.c, which completes candidates, and
 * window_scores.c, which scores them. */
#ifndef QUERY_WINDOWS_H
#define QUERY_WINDOWS_H

#include "query/match/phrase.h"
#include "query/rank/block_scores.h"
#include "query/rank/floor.h"
#include "query/walk/walk.h"

#include <math.h>

enum {
    NN_STRIP_SHIFT = 10, /* of the narrowest strip: 1,024 passages */
    NN_WINDOW = 16384,   /* passages of a window, at most */
    NN_WINDOW_STRIPS = (NN_WINDOW >> NN_STRIP_SHIFT) + 1, /* strips that it can touch, at most */
    NN_STRIPS_ROOM = 24,     /* of a row of them, which is gone through eight a step */
    NN_CANDIDATES_ROOM = 16, /* candidates are written many at a time: so many more have room */
    NN_WINDOW_ROOM = 1 << 16 /* postings of all terms in a window: many terms make it narrower */
};

/** Strips are gone through some at a time; behind the last of a row is room. */
enum { NN_STRIPS_STEP = 8 };
typedef float nn_strips __attribute__((vector_size(NN_STRIPS_STEP * 4)));
typedef int32_t nn_strip_mask __attribute__((vector_size(NN_STRIPS_STEP * 4)));

/** Postings of a list in the window, ascending. */
typedef struct nn_streak {
    uint32_t *docs;
    uint32_t *tfs;
    uint32_t count;
} nn_streak;

/** A scoring clause in the current segment: a word, whose postings are read block by block, or
 * anything else, which is only approached (query/match/matcher.h) and confirmed by a matcher of its
 * own when a candidate is scored. */
typedef struct nn_term {
    nn_slot_walk *slot;    /* of a word that stands in the segment */
    nn_matcher *matcher;   /* of anything else that does; with neither, the term adds nothing */
    nn_matcher *confirmer; /* the same, at the candidate scored last; NULL: frequencies are exact */
    nn_phrase *phrase;     /* what finds its passages; NULL: the matcher has to be approached */
    nn_phrase_reader *reader; /* of a phrase: its matcher is the confirmer */
    double weight;            /* weight · idf */
    double max;               /* no passage gets more from it */
    const float *maxima;      /* by strip: no passage of it gets more; NULL: max for all */
    uint64_t cost;            /* about how many postings it has */
    uint32_t place;           /* in the order of sums */
    bool required;            /* a passage without it is no candidate */
    nn_streak *streaks;    /* of the window, as far as read; of a matcher with frequencies that its
                              own do not exceed */
    uint32_t streak_count; /* room for one a list, or for one */
} nn_term;

/** A hit that is still to be ranked. */
typedef struct nn_window_hit {
    double score;
    uint32_t passage;
} nn_window_hit;

typedef struct nn_windows {
    nn_part *part;
    const nn_condition *filter; /* on a column, of the residue; NULL: none */
    nn_unit unit;
    nn_ranking *ranking;
    nn_term *terms;      /* optional ones by max, ascending; then required ones, rarest last */
    uint32_t count;      /* of terms */
    uint32_t *by_place;  /* their numbers in the order of sums */
    uint32_t list_count; /* lists of all terms */
    bool conjunction;    /* the last term is required: it alone is streamed */
    bool in_order;       /* candidates are to be scored in order: matchers go forward only */
    bool columns_only;   /* the residue asks for nothing but columns */
    bool sure;           /* candidates are hits, and their sums what they score, but for rounding */
    double threshold;    /* below it nothing is wanted; -1: everything is */
    nn_floor floor;      /* by sums of candidates */
    nn_window_hit
        *found; /* where candidates are sure: the floor is the threshold until they are ranked */
    uint32_t found_count, found_max;
    uint32_t article; /* asked about last, and */
    bool accepted;    /* whether it may have hits */
    nn_rough_norms norms;
    /* Strips: 2^strip_shift passages each. */
    uint32_t strip_shift, strip_count;
    float
        *bounds; /* by strip: no passage gets more; 0: there is none, or it was searched already */
    /* Of the window. */
    uint32_t first, end; /* passages */
    uint32_t essential;  /* terms from this one on are streamed */
    float *rests; /* rests[i · NN_STRIPS_ROOM + s]: bounds of the terms before i in strip s */
    float cuts[NN_STRIPS_ROOM]; /* by strip: a sum below it cannot reach the threshold */
    uint32_t *room_docs;        /* what streaks lie in */
    uint32_t *room_tfs;
    uint32_t room_used, room;
    nn_block_scores block;
    /* By place in the window. */
    float *sums;                           /* 0 behind a window, as far as `cleared` */
    uint32_t cleared;                      /* of sums */
    uint64_t marked[NN_WINDOW / 64];       /* 0 but while candidates are selected, */
    uint64_t touched[NN_WINDOW / 64 / 64]; /* and bits of its words that are not 0 */
    /* Candidates: passages that may reach the threshold, ascending. */
    uint32_t *candidates;
    uint32_t candidate_count;
    nn_meet meet;
} nn_windows;

/** Divides the segment into strips and bounds them; terms are in place. */
NUNCIO_NODISCARD nuncio_status nn_windows_bound(nn_windows *windows);

/** The highest single precision number that is not above a double. */
static inline float nn_float_below(double number)
{
    float near = (float)number;
    return (double)near > number ? nextafterf(near, -HUGE_VALF) : near;
}

/** The strip of a passage. */
static inline uint32_t nn_strip_of(const nn_windows *windows, uint32_t passage)
{
    return passage >> windows->strip_shift;
}
/** The same, counted from the window's first. */
static inline uint32_t nn_window_strip(const nn_windows *windows, uint32_t passage)
{
    return (passage >> windows->strip_shift) - (windows->first >> windows->strip_shift);
}
/** What a term may add to a passage of a strip. */
static inline float nn_term_bound(const nn_term *term, uint32_t strip)
{
    return term->maxima != NULL ? term->maxima[strip] : (float)(term->max * NN_FLOAT_MARGIN);
}
/** First passage from `passage` on in a strip where hits can be, up to `limit`. */
uint32_t nn_windows_live(const nn_windows *windows, uint32_t passage, uint32_t limit);

/** Reads the essential terms into streaks and selects the candidates. */
NUNCIO_NODISCARD nuncio_status nn_window_stream(nn_windows *windows);
/** Completes the candidates with the optional terms and drops those that cannot reach the
 * threshold. */
NUNCIO_NODISCARD nuncio_status nn_window_complete(nn_windows *windows);
/** Sets cuts[] for sums to which terms before `term` are still to be added. */
void nn_window_cut(nn_windows *windows, uint32_t term);
/** Scores the candidates, offers the hits to the ranking and raises the threshold. */
NUNCIO_NODISCARD nuncio_status nn_window_score(nn_windows *windows);
/** Makes candidates of those of some postings, of a list that is alone, whose parts reach their
 * cut, and sums of the parts. */
void nn_window_select_parts(nn_windows *windows, const uint32_t docs[NN_POSTINGS_BLOCK],
                            uint32_t from, uint32_t end);
/** The same, as every processor can. */
void nn_window_select_parts_portable(nn_windows *windows, const uint32_t docs[NN_POSTINGS_BLOCK],
                                     uint32_t from, uint32_t end);
/** Ranks the hits that are still to be. */
NUNCIO_NODISCARD nuncio_status nn_window_rank(nn_windows *windows);
/** Drops candidates below their cut. */
void nn_window_keep(nn_windows *windows);
void nn_window_keep_portable(nn_windows *windows);
/** Makes candidates of the passages of the essential streaks whose sums reach their cut, in order.
 */
void nn_window_select(nn_windows *windows);
/** The same, as every processor can; nn_window_select takes the fastest. */
void nn_window_select_portable(nn_windows *windows);
/** Clears what belongs to the window. */
void nn_window_reset(nn_windows *windows);
/** The term's frequency at a candidate, 0: it was not found there. */
uint32_t nn_window_tf(const nn_term *term, uint32_t passage);

/** Begins a streak of a term at the end of the room. */
static inline nn_streak *nn_streak_begin(nn_windows *windows, nn_term *term)
{
    nn_streak *streak = &term->streaks[term->streak_count++];
    streak->docs = windows->room_docs + windows->room_used;
    streak->tfs = windows->room_tfs + windows->room_used;
    streak->count = 0;
    return streak;
}
static inline void nn_streak_end(nn_windows *windows, const nn_streak *streak)
{
    windows->room_used += streak->count;
}

/** Of a weight of 0: so that there is something. */
#define NN_WEIGHT_LEAST 1e-30F
static inline float nn_term_weight(const nn_term *term)
{
    return (float)term->weight > NN_WEIGHT_LEAST ? (float)term->weight : NN_WEIGHT_LEAST;
}
/** What a frequency adds to a sum. */
static inline float nn_window_part(const nn_windows *windows, float weight, uint32_t tf,
                                   uint32_t length)
{
    return nn_block_part(weight, tf, nn_rough_norm(windows->norms, length));
}

/** Passage from which on a term may stand, or NN_DOC_END. */
static inline uint32_t nn_term_doc(const nn_term *term)
{
    return term->slot != NULL      ? term->slot->doc
           : term->phrase != NULL  ? nn_phrase_doc(term->phrase)
           : term->matcher != NULL ? term->matcher->doc
                                   : NN_DOC_END;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* A search under way: what all its steps share. */
#ifndef QUERY_RUN_H
#define QUERY_RUN_H

#include "core/arena.h"
#include "core/error.h"
#include "query/rank/bm25.h"
#include "segment/snapshot.h"
#include "text/analyzer.h"
#include "text/normalise.h"

#include <nuncio/search.h>

enum { NN_RUN_STEPS = 4096 }; /* most steps between two checks */

/** How a search went about its work: tests want to see that every way was taken. */
typedef struct nn_trail {
    uint64_t words, all;      /* segments searched by nn_walk_word, by nn_walk_all, */
    uint64_t phrases;         /* by nn_walk_phrase, */
    uint64_t company;         /* by nn_walk_company, */
    uint64_t further;         /* and passes of it along other words than the rarest */
    uint64_t few;             /* segments searched by nn_walk_few, */
    uint64_t left;            /* and those of them along what a filter leaves */
    uint64_t sampled;         /* strips searched before the others */
    uint64_t windows;         /* searched, and those of them */
    uint64_t alone;           /* with one essential list, */
    uint64_t best_first;      /* with the candidates of the best sums scored first, or */
    uint64_t floored;         /* with a threshold raised by their sums */
    uint64_t passed;          /* passages in strips that were passed over */
    uint64_t jumps;           /* blocks of essential lists that were passed over */
    uint64_t scanned, sought; /* blocks asked about several passages: gone over, or looked up in */
    uint64_t listed;          /* segments searched by nn_walk_listed */
    uint64_t counted;         /* segments counted without being scored */
    uint64_t mapped;          /* blocks added to maps of passages */
} nn_trail;

typedef struct nn_run {
    const nuncio_snapshot *snapshot;
    nuncio_error *error;
    nn_arena *arena;         /* lives with the result */
    nn_arena *part_arena;    /* lives as long as one segment is searched */
    nn_arena *article_arena; /* lives as long as one article's annotations are looked at */
    nn_analyzer *analyzer;
    nn_token_list *tokens;     /* scratch for it */
    nn_normaliser *normaliser; /* of words without a language */
    nn_buffer text;            /* scratch */
    nn_bm25 passages;          /* counts of live passages */
    nn_bm25 articles;          /* counts of live articles; used by article only */
    nn_bm25 quotes;            /* counts of live quotes; without norms until they are searched */
    nn_norms *quote_norms;     /* for those */
    bool by_article;
    bool by_quote;         /* quotes are ranked, and the whole query is read over one */
    bool by_passage_scope; /* the whole query is read over the passage */
    bool exhaustive;       /* no pruning */
    bool lists_names;      /* the forms that filters on names are true of are asked for too */
    uint64_t deadline_ns;  /* of nn_clock_ns; 0: none */
    const nuncio_search_options *options; /* bounds on work, and who may stop it */
    uint64_t work;                        /* steps up to the last check */
    uint32_t period;                      /* steps from one check to the next */
    uint32_t steps;                       /* left before the next check */
    uint32_t openings;                    /* of segments to be searched, so far */
    nn_trail trail;
} nn_run;

/** Begins to count steps. */
void nn_run_start(nn_run *run, const nuncio_search_options *options);
/** Asks whether to go on: the caller's `stop`, the clock, the work done.
 * @retval NUNCIO_ERR_CANCELLED, NUNCIO_ERR_DEADLINE, NUNCIO_ERR_LIMIT no, for this reason */
NUNCIO_NODISCARD nuncio_status nn_run_check(nn_run *run);

/** Counts a step of bounded work; every NN_RUN_STEPS asks whether to go on. */
NUNCIO_NODISCARD static inline nuncio_status nn_run_step(nn_run *run)
{
    if (run->steps > 0) {
        run->steps--;
        return NUNCIO_OK;
    }
    return nn_run_check(run);
}

/** NUNCIO_ERR_CORRUPT for the segment of part `part`. */
nuncio_status nn_run_corrupt(nn_run *run, size_t part, const char *what);

/** True when the article of part `part` is deleted. */
static inline bool nn_run_deleted(const nn_run *run, size_t part, uint32_t article)
{
    const nn_deletes *deletes = run->snapshot->parts[part].deletes;
    return deletes != NULL && nn_deletes_has(deletes, article);
}

#endif

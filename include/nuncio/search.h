/* SPDX-License-Identifier: Apache-2.0 */
/* Ranks the passages, articles or quotes that match a query. */
#ifndef NUNCIO_SEARCH_H
#define NUNCIO_SEARCH_H

#include <math.h>

#include <nuncio/hits.h>
#include <nuncio/overrides.h>
#include <nuncio/query.h>
#include <nuncio/snapshot.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is ranked. */
typedef enum nuncio_search_unit {
    NUNCIO_BY_PASSAGE = 0,
    NUNCIO_BY_ARTICLE = 1,
    NUNCIO_BY_QUOTE = 2 /* the whole query is read over one quote, whatever the scope */
} nuncio_search_unit;

/** Over what a query is read. */
typedef enum nuncio_search_scope {
    NUNCIO_SCOPE_ARTICLE = 0, /* AND, NOT, + and - hold over the article */
    NUNCIO_SCOPE_PASSAGE = 1  /* over one passage */
} nuncio_search_scope;

/** What person:, place:, org:, entity: and speaker: find beside names that hold the words. */
typedef enum nuncio_variants {
    NUNCIO_VARIANTS_NAMES = 0, /* the other forms of the same entity: Kiev for place:Kyiv */
    NUNCIO_VARIANTS_OFF = 1    /* nothing */
} nuncio_variants;

typedef struct nuncio_search_options {
    size_t struct_size; /* sizeof(nuncio_search_options) */
    uint32_t hits_max;  /* 1 … 10000; 0: only count */
    nuncio_search_unit by;
    nuncio_search_scope scope;
    double k1, b;       /* BM25; k1 ≥ 0, 0 ≤ b ≤ 1; NAN: the defaults of docs/ranking.md */
    nuncio_str after;   /* from nuncio_hits_after: hits behind that one; absent: from the first */
    bool count;         /* also count all matches exactly */
    bool explain;       /* fill nuncio_hit.explanation and nuncio_hits_explain_query */
    bool exhaustive;    /* score every match, skip nothing: for tests and comparison */
    bool no_highlights; /* ids, ordinals and scores only: all else of the hits is left empty */
    bool entities;    /* fill mention_entities and speaker_entities of hits: about 100 µs for each
                         name that is met first; of names as written where variants are off */
    bool direct_only; /* by quote: words in quotation marks, no reported speech */
    nuncio_variants variants;
    uint32_t deadline_ms; /* 0: none */
    uint64_t work_max;   /* steps of the search, each of bounded work: the same on every machine and
                            in every run; 0: no bound */
    uint64_t memory_max; /* bytes the search may hold beside its hits; 0: no bound */
    bool (*stop)(void *context); /* asked from the searching thread, at least once in 4096 steps;
                                    true ends the search; NULL: never */
    void *stop_context;          /* handed to `stop` */
    const nuncio_overrides *overrides; /* what is known better about names; NULL: nothing */
} nuncio_search_options;

#define NUNCIO_SEARCH_OPTIONS_INIT                                                                 \
    {                                                                                              \
        sizeof(nuncio_search_options), 10, NUNCIO_BY_PASSAGE, NUNCIO_SCOPE_ARTICLE, (double)NAN,   \
            (double)NAN, {NULL, 0}, false, false, false, false, false, false,                      \
            NUNCIO_VARIANTS_NAMES, 0, 0, 0, NULL, NULL, NULL                                       \
    }

/**
 * Ranks what matches `query` and keeps the best `hits_max`.
 *
 * Scores are BM25 as docs/ranking.md defines it. Equal scores are ordered by article id bytes, then
 * by ordinal (of the passage or quote), so the same query on the same snapshot gives the same list
 * every time.
 *
 * Ownership: `*out` is the caller's; release it with nuncio_hits_destroy before the snapshot.
 * Threads: any number of searches may share one snapshot and one query.
 *
 * @param[in]  options NULL for the defaults
 * @param[out] out     never NULL on success; without a match nuncio_hits_count() is 0
 * @retval NUNCIO_ERR_ARGUMENT   an option is out of range
 * @retval NUNCIO_ERR_QUERY      by quote: the query holds PASSAGE( … )
 * @retval NUNCIO_ERR_GENERATION `after` is of another commit
 * @retval NUNCIO_ERR_CORRUPT    the index is damaged where the query looked
 * @retval NUNCIO_ERR_DEADLINE   `deadline_ms` went by
 * @retval NUNCIO_ERR_LIMIT      `work_max` was not enough
 * @retval NUNCIO_ERR_MEMORY     `memory_max` was not enough, or the allocator refused
 * @retval NUNCIO_ERR_CANCELLED  `stop` said so
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_search(const nuncio_snapshot *snapshot,
                                                        const nuncio_query *query,
                                                        const nuncio_search_options *options,
                                                        nuncio_hits **out, nuncio_error *error);

#ifdef __cplusplus
}
#endif
#endif

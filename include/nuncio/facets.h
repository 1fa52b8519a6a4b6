/* SPDX-License-Identifier: Apache-2.0 */
/* What a whole result consists of: from which sources and times, who speaks and who is named. */
#ifndef NUNCIO_FACETS_H
#define NUNCIO_FACETS_H

#include <nuncio/search.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nuncio_facet_kind {
    NUNCIO_FACET_SOURCE = 0,
    NUNCIO_FACET_YEAR = 1,    /* "2031" */
    NUNCIO_FACET_MONTH = 2,   /* "2031-05"; of articles whose date says so much */
    NUNCIO_FACET_SPEAKER = 3, /* of the quotes that a hit has words of: by the commonest of all
                                 forms of the name, as ENTITY, or a description */
    NUNCIO_FACET_ENTITY =
        4 /* who and what is named: by the commonest of all its forms; with variants
             off, names as written in their fullest form in the article */
} nuncio_facet_kind;
enum { NUNCIO_FACET_KINDS = 5 };

/** A form in which an entity is written. */
typedef struct nuncio_entity_form {
    nuncio_str text;
    nuncio_entity_type type;
    uint64_t articles; /* of the whole archive, that hold it */
} nuncio_entity_form;

/** A value, and in how much of the result it is. Views live with the facets. */
typedef struct nuncio_facet {
    nuncio_str value;
    nuncio_entity_type type; /* ENTITY and SPEAKER, of which NONE is a description; else NONE */
    uint64_t hits;           /* passages, or quotes where quotes are searched */
    uint64_t articles;
    const nuncio_entity_form *forms; /* ENTITY only, unless variants are off: all forms that are
                                        counted as one, commonest first */
    size_t form_count;
    bool named; /* ENTITY only, unless variants are off: a filter on names of the query
                   (person:, entity:, …) is true of one of the forms */
} nuncio_facet;

typedef struct nuncio_facet_options {
    size_t struct_size; /* sizeof(nuncio_facet_options) */
    uint32_t kinds;     /* sum of 1 << nuncio_facet_kind */
    uint32_t limit;     /* values of a kind at most; 0: all. Years and months always come all */
} nuncio_facet_options;

#define NUNCIO_FACET_OPTIONS_INIT                                                                  \
    {                                                                                              \
        sizeof(nuncio_facet_options), (1u << NUNCIO_FACET_KINDS) - 1, 10                           \
    }

typedef struct nuncio_facets nuncio_facets;

/**
 * Counts over all that `query` matches, not only over the best.
 *
 * A hit is what nuncio_search with the same options would rank: a passage (by article too) or, by
 * quote, a quote. Where no word of the query scores and none of these is asked for, hits are whole
 * articles. Of a passage count the speakers of quotes that it has words of and the names that
 * overlap it, of a quote its own speaker and the names that overlap it.
 *
 * Values are in order of falling articles, then hits, then by their bytes and type; years and
 * months in order of time.
 *
 * Cost: every hit is looked at; names take reading the annotations of each article of the result,
 * and joining them (unless variants are off) about 100 µs for each of the first 2,000 names of the
 * result, 2 µs for each name of the archive where there are more. Ownership:
 * `*out` is the caller's; release it with nuncio_facets_destroy. It may outlive the snapshot.
 *
 * @param[in] query   NULL: every article, as a whole; `by` and `scope` say nothing then
 * @param[in] search  NULL for the defaults; by, scope, direct_only and the bounds on work count
 * @param[in] options NULL for the defaults
 * @retval NUNCIO_ERR_… as nuncio_search
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_facets_count(
    const nuncio_snapshot *snapshot, const nuncio_query *query, const nuncio_search_options *search,
    const nuncio_facet_options *options, nuncio_facets **out, nuncio_error *error);
NUNCIO_API void nuncio_facets_destroy(nuncio_facets *facets);

/** The hits and articles of the whole result. */
NUNCIO_API uint64_t nuncio_facets_hits(const nuncio_facets *facets);
NUNCIO_API uint64_t nuncio_facets_articles(const nuncio_facets *facets);
/** The values of a kind; NULL and 0 where it was not asked for. */
NUNCIO_API const nuncio_facet *nuncio_facets_values(const nuncio_facets *facets,
                                                    nuncio_facet_kind kind, size_t *count);
/** How many values the kind has, those beyond the limit too. */
NUNCIO_API uint64_t nuncio_facets_distinct(const nuncio_facets *facets, nuncio_facet_kind kind);

#ifdef __cplusplus
}
#endif
#endif

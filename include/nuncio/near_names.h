/* SPDX-License-Identifier: Apache-2.0 */
/* Names of the archive near those of a query that no article has: a slip of the pen, or another
 * spelling than nuncio knows. */
#ifndef NUNCIO_NEAR_NAMES_H
#define NUNCIO_NEAR_NAMES_H

#include <nuncio/annotation.h>
#include <nuncio/query.h>
#include <nuncio/search.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /* limit query: names told that are near one nobody has | the others are left out */
    NUNCIO_NEAR_NAMES_MAX = 3
};

/** An entity of the archive. */
typedef struct nuncio_near_name {
    nuncio_str name; /* what lists of entities call it */
    nuncio_entity_type type;
} nuncio_near_name;

/** Told about a filter (person:"Sergei Lawrof") that is true of no name: the nearest first; none
 * are near where `count` is 0. The views live during the call. */
typedef void nuncio_near_names_told(void *context, nuncio_str filter, const nuncio_near_name *names,
                                    size_t count);

/**
 * Looks for names near those in a query's filters that no article has. Asked when a search finds
 * nothing. A name is near where half of its words, the last of a person among them, are those of
 * the filter but for one or two letters.
 *
 * Cost: for each such filter a look at every word of names, about 15 ms for 150,000 names.
 * @param[in] options of the search: its overrides and variants; NULL for the defaults
 * @param[in] told    called once for each filter that is true of no name, in order of the query
 * @retval NUNCIO_ERR_CORRUPT the index is damaged where names are looked up
 * @retval others             as nuncio_search
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_near_names(const nuncio_snapshot *snapshot,
                                                            const nuncio_query *query,
                                                            const nuncio_search_options *options,
                                                            nuncio_near_names_told *told,
                                                            void *context, nuncio_error *error);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Counts what the hits of a search hold, hit by hit, in order of storage. */
#ifndef QUERY_FACETS_COLLECT_H
#define QUERY_FACETS_COLLECT_H

#include "core/string_map.h"
#include "query/names/entity_table.h"
#include "query/session.h"
#include "segment/annotations/quotes.h"

#include <nuncio/facets.h>

/** What is known of a value. */
typedef struct nn_tally {
    uint64_t hits, articles;
    uint64_t last_hit, last_article; /* numbers of those it was counted in last */
} nn_tally;

/** The values of a kind. */
typedef struct nn_tallies {
    nn_string_map *values; /* of names: the type's number as a byte, then the name */
    nn_tally *items;
    size_t capacity;
} nn_tallies;

#define NN_COUNTED_NOT UINT32_MAX /* what a name is counted as that counts nowhere */

typedef struct nn_collector {
    nn_search *search;
    uint32_t kinds;
    nn_tallies tallies[NUNCIO_FACET_KINDS];
    uint64_t hits, articles; /* so far */
    size_t part;             /* at hand; SIZE_MAX: none */
    uint32_t article;        /* at hand; UINT32_MAX: none */
    bool whole;              /* hits are whole articles */
    nn_article_quotes quotes;
    nn_entity_table *entities; /* what names are joined by; NULL: nothing */
    nn_annotation_spans found;
    size_t passed;        /* mentions of it that end before the hit at hand and all behind it */
    bool annotated;       /* `found` is of the article */
    uint32_t *name_sizes; /* by name of the part: its bytes, 0: not known yet */
    uint32_t
        *counted_as[NUNCIO_FACET_KINDS]; /* of ENTITY and SPEAKER, by name of the part: 1 + the
                                            number of its tally, NN_COUNTED_NOT; 0: not known */
    nuncio_str source, month;
    char month_room[16];
    nn_arena part_arena, article_arena;
    nn_buffer key;
} nn_collector;

NUNCIO_NODISCARD nuncio_status nn_collector_open(nn_collector *collector, nn_search *search,
                                                 uint32_t kinds);
void nn_collector_close(nn_collector *collector);
/** Takes a hit in: a passage, or by quote a quote, of part `part`. */
NUNCIO_NODISCARD nuncio_status nn_collector_visit(void *collector, size_t part, uint32_t passage);

#endif

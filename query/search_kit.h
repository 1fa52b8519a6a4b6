/* SPDX-License-Identifier: Apache-2.0 */
/* What every search needs whatever it asks: memory for its arenas, what reads words, tables of
 * norms. Making them costs as much as looking up a few words, so that searches without a budget
 * leave them to the next on the snapshot's shelf. No answer depends on the searches before: arenas
 * come back empty, a word is analysed the same way whoever asks for it first, and norms are those
 * of their parameters. */
#ifndef QUERY_SEARCH_KIT_H
#define QUERY_SEARCH_KIT_H

#include "core/arena.h"
#include "core/shelf.h"
#include "query/rank/bm25.h"
#include "segment/snapshot.h"
#include "text/analyzer.h"
#include "text/normalise.h"

typedef struct nn_search_kit {
    nn_shelved shelved;
    nn_memory memory; /* of everything below; its budget is the search's */
    nn_arena arena, part_arena, article_arena;
    nn_analyzer *analyzer; /* the words of earlier searches are still in it */
    nn_token_list tokens;  /* scratch */
    nn_normaliser normaliser;
    nn_norms passage_norms, quote_norms;
} nn_search_kit;

/** @param[in] memory_max budget in bytes, 0: none */
NUNCIO_NODISCARD nuncio_status nn_search_kit_take(const nuncio_snapshot *snapshot,
                                                  uint64_t memory_max, nn_search_kit **out,
                                                  nuncio_error *error);
/** The end of nn_search_kit_take: what lies in the arenas is gone. */
void nn_search_kit_give_back(nn_search_kit *kit, const nuncio_snapshot *snapshot);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What a search reads words with: an analyzer and its scratch. Making them costs as much as looking
 * up a few words, so that searches without a budget leave them to the next on the snapshot's shelf,
 * emptied of words: no search depends on those before it. */
#ifndef QUERY_WORD_KIT_H
#define QUERY_WORD_KIT_H

#include "core/shelf.h"
#include "segment/snapshot.h"
#include "text/analyzer.h"

typedef struct nn_word_kit {
    nn_shelved shelved;
    nn_memory own;     /* of a kit that may go back to the shelf */
    nn_memory *memory; /* of the analyzer and the tokens: the search's or `own` */
    nn_analyzer *analyzer;
    nn_token_list tokens; /* scratch */
} nn_word_kit;

/** For a search of that memory. */
NUNCIO_NODISCARD nuncio_status nn_word_kit_take(const nuncio_snapshot *snapshot, nn_memory *memory,
                                                nn_word_kit **out, nuncio_error *error);
/** The end of nn_word_kit_take. */
void nn_word_kit_give_back(nn_word_kit *kit, const nuncio_snapshot *snapshot);

#endif

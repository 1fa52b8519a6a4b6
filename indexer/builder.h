/* SPDX-License-Identifier: Apache-2.0 */
/* A batch's way into segment files:
 *
 *   article ──► language ──► tokens, sentences ──► quotes, names ──► passages ──► inversion
 *                                                                                   │
 *   all articles ────────────────────────────────────────► segment writer ◄─────────┘
 *
 * A builder has tables of its own, so that several may work at once. What it writes is a function
 * of the batch alone. */
#ifndef INDEXER_BUILDER_H
#define INDEXER_BUILDER_H

#include "annotate/names/name_model.h"
#include "indexer/batch.h"
#include "indexer/seats.h"
#include "segment/articles/text_train.h"
#include "segment/files/manifest.h"
#include "text/language.h"

typedef struct nn_builder nn_builder;

typedef struct nn_builder_options {
    const nuncio_vfs *vfs;
    const char *directory; /* lives as long as the builder */
    nn_language language;  /* of articles whose language is neither given nor detected */
    bool store_text;
    bool annotate;
    bool no_quotes;             /* names alone */
    const nn_name_model *model; /* of names; NULL: the library's own. Outlives the builder */
    uint64_t build_bytes;       /* nn_inversion_cost at which a segment ends within a batch */
    uint64_t analyzer_bytes;    /* an analyzer that holds more starts its tables anew */
    nn_seats *seats;            /* of all that build at once; NULL: this one is alone */
} nn_builder_options;

/** Segments that a batch became, in order of storage. Plain ones are to be merged before they are
 * committed. */
typedef struct nn_built {
    bool plain;
    nn_manifest_entry *entries;
    size_t count, capacity;
} nn_built;

NUNCIO_NODISCARD nuncio_status nn_builder_create(nn_memory *memory,
                                                 const nn_builder_options *options,
                                                 nn_builder **out, nuncio_error *error);
void nn_builder_destroy(nn_builder *builder);
/** Appends the segments of a batch's live articles to `out`, which must be empty; `plain` ones
 * where others will be merged with them. `trained` is what to compress texts with, or NULL. The
 * batch keeps ids and hashes, and its texts where others could not get on otherwise. On failure
 * segments written so far stay in the directory, named in `out`. */
NUNCIO_NODISCARD nuncio_status nn_builder_run(nn_builder *builder, nn_batch *batch, bool plain,
                                              nn_trained *trained, nn_built *out,
                                              nuncio_error *error);
void nn_built_deinit(nn_built *built, nn_memory *memory);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes and names of one article, from its tokens and sentences: what the indexer calls.
 * The public nuncio_annotator (annotator.c) wraps it for texts that are not indexed. */
#ifndef ANNOTATE_ANNOTATE_H
#define ANNOTATE_ANNOTATE_H

#include "annotate/names/name_model.h"
#include "core/arena.h"
#include "text/passage.h"

#include <nuncio/annotation.h>

/** Models and caches, reusable over articles; one thread at a time. */
typedef struct nn_annotate nn_annotate;

/** @param[in] model of names, must outlive it; NULL for the one that the library brings along */
NUNCIO_NODISCARD nuncio_status nn_annotate_create(nn_memory *memory, const nn_name_model *model,
                                                  nn_annotate **out, nuncio_error *error);
void nn_annotate_destroy(nn_annotate *annotate);
/** Whether quotes are found; they are unless this says otherwise. */
void nn_annotate_find_quotes(nn_annotate *annotate, bool wanted);
/** Whether stances are found too; they are not unless this asks for them. */
void nn_annotate_find_stances(nn_annotate *annotate, bool wanted);
/** Whether references are found too; they are not unless this asks for them. */
void nn_annotate_find_references(nn_annotate *annotate, bool wanted);

/**
 * Finds quotes and mentions in clean UTF-8 `text`. Offsets count from its start; both arrays are
 * sorted by start and do not partially overlap within themselves.
 *
 * `analyzer` gives the surface forms behind `tokens`. Ownership: `*out` lives until the next call.
 * Cost: linear in the text, whatever the text.
 */
NUNCIO_NODISCARD nuncio_status nn_annotate_article(nn_annotate *annotate,
                                                   const nn_analyzer *analyzer,
                                                   nn_language language, nuncio_str title,
                                                   nuncio_str text, const nn_token_list *tokens,
                                                   const nn_sentence_list *sentences,
                                                   nuncio_annotations *out, nuncio_error *error);

/** The references of that article; none unless they are found. Lives until the next call. */
const nuncio_reference *nn_annotate_references(const nn_annotate *annotate, size_t *count);

/** Steps that the rules took over the last article: proportional to its length, whatever it says.
 */
uint64_t nn_annotate_work(const nn_annotate *annotate);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to tokens and terms; the same object at index and at query time.
 *
 *   text ── tokenise ──► tokens (byte ranges) ── surface table ──► surface id ──► term (stem)
 *
 * Each distinct surface form of a language is analysed once: NFC, case folding, stemming, then
 * accents stripped. Surface ids are numbers in this analyzer, in order of first appearance. */
#ifndef TEXT_ANALYZER_H
#define TEXT_ANALYZER_H

#include "core/memory.h"
#include "text/language.h"
#include "text/tokenizer.h"

typedef struct nn_analyzer nn_analyzer;

/** A growing array of tokens; init with zeros, release with nn_token_list_deinit. */
typedef struct nn_token_list {
    nn_token *items;
    size_t count, capacity;
} nn_token_list;

NUNCIO_NODISCARD nuncio_status nn_analyzer_create(nn_memory *memory, nn_analyzer **out,
                                                  nuncio_error *error);
void nn_analyzer_destroy(nn_analyzer *analyzer);

/** Appends the tokens of clean UTF-8 `text` (< 2 GiB) in order of start. */
NUNCIO_NODISCARD nuncio_status nn_analyzer_tokenize(nn_analyzer *analyzer, nn_language language,
                                                    nuncio_str text, nn_token_list *out,
                                                    nuncio_error *error);
void nn_token_list_deinit(nn_token_list *list, nn_memory *memory);

/** The surface form: the token's bytes in NFC without soft hyphens, case and accents kept. */
nuncio_str nn_analyzer_surface(const nn_analyzer *analyzer, uint32_t surface);
/** Its indexed form, 1 … 255 bytes (longer words are cut at a character). */
nuncio_str nn_analyzer_term(const nn_analyzer *analyzer, uint32_t surface);
/** Its folded, unstemmed form (NFC, case folded, accents stripped): what prefix* and fuzzy~ match
 * on. */
nuncio_str nn_analyzer_folded(const nn_analyzer *analyzer, uint32_t surface);
uint32_t nn_analyzer_surface_count(const nn_analyzer *analyzer);
/** How often nn_analyzer_reset was called: what is cached by surface id is void when it changes. */
uint32_t nn_analyzer_epoch(const nn_analyzer *analyzer);
/** Bytes held by the tables. */
size_t nn_analyzer_memory_used(const nn_analyzer *analyzer);
/** Forgets all surface forms: ids start at 0 again. */
void nn_analyzer_reset(nn_analyzer *analyzer);

/** Hash of what libstemmer, utf8proc and this code make of a fixed word list: differs when an index
 * made by other library versions would not match. Cost: 60 words. */
NUNCIO_NODISCARD nuncio_status nn_analyzer_fingerprint(nn_memory *memory, uint64_t *out,
                                                       nuncio_error *error);

#endif

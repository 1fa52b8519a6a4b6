/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a word to its surface, folded and indexed forms. */
#ifndef TEXT_NORMALISE_H
#define TEXT_NORMALISE_H

#include "core/buffer.h"
#include "text/language.h"
#include "text/tokenizer.h"

struct sb_stemmer;

enum { NN_TERM_BYTES_MAX = 255 };

/** Room for one word at a time; reused. */
typedef struct nn_normaliser {
    nn_buffer surface, folded, term, scratch;
    int32_t code_points[2048]; /* of the word in hand */
    int32_t plain[2048];       /* the same without accents */
} nn_normaliser;

void nn_normaliser_init(nn_normaliser *normaliser, nn_memory *memory);
void nn_normaliser_deinit(nn_normaliser *normaliser);
/**
 * Fills the three buffers from a word's bytes.
 *
 *   bytes ── NFC, invisible characters out ──► surface
 *   surface ── case folding ──► (a) ── accents out ──► folded
 *   (a) ── stemmer ── accents out ──► term
 *
 * @param[in] stemmer of the language, or NULL
 */
NUNCIO_NODISCARD nuncio_status nn_normaliser_run(nn_normaliser *normaliser, nn_language language,
                                                 struct sb_stemmer *stemmer, nn_word_kind kind,
                                                 nuncio_str bytes, nuncio_error *error);

#endif

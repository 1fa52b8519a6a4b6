/* SPDX-License-Identifier: Apache-2.0 */
/* From the bytes of a word to its surface, folded and indexed forms. */
#ifndef TEXT_NORMALISE_H
#define TEXT_NORMALISE_H

#include "core/buffer.h"
#include "text/stem.h"

enum {
    /* limit article: an indexed word | cut at a character */
    NN_TERM_BYTES_MAX = 255,
    /* limit article: code points of a word, decomposed | the word is indexed as printed */
    NN_CODE_POINTS_MAX = 1024 /* no decomposition has more than 1.5 code points a byte */
};

/** Room for one word at a time; reused. */
typedef struct nn_normaliser {
    nn_buffer surface, folded, term, scratch;
    int32_t code_points[NN_CODE_POINTS_MAX]; /* of the word in hand */
    int32_t plain[NN_CODE_POINTS_MAX];       /* the same without accents */
    nn_stemmers stemmers;
} nn_normaliser;

void nn_normaliser_init(nn_normaliser *normaliser, nn_memory *memory);
void nn_normaliser_deinit(nn_normaliser *normaliser);
/** The surface of a word alone. Until the next call `*out` is in the normaliser or, where `word` is
 * ASCII, the word itself. */
NUNCIO_NODISCARD nuncio_status nn_normaliser_surface(nn_normaliser *normaliser, nuncio_str word,
                                                     nuncio_str *out, nuncio_error *error);
/**
 * Fills surface, folded and term, 1 … NN_TERM_BYTES_MAX bytes each, from the bytes of a word.
 *
 *   word ── NFC, invisible characters out ──► surface
 *   surface ── case folding, numbers in one form, U.S. as US ──► (a) ── accents out ──► folded
 *   (a) ── stemmer ── accents out ──► term
 *
 * The same for the word and for its surface.
 *
 * @param[in] word of 1 … NN_TERM_BYTES_MAX bytes, as the tokenizer finds it
 */
NUNCIO_NODISCARD nuncio_status nn_normaliser_run(nn_normaliser *normaliser, nn_language language,
                                                 nuncio_str word, nuncio_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Stems by libstemmer (Snowball), one stemmer a language, made when first asked for. */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include "text/language.h"

#include <nuncio/error.h>

struct sb_stemmer;

/** `made` is 0 to begin with. libstemmer takes about 1 KiB a stemmer from the C library, past any
 * budget. */
typedef struct nn_stemmers {
    uint64_t made; /* bit l: of[l] was */
    struct sb_stemmer *of[NN_LANGUAGES_MAX];
} nn_stemmers;

void nn_stemmers_deinit(nn_stemmers *stemmers);
/** The stem of a case-folded word with its accents; the word itself in a language without stemmer,
 * or where nothing would be left. `*stem` is valid until the next call. */
NUNCIO_NODISCARD nuncio_status nn_stem(nn_stemmers *stemmers, nn_language language, nuncio_str word,
                                       nuncio_str *stem, nuncio_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The languages nuncio stems, by ISO 639-1 code. */
#ifndef TEXT_LANGUAGE_H
#define TEXT_LANGUAGE_H

#include <nuncio/common.h>

/** Number of a language in our table: 0 is "und" (no stemming), 1 is "en". Values are stored:
 * pinned. */
typedef uint8_t nn_language;

enum {
    NN_LANGUAGE_NONE = 0,
    NN_LANGUAGE_EN = 1,
    NN_LANGUAGE_FR = 2,
    NN_LANGUAGE_DE = 3,
    NN_LANGUAGE_ES = 4,
    NN_LANGUAGE_IT = 5,
    NN_LANGUAGE_PT = 6,
    NN_LANGUAGE_NL = 7,
    NN_LANGUAGE_TR = 15,
    /* limit index: languages | more in a file is damage: NUNCIO_ERR_CORRUPT */
    NN_LANGUAGES_MAX = 64 /* a bit each in what a segment says of its articles */
};

/** Any case, region ignored ("en-GB"); an unknown or absent code gives NN_LANGUAGE_NONE and false.
 */
bool nn_language_from_code(nuncio_str code, nn_language *out);
/** "en"; "und" for 0; never NULL. */
const char *nn_language_code(nn_language language);
/** Languages in the table, NONE included. */
uint32_t nn_language_count(void);
/** Whether libstemmer shortens words of that language. */
bool nn_language_has_stemmer(nn_language language);
/** Guesses the language of a text (cld2); NN_LANGUAGE_NONE when unsure. Cost: linear, first 8 KiB
 * only. */
nn_language nn_language_detect(nuncio_str text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Words behind which a full stop does not end the sentence. */
#ifndef TEXT_ABBREVIATIONS_H
#define TEXT_ABBREVIATIONS_H

#include "text/language.h"

typedef enum nn_abbreviation {
    NN_ABBREVIATION_NO = 0,
    NN_ABBREVIATION_TITLE,  /* a name follows: Mr. Gen. Dr. */
    NN_ABBREVIATION_NUMBER, /* a number follows: No. Art. Jan. */
    NN_ABBREVIATION_ANY     /* may also end a sentence: Inc. Jr. etc. */
} nn_abbreviation;

/** What the word before a full stop is, its case as printed. English abbreviations count in every
 * language. */
nn_abbreviation nn_abbreviation_of(nn_language language, nuncio_str word);

/** True for a capitalised word that often begins a sentence and seldom a name: The, He, But. */
bool nn_is_sentence_opener(nuncio_str word);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Words behind which a full stop does not end the sentence. */
#ifndef TEXT_ABBREVIATIONS_H
#define TEXT_ABBREVIATIONS_H

#include "text/language.h"

typedef enum nn_abbreviation {
    NN_ABBREVIATION_NO = 0,
    NN_ABBREVIATION_NAME,   /* a name or a unit follows: Mr. Gen. Mrd. */
    NN_ABBREVIATION_NUMBER, /* a number follows: No. Art. Jan.; else it is a word like others */
    NN_ABBREVIATION_ANY     /* may end a sentence as well: Inc. Jr. etc. */
} nn_abbreviation;

/** What the word before a full stop is, which may have full stops within. Case counts, but for
 * words in capitals. English titles count in every language. */
nn_abbreviation nn_abbreviation_of(nn_language language, nuncio_str word);

/** True for a capitalised word that often begins a sentence and seldom a name: The, He, But. */
bool nn_is_sentence_opener(nn_language language, nuncio_str word);

/** True for said, asked and the like: the sentence of the quoted question before it goes on. */
bool nn_is_speech_verb(nuncio_str word);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/cues.h"

enum { ATTRIBUTION_WORDS = 32 }; /* Longest way from a mark to its verb, appositions included. */

/** True when the word before i shows that i is a noun: "the reports", "of claims", "last year's
 * statements". */
static bool noun_context(const nn_words *words, uint32_t i)
{
    if (i == 0 || (words->gaps[i] & ~(uint32_t)NN_GAP_SPACE) != 0) {
        return (words->gaps[i] & NN_GAP_POSSESSIVE) != 0;
    }
    return nn_words_is(words, i - 1, NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION) ||
           (nn_words_form(words, i - 1)->shape & NN_SHAPE_NUMBER) != 0;
}

/** True when "to" stands before word i: an infinitive tells what was not said. */
static bool is_infinitive(const nn_words *words, uint32_t i)
{
    if (i == 0 || words->language != NN_LEXICON_EN) {
        return false;
    }
    nuncio_str before = nn_words_text(words, i - 1, i);
    return before.size == 2 && before.data[0] == 't' && before.data[1] == 'o';
}

/** True when word i and those around it are capitals: a headline or a ticker, where they tell
 * nothing. */
static bool is_all_capitals(const nn_words *words, uint32_t i)
{
    uint32_t upper = NN_SHAPE_UPPER;
    bool before = i == 0 || (nn_words_form(words, i - 1)->shape & upper) != 0;
    bool after = i + 1 >= words->count || (nn_words_form(words, i + 1)->shape & upper) != 0;
    return (nn_words_form(words, i)->shape & upper) != 0 && before && after;
}

bool nn_cue_is_verb(const nn_words *words, uint32_t i)
{
    uint32_t cue = nn_words_cue(words, i);
    if ((cue & NN_CUE_VERB) == 0 || is_infinitive(words, i)) {
        return false;
    }
    bool name = (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0 &&
                (words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_MARK)) == 0 &&
                !is_all_capitals(words, i);
    return !name && ((cue & NN_CUE_NOUN) == 0 || !noun_context(words, i));
}

uint32_t nn_cue_after(const nn_words *words, uint32_t from, uint32_t limit)
{
    uint32_t end = from + ATTRIBUTION_WORDS < limit ? from + ATTRIBUTION_WORDS : limit;
    uint32_t stops = NN_GAP_STOP | NN_GAP_COLON | NN_GAP_SEMICOLON | NN_GAP_SENTENCE | NN_GAP_MARK;
    uint32_t commas = 0;
    for (uint32_t i = from; i < end; i++) {
        nn_words_count_work(words, 1);
        uint32_t gap = words->gaps[i];
        if (i > from && (gap & NN_GAP_SENTENCE) != 0) {
            break;
        }
        if (i > from && (gap & stops) != 0 &&
            (nn_words_form(words, i - 1)->classes & NN_CLASS_TITLE) == 0) {
            break;
        }
        commas += i > from && (gap & NN_GAP_COMMA) != 0 ? 1u : 0u;
        if (nn_cue_is_verb(words, i) && (nn_words_cue(words, i) & NN_CUE_WEAK) == 0) {
            return i;
        }
        if (commas > 2 || nn_words_is(words, i, NN_CLASS_CONJUNCTION)) {
            break;
        }
    }
    return NN_WORD_NONE;
}

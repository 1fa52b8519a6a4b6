/* SPDX-License-Identifier: Apache-2.0 */
/* The rules by which a word at hand opens a name. Each looks at a bounded stretch from word i on
 * and answers with the end of the name, or i when it does not apply. */
#ifndef ANNOTATE_NAME_RULES_H
#define ANNOTATE_NAME_RULES_H

#include "annotate/words.h"

enum {
    /* limit article: words of a name | a longer name is found in parts */
    NN_NAME_WORDS_MAX = 12
}; /* longest name looked for */

typedef struct nn_rule_match {
    uint32_t begin, end; /* words; equal: no match */
    uint8_t type;        /* nuncio_entity_type */
    uint8_t flags;       /* NN_NAMED_… of names.h */
} nn_rule_match;

/** True when word i continues a name that word i - 1 belongs to, as far as what is between them
 * says. */
bool nn_name_joined(const nn_words *words, uint32_t i);
/** End of the stretch of joined words with capitals from i on, at most NN_NAME_WORDS_MAX words. */
uint32_t nn_name_run_end(const nn_words *words, uint32_t i);
/** True when word i is preceded by a title or role: President, spokeswoman, Secretary of State. */
bool nn_name_after_title(const nn_words *words, uint32_t i);
/** True when a capital at word i says nothing, since every word there has one. */
bool nn_name_capital_is_idle(const nn_words *words, uint32_t i);

/** What opens at a word with a capital, by the rules below; begin == end: nothing. */
nn_rule_match nn_rule_name(const nn_words *words, uint32_t i);

/** The longest name of the gazetteer that starts at i. */
nn_rule_match nn_rule_gazetteer(const nn_words *words, uint32_t i);
/** A name built around a noun of its kind: Ministry of Defence, Paris Agreement, Lena River. */
nn_rule_match nn_rule_head(const nn_words *words, uint32_t i, uint32_t run_end);
/** A person's name: by title, given name, initials or shape. */
nn_rule_match nn_rule_person(const nn_words *words, uint32_t i, uint32_t run_end);
/** A single word that only its context explains. */
nn_rule_match nn_rule_lone(const nn_words *words, uint32_t i, uint32_t run_end);

#endif

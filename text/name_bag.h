/* SPDX-License-Identifier: Apache-2.0 */
/* What is read the same in names of organisations and events however it is written: the United
 * Nations, the states that are called by their letters as often as in full, and foreign affairs.
 *
 *   U.S. Embassy   US Embassy   U. S. Embassy   Embassy of the United States of America
 *   Foreign Ministry   Ministry of Foreign Affairs
 *
 * Letters stand for a state only as capitals: US, not us. */
#ifndef TEXT_NAME_BAG_H
#define TEXT_NAME_BAG_H

#include "text/name.h"

enum {
    NN_NAME_BODY_WAYS = 4,  /* in which one is written */
    NN_NAME_BODY_WORDS = 3, /* of a way, small ones left out */
    /* limit article: states in a name of an organisation or event that are read however they are
       written | later ones only as they are */
    NN_NAME_BODIES_MAX = 2
};

/** A state, the United Nations or foreign affairs. */
typedef struct nn_name_body {
    const char *key; /* what it is known by, in place of words */
    const char *ways[NN_NAME_BODY_WAYS + 1][NN_NAME_BODY_WORDS + 1]; /* folded, to NULL */
} nn_name_body;

/** The one that words `i` … of a name are; *count is how many of them. NULL: none. */
const nn_name_body *nn_name_body_at(const nn_name_words *words, uint32_t i, uint32_t *count);

/** Whether a folded word says nothing in such a name where it is not the last: of, the. */
bool nn_name_word_is_small(nuncio_str folded);

/** Goes over what such a name says, whatever its order; zeroed but for `words`. */
typedef struct nn_name_bag_walk {
    const nn_name_words *words;
    uint32_t next;   /* word that is looked at next */
    uint32_t bodies; /* so far */
} nn_name_bag_walk;

/** The next body (*body) or, where that is NULL, word that is not small (*word); false: none is
 * left. */
bool nn_name_bag_next(nn_name_bag_walk *walk, const nn_name_body **body, const nn_name_word **word);

enum { NN_NAME_BAG_ROOM = 128 /* bytes, more than any spelling of the table has */ };
/** The words of a name whatever their order, as the table has them for names of such kinds: sorted,
 * a space between, bodies by their keys, words of a group by its number. Its bytes; 0: more than
 * NN_NAME_BAG_ROOM. */
size_t nn_name_bag(const nn_name_words *words, char to[NN_NAME_BAG_ROOM]);

#endif

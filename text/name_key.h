/* SPDX-License-Identifier: Apache-2.0 */
/* The key of a word of a name: one for all the ways that rules of romanisation explain.
 *
 *   Sergei Sergey Sergej Сергей → sergei      Lavrov Lavroff Lawrow Лавров → lavrov
 *   Dmitry Dmitri Dmitriy Dmitrij → dmitri    Mueller Müller → muler      Iraq Irak → irak
 *
 * Rules are such as do not bring names of different people together; what they do not explain
 * stands in name_variants.txt. The key is stored in indexes: a change of it is one of the analysis.
 */
#ifndef TEXT_NAME_KEY_H
#define TEXT_NAME_KEY_H

#include <nuncio/common.h>

enum {
    NN_NAME_KEY_ROOM = 1024, /* bytes that making a key of a word of 255 may take */
    /* limit article: key of a word of a name | cut: longer words are told apart by its beginning */
    NN_NAME_KEY_MAX = 255
};

/** Writes the key of a folded word (1 … 255 bytes) to `to`; its size, 1 … NN_NAME_KEY_MAX. */
size_t nn_name_key(nuncio_str folded, char to[NN_NAME_KEY_ROOM]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a name, and what they say about how it may be written otherwise. */
#ifndef TEXT_NAME_H
#define TEXT_NAME_H

#include "core/arena.h"
#include "core/string_map.h"
#include "text/analyzer.h"
#include "text/name_key.h"

enum {
    NN_NAME_CAPITAL = 1,  /* begins with a capital */
    NN_NAME_CAPITALS = 2, /* two letters or more, all capital */
    NN_NAME_INITIAL = 4,  /* a capital alone, or several with points: J, J.F. */
    NN_NAME_JOINED = 8,   /* a hyphen joins it to the word before */
    /* limit article: words of a name | later ones are not looked at where names are compared */
    NN_NAME_WORDS_MAX = 32
};

typedef struct nn_name_word {
    nuncio_str folded; /* as the analyzer folds it: J.F. is jf */
    nuncio_str key;    /* name_key.h */
    uint32_t flags;    /* NN_NAME_… */
} nn_name_word;

typedef struct nn_name_words {
    nn_name_word *items;
    uint32_t count; /* 0: no letter or digit in it */
} nn_name_words;

/** Reads the words of a name into `arena`. `tokens` is scratch. */
NUNCIO_NODISCARD nuncio_status nn_name_words_read(nn_analyzer *analyzer, nn_arena *arena,
                                                  nn_token_list *tokens, nuncio_str name,
                                                  nn_name_words *out, nuncio_error *error);

/** The words of what stands between spaces in names, each read once however many names have it. */
typedef struct nn_name_pieces {
    nn_arena *arena;
    nn_string_map *numbers; /* by piece: that of its words */
    nn_name_words *words;
    size_t capacity;
} nn_name_pieces;

/** Begins without a piece; what names are made of lies in `arena`. Release with _close. */
NUNCIO_NODISCARD nuncio_status nn_name_pieces_open(nn_name_pieces *pieces, nn_arena *arena,
                                                   nuncio_error *error);
void nn_name_pieces_close(nn_name_pieces *pieces);
/** The same words as nn_name_words_read gives; *out may share its own with other names. */
NUNCIO_NODISCARD nuncio_status nn_name_pieces_read(nn_name_pieces *pieces, nn_analyzer *analyzer,
                                                   nn_token_list *tokens, nuncio_str name,
                                                   nn_name_words *out, nuncio_error *error);

/** Signs between which words of a name are found, whatever else stands around them. */
bool nn_name_is_gap(char c);
/** The words of a name as they stand there, where they can be seen without reading it: 0 where
 * it holds anything but ASCII letters and digits, spaces, commas, hyphens, brackets and &, or a
 * word of more than 32. */
uint32_t nn_name_plain_words(nuncio_str name, nuncio_str words[NN_NAME_WORDS_MAX]);
/** Whether a name has these folded words (1 or more) one after another, as far as that can be seen
 * so; *plain: it can. */
bool nn_name_has_words(nuncio_str name, const nuncio_str *folded, uint32_t count, bool *plain);

enum {
    /* limit article: initials of an organisation or event | more words in capitals have none */
    NN_NAME_INITIALS_MAX = 8
};
/** The initials of two to eight words with capitals, folded: North Atlantic Treaty Organization →
 * nato; 0 when they are fewer or more. Their number of bytes in `to`. */
size_t nn_name_initials(const nn_name_words *words, char to[4 * NN_NAME_INITIALS_MAX]);

#endif

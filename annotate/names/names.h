/* SPDX-License-Identifier: Apache-2.0 */
/* Named spans of an article, and which of them name the same.
 *
 *   names_find     spans with types: from the names model where there is one for the language,
 *                  else by rules over words and gazetteer, left to right
 *   names_resolve  a second pass, in which full forms decide the short ones: entities */
#ifndef ANNOTATE_NAMES_H
#define ANNOTATE_NAMES_H

#include "annotate/names/tagger.h"
#include "core/arena.h"
#include "core/assert.h"

#define NN_ENTITY_NONE UINT32_MAX

/** A range of words; equal ends: none. */
typedef struct nn_word_range {
    uint32_t begin, end;
} nn_word_range;

enum {
    NN_NAMED_WEAK = 1,  /* by context alone: other mentions may overrule it */
    NN_NAMED_TITLED = 2 /* after a title or role */
};

typedef struct nn_named {
    uint32_t word_begin, word_end;
    uint32_t entity; /* index in nn_names.entities, or NN_ENTITY_NONE */
    uint8_t type;    /* nuncio_entity_type */
    uint8_t flags;   /* NN_NAMED_… */
} nn_named;

enum {
    /* limit article: roles said of a name (“minister”, “general”) | later ones are not kept */
    NN_ROLES_MAX = 4
};

/** Somebody or something that spans of this article name. */
typedef struct nn_entity {
    nuncio_str name;                /* its fullest form; in the arena */
    uint32_t word_begin, word_end;  /* where that form stands; equal: in the title only */
    uint32_t first;                 /* word where its full form stands first */
    uint32_t last;                  /* index of the last span given to it so far */
    uint32_t next_last, next_first; /* entity with the same last or first word before it, or NONE */
    uint8_t type;
    bool male, female; /* what given name, title or role say; both or none: unknown */
    bool mister;       /* in full it is Mr. or the like: called Secretary, it is another */
    uint8_t role_count;
    struct {
        uint32_t begin, end; /* words: US Secretary of State */
    } roles[NN_ROLES_MAX];
} nn_entity;

typedef struct nn_names {
    nn_memory *memory;
    nn_tagger *tagger; /* finds the spans of English articles; NULL: rules do */
    nn_arena arena;    /* name strings */
    nn_named *spans;
    size_t count, capacity;
    nn_entity *entities;
    size_t entity_count, entity_capacity;
    uint32_t *at_word; /* word -> index of its span + 1, or 0 */
    size_t at_word_capacity;
    struct nn_short_form *short_forms; /* by fold: what the word alone names (names_internal.h) */
    size_t short_form_capacity, short_form_count;
    uint32_t article; /* number of the article, 1 …: dates the short forms */
    nn_named *merged; /* room for the second pass */
    size_t merged_capacity;
} nn_names;

void nn_names_init(nn_names *names, nn_memory *memory);
void nn_names_deinit(nn_names *names);

/** Finds the spans; those of the article before are forgotten. Cost: linear. */
NUNCIO_NODISCARD nuncio_status nn_names_find(nn_names *names, const nn_words *words,
                                             nuncio_error *error);
/** Joins spans to entities, adds surnames that the full forms explain. @param[in] title may be
 * absent */
NUNCIO_NODISCARD nuncio_status nn_names_resolve(nn_names *names, const nn_words *words,
                                                nuncio_str title, nuncio_error *error);

/** Copies text with single spaces into the arena. */
NUNCIO_NODISCARD nuncio_status nn_names_copy(nn_arena *arena, nuncio_str text, nuncio_str *out,
                                             nuncio_error *error);

/** The span that covers a word, or NULL. */
static inline const nn_named *nn_names_at(const nn_names *names, uint32_t word)
{
    uint32_t index = names->at_word[word];
    NN_ASSERT(index == 0 || names->spans != NULL);
    return index == 0 ? NULL : &names->spans[index - 1];
}

/** Index of the first span that starts at or behind a word; `count` without one. */
size_t nn_names_from(const nn_names *names, uint32_t word);

/** First word of the role that stands right before a person's name: "Russian Foreign Minister".
 * Equal to `name_begin` when there is none. */
uint32_t nn_role_begin(const nn_names *names, const nn_words *words, uint32_t name_begin);

/** The title in the apposition right behind a name: Marin, *the Finnish prime minister*, said;
 * empty without one. */
nn_word_range nn_role_behind(const nn_words *words, const nn_named *span);

/** The title before a name that stands in apposition to it: the *Finnish prime minister*, Sanna
 * Marin, said; empty without one. */
nn_word_range nn_role_apposed(const nn_names *names, const nn_words *words, const nn_named *span);

/** True for a word that titles of this article have. */
bool nn_names_is_role_word(const nn_names *names, const nn_words *words, uint32_t word);

#endif

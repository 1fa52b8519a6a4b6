/* SPDX-License-Identifier: Apache-2.0 */
/* The forms in which names are written in the live archive: each distinct (string, type) once,
 * whatever segments hold it. What joins them into entities is in name_join.h. */
#ifndef QUERY_NAME_FORMS_H
#define QUERY_NAME_FORMS_H

#include "core/string_map.h"
#include "query/names/name_lookup.h"
#include "segment/annotations/names.h"
#include "segment/snapshot.h"
#include "text/name.h"

#include <nuncio/overrides.h>

/** A given name, or an initial of one. */
typedef struct nn_given_name {
    nuncio_str word; /* canonical: one for all spellings of it */
    nuncio_str folded;
    bool initial;
} nn_given_name;

/** The name of a form in a segment. */
typedef struct nn_name_place_of {
    uint32_t part, name;
    uint32_t next; /* of forms->places; UINT32_MAX: none */
} nn_name_place_of;

typedef struct nn_name_form {
    nuncio_str text;
    nuncio_entity_type type;
    uint64_t articles;   /* live ones that hold it */
    nn_name_words words; /* of the text */
    nuncio_str key;      /* only forms of one key are joined by name_join.h */
    const nn_given_name *given;
    uint32_t given_count, full_count; /* of PERSON: given names, and those not initials */
    uint32_t number;                  /* in its list */
    uint32_t places;                  /* first of them in forms->places */
    bool in_block;                    /* it was found by its key (name_blocks.h) */
    bool chosen;                      /* scratch of who looks for names */
    bool exact;                       /* likewise */
    uint32_t leader;                  /* once joined: number of the form that stands for all */
    uint32_t overridden;              /* number of its name in the override file, or _NONE */
    bool parted;                      /* once joined: a split took it out of its entity */
    uint32_t gathering;               /* scratch of name_entity.c */
    struct nn_name_entity *entity;    /* once asked for (name_entity.h) */
} nn_name_form;

typedef struct nn_name_forms {
    const nuncio_snapshot *snapshot;
    const nuncio_overrides *overrides; /* NULL: none */
    nn_arena *arena;                   /* of everything below but maps */
    nn_name_lists lists;
    nn_analyzer *analyzer;
    nn_token_list *tokens;  /* scratch */
    nn_name_pieces pieces;  /* what names are made of */
    nn_name_reader reader;  /* of the part that a name was added of last; segment NULL: none */
    nn_string_map *numbers; /* type as a byte, then text */
    nn_name_form **items;
    uint32_t count;
    size_t capacity;
    nn_name_place_of *places;
    uint32_t place_count;
    size_t place_capacity;
    nuncio_error *error;
} nn_name_forms;

/** Begins without a form; overrides may be set then. Release with _close. */
NUNCIO_NODISCARD nuncio_status nn_name_forms_open(nn_name_forms *forms,
                                                  const nuncio_snapshot *snapshot, nn_arena *arena,
                                                  nn_analyzer *analyzer, nn_token_list *tokens,
                                                  nuncio_error *error);
void nn_name_forms_close(nn_name_forms *forms);
/** Adds name `name` of a part; its form, which may have been there. `articles` are those of all
 * parts once the name of each part was added. */
NUNCIO_NODISCARD nuncio_status nn_name_forms_add(nn_name_forms *forms, uint32_t part, uint32_t name,
                                                 nn_name_form **out);
/** A form that no article has, such as the value of a filter; it is not of the list. */
NUNCIO_NODISCARD nuncio_status nn_name_form_make(nn_name_forms *forms, nuncio_str text,
                                                 nuncio_entity_type type, nn_name_form **out);
/** Whether two are the same words in the same order, case and accents apart. */
bool nn_name_form_has_words_of(const nn_name_form *form, const nn_name_form *other);

#endif

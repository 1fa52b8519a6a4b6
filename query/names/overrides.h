/* SPDX-License-Identifier: Apache-2.0 */
/* An override file as the planner asks it: names, each with the group of those merged with it.
 *
 *   merge person "Mykola Azarov" = "Nikolai Azarov"      name 0 ┐ group 0: called "N. Azarov"
 *   rename person "Nikolai Azarov" -> "N. Azarov"        name 1 ┘
 *   split person "Nikolai Azarov" | "A. Azarov"          group 0: side 0 of split 0
 *                                                        name 2, group 2: side 1 of split 0
 *
 * A name without a type stands for a name of each type. A form of the archive has a name of the
 * file when it is of its type and has the same folded words. */
#ifndef QUERY_OVERRIDES_H
#define QUERY_OVERRIDES_H

#include "query/names/name_forms.h"

#include <nuncio/overrides.h>

enum {
    /* limit query: an override file | refused, NUNCIO_ERR_LIMIT */
    NN_OVERRIDES_BYTES_MAX = 4 << 20,
    /* limit query: a name in it | refused, NUNCIO_ERR_OVERRIDES */
    NN_OVERRIDE_NAME_MAX = 1024,
    /* limit query: names in it; one without a type counts as five | refused, NUNCIO_ERR_LIMIT */
    NN_OVERRIDES_NAMES_MAX = 100000
};
#define NN_OVERRIDE_NONE UINT32_MAX

/** A name of the file. */
typedef struct nn_override_name {
    const nn_name_form *form; /* as the value of a filter would be */
    uint32_t group;           /* number of the name that stands for its group */
    uint32_t next;            /* of its group; NN_OVERRIDE_NONE: the last */
    bool given;               /* some rename gives it */
} nn_override_name;

/** A place of the file where a name stands that the archive is expected to have. */
typedef struct nn_override_expected {
    nuncio_str text; /* as it stands there */
    uint32_t name;   /* its number; of names of any type: that of the person */
    uint32_t line;   /* from 1 */
    bool any_type;
} nn_override_expected;

/** Where a group stands in a split. */
typedef struct nn_override_side {
    uint32_t split, side;
} nn_override_side;

/** What lines say of the names of a group; by number of the name that stands for it. */
typedef struct nn_override_group {
    uint32_t first;            /* of its names */
    nuncio_str called;         /* by the rename at the end of its chain; data NULL: nothing else */
    uint32_t new_name;         /* number of that name */
    uint32_t rename_line;      /* 0: none */
    uint32_t ignore_line;      /* 0: none */
    uint32_t side, side_count; /* in overrides->sides, by split */
} nn_override_group;

/** A group that a name is given to by rename. */
typedef struct nn_override_alias {
    uint32_t name, group;
} nn_override_alias;

struct nuncio_overrides {
    nn_memory memory;
    nn_arena arena;         /* of all below but the maps, unless they say otherwise */
    nn_string_map *numbers; /* type as a byte, then folded words with spaces between */
    nn_string_map *keys;    /* of the names' forms */
    nn_override_name *names;
    nn_override_group *groups;
    uint32_t count;
    nn_override_expected *expected; /* in order of lines; not of the arena */
    size_t expected_count, expected_capacity;
    nn_override_side *sides;
    uint32_t side_count, split_count;
    nn_override_alias *aliases; /* by name */
    uint32_t alias_count;
    uint32_t ignore_count; /* groups that lines ignore */
    uint64_t hash;         /* of the text */
};

/** The name that a form or value has; NN_OVERRIDE_NONE: it is not in the file. */
uint32_t nn_overrides_find(const nuncio_overrides *overrides, const nn_name_form *form);
/** False where no name of the file shares a key with the form. */
bool nn_overrides_has_key(const nuncio_overrides *overrides, nuncio_str key);
/** True where some split has the groups on different sides. */
bool nn_overrides_part(const nuncio_overrides *overrides, uint32_t a, uint32_t b);
/** The groups called by a name, one that is called so in the end perhaps twice: aliases[*first …].
 * @return how many */
uint32_t nn_overrides_called(const nuncio_overrides *overrides, uint32_t name, uint32_t *first);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of an override file, each read by itself (docs/overrides.md has the grammar). */
#ifndef QUERY_OVERRIDE_LINES_H
#define QUERY_OVERRIDE_LINES_H

#include "core/arena.h"
#include "core/error.h"

#include <nuncio/annotation.h>

typedef enum nn_override_verb {
    NN_OVERRIDE_MERGE = 0,
    NN_OVERRIDE_SPLIT,
    NN_OVERRIDE_RENAME, /* the second item is the new name */
    NN_OVERRIDE_IGNORE
} nn_override_verb;

/** A name in a line. */
typedef struct nn_override_item {
    nuncio_str text;
    nuncio_entity_type type; /* NONE: any */
    uint32_t side;           /* of a split, from 0 */
} nn_override_item;

typedef struct nn_override_line {
    nn_override_verb verb;
    uint32_t number; /* from 1 */
    size_t offset;   /* byte in the file where it begins */
    nn_override_item *items;
    uint32_t item_count;
} nn_override_line;

typedef struct nn_override_reader {
    nuncio_str text;
    const char *file; /* for messages */
    nn_arena *arena;  /* of names and items */
    nuncio_error *error;
    size_t next;   /* where the next line begins */
    size_t end;    /* of the line at hand */
    size_t at;     /* in it */
    uint32_t line; /* its number */
} nn_override_reader;

/** Begins to read `text`, which must outlive the reader. @retval NUNCIO_ERR_LIMIT too long */
NUNCIO_NODISCARD nuncio_status nn_override_reader_open(nn_override_reader *reader, nuncio_str text,
                                                       const char *file, nn_arena *arena,
                                                       nuncio_error *error);
/** The next line that says something; *more is false behind the last. */
NUNCIO_NODISCARD nuncio_status nn_override_reader_next(nn_override_reader *reader,
                                                       nn_override_line *out, bool *more);

/** NUNCIO_ERR_OVERRIDES: "file:line: …", about byte `offset`. */
nuncio_status nn_override_error(const nn_override_reader *reader, uint32_t line, size_t offset,
                                const char *format, ...) __attribute__((format(printf, 4, 5)));

/** How much of a name a message shows: for "%.*s". */
int nn_override_excerpt(nuncio_str name);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Paths -> the files to read, one by one, in an order that depends on names alone. */
#ifndef INGEST_WALK_H
#define INGEST_WALK_H

#include "core/buffer.h"
#include "ingest/ingest.h"
#include "ingest/splitter.h"

enum {
    /* limit files: directories within one another | `unreadable`: what lies deeper is left out */
    NN_INGEST_DEPTH_MAX = 64 /* directories within one another */
};

typedef enum nn_walk_event { NN_WALK_END, NN_WALK_FILE, NN_WALK_PROBLEM } nn_walk_event;

/** What the walk has come to; views live until the next call. */
typedef struct nn_walk_item {
    nn_walk_event event;
    const char *path;    /* to open, or "-" */
    const char *name;    /* of FILE: the path below the path given, or its last part */
    nn_record_form form; /* of FILE: as its name tells */
    uint64_t size;       /* of FILE: bytes; 0 when unknown */
    bool is_stream;      /* of FILE: its size is not known */
    nn_problem_kind problem;
    int code; /* of PROBLEM: an errno value, or 0 */
} nn_walk_item;

/* A directory being read: its names in byte order, one behind the other. */
typedef struct nn_walk_level {
    nn_buffer names;   /* each with a NUL */
    nn_buffer offsets; /* uint32_t in sorted order */
    size_t next;
    size_t path_size; /* of the directory's path in `path` */
} nn_walk_level;

typedef struct nn_walk {
    nn_memory *memory;
    const char *const *paths;
    size_t path_count, path_next;
    nn_buffer path;   /* of what is being looked at, with a NUL */
    size_t root_size; /* bytes of `path` before the name */
    uint64_t files;   /* found below the current directory path */
    nn_walk_level levels[NN_INGEST_DEPTH_MAX];
    size_t depth;
} nn_walk;

void nn_walk_init(nn_walk *walk, nn_memory *memory, const char *const *paths, size_t count);
void nn_walk_deinit(nn_walk *walk);

/** The next file or problem. @retval NUNCIO_ERR_MEMORY the allocator refused */
NUNCIO_NODISCARD nuncio_status nn_walk_next(nn_walk *walk, nn_walk_item *out, nuncio_error *error);

/** The path of the sidecar of a plain text ("a.txt.gz" -> "a.json"), with a NUL. */
void nn_sidecar_path(nn_buffer *out, const char *text_path);

#endif

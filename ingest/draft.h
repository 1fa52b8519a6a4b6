/* SPDX-License-Identifier: Apache-2.0 */
/* An article in the making: fields as they were found -> a nuncio_article that keeps its promises,
 * and the problems met on the way. */
#ifndef INGEST_DRAFT_H
#define INGEST_DRAFT_H

#include "core/arena.h"
#include "ingest/ingest.h"
#include "ingest/json.h"

enum { NN_DRAFT_PROBLEMS = 12 /* more than one record can have */ };

typedef struct nn_draft {
    nn_arena arena; /* strings that had to be made */
    const char *file;
    uint64_t line;
    nuncio_article article;
    bool complete;   /* the article can be taken */
    size_t repaired; /* places where U+FFFD was put */
    nn_problem problems[NN_DRAFT_PROBLEMS];
    size_t problem_count;
} nn_draft;

void nn_draft_init(nn_draft *draft, nn_memory *memory);
void nn_draft_deinit(nn_draft *draft);
/** Begins anew, for the record at `line` of `file` (borrowed until the next reset). */
void nn_draft_reset(nn_draft *draft, const char *file, uint64_t line);

/** Notes a problem of the record; printf-like message, cut when too long. */
void nn_draft_problem(nn_draft *draft, nn_problem_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * Fills the article from `fields`; `complete` tells whether it can be taken. The views of the
 * article point into `fields` where nothing had to be changed.
 *
 * @param[in] default_id for a record without one; absent: as `options->id_from` says
 * @retval NUNCIO_ERR_MEMORY the allocator refused
 */
NUNCIO_NODISCARD nuncio_status nn_draft_fill(nn_draft *draft, const nn_json_object *fields,
                                             nuncio_str default_id,
                                             const nn_ingest_options *options, nuncio_error *error);

#endif

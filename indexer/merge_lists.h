/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of terms, each merged from those of several segments: what merges do in threads.
 *
 *   job    a few hundred terms in byte order ──► their lists, one behind the other
 *
 * What a list becomes is a function of its sources alone, so threads cannot be seen in the result.
 */
#ifndef INDEXER_MERGE_LISTS_H
#define INDEXER_MERGE_LISTS_H

#include "core/pool.h"
#include "indexer/parts.h"
#include "indexer/spelling_sort.h"
#include "segment/annotations/quotes.h"
#include "segment/terms/list_write.h"

#define NN_MERGE_DELETED UINT32_MAX

/** One of the segments that are merged. */
typedef struct nn_merge_source {
    const nn_part *part;
    uint32_t base;         /* number in the new segment = number here + base, … */
    uint32_t *passages;    /* … or where articles are left out, by number here: number or
                              NN_MERGE_DELETED */
    nn_term_cursor cursor; /* at the next term that is merged */
} nn_merge_source;

/** A segment that holds a term. */
typedef struct nn_merge_holder {
    const nn_merge_source *from;
    nn_term_info info;
    uint32_t form_count; /* the thread's */
} nn_merge_holder;

typedef struct nn_merge_term {
    nuncio_str term;
    size_t holder_begin, holder_count; /* in the job's holders */
    uint64_t quotes;                   /* live ones that hold it, unless said otherwise: see run */
    /* What comes of it; no passages: no live one holds it. */
    nn_term_counts counts;
    size_t size; /* of its list */
} nn_merge_term;

typedef struct nn_merge_job {
    nn_task task;
    nn_memory *memory;
    nn_arena arena; /* of the terms' bytes */
    nn_merge_term *terms;
    size_t term_count, term_capacity;
    nn_merge_holder *holders;
    size_t holder_count, holder_capacity;
    uint64_t weight; /* bytes of the lists that are read */
    nn_buffer lists; /* what comes of them */
    nuncio_status status;
    nuncio_error error;
} nn_merge_job;

NUNCIO_NODISCARD nuncio_status nn_merge_job_create(nn_memory *memory, nn_merge_job **out,
                                                   nuncio_error *error);
void nn_merge_job_destroy(nn_merge_job *job);
/** Empty again. */
void nn_merge_job_clear(nn_merge_job *job);

/** What a thread works with. */
typedef struct nn_list_merger {
    nn_memory *memory;
    nn_list_writer writer;
    nn_arena arena, quotes_arena; /* forms of a term; quotes of an article */
    nn_spelling *spellings, *scratch;
    uint32_t *numbers; /* of forms in the new list, holder by holder */
    nuncio_str *forms; /* of the term at hand, all different */
    size_t spelling_capacity, scratch_capacity, number_capacity, form_capacity;
    uint32_t form_count;
    nuncio_error *error;
} nn_list_merger;

void nn_list_merger_init(nn_list_merger *merger, nn_memory *memory,
                         const nn_passage_table *passages);
void nn_list_merger_deinit(nn_list_merger *merger);
/** Merges the lists of a job. Articles that are only about to be deleted are in no statistics yet:
 * in plain segments, which have no others, their quotes are taken off here. */
void nn_list_merger_run(nn_list_merger *merger, nn_merge_job *job);

#endif

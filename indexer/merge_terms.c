/* SPDX-License-Identifier: Apache-2.0 */
/* A heap of the sources by their next term gives the terms in order; jobs of some hundreds of them
 * go to threads; the lists come back in order and are appended.
 *
 *   source ─┐
 *   source ─┼─► heap ─► job job job ─► threads ─► lists, in order ─► segment
 *   source ─┘ */
#include "indexer/merge_terms.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

enum {
    JOB_BYTES = 256 << 10,      /* of lists that a job reads, at least */
    IN_FLIGHT_BYTES = 16 << 20, /* lists that jobs read at a time, unless a single one is longer, */
    IN_FLIGHT_SHARE = 32        /* and of the memory one part in so many */
};

typedef struct merger {
    const nn_parts *parts;
    nn_memory *memory;
    nn_merge_source *sources;
    size_t count;
    nn_segment_writer *out;
    nn_merge_source **heap; /* those with terms left: parent's term ≤ children's */
    size_t heap_count;
    nn_pool pool;
    nn_list_merger *threads; /* one a thread of the pool */
    nn_merge_job *job;       /* being filled; NULL: none */
    nn_merge_job *spare;     /* done with; linked by task.next */
    uint64_t in_flight, in_flight_max;
    nuncio_error *error;
} merger;

/* ---- the heap of sources by term, then by place ---- */

static nuncio_str term_of(const nn_merge_source *from)
{
    return nn_str(from->cursor.term, from->cursor.term_size);
}

static bool precedes(const nn_merge_source *a, const nn_merge_source *b)
{
    int order = nn_str_compare(term_of(a), term_of(b));
    return order != 0 ? order < 0 : a < b;
}

static void sift_down(merger *in, size_t at)
{
    nn_merge_source *moved = in->heap[at];
    for (size_t child; (child = 2 * at + 1) < in->heap_count; at = child) {
        if (child + 1 < in->heap_count && precedes(in->heap[child + 1], in->heap[child])) {
            child++;
        }
        if (!precedes(in->heap[child], moved)) {
            break;
        }
        in->heap[at] = in->heap[child];
    }
    in->heap[at] = moved;
}

static void push(merger *in, nn_merge_source *from)
{
    size_t at = in->heap_count++;
    for (; at > 0 && precedes(from, in->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        in->heap[at] = in->heap[(at - 1) / 2];
    }
    in->heap[at] = from;
}

/* True when deleted articles alone hold the cursor's term. */
static bool is_dead(const nn_merge_source *from)
{
    return from->part->deletes != NULL &&
           nn_deletes_deduction(from->part->deletes, from->cursor.info.ordinal).passages >=
               from->cursor.info.passage_df;
}

/* Moves a source to its next term, from where its cursor is, that a live article holds. */
static nuncio_status pass_dead(merger *in, nn_merge_source *from)
{
    while (from->cursor.valid && is_dead(from)) {
        NN_TRY(nn_term_cursor_next(&from->cursor, in->error));
    }
    return NUNCIO_OK;
}

/* Moves the first source of the heap on, and out when it is at its end. */
static nuncio_status move_first(merger *in)
{
    nn_merge_source *from = in->heap[0];
    NN_TRY(nn_term_cursor_next(&from->cursor, in->error));
    NN_TRY(pass_dead(in, from));
    if (!from->cursor.valid) {
        in->heap[0] = in->heap[--in->heap_count];
    }
    if (in->heap_count > 0) {
        sift_down(in, 0);
    }
    return NUNCIO_OK;
}

/* ---- jobs ---- */

static nuncio_status new_job(merger *in)
{
    if (in->spare == NULL) {
        return nn_merge_job_create(in->memory, &in->job, in->error);
    }
    in->job = in->spare;
    in->spare = (nn_merge_job *)(void *)in->job->task.next;
    nn_merge_job_clear(in->job);
    return NUNCIO_OK;
}

/* Appends what came of a job. */
static nuncio_status append(merger *in, const nn_merge_job *job)
{
    const uint8_t *list = job->lists.data;
    if (job->status != NUNCIO_OK) {
        if (in->error != NULL) {
            *in->error = job->error;
        }
        return job->status;
    }
    for (size_t i = 0; i < job->term_count; i++) {
        const nn_merge_term *term = &job->terms[i];
        if (term->counts.passages > 0) {
            NN_TRY(nn_segment_writer_list(in->out, term->term, &term->counts, list, term->size,
                                          in->error));
            list += term->size;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status take_job(merger *in)
{
    nn_merge_job *job = (nn_merge_job *)(void *)nn_pool_take(&in->pool);
    nuncio_status status = append(in, job);
    in->in_flight -= job->weight;
    job->task.next = in->spare == NULL ? NULL : &in->spare->task;
    in->spare = job;
    return status;
}

/* Hands the job over; before, takes others back until there is room for it. */
static nuncio_status give_job(merger *in)
{
    nn_merge_job *job = in->job;
    while (in->pool.count > 0 && in->in_flight + job->weight > in->in_flight_max) {
        NN_TRY(take_job(in));
    }
    in->in_flight += job->weight;
    in->job = NULL;
    nn_pool_give(&in->pool, &job->task);
    return nn_pool_is_full(&in->pool) ? take_job(in) : NUNCIO_OK;
}

static nuncio_status add_holder(merger *in, nn_merge_term *term, const nn_merge_source *from)
{
    nn_merge_job *job = in->job;
    uint32_t all = from->cursor.info.quote_df, gone = 0;
    if (from->part->deletes != NULL) {
        gone = nn_deletes_deduction(from->part->deletes, from->cursor.info.ordinal).quotes;
    }
    if (gone > all) {
        return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                            "more quotes of a term are deleted than there are");
    }
    NN_TRY(nn_reserve(in->memory, &job->holders, &job->holder_capacity, job->holder_count + 1,
                      sizeof *job->holders, in->error));
    job->holders[job->holder_count++] = (nn_merge_holder){.from = from, .info = from->cursor.info};
    term->holder_count++;
    term->quotes += all - gone;
    job->weight += from->cursor.info.list_size;
    return NUNCIO_OK;
}

/* Puts the smallest term and all who hold it into the job. */
static nuncio_status add_term(merger *in)
{
    if (in->job == NULL) {
        NN_TRY(new_job(in));
    }
    nn_merge_job *job = in->job;
    NN_TRY(nn_reserve(in->memory, &job->terms, &job->term_capacity, job->term_count + 1,
                      sizeof *job->terms, in->error));
    nn_merge_term *term = &job->terms[job->term_count++];
    *term = (nn_merge_term){.holder_begin = job->holder_count};
    term->term = nn_arena_str(&job->arena, term_of(in->heap[0]));
    if (term->term.data == NULL) {
        return nn_error_memory(in->error);
    }
    do {
        NN_TRY(add_holder(in, term, in->heap[0]));
        NN_TRY(move_first(in));
    } while (in->heap_count > 0 && nn_str_equal(term_of(in->heap[0]), term->term));
    return job->weight >= JOB_BYTES ? give_job(in) : NUNCIO_OK;
}

static nuncio_status merge_terms(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        nn_merge_source *from = &in->sources[i];
        NN_TRY(nn_term_cursor_seek(&from->cursor, from->part->segment, nn_str("", 0), in->error));
        NN_TRY(pass_dead(in, from));
        if (from->cursor.valid) {
            push(in, from);
        }
    }
    while (in->heap_count > 0) {
        NN_TRY(add_term(in));
    }
    if (in->job != NULL) {
        NN_TRY(give_job(in));
    }
    while (in->pool.count > 0) {
        NN_TRY(take_job(in));
    }
    return NUNCIO_OK;
}

/* ---- all of it ---- */

static void work(void *context, uint32_t thread, nn_task *task)
{
    merger *in = (merger *)context;
    nn_list_merger_run(&in->threads[thread], (nn_merge_job *)(void *)task);
}

static nuncio_status init(merger *in)
{
    uint32_t threads = in->parts->threads;
    nn_passage_table passages;
    NN_TRY(nn_pool_init(&in->pool, in->memory, threads, work, in, in->error));
    NN_TRY(nn_segment_writer_passages(in->out, &passages, in->error));
    in->heap = (nn_merge_source **)nn_alloc_array(in->memory, in->count, sizeof *in->heap);
    in->threads = (nn_list_merger *)nn_alloc_array(in->memory, threads, sizeof *in->threads);
    if (in->heap == NULL || in->threads == NULL) {
        return nn_error_memory(in->error);
    }
    for (uint32_t i = 0; i < threads; i++) {
        nn_list_merger_init(&in->threads[i], in->memory, &passages);
    }
    uint64_t share = in->memory->max / IN_FLIGHT_SHARE;
    in->in_flight_max = share != 0 && share < IN_FLIGHT_BYTES ? share : IN_FLIGHT_BYTES;
    return NUNCIO_OK;
}

static void destroy_jobs(nn_task *first)
{
    while (first != NULL) {
        nn_merge_job *job = (nn_merge_job *)(void *)first;
        first = job->task.next;
        nn_merge_job_destroy(job);
    }
}

static void deinit(merger *in)
{
    nn_task *spare = in->spare == NULL ? NULL : &in->spare->task;
    nn_pool_deinit(&in->pool);
    destroy_jobs(in->pool.oldest);
    destroy_jobs(spare);
    if (in->job != NULL) {
        nn_merge_job_destroy(in->job);
    }
    for (uint32_t i = 0; in->threads != NULL && i < in->parts->threads; i++) {
        nn_list_merger_deinit(&in->threads[i]);
    }
    nn_release(in->memory, in->threads, in->parts->threads * sizeof *in->threads);
    nn_release(in->memory, in->heap, in->count * sizeof *in->heap);
}

nuncio_status nn_merge_terms(const nn_parts *parts, nn_merge_source *sources, size_t count,
                             nn_segment_writer *out, nuncio_error *error)
{
    merger in = {.parts = parts,
                 .memory = parts->memory,
                 .sources = sources,
                 .count = count,
                 .out = out,
                 .error = error};
    nuncio_status status = init(&in);
    if (status == NUNCIO_OK) {
        status = merge_terms(&in);
    }
    for (uint32_t i = 0; in.threads != NULL && i < parts->threads; i++) {
        nn_segment_writer_sizes(out, &in.threads[i].writer.sizes);
    }
    deinit(&in);
    return status;
}

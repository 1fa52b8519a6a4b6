/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/merge_lists.h"

#include "core/error.h"
#include "core/str.h"
#include "segment/terms/plain_list.h"

#include <string.h>

enum {
    POSITIONS_MAX = 320,
    KEPT_BYTES_MAX = 1 << 20 /* buffers that a longer list has left are given back */
};

/* ---- jobs ---- */

nuncio_status nn_merge_job_create(nn_memory *memory, nn_merge_job **out, nuncio_error *error)
{
    nn_merge_job *job = (nn_merge_job *)nn_alloc_array(memory, 1, sizeof *job);
    *out = job;
    if (job == NULL) {
        return nn_error_memory(error);
    }
    job->memory = memory;
    nn_arena_init(&job->arena, memory);
    nn_buffer_init(&job->lists, memory);
    return NUNCIO_OK;
}

void nn_merge_job_destroy(nn_merge_job *job)
{
    nn_memory *memory = job->memory;
    nn_arena_clear(&job->arena);
    nn_buffer_deinit(&job->lists);
    nn_release(memory, job->terms, job->term_capacity * sizeof *job->terms);
    nn_release(memory, job->holders, job->holder_capacity * sizeof *job->holders);
    nn_release(memory, job, sizeof *job);
}

void nn_merge_job_clear(nn_merge_job *job)
{
    memset(&job->task, 0, sizeof job->task);
    nn_arena_reset(&job->arena);
    job->term_count = job->holder_count = 0;
    job->weight = 0;
    nn_buffer_clear(&job->lists);
    if (job->lists.capacity > KEPT_BYTES_MAX) {
        nn_buffer_deinit(&job->lists);
    }
}

/* ---- a thread's tables ---- */

void nn_list_merger_init(nn_list_merger *merger, nn_memory *memory,
                         const nn_passage_table *passages)
{
    memset(merger, 0, sizeof *merger);
    merger->memory = memory;
    nn_list_writer_init(&merger->writer, memory);
    merger->writer.passages = *passages;
    nn_arena_init(&merger->arena, memory);
    nn_arena_init(&merger->quotes_arena, memory);
}

void nn_list_merger_deinit(nn_list_merger *merger)
{
    nn_memory *memory = merger->memory;
    nn_list_writer_deinit(&merger->writer);
    nn_arena_clear(&merger->arena);
    nn_arena_clear(&merger->quotes_arena);
    nn_release(memory, merger->spellings, merger->spelling_capacity * sizeof *merger->spellings);
    nn_release(memory, merger->scratch, merger->scratch_capacity * sizeof *merger->scratch);
    nn_release(memory, merger->numbers, merger->number_capacity * sizeof *merger->numbers);
    nn_release(memory, merger->forms, merger->form_capacity * sizeof *merger->forms);
}

/* After a long list: others need a fraction of its buffers. */
static void shrink(nn_list_merger *merger)
{
    nn_passage_table passages = merger->writer.passages;
    nn_list_sizes sizes = merger->writer.sizes;
    nn_list_writer_deinit(&merger->writer);
    nn_list_writer_init(&merger->writer, merger->memory);
    merger->writer.passages = passages;
    merger->writer.sizes = sizes;
}

/* ---- surface forms ---- */

/* The forms of a holder, in the arena. */
static nuncio_status forms_of(nn_list_merger *in, nn_merge_holder *holder, nuncio_str **forms)
{
    const nn_part *part = holder->from->part;
    if (!part->plain) {
        return nn_segment_forms(part->segment, &holder->info, &in->arena, forms,
                                &holder->form_count, in->error);
    }
    nn_plain_reader reader;
    NN_TRY(nn_plain_open(&reader, part->segment, &holder->info, &in->arena, forms, in->error));
    holder->form_count = reader.form_count;
    return NUNCIO_OK;
}

/* Collects the forms of a term from all holders; `*count` in all. */
static nuncio_status collect_forms(nn_list_merger *in, nn_merge_holder *holders,
                                   size_t holder_count, size_t *count)
{
    nn_memory *memory = in->memory;
    *count = 0;
    nn_arena_reset(&in->arena);
    for (size_t i = 0; i < holder_count; i++) {
        nuncio_str *forms;
        NN_TRY(forms_of(in, &holders[i], &forms));
        uint32_t here = holders[i].form_count;
        NN_TRY(nn_reserve(memory, &in->spellings, &in->spelling_capacity, *count + here,
                          sizeof *in->spellings, in->error));
        for (uint32_t k = 0; k < here; k++, ++*count) {
            in->spellings[*count] = nn_spelling_of(forms[k], nn_str(NULL, 0), (uint32_t)*count);
        }
    }
    NN_TRY(nn_reserve(memory, &in->scratch, &in->scratch_capacity, *count, sizeof *in->scratch,
                      in->error));
    NN_TRY(nn_reserve(memory, &in->numbers, &in->number_capacity, *count, sizeof *in->numbers,
                      in->error));
    return nn_reserve(memory, &in->forms, &in->form_capacity, *count, sizeof *in->forms, in->error);
}

/* Numbers the forms of a term in one list for all holders. */
static nuncio_status join_forms(nn_list_merger *in, nn_merge_holder *holders, size_t holder_count)
{
    size_t count;
    NN_TRY(collect_forms(in, holders, holder_count, &count));
    nn_spellings_sort(in->spellings, in->scratch, count);
    in->form_count = 0;
    for (size_t i = 0; i < count; i++) {
        nuncio_str form = in->spellings[i].term;
        if (in->form_count == 0 || !nn_str_equal(in->forms[in->form_count - 1], form)) {
            in->forms[in->form_count++] = form;
        }
        in->numbers[in->spellings[i].id] = in->form_count - 1;
    }
    return NUNCIO_OK;
}

/* ---- postings ---- */

static uint32_t number_of(const nn_merge_source *from, uint32_t passage)
{
    return from->passages == NULL ? from->base + passage : from->passages[passage];
}

/* Postings of a segment that was committed. `numbers` tells the new number of each form. */
static nuncio_status merge_packed(nn_list_merger *in, const nn_merge_holder *holder,
                                  const uint32_t *numbers)
{
    nn_postings postings;
    uint32_t positions[POSITIONS_MAX], forms[POSITIONS_MAX], tf;
    NN_TRY(nn_postings_open(&postings, holder->from->part->segment, &holder->info, in->error));
    while (postings.doc != NN_DOC_END) {
        uint32_t passage = number_of(holder->from, postings.doc);
        if (passage != NN_MERGE_DELETED) {
            NN_TRY(nn_postings_tf(&postings, &tf, in->error));
            NN_TRY(nn_postings_positions(&postings, positions, forms, in->error));
            for (uint32_t i = 0; i < tf; i++) {
                forms[i] = numbers[forms[i]];
            }
            NN_TRY(nn_list_add_positions(&in->writer, passage, positions, forms, tf, in->error));
        }
        NN_TRY(nn_postings_next(&postings, in->error));
    }
    return NUNCIO_OK;
}

/* Quotes of a deleted article that hold a posting and no posting before it. */
static nuncio_status count_gone_quotes(nn_list_merger *in, nn_article_quotes *quotes,
                                       uint32_t passage, const uint8_t *places, uint32_t tf,
                                       uint64_t *gone)
{
    uint32_t positions[POSITIONS_MAX], article, title_length, count = 0;
    const nn_segment *segment = quotes->segment;
    article = nn_segment_article_of(segment, passage);
    NN_TRY(nn_article_quotes_seek(quotes, article, in->error));
    nn_article_row row;
    NN_TRY(nn_segment_article(segment, article, &row, in->error));
    title_length = row.first_passage == passage ? row.title_length : 0;
    for (; count < tf; count++) {
        uint32_t length = nn_segment_lengths(segment)[passage];
        if (places[count] + title_length >= length) {
            break; /* the title's come last */
        }
        positions[count] = places[count];
    }
    *gone += nn_article_quotes_mark(quotes, passage, positions, count);
    return NUNCIO_OK;
}

/* Adds the postings at hand, those of deleted articles left out: what lies between them at once. */
static nuncio_status add_live(nn_list_merger *in, const nn_merge_source *from,
                              nn_plain_reader *reader, nn_article_quotes *quotes,
                              uint64_t *gone_quotes)
{
    nn_list_run run = {reader->passages, reader->tfs, reader->places, reader->forms, 0};
    const uint8_t *places = reader->places;
    const uint32_t *forms = reader->forms;
    for (uint32_t i = 0; i < reader->count; i++) {
        uint32_t passage = reader->passages[i], tf = reader->tfs[i];
        reader->passages[i] = from->passages[passage];
        if (reader->passages[i] != NN_MERGE_DELETED) {
            run.count++;
        } else {
            NN_TRY(count_gone_quotes(in, quotes, passage, places, tf, gone_quotes));
            NN_TRY(nn_list_add(&in->writer, &run, in->error));
            run = (nn_list_run){reader->passages + i + 1, reader->tfs + i + 1, places + tf,
                                forms + tf, 0};
        }
        places += tf;
        forms += tf;
    }
    return nn_list_add(&in->writer, &run, in->error);
}

/* Adds the postings at hand of a segment of which nothing is left out. */
static nuncio_status add_all(nn_list_merger *in, const nn_merge_source *from,
                             nn_plain_reader *reader)
{
    for (uint32_t i = 0; i < reader->count; i++) {
        reader->passages[i] += from->base;
    }
    const nn_list_run run = {reader->passages, reader->tfs, reader->places, reader->forms,
                             reader->count};
    return nn_list_add(&in->writer, &run, in->error);
}

/* Postings of a plain segment. */
static nuncio_status merge_plain(nn_list_merger *in, const nn_merge_holder *holder,
                                 const uint32_t *numbers, uint64_t *gone_quotes)
{
    const nn_merge_source *from = holder->from;
    const nn_segment *segment = from->part->segment;
    nn_article_quotes quotes = {.segment = segment, .arena = &in->quotes_arena};
    nn_plain_reader reader;
    NN_TRY(nn_plain_open(&reader, segment, &holder->info, NULL, NULL, in->error));
    while (nn_plain_has_next(&reader)) {
        NN_TRY(nn_plain_next(&reader, in->error));
        for (uint32_t i = 0; i < reader.tokens; i++) {
            reader.forms[i] = numbers[reader.forms[i]];
        }
        NN_TRY(from->passages == NULL ? add_all(in, from, &reader)
                                      : add_live(in, from, &reader, &quotes, gone_quotes));
    }
    return NUNCIO_OK;
}

/* ---- terms ---- */

/* Merges the lists of a term's holders into one behind the job's others. */
static nuncio_status merge_term(nn_list_merger *in, nn_merge_job *job, nn_merge_term *term)
{
    nn_merge_holder *holders = job->holders + term->holder_begin;
    uint64_t gone_quotes = 0;
    NN_TRY(join_forms(in, holders, term->holder_count));
    NN_TRY(nn_list_begin(&in->writer, term->term, in->forms, in->form_count, in->error));
    const uint32_t *numbers = in->numbers;
    for (size_t i = 0; i < term->holder_count; i++) {
        NN_TRY(holders[i].from->part->plain ? merge_plain(in, &holders[i], numbers, &gone_quotes)
                                            : merge_packed(in, &holders[i], numbers));
        numbers += holders[i].form_count;
    }
    term->size = 0;
    term->counts = (nn_term_counts){0, 0, 0};
    if (nn_list_is_empty(&in->writer)) {
        return NUNCIO_OK;
    }
    if (gone_quotes > term->quotes) {
        return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                            "more quotes of a term are deleted than there are");
    }
    term->quotes -= gone_quotes;
    size_t before = job->lists.size;
    NN_TRY(nn_list_end(&in->writer, &job->lists, in->error));
    term->counts.passages = in->writer.df;
    term->counts.articles = in->writer.article_df;
    term->counts.quotes = term->quotes < UINT32_MAX ? (uint32_t)term->quotes : UINT32_MAX;
    term->size = job->lists.size - before;
    if (term->size > KEPT_BYTES_MAX) {
        shrink(in);
    }
    return NUNCIO_OK;
}

void nn_list_merger_run(nn_list_merger *merger, nn_merge_job *job)
{
    merger->error = &job->error;
    job->status = NUNCIO_OK;
    for (size_t i = 0; i < job->term_count && job->status == NUNCIO_OK; i++) {
        job->status = merge_term(merger, job, &job->terms[i]);
    }
}

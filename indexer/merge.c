/* SPDX-License-Identifier: Apache-2.0 */
/* Several segments into one: live articles in order, then the terms of all in byte order, each with
 * the postings of all, renumbered. Nothing is analysed anew. */
#include "core/arena.h"
#include "core/error.h"
#include "core/str.h"
#include "core/string_map.h"
#include "indexer/writer_impl.h"

#include <string.h>

enum { POSITIONS_MAX = 320 };
#define DELETED UINT32_MAX

/* One segment that is merged. */
typedef struct source {
    const nn_part *part;
    uint32_t *passages; /* number in the new segment by number in this one, or DELETED */
    nn_term_cursor cursor;
    uint32_t *forms; /* of the term in hand: number in the new list by number here */
    size_t form_capacity;
} source;

typedef struct merger {
    nuncio_writer *writer;
    nn_segment_writer *out;
    source *sources;
    size_t count;
    uint32_t passage_count; /* written */
    nn_arena arena;         /* annotations of an article, forms of a term */
    nn_string_map *forms;   /* of the term in hand */
    nuncio_str *form_list;
    size_t form_capacity;
    nuncio_error *error;
} merger;

static nuncio_status merge_article(merger *in, source *from, uint32_t article)
{
    nn_article_row row;
    nuncio_annotations annotations;
    nn_arena_reset(&in->arena);
    NN_TRY(nn_segment_article(from->part->segment, article, &row, in->error));
    NN_TRY(
        nn_segment_annotations(from->part->segment, article, &in->arena, &annotations, in->error));
    nn_article_fields fields = {.article = {.id = row.id,
                                            .title = row.title,
                                            .date = row.date,
                                            .source = row.source,
                                            .url = row.url,
                                            .lang = row.lang},
                                .language = row.language,
                                .title_length = row.title_length,
                                .hash_low = row.hash_low,
                                .hash_high = row.hash_high,
                                .annotations = &annotations};
    NN_TRY(nn_segment_writer_article(in->out, &fields, in->error));
    for (uint32_t i = 0; i < row.passage_count; i++) {
        NN_TRY(nn_segment_writer_passage_of(in->out, from->part->segment, row.first_passage + i,
                                            in->error));
        from->passages[row.first_passage + i] = in->passage_count++;
    }
    return NUNCIO_OK;
}

static nuncio_status merge_articles(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        const nn_segment_info *info = nn_segment_info_of(from->part->segment);
        for (uint32_t article = 0; article < info->article_count; article++) {
            if (nn_part_has(from->part, article)) {
                NN_TRY(merge_article(in, from, article));
            }
        }
    }
    return NUNCIO_OK;
}

/* True when deleted articles alone hold the cursor's term. */
static bool is_dead(const source *from)
{
    return from->part->deletes != NULL &&
           nn_deletes_deduction(from->part->deletes, from->cursor.info.ordinal).passages >=
               from->cursor.info.passage_df;
}

static nuncio_status skip_dead(source *from, nuncio_error *error)
{
    while (from->cursor.valid && is_dead(from)) {
        NN_TRY(nn_term_cursor_next(&from->cursor, error));
    }
    return NUNCIO_OK;
}

static nuncio_str term_of(const source *from)
{
    return nn_str(from->cursor.term, from->cursor.term_size);
}

/* The smallest term that a cursor stands at; NULL at the end of all. */
static const source *smallest(const merger *in)
{
    const source *best = NULL;
    for (size_t i = 0; i < in->count; i++) {
        const source *at = &in->sources[i];
        if (at->cursor.valid && (best == NULL || nn_str_compare(term_of(at), term_of(best)) < 0)) {
            best = at;
        }
    }
    return best;
}

/* Numbers the forms of a source's term in the new, common list. */
static nuncio_status join_forms(merger *in, source *from)
{
    nuncio_str *forms;
    uint32_t count;
    NN_TRY(nn_segment_forms(from->part->segment, &from->cursor.info, &in->arena, &forms, &count,
                            in->error));
    NN_TRY(nn_reserve(&in->writer->memory, &from->forms, &from->form_capacity, count,
                      sizeof *from->forms, in->error));
    for (uint32_t i = 0; i < count; i++) {
        NN_TRY(nn_string_map_add(in->forms, forms[i], &from->forms[i], NULL, in->error));
    }
    return NUNCIO_OK;
}

static nuncio_status merge_postings(merger *in, source *from)
{
    nn_postings postings;
    uint32_t positions[POSITIONS_MAX], forms[POSITIONS_MAX], tf;
    NN_TRY(nn_postings_open(&postings, from->part->segment, &from->cursor.info, in->error));
    while (postings.doc != NN_DOC_END) {
        uint32_t passage = from->passages[postings.doc];
        if (passage != DELETED) {
            NN_TRY(nn_postings_tf(&postings, &tf, in->error));
            NN_TRY(nn_postings_positions(&postings, positions, forms, in->error));
            for (uint32_t i = 0; i < tf; i++) {
                forms[i] = from->forms[forms[i]];
            }
            NN_TRY(nn_segment_writer_posting(in->out, passage, positions, forms, tf, in->error));
        }
        NN_TRY(nn_postings_next(&postings, in->error));
    }
    return NUNCIO_OK;
}

static nuncio_status merge_term(merger *in, nuncio_str term)
{
    nn_arena_reset(&in->arena);
    nn_string_map_clear(in->forms);
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        if (from->cursor.valid && nn_str_equal(term_of(from), term)) {
            NN_TRY(join_forms(in, from));
        }
    }
    uint32_t forms = nn_string_map_count(in->forms);
    NN_TRY(nn_reserve(&in->writer->memory, &in->form_list, &in->form_capacity, forms,
                      sizeof *in->form_list, in->error));
    for (uint32_t i = 0; i < forms; i++) {
        in->form_list[i] = nn_string_map_key(in->forms, i);
    }
    NN_TRY(nn_segment_writer_term(in->out, term, in->form_list, forms, in->error));
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        if (from->cursor.valid && nn_str_equal(term_of(from), term)) {
            NN_TRY(merge_postings(in, from));
            NN_TRY(nn_term_cursor_next(&from->cursor, in->error));
            NN_TRY(skip_dead(from, in->error));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status merge_terms(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        NN_TRY(nn_term_cursor_seek(&from->cursor, from->part->segment, nn_str("", 0), in->error));
        NN_TRY(skip_dead(from, in->error));
    }
    const source *next;
    while ((next = smallest(in)) != NULL) {
        char term[sizeof next->cursor.term];
        nuncio_str view = nn_str(term, next->cursor.term_size);
        memcpy(term, next->cursor.term, view.size);
        NN_TRY(merge_term(in, view));
    }
    return NUNCIO_OK;
}

static nuncio_status init(merger *in, const nn_part *parts)
{
    nn_memory *memory = &in->writer->memory;
    in->sources = (source *)nn_alloc_array(memory, in->count, sizeof *in->sources);
    if (in->sources == NULL) {
        return nn_error_memory(in->error);
    }
    bool text = true;
    for (size_t i = 0; i < in->count; i++) {
        const nn_segment_info *info = nn_segment_info_of(parts[i].segment);
        source *from = &in->sources[i];
        from->part = &parts[i];
        text = text && info->has_text;
        size_t size = info->passage_count * sizeof *from->passages;
        from->passages = (uint32_t *)nn_alloc(memory, size);
        if (from->passages == NULL && size > 0) {
            return nn_error_memory(in->error);
        }
        memset(from->passages, 0xff, size); /* all DELETED */
    }
    NN_TRY(nn_string_map_create(memory, &in->forms, in->error));
    return nn_segment_writer_open(in->writer->vfs, memory, in->writer->directory, text, &in->out,
                                  in->error);
}

static void deinit(merger *in)
{
    nn_memory *memory = &in->writer->memory;
    for (size_t i = 0; in->sources != NULL && i < in->count; i++) {
        source *from = &in->sources[i];
        if (from->part != NULL) {
            nn_release(memory, from->passages,
                       nn_segment_info_of(from->part->segment)->passage_count *
                           sizeof *from->passages);
        }
        nn_release(memory, from->forms, from->form_capacity * sizeof *from->forms);
    }
    nn_release(memory, in->sources, in->count * sizeof *in->sources);
    nn_release(memory, in->form_list, in->form_capacity * sizeof *in->form_list);
    nn_string_map_destroy(in->forms);
    nn_arena_clear(&in->arena);
    nn_segment_writer_destroy(in->out);
}

nuncio_status nn_parts_merge(nuncio_writer *writer, size_t first, size_t count, nuncio_error *error)
{
    merger in = {.writer = writer, .count = count, .error = error};
    nn_manifest_entry entry;
    memset(&entry, 0, sizeof entry);
    nn_arena_init(&in.arena, &writer->memory);
    nuncio_status status = init(&in, &writer->parts[first]);
    if (status == NUNCIO_OK) {
        status = merge_articles(&in);
    }
    if (status == NUNCIO_OK) {
        status = merge_terms(&in);
    }
    bool empty = in.passage_count == 0;
    if (status == NUNCIO_OK && !empty) {
        status = nn_segment_writer_finish(in.out, entry.segment, error);
    }
    deinit(&in);
    if (status != NUNCIO_OK) {
        return status;
    }
    for (size_t i = 0; i < count; i++) {
        nn_part_remove(writer, first);
    }
    writer->changed = true;
    if (empty) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_writer_part_open(writer, &entry, false, error));
    /* The new part takes the place of the old ones: articles keep their order. */
    nn_part merged = writer->parts[writer->part_count - 1];
    memmove(&writer->parts[first + 1], &writer->parts[first],
            (writer->part_count - 1 - first) * sizeof *writer->parts);
    writer->parts[first] = merged;
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Several segments into one: live articles in order of storage, then the terms of all in byte
 * order, each with the postings of all, renumbered. Nothing is analysed anew. */
#include "core/arena.h"
#include "core/error.h"
#include "core/str.h"
#include "indexer/name_words.h"
#include "indexer/spelling_sort.h"
#include "indexer/writer_impl.h"
#include "segment/quotes.h"
#include "segment/segment_writer.h"

#include <string.h>

enum { POSITIONS_MAX = 320 };
#define DELETED UINT32_MAX

/* One of the segments. */
typedef struct source {
    const nn_part *part;
    uint32_t base;      /* number in the new segment = number here + base, … */
    uint32_t *passages; /* … or where articles are left out, by number here: number or DELETED */
    nn_term_cursor cursor;
    nn_article_quotes quotes; /* of the article at hand */
    uint32_t form_count;      /* of the term at hand */
    const uint32_t *forms;    /* of the term at hand: number there by number here */
} source;

typedef struct merger {
    const nn_parts *parts;
    nn_segment_writer *out;
    source *sources;
    size_t count;
    uint32_t passage_count; /* written */
    source **heap;          /* those with terms left: parent's term ≤ children's */
    size_t heap_count;
    source **holders; /* those that hold the term at hand, in order */
    size_t holder_count;
    nn_arena arena; /* annotations of an article, forms of a term */
    nn_arena quotes_arena;
    nn_spelling *spellings, *scratch;
    uint32_t *numbers; /* of forms, holder by holder */
    nuncio_str *forms; /* of the term at hand, all different */
    size_t spelling_capacity, scratch_capacity, number_capacity, form_capacity;
    nuncio_error *error;
} merger;

/* ---- articles ---- */

/* The words of the article's quotes, in the arena of its annotations. */
static nuncio_status read_quotes(merger *in, source *from, uint32_t article, size_t count,
                                 const nn_quote_tokens **out)
{
    NN_TRY(nn_article_quotes_seek(&from->quotes, article, in->error));
    nn_quote_tokens *tokens = nn_arena_array(&in->arena, count + 1, sizeof *tokens);
    if (tokens == NULL) {
        return nn_error_memory(in->error);
    }
    if (from->quotes.count != count) {
        return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                            "an article of a segment has two numbers of quotes");
    }
    for (uint32_t i = 0; i < from->quotes.count; i++) {
        tokens[i].first = from->quotes.starts[i];
        tokens[i].count = from->quotes.ends[i] - from->quotes.starts[i];
    }
    *out = tokens;
    return NUNCIO_OK;
}

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
    NN_TRY(read_quotes(in, from, article, annotations.quote_count, &fields.quote_tokens));
    NN_TRY(nn_segment_writer_article(in->out, &fields, in->error));
    for (uint32_t i = 0; i < row.passage_count; i++) {
        uint32_t passage = row.first_passage + i;
        NN_TRY(nn_segment_writer_passage_of(in->out, from->part->segment, passage, in->error));
        if (from->passages != NULL) {
            from->passages[passage] = in->passage_count;
        }
        in->passage_count++;
    }
    return NUNCIO_OK;
}

static nuncio_status merge_articles(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        const nn_segment_info *info = nn_segment_info_of(from->part->segment);
        from->base = in->passage_count;
        for (uint32_t article = 0; article < info->article_count; article++) {
            if (nn_part_has(from->part, article)) {
                NN_TRY(merge_article(in, from, article));
            }
        }
    }
    return NUNCIO_OK;
}

/* ---- the heap of sources by term, then by place ---- */

static nuncio_str term_of(const source *from)
{
    return nn_str(from->cursor.term, from->cursor.term_size);
}

static bool precedes(const source *a, const source *b)
{
    int order = nn_str_compare(term_of(a), term_of(b));
    return order != 0 ? order < 0 : a < b;
}

static void sift_down(merger *in, size_t at)
{
    source *moved = in->heap[at];
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

static void push(merger *in, source *from)
{
    size_t at = in->heap_count++;
    for (; at > 0 && precedes(from, in->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        in->heap[at] = in->heap[(at - 1) / 2];
    }
    in->heap[at] = from;
}

static source *pop(merger *in)
{
    source *first = in->heap[0];
    in->heap[0] = in->heap[--in->heap_count];
    if (in->heap_count > 0) {
        sift_down(in, 0);
    }
    return first;
}

/* ---- terms ---- */

/* True when deleted articles alone hold the cursor's term. */
static bool is_dead(const source *from)
{
    return from->part->deletes != NULL &&
           nn_deletes_deduction(from->part->deletes, from->cursor.info.ordinal).passages >=
               from->cursor.info.passage_df;
}

/* Puts a source back with its first term, from where its cursor is, that a live article holds. */
static nuncio_status put_back(merger *in, source *from)
{
    while (from->cursor.valid && is_dead(from)) {
        NN_TRY(nn_term_cursor_next(&from->cursor, in->error));
    }
    if (from->cursor.valid) {
        push(in, from);
    }
    return NUNCIO_OK;
}

/* Collects the forms of the term at hand from all holders. */
static nuncio_status collect_forms(merger *in, size_t *count)
{
    nn_memory *memory = in->parts->memory;
    *count = 0;
    nn_arena_reset(&in->arena);
    for (size_t i = 0; i < in->holder_count; i++) {
        nuncio_str *forms;
        source *from = in->holders[i];
        NN_TRY(nn_segment_forms(from->part->segment, &from->cursor.info, &in->arena, &forms,
                                &from->form_count, in->error));
        NN_TRY(nn_reserve(memory, &in->spellings, &in->spelling_capacity, *count + from->form_count,
                          sizeof *in->spellings, in->error));
        for (uint32_t k = 0; k < from->form_count; k++, ++*count) {
            in->spellings[*count] = nn_spelling_of(forms[k], nn_str(NULL, 0), (uint32_t)*count);
        }
    }
    NN_TRY(nn_reserve(memory, &in->scratch, &in->scratch_capacity, *count, sizeof *in->scratch,
                      in->error));
    NN_TRY(nn_reserve(memory, &in->numbers, &in->number_capacity, *count, sizeof *in->numbers,
                      in->error));
    return nn_reserve(memory, &in->forms, &in->form_capacity, *count, sizeof *in->forms, in->error);
}

/* Numbers the forms of the term at hand in one list for all holders. */
static nuncio_status join_forms(merger *in, uint32_t *form_count)
{
    size_t count, forms = 0;
    NN_TRY(collect_forms(in, &count));
    nn_spellings_sort(in->spellings, in->scratch, count);
    for (size_t i = 0; i < count; i++) {
        nuncio_str form = in->spellings[i].term;
        if (forms == 0 || !nn_str_equal(in->forms[forms - 1], form)) {
            in->forms[forms++] = form;
        }
        in->numbers[in->spellings[i].id] = (uint32_t)forms - 1;
    }
    const uint32_t *numbers = in->numbers;
    for (size_t i = 0; i < in->holder_count; i++) {
        in->holders[i]->forms = numbers;
        numbers += in->holders[i]->form_count;
    }
    *form_count = (uint32_t)forms;
    return NUNCIO_OK;
}

static nuncio_status merge_postings(merger *in, const source *from)
{
    nn_postings postings;
    uint32_t positions[POSITIONS_MAX], forms[POSITIONS_MAX], tf;
    NN_TRY(nn_postings_open(&postings, from->part->segment, &from->cursor.info, in->error));
    while (postings.doc != NN_DOC_END) {
        uint32_t passage =
            from->passages == NULL ? from->base + postings.doc : from->passages[postings.doc];
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

/* How many live quotes hold the term at hand, all holders together. */
static nuncio_status merge_quotes(merger *in)
{
    uint64_t quotes = 0;
    for (size_t i = 0; i < in->holder_count; i++) {
        const source *from = in->holders[i];
        uint32_t all = from->cursor.info.quote_df, gone = 0;
        if (from->part->deletes != NULL) {
            gone = nn_deletes_deduction(from->part->deletes, from->cursor.info.ordinal).quotes;
        }
        if (gone > all) {
            return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                                "more quotes of a term are deleted than there are");
        }
        quotes += all - gone;
    }
    return nn_segment_writer_quotes(in->out, quotes < UINT32_MAX ? (uint32_t)quotes : UINT32_MAX,
                                    in->error);
}

/* Takes the sources with the smallest term from the heap. */
static void take_holders(merger *in)
{
    in->holder_count = 0;
    do {
        in->holders[in->holder_count++] = pop(in);
    } while (in->heap_count > 0 && nn_str_equal(term_of(in->heap[0]), term_of(in->holders[0])));
}

static nuncio_status merge_terms(merger *in)
{
    for (size_t i = 0; i < in->count; i++) {
        source *from = &in->sources[i];
        NN_TRY(nn_term_cursor_seek(&from->cursor, from->part->segment, nn_str("", 0), in->error));
        NN_TRY(put_back(in, from));
    }
    while (in->heap_count > 0) {
        uint32_t form_count;
        take_holders(in);
        NN_TRY(join_forms(in, &form_count));
        NN_TRY(nn_segment_writer_term(in->out, term_of(in->holders[0]), in->forms, form_count,
                                      in->error));
        NN_TRY(merge_quotes(in));
        for (size_t i = 0; i < in->holder_count; i++) {
            NN_TRY(merge_postings(in, in->holders[i]));
        }
        for (size_t i = 0; i < in->holder_count; i++) {
            source *from = in->holders[i];
            NN_TRY(nn_term_cursor_next(&from->cursor, in->error));
            NN_TRY(put_back(in, from));
        }
    }
    return NUNCIO_OK;
}

/* ---- all of it ---- */

static nuncio_status init(merger *in, const nn_part *first)
{
    nn_memory *memory = in->parts->memory;
    in->sources = (source *)nn_alloc_array(memory, in->count, sizeof *in->sources);
    in->heap = (source **)nn_alloc_array(memory, in->count, sizeof *in->heap);
    in->holders = (source **)nn_alloc_array(memory, in->count, sizeof *in->holders);
    if (in->sources == NULL || in->heap == NULL || in->holders == NULL) {
        return nn_error_memory(in->error);
    }
    bool text = true;
    for (size_t i = 0; i < in->count; i++) {
        const nn_segment_info *info = nn_segment_info_of(first[i].segment);
        source *from = &in->sources[i];
        from->part = &first[i];
        from->quotes.segment = first[i].segment;
        from->quotes.arena = &in->quotes_arena;
        text = text && info->has_text;
        if (nn_part_live_articles(from->part) == info->article_count) {
            continue;
        }
        size_t size = info->passage_count * sizeof *from->passages;
        from->passages = (uint32_t *)nn_alloc(memory, size);
        if (from->passages == NULL) {
            return nn_error_memory(in->error);
        }
        memset(from->passages, 0xff, size); /* all DELETED */
    }
    return nn_segment_writer_open(in->parts->vfs, memory, in->parts->directory, text, &in->out,
                                  in->error);
}

static void deinit(merger *in)
{
    nn_memory *memory = in->parts->memory;
    for (size_t i = 0; in->sources != NULL && i < in->count; i++) {
        const source *from = &in->sources[i];
        if (from->passages != NULL) {
            nn_release(memory, from->passages,
                       nn_segment_info_of(from->part->segment)->passage_count *
                           sizeof *from->passages);
        }
    }
    nn_release(memory, in->sources, in->count * sizeof *in->sources);
    nn_release(memory, in->heap, in->count * sizeof *in->heap);
    nn_release(memory, in->holders, in->count * sizeof *in->holders);
    nn_release(memory, in->spellings, in->spelling_capacity * sizeof *in->spellings);
    nn_release(memory, in->scratch, in->scratch_capacity * sizeof *in->scratch);
    nn_release(memory, in->numbers, in->number_capacity * sizeof *in->numbers);
    nn_release(memory, in->forms, in->form_capacity * sizeof *in->forms);
    nn_arena_clear(&in->arena);
    nn_arena_clear(&in->quotes_arena);
    nn_segment_writer_destroy(in->out);
}

/* Writes the new segment; `entry` names it, or stays empty when no article is left. */
static nuncio_status write_merged(merger *in, const nn_part *first, nn_manifest_entry *entry)
{
    NN_TRY(init(in, first));
    NN_TRY(merge_articles(in));
    if (in->passage_count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(merge_terms(in));
    return nn_segment_finish(in->out, in->parts->memory, entry->segment, in->error);
}

nuncio_status nn_parts_merge(nn_parts *parts, size_t first, size_t count, nuncio_error *error)
{
    merger in = {.parts = parts, .count = count, .error = error};
    nn_manifest_entry entry;
    memset(&entry, 0, sizeof entry);
    nn_arena_init(&in.arena, parts->memory);
    nn_arena_init(&in.quotes_arena, parts->memory);
    nuncio_status status = write_merged(&in, &parts->items[first], &entry);
    bool empty = in.passage_count == 0;
    deinit(&in);
    if (status != NUNCIO_OK) {
        return status;
    }
    nn_parts_remove(parts, first, count);
    return empty ? NUNCIO_OK : nn_parts_insert(parts, first, &entry, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/deduction.h"

#include "core/arena.h"
#include "core/error.h"
#include "indexer/terms_of.h"
#include "indexer/writer_impl.h"

#include <string.h>

enum {
    SCAN_SHARE = 16
}; /* from one article in so many on, reading all postings is the shorter way */

typedef struct summing {
    nn_memory *memory;
    const nn_segment *segment;
    nn_analyzer *analyzer;
    nn_df_deduction *terms;
    uint32_t *last_passage, *last_article; /* by ordinal, + 1: what was counted last */
    uint32_t *ordinals;                    /* by surface id, + 1; 0: not looked up yet */
    size_t ordinal_capacity;
    uint32_t article;
    nuncio_error *error;
} summing;

static void count(summing *in, uint32_t ordinal, uint32_t passage, uint32_t article)
{
    if (in->last_passage[ordinal] != passage + 1) {
        in->last_passage[ordinal] = passage + 1;
        in->terms[ordinal].passages++;
    }
    if (in->last_article[ordinal] != article + 1) {
        in->last_article[ordinal] = article + 1;
        in->terms[ordinal].articles++;
    }
}

static nuncio_status count_token(void *context, uint32_t surface, uint32_t passage,
                                 uint32_t position, nuncio_error *error)
{
    summing *in = (summing *)context;
    (void)position;
    size_t before = in->ordinal_capacity;
    NN_TRY(nn_reserve(in->memory, &in->ordinals, &in->ordinal_capacity, (size_t)surface + 1,
                      sizeof *in->ordinals, error));
    if (in->ordinal_capacity > before) {
        memset(in->ordinals + before, 0, (in->ordinal_capacity - before) * sizeof *in->ordinals);
    }
    if (in->ordinals[surface] == 0) {
        bool found;
        nn_term_info term;
        NN_TRY(nn_segment_find_term(in->segment, nn_analyzer_term(in->analyzer, surface), &found,
                                    &term, error));
        if (!found || term.ordinal >= nn_segment_info_of(in->segment)->term_count) {
            return nn_error_set(error, NUNCIO_ERR_CORRUPT,
                                "a stored text holds a word that the dictionary does not");
        }
        in->ordinals[surface] = term.ordinal + 1;
    }
    count(in, in->ordinals[surface] - 1, passage, in->article);
    return NUNCIO_OK;
}

static nuncio_status sum_by_text(summing *in, const uint32_t *articles, size_t article_count)
{
    NN_TRY(nn_analyzer_create(in->memory, &in->analyzer, in->error));
    for (size_t i = 0; i < article_count; i++) {
        in->article = articles[i];
        NN_TRY(nn_terms_of_article(in->memory, in->analyzer, in->segment, articles[i], count_token,
                                   in, in->error));
    }
    return NUNCIO_OK;
}

static nuncio_status sum_by_postings(summing *in, const uint32_t *articles, size_t article_count)
{
    nn_term_cursor cursor;
    nn_postings postings;
    NN_TRY(nn_term_cursor_seek(&cursor, in->segment, (nuncio_str){"", 0}, in->error));
    while (cursor.valid) {
        NN_TRY(nn_postings_open(&postings, in->segment, &cursor.info, in->error));
        for (size_t i = 0; i < article_count && postings.doc != NN_DOC_END; i++) {
            uint32_t end = nn_segment_first_passage(in->segment, articles[i] + 1);
            NN_TRY(nn_postings_advance(
                &postings, nn_segment_first_passage(in->segment, articles[i]), in->error));
            while (postings.doc < end) {
                count(in, cursor.info.ordinal, postings.doc, articles[i]);
                NN_TRY(nn_postings_next(&postings, in->error));
            }
        }
        NN_TRY(nn_term_cursor_next(&cursor, in->error));
    }
    return NUNCIO_OK;
}

static nuncio_status sum_counts(summing *in, const uint32_t *articles, size_t article_count,
                                nn_deletes_info *info)
{
    nn_arena arena;
    nn_arena_init(&arena, in->memory);
    const uint8_t *lengths = nn_segment_lengths(in->segment);
    nuncio_status status = NUNCIO_OK;
    for (size_t i = 0; i < article_count; i++) {
        nn_article_row row;
        nuncio_annotations annotations;
        uint32_t start, end = 0;
        nn_arena_reset(&arena);
        NN_TRY_CLEANUP(nn_segment_article(in->segment, articles[i], &row, in->error));
        NN_TRY_CLEANUP(
            nn_segment_annotations(in->segment, articles[i], &arena, &annotations, in->error));
        if (row.passage_count > 0) {
            NN_TRY_CLEANUP(nn_segment_passage_start(
                in->segment, row.first_passage + row.passage_count - 1, &start, &end, in->error));
        }
        info->articles++;
        info->passages += row.passage_count;
        info->quotes += annotations.quote_count;
        info->mentions += annotations.mention_count;
        info->raw_text_bytes += row.title.size + end;
        for (uint32_t k = 0; k < row.passage_count; k++) {
            info->tokens += lengths[row.first_passage + k];
        }
    }
cleanup:
    nn_arena_clear(&arena);
    return status;
}

nuncio_status nn_deduction_sum(nn_memory *memory, const nn_segment *segment,
                               const uint32_t *articles, size_t article_count,
                               nn_deduction_sums *out, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    size_t terms = info->term_count;
    summing in = {.memory = memory, .segment = segment, .error = error};
    memset(out, 0, sizeof *out);
    nuncio_status status = NUNCIO_OK;
    if (terms > 0) {
        in.terms = (nn_df_deduction *)nn_alloc_array(memory, terms, sizeof *in.terms);
        in.last_passage = (uint32_t *)nn_alloc_array(memory, terms, sizeof *in.last_passage);
        in.last_article = (uint32_t *)nn_alloc_array(memory, terms, sizeof *in.last_article);
        if (in.terms == NULL || in.last_passage == NULL || in.last_article == NULL) {
            status = nn_error_memory(error);
        }
    }
    for (size_t i = 0; status == NUNCIO_OK && i < terms; i++) {
        in.terms[i].ordinal = (uint32_t)i;
    }
    if (status == NUNCIO_OK) {
        bool by_text = info->has_text && article_count * SCAN_SHARE < info->article_count;
        status = by_text ? sum_by_text(&in, articles, article_count)
                         : sum_by_postings(&in, articles, article_count);
    }
    if (status == NUNCIO_OK) {
        status = sum_counts(&in, articles, article_count, &out->info);
    }
    nn_release(memory, in.last_passage, terms * sizeof *in.last_passage);
    nn_release(memory, in.last_article, terms * sizeof *in.last_article);
    nn_release(memory, in.ordinals, in.ordinal_capacity * sizeof *in.ordinals);
    nn_analyzer_destroy(in.analyzer);
    if (status != NUNCIO_OK) {
        nn_release(memory, in.terms, terms * sizeof *in.terms);
        memset(out, 0, sizeof *out);
        return status;
    }
    out->terms = in.terms;
    return NUNCIO_OK;
}

/* What was deleted before counts too. */
static void add_earlier(const nn_part *part, uint32_t term_count, nn_deduction_sums *sums)
{
    if (part->deletes == NULL) {
        return;
    }
    const nn_deletes_info *before = nn_deletes_info_of(part->deletes);
    sums->info.articles += before->articles;
    sums->info.passages += before->passages;
    sums->info.tokens += before->tokens;
    sums->info.quotes += before->quotes;
    sums->info.mentions += before->mentions;
    sums->info.raw_text_bytes += before->raw_text_bytes;
    uint32_t deductions;
    const nn_df_deduction *earlier = nn_deletes_deductions(part->deletes, &deductions);
    for (uint32_t i = 0; i < deductions && earlier[i].ordinal < term_count; i++) {
        sums->terms[earlier[i].ordinal].passages += earlier[i].passages;
        sums->terms[earlier[i].ordinal].articles += earlier[i].articles;
    }
}

/* All deleted articles, ascending: those of before and the pending ones. */
static uint32_t *all_deleted(nuncio_writer *writer, const nn_part *part, uint32_t count)
{
    uint32_t *articles = (uint32_t *)nn_alloc(&writer->memory, count * sizeof *articles);
    uint32_t filled = 0, all = nn_segment_info_of(part->segment)->article_count;
    for (uint32_t i = 0; articles != NULL && i < all && filled < count; i++) {
        if (!nn_part_has(part, i)) {
            articles[filled++] = i;
        }
    }
    return articles;
}

static nuncio_status write_file(nuncio_writer *writer, const nn_part *part,
                                const nn_deduction_sums *sums, char *name, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < info->term_count; i++) {
        if (sums->terms[i].passages > 0) {
            sums->terms[kept++] = sums->terms[i];
        }
    }
    uint32_t *articles = all_deleted(writer, part, sums->info.articles);
    if (articles == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = nn_deletes_write(writer->vfs, &writer->memory, writer->directory,
                                            info->article_count, articles, sums->info.articles,
                                            sums->terms, kept, &sums->info, name, error);
    nn_release(&writer->memory, articles, sums->info.articles * sizeof *articles);
    return status;
}

nuncio_status nn_part_write_deletes(nuncio_writer *writer, nn_part *part, nuncio_error *error)
{
    if (part->pending_count == 0) {
        return NUNCIO_OK;
    }
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    nn_deduction_sums sums;
    char name[64] = "";
    nn_deletes *deletes = NULL;
    NN_TRY(nn_deduction_sum(&writer->memory, part->segment, part->pending, part->pending_count,
                            &sums, error));
    add_earlier(part, info->term_count, &sums);
    nuncio_status status = write_file(writer, part, &sums, name, error);
    nn_release(&writer->memory, sums.terms, info->term_count * sizeof *sums.terms);
    if (status == NUNCIO_OK) {
        status = nn_deletes_open(writer->vfs, &writer->memory, writer->directory, name,
                                 info->article_count, &deletes, error);
    }
    if (status == NUNCIO_OK) {
        nn_deletes_close(part->deletes);
        part->deletes = deletes;
        memcpy(part->entry.deletes, name, sizeof part->entry.deletes);
        part->pending_count = 0;
    }
    return status;
}

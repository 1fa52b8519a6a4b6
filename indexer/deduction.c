/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/deduction.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/str.h"
#include "indexer/terms_of.h"
#include "indexer/writer_impl.h"
#include "segment/annotations/quotes.h"

#include <string.h>

enum {
    SCAN_SHARE = 16, /* from one article in so many on, reading all postings is shorter */
    POSITIONS_MAX = 320
};

typedef struct summing {
    nn_memory *memory;
    const nn_segment *segment;
    nn_analyzer *analyzer;
    nn_df_deduction *terms;
    uint32_t *last_passage, *last_article; /* by ordinal, + 1: what was counted last */
    uint32_t *ordinals;                    /* by surface id, + 1; 0: not looked up yet */
    size_t ordinal_capacity;
    uint32_t article;
    nn_arena arena; /* of `quotes` */
    nn_article_quotes quotes;
    uint32_t *last_quote; /* by ordinal, + 1: what was counted last */
    uint32_t *tokens;     /* ordinals of the text tokens of the article at hand */
    size_t token_count, token_capacity;
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
    uint32_t ordinal = in->ordinals[surface] - 1;
    count(in, ordinal, passage, in->article);
    if (position >= NN_POSITION_TITLE || in->quotes.count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_reserve(in->memory, &in->tokens, &in->token_capacity, in->token_count + 1,
                      sizeof *in->tokens, error));
    in->tokens[in->token_count++] = ordinal;
    return NUNCIO_OK;
}

/* Counts the terms of each quote of the article at hand, whose tokens are listed. */
static nuncio_status count_quotes(summing *in)
{
    const nn_article_quotes *quotes = &in->quotes;
    for (uint32_t i = 0; i < quotes->count; i++) {
        uint32_t stamp = quotes->first + i + 1;
        if (quotes->ends[i] > in->token_count) {
            return nn_error_set(in->error, NUNCIO_ERR_CORRUPT,
                                "a stored text has fewer words than its quotes need");
        }
        for (uint32_t k = quotes->starts[i]; k < quotes->ends[i]; k++) {
            uint32_t ordinal = in->tokens[k];
            in->terms[ordinal].quotes += in->last_quote[ordinal] != stamp;
            in->last_quote[ordinal] = stamp;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status sum_by_text(summing *in, const uint32_t *articles, size_t article_count)
{
    NN_TRY(nn_analyzer_create(in->memory, &in->analyzer, in->error));
    for (size_t i = 0; i < article_count; i++) {
        in->article = articles[i];
        in->token_count = 0;
        NN_TRY(nn_article_quotes_seek(&in->quotes, articles[i], in->error));
        NN_TRY(nn_terms_of_article(in->memory, in->analyzer, in->segment, articles[i], count_token,
                                   in, in->error));
        NN_TRY(count_quotes(in));
    }
    return NUNCIO_OK;
}

/* Index of the first of `articles` from `from` on that is ≥ `article`. Gallops: it is near. */
static size_t next_of(const uint32_t *articles, size_t count, size_t from, uint32_t article)
{
    size_t low = from, step = 1;
    while (low + step < count && articles[low + step] < article) {
        low += step;
        step *= 2;
    }
    size_t high = low + step < count ? low + step : count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (articles[middle] < article) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Counts the quotes of the posting's article that it is the first to be in. */
static nuncio_status count_posting(summing *in, nn_postings *postings, uint32_t article)
{
    uint32_t positions[POSITIONS_MAX], tf;
    count(in, postings->term.ordinal, postings->doc, article);
    NN_TRY(nn_article_quotes_seek(&in->quotes, article, in->error));
    if (in->quotes.count > 0) {
        NN_TRY(nn_postings_tf(postings, &tf, in->error));
        NN_TRY(nn_postings_positions(postings, positions, NULL, in->error));
        in->terms[postings->term.ordinal].quotes +=
            nn_article_quotes_mark(&in->quotes, postings->doc, positions, tf);
    }
    return NUNCIO_OK;
}

static nuncio_status sum_term(summing *in, const nn_term_info *term, const uint32_t *articles,
                              size_t article_count)
{
    nn_postings postings;
    size_t i = 0;
    in->quotes.open = false; /* forgets the marks */
    NN_TRY(nn_postings_open(&postings, in->segment, term, in->error));
    while (postings.doc != NN_DOC_END) {
        uint32_t article = nn_segment_article_of(in->segment, postings.doc);
        i = next_of(articles, article_count, i, article);
        if (i == article_count) {
            return NUNCIO_OK;
        }
        if (articles[i] == article) {
            NN_TRY(count_posting(in, &postings, article));
            NN_TRY(nn_postings_next(&postings, in->error));
        } else {
            uint32_t next = nn_segment_first_passage(in->segment, articles[i]);
            next = next > postings.doc ? next : postings.doc + 1; /* damaged: go on all the same */
            NN_TRY(nn_postings_advance(&postings, next, in->error));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status sum_by_postings(summing *in, const uint32_t *articles, size_t article_count)
{
    nn_term_cursor cursor;
    NN_TRY(nn_term_cursor_seek(&cursor, in->segment, nn_str("", 0), in->error));
    while (cursor.valid) {
        NN_TRY(sum_term(in, &cursor.info, articles, article_count));
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
        NN_TRY_CLEANUP(nn_article_quotes_seek(&in->quotes, articles[i], in->error));
        for (uint32_t k = 0; k < in->quotes.count; k++) {
            info->quote_tokens += in->quotes.ends[k] - in->quotes.starts[k];
        }
        info->quotes += in->quotes.count;
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
                               const uint32_t *articles, size_t article_count, nn_deduction_way way,
                               nn_deduction_sums *out, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    size_t terms = info->term_count;
    summing in = {.memory = memory, .segment = segment, .error = error};
    memset(out, 0, sizeof *out);
    nn_arena_init(&in.arena, memory);
    in.quotes.segment = segment;
    in.quotes.arena = &in.arena;
    nuncio_status status = NUNCIO_OK;
    if (terms > 0) {
        in.terms = (nn_df_deduction *)nn_alloc_array(memory, terms, sizeof *in.terms);
        in.last_passage = (uint32_t *)nn_alloc_array(memory, terms, sizeof *in.last_passage);
        in.last_article = (uint32_t *)nn_alloc_array(memory, terms, sizeof *in.last_article);
        in.last_quote = (uint32_t *)nn_alloc_array(memory, terms, sizeof *in.last_quote);
        if (in.terms == NULL || in.last_passage == NULL || in.last_article == NULL ||
            in.last_quote == NULL) {
            status = nn_error_memory(error);
        }
    }
    for (size_t i = 0; status == NUNCIO_OK && i < terms; i++) {
        in.terms[i].ordinal = (uint32_t)i;
    }
    if (status == NUNCIO_OK) {
        if (way == NN_DEDUCTION_SHORTER) {
            way = article_count * SCAN_SHARE < info->article_count ? NN_DEDUCTION_BY_TEXT
                                                                   : NN_DEDUCTION_BY_POSTINGS;
        }
        status = info->has_text && way == NN_DEDUCTION_BY_TEXT
                     ? sum_by_text(&in, articles, article_count)
                     : sum_by_postings(&in, articles, article_count);
    }
    if (status == NUNCIO_OK) {
        status = sum_counts(&in, articles, article_count, &out->info);
    }
    nn_release(memory, in.last_passage, terms * sizeof *in.last_passage);
    nn_release(memory, in.last_article, terms * sizeof *in.last_article);
    nn_release(memory, in.last_quote, terms * sizeof *in.last_quote);
    nn_release(memory, in.tokens, in.token_capacity * sizeof *in.tokens);
    nn_arena_clear(&in.arena);
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
    sums->info.quote_tokens += before->quote_tokens;
    sums->info.mentions += before->mentions;
    sums->info.raw_text_bytes += before->raw_text_bytes;
    uint32_t deductions;
    const nn_df_deduction *earlier = nn_deletes_deductions(part->deletes, &deductions);
    for (uint32_t i = 0; i < deductions && earlier[i].ordinal < term_count; i++) {
        sums->terms[earlier[i].ordinal].passages += earlier[i].passages;
        sums->terms[earlier[i].ordinal].articles += earlier[i].articles;
        sums->terms[earlier[i].ordinal].quotes += earlier[i].quotes;
    }
}

/* The articles of a part that are deleted, ascending: the pending ones, or all. `articles` has room
 * for them. */
static uint32_t list_deleted(const nn_part *part, bool pending_only, uint32_t *articles)
{
    uint32_t count = 0, all = nn_segment_info_of(part->segment)->article_count;
    for (uint32_t i = 0; i < all; i++) {
        bool before = part->deletes != NULL && nn_deletes_has(part->deletes, i);
        if (!nn_part_has(part, i) && !(pending_only && before)) {
            articles[count++] = i;
        }
    }
    return count;
}

static nuncio_status write_file(const nn_parts *parts, const nn_part *part, uint32_t *articles,
                                char *name, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    nn_deduction_sums sums;
    uint32_t kept = 0, count = list_deleted(part, true, articles);
    NN_TRY(nn_deduction_sum(parts->memory, part->segment, articles, count, NN_DEDUCTION_SHORTER,
                            &sums, error));
    add_earlier(part, info->term_count, &sums);
    for (uint32_t i = 0; i < info->term_count; i++) {
        if (sums.terms[i].passages > 0) {
            sums.terms[kept++] = sums.terms[i];
        }
    }
    count = list_deleted(part, false, articles);
    nuncio_status status =
        nn_deletes_write(parts->vfs, parts->memory, parts->directory, info->article_count, articles,
                         count, sums.terms, kept, &sums.info, name, error);
    nn_release(parts->memory, sums.terms, info->term_count * sizeof *sums.terms);
    return status;
}

nuncio_status nn_part_write_deletes(const nn_parts *parts, nn_part *part, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    size_t deleted = info->article_count - nn_part_live_articles(part);
    nn_manifest_entry entry = part->entry;
    nn_deletes *deletes = NULL;
    if (part->pending_count == 0) {
        return NUNCIO_OK;
    }
    uint32_t *articles = (uint32_t *)nn_alloc(parts->memory, deleted * sizeof *articles);
    if (articles == NULL) {
        return nn_error_memory(error);
    }
    nuncio_status status = write_file(parts, part, articles, entry.deletes, error);
    nn_release(parts->memory, articles, deleted * sizeof *articles);
    if (status == NUNCIO_OK) {
        status = nn_deletes_open(parts->vfs, parts->memory, parts->directory, entry.deletes,
                                 info->article_count, &deletes, error);
    }
    if (status != NUNCIO_OK) {
        return status;
    }
    nn_deletes_close(part->deletes);
    part->deletes = deletes;
    part->entry = entry;
    nn_part_settle(parts, part);
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/str.h"
#include "segment/annotations/quotes.h"
#include "segment/verify/verify.h"

/** Sums that the counts of the segment have to agree with. */
typedef struct sums {
    uint64_t raw_text_bytes, quotes, quote_tokens, mentions, languages;
    nn_article_quotes units; /* the quotes of the article at hand as units */
} sums;

static nuncio_status wrong(const nn_segment *segment, nn_region_kind kind, const char *what,
                           nuncio_error *error)
{
    return nn_segment_corrupt(segment, nn_frame_region(&segment->frame, kind), what, error);
}

/** Ids ascend by rank, and the two columns of ranks are each other's reverse. */
static nuncio_status verify_ranks(const nn_segment *segment, nuncio_error *error)
{
    nuncio_str before = {"", 0};
    for (uint32_t rank = 0; rank < segment->info.article_count; rank++) {
        uint64_t article = 0;
        nn_article_row row;
        NN_TRY(nn_sequence_get(&segment->by_rank, rank, &article, error));
        if (article >= segment->info.article_count) {
            return wrong(segment, NN_REGION_BY_RANK, "an article by rank does not exist", error);
        }
        NN_TRY(nn_segment_article(segment, (uint32_t)article, &row, error));
        if (row.rank != rank || nn_str_compare(before, row.id) > 0) {
            return wrong(segment, NN_REGION_RANKS, "ranks are not the order of ids", error);
        }
        before = row.id;
    }
    return NUNCIO_OK;
}

static nuncio_status verify_passages(const nn_segment *segment, const nn_article_row *row,
                                     nn_buffer *text, sums *sum, nuncio_error *error)
{
    uint32_t expected = 0;
    for (uint32_t i = 0; i < row->passage_count; i++) {
        uint32_t passage = row->first_passage + i, start = 0, end = 0, title_length = 0;
        NN_TRY(nn_segment_title_length(segment, passage, &title_length, error));
        if (title_length != (i == 0 ? row->title_length : 0) ||
            title_length > segment->lengths[passage]) {
            return wrong(segment, NN_REGION_TITLE_LENGTHS, "a title is longer than its passage",
                         error);
        }
        NN_TRY(nn_segment_passage_start(segment, passage, &start, &end, error));
        if (start != expected) {
            return wrong(segment, NN_REGION_TEXT_STARTS, "texts of an article have a gap", error);
        }
        expected = end;
        sum->raw_text_bytes += end - start;
        if (segment->info.has_text) {
            nn_buffer_clear(text);
            NN_TRY(nn_segment_passage_text(segment, passage, text, error));
        }
    }
    return NUNCIO_OK;
}

/** The words of an article's quotes lie in it. */
static nuncio_status count_quotes(const nn_segment *segment, uint32_t article,
                                  const nuncio_annotations *annotations, sums *sum,
                                  nuncio_error *error)
{
    NN_TRY(nn_article_quotes_seek(&sum->units, article, error));
    if (sum->units.count != annotations->quote_count || sum->units.first != sum->quotes) {
        return wrong(segment, NN_REGION_FIRST_QUOTES, "an article has another number of quotes",
                     error);
    }
    for (uint32_t i = 0; i < sum->units.count; i++) {
        sum->quote_tokens += sum->units.ends[i] - sum->units.starts[i];
    }
    sum->quotes += sum->units.count;
    return NUNCIO_OK;
}

static nuncio_status verify_article(const nn_segment *segment, uint32_t article, nn_buffer *text,
                                    nn_arena *arena, sums *sum, nuncio_error *error)
{
    nn_article_row row;
    nuncio_annotations annotations;
    NN_TRY(nn_segment_article(segment, article, &row, error));
    NN_TRY(verify_passages(segment, &row, text, sum, error));
    nn_arena_reset(arena);
    NN_TRY(nn_segment_annotations(segment, article, arena, &annotations, error));
    sum->raw_text_bytes += row.title.size;
    NN_TRY(count_quotes(segment, article, &annotations, sum, error));
    sum->mentions += annotations.mention_count;
    sum->languages |= UINT64_C(1) << row.language;
    return NUNCIO_OK;
}

static nuncio_status verify_sums(const nn_segment *segment, const sums *sum, nuncio_error *error)
{
    const nn_segment_info *info = &segment->info;
    uint64_t tokens = 0;
    for (uint32_t i = 0; i < info->passage_count; i++) {
        tokens += segment->lengths[i];
    }
    if (tokens != info->token_count || sum->raw_text_bytes != info->raw_text_bytes ||
        sum->quotes != info->quote_count || sum->mentions != info->mention_count ||
        sum->quote_tokens != info->quote_tokens || sum->languages != info->languages) {
        return wrong(segment, NN_REGION_META, "the counts are not those of the articles", error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_verify_articles(const nn_segment *segment, nuncio_error *error)
{
    nn_buffer text;
    nn_arena arena, quotes;
    sums sum = {.units = {.segment = segment, .arena = &quotes}};
    nuncio_status status = NUNCIO_OK;
    nn_buffer_init(&text, segment->memory);
    nn_arena_init(&arena, segment->memory);
    nn_arena_init(&quotes, segment->memory);
    for (uint32_t i = 0; i < segment->info.article_count && status == NUNCIO_OK; i++) {
        status = verify_article(segment, i, &text, &arena, &sum, error);
    }
    nn_arena_clear(&quotes);
    nn_arena_clear(&arena);
    nn_buffer_deinit(&text);
    NN_TRY(status);
    NN_TRY(verify_ranks(segment, error));
    return verify_sums(segment, &sum, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "core/str.h"
#include "segment/annotations/quotes.h"
#include "segment/verify/verify.h"

#include <string.h>

/** What is added up over all lists. */
typedef struct term_sums {
    uint16_t *tokens; /* by passage */
    uint64_t postings;
    nn_article_quotes quotes; /* marked: those that hold the term at hand */
} term_sums;

static nuncio_status wrong(const nn_segment *segment, const nn_term_info *term, const char *what,
                           nuncio_error *error)
{
    return nn_segment_corrupt(segment, segment->frame.map.data + term->list_offset, what, error);
}

/** True when some pair is at least as good as the posting. */
static bool bounded(const nn_bound *bounds, uint32_t count, uint32_t tf, uint32_t length)
{
    for (uint32_t i = 0; i < count; i++) {
        if (bounds[i].tf >= tf && bounds[i].length <= length) {
            return true;
        }
    }
    return false;
}

/** What is counted over one list. */
typedef struct list_counts {
    uint32_t articles, last_article, quotes;
} list_counts;

/** The block at hand: bounds hold, positions and forms can be read. Who read the block has compared
 * its last passage with the skip data, who read a form its number with how many there are. */
static nuncio_status verify_block(nn_postings *postings, term_sums *sums, list_counts *counts,
                                  nuncio_error *error)
{
    const nn_segment *segment = postings->segment;
    nn_bound block[NN_BOUNDS_MAX], list[NN_BOUNDS_MAX];
    uint32_t block_bounds = 0, list_bounds = 0, last_doc = 0;
    NN_TRY(nn_postings_unpack_docs(postings, error));
    NN_TRY(nn_postings_unpack_tfs(postings, error));
    NN_TRY(nn_postings_bounds(postings, list, &list_bounds, error));
    NN_TRY(
        nn_postings_block_bounds(postings, postings->doc, &last_doc, block, &block_bounds, error));
    for (uint32_t i = 0; i < postings->in_block_count; i++) {
        uint32_t doc = postings->docs[i], tf = postings->tfs[i], length = segment->lengths[doc];
        if (!bounded(block, block_bounds, tf, length) || !bounded(list, list_bounds, tf, length)) {
            return wrong(segment, &postings->term, "a posting is better than its bounds", error);
        }
        uint32_t positions[NN_POSITIONS_MAX], forms[NN_POSITIONS_MAX];
        postings->in_block = i;
        postings->doc = doc;
        NN_TRY(nn_postings_positions(postings, positions, forms, error));
        sums->tokens[doc] = (uint16_t)(sums->tokens[doc] + tf);
        uint32_t article = nn_segment_article_of(segment, doc);
        counts->articles += article != counts->last_article;
        counts->last_article = article;
        NN_TRY(nn_article_quotes_seek(&sums->quotes, article, error));
        counts->quotes += nn_article_quotes_mark(&sums->quotes, doc, positions, tf);
    }
    sums->postings += postings->in_block_count;
    return NUNCIO_OK;
}

static nuncio_status verify_list(const nn_segment *segment, const nn_term_info *term,
                                 nn_arena *arena, term_sums *sums, nuncio_error *error)
{
    nn_postings postings;
    nuncio_str *forms = NULL;
    uint32_t form_count = 0;
    list_counts counts = {0, UINT32_MAX, 0};
    sums->quotes.open = false; /* forgets the marks */
    nn_arena_reset(arena);
    NN_TRY(nn_segment_forms(segment, term, arena, &forms, &form_count, error));
    NN_TRY(nn_postings_open(&postings, segment, term, error));
    while (postings.doc != NN_DOC_END) {
        NN_TRY(verify_block(&postings, sums, &counts, error));
        NN_TRY(nn_postings_next_block(&postings, error));
    }
    if (counts.articles != term->article_df || counts.quotes != term->quote_df) {
        return wrong(segment, term, "a term is in another number of articles or quotes", error);
    }
    return NUNCIO_OK;
}

/** The term is greater than the one before and its hash leads to it. */
static nuncio_status verify_term(const nn_segment *segment, const nn_term_cursor *cursor,
                                 nuncio_str before, nuncio_error *error)
{
    nuncio_str term = {cursor->term, cursor->term_size};
    bool found = false;
    nn_term_info info;
    if (nn_str_compare(before, term) >= 0) {
        return wrong(segment, &cursor->info, "terms are not in order", error);
    }
    NN_TRY(nn_segment_find_term(segment, term, &found, &info, error));
    if (!found || info.ordinal != cursor->info.ordinal) {
        return wrong(segment, &cursor->info, "the hash does not lead to a term", error);
    }
    return NUNCIO_OK;
}

static nuncio_status walk_terms(const nn_segment *segment, nn_arena *arena, term_sums *sums,
                                nuncio_error *error)
{
    nn_term_cursor cursor;
    char before[NN_TERM_SIZE_MAX];
    uint32_t before_size = 0;
    NN_TRY(nn_term_cursor_seek(&cursor, segment, nn_str("", 0), error));
    while (cursor.valid) { /* through as many as the segment says it has */
        NN_TRY(verify_term(segment, &cursor, nn_str(before, before_size), error));
        NN_TRY(verify_list(segment, &cursor.info, arena, sums, error));
        memcpy(before, cursor.term, cursor.term_size);
        before_size = cursor.term_size;
        NN_TRY(nn_term_cursor_next(&cursor, error));
    }
    bool agree = sums->postings == segment->info.posting_count;
    for (uint32_t i = 0; agree && i < segment->info.passage_count; i++) {
        agree = sums->tokens[i] == segment->lengths[i];
    }
    if (!agree) {
        return nn_segment_corrupt(segment, segment->lengths,
                                  "the lists do not add up to the counts and lengths", error);
    }
    return NUNCIO_OK;
}

nuncio_status nn_verify_terms(const nn_segment *segment, nuncio_error *error)
{
    size_t passages = segment->info.passage_count;
    term_sums sums = {.tokens = nn_alloc_array(segment->memory, passages + 1, sizeof *sums.tokens)};
    if (sums.tokens == NULL) {
        return nn_error_memory(error);
    }
    nn_arena arena, quotes;
    nn_arena_init(&arena, segment->memory);
    nn_arena_init(&quotes, segment->memory);
    sums.quotes.segment = segment;
    sums.quotes.arena = &quotes;
    nuncio_status status = walk_terms(segment, &arena, &sums, error);
    nn_arena_clear(&quotes);
    nn_arena_clear(&arena);
    nn_release(segment->memory, sums.tokens, (passages + 1) * sizeof *sums.tokens);
    return status;
}

nuncio_status nn_segment_verify(const nn_segment *segment, bool full, nuncio_error *error)
{
    uint64_t end = (uint64_t)(segment->frame.checksums - segment->frame.map.data);
    NN_TRY(nn_frame_verify_pages(&segment->frame, 0, end, error));
    if (!full) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_verify_articles(segment, error));
    NN_TRY(nn_verify_names(segment, error));
    return nn_verify_terms(segment, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/quotes.h"

#include "query/names.h"
#include "text/tokenizer.h"

nuncio_status nn_quotes_open(nn_part *part, uint32_t guard, nn_quote_walk **out)
{
    nn_run *run = part->run;
    if (!nn_segment_info_of(part->segment)->has_text && part->passage_count > 0) {
        return nn_error_set(run->error, NUNCIO_ERR_QUERY,
                            "quote: needs stored text, which this index does not hold");
    }
    nn_quote_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->number = guard;
    *out = walk;
    return NUNCIO_OK;
}

/* Finds where the tokens of a passage stand, in bytes of its article. */
static nuncio_status find_tokens(nn_part *part, nn_quote_walk *walk, uint32_t passage,
                                 uint32_t start)
{
    nn_run *run = part->run;
    nn_buffer_clear(&run->text);
    NN_TRY(nn_segment_passage_text(part->segment, passage, &run->text, run->error));
    NN_TRY(nn_buffer_status(&run->text, run->error));
    nuncio_str text = nn_buffer_str(&run->text);
    nn_word word = {0};
    walk->token_count = 0;
    while (walk->token_count < NN_POSITIONS_MAX && text.size > 0 &&
           nn_tokenizer_next(text, word.next, &word)) {
        walk->starts[walk->token_count] = start + word.start;
        walk->ends[walk->token_count] = start + word.end;
        walk->token_count++;
    }
    return NUNCIO_OK;
}

/* The tokens that lie wholly in a quote. */
static nn_range tokens_of(const nn_quote_walk *walk, const nuncio_quote *quote)
{
    nn_range range = {0, walk->token_count};
    while (range.first < range.end && walk->starts[range.first] < quote->start) {
        range.first++;
    }
    while (range.end > range.first && walk->ends[range.end - 1] > quote->end) {
        range.end--;
    }
    return range;
}

static bool lies_in(nn_range tokens, nn_occurrence occurrence)
{
    return occurrence.start >= tokens.first && occurrence.end <= tokens.end;
}

/* Whether a quote, of which the passage holds `tokens`, fulfils a condition. */
static nuncio_status holds_in(nn_part *part, const nn_condition *condition, uint32_t passage,
                              const nuncio_quote *quote, nn_range tokens, bool *holds)
{
    *holds = false;
    if (condition->kind == NN_CONDITION_FILTER) {
        return nn_names_match(part->run, condition->filter, quote->speaker, holds);
    }
    if (condition->kind == NN_CONDITION_CLAUSE) {
        nn_matcher *matcher = part->matchers[condition->clause->number];
        NN_TRY(nn_matcher_seek(matcher, part->run, passage));
        if (matcher->doc != passage) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_matcher_occurrences(matcher, part->run));
        for (uint32_t i = 0; i < matcher->occurrence_count && !*holds; i++) {
            *holds = lies_in(tokens, matcher->occurrences[i]);
        }
        return NUNCIO_OK;
    }
    bool all = condition->kind == NN_CONDITION_AND;
    *holds = all;
    for (uint32_t i = 0; i < condition->child_count && *holds == all; i++) {
        NN_TRY(holds_in(part, condition->children[i], passage, quote, tokens, holds));
    }
    *holds = condition->kind == NN_CONDITION_NOT ? !*holds : *holds;
    return NUNCIO_OK;
}

static nuncio_status add_span(nn_part *part, nn_quote_walk *walk, size_t room, nn_range tokens)
{
    if (walk->span_capacity < room) {
        walk->spans = nn_arena_alloc(part->run->part_arena, room * 2 * sizeof *walk->spans);
        if (walk->spans == NULL) {
            return nn_error_memory(part->run->error);
        }
        walk->span_capacity = (uint32_t)room * 2;
    }
    walk->spans[walk->span_count++] = tokens;
    return NUNCIO_OK;
}

nuncio_status nn_quotes_look_at(nn_part *part, nn_quote_walk *walk, uint32_t passage)
{
    nn_run *run = part->run;
    const nn_condition *inside = part->plan->guards[walk->number].inside;
    nuncio_annotations found;
    uint32_t start;
    uint32_t end;
    walk->span_count = 0;
    walk->token_count = UINT32_MAX; /* not tokenised yet */
    NN_TRY(nn_names_annotations(part, nn_segment_article_of(part->segment, passage), &found));
    NN_TRY(nn_segment_passage_start(part->segment, passage, &start, &end, run->error));
    for (size_t i = 0; i < found.quote_count; i++) {
        const nuncio_quote *quote = &found.quotes[i];
        if (quote->start >= end || quote->end <= start) {
            continue;
        }
        if (walk->token_count == UINT32_MAX) {
            NN_TRY(find_tokens(part, walk, passage, start));
        }
        nn_range tokens = tokens_of(walk, quote);
        bool holds;
        NN_TRY(nn_run_step(run));
        NN_TRY(holds_in(part, inside, passage, quote, tokens, &holds));
        if (holds) {
            NN_TRY(add_span(part, walk, found.quote_count, tokens));
        }
    }
    return NUNCIO_OK;
}

bool nn_quotes_hold(const nn_quote_walk *walk, nn_occurrence occurrence)
{
    for (uint32_t i = 0; i < walk->span_count; i++) {
        if (lies_in(walk->spans[i], occurrence)) {
            return true;
        }
    }
    return false;
}

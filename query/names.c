/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names.h"

#include "core/str.h"
#include "query/expand.h"
#include "query/speakers.h"
#include "segment/quotes.h"

#include <string.h>

nuncio_status nn_named_resolve(nn_run *run, const nn_filter *filter, nn_slot **out)
{
    size_t part_count = run->snapshot->part_count;
    nn_slot *slots = nn_arena_array(run->arena, filter->word_count, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < filter->word_count; i++) {
        slots[i].parts = nn_arena_array(run->arena, part_count + 1, sizeof *slots[i].parts);
        if (slots[i].parts == NULL) {
            return nn_error_memory(run->error);
        }
        nn_expansion expansion;
        nuncio_status status =
            nn_expansion_init(&expansion, run, NN_EXPAND_SAME, filter->words[i], 0);
        for (size_t part = 0; part < part_count && status == NUNCIO_OK; part++) {
            status = nn_expansion_find(&expansion, run, part, &slots[i].parts[part]);
        }
        nn_expansion_deinit(&expansion, run);
        NN_TRY(status);
    }
    *out = slots;
    return NUNCIO_OK;
}

nuncio_status nn_names_open(nn_part *part, const nn_filter *filter, const nn_slot *words,
                            nn_name_walk **out)
{
    nn_run *run = part->run;
    nn_name_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->filter = filter;
    walk->article = UINT32_MAX;
    walk->words = nn_arena_array(run->part_arena, filter->word_count, sizeof *walk->words);
    if (walk->words == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < filter->word_count; i++) {
        NN_TRY(nn_slot_open(&walk->words[i], run, part->number, &words[i].parts[part->number]));
    }
    if (filter->kind == NN_FILTER_SPEAKER) {
        walk->quotes = nn_arena_array(run->part_arena, 1, sizeof *walk->quotes);
        if (walk->quotes == NULL) {
            return nn_error_memory(run->error);
        }
        walk->quotes->segment = part->segment;
        walk->quotes->arena = run->part_arena;
        NN_TRY(nn_speakers_open(part, filter, &walk->speakers));
    }
    *out = walk;
    return NUNCIO_OK;
}

nuncio_status nn_names_annotations(nn_part *part, uint32_t article, nuncio_annotations *out)
{
    nn_arena_reset(part->run->article_arena);
    return nn_segment_annotations(part->segment, article, part->run->article_arena, out,
                                  part->run->error);
}

nuncio_status nn_names_match(nn_run *run, const nn_filter *filter, nuncio_str name, bool *matches)
{
    enum { SURFACES_MAX = 1 << 16 }; /* names kept analysed, so that memory stays bounded */
    *matches = false;
    if (name.size == 0) {
        return NUNCIO_OK;
    }
    if (nn_analyzer_surface_count(run->analyzer) > SURFACES_MAX) {
        nn_analyzer_reset(run->analyzer);
    }
    nn_token_list *tokens = &run->tokens;
    tokens->count = 0;
    NN_TRY(nn_analyzer_tokenize(run->analyzer, NN_LANGUAGE_NONE, name, tokens, run->error));
    for (size_t start = 0; start + filter->word_count <= tokens->count && !*matches; start++) {
        uint32_t same = 0;
        while (same < filter->word_count) {
            uint32_t surface = tokens->items[start + same].surface;
            if (!nn_str_equal(nn_analyzer_folded(run->analyzer, surface), filter->words[same])) {
                break;
            }
            same++;
        }
        *matches = same == filter->word_count;
    }
    return NUNCIO_OK;
}

static nuncio_status add_span(nn_part *part, nn_name_walk *walk, uint32_t start, uint32_t end)
{
    if (walk->span_count == walk->span_capacity) {
        uint32_t capacity = walk->span_capacity == 0 ? 16 : walk->span_capacity * 2;
        nn_range *spans = nn_arena_alloc(part->run->part_arena, capacity * sizeof *spans);
        if (spans == NULL) {
            return nn_error_memory(part->run->error);
        }
        if (walk->span_count > 0) {
            memcpy(spans, walk->spans, walk->span_count * sizeof *spans);
        }
        walk->spans = spans;
        walk->span_capacity = capacity;
    }
    walk->spans[walk->span_count++] = (nn_range){start, end};
    return NUNCIO_OK;
}

/* Whether a quote of the article is spoken by whom the filter names: from columns alone, so that
 * annotations are read only of articles that have one. */
static nuncio_status is_spoken(nn_part *part, nn_name_walk *walk, uint32_t article, bool *spoken)
{
    *spoken = false;
    NN_TRY(nn_article_quotes_find(walk->quotes, article, part->run->error));
    for (uint32_t i = 0; i < walk->quotes->count && !*spoken; i++) {
        NN_TRY(nn_speakers_test(walk->speakers, part->run, walk->quotes, i, spoken));
    }
    return NUNCIO_OK;
}

/* Collects where in an article the filter is true. */
static nuncio_status collect(nn_part *part, nn_name_walk *walk, uint32_t article)
{
    const nn_filter *filter = walk->filter;
    bool speaker = filter->kind == NN_FILTER_SPEAKER;
    nuncio_annotations found;
    if (walk->collected) {
        return NUNCIO_OK;
    }
    walk->collected = true;
    NN_TRY(nn_names_annotations(part, article, &found));
    for (size_t i = 0; speaker && i < found.quote_count; i++) {
        bool matches;
        NN_TRY(nn_names_match(part->run, filter, found.quotes[i].speaker, &matches));
        if (matches) {
            NN_TRY(add_span(part, walk, found.quotes[i].start, found.quotes[i].end));
        }
    }
    for (size_t i = 0; !speaker && i < found.mention_count; i++) {
        const nuncio_mention *mention = &found.mentions[i];
        bool matches = filter->type == NUNCIO_ENTITY_NONE || filter->type == mention->type;
        if (matches) {
            NN_TRY(nn_names_match(part->run, filter, mention->name, &matches));
        }
        if (matches) {
            NN_TRY(add_span(part, walk, mention->start, mention->end));
        }
    }
    return NUNCIO_OK;
}

/* Goes to an article. Where a speaker is asked for, columns tell whether it has one of their
 * quotes; annotations are read only where passages are asked for. */
static nuncio_status enter(nn_part *part, nn_name_walk *walk, uint32_t article)
{
    walk->article = article;
    walk->span_count = 0;
    walk->collected = false;
    return walk->filter->kind == NN_FILTER_SPEAKER ? is_spoken(part, walk, article, &walk->spoken)
                                                   : NUNCIO_OK;
}

/* The first article ≥ `target` that holds every word of the value; NN_DOC_END: none. */
static nuncio_status next_candidate(nn_part *part, nn_name_walk *walk, uint32_t target,
                                    uint32_t *article)
{
    *article = target;
    for (uint32_t i = 0; i < walk->filter->word_count;) {
        nn_slot_walk *word = &walk->words[i];
        NN_TRY(nn_run_step(part->run));
        NN_TRY(nn_slot_advance(word, part->run, nn_segment_first_passage(part->segment, *article)));
        if (word->doc == NN_DOC_END) {
            *article = NN_DOC_END;
            return NUNCIO_OK;
        }
        uint32_t proposed = nn_segment_article_of(part->segment, word->doc);
        if (proposed == *article) {
            i++;
        } else {
            *article = proposed;
            i = i == 0 ? 1 : 0; /* the first word agrees to its own proposal */
        }
    }
    return NUNCIO_OK;
}

/* The first passage ≥ `target` of the article looked at that one of its spans overlaps; NN_DOC_END:
 * none. */
static nuncio_status next_overlapped(nn_part *part, const nn_name_walk *walk, uint32_t target,
                                     uint32_t *found)
{
    *found = NN_DOC_END;
    uint32_t end = nn_segment_first_passage(part->segment, walk->article + 1);
    for (uint32_t passage = target; passage < end && walk->span_count > 0; passage++) {
        uint32_t from;
        uint32_t to;
        NN_TRY(nn_segment_passage_start(part->segment, passage, &from, &to, part->run->error));
        for (uint32_t i = 0; i < walk->span_count; i++) {
            if (walk->spans[i].first < to && walk->spans[i].end > from) {
                *found = passage;
                return NUNCIO_OK;
            }
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_names_next(nn_part *part, nn_name_walk *walk, nn_unit unit, uint32_t target,
                            uint32_t *found)
{
    *found = NN_DOC_END;
    uint32_t article = nn_part_article(part, unit, target);
    while (article < part->article_count) {
        if (article != walk->article) {
            NN_TRY(next_candidate(part, walk, article, &article));
        }
        if (article == NN_DOC_END) {
            return NUNCIO_OK;
        }
        if (article != walk->article) {
            NN_TRY(enter(part, walk, article));
        }
        bool speaker = walk->filter->kind == NN_FILTER_SPEAKER;
        if (speaker && walk->spoken && unit == NN_UNIT_ARTICLE) {
            *found = article;
            return NUNCIO_OK;
        }
        if (!speaker || walk->spoken) {
            NN_TRY(collect(part, walk, article));
        }
        uint32_t first = nn_segment_first_passage(part->segment, article);
        uint32_t passage;
        uint32_t from = unit == NN_UNIT_PASSAGE && target > first ? target : first;
        NN_TRY(next_overlapped(part, walk, from, &passage));
        if (passage != NN_DOC_END) {
            *found = unit == NN_UNIT_PASSAGE ? passage : article;
            return NUNCIO_OK;
        }
        article++;
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/names.h"

#include "core/bits.h"
#include "query/match/filter.h"

#include <string.h>

/* What marks the articles of a filter's names holds. */
typedef struct marking {
    nn_part *part;
    const nn_filter *filter;
    nn_name_reader reader;
    uint64_t *articles, *exact_ones; /* of names that are exact, and of others */
} marking;

/* Marks the articles of a name. Where it stands in one alone, as most do, of which an exact name is
 * known, nothing is new, whatever its text.
 * @param[in] worded it may be exact, which matters */
static nuncio_status mark_name(marking *mark, uint32_t name, bool worded)
{
    nn_run *run = mark->part->run;
    bool speaks = mark->filter->kind == NN_FILTER_SPEAKER;
    nn_name_list list;
    bool exact = false;
    NN_TRY(nn_run_step(run));
    NN_TRY(nn_name_reader_list(&mark->reader, name, &list, run->error));
    if (worded) {
        nuncio_str text;
        bool known = (mark->exact_ones[list.article / 64] >> list.article % 64 & 1) != 0;
        if (list.count == 1 && known) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_name_reader_text(&mark->reader, name, &text, run->error));
        NN_TRY(nn_named_is_exact(run, mark->filter, text, &exact));
    }
    while (list.here > 0) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_name_list_mark(&list,
                                 speaks ? (uint32_t)NN_NAME_SPEAKS : (uint32_t)NN_NAME_STANDS,
                                 exact ? mark->exact_ones : mark->articles, run->error));
    }
    return NUNCIO_OK;
}

/* Marks the articles in which the names stand or, of a speaker, speak. Which are exact matters
 * where hits are ordered by it. */
static nuncio_status mark_articles(nn_part *part, const nn_filter *filter, nn_named_part *named)
{
    nn_run *run = part->run;
    size_t words = part->article_count / 64 + 1u;
    uint64_t *bits = nn_arena_array(run->arena, 2 * words, sizeof *bits);
    marking mark = {.part = part, .filter = filter, .articles = bits, .exact_ones = bits + words};
    bool ordered = part->plan->shown != NULL && run->options->variants != NUNCIO_VARIANTS_OFF;
    if (bits == NULL) {
        return nn_error_memory(run->error);
    }
    nn_name_reader_init(&mark.reader, part->segment);
    size_t last = named->names == NULL ? 0 : nn_segment_name_count(part->segment) / 64 + 1u;
    for (size_t word = 0; word < last; word++) {
        for (uint64_t left = named->names[word]; left != 0; left &= left - 1) {
            uint32_t bit = nn_ctz64(left);
            bool worded = (named->worded_names[word] >> bit & 1) != 0;
            NN_TRY(mark_name(&mark, (uint32_t)(word * 64) + bit, worded && ordered));
        }
    }
    for (size_t i = 0; i < words; i++) { /* exact ones apart so far */
        bits[i] |= bits[words + i];
        named->article_count += bits[i] == 0 ? 0 : nn_popcount64(bits[i]);
    }
    named->articles = bits;
    named->exact_ones = bits + words;
    return NUNCIO_OK;
}

nuncio_status nn_names_open(nn_part *part, const nn_filter *filter, const nn_named *named,
                            nn_name_walk **out)
{
    nn_run *run = part->run;
    nn_named_part *of = &named->parts[part->number];
    nn_name_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->filter = filter;
    walk->named = of;
    walk->article = UINT32_MAX;
    *out = walk;
    return of->articles != NULL ? NUNCIO_OK : mark_articles(part, filter, of);
}

nuncio_status nn_names_spans(nn_part *part, uint32_t article, nn_annotation_spans *out)
{
    nn_arena_reset(part->run->article_arena);
    return nn_segment_annotation_spans(part->segment, article, UINT32_MAX, part->run->article_arena,
                                       out, part->run->error);
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

/* Collects where in an article the filter is true. */
static nuncio_status collect(nn_part *part, nn_name_walk *walk, uint32_t article)
{
    nn_run *run = part->run;
    bool speaker = walk->filter->kind == NN_FILTER_SPEAKER;
    nn_annotation_spans found;
    if (walk->article == article) {
        return NUNCIO_OK;
    }
    walk->article = article;
    walk->span_count = 0;
    if ((walk->named->articles[article / 64] >> article % 64 & 1) == 0) {
        return NUNCIO_OK;
    }
    nn_arena_reset(run->article_arena);
    NN_TRY(speaker ? nn_segment_annotation_spans(part->segment, article, UINT32_MAX,
                                                 run->article_arena, &found, run->error)
                   : nn_segment_mention_spans(part->segment, article, NULL, run->article_arena,
                                              &found, run->error));
    for (size_t i = 0; speaker && i < found.quote_count; i++) {
        const nn_quote_span *span = &found.quotes[i];
        if (span->speaker != NN_NAME_UNKNOWN && nn_named_has(walk->named, span->speaker)) {
            NN_TRY(add_span(part, walk, span->quote.start, span->quote.end));
        }
    }
    for (size_t i = 0; !speaker && i < found.mention_count; i++) {
        const nn_mention_span *span = &found.mentions[i];
        if (nn_named_has(walk->named, span->name)) {
            NN_TRY(add_span(part, walk, span->start, span->end));
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

/* The first article ≥ `article` of which the filter is true; article_count: none. */
static uint32_t next_article(const nn_part *part, const nn_name_walk *walk, uint32_t article)
{
    while (article < part->article_count) {
        uint64_t left = walk->named->articles[article / 64] >> article % 64;
        if (left != 0) {
            return article + nn_ctz64(left);
        }
        article += 64 - article % 64;
    }
    return part->article_count;
}

nuncio_status nn_names_next(nn_part *part, nn_name_walk *walk, nn_unit unit, uint32_t target,
                            uint32_t *found)
{
    *found = NN_DOC_END;
    if (target >= nn_part_units(part, unit)) {
        return NUNCIO_OK;
    }
    uint32_t article = next_article(part, walk, nn_part_article(part, unit, target));
    for (; article < part->article_count; article = next_article(part, walk, article + 1)) {
        if (unit == NN_UNIT_ARTICLE) {
            *found = article;
            return NUNCIO_OK;
        }
        uint32_t first = nn_segment_first_passage(part->segment, article);
        NN_TRY(nn_run_step(part->run));
        NN_TRY(collect(part, walk, article));
        NN_TRY(next_overlapped(part, walk, target > first ? target : first, found));
        if (*found != NN_DOC_END) {
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

/* How many of a filter's spans have a byte in a passage. Spans are in the order of their starts,
 * and passages are asked about in theirs. */
static uint32_t count_spans(nn_name_walk *walk, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    while (walk->behind < walk->span_count && walk->spans[walk->behind].end <= from) {
        walk->behind++;
    }
    for (uint32_t i = walk->behind; i < walk->span_count && walk->spans[i].first < to; i++) {
        count += walk->spans[i].end > from;
    }
    return count;
}

/* What the filters of plan->shown find in a passage. */
typedef struct found_names {
    uint32_t filters; /* that are true of it */
    uint32_t spans;   /* of all of them together */
} found_names;

static nuncio_status count_names(nn_part *part, uint32_t passage, found_names *out)
{
    const nn_condition *shown = part->plan->shown;
    uint32_t from;
    uint32_t to;
    *out = (found_names){0, 0};
    NN_TRY(nn_run_step(part->run));
    NN_TRY(nn_segment_passage_start(part->segment, passage, &from, &to, part->run->error));
    for (uint32_t i = 0; i < shown->child_count; i++) {
        uint32_t here = count_spans(shown->children[i]->walk->names, from, to);
        out->filters += here > 0;
        out->spans += here;
    }
    return NUNCIO_OK;
}

static void start_again(const nn_condition *shown)
{
    for (uint32_t i = 0; i < shown->child_count; i++) {
        shown->children[i]->walk->names->behind = 0;
    }
}

nuncio_status nn_names_best_passage(nn_part *part, uint32_t article, uint32_t *best)
{
    const nn_condition *shown = part->plan->shown;
    uint32_t passage = nn_segment_first_passage(part->segment, article);
    uint32_t end = nn_segment_first_passage(part->segment, article + 1);
    found_names most = {0, 0};
    found_names here;
    *best = passage;
    for (uint32_t i = 0; i < shown->child_count; i++) {
        NN_TRY(collect(part, shown->children[i]->walk->names, article));
    }
    start_again(shown);
    for (uint32_t i = passage; i < end; i++) {
        NN_TRY(count_names(part, i, &here));
        if (here.filters > most.filters ||
            (here.filters == most.filters && here.spans > most.spans)) {
            most = here;
        }
    }
    start_again(shown);
    for (uint32_t i = passage; i < end; i++) {
        NN_TRY(count_names(part, i, &here));
        if (here.filters == most.filters && here.spans * 2 >= most.spans) {
            *best = i;
            return NUNCIO_OK;
        }
    }
    return NUNCIO_OK;
}

uint32_t nn_names_exactness(const nn_part *part, uint32_t article)
{
    const nn_condition *shown = part->plan->shown;
    uint32_t exact = 0;
    if (part->run->options->variants == NUNCIO_VARIANTS_OFF) {
        return 0;
    }
    for (uint32_t i = 0; shown != NULL && i < shown->child_count; i++) {
        const nn_name_walk *walk = shown->children[i]->walk->names;
        exact += (uint32_t)(walk->named->exact_ones[article / 64] >> article % 64 & 1);
    }
    return exact;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/results/hit_annotations.h"

#include "core/error.h"
#include "query/names/names.h"

/* A byte range of the article as one of the passage. */
typedef struct nn_clip {
    uint32_t start, end;
    bool before, after; /* something was cut off there */
} nn_clip;

/* False where the range has no byte in the passage. */
static bool clip(const nuncio_hit *hit, uint32_t start, uint32_t end, nn_clip *out)
{
    uint32_t from = start > hit->start ? start : hit->start;
    uint32_t to = end < hit->end ? end : hit->end;
    if (from >= to) {
        return false;
    }
    *out = (nn_clip){from - hit->start, to - hit->start, start<hit->start, end> hit->end};
    return true;
}

/* Speakers and cues may stand in another passage: then the hit does not say where. */
static void clip_aside(const nuncio_hit *hit, uint32_t *start, uint32_t *end)
{
    nn_clip cut;
    bool inside = clip(hit, *start, *end, &cut) && !cut.before && !cut.after;
    *start = inside ? cut.start : 0;
    *end = inside ? cut.end : 0;
}

static bool is_matched(const nuncio_hit *hit, uint32_t start, uint32_t end)
{
    for (size_t i = 0; i < hit->highlight_count; i++) {
        if (hit->highlights[i].start < end && hit->highlights[i].end > start) {
            return true;
        }
    }
    return false;
}

/* Whether a filter of the condition, outside negations, is true of a name. */
static bool is_named(const nn_spans_walk *walk, const nn_condition *condition, nn_filter_kind kind,
                     uint32_t name)
{
    if (condition == NULL || name == NN_NAME_UNKNOWN) {
        return false;
    }
    if (condition->kind == NN_CONDITION_FILTER) {
        return condition->filter->kind == kind &&
               nn_named_has(&condition->named->parts[walk->part], name);
    }
    bool named = false;
    for (uint32_t i = 0; i < condition->child_count && !named; i++) {
        named = is_named(walk, condition->children[i], kind, name);
    }
    return named;
}

/* Of the spans in order of start those that may have a byte in the hit: from *first, before which
 * all end before the hit and so before those of later passages, to the one returned. */
static size_t quotes_of(const nuncio_hit *hit, nn_spans_walk *walk)
{
    const nn_annotation_spans *spans = &walk->spans;
    while (walk->quote < spans->quote_count && spans->quotes[walk->quote].quote.end <= hit->start) {
        walk->quote++;
    }
    size_t end = walk->quote;
    while (end < spans->quote_count && spans->quotes[end].quote.start < hit->end) {
        end++;
    }
    return end;
}

static size_t mentions_of(const nuncio_hit *hit, nn_spans_walk *walk)
{
    const nn_annotation_spans *spans = &walk->spans;
    while (walk->mention < spans->mention_count &&
           spans->mentions[walk->mention].end <= hit->start) {
        walk->mention++;
    }
    size_t end = walk->mention;
    while (end < spans->mention_count && spans->mentions[end].start < hit->end) {
        end++;
    }
    return end;
}

/* Says what a name means in the archive. */
static nuncio_status set_entity(const nn_spans_walk *walk, nn_entity_table *entities, uint32_t name,
                                nn_arena *arena, nuncio_hit_entity *out)
{
    const nn_name_form *leader = NULL;
    nuncio_error *error = entities->run->error;
    *out = (nuncio_hit_entity){.type = NUNCIO_ENTITY_NONE};
    if (name == NN_NAME_UNKNOWN) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_entity_of(entities, (uint32_t)walk->part, name, &leader));
    if (leader == NULL || nn_entity_is_ignored(leader)) {
        return NUNCIO_OK;
    }
    out->type = leader->type;
    out->overridden = nn_entity_is_overridden(leader);
    out->name = nn_arena_str(arena, nn_entity_name(entities, leader));
    return out->name.data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

static nuncio_status add_quotes(nuncio_hit *hit, nn_spans_walk *walk, nn_run *run,
                                const nn_condition *shown, nn_entity_table *entities,
                                nn_arena *arena)
{
    size_t end = quotes_of(hit, walk);
    nuncio_quote *quotes = nn_arena_alloc(arena, (end - walk->quote) * sizeof *quotes);
    nuncio_hit_entity *meant = nn_arena_array(arena, end - walk->quote + 1, sizeof *meant);
    if (quotes == NULL || meant == NULL) {
        return nn_error_memory(run->error);
    }
    for (size_t i = walk->quote; i < end; i++) {
        const nn_quote_span *span = &walk->spans.quotes[i];
        nn_clip cut;
        if (!clip(hit, span->quote.start, span->quote.end, &cut)) {
            continue;
        }
        nuncio_quote *quote = &quotes[hit->quote_count++];
        NN_TRY(nn_segment_quote(walk->segment, span, quote, run->error));
        if (entities != NULL) {
            NN_TRY(set_entity(walk, entities, span->speaker, arena, &meant[hit->quote_count - 1]));
        }
        quote->start = cut.start;
        quote->end = cut.end;
        quote->flags |= cut.before ? (uint32_t)NUNCIO_QUOTE_CONTINUES_BEFORE : 0;
        quote->flags |= cut.after ? (uint32_t)NUNCIO_QUOTE_CONTINUES_AFTER : 0;
        bool matched = is_matched(hit, cut.start, cut.end) ||
                       is_named(walk, shown, NN_FILTER_SPEAKER, span->speaker);
        if (run->by_quote && i == hit->quote_ordinal) {
            hit->quote = quote;
            matched = true;
        }
        quote->flags |= matched ? (uint32_t)NUNCIO_QUOTE_MATCHED : 0;
        clip_aside(hit, &quote->speaker_start, &quote->speaker_end);
        clip_aside(hit, &quote->cue_start, &quote->cue_end);
    }
    hit->quotes = quotes;
    hit->speaker_entities = entities == NULL ? NULL : meant;
    return NUNCIO_OK;
}

static nuncio_status add_mentions(nuncio_hit *hit, nn_spans_walk *walk, nn_run *run,
                                  const nn_condition *shown, nn_entity_table *entities,
                                  nn_arena *arena)
{
    size_t end = mentions_of(hit, walk);
    nuncio_mention *mentions = nn_arena_alloc(arena, (end - walk->mention) * sizeof *mentions);
    nuncio_hit_entity *meant = nn_arena_array(arena, end - walk->mention + 1, sizeof *meant);
    if (mentions == NULL || meant == NULL) {
        return nn_error_memory(run->error);
    }
    for (size_t i = walk->mention; i < end; i++) {
        const nn_mention_span *span = &walk->spans.mentions[i];
        nn_clip cut;
        if (clip(hit, span->start, span->end, &cut)) {
            nuncio_mention *mention = &mentions[hit->mention_count++];
            NN_TRY(nn_segment_mention(walk->segment, span, mention, run->error));
            mention->start = cut.start;
            mention->end = cut.end;
            mention->matched = is_matched(hit, cut.start, cut.end) ||
                               is_named(walk, shown, NN_FILTER_MENTION, span->name);
            if (entities != NULL) {
                NN_TRY(
                    set_entity(walk, entities, span->name, arena, &meant[hit->mention_count - 1]));
            }
        }
    }
    hit->mentions = mentions;
    hit->mention_entities = entities == NULL ? NULL : meant;
    return NUNCIO_OK;
}

nuncio_status nn_hit_annotate(nuncio_hit *hit, nn_spans_walk *walk, nn_run *run,
                              const nn_condition *shown, nn_entity_table *entities, nn_arena *arena)
{
    if (walk->spans.quote_count > 0) {
        NN_TRY(add_quotes(hit, walk, run, shown, entities, arena));
    }
    if (walk->spans.mention_count > 0) {
        NN_TRY(add_mentions(hit, walk, run, shown, entities, arena));
    }
    return NUNCIO_OK;
}

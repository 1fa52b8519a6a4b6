/* SPDX-License-Identifier: Apache-2.0 */
#include "query/hit_annotations.h"

#include "core/error.h"
#include "query/names.h"

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
static nuncio_status is_named(nn_run *run, const nn_condition *condition, nn_filter_kind kind,
                              nuncio_entity_type type, nuncio_str name, bool *named)
{
    if (condition == NULL || condition->kind == NN_CONDITION_NOT) {
        return NUNCIO_OK;
    }
    if (condition->kind == NN_CONDITION_FILTER) {
        const nn_filter *filter = condition->filter;
        bool fits =
            filter->kind == kind && (filter->type == NUNCIO_ENTITY_NONE || filter->type == type);
        return fits ? nn_names_match(run, filter, name, named) : NUNCIO_OK;
    }
    for (uint32_t i = 0; i < condition->child_count && !*named; i++) {
        NN_TRY(is_named(run, condition->children[i], kind, type, name, named));
    }
    return NUNCIO_OK;
}

static nuncio_status add_quotes(nuncio_hit *hit, const nuncio_annotations *found, nn_run *run,
                                const nn_condition *shown, nn_arena *arena)
{
    nuncio_quote *quotes = nn_arena_array(arena, found->quote_count, sizeof *quotes);
    if (quotes == NULL) {
        return nn_error_memory(run->error);
    }
    nn_clip cut;
    for (size_t i = 0; i < found->quote_count; i++) {
        if (!clip(hit, found->quotes[i].start, found->quotes[i].end, &cut)) {
            continue;
        }
        nuncio_quote *quote = &quotes[hit->quote_count++];
        *quote = found->quotes[i];
        quote->start = cut.start;
        quote->end = cut.end;
        quote->flags |= cut.before ? (uint32_t)NUNCIO_QUOTE_CONTINUES_BEFORE : 0;
        quote->flags |= cut.after ? (uint32_t)NUNCIO_QUOTE_CONTINUES_AFTER : 0;
        bool matched = is_matched(hit, cut.start, cut.end);
        if (!matched) {
            NN_TRY(is_named(run, shown, NN_FILTER_SPEAKER, NUNCIO_ENTITY_NONE, quote->speaker,
                            &matched));
        }
        if (run->by_quote && i == hit->quote_ordinal) {
            hit->quote = quote;
            matched = true;
        }
        quote->flags |= matched ? (uint32_t)NUNCIO_QUOTE_MATCHED : 0;
        clip_aside(hit, &quote->speaker_start, &quote->speaker_end);
        clip_aside(hit, &quote->cue_start, &quote->cue_end);
    }
    hit->quotes = quotes;
    return NUNCIO_OK;
}

static nuncio_status add_mentions(nuncio_hit *hit, const nuncio_annotations *found, nn_run *run,
                                  const nn_condition *shown, nn_arena *arena)
{
    nuncio_mention *mentions = nn_arena_array(arena, found->mention_count, sizeof *mentions);
    if (mentions == NULL) {
        return nn_error_memory(run->error);
    }
    nn_clip cut;
    for (size_t i = 0; i < found->mention_count; i++) {
        if (clip(hit, found->mentions[i].start, found->mentions[i].end, &cut)) {
            nuncio_mention *mention = &mentions[hit->mention_count++];
            *mention = found->mentions[i];
            mention->start = cut.start;
            mention->end = cut.end;
            mention->matched = is_matched(hit, cut.start, cut.end);
            if (!mention->matched) {
                NN_TRY(is_named(run, shown, NN_FILTER_MENTION, mention->type, mention->name,
                                &mention->matched));
            }
        }
    }
    hit->mentions = mentions;
    return NUNCIO_OK;
}

nuncio_status nn_hit_annotate(nuncio_hit *hit, const nuncio_annotations *found, nn_run *run,
                              const nn_condition *shown, nn_arena *arena)
{
    if (found->quote_count > 0) {
        NN_TRY(add_quotes(hit, found, run, shown, arena));
    }
    if (found->mention_count > 0) {
        NN_TRY(add_mentions(hit, found, run, shown, arena));
    }
    return NUNCIO_OK;
}

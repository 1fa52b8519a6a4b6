/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/quotes.h"

#include "core/error.h"

#include <string.h>

void nn_quotes_deinit(nn_quotes *quotes)
{
    nn_memory *memory = quotes->memory;
    nn_release(memory, quotes->items, quotes->capacity * sizeof *quotes->items);
    nn_release(memory, quotes->written, quotes->written_capacity * sizeof *quotes->written);
    nn_release(memory, quotes->covered, quotes->covered_capacity * sizeof *quotes->covered);
    *quotes = (nn_quotes){.memory = memory};
}

nuncio_status nn_quotes_begin(const nn_reading *r)
{
    nn_quotes *quotes = r->quotes;
    quotes->count = 0;
    NN_TRY(nn_reserve(quotes->memory, &quotes->covered, &quotes->covered_capacity,
                      (size_t)r->words->count + 1, sizeof *quotes->covered, r->error));
    memset(quotes->covered, 0, (size_t)r->words->count + 1);
    for (size_t i = 0; i < r->spans->found.count; i++) {
        const nn_span_marked *span = &r->spans->found.items[i];
        memset(quotes->covered + span->word_begin, NN_COVERED_MARKED,
               span->word_end - span->word_begin);
    }
    return NUNCIO_OK;
}

nuncio_status nn_quotes_add(const nn_reading *r, nn_speech speech)
{
    nn_quotes *quotes = r->quotes;
    NN_TRY(nn_reserve(quotes->memory, &quotes->items, &quotes->capacity, quotes->count + 1,
                      sizeof *quotes->items, r->error));
    quotes->items[quotes->count++] = speech;
    return NUNCIO_OK;
}

static bool is_stance(const nn_speech *speech)
{
    return (speech->flags & NUNCIO_QUOTE_STANCE) != 0;
}

/** By start, the longer first, stances last. */
static bool comes_before(const nn_speech *a, const nn_speech *b)
{
    if (a->start != b->start) {
        return a->start < b->start;
    }
    return a->end != b->end ? a->end > b->end : !is_stance(a) && is_stance(b);
}

/** Sorts [begin, count): quotes are found sentence by sentence, so that hardly one has far to go.
 */
static void sort(nn_quotes *quotes, size_t begin)
{
    for (size_t i = begin + 1; i < quotes->count; i++) {
        nn_speech speech = quotes->items[i];
        size_t to = i;
        for (; to > begin && comes_before(&speech, &quotes->items[to - 1]); to--) {
            quotes->items[to] = quotes->items[to - 1];
        }
        quotes->items[to] = speech;
    }
}

static nuncio_status write_one(const nn_reading *r, const nn_speech *speech, nuncio_quote *to)
{
    const nn_words *words = r->words;
    *to = (nuncio_quote){.start = speech->start,
                         .end = speech->end,
                         .flags = speech->flags,
                         .speaker = speech->speaker.name,
                         .speaker_type = (nuncio_entity_type)speech->speaker.type};
    bool known = speech->speaker.name.data != NULL;
    float confidence = speech->confidence * (known ? speech->speaker.certainty : 0.6F);
    int hundredths = (int)(confidence * 100.0F + 0.5F);
    to->confidence = (float)(hundredths > 0 ? hundredths : 1) / 100.0F;
    if (speech->source.begin < speech->source.end) {
        to->speaker_start = words->tokens[speech->source.begin].start;
        to->speaker_end = words->tokens[speech->source.end - 1].end;
    }
    if (speech->cue != NN_WORD_NONE) {
        to->cue_start = words->tokens[speech->cue].start;
        to->cue_end = words->tokens[speech->cue].end;
        nuncio_str text = nn_words_text(words, speech->cue, speech->cue + 1);
        return nn_names_copy(&r->names->arena, text, &to->cue, r->error);
    }
    return NUNCIO_OK;
}

enum { UNMARKED, DIRECT, INDIRECT, LISTS };

/** The lists of quotes being merged. */
typedef struct merge {
    const nn_quotes *quotes;
    size_t next[LISTS], end[LISTS];
} merge;

/** The list whose next quote comes first, or LISTS when all are at their end. */
static size_t first_list(const merge *m)
{
    size_t best = LISTS;
    for (size_t i = 0; i < LISTS; i++) {
        if (m->next[i] < m->end[i] &&
            (best == LISTS ||
             comes_before(&m->quotes->items[m->next[i]], &m->quotes->items[m->next[best]]))) {
            best = i;
        }
    }
    return best;
}

/** True when no direct quote ahead overlaps `speech` in part. */
static bool holds_whole(const merge *m, const nn_speech *speech)
{
    for (size_t i = m->next[DIRECT]; i < m->end[DIRECT] && m->quotes->items[i].start < speech->end;
         i++) {
        if (m->quotes->items[i].end > speech->end) {
            return false;
        }
    }
    return true;
}

/** Ends a stance before speech that begins in it and goes on behind it. */
static void cut_stance(const merge *m, const nn_words *words, nn_speech *stance)
{
    for (size_t list = 0; list < LISTS; list++) {
        for (size_t i = m->next[list]; i < m->end[list]; i++) {
            const nn_speech *speech = &m->quotes->items[i];
            if (speech->start >= stance->end) {
                break;
            }
            if (!is_stance(speech) && speech->end > stance->end) {
                stance->end = speech->word_begin > stance->word_begin
                                  ? words->tokens[speech->word_begin - 1].end
                                  : stance->start;
            }
        }
    }
}

nuncio_status nn_quotes_write(const nn_reading *r, nuncio_annotations *out)
{
    nn_quotes *quotes = r->quotes;
    NN_TRY(nn_reserve(quotes->memory, &quotes->written, &quotes->written_capacity, quotes->count,
                      sizeof *quotes->written, r->error));
    sort(quotes, quotes->direct_end);
    merge m = {quotes,
               {0, quotes->unmarked_end, quotes->direct_end},
               {quotes->unmarked_end, quotes->direct_end, quotes->count}};
    size_t count = 0;
    /* Of what is written so far. A direct quote may lie inside a reported one, and both in a
     * stance. */
    uint32_t said_end = 0;
    uint32_t stance_end = 0;
    for (size_t list = first_list(&m); list < LISTS; list = first_list(&m)) {
        nn_speech *speech = &quotes->items[m.next[list]++];
        if (list == INDIRECT && speech->start < said_end) {
            continue;
        }
        if (is_stance(speech)) {
            cut_stance(&m, r->words, speech);
            if (speech->start < stance_end || speech->end <= speech->start) {
                continue;
            }
            stance_end = speech->end;
        } else if (list == INDIRECT && !holds_whole(&m, speech)) {
            continue;
        } else {
            said_end = speech->end > said_end ? speech->end : said_end;
        }
        NN_TRY(write_one(r, speech, &quotes->written[count++]));
    }
    out->quotes = quotes->written;
    out->quote_count = count;
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/results/marks.h"

#include "core/bits.h"
#include "text/tokenizer.h"

#include <string.h>

#define EACH_SET (NN_MARK_SET * UINT64_C(0x0101010101010101))

static void mark(nn_marks *marks, nn_occurrence at, bool phrase)
{
    for (uint32_t place = at.start; place < at.end && place < NN_MARKS_PLACES; place++) {
        marks->places[place] |= (uint8_t)(NN_MARK_SET | (phrase ? NN_MARK_PHRASE : 0));
        if (place + 1 < at.end) {
            marks->places[place] |= NN_MARK_JOINED;
        }
    }
}

/* Of NEAR, the right side's occurrences that are near one of its own. */
static void mark_right_side(nn_marks *marks, const nn_matcher *matcher, nn_occurrence left)
{
    for (uint32_t i = 0; i < matcher->right->occurrence_count; i++) {
        nn_occurrence right = matcher->right->occurrences[i];
        if (nn_occurrence_near(left, right, matcher->resolved->leaf->distance)) {
            mark(marks, right, true);
        }
    }
}

nuncio_status nn_marks_collect(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                               nn_marks *out)
{
    memset(out, 0, sizeof *out);
    for (uint32_t i = 0; i < scorers->count; i++) {
        uint32_t tf;
        NN_TRY(nn_scorer_tf(part, &scorers->items[i], passage, &tf));
        if (tf == 0) {
            continue;
        }
        nn_matcher *matcher = scorers->items[i].matcher;
        NN_TRY(nn_matcher_occurrences(matcher, part->run));
        for (uint32_t j = 0; j < matcher->occurrence_count; j++) {
            nn_occurrence at = matcher->occurrences[j];
            const nn_range *only = scorers->only;
            bool elsewhere = only != NULL && (at.start < only->first || at.end > only->end);
            if (elsewhere || !nn_scorer_counts(part, &scorers->items[i], at)) {
                continue;
            }
            mark(out, at, matcher->right != NULL || at.end - at.start > 1);
            if (matcher->right != NULL) {
                mark_right_side(out, matcher, at);
            }
        }
    }
    return NUNCIO_OK;
}

/* Highlights a word, or lengthens the highlight of the one before that it is joined to. */
static void place_mark(uint8_t marked, const nn_token *word, bool joined,
                       nuncio_highlight *highlights, size_t *count)
{
    if (!joined) {
        highlights[(*count)++] = (nuncio_highlight){word->start, word->end, NUNCIO_HIGHLIGHT_TERM};
    }
    nuncio_highlight *range = &highlights[*count - 1];
    range->end = word->end;
    if ((marked & NN_MARK_PHRASE) != 0) {
        range->kind = NUNCIO_HIGHLIGHT_PHRASE;
    }
}

/* Lists the marked places of first … end - 1, eight at a look: few of
 * them are. Returns how many there are. */
static uint32_t list_places(const nn_marks *marks, uint32_t first, uint32_t end, uint16_t *to)
{
    uint32_t count = 0;
    for (uint32_t from = first; from < end; from += 8) {
        uint64_t bits = nn_load_u64(marks->places + from) & EACH_SET;
        for (; bits != 0; bits &= bits - 1) {
            to[count++] = (uint16_t)(from + nn_ctz64(bits) / 8);
        }
    }
    return count;
}

nuncio_status nn_marks_place(const nn_marks *marks, uint32_t first, nuncio_str text,
                             nn_arena *arena, const nuncio_highlight **out, size_t *count,
                             nuncio_error *error)
{
    uint16_t places[NN_MARKS_PLACES];
    uint32_t end = first < NN_MARKS_TITLE ? NN_MARKS_TITLE : NN_MARKS_PLACES;
    uint32_t marked = list_places(marks, first, end, places);
    *count = 0;
    *out = NULL;
    if (marked == 0) {
        return NUNCIO_OK;
    }
    nuncio_highlight *highlights = nn_arena_alloc(arena, marked * sizeof *highlights);
    if (highlights == NULL) {
        return nn_error_memory(error);
    }
    nn_text_walk walk;
    nn_token word;
    uint32_t next = first; /* place of the word that the walk stands before */
    bool joined = false;   /* to the word before */
    nn_text_walk_begin(&walk, nn_byte_classifier_best(), text);
    for (uint32_t i = 0; i < marked && nn_text_walk_next(&walk, places[i] - next, &word); i++) {
        uint8_t kind = marks->places[places[i]];
        place_mark(kind, &word, joined, highlights, count);
        joined = (kind & NN_MARK_JOINED) != 0;
        next = places[i] + 1U;
    }
    *out = highlights;
    return NUNCIO_OK;
}

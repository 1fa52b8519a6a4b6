/* SPDX-License-Identifier: Apache-2.0 */
#include "query/marks.h"

#include "text/tokenizer.h"

#include <string.h>

enum { WORDS = 32 /* read at once: marks may end before the text does */ };

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

nuncio_status nn_marks_place(const nn_marks *marks, uint32_t first, nuncio_str text,
                             nn_arena *arena, const nuncio_highlight **out, size_t *count,
                             nuncio_error *error)
{
    uint32_t end = first < NN_MARKS_TITLE ? NN_MARKS_TITLE : NN_MARKS_PLACES;
    uint32_t left = 0; /* marks not yet placed */
    for (uint32_t place = first; place < end; place++) {
        left += (marks->places[place] & NN_MARK_SET) != 0 ? 1 : 0;
    }
    *count = 0;
    *out = NULL;
    if (left == 0) {
        return NUNCIO_OK;
    }
    nuncio_highlight *highlights = nn_arena_alloc(arena, left * sizeof *highlights);
    if (highlights == NULL) {
        return nn_error_memory(error);
    }
    nn_byte_classifier *classify = nn_byte_classifier_best();
    nn_token words[WORDS];
    uint32_t from = 0;   /* byte behind the words read */
    bool joined = false; /* to the word before */
    for (uint32_t place = first; left > 0;) {
        uint32_t read = nn_tokenizer_words(classify, text, &from, words, WORDS);
        for (uint32_t i = 0; i < read && left > 0; i++, place++) {
            uint8_t marked = place < end ? marks->places[place] : 0;
            if ((marked & NN_MARK_SET) != 0) {
                place_mark(marked, &words[i], joined, highlights, count);
                joined = (marked & NN_MARK_JOINED) != 0;
                left--;
            }
        }
        left = read == WORDS ? left : 0; /* the text has no more words */
    }
    *out = highlights;
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Speech that the layout alone shows.
 *
 *   MR. ADEYINKA: We object.         a transcript: labels in capitals, or Q: and A:, at two
 * paragraphs or more —No iremos —dijo Krešić—. Nunca. dialogue by dashes: up to the dash before a
 * cue, and on behind the next
 */
#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"
#include "annotate/quotes/marks.h"
#include "annotate/quotes/speakers.h"
#include "annotate/quotes/subjects.h"
#include "core/error.h"

enum { LABEL_WORDS = 6, LABELS_MIN = 2, CUE_DISTANCE = 2 };

static uint32_t gap_at(const nn_words *words, uint32_t i)
{
    return words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE);
}

/** First word behind the label of a paragraph, or its first word when there is none. */
static uint32_t label_end(const nn_words *words, const nn_paragraph *paragraph)
{
    uint32_t begin = paragraph->word_begin;
    for (uint32_t i = begin; i < paragraph->word_end && i - begin <= LABEL_WORDS; i++) {
        if (i > begin && (words->gaps[i] & NN_GAP_COLON) != 0) {
            return (words->gaps[i] & NN_GAP_MARK) == 0 ? i : begin;
        }
        const nn_form *form = nn_words_form(words, i);
        bool letter = form->letters == 1 && (form->shape & NN_SHAPE_CAPITAL) != 0;
        bool title = (form->classes & NN_CLASS_TITLE) != 0;
        if ((form->shape & NN_SHAPE_UPPER) == 0 && !letter &&
            !(title && (form->shape & NN_SHAPE_CAPITAL) != 0)) {
            break;
        }
    }
    return begin;
}

static void cover(const nn_reading *r, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        r->quotes->covered[i] |= NN_COVERED_SPEECH | NN_COVERED_MARKED;
    }
}

static nuncio_status add(const nn_reading *r, uint32_t begin, uint32_t end, uint32_t stop_byte,
                         uint32_t cue, nn_word_range source, float confidence)
{
    const nn_words *words = r->words;
    if (begin >= end) {
        return NUNCIO_OK;
    }
    nn_speech speech = {.start = words->tokens[begin].start,
                        .end = stop_byte,
                        .word_begin = begin,
                        .word_end = end,
                        .source = source,
                        .cue = cue,
                        .flags = NUNCIO_QUOTE_DIRECT,
                        .confidence = confidence};
    nn_span_trim(words->text, &speech.start, &speech.end);
    NN_TRY(nn_speaker_resolve(r, source, &speech.speaker));
    bool letter =
        source.end - source.begin == 1 && nn_words_form(words, source.begin)->letters == 1;
    if (speech.speaker.name.data == NULL && !letter) {
        nuncio_str label = nn_words_text(words, source.begin, source.end);
        NN_TRY(nn_names_copy(&r->names->arena, label, &speech.speaker.name, r->error));
        speech.speaker.certainty = 0.8F;
    }
    cover(r, begin, end);
    return nn_quotes_add(r, speech);
}

static bool is_transcript(const nn_words *words)
{
    uint32_t labels = 0;
    for (size_t i = 0; i < words->paragraph_count && labels < LABELS_MIN; i++) {
        labels +=
            label_end(words, &words->paragraphs[i]) > words->paragraphs[i].word_begin ? 1u : 0u;
    }
    return labels >= LABELS_MIN;
}

/** End of the words [.., end) with the stops behind the last of them, but without a dash. */
static uint32_t end_with_stops(const nn_words *words, uint32_t end)
{
    uint32_t at = words->tokens[end - 1].end;
    uint32_t stop = at; /* French parts stops by a space, also a narrow one */
    while (stop < words->text.size && stop - at < 4 &&
           (words->text.data[stop] == ' ' || (unsigned char)words->text.data[stop] >= 0x80)) {
        stop++;
    }
    bool parted = stop > at && stop < words->text.size &&
                  (words->text.data[stop] == '!' || words->text.data[stop] == '?');
    at = parted ? stop : at;
    while (at < words->text.size && (words->text.data[at] == '.' || words->text.data[at] == '!' ||
                                     words->text.data[at] == '?' || words->text.data[at] == ',')) {
        at++;
    }
    return at;
}

/** True where dialogue has no dash before its attribution: French, Swedish, Finnish … */
static bool may_end_by_comma(const nn_words *words)
{
    return words->language == NN_LEXICON_FR || words->language >= NN_LEXICON_LANGUAGES;
}

/** A paragraph of dialogue: it opens with a dash, and a cue follows another one. */
static nuncio_status read_dialogue(const nn_reading *r, const nn_paragraph *paragraph)
{
    const nn_words *words = r->words;
    uint32_t begin = paragraph->word_begin;
    uint32_t end = paragraph->word_end;
    for (uint32_t i = begin + 1; i < end; i++) {
        bool dash = (gap_at(words, i) & NN_GAP_DASH) != 0;
        bool comma = may_end_by_comma(words) && (gap_at(words, i) & NN_GAP_MARK) == 0 &&
                     (gap_at(words, i) & (NN_GAP_COMMA | NN_GAP_STOP)) != 0 &&
                     nn_cue_is_verb(words, i); /* — Vous partez ? *demanda* Louvel. */
        if (!dash && !comma) {
            continue;
        }
        uint32_t high = end - i < CUE_DISTANCE ? end : i + CUE_DISTANCE;
        uint32_t cue = i;
        while (cue < high && !nn_cue_is_verb(words, cue)) {
            cue++;
        }
        if (cue == high) {
            continue;
        }
        nn_word_range source = nn_subject_after(r, cue, end);
        uint32_t behind = cue + 1;
        while (behind < end && (gap_at(words, behind) & NN_GAP_DASH) == 0) {
            behind++;
        }
        if (source.begin >= source.end) {
            return NUNCIO_OK;
        }
        NN_TRY(add(r, begin, i, end_with_stops(words, i), cue, source, 0.85F));
        return behind < end ? add(r, behind, end, end_with_stops(words, end), cue, source, 0.8F)
                            : NUNCIO_OK;
    }
    return NUNCIO_OK;
}

/** True when a dash stands right before the first word of a paragraph. */
static bool opens_with_dash(const nn_words *words, const nn_paragraph *paragraph)
{
    uint32_t begin = paragraph->word_begin;
    if (begin >= paragraph->word_end || (words->gaps[begin] & NN_GAP_DASH) == 0) {
        return false;
    }
    unsigned char first = (unsigned char)words->text.data[paragraph->start];
    uint32_t from = words->tokens[begin].start - paragraph->start;
    bool spaced = may_end_by_comma(words) && from <= 6; /* a space, also a narrow one */
    return first == 0xE2 && (from == 3 || spaced);      /* –, — */
}

nuncio_status nn_quotes_find_unmarked(const nn_reading *r)
{
    const nn_words *words = r->words;
    bool transcript = is_transcript(words);
    for (size_t i = 0; i < words->paragraph_count; i++) {
        const nn_paragraph *paragraph = &words->paragraphs[i];
        uint32_t label = transcript ? label_end(words, paragraph) : paragraph->word_begin;
        if (label > paragraph->word_begin) {
            nn_word_range source = {paragraph->word_begin, label};
            NN_TRY(add(r, label, paragraph->word_end, paragraph->end, NN_WORD_NONE, source, 0.9F));
        } else if (opens_with_dash(words, paragraph)) {
            NN_TRY(read_dialogue(r, paragraph));
        }
    }
    return NUNCIO_OK;
}

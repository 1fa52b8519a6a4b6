/* SPDX-License-Identifier: Apache-2.0 */
/* Spans between marks that are speech, and whose. Where the clauses around a span attribute it to
 * nobody, speech goes on from the span before:
 *
 *   “A,” said Marin.  “B.”         B is Marin's: the sentence between was A's attribution
 *   “A.  ¶  “B,” she said.         A goes on in B: both are hers
 *   called it a “c”                one word without a verb of speech at its side: no quote */
#include "annotate/quotes/attributions.h"
#include "annotate/quotes/speakers.h"
#include "core/error.h"

enum {
    ALONE_WORDS = 6,    /* a span without attribution is speech from this length on */
    ATTITUDE_WORDS = 4, /* thanked her for “standing by the river” */
    NAMING_WORDS = 8,   /* called the *talks in Oslo* “frank” */
    NAME_WORDS = 8      /* a span of capitalised words up to this length is a title */
};

/** True when every word but the small ones has a capital: a film, a paper, a programme. */
static bool is_title(const nn_marked_context *d)
{
    const nn_words *words = d->words;
    uint32_t size = d->span->word_end - d->span->word_begin;
    uint32_t capitals = 0;
    for (uint32_t i = d->span->word_begin; size <= NAME_WORDS && i < d->span->word_end; i++) {
        const nn_form *form = nn_words_form(words, i);
        bool small = (form->classes &
                      (NN_CLASS_PREPOSITION | NN_CLASS_DETERMINER | NN_CLASS_CONJUNCTION)) != 0;
        bool capital = (form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_NUMBER)) != 0;
        if (!capital && !small) {
            return false;
        }
        capitals += capital ? 1u : 0u;
    }
    return size <= NAME_WORDS && capitals >= 1 && size >= 2;
}

/** How sure it is that a span is speech; 0: it is none. */
static float speech_confidence(const nn_marked_context *d, const nn_attribution *by)
{
    uint32_t size = d->span->word_end - d->span->word_begin;
    const nn_words *words = d->words;
    bool repaired = (d->span->flags & (NN_SPAN_NO_OPEN | NN_SPAN_NO_CLOSE)) != 0;
    float factor = repaired ? 0.75F : 1.0F;
    const nn_form *first = nn_words_form(words, d->span->word_begin);
    bool sentence = (first->shape & NN_SHAPE_CAPITAL) != 0;
    bool on = d->span->word_begin > 0 &&
              (words->gaps[d->span->word_begin] & (NN_GAP_COMMA | NN_GAP_COLON)) == 0 &&
              nn_words_is(words, d->span->word_begin - 1, NN_CLASS_PREPOSITION);
    if (on && by->link == NN_LINK_AFTER && is_title(d)) {
        return 0; /* on “Morning Talk,” Marin said that … */
    }
    if (by->adjacent && !by->weak) {
        return factor * 0.97F;
    }
    if (by->link == NN_LINK_CHAIN) {
        return size < 2 ? 0 : factor * 0.9F;
    }
    if (is_title(d) && (by->link == NN_LINK_NONE || size <= 5)) {
        return 0;
    }
    if (by->attitude) {
        return size < ATTITUDE_WORDS ? 0 : factor * 0.6F;
    }
    if (by->link != NN_LINK_NONE) {
        bool named = by->cue != NN_WORD_NONE && by->cue < words->count && by->weak &&
                     by->source.begin < by->source.end &&
                     d->span->word_begin - by->cue <= NAMING_WORDS;
        if (!named && (size < 2 || (by->weak && size < 3))) {
            return 0;
        }
        return factor * (size < 4 ? 0.7F : 0.85F);
    }
    if (size < ALONE_WORDS && !d->goes_on) {
        return 0;
    }
    return factor * (sentence ? 0.6F : 0.4F);
}

/** The span before in the same paragraph, when it is speech and speech goes on from it. */
static const nn_speech *chained(const nn_marked_context *d, const nn_speech *before,
                                size_t before_index)
{
    if (before == NULL || before_index + 1 != d->index) {
        return NULL;
    }
    const nn_span_marked *last = &d->r->spans->found.items[before_index];
    const nn_words *words = d->words;
    if (last->paragraph != d->span->paragraph) {
        bool resumes = (d->span->flags & NN_SPAN_RESUMES) != 0;
        /* a paragraph that is nothing but a quote goes on with the speaker of the one before */
        const nn_paragraph *own = &words->paragraphs[d->span->paragraph];
        bool whole = d->span->word_begin == own->word_begin && d->span->word_end == own->word_end;
        return resumes || (whole && last->paragraph + 1 == d->span->paragraph) ? before : NULL;
    }
    bool opens = (words->gaps[d->span->word_begin] & NN_GAP_SENTENCE) != 0;
    bool interrupted = before->cue != NN_WORD_NONE && before->cue >= last->word_end &&
                       before->cue < d->span->word_begin; /* “A,” he said, “b.” */
    bool touching = last->word_end == d->span->word_begin;
    return opens || interrupted || touching ? before : NULL;
}

/** True when a person other than the speaker is named between two spans. The sentence that
 * attributes the span before may name whom it likes: “A,” Marin said of Oblov. “B.” */
static bool changes_subject(const nn_marked_context *d, const nn_speech *before)
{
    const nn_words *words = d->words;
    uint32_t from = d->r->spans->found.items[d->index - 1].word_end;
    if (d->span->word_begin - from > NN_BEFORE_WORDS) {
        return true;
    }
    bool told = before->cue != NN_WORD_NONE && before->cue >= from;
    for (uint32_t i = from; i < d->span->word_begin; i++) {
        told = told && (i == from || (words->gaps[i] & NN_GAP_SENTENCE) == 0);
        const nn_named *name = nn_names_at(d->r->names, i);
        if (!told && name != NULL && name->type == NUNCIO_ENTITY_PERSON &&
            name->entity != before->speaker.entity) {
            return true;
        }
    }
    return false;
}

/** True when speech ends in a question, so that another answers. */
static bool asks(const nn_words *words, const nn_speech *speech)
{
    return speech->end > speech->start && words->text.data[speech->end - 1] == '?';
}

/** True when the source is a pronoun, or nobody in a language whose verbs need none, that goes on
 * with the speaker before: “A,” the minister said. He added: “B.” */
static bool takes_up(const nn_marked_context *d, const nn_attribution *by, const nn_speech *before)
{
    if (before == NULL || before->speaker.name.data == NULL || by->link == NN_LINK_NONE ||
        d->index == 0) {
        return false;
    }
    const nn_words *words = d->words;
    uint32_t paragraph_start = words->paragraphs[d->span->paragraph].start;
    bool near = before->start >= paragraph_start ||
                d->r->spans->found.items[d->index - 1].paragraph + 1 == d->span->paragraph;
    near = near && before->end >= d->r->spans->found.items[d->index - 1].start &&
           !changes_subject(d, before);
    if (by->source.begin >= by->source.end) {
        return near && by->cue != NN_WORD_NONE && words->language == NN_LEXICON_ES;
    }
    if (asks(words, before)) {
        return false; /* “A?” she asked Oblov. “B,” he answered. */
    }
    const nn_form *form = nn_words_form(words, by->source.begin);
    bool he = (form->classes & NN_CLASS_PRONOUN_HE) != 0;
    bool she = (form->classes & NN_CLASS_PRONOUN_SHE) != 0;
    if (!near || by->source.end - by->source.begin != 1 || !(he || she)) {
        return false;
    }
    if (before->speaker.entity == NN_ENTITY_NONE) {
        return before->speaker.type == NUNCIO_ENTITY_NONE;
    }
    const nn_entity *who = &d->r->names->entities[before->speaker.entity];
    return who->male == who->female || (he && who->male) || (she && who->female);
}

/** True when a pronoun that fits nobody can only mean the speaker of the paragraph before: both
 * paragraphs are quotes from their first word, and nobody else is named between. Copy that was
 * translated by a machine turns she into he. */
static bool answers_nobody(const nn_marked_context *d, const nn_attribution *by,
                           const nn_speech *before)
{
    const nn_words *words = d->words;
    uint32_t he_or_she = NN_CLASS_PRONOUN_HE | NN_CLASS_PRONOUN_SHE;
    if (before == NULL || d->index == 0 || by->link != NN_LINK_AFTER ||
        by->source.end - by->source.begin != 1 ||
        !nn_words_is(words, by->source.begin, he_or_she)) {
        return false;
    }
    const nn_span_marked *last = &d->r->spans->found.items[d->index - 1];
    return last->paragraph + 1 == d->span->paragraph && before->end >= last->start &&
           words->paragraphs[d->span->paragraph].word_begin == d->span->word_begin &&
           words->paragraphs[last->paragraph].word_begin == last->word_begin &&
           !changes_subject(d, before);
}

/** “A?” Marin asked *Oblov*. “B,” *he* answered: whom the question was put to. */
static bool answers(const nn_marked_context *d, const nn_attribution *by, const nn_speech *before,
                    nn_speaker *out)
{
    const nn_words *words = d->words;
    if (before == NULL || before->cue == NN_WORD_NONE || !asks(words, before) ||
        by->source.end - by->source.begin != 1 || before->cue + 1 >= words->count) {
        return false;
    }
    bool he = nn_words_is(words, by->source.begin, NN_CLASS_PRONOUN_HE);
    bool she = nn_words_is(words, by->source.begin, NN_CLASS_PRONOUN_SHE);
    const nn_named *asked = nn_names_at(d->r->names, before->cue + 1);
    if (!(he || she) || asked == NULL || asked->entity == NN_ENTITY_NONE ||
        asked->entity == before->speaker.entity || asked->type != NUNCIO_ENTITY_PERSON ||
        words->gaps[before->cue + 1] != NN_GAP_SPACE) {
        return false;
    }
    const nn_entity *who = &d->r->names->entities[asked->entity];
    *out = (nn_speaker){who->name, asked->entity, who->type, 1.0F};
    return who->male == who->female || (he && who->male) || (she && who->female);
}

static nuncio_status add(const nn_marked_context *d, const nn_attribution *by, float confidence,
                         const nn_speech *before)
{
    const nn_span_marked *span = d->span;
    bool repaired = (span->flags & (NN_SPAN_NO_OPEN | NN_SPAN_NO_CLOSE)) != 0;
    nn_speech speech = {.start = span->start,
                        .end = span->end,
                        .word_begin = span->word_begin,
                        .word_end = span->word_end,
                        .source = by->source,
                        .cue = by->cue,
                        .flags =
                            NUNCIO_QUOTE_DIRECT | (repaired ? (uint32_t)NUNCIO_QUOTE_REPAIRED : 0u),
                        .confidence = confidence,
                        .speaker = {.entity = NN_ENTITY_NONE}};
    if (by->link == NN_LINK_CHAIN && before != NULL) {
        speech.source = before->source;
        speech.cue = before->cue;
        speech.speaker = before->speaker;
        bool same_paragraph = before->end > d->words->paragraphs[span->paragraph].start;
        speech.speaker.certainty *=
            same_paragraph || (span->flags & NN_SPAN_RESUMES) != 0 ? 0.95F : 0.7F;
    } else if (takes_up(d, by, before)) {
        speech.speaker = before->speaker;
        speech.speaker.certainty *= 0.9F;
    } else if (answers(d, by, before, &speech.speaker)) {
        speech.speaker.certainty = 0.7F;
    } else {
        NN_TRY(nn_speaker_resolve(d->r, by->source, &speech.speaker));
        if (speech.speaker.name.data == NULL && answers_nobody(d, by, before)) {
            speech.speaker = before->speaker;
            speech.speaker.certainty *= 0.5F;
        }
    }
    for (uint32_t w = span->word_begin; w < span->word_end; w++) {
        d->r->quotes->covered[w] |= NN_COVERED_SPEECH;
    }
    if (by->cue != NN_WORD_NONE && by->link == NN_LINK_AFTER) {
        d->r->quotes->covered[by->cue] |= NN_COVERED_CUE;
    }
    return nn_quotes_add(d->r, speech);
}

/** Speech that was left open at a paragraph's end takes the speaker found where it ends. */
static void carry_back(const nn_reading *r, const size_t *span_of, size_t first, size_t last)
{
    const nn_span_marked *spans = r->spans->found.items;
    nn_speech *items = r->quotes->items;
    for (size_t i = last; i > first; i--) {
        nn_speech *earlier = &items[i - 1];
        const nn_speech *later = &items[i];
        const nn_span_marked *a = &spans[span_of[i - 1 - first]];
        const nn_span_marked *b = &spans[span_of[i - first]];
        bool touching = a->paragraph == b->paragraph && a->word_end == b->word_begin;
        bool joined = span_of[i - 1 - first] + 1 == span_of[i - first] &&
                      ((b->flags & NN_SPAN_RESUMES) != 0 || touching);
        if (!joined || earlier->speaker.name.data != NULL || later->speaker.name.data == NULL) {
            return;
        }
        earlier->speaker = later->speaker;
        earlier->source = later->source;
        earlier->cue = later->cue;
        earlier->speaker.certainty *= 0.95F;
    }
}

/** Reads one span, after `before`, the speech found last (NULL: none), which came from span
 * `before_index`. */
static nuncio_status read_span(const nn_reading *r, size_t index, const nn_speech *before,
                               size_t before_index)
{
    const nn_span_list *spans = &r->spans->found;
    const nn_span_marked *span = &spans->items[index];
    const nn_paragraph *paragraph = &r->words->paragraphs[span->paragraph];
    bool near_after = index + 1 < spans->count && span[1].paragraph == span->paragraph;
    bool touching = near_after && span[1].word_begin == span->word_end;
    nn_marked_context d = {.r = r,
                           .words = r->words,
                           .index = index,
                           .span = span,
                           .goes_on = touching || (span->flags & NN_SPAN_GOES_ON) != 0,
                           .high = near_after ? span[1].word_begin : paragraph->word_end};
    nn_attribution by = nn_attribute(&d);
    bool named = by.source.begin < by.source.end;
    if (!named && before != NULL) {
        const nn_speech *chain = chained(&d, before, before_index);
        if (chain != NULL && !changes_subject(&d, chain)) {
            by.link = NN_LINK_CHAIN;
        }
    }
    if (!named && by.link != NN_LINK_CHAIN) {
        nn_attribution earlier = nn_attribute_before(&d);
        by = earlier.link != NN_LINK_NONE ? earlier : by;
    }
    float confidence = speech_confidence(&d, &by);
    return confidence > 0 ? add(&d, &by, confidence, before) : NUNCIO_OK;
}

nuncio_status nn_quotes_find_direct(const nn_reading *r)
{
    const nn_span_list *spans = &r->spans->found;
    size_t first = r->quotes->count;
    r->quotes->unmarked_end = first;
    size_t *span_of = nn_arena_array(&r->names->arena, spans->count + 1, sizeof *span_of);
    if (span_of == NULL) {
        return nn_error_memory(r->error);
    }
    for (size_t i = 0; i < spans->count; i++) {
        size_t count = r->quotes->count;
        const nn_span_marked *span = &spans->items[i];
        uint32_t covered =
            r->quotes->covered[span->word_begin] | r->quotes->covered[span->word_end - 1];
        if ((covered & NN_COVERED_SPEECH) != 0) {
            continue; /* inside speech that the layout shows */
        }
        nn_speech before = count > first ? r->quotes->items[count - 1] : (nn_speech){0};
        NN_TRY(read_span(r, i, count > first ? &before : NULL,
                         count > first ? span_of[count - first - 1] : 0));
        if (r->quotes->count > count) {
            span_of[count - first] = i;
            carry_back(r, span_of, first, count);
        }
    }
    return NUNCIO_OK;
}

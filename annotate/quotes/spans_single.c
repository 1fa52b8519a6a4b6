/* SPDX-License-Identifier: Apache-2.0 */
/* Single marks: ‘ ’ ' ‚ ‹ ›. A closing one looks like an apostrophe, so that only a pair counts,
 * and a missing one is never made up for:
 *
 *   ‘We shall see,’ he said      , before it: it closes
 *   the ministers’ meeting       after s, before a word: it may close only when nothing better
 * comes ’90s, rock ’n’ roll          opens nothing: a digit or a clipped word follows */
#include "annotate/quotes/marks.h"
#include "annotate/quotes/spans.h"
#include "core/error.h"

typedef struct single {
    const nn_words *words;
    const nn_span_list *doubles;
    size_t next;         /* first span in doubles that ends behind the mark looked at */
    const nn_mark *open; /* or NULL */
    const nn_mark *weak; /* a mark that may close, or be a plural's apostrophe */
    bool resumes;
} single;

/** True when the mark lies inside a span of double rank. */
static bool is_inside(single *s, const nn_mark *mark)
{
    while (s->next < s->doubles->count && s->doubles->items[s->next].end <= mark->start) {
        s->next++;
    }
    return s->next < s->doubles->count && s->doubles->items[s->next].start <= mark->start;
}

static bool opens(const nn_words *words, const nn_mark *mark)
{
    bool straight = mark->kind == NN_MARK_SINGLE;
    if (!straight && mark->kind != NN_MARK_SINGLE_LOW && mark->kind != NN_MARK_SINGLE_LEFT &&
        mark->kind != NN_MARK_SINGLE_LEFT_ANGLE) {
        return false;
    }
    bool left = mark->before == NN_EDGE_SPACE || mark->before == NN_EDGE_OPEN;
    bool right = mark->after == NN_EDGE_WORD || mark->after == NN_EDGE_OPEN ||
                 (straight && mark->after == NN_EDGE_MARK);
    if (!left || !right || mark->word >= words->count) {
        return false;
    }
    const nn_form *form = nn_words_form(words, mark->word);
    uint32_t start = words->tokens[mark->word].start;
    bool year = start < words->text.size && words->text.data[start] >= '0' &&
                words->text.data[start] <= '9'; /* ’68, ’90s */
    return !year && (form->classes & NN_CLASS_ELISION) == 0;
}

static bool closes(const nn_mark *open, const nn_mark *mark)
{
    if (nn_mark_context(mark) == NN_READS_OPEN) {
        return false;
    }
    if (open->kind == NN_MARK_SINGLE_LEFT_ANGLE) {
        return mark->kind == NN_MARK_SINGLE_RIGHT_ANGLE;
    }
    if (open->kind == NN_MARK_SINGLE) {
        return mark->kind == NN_MARK_SINGLE;
    }
    return mark->kind == NN_MARK_SINGLE_RIGHT ||
           (open->kind == NN_MARK_SINGLE_LOW && mark->kind == NN_MARK_SINGLE_LEFT);
}

/** True when a closing mark can be no apostrophe: a sentence's mark touches it, or no s stands
 * before it. */
static bool is_strong(const nn_words *words, const nn_mark *mark)
{
    if (mark->before != NN_EDGE_WORD || mark->after == NN_EDGE_CLOSE) {
        return true;
    }
    char last = words->text.data[mark->start - 1];
    return last != 's' && last != 'n' && last != 'S';
}

/** Adds the span from the mark that is open to the mark `close`, or to the paragraph's end when
 * NULL. */
static nuncio_status emit(const single *s, nn_span_list *out, const nn_mark *close,
                          nuncio_error *error)
{
    const nn_words *words = s->words;
    const nn_paragraph *paragraph = &words->paragraphs[s->open->paragraph];
    nn_span_marked span = {.start = s->open->start + s->open->size,
                           .end = close != NULL ? close->start : paragraph->end,
                           .outer_start = s->open->start,
                           .word_begin = s->open->word,
                           .word_end = close != NULL ? close->word : paragraph->word_end,
                           .paragraph = s->open->paragraph};
    nn_span_trim(words->text, &span.start, &span.end);
    if (span.word_begin >= span.word_end || span.start >= span.end) {
        return NUNCIO_OK;
    }
    span.outer_end = close != NULL ? close->start + close->size : span.end;
    span.flags |= s->resumes ? NN_SPAN_RESUMES : 0u;
    span.flags |= close == NULL ? NN_SPAN_GOES_ON : 0u;
    NN_TRY(nn_reserve(words->memory, &out->items, &out->capacity, out->count + 1,
                      sizeof *out->items, error));
    out->items[out->count++] = span;
    return NUNCIO_OK;
}

static nuncio_status close_weak(single *s, nn_span_list *out, nuncio_error *error)
{
    if (s->open != NULL && s->weak != NULL) {
        NN_TRY(emit(s, out, s->weak, error));
    }
    s->open = NULL;
    s->weak = NULL;
    return NUNCIO_OK;
}

/** True when the next paragraph opens with ‘ again. */
static bool next_resumes(const nn_words *words, uint32_t paragraph)
{
    if (paragraph + 1 >= words->paragraph_count) {
        return false;
    }
    const nn_paragraph *next = &words->paragraphs[paragraph + 1];
    const nn_mark *first = &words->marks[next->mark_begin];
    return next->mark_begin < next->mark_end && first->start == next->start &&
           first->kind == NN_MARK_SINGLE_LEFT;
}

/** Ends a paragraph; `*goes_on` says whether the next one resumes its last quote. */
static nuncio_status end_paragraph(single *s, uint32_t number, nn_span_list *out, bool *goes_on,
                                   nuncio_error *error)
{
    *goes_on = s->open != NULL && s->open->kind == NN_MARK_SINGLE_LEFT && s->weak == NULL &&
               next_resumes(s->words, number);
    if (*goes_on) {
        NN_TRY(emit(s, out, NULL, error));
        s->open = NULL;
    }
    return close_weak(s, out, error);
}

nuncio_status nn_spans_find_single(const nn_words *words, const nn_span_list *doubles,
                                   nn_span_list *out, nuncio_error *error)
{
    single s = {.words = words, .doubles = doubles};
    bool goes_on = false;
    for (uint32_t p = 0; p < words->paragraph_count; p++) {
        const nn_paragraph *paragraph = &words->paragraphs[p];
        for (uint32_t i = paragraph->mark_begin; i < paragraph->mark_end; i++) {
            const nn_mark *mark = &words->marks[i];
            if (nn_mark_family(mark) < NN_FAMILY_SINGLE || is_inside(&s, mark)) {
                continue;
            }
            if (s.open != NULL && closes(s.open, mark)) {
                s.weak = mark;
                if (is_strong(words, mark)) {
                    NN_TRY(close_weak(&s, out, error));
                }
            } else if (opens(words, mark)) {
                NN_TRY(close_weak(&s, out, error));
                s.open = mark;
                s.resumes = goes_on && mark->start == paragraph->start;
            }
        }
        NN_TRY(end_paragraph(&s, p, out, &goes_on, error));
    }
    return NUNCIO_OK;
}

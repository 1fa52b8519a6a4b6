/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/spans.h"

#include "annotate/quotes/cues.h"
#include "annotate/quotes/marks.h"
#include "core/error.h"

/* Marks pair within a paragraph, one family at a time (curly with straight, angles, corners):
 * inside a span the other families are quotes within the quote. A mark's direction comes from its
 * glyph where its neighbours do not say the contrary, from its neighbours otherwise, and from the
 * state where both are silent.
 *
 *   “A,” b “C.”           two spans
 *   “A “b” c.”            one span, b is nested: two closing marks follow
 *   “A, he said. “B.”     A was not closed: it ends before its attribution
 *   “A,” b c,” he said.   c was not opened: it begins after A's mark
 *   “A.  ¶  “B.”          A goes on, B resumes */

enum { LOOK_AHEAD = 16 }; /* marks looked at to tell a nested quote from a missing mark */

typedef struct pairing {
    const nn_words *words;
    nn_span_list *spans;
    nuncio_error *error;
    const nn_paragraph *paragraph;
    uint32_t number;               /* of the paragraph */
    uint32_t left[NN_FAMILIES];    /* marks ahead in the paragraph that may close */
    uint32_t carried;              /* family left open by the paragraph before, + 1 */
    uint32_t carries;              /* family left open by this one, + 1 */
    uint32_t done_byte, done_word; /* end of the last span in this paragraph, marks included */
} pairing;

/** Adds a span whose words lie within `start` … `end`; the outer range is given with it. */
static nuncio_status emit(pairing *p, nn_span_marked span)
{
    const nn_words *words = p->words;
    span.paragraph = p->number;
    nn_span_trim(words->text, &span.start, &span.end);
    if (span.word_begin >= span.word_end || span.start >= span.end) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_reserve(words->memory, &p->spans->items, &p->spans->capacity, p->spans->count + 1,
                      sizeof *p->spans->items, p->error));
    p->spans->items[p->spans->count++] = span;
    return NUNCIO_OK;
}

static uint32_t mark_end(const nn_mark *mark)
{
    return mark->start + mark->size;
}

static void set_done(pairing *p, uint32_t byte, uint32_t word)
{
    p->done_byte = byte;
    p->done_word = word;
}

/** Flags of a span that opens with `mark`: does it resume the paragraph before? */
static uint32_t opening_flags(const pairing *p, const nn_mark *mark)
{
    bool first = mark->start == p->paragraph->start;
    return first && p->carried == nn_mark_family(mark) + 1 ? NN_SPAN_RESUMES : 0;
}

static nuncio_status emit_pair(pairing *p, const nn_mark *open, const nn_mark *close)
{
    set_done(p, mark_end(close), close->word);
    return emit(p, (nn_span_marked){.start = mark_end(open),
                                    .end = close->start,
                                    .outer_start = open->start,
                                    .outer_end = mark_end(close),
                                    .word_begin = open->word,
                                    .word_end = close->word,
                                    .flags = opening_flags(p, open)});
}

/** True when the next paragraph opens with a mark of the family: the convention for a quote that
 * goes on. */
static bool next_resumes(const pairing *p, uint32_t family)
{
    const nn_words *words = p->words;
    if (p->number + 1 >= words->paragraph_count) {
        return false;
    }
    const nn_paragraph *next = &words->paragraphs[p->number + 1];
    if (next->mark_begin == next->mark_end) {
        return false;
    }
    const nn_mark *first = &words->marks[next->mark_begin];
    return first->start == next->start && nn_mark_family(first) == family;
}

/** First word of the attribution behind a comma in [begin, end): We go*, Marin said.* NN_WORD_NONE:
 * none. */
static uint32_t find_attribution(const nn_words *words, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin + 1; i < end; i++) {
        nn_words_count_work(words, 1);
        if ((words->gaps[i] & NN_GAP_COMMA) != 0 && nn_cue_after(words, i, end) != NN_WORD_NONE) {
            return i;
        }
    }
    return NN_WORD_NONE;
}

static bool holds_sentence_start(const nn_words *words, uint32_t begin, uint32_t end)
{
    for (uint32_t i = begin; i < end; i++) {
        nn_words_count_work(words, 1);
        if ((words->gaps[i] & NN_GAP_SENTENCE) != 0) {
            return true;
        }
    }
    return false;
}

/** Emits a span whose closing mark is missing: up to its attribution, else up to `limit`. One that
 * the next paragraph takes up was not to be closed, unless an attribution ends the paragraph. */
static nuncio_status emit_unclosed(pairing *p, const nn_mark *open, uint32_t limit,
                                   uint32_t limit_word)
{
    const nn_words *words = p->words;
    nn_span_marked span = {.start = mark_end(open),
                           .end = limit,
                           .outer_start = open->start,
                           .word_begin = open->word,
                           .word_end = limit_word,
                           .flags = opening_flags(p, open)};
    uint32_t told = find_attribution(words, open->word, limit_word);
    bool resumed = limit == p->paragraph->end && next_resumes(p, nn_mark_family(open));
    if (resumed && (told == NN_WORD_NONE || holds_sentence_start(words, told, limit_word))) {
        p->carries = nn_mark_family(open) + 1;
        span.flags |= NN_SPAN_GOES_ON;
    } else {
        span.flags |= NN_SPAN_NO_CLOSE;
        if (told != NN_WORD_NONE) {
            span.end = words->tokens[told - 1].end;
            span.word_end = told;
        }
    }
    span.outer_end = span.end;
    nn_span_trim(words->text, &span.outer_start, &span.outer_end);
    set_done(p, span.end, span.word_end);
    return emit(p, span);
}

/** Emits a span whose opening mark is missing, or nothing when `close` is no quotation mark after
 * all. */
static nuncio_status emit_unopened(pairing *p, const nn_mark *close)
{
    const nn_words *words = p->words;
    bool attributed = nn_cue_after(words, close->word, p->paragraph->word_end) != NN_WORD_NONE;
    if (close->after_digit || (!attributed && close->before != NN_EDGE_CLOSE)) {
        return NUNCIO_OK;
    }
    uint32_t start = p->paragraph->start;
    uint32_t begin = p->paragraph->word_begin;
    if (p->done_word > begin || p->done_byte > start) {
        start = p->done_byte;
        begin = p->done_word;
        uint32_t cue = nn_cue_after(words, begin, close->word);
        /* the attribution of the span before stands first: the words begin with the sentence after
         * it */
        for (uint32_t i = cue; i < close->word; i++) {
            nn_words_count_work(words, 1);
            if (i > cue && (words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_COMMA)) != 0) {
                begin = i;
                start = words->tokens[i].start;
                break;
            }
        }
    }
    set_done(p, mark_end(close), close->word);
    uint32_t end = close->start;
    nn_span_trim(words->text, &start, &end);
    return emit(p, (nn_span_marked){.start = start,
                                    .end = end,
                                    .outer_start = start,
                                    .outer_end = mark_end(close),
                                    .word_begin = begin,
                                    .word_end = close->word,
                                    .flags = NN_SPAN_NO_OPEN});
}

/** True when an opening mark inside an open span is a quote within it: two closing marks come next.
 */
static bool is_nested(const pairing *p, uint32_t at)
{
    const nn_mark *marks = p->words->marks;
    uint32_t family = nn_mark_family(&marks[at]);
    uint32_t closing = 0;
    for (uint32_t i = at + 1; i < p->paragraph->mark_end && i <= at + LOOK_AHEAD; i++) {
        nn_words_count_work(p->words, 1);
        if (nn_mark_family(&marks[i]) != family) {
            continue;
        }
        if (nn_mark_reads(&marks[i], true) != NN_READS_CLOSE) {
            return false;
        }
        if (++closing == 2) {
            return true;
        }
    }
    return false;
}

/** Pairs the marks of double rank in one paragraph. */
static nuncio_status pair_doubles(pairing *p)
{
    const nn_mark *marks = p->words->marks;
    const nn_mark *open = NULL;
    const nn_mark *last_close = NULL; /* closed a nested quote of the span that is open */
    uint32_t depth = 0;
    for (uint32_t i = p->paragraph->mark_begin; i < p->paragraph->mark_end; i++) {
        const nn_mark *mark = &marks[i];
        uint32_t family = nn_mark_family(mark);
        if (family >= NN_FAMILY_SINGLE || (open != NULL && family != nn_mark_family(open))) {
            continue;
        }
        p->left[family] -= nn_mark_may_close(mark) ? 1u : 0u;
        int direction = nn_mark_reads(mark, open != NULL);
        if (open != NULL && open->kind != NN_MARK_STRAIGHT && mark->kind == NN_MARK_STRAIGHT &&
            mark->after_digit && p->left[family] > 0) {
            continue; /* inches: “It is 5" long,” */
        }
        if (open == NULL && opening_flags(p, mark) != 0) {
            direction = NN_READS_OPEN; /* » too may resume a paragraph that « left open */
        }
        if (open == NULL && direction == NN_READS_OPEN) {
            bool inches = mark->kind == NN_MARK_STRAIGHT && mark->after_digit;
            open = inches ? NULL : mark;
            depth = 0;
            last_close = NULL;
        } else if (open == NULL) {
            NN_TRY(emit_unopened(p, mark));
        } else if (direction == NN_READS_OPEN && is_nested(p, i)) {
            depth++;
        } else if (direction == NN_READS_OPEN) {
            NN_TRY(emit_unclosed(p, open, mark->start, mark->word));
            open = mark;
            depth = 0;
            last_close = NULL;
        } else if (depth > 0) {
            depth--;
            last_close = mark;
        } else {
            NN_TRY(emit_pair(p, open, mark));
            open = NULL;
        }
        if (open == mark && p->left[family] == 0) {
            /* nothing ahead can close it: do not let it swallow other families' marks */
            uint32_t next = i + 1;
            while (next < p->paragraph->mark_end &&
                   nn_mark_family(&marks[next]) >= NN_FAMILY_SINGLE) {
                next++;
            }
            bool last = next == p->paragraph->mark_end;
            NN_TRY(emit_unclosed(p, open, last ? p->paragraph->end : marks[next].start,
                                 last ? p->paragraph->word_end : marks[next].word));
            open = NULL;
        }
    }
    if (open != NULL && last_close != NULL) {
        return emit_pair(p, open, last_close);
    }
    return open == NULL ? NUNCIO_OK
                        : emit_unclosed(p, open, p->paragraph->end, p->paragraph->word_end);
}

/** Counts what could close in a paragraph, a family. */
static void count_closing(pairing *p)
{
    for (uint32_t family = 0; family < NN_FAMILIES; family++) {
        p->left[family] = 0;
    }
    for (uint32_t i = p->paragraph->mark_begin; i < p->paragraph->mark_end; i++) {
        const nn_mark *mark = &p->words->marks[i];
        p->left[nn_mark_family(mark)] += nn_mark_may_close(mark) ? 1u : 0u;
    }
}

/** Merges the spans of single marks into those of double rank; what lies inside another is dropped.
 */
static nuncio_status merge(const nn_words *words, nn_span_list *spans, const nn_span_list *doubles,
                           const nn_span_list *singles, nuncio_error *error)
{
    NN_TRY(nn_reserve(words->memory, &spans->items, &spans->capacity,
                      doubles->count + singles->count, sizeof *spans->items, error));
    size_t d = 0;
    size_t s = 0;
    uint32_t end = 0;
    while (d < doubles->count || s < singles->count) {
        bool take_single =
            d == doubles->count ||
            (s < singles->count && singles->items[s].start < doubles->items[d].start);
        const nn_span_marked *next = take_single ? &singles->items[s++] : &doubles->items[d++];
        if (next->start >= end) {
            spans->items[spans->count++] = *next;
            end = next->end;
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_spans_find(const nn_words *words, nn_spans *spans, nuncio_error *error)
{
    spans->found.count = 0;
    spans->doubles.count = 0;
    spans->singles.count = 0;
    pairing p = {.words = words, .spans = &spans->doubles, .error = error};
    for (uint32_t i = 0; i < words->paragraph_count; i++) {
        p.paragraph = &words->paragraphs[i];
        p.number = i;
        p.carried = p.carries;
        p.carries = 0;
        if (p.paragraph->mark_begin < p.paragraph->mark_end) {
            set_done(&p, p.paragraph->start, p.paragraph->word_begin);
            count_closing(&p);
            NN_TRY(pair_doubles(&p));
        }
    }
    NN_TRY(nn_spans_find_single(words, &spans->doubles, &spans->singles, error));
    return merge(words, &spans->found, &spans->doubles, &spans->singles, error);
}

void nn_spans_deinit(nn_spans *spans, nn_memory *memory)
{
    nn_span_list *lists[] = {&spans->found, &spans->doubles, &spans->singles};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        nn_release(memory, lists[i]->items, lists[i]->capacity * sizeof *lists[i]->items);
        *lists[i] = (nn_span_list){0};
    }
}

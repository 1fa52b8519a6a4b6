/* SPDX-License-Identifier: Apache-2.0 */
/* F1 by CoNLL's rule, over persons, places (facilities too) and organisations, as the model gives
 * them in whole floating point; bench/quality measures what the program makes of it. */
#include <string.h>

#include "crf.h"
#include "trainer.h"

enum { EVAL_PERSON, EVAL_PLACE, EVAL_BODY, EVAL_EVENT, EVAL_PEOPLE, EVAL_KINDS, EVAL_NONE };

static uint32_t eval_kind(uint8_t kind)
{
    static const uint8_t kinds[] = {EVAL_PERSON, EVAL_PLACE,  EVAL_PLACE, EVAL_BODY,
                                    EVAL_EVENT,  EVAL_PEOPLE, EVAL_NONE};
    return kinds[kind];
}

typedef struct counts {
    uint32_t right, found, wanted;
} counts;

static double ratio(uint32_t part, uint32_t whole)
{
    return whole == 0 ? 0 : 100.0 * part / whole;
}

static double f1(counts c)
{
    return ratio(2 * c.right, c.found + c.wanted);
}

uint32_t run_end(const document *d, uint32_t begin, bool labelled)
{
    const uint64_t apart =
        NN_GAP_PARAGRAPH | NN_GAP_OPEN | NN_GAP_CLOSE | NN_GAP_COLON |
        NN_GAP_SEMICOLON; /* as nn_name_parts, but for ends of sentences, which may be none */
    uint32_t end = begin;
    while (end < d->count && d->scored[end] && (!labelled || d->allowed[end] != 0) &&
           (end == begin || (d->marks[end].bits[0] & apart) == 0)) {
        end++;
    }
    return end;
}

static size_t find_spans(trainer *t, const document *d, gold_span *spans)
{
    const dropout none = {0};
    const float *scores = net_forward(&t->n, t->p, d, t->forms, t->vocabulary_size, &none, NULL);
    uint8_t *tags = zeroed(d->count, 1);
    for (uint32_t i = 0; i < d->count;) {
        uint32_t end = run_end(d, i, false);
        if (end > i) {
            crf_best(scores, i, end, &t->n.chain, tags);
        }
        i = end > i ? end : i + 1;
    }
    size_t count = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        if (tags[i] == 0) {
            continue;
        }
        bool goes_on = tags[i] % 2 == 0 && count > 0 && spans[count - 1].end == i &&
                       TAG_I(spans[count - 1].kind) == tags[i];
        if (goes_on) {
            spans[count - 1].end = i + 1;
        } else {
            spans[count++] = (gold_span){i, i + 1, (uint8_t)((tags[i] - 1) / 2), true};
        }
    }
    free(tags);
    return count;
}

/** The span that has the same ends and kind, or NULL; `*touching` is one that overlaps. */
static const gold_span *find_equal(const gold_span *spans, size_t count, const gold_span *s,
                                   const gold_span **touching)
{
    *touching = NULL;
    for (size_t i = 0; i < count; i++) {
        if (spans[i].begin >= s->end || spans[i].end <= s->begin) {
            continue;
        }
        *touching = &spans[i];
        if (spans[i].begin == s->begin && spans[i].end == s->end &&
            eval_kind(spans[i].kind) == eval_kind(s->kind)) {
            return &spans[i];
        }
    }
    return NULL;
}

static void print_error(const trainer *t, const document *d, const gold_span *s, char sign,
                        const gold_span *other)
{
    printf("%c %c %c ", sign, "PLFOENM"[s->kind], other != NULL ? "PLFOENM"[other->kind] : '-');
    uint32_t from = s->begin > 5 ? s->begin - 5 : 0;
    for (uint32_t i = from; i < s->end + 5 && i < d->count; i++) {
        nuncio_str word = nn_analyzer_surface(t->r.analyzer, d->surfaces[i]);
        printf("%s%.*s%s ", i == s->begin ? "[" : "", (int)word.size, word.data,
               i + 1 == s->end ? "]" : "");
    }
    printf("\n");
}

static void count_document(trainer *t, const document *d, gold_span *spans, counts *c, bool errors)
{
    size_t found = find_spans(t, d, spans);
    const gold_span *other;
    for (size_t i = 0; i < d->gold_count; i++) {
        uint32_t kind = eval_kind(d->gold[i].kind);
        if (kind != EVAL_NONE) {
            c[kind].wanted++;
        }
        if (errors && kind <= EVAL_BODY && !find_equal(spans, found, &d->gold[i], &other)) {
            print_error(t, d, &d->gold[i], '-', other);
        }
    }
    for (size_t i = 0; i < found; i++) {
        uint32_t kind = eval_kind(spans[i].kind);
        const gold_span *equal = find_equal(d->gold, d->gold_count, &spans[i], &other);
        /* outside the labelled ranges nothing is wrong */
        if (kind == EVAL_NONE || (d->allowed[spans[i].begin] == 0 && other == NULL)) {
            continue;
        }
        c[kind].found++;
        c[kind].right += equal != NULL;
        if (errors && equal == NULL && kind <= EVAL_BODY) {
            print_error(t, d, &spans[i], '+', other);
        }
    }
}

static void print_source(const char *name, const counts *c, bool brief)
{
    counts all = {0};
    for (size_t k = 0; k <= EVAL_BODY; k++) {
        all.right += c[k].right;
        all.found += c[k].found;
        all.wanted += c[k].wanted;
    }
    if (brief) {
        printf(" %s %.1f", name, f1(all));
        return;
    }
    printf("%-10s %5.1f (precision %.1f recall %.1f)  person %.1f place %.1f organisation %.1f | "
           "event %.1f nationality %.1f  (%u names)\n",
           name, f1(all), ratio(all.right, all.found), ratio(all.right, all.wanted),
           f1(c[EVAL_PERSON]), f1(c[EVAL_PLACE]), f1(c[EVAL_BODY]), f1(c[EVAL_EVENT]),
           f1(c[EVAL_PEOPLE]), all.wanted);
}

void evaluate(trainer *t, bool brief)
{
    counts by_source[SOURCES_MAX][EVAL_KINDS] = {0};
    size_t room = 0;
    for (size_t k = 0; k < t->dev.count; k++) {
        room = t->dev.items[k].count > room ? t->dev.items[k].count : room;
    }
    gold_span *spans = zeroed(room + 1, sizeof *spans);
    for (size_t k = 0; k < t->dev.count; k++) {
        const document *d = &t->dev.items[k];
        count_document(t, d, spans, by_source[d->source], t->o.errors && !brief);
    }
    for (size_t s = 0; s < t->dev.source_count; s++) {
        print_source(t->dev.sources[s], by_source[s], brief);
    }
    if (brief) {
        printf("\n");
    }
    fflush(stdout);
    free(spans);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "net.h"

#include "matrix.h"

#include <math.h>
#include <string.h>

struct pass {
    size_t words, folds, forms;
    float *x; /* [words + 2 * REACH][ROW] */
    float *dx;
    float *h, *dh; /* [words + 2][HIDDEN], 0 where not needed */
    float *pooled, *dpooled;
    float *g, *dg, *scores, *dscores;
    float *mask_h, *mask_g;
    uint8_t *needed;     /* h is */
    uint32_t *pool_of;   /* by word: number of its pool, or UINT32_MAX */
    uint32_t *pool_from; /* [pools][HIDDEN] word the maximum comes from */
    uint32_t pools;
    uint32_t *pool_of_fold;
    uint32_t *fold_stamp, stamp;
    uint32_t **used_rows; /* by word: rows summed */
    uint32_t *used_count;
    uint32_t *row_room;
    size_t row_room_count, row_room_capacity;
    /* by form, in this document */
    uint32_t *form_stamp;
    uint8_t *form_drop;
};

pass *pass_create(void)
{
    return zeroed(1, sizeof(pass));
}

void net_init(net *n, size_t row_count, prng *random)
{
    memset(n, 0, sizeof *n);
    n->row_count = row_count;
    tensor_init(&n->rows, row_count, ROW, 0, true, random);
    tensor_init(&n->window, OFFSETS * ROW, HIDDEN, 0.06f, false, random);
    tensor_init(&n->marks, OFFSETS * MARK_ROWS, HIDDEN, 0.06f, false, random);
    tensor_init(&n->hidden_bias, 1, HIDDEN, 0, false, random);
    tensor_init(&n->upper, INPUTS * HIDDEN, UPPER, 0.08f, false, random);
    tensor_init(&n->upper_bias, 1, UPPER, 0, false, random);
    tensor_init(&n->out, UPPER, LANES, 0.1f, false, random);
    tensor_init(&n->out_bias, 1, LANES, 0, false, random);
    tensor_init(&n->chain, LANES, LANES, 0, false, random);
}

static void make_room(pass *p, const document *d, size_t forms, size_t folds)
{
    if (d->count > p->words || p->x == NULL) {
        p->words = d->count * 2 + 64;
        size_t words = p->words + 2 * REACH;
        p->x = zeroed(words, ROW * sizeof(float));
        p->dx = zeroed(words, ROW * sizeof(float));
        p->h = zeroed(words, HIDDEN * sizeof(float));
        p->dh = zeroed(words, HIDDEN * sizeof(float));
        p->pooled = zeroed(words, HIDDEN * sizeof(float));
        p->dpooled = zeroed(words, HIDDEN * sizeof(float));
        p->mask_h = zeroed(words, HIDDEN * sizeof(float));
        p->g = zeroed(words, UPPER * sizeof(float));
        p->dg = zeroed(words, UPPER * sizeof(float));
        p->mask_g = zeroed(words, UPPER * sizeof(float));
        p->scores = zeroed(words, LANES * sizeof(float));
        p->needed = zeroed(words, 1);
        p->pool_of = zeroed(words, sizeof *p->pool_of);
        p->pool_from = zeroed(words, HIDDEN * sizeof *p->pool_from);
        p->used_rows = zeroed(words, sizeof *p->used_rows);
        p->used_count = zeroed(words, sizeof *p->used_count);
        p->row_room = zeroed(words, NN_FORM_ROWS_MAX * sizeof *p->row_room);
    }
    if (folds > p->folds) {
        p->folds = folds * 2;
        p->pool_of_fold = zeroed(p->folds, sizeof *p->pool_of_fold);
        p->fold_stamp = zeroed(p->folds, sizeof *p->fold_stamp);
        p->stamp = 0;
    }
    if (forms > p->forms) {
        p->forms = forms * 2;
        p->form_stamp = zeroed(p->forms, sizeof *p->form_stamp);
        p->form_drop = zeroed(p->forms, 1);
        p->stamp = 0;
        if (p->fold_stamp != NULL) {
            memset(p->fold_stamp, 0, p->folds * sizeof *p->fold_stamp);
        }
    }
}

enum { DROP_WORD = 1, DROP_AFFIX = 2, DROP_KNOWN = 4 };

static uint8_t draw_drop(const dropout *drop, prng *random)
{
    uint32_t bits = 0;
    bits |= prng_float(random) < drop->word ? DROP_WORD : 0;
    bits |= prng_float(random) < drop->affix ? DROP_AFFIX : 0;
    bits |= prng_float(random) < drop->known ? DROP_KNOWN : 0;
    return (uint8_t)bits;
}

/* Rows of each word, after dropout, and their sums. What is dropped is the same wherever a form
 * stands in the document: else its other places would give it away. */
static void sum_rows(const net *n, pass *p, const document *d, const form_rows *forms,
                     uint32_t vocabulary, const dropout *drop, prng *random)
{
    size_t room = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        uint32_t form = d->surfaces[i];
        const form_rows *from = &forms[form];
        uint8_t dropped = 0;
        if (random != NULL) {
            if (p->form_stamp[form] != p->stamp) {
                p->form_stamp[form] = p->stamp;
                p->form_drop[form] = draw_drop(drop, random);
            }
            dropped = p->form_drop[form];
        }
        uint32_t *rows = p->row_room + room;
        uint32_t count = 0;
        for (uint32_t k = 0; k < from->count; k++) {
            uint32_t row = from->rows[k];
            uint32_t block = row < vocabulary ? 0 : row - vocabulary;
            bool affix = row >= vocabulary && block >= NN_ROWS_PREFIX;
            bool known = row >= vocabulary && block >= NN_ROWS_KNOWN && block < NN_ROWS_CLASS;
            if ((affix && (dropped & DROP_AFFIX)) || (known && (dropped & DROP_KNOWN))) {
                continue;
            }
            rows[count++] = row < vocabulary && (dropped & DROP_WORD) ? 0 : row;
        }
        p->used_rows[i] = rows;
        p->used_count[i] = count;
        room += count;
        float *x = p->x + (size_t)(i + REACH) * ROW;
        memset(x, 0, ROW * sizeof(float));
        for (uint32_t k = 0; k < count; k++) {
            const float *row = n->rows.value + (size_t)rows[k] * ROW;
            for (size_t j = 0; j < ROW; j++) {
                x[j] += row[j];
            }
        }
    }
    memset(p->x, 0, REACH * ROW * sizeof(float));
    memset(p->x + (size_t)(d->count + REACH) * ROW, 0, REACH * ROW * sizeof(float));
}

static bool opens_paragraph(const document *d, uint32_t i)
{
    return (d->marks[i].bits[0] & NN_GAP_PARAGRAPH) != 0;
}

/** The offsets at which word i sees words of its own paragraph: from, to. */
static void visible(const document *d, uint32_t i, int *from, int *to)
{
    *from = 0;
    while (*from > -REACH && (int)i + *from > 0 &&
           !opens_paragraph(d, (uint32_t)((int)i + *from))) {
        (*from)--;
    }
    *to = 0;
    while (*to < REACH && (int)i + *to + 1 < (int)d->count &&
           !opens_paragraph(d, (uint32_t)((int)i + *to + 1))) {
        (*to)++;
    }
}

static void each_mark(const document *d, uint32_t i, int from, int to, float *marks_base,
                      void (*visit)(float *row, float *with), float *with)
{
    for (int o = -REACH; o <= REACH; o++) {
        float *base = marks_base + (size_t)(o + REACH) * MARK_ROWS * HIDDEN;
        if (o < from || o > to) {
            visit(base + (size_t)MARK_OUTSIDE * HIDDEN, with);
            continue;
        }
        const nn_word_marks *marks = &d->marks[(int)i + o];
        for (uint32_t half = 0; half < 2; half++) {
            for (uint64_t bits = marks->bits[half]; bits != 0; bits &= bits - 1) {
                visit(base + (size_t)(half * 64 + nn_ctz64(bits)) * HIDDEN, with);
            }
        }
    }
}

static void add_row(float *row, float *with)
{
    for (size_t j = 0; j < HIDDEN; j++) {
        with[j] += row[j];
    }
}

static void add_to_row(float *row, float *with)
{
    for (size_t j = 0; j < HIDDEN; j++) {
        row[j] += with[j];
    }
}

static void apply_mask(float *values, float *mask, size_t count, float rate, prng *random)
{
    if (random == NULL || rate <= 0) {
        for (size_t j = 0; j < count; j++) {
            mask[j] = values[j] > 0 ? 1.0f : 0.0f;
        }
    } else {
        float keep = 1.0f / (1.0f - rate);
        for (size_t j = 0; j < count; j++) {
            mask[j] = values[j] > 0 && prng_float(random) >= rate ? keep : 0.0f;
        }
    }
    for (size_t j = 0; j < count; j++) {
        values[j] *= mask[j];
    }
}

static void forward_hidden(const net *n, pass *p, const document *d, const dropout *drop,
                           prng *random)
{
    for (uint32_t i = 0; i < d->count; i++) {
        p->needed[i] = d->scored[i];
        p->needed[i] |= i > 0 && d->scored[i - 1] && !opens_paragraph(d, i);
        p->needed[i] |= i + 1 < d->count && d->scored[i + 1] && !opens_paragraph(d, i + 1);
        float *h = p->h + (size_t)(i + 1) * HIDDEN;
        if (!p->needed[i]) {
            continue;
        }
        memcpy(h, n->hidden_bias.value, HIDDEN * sizeof(float));
        int from, to;
        visible(d, i, &from, &to);
        const float *x = p->x + (size_t)((int)i + REACH + from) * ROW;
        const float *window = n->window.value + (size_t)(from + REACH) * ROW * HIDDEN;
        multiply(h, x, window, (size_t)(to - from + 1) * ROW, HIDDEN);
        each_mark(d, i, from, to, n->marks.value, add_row, h);
        apply_mask(h, p->mask_h + (size_t)(i + 1) * HIDDEN, HIDDEN, drop->hidden, random);
    }
}

static bool has_capital_mark(const document *d, uint32_t i)
{
    return d->scored[i] != 0;
}

static void pool_words(pass *p, const document *d)
{
    p->pools = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        p->pool_of[i] = UINT32_MAX;
        if (!has_capital_mark(d, i)) {
            continue;
        }
        uint32_t fold = d->folds[i];
        const float *h = p->h + (size_t)(i + 1) * HIDDEN;
        bool first = p->fold_stamp[fold] != p->stamp;
        if (first) {
            p->fold_stamp[fold] = p->stamp;
            p->pool_of_fold[fold] = p->pools++;
        }
        uint32_t pool = p->pool_of_fold[fold];
        p->pool_of[i] = pool;
        float *pooled = p->pooled + (size_t)pool * HIDDEN;
        uint32_t *from = p->pool_from + (size_t)pool * HIDDEN;
        for (size_t j = 0; j < HIDDEN; j++) {
            if (first || h[j] > pooled[j]) {
                pooled[j] = h[j];
                from[j] = i;
            }
        }
    }
    memset(p->dpooled, 0, (size_t)p->pools * HIDDEN * sizeof(float));
}

/** h of a neighbour, or NULL beyond the paragraph. */
static float *neighbour(float *of, const document *d, uint32_t i, int o)
{
    if ((o < 0 && (i == 0 || opens_paragraph(d, i))) ||
        (o > 0 && (i + 1 >= d->count || opens_paragraph(d, i + 1)))) {
        return NULL;
    }
    return of + (size_t)((int)i + 1 + o) * HIDDEN;
}

static void inputs_of(float *h, float *pooled, const pass *p, const document *d, uint32_t i,
                      float *inputs[INPUTS])
{
    inputs[0] = neighbour(h, d, i, -1);
    inputs[1] = neighbour(h, d, i, 0);
    inputs[2] = neighbour(h, d, i, 1);
    inputs[3] = p->pool_of[i] == UINT32_MAX ? NULL : pooled + (size_t)p->pool_of[i] * HIDDEN;
}

const float *net_forward(const net *n, pass *p, const document *d, const form_rows *forms,
                         uint32_t vocabulary, const dropout *drop, prng *random)
{
    size_t form_max = 0, fold_max = 0;
    for (uint32_t i = 0; i < d->count; i++) {
        form_max = d->surfaces[i] > form_max ? d->surfaces[i] : form_max;
        fold_max = d->folds[i] > fold_max ? d->folds[i] : fold_max;
    }
    make_room(p, d, form_max + 1, fold_max + 1);
    p->stamp++;
    sum_rows(n, p, d, forms, vocabulary, drop, random);
    forward_hidden(n, p, d, drop, random);
    pool_words(p, d);
    for (uint32_t i = 0; i < d->count; i++) {
        if (!d->scored[i]) {
            continue;
        }
        float *g = p->g + (size_t)i * UPPER;
        memcpy(g, n->upper_bias.value, UPPER * sizeof(float));
        float *inputs[INPUTS];
        inputs_of(p->h, p->pooled, p, d, i, inputs);
        for (size_t k = 0; k < INPUTS; k++) {
            if (inputs[k] != NULL) {
                multiply(g, inputs[k], n->upper.value + k * HIDDEN * UPPER, HIDDEN, UPPER);
            }
        }
        apply_mask(g, p->mask_g + (size_t)i * UPPER, UPPER, drop->upper, random);
        float *scores = p->scores + (size_t)i * LANES;
        memcpy(scores, n->out_bias.value, LANES * sizeof(float));
        multiply(scores, g, n->out.value, UPPER, LANES);
    }
    return p->scores;
}

static void backward_upper(net *n, pass *p, const document *d, const float *score_gradient)
{
    for (uint32_t i = 0; i < d->count; i++) {
        if (!d->scored[i]) {
            continue;
        }
        const float *ds = score_gradient + (size_t)i * LANES;
        float *g = p->g + (size_t)i * UPPER;
        float dg[UPPER] = {0};
        for (size_t j = 0; j < LANES; j++) {
            n->out_bias.gradient[j] += ds[j];
        }
        add_outer(n->out.gradient, g, ds, UPPER, LANES);
        multiply_back(dg, n->out.value, ds, UPPER, LANES);
        const float *mask = p->mask_g + (size_t)i * UPPER;
        for (size_t j = 0; j < UPPER; j++) {
            dg[j] *= mask[j];
            n->upper_bias.gradient[j] += dg[j];
        }
        float *inputs[INPUTS], *back[INPUTS];
        inputs_of(p->h, p->pooled, p, d, i, inputs);
        inputs_of(p->dh, p->dpooled, p, d, i, back);
        for (size_t k = 0; k < INPUTS; k++) {
            if (inputs[k] != NULL) {
                add_outer(n->upper.gradient + k * HIDDEN * UPPER, inputs[k], dg, HIDDEN, UPPER);
                multiply_back(back[k], n->upper.value + k * HIDDEN * UPPER, dg, HIDDEN, UPPER);
            }
        }
    }
}

static void backward_hidden(net *n, pass *p, const document *d)
{
    for (uint32_t i = 0; i < d->count; i++) {
        if (!p->needed[i]) {
            continue;
        }
        float *dh = p->dh + (size_t)(i + 1) * HIDDEN;
        const float *mask = p->mask_h + (size_t)(i + 1) * HIDDEN;
        for (size_t j = 0; j < HIDDEN; j++) {
            dh[j] *= mask[j];
            n->hidden_bias.gradient[j] += dh[j];
        }
        int from, to;
        visible(d, i, &from, &to);
        size_t depth = (size_t)(to - from + 1) * ROW;
        const float *x = p->x + (size_t)((int)i + REACH + from) * ROW;
        float *dx = p->dx + (size_t)((int)i + REACH + from) * ROW;
        size_t at = (size_t)(from + REACH) * ROW * HIDDEN;
        add_outer(n->window.gradient + at, x, dh, depth, HIDDEN);
        multiply_back(dx, n->window.value + at, dh, depth, HIDDEN);
        each_mark(d, i, from, to, n->marks.gradient, add_to_row, dh);
    }
}

void net_backward(net *n, pass *p, const document *d, const float *score_gradient)
{
    memset(p->dh, 0, (size_t)(d->count + 2) * HIDDEN * sizeof(float));
    memset(p->dx, 0, (size_t)(d->count + 2 * REACH) * ROW * sizeof(float));
    backward_upper(n, p, d, score_gradient);
    for (uint32_t pool = 0; pool < p->pools; pool++) {
        const uint32_t *from = p->pool_from + (size_t)pool * HIDDEN;
        const float *dpooled = p->dpooled + (size_t)pool * HIDDEN;
        for (size_t j = 0; j < HIDDEN; j++) {
            p->dh[(size_t)(from[j] + 1) * HIDDEN + j] += dpooled[j];
        }
    }
    backward_hidden(n, p, d);
    for (uint32_t i = 0; i < d->count; i++) {
        const float *dx = p->dx + (size_t)(i + REACH) * ROW;
        float sum = 0;
        for (size_t j = 0; j < ROW; j++) {
            sum += fabsf(dx[j]);
        }
        for (uint32_t k = 0; sum > 0 && k < p->used_count[i]; k++) {
            uint32_t row = p->used_rows[i][k];
            tensor_touch(&n->rows, row);
            float *to = n->rows.gradient + (size_t)row * ROW;
            for (size_t j = 0; j < ROW; j++) {
                to[j] += dx[j];
            }
        }
    }
}

static tensor *tensor_of(net *n, size_t i)
{
    tensor *all[] = {&n->rows,       &n->window, &n->marks,    &n->hidden_bias, &n->upper,
                     &n->upper_bias, &n->out,    &n->out_bias, &n->chain};
    return i < sizeof all / sizeof *all ? all[i] : NULL;
}

void net_step(net *n, float rate, float decay)
{
    n->steps++;
    for (size_t k = 0; tensor_of(n, k) != NULL; k++) {
        tensor_step(tensor_of(n, k), n->steps, rate, decay);
    }
}

void net_collect(net *n)
{
    n->collected++;
    for (size_t k = 0; tensor_of(n, k) != NULL; k++) {
        tensor_collect(tensor_of(n, k));
    }
}

void net_take_mean(net *n)
{
    for (size_t k = 0; n->collected > 0 && tensor_of(n, k) != NULL; k++) {
        tensor_take_mean(tensor_of(n, k), n->collected);
    }
}

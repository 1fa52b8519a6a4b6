/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/tagger.h"

#include "core/error.h"

#include <string.h>

/* ---- room ---- */

nuncio_status nn_tagger_init(nn_tagger *t, nn_memory *memory, const nn_name_model *model,
                             nuncio_error *error)
{
    *t = (nn_tagger){.memory = memory, .model = model, .kernels = nn_name_kernels_best()};
    t->features.memory = memory;
    nn_form_cache_init(&t->forms, memory, model);
    nn_mark_sums_init(&t->marks, memory, model, t->kernels);
    t->hidden = nn_alloc_array(memory, (NN_TAGGER_PART + 2) * (size_t)model->hidden_width,
                               sizeof *t->hidden);
    t->scores = nn_alloc_array(memory, NN_TAGGER_PART, sizeof *t->scores);
    t->back = nn_alloc_array(memory, NN_TAGGER_PART, NN_NAME_LANES);
    if (t->hidden == NULL || t->scores == NULL || t->back == NULL) {
        nn_tagger_deinit(t);
        return nn_error_memory(error);
    }
    return NUNCIO_OK;
}

void nn_tagger_deinit(nn_tagger *t)
{
    if (t->memory == NULL) {
        return;
    }
    size_t width = t->model->hidden_width;
    nn_form_cache_deinit(&t->forms);
    nn_mark_sums_deinit(&t->marks);
    nn_name_features_deinit(&t->features);
    nn_release(t->memory, t->hidden, (NN_TAGGER_PART + 2) * width * sizeof *t->hidden);
    nn_release(t->memory, t->pooled, t->pooled_capacity * width * sizeof *t->pooled);
    nn_release(t->memory, t->above, t->above_capacity * t->model->upper_width * sizeof *t->above);
    nn_release(t->memory, t->pool_of_fold, t->pool_of_fold_capacity * sizeof *t->pool_of_fold);
    nn_release(t->memory, t->scores, NN_TAGGER_PART * sizeof *t->scores);
    nn_release(t->memory, t->back, NN_TAGGER_PART * (size_t)NN_NAME_LANES);
    nn_release(t->memory, t->tags, t->tag_capacity);
    memset(t, 0, sizeof *t);
}

static nuncio_status make_room(nn_tagger *t, const nn_words *words, nuncio_error *error)
{
    size_t folds = nn_string_map_count(words->folds);
    size_t before = t->pool_of_fold_capacity;
    NN_TRY(nn_reserve(t->memory, &t->pool_of_fold, &t->pool_of_fold_capacity, folds,
                      sizeof *t->pool_of_fold, error));
    if (t->pool_of_fold_capacity > before) {
        memset(t->pool_of_fold + before, 0,
               (t->pool_of_fold_capacity - before) * sizeof *t->pool_of_fold);
    }
    NN_TRY(nn_reserve(t->memory, &t->tags, &t->tag_capacity, words->count, 1, error));
    return NUNCIO_OK;
}

/* ---- layers ---- */

typedef struct part {
    nn_tagger *t;
    const nn_words *words;
    uint32_t begin, end; /* words of the article */
} part;

static bool opens_paragraph(const nn_words *words, uint32_t i)
{
    return (words->gaps[i] & NN_GAP_PARAGRAPH) != 0;
}

static int16_t *hidden_at(const part *p, uint32_t i)
{
    return p->t->hidden + (size_t)(i - p->begin + 1) * p->t->model->hidden_width;
}

/* The rows of a sum: the bias, then of each word of the window its form's and its marks'. */
enum { CACHE_LINE = 64, ROWS_MAX = 1 + 2 * (2 * NN_MODEL_REACH_MAX + 1) };

/* The words that a window may hold, by number of the word: what their forms and marks give. */
enum { NEAR = 16 };
typedef struct window {
    const int16_t *forms[NEAR], *marks[NEAR]; /* NULL: it has no marks */
    uint32_t next;                            /* the first word that was not looked up */
} window;

/* The h of a word that is to be: the rows that it is the sum of. */
typedef struct sum {
    uint32_t word, count;
    const int16_t *rows[ROWS_MAX];
} sum;

/** Takes a contribution, and asks for its memory: most of the cache is far from the processor. */
static inline void add_form_row(sum *s, const int16_t *row, const uint32_t width)
{
    const char *bytes = (const char *)row;
    for (size_t at = 0; at < width * sizeof *row; at += CACHE_LINE) {
        __builtin_prefetch(bytes + at);
    }
    s->rows[s->count++] = row;
}

/** Adds the rows of the words from `from` to `to` around word i. `reach` and `width` are the
 * model's; where they can be, they are known when this is compiled. */
__attribute__((always_inline)) static inline void
add_rows(const nn_name_model *m, uint32_t i, uint32_t from, uint32_t to, const window *w, sum *s,
         const uint32_t reach, const uint32_t width)
{
    for (uint32_t place = 0; place <= 2 * reach; place++) {
        size_t at = (size_t)place * width;
        uint32_t word = i + place - reach; /* before the first one it is large */
        if (word - from > to - from) {
            s->rows[s->count++] =
                m->mark + at * (NN_MARK_COUNT + 1) + (size_t)NN_MARK_COUNT * width;
            continue;
        }
        add_form_row(s, w->forms[word % NEAR] + at, width);
        if (w->marks[word % NEAR] != NULL) {
            s->rows[s->count++] = w->marks[word % NEAR] + at;
        }
    }
}

/** The rows of a word's h: of its form, its marks and those of its neighbours in the paragraph. */
static void gather(const part *p, uint32_t i, window *w, sum *s)
{
    enum { REACH = 2, WIDTH = 128 }; /* of the model that nuncio brings along */
    nn_tagger *t = p->t;
    const nn_name_model *m = t->model;
    uint32_t reach = m->reach, from = i, to = i;
    while (i - from < reach && from > p->begin && !opens_paragraph(p->words, from)) {
        from--;
    }
    while (to - i < reach && to + 1 < p->end && !opens_paragraph(p->words, to + 1)) {
        to++;
    }
    for (w->next = w->next < from ? from : w->next; w->next <= to; w->next++) {
        w->forms[w->next % NEAR] =
            nn_form_cache_get(&t->forms, t->kernels, p->words, p->words->tokens[w->next].surface);
        w->marks[w->next % NEAR] = nn_mark_sums_of(&t->marks, w->next - p->begin);
    }
    s->word = i;
    s->count = 1;
    s->rows[0] = m->hidden_bias;
    if (reach == REACH && m->hidden_width == WIDTH) {
        add_rows(m, i, from, to, w, s, REACH, WIDTH);
    } else {
        add_rows(m, i, from, to, w, s, reach, m->hidden_width);
    }
}

static void sum_up(const part *p, const sum *s)
{
    p->t->kernels->sum_rows(hidden_at(p, s->word), s->rows, s->count, p->t->model->hidden_width, 0,
                            NN_MODEL_ACTIVE_MAX);
}

static nn_fold_pool *pool_at(const part *p, uint32_t i)
{
    return &p->t->pool_of_fold[nn_words_form(p->words, i)->fold];
}

/** Takes the h of word i into the pool of its folded form; the first one alone needs none. */
static nuncio_status enter_pool(const part *p, uint32_t i, uint32_t *count, nuncio_error *error)
{
    nn_tagger *t = p->t;
    nn_fold_pool *pool = pool_at(p, i);
    size_t width = t->model->hidden_width;
    if (pool->part != t->part) {
        *pool = (nn_fold_pool){t->part, i, NN_TAGGER_ALONE};
        return NUNCIO_OK;
    }
    if (pool->pool == NN_TAGGER_ALONE) {
        NN_TRY(nn_reserve(t->memory, &t->pooled, &t->pooled_capacity, *count + 1,
                          width * sizeof *t->pooled, error));
        pool->pool = (*count)++;
        memcpy(t->pooled + pool->pool * width, hidden_at(p, pool->first),
               width * sizeof *t->pooled);
    }
    t->kernels->enlarge(t->pooled + pool->pool * width, hidden_at(p, i), t->model->hidden_width);
    return NUNCIO_OK;
}

/** What the pools give to g: once a pool, however many words have it. */
static nuncio_status find_all_above(nn_tagger *t, uint32_t pools, nuncio_error *error)
{
    const nn_name_model *m = t->model;
    size_t hidden = m->hidden_width, upper = m->upper_width;
    const int16_t *weights =
        m->upper + (size_t)m->inner_reach * 2 * hidden * upper + hidden * upper;
    NN_TRY(nn_reserve(t->memory, &t->above, &t->above_capacity, pools, upper * sizeof *t->above,
                      error));
    for (uint32_t pool = 0; pool < pools; pool++) {
        int32_t *sums = t->above + pool * upper;
        memcpy(sums, m->upper_bias, upper * sizeof *sums);
        t->kernels->multiply(sums, t->pooled + pool * hidden, weights, m->hidden_width,
                             m->upper_width);
    }
    return NUNCIO_OK;
}

/** The first scored word of [from, end of the part), or that end. */
static uint32_t next_scored(const part *p, uint32_t from)
{
    const uint8_t *scored = p->t->features.scored;
    const uint8_t *found = from < p->end ? memchr(scored + from, 1, p->end - from) : NULL;
    return found == NULL ? p->end : (uint32_t)(found - scored);
}

/** h of the scored words and of those beside them; each is summed up some words after its rows were
 * gathered. */
static void find_all_hidden(const part *p)
{
    window w = {.next = p->begin};
    sum sums[NN_FORM_CACHE_AHEAD];
    uint32_t gathered = 0, done = p->begin; /* words before `done` are gathered */
    for (uint32_t i = next_scored(p, p->begin); i < p->end; i = next_scored(p, i + 1)) {
        uint32_t from = i > p->begin && !opens_paragraph(p->words, i) ? i - 1 : i;
        uint32_t to = i + 1 < p->end && !opens_paragraph(p->words, i + 1) ? i + 1 : i;
        for (done = done < from ? from : done; done <= to; done++, gathered++) {
            sum *s = &sums[gathered % NN_FORM_CACHE_AHEAD];
            if (gathered >= NN_FORM_CACHE_AHEAD) {
                sum_up(p, s);
            }
            gather(p, done, &w, s);
        }
    }
    for (uint32_t k = 0; k < NN_FORM_CACHE_AHEAD && k < gathered; k++) {
        sum_up(p, &sums[k]);
    }
}

/** The pools of the scored words, and what they give to g. */
static nuncio_status find_all_pools(const part *p, nuncio_error *error)
{
    nn_tagger *t = p->t;
    uint32_t pools = 0;
    t->part++;
    for (uint32_t i = next_scored(p, p->begin); i < p->end; i = next_scored(p, i + 1)) {
        NN_TRY(enter_pool(p, i, &pools, error));
    }
    return find_all_above(t, pools, error);
}

/* What g(i) is the sum of, apart from what pools give. */
typedef enum upper_part { BEFORE, ITSELF, ALONE, BEHIND, UPPER_PARTS } upper_part;

static const int16_t *upper_weights(const nn_name_model *m, upper_part which)
{
    static const uint8_t matrix[UPPER_PARTS] = {[BEFORE] = 0, [ITSELF] = 1, [BEHIND] = 2};
    return which == ALONE ? m->alone
                          : m->upper + (size_t)matrix[which] * m->hidden_width * m->upper_width;
}

enum { TILE = 32 };

/* Words whose scores are found together. */
typedef struct batch {
    uint32_t count;
    uint32_t at[TILE];
    const int16_t *inputs[UPPER_PARTS][TILE]; /* the h that a part of g(i) is of; NULL: no part */
    int32_t sums[TILE * NN_MODEL_WIDTH_MAX];
} batch;

static void enter_tile(const part *p, uint32_t i, batch *tile)
{
    const nn_tagger *t = p->t;
    uint32_t k = tile->count++, pool = pool_at(p, i)->pool, upper = t->model->upper_width;
    bool alone = pool == NN_TAGGER_ALONE;
    bool first = i == p->begin || opens_paragraph(p->words, i);
    bool last = i + 1 == p->end || opens_paragraph(p->words, i + 1);
    const int32_t *above = alone ? t->model->upper_bias : t->above + (size_t)pool * upper;
    memcpy(tile->sums + (size_t)k * upper, above, upper * sizeof *above);
    tile->at[k] = i;
    tile->inputs[BEFORE][k] = first ? NULL : hidden_at(p, i - 1);
    tile->inputs[ITSELF][k] = alone ? NULL : hidden_at(p, i);
    tile->inputs[ALONE][k] = alone ? hidden_at(p, i) : NULL;
    tile->inputs[BEHIND][k] = last ? NULL : hidden_at(p, i + 1);
}

/** Scores of a tile, a part of all of them at a time: its weights then stay near. */
static void find_scores(const part *p, batch *tile)
{
    nn_tagger *t = p->t;
    const nn_name_model *m = t->model;
    uint32_t hidden = m->hidden_width, upper = m->upper_width;
    for (upper_part which = 0; which < UPPER_PARTS; which++) {
        const int16_t *weights = upper_weights(m, which);
        for (uint32_t k = 0; k < tile->count; k++) {
            const int16_t *input = tile->inputs[which][k];
            if (input != NULL) {
                t->kernels->multiply(tile->sums + (size_t)k * upper, input, weights, hidden, upper);
            }
        }
    }
    for (uint32_t k = 0; k < tile->count; k++) {
        int16_t active[NN_MODEL_WIDTH_MAX];
        t->kernels->activate(active, tile->sums + (size_t)k * upper, m->upper_shift, upper);
        int32_t *scores = t->scores[tile->at[k] - p->begin];
        memcpy(scores, m->out_bias, NN_NAME_LANES * sizeof *scores);
        t->kernels->multiply(scores, active, m->out, upper, NN_NAME_LANES);
    }
    tile->count = 0;
}

static void find_all_scores(const part *p)
{
    batch tile;
    tile.count = 0;
    for (uint32_t i = next_scored(p, p->begin); i < p->end; i = next_scored(p, i + 1)) {
        enter_tile(p, i, &tile);
        if (tile.count == TILE) {
            find_scores(p, &tile);
        }
    }
    find_scores(p, &tile);
}

/* ---- tags ---- */

static void tag_run(const part *p, uint32_t begin, uint32_t end)
{
    nn_tagger *t = p->t;
    int32_t best[NN_NAME_LANES];
    for (uint32_t tag = 0; tag < NN_NAME_LANES; tag++) {
        bool opens = tag < NN_NAME_TAGS && (tag == 0 || tag % 2 == 1);
        best[tag] = opens ? t->scores[begin - p->begin][tag] : NN_MODEL_IMPOSSIBLE;
    }
    for (uint32_t i = begin + 1; i < end; i++) {
        t->kernels->step(best, t->scores[i - p->begin], t->model->chain,
                         t->back + (size_t)(i - p->begin) * NN_NAME_LANES);
    }
    uint32_t tag = 0;
    for (uint32_t k = 1; k < NN_NAME_TAGS; k++) {
        tag = best[k] > best[tag] ? k : tag;
    }
    for (uint32_t i = end; i-- > begin;) {
        t->tags[i] = (uint8_t)tag;
        tag = t->back[(size_t)(i - p->begin) * NN_NAME_LANES + tag];
    }
}

static void tag_part(const part *p)
{
    const uint8_t *scored = p->t->features.scored;
    for (uint32_t i = next_scored(p, p->begin), end; i < p->end; i = next_scored(p, end)) {
        end = i + 1;
        while (end < p->end && scored[end] != 0 && !nn_name_parts(p->words, end)) {
            end++;
        }
        tag_run(p, i, end);
    }
}

/** End of the part that begins at a word: the last paragraph's end that fits, else its limit. */
static uint32_t part_end(const nn_words *words, uint32_t begin)
{
    if (words->count - begin <= NN_TAGGER_PART) {
        return words->count;
    }
    uint32_t end = begin + NN_TAGGER_PART;
    while (end > begin + NN_TAGGER_PART / 2 && !opens_paragraph(words, end)) {
        end--;
    }
    return opens_paragraph(words, end) ? end : begin + NN_TAGGER_PART;
}

nuncio_status nn_tagger_run(nn_tagger *t, const nn_words *words, nuncio_error *error)
{
    NN_TRY(make_room(t, words, error));
    NN_TRY(nn_name_features_read(&t->features, words, error));
    if (words->count > 0) {
        memset(t->tags, 0, words->count);
    }
    for (uint32_t begin = 0; begin < words->count;) {
        part p = {t, words, begin, part_end(words, begin)};
        NN_TRY(nn_form_cache_open(&t->forms, words, error));
        NN_TRY(nn_name_features_mark(&t->features, words, p.begin, p.end, &t->model->known, error));
        NN_TRY(nn_mark_sums_read(&t->marks, t->features.marks, t->features.scored + begin,
                                 p.end - p.begin, error));
        find_all_hidden(&p);
        NN_TRY(find_all_pools(&p, error));
        find_all_scores(&p);
        tag_part(&p);
        begin = p.end;
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "crf.h"

#include <math.h>
#include <string.h>

enum { RUN_MAX = 512 };

bool crf_follows(uint32_t from, uint32_t to)
{
    bool inside = to > 0 && to % 2 == 0; /* I of its kind */
    return !inside || from == to || (from != TAGS && from + 1 == to);
}

static const float LOW = -1e30f;

static float log_sum(const float *x, uint32_t count)
{
    float top = LOW;
    for (uint32_t i = 0; i < count; i++) {
        top = x[i] > top ? x[i] : top;
    }
    if (top <= LOW / 2) {
        return LOW;
    }
    float sum = 0;
    for (uint32_t i = 0; i < count; i++) {
        sum += x[i] > LOW / 2 ? expf(x[i] - top) : 0;
    }
    return top + logf(sum);
}

typedef struct lattice {
    float forward[RUN_MAX][TAGS], backward[RUN_MAX][TAGS];
    float total;
} lattice;

static float link(const tensor *chain, uint32_t from, uint32_t to)
{
    return crf_follows(from, to) ? chain->value[from * LANES + to] : LOW;
}

static void fill(lattice *l, const float *scores, const uint16_t *allowed, uint32_t begin,
                 uint32_t end, const tensor *chain)
{
    uint32_t count = end - begin;
    float terms[TAGS];
    for (uint32_t i = 0; i < count; i++) {
        const float *s = scores + (size_t)(begin + i) * LANES;
        for (uint32_t t = 0; t < TAGS; t++) {
            bool open = allowed == NULL || (allowed[begin + i] >> t & 1) != 0;
            float in = i == 0 ? (crf_follows(TAGS, t) ? 0 : LOW) : 0;
            if (i > 0) {
                for (uint32_t f = 0; f < TAGS; f++) {
                    float x = link(chain, f, t);
                    terms[f] = x <= LOW / 2 || l->forward[i - 1][f] <= LOW / 2
                                   ? LOW
                                   : x + l->forward[i - 1][f];
                }
                in = log_sum(terms, TAGS);
            }
            l->forward[i][t] = open && in > LOW / 2 ? in + s[t] : LOW;
        }
    }
    l->total = log_sum(l->forward[count - 1], TAGS);
    for (uint32_t t = 0; t < TAGS; t++) {
        l->backward[count - 1][t] = 0;
    }
    for (uint32_t i = count - 1; i-- > 0;) {
        const float *s = scores + (size_t)(begin + i + 1) * LANES;
        for (uint32_t f = 0; f < TAGS; f++) {
            for (uint32_t t = 0; t < TAGS; t++) {
                bool open = allowed == NULL || (allowed[begin + i + 1] >> t & 1) != 0;
                float x = link(chain, f, t);
                terms[t] = !open || x <= LOW / 2 || l->backward[i + 1][t] <= LOW / 2
                               ? LOW
                               : x + s[t] + l->backward[i + 1][t];
            }
            l->backward[i][f] = log_sum(terms, TAGS);
        }
    }
}

static void add_gradients(const lattice *l, const float *scores, const uint16_t *allowed,
                          uint32_t begin, uint32_t end, const tensor *chain, float sign,
                          float *score_gradient, float *chain_gradient)
{
    for (uint32_t i = 0; i < end - begin; i++) {
        for (uint32_t t = 0; t < TAGS; t++) {
            if (l->forward[i][t] <= LOW / 2 || l->backward[i][t] <= LOW / 2) {
                continue;
            }
            score_gradient[(size_t)(begin + i) * LANES + t] +=
                sign * expf(l->forward[i][t] + l->backward[i][t] - l->total);
            for (uint32_t to = 0; to < TAGS && i + 1 < end - begin; to++) {
                float x = link(chain, t, to);
                bool open = allowed == NULL || (allowed[begin + i + 1] >> to & 1) != 0;
                if (x > LOW / 2 && open && l->backward[i + 1][to] > LOW / 2) {
                    float s = scores[(size_t)(begin + i + 1) * LANES + to];
                    chain_gradient[t * LANES + to] +=
                        sign * expf(l->forward[i][t] + x + s + l->backward[i + 1][to] - l->total);
                }
            }
        }
    }
}

double crf_loss(const float *scores, const uint16_t *allowed, uint32_t begin, uint32_t end,
                const tensor *chain, float *score_gradient, float *chain_gradient)
{
    static lattice all, right;
    if (end - begin > RUN_MAX) {
        return 0;
    }
    fill(&right, scores, allowed, begin, end, chain);
    if (right.total <= LOW / 2) {
        return 0; /* labels that no sequence can satisfy */
    }
    fill(&all, scores, NULL, begin, end, chain);
    add_gradients(&all, scores, NULL, begin, end, chain, 1, score_gradient, chain_gradient);
    add_gradients(&right, scores, allowed, begin, end, chain, -1, score_gradient, chain_gradient);
    return (double)(all.total - right.total);
}

void crf_best(const float *scores, uint32_t begin, uint32_t end, const tensor *chain, uint8_t *tags)
{
    static uint8_t back[RUN_MAX][TAGS];
    float now[TAGS], next[TAGS];
    for (uint32_t at = begin; at < end; at += RUN_MAX) {
        uint32_t stop = end - at < RUN_MAX ? end : at + RUN_MAX;
        for (uint32_t i = at; i < stop; i++) {
            for (uint32_t t = 0; t < TAGS; t++) {
                float best = i == at ? (crf_follows(TAGS, t) ? 0 : LOW) : LOW;
                for (uint32_t f = 0; f < TAGS && i > at; f++) {
                    float x = now[f] + link(chain, f, t);
                    if (x > best) {
                        best = x;
                        back[i - at][t] = (uint8_t)f;
                    }
                }
                next[t] = best + scores[(size_t)i * LANES + t];
            }
            memcpy(now, next, sizeof now);
        }
        uint8_t tag = 0;
        for (uint32_t t = 1; t < TAGS; t++) {
            tag = now[t] > now[tag] ? (uint8_t)t : tag;
        }
        for (uint32_t i = stop; i-- > at;) {
            tags[i] = tag;
            tag = i > at ? back[i - at][tag] : 0;
        }
    }
}

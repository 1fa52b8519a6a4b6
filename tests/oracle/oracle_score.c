/* SPDX-License-Identifier: Apache-2.0 */
/* BM25 as docs/ranking.md writes it. */
#include "core/buffer.h"
#include "core/str.h"
#include "oracle/oracle_internal.h"
#include "query/rank/log.h"

#include <math.h>
#include <stdlib.h>

/* ---- df and idf ---- */

static bool place_occurs(const oracle_passage *passage, const oracle_place *place)
{
    for (uint32_t i = 0; i < passage->count; i++) {
        if (place->counts[passage->tokens[i].form]) {
            return true;
        }
    }
    return false;
}

/** How many passages, or articles, have a token that may stand in a place. */
static uint64_t df_of(const oracle_run *run, const oracle_place *place, nuncio_search_unit unit)
{
    uint64_t df = 0;
    for (size_t article = 0; article < run->archive->count; article++) {
        uint64_t passages = 0;
        for (size_t i = run->first_passages[article]; i < run->first_passages[article + 1]; i++) {
            passages += place_occurs(run->passages[i], place);
        }
        df += unit == NUNCIO_BY_PASSAGE ? passages : passages > 0;
    }
    return df;
}

static double idf_of(const oracle_run *run, const oracle_leaf *leaf, uint64_t units,
                     nuncio_search_unit unit)
{
    if (leaf->left != NULL) {
        return idf_of(run, leaf->left, units, unit) + idf_of(run, leaf->right, units, unit);
    }
    double idf = 0.0;
    for (size_t i = 0; i < leaf->length; i++) {
        uint64_t df = df_of(run, &leaf->places[i], unit);
        idf += nn_log(1.0 + ((double)(units - df) + 0.5) / ((double)df + 0.5));
    }
    return idf;
}

/* ---- the order of the sum ---- */

typedef struct addend {
    const oracle_leaf *leaf;
    double weight;
} addend;

static int by_key(const void *a, const void *b)
{
    const oracle_leaf *x = ((const addend *)a)->leaf, *y = ((const addend *)b)->leaf;
    int order = nn_str_compare(x->key, y->key);
    return order != 0 ? order : (x->guard > y->guard) - (x->guard < y->guard);
}

static bool are_same(const oracle_leaf *a, const oracle_leaf *b)
{
    return nn_str_equal(a->key, b->key) && a->guard == b->guard;
}

/** Each scoring leaf once: leaves of one key, in one PASSAGE or QUOTE or in none, add up their
 * weights. */
static size_t merge_leaves(const oracle_run *run, addend *addends)
{
    size_t count = 0;
    for (size_t i = 0; i < run->leaf_count; i++) {
        const oracle_leaf *leaf = &run->leaves[i];
        size_t j = 0;
        if (!leaf->scoring) {
            continue;
        }
        while (j < count && !are_same(addends[j].leaf, leaf)) {
            j++;
        }
        if (j == count) {
            addends[count++] = (addend){leaf, leaf->weight};
        } else {
            addends[j].weight += leaf->weight;
        }
    }
    return count;
}

oracle_sum oracle_sum_prepare(oracle_run *run)
{
    size_t room = run->leaf_count + 1;
    addend *addends = oracle_must(nn_arena_array(run->arena, room, sizeof *addends));
    oracle_sum sum = {
        .leaves = oracle_must(nn_arena_array(run->arena, room, sizeof *sum.leaves)),
        .weights = oracle_must(nn_arena_array(run->arena, room, sizeof *sum.weights)),
        .idfs = {oracle_must(nn_arena_array(run->arena, room, sizeof(double))),
                 oracle_must(nn_arena_array(run->arena, room, sizeof(double)))},
        .quote_idfs = oracle_must(nn_arena_array(run->arena, room, sizeof(double))),
        .count = merge_leaves(run, addends),
        .units = {run->passage_count, run->archive->count},
    };
    for (size_t i = 0; i < run->archive->count; i++) {
        sum.total += run->archive->entries[i].token_count;
    }
    qsort(addends, sum.count, sizeof *addends, by_key);
    for (size_t i = 0; i < sum.count; i++) {
        sum.leaves[i] = addends[i].leaf;
        sum.weights[i] = addends[i].weight;
        for (nuncio_search_unit unit = NUNCIO_BY_PASSAGE; unit <= NUNCIO_BY_ARTICLE; unit++) {
            sum.idfs[unit][i] = idf_of(run, addends[i].leaf, sum.units[unit], unit);
        }
        if (addends[i].leaf->quote != NULL || run->options->by == NUNCIO_BY_QUOTE) {
            sum.quote_idfs[i] = oracle_unit_idf(run, addends[i].leaf);
        }
    }
    return sum;
}

/* ---- the sum ---- */

typedef struct bm25 {
    double k1, b, avglen;
} bm25;

static bm25 parameters(const oracle_run *run, const oracle_sum *sum, nuncio_search_unit unit)
{
    bm25 p;
    p.k1 = isnan(run->options->k1) ? 1.5 : run->options->k1;
    p.b = isnan(run->options->b) ? 0.75 : run->options->b;
    p.avglen = sum->total == 0 ? 1.0 : (double)sum->total / (double)sum->units[unit];
    return p;
}

static double contribution(bm25 p, double weight, double idf, uint64_t tf, uint64_t length)
{
    double norm = p.k1 * ((1.0 - p.b) + p.b * ((double)length / p.avglen));
    return (weight * idf) * ((double)tf / ((double)tf + norm));
}

double oracle_score_passage(const oracle_run *run, const oracle_sum *sum, size_t passage)
{
    bm25 p = parameters(run, sum, NUNCIO_BY_PASSAGE);
    double score = 0.0;
    for (size_t i = 0; i < sum->count; i++) {
        uint64_t tf = sum->leaves[i]->quote == NULL ? sum->leaves[i]->scored[passage].count : 0;
        if (tf > 0) {
            score += contribution(p, sum->weights[i], sum->idfs[NUNCIO_BY_PASSAGE][i], tf,
                                  run->passages[passage]->count);
        }
    }
    for (size_t guard = 1; guard <= run->guard_count; guard++) {
        double one = 0.0;
        score += oracle_score_guard(run, sum, guard, passage, &one) ? one : 0.0;
    }
    return score;
}

const char *oracle_explain_passage(const oracle_run *run, const oracle_sum *sum, size_t passage)
{
    nn_buffer text;
    nn_buffer_init(&text, &run->archive->memory);
    for (size_t i = 0; i < sum->count; i++) {
        const oracle_leaf *leaf = sum->leaves[i];
        if (leaf->scored[passage].count > 0) {
            nn_buffer_append_format(&text, "%.*s: weight %g, idf %.9g, tf %zu\n",
                                    (int)leaf->key.size, leaf->key.data, sum->weights[i],
                                    sum->idfs[NUNCIO_BY_PASSAGE][i], leaf->scored[passage].count);
        }
    }
    nuncio_str copy = nn_arena_str(run->arena, nn_buffer_str(&text));
    nn_buffer_deinit(&text);
    return oracle_must((void *)(uintptr_t)copy.data);
}

double oracle_score_article(const oracle_run *run, const oracle_sum *sum, size_t article)
{
    bm25 p = parameters(run, sum, NUNCIO_BY_ARTICLE);
    double score = 0.0;
    for (size_t i = 0; i < sum->count; i++) {
        uint64_t tf = 0;
        for (size_t j = run->first_passages[article];
             sum->leaves[i]->quote == NULL && j < run->first_passages[article + 1]; j++) {
            tf += sum->leaves[i]->scored[j].count;
        }
        if (tf > 0) {
            score += contribution(p, sum->weights[i], sum->idfs[NUNCIO_BY_ARTICLE][i], tf,
                                  run->archive->entries[article].token_count);
        }
    }
    for (size_t guard = 1; guard <= run->guard_count; guard++) {
        double best = 0.0, one = 0.0;
        for (size_t j = run->first_passages[article]; j < run->first_passages[article + 1]; j++) {
            if (oracle_score_guard(run, sum, guard, j, &one)) {
                best = one > best ? one : best;
            }
        }
        score += best;
    }
    return score;
}

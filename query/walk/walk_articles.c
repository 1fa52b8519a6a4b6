/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/names.h"
#include "query/walk/walk.h"

#include <string.h>

nuncio_status nn_sums_open(nn_part *part, const nn_scorers *scorers, nn_sums *out)
{
    *out = (nn_sums){0};
    out->tfs = nn_arena_array(part->run->part_arena, scorers->count + 1u, sizeof *out->tfs);
    out->buffer = nn_arena_array(part->run->part_arena, scorers->count + 1u, sizeof *out->buffer);
    out->quotes =
        nn_arena_array(part->run->part_arena, scorers->quote_count + 1u, sizeof *out->quotes);
    out->quoted =
        nn_arena_array(part->run->part_arena, scorers->quote_count + 1u, sizeof *out->quoted);
    bool made =
        out->tfs != NULL && out->buffer != NULL && out->quotes != NULL && out->quoted != NULL;
    return made ? NUNCIO_OK : nn_error_memory(part->run->error);
}

/* Keeps the best quotes of a passage. */
static nuncio_status add_quotes(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                                nn_sums *sums)
{
    for (uint32_t i = 0; i < scorers->quote_count; i++) {
        double score;
        bool scores;
        NN_TRY(nn_scorers_quote(part, scorers->quotes[i], passage, &score, &scores));
        if (scores && (!sums->quoted[i] || score > sums->quotes[i])) {
            sums->quotes[i] = score;
            sums->quoted[i] = true;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status add_passage(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                                 nn_sums *sums)
{
    double score;
    bool matches;
    NN_TRY(nn_run_step(part->run));
    NN_TRY(nn_scorers_score(part, scorers, passage, &score, &matches, sums->buffer));
    if (scorers->count > 0 && !matches) {
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < scorers->count; i++) {
        sums->tfs[i] += sums->buffer[i];
    }
    NN_TRY(add_quotes(part, scorers, passage, sums));
    if (!sums->matches || score > sums->best_score) {
        sums->best = passage;
        sums->best_score = score;
    }
    sums->matches = true;
    return NUNCIO_OK;
}

/* The next passage of the article that counts, from `target` on. */
static nuncio_status next_passage(nn_part *part, const nn_scorers *scorers, nn_unit unit,
                                  uint32_t target, uint32_t *found)
{
    if (unit == NN_UNIT_PASSAGE) {
        return nn_condition_next(part, part->plan->condition, unit, target, found);
    }
    if (scorers->count == 0) {
        return nn_unscored_passage(part, unit, nn_segment_article_of(part->segment, target), found);
    }
    return nn_scorers_next(part, scorers, target, found);
}

nuncio_status nn_sums_add(nn_part *part, const nn_scorers *scorers, nn_unit unit, uint32_t article,
                          uint32_t first, nn_sums *sums)
{
    nn_range range = nn_unit_range(part, NN_UNIT_ARTICLE, article);
    sums->article = article;
    sums->matches = false;
    sums->length = 0;
    memset(sums->tfs, 0, scorers->count * sizeof *sums->tfs);
    memset(sums->quoted, 0, scorers->quote_count * sizeof *sums->quoted);
    for (uint32_t passage = range.first; passage < range.end; passage++) {
        sums->length += part->lengths[passage];
    }
    uint32_t passage;
    NN_TRY(next_passage(part, scorers, unit, first, &passage));
    while (passage < range.end) {
        NN_TRY(add_passage(part, scorers, passage, sums));
        if (scorers->count == 0) {
            break;
        }
        NN_TRY(next_passage(part, scorers, unit, passage + 1, &passage));
    }
    sums->next = passage < range.end ? range.end : passage;
    return NUNCIO_OK;
}

static nuncio_status offer_article(nn_part *part, const nn_scorers *scorers, const nn_sums *sums,
                                   nn_ranking *ranking)
{
    double norm = nn_bm25_norm(&part->run->articles, sums->length);
    double score = 0.0;
    for (uint32_t i = 0; i < scorers->count; i++) {
        if (sums->tfs[i] > 0) {
            score +=
                nn_bm25_contribution(scorers->items[i].clause->article_weight, sums->tfs[i], norm);
        }
    }
    for (uint32_t i = 0; i < scorers->quote_count; i++) {
        score += sums->quoted[i] ? sums->quotes[i] : 0.0;
    }
    ranking->total++;
    if (scorers->count == 0 && scorers->quote_count == 0) {
        return nn_ranking_offer_unscored(ranking, part->number, sums->best,
                                         nn_names_exactness(part, sums->article));
    }
    return nn_ranking_offer(ranking, part->number, sums->best, score);
}

nuncio_status nn_walk_articles(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_run *run = part->run;
    nn_scorers scorers;
    nn_sums sums;
    NN_TRY(nn_scorers_open(part, &scorers));
    NN_TRY(nn_sums_open(part, &scorers, &sums));
    for (uint32_t number = 0;;) {
        NN_TRY(nn_condition_next(part, part->plan->condition, unit, number, &number));
        if (number == NN_DOC_END) {
            return NUNCIO_OK;
        }
        uint32_t article = nn_part_article(part, unit, number);
        sums.next = nn_unit_range(part, NN_UNIT_ARTICLE, article).end;
        if (!nn_run_deleted(run, part->number, article)) {
            uint32_t first = nn_unit_range(part, unit, number).first;
            NN_TRY(nn_sums_add(part, &scorers, unit, article, first, &sums));
            if (sums.matches) {
                NN_TRY(offer_article(part, &scorers, &sums, ranking));
            }
        }
        number = unit == NN_UNIT_ARTICLE ? article + 1 : sums.next;
    }
}

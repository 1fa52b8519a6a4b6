/* SPDX-License-Identifier: Apache-2.0 */
/* The condition proposes units, the scorers the passages of each in which something scores.
 *
 * Block bounds divide the segment into stretches: no passage of a stretch scores more than its
 * bound. A unit that lies within a stretch whose bound is below the threshold is not looked at, nor
 * is any other up to the end of the stretch. */
#include "query/names/names.h"
#include "query/walk/walk.h"

/* The stretch asked about last. */
typedef struct nn_stretch {
    uint32_t end; /* behind its last passage; 0: none yet */
    double bound;
} nn_stretch;

/* Sets *next to the first unit ≥ `number` that may hold a passage at or above the threshold. */
static nuncio_status skip(nn_part *part, const nn_scorers *scorers, nn_unit unit, double threshold,
                          nn_stretch *stretch, uint32_t number, uint32_t *next)
{
    for (;;) {
        nn_range range = nn_unit_range(part, unit, number);
        if (range.first >= stretch->end) {
            uint32_t last;
            NN_TRY(nn_run_step(part->run));
            NN_TRY(nn_scorers_bound(part, scorers, range.first, &last, &stretch->bound));
            stretch->end = last < part->passage_count ? last + 1 : part->passage_count;
        }
        *next = number;
        if (stretch->bound >= threshold || range.end > stretch->end) {
            return NUNCIO_OK; /* a unit that reaches beyond the stretch is looked at */
        }
        if (stretch->end >= part->passage_count) {
            *next = nn_part_units(part, unit);
            return NUNCIO_OK;
        }
        number = nn_part_article(part, NN_UNIT_PASSAGE, stretch->end);
        number = unit == NN_UNIT_PASSAGE ? stretch->end : number;
    }
}

static nuncio_status score_passage(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                                   nn_ranking *ranking)
{
    double score;
    bool matches;
    NN_TRY(nn_run_step(part->run));
    NN_TRY(nn_scorers_score(part, scorers, passage, &score, &matches, NULL));
    if (!matches) {
        return NUNCIO_OK;
    }
    ranking->total++;
    return nn_ranking_offer(ranking, part->number, passage, score);
}

nuncio_status nn_unscored_passage(nn_part *part, nn_unit unit, uint32_t number, uint32_t *passage)
{
    if (part->plan->shown == NULL || unit == NN_UNIT_PASSAGE) {
        *passage = nn_unit_range(part, unit, number).first;
        return NUNCIO_OK;
    }
    return nn_names_best_passage(part, number, passage);
}

static nuncio_status score_unit(nn_part *part, const nn_scorers *scorers, nn_unit unit,
                                uint32_t number, nn_ranking *ranking)
{
    nn_range range = nn_unit_range(part, unit, number);
    if (scorers->count == 0) {
        uint32_t shown;
        uint32_t exact = nn_names_exactness(part, nn_part_article(part, unit, number));
        ranking->total++;
        if (!nn_ranking_may_keep(ranking, part->number, range.first, exact)) {
            return ranking->status;
        }
        NN_TRY(nn_unscored_passage(part, unit, number, &shown));
        return nn_ranking_offer_unscored(ranking, part->number, shown, exact);
    }
    if (unit == NN_UNIT_PASSAGE) {
        return score_passage(part, scorers, number, ranking);
    }
    uint32_t passage;
    NN_TRY(nn_scorers_next(part, scorers, range.first, &passage));
    while (passage < range.end) {
        NN_TRY(score_passage(part, scorers, passage, ranking));
        NN_TRY(nn_scorers_next(part, scorers, passage + 1, &passage));
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_condition(nn_part *part, nn_unit unit, nn_ranking *ranking)
{
    nn_run *run = part->run;
    nn_scorers scorers;
    NN_TRY(nn_scorers_open(part, &scorers));
    bool prunes = !run->exhaustive && scorers.count > 0;
    nn_stretch stretch = {0};
    uint32_t number = 0;
    for (;;) {
        NN_TRY(nn_condition_next(part, part->plan->condition, unit, number, &number));
        if (number == NN_DOC_END) {
            return NUNCIO_OK;
        }
        uint32_t next = number;
        if (prunes && ranking->threshold >= 0.0) {
            NN_TRY(skip(part, &scorers, unit, ranking->threshold, &stretch, number, &next));
        }
        if (next != number) {
            ranking->total_exact = false;
            number = next;
            continue;
        }
        if (!nn_run_deleted(run, part->number, nn_part_article(part, unit, number))) {
            NN_TRY(score_unit(part, &scorers, unit, number, ranking));
        }
        number++;
    }
}

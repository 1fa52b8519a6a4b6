/* SPDX-License-Identifier: Apache-2.0 */
#include "query/explain.h"

#include "query/walk.h"

#include <inttypes.h>

static void explain_slot(const nn_slot *slot, nn_buffer *out)
{
    for (uint32_t i = 0; i < slot->term_count; i++) {
        nn_buffer_append_text(out, i > 0 ? "|" : " ");
        nn_buffer_append_str(out, slot->terms[i]);
    }
    nn_buffer_append_format(out, " df=%" PRIu64 " idf=%.6g", slot->passages, slot->idf);
}

static void explain_leaf(const nn_resolved *resolved, nn_buffer *out)
{
    if (resolved->left != NULL) {
        explain_leaf(resolved->left, out);
        nn_buffer_append_text(out, " ,");
        explain_leaf(resolved->right, out);
        return;
    }
    for (uint32_t slot = 0; slot < resolved->slot_count; slot++) {
        nn_buffer_append_text(out, slot > 0 ? " ," : "");
        explain_slot(&resolved->slots[slot], out);
    }
}

void nn_explain_query(const nn_run *run, const nn_plan *plan, nuncio_str canonical, nn_buffer *out)
{
    nn_buffer_append_str(out, canonical);
    nn_buffer_append_format(out, "\n%" PRIu64 " passages, %.6g tokens each\n", run->passages.count,
                            run->passages.average);
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        nn_buffer_append_str(out, clause->leaf->key);
        nn_buffer_append_text(out, ":");
        if (clause->scoring) {
            explain_leaf(clause->resolved, out);
            nn_buffer_append_format(out, " weight=%.6g", clause->weight);
        } else {
            nn_buffer_append_text(out, " not scored");
        }
        nn_buffer_append_text(out, "\n");
    }
}

/* One line: what a clause contributes. */
static void explain_clause(const nn_clause *clause, double weight, double idf, uint32_t tf,
                           double norm, nn_buffer *out)
{
    if (tf == 0) {
        return;
    }
    nn_buffer_append_format(out, "%.9g ", nn_bm25_contribution(weight, tf, norm));
    nn_buffer_append_str(out, clause->leaf->key);
    nn_buffer_append_format(out, ": weight %.6g * idf %.9g * tf %u / (%u + %.9g)\n", clause->weight,
                            idf, tf, tf, norm);
}

static void explain_length(const nn_bm25 *bm25, uint64_t length, const char *unit, nn_buffer *out)
{
    nn_buffer_append_format(out,
                            "%" PRIu64 " tokens, %.6g on average; %" PRIu64 " %s; k1 %g, b %g\n",
                            length, bm25->average, bm25->count, unit, bm25->k1, bm25->b);
}

nuncio_status nn_explain_passage(nn_part *part, const nn_scorers *scorers, uint32_t passage,
                                 nn_buffer *out)
{
    const nn_bm25 *bm25 = &part->run->passages;
    uint32_t length = part->lengths[passage];
    explain_length(bm25, length, "passages", out);
    for (uint32_t i = 0; i < scorers->count; i++) {
        const nn_scorer *scorer = &scorers->items[i];
        uint32_t tf;
        NN_TRY(nn_scorer_tf(part, scorer, passage, &tf));
        explain_clause(scorer->clause, scorer->weight, scorer->clause->resolved->idf, tf,
                       bm25->norms[length], out);
    }
    return NUNCIO_OK;
}

nuncio_status nn_explain_article(nn_part *part, const nn_scorers *scorers, nn_unit unit,
                                 uint32_t article, nn_buffer *out)
{
    const nn_bm25 *bm25 = &part->run->articles;
    nn_sums sums;
    NN_TRY(nn_sums_open(part, scorers, &sums));
    uint32_t first = nn_segment_first_passage(part->segment, article);
    NN_TRY(nn_sums_add(part, scorers, unit, article, first, &sums));
    double norm = nn_bm25_norm(bm25, sums.length);
    explain_length(bm25, sums.length, "articles", out);
    for (uint32_t i = 0; i < scorers->count; i++) {
        const nn_clause *clause = scorers->items[i].clause;
        explain_clause(clause, clause->article_weight, clause->resolved->article_idf, sums.tfs[i],
                       norm, out);
    }
    return NUNCIO_OK;
}

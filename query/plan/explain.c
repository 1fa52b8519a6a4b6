/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/explain.h"

#include "query/match/quotes.h"
#include "query/names/named.h"
#include "query/walk/walk.h"

#include <inttypes.h>

static void explain_slot(const nn_slot *slot, bool in_quote, nn_buffer *out)
{
    for (uint32_t i = 0; i < slot->term_count; i++) {
        nn_buffer_append_text(out, i > 0 ? "|" : " ");
        nn_buffer_append_str(out, slot->terms[i]);
    }
    nn_buffer_append_format(out, " df=%" PRIu64 " idf=%.6g",
                            in_quote ? slot->quotes : slot->passages,
                            in_quote ? slot->quote_idf : slot->idf);
}

static void explain_leaf(const nn_resolved *resolved, bool in_quote, nn_buffer *out)
{
    if (resolved->left != NULL) {
        explain_leaf(resolved->left, in_quote, out);
        nn_buffer_append_text(out, " ,");
        explain_leaf(resolved->right, in_quote, out);
        return;
    }
    for (uint32_t slot = 0; slot < resolved->slot_count; slot++) {
        nn_buffer_append_text(out, slot > 0 ? " ," : "");
        explain_slot(&resolved->slots[slot], in_quote, out);
    }
}

static void explain_forms(const nn_named_form *forms, uint32_t count, nn_buffer *out)
{
    enum { SHOWN = 20 };
    for (uint32_t i = 0; i < count && i < SHOWN; i++) {
        nn_buffer_append_text(out, i > 0 ? " | " : " ");
        nn_buffer_append_text(out, forms[i].exact ? "" : "~");
        nn_buffer_append_str(out, forms[i].text);
        nn_buffer_append_format(out, " %" PRIu64, forms[i].articles);
    }
    if (count > SHOWN) {
        nn_buffer_append_format(out, " | and %u more", count - SHOWN);
    }
    nn_buffer_append_text(out, "\n");
}

/* One line: the forms that a filter on names is true of; and one each for those that the override
 * file added and took away. */
static void explain_named(const nn_filter *filter, const nn_named *named, nn_buffer *out)
{
    nn_buffer_append_str(out, filter->key);
    nn_buffer_append_text(out, named->form_count == 0 ? ": no name" : ":");
    explain_forms(named->forms, named->form_count, out);
    if (named->joined_count > 0) {
        nn_buffer_append_text(out, "  joined by overrides:");
        explain_forms(named->joined, named->joined_count, out);
    }
    if (named->left_count > 0) {
        nn_buffer_append_text(out, "  left out by overrides:");
        explain_forms(named->left, named->left_count, out);
    }
}

void nn_explain_query(const nn_run *run, const nn_plan *plan, nuncio_str canonical, nn_buffer *out)
{
    nn_buffer_append_str(out, canonical);
    nn_buffer_append_format(out, "\n%" PRIu64 " passages, %.6g tokens each\n", run->passages.count,
                            run->passages.average);
    bool in_quotes = false;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        in_quotes = in_quotes || plan->clauses[i]->in_quote;
    }
    if (in_quotes) {
        nn_buffer_append_format(out, "%" PRIu64 " quotes, %.6g tokens each\n", run->quotes.count,
                                run->quotes.average);
    }
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        nn_buffer_append_str(out, clause->leaf->key);
        nn_buffer_append_text(out, ":");
        if (clause->scoring) {
            explain_leaf(clause->resolved, clause->in_quote, out);
            nn_buffer_append_text(out, clause->in_quote && !run->by_quote ? " in a quote" : "");
            nn_buffer_append_format(out, " weight=%.6g", clause->weight);
        } else {
            nn_buffer_append_text(out, " not scored");
        }
        nn_buffer_append_text(out, "\n");
    }
    for (uint32_t i = 0; i < plan->named_count; i++) {
        explain_named(plan->named[i].filter, plan->named[i].named, out);
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

/* One line: what the best quote of a quote:( … ) contributes. */
static void explain_best_quote(bool scores, double score, uint32_t number, const char *unit,
                               nn_buffer *out)
{
    if (scores) {
        nn_buffer_append_format(out, "%.9g quote:( … ) number %u: the best quote of the %s\n",
                                score, number + 1, unit);
    }
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
        if (scorer->clause->in_quote) {
            continue;
        }
        NN_TRY(nn_scorer_tf(part, scorer, passage, &tf));
        explain_clause(scorer->clause, scorer->weight, scorer->clause->resolved->idf, tf,
                       bm25->norms[length], out);
    }
    for (uint32_t i = 0; i < scorers->quote_count; i++) {
        double score;
        bool scores;
        NN_TRY(nn_scorers_quote(part, scorers->quotes[i], passage, &score, &scores));
        explain_best_quote(scores, score, i, "passage", out);
    }
    return NUNCIO_OK;
}

void nn_explain_quote(const nn_part *part, uint32_t quote, nn_buffer *out)
{
    const nn_bm25 *bm25 = &part->run->quotes;
    const nn_quote_walk *walk = part->quotes;
    const nn_article_quotes *quotes = &walk->quotes;
    uint32_t length = quotes->ends[quote] - quotes->starts[quote];
    explain_length(bm25, length, "quotes", out);
    for (uint32_t i = 0; i < walk->clause_count; i++) {
        const nn_clause *clause = walk->clauses[i].clause;
        if (clause->scoring) {
            explain_clause(clause, clause->quote_weight, clause->resolved->quote_idf,
                           walk->tfs[(size_t)i * quotes->count + quote], nn_bm25_norm(bm25, length),
                           out);
        }
    }
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
    for (uint32_t i = 0; i < scorers->quote_count; i++) {
        explain_best_quote(sums.quoted[i], sums.quotes[i], i, "article", out);
    }
    return NUNCIO_OK;
}

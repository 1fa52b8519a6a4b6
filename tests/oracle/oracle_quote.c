/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes as units: what words they have, what is true of them, what they score. */
#include "oracle/oracle_internal.h"
#include "query/rank/log.h"

#include <math.h>

bool oracle_is_inside(const oracle_passage *passage, oracle_range range, const nuncio_quote *quote)
{
    return range.begin < passage->text_count &&
           passage->tokens[range.begin].start >= quote->start &&
           passage->tokens[range.end - 1].end <= quote->end;
}

bool oracle_has_words_of(const oracle_passage *passage, const nuncio_quote *quote)
{
    for (uint32_t i = 0; i < passage->text_count; i++) {
        if (oracle_is_inside(passage, (oracle_range){.begin = i, .end = i + 1}, quote)) {
            return true;
        }
    }
    return false;
}

void oracle_list_units(oracle_run *run)
{
    const oracle *archive = run->archive;
    for (size_t i = 0; i < archive->count; i++) {
        run->unit_count += archive->entries[i].annotations.quote_count;
    }
    run->units = oracle_must(nn_arena_array(run->arena, run->unit_count + 1, sizeof *run->units));
    run->first_units =
        oracle_must(nn_arena_array(run->arena, archive->count + 1, sizeof *run->first_units));
    size_t next = 0;
    for (size_t i = 0; i < archive->count; i++) {
        const oracle_entry *entry = &archive->entries[i];
        run->first_units[i] = next;
        for (size_t q = 0; q < entry->annotations.quote_count; q++) {
            oracle_unit *unit = &run->units[next++];
            *unit = (oracle_unit){i, (uint32_t)q, &entry->annotations.quotes[q], UINT64_MAX, 0};
            uint64_t number = 0; /* of a token of the article's text */
            for (uint32_t p = 0; p < entry->passage_count; p++) {
                for (uint32_t t = 0; t < entry->passages[p].text_count; t++, number++) {
                    if (oracle_is_inside(&entry->passages[p],
                                         (oracle_range){.begin = t, .end = t + 1}, unit->quote)) {
                        unit->begin = number < unit->begin ? number : unit->begin;
                        unit->end = number + 1;
                    }
                }
            }
            unit->begin = unit->end == 0 ? 0 : unit->begin;
            run->unit_tokens += unit->end - unit->begin;
        }
    }
    run->first_units[archive->count] = next;
}

/** How often a leaf occurs in a quote, over all passages of the article. */
uint64_t oracle_unit_tf(const oracle_run *run, const oracle_leaf *leaf, const oracle_unit *unit)
{
    uint64_t tf = 0;
    for (size_t p = run->first_passages[unit->article]; p < run->first_passages[unit->article + 1];
         p++) {
        for (size_t i = 0; i < leaf->occurrences[p].count; i++) {
            tf += oracle_is_inside(run->passages[p], leaf->occurrences[p].items[i], unit->quote);
        }
    }
    return tf;
}

/** Whether a token that may stand in a place stands in a quote. */
static bool place_occurs(const oracle_run *run, const oracle_place *place, const oracle_unit *unit)
{
    const oracle_entry *entry = &run->archive->entries[unit->article];
    for (uint32_t p = 0; p < entry->passage_count; p++) {
        const oracle_passage *passage = &entry->passages[p];
        for (uint32_t t = 0; t < passage->text_count; t++) {
            if (place->counts[passage->tokens[t].form] &&
                oracle_is_inside(passage, (oracle_range){.begin = t, .end = t + 1}, unit->quote)) {
                return true;
            }
        }
    }
    return false;
}

double oracle_unit_idf(const oracle_run *run, const oracle_leaf *leaf)
{
    if (leaf->left != NULL) {
        return oracle_unit_idf(run, leaf->left) + oracle_unit_idf(run, leaf->right);
    }
    double idf = 0.0;
    for (size_t i = 0; i < leaf->length; i++) {
        uint64_t df = 0;
        for (size_t u = 0; u < run->unit_count; u++) {
            df += place_occurs(run, &leaf->places[i], &run->units[u]);
        }
        idf += nn_log(1.0 + ((double)(run->unit_count - df) + 0.5) / ((double)df + 0.5));
    }
    return idf;
}

bool oracle_score_unit(const oracle_run *run, const oracle_sum *sum, size_t guard,
                       const oracle_unit *unit, double *score)
{
    double k1 = isnan(run->options->k1) ? 1.5 : run->options->k1;
    double b = isnan(run->options->b) ? 0.75 : run->options->b;
    double length = (double)(unit->end - unit->begin);
    double average =
        run->unit_tokens == 0 ? 1.0 : (double)run->unit_tokens / (double)run->unit_count;
    double norm = k1 * ((1.0 - b) + b * (length / average));
    bool scores = false;
    *score = 0.0;
    for (size_t i = 0; i < sum->count; i++) {
        uint64_t tf =
            sum->leaves[i]->guard != guard ? 0 : oracle_unit_tf(run, sum->leaves[i], unit);
        if (tf > 0) {
            *score += (sum->weights[i] * sum->quote_idfs[i]) * ((double)tf / ((double)tf + norm));
            scores = true;
        }
    }
    return scores;
}

/** The QUOTE of that number, when it holds a leaf that scores. */
static const oracle_leaf *leaf_of_guard(const oracle_sum *sum, size_t guard)
{
    for (size_t i = 0; i < sum->count; i++) {
        if (sum->leaves[i]->guard == guard && sum->leaves[i]->quote != NULL) {
            return sum->leaves[i];
        }
    }
    return NULL;
}

bool oracle_score_guard(const oracle_run *run, const oracle_sum *sum, size_t guard, size_t passage,
                        double *score)
{
    const oracle_leaf *leaf = leaf_of_guard(sum, guard);
    size_t article = run->passages[passage]->article;
    oracle_scope scope = {article, passage, NULL};
    bool narrowed = run->options->scope == NUNCIO_SCOPE_PASSAGE, scores = false;
    *score = 0.0;
    if (leaf == NULL || (narrowed && !oracle_holds(run, run->query, scope)) ||
        (leaf->passage != NULL && !oracle_holds(run, leaf->passage, scope))) {
        return false;
    }
    for (size_t i = run->first_units[article]; i < run->first_units[article + 1]; i++) {
        double one = 0.0;
        scope.quote = run->units[i].quote;
        if (oracle_has_words_of(run->passages[passage], scope.quote) &&
            oracle_holds(run, leaf->quote->children[0], scope) &&
            oracle_score_unit(run, sum, guard, &run->units[i], &one)) {
            *score = !scores || one > *score ? one : *score;
            scores = true;
        }
    }
    return scores;
}

/* ---- quotes as hits ---- */

static bool is_candidate(const oracle_run *run, const oracle_node *query, const oracle_unit *unit)
{
    bool direct = (unit->quote->flags & NUNCIO_QUOTE_DIRECT) != 0;
    bool scores = !oracle_has_scoring_leaf(query);
    for (size_t i = 0; i < run->leaf_count && !scores; i++) {
        scores = run->leaves[i].scoring && oracle_unit_tf(run, &run->leaves[i], unit) > 0;
    }
    return unit->end > unit->begin && (direct || !run->options->direct_only) && scores &&
           oracle_holds(run, query, (oracle_scope){unit->article, ORACLE_WHOLE, unit->quote});
}

bool oracle_unit_is_hit(const oracle_run *run, const oracle_node *query, size_t number)
{
    const oracle_unit *unit = &run->units[number];
    if (!is_candidate(run, query, unit)) {
        return false;
    }
    for (size_t i = run->first_units[unit->article]; i < run->first_units[unit->article + 1]; i++) {
        const oracle_unit *other = &run->units[i];
        bool around = other->begin <= unit->begin && other->end >= unit->end;
        bool longer = other->end - other->begin > unit->end - unit->begin;
        if (i != number && around && (longer || i < number) && is_candidate(run, query, other)) {
            return false;
        }
    }
    return true;
}

size_t oracle_unit_passage(const oracle_run *run, const oracle_unit *unit)
{
    size_t first = SIZE_MAX;
    for (size_t p = run->first_passages[unit->article]; p < run->first_passages[unit->article + 1];
         p++) {
        if (!oracle_has_words_of(run->passages[p], unit->quote)) {
            continue;
        }
        first = first == SIZE_MAX ? p : first;
        for (size_t i = 0; i < run->leaf_count; i++) {
            const oracle_ranges *found = &run->leaves[i].occurrences[p];
            for (size_t k = 0; run->leaves[i].scoring && k < found->count; k++) {
                if (oracle_is_inside(run->passages[p], found->items[k], unit->quote)) {
                    return p;
                }
            }
        }
    }
    return first;
}

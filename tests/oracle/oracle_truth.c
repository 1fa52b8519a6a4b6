/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a query is true of an article or of a passage. */
#include "core/str.h"
#include "oracle/oracle_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool oracle_has_scoring_leaf(const oracle_node *node)
{
    if (node->kind == ORACLE_NOT || (node->mark == '-')) {
        return false;
    }
    if (node->kind <= ORACLE_NEAR) {
        return true;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (oracle_has_scoring_leaf(node->children[i])) {
            return true;
        }
    }
    return false;
}

/* ---- filters ---- */

/** The same words, without regard to case, accents and punctuation. */
static bool same_words(oracle *archive, nuncio_str a, nuncio_str b)
{
    oracle_words x = oracle_analyze(archive, NN_LANGUAGE_NONE, a);
    oracle_words y = oracle_analyze(archive, NN_LANGUAGE_NONE, b);
    bool same = x.count == y.count;
    for (size_t i = 0; same && i < x.count; i++) {
        same = nn_str_equal(x.items[i].folded, y.items[i].folded);
    }
    return same;
}

static bool same_code(const char *a, size_t a_size, const char *b, size_t b_size)
{
    bool same = a_size == b_size;
    for (size_t i = 0; same && i < a_size; i++) {
        same = tolower((uint8_t)a[i]) == tolower((uint8_t)b[i]);
    }
    return same;
}

static bool lang_matches(const oracle_entry *entry, const char *code)
{
    size_t size = strlen(code);
    nuncio_str given = entry->article.lang;
    if (given.data == NULL) {
        const char *detected = nn_language_code(entry->language);
        return same_code(code, size, detected, strlen(detected));
    }
    if (same_code(code, size, given.data, given.size)) {
        return true;
    }
    return strchr(code, '-') == NULL && given.size > size && given.data[size] == '-' &&
           same_code(code, size, given.data, size);
}

/** A day as a number that grows; of a month or year its first or last. */
static int day_of(nuncio_date date, bool last)
{
    int month = date.precision >= NUNCIO_DATE_MONTH ? date.month : last ? 12 : 1;
    int day = date.precision >= NUNCIO_DATE_DAY ? date.day : last ? 31 : 1;
    return (date.year * 12 + month) * 31 + day;
}

static bool date_matches(nuncio_date date, nuncio_date from, nuncio_date to)
{
    return date.precision != NUNCIO_DATE_NONE &&
           (from.precision == NUNCIO_DATE_NONE || day_of(date, true) >= day_of(from, false)) &&
           (to.precision == NUNCIO_DATE_NONE || day_of(date, false) <= day_of(to, true));
}

/* ---- leaves ---- */

static const oracle_leaf *leaf_of(const oracle_run *run, const oracle_node *node)
{
    for (size_t i = 0; i < run->leaf_count; i++) {
        if (run->leaves[i].node == node) {
            return &run->leaves[i];
        }
    }
    fprintf(stderr, "oracle: a leaf is not prepared\n");
    abort();
}

static bool leaf_holds(const oracle_run *run, const oracle_node *node, size_t article,
                       size_t passage)
{
    const oracle_leaf *leaf = leaf_of(run, node);
    if (passage != ORACLE_WHOLE_ARTICLE) {
        return leaf->occurrences[passage].count > 0;
    }
    for (size_t i = run->first_passages[article]; i < run->first_passages[article + 1]; i++) {
        if (leaf->occurrences[i].count > 0) {
            return true;
        }
    }
    return false;
}

/* ---- operators ---- */

static bool list_holds(const oracle_run *run, const oracle_node *node, size_t article,
                       size_t passage)
{
    bool required = false, others = false, one_of_them = false;
    for (size_t i = 0; i < node->child_count; i++) {
        const oracle_node *child = node->children[i];
        bool holds = oracle_holds(run, child, article, passage);
        bool filters = child->mark == 0 && !oracle_has_scoring_leaf(child);
        if (child->mark == '-' ? holds : (child->mark == '+' || filters) && !holds) {
            return false;
        }
        required = required || child->mark == '+';
        if (child->mark == 0 && !filters) {
            others = true;
            one_of_them = one_of_them || holds;
        }
    }
    return required || !others || one_of_them;
}

static bool passage_holds(const oracle_run *run, const oracle_node *node, size_t article,
                          size_t passage)
{
    if (passage != ORACLE_WHOLE_ARTICLE) {
        return oracle_holds(run, node->children[0], article, passage);
    }
    for (size_t i = run->first_passages[article]; i < run->first_passages[article + 1]; i++) {
        if (oracle_holds(run, node->children[0], article, i)) {
            return true;
        }
    }
    return false;
}

static bool all_or_any_hold(const oracle_run *run, const oracle_node *node, size_t article,
                            size_t passage, bool all)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (oracle_holds(run, node->children[i], article, passage) != all) {
            return !all;
        }
    }
    return all;
}

bool oracle_holds(const oracle_run *run, const oracle_node *node, size_t article, size_t passage)
{
    const oracle_entry *entry = &run->archive->entries[article];
    switch (node->kind) {
    case ORACLE_SOURCE:
        return same_words(run->archive, entry->article.source, nn_str_of(node->text));
    case ORACLE_LANG:
        return lang_matches(entry, node->text);
    case ORACLE_DATE:
        return date_matches(entry->article.date, node->from, node->to);
    case ORACLE_NOT:
        return !oracle_holds(run, node->children[0], article, passage);
    case ORACLE_TITLE: /* its leaves know that they are in it */
        return oracle_holds(run, node->children[0], article, passage);
    case ORACLE_PASSAGE:
        return passage_holds(run, node, article, passage);
    case ORACLE_AND:
        return all_or_any_hold(run, node, article, passage, true);
    case ORACLE_OR:
        return all_or_any_hold(run, node, article, passage, false);
    case ORACLE_LIST:
        return list_holds(run, node, article, passage);
    case ORACLE_WORD:
    case ORACLE_PHRASE:
    case ORACLE_EXACT:
    case ORACLE_PREFIX:
    case ORACLE_FUZZY:
    case ORACLE_NEAR:
        break;
    }
    return leaf_holds(run, node, article, passage);
}

bool oracle_scores_in(const oracle_run *run, const oracle_leaf *leaf, size_t passage)
{
    if (!leaf->scoring || leaf->occurrences[passage].count == 0) {
        return false;
    }
    return leaf->passage == NULL ||
           oracle_holds(run, leaf->passage->children[0], run->passages[passage]->article, passage);
}

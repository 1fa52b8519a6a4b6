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

/** Whether a name holds the words of a value, one after another. */
static bool name_holds(oracle *archive, nn_language language, nuncio_str name, const char *value)
{
    oracle_words x = oracle_analyze(archive, language, name);
    oracle_words y = oracle_analyze(archive, language, nn_str_of(value));
    for (size_t i = 0; y.count > 0 && i + y.count <= x.count; i++) {
        size_t same = 0;
        while (same < y.count && nn_str_equal(x.items[i + same].folded, y.items[same].folded)) {
            same++;
        }
        if (same == y.count) {
            return true;
        }
    }
    return false;
}

bool oracle_overlaps(const oracle_passage *passage, uint32_t start, uint32_t end)
{
    return start < passage->end && passage->start < end;
}

/** How many mentions a passage has, or quotes whose speaker, a filter asks for. */
static size_t count_named(const oracle_run *run, const oracle_node *node, size_t number)
{
    const oracle_passage *passage = run->passages[number];
    const oracle_entry *entry = &run->archive->entries[passage->article];
    const nuncio_annotations *found = &entry->annotations;
    size_t count = 0;
    for (size_t i = 0; node->kind == ORACLE_MENTION && i < found->mention_count; i++) {
        const nuncio_mention *mention = &found->mentions[i];
        count += oracle_overlaps(passage, mention->start, mention->end) &&
                 (node->type == NUNCIO_ENTITY_NONE || node->type == mention->type) &&
                 name_holds(run->archive, entry->language, mention->name, node->text);
    }
    for (size_t i = 0; node->kind == ORACLE_SPEAKER && i < found->quote_count; i++) {
        const nuncio_quote *quote = &found->quotes[i];
        count += oracle_overlaps(passage, quote->start, quote->end) &&
                 name_holds(run->archive, entry->language, quote->speaker, node->text);
    }
    return count;
}

bool oracle_has_name(const oracle_node *node)
{
    if (node->kind == ORACLE_NOT || node->mark == '-') {
        return false;
    }
    if (node->kind == ORACLE_SPEAKER || node->kind == ORACLE_MENTION) {
        return true;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (oracle_has_name(node->children[i])) {
            return true;
        }
    }
    return false;
}

/** Whether a filter of a kind, outside negations, is true of a name. */
static bool is_true_of(const oracle_run *run, const oracle_node *node, oracle_kind kind,
                       const oracle_passage *passage, nuncio_str name, nuncio_entity_type type)
{
    if (node->kind == ORACLE_NOT || node->mark == '-') {
        return false;
    }
    if (node->kind == kind) {
        return (node->type == NUNCIO_ENTITY_NONE || node->type == type) &&
               name_holds(run->archive, run->archive->entries[passage->article].language, name,
                          node->text);
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (is_true_of(run, node->children[i], kind, passage, name, type)) {
            return true;
        }
    }
    return false;
}

bool oracle_is_speaker(const oracle_run *run, const oracle_node *node,
                       const oracle_passage *passage, nuncio_str name)
{
    return is_true_of(run, node, ORACLE_SPEAKER, passage, name, NUNCIO_ENTITY_NONE);
}

bool oracle_is_mention(const oracle_run *run, const oracle_node *node,
                       const oracle_passage *passage, nuncio_str name, nuncio_entity_type type)
{
    return is_true_of(run, node, ORACLE_MENTION, passage, name, type);
}

void oracle_count_named(const oracle_run *run, const oracle_node *node, size_t passage,
                        size_t *filters, size_t *mentions)
{
    if (node->kind == ORACLE_NOT || node->mark == '-') {
        return;
    }
    if (node->kind == ORACLE_SPEAKER || node->kind == ORACLE_MENTION) {
        size_t here = count_named(run, node, passage);
        *filters += here > 0;
        *mentions += here;
        return;
    }
    for (size_t i = 0; i < node->child_count; i++) {
        oracle_count_named(run, node->children[i], passage, filters, mentions);
    }
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

static bool leaf_holds(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    const oracle_leaf *leaf = leaf_of(run, node);
    if (scope.quote == NULL) {
        return leaf->occurrences[scope.passage].count > 0;
    }
    const oracle_unit unit = {.article = scope.article, .quote = scope.quote};
    return oracle_unit_tf(run, leaf, &unit) > 0;
}

/* ---- operators ---- */

static bool list_holds(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    bool required = false, others = false, one_of_them = false;
    for (size_t i = 0; i < node->child_count; i++) {
        const oracle_node *child = node->children[i];
        bool holds = oracle_holds(run, child, scope);
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

static bool all_or_any_hold(const oracle_run *run, const oracle_node *node, oracle_scope scope,
                            bool all)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (oracle_holds(run, node->children[i], scope) != all) {
            return !all;
        }
    }
    return all;
}

/** Whether one quote that the passage has words of satisfies what stands in QUOTE. */
static bool quote_holds(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    const nuncio_annotations *found = &run->archive->entries[scope.article].annotations;
    for (size_t i = 0; i < found->quote_count; i++) {
        scope.quote = &found->quotes[i];
        if (oracle_has_words_of(run->passages[scope.passage], scope.quote) &&
            oracle_holds(run, node->children[0], scope)) {
            return true;
        }
    }
    return false;
}

/** What is true of a passage is true of an article when it is true of one of its passages. */
static bool holds_somewhere(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    for (size_t i = run->first_passages[scope.article]; i < run->first_passages[scope.article + 1];
         i++) {
        scope.passage = i;
        if (oracle_holds(run, node, scope)) {
            return true;
        }
    }
    return false;
}

/** Whether a mention that overlaps the quote has the name. */
static bool is_named_in_quote(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    const oracle_entry *entry = &run->archive->entries[scope.article];
    for (size_t i = 0; i < entry->annotations.mention_count; i++) {
        const nuncio_mention *mention = &entry->annotations.mentions[i];
        if (mention->start < scope.quote->end && scope.quote->start < mention->end &&
            (node->type == NUNCIO_ENTITY_NONE || node->type == mention->type) &&
            name_holds(run->archive, entry->language, mention->name, node->text)) {
            return true;
        }
    }
    return false;
}

static bool is_of_passages(oracle_kind kind)
{
    return kind <= ORACLE_NEAR || kind == ORACLE_SPEAKER || kind == ORACLE_MENTION ||
           kind == ORACLE_PASSAGE || kind == ORACLE_QUOTE;
}

bool oracle_holds(const oracle_run *run, const oracle_node *node, oracle_scope scope)
{
    const oracle_entry *entry = &run->archive->entries[scope.article];
    if (scope.quote == NULL && scope.passage == ORACLE_WHOLE && is_of_passages(node->kind)) {
        return holds_somewhere(run, node, scope);
    }
    switch (node->kind) {
    case ORACLE_SOURCE:
        return same_words(run->archive, entry->article.source, nn_str_of(node->text));
    case ORACLE_LANG:
        return lang_matches(entry, node->text);
    case ORACLE_DATE:
        return date_matches(entry->article.date, node->from, node->to);
    case ORACLE_MENTION:
        return scope.quote == NULL ? count_named(run, node, scope.passage) > 0
                                   : is_named_in_quote(run, node, scope);
    case ORACLE_SPEAKER:
        return scope.quote == NULL
                   ? count_named(run, node, scope.passage) > 0
                   : name_holds(run->archive, entry->language, scope.quote->speaker, node->text);
    case ORACLE_NOT:
        return !oracle_holds(run, node->children[0], scope);
    case ORACLE_TITLE: /* its leaves know that they are in it */
    case ORACLE_PASSAGE:
        return oracle_holds(run, node->children[0], scope);
    case ORACLE_QUOTE: /* of a quote: itself */
        return scope.quote == NULL ? quote_holds(run, node, scope)
                                   : oracle_holds(run, node->children[0], scope);
    case ORACLE_AND:
        return all_or_any_hold(run, node, scope, true);
    case ORACLE_OR:
        return all_or_any_hold(run, node, scope, false);
    case ORACLE_LIST:
        return list_holds(run, node, scope);
    case ORACLE_WORD:
    case ORACLE_PHRASE:
    case ORACLE_EXACT:
    case ORACLE_PREFIX:
    case ORACLE_FUZZY:
    case ORACLE_NEAR:
        break;
    }
    return leaf_holds(run, node, scope);
}

static bool scores_at(const oracle_run *run, const oracle_leaf *leaf, size_t passage,
                      oracle_range range)
{
    const oracle_passage *p = run->passages[passage];
    const nuncio_annotations *found = &run->archive->entries[p->article].annotations;
    for (size_t i = 0; i < found->quote_count; i++) {
        oracle_scope scope = {p->article, passage, &found->quotes[i]};
        if (oracle_is_inside(p, range, scope.quote) &&
            oracle_holds(run, leaf->quote->children[0], scope)) {
            return true;
        }
    }
    return false;
}

oracle_ranges oracle_scored(oracle_run *run, const oracle_leaf *leaf, size_t passage)
{
    const oracle_ranges *all = &leaf->occurrences[passage];
    oracle_ranges scored = {0};
    oracle_scope scope = {run->passages[passage]->article, passage, NULL};
    bool narrowed = run->options->scope == NUNCIO_SCOPE_PASSAGE;
    if (!leaf->scoring || all->count == 0 || (narrowed && !oracle_holds(run, run->query, scope)) ||
        (leaf->passage != NULL && !oracle_holds(run, leaf->passage, scope))) {
        return scored;
    }
    if (leaf->quote == NULL) {
        return *all;
    }
    scored.items = oracle_must(nn_arena_array(run->arena, all->count, sizeof *scored.items));
    for (size_t i = 0; i < all->count; i++) {
        if (scores_at(run, leaf, passage, all->items[i])) {
            scored.items[scored.count++] = all->items[i];
        }
    }
    return scored;
}

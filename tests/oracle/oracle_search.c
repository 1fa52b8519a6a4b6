/* SPDX-License-Identifier: Apache-2.0 */
/* Looks at every passage, scores, sorts, marks. */
#include "core/str.h"
#include "oracle/oracle_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading the tree ---- */

typedef struct place {
    bool in_title, negated;
    const oracle_node *passage, *quote;
    size_t guard;
    double weights[16]; /* of the nodes around, outermost first */
    size_t depth;
} place;

static size_t count_nodes(const oracle_node *node)
{
    size_t count = 1;
    for (size_t i = 0; i < node->child_count; i++) {
        count += count_nodes(node->children[i]);
    }
    return count;
}

static void collect_leaves(oracle_run *run, const oracle_node *node, place where)
{
    where.weights[where.depth++] = node->weight[0] == '\0' ? 1.0 : strtod(node->weight, NULL);
    where.negated = where.negated || node->mark == '-' || node->kind == ORACLE_NOT;
    where.in_title = where.in_title || node->kind == ORACLE_TITLE;
    where.passage = node->kind == ORACLE_PASSAGE ? node : where.passage;
    bool by_quote = run->options->by == NUNCIO_BY_QUOTE; /* then QUOTE says nothing */
    where.quote = node->kind == ORACLE_QUOTE && !by_quote ? node : where.quote;
    if (node->kind == ORACLE_PASSAGE || (node->kind == ORACLE_QUOTE && !by_quote)) {
        where.guard = ++run->guard_count;
    }
    if (node->kind <= ORACLE_NEAR) {
        double weight = where.weights[where.depth - 1];
        for (size_t i = where.depth - 1; i > 0; i--) {
            weight *= where.weights[i - 1];
        }
        run->leaves[run->leaf_count++] = (oracle_leaf){.node = node,
                                                       .in_title = where.in_title,
                                                       .scoring = !where.negated,
                                                       .passage = where.passage,
                                                       .quote = where.quote,
                                                       .guard = where.guard,
                                                       .weight = weight};
        return;
    }
    for (uint32_t required = 2;
         required-- > 0;) { /* the canonical text has what is under + first */
        for (size_t i = 0; i < node->child_count; i++) {
            if ((node->children[i]->mark == '+') == (required == 1)) {
                collect_leaves(run, node->children[i], where);
            }
        }
    }
}

static void list_passages(oracle_run *run)
{
    const oracle *archive = run->archive;
    for (size_t i = 0; i < archive->count; i++) {
        run->passage_count += archive->entries[i].passage_count;
    }
    run->first_passages =
        oracle_must(nn_arena_array(run->arena, archive->count + 1, sizeof *run->first_passages));
    run->passages =
        oracle_must(nn_arena_array(run->arena, run->passage_count + 1, sizeof *run->passages));
    size_t next = 0;
    for (size_t i = 0; i < archive->count; i++) {
        run->first_passages[i] = next;
        for (uint32_t j = 0; j < archive->entries[i].passage_count; j++) {
            archive->entries[i].passages[j].article = i;
            run->passages[next++] = &archive->entries[i].passages[j];
        }
    }
    run->first_passages[archive->count] = next;
}

/* ---- hits ---- */

static bool a_leaf_scores_in(const oracle_run *run, const oracle_sum *sum, size_t passage)
{
    bool scores = false;
    double score = 0.0;
    for (size_t i = 0; i < run->leaf_count && !scores; i++) {
        scores = run->leaves[i].quote == NULL && run->leaves[i].scored[passage].count > 0;
    }
    for (size_t guard = 1; guard <= run->guard_count && !scores; guard++) {
        scores = oracle_score_guard(run, sum, guard, passage, &score);
    }
    return scores;
}

/** The passage that stands for an article where no leaf scores: of those in which most of the
 * filters on names are true, the first with half of the most mentions. */
static size_t shown_passage(const oracle_run *run, const oracle_node *query, size_t article)
{
    size_t first = run->first_passages[article], end = run->first_passages[article + 1];
    size_t most_filters = 0, most_mentions = 0;
    for (size_t i = first; i < end; i++) {
        size_t filters = 0, mentions = 0;
        oracle_count_named(run, query, i, &filters, &mentions);
        most_mentions =
            filters > most_filters || (filters == most_filters && mentions > most_mentions)
                ? mentions
                : most_mentions;
        most_filters = filters > most_filters ? filters : most_filters;
    }
    for (size_t i = first; i < end; i++) {
        size_t filters = 0, mentions = 0;
        oracle_count_named(run, query, i, &filters, &mentions);
        if (filters == most_filters && 2 * mentions >= most_mentions) {
            return i;
        }
    }
    return first;
}

/** Whether a passage is a hit; `article_holds` is what the query is of its article. */
static bool is_hit(const oracle_run *run, const oracle_node *query, const oracle_sum *sum,
                   bool article_holds, size_t passage)
{
    size_t article = run->passages[passage]->article;
    bool whole_article = run->options->scope == NUNCIO_SCOPE_ARTICLE;
    oracle_scope scope = {article, passage, NULL};
    if (whole_article ? !article_holds : !oracle_holds(run, query, scope)) {
        return false;
    }
    if (oracle_has_scoring_leaf(query)) {
        return a_leaf_scores_in(run, sum, passage);
    }
    return !whole_article || passage == shown_passage(run, query, article);
}

/* ---- what is shown ---- */

static nuncio_highlight range_bytes(const oracle_passage *passage, oracle_range range)
{
    bool in_title = range.begin >= passage->text_count;
    uint32_t base = in_title ? 0 : passage->start;
    return (nuncio_highlight){passage->tokens[range.begin].start - base,
                              passage->tokens[range.end - 1].end - base, range.kind};
}

static int by_start(const void *a, const void *b)
{
    const nuncio_highlight *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/** Joins marks that overlap. */
static size_t join_marks(nuncio_highlight *marks, size_t count)
{
    size_t kept = 0;
    if (count > 0) {
        qsort(marks, count, sizeof *marks, by_start);
    }
    for (size_t i = 0; i < count; i++) {
        nuncio_highlight *last = kept == 0 ? NULL : &marks[kept - 1];
        if (last == NULL || marks[i].start >= last->end) {
            marks[kept++] = marks[i];
            continue;
        }
        last->end = marks[i].end > last->end ? marks[i].end : last->end;
        last->kind = marks[i].kind > last->kind ? marks[i].kind : last->kind;
    }
    return kept;
}

/** The marks of all scoring leaves in a passage's text, or in the title. */
static const nuncio_highlight *mark(oracle_run *run, size_t passage, bool title, size_t *count)
{
    const oracle_passage *p = run->passages[passage];
    size_t room = 0;
    for (size_t i = 0; i < run->leaf_count; i++) {
        room += oracle_leaf_marks(run, &run->leaves[i], passage).count;
    }
    nuncio_highlight *marks = oracle_must(nn_arena_array(run->arena, room + 1, sizeof *marks));
    *count = 0;
    for (size_t i = 0; i < run->leaf_count; i++) {
        oracle_ranges ranges = oracle_leaf_marks(run, &run->leaves[i], passage);
        for (size_t j = 0; j < ranges.count; j++) {
            if ((ranges.items[j].begin >= p->text_count) == title) {
                marks[(*count)++] = range_bytes(p, ranges.items[j]);
            }
        }
    }
    *count = join_marks(marks, *count);
    return marks;
}

static bool is_marked(const oracle_hit *hit, uint32_t start, uint32_t end)
{
    for (size_t i = 0; i < hit->highlight_count; i++) {
        if (hit->highlights[i].start < end && start < hit->highlights[i].end) {
            return true;
        }
    }
    return false;
}

/** Cuts a span to a passage and counts it from its start. */
static void clip(const oracle_passage *p, uint32_t *start, uint32_t *end)
{
    *start = (*start > p->start ? *start : p->start) - p->start;
    *end = (*end < p->end ? *end : p->end) - p->start;
}

/** Whether names alone decide what is shown: no word scores. */
static bool shows_names(const oracle_run *run)
{
    for (size_t i = 0; i < run->leaf_count; i++) {
        if (run->leaves[i].scoring) {
            return false;
        }
    }
    return true;
}

/** The quotes and names that a passage overlaps. */
static void show_annotations(oracle_run *run, const oracle_node *query, const oracle_passage *p,
                             oracle_hit *hit)
{
    bool named = shows_names(run);
    const nuncio_annotations *found = &run->archive->entries[p->article].annotations;
    nuncio_quote *quotes =
        oracle_must(nn_arena_array(run->arena, found->quote_count + 1, sizeof *quotes));
    nuncio_mention *mentions =
        oracle_must(nn_arena_array(run->arena, found->mention_count + 1, sizeof *mentions));
    for (size_t i = 0; i < found->quote_count; i++) {
        nuncio_quote quote = found->quotes[i];
        if (oracle_overlaps(p, quote.start, quote.end)) {
            quote.flags |= quote.start < p->start ? NUNCIO_QUOTE_CONTINUES_BEFORE : 0;
            quote.flags |= quote.end > p->end ? NUNCIO_QUOTE_CONTINUES_AFTER : 0;
            clip(p, &quote.start, &quote.end);
            bool ranked = run->options->by == NUNCIO_BY_QUOTE && i == hit->quote_ordinal;
            hit->quote = ranked ? &quotes[hit->quote_count] : hit->quote;
            bool matched = ranked || is_marked(hit, quote.start, quote.end) ||
                           (named && oracle_is_speaker(run, query, p, quote.speaker));
            quote.flags |= matched ? NUNCIO_QUOTE_MATCHED : 0;
            quotes[hit->quote_count++] = quote;
        }
    }
    for (size_t i = 0; i < found->mention_count; i++) {
        nuncio_mention mention = found->mentions[i];
        if (oracle_overlaps(p, mention.start, mention.end)) {
            clip(p, &mention.start, &mention.end);
            mention.matched =
                is_marked(hit, mention.start, mention.end) ||
                (named && oracle_is_mention(run, query, p, mention.name, mention.type));
            mentions[hit->mention_count++] = mention;
        }
    }
    hit->quotes = quotes;
    hit->mentions = mentions;
}

/** All hits of one article, by passage; returns how many. */
static size_t hits_of_article(oracle_run *run, const oracle_node *query, const oracle_sum *sum,
                              size_t article, oracle_hit *to)
{
    bool holds = oracle_holds(run, query, (oracle_scope){article, ORACLE_WHOLE, NULL});
    size_t first = run->first_passages[article], count = 0;
    for (size_t i = first; i < run->first_passages[article + 1]; i++) {
        if (!is_hit(run, query, sum, holds, i)) {
            continue;
        }
        oracle_hit *hit = &to[count++];
        *hit = (oracle_hit){.article = article,
                            .ordinal = run->passages[i]->ordinal,
                            .score = oracle_score_passage(run, sum, i),
                            .start = run->passages[i]->start,
                            .end = run->passages[i]->end};
        hit->highlights = mark(run, i, false, &hit->highlight_count);
        hit->explanation = oracle_explain_passage(run, sum, i);
        show_annotations(run, query, run->passages[i], hit);
        if (to[0].ordinal ==
            0) { /* the title is marked as the first passage is, when that is a hit */
            hit->title_highlights = mark(run, first, true, &hit->title_highlight_count);
        }
    }
    return count;
}

/** The occurrences of scoring leaves in the part of a quote that lies in a passage. */
static void narrow_to_quote(oracle_run *run, size_t passage, const nuncio_quote *quote)
{
    for (size_t i = 0; i < run->leaf_count; i++) {
        const oracle_ranges *all = &run->leaves[i].occurrences[passage];
        oracle_ranges *to = &run->leaves[i].scored[passage];
        *to = (oracle_ranges){
            oracle_must(nn_arena_array(run->arena, all->count + 1, sizeof *to->items)), 0};
        for (size_t k = 0; run->leaves[i].scoring && k < all->count; k++) {
            if (oracle_is_inside(run->passages[passage], all->items[k], quote)) {
                to->items[to->count++] = all->items[k];
            }
        }
    }
}

/** All quotes that are hits; returns how many. */
static size_t list_quotes(oracle_run *run, const oracle_node *query, const oracle_sum *sum,
                          oracle_hit *to)
{
    size_t count = 0;
    for (size_t i = 0; i < run->unit_count; i++) {
        const oracle_unit *unit = &run->units[i];
        if (!oracle_unit_is_hit(run, query, i)) {
            continue;
        }
        size_t shown = oracle_unit_passage(run, unit);
        const oracle_passage *passage = run->passages[shown];
        oracle_hit *hit = &to[count++];
        *hit = (oracle_hit){.article = unit->article,
                            .ordinal = passage->ordinal,
                            .start = passage->start,
                            .end = passage->end,
                            .quote_ordinal = unit->ordinal};
        (void)oracle_score_unit(run, sum, 0, unit, &hit->score);
        narrow_to_quote(run, shown, unit->quote);
        hit->highlights = mark(run, shown, false, &hit->highlight_count);
        hit->explanation = "";
        show_annotations(run, query, passage, hit);
    }
    return count;
}

/** Leaves of an article's hits only the one that is shown, with the article's score. */
static size_t keep_best(const oracle_run *run, const oracle_sum *sum, oracle_hit *hits,
                        size_t count)
{
    if (count == 0) {
        return 0;
    }
    oracle_hit best = hits[0];
    for (size_t i = 1; i < count; i++) {
        best = hits[i].score > best.score ? hits[i] : best; /* of equals the first */
    }
    hits[0] = best;
    hits[0].score = oracle_score_article(run, sum, best.article);
    return 1;
}

static int by_rank(const void *a, const void *b, void *context)
{
    const oracle_hit *x = a, *y = b;
    const oracle *archive = context;
    if (x->score != y->score) {
        return x->score > y->score ? -1 : 1;
    }
    int order = nn_str_compare(archive->entries[x->article].article.id,
                               archive->entries[y->article].article.id);
    if (order != 0 || x->quote_ordinal != y->quote_ordinal) {
        return order != 0 ? order : x->quote_ordinal > y->quote_ordinal ? 1 : -1;
    }
    return (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
}

oracle_answer oracle_search(oracle *archive, const oracle_node *query,
                            const nuncio_search_options *options)
{
    nn_arena_reset(&archive->answer_arena);
    oracle_run run = {
        .archive = archive, .arena = &archive->answer_arena, .query = query, .options = options};
    list_passages(&run);
    oracle_list_units(&run);
    run.leaves = oracle_must(nn_arena_array(run.arena, count_nodes(query), sizeof *run.leaves));
    collect_leaves(&run, query, (place){0});
    for (size_t i = 0; i < run.leaf_count; i++) {
        oracle_leaf_prepare(&run, &run.leaves[i]);
    }
    for (size_t i = 0; i < run.leaf_count; i++) {
        oracle_leaf *leaf = &run.leaves[i];
        leaf->scored =
            oracle_must(nn_arena_array(run.arena, run.passage_count + 1, sizeof *leaf->scored));
        for (size_t j = 0; options->by != NUNCIO_BY_QUOTE && j < run.passage_count; j++) {
            leaf->scored[j] = oracle_scored(&run, leaf, j);
        }
    }
    oracle_sum sum = oracle_sum_prepare(&run);
    size_t room = run.passage_count + run.unit_count + 1;
    oracle_hit *hits = oracle_must(nn_arena_array(run.arena, room, sizeof *hits));
    size_t count = options->by == NUNCIO_BY_QUOTE ? list_quotes(&run, query, &sum, hits) : 0;
    for (size_t i = 0; options->by != NUNCIO_BY_QUOTE && i < archive->count; i++) {
        size_t found = hits_of_article(&run, query, &sum, i, hits + count);
        count +=
            options->by == NUNCIO_BY_ARTICLE ? keep_best(&run, &sum, hits + count, found) : found;
    }
    qsort_r(hits, count, sizeof *hits, by_rank, archive);
    return (oracle_answer){hits, count};
}

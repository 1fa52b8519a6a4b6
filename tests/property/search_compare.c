/* SPDX-License-Identifier: Apache-2.0 */
#include "property/search_compare.h"

#include "core/str.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

bool same_text(nuncio_str a, nuncio_str b)
{
    return (a.data == NULL) == (b.data == NULL) && nn_str_equal(a, b);
}

/** A query under test, for messages. */
typedef struct asked {
    searched *s;
    nuncio_str text;
    nuncio_query *query;
    nuncio_search_options options;
} asked;

static void stop(const asked *a, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

static void stop(const asked *a, const char *format, ...)
{
    if (a->s->caught != NULL) {
        longjmp(*a->s->caught, 1);
    }
    fprintf(stderr, "\nseed %" PRIu64 ", world %u, commit %u\nquery:    %.*s\nread as:  %s\n",
            a->s->prng->seed, a->s->world, a->s->commit, (int)a->text.size, a->text.data,
            a->query == NULL ? "?" : nuncio_query_explain(a->query).data);
    fprintf(stderr,
            "options:  by %d, scope %d, k1 %g, b %g, hits_max %u, exhaustive %d, after \"%.*s\"\n",
            a->options.by, a->options.scope, a->options.k1, a->options.b, a->options.hits_max,
            a->options.exhaustive, (int)a->options.after.size, a->options.after.data);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
    fail();
    abort(); /* not reached: fail() leaves the test */
}

/** How the engine came to the score of a hit, for messages. */
static void print_explanations(const asked *a, size_t index, const oracle_hit *expected)
{
    if (a->s->caught != NULL) {
        return;
    }
    nuncio_hits *hits = NULL;
    nuncio_search_options options = a->options;
    options.explain = true;
    if (nuncio_search(a->s->snapshot, a->query, &options, &hits, NULL) != NUNCIO_OK) {
        return;
    }
    const nuncio_hit *hit = nuncio_hits_at(hits, index);
    if (hit != NULL) {
        fprintf(stderr, "\n%.*s\n", (int)hit->explanation.size, hit->explanation.data);
    }
    nuncio_hits_destroy(hits);
    fprintf(stderr, "expected:\n%s", expected->explanation);
}

static void check_marks(const asked *a, const char *what, size_t index,
                        const nuncio_highlight *found, size_t found_count,
                        const nuncio_highlight *expected, size_t expected_count)
{
    bool same = found_count == expected_count;
    for (size_t i = 0; same && i < found_count; i++) {
        same = found[i].start == expected[i].start && found[i].end == expected[i].end &&
               found[i].kind == expected[i].kind;
    }
    if (same) {
        return;
    }
    if (a->s->caught != NULL) {
        stop(a, "marks");
    }
    fprintf(stderr, "\nfound %s:    ", what);
    for (size_t i = 0; i < found_count; i++) {
        fprintf(stderr, " %u-%u(%d)", found[i].start, found[i].end, found[i].kind);
    }
    fprintf(stderr, "\nexpected %s: ", what);
    for (size_t i = 0; i < expected_count; i++) {
        fprintf(stderr, " %u-%u(%d)", expected[i].start, expected[i].end, expected[i].kind);
    }
    stop(a, "%s of hit %zu differ", what, index);
}

static void check_quotes(const asked *a, size_t index, const nuncio_hit *found,
                         const oracle_hit *expected)
{
    bool same = found->quote_count == expected->quote_count;
    for (size_t i = 0; same && i < found->quote_count; i++) {
        const nuncio_quote *x = &found->quotes[i], *y = &expected->quotes[i];
        same = x->start == y->start && x->end == y->end && x->flags == y->flags &&
               x->speaker_type == y->speaker_type && same_text(x->speaker, y->speaker) &&
               nn_str_equal(x->cue, y->cue);
    }
    if (same) {
        return;
    }
    if (a->s->caught != NULL) {
        stop(a, "quotes");
    }
    fprintf(stderr, "\nfound and expected quotes:\n");
    for (size_t i = 0; i < found->quote_count + expected->quote_count; i++) {
        const nuncio_quote *x =
            i < found->quote_count ? &found->quotes[i] : &expected->quotes[i - found->quote_count];
        fprintf(stderr, " %u-%u flags %u type %d speaker %.*s cue %.*s\n", x->start, x->end,
                x->flags, x->speaker_type, (int)x->speaker.size, x->speaker.data, (int)x->cue.size,
                x->cue.data);
    }
    stop(a, "quotes of hit %zu differ: %zu, expected %zu", index, found->quote_count,
         expected->quote_count);
}

static void check_mentions(const asked *a, size_t index, const nuncio_hit *found,
                           const oracle_hit *expected)
{
    bool same = found->mention_count == expected->mention_count;
    for (size_t i = 0; same && i < found->mention_count; i++) {
        const nuncio_mention *x = &found->mentions[i], *y = &expected->mentions[i];
        same = x->start == y->start && x->end == y->end && x->matched == y->matched &&
               x->type == y->type && same_text(x->name, y->name);
    }
    if (!same) {
        stop(a, "mentions of hit %zu differ: %zu, expected %zu", index, found->mention_count,
             expected->mention_count);
    }
}

/** Field by field: the padding of the struct is anybody's. */
static bool same_date(nuncio_date a, nuncio_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day && a.precision == b.precision;
}

static void check_hit(const asked *a, size_t index, const nuncio_hit *found,
                      const oracle_hit *expected)
{
    const nuncio_article *article = oracle_article(a->s->archive, expected->article);
    if (!nn_str_equal(found->article.id, article->id) || found->ordinal != expected->ordinal ||
        memcmp(&found->score, &expected->score, sizeof found->score) != 0) {
        print_explanations(a, index, expected);
        stop(a, "hit %zu is %.*s #%u %.17g (%a), expected %.*s #%u %.17g (%a)", index,
             (int)found->article.id.size, found->article.id.data, found->ordinal, found->score,
             found->score, (int)article->id.size, article->id.data, expected->ordinal,
             expected->score, expected->score);
    }
    if (found->quote_ordinal != expected->quote_ordinal) {
        stop(a, "hit %zu is quote %u of its article, expected %u", index, found->quote_ordinal,
             expected->quote_ordinal);
    }
    if (found->rank != index + 1) {
        stop(a, "hit %zu has rank %u", index, found->rank);
    }
    if (a->options.no_highlights) {
        return;
    }
    if (!same_text(found->article.title, article->title) ||
        !same_text(found->article.source, article->source) ||
        !same_text(found->article.url, article->url) ||
        !same_date(found->article.date, article->date)) {
        stop(a, "the article of hit %zu differs", index);
    }
    if (found->start != expected->start || found->end != expected->end ||
        !nn_str_equal(found->passage, nn_str(article->text.data + expected->start,
                                             expected->end - expected->start))) {
        stop(a, "the passage of hit %zu is %u-%u, expected %u-%u, or its text differs", index,
             found->start, found->end, expected->start, expected->end);
    }
    check_marks(a, "marks", index, found->highlights, found->highlight_count, expected->highlights,
                expected->highlight_count);
    check_quotes(a, index, found, expected);
    bool none = expected->quote == NULL;
    if (none != (found->quote == NULL) ||
        (!none && found->quote - found->quotes != expected->quote - expected->quotes)) {
        stop(a, "the quote of hit %zu is another one of its quotes", index);
    }
    check_mentions(a, index, found, expected);
    check_marks(a, "title marks", index, found->title_highlights, found->title_highlight_count,
                expected->title_highlights, expected->title_highlight_count);
}

static nuncio_hits *search(const asked *a)
{
    nuncio_error error = {0};
    nuncio_hits *hits = NULL;
    if (nuncio_search(a->s->snapshot, a->query, &a->options, &hits, &error) != NUNCIO_OK) {
        stop(a, "search: %s: %s", nuncio_status_name(error.status), error.message);
    }
    return hits;
}

static void check_list(const asked *a, const oracle_answer *answer)
{
    nuncio_hits *hits = search(a);
    size_t count = answer->count < a->options.hits_max ? answer->count : a->options.hits_max;
    if (nuncio_hits_count(hits) != count) {
        stop(a, "%zu hits, expected %zu", nuncio_hits_count(hits), count);
    }
    for (size_t i = 0; i < count; i++) {
        check_hit(a, i, nuncio_hits_at(hits, i), &answer->hits[i]);
    }
    uint64_t total = nuncio_hits_total(hits);
    bool exact = nuncio_hits_total_is_exact(hits);
    if ((a->options.count && !exact) || (exact && total != answer->count) ||
        total > answer->count || total < count) {
        stop(a, "total %" PRIu64 " (exact: %d), expected %zu", total, exact, answer->count);
    }
    nuncio_hits_destroy(hits);
}

/** Page after page must be the whole list. */
static void check_pages(asked *a, const oracle_answer *answer)
{
    char after[256] = "";
    size_t seen = 0;
    for (;;) {
        a->options.after = nn_str(after[0] == '\0' ? NULL : after, strlen(after));
        nuncio_hits *hits = search(a);
        for (size_t i = 0; i < nuncio_hits_count(hits); i++, seen++) {
            if (seen == answer->count) {
                stop(a, "more hits in pages than in all");
            }
            check_hit(a, seen, nuncio_hits_at(hits, i), &answer->hits[seen]);
        }
        nuncio_str next = nuncio_hits_after(hits);
        bool last = next.data == NULL || nuncio_hits_count(hits) == 0;
        assert_true(next.size < sizeof after);
        snprintf(after, sizeof after, "%.*s", (int)next.size, next.data == NULL ? "" : next.data);
        nuncio_hits_destroy(hits);
        if (last) {
            break;
        }
    }
    if (seen != answer->count) {
        stop(a, "%zu hits in pages, expected %zu", seen, answer->count);
    }
    a->options.after = nn_str_of(NULL);
}

/* ---- facets ---- */

static void check_facet(const asked *a, const oracle_node *query, const oracle_answer *answer,
                        const nuncio_facets *facets, nuncio_facet_kind kind, uint32_t limit)
{
    oracle_facet_list expected = oracle_facets(a->s->archive, query, &a->options, kind, answer);
    bool in_time = kind == NUNCIO_FACET_YEAR || kind == NUNCIO_FACET_MONTH;
    size_t count = 0, wanted = expected.count;
    const nuncio_facet *found = nuncio_facets_values(facets, kind, &count);
    wanted = !in_time && limit > 0 && limit < wanted ? limit : wanted;
    bool same = count == wanted && nuncio_facets_distinct(facets, kind) == expected.count;
    for (size_t i = 0; same && i < count; i++) {
        const oracle_facet *x = &expected.items[i];
        same = nn_str_equal(x->value, found[i].value) && x->type == found[i].type &&
               x->hits == found[i].hits && x->articles == found[i].articles;
    }
    if (!same && a->s->caught == NULL) {
        for (size_t i = 0; i < wanted || i < count; i++) {
            const oracle_facet none = {{"", 0}, 0, 0, 0}, *x = &none;
            const nuncio_facet nothing = {.value = {"", 0}}, *y = &nothing;
            x = i < wanted ? &expected.items[i] : x;
            y = i < count ? &found[i] : y;
            fprintf(stderr, "  expected %.*s (%d) %llu/%llu found %.*s (%d) %llu/%llu\n",
                    (int)x->value.size, x->value.data, x->type, (unsigned long long)x->hits,
                    (unsigned long long)x->articles, (int)y->value.size, y->value.data, y->type,
                    (unsigned long long)y->hits, (unsigned long long)y->articles);
        }
    }
    free(expected.items);
    if (!same) {
        stop(a, "facet %d differs", kind);
    }
}

/** Counts over the whole result. */
static void check_facets(const asked *of, const oracle_node *query)
{
    asked a = *of;
    nuncio_facets *facets = NULL;
    nuncio_error error = {0};
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    options.limit = (uint32_t)test_prng_below(a.s->prng, 4);
    if (nuncio_facets_count(a.s->snapshot, a.query, &a.options, &options, &facets, &error) !=
        NUNCIO_OK) {
        stop(&a, "facets: %s: %s", nuncio_status_name(error.status), error.message);
    }
    a.options.by = a.options.by == NUNCIO_BY_ARTICLE ? NUNCIO_BY_PASSAGE : a.options.by;
    oracle_answer answer = oracle_search(a.s->archive, query, &a.options);
    if (nuncio_facets_hits(facets) != answer.count) {
        stop(&a, "facets of %" PRIu64 " hits, expected %zu", nuncio_facets_hits(facets),
             answer.count);
    }
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        check_facet(&a, query, &answer, facets, (nuncio_facet_kind)kind, options.limit);
    }
    nuncio_facets_destroy(facets);
}

/* ---- one query ---- */

static void parse(asked *a, uint32_t flags)
{
    nuncio_error error = {0};
    if (nuncio_query_parse(a->text, flags, NULL, &a->query, &error) != NUNCIO_OK) {
        a->query = NULL;
        stop(a, "parse: %s at byte %" PRIu64, error.message, error.offset);
    }
}

/** What the query was read as must itself be read as the same query. */
static void check_canonical(const asked *a, const oracle_answer *answer)
{
    asked again = *a;
    again.text = nuncio_query_explain(a->query);
    parse(&again, 0);
    if (!nn_str_equal(nuncio_query_explain(again.query), again.text)) {
        stop(a, "the canonical text is read as %s", nuncio_query_explain(again.query).data);
    }
    check_list(&again, answer);
    nuncio_query_destroy(again.query);
}

void compare_query(searched *s, const random_query *query, const nuncio_search_options *options)
{
    nn_memory memory;
    nn_buffer text;
    nn_memory_init(&memory, NULL, 0);
    nn_buffer_init(&text, &memory);
    random_query_print(s->prng, query, &text);
    asked a = {.s = s, .text = nn_buffer_str(&text), .options = *options};
    parse(&a, query->plain ? NUNCIO_QUERY_PLAIN : 0);
    oracle_answer answer = oracle_search(s->archive, query->root, &a.options);
    s->with_hits += answer.count > 0;

    check_list(&a, &answer);
    a.options.exhaustive = true;
    check_list(&a, &answer);
    a.options.exhaustive = false;
    check_canonical(&a, &answer);
    if (answer.count < 60 * a.options.hits_max) {
        check_pages(&a, &answer);
    }
    a.options.hits_max = 10000;
    a.options.count = true;
    a.options.no_highlights = true;
    check_list(&a, &answer);
    a.options.hits_max = 0;
    check_list(&a, &answer);
    check_facets(&a, query->root);
    nuncio_query_destroy(a.query);
    nn_buffer_deinit(&text);
}

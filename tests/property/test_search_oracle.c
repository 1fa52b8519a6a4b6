/* SPDX-License-Identifier: Apache-2.0 */
/* The engine against the oracle: random archives that grow, change and shrink over several commits,
 * and random queries on each of their states. Ids, ordinals, scores (every bit), totals, marks and
 * pages must be the same, with and without pruning. */
#include "core/str.h"
#include "oracle/random_query.h"
#include "support/files.h"

#include <inttypes.h>
#include <nuncio/nuncio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { WORLDS = 14, COMMITS = 5, QUERIES = 34 };

typedef struct world {
    test_prng prng;
    random_world words;
    oracle *archive;
    char folder[TEST_PATH_MAX];
    nuncio_writer *writer;
    nuncio_snapshot *snapshot;
    nn_memory memory;
    uint32_t number, commit;
    jmp_buf *caught; /* where to go when answers differ; NULL: the test fails */
    uint64_t
        with_hits; /* queries that found something: a test of empty answers would prove little */
} world;

/** A query under test, for messages. */
typedef struct asked {
    world *w;
    nuncio_str text;
    nuncio_query *query;
    nuncio_search_options options;
} asked;

static void stop(const asked *a, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

static void stop(const asked *a, const char *format, ...)
{
    if (a->w->caught != NULL) {
        longjmp(*a->w->caught, 1);
    }
    fprintf(stderr, "\nseed %" PRIu64 ", world %u, commit %u\nquery:    %.*s\nread as:  %s\n",
            a->w->prng.seed, a->w->number, a->w->commit, (int)a->text.size, a->text.data,
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

static void must(nuncio_status status, const nuncio_error *error, const char *action)
{
    if (status != NUNCIO_OK) {
        fail_msg("%s: %s: %s", action, nuncio_status_name(status), error->message);
    }
}

/* ---- the archive ---- */

static void open_writer(world *w)
{
    nuncio_error error = {0};
    must(nuncio_writer_open(w->folder, NULL, &w->writer, &error), &error, "open writer");
}

static bool same_text(nuncio_str a, nuncio_str b)
{
    return (a.data == NULL) == (b.data == NULL) && nn_str_equal(a, b);
}

static bool same_article(const nuncio_article *a, const nuncio_article *b)
{
    return same_text(a->title, b->title) && same_text(a->source, b->source) &&
           same_text(a->url, b->url) && same_text(a->lang, b->lang) &&
           same_text(a->text, b->text) && memcmp(&a->date, &b->date, sizeof a->date) == 0;
}

/** What adding an article must be answered with. */
static nuncio_add_result expected_result(const oracle *archive, const nuncio_article *article)
{
    for (size_t i = 0; i < oracle_article_count(archive); i++) {
        const nuncio_article *known = oracle_article(archive, i);
        if (nn_str_equal(known->id, article->id)) {
            return same_article(known, article) ? NUNCIO_ADD_SKIPPED : NUNCIO_ADD_REPLACED;
        }
    }
    return NUNCIO_ADD_ADDED;
}

static void add_one(world *w)
{
    static random_article made;
    nuncio_error error = {0};
    nuncio_add_result result = NUNCIO_ADD_ADDED;
    random_article_make(&w->prng, &w->words, &made);
    must(nuncio_writer_add(w->writer, &made.article, &result, &error), &error, "add");
    assert_int_equal(result, expected_result(w->archive, &made.article));
    oracle_add(w->archive, &made.article);
}

static void delete_one(world *w)
{
    char id[16];
    nuncio_error error = {0};
    random_id(test_prng_below(&w->prng, RANDOM_IDS), id);
    nuncio_status status = nuncio_writer_delete(w->writer, nn_str_of(id), &error);
    assert_int_equal(status,
                     oracle_delete(w->archive, nn_str_of(id)) ? NUNCIO_OK : NUNCIO_ERR_NOT_FOUND);
}

/** Some adds, replacements and deletes, then a commit, now and then into one segment or by another
 * writer. */
static void change(world *w)
{
    nuncio_error error = {0};
    uint64_t steps = 1 + test_prng_below(&w->prng, w->commit == 0 ? 40 : 15);
    for (uint64_t i = 0; i < steps; i++) {
        if (test_prng_chance(&w->prng, 80)) {
            add_one(w);
        } else {
            delete_one(w);
        }
    }
    if (test_prng_chance(&w->prng, 20)) {
        must(nuncio_writer_optimize(w->writer, &error), &error, "optimize");
    }
    must(nuncio_writer_commit(w->writer, &error), &error, "commit");
    if (test_prng_chance(&w->prng, 30)) {
        nuncio_writer_close(w->writer);
        open_writer(w);
    }
}

/* ---- one answer ---- */

/** How the engine came to the score of a hit, for messages. */
static void print_explanations(const asked *a, size_t index, const oracle_hit *expected)
{
    if (a->w->caught != NULL) {
        return;
    }
    nuncio_hits *hits = NULL;
    nuncio_search_options options = a->options;
    options.explain = true;
    if (nuncio_search(a->w->snapshot, a->query, &options, &hits, NULL) != NUNCIO_OK) {
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
    if (a->w->caught != NULL) {
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
    if (a->w->caught != NULL) {
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

static void check_hit(const asked *a, size_t index, const nuncio_hit *found,
                      const oracle_hit *expected)
{
    const nuncio_article *article = oracle_article(a->w->archive, expected->article);
    if (!nn_str_equal(found->article.id, article->id) || found->ordinal != expected->ordinal ||
        memcmp(&found->score, &expected->score, sizeof found->score) != 0) {
        print_explanations(a, index, expected);
        stop(a, "hit %zu is %.*s #%u %.17g (%a), expected %.*s #%u %.17g (%a)", index,
             (int)found->article.id.size, found->article.id.data, found->ordinal, found->score,
             found->score, (int)article->id.size, article->id.data, expected->ordinal,
             expected->score, expected->score);
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
        memcmp(&found->article.date, &article->date, sizeof article->date) != 0) {
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
    check_mentions(a, index, found, expected);
    check_marks(a, "title marks", index, found->title_highlights, found->title_highlight_count,
                expected->title_highlights, expected->title_highlight_count);
}

static nuncio_hits *search(const asked *a)
{
    nuncio_error error = {0};
    nuncio_hits *hits = NULL;
    if (nuncio_search(a->w->snapshot, a->query, &a->options, &hits, &error) != NUNCIO_OK) {
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

/* ---- one query ---- */

static void random_options(test_prng *prng, nuncio_search_options *options)
{
    static const uint32_t limits[] = {1, 3, 10, 100};
    static const double k1s[] = {0.0, 0.9, 1.2, 100.0}, bs[] = {0.0, 0.4, 0.75, 1.0};
    *options = (nuncio_search_options)NUNCIO_SEARCH_OPTIONS_INIT;
    options->by = test_prng_chance(prng, 30) ? NUNCIO_BY_ARTICLE : NUNCIO_BY_PASSAGE;
    options->scope = test_prng_chance(prng, 40) ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
    options->hits_max = limits[test_prng_below(prng, 4)];
    options->no_highlights = test_prng_chance(prng, 20);
    options->count = test_prng_chance(prng, 30);
    if (test_prng_chance(prng, 25)) {
        options->k1 = k1s[test_prng_below(prng, 4)];
        options->b = bs[test_prng_below(prng, 4)];
    }
}

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

static void check_query(world *w, const random_query *made, const nuncio_search_options *options)
{
    nn_buffer text;
    nn_buffer_init(&text, &w->memory);
    random_query_print(&w->prng, made, &text);
    asked a = {.w = w, .text = nn_buffer_str(&text), .options = *options};
    parse(&a, made->plain ? NUNCIO_QUERY_PLAIN : 0);
    oracle_answer answer = oracle_search(w->archive, made->root, &a.options);
    w->with_hits += answer.count > 0;

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
    nuncio_query_destroy(a.query);
    nn_buffer_deinit(&text);
}

/** The same, but says what came of it instead of failing; what was in use then is lost. */
static bool is_answered_right(world *w, const random_query *made,
                              const nuncio_search_options *options)
{
    jmp_buf here;
    bool right = false;
    w->caught = &here;
    if (setjmp(here) == 0) {
        check_query(w, made, options);
        right = true;
    }
    w->caught = NULL;
    return right;
}

/** Makes a query that is answered wrongly as small as it stays so, and fails with it. */
static void fail_with_smallest(world *w, const random_query *made,
                               const nuncio_search_options *options)
{
    static random_query smallest, smaller;
    (void)random_query_shrink(made, SIZE_MAX, &smallest);
    for (size_t i = 0; random_query_shrink(&smallest, i, &smaller); i++) {
        if (!is_answered_right(w, &smaller, options)) {
            (void)random_query_shrink(&smaller, SIZE_MAX, &smallest);
            i = SIZE_MAX; /* from the first change again */
        }
    }
    check_query(w, &smallest, options);
    check_query(w, made, options); /* reached when the copy alone differs from the query */
}

static void ask(world *w)
{
    static random_query made;
    nuncio_search_options options;
    random_query_make(&w->prng, &w->words, w->archive, &made);
    random_options(&w->prng, &options);
    if (!is_answered_right(w, &made, &options)) {
        fail_with_smallest(w, &made, &options);
    }
}

static void check_stats(const world *w)
{
    nuncio_stats stats;
    nuncio_snapshot_stats(w->snapshot, &stats);
    assert_int_equal(stats.articles, oracle_article_count(w->archive));
}

static void run_world(test_prng *seeds, uint32_t number, uint64_t *with_hits)
{
    world w = {.number = number, .prng = test_prng_of(test_prng_next(seeds))};
    nuncio_error error = {0};
    w.prng.seed = seeds->seed;
    w.words = random_world_make(&w.prng);
    w.archive = oracle_create();
    nn_memory_init(&w.memory, NULL, 0);
    test_dir_make(w.folder);
    open_writer(&w);
    for (w.commit = 0; w.commit < COMMITS; w.commit++) {
        change(&w);
        must(nuncio_snapshot_open(w.folder, NULL, &w.snapshot, &error), &error, "open snapshot");
        check_stats(&w);
        for (uint32_t i = 0; i < QUERIES; i++) {
            ask(&w);
        }
        nuncio_snapshot_close(w.snapshot);
    }
    nuncio_writer_close(w.writer);
    test_dir_remove(w.folder);
    oracle_destroy(w.archive);
    *with_hits += w.with_hits;
}

static void the_engine_answers_as_the_oracle(void **state)
{
    (void)state;
    test_prng seeds = test_prng_of(test_seed(20230302));
    uint64_t with_hits = 0;
    for (uint32_t i = 0; i < WORLDS; i++) {
        run_world(&seeds, i, &with_hits);
    }
    printf("%d queries, of which %" PRIu64 " with hits\n", WORLDS * COMMITS * QUERIES, with_hits);
    assert_true(with_hits > WORLDS * COMMITS * QUERIES / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_answers_as_the_oracle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "shared.h"

#include "core/str.h"
#include "query/session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

test_archive archive;
nuncio_snapshot *snapshot;

const char *const test_types[NUNCIO_ENTITY_NATIONALITY + 1] = {
    "", "person", "place", "organisation", "event", "nationality"};

int test_shared_open(void)
{
    snapshot = test_archive_open(&archive);
    return 0;
}

int test_shared_open_three(const test_article articles[3])
{
    const uint32_t deleted = 1;
    test_archive_make(&archive);
    test_archive_add(&archive, articles, 1);
    test_archive_add(&archive, articles + 1, 2);
    test_archive_delete(&archive, articles + 1, &deleted, 1);
    return test_shared_open();
}

int test_shared_open_annotated(const nuncio_annotations annotations[3])
{
    const test_article articles[3] = {
        {"a", NULL, NULL, NULL, NULL, "a b c", &annotations[0]},
        {"b", NULL, NULL, NULL, NULL, "a b c", &annotations[1]},
        {"c", NULL, NULL, NULL, NULL, "a b c", &annotations[2]},
    };
    return test_shared_open_three(articles);
}

int test_shared_close(void **state)
{
    (void)state;
    nuncio_snapshot_close(snapshot);
    test_archive_remove(&archive);
    return 0;
}

nuncio_hits *test_search(const nuncio_query *query, const nuncio_search_options *options)
{
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    if (nuncio_search(snapshot, query, options, &hits, &error) != NUNCIO_OK) {
        nuncio_str text = nuncio_query_explain(query);
        fail_msg("%.*s: %s", (int)text.size, text.data, error.message);
    }
    return hits;
}

nuncio_hits *test_search_text(const char *text, const nuncio_search_options *options)
{
    nuncio_query *query = test_parse(text);
    nuncio_hits *hits = test_search(query, options);
    nuncio_query_destroy(query);
    return hits;
}

nn_trail test_search_trail(const nuncio_query *query, const nuncio_search_options *options)
{
    nn_search inside;
    nuncio_error error = {0};
    assert_int_equal(nn_search_open(&inside, snapshot, query, options, &error), NUNCIO_OK);
    assert_int_equal(nn_search_rank(&inside), NUNCIO_OK);
    nn_trail trail = inside.run.trail;
    nn_search_close(&inside);
    return trail;
}

void test_same_hits(const nuncio_query *query, const nuncio_search_options *options,
                    const nuncio_hits *all, size_t from, const nuncio_hits *hits)
{
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *x = nuncio_hits_at(all, from + i);
        const nuncio_hit *y = nuncio_hits_at(hits, i);
        if (x == NULL || !nn_str_equal(x->article.id, y->article.id) || x->ordinal != y->ordinal ||
            x->score != y->score || x->rank != y->rank) {
            nuncio_str text = nuncio_query_explain(query);
            fail_msg("%.*s (scope %d, by %d, %u best): hit %zu differs", (int)text.size, text.data,
                     options->scope, options->by, options->hits_max, from + i);
        }
    }
}

nuncio_hits *test_search_compared(const nuncio_query *query, nuncio_search_options options)
{
    nuncio_hits *pruned = test_search(query, &options);
    options.exhaustive = true;
    nuncio_hits *exact = test_search(query, &options);
    assert_int_equal(nuncio_hits_count(pruned), nuncio_hits_count(exact));
    test_same_hits(query, &options, exact, 0, pruned);
    if (options.count || options.hits_max == 0) {
        assert_true(nuncio_hits_total_is_exact(pruned));
    }
    if (nuncio_hits_total_is_exact(pruned)) {
        assert_int_equal(nuncio_hits_total(pruned), nuncio_hits_total(exact));
    }
    nuncio_hits_destroy(exact);
    return pruned;
}

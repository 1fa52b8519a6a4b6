/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a search finds a kit where one is left, and answers as if it were the first.
 * Method: kits taken and given back by hand; searches one behind the other on a snapshot beside the
 * same on a snapshot that was just opened. */
#include "shared.h"

#include "core/str.h"
#include "query/search_kit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const test_article articles[3] = {
    {"a1", "Treaty talks", "Tass", "2023-03-02", NULL,
     "The minister spoke of treaties.\n\nTreaty talks, and more talks, began in Geneva and went "
     "on.",
     NULL},
    {"a2", NULL, "Reuters", "2023-04-02", "fr", "Le ministre visite Gen\xc3\xa8ve.", NULL},
    {"a3", NULL, NULL, NULL, NULL, "Deleted talks.", NULL},
};

static int open_archive(void **state)
{
    (void)state;
    return test_shared_open_three(articles);
}

static nn_search_kit *take(uint64_t memory_max)
{
    nn_search_kit *kit = NULL;
    assert_int_equal(nn_search_kit_take(snapshot, memory_max, &kit, NULL), NUNCIO_OK);
    return kit;
}

static void analyse(nn_search_kit *kit, const char *text)
{
    kit->tokens.count = 0;
    assert_int_equal(
        nn_analyzer_tokenize(kit->analyzer, NN_LANGUAGE_EN, nn_str_of(text), &kit->tokens, NULL),
        NUNCIO_OK);
}

static void a_kit_is_left_to_the_next(void **state)
{
    (void)state;
    nn_search_kit *kit = take(0);
    analyse(kit, "treaty talks");
    assert_non_null(nn_arena_alloc(&kit->arena, 100));
    void *first = nn_arena_alloc(&kit->part_arena, 16);
    nn_search_kit *other = take(0);
    assert_ptr_not_equal(other, kit);
    nn_search_kit_give_back(kit, snapshot);
    assert_ptr_equal(take(0), kit);
    assert_int_equal(nn_analyzer_surface_count(kit->analyzer), 2);
    assert_ptr_equal(nn_arena_alloc(&kit->part_arena, 16), first); /* the arena came back empty */
    nn_search_kit_give_back(kit, snapshot);
    nn_search_kit_give_back(other, snapshot);
}

static void a_budget_has_a_kit_of_its_own(void **state)
{
    (void)state;
    nn_search_kit *kit = take(0);
    nn_search_kit_give_back(kit, snapshot);
    nn_search_kit *own = take(1 << 20);
    assert_ptr_not_equal(own, kit);
    assert_int_equal(nn_analyzer_surface_count(own->analyzer), 0);
    assert_null(nn_arena_alloc(&own->arena, 1 << 20));
    nn_search_kit_give_back(own, snapshot);
    assert_ptr_equal(take(0), kit); /* and leaves nothing */
    nn_search_kit_give_back(kit, snapshot);
    assert_int_equal(nn_search_kit_take(snapshot, 1, &own, NULL), NUNCIO_ERR_MEMORY);
}

static void words_do_not_pile_up(void **state)
{
    (void)state;
    nn_search_kit *kit = take(0);
    uint32_t words = 0;
    char word[16];
    for (; nn_analyzer_memory_used(kit->analyzer) <= 1 << 20; words++) {
        assert_true(words < 100000);
        (void)snprintf(word, sizeof word, "word%u", words);
        analyse(kit, word);
    }
    nn_search_kit_give_back(kit, snapshot);
    kit = take(0);
    assert_true(nn_analyzer_surface_count(kit->analyzer) < words);
    nn_search_kit_give_back(kit, snapshot);
}

static void answers_are_those_of_a_first_search(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "talks", "treaty talks", "minist*", "\"treaty talks\"", "Talks", "source:tass talks"};
    for (uint32_t i = 0; i < 4 * sizeof queries / sizeof queries[0]; i++) {
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.k1 = i / 6 % 2 == 0 ? 1.2 : 2.5; /* other norms than those that are left */
        options.b = i / 6 < 2 ? 0.75 : 0.25;
        nuncio_query *query = test_parse(queries[i % 6]);
        nuncio_snapshot *used = snapshot;
        snapshot = test_archive_open(&archive);
        nuncio_snapshot *new = snapshot;
        nuncio_hits *fresh = test_search(query, &options);
        snapshot = used;
        nuncio_hits *hits = test_search(query, &options);
        assert_true(nuncio_hits_count(hits) > 0);
        assert_int_equal(nuncio_hits_count(hits), nuncio_hits_count(fresh));
        test_same_hits(query, &options, fresh, 0, hits);
        nuncio_hits_destroy(fresh);
        nuncio_snapshot_close(new);
        nuncio_hits_destroy(hits);
        nuncio_query_destroy(query);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kit_is_left_to_the_next),
        cmocka_unit_test(a_budget_has_a_kit_of_its_own),
        cmocka_unit_test(words_do_not_pile_up),
        cmocka_unit_test(answers_are_those_of_a_first_search),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}

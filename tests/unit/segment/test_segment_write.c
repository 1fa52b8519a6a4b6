/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a writer refuses what would make a segment that lies, says so, and leaves nothing behind.
 * Method: one wrong call after right ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "segment/files/format.h"
#include "segment/segment_writer.h"
#include "support/files.h"

static char folder[TEST_PATH_MAX];
static nn_memory memory;

static int make(void **state)
{
    nn_segment_writer *writer = NULL;
    nn_memory_init(&memory, NULL, 0);
    test_dir_make(folder);
    assert_int_equal(nn_segment_writer_open(
                         &(nn_segment_writer_options){
                             .vfs = nuncio_vfs_default(), .directory = folder, .store_text = true},
                         &memory, &writer, NULL),
                     NUNCIO_OK);
    *state = writer;
    return 0;
}

static int release(void **state)
{
    nn_segment_writer_destroy(*state);
    assert_int_equal(test_dir_count(folder), 0);
    assert_int_equal(memory.used, 0);
    test_dir_remove(folder);
    return 0;
}

static nuncio_status add_article(nn_segment_writer *writer, const char *id, uint8_t title_length,
                                 const nuncio_annotations *annotations)
{
    nn_article_fields fields = {
        .article = {.id = nn_str_of(id)}, .title_length = title_length, .annotations = annotations};
    return nn_segment_writer_article(writer, &fields, NULL);
}

/** An article with one passage of ten tokens, three of them the title's. */
static void add_good(nn_segment_writer *writer)
{
    assert_int_equal(add_article(writer, "a", 3, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("text", 4), 10, NULL), NUNCIO_OK);
}

static nuncio_status add_term(nn_segment_writer *writer, const char *text)
{
    nuncio_str term = nn_str_of(text);
    return nn_segment_writer_term(writer, term, &term, 1, NULL);
}

static nuncio_status add_posting(nn_segment_writer *writer, uint32_t passage, uint32_t first,
                                 uint32_t second, uint32_t form)
{
    const uint32_t positions[] = {first, second}, forms[] = {0, form};
    return nn_segment_writer_posting(writer, passage, positions, forms, 2, NULL);
}

static void test_articles(void **state)
{
    nn_segment_writer *writer = *state;
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 0, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(add_article(writer, "", 0, NULL), NUNCIO_ERR_ARGUMENT);
    nn_article_fields fields = {.article = {.id = nn_str_of("a")}, .language = 64};
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(add_article(writer, "a", 5, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 4, NULL),
                     NUNCIO_ERR_ARGUMENT); /* shorter than its title */
    assert_int_equal(add_article(writer, "b", 0, NULL), NUNCIO_ERR_ARGUMENT); /* "a" has none */
}

static void test_an_article_without_passages(void **state)
{
    nn_segment_writer *writer = *state;
    char name[64];
    add_good(writer);
    assert_int_equal(add_article(writer, "b", 0, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_ERR_ARGUMENT);
}

static void test_fields_out_of_range(void **state)
{
    nn_segment_writer *writer = *state;
    char lang[256] = {0};
    nn_article_fields fields = {.article = {.id = nn_str_of("a"), .lang = nn_str(lang, 256)}};
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_ERR_ARGUMENT);
    fields.article.lang.size = 255;
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
    static const char text[] = "";
    assert_int_equal(nn_segment_writer_passage(writer, nn_str(text, (1 << 27) + 1), 0, NULL),
                     NUNCIO_ERR_ARGUMENT); /* by its size alone */
}

/** Adds an article whose one quote or mention is wrong in some way. */
static nuncio_status add_annotated(nn_segment_writer *writer, const nuncio_quote *quotes,
                                   size_t quote_count, const nuncio_mention *mentions,
                                   size_t mention_count)
{
    const nuncio_annotations annotations = {quotes, quote_count, mentions, mention_count};
    return add_article(writer, "a", 0, &annotations);
}

static void test_annotations(void **state)
{
    nn_segment_writer *writer = *state;
    static const nuncio_quote falling[] = {{.start = 5, .end = 9}, {.start = 4, .end = 9}};
    static const nuncio_quote wrong[] = {{.start = 5, .end = 4},
                                         {.speaker_start = 5, .speaker_end = 4},
                                         {.cue_start = 5, .cue_end = 4}};
    static const nuncio_mention backwards = {.start = 5, .end = 4};
    static const nuncio_mention mentions[] = {{.start = 5, .end = 9}, {.start = 4, .end = 9}};
    assert_int_equal(add_annotated(writer, falling, 2, NULL, 0), NUNCIO_ERR_ARGUMENT);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(add_annotated(writer, &wrong[i], 1, NULL, 0), NUNCIO_ERR_ARGUMENT);
    }
    assert_int_equal(add_annotated(writer, NULL, 0, &backwards, 1), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(add_annotated(writer, NULL, 0, mentions, 2), NUNCIO_ERR_ARGUMENT);
}

/* Quotes of an article of five tokens, of which two stand in its title. */
static nuncio_status add_quoted(nn_segment_writer *writer, const nn_quote_tokens *tokens,
                                size_t count)
{
    static const nuncio_quote quotes[NN_QUOTE_DEPTH_MAX + 1];
    nuncio_annotations annotations = {quotes, count, NULL, 0};
    nn_article_fields fields = {.article = {.id = nn_str_of("a")},
                                .title_length = 2,
                                .annotations = &annotations,
                                .quote_tokens = tokens};
    nuncio_status status = nn_segment_writer_article(writer, &fields, NULL);
    if (status != NUNCIO_OK) {
        return status;
    }
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 4, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 1, NULL), NUNCIO_OK);
    fields.annotations = NULL;
    return nn_segment_writer_article(writer, &fields, NULL); /* settles the first one */
}

static void test_quotes_in_range(void **state)
{
    const nn_quote_tokens good[] = {{0, 3}, {1, 0}, {2, 1}, {3, 0}};
    assert_int_equal(add_quoted(*state, good, 4), NUNCIO_OK);
}

static void test_quotes_out_of_range(void **state)
{
    const nn_quote_tokens behind = {1, 3};
    assert_int_equal(add_quoted(*state, &behind, 1), NUNCIO_ERR_ARGUMENT);
}

static void test_quotes_out_of_order(void **state)
{
    const nn_quote_tokens falling[] = {{2, 1}, {1, 1}};
    assert_int_equal(add_quoted(*state, falling, 2), NUNCIO_ERR_ARGUMENT);
}

static void test_quotes_as_deep_as_can_be(void **state)
{
    nn_quote_tokens same[NN_QUOTE_DEPTH_MAX + 1];
    for (size_t i = 0; i <= NN_QUOTE_DEPTH_MAX; i++) {
        same[i] = (nn_quote_tokens){0, 2};
    }
    same[NN_QUOTE_DEPTH_MAX].first = 2; /* beside the others */
    same[NN_QUOTE_DEPTH_MAX].count = 1;
    assert_int_equal(add_quoted(*state, same, NN_QUOTE_DEPTH_MAX + 1), NUNCIO_OK);
}

static void test_quotes_too_deep(void **state)
{
    nn_quote_tokens same[NN_QUOTE_DEPTH_MAX + 1];
    for (size_t i = 0; i <= NN_QUOTE_DEPTH_MAX; i++) {
        same[i] = (nn_quote_tokens){0, 2};
    }
    assert_int_equal(add_quoted(*state, same, NN_QUOTE_DEPTH_MAX + 1), NUNCIO_ERR_ARGUMENT);
}

static void test_terms(void **state)
{
    nn_segment_writer *writer = *state;
    char long_term[257];
    add_good(writer);
    assert_int_equal(add_posting(writer, 0, 0, 1, 0), NUNCIO_ERR_STATE); /* no term yet */
    assert_int_equal(nn_segment_writer_quotes(writer, 0, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_quotes(writer, 1, NULL), NUNCIO_ERR_ARGUMENT); /* no quote */
    assert_int_equal(add_posting(writer, 0, 0, 1, 0), NUNCIO_OK);
    assert_int_equal(add_term(writer, "m"), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(add_term(writer, "l"), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(add_term(writer, ""), NUNCIO_ERR_ARGUMENT);
    for (size_t i = 0; i < 256; i++) {
        long_term[i] = 'z';
    }
    long_term[256] = '\0';
    assert_int_equal(add_term(writer, long_term), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nn_segment_writer_term(writer, nn_str_of("n"), NULL, 0, NULL),
                     NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 0, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(add_article(writer, "b", 0, NULL), NUNCIO_ERR_STATE);
}

static void test_a_term_needs_a_posting(void **state)
{
    nn_segment_writer *writer = *state;
    char name[64];
    add_good(writer);
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_ERR_ARGUMENT);
}

static void test_postings(void **state)
{
    nn_segment_writer *writer = *state;
    add_good(writer);
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(add_posting(writer, 1, 0, 1, 0), NUNCIO_ERR_ARGUMENT); /* no such passage */
    assert_int_equal(add_posting(writer, 0, 1, 1, 0), NUNCIO_ERR_ARGUMENT); /* twice */
    assert_int_equal(add_posting(writer, 0, 1, 0, 0), NUNCIO_ERR_ARGUMENT); /* falling */
    assert_int_equal(add_posting(writer, 0, 0, 7, 0), NUNCIO_ERR_ARGUMENT); /* behind the text */
    assert_int_equal(add_posting(writer, 0, 0, 255, 0), NUNCIO_ERR_ARGUMENT);
    assert_int_equal(add_posting(writer, 0, 0, 259, 0), NUNCIO_ERR_ARGUMENT); /* and the title */
    assert_int_equal(add_posting(writer, 0, 0, 1, 1), NUNCIO_ERR_ARGUMENT);   /* no such form */
    assert_int_equal(nn_segment_writer_posting(writer, 0, NULL, NULL, 0, NULL),
                     NUNCIO_ERR_ARGUMENT); /* none */
    assert_int_equal(nn_segment_writer_posting(writer, 0, NULL, NULL, 11, NULL),
                     NUNCIO_ERR_ARGUMENT); /* more than tokens */
    assert_int_equal(add_posting(writer, 0, 0, 1, 0), NUNCIO_OK);
    assert_int_equal(add_posting(writer, 0, 2, 3, 0), NUNCIO_ERR_ARGUMENT); /* the same passage */
}

/* What the indexer hands over by the term: all its occurrences, or its list as it is to be. */
static void test_occurrences_and_lists(void **state)
{
    nn_segment_writer *writer = *state;
    nn_term_token tokens[256];
    nn_passage_table passages;
    const nn_term_counts counts = {1, 1, 0};
    const uint8_t list[] = {1};
    for (uint32_t i = 0; i < 256; i++) {
        tokens[i] = nn_term_token_of(0, i % 7, 0);
    }
    assert_int_equal(add_article(writer, "a", 0, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str("text", 4), 255, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_occurrences(writer, tokens, 1, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(nn_segment_writer_list(writer, nn_str_of("l"), &counts, list, 1, NULL),
                     NUNCIO_ERR_STATE); /* passages may still come, */
    assert_int_equal(nn_segment_writer_passages(writer, &passages, NULL), NUNCIO_OK);
    assert_true(passages.count == 1 && passages.lengths[0] == 255);
    assert_int_equal(add_article(writer, "b", 0, NULL), NUNCIO_ERR_STATE); /* now none may */
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_occurrences(writer, tokens, 256, NULL),
                     NUNCIO_ERR_ARGUMENT); /* more than a passage has tokens */
    assert_int_equal(nn_segment_writer_list(writer, nn_str_of("n"), &counts, list, 1, NULL),
                     NUNCIO_ERR_STATE); /* in a term */
}

static void test_lists_out_of_order(void **state)
{
    nn_segment_writer *writer = *state;
    nn_passage_table passages;
    const nn_term_counts counts = {1, 1, 0};
    const uint8_t list[] = {1};
    add_good(writer);
    assert_int_equal(nn_segment_writer_passages(writer, &passages, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_list(writer, nn_str_of("m"), &counts, list, 1, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_writer_list(writer, nn_str_of("l"), &counts, list, 1, NULL),
                     NUNCIO_ERR_ARGUMENT);
}

static void test_order_of_calls(void **state)
{
    nn_segment_writer *writer = *state;
    nn_segment *segment = NULL;
    char name[64], again[64], path[TEST_PATH_MAX];
    add_good(writer);
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(add_posting(writer, 0, 0, 1, 0), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_finish(writer, again, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(add_term(writer, "n"), NUNCIO_ERR_STATE);
    assert_int_equal(add_article(writer, "b", 0, NULL), NUNCIO_ERR_STATE);
    assert_int_equal(nn_segment_open(nuncio_vfs_default(), &memory, folder, name, &segment, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage_of(writer, segment, 0, false, NULL),
                     NUNCIO_ERR_STATE);
    nn_segment_writer *other = NULL;
    assert_int_equal(nn_segment_writer_open(
                         &(nn_segment_writer_options){
                             .vfs = nuncio_vfs_default(), .directory = folder, .store_text = true},
                         &memory, &other, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_writer_passage_of(other, segment, 0, false, NULL),
                     NUNCIO_ERR_STATE);
    nn_segment_writer_destroy(other);
    nn_segment_close(segment);
    test_path(path, folder, name);
    assert_int_equal(nuncio_vfs_default()->unlink(NULL, path), 0);
}

/* One id twice, as a segment has it whose first one was replaced: the later one is found. */
static void test_an_id_twice(void **state)
{
    nn_segment_writer *writer = *state;
    static const char *const ids[] = {"b", "a", "ab", "a", "b", "a"};
    nn_segment *segment = NULL;
    uint32_t found = 0;
    char name[64], path[TEST_PATH_MAX];
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        assert_int_equal(add_article(writer, ids[i], 0, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 0, NULL), NUNCIO_OK);
    }
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_open(nuncio_vfs_default(), &memory, folder, name, &segment, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_segment_find_article(segment, nn_str("a", 1), &found, NULL), NUNCIO_OK);
    assert_int_equal(found, 5);
    assert_int_equal(nn_segment_find_article(segment, nn_str("b", 1), &found, NULL), NUNCIO_OK);
    assert_int_equal(found, 4);
    nn_segment_close(segment);
    test_path(path, folder, name);
    assert_int_equal(nuncio_vfs_default()->unlink(NULL, path), 0);
}

static void test_an_unfinished_writer_leaves_nothing(void **state)
{
    nn_segment_writer *writer = *state;
    add_good(writer);
    assert_int_equal(test_dir_count(folder), 1); /* its temporary file; gone after release */
}

static void test_places_of_titles(void **state)
{
    nn_segment_writer *writer = *state;
    add_good(writer);
    assert_int_equal(add_term(writer, "m"), NUNCIO_OK);
    assert_int_equal(add_posting(writer, 0, 6, 258, 0), NUNCIO_OK); /* the last of each */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_articles, make, release),
        cmocka_unit_test_setup_teardown(test_an_article_without_passages, make, release),
        cmocka_unit_test_setup_teardown(test_fields_out_of_range, make, release),
        cmocka_unit_test_setup_teardown(test_annotations, make, release),
        cmocka_unit_test_setup_teardown(test_order_of_calls, make, release),
        cmocka_unit_test_setup_teardown(test_an_id_twice, make, release),
        cmocka_unit_test_setup_teardown(test_quotes_in_range, make, release),
        cmocka_unit_test_setup_teardown(test_quotes_out_of_range, make, release),
        cmocka_unit_test_setup_teardown(test_quotes_out_of_order, make, release),
        cmocka_unit_test_setup_teardown(test_quotes_as_deep_as_can_be, make, release),
        cmocka_unit_test_setup_teardown(test_quotes_too_deep, make, release),
        cmocka_unit_test_setup_teardown(test_terms, make, release),
        cmocka_unit_test_setup_teardown(test_a_term_needs_a_posting, make, release),
        cmocka_unit_test_setup_teardown(test_postings, make, release),
        cmocka_unit_test_setup_teardown(test_occurrences_and_lists, make, release),
        cmocka_unit_test_setup_teardown(test_lists_out_of_order, make, release),
        cmocka_unit_test_setup_teardown(test_an_unfinished_writer_leaves_nothing, make, release),
        cmocka_unit_test_setup_teardown(test_places_of_titles, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

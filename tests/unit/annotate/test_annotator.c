/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/str.h"
#include "support/failing_allocator.h"

#include <nuncio/annotation.h>

static nuncio_article article_of(const char *lang, const char *text)
{
    return (nuncio_article){.lang = nn_str_of(lang), .text = nn_str_of(text)};
}

static void test_type_names(void **state)
{
    (void)state;
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_PERSON), "person");
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_PLACE), "place");
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_ORGANISATION), "organisation");
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_EVENT), "event");
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_NATIONALITY), "nationality");
    assert_string_equal(nuncio_entity_type_name(NUNCIO_ENTITY_NONE), "");
}

static void test_run(void **state)
{
    (void)state;
    nuncio_annotator *annotator = NULL;
    nuncio_annotations found;
    char text[] = "“We shall keep the bridge,” Danilo Marin said in Paris.";
    nuncio_article article = article_of("en", text);
    assert_int_equal(nuncio_annotator_create(NULL, &annotator, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, NULL), NUNCIO_OK);
    size_t size = sizeof text - 1;
    memset(text, 'x', size); /* the strings are the annotator's own */
    assert_int_equal(found.quote_count, 1);
    assert_int_equal(found.quotes[0].start, 3);
    assert_true(nn_str_equal(found.quotes[0].speaker, nn_str_of("Danilo Marin")));
    assert_true(nn_str_equal(found.quotes[0].cue, nn_str_of("said")));
    assert_int_equal(found.quotes[0].speaker_type, NUNCIO_ENTITY_PERSON);
    assert_int_equal(found.mention_count, 2);
    assert_true(nn_str_equal(found.mentions[1].name, nn_str_of("Paris")));
    nuncio_annotator_destroy(annotator);
    nuncio_annotator_destroy(NULL);
}

static void test_language_is_detected(void **state)
{
    (void)state;
    nuncio_annotator *annotator = NULL;
    nuncio_annotations found;
    nuncio_article article =
        article_of(NULL, "La ministre des affaires étrangères Hélène Castaing est arrivée hier "
                         "dans la capitale. Elle a déclaré que le pont resterait ouvert.");
    assert_int_equal(nuncio_annotator_create(NULL, &annotator, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, NULL), NUNCIO_OK);
    assert_int_equal(found.quote_count, 1);
    assert_true(nn_str_equal(found.quotes[0].speaker, nn_str_of("Hélène Castaing")));
    nuncio_annotator_destroy(annotator);
}

/* The mentions of a text are these, and called as they stand there. */
static void check_mentions(const char *text, const char *const *expected, size_t count)
{
    nuncio_annotator *annotator = NULL;
    nuncio_annotations found;
    nuncio_article article = article_of("en", text);
    assert_int_equal(nuncio_annotator_create(NULL, &annotator, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, NULL), NUNCIO_OK);
    assert_int_equal(found.mention_count, count);
    for (size_t i = 0; i < found.mention_count; i++) {
        const nuncio_mention *mention = &found.mentions[i];
        nuncio_str there = nn_str(text + mention->start, mention->end - mention->start);
        assert_true(nn_str_equal(there, nn_str_of(expected[i])));
        assert_true(nn_str_equal(mention->name, there));
    }
    nuncio_annotator_destroy(annotator);
}
#define CHECK_MENTIONS(text, expected)                                                             \
    check_mentions(text, expected, sizeof(expected) / sizeof *(expected))

/* Moody's is called so: its possessive is part of the name, where others are not. */
static void test_possessives_in_names(void **state)
{
    (void)state;
    static const char *const known[] = {"Moody\xE2\x80\x99s", "St. John's Hospital", "Sudan",
                                        "Standard & Poor 's", "Reuters"};
    CHECK_MENTIONS("The bank Moody\xE2\x80\x99s and St. John's Hospital in Sudan's "
                   "capital told Standard & Poor 's of Reuters' report.",
                   known);
}

static void test_small_words_end_no_name(void **state)
{
    (void)state;
    static const char *const expected[] = {
        "Special Committee", "Special Committee",
        "Fourth Committee of the United Nations General Assembly"};
    CHECK_MENTIONS("My delegation thanks the Special Committee on decolonization. On the proposal "
                   "of the Special Committee on decolonization, the Fourth Committee of the United "
                   "Nations General Assembly adopted it.",
                   expected);
}

static void test_input_that_is_refused(void **state)
{
    (void)state;
    nuncio_annotator *annotator = NULL;
    nuncio_annotations found;
    nuncio_error error = {0};
    nuncio_article article = article_of("en", "caf\xe9");
    assert_int_equal(nuncio_annotator_create(NULL, &annotator, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, &error), NUNCIO_ERR_INPUT);
    assert_true(strstr(error.message, "UTF-8") != NULL);
    article.text.size = ((size_t)64 << 20) + 1; /* never read: it is too long */
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, &error), NUNCIO_ERR_LIMIT);
    assert_int_equal(found.quote_count, 0);
    article.text = nn_str_of(NULL);
    assert_int_equal(nuncio_annotator_run(annotator, &article, &found, &error), NUNCIO_OK);
    nuncio_annotator_destroy(annotator);
}

static void test_failing_allocations(void **state)
{
    (void)state;
    nuncio_article article = article_of("en", "“We shall keep it,” Danilo Marin said in Paris.");
    for (uint64_t n = 1;; n++) {
        test_allocator memory;
        nuncio_annotator *annotator = NULL;
        nuncio_annotations found;
        test_allocator_init(&memory, n);
        nuncio_status status = nuncio_annotator_create(&memory.allocator, &annotator, NULL);
        if (status == NUNCIO_OK) {
            status = nuncio_annotator_run(annotator, &article, &found, NULL);
        }
        nuncio_annotator_destroy(annotator);
        test_allocator_check(&memory);
        if (!memory.failed) {
            assert_int_equal(status, NUNCIO_OK);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_type_names),
        cmocka_unit_test(test_run),
        cmocka_unit_test(test_language_is_detected),
        cmocka_unit_test(test_possessives_in_names),
        cmocka_unit_test(test_small_words_end_no_name),
        cmocka_unit_test(test_input_that_is_refused),
        cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

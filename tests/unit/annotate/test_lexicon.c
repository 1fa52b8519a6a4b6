/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "annotate/lexicon.h"
#include "core/str.h"
#include "support/failing_allocator.h"

static nn_lexicon *lexicon;

static uint32_t classes(const char *word, uint32_t language)
{
    uint32_t number = nn_lexicon_find(lexicon, nn_str_of(word));
    return number == NN_LEXEME_NONE ? 0 : nn_lexicon_lexeme(lexicon, number)->classes[language];
}

/** What the lexicon holds for a name of up to four words. */
static nn_name name_of(const char *const *words)
{
    uint32_t number = nn_lexicon_find(lexicon, nn_str_of(words[0]));
    uint32_t node = number == NN_LEXEME_NONE ? 0 : nn_lexicon_lexeme(lexicon, number)->node;
    for (size_t i = 1; node != 0 && i < 4 && words[i] != NULL; i++) {
        number = nn_lexicon_find(lexicon, nn_str_of(words[i]));
        node = number == NN_LEXEME_NONE ? 0 : nn_lexicon_step(lexicon, node, number);
    }
    return node == 0 ? (nn_name){0, 0} : nn_lexicon_name(lexicon, node);
}

static void test_classes(void **state)
{
    (void)state;
    assert_true((classes("minister", NN_LEXICON_EN) & NN_CLASS_ROLE) != 0);
    assert_true((classes("minister", NN_LEXICON_EN) & NN_CLASS_TITLE) != 0);
    assert_true((classes("annalena", NN_LEXICON_EN) & NN_CLASS_FEMALE) != 0);
    assert_true((classes("annalena", NN_LEXICON_EN) & NN_CLASS_MALE) == 0);
    assert_int_equal(classes("qqqq", NN_LEXICON_EN), 0);
}

static void test_words_differ_by_language(void **state)
{
    (void)state;
    assert_true((classes("a", NN_LEXICON_EN) & NN_CLASS_DETERMINER) != 0);
    assert_true((classes("a", NN_LEXICON_FR) & NN_CLASS_AUXILIARY) != 0);
    assert_true((classes("a", NN_LEXICON_FR) & NN_CLASS_DETERMINER) == 0);
    assert_true((classes("die", NN_LEXICON_DE) & NN_CLASS_DETERMINER) != 0);
    assert_true((classes("die", NN_LEXICON_EN) & NN_CLASS_DETERMINER) == 0);
    uint32_t said = nn_lexicon_find(lexicon, nn_str_of("said"));
    assert_true(nn_lexicon_lexeme(lexicon, said)->cue[NN_LEXICON_EN] != 0);
    assert_int_equal(nn_lexicon_lexeme(lexicon, said)->cue[NN_LEXICON_DE], 0);
}

static uint32_t cue(const char *word)
{
    uint32_t number = nn_lexicon_find(lexicon, nn_str_of(word));
    return number == NN_LEXEME_NONE ? 0 : nn_lexicon_lexeme(lexicon, number)->cue[NN_LEXICON_EN];
}

static void test_inflected(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "support",  "supports",  "supported", "supporting", "oppose",   "opposes", "opposed",
        "opposing", "deny",      "denies",    "denied",     "denying",  "plan",    "plans",
        "planned",  "planning",  "attack",    "attacks",    "attacked", "slammed", "embarrass",
        "pushes",   "criticize", "agree",     "agrees",     "agreed",   "agreeing"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        bool known = (cue(forms[i]) & NN_CUE_STANCE) != 0;
        if (known == (strcmp(forms[i], "embarrass") == 0)) {
            fail_msg("%s", forms[i]);
        }
    }
    assert_true((cue("support") & NN_CUE_BASE) != 0);
    assert_true((cue("supports") & NN_CUE_BASE) == 0);
    static const char *const wrong[] = {"opposeing", "denyed", "planed", "agreing", "pushs"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(cue(wrong[i]), 0);
    }
}

static void test_names(void **state)
{
    (void)state;
    const struct {
        const char *words[4];
        uint8_t type, flags;
    } cases[] = {
        {{"france"}, NUNCIO_ENTITY_PLACE, 0},
        {{"kenyan"}, NUNCIO_ENTITY_NATIONALITY, 0},
        {{"new", "start"}, NUNCIO_ENTITY_EVENT, 0},
        {{"new", "start", "treaty"}, NUNCIO_ENTITY_EVENT, 0},
        {{"new"}, NUNCIO_ENTITY_NONE, 0},
        {{"black", "sea", "grain", "initiative"}, NUNCIO_ENTITY_EVENT, 0},
        {{"black", "sea"}, NUNCIO_ENTITY_PLACE, 0},
        {{"us"}, NUNCIO_ENTITY_PLACE, NN_NAME_UPPER},
        {{"georgia"}, NUNCIO_ENTITY_PLACE, NN_NAME_WEAK},
        {{"people", "republic", "of", "china"}, NUNCIO_ENTITY_PLACE, 0},
        {{"guinea", "bissau"}, NUNCIO_ENTITY_PLACE, 0},
        {{"france", "sea"}, NUNCIO_ENTITY_NONE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        nn_name name = name_of(cases[i].words);
        if (name.type != cases[i].type || name.flags != cases[i].flags) {
            fail_msg("case %zu: type %u, flags %u", i, name.type, name.flags);
        }
    }
}

static void test_failing_allocations(void **state)
{
    (void)state;
    for (uint64_t n = 1;; n++) {
        test_allocator memory;
        nn_memory own;
        nn_lexicon *made = NULL;
        test_allocator_init(&memory, n);
        nn_memory_init(&own, &memory.allocator, 0);
        nuncio_status status = nn_lexicon_create(&own, &made, NULL);
        nn_lexicon_destroy(made);
        test_allocator_check(&memory);
        if (!memory.failed) {
            assert_int_equal(status, NUNCIO_OK);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
        assert_null(made);
    }
}

int main(void)
{
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    if (nn_lexicon_create(&memory, &lexicon, NULL) != NUNCIO_OK) {
        return 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_classes),
        cmocka_unit_test(test_words_differ_by_language),
        cmocka_unit_test(test_inflected),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_failing_allocations),
    };
    int failures = cmocka_run_group_tests(tests, NULL, NULL);
    nn_lexicon_destroy(lexicon);
    return failures;
}

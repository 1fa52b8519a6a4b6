/* SPDX-License-Identifier: Apache-2.0 */
/* Rules, resolution and strings of names; whole articles are in tests/golden/annotate/names.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "annotate/names/name_rules.h"
#include "core/str.h"

#include "reader.h"

/** "P:words" … with the entity's name behind "=" where it differs; P L O E N for the types. */
static void draw(const reader *r, char *to, size_t room)
{
    size_t at = 0;
    to[0] = '\0';
    for (size_t i = 0; i < r->names.count; i++) {
        const nn_named *span = &r->names.spans[i];
        nuncio_str words = nn_words_text(&r->words, span->word_begin, span->word_end);
        at += (size_t)snprintf(to + at, room - at, "%s%c:%.*s", i > 0 ? "|" : "",
                               "-PLOEN"[span->type], (int)words.size, words.data);
        assert_true(at < room);
        if (span->entity != NN_ENTITY_NONE) {
            nuncio_str name = r->names.entities[span->entity].name;
            if (!nn_str_equal(name, words)) {
                at += (size_t)snprintf(to + at, room - at, "=%.*s", (int)name.size, name.data);
                assert_true(at < room);
            }
        }
        assert_true(i == 0 || span[-1].word_end <= span->word_begin);
        assert_ptr_equal(nn_names_at(&r->names, span->word_begin), span);
    }
}

static void test_examples(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"It rained.", ""},
        {"They saw Xi Jinping. Xi left.", "P:Xi Jinping|P:Xi=Xi Jinping"},
        {"They saw John F. Kennedy Jr. and Kennedy.",
         "P:John F. Kennedy Jr|P:Kennedy=John F. Kennedy Jr"},
        {"They saw Mr. and Mrs. Oblov.", "P:Oblov"},
        {"They saw Prime Minister Marin and President Stub.", "P:Marin|P:Stub"},
        {"They saw the University of Oxford in May.", "O:University of Oxford"},
        {"They saw the Bank of England on Monday.", "O:Bank of England"},
        {"They saw the Council and the Ministry.", ""},
        {"They went to Georgia with Georgia Marin.", "L:Georgia|P:Georgia Marin"},
        {"They read the Paris Agreement in Paris.", "E:Paris Agreement|L:Paris"},
        {"They saw Washington Post reporters in Washington.", "O:Washington Post|L:Washington"},
        {"They saw Jean-Luc Marin.", "P:Jean-Luc Marin"},
        {"They saw Mustafa Kemal bin Hazman.", "P:Mustafa Kemal bin Hazman"},
        {"They saw Dmitry\xc2\xa0"
         "Petrov and Petrov.",
         "P:Dmitry\xc2\xa0"
         "Petrov=Dmitry Petrov|P:Petrov=Dmitry Petrov"},
        {"They saw Olga  Petrov.", "P:Olga  Petrov=Olga Petrov"},
        {"They saw O’Brien and McAllister.", "P:O’Brien|P:McAllister"},
        {"They saw Ivan Petrov, Olga Petrov and Mrs. Petrov.",
         "P:Ivan Petrov|P:Olga Petrov|P:Petrov=Olga Petrov"},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char drawn[256];
        reader_names(&r, NN_LANGUAGE_EN, cases[i].text);
        draw(&r, drawn, sizeof drawn);
        if (strcmp(drawn, cases[i].expected) != 0) {
            fail_msg("%s: expected %s, found %s", cases[i].text, cases[i].expected, drawn);
        }
    }
    reader_deinit(&r);
}

static void test_roles(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name, *role;
    } cases[] = {
        {"The Russian Foreign Minister Sergei Marin came.", "Sergei", "Russian Foreign Minister"},
        {"US Secretary of State Anna Marin came.", "Anna", "US Secretary of State"},
        {"Then Foreign Ministry spokeswoman Anna Marin came.", "Anna",
         "Foreign Ministry spokeswoman"},
        {"They met Anna Marin there.", "Anna", ""},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reader_names(&r, NN_LANGUAGE_EN, cases[i].text);
        uint32_t name = reader_find(&r, cases[i].name);
        reader_expect(&r, (nn_word_range){nn_role_begin(&r.names, &r.words, name), name},
                      cases[i].role);
    }
    reader_deinit(&r);
}

static void test_genders(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_names(&r, NN_LANGUAGE_EN, "Anna Marin met Mr. Oblov and spokeswoman Sasha Stub.");
    assert_int_equal(r.names.entity_count, 3);
    for (size_t i = 0; i < r.names.count; i++) {
        const nn_entity *entity = &r.names.entities[r.names.spans[i].entity];
        bool man = nn_str_equal(entity->name, nn_str_of("Oblov"));
        assert_int_equal(entity->male, man);
        assert_int_equal(entity->female, !man);
    }
    reader_deinit(&r);
}

static void test_what_joins_words_to_a_name(void **state)
{
    (void)state;
    reader r;
    reader_init(&r);
    reader_words(&r, NN_LANGUAGE_EN, "Gen. Marin J. Oblov, Stub-Reyl “Hent” Belin");
    assert_true(nn_name_joined(&r.words, reader_find(&r, "Marin")));
    assert_true(nn_name_joined(&r.words, reader_find(&r, "Oblov")));
    assert_false(nn_name_joined(&r.words, reader_find(&r, "Stub")));
    assert_true(nn_name_joined(&r.words, reader_find(&r, "Reyl")));
    assert_false(nn_name_joined(&r.words, reader_find(&r, "Hent")));
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_roles),
        cmocka_unit_test(test_genders),
        cmocka_unit_test(test_what_joins_words_to_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

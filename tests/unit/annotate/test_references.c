/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: titles and pronouns are given to whom they mean, and to nobody where the text is not plain.
 * Method: a table of articles, through the public annotator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/str.h"

#include <nuncio/annotation.h>

/** "t:words=name|p:he=name …" */
static void draw(const nuncio_annotator *annotator, nuncio_str text, char *to, size_t room)
{
    size_t count;
    size_t at = 0;
    uint32_t end = 0;
    const nuncio_reference *found = nuncio_annotator_references(annotator, &count);
    to[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const nuncio_reference *one = &found[i];
        assert_true(one->start >= end && one->end > one->start && one->end <= text.size);
        assert_int_equal(one->type, NUNCIO_ENTITY_PERSON);
        at +=
            (size_t)snprintf(to + at, room - at, "%s%c:%.*s=%.*s", i > 0 ? "|" : "",
                             nuncio_reference_kind_name(one->kind)[0], (int)(one->end - one->start),
                             text.data + one->start, (int)one->name.size, one->name.data);
        assert_true(at < room);
        end = one->end;
    }
}

static void test_references(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *text, *expected;
    } cases[] = {
        {"en", "It rained.", ""},
        {"en", "US Secretary of State Anna Marin met Russian Foreign Minister Igor Oblov.",
         "t:US Secretary of State=Anna Marin|t:Russian Foreign Minister=Igor Oblov"},
        {"en", "Otto Tellmann, Karsovia's foreign minister, said no.",
         "t:Karsovia's foreign minister=Otto Tellmann"},
        {"en", "The Karsovian prime minister, Otto Tellmann, left. The prime minister was ill.",
         "t:Karsovian prime minister=Otto Tellmann|t:The prime minister=Otto Tellmann"},
        {"en",
         "US Secretary of State Anna Marin came. In May the Secretary of State said that she would "
         "stay.",
         "t:US Secretary of State=Anna Marin|t:the Secretary of State=Anna Marin"},
        {"en", "Spokeswoman Anna Marin spoke. She left.",
         "t:Spokeswoman=Anna Marin|p:She=Anna Marin"},
        {"en", "Ivan Petrov spoke on Monday. He said he was ill.",
         "p:He=Ivan Petrov|p:he=Ivan Petrov"},
        /* two ministers: neither */
        {"en",
         "Foreign Minister Igor Oblov met Foreign Minister Otto Tellmann. The foreign minister "
         "left.",
         "t:Foreign Minister=Igor Oblov|t:Foreign Minister=Otto Tellmann"},
        /* of another country, another office, several of them */
        {"en", "Prime Minister Otto Tellmann left. The prime minister of Estonia stayed.",
         "t:Prime Minister=Otto Tellmann"},
        {"en", "Prime Minister Otto Tellmann left. The former prime minister stayed.",
         "t:Prime Minister=Otto Tellmann"},
        {"en", "Minister Otto Tellmann left. The ministers stayed. The ministry closed.",
         "t:Minister=Otto Tellmann"},
        /* two men near: nobody */
        {"en", "Ivan Petrov met Boris Oblov. He smiled.", ""},
        {"en", "Ivan Petrov met the president of Dravonia. He smiled.", ""},
        /* no woman, and words in marks mean somebody else */
        {"en", "Ivan Petrov spoke. She left.", ""},
        {"en", "Ivan Petrov spoke. \"He is ill,\" Petrov said.", ""},
        {"en", "Mr. Oblov left. The mister stayed.", ""},
        {"fr",
         "Le ministre de la Défense, Jean Marel, a parlé jeudi. Le ministre a refusé de céder.",
         "t:ministre de la Défense=Jean Marel|t:Le ministre=Jean Marel"},
        {"fr", "Jean Marel a parlé. Il pleut.", ""},
        {"de", "Außenministerin Anna Kessler sprach am Montag. Die Ministerin sagte nichts.",
         "t:Die Ministerin=Anna Kessler"},
        {"es", "El presidente de Karsovia, Pedro Robles, habló ayer. El presidente dijo que no.",
         "t:presidente de Karsovia=Pedro Robles|t:El presidente=Pedro Robles"},
    };
    nuncio_annotator *annotator = NULL;
    assert_int_equal(nuncio_annotator_create(NULL, &annotator, NULL), NUNCIO_OK);
    size_t failed = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char drawn[512];
        nuncio_annotations found;
        nuncio_article article = {.lang = nn_str_of(cases[i].lang),
                                  .text = nn_str_of(cases[i].text)};
        assert_int_equal(nuncio_annotator_run(annotator, &article, &found, NULL), NUNCIO_OK);
        draw(annotator, article.text, drawn, sizeof drawn);
        if (strcmp(drawn, cases[i].expected) != 0) {
            print_message("%s:\n  expected %s\n  found    %s\n", cases[i].text, cases[i].expected,
                          drawn);
            failed++;
        }
    }
    nuncio_annotator_destroy(annotator);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_references)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a hit reads as documented, with and without colour, with and without its parts. */
#include "cli/print_hit.h"

#include "capture.h"
#include "hit_sample.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *printed(const nuncio_hit *hit, bool color, size_t rank_width)
{
    nn_output output;
    nn_terminal terminal = {color, 60};
    capture_begin(&output);
    nn_print_hit(&output, terminal, hit, rank_width);
    return capture_end(&output);
}

static void plain(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    assert_string_equal(printed(&hit, false, 1),
                        "7  A *treaty*, \"closed\"\n"
                        "   Wire · 2031-01 · a-1\n"
                        "   \"The *treaty* is *closed*,\" Krešić said in Kessa.\n"
                        "     “The treaty is closed,” — Danilo Krešić, said\n\n");
    assert_memory_equal(printed(&hit, false, 3), "  7  A *treaty*", 15);
}

static void color(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    const char *text = printed(&hit, true, 1);
    assert_non_null(strstr(text, "\033[2m7\033[0m  \033[0;1mA \033[0;1;33mtreaty\033[0;1m, "));
    assert_non_null(strstr(text, "\033[0;2mWire · 2031-01 · a-1\033[0m"));
    assert_non_null(strstr(text, "\033[0;3;32mThe \033[0;1;3;32;33mtreaty\033[0;3;32m is "));
    assert_non_null(strstr(text, "\033[0;4;36mKrešić\033[0m said in \033[0;4;34mKessa\033[0m."));
}

static void parts(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    hit.article.title = hit.article.source = (nuncio_str){NULL, 0};
    hit.article.date.precision = NUNCIO_DATE_NONE;
    hit.title_highlight_count = 0;
    hit.explanation = (nuncio_str){"first line\n\nsecond line\n", 24};
    hit.quote_count = 0;
    assert_string_equal(printed(&hit, false, 1),
                        "7  (no title)\n"
                        "   a-1 · score 11.52\n"
                        "   first line\n"
                        "   second line\n"
                        "   \"The *treaty* is *closed*,\" Krešić said in Kessa.\n\n");
    hit.passage = hit.explanation = (nuncio_str){NULL, 0};
    assert_string_equal(printed(&hit, false, 1), "7  (no title)\n   a-1\n\n");
}

/* A query of filters alone has no words to mark: the names that it asked for are marked. */
static void names_of_filters(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    hit.highlight_count = hit.title_highlight_count = hit.quote_count = 0;
    assert_non_null(strstr(printed(&hit, false, 1), "closed,\" *Krešić* said in Kessa.\n"));
}

/* What a reporter's file makes of a name stands below, once; what it says nothing new of does not.
 */
static void names_of_overrides(void **state)
{
    (void)state;
    nuncio_hit hit = hit_sample();
    nuncio_mention mentions[3] = {hit.mentions[0], hit.mentions[0], hit.mentions[1]};
    nuncio_hit_entity meant[3] = {{{"Daniel Kresic", 13}, NUNCIO_ENTITY_PERSON, true},
                                  {{"Daniel Kresic", 13}, NUNCIO_ENTITY_PERSON, true},
                                  {hit.mentions[1].name, NUNCIO_ENTITY_PLACE, true}};
    hit.mentions = mentions;
    hit.mention_count = 3;
    hit.mention_entities = meant;
    hit.quote_count = 0;
    assert_non_null(
        strstr(printed(&hit, false, 1), "said in Kessa.\n   Danilo Krešić = Daniel Kresic\n\n"));
    meant[0].overridden = meant[1].overridden = false;
    assert_non_null(strstr(printed(&hit, false, 1), "said in Kessa.\n\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),
        cmocka_unit_test(color),
        cmocka_unit_test(parts),
        cmocka_unit_test(names_of_filters),
        cmocka_unit_test(names_of_overrides),
    };
    return cmocka_run_group_tests_name("cli/print_hit", tests, NULL, NULL);
}

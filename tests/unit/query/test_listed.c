/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: queries of filters alone give the same hits, passages shown, totals and pages whether their
 * articles are listed as bits or asked one by one. Method: random articles in three segments, some
 * of them deleted, whose second passages hold names of two spellings; random filters under AND, OR
 * and NOT, each query listed, exhaustive, and page by page. */
#include "shared.h"

#include "core/str.h"
#include "support/prng.h"

#include <nuncio/search.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SEGMENTS = 3, ARTICLES = 900, QUERIES = 100, NAMES = 6, TEXT_MAX = 64, ID_MAX = 16 };

/* Name n stands in about one article of 2^n. */
static const struct {
    const char *name, *variant;
    nuncio_entity_type type;
} names[NAMES] = {
    {"Kiev", "Kyiv", NUNCIO_ENTITY_PLACE},
    {"Sergei Lavrov", "Sergey Lavrov", NUNCIO_ENTITY_PERSON},
    {"NATO", "North Atlantic Treaty Organization", NUNCIO_ENTITY_ORGANISATION},
    {"Maria Mueller", "Maria Muller", NUNCIO_ENTITY_PERSON},
    {"Department of Wool", "Wool Department", NUNCIO_ENTITY_ORGANISATION},
    {"Peking", "Beijing", NUNCIO_ENTITY_PLACE},
};

/* An article and what it is made of. */
typedef struct made {
    char id[ID_MAX], text[TEXT_MAX], date[8];
    nuncio_mention mentions[NAMES];
    nuncio_annotations annotations;
} made;

static made *makings;
static test_article *articles;

static const char text_of[] = "First.\n\nSecond, and all names.\n\nThird.\n\n";

static void make_article(test_prng *prng, uint32_t number)
{
    static const char *const sources[] = {"gazette", "wire", "post"};
    made *to = &makings[number];
    size_t count = 0;
    uint32_t start = (uint32_t)(strchr(text_of, 'S') - text_of);
    for (uint32_t n = 0; n < NAMES; n++) {
        const char *name = test_prng_chance(prng, 70) ? names[n].name : names[n].variant;
        if (test_prng_below(prng, (uint64_t)1 << n) == 0) {
            to->mentions[count++] =
                (nuncio_mention){start + n, start + n + 1, names[n].type, nn_str_of(name), false};
        }
    }
    to->annotations = (nuncio_annotations){.mentions = to->mentions, .mention_count = count};
    sprintf(to->id, "id%05u", number * 7919u % 100000u);
    sprintf(to->date, "%u", 1960 + (unsigned)test_prng_below(prng, 5));
    strcpy(to->text, text_of);
    articles[number] = (test_article){.id = to->id,
                                      .source = sources[test_prng_below(prng, 3)],
                                      .date = to->date,
                                      .text = to->text,
                                      .annotations = &to->annotations};
}

static int open_archive(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(11));
    makings = calloc((size_t)SEGMENTS * ARTICLES, sizeof *makings);
    articles = calloc((size_t)SEGMENTS * ARTICLES, sizeof *articles);
    assert_true(makings != NULL && articles != NULL);
    test_archive_make(&archive);
    for (uint32_t segment = 0; segment < SEGMENTS; segment++) {
        const test_article *added = &articles[segment * ARTICLES];
        for (uint32_t i = 0; i < ARTICLES; i++) {
            make_article(&prng, segment * ARTICLES + i);
        }
        test_archive_add(&archive, added, ARTICLES);
        if (segment > 0) {
            uint32_t gone[ARTICLES / 10];
            for (uint32_t i = 0; i < ARTICLES / 10; i++) {
                gone[i] = i * 10 + segment;
            }
            test_archive_delete(&archive, added, gone, ARTICLES / 10);
        }
    }
    return test_shared_open();
}

static int close_archive(void **state)
{
    free(articles);
    free(makings);
    return test_shared_close(state);
}

/* ---- queries ---- */

static size_t write_filter(test_prng *prng, char *to)
{
    static const char *const fields[] = {"entity", "person", "org", "place"};
    static const char *const columns[] = {"source:wire", "source:post", "date:1961", "date:1962..",
                                          "source:none"};
    uint64_t n = test_prng_below(prng, NAMES + 3);
    if (n >= NAMES) {
        return (size_t)sprintf(to, "%s", columns[test_prng_below(prng, 5)]);
    }
    const char *name = test_prng_chance(prng, 50) ? names[n].name : names[n].variant;
    return (size_t)sprintf(to, "%s:\"%s\"", fields[test_prng_below(prng, 4)], name);
}

static void write_query(test_prng *prng, char *to)
{
    uint64_t count = 1 + test_prng_below(prng, 4);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t how = test_prng_below(prng, 10);
        if (i > 0) {
            to += sprintf(to, how < 4 ? " AND " : how < 7 ? " OR " : " AND NOT ");
        }
        bool grouped = test_prng_chance(prng, 20);
        to += sprintf(to, grouped ? "(" : "");
        to += write_filter(prng, to);
        if (grouped) {
            to += sprintf(to, " OR ");
            to += write_filter(prng, to);
            to += sprintf(to, ")");
        }
    }
}

static void check_pages(const nuncio_query *query, const nuncio_hits *all,
                        nuncio_search_options options)
{
    nuncio_hits *last = NULL;
    size_t seen = 0;
    do {
        nuncio_hits *hits = test_search(query, &options);
        nuncio_hits_destroy(last);
        last = hits;
        test_same_hits(query, &options, all, seen, hits);
        assert_true(nuncio_hits_total_is_exact(hits));
        assert_int_equal(nuncio_hits_total(all), nuncio_hits_total(hits));
        seen += nuncio_hits_count(hits);
        options.after = nuncio_hits_after(hits);
    } while (options.after.data != NULL && seen < 40 * (size_t)options.hits_max);
    assert_true(options.after.data != NULL || seen == nuncio_hits_count(all));
    nuncio_hits_destroy(last);
}

static void lists_what_is_found_one_by_one(void **state)
{
    (void)state;
    static const uint32_t sizes[] = {1, 7, 100, 1000};
    test_prng prng = test_prng_of(test_seed(12));
    uint64_t listed = 0;
    uint64_t rounds = test_rounds(QUERIES, 20 * QUERIES);
    for (uint64_t round = 0; round < rounds; round++) {
        char text[1024];
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        write_query(&prng, text);
        nuncio_query *query = test_parse(text);
        options.no_highlights = true;
        options.by = test_prng_chance(&prng, 30) ? NUNCIO_BY_ARTICLE : NUNCIO_BY_PASSAGE;
        options.variants =
            test_prng_chance(&prng, 20) ? NUNCIO_VARIANTS_OFF : NUNCIO_VARIANTS_NAMES;
        options.hits_max = SEGMENTS * ARTICLES;
        options.exhaustive = true;
        nuncio_hits *all = test_search(query, &options);
        options.exhaustive = false;
        options.hits_max = sizes[test_prng_below(&prng, 4)];
        check_pages(query, all, options);
        options.hits_max = 0;
        nuncio_hits *counted = test_search(query, &options);
        assert_int_equal(nuncio_hits_total(counted), nuncio_hits_total(all));
        options.hits_max = 10;
        listed += test_search_trail(query, &options).listed;
        nuncio_hits_destroy(counted);
        nuncio_hits_destroy(all);
        nuncio_query_destroy(query);
    }
    assert_int_equal(listed, rounds * SEGMENTS); /* else nothing was compared */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_what_is_found_one_by_one),
    };
    return cmocka_run_group_tests(tests, open_archive, close_archive);
}

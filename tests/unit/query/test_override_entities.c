/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whom override lines join, part, rename and hide is what docs/overrides.md says, whatever
 * the order of lines, and the same for lists of entities and for filters. Method: random archives
 * and random lines from a printed seed; the entities without overrides are taken as they are, and
 * override_truth.c says what lines make of them. */
#include "named_archive.h"
#include "override_truth.h"

#include "core/str.h"

#include <nuncio/facets.h>
#include <nuncio/name_meanings.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static truth expected;
static char printed[TRUTH_LINES * 256]; /* the lines, for messages */

/* Reads the lines in some order; NULL: they contradict one another. */
static nuncio_overrides *parse_lines(test_prng *prng)
{
    int numbers[TRUTH_LINES];
    for (int i = 0; i < expected.line_count; i++) {
        int k = (int)test_prng_below(prng, (uint64_t)i + 1);
        numbers[i] = k == i ? i : numbers[k];
        numbers[k] = i;
    }
    nuncio_overrides *overrides;
    nuncio_error error = {0};
    truth_print(&expected, numbers, printed);
    nuncio_status status =
        nuncio_overrides_parse(nn_str_of(printed), "o", NULL, &overrides, &error);
    if (status != NUNCIO_OK && status != NUNCIO_ERR_OVERRIDES) {
        fail_msg("%s: %s", printed, error.message);
    }
    return overrides;
}

/* ---- an archive ---- */

static named_drawn draw_name(test_prng *prng, uint32_t article, uint32_t name)
{
    uint64_t form = test_prng_below(prng, TRUTH_FORMS);
    (void)name;
    expected.holds[article][form] = expected.alive[form] = true;
    return (named_drawn){truth_names[form].text, (nuncio_entity_type)truth_names[form].type};
}

static void make_archive(test_prng *prng, test_archive *archive)
{
    memset(&expected, 0, sizeof expected);
    named_archive_make(archive, prng, TRUTH_ARTICLES, draw_name);
}

/* ---- what the library says ---- */

static nuncio_facets *list_of(const nuncio_snapshot *snapshot, const nuncio_query *query,
                              const nuncio_overrides *overrides)
{
    nuncio_search_options search = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    nuncio_facets *facets;
    nuncio_error error = {0};
    search.overrides = overrides;
    options.kinds = 1u << NUNCIO_FACET_ENTITY;
    options.limit = 0;
    if (nuncio_facets_count(snapshot, query, &search, &options, &facets, &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    return facets;
}

static nuncio_facets *list(const nuncio_snapshot *snapshot, const nuncio_overrides *overrides)
{
    return list_of(snapshot, NULL, overrides);
}

static int number_of(const nuncio_entity_form *form)
{
    for (int i = 0; i < TRUTH_FORMS; i++) {
        if (truth_names[i].type == (int)form->type &&
            nn_str_equal(form->text, nn_str_of(truth_names[i].text))) {
            return i;
        }
    }
    fail_msg("%.*s is no name of the archive", (int)form->text.size, form->text.data);
    return -1;
}

/* By form, the place of its entity in the list; -1: it is not in the list. */
static void read_entities(const nuncio_facets *facets, int entity[TRUTH_FORMS])
{
    size_t count;
    const nuncio_facet *values = nuncio_facets_values(facets, NUNCIO_FACET_ENTITY, &count);
    for (int i = 0; i < TRUTH_FORMS; i++) {
        entity[i] = -1;
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < values[i].form_count; k++) {
            entity[number_of(&values[i].forms[k])] = (int)i;
        }
    }
}

/* Whether the entity of a form may be called so: as a line says, else by one of its forms. */
static bool is_name(int form, nuncio_str name)
{
    bool renamed = truth_line_about(&expected, RENAME, form) != NULL;
    bool fits = false;
    for (int i = 0; i < TRUTH_NAMES && !fits; i++) {
        bool own =
            i < TRUTH_FORMS && expected.alive[i] && expected.entity[i] == expected.entity[form];
        fits = nn_str_equal(name, nn_str_of(truth_names[i].text)) &&
               (renamed ? truth_is_called(&expected, form, i) : own);
    }
    return fits;
}

/* The entities listed are those expected. */
static void compare(const nuncio_facets *facets)
{
    int listed[TRUTH_FORMS];
    size_t count;
    const nuncio_facet *values = nuncio_facets_values(facets, NUNCIO_FACET_ENTITY, &count);
    read_entities(facets, listed);
    for (int a = 0; a < TRUTH_FORMS; a++) {
        const char *text = truth_names[a].text;
        bool ignored = truth_line_about(&expected, IGNORE, a) != NULL;
        if (!expected.alive[a]) {
            continue;
        }
        if (ignored != (listed[a] < 0)) {
            fail_msg("%s%s is %s", printed, text, ignored ? "listed" : "not listed");
        }
        for (int b = 0; b < TRUTH_FORMS && !ignored; b++) {
            bool one = expected.alive[b] && expected.entity[a] == expected.entity[b];
            if (expected.alive[b] && one != (listed[a] == listed[b])) {
                fail_msg("%s%s and %s are %s", printed, text, truth_names[b].text,
                         one ? "two" : "one");
            }
        }
        if (!ignored) {
            const nuncio_facet *value = &values[listed[a]];
            assert_int_equal(value->articles, truth_articles(&expected, a));
            if (!is_name(a, value->value)) {
                fail_msg("%s%s is called %.*s", printed, text, (int)value->value.size,
                         value->value.data);
            }
        }
    }
}

static void check_filter(const nuncio_snapshot *snapshot, const nuncio_overrides *overrides,
                         int value)
{
    static const char *const fields[] = {"", "person", "place", "org"};
    char text[64];
    nuncio_hits *hits;
    nuncio_error error = {0};
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    bool found[TRUTH_ARTICLES] = {false};
    snprintf(text, sizeof text, "%s:\"%s\"", fields[truth_names[value].type],
             truth_names[value].text);
    nuncio_query *query = test_parse(text);
    options.hits_max = TRUTH_ARTICLES;
    options.overrides = overrides;
    options.explain = true;
    if (nuncio_search(snapshot, query, &options, &hits, &error) != NUNCIO_OK) {
        fail_msg("%s: %s", text, error.message);
    }
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        found[atoi(nuncio_hits_at(hits, i)->article.id.data)] = true;
    }
    for (int i = 0; i < TRUTH_ARTICLES; i++) {
        bool must = false;
        for (int form = 0; form < TRUTH_FORMS && !must; form++) {
            must = expected.holds[i][form] && truth_is_found(&expected, value, form);
        }
        if (must != found[i] && (must || truth_names[value].type != NUNCIO_ENTITY_PERSON)) {
            nuncio_str explained = nuncio_hits_explain_query(hits);
            fail_msg("%s%s %s article %d\n%.*s", printed, text, must ? "misses" : "finds", i,
                     (int)explained.size, explained.data);
        }
    }
    nuncio_hits_destroy(hits);
    nuncio_query_destroy(query);
}

/* ---- all at once, and one by one ---- */

static void same_values(const nuncio_facet *x, const nuncio_facet *y)
{
    assert_true(nn_str_equal(x->value, y->value));
    assert_int_equal(x->type, y->type);
    assert_int_equal(x->articles, y->articles);
    assert_int_equal(x->form_count, y->form_count);
    for (size_t i = 0; i < x->form_count; i++) {
        assert_true(nn_str_equal(x->forms[i].text, y->forms[i].text));
        assert_int_equal(x->forms[i].type, y->forms[i].type);
        assert_int_equal(x->forms[i].articles, y->forms[i].articles);
    }
}

/* The entity listed of which a name is a form; NULL: none. */
static const nuncio_facet *entity_of(const nuncio_facets *facets, const nuncio_mention *mention)
{
    size_t count;
    const nuncio_facet *values = nuncio_facets_values(facets, NUNCIO_FACET_ENTITY, &count);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < values[i].form_count; k++) {
            if (values[i].forms[k].type == mention->type &&
                nn_str_equal(values[i].forms[k].text, mention->name)) {
                return &values[i];
            }
        }
    }
    return NULL;
}

/* Names of a result are joined one by one, those of the archive all at once, and hits say the same
 * of what is named in them. */
static void check_meanings(const nuncio_snapshot *snapshot, const nuncio_overrides *overrides,
                           const nuncio_facets *all)
{
    nuncio_query *query = test_parse("b");
    nuncio_facets *result = list_of(snapshot, query, overrides);
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_hits *hits = NULL;
    nuncio_error error = {0};
    size_t count, listed;
    const nuncio_facet *x = nuncio_facets_values(all, NUNCIO_FACET_ENTITY, &count);
    const nuncio_facet *y = nuncio_facets_values(result, NUNCIO_FACET_ENTITY, &listed);
    assert_int_equal(count, listed);
    for (size_t i = 0; i < count; i++) {
        same_values(&x[i], &y[i]);
    }
    options.overrides = overrides;
    options.hits_max = TRUTH_ARTICLES;
    options.entities = true;
    assert_int_equal(nuncio_search(snapshot, query, &options, &hits, &error), NUNCIO_OK);
    assert_int_equal(nuncio_hits_count(hits), TRUTH_ARTICLES);
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        nuncio_hit_entity alone[NAMED_EACH];
        assert_in_range(hit->mention_count, 0, NAMED_EACH);
        assert_int_equal(nuncio_name_meanings(snapshot, &options, hit->mentions, hit->mention_count,
                                              alone, &error),
                         NUNCIO_OK);
        for (size_t k = 0; k < hit->mention_count; k++) {
            const nuncio_facet *entity = entity_of(all, &hit->mentions[k]);
            const nuncio_hit_entity *meant = &hit->mention_entities[k];
            assert_true((entity == NULL) == (meant->name.data == NULL));
            assert_true(nn_str_equal(meant->name, alone[k].name));
            assert_int_equal(meant->type, alone[k].type);
            assert_int_equal(meant->overridden, alone[k].overridden);
            assert_true(overrides != NULL || !meant->overridden);
            assert_true(entity == NULL ||
                        (nn_str_equal(meant->name, entity->value) && meant->type == entity->type));
        }
    }
    nuncio_hits_destroy(hits);
    nuncio_facets_destroy(result);
    nuncio_query_destroy(query);
}

static void try_lines(test_prng *prng, const nuncio_snapshot *snapshot, uint64_t *accepted)
{
    truth_make_lines(&expected, prng);
    nuncio_overrides *again = parse_lines(prng), *overrides = parse_lines(prng);
    assert_int_equal(overrides == NULL, again == NULL);
    if (overrides != NULL && truth_is_simple(&expected)) {
        nuncio_facets *plain = list(snapshot, NULL);
        nuncio_facets *facets = list(snapshot, overrides), *turned = list(snapshot, again);
        read_entities(plain, expected.entity);
        truth_apply(&expected);
        compare(facets);
        compare(turned);
        check_meanings(snapshot, NULL, plain);
        check_meanings(snapshot, overrides, facets);
        for (int value = 0; value < TRUTH_FORMS; value++) {
            if (expected.alive[value] && truth_names[value].type != NUNCIO_ENTITY_NATIONALITY) {
                check_filter(snapshot, overrides, value);
            }
        }
        nuncio_facets_destroy(plain);
        nuncio_facets_destroy(facets);
        nuncio_facets_destroy(turned);
        ++*accepted;
    }
    nuncio_overrides_destroy(overrides);
    nuncio_overrides_destroy(again);
}

static void equal_what_sets_of_names_give(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(33));
    uint64_t accepted = 0;
    for (uint64_t round = 0; round < test_rounds(12, 400); round++) {
        test_archive archive;
        make_archive(&prng, &archive);
        nuncio_snapshot *snapshot = test_archive_open(&archive);
        for (uint64_t i = 0; i < 40; i += test_step(4)) {
            try_lines(&prng, snapshot, &accepted);
        }
        nuncio_snapshot_close(snapshot);
        test_archive_remove(&archive);
    }
    assert_true(accepted > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equal_what_sets_of_names_give)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

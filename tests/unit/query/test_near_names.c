/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: where a query asks for names that no live article has, the nearest that there are get told,
 * and nothing is where it asks for others. Method: an archive of two segments with a deleted
 * article, and a table of queries. */
#include "shared.h"

#include "core/error.h"
#include "core/str.h"
#include "support/failing_allocator.h"

#include <nuncio/near_names.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const nuncio_mention mentions[3][4] = {
    {{0, 1, NUNCIO_ENTITY_PERSON, {"Sergei Lavrov", 13}, false},
     {2, 3, NUNCIO_ENTITY_ORGANISATION, {"Coastal Relief Council", 22}, false},
     {4, 5, NUNCIO_ENTITY_ORGANISATION, {"Hamas", 5}, false},
     {6, 7, NUNCIO_ENTITY_PERSON, {"Sergei Lavrov Office", 20}, false}},
    {{0, 1, NUNCIO_ENTITY_PERSON, {"S. Lavrov", 9}, false},
     {2, 3, NUNCIO_ENTITY_PERSON, {"Ivan Laurin", 11}, false},
     {4, 5, NUNCIO_ENTITY_PLACE, {"Kiev", 4}, false}},
    {{0, 1, NUNCIO_ENTITY_PERSON, {"Anna Dolores", 12}, false}, /* of the article deleted */
     {2, 3, NUNCIO_ENTITY_PERSON, {"Sergei Lavrov", 13}, false},
     {4, 5, NUNCIO_ENTITY_PLACE, {"Geneva", 6}, false}},
};
static const nuncio_annotations annotations[] = {
    {NULL, 0, mentions[0], 4}, {NULL, 0, mentions[1], 3}, {NULL, 0, mentions[2], 3}};

static int open_archive(void **state)
{
    (void)state;
    return test_shared_open_annotated(annotations);
}

/* A query, and what is told of it: "near, names; …". */
static const struct {
    const char *query, *told;
} queries[] = {
    {"a", ""},
    {"person:Lavrov a", ""},
    {"person:\"Sergej Lawrow\" place:Kyiv", ""}, /* forms that are known */
    {"person:\"Sergei Laurov\"", "person Sergei Lavrov; "},
    {"person:\"Sergy Lavrok\"", "person Sergei Lavrov; "}, /* one entity, however many forms */
    {"speaker:Lavrox", "person Sergei Lavrov; "},
    {"person:Laurint", "person Ivan Laurin; "},
    {"person:\"Sergei Lavrov Offize\"", "person Sergei Lavrov Office; "},
    {"person:\"Sergei Lavrin\"", "person Ivan Laurin; "}, /* the surname says who */
    {"person:\"Sergei Xyzzyx\"", "; "},                   /* a given name alone is nobody */
    {"entity:\"Costal Relief\"", "organisation Coastal Relief Council; "},
    {"org:Hanas", "organisation Hamas; "},
    {"org:Hamsa", "organisation Hamas; "},                /* letters that changed places */
    {"place:Hanas", "; "},                                /* of no such type */
    {"person:\"Anna Dolore\"", "; "},                     /* of no live article */
    {"org:crc", "organisation Coastal Relief Council; "}, /* initials that no article has */
    {"org:crb", "; "},
    {"place:Kiex -org:Hanas", "place Kiev; organisation Hamas; "},
};

static void tell(void *context, nuncio_str filter, const nuncio_near_name *names, size_t count)
{
    char *to = context;
    assert_true(filter.size > 0);
    assert_true(count <= NUNCIO_NEAR_NAMES_MAX);
    for (size_t i = 0; i < count; i++) {
        to += strlen(to);
        to += sprintf(to, "%s%s %.*s", i == 0 ? "" : ", ", test_types[names[i].type],
                      (int)names[i].name.size, names[i].name.data);
    }
    strcat(context, "; ");
}

static void tells_the_nearest(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        char told[512] = "";
        nuncio_query *query = test_parse(queries[i].query);
        nuncio_error error = {0};
        if (nuncio_near_names(snapshot, query, NULL, tell, told, &error) != NUNCIO_OK) {
            fail_msg("%s: %s", queries[i].query, error.message);
        }
        if (strcmp(told, queries[i].told) != 0) {
            fail_msg("%s: \"%s\", not \"%s\"", queries[i].query, told, queries[i].told);
        }
        nuncio_query_destroy(query);
    }
}

static void overrides_hold(void **state)
{
    (void)state;
    static const char lines[] =
        "rename person \"Sergei Lavrov\" -> \"The Minister\"\nignore Hamas\n";
    char told[512] = "";
    nuncio_query *query = test_parse("person:Lavrok org:Hanas");
    nuncio_overrides *overrides;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_error error = {0};
    assert_int_equal(nuncio_overrides_parse(nn_str_of(lines), NULL, NULL, &overrides, &error),
                     NUNCIO_OK);
    options.overrides = overrides;
    assert_int_equal(nuncio_near_names(snapshot, query, &options, tell, told, &error), NUNCIO_OK);
    assert_string_equal(told, "person The Minister; ; ");
    nuncio_overrides_destroy(overrides);
    nuncio_query_destroy(query);
}

static nuncio_status find_some(void *context, const nuncio_allocator *allocator,
                               nuncio_error *error)
{
    nuncio_snapshot *opened;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    char told[512] = "";
    options.allocator = allocator;
    NN_TRY(nuncio_snapshot_open(archive.folder, &options, &opened, error));
    nuncio_status status = nuncio_near_names(opened, context, NULL, tell, told, error);
    nuncio_snapshot_close(opened);
    return status;
}

static void survives_failing_memory(void **state)
{
    (void)state;
    nuncio_query *query = test_parse("person:Lavrok");
    assert_true(test_allocator_sweep(find_some, query, false) > 1);
    assert_true(test_allocator_sweep(find_some, query, true) > 1);
    nuncio_query_destroy(query);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_nearest),
        cmocka_unit_test(overrides_hold),
        cmocka_unit_test(survives_failing_memory),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}

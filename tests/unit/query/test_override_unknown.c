/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: of the names in an override file exactly those are told which no live article has. Method:
 * an archive of two segments with a deleted article, and a table of files. */
#include "shared.h"

#include "core/error.h"
#include "core/str.h"
#include "support/failing_allocator.h"

#include <nuncio/overrides.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const nuncio_mention mentions[3][3] = {
    {{0, 1, NUNCIO_ENTITY_PERSON, {"Nikolai Azarov", 14}, false},
     {2, 3, NUNCIO_ENTITY_PLACE, {"Kiev", 4}, false},
     {4, 5, NUNCIO_ENTITY_ORGANISATION, {"Hamas", 5}, false}},
    {{0,
      1,
      NUNCIO_ENTITY_PERSON,
      {"Mehmet \xC3\x87"
       "avdaro\xC4\x9Flu",
       19},
      false},
     {2, 3, NUNCIO_ENTITY_ORGANISATION, {"Party of Regions", 16}, false}},
    {{0, 1, NUNCIO_ENTITY_PERSON, {"Ivan Deleted", 12}, false}, /* of the article that is deleted */
     {2, 3, NUNCIO_ENTITY_PLACE, {"Kiev", 4}, false}},
};
static const nuncio_quote quote = {
    .start = 0, .end = 1, .speaker = {"a US official", 13}}; /* a description, which is no name */
static const nuncio_annotations annotations[] = {
    {NULL, 0, mentions[0], 3}, {&quote, 1, mentions[1], 2}, {NULL, 0, mentions[2], 2}};

static int open_archive(void **state)
{
    (void)state;
    return test_shared_open_annotated(annotations);
}

/* A file, and what is told of it: "line: [type] text [as type]; …". */
static const struct {
    const char *text, *unknown;
} files[] = {
    {"", ""},
    /* in either segment, in other case, without accents, with other marks between words */
    {"ignore person \"nikolai AZAROV\"\nignore Kiev\nignore \"mehmet cavdaroglu\"\n"
     "split Hamas | \"Party-of Regions\"",
     ""},
    /* no word that is there, not all of them, more than those, in another order, spelt otherwise */
    {"ignore person \"Nikolai Azrov\"\nignore Azarov\n\nignore \"Party of Regions of Kiev\"\n"
     "ignore \"Azarov Nikolai\"\nmerge \"Mykola Azarov\" = \"Nikolai Azarov\"",
     "1: person Nikolai Azrov; 2: Azarov; 4: Party of Regions of Kiev; 5: Azarov Nikolai; "
     "6: Mykola Azarov; "},
    {"ignore Regions\nignore Party\nignore \"of Regions\"",
     "1: Regions; 2: Party; 3: of Regions; "},
    /* types */
    {"ignore person Hamas\nmerge org Hamas = person Hamas\nignore Hamas",
     "1: person Hamas as organisation; 2: person Hamas as organisation; "},
    {"ignore place \"Ivan Deleted\"", "1: place Ivan Deleted; "},
    /* an article that is deleted; a description; both in a segment that has other names */
    {"ignore \"Ivan Deleted\"", "1: Ivan Deleted; "},
    {"ignore \"a US official\"", "1: a US official; "},
    /* new names need not be there, in whatever line they stand again */
    {"rename Kiev -> Kyiv\nrename kyiv -> \"KYIV city\"\nmerge org \"Kyiv City\" = Hamas", ""},
    {"rename place Kiev -> Kyiv\nignore Kyiv\nignore person Kyiv", "3: person Kyiv; "},
    {"rename Kief -> Kyiv", "1: Kief; "},
    /* each place where it stands, as it stands there */
    {"merge A = B = Kiev\nignore \"\xC3\xA0\"\r\nignore org b",
     "1: A; 1: B; 2: \xC3\xA0; 3: organisation b; "},
};

/* Prints what is unknown, at most `room` of it. */
static void print_unknown(const nuncio_overrides *overrides, size_t room, char *to, size_t *count)
{
    nuncio_override_unknown names[16];
    nuncio_error error = {0};
    assert_true(room <= sizeof names / sizeof *names);
    if (nuncio_overrides_unknown(overrides, snapshot, room == 0 ? NULL : names, room, count,
                                 &error) != NUNCIO_OK) {
        fail_msg("%s", error.message);
    }
    *to = '\0';
    for (size_t i = 0; i < *count && i < room; i++) {
        const char *type = test_types[names[i].type];
        const char *instead = test_types[names[i].instead];
        to += sprintf(to, "%u: %s%s%.*s%s%s; ", (unsigned)names[i].line, type,
                      type[0] == '\0' ? "" : " ", (int)names[i].text.size, names[i].text.data,
                      instead[0] == '\0' ? "" : " as ", instead);
    }
}

static void tells_what_no_live_article_has(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char unknown[512];
        size_t count, counted;
        nuncio_overrides *overrides;
        nuncio_error error = {0};
        if (nuncio_overrides_parse(nn_str_of(files[i].text), NULL, NULL, &overrides, &error) !=
            NUNCIO_OK) {
            fail_msg("%s", error.message);
        }
        print_unknown(overrides, 16, unknown, &count);
        assert_string_equal(unknown, files[i].unknown);
        print_unknown(overrides, 0, unknown, &counted);
        assert_int_equal(counted, count);
        print_unknown(overrides, 1, unknown, &counted);
        assert_int_equal(counted, count);
        assert_memory_equal(unknown, files[i].unknown, strlen(unknown));
        assert_int_equal(strlen(unknown) > 0, count > 0);
        nuncio_overrides_destroy(overrides);
    }
}

static nuncio_status find_some(void *context, const nuncio_allocator *allocator,
                               nuncio_error *error)
{
    size_t count;
    nuncio_snapshot *opened;
    nuncio_override_unknown name;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.allocator = allocator;
    NN_TRY(nuncio_snapshot_open(archive.folder, &options, &opened, error));
    nuncio_status status = nuncio_overrides_unknown(context, opened, &name, 1, &count, error);
    assert_true(status != NUNCIO_OK || count == 1);
    nuncio_snapshot_close(opened);
    return status;
}

static void survives_failing_memory(void **state)
{
    (void)state;
    nuncio_overrides *overrides;
    assert_int_equal(
        nuncio_overrides_parse(nn_str_of("merge Kiev = Kief\nignore \"Party of Regions\""), NULL,
                               NULL, &overrides, NULL),
        NUNCIO_OK);
    assert_true(test_allocator_sweep(find_some, overrides, false) > 1);
    assert_true(test_allocator_sweep(find_some, overrides, true) > 1);
    nuncio_overrides_destroy(overrides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_what_no_live_article_has),
        cmocka_unit_test(survives_failing_memory),
    };
    return cmocka_run_group_tests(tests, open_archive, test_shared_close);
}

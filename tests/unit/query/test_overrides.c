/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every line that a reporter may write is read or refused with its number and what to do.
 * Method: a table of files, and what is known after each. */
#include "query/names/overrides.h"

#include "core/str.h"
#include "support/failing_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static nuncio_overrides *parse(const char *text)
{
    nuncio_overrides *overrides = NULL;
    nuncio_error error = {0};
    if (nuncio_overrides_parse(nn_str_of(text), "o.txt", NULL, &overrides, &error) != NUNCIO_OK) {
        fail_msg("%s: %s", text, error.message);
    }
    return overrides;
}

/* The number of a name of the file; NN_OVERRIDE_NONE: it is not there. */
static uint32_t name_of(const nuncio_overrides *overrides, nuncio_entity_type type,
                        const char *text)
{
    for (uint32_t i = 0; i < overrides->count; i++) {
        const nn_name_form *form = overrides->names[i].form;
        if (form->type == type && nn_str_equal(form->text, nn_str_of(text))) {
            assert_int_equal(nn_overrides_find(overrides, form), i);
            return i;
        }
    }
    return NN_OVERRIDE_NONE;
}

static const nn_override_group *group_of(const nuncio_overrides *overrides, nuncio_entity_type type,
                                         const char *text)
{
    uint32_t name = name_of(overrides, type, text);
    assert_int_not_equal(name, NN_OVERRIDE_NONE);
    return &overrides->groups[overrides->names[name].group];
}

static const nuncio_entity_type P = NUNCIO_ENTITY_PERSON, L = NUNCIO_ENTITY_PLACE,
                                O = NUNCIO_ENTITY_ORGANISATION;

static void reads_each_verb(void **state)
{
    (void)state;
    nuncio_overrides *overrides =
        parse("\xEF\xBB\xBF# who is who\r\n"
              "\r\n"
              "merge  person \"Mykola Azarov\" = Nikolai Azarov = \"N. Azarov\"  # spelt\r\n"
              "split person \xE2\x80\x9CJohn Foster Dulles\xE2\x80\x9D|\xC2\xAB"
              "Allen Dulles\xC2\xBB = A. W. Dulles\n"
              "\trename place Kiev -> \xE2\x80\x9EKyiv\xE2\x80\x9C\n"
              "ignore organisation \"The \\\"Times\\\"\"\n"
              "merge org Hamas = person Hamas\n"
              "ignore Read More");
    assert_ptr_equal(group_of(overrides, P, "Mykola Azarov"), group_of(overrides, P, "N. Azarov"));
    assert_ptr_equal(group_of(overrides, P, "Mykola Azarov"),
                     group_of(overrides, P, "Nikolai Azarov"));
    assert_ptr_equal(group_of(overrides, O, "Hamas"), group_of(overrides, P, "Hamas"));
    uint32_t john = overrides->names[name_of(overrides, P, "John Foster Dulles")].group;
    uint32_t allen = overrides->names[name_of(overrides, P, "Allen Dulles")].group;
    uint32_t welsh = overrides->names[name_of(overrides, P, "A. W. Dulles")].group;
    assert_true(nn_overrides_part(overrides, john, allen));
    assert_true(nn_overrides_part(overrides, welsh, john));
    assert_false(nn_overrides_part(overrides, allen, welsh));
    const nn_override_group *kiev = group_of(overrides, L, "Kiev");
    assert_true(nn_str_equal(kiev->called, nn_str_of("Kyiv")));
    assert_int_equal(kiev->rename_line, 5);
    uint32_t first;
    assert_int_equal(nn_overrides_called(overrides, name_of(overrides, L, "Kyiv"), &first), 2);
    assert_ptr_equal(&overrides->groups[overrides->aliases[first].group], kiev);
    assert_int_equal(group_of(overrides, O, "The \"Times\"")->ignore_line, 6);
    for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= NUNCIO_ENTITY_NATIONALITY; type++) {
        assert_int_equal(group_of(overrides, (nuncio_entity_type)type, "Read More")->ignore_line,
                         8);
    }
    assert_int_equal(overrides->ignore_count, 6);
    nuncio_overrides_destroy(overrides);
    nuncio_overrides_destroy(NULL);
}

static void knows_names_however_they_are_written(void **state)
{
    (void)state;
    nuncio_overrides *overrides = parse("merge person \"KADYROV,  Ramzan\" = \"Rámzan Kadyrov\"\n"
                                        "rename person ramzan kadyrov -> R. Kadyrov");
    assert_int_equal(overrides->count, 3);
    const nn_override_group *group = group_of(overrides, P, "KADYROV,  Ramzan");
    assert_true(nn_str_equal(group->called, nn_str_of("R. Kadyrov")));
    nuncio_overrides_destroy(overrides);
}

static void follows_renames(void **state)
{
    (void)state;
    nuncio_overrides *overrides = parse("rename B -> C\nrename A -> B\nrename C -> D\n"
                                        "rename place KIEV -> Kiev\nmerge place Kiev = Kief\n"
                                        "rename place Kief -> Kiev");
    const char *const names[] = {"A", "B", "C"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(nn_str_equal(group_of(overrides, P, names[i])->called, nn_str_of("D")));
    }
    assert_true(nn_str_equal(group_of(overrides, L, "KIEV")->called, nn_str_of("Kiev")));
    nuncio_overrides_destroy(overrides);
}

static const struct {
    const char *text, *message;
} wrong[] = {
    {"merg A = B", "o.txt:1: \"merg\" is no verb"},
    {"\n\nmerge A", "o.txt:3: merge joins two names"},
    {"merge A =", "o.txt:1: a name is missing here"},
    {"merge = B", "o.txt:1: a name is missing here"},
    {"merge", "o.txt:1: a name is missing here"},
    {"merge person", "o.txt:1: a name is missing here"},
    {"merge A | B", "o.txt:1: such a line is: merge A = B"},
    {"split A", "o.txt:1: split parts two names"},
    {"split A = B", "o.txt:1: split parts two names"},
    {"split A -> B", "o.txt:1: such a line is"},
    {"rename A", "o.txt:1: rename gives another name"},
    {"rename A = B", "o.txt:1: such a line is"},
    {"rename A -> B -> C", "o.txt:1: such a line is"},
    {"rename place A -> org B", "o.txt:1: a new name has no type"},
    {"ignore A = B", "o.txt:1: such a line is"},
    {"ignore \"A\" B", "o.txt:1: nothing but a sign or a comment"},
    {"ignore persn \"A\"", "o.txt:1: \"persn\" before a name in quotation marks is no type"},
    {"ignore \"A", "o.txt:1: this quotation mark is never closed"},
    {"ignore \"A\\\"", "o.txt:1: this quotation mark is never closed"},
    {"ignore \"\"", "o.txt:1: a name is missing here"},
    {"ignore \"...\"", "o.txt:1: \"...\" has no letter or digit"},
    {"merge A = org B", "o.txt:1: the first name of the line has no type"},
    {"# \xFF\nignore A", "o.txt:1: this line is not UTF-8"},
    {"ignore A\nignore \xC3", "o.txt:2: this line is not UTF-8"},
    {"split A | B | a", "o.txt:1: \"A\" stands on two sides"},
    {"split person A | B\nmerge person B = C\nmerge person A = C",
     "\"A\" and \"B\" are parted here, but merged by line"},
    {"merge person B = C\nmerge person A = C\nsplit person A | B",
     "o.txt:3: \"A\" and \"B\" are parted here, but merged by line"},
    {"rename A -> B\nrename A -> C", "o.txt:2: \"A\" is called \"C\" here, but line 1"},
    {"merge A = B\nrename A -> C\nrename B -> D", "o.txt:3: \"B\" is called \"D\" here"},
    {"rename A -> B\nrename B -> A", "renames go round in a circle"},
    {"rename A -> B\nrename B -> C\nrename C -> B", "renames go round in a circle"},
};

static void refuses_what_it_cannot_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        nuncio_overrides *overrides = (nuncio_overrides *)1;
        nuncio_error error = {0};
        nuncio_str text = nn_str_of(wrong[i].text);
        nuncio_status status = nuncio_overrides_parse(text, "o.txt", NULL, &overrides, &error);
        if (status != NUNCIO_ERR_OVERRIDES || strstr(error.message, wrong[i].message) == NULL) {
            fail_msg("%s: %d, %s", wrong[i].text, (int)status, error.message);
        }
        assert_null(overrides);
        assert_int_equal(error.status, status);
        assert_string_equal(error.file, "o.txt");
        assert_true(error.offset <= text.size);
    }
}

/* `text` `count` times and what stands behind; the caller frees it. */
static char *repeated(const char *text, size_t count, const char *behind)
{
    size_t size = strlen(text);
    char *all = malloc(size * count + strlen(behind) + 1);
    assert_non_null(all);
    for (size_t i = 0; i < count; i++) {
        memcpy(all + i * size, text, size);
    }
    strcpy(all + size * count, behind);
    return all;
}

static void has_limits(void **state)
{
    (void)state;
    nuncio_overrides *overrides;
    nuncio_error error = {0};
    char *text = repeated("x", 10000, "");
    char *line = malloc(10100);
    assert_non_null(line);
    sprintf(line, "ignore \"%s\"", text);
    assert_int_equal(nuncio_overrides_parse(nn_str_of(line), NULL, NULL, &overrides, &error),
                     NUNCIO_ERR_OVERRIDES);
    assert_non_null(strstr(error.message, "overrides:1: a name of 10000 bytes"));
    sprintf(line, "ignore person \"%.1024s\"", text);
    nuncio_overrides_destroy(parse(line));
    free(line);
    free(text);
    text = repeated("\n", NN_OVERRIDES_BYTES_MAX, " ");
    assert_int_equal(nuncio_overrides_parse(nn_str_of(text), NULL, NULL, &overrides, &error),
                     NUNCIO_ERR_LIMIT);
    text[NN_OVERRIDES_BYTES_MAX] = '\0';
    nuncio_overrides_destroy(parse(text));
    free(text);
    text = malloc(NN_OVERRIDES_BYTES_MAX);
    assert_non_null(text);
    size_t size = 0;
    for (int i = 0; i <= NN_OVERRIDES_NAMES_MAX / 5; i++) {
        size += (size_t)sprintf(text + size, "ignore n%d\n", i);
    }
    assert_int_equal(nuncio_overrides_parse(nn_str(text, size), NULL, NULL, &overrides, &error),
                     NUNCIO_ERR_LIMIT);
    free(text);
}

static nuncio_status parse_some(void *context, const nuncio_allocator *allocator,
                                nuncio_error *error)
{
    (void)context;
    nuncio_overrides *overrides;
    nuncio_str text = nn_str_of("merge A = B\nsplit A | C = D\nrename A -> E\nignore \"F G H\"");
    nuncio_status status = nuncio_overrides_parse(text, NULL, allocator, &overrides, error);
    nuncio_overrides_destroy(overrides);
    return status;
}

static void survives_failing_memory(void **state)
{
    (void)state;
    assert_true(test_allocator_sweep(parse_some, NULL, false) > 1);
    assert_true(test_allocator_sweep(parse_some, NULL, true) > 1);
}

static void reads_files(void **state)
{
    (void)state;
    nuncio_overrides *overrides;
    nuncio_error error = {0};
    assert_int_equal(
        nuncio_overrides_read("/nowhere/overrides.txt", NULL, NULL, &overrides, &error),
        NUNCIO_ERR_NOT_FOUND);
    assert_null(overrides);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_verb), cmocka_unit_test(knows_names_however_they_are_written),
        cmocka_unit_test(follows_renames), cmocka_unit_test(refuses_what_it_cannot_read),
        cmocka_unit_test(has_limits),      cmocka_unit_test(survives_failing_memory),
        cmocka_unit_test(reads_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

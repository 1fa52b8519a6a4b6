/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whom a name is one with does not depend on how its forms were found: by the words of names,
 * the rarest first and key by key, or by comparing the key of every name of the archive. Method:
 * random archives of names put together from words that spellings, romanisation, initials, titles
 * and particles join, from a printed seed; each form's entity is looked up alone and compared with
 * what one table of all forms says. */
#include "named_archive.h"

#include "core/str.h"
#include "query/names/name_entity.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ARTICLES = 60, NAME_ROOM = 96 };

static const char *pick(test_prng *prng, const char *const *words, size_t count)
{
    return words[test_prng_below(prng, count)];
}
#define PICK(prng, words) pick(prng, words, sizeof(words) / sizeof *(words))

static void make_person(test_prng *prng, char *to)
{
    static const char *const titles[] = {"", "", "", "President ", "Dr. ", "Gen. "};
    static const char *const given[] = {
        "",        "",           "Sergei ",       "Sergey ",  "S. ",      "Sergej Viktorovich ",
        "S. V. ",  "William ",   "Bill ",         "W. ",      "Anna ",    "Anna Maria ",
        "George ", "George W. ", "George H. W. ", "Muammar ", "Moammar ", "Martin ",
        "Li ",     "L.I. ",      "Kim Il ",       "Zhou "};
    static const char *const particles[] = {"", "", "", "al-", "von ", "de "};
    static const char *const surnames[] = {
        "Lavrov",        "Lawrow",  "LAVROV",
        "Bush",          "Gaddafi", "Kadhafi",
        "M\xc3\xbcller", "Mueller", "\xd0\x9b\xd0\xb0\xd0\xb2\xd1\x80\xd0\xbe\xd0\xb2",
        "Martin",        "Merton",  "Peng",
        "En-lai",        "Li",      "Chou"};
    static const char *const suffixes[] = {"", "", "", "", " Jr.", " III"};
    snprintf(to, NAME_ROOM, "%s%s%s%s%s", PICK(prng, titles), PICK(prng, given),
             PICK(prng, particles), PICK(prng, surnames), PICK(prng, suffixes));
}

static void make_place(test_prng *prng, char *to)
{
    static const char *const wholes[] = {
        "Kiev",        "Kyiv",         "KYIV",   "Kyiv Oblast", "Kiev Oblast", "Russia",
        "Russian",     "Russians",     "Peking", "Beijing",     "The Hague",   "Hague",
        "Upper Volta", "Burkina Faso", "Zolm",   "Zollm",       "North Zolm",  "Zolm of the North",
        "Of",          "Houthi",       "Houthis"};
    snprintf(to, NAME_ROOM, "%s", PICK(prng, wholes));
}

static void make_group(test_prng *prng, char *to)
{
    static const char *const kinds[] = {"Department", "Office",  "Ministry",
                                        "Treaty",     "Defence", "Defense"};
    static const char *const joins[] = {" of ", " for the ", " on ", " and "};
    static const char *const things[] = {"Wool", "State", "Karsovian Transport", "the Wool Trade",
                                         "Non-Proliferation"};
    static const char *const others[] = {
        "NATO",
        "North Atlantic Treaty Organization",
        "N.A.T.O.",
        "North Atlantic Treaty Organisation",
        "DOW",
        "Houthis",
        "Ansar Allah",
        "OKT",
        "the",
        "Wool Department",
        "State Office",
        "U.S. Department of State",
        "O.F. Wool Office",
        "The 1,000 State Office",
        "State Office 7",
        "Office of State of",
        "U.S. State Office",
        "State Office of the United States of America",
        "U. S. State Office",
        "Us State Office",
        "US-USSR Wool Treaty",
        "Soviet Union\xe2\x80\x93United States Wool Treaty",
        "US-UN-UK Office",
        "United States Department of State",
        "State Department of the US",
        "General Assembly of the United Nations",
        "UNGA",
        "U.N. General Assembly",
        "Treaty on the Proliferation of Non",
        "Ministry of Foreign Affairs of Wool",
        "Wool Foreign Ministry",
        "Foreign Affairs Office",
        "SWWCC",
        "SWCC",
        "State\xe2\x80\x93Wool\xe2\x80\x93Wool Coordinating Committee",
        "People\xe2\x80\x99s State Office",
        "\xc3\x96n Wool Office"};
    if (test_prng_chance(prng, 40)) {
        snprintf(to, NAME_ROOM, "%s", PICK(prng, others));
    } else {
        snprintf(to, NAME_ROOM, "%s%s%s", PICK(prng, kinds), PICK(prng, joins), PICK(prng, things));
    }
}

static named_drawn make_name(test_prng *prng, uint32_t article, uint32_t name)
{
    static char texts[ARTICLES][NAMED_EACH][NAME_ROOM];
    char *to = texts[article][name];
    uint64_t type = 1 + test_prng_below(prng, NUNCIO_ENTITY_NATIONALITY);
    if (type == NUNCIO_ENTITY_PERSON) {
        make_person(prng, to);
    } else if (type == NUNCIO_ENTITY_PLACE || type == NUNCIO_ENTITY_NATIONALITY) {
        make_place(prng, to);
    } else {
        make_group(prng, to);
    }
    return (named_drawn){to, (nuncio_entity_type)type};
}

/* Forms of a snapshot, with what they stand on. */
typedef struct book {
    nn_memory memory;
    nn_arena arena;
    nn_analyzer *analyzer;
    nn_token_list tokens;
    nn_name_forms forms;
    nn_name_blocks blocks;
    nuncio_error error;
} book;

static void must(const book *of, nuncio_status status)
{
    if (status != NUNCIO_OK) {
        fail_msg("%s", of->error.message);
    }
}

static void open_book(book *to, const nuncio_snapshot *snapshot)
{
    memset(to, 0, sizeof *to);
    nn_memory_init(&to->memory, NULL, 0);
    nn_arena_init(&to->arena, &to->memory);
    must(to, nn_analyzer_create(&to->memory, &to->analyzer, &to->error));
    must(to, nn_name_forms_open(&to->forms, snapshot, &to->arena, to->analyzer, &to->tokens,
                                &to->error));
    must(to, nn_name_blocks_open(&to->blocks, &to->forms));
}

static void close_book(book *of)
{
    nn_name_blocks_close(&of->blocks);
    nn_name_forms_close(&of->forms);
    nn_token_list_deinit(&of->tokens, &of->memory);
    nn_analyzer_destroy(of->analyzer);
    nn_arena_clear(&of->arena);
}

static void add_all(book *to)
{
    for (uint32_t part = 0; part < to->forms.snapshot->part_count; part++) {
        uint32_t count = nn_segment_name_count(to->forms.snapshot->parts[part].segment);
        for (uint32_t name = 0; name < count; name++) {
            nn_name_form *form;
            must(to, nn_name_forms_add(&to->forms, part, name, &form));
        }
    }
}

static bool is_same(const nn_name_form *a, const nn_name_form *b)
{
    return a->type == b->type && nn_str_equal(a->text, b->text);
}

static bool has(const nn_name_entity *entity, const nn_name_form *form)
{
    bool found = false;
    for (uint32_t i = 0; i < entity->count && !found; i++) {
        found = is_same(entity->forms[i], form);
    }
    return found;
}

/* The entity of the form, looked up with nothing else known, is `expected`. */
static void check_alone(const nuncio_snapshot *snapshot, const book *all, const nn_name_form *of,
                        const nn_name_entity *expected)
{
    uint32_t place = of->places;
    while (all->forms.places[place].next != UINT32_MAX) {
        place = all->forms.places[place].next;
    }
    uint32_t part = all->forms.places[place].part;
    uint32_t name = all->forms.places[place].name;
    book alone;
    nn_name_form *form;
    nn_name_entity *entity;
    open_book(&alone, snapshot);
    for (uint32_t i = part; i < snapshot->part_count; i++) { /* its number in each part */
        uint32_t count = nn_segment_name_count(snapshot->parts[i].segment);
        for (uint32_t k = i == part ? name : 0; k < count; k++) {
            nuncio_str text;
            nuncio_entity_type type;
            must(&alone,
                 nn_segment_name(snapshot->parts[i].segment, k, &text, &type, &alone.error));
            if (type == of->type && nn_str_equal(text, of->text)) {
                must(&alone, nn_name_forms_add(&alone.forms, i, k, &form));
            }
        }
    }
    must(&alone, nn_name_entity_of(&alone.blocks, form, &entity));
    for (uint32_t i = 0; i < expected->count; i++) {
        if (!has(entity, expected->forms[i])) {
            fail_msg("%.*s is not found to be %.*s", (int)of->text.size, of->text.data,
                     (int)expected->forms[i]->text.size, expected->forms[i]->text.data);
        }
    }
    if (entity->count != expected->count || !is_same(entity->leader, expected->leader)) {
        fail_msg("%.*s is one with %u forms, not %u; called %.*s, not %.*s", (int)of->text.size,
                 of->text.data, entity->count, expected->count, (int)entity->leader->text.size,
                 entity->leader->text.data, (int)expected->leader->text.size,
                 expected->leader->text.data);
    }
    close_book(&alone);
}

static void equals_comparing_all(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(71));
    uint64_t joined = 0;
    for (uint64_t round = 0; round < test_rounds(12, 400); round++) {
        test_archive archive;
        book all;
        named_archive_make(&archive, &prng, ARTICLES, make_name);
        nuncio_snapshot *snapshot = test_archive_open(&archive);
        open_book(&all, snapshot);
        add_all(&all);
        must(&all, nn_name_blocks_load_all(&all.blocks));
        uint32_t count = all.forms.count;
        for (uint32_t i = 0; i < count; i += (uint32_t)test_step(3)) {
            nn_name_form *form = all.forms.items[i];
            nn_name_entity *entity;
            must(&all, nn_name_entity_of(&all.blocks, form, &entity));
            assert_true(has(entity, form));
            check_alone(snapshot, &all, form, entity);
            check_alone(snapshot, &all, entity->forms[test_prng_below(&prng, entity->count)],
                        entity);
            joined += entity->count > 1;
        }
        close_book(&all);
        nuncio_snapshot_close(snapshot);
        test_archive_remove(&archive);
    }
    assert_true(joined > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equals_comparing_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: spellings of one name have one key, and names of different people do not; what a name's
 * words say about themselves is seen; each spelling in name_variants.txt is found in its group.
 * Method: tables of pairs; keys of random bytes; the text file is read and every spelling folded as
 * texts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "support/files.h"
#include "support/prng.h"
#include "text/name.h"
#include "text/name_variants.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>

static nn_memory memory;
static nn_analyzer *analyzer;
static nn_arena arena;
static nn_token_list tokens;

static int make(void **state)
{
    (void)state;
    nn_memory_init(&memory, NULL, 0);
    nn_arena_init(&arena, &memory);
    return nn_analyzer_create(&memory, &analyzer, NULL) != NUNCIO_OK;
}

static int release(void **state)
{
    (void)state;
    nn_analyzer_destroy(analyzer);
    nn_token_list_deinit(&tokens, &memory);
    nn_arena_clear(&arena);
    return memory.used != 0;
}

static nn_name_words read(const char *name)
{
    nn_name_words words;
    assert_int_equal(nn_name_words_read(analyzer, &arena, &tokens, nn_str_of(name), &words, NULL),
                     NUNCIO_OK);
    return words;
}

static void test_one_key(void **state)
{
    (void)state;
    static const char *const same[][8] = {
        {"Sergei", "Sergey", "Sergej", "Сергей", "SERGEI"},
        {"Lavrov", "Lavroff", "Lawrow", "Лавров"},
        {"Dmitri", "Dmitry", "Dmitriy", "Dmitrij", "Dmitrii", "Дмитрий"},
        {"Andrei", "Andrey", "Andrej", "Андрей"},
        {"Nikolai", "Nikolay", "Nikolaj", "Николай"},
        {"Tolstoi", "Tolstoy", "Tolstoj", "Толстой"},
        {"Medvedev", "Medwedew", "Medvedeff", "Медведев"},
        {"Gorbachev", "Gorbatchev", "Gorbachov", "Gorbatschow"},
        {"Nazarbayev", "Nazarbaev", "Nazarbajew", "Nazarbaiev", "Назарбаев"},
        {"Grigoryev", "Grigoriev", "Grigorjew"},
        {"Yanukovych", "Yanukovich"},
        {"Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi", "Zelenski", "Zelenskij"},
        {"Müller", "Mueller", "Muller"},
        {"Çavuşoğlu", "Cavusoglu"},
        {"Assad", "Asad", "ASSAD"},
        {"Hassan", "Hasan"},
        {"Iraq", "Irak"},
        {"Joseph", "Josef"},
        {"Frederick", "Frederik"},
        {"Alexei", "Aleksei", "Aleksey"},
        {"Macmillan", "McMillan", "MacMillan"},
        {"Djakarta", "Jakarta"},
        {"O'Brien", "O’Brien", "OBrien"},
        {"Łódź", "Lodz"},
        {"Βενιζέλος", "Venizelos"},
        {"თბილისი", "Tbilisi"},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        nuncio_str key = read(same[i][0]).items[0].key;
        for (size_t k = 1; k < 8 && same[i][k] != NULL; k++) {
            nuncio_str other = read(same[i][k]).items[0].key;
            if (!nn_str_equal(key, other)) {
                fail_msg("%s has the key %.*s, %s %.*s", same[i][0], (int)key.size, key.data,
                         same[i][k], (int)other.size, other.data);
            }
        }
    }
}

static void test_different_keys(void **state)
{
    (void)state;
    static const char *const different[][2] = {
        {"Weil", "Veil"},         {"Bush", "Busch"},     {"Martin", "Morton"},
        {"Warner", "Werner"},     {"Houston", "Huston"}, {"Yang", "Jang"},
        {"Kohl", "Gohl"},         {"Syria", "Serbia"},   {"Iran", "Iraq"},
        {"Austria", "Australia"}, {"Niger", "Nigeria"},  {"Mali", "Malawi"},
        {"Ross", "Rose"},         {"Bell", "Bel"},       {"Lavrov", "Lavrova"},
        {"Meyer", "Mayer"},       {"Wilson", "Vilson"},  {"Shaw", "Chaw"},
        {"Moore", "More"},        {"Lee", "Le"},
    };
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        nuncio_str x = read(different[i][0]).items[0].key, y = read(different[i][1]).items[0].key;
        if (nn_str_equal(x, y)) {
            fail_msg("%s and %s have one key", different[i][0], different[i][1]);
        }
    }
}

static void test_keys_of_anything(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(81));
    for (uint32_t i = 0; i < 20000; i++) {
        static const char *const pieces[] = {"щ",  "ж", "sch", "tch", "ow", "ff", "й", "'", "mac",
                                             "ue", "q", "€",   "周",  "ψ",  "ձ",  "ღ", "a", "x"};
        char word[256], key[NN_NAME_KEY_ROOM], again[NN_NAME_KEY_ROOM];
        size_t size = 0, most = 1 + test_prng_below(&prng, 250);
        while (size < most) {
            const char *piece = pieces[test_prng_below(&prng, sizeof pieces / sizeof pieces[0])];
            size_t more = strlen(piece);
            if (size + more > 255) {
                break;
            }
            memcpy(word + size, piece, more);
            size += more;
        }
        size_t made = nn_name_key(nn_str(word, size), key);
        assert_in_range(made, 1, NN_NAME_KEY_MAX);
        assert_int_equal(nn_name_key(nn_str(word, size), again), made);
        assert_memory_equal(key, again, made);
    }
}

static void test_words(void **state)
{
    (void)state;
    nn_name_words words = read("J.F. de Gaulle-Lavrov II");
    assert_int_equal(words.count, 5);
    assert_int_equal(words.items[0].flags, NN_NAME_CAPITAL | NN_NAME_CAPITALS | NN_NAME_INITIAL);
    assert_true(nn_str_equal(words.items[0].folded, nn_str_of("jf")));
    assert_int_equal(words.items[1].flags, 0);
    assert_int_equal(words.items[2].flags, NN_NAME_CAPITAL);
    assert_int_equal(words.items[3].flags, NN_NAME_CAPITAL | NN_NAME_JOINED);
    assert_int_equal(words.items[4].flags, NN_NAME_CAPITAL | NN_NAME_CAPITALS);
    assert_int_equal(read("J").items[0].flags, NN_NAME_CAPITAL | NN_NAME_INITIAL);
    assert_int_equal(read("").count, 0);
    assert_int_equal(read("— ,").count, 0);
    char *many = calloc(40000, 1);
    assert_non_null(many);
    for (uint32_t i = 0; i < 10000; i++) {
        memcpy(many + (size_t)i * 4, "Abc ", 4);
    }
    many[39999] = '\0';
    assert_int_equal(read(many).count, NN_NAME_WORDS_MAX);
    memset(many, 'x', 39999); /* one word of 40,000 letters */
    assert_in_range(read(many).count, 1, NN_NAME_WORDS_MAX);
    free(many);
}

/* Words that are seen without reading a name are those that are read, and are found alike. */
static void test_plain_words(void **state)
{
    (void)state;
    static const char signs[] = "aabcdeXYZ  ,-&().'/:_1\n";
    test_prng prng = test_prng_of(test_seed(3));
    uint32_t plain_names = 0;
    for (uint64_t round = 0; round < test_rounds(4000, 80000); round++) {
        char name[24];
        size_t size = 1 + (size_t)test_prng_below(&prng, sizeof name - 1);
        for (size_t i = 0; i < size; i++) {
            name[i] = signs[test_prng_below(&prng, sizeof signs - 1)];
        }
        nuncio_str seen[NN_NAME_WORDS_MAX], folded[NN_NAME_WORDS_MAX];
        uint32_t count = nn_name_plain_words(nn_str(name, size), seen);
        nn_name_words words;
        assert_int_equal(
            nn_name_words_read(analyzer, &arena, &tokens, nn_str(name, size), &words, NULL),
            NUNCIO_OK);
        bool plain;
        static const char *const asked[] = {"a", "x", "ax", "1", "11", "a1", "yz"};
        for (uint32_t i = 0; i < sizeof asked / sizeof *asked; i++) {
            nuncio_str word = nn_str_of(asked[i]);
            bool has = nn_name_has_words(nn_str(name, size), &word, 1, &plain), reads = false;
            for (uint32_t k = 0; k < words.count; k++) {
                reads = reads || nn_str_equal(words.items[k].folded, word);
            }
            assert_true(has == reads || (!has && !plain));
        }
        if (count == 0) {
            continue;
        }
        plain_names++;
        assert_int_equal(count, words.count);
        for (uint32_t i = 0; i < count; i++) {
            folded[i] = words.items[i].folded;
            assert_int_equal(seen[i].size, folded[i].size);
        }
        for (uint32_t i = 0; i < count; i++) {
            assert_true(nn_name_has_words(nn_str(name, size), folded + i, count - i, &plain));
            assert_true(plain);
        }
        folded[count - 1] = nn_str_of("q");
        assert_false(nn_name_has_words(nn_str(name, size), folded, count, &plain));
    }
    assert_true(plain_names > 100);
}

static void check_initials(const char *name, const char *expected)
{
    char to[4 * NN_NAME_INITIALS_MAX];
    nn_name_words words = read(name);
    size_t size = nn_name_initials(&words, to);
    assert_int_equal(size, strlen(expected));
    assert_memory_equal(to, expected, size);
}

static void test_initials(void **state)
{
    (void)state;
    check_initials("North Atlantic Treaty Organization", "nato");
    check_initials("Organization for Security and Co-operation in Europe", "osce");
    check_initials("Asia-Pacific Economic Cooperation", "apec");
    check_initials("Übersee Ärzte", "ua");
    check_initials("Nato", "");
    check_initials("A B C D E F G H", "abcdefgh");
    check_initials("A B C D E F G H I", "");
}

/* ---- name_variants.txt ---- */

/** Folds a spelling as texts are folded, words with single spaces between. */
static nuncio_str fold(const char *text, size_t size)
{
    nn_name_words words;
    nn_buffer joined;
    nn_buffer_init(&joined, &memory);
    assert_int_equal(
        nn_name_words_read(analyzer, &arena, &tokens, nn_str(text, size), &words, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < words.count; i++) {
        nn_buffer_append_text(&joined, i > 0 ? " " : "");
        nn_buffer_append_str(&joined, words.items[i].folded);
    }
    nuncio_str copy = nn_arena_str(&arena, nn_buffer_str(&joined));
    nn_buffer_deinit(&joined);
    return copy;
}

/** Looks up the spellings of a list; all are of one group. */
static uint32_t check_list(const char *list, const char *joint, nn_spelling_kind kind,
                           uint16_t *group)
{
    uint32_t count = 0;
    for (const char *at = list; at != NULL;) {
        const char *end = strstr(at, joint);
        size_t size = end == NULL ? strlen(at) : (size_t)(end - at);
        nuncio_str folded = fold(at, size);
        uint16_t found = nn_name_group_find(kind, folded);
        if (found == NN_NAME_GROUP_NONE || (*group != NN_NAME_GROUP_NONE && found != *group)) {
            fail_msg("%.*s (%.*s) is not found in its group", (int)size, at, (int)folded.size,
                     folded.data);
        }
        *group = found;
        count++;
        at = end == NULL ? NULL : end + strlen(joint);
    }
    return count;
}

static void test_every_spelling_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *verb;
        nn_spelling_kind kind;
    } kinds[] = {{"given", NN_SPELLING_PERSON},     {"family", NN_SPELLING_PERSON},
                 {"word", NN_SPELLING_WORD},        {"place", NN_SPELLING_PLACE},
                 {"org", NN_SPELLING_ORGANISATION}, {"event", NN_SPELLING_EVENT}};
    char *text = test_file_read(NUNCIO_NAME_VARIANTS, NULL), *rest = NULL;
    uint32_t count = 0, groups = 0;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        char *list = strchr(line, ' '), *people = strstr(line, " : ");
        if (line[0] == '#' || list == NULL) {
            continue;
        }
        *list++ = '\0';
        if (people != NULL) {
            *people = '\0';
        }
        uint16_t group = NN_NAME_GROUP_NONE;
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            if (strcmp(line, kinds[i].verb) == 0) {
                count += check_list(list, i < 3 ? " " : " | ", kinds[i].kind, &group);
                assert_int_equal(nn_name_groups[group].given, i == 0);
            }
        }
        assert_int_not_equal(group, NN_NAME_GROUP_NONE);
        if (people != NULL) {
            count += check_list(people + 3, " | ", NN_SPELLING_NATIONALITY, &group);
        }
        groups++;
        nn_arena_reset(&arena);
    }
    assert_int_equal(groups, nn_name_group_count);
    assert_true(count > 1000 && nn_name_spelling_count > 1000);
    free(text);
    assert_int_equal(nn_name_group_find(NN_SPELLING_PLACE, nn_str_of("")), NN_NAME_GROUP_NONE);
    assert_int_equal(nn_name_group_find(NN_SPELLING_PLACE, nn_str_of("zzzz")), NN_NAME_GROUP_NONE);
    assert_int_equal(nn_name_group_find(NN_SPELLING_PERSON, nn_str_of("kiev")), NN_NAME_GROUP_NONE);
}

/** Glides at the end of given names need not be listed one by one. */
static void test_final_glides_are_derived(void **state)
{
    static const char *const pairs[][2] = {{"sergei", "serhij"},
                                           {"sergei", "serguej"},
                                           {"dmitri", "dimitrij"},
                                           {"yuri", "iury"},
                                           {"vitaly", "witaliy"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        uint16_t group = nn_name_group_find(NN_SPELLING_PERSON, nn_str_of(pairs[i][0]));
        assert_int_not_equal(group, NN_NAME_GROUP_NONE);
        assert_int_equal(nn_name_group_find(NN_SPELLING_PERSON, nn_str_of(pairs[i][1])), group);
    }
    /* too short to tell: no Ray */
    assert_int_equal(nn_name_group_find(NN_SPELLING_PERSON, nn_str_of("raj")), NN_NAME_GROUP_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_key, make, release),
        cmocka_unit_test_setup_teardown(test_different_keys, make, release),
        cmocka_unit_test_setup_teardown(test_keys_of_anything, make, release),
        cmocka_unit_test_setup_teardown(test_words, make, release),
        cmocka_unit_test_setup_teardown(test_plain_words, make, release),
        cmocka_unit_test_setup_teardown(test_initials, make, release),
        cmocka_unit_test_setup_teardown(test_every_spelling_is_found, make, release),
        cmocka_unit_test(test_final_glides_are_derived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

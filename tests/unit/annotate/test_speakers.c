/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "annotate/quotes/speakers.h"
#include "core/str.h"

#include "reader.h"

/* The source is what stands between the bars; the bars are taken out before the text is read. */
static void test_examples(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name; /* NULL: unknown */
        nuncio_entity_type type;
    } cases[] = {
        {"|Foreign Minister Danilo Marin|", "Danilo Marin", NUNCIO_ENTITY_PERSON},
        {"Danilo Marin came. |Marin|", "Danilo Marin", NUNCIO_ENTITY_PERSON},
        {"Danilo Marin came. |He|", "Danilo Marin", NUNCIO_ENTITY_PERSON},
        {"Anna Marin came. |He|", NULL, NUNCIO_ENTITY_NONE},
        {"Danilo Marin met Anna Stub. |She|", "Anna Stub", NUNCIO_ENTITY_PERSON},
        {"They saw Danilo Marin and Ivan Stub. |He|", NULL, NUNCIO_ENTITY_NONE},
        {"|They|", NULL, NUNCIO_ENTITY_NONE},
        {"|a senior official|", "a senior official", NUNCIO_ENTITY_NONE},
        {"|A senior official|", "a senior official", NUNCIO_ENTITY_NONE},
        {"|an aide to Danilo Marin|", "an aide to Danilo Marin", NUNCIO_ENTITY_NONE},
        {"|Danilo Marin’s aide|", "Danilo Marin’s aide", NUNCIO_ENTITY_NONE},
        {"|the State Department|", "State Department", NUNCIO_ENTITY_ORGANISATION},
        {"|Moscow|", "Moscow", NUNCIO_ENTITY_PLACE},
        {"|Danilo Marin and Ivan Stub|", "Danilo Marin and Ivan Stub", NUNCIO_ENTITY_NONE},
        {"Foreign Minister Danilo Marin came. |the foreign minister|", "Danilo Marin",
         NUNCIO_ENTITY_PERSON},
        {"Foreign Minister Danilo Marin came. |a foreign minister|", "a foreign minister",
         NUNCIO_ENTITY_NONE},
        {"Danilo Marin, the Finnish prime minister, came. |the prime minister|", "Danilo Marin",
         NUNCIO_ENTITY_PERSON},
        {"Foreign Minister Danilo Marin came. |the defence minister|", "the defence minister",
         NUNCIO_ENTITY_NONE},
        {"Marin met Danilo Stub. |The latter|", "Danilo Stub", NUNCIO_ENTITY_PERSON},
        {"|the miners of the valley|", "the miners of the valley", NUNCIO_ENTITY_NONE},
        {"|having spoken|", NULL, NUNCIO_ENTITY_NONE},
        {"|slowly and with|", NULL, NUNCIO_ENTITY_NONE},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        size_t size = 0;
        uint32_t bars[2] = {0, 0};
        size_t bar = 0;
        for (const char *p = cases[i].text; *p != '\0'; p++) {
            if (*p == '|') {
                bars[bar++] = (uint32_t)size;
            } else {
                text[size++] = *p;
            }
        }
        strcpy(text + size, " spoke.");
        reader_names(&r, NN_LANGUAGE_EN, text);
        nn_word_range source = {0, 0};
        for (uint32_t w = 0; w < r.words.count; w++) {
            source.begin += r.words.tokens[w].start < bars[0] ? 1u : 0u;
            source.end += r.words.tokens[w].start < bars[1] ? 1u : 0u;
        }
        nn_speaker found;
        assert_int_equal(nn_speaker_resolve(&r.reading, source, &found), NUNCIO_OK);
        nuncio_str expected = nn_str_of(cases[i].name);
        if (!nn_str_equal(found.name, expected) ||
            (found.name.data == NULL) != (expected.data == NULL) || found.type != cases[i].type) {
            fail_msg("%s: found '%.*s', type %u", cases[i].text, (int)found.name.size,
                     found.name.data != NULL ? found.name.data : "", found.type);
        }
    }
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

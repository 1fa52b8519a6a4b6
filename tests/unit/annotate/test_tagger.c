/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the tags of a text are a function of the text: not of the kernels, the room of the cache or
 * what was read before; and whatever the text is, the work is in proportion to it. Method: the same
 * texts by all ways, sound and hostile ones, with the library's model and with random ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/names/tagger.h"
#include "core/str.h"
#include "support/prng.h"

#include "reader.h"
#include "small_model.h"

static const char ARTICLE[] =
    "KYIV, Feb 3 (Reuters) - Ukrainian President Volodymyr Zelenskyy told the Security Council on "
    "Monday that New START had to be saved.\n\nRussian Foreign Minister Sergey Lavrov, in "
    "Ulaanbaatar, called the Organization for Security and Co-operation in Europe (OSCE) “a club”. "
    "Lavrov met Abdulla bin Zayed al-Nahyan and the G20's envoys.\n\nEXPORTS OF GRAIN RESUME, SAYS "
    "TURKISH MINISTRY\n\nMoody’s, Barclays and the 2026 FIFA World Cup were not mentioned by the "
    "OSCE.";

static void open_default(nn_memory *memory, nn_name_model **model)
{
    nuncio_str bytes = nn_name_model_default();
    assert_int_equal(
        nn_name_model_open(memory, (const uint8_t *)bytes.data, bytes.size, model, NULL),
        NUNCIO_OK);
}

/** Tags of a text, to be freed. */
static uint8_t *tag(reader *r, nn_tagger *tagger, const char *text)
{
    r->words.known = &tagger->model->known;
    reader_words(r, NN_LANGUAGE_EN, text);
    assert_int_equal(nn_tagger_run(tagger, &r->words, NULL), NUNCIO_OK);
    uint8_t *tags = calloc(r->words.count + 1, 1);
    assert_non_null(tags);
    for (uint32_t i = 0; i < r->words.count; i++) {
        tags[i] = tagger->tags[i];
        assert_in_range(tags[i], 0, NN_NAME_TAGS - 1);
        bool goes_on = tags[i] > 0 && tags[i] % 2 == 0;
        assert_true(!goes_on || (i > 0 && (tags[i - 1] == tags[i] || tags[i - 1] + 1 == tags[i])));
    }
    return tags;
}

/** Tags of a text by a tagger of its own, which reads `before` first where that is not NULL. */
static uint8_t *tag_fresh(const nn_name_model *model, const nn_name_kernels *kernels,
                          uint64_t memory_max, const char *before, const char *text,
                          uint32_t *count)
{
    reader r;
    nn_tagger tagger;
    nn_memory memory;
    reader_init(&r);
    nn_memory_init(&memory, NULL, memory_max);
    assert_int_equal(nn_tagger_init(&tagger, &memory, model, NULL), NUNCIO_OK);
    tagger.kernels = kernels;
    if (before != NULL) {
        free(tag(&r, &tagger, before));
    }
    uint8_t *tags = tag(&r, &tagger, text);
    *count = r.words.count;
    nn_tagger_deinit(&tagger);
    assert_int_equal(memory.used, 0);
    reader_deinit(&r);
    return tags;
}

static void expect_one_answer(const nn_name_model *model, const char *text)
{
    const nn_name_kernels *all[NN_NAME_KERNELS_ROOM];
    uint32_t kernels = nn_name_kernels_all(all), count, again;
    uint8_t *expected = tag_fresh(model, all[0], 0, NULL, text, &count);
    for (uint32_t k = 0; k < kernels; k++) {
        for (uint32_t way = 0; way < 2; way++) {
            uint64_t memory = way == 1 ? 6 << 20 : 0; /* the smallest cache there is */
            const char *before = way == 1 ? ARTICLE : NULL;
            uint8_t *found = tag_fresh(model, all[k], memory, before, text, &again);
            assert_int_equal(count, again);
            assert_memory_equal(found, expected, count);
            free(found);
        }
    }
    free(expected);
}

/** A text of `words` words, names here and there, a paragraph every `paragraph`. */
static char *long_text(uint32_t words, uint32_t paragraph)
{
    static const char *const some[] = {"Lavrov", "said",  "in", "Kenya", "the", "OSCE",  "which",
                                       "Anna",   "Marin", "of", "Bank",  "and", "Tokyo", "Russian"};
    test_prng prng = test_prng_of(test_seed(91));
    char *text = calloc((size_t)words + 1, 40);
    assert_non_null(text);
    size_t at = 0;
    for (uint32_t i = 0; i < words; i++) {
        const char *word = some[test_prng_below(&prng, sizeof some / sizeof *some)];
        uint32_t odd = (uint32_t)test_prng_below(&prng, 3000); /* words that fall out of a cache */
        const char *gap = (i + 1) % paragraph == 0 ? ".\n\n" : " ";
        at += (size_t)snprintf(text + at, 40, odd < 1000 ? "%s%s" : "%s%s%u%s", word,
                               odd < 1000 ? gap : " W", odd, gap);
    }
    return text;
}

static void test_one_answer(void **state)
{
    (void)state;
    nn_memory memory;
    nn_name_model *model = NULL;
    nn_memory_init(&memory, NULL, 0);
    open_default(&memory, &model);
    expect_one_answer(model, "");
    expect_one_answer(model, "…");
    expect_one_answer(model, ARTICLE);
    char *text = long_text(NN_TAGGER_PART + 500, 50);
    expect_one_answer(model, text);
    free(text);
    text = long_text(NN_TAGGER_PART + 1, UINT32_MAX);
    expect_one_answer(model, text);
    free(text);
    nn_name_model_close(model);
    assert_int_equal(memory.used, 0);
}

static void test_one_answer_by_any_model(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(92));
    for (uint64_t round = 0; round < test_rounds(8, 200); round++) {
        nn_memory memory;
        nn_buffer bytes;
        nn_name_model *model = NULL;
        uint8_t fill[509];
        small_model_shape shape = small_model_smallest();
        nn_memory_init(&memory, NULL, 0);
        nn_buffer_init(&bytes, &memory);
        test_prng_bytes(&prng, fill, sizeof fill);
        shape.reach = (uint8_t)test_prng_below(&prng, NN_MODEL_REACH_MAX + 1);
        shape.hidden_width = 16;
        shape.row_width = (uint16_t)(16 * (1 + test_prng_below(&prng, 4)));
        shape.form_shift = (uint8_t)test_prng_below(&prng, 12);
        shape.upper_shift = (uint8_t)test_prng_below(&prng, 20);
        small_model_make(&bytes, &shape, fill, sizeof fill);
        assert_int_equal(nn_name_model_open(&memory, bytes.data, bytes.size, &model, NULL),
                         NUNCIO_OK);
        expect_one_answer(model, ARTICLE);
        nn_name_model_close(model);
        nn_buffer_deinit(&bytes);
    }
}

static void test_names_in_every_part(void **state)
{
    (void)state;
    enum { PARTS = 2 };
    nn_memory memory;
    nn_name_model *model = NULL;
    uint32_t count, named[PARTS + 1] = {0};
    nn_memory_init(&memory, NULL, 0);
    open_default(&memory, &model);
    char *text = long_text(PARTS * NN_TAGGER_PART, 60);
    uint8_t *tags = tag_fresh(model, nn_name_kernels_best(), 0, NULL, text, &count);
    assert_true(count >= PARTS * NN_TAGGER_PART);
    for (uint32_t i = 0; i < PARTS * NN_TAGGER_PART; i++) {
        named[i / NN_TAGGER_PART] += tags[i] != 0;
    }
    for (uint32_t k = 0; k < PARTS; k++) {
        assert_true(named[k] > NN_TAGGER_PART / 10);
    }
    free(tags);
    free(text);
    nn_name_model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_answer),
        cmocka_unit_test(test_one_answer_by_any_model),
        cmocka_unit_test(test_names_in_every_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

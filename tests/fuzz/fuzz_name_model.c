/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a names model: opened or refused, and what is opened tags a text by all kernels
 * alike, without a sum that overflows. Even first bytes: the rest is a file, whose size and
 * checksum are put right. Odd ones: it is the shape and, over and over, the numbers of a model of
 * small widths. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/names/tagger.h"
#include "core/str.h"
#include "unit/annotate/small_model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char TEXT[] =
    "KYIV, Feb 3 (Reuters) - The minister Anna bin Marin told the Bank of Kenya (BK) on Monday "
    "that New START, G20 and 2026 were said “to hold”.\n\nGRAIN FOR EGYPT: SAYS O’Brien Ltd.";

typedef struct subject {
    nn_memory memory;
    nn_lexicon *lexicon;
    nn_analyzer *analyzer;
    nn_token_list tokens;
    nn_sentence_list sentences;
    nn_words words;
} subject;

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void subject_init(subject *s)
{
    nuncio_str text = nn_str_of(TEXT);
    nn_memory_init(&s->memory, NULL, 0);
    require(nn_lexicon_create(&s->memory, &s->lexicon, NULL) == NUNCIO_OK);
    require(nn_analyzer_create(&s->memory, &s->analyzer, NULL) == NUNCIO_OK);
    require(nn_analyzer_tokenize(s->analyzer, NN_LANGUAGE_EN, text, &s->tokens, NULL) == NUNCIO_OK);
    require(nn_sentences_find(&s->memory, NN_LANGUAGE_EN, text, &s->sentences, NULL) == NUNCIO_OK);
}

static void tag(subject *s, const nn_name_model *model)
{
    const nn_name_kernels *all[NN_NAME_KERNELS_ROOM];
    uint8_t expected[256] = {0};
    uint32_t kernels = nn_name_kernels_all(all);
    require(nn_words_init(&s->words, &s->memory, s->lexicon, NULL) == NUNCIO_OK);
    s->words.known = &model->known;
    require(nn_words_read(&s->words, s->analyzer, NN_LANGUAGE_EN, nn_str_of(TEXT), &s->tokens,
                          &s->sentences, NULL) == NUNCIO_OK);
    require(s->words.count <= sizeof expected);
    for (uint32_t k = 0; k < kernels; k++) {
        nn_tagger tagger;
        require(nn_tagger_init(&tagger, &s->memory, model, NULL) == NUNCIO_OK);
        tagger.kernels = all[k];
        require(nn_tagger_run(&tagger, &s->words, NULL) == NUNCIO_OK);
        if (k == 0) {
            memcpy(expected, tagger.tags, s->words.count);
        }
        require(memcmp(expected, tagger.tags, s->words.count) == 0);
        nn_tagger_deinit(&tagger);
    }
    nn_words_deinit(&s->words);
}

/** A model whose shape is the first bytes and whose numbers are the others. */
static void make_model(nn_buffer *out, const uint8_t *data, size_t size)
{
    enum { SHAPE = 8 };
    uint8_t d[SHAPE] = {0};
    memcpy(d, data, size < SHAPE ? size : SHAPE);
    small_model_shape shape = small_model_smallest();
    shape.words += d[0];
    shape.row_width = (uint16_t)(16 * (1 + d[1] % 4));
    shape.hidden_width = (uint16_t)(16 * (1 + d[2] % 4));
    shape.upper_width = (uint16_t)(16 * (1 + d[3] % 4));
    shape.reach = d[4] % 6;
    shape.form_shift = d[5] % 32;
    shape.upper_shift = d[6] % 32;
    shape.scale = d[7];
    small_model_make(out, &shape, data, size);
    require(!out->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static subject s;
    nn_buffer bytes;
    nn_name_model *model = NULL;
    nuncio_error error = {0};
    if (size == 0) {
        return 0;
    }
    if (s.lexicon == NULL) {
        subject_init(&s);
    }
    nn_buffer_init(&bytes, &s.memory);
    if (data[0] % 2 == 0) {
        nn_buffer_append(&bytes, data + 1, size - 1);
        small_model_seal(bytes.data, bytes.size);
    } else {
        make_model(&bytes, data + 1, size - 1);
    }
    nuncio_status status = nn_name_model_open(&s.memory, bytes.data, bytes.size, &model, &error);
    require(status == NUNCIO_OK || (status == NUNCIO_ERR_MODEL && error.message[0] != '\0'));
    if (status == NUNCIO_OK) {
        tag(&s, model);
    }
    nn_name_model_close(model);
    nn_buffer_deinit(&bytes);
    return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "text/normalise.h"

#include "core/error.h"
#include "core/str.h"
#include "text/accents.h"
#include "text/characters.h"
#include "text/number.h"
#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

void nn_normaliser_init(nn_normaliser *normaliser, nn_memory *memory)
{
    nn_buffer_init(&normaliser->surface, memory);
    nn_buffer_init(&normaliser->folded, memory);
    nn_buffer_init(&normaliser->term, memory);
    nn_buffer_init(&normaliser->scratch, memory);
    normaliser->stemmers.made = 0;
}

void nn_normaliser_deinit(nn_normaliser *normaliser)
{
    nn_buffer_deinit(&normaliser->surface);
    nn_buffer_deinit(&normaliser->folded);
    nn_buffer_deinit(&normaliser->term);
    nn_buffer_deinit(&normaliser->scratch);
    nn_stemmers_deinit(&normaliser->stemmers);
}

/* Fills code_points with the canonical decomposition of `text`, case folded if asked for. */
static uint32_t decompose(nn_normaliser *n, nuncio_str text, bool folds_case)
{
    utf8proc_option_t options = (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                    (folds_case ? UTF8PROC_CASEFOLD : 0));
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size,
                           n->code_points, NN_CODE_POINTS_MAX, options);
    return count < 0 || count > NN_CODE_POINTS_MAX ? 0 : (uint32_t)count;
}

/* Appends code points, which it changes, in NFC: no more than NN_TERM_BYTES_MAX bytes of them. */
static void append_composed(int32_t *code_points, uint32_t count, nn_buffer *out)
{
    utf8proc_ssize_t composed =
        utf8proc_normalize_utf32(code_points, (utf8proc_ssize_t)count,
                                 (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    size_t written = 0;
    for (utf8proc_ssize_t i = 0; i < composed; i++) {
        char bytes[4];
        uint32_t size = nn_utf8_encode((uint32_t)code_points[i], bytes);
        if (written + size > NN_TERM_BYTES_MAX) {
            return;
        }
        nn_buffer_append(out, bytes, size);
        written += size;
    }
}

nuncio_status nn_normaliser_surface(nn_normaliser *n, nuncio_str word, nuncio_str *out,
                                    nuncio_error *error)
{
    *out = word;
    if (nn_utf8_is_ascii(word)) {
        return NUNCIO_OK;
    }
    nn_buffer_clear(&n->surface);
    uint32_t count = decompose(n, word, false), kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (nn_character_class_of((uint32_t)n->code_points[i]) != NN_CHARACTER_IGNORED) {
            n->code_points[kept++] = n->code_points[i];
        }
    }
    append_composed(n->code_points, kept, &n->surface);
    *out = nn_buffer_str(&n->surface);
    return nn_buffer_status(&n->surface, error);
}

/* The letters of `text` case folded, accents kept, appended to scratch. Apostrophes become '. In
 * Turkish I is the capital of dotless i. */
static void fold_case(nn_normaliser *n, bool is_turkish, nuncio_str text)
{
    if (nn_utf8_is_ascii(text) && !is_turkish) {
        if (nn_buffer_reserve(&n->scratch, text.size)) {
            for (size_t i = 0; i < text.size; i++) {
                char c = text.data[i];
                n->scratch.data[n->scratch.size++] = (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            }
        }
        return;
    }
    enum { DOT_ABOVE = 0x307, DOTLESS_I = 0x131 };
    nn_buffer_clear(&n->folded); /* room for a moment: it is made from scratch afterwards */
    uint32_t count = decompose(n, text, false);
    for (uint32_t i = 0; i < count; i++) {
        int32_t c = n->code_points[i];
        if (c == 'I' && i + 1 < count && n->code_points[i + 1] == DOT_ABOVE) {
            c = 'i';
            i++;
        } else if (c == 'I' && is_turkish) {
            c = DOTLESS_I;
        } else if (c == 0x2019) {
            c = '\'';
        }
        char bytes[4];
        nn_buffer_append(&n->folded, bytes, nn_utf8_encode((uint32_t)c, bytes));
    }
    count = decompose(n, nn_buffer_str(&n->folded), true);
    append_composed(n->code_points, count, &n->scratch);
}

/* Drops a byte wherever it stands. */
static void drop(nn_buffer *buffer, uint8_t byte)
{
    size_t kept = 0;
    for (size_t i = 0; i < buffer->size; i++) {
        if (buffer->data[i] != byte) {
            buffer->data[kept++] = buffer->data[i];
        }
    }
    buffer->size = kept;
}

/* surface -> scratch: what both the folded form and the stem are made from. */
static void fold(nn_normaliser *n, bool is_turkish)
{
    nuncio_str word = nn_buffer_str(&n->surface);
    nn_buffer_clear(&n->scratch);
    if (word.size > 0 && word.data[0] >= '0' && word.data[0] <= '9') {
        size_t number = nn_number_fold(word, &n->scratch);
        if (number < word.size) {
            fold_case(n, is_turkish, nn_str(word.data + number, word.size - number));
        }
        return;
    }
    fold_case(n, is_turkish, word);
    drop(&n->scratch, '.'); /* only initialisms have them: U.S. is indexed as US is */
}

/* `text` without accents, in `out`; as it is where nothing else would be left. */
static void strip_accents(nn_normaliser *n, nuncio_str text, nn_buffer *out)
{
    nn_buffer_clear(out);
    if (nn_utf8_is_ascii(text)) {
        nn_buffer_append_str(out, text);
        return;
    }
    uint32_t count = decompose(n, text, false), kept = 0;
    int32_t base = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t c = n->code_points[i];
        kept += nn_plain_letters(c, base, n->plain + kept);
        base = nn_is_combining(c) ? base : c;
    }
    append_composed(n->plain, kept, out);
    if (out->size == 0) {
        nn_buffer_append_str(out, text);
    }
}

/* What is stemmed: in Turkish the suffixes of names stand behind an apostrophe. */
static nuncio_str stem_input(const nn_normaliser *n, bool is_turkish)
{
    nuncio_str word = nn_buffer_str(&n->scratch);
    const char *apostrophe = is_turkish ? memchr(word.data, '\'', word.size) : NULL;
    if (apostrophe != NULL && apostrophe != word.data) {
        word.size = (size_t)(apostrophe - word.data);
    }
    return word;
}

nuncio_status nn_normaliser_run(nn_normaliser *n, nn_language language, nuncio_str word,
                                nuncio_error *error)
{
    bool is_turkish = language == NN_LANGUAGE_TR;
    nuncio_str surface;
    NN_TRY(nn_normaliser_surface(n, word, &surface, error));
    if (surface.data == word.data) {
        nn_buffer_clear(&n->surface);
        nn_buffer_append_str(&n->surface, word);
    }
    NN_TRY(nn_buffer_status(&n->surface, error));
    fold(n, is_turkish);
    NN_TRY(nn_buffer_status(&n->scratch, error));
    strip_accents(n, nn_buffer_str(&n->scratch), &n->folded);
    NN_TRY(nn_buffer_status(&n->folded, error));
    nuncio_str stem;
    NN_TRY(nn_stem(&n->stemmers, language, stem_input(n, is_turkish), &stem, error));
    strip_accents(n, stem, &n->term);
    return nn_buffer_status(&n->term, error);
}

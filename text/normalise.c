/* SPDX-License-Identifier: Apache-2.0 */
#include "text/normalise.h"

#include "core/error.h"
#include "core/str.h"
#include "text/utf8.h"

#include <libstemmer.h>
#include <string.h>
#include <utf8proc.h>

void nn_normaliser_init(nn_normaliser *normaliser, nn_memory *memory)
{
    nn_buffer_init(&normaliser->surface, memory);
    nn_buffer_init(&normaliser->folded, memory);
    nn_buffer_init(&normaliser->term, memory);
    nn_buffer_init(&normaliser->scratch, memory);
}

void nn_normaliser_deinit(nn_normaliser *normaliser)
{
    nn_buffer_deinit(&normaliser->surface);
    nn_buffer_deinit(&normaliser->folded);
    nn_buffer_deinit(&normaliser->term);
    nn_buffer_deinit(&normaliser->scratch);
}

/* The longest beginning of at most `max` bytes that cuts no character. */
static size_t cut(nuncio_str text, size_t max)
{
    size_t size = text.size < max ? text.size : max;
    while (size > 0 && size < text.size && ((uint8_t)text.data[size] & 0xc0) == 0x80) {
        size--;
    }
    return size;
}

static bool is_ascii(nuncio_str text)
{
    uint8_t all = 0;
    for (size_t i = 0; i < text.size; i++) {
        all |= (uint8_t)text.data[i];
    }
    return all < 0x80;
}

static uint32_t decompose(nn_normaliser *n, nuncio_str text, utf8proc_option_t options)
{
    enum { ROOM = sizeof n->code_points / sizeof n->code_points[0] };
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.size,
                           n->code_points, ROOM, options);
    /* At most NN_TERM_BYTES_MAX bytes come in, and no character decomposes to more than 18. */
    return count < 0 || count > ROOM ? 0 : (uint32_t)count;
}

static void append(nn_buffer *out, uint32_t code_point)
{
    char bytes[4];
    nn_buffer_append(out, bytes, nn_utf8_encode(code_point, bytes));
}

/* Appends the code points in NFC, no more than NN_TERM_BYTES_MAX bytes of them. */
static void append_composed(int32_t *code_points, uint32_t count, nn_buffer *out)
{
    utf8proc_ssize_t composed =
        utf8proc_normalize_utf32(code_points, (utf8proc_ssize_t)count,
                                 (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    size_t begin = out->size;
    for (utf8proc_ssize_t i = 0; i < composed; i++) {
        append(out, (uint32_t)code_points[i]);
        if (out->size - begin > NN_TERM_BYTES_MAX) {
            out->size = begin + cut(nn_str((char *)out->data + begin, out->size - begin),
                                    NN_TERM_BYTES_MAX);
            return;
        }
    }
}

static bool is_invisible(int32_t c)
{
    return c == 0x00ad || c == 0x200c || c == 0x200d || c == 0x2060 || c == 0xfeff;
}

/* bytes -> surface */
static void make_surface(nn_normaliser *n, nuncio_str bytes)
{
    nn_buffer_clear(&n->surface);
    if (is_ascii(bytes)) {
        nn_buffer_append(&n->surface, bytes.data, bytes.size);
        return;
    }
    uint32_t count = decompose(n, bytes, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_invisible(n->code_points[i])) {
            n->code_points[kept++] = n->code_points[i];
        }
    }
    append_composed(n->code_points, kept, &n->surface);
}

/* 1,000.50 -> 1000.50: a separator before exactly three digits groups thousands, another one is the
 * decimal point, whichever sign the country uses. */
static void fold_number(nuncio_str digits, nn_buffer *out)
{
    size_t group = 0; /* digits since the last separator */
    bool first = true;
    for (size_t i = 0; i < digits.size; i++) {
        char c = digits.data[i];
        if (c >= '0' && c <= '9') {
            nn_buffer_append_u8(out, (uint8_t)c);
            group++;
            continue;
        }
        size_t following = 0;
        while (i + 1 + following < digits.size && digits.data[i + 1 + following] >= '0' &&
               digits.data[i + 1 + following] <= '9') {
            following++;
        }
        bool thousands = following == 3 && (first ? group <= 3 : group == 3);
        if (!thousands) {
            nn_buffer_append_u8(out, '.');
        }
        first = false;
        group = 0;
    }
}

/* surface -> case folded, in scratch; accents stay, for the stemmer. */
static void fold_case(nn_normaliser *n, nn_language turkish, nn_language language)
{
    nn_buffer_clear(&n->scratch);
    nuncio_str surface = nn_buffer_str(&n->surface);
    bool is_turkish = language == turkish;
    if (is_ascii(surface) && !is_turkish) {
        for (size_t i = 0; i < surface.size; i++) {
            char c = surface.data[i];
            nn_buffer_append_u8(&n->scratch, (uint8_t)(c >= 'A' && c <= 'Z' ? c + 32 : c));
        }
        return;
    }
    uint32_t count =
        decompose(n, surface, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
    nn_buffer_clear(&n->folded); /* room for a moment: it is written anew afterwards */
    for (uint32_t i = 0; i < count; i++) {
        int32_t c = n->code_points[i];
        /* The dots of Turkish: I is the capital of dotless i there, and of i elsewhere. */
        if (c == 'I' && i + 1 < count && n->code_points[i + 1] == 0x307) {
            c = 'i';
            i++;
        } else if (c == 'I' && is_turkish) {
            c = 0x131;
        } else if (c == 0x2019) {
            c = '\'';
        }
        append(&n->folded, (uint32_t)c);
    }
    count =
        decompose(n, nn_buffer_str(&n->folded),
                  (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD));
    append_composed(n->code_points, count, &n->scratch);
}

/* Letters that are printed as others where a font or a desk has no accents. */
static const char *plain_letter(int32_t c)
{
    switch (c) {
    case 0xe6:
        return "ae";
    case 0x153:
        return "oe";
    case 0xf8:
        return "o";
    case 0xf0:
    case 0x111:
        return "d";
    case 0xfe:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x138:
        return "k";
    case 0x142:
        return "l";
    case 0x14b:
        return "n";
    case 0x167:
        return "t";
    case 0x259:
        return "a";
    case 0x2019:
    case 0x2bc:
        return "'";
    default:
        return NULL;
    }
}

/* Signs above and below Latin, Greek and Cyrillic letters. The breve of й is not an accent: й is a
 * letter. */
static bool is_accent(int32_t c, int32_t base)
{
    bool european = base < 0x530 || (base >= 0x1e00 && base < 0x2000);
    return c >= 0x300 && c <= 0x36f && european && !(c == 0x306 && base == 0x438);
}

static void strip_accents(nn_normaliser *n, nuncio_str text, nn_buffer *out)
{
    nn_buffer_clear(out);
    if (is_ascii(text)) {
        nn_buffer_append_str(out, text);
        return;
    }
    uint32_t count = decompose(n, text, (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE));
    uint32_t kept = 0;
    int32_t base = 0;
    for (uint32_t i = 0; i < count; i++) {
        int32_t c = n->code_points[i];
        if (is_accent(c, base)) {
            continue;
        }
        base = c >= 0x300 && c <= 0x36f ? base : c;
        const char *plain = plain_letter(c);
        n->plain[kept++] = plain == NULL ? c : plain[0];
        if (plain != NULL && plain[1] != '\0') {
            n->plain[kept++] = plain[1];
        }
    }
    append_composed(n->plain, kept, out);
}

static void drop_byte(nn_buffer *buffer, char byte)
{
    size_t kept = 0;
    for (size_t i = 0; i < buffer->size; i++) {
        if (buffer->data[i] != (uint8_t)byte) {
            buffer->data[kept++] = buffer->data[i];
        }
    }
    buffer->size = kept;
}

static void make_term(nn_normaliser *n, bool is_turkish, struct sb_stemmer *stemmer)
{
    nuncio_str word = nn_buffer_str(&n->scratch);
    const char *apostrophe = memchr(word.data, '\'', word.size);
    if (is_turkish && apostrophe != NULL && apostrophe != word.data) {
        word.size = (size_t)(apostrophe - word.data); /* suffixes of names stand behind it */
    }
    if (stemmer != NULL) {
        const sb_symbol *stem =
            sb_stemmer_stem(stemmer, (const sb_symbol *)word.data, (int)word.size);
        int size = sb_stemmer_length(stemmer);
        if (stem == NULL) { /* libstemmer has no other way to say so */
            n->term.failed = true;
            return;
        }
        if (size > 0) {
            word = nn_str((const char *)stem, (size_t)size);
        }
    }
    strip_accents(n, word, &n->term);
}

nuncio_status nn_normaliser_run(nn_normaliser *n, nn_language language, struct sb_stemmer *stemmer,
                                nn_word_kind kind, nuncio_str bytes, nuncio_error *error)
{
    nn_language turkish;
    (void)nn_language_from_code(nn_str_of("tr"), &turkish);
    bytes.size = cut(bytes, NN_TERM_BYTES_MAX);
    make_surface(n, bytes);
    if (kind == NN_WORD_NUMBER) {
        nn_buffer_clear(&n->folded);
        fold_number(nn_buffer_str(&n->surface), &n->folded);
        nn_buffer_clear(&n->term);
        nn_buffer_append_str(&n->term, nn_buffer_str(&n->folded));
    } else {
        fold_case(n, turkish, language);
        if (kind == NN_WORD_INITIALISM) {
            drop_byte(&n->scratch, '.');
        }
        strip_accents(n, nn_buffer_str(&n->scratch), &n->folded);
        bool stems = kind == NN_WORD_PLAIN;
        make_term(n, language == turkish && stems, stems ? stemmer : NULL);
    }
    NN_TRY(nn_buffer_status(&n->surface, error));
    NN_TRY(nn_buffer_status(&n->scratch, error));
    NN_TRY(nn_buffer_status(&n->folded, error));
    NN_TRY(nn_buffer_status(&n->term, error));
    /* A word of signs alone is indexed as it stands. */
    if (n->surface.size == 0) {
        nn_buffer_append(&n->surface, bytes.data, bytes.size);
    }
    if (n->folded.size == 0) {
        nn_buffer_append_str(&n->folded, nn_buffer_str(&n->surface));
    }
    if (n->term.size == 0) {
        nn_buffer_append_str(&n->term, nn_buffer_str(&n->folded));
    }
    NN_TRY(nn_buffer_status(&n->surface, error));
    NN_TRY(nn_buffer_status(&n->folded, error));
    return nn_buffer_status(&n->term, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "text/language.h"

#include "core/str.h"
#include "text/cld2_wrapper.h"

/* By number; the numbers are stored in indexes: append only. */
static const char CODES[][3] = {
    "un", "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "hu", "ro", "ru",
    "tr", "ar", "hy", "eu", "ca", "el", "hi", "id", "ga", "lt", "ne", "sr", "ta", "yi", "uk",
    "pl", "zh", "ja", "ko", "fa", "cs", "sk", "bg", "hr", "sl", "he", "vi", "th", "lv", "et",
    "mk", "sq", "bs", "ka", "az", "kk", "uz", "ur", "bn", "ms", "sw", "af", "be", "is", "gl"};

enum { LAST_STEMMED = 28 }; /* from "en" to "yi" */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool nn_language_from_code(nuncio_str code, nn_language *out)
{
    *out = NN_LANGUAGE_NONE;
    if (code.size < 2 || (code.size > 2 && code.data[2] != '-' && code.data[2] != '_')) {
        return false;
    }
    char a = lower(code.data[0]), b = lower(code.data[1]);
    if (a == 'n' && (b == 'b' || b == 'n')) {
        b = 'o'; /* both written forms of Norwegian have one stemmer */
    }
    for (uint32_t i = 1; i < nn_language_count(); i++) {
        if (CODES[i][0] == a && CODES[i][1] == b) {
            *out = (nn_language)i;
            return true;
        }
    }
    return false;
}

const char *nn_language_code(nn_language language)
{
    return language == 0 || language >= nn_language_count() ? "und" : CODES[language];
}

bool nn_language_has_stemmer(nn_language language)
{
    return language > 0 && language <= LAST_STEMMED;
}

uint32_t nn_language_count(void)
{
    return sizeof CODES / sizeof CODES[0];
}

nn_language nn_language_detect(nuncio_str text)
{
    enum { DETECT_BYTES = 8192 };
    size_t size = text.size < DETECT_BYTES ? text.size : DETECT_BYTES;
    while (size < text.size && size > 0 && ((uint8_t)text.data[size] & 0xc0) == 0x80) {
        size--; /* not within a character */
    }
    nn_language language = NN_LANGUAGE_NONE;
    const char *code = size == 0 ? NULL : nn_cld2_detect(text.data, (int)size);
    if (code != NULL) {
        (void)nn_language_from_code(nn_str_of(code), &language);
    }
    return language;
}

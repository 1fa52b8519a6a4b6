/* SPDX-License-Identifier: Apache-2.0 */
#include "text/language.h"

#include "core/str.h"
#include "text/cld2_wrapper.h"
#include "text/utf8.h"

#include <string.h>

/* By number; the numbers are stored in indexes: append only. */
static const char CODES[][3] = {
    "un", "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "no", "fi", "hu", "ro", "ru",
    "tr", "ar", "hy", "eu", "ca", "el", "hi", "id", "ga", "lt", "ne", "sr", "ta", "yi", "uk",
    "pl", "zh", "ja", "ko", "fa", "cs", "sk", "bg", "hr", "sl", "he", "vi", "th", "lv", "et",
    "mk", "sq", "bs", "ka", "az", "kk", "uz", "ur", "bn", "ms", "sw", "af", "be", "is", "gl"};

enum { LAST_STEMMED = 28 }; /* from "en" to "yi" */

/* Other codes for these: both written forms of Norwegian, Moldovan, and codes withdrawn from
 * ISO 639 that cld2 and old archives still give. */
static const char ALIASES[][5] = {"nbno", "nnno", "iwhe", "inid", "jiyi", "moro"};

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
    char name[2] = {lower(code.data[0]), lower(code.data[1])};
    for (size_t i = 0; i < sizeof ALIASES / sizeof ALIASES[0]; i++) {
        if (memcmp(name, ALIASES[i], 2) == 0) {
            memcpy(name, ALIASES[i] + 2, 2);
        }
    }
    for (uint32_t i = 1; i < nn_language_count(); i++) {
        if (memcmp(name, CODES[i], 2) == 0) {
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
    nuncio_str head = nn_utf8_cut(text, DETECT_BYTES);
    nn_language language = NN_LANGUAGE_NONE;
    const char *code = head.size == 0 ? NULL : nn_cld2_detect(head.data, (int)head.size);
    if (code != NULL) {
        (void)nn_language_from_code(nn_str_of(code), &language);
    }
    return language;
}

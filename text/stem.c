/* SPDX-License-Identifier: Apache-2.0 */
#include "text/stem.h"

#include "core/error.h"
#include "core/str.h"

#include <libstemmer.h>
#include <string.h>

void nn_stemmers_deinit(nn_stemmers *stemmers)
{
    for (size_t i = 0; i < NN_LANGUAGES_MAX; i++) {
        if (stemmers->of[i] != NULL) {
            sb_stemmer_delete(stemmers->of[i]);
        }
    }
    memset(stemmers, 0, sizeof *stemmers);
}

nuncio_status nn_stem(nn_stemmers *stemmers, nn_language language, nuncio_str word,
                      nuncio_str *stem, nuncio_error *error)
{
    *stem = word;
    if (!nn_language_has_stemmer(language)) {
        return NUNCIO_OK;
    }
    struct sb_stemmer **stemmer = &stemmers->of[language];
    if (*stemmer == NULL) {
        *stemmer = sb_stemmer_new(nn_language_code(language), NULL);
    }
    const sb_symbol *bytes =
        *stemmer == NULL ? NULL
                         : sb_stemmer_stem(*stemmer, (const sb_symbol *)word.data, (int)word.size);
    if (bytes == NULL) {
        return nn_error_memory(error); /* the only way in which libstemmer fails */
    }
    int size = sb_stemmer_length(*stemmer);
    if (size > 0) {
        *stem = nn_str((const char *)bytes, (size_t)size);
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "text/stem.h"

#include "core/bits.h"
#include "core/error.h"
#include "core/str.h"

#include <libstemmer.h>

void nn_stemmers_deinit(nn_stemmers *stemmers)
{
    for (; stemmers->made != 0; stemmers->made &= stemmers->made - 1) {
        sb_stemmer_delete(stemmers->of[nn_ctz64(stemmers->made)]);
    }
}

nuncio_status nn_stem(nn_stemmers *stemmers, nn_language language, nuncio_str word,
                      nuncio_str *stem, nuncio_error *error)
{
    *stem = word;
    if (!nn_language_has_stemmer(language)) {
        return NUNCIO_OK;
    }
    if ((stemmers->made >> language & 1) == 0) {
        stemmers->of[language] = sb_stemmer_new(nn_language_code(language), NULL);
        stemmers->made |= (uint64_t)(stemmers->of[language] != NULL) << language;
    }
    struct sb_stemmer *stemmer = stemmers->of[language];
    const sb_symbol *bytes =
        stemmer == NULL ? NULL
                        : sb_stemmer_stem(stemmer, (const sb_symbol *)word.data, (int)word.size);
    if (bytes == NULL) {
        return nn_error_memory(error); /* the only way in which libstemmer fails */
    }
    int size = sb_stemmer_length(stemmer);
    if (size > 0) {
        *stem = nn_str((const char *)bytes, (size_t)size);
    }
    return NUNCIO_OK;
}

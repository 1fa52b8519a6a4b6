/* SPDX-License-Identifier: Apache-2.0 */
#include "named_archive.h"

#include "core/str.h"

#include <stdio.h>

void named_archive_make(test_archive *archive, test_prng *prng, uint32_t count, named_draw *draw)
{
    static nuncio_mention mentions[NAMED_ARTICLES_MAX][NAMED_EACH];
    static nuncio_annotations annotations[NAMED_ARTICLES_MAX];
    static test_article articles[NAMED_ARTICLES_MAX];
    static char ids[NAMED_ARTICLES_MAX][12];
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < NAMED_EACH; k++) { /* the name is the word at 0, 2, 4 */
            named_drawn name = draw(prng, i, k);
            mentions[i][k] =
                (nuncio_mention){2 * k, 2 * k + 1, name.type, nn_str_of(name.text), false};
        }
        annotations[i] = (nuncio_annotations){NULL, 0, mentions[i], NAMED_EACH};
        snprintf(ids[i], sizeof ids[i], "%02u", i);
        articles[i] = (test_article){ids[i], NULL, NULL, NULL, NULL, "a b c", &annotations[i]};
    }
    test_archive_make(archive);
    for (size_t first = 0; first < count;) {
        size_t size = 1 + test_prng_below(prng, count - first);
        test_archive_add(archive, &articles[first], size);
        first += size;
    }
}

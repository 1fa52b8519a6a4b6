/* SPDX-License-Identifier: Apache-2.0 */
/* Random archives of articles that name things, for tests of what is made of names. */
#ifndef UNIT_QUERY_NAMED_ARCHIVE_H
#define UNIT_QUERY_NAMED_ARCHIVE_H

#include "archive.h"
#include "support/prng.h"

enum { NAMED_ARTICLES_MAX = 100, NAMED_EACH = 3 };

/** Draws one of the names of article number `article`; the text lives until the archive is made. */
typedef struct named_drawn {
    const char *text;
    nuncio_entity_type type;
} named_drawn;
typedef named_drawn named_draw(test_prng *prng, uint32_t article, uint32_t name);

/** Makes an archive of `count` (≤ NAMED_ARTICLES_MAX) articles "00", "01", …, each with NAMED_EACH
 * names, in segments of random sizes. */
void named_archive_make(test_archive *archive, test_prng *prng, uint32_t count, named_draw *draw);

#endif

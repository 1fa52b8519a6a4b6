/* SPDX-License-Identifier: Apache-2.0 */
/* Random archives, and what an index of them must hold whatever its history: each term's postings
 * by article id, computed from the segments, to compare one index with another. */
#ifndef UNIT_INDEXER_ARCHIVE_H
#define UNIT_INDEXER_ARCHIVE_H

#include <nuncio/writer.h>

#include "support/prng.h"

enum { ARCHIVE_ARTICLES = 60 };

/** Article `number` in its version `version`; the text lives until the next call. */
nuncio_article archive_article(uint32_t number, uint32_t version);
/** A hash of everything an index answers from: live articles by id with their passages, and for
 * each term its live document frequencies and each live posting with positions and printed forms.
 * Equal for two indexes of the same articles, whatever their segments. Stops the test on a failure.
 */
uint64_t archive_digest(const char *directory);

#endif

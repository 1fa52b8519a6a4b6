/* SPDX-License-Identifier: Apache-2.0 */
/* One archive that all tests of a program search: each has a group setup that fills it and ends
 * with test_shared_open, and test_shared_close behind its last test. */
#ifndef UNIT_QUERY_SHARED_H
#define UNIT_QUERY_SHARED_H

#include "archive.h"
#include "query/run.h"

#include <nuncio/search.h>

extern test_archive archive;
extern nuncio_snapshot *snapshot; /* of it, or of what a test looks at meanwhile */

/** Types of names in words, "" for NONE: nuncio_entity_type_name is out of this layer's sight. */
extern const char *const test_types[NUNCIO_ENTITY_NATIONALITY + 1];

/** Opens what was committed to the archive as the snapshot. Returns 0, as a setup does. */
int test_shared_open(void);
/** Fills the archive with three articles in two segments, of which the third is deleted, and opens
 * it. Returns 0. */
int test_shared_open_three(const test_article articles[3]);
/** The same with articles of the text "a b c" that have these annotations. */
int test_shared_open_annotated(const nuncio_annotations annotations[3]);
/** A teardown: closes the snapshot and removes the archive. */
int test_shared_close(void **state);

/** Searches the snapshot; an error ends the test and shows the query. The caller destroys the hits.
 */
nuncio_hits *test_search(const nuncio_query *query, const nuncio_search_options *options);
/** The same for a query as it is written. */
nuncio_hits *test_search_text(const char *text, const nuncio_search_options *options);
/** Ranks again for what a result does not say: how it was found. */
nn_trail test_search_trail(const nuncio_query *query, const nuncio_search_options *options);
/** Ends the test where hits, found with these options, are not those that `all` has from its
 * number `from`: the same passages or articles with the same scores to the last bit. */
void test_same_hits(const nuncio_query *query, const nuncio_search_options *options,
                    const nuncio_hits *all, size_t from, const nuncio_hits *hits);
/** Searches, and ends the test where the hits, or a total that is told as exact, are not those of
 * scoring everything, or where a total that is asked for is not exact. The caller destroys the
 * hits.
 */
nuncio_hits *test_search_compared(const nuncio_query *query, nuncio_search_options options);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Small indexes for tests of the query layer, which cannot see the indexer: articles whose passages
 * are their paragraphs. */
#ifndef UNIT_QUERY_ARCHIVE_H
#define UNIT_QUERY_ARCHIVE_H

#include "segment/segment_writer.h"
#include "segment/snapshot.h"
#include "support/files.h"
#include "text/language.h"

#include <nuncio/query.h>

/** An article to be indexed; NULL strings are absent. */
typedef struct test_article {
    const char *id, *title, *source, *date, *lang; /* lang: a code; NULL: English, as if detected */
    const char *text;                              /* passages end behind each blank line */
    const nuncio_annotations *annotations;
} test_article;

typedef struct test_archive {
    char folder[TEST_PATH_MAX];
    nn_memory memory;
    nn_manifest manifest;
    bool no_text; /* store no text from now on */
} test_archive;

void test_archive_make(test_archive *archive);
/** Adds a segment and commits. */
void test_archive_add(test_archive *archive, const test_article *articles, size_t count);
/** Deletes articles (ascending numbers) of the newest segment, which were added as `articles`, and
 * commits. */
void test_archive_delete(test_archive *archive, const test_article *articles,
                         const uint32_t *numbers, uint32_t count);
/** Opens what was committed; the caller closes it. */
nuncio_snapshot *test_archive_open(test_archive *archive);
void test_archive_remove(test_archive *archive);
/** Reads a query; a wrong one ends the test, as all else here. The caller destroys it. */
nuncio_query *test_parse(const char *text);

#endif

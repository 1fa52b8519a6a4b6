/* SPDX-License-Identifier: Apache-2.0 */
/* nuncio: full-text search over news, with the quotes and the names in it.
 *
 * Concepts. An *article* is cut into *passages* of about a hundred tokens; passages are what is
 * ranked. An *index* is a directory of immutable *segments* and one *manifest*, the commit point.
 * A *snapshot* is a reader's view of one commit. docs/glossary.md has every word.
 *
 * Life of an index. nuncio_writer_open → nuncio_writer_add … → nuncio_writer_commit →
 * nuncio_writer_close. At any time, in any process: nuncio_snapshot_open → nuncio_query_parse →
 * nuncio_search → nuncio_hits_at … → nuncio_hits_destroy → nuncio_snapshot_close.
 *
 * Threads. A snapshot, a query and overrides may be shared by any number of threads; a writer, an
 * annotator, hits, facets and a document belong to one thread at a time. There is no global state.
 *
 * Ownership. `_create`, `_open`, `_parse`, `_find`, `_read` and nuncio_search give the caller a new
 * object in `*out`; `_destroy` or `_close` releases it and accepts NULL. Everything else returned
 * is a view that lives with its subject. Strings have a size and no NUL.
 *
 * Errors. Calls that can fail return nuncio_status; see error.h. Beside what is named with a
 * function, each may return NUNCIO_ERR_MEMORY, and each that touches files NUNCIO_ERR_IO. The
 * library prints nothing, never exits, and treats index files, articles and queries as hostile. */
#ifndef NUNCIO_NUNCIO_H
#define NUNCIO_NUNCIO_H

#include <nuncio/allocator.h>
#include <nuncio/annotation.h>
#include <nuncio/article.h>
#include <nuncio/common.h>
#include <nuncio/error.h>
#include <nuncio/facets.h>
#include <nuncio/hits.h>
#include <nuncio/name_meanings.h>
#include <nuncio/near_names.h>
#include <nuncio/overrides.h>
#include <nuncio/query.h>
#include <nuncio/search.h>
#include <nuncio/snapshot.h>
#include <nuncio/vfs.h>
#include <nuncio/writer.h>

#endif

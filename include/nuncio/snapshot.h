/* SPDX-License-Identifier: Apache-2.0 */
/* A reader's view of one commit: what was in the index when it was opened, whatever writers do. */
#ifndef NUNCIO_SNAPSHOT_H
#define NUNCIO_SNAPSHOT_H

#include <nuncio/allocator.h>
#include <nuncio/annotation.h>
#include <nuncio/article.h>
#include <nuncio/vfs.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Pinned state of an index. Any number of threads may search one snapshot. Writes nothing. */
typedef struct nuncio_snapshot nuncio_snapshot;

typedef struct nuncio_snapshot_options {
    size_t struct_size;                /* sizeof(nuncio_snapshot_options) */
    const nuncio_allocator *allocator; /* NULL: the C library's */
    const nuncio_vfs *vfs;             /* NULL: the operating system's */
} nuncio_snapshot_options;

#define NUNCIO_SNAPSHOT_OPTIONS_INIT                                                               \
    {                                                                                              \
        sizeof(nuncio_snapshot_options), NULL, NULL                                                \
    }

/**
 * Opens the newest commit in `directory`. Whether this library analyses text as the index was
 * analysed is asked by nuncio_search, which then returns NUNCIO_ERR_ANALYSIS; articles can be read
 * all the same.
 *
 * Cost: a few pages of each segment; files stay mapped until the close.
 *
 * @param[in] options NULL for the defaults
 * @retval NUNCIO_ERR_NOT_INDEX no index there
 * @retval NUNCIO_ERR_VERSION   another format version; the message says what to do
 * @retval NUNCIO_ERR_CORRUPT   a file is damaged or missing
 * @retval NUNCIO_ERR_IO        a file cannot be read, or writers commit faster than one can open
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status
nuncio_snapshot_open(const char *directory, const nuncio_snapshot_options *options,
                     nuncio_snapshot **out, nuncio_error *error);
NUNCIO_API void nuncio_snapshot_close(nuncio_snapshot *snapshot);

/** The number of the commit, from 1. */
NUNCIO_API uint64_t nuncio_snapshot_generation(const nuncio_snapshot *snapshot);

/** Counts over live articles (postings and bytes: over all stored). */
typedef struct nuncio_stats {
    uint64_t articles, passages, tokens, segments, deleted_articles;
    uint64_t terms;    /* distinct terms, summed over segments */
    uint64_t postings; /* (term, passage) pairs */
    uint64_t quotes, mentions;
    uint64_t raw_text_bytes; /* bytes of titles and texts, as stored */
    struct {
        uint64_t terms, postings, positions, lengths, bounds, text, annotations, columns, total;
        uint64_t names; /* of annotations: mentions, names and what finds them */
        uint64_t forms; /* of positions: which surface form each occurrence has */
    } bytes;
} nuncio_stats;

NUNCIO_API void nuncio_snapshot_stats(const nuncio_snapshot *snapshot, nuncio_stats *out);

/** A live article with its passages and annotations; owns what its views point to. */
typedef struct nuncio_document nuncio_document;

/** A passage's place: bytes from the start of the article's text, end exclusive. */
typedef struct nuncio_passage_span {
    uint32_t start, end;
} nuncio_passage_span;

/** Reads the article of that id. Release with nuncio_document_destroy; it may outlive the snapshot.
 * An index made without texts gives an absent text. Cost: a search by halves in each segment, plus
 * the text.
 * @retval NUNCIO_ERR_NOT_FOUND no live article has it
 * @retval NUNCIO_ERR_CORRUPT   the index is damaged where the article lies */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_snapshot_find(const nuncio_snapshot *snapshot,
                                                               nuncio_str id, nuncio_document **out,
                                                               nuncio_error *error);

/** Reads live article number `number` (0 … articles - 1, in order of storage). Cost: O(1) plus the
 * text.
 * @retval NUNCIO_ERR_ARGUMENT there are not so many
 * @retval NUNCIO_ERR_CORRUPT  the index is damaged where the article lies */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_snapshot_read(const nuncio_snapshot *snapshot,
                                                               uint64_t number,
                                                               nuncio_document **out,
                                                               nuncio_error *error);
NUNCIO_API void nuncio_document_destroy(nuncio_document *document);

/** Views that live with the document. */
NUNCIO_API const nuncio_article *nuncio_document_article(const nuncio_document *document);
NUNCIO_API const nuncio_annotations *nuncio_document_annotations(const nuncio_document *document);
NUNCIO_API size_t nuncio_document_passage_count(const nuncio_document *document);
/** Passage `ordinal` (0 … count - 1), else an empty span. */
NUNCIO_API nuncio_passage_span nuncio_document_passage(const nuncio_document *document,
                                                       size_t ordinal);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Adds, replaces and deletes articles; makes them durable in commits; checks an index. */
#ifndef NUNCIO_WRITER_H
#define NUNCIO_WRITER_H

#include <nuncio/allocator.h>
#include <nuncio/article.h>
#include <nuncio/vfs.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The one writer of an index directory. One thread at a time; not across fork(). */
typedef struct nuncio_writer nuncio_writer;

typedef struct nuncio_writer_options {
    size_t struct_size;                /* sizeof(nuncio_writer_options) */
    const nuncio_allocator *allocator; /* NULL: the C library's, and huge pages of the system for
                                          large blocks */
    const nuncio_vfs *vfs;             /* NULL: the operating system's */
    uint64_t memory_max;               /* bytes the writer may hold; 0: 256 MiB; at least 24 MiB */
    uint32_t threads;    /* at most so many, as the memory allows; 0: one per processor. The index
                            is the same for any number. With more than one, the functions of
                            `allocator` and `vfs` are called from the writer's threads too */
    nuncio_str lang;     /* for articles whose language is absent and not detected */
    bool no_text;        /* do not store the text (no highlights, no export) */
    bool no_annotations; /* do not look for quotes and names */
    bool no_quotes;    /* look for names alone: a smaller index, where nobody asks who said what */
    const char *model; /* file of a names model to find names by, read when the writer is opened;
                          NULL: the one that the library brings along */
} nuncio_writer_options;

#define NUNCIO_WRITER_OPTIONS_INIT                                                                 \
    {                                                                                              \
        sizeof(nuncio_writer_options), NULL, NULL, 0, 0, {NULL, 0}, false, false, false, NULL      \
    }

/**
 * Opens `directory` for writing, making it when absent, and takes the kernel's lock on it.
 *
 * @param[in] options NULL for the defaults
 * @retval NUNCIO_ERR_LOCKED    another writer has it
 * @retval NUNCIO_ERR_NOT_INDEX the directory holds other files and no index
 * @retval NUNCIO_ERR_VERSION   an index of another format version
 * @retval NUNCIO_ERR_MODEL     `model` is not there, no names model, damaged, or of another version
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_writer_open(const char *directory,
                                                             const nuncio_writer_options *options,
                                                             nuncio_writer **out,
                                                             nuncio_error *error);

/** What nuncio_writer_add did with an article. */
typedef enum nuncio_add_result {
    NUNCIO_ADD_ADDED = 0,
    NUNCIO_ADD_REPLACED = 1, /* an article of that id was known */
    NUNCIO_ADD_SKIPPED = 2   /* an identical article was known */
} nuncio_add_result;

/**
 * Takes an article in; visible to new snapshots after the next commit.
 *
 * Invalid UTF-8 and NUL bytes in texts are repaired (U+FFFD). May flush a segment to disk, which is
 * not yet a commit. Of two articles with one id the later counts. An article without any word is
 * stored; only filters find it.
 *
 * @param[out] result may be NULL; meaningful when NUNCIO_OK is returned
 * @retval NUNCIO_ERR_INPUT no id, an id over 1024 bytes or not clean UTF-8, no text, a text or
 *         title over 64 MiB, a source or url over 64 KiB, a date that does not exist; the writer
 *         goes on
 * @retval NUNCIO_ERR_LIMIT  the text is too large for `memory_max`; the writer goes on
 * @retval NUNCIO_ERR_MEMORY the memory does not suffice; where it was a large text by itself that
 *         was too much for it, the writer goes on without it
 * @retval NUNCIO_ERR_STATE an earlier failure poisoned the writer: close and reopen it
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_writer_add(nuncio_writer *writer,
                                                            const nuncio_article *article,
                                                            nuncio_add_result *result,
                                                            nuncio_error *error);

/** Deletes the article of that id; gone from new snapshots after the next commit.
 * @retval NUNCIO_ERR_NOT_FOUND no live article has it; the writer goes on
 * @retval NUNCIO_ERR_STATE     as nuncio_writer_add */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_writer_delete(nuncio_writer *writer, nuncio_str id,
                                                               nuncio_error *error);

/**
 * Makes everything since the last commit durable, at once or not at all. When it returns NUNCIO_OK
 * the state survives power loss. Without changes it writes nothing.
 *
 * Cost: articles that wait are indexed, a few files are written and synced, and now and then small
 * segments are merged: over many commits each article is written again a few times.
 * @retval NUNCIO_ERR_SPACE the device is full; the last commit stays, the writer is poisoned
 * @retval NUNCIO_ERR_IO    the operating system refused; likewise
 * @retval NUNCIO_ERR_STATE an earlier failure poisoned the writer: close and reopen it
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_writer_commit(nuncio_writer *writer,
                                                               nuncio_error *error);

/** Merges everything into one segment, or where `memory_max` is too small for that into as few as
 * it allows, and commits. Where a quarter of the texts or more are not yet, they are compressed
 * anew and smaller, at about 30 MB a second. Where nothing is left to do, nothing is written. Needs
 * as much free space again as the index takes. @retval NUNCIO_ERR_… as nuncio_writer_commit */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_writer_optimize(nuncio_writer *writer,
                                                                 nuncio_error *error);

/** Closes without committing; frees the lock. NULL is allowed. */
NUNCIO_API void nuncio_writer_close(nuncio_writer *writer);

/** One finding of nuncio_check: what is wrong, where. */
typedef void nuncio_check_report(void *context, const nuncio_error *finding);

enum { NUNCIO_CHECK_FAST = 0, NUNCIO_CHECK_FULL = 1 };

/**
 * Verifies the index in `directory`: every checksum; with FULL also every invariant of the format,
 * re-deriving the postings from the stored text. Writes nothing; a writer may be at work.
 *
 * Cost: reading every byte; with FULL also analysing every text.
 * @param[in] level  NUNCIO_CHECK_FAST or NUNCIO_CHECK_FULL
 * @param[in] vfs    NULL: the operating system's
 * @param[in] allocator NULL: the C library's
 * @param[in] report called once a finding; may be NULL
 * @return NUNCIO_OK when nothing is wrong, else the status of the first finding
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_check(const char *directory, uint32_t level,
                                                       const nuncio_vfs *vfs,
                                                       const nuncio_allocator *allocator,
                                                       nuncio_check_report *report, void *context,
                                                       nuncio_error *error);

#ifdef __cplusplus
}
#endif
#endif

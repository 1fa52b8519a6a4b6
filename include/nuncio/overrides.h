/* SPDX-License-Identifier: Apache-2.0 */
/* What a reporter knows better about names than the library: which are one, which are two, what an
 * entity is called, what is no name (docs/overrides.md).
 *
 *   merge  person "Mykola Azarov" = "Nikolai Azarov"
 *   split  person "John Foster Dulles" | "Allen Dulles" = "A. W. Dulles"
 *   rename place  "Kiev" -> "Kyiv"
 *   ignore org    "Reuters"
 *
 * Overrides belong to a search, not to an index: they work at once, and nothing is written. */
#ifndef NUNCIO_OVERRIDES_H
#define NUNCIO_OVERRIDES_H

#include <nuncio/allocator.h>
#include <nuncio/annotation.h>
#include <nuncio/error.h>
#include <nuncio/snapshot.h>
#include <nuncio/vfs.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Overrides that were read; immutable, and may be shared by any number of searches and threads.
 * They must outlive the searches that use them, not their hits and facets. */
typedef struct nuncio_overrides nuncio_overrides;

/**
 * Reads overrides from memory. The order of the lines says nothing.
 *
 * Cost: linear in the text, but for sorting its names.
 * @param[in] text      UTF-8, with or without a byte order mark; not needed afterwards
 * @param[in] file      what messages call it; NULL: "overrides"
 * @param[in] allocator NULL for the C library's
 * @retval NUNCIO_ERR_OVERRIDES a line cannot be read, or contradicts another; the message says
 *                              which and what to do, `offset` is the byte where
 * @retval NUNCIO_ERR_LIMIT     too long, or too many names (docs/limits.md)
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_overrides_parse(nuncio_str text, const char *file,
                                                                 const nuncio_allocator *allocator,
                                                                 nuncio_overrides **out,
                                                                 nuncio_error *error);

/**
 * The same from the file at `path`.
 *
 * @param[in] vfs NULL for the operating system's
 * @retval NUNCIO_ERR_NOT_FOUND no file there
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_overrides_read(const char *path,
                                                                const nuncio_allocator *allocator,
                                                                const nuncio_vfs *vfs,
                                                                nuncio_overrides **out,
                                                                nuncio_error *error);
NUNCIO_API void nuncio_overrides_destroy(nuncio_overrides *overrides);

/** A name of overrides that no live article has: mistyped, perhaps. */
typedef struct nuncio_override_unknown {
    uint32_t line;              /* from 1 */
    nuncio_str text;            /* as that line has it; lives with the overrides */
    nuncio_entity_type type;    /* that it has in that line; NONE: any */
    nuncio_entity_type instead; /* articles do have that name, but of this type; NONE: of none */
} nuncio_override_unknown;

/**
 * Finds the names of overrides that no live article has, in order of lines; one that stands in two
 * places comes twice. An article has a name when it has one of the same type and words, case and
 * accents apart. A name that some line gives by rename need not be had by any.
 *
 * Cost: a look-up of each distinct name in each segment, about 25 µs. Threads: any number at once.
 * @param[in]  room  how many `names` has room for; with 0 it may be NULL
 * @param[out] names the first of them
 * @param[out] count how many there are, those beyond the room too
 * @retval NUNCIO_ERR_CORRUPT the index is damaged where names are looked up
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_overrides_unknown(
    const nuncio_overrides *overrides, const nuncio_snapshot *snapshot,
    nuncio_override_unknown *names, size_t room, size_t *count, nuncio_error *error);

#ifdef __cplusplus
}
#endif
#endif

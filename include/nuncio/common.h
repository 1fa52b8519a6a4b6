/* SPDX-License-Identifier: Apache-2.0 */
/* What every public header builds on: visibility, text views, library version. */
#ifndef NUNCIO_COMMON_H
#define NUNCIO_COMMON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define NUNCIO_API __attribute__((visibility("default")))
#define NUNCIO_NODISCARD __attribute__((warn_unused_result))
#else
#define NUNCIO_API
#define NUNCIO_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** A view of UTF-8 text: borrowed, not NUL-terminated. `data` may be NULL only when `size` is 0.
 * A field that can be absent says so; absent is data == NULL, empty is data != NULL, size 0. */
typedef struct nuncio_str {
    const char *data; /* first byte, or NULL for "absent" */
    size_t size;      /* bytes */
} nuncio_str;

/** The library's version as "major.minor.patch"; static storage. */
NUNCIO_API const char *nuncio_version(void);

/** The number of the index format that this library writes and reads (docs/format.md). */
NUNCIO_API uint32_t nuncio_format_version(void);

/** Units in which positions in a text can be counted. */
typedef enum nuncio_offset_unit {
    NUNCIO_OFFSET_CHARS = 0, /* Unicode code points */
    NUNCIO_OFFSET_BYTES = 1, /* UTF-8 bytes, what the library itself uses */
    NUNCIO_OFFSET_UTF16 = 2  /* UTF-16 code units, what JavaScript counts */
} nuncio_offset_unit;

/**
 * Converts a byte offset in valid UTF-8 `text` into `unit`.
 *
 * Cost: linear in `byte_offset`.
 * @param[in] byte_offset 0 … text.size; larger counts as text.size
 * @return the number of units before that byte
 */
NUNCIO_API size_t nuncio_offset_convert(nuncio_str text, size_t byte_offset,
                                        nuncio_offset_unit unit);

#ifdef __cplusplus
}
#endif
#endif

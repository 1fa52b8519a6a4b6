/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes that are no characters become U+FFFD, so that what follows may rely on UTF-8. */
#ifndef INGEST_REPAIR_H
#define INGEST_REPAIR_H

#include "core/buffer.h"

/**
 * Appends `text` to `out`, with U+FFFD for each ill-formed sequence (the longest that could have
 * begun a character counts as one: Unicode 15, section 3.9, as browsers do) and for each NUL.
 *
 * @return how many were replaced; a refused append is the buffer's to tell
 */
size_t nn_repair_utf8(nn_buffer *out, nuncio_str text);

/** Replaces \uD800…\uDFFF that are no pair by \uFFFD, in place, in the source text of JSON.
 * @return how many were replaced */
size_t nn_repair_surrogates(char *json, size_t size);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The C++ allocator of a test program, which refuses on demand: simdjson takes its memory there. */
#ifndef UNIT_INGEST_REFUSING_NEW_H
#define UNIT_INGEST_REFUSING_NEW_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Refuses the `n`-th `new (std::nothrow)` from here on, from 1; 0: none. */
void refuse_new(uint64_t n);
/** Whether it came to that. */
bool new_was_refused(void);

#ifdef __cplusplus
}
#endif
#endif

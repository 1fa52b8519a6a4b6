/* SPDX-License-Identifier: Apache-2.0 */
/* A small index in memory with some of everything, made to be damaged and then asked everything
 * that can be asked. What no bytes may ever make the library do stops the program. */
#ifndef FUZZ_SUBJECT_H
#define FUZZ_SUBJECT_H

#include <nuncio/nuncio.h>

#include "support/memory_fs.h"

#define subject_require(condition)                                                                 \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            subject_fail(#condition, __FILE__, __LINE__);                                          \
        }                                                                                          \
    } while (0)
void subject_fail(const char *condition, const char *file, int line) __attribute__((noreturn));

/** Two segments, deletes, three languages, quotes and names, in "/index"; the same each time. */
memory_fs *subject_create(void);
/** One of it, opened when first asked for and open to the end of the program. */
const nuncio_snapshot *subject_snapshot(void);
/** Makes every hash match what it stands for again, and each file bear the name of its content. */
void subject_seal(memory_fs *fs);
/** Memory from the C library, of which at most `max` bytes may be out at once: asking for more
 * stops the program. */
typedef struct subject_memory {
    nuncio_allocator allocator;
    uint64_t used, max;
} subject_memory;
void subject_memory_init(subject_memory *memory, uint64_t max);

/** Searches in one mode and looks at all that comes back. @return what nuncio_search returned */
nuncio_status subject_search(const nuncio_snapshot *snapshot, const nuncio_query *query,
                             const nuncio_search_options *options, uint64_t *total);
/** Opens, reads every article, runs a query of each kind, each in a mode that `turn` chooses,
 * checks in full.
 * @return how many of the calls failed */
uint64_t subject_use(memory_fs *fs, unsigned turn);

#endif

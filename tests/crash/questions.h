/* SPDX-License-Identifier: Apache-2.0 */
/* An index with some of everything, and the questions that a reader can ask of it: for tests that
 * disturb reading. */
#ifndef CRASH_QUESTIONS_H
#define CRASH_QUESTIONS_H

#include <nuncio/nuncio.h>

#include "support/memory_fs.h"

/** In "/index": two segments and deletes of the first, articles in four languages with quotes,
 * names, sources and dates; at least 64 KiB; the same each time. */
memory_fs *questions_index(void);

enum { QUESTIONS = 26 };

/** What question number 0 … QUESTIONS - 1 asks, for messages. */
const char *question_name(size_t number);

/** Asks a question. `*answer` stands for all that came back, to the last byte: another answer is
 * another number. */
NUNCIO_NODISCARD nuncio_status question_ask(size_t number, const nuncio_snapshot *snapshot,
                                            const nuncio_allocator *allocator, uint64_t *answer,
                                            nuncio_error *error);

#endif

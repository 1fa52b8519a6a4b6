/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as people read them. */
#ifndef CLI_HUMAN_H
#define CLI_HUMAN_H

#include <nuncio/common.h>

enum { NN_HUMAN_ROOM = 48 };

/** 1234567 -> "1,234,567". @return `to` */
const char *nn_human_count(uint64_t count, char to[NN_HUMAN_ROOM]);
/** 1, "article" -> "1 article"; 1234567 -> "1,234,567 articles". @return `to` */
const char *nn_human_number_of(uint64_t count, const char *unit, char to[NN_HUMAN_ROOM]);
/** 1234567 -> "1.23 MB" (powers of 1,000, three figures). @return `to` */
const char *nn_human_bytes(uint64_t bytes, char to[NN_HUMAN_ROOM]);
/** Seconds -> "1.2 s", "2:05" or "1:02:05". @return `to` */
const char *nn_human_seconds(double seconds, char to[NN_HUMAN_ROOM]);

/** Seconds of a clock that only goes forward. */
double nn_seconds_now(void);

#endif

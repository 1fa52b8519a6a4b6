/* SPDX-License-Identifier: Apache-2.0 */
/* A hit with everything in it, for tests of what prints hits. */
#ifndef UNIT_CLI_HIT_SAMPLE_H
#define UNIT_CLI_HIT_SAMPLE_H

#include <nuncio/hits.h>

/** Article "é x\n\n" and behind it the passage; static storage. */
extern const char hit_sample_text[];
nuncio_hit hit_sample(void);

#endif

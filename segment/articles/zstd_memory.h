/* SPDX-License-Identifier: Apache-2.0 */
/* zstd with our memory: its objects are counted in the budget of an nn_memory. */
#ifndef SEGMENT_ZSTD_MEMORY_H
#define SEGMENT_ZSTD_MEMORY_H

#include "core/memory.h"

#define ZSTD_STATIC_LINKING_ONLY /* ZSTD_customMem, and frames without a magic number */
#include <zstd.h>

/** `memory` must outlive every object made with the result. */
ZSTD_customMem nn_zstd_memory(nn_memory *memory);

#endif

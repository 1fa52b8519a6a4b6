/* SPDX-License-Identifier: Apache-2.0 */
/* How the memory of a writer is divided:
 *
 *   |  filling  |        worker        |        worker        | …
 *   |   batch   | text + tokens + terms| text + tokens + terms|
 *
 * A function of the memory alone. Threads decide how many of the workers run, never where a batch
 * or a segment ends, so the index is the same for any number of them. */
#ifndef INDEXER_BUDGET_H
#define INDEXER_BUDGET_H

#include <stdint.h>

enum {
    /* limit writer: memory (`--memory`), at least | refused, NUNCIO_ERR_ARGUMENT */
    NN_MEMORY_MIN = 24 << 20, /* the least a writer can work with */
    /* limit writer: memory, when none is given | a segment is written earlier; what cannot be done
       with less fails with NUNCIO_ERR_MEMORY */
    NN_MEMORY_DEFAULT = 256 << 20,
    /* limit writer: text of one batch, however much memory there is | the batch becomes a segment
     */
    NN_BATCH_BYTES_MAX = 32 << 20, /* more memory serves more workers, not larger batches */
    /* limit writer: threads | more are not used */
    NN_WORKERS_MAX = 64
};

typedef struct nn_budget {
    uint64_t batch_bytes;    /* articles of a batch, as given */
    uint64_t build_bytes;    /* nn_inversion_cost at which a segment ends within a batch */
    uint64_t analyzer_bytes; /* an analyzer that holds more starts its tables anew */
    uint64_t alone_bytes;    /* a text over this is built alone, with all the memory */
    uint64_t text_bytes;     /* a text over this is refused */
    uint64_t merge_bytes;    /* what a merge may take */
    uint64_t plain_bytes;    /* batches after which plain segments are merged */
    uint32_t workers;        /* batches that may be built at once */
} nn_budget;

/** Divides `memory` ≥ NN_MEMORY_MIN bytes. */
nn_budget nn_budget_of(uint64_t memory);
/** The memory that suffices for a text of so many bytes, in MiB, rounded up. */
uint64_t nn_budget_mib_for(uint64_t text_bytes);

#endif

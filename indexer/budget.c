/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/budget.h"

enum {
    MIB = 1 << 20,
    WORKER_FIXED = 10 * MIB, /* of a worker: lexicon, stemmers, compression, list at hand */
    PLAIN_FACTOR = 3,        /* merging batches takes about a sixth of their bytes */
    TEXT_SHARE = 14          /* a lone article takes so many times its text, tokens and all */
};

/* Measured on English wire copy (5.9 bytes a token): a batch of b bytes takes 2.05 b for tokens and
 * occurrences and 0.4 b for its vocabulary when it is inverted, by when its texts are gone; 2.8 b
 * leave room for the columns of its articles, 3.9 b also for their annotations and what names are
 * found by. Beside the batches that are built, one waits and one is read, and a dictionary may be
 * trained: by this reckoning workers that are at their most at once leave a tenth of the memory.
 * Texts with more tokens a byte end a segment early. */
nn_budget nn_budget_of(uint64_t memory)
{
    nn_budget budget;
    uint64_t batch = (memory - (uint64_t)8 * MIB) / 11;
    budget.batch_bytes = batch < NN_BATCH_BYTES_MAX ? batch : NN_BATCH_BYTES_MAX;
    budget.build_bytes = budget.batch_bytes / 2 * 5;
    budget.analyzer_bytes = budget.batch_bytes / 2;
    budget.alone_bytes = budget.batch_bytes / 32;
    budget.text_bytes = memory / TEXT_SHARE;
    budget.merge_bytes = memory / 4 * 3;
    budget.plain_bytes = budget.merge_bytes * PLAIN_FACTOR;
    uint64_t worker = budget.batch_bytes / 10 * 39 + WORKER_FIXED;
    uint64_t workers = (memory - 2 * budget.batch_bytes) / worker;
    workers = workers < 1 ? 1 : workers;
    budget.workers = workers < NN_WORKERS_MAX ? (uint32_t)workers : NN_WORKERS_MAX;
    return budget;
}

uint64_t nn_budget_mib_for(uint64_t text_bytes)
{
    uint64_t memory = text_bytes * TEXT_SHARE;
    memory = memory < NN_MEMORY_MIN ? NN_MEMORY_MIN : memory;
    return (memory + MIB - 1) / MIB;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What is behind the public nuncio_snapshot: the segments of one commit with their deletes. */
#ifndef SEGMENT_SNAPSHOT_H
#define SEGMENT_SNAPSHOT_H

#include "core/shelf.h"
#include "segment/files/part_files.h"

struct nuncio_snapshot {
    nn_memory memory;
    const nuncio_vfs *vfs;
    nn_manifest manifest;
    nn_part_files *parts; /* manifest.count of them */
    size_t part_count;
    /* Integers that BM25 needs, live units only. */
    uint64_t live_articles, live_passages, live_tokens, live_quotes, live_quote_tokens;
    uint64_t languages; /* bit l set: some live article is of language l */
    nn_shelf *shelf;    /* what searches leave to the next; threads share it */
};

#endif

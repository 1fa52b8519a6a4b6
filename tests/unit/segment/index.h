/* SPDX-License-Identifier: Apache-2.0 */
/* A small index of samples in memory: segments, deletes, manifest. */
#ifndef UNIT_SEGMENT_INDEX_H
#define UNIT_SEGMENT_INDEX_H

#include "sample.h"
#include "segment/snapshot.h"
#include "support/memory_fs.h"

enum { INDEX_PARTS = 2 };

typedef struct test_index {
    memory_fs *files;
    const nuncio_vfs *vfs;
    nn_memory memory;
    sample *samples[INDEX_PARTS];
    nn_manifest_entry entries[INDEX_PARTS];
} test_index;

/** Two segments in "/index"; of the second, articles 0, 2 and the last are deleted. Not yet
 * committed. */
void test_index_make(test_index *made, uint64_t seed);
void test_index_commit(test_index *made, uint64_t generation, size_t parts);
nuncio_status test_index_open(test_index *made, nuncio_snapshot **out, nuncio_error *error);
/** Asserts that nothing is left open or allocated. */
void test_index_release(test_index *made);
bool test_index_deleted(const test_index *made, size_t part, uint32_t article);

#endif

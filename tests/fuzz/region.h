/* SPDX-License-Identifier: Apache-2.0 */
/* A segment in memory of which a fuzz target overwrites a part of some of its regions. */
#ifndef FUZZ_REGION_H
#define FUZZ_REGION_H

#include "segment/files/format.h"
#include "support/memory_fs.h"
#include "unit/segment/sample.h"

typedef struct region_subject {
    memory_fs *files;
    nn_memory memory;
    char name[64];          /* of the one file, in "/i" */
    uint8_t *bytes, *saved; /* of the file as it is now, and as it was made */
    size_t size;
} region_subject;

/** Where a region of a segment file lies, as its footer says. */
uint8_t *region_of(uint8_t *bytes, size_t file_size, nn_region_kind kind, size_t *size);

/** Makes a random segment, the same each time; without stored texts. */
void region_make(region_subject *subject, const sample_options *options);
/** Overwrites one of `count` regions: the first byte of the input chooses which, the next two where
 * in it the rest is put; then makes the checksums match.
 * @return the segment, or NULL when opening is refused; `subject->memory` is what it uses */
nn_segment *region_open(region_subject *subject, const nn_region_kind *kinds, size_t count,
                        const uint8_t *data, size_t size);
/** Closes what region_open returned (NULL is fine) and puts back what was overwritten. */
void region_close(region_subject *subject, nn_segment *segment);

/** Overwrites a region of one of the two segments of the index of subject.h (the highest bit of the
 * first byte chooses which) as region_open does, seals the index and uses it. */
void region_use_index(const nn_region_kind *kinds, size_t count, const uint8_t *data, size_t size);

#endif

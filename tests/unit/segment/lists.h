/* SPDX-License-Identifier: Apache-2.0 */
/* A segment of long lists, for tests of walks over postings: what each posting is follows from its
 * number. */
#ifndef UNIT_SEGMENT_LISTS_H
#define UNIT_SEGMENT_LISTS_H

#include "segment/segment.h"

/* Ten groups of blocks; more occurrences of "all" than the order of its forms is made from. */
enum { PASSAGES = 40000, LISTS = 4 };

/** List `i` holds every passage `first` + n × `step`. */
extern const struct test_list {
    const char *term;
    uint32_t first, step;
} lists[LISTS];

/** Bytes of the segment, to be damaged in place, and as they were. */
extern struct test_list_bytes {
    uint8_t *now, *sound;
    size_t size;
} list_bytes;

/** A group's setup and teardown. */
int lists_make(void **state);
int lists_release(void **state);
/** Opens the segment as it is now; NULL: it is refused as damaged. */
nn_segment *open_lists(void);
/** Opens it where nothing is damaged. */
nn_segment *open_segment(void);
nn_term_info find(const nn_segment *segment, size_t list);

/** How often "all" stands in a passage. */
uint32_t all_tf(uint32_t passage);
uint32_t length_of(uint32_t passage);
uint32_t form_of(uint32_t passage, uint32_t occurrence);
/** The first posting of a list at or behind `passage`, NN_DOC_END behind the last. */
uint32_t expected_at(size_t list, uint64_t passage);

#endif

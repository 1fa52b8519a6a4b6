/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as lists of postings of a segment whose checksums match: walks in steps and in jumps,
 * positions, forms, bounds and the full check give errors or what may be; passages ascend and
 * exist, and no walk takes more steps than the dictionary says. */
#include "fuzz/region.h"
#include "unit/segment/read_all.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Few words, so that each list has blocks that are full, and one that is not. */
static const sample_options OPTIONS = {80, 4, 10, 9};
static const nn_region_kind KINDS[] = {NN_REGION_LISTS};

/** Jumps of one size through a list, bounds asked ahead. */
static void jump(const nn_segment *segment, const nn_term_info *info, uint32_t stride)
{
    nn_postings postings;
    nuncio_status status = nn_postings_open(&postings, segment, info, NULL);
    read_require(status == NUNCIO_OK || postings.doc == NN_DOC_END);
    while (postings.doc != NN_DOC_END) {
        uint32_t doc = postings.doc, last, count;
        nn_bound bounds[NN_BOUNDS_MAX];
        (void)!nn_postings_block_bounds(&postings, doc + stride, &last, bounds, &count, NULL);
        read_require(count <= NN_BOUNDS_MAX);
        (void)!nn_postings_advance(&postings, doc + stride, NULL);
        read_require(postings.doc >= doc + stride);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static region_subject subject;
    if (subject.files == NULL) {
        region_make(&subject, &OPTIONS);
    }
    nn_segment *segment = region_open(&subject, KINDS, 1, data, size);
    nn_term_cursor cursor;
    nn_arena arena;
    nn_arena_init(&arena, &subject.memory);
    uint64_t failed = 0;
    cursor.valid = false;
    if (segment != NULL) {
        failed += nn_term_cursor_seek(&cursor, segment, nn_str("", 0), NULL) != NUNCIO_OK;
    }
    while (cursor.valid) {
        failed += read_list(segment, &cursor.info, &arena);
        jump(segment, &cursor.info, 2);
        jump(segment, &cursor.info, 150);
        failed += nn_term_cursor_next(&cursor, NULL) != NUNCIO_OK;
        nn_arena_reset(&arena);
    }
    if (segment != NULL) {
        failed += nn_segment_verify(segment, true, NULL) != NUNCIO_OK;
    }
    read_require(failed == 0 || size > 3);
    nn_arena_clear(&arena);
    region_close(&subject, segment);
    return 0;
}

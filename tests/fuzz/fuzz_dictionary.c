/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the dictionary of a segment whose checksums match (its blocks of terms, where they
 * start, and the hash that leads to them): no term is longer than may be, no more come than the
 * segment says, what is found exists, and terms out of order are told by a full check. */
#include "fuzz/region.h"
#include "unit/segment/read_all.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Many words, most of them rare: several blocks, lists inside the dictionary and outside. */
static const sample_options OPTIONS = {12, 4, 60, 500};
static const nn_region_kind KINDS[] = {NN_REGION_TERMS, NN_REGION_TERM_BLOCKS, NN_REGION_TERM_HASH};

/** Looks a term up each way there is. */
static uint64_t find(const nn_segment *segment, nuncio_str term)
{
    bool found = false;
    nn_term_info info;
    nn_term_cursor cursor;
    uint64_t failed = nn_segment_find_term(segment, term, &found, &info, NULL) != NUNCIO_OK;
    read_require(!found || info.ordinal < nn_segment_info_of(segment)->term_count);
    failed += nn_term_cursor_seek(&cursor, segment, term, NULL) != NUNCIO_OK;
    read_require(!cursor.valid || nn_str_compare(nn_str(cursor.term, cursor.term_size), term) >= 0);
    return failed;
}

static uint64_t walk(const nn_segment *segment, bool *ascending)
{
    uint32_t terms = nn_segment_info_of(segment)->term_count, count = 0, last_size = 0;
    char last[NN_TERM_SIZE_MAX + 1];
    nn_term_cursor cursor, at;
    uint64_t failed = nn_term_cursor_seek(&cursor, segment, nn_str("", 0), NULL) != NUNCIO_OK;
    for (; cursor.valid; count++) {
        nuncio_str term = nn_str(cursor.term, cursor.term_size);
        read_require(count < terms && term.size <= NN_TERM_SIZE_MAX);
        *ascending =
            *ascending && (count == 0 || nn_str_compare(nn_str(last, last_size), term) < 0);
        failed += find(segment, term);
        failed += nn_segment_term_at(segment, cursor.info.ordinal, &at, NULL) != NUNCIO_OK;
        memcpy(last, term.data, term.size);
        last_size = cursor.term_size;
        failed += nn_term_cursor_next(&cursor, NULL) != NUNCIO_OK;
    }
    return failed + find(segment, nn_str("no such term", 12)) + find(segment, nn_str("\xff", 1));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static region_subject subject;
    if (subject.files == NULL) {
        region_make(&subject, &OPTIONS);
    }
    nn_segment *segment = region_open(&subject, KINDS, sizeof KINDS / sizeof KINDS[0], data, size);
    if (segment != NULL) {
        bool ascending = true;
        uint64_t failed = walk(segment, &ascending);
        nuncio_status status = nn_segment_verify(segment, true, NULL);
        read_require(ascending || status == NUNCIO_ERR_CORRUPT);
        read_require((failed == 0 && status == NUNCIO_OK) || size > 3);
    }
    region_close(&subject, segment);
    return 0;
}

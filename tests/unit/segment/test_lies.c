/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a segment whose counts, tables and sizes cannot be is refused when it is opened, by name,
 * though all its checksums match; where only a lookup can tell, the lookup ends. Method: a sound
 * segment, one lie at a time, sealed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/bits.h"
#include "core/str.h"
#include "read_all.h"
#include "sample.h"
#include "segment/segment_impl.h"
#include "segment/terms/dictionary.h"
#include "support/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char name[64];
static uint8_t *bytes, *saved;
static size_t size;

static int make(void **state)
{
    static const sample_options options = {200, 4, 180, 40}; /* with a dictionary of its texts */
    test_prng prng = test_prng_of(81);
    sample *made = sample_create(&prng, &options);
    assert_int_equal(test_disk_make(state), 0);
    assert_int_equal(sample_write(made, vfs, &memory, "/i", true, name, NULL), NUNCIO_OK);
    sample_destroy(made);
    saved = test_disk_file(name, &bytes, &size);
    return 0;
}

static int release(void **state)
{
    free(saved);
    return test_disk_release(state);
}

static uint8_t *entry_of(nn_region_kind kind)
{
    return bytes + size - NN_FOOTER_SIZE + (size_t)kind * NN_REGION_ENTRY_SIZE;
}

static uint8_t *region_of(nn_region_kind kind)
{
    return bytes + nn_load_u64(entry_of(kind));
}

static uint64_t size_of(nn_region_kind kind)
{
    return nn_load_u64(entry_of(kind) + 8);
}

static void resize(nn_region_kind kind, uint64_t to)
{
    nn_store_u64(entry_of(kind) + 8, to);
}

static nuncio_status open_sealed(nn_segment **segment, nuncio_error *error)
{
    read_seal(bytes, size);
    return nn_segment_open(vfs, &memory, "/i", name, segment, error);
}

/** Seals what was changed, expects it to be refused, and puts the true bytes back. */
static void refused(const char *what)
{
    nn_segment *segment = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    assert_int_equal(open_sealed(&segment, &error), NUNCIO_ERR_CORRUPT);
    assert_null(segment);
    if (strstr(error.message, what) == NULL || strstr(error.file, name) == NULL) {
        fail_msg("'%s' is not said in '%s' of %s", what, error.message, error.file);
    }
    assert_int_equal(open_sealed(&segment, NULL), NUNCIO_ERR_CORRUPT);
    memcpy(bytes, saved, size);
}

static void test_counts(void **state)
{
    (void)state;
    static const size_t fields[] = {0, 1, 2, 3, 4,
                                    5, 6, 9, 14}; /* of nn_meta, those that bound walks */
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        static const uint64_t lies[] = {UINT64_MAX, UINT64_C(1) << 32, 1 << 30};
        for (size_t lie = 0; lie < sizeof lies / sizeof lies[0]; lie++) {
            nn_store_u64(region_of(NN_REGION_META) + fields[i] * 8, lies[lie]);
            refused("the counts make no sense");
        }
    }
    nn_store_u64(region_of(NN_REGION_META) + 8, 0); /* passages, but no articles */
    nn_store_u64(region_of(NN_REGION_META) + 3 * 8, 0);
    refused("the counts make no sense");
    nn_store_u64(region_of(NN_REGION_META) + 3 * 8, 201); /* a source more than articles */
    refused("the counts make no sense");
}

static void test_sizes_of_regions(void **state)
{
    (void)state;
    static const struct {
        nn_region_kind kind;
        uint64_t size;
        const char *what;
    } lies[] = {
        {NN_REGION_META, NN_META_SIZE - 8, "the counts have another size"},
        {NN_REGION_TERM_HASH, 3, "the hash of terms is cut short"},
        {NN_REGION_TERM_HASH, 8, "the hash of terms has another size"},
        {NN_REGION_TERM_BLOCKS, 8, "a column is shorter than its count says"},
        {NN_REGION_TEXT_RUNS, 7, "the table of text runs is cut short"},
        {NN_REGION_TEXT_RUNS, 40, "the table of text runs has another size"},
        {NN_REGION_LENGTHS, 1, "a column has another size than its count says"},
        {NN_REGION_STARTS, 64, "a column has another size than its count says"},
        {NN_REGION_HASHES, 16, "a column has another size than its count says"},
        {NN_REGION_FIRST_PASSAGES, 40, "a block of a column lies outside"},
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        resize(lies[i].kind, lies[i].size);
        refused(lies[i].what);
    }
    nn_store_u32(region_of(NN_REGION_TERM_HASH), 0);
    refused("the hash of terms has another size");
}

/** Whatever a region's size is said to be: refused, or read without harm. */
static void test_any_size(void **state)
{
    (void)state;
    uint32_t opened = 0;
    for (uint32_t kind = 0; kind < NN_REGION_COUNT; kind++) {
        uint64_t whole = size_of((nn_region_kind)kind);
        const uint64_t sizes[] = {0, 1, 8, 16, whole / 2, whole - 1, whole + 8};
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            nn_segment *segment = NULL;
            resize((nn_region_kind)kind, sizes[i]);
            nuncio_status status = open_sealed(&segment, NULL);
            if (status == NUNCIO_OK) {
                (void)read_all(segment, &memory);
                status = nn_segment_verify(segment, true, NULL);
                nn_segment_close(segment);
                opened++;
            }
            assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
            memcpy(bytes, saved, size);
        }
    }
    assert_true(opened > NN_REGION_COUNT);
}

static void test_text_runs(void **state)
{
    (void)state;
    uint8_t *runs = region_of(NN_REGION_TEXT_RUNS);
    uint64_t dictionary = size_of(NN_REGION_TEXT_DICTIONARIES);
    assert_true(nn_load_u32(runs) == 1 && nn_load_u32(runs + 4) == 1);
    nn_store_u64(runs + 8, dictionary + 1); /* where the dictionary begins */
    refused("the table of text runs makes no sense");
    nn_store_u64(runs + 16, dictionary + 1); /* its size */
    refused("the table of text runs makes no sense");
    nn_store_u32(runs + 24, 1); /* no run has the first passage */
    refused("the table of text runs makes no sense");
    nn_store_u32(runs + 28, 2); /* a dictionary that is not there */
    refused("the table of text runs makes no sense");
    nn_store_u32(runs, 0); /* the same bytes as three runs: one begins where another does */
    nn_store_u32(runs + 4, 3);
    nn_store_u32(runs + 16, 0);
    refused("the table of text runs makes no sense");
    nn_store_u32(runs + 4, 0); /* none at all */
    resize(NN_REGION_TEXT_RUNS, 24);
    refused("the table of text runs makes no sense");
}

/* A hash without a free slot, in which no term is: the search gives up after a bounded number of
 * slots. */
static void test_a_full_hash(void **state)
{
    (void)state;
    nn_segment *segment = NULL;
    bool found = true;
    nn_term_info info;
    uint8_t *slots = region_of(NN_REGION_TERM_HASH) + 4;
    nuncio_str term = nn_str_of("talks");
    uint32_t other = (nn_term_fingerprint(nn_hash64(term.data, term.size, 0)) ^ 1)
                     << NN_BLOCK_NUMBER_BITS;
    for (uint64_t at = 0; at < size_of(NN_REGION_TERM_HASH) - 4; at += 4) {
        nn_store_u32(slots + at, other | 1);
    }
    assert_int_equal(open_sealed(&segment, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_find_term(segment, term, &found, &info, NULL), NUNCIO_OK);
    assert_false(found);
    nn_segment_close(segment);
    memcpy(bytes, saved, size);
}

/** Seals what was changed, expects the article's record to be refused, and puts the true bytes
 * back.
 */
static void article_refused(uint32_t article)
{
    nn_segment *segment = NULL;
    nn_article_row row;
    assert_int_equal(open_sealed(&segment, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_article(segment, article, &row, NULL), NUNCIO_ERR_CORRUPT);
    nn_segment_close(segment);
    memcpy(bytes, saved, size);
}

/** Where the record of the first article with neither title nor lang lies whose url begins as
 * another; a byte each, back and shared follow its flags. `*before` is one in front of it whose url
 * does, too.
 */
static uint8_t *shared_record(uint32_t *article, uint32_t *before)
{
    nn_segment *segment = NULL;
    uint8_t *found = NULL;
    *before = 0;
    assert_int_equal(open_sealed(&segment, NULL), NUNCIO_OK);
    for (uint32_t i = 0; found == NULL && i < 120; i++) {
        uint64_t start = nn_sequence_at(&segment->record_starts, i);
        uint8_t *record = region_of(NN_REGION_RECORDS) + start;
        uint32_t flags = record[0];
        bool bare = (flags & (NN_RECORD_TITLE | NN_RECORD_LANG)) == 0;
        if ((flags & NN_RECORD_URL_SHARED) != 0 && bare && *before > 0) {
            *article = i;
            found = record;
        } else if ((flags & NN_RECORD_URL_SHARED) != 0) {
            *before = i;
        }
    }
    nn_segment_close(segment);
    assert_non_null(found);
    return found;
}

/* A url that begins as that of the article itself, of one that is not there, of one that has no
 * whole url, or with more bytes than the other has. */
static void test_shared_urls(void **state)
{
    (void)state;
    uint32_t article = 0, before = 0;
    uint8_t *record = shared_record(&article, &before);
    record[1] = 0;
    article_refused(article);
    record[1] = (uint8_t)(article + 1);
    article_refused(article);
    record[1] = (uint8_t)(article - before);
    article_refused(article);
    record[2] = 127;
    article_refused(article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),      cmocka_unit_test(test_sizes_of_regions),
        cmocka_unit_test(test_any_size),    cmocka_unit_test(test_text_runs),
        cmocka_unit_test(test_a_full_hash), cmocka_unit_test(test_shared_urls),
    };
    return cmocka_run_group_tests(tests, make, release);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a segment whose checksums hold but whose parts contradict each other is found by a full
 * verification. Method: chosen lies, sealed; each must be called what it is. */
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
#include "support/memory_fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    memory_fs *files;
    nn_memory memory;
    char name[64];
    uint8_t *bytes, *saved;
    size_t size;
    nn_region regions[NN_REGION_COUNT];
    sample *made;
} fixture;

static nuncio_status open_fixture(fixture *from, nn_segment **segment, nuncio_error *error)
{
    return nn_segment_open(memory_fs_vfs(from->files), &from->memory, "/i", from->name, segment,
                           error);
}

static int make(void **state)
{
    static const sample_options options = {30, 3, 60, 30};
    static fixture made;
    test_prng prng = test_prng_of(61);
    char path[128];
    nn_segment *segment = NULL;
    made.files = memory_fs_create();
    made.made = sample_create(&prng, &options);
    nn_memory_init(&made.memory, NULL, 0);
    const nuncio_vfs *vfs = memory_fs_vfs(made.files);
    assert_int_equal(vfs->make_dir(vfs->context, "/i"), 0);
    assert_int_equal(sample_write(made.made, vfs, &made.memory, "/i", true, made.name, NULL),
                     NUNCIO_OK);
    (void)snprintf(path, sizeof path, "/i/%s", made.name);
    made.bytes = memory_fs_contents(made.files, path, &made.size);
    made.saved = malloc(made.size);
    assert_non_null(made.saved);
    memcpy(made.saved, made.bytes, made.size);
    assert_int_equal(open_fixture(&made, &segment, NULL), NUNCIO_OK);
    memcpy(made.regions, segment->frame.regions, sizeof made.regions);
    nn_segment_close(segment);
    *state = &made;
    return 0;
}

static int release(void **state)
{
    fixture *made = *state;
    assert_int_equal(memory_fs_open_count(made->files), 0);
    assert_int_equal(made->memory.used, 0);
    memory_fs_destroy(made->files);
    sample_destroy(made->made);
    free(made->saved);
    return 0;
}

static uint8_t *region(const fixture *made, nn_region_kind kind)
{
    return made->bytes + made->regions[kind].offset;
}

/** Seals what was changed, verifies it, and puts the true bytes back. */
static void expect(fixture *made, const char *what)
{
    nn_segment *segment = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    read_seal(made->bytes, made->size);
    assert_int_equal(open_fixture(made, &segment, &error), NUNCIO_OK);
    assert_int_equal(nn_segment_verify(segment, false, &error), NUNCIO_OK);
    assert_int_equal(nn_segment_verify(segment, true, &error), NUNCIO_ERR_CORRUPT);
    if (strstr(error.message, what) == NULL) {
        fail_msg("'%s' is not said of '%s'", what, error.message);
    }
    nn_segment_close(segment);
    memcpy(made->bytes, made->saved, made->size);
}

static void test_lies(void **state)
{
    fixture *made = *state;
    region(made, NN_REGION_META)[8 * 7]++; /* tokens */
    expect(made, "counts are not those of the articles");
    region(made, NN_REGION_META)[8 * 9]--; /* quotes */
    expect(made, "quotes make no sense");
    region(made, NN_REGION_META)[8 * 10]++; /* their tokens */
    expect(made, "counts are not those of the articles");
    region(made, NN_REGION_META)[8 * 11]++; /* mentions */
    expect(made, "counts are not those of the articles");
    region(made, NN_REGION_QUOTES)[0]++;
    expect(made, "");
    region(made, NN_REGION_QUOTE_STARTS)[0]++; /* the base of the first block */
    expect(made, "");
    region(made, NN_REGION_FIRST_QUOTES)[0]++; /* likewise */
    expect(made, "another number of quotes");
    region(made, NN_REGION_META)[8 * 8]++; /* postings */
    expect(made, "do not add up");
    uint8_t *lengths = region(made, NN_REGION_LENGTHS);
    uint8_t first = lengths[1];
    lengths[1] = lengths[2]; /* the sum stays, and no list says so */
    lengths[2] = first;
    assert_true(lengths[1] != lengths[2]);
    nn_segment *segment = NULL;
    read_seal(made->bytes, made->size);
    assert_int_equal(open_fixture(made, &segment, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_verify(segment, true, NULL), NUNCIO_ERR_CORRUPT);
    nn_segment_close(segment);
    memcpy(made->bytes, made->saved, made->size);
}

/* Names, the lists of articles and those of names say the same twice over. */
static void test_lies_about_names(void **state)
{
    fixture *made = *state;
    static const nn_region_kind bases[] = {NN_REGION_NAME_TYPES, NN_REGION_NAME_COUNTS,
                                           NN_REGION_NAME_FIRSTS, NN_REGION_NAME_LIST_STARTS,
                                           NN_REGION_ARTICLE_NAME_STARTS};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        region(made, bases[i])[0]++; /* of the first block */
        expect(made, "");
    }
    uint64_t size = made->regions[NN_REGION_NAME_LISTS].size, found = 0;
    for (uint64_t i = 0; i < size * 8; i++) {
        nn_segment *segment = NULL;
        region(made, NN_REGION_NAME_LISTS)[i / 8] ^= (uint8_t)(1 << i % 8);
        read_seal(made->bytes, made->size);
        assert_int_equal(open_fixture(made, &segment, NULL), NUNCIO_OK);
        found += nn_segment_verify(segment, true, NULL) != NUNCIO_OK;
        nn_segment_close(segment);
        memcpy(made->bytes, made->saved, made->size);
    }
    assert_true(size > 20 && found > size * 8 * 2 / 3); /* the others fill bytes up */
}

/* Which passages are whose is said twice; walks go by both, so they must agree before anything is
 * read. */
static void test_starts_that_disagree(void **state)
{
    fixture *made = *state;
    static const struct {
        nn_region_kind kind;
        size_t at;
        uint8_t flip;
    } lies[] = {
        {NN_REGION_STARTS, NN_STARTS_HEAD, 1},     /* the first passage is no article's first */
        {NN_REGION_STARTS, NN_STARTS_HEAD, 2},     /* the second is, or is not */
        {NN_REGION_STARTS, 0, 1},                  /* the rank of the line */
        {NN_REGION_STARTS, 4 + 2, 1},              /* the count of its second word */
        {NN_REGION_STARTS, NN_STARTS_SIZE - 1, 1}, /* an article behind the last passage */
        {NN_REGION_FIRST_PASSAGES, 0, 1},          /* every article begins one later */
        {NN_REGION_FIRST_PASSAGES, 8, 0x80},       /* the slope */
    };
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        nn_segment *segment = NULL;
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        region(made, lies[i].kind)[lies[i].at] ^= lies[i].flip;
        read_seal(made->bytes, made->size);
        assert_int_equal(open_fixture(made, &segment, &error), NUNCIO_ERR_CORRUPT);
        assert_non_null(strstr(error.message, "first passages of articles"));
        memcpy(made->bytes, made->saved, made->size);
    }
}

/* One quote too many that holds a term. */
static void test_df_among_quotes(void **state)
{
    fixture *made = *state;
    nn_segment *segment = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    char name[64];
    made->made->terms[made->made->term_count / 2].quote_df++;
    assert_int_equal(
        sample_write(made->made, memory_fs_vfs(made->files), &made->memory, "/i", true, name, NULL),
        NUNCIO_OK);
    made->made->terms[made->made->term_count / 2].quote_df--;
    assert_int_equal(
        nn_segment_open(memory_fs_vfs(made->files), &made->memory, "/i", name, &segment, NULL),
        NUNCIO_OK);
    assert_int_equal(nn_segment_verify(segment, true, &error), NUNCIO_ERR_CORRUPT);
    assert_non_null(strstr(error.message, "another number of articles or quotes"));
    nn_segment_close(segment);
}

static void test_terms_out_of_order(void **state)
{
    fixture *made = *state;
    nn_segment *segment = NULL;
    nn_term_cursor cursor;
    assert_int_equal(open_fixture(made, &segment, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_term_at(segment, 0, &cursor, NULL), NUNCIO_OK);
    nn_segment_close(segment);
    uint8_t *second = made->bytes + cursor.next_entry; /* shared, added, bytes … */
    assert_int_equal(second[0], 0);
    second[2] = 0;
    expect(made, "terms are not in order");
}

static void test_a_hash_that_leads_nowhere(void **state)
{
    fixture *made = *state;
    memset(region(made, NN_REGION_TERM_HASH) + 4, 0,
           (size_t)made->regions[NN_REGION_TERM_HASH].size - 4);
    expect(made, "the hash does not lead to a term");
}

static void test_a_text_of_another_size(void **state)
{
    fixture *made = *state;
    uint8_t *starts = region(made, NN_REGION_TEXT_STARTS);
    starts[8] ^= 0xFF; /* the slope of the first block */
    nn_segment *segment = NULL;
    read_seal(made->bytes, made->size);
    assert_int_equal(open_fixture(made, &segment, NULL), NUNCIO_OK);
    uint32_t refused = 0;
    for (uint32_t i = 0; i < made->made->passage_count; i++) {
        nn_buffer text;
        nn_buffer_init(&text, &made->memory);
        nuncio_status status = nn_segment_passage_text(segment, i, &text, NULL);
        assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
        assert_true(status == NUNCIO_OK || text.size == 0);
        refused += status != NUNCIO_OK;
        nn_buffer_deinit(&text);
    }
    assert_true(refused > made->made->passage_count / 2);
    nn_segment_close(segment);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lies, make, release),
        cmocka_unit_test_setup_teardown(test_lies_about_names, make, release),
        cmocka_unit_test_setup_teardown(test_starts_that_disagree, make, release),
        cmocka_unit_test_setup_teardown(test_df_among_quotes, make, release),
        cmocka_unit_test_setup_teardown(test_terms_out_of_order, make, release),
        cmocka_unit_test_setup_teardown(test_a_hash_that_leads_nowhere, make, release),
        cmocka_unit_test_setup_teardown(test_a_text_of_another_size, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

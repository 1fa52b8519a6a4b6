/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what regions are given comes back, pages are verified when they are touched and not before,
 * and every failure names its place. Method: a frame of a few regions in memory; damage to chosen
 * bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/bits.h"
#include "core/hash.h"
#include "segment/files/file_name.h"
#include "segment/files/frame.h"
#include "support/memory_fs.h"

#include <stdio.h>
#include <string.h>

enum { BIG = 3 * NN_PAGE_SIZE + 100 };

typedef struct fixture {
    memory_fs *files;
    nn_memory memory;
    char name[64], path[128];
} fixture;

static int make(void **state)
{
    static fixture made;
    static nn_frame_writer writer;
    uint8_t big[BIG];
    memset(big, 7, sizeof big);
    made.files = memory_fs_create();
    nn_memory_init(&made.memory, NULL, 0);
    const nuncio_vfs *vfs = memory_fs_vfs(made.files);
    assert_int_equal(vfs->make_dir(vfs->context, "/i"), 0);
    assert_int_equal(nn_frame_writer_open(&writer, vfs, &made.memory, "/i", NULL), NUNCIO_OK);
    nn_frame_writer_region(&writer, NN_REGION_META, "meta", 4);
    nn_frame_writer_begin(&writer, NN_REGION_STORE);
    nn_frame_writer_append(&writer, big, sizeof big);
    nn_frame_writer_end(&writer, NN_REGION_STORE);
    for (uint32_t kind = NN_REGION_LISTS; kind < NN_REGION_COUNT; kind++) {
        nn_frame_writer_region(&writer, (nn_region_kind)kind, "x", kind % 2);
    }
    assert_int_equal(nn_frame_writer_finish(&writer, true, made.name, NULL), NUNCIO_OK);
    nn_frame_writer_abort(&writer); /* allowed, and does nothing now */
    (void)snprintf(made.path, sizeof made.path, "/i/%s", made.name);
    *state = &made;
    return 0;
}

static int release(void **state)
{
    fixture *made = *state;
    assert_int_equal(memory_fs_open_count(made->files), 0);
    memory_fs_destroy(made->files);
    assert_int_equal(made->memory.used, 0);
    return 0;
}

static nuncio_status open_frame(fixture *made, nn_frame *frame, nuncio_error *error)
{
    return nn_frame_open(frame, memory_fs_vfs(made->files), &made->memory, "/i", made->name, error);
}

static void test_regions_come_back(void **state)
{
    fixture *made = *state;
    nn_frame frame;
    assert_int_equal(open_frame(made, &frame, NULL), NUNCIO_OK);
    assert_true(nn_file_name_valid(made->name, NN_SUFFIX_SEGMENT));
    assert_memory_equal(nn_frame_region(&frame, NN_REGION_META), "meta", 4);
    assert_int_equal(frame.regions[NN_REGION_STORE].size, BIG);
    for (uint32_t kind = 0; kind < NN_REGION_COUNT; kind++) {
        assert_int_equal(frame.regions[kind].offset % NN_REGION_ALIGN, 0);
    }
    assert_int_equal(frame.regions[NN_REGION_TERMS].size, NN_REGION_TERMS % 2);
    nn_frame_close(&frame);
}

static void test_pages_are_verified_at_first_touch(void **state)
{
    fixture *made = *state;
    nn_frame frame;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    size_t size = 0;
    uint8_t *bytes = memory_fs_contents(made->files, made->path, &size);
    bytes[2 * NN_PAGE_SIZE + 5] ^= 1; /* the third page, before anything is opened */
    assert_int_equal(open_frame(made, &frame, NULL), NUNCIO_OK);
    assert_int_equal(nn_frame_touch(&frame, 100, 4, NULL), NUNCIO_OK);
    assert_int_equal(nn_frame_touch(&frame, NN_PAGE_SIZE, NN_PAGE_SIZE, NULL), NUNCIO_OK);
    assert_int_equal(nn_frame_touch(&frame, 2 * NN_PAGE_SIZE - 1, 2, &error), NUNCIO_ERR_CORRUPT);
    assert_int_equal(error.offset, 2 * NN_PAGE_SIZE);
    assert_string_equal(error.file, made->path);
    assert_int_equal(nn_frame_verify_pages(&frame, 0, BIG, NULL), NUNCIO_ERR_CORRUPT);
    assert_true(nn_frame_page_verified(&frame, 1));
    assert_false(nn_frame_page_verified(&frame, 2));
    nn_frame_close(&frame);
}

static void test_places_of_damage(void **state)
{
    fixture *made = *state;
    size_t size = 0;
    uint8_t *bytes = memory_fs_contents(made->files, made->path, &size);
    const struct {
        size_t at;
        nuncio_status status;
    } cases[] = {
        {0, NUNCIO_ERR_CORRUPT},                                /* magic */
        {NN_MAGIC_SIZE, NUNCIO_ERR_VERSION},                    /* version */
        {NN_MAGIC_SIZE + 4, NUNCIO_ERR_CORRUPT},                /* zeros of the header */
        {size - 1, NUNCIO_ERR_CORRUPT},                         /* magic at the end */
        {size - NN_FOOTER_SIZE, NUNCIO_ERR_CORRUPT},            /* region table */
        {size - NN_FOOTER_FIXED_SIZE, NUNCIO_ERR_CORRUPT},      /* where checksums are */
        {size - NN_FOOTER_SIZE - 1, NUNCIO_ERR_CORRUPT},        /* a checksum */
        {size - NN_FOOTER_FIXED_SIZE + 24, NUNCIO_ERR_CORRUPT}, /* zeros of the footer */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nn_frame frame;
        bytes[cases[i].at] ^= 0x40;
        assert_int_equal(open_frame(made, &frame, NULL), cases[i].status);
        bytes[cases[i].at] ^= 0x40;
    }
    nn_frame frame;
    assert_int_equal(open_frame(made, &frame, NULL), NUNCIO_OK);
    nn_frame_close(&frame);
}

/* A footer whose hash matches, made by someone who can compute it. */
static void test_footers_that_lie(void **state)
{
    fixture *made = *state;
    size_t size = 0;
    uint8_t *bytes = memory_fs_contents(made->files, made->path, &size), saved[NN_FOOTER_SIZE];
    uint8_t *footer = bytes + size - NN_FOOTER_SIZE;
    uint8_t *fixed = footer + NN_REGION_COUNT * NN_REGION_ENTRY_SIZE;
    uint64_t checksums = nn_load_u64(fixed);
    const struct {
        size_t at;
        uint64_t value;
        const char *what;
    } lies[] = {
        {(size_t)(fixed - footer), 8, "its footer makes no sense"}, /* checksums in the header */
        {(size_t)(fixed - footer), size - NN_FOOTER_SIZE + 1, "its footer makes no sense"},
        {(size_t)(fixed - footer), UINT64_MAX, "its footer makes no sense"},
        {(size_t)(fixed - footer), checksums - 4, "its checksums do not match"},
        {(size_t)(fixed - footer), checksums - NN_PAGE_SIZE, "its checksums do not match"},
        {(size_t)(fixed - footer) + 8, 1, "its checksums do not match"},
        {(size_t)(fixed - footer) + 16, 1, "its footer makes no sense"}, /* regions, version */
        {(size_t)(fixed - footer) + 16, NN_REGION_COUNT, "its footer makes no sense"},
        {(size_t)(fixed - footer) + 24, 1, "its footer makes no sense"}, /* zeros */
        {0, 0, "a region lies outside the file"},                        /* in the header */
        {0, checksums + 1, "a region lies outside the file"},
        {8, checksums, "a region lies outside the file"}, /* its size */
        {8, UINT64_MAX - 8, "a region lies outside the file"},
    };
    memcpy(saved, footer, sizeof saved);
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        nn_frame frame;
        nuncio_error error = {NUNCIO_OK, 0, "", ""};
        nn_store_u64(footer + lies[i].at, lies[i].value);
        nn_store_u64(fixed + 32, nn_hash64(footer, (size_t)(fixed + 32 - footer), 0));
        assert_int_equal(open_frame(made, &frame, &error), NUNCIO_ERR_CORRUPT);
        if (strstr(error.message, lies[i].what) == NULL) {
            fail_msg("lie %zu: '%s'", i, error.message);
        }
        memcpy(footer, saved, sizeof saved);
    }
}

/* Of a range that reaches behind the pages only these are verified. */
static void test_ranges_end_with_the_pages(void **state)
{
    fixture *made = *state;
    nn_frame frame;
    assert_int_equal(open_frame(made, &frame, NULL), NUNCIO_OK);
    assert_int_equal(nn_frame_verify_pages(&frame, 0, frame.map.size, NULL), NUNCIO_OK);
    assert_int_equal(nn_frame_verify_pages(&frame, frame.map.size + NN_PAGE_SIZE, 0, NULL),
                     NUNCIO_OK);
    nn_frame_close(&frame);
}

static void test_abort_leaves_nothing(void **state)
{
    fixture *made = *state;
    static nn_frame_writer writer;
    const nuncio_vfs *vfs = memory_fs_vfs(made->files);
    assert_int_equal(nn_frame_writer_open(&writer, vfs, &made->memory, "/i", NULL), NUNCIO_OK);
    nn_frame_writer_region(&writer, NN_REGION_META, "meta", 4);
    assert_non_null(memory_fs_path(made->files, 1));
    nn_frame_writer_abort(&writer);
    assert_null(memory_fs_path(made->files, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_regions_come_back, make, release),
        cmocka_unit_test_setup_teardown(test_pages_are_verified_at_first_touch, make, release),
        cmocka_unit_test_setup_teardown(test_places_of_damage, make, release),
        cmocka_unit_test_setup_teardown(test_footers_that_lie, make, release),
        cmocka_unit_test_setup_teardown(test_ranges_end_with_the_pages, make, release),
        cmocka_unit_test_setup_teardown(test_abort_leaves_nothing, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

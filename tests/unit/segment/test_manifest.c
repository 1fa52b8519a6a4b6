/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: a manifest survives, is replaced at once or not at all with every sync in its place, and no
 * other file passes for one. Method: round trips in memory; the order of operations; every byte
 * changed, every length; names that are paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/files/format.h"
#include "segment/files/manifest.h"
#include "segment/files/sealed.h"
#include "support/disk.h"
#include "support/failing_allocator.h"

#include <string.h>

#define HEX "0123456789abcdef0123456789abcdef"
#define OTHER "ffeeddccbbaa99887766554433221100"

static nuncio_status commit(uint64_t generation)
{
    nn_manifest_entry entries[] = {{HEX ".seg", ""}, {OTHER ".seg", HEX ".del"}};
    nn_manifest manifest = {generation, 77, entries, 2, 2};
    return nn_manifest_commit(vfs, &memory, "/i", &manifest, NULL);
}

static void test_round_trip(void **state)
{
    (void)state;
    nn_manifest got;
    assert_int_equal(commit(5), NUNCIO_OK);
    assert_int_equal(commit(6), NUNCIO_OK);
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, NULL), NUNCIO_OK);
    assert_int_equal(got.generation, 6);
    assert_int_equal(got.fingerprint, 77);
    assert_int_equal(got.count, 2);
    assert_string_equal(got.entries[0].segment, HEX ".seg");
    assert_string_equal(got.entries[0].deletes, "");
    assert_string_equal(got.entries[1].deletes, HEX ".del");
    nn_manifest_deinit(&got, &memory);
    assert_null(memory_fs_path(files, 1)); /* no temporary file is left */
}

static void test_order_of_syncs(void **state)
{
    (void)state;
    static const char *const expected[] = {"sync_dir", "create", "write",
                                           "sync",     "rename", "sync_dir"};
    assert_int_equal(commit(1), NUNCIO_OK);
    uint64_t before = memory_fs_operations(files);
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        /* Each operation is made to be the last: what was reached is what stands here. */
        memory_fs *copy = memory_fs_clone(files);
        const nuncio_vfs *of_copy = memory_fs_vfs(copy);
        nn_manifest manifest = {2, 77, NULL, 0, 0};
        memory_fs_crash_at(copy, memory_fs_operations(copy) + i + 1);
        assert_int_equal(nn_manifest_commit(of_copy, &memory, "/i", &manifest, NULL),
                         NUNCIO_ERR_IO);
        assert_true(memory_fs_crashed(copy));
        if (strstr(memory_fs_last_operation(copy), expected[i]) == NULL) {
            fail_msg("operation %zu is %s", i, memory_fs_last_operation(copy));
        }
        memory_fs_destroy(copy);
    }
    assert_int_equal(commit(2), NUNCIO_OK);
    assert_int_equal(memory_fs_operations(files) - before, 6);
}

static void test_other_files(void **state)
{
    (void)state;
    nn_manifest got;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, &error), NUNCIO_ERR_NOT_INDEX);
    assert_string_equal(error.file, "/i");
    assert_int_equal(commit(5), NUNCIO_OK);
    size_t size = 0;
    uint8_t *bytes = memory_fs_contents(files, "/i/manifest", &size);
    for (size_t i = 0; i < size; i++) {
        nuncio_status expected = i < NN_MAGIC_SIZE       ? NUNCIO_ERR_NOT_INDEX
                                 : i < NN_MAGIC_SIZE + 4 ? NUNCIO_ERR_VERSION
                                                         : NUNCIO_ERR_CORRUPT;
        bytes[i] ^= 0x10;
        assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, &error), expected);
        bytes[i] ^= 0x10;
        assert_null(got.entries);
    }
    assert_non_null(strstr(error.message, "damaged"));
    for (size_t cut = size; cut-- > 0;) {
        memory_fs_resize(files, "/i/manifest", cut);
        nuncio_status status = nn_manifest_read(vfs, &memory, "/i", &got, NULL);
        assert_true(status == NUNCIO_ERR_CORRUPT || status == NUNCIO_ERR_NOT_INDEX);
    }
}

/** Puts a sealed manifest with this payload in place and reads it. */
static nuncio_status read_payload(const void *payload, size_t size)
{
    nn_buffer buffer;
    nn_manifest got;
    nn_buffer_init(&buffer, &memory);
    nn_sealed_begin(&buffer, NN_MAGIC_MANIFEST);
    nn_buffer_append(&buffer, payload, size);
    nn_sealed_end(&buffer);
    assert_int_equal(nn_sealed_write(vfs, &memory, "/i/manifest", &buffer, NULL), NUNCIO_OK);
    nn_buffer_deinit(&buffer);
    nuncio_status status = nn_manifest_read(vfs, &memory, "/i", &got, NULL);
    nn_manifest_deinit(&got, &memory);
    return status;
}

/* A segment named twice would be opened twice, and a thousand times a thousand times. */
static void test_named_twice(void **state)
{
    (void)state;
    nn_manifest_entry entries[] = {{OTHER ".seg", ""}, {HEX ".seg", ""}, {OTHER ".seg", ""}};
    nn_manifest manifest = {3, 77, entries, 3, 3}, got;
    nuncio_error error = {0};
    assert_int_equal(nn_manifest_commit(vfs, &memory, "/i", &manifest, NULL), NUNCIO_OK);
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, &error), NUNCIO_ERR_CORRUPT);
    assert_non_null(strstr(error.message, "twice"));
    assert_int_equal(got.count, 0);
}

static void test_hostile_payloads(void **state)
{
    (void)state;
    uint8_t payload[20 + 1 + 36 + 1] = {9}; /* generation 9, fingerprint 0, one segment */
    payload[16] = 1;
    payload[20] = 36;
    memcpy(payload + 21, HEX ".seg", 36);
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_OK);
    assert_int_equal(read_payload(payload, sizeof payload - 1), NUNCIO_ERR_CORRUPT);
    payload[16] = 2; /* one more than there are */
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
    payload[16] = 0;
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
    payload[19] = 0xFF; /* 4 billion */
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
    payload[19] = 0;
    payload[16] = 1;
    memcpy(payload + 21, "../../../../../../etc/passwd0000.seg", 36);
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
    memcpy(payload + 21, HEX ".seg", 36);
    payload[30] = 0; /* a NUL in the name */
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
    memcpy(payload + 21, HEX ".seg", 36);
    payload[0] = 0; /* generation 0 */
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
}

static void test_names_that_are_none(void **state)
{
    (void)state;
    uint8_t payload[128] = {9};
    payload[16] = 1;
    payload[20] = 36;
    memcpy(payload + 21, HEX ".seg", 36);
    payload[57] = 35; /* deletes: a byte too few */
    memcpy(payload + 58, HEX ".de", 35);
    assert_int_equal(read_payload(payload, 58 + 35), NUNCIO_ERR_CORRUPT);
    assert_int_equal(read_payload(payload, 57), NUNCIO_ERR_CORRUPT); /* nothing about deletes */
    payload[20] = 37; /* a NUL at the end of the name, as size and place have it */
    payload[57] = 0;
    payload[58] = 0;
    assert_int_equal(read_payload(payload, 59), NUNCIO_ERR_CORRUPT);
    payload[20] = 64; /* longer than any name */
    assert_int_equal(read_payload(payload, sizeof payload), NUNCIO_ERR_CORRUPT);
}

static void test_a_manifest_has_a_largest_size(void **state)
{
    (void)state;
    nn_manifest got;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    assert_int_equal(commit(5), NUNCIO_OK);
    memory_fs_resize(files, "/i/manifest", (size_t)64 << 20); /* may be read, and is damaged */
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, NULL), NUNCIO_ERR_CORRUPT);
    memory_fs_resize(files, "/i/manifest", ((size_t)64 << 20) + 1);
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, &error), NUNCIO_ERR_NOT_INDEX);
    assert_non_null(strstr(error.message, "too large to be a manifest"));
}

static nuncio_status read_body(void *context, const nuncio_allocator *allocator,
                               nuncio_error *error)
{
    (void)context;
    nn_memory refusing;
    nn_manifest got;
    nn_memory_init(&refusing, allocator, 0);
    nuncio_status status = nn_manifest_read(vfs, &refusing, "/i", &got, error);
    nn_manifest_deinit(&got, &refusing);
    return status;
}

static void test_each_allocation_of_reading(void **state)
{
    (void)state;
    assert_int_equal(commit(5), NUNCIO_OK);
    assert_true(test_allocator_sweep(read_body, NULL, false) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_order_of_syncs, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_other_files, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_named_twice, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_hostile_payloads, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_names_that_are_none, test_disk_make,
                                        test_disk_release),
        cmocka_unit_test_setup_teardown(test_a_manifest_has_a_largest_size, test_disk_make,
                                        test_disk_release),
        cmocka_unit_test_setup_teardown(test_each_allocation_of_reading, test_disk_make,
                                        test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

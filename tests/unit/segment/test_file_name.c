/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: only names that nuncio makes pass for its files.
 * Method: names that are nearly right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "segment/files/file_name.h"
#include "support/memory_fs.h"

#include <string.h>

#define HEX "0123456789abcdef0123456789abcdef"

static void test_names(void **state)
{
    (void)state;
    assert_true(nn_file_name_valid(HEX ".seg", NN_SUFFIX_SEGMENT));
    assert_true(nn_file_name_valid(HEX ".del", NN_SUFFIX_DELETES));
    static const char *const wrong[] = {"",
                                        HEX,
                                        HEX ".del",
                                        HEX ".seg2",
                                        "0" HEX ".seg",
                                        "0123456789ABCDEF0123456789abcdef.seg",
                                        "../3456789abcdef0123456789abcdef.seg",
                                        "manifest"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(nn_file_name_valid(wrong[i], NN_SUFFIX_SEGMENT));
    }
}

static void test_rename(void **state)
{
    (void)state;
    memory_fs *files = memory_fs_create();
    const nuncio_vfs *vfs = memory_fs_vfs(files);
    nuncio_vfs_file *file = NULL;
    char name[64];
    nn_hash128 hash = {0x0123456789ABCDEF, 0xFEDCBA9876543210};
    assert_int_equal(vfs->make_dir(vfs->context, "/i"), 0);
    assert_int_equal(vfs->open(vfs->context, "/i/a.tmp", NUNCIO_VFS_CREATE, &file), 0);
    assert_int_equal(vfs->close(vfs->context, file), 0);
    assert_int_equal(nn_rename_to_hash(vfs, "/i", "/i/a.tmp", hash, NN_SUFFIX_SEGMENT, name, NULL),
                     NUNCIO_OK);
    assert_string_equal(name, "fedcba98765432100123456789abcdef.seg");
    assert_true(nn_file_name_valid(name, NN_SUFFIX_SEGMENT));
    assert_string_equal(memory_fs_path(files, 0), "/i/fedcba98765432100123456789abcdef.seg");
    assert_int_equal(nn_rename_to_hash(vfs, "/i", "/i/a.tmp", hash, NN_SUFFIX_SEGMENT, name, NULL),
                     NUNCIO_ERR_IO);
    assert_string_equal(name, "");
    memory_fs_destroy(files);
}

static void test_name_of_a_content(void **state)
{
    (void)state;
    const nn_hash128 hash = {UINT64_C(0xfedcba9876543210), UINT64_C(0x0000456789abcdef)};
    assert_true(nn_file_name_is("0000456789abcdeffedcba9876543210.seg", hash, NN_SUFFIX_SEGMENT));
    assert_false(nn_file_name_is("0000456789abcdeffedcba9876543211.seg", hash, NN_SUFFIX_SEGMENT));
    assert_false(nn_file_name_is("0000456789abcdeffedcba9876543210.seg", hash, NN_SUFFIX_DELETES));
    assert_false(nn_file_name_is("0000456789abcdeffedcba9876543210.se", hash, NN_SUFFIX_SEGMENT));
    assert_false(nn_file_name_is("", hash, NN_SUFFIX_SEGMENT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name_of_a_content),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_rename),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

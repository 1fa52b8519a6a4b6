/* SPDX-License-Identifier: Apache-2.0 */
/* The operating system's files, which fail on demand. One thread at a time. */
#ifndef SUPPORT_FAILING_VFS_H
#define SUPPORT_FAILING_VFS_H

#include <nuncio/vfs.h>

typedef enum test_vfs_operation {
    TEST_VFS_OPEN,
    TEST_VFS_CLOSE,
    TEST_VFS_SIZE,
    TEST_VFS_READ,
    TEST_VFS_WRITE,
    TEST_VFS_SYNC,
    TEST_VFS_MAP,
    TEST_VFS_UNMAP,
    TEST_VFS_LOCK,
    TEST_VFS_RENAME,
    TEST_VFS_UNLINK,
    TEST_VFS_MAKE_DIR,
    TEST_VFS_SYNC_DIR,
    TEST_VFS_LIST,
    TEST_VFS_OPERATIONS /* how many there are */
} test_vfs_operation;

#define TEST_VFS_ALL UINT32_MAX
/** In the place of an errno value: nothing fails, but a read or write takes half of what it could,
 * and at least a byte. */
#define TEST_VFS_SHORT (-1)

typedef struct test_vfs {
    nuncio_vfs vfs;         /* hand &vfs to what is tested; the struct must not move */
    const nuncio_vfs *base; /* what does the work; the operating system's */
    uint64_t calls;         /* operations counted so far: those in `counted` */
    uint64_t calls_of[TEST_VFS_OPERATIONS]; /* all of them, by kind */
    uint32_t counted;    /* bits of the operations that count and may fail; all at first */
    uint64_t fail_at;    /* number of the counted call that fails, from 1; 0: none */
    int fail_code;       /* with this errno value, or TEST_VFS_SHORT */
    bool fail_for_good;  /* and all counted calls after it */
    bool failed;         /* a call was made to fail */
    size_t transfer_max; /* bytes that one read or write takes at most; 0: as many as given */
} test_vfs;

/** Call number `fail_at` will fail with errno value `fail_code`. A close or unmap that fails still
 * does its work, as it does in Linux; a write that fails has written half, but for EINTR nothing.
 */
void test_vfs_init(test_vfs *files, uint64_t fail_at, int fail_code);

#endif

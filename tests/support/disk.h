/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of a program that reads and writes segments share: files in memory, among them the
 * empty folder "/i". */
#ifndef SUPPORT_DISK_H
#define SUPPORT_DISK_H

#include "core/memory.h"
#include "support/memory_fs.h"

extern memory_fs *files;
extern const nuncio_vfs *vfs; /* of them */
extern nn_memory memory;      /* of the C library */

/** A setup: makes them. */
int test_disk_make(void **state);
/** A teardown: destroys them, and fails when a file was left open or memory is held. */
int test_disk_release(void **state);
/** The bytes of a file in "/i", to be damaged in place. @return a copy to mend them from, to be
 * released with free() */
uint8_t *test_disk_file(const char *name, uint8_t **bytes, size_t *size);

#endif

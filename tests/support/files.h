/* SPDX-License-Identifier: Apache-2.0 */
/* Folders for tests, and whole files. A failure stops the program with a message. */
#ifndef SUPPORT_FILES_H
#define SUPPORT_FILES_H

#include <stdbool.h>
#include <stddef.h>

enum { TEST_PATH_MAX = 4096 };

/** Makes an empty folder below $TMPDIR, else /tmp; `path` gets its name. */
void test_dir_make(char path[TEST_PATH_MAX]);
/** Removes a folder and everything in it. */
void test_dir_remove(const char *path);
/** "folder/name" into `to`. */
void test_path(char to[TEST_PATH_MAX], const char *folder, const char *name);
bool test_file_exists(const char *path);
/** How many entries a folder has. */
size_t test_dir_count(const char *path);
/** A file's bytes with a NUL behind them, to be released with free(). `size` may be NULL. */
char *test_file_read(const char *path, size_t *size);
/** Whether a file has the same bytes in two folders. */
bool test_file_is_same(const char *folder, const char *other, const char *name);
void test_file_write(const char *path, const void *bytes, size_t size);

#endif

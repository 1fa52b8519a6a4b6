/* SPDX-License-Identifier: Apache-2.0 */
#include "support/files.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void stop(const char *action, const char *path)
{
    fprintf(stderr, "cannot %s %s: %s\n", action, path, strerror(errno));
    abort();
}

void test_path(char to[TEST_PATH_MAX], const char *folder, const char *name)
{
    int length = snprintf(to, TEST_PATH_MAX, "%s/%s", folder, name);
    if (length < 0 || length >= TEST_PATH_MAX) {
        errno = ENAMETOOLONG;
        stop("name", folder);
    }
}

void test_dir_make(char path[TEST_PATH_MAX])
{
    const char *root = getenv("TMPDIR");
    test_path(path, root == NULL || root[0] == '\0' ? "/tmp" : root, "nuncio-test-XXXXXX");
    if (mkdtemp(path) == NULL) {
        stop("make", path);
    }
}

static int remove_entry(const char *path, const struct stat *facts, int kind, struct FTW *place)
{
    (void)facts;
    (void)kind;
    (void)place;
    if (remove(path) != 0) {
        stop("remove", path);
    }
    return 0;
}

void test_dir_remove(const char *path)
{
    if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0) {
        stop("walk", path);
    }
}

bool test_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

size_t test_dir_count(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL) {
        stop("list", path);
    }
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(folder);
    return count;
}

char *test_file_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        stop("open", path);
    }
    size_t room = 4096, count = 0;
    char *bytes = malloc(room + 1);
    for (size_t got; bytes != NULL && (got = fread(bytes + count, 1, room - count, file)) > 0;) {
        count += got;
        if (count == room) {
            room *= 2;
            bytes = realloc(bytes, room + 1);
        }
    }
    if (bytes == NULL || ferror(file)) {
        stop("read", path);
    }
    fclose(file);
    bytes[count] = '\0';
    if (size != NULL) {
        *size = count;
    }
    return bytes;
}

void test_file_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        stop("create", path);
    }
    if ((size > 0 && fwrite(bytes, 1, size, file) != size) || fclose(file) != 0) {
        stop("write", path);
    }
}

bool test_file_is_same(const char *folder, const char *other, const char *name)
{
    char path[TEST_PATH_MAX];
    size_t size, other_size;
    test_path(path, folder, name);
    char *bytes = test_file_read(path, &size);
    test_path(path, other, name);
    char *other_bytes = test_file_read(path, &other_size);
    bool same = size == other_size && memcmp(bytes, other_bytes, size) == 0;
    free(bytes);
    free(other_bytes);
    return same;
}

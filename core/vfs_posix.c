/* SPDX-License-Identifier: Apache-2.0 */
/* The operating system behind a nuncio_vfs: POSIX calls, one a function, errno as the answer. */
#include <nuncio/vfs.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct nuncio_vfs_file {
    int descriptor;
};

static int answer(int result)
{
    return result < 0 ? errno : 0;
}

static int posix_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    (void)context;
    *out = NULL;
    int mode = O_RDONLY;
    if ((flags & NUNCIO_VFS_CREATE) != 0) {
        mode = O_WRONLY | O_CREAT | O_TRUNC;
    } else if ((flags & NUNCIO_VFS_LOCK_FILE) != 0) {
        mode = O_RDWR | O_CREAT;
    }
    nuncio_vfs_file *file = (nuncio_vfs_file *)malloc(sizeof *file);
    if (file == NULL) {
        return ENOMEM;
    }
    do {
        file->descriptor = open(path, mode | O_CLOEXEC, 0666);
    } while (file->descriptor < 0 && errno == EINTR);
    if (file->descriptor < 0) {
        int code = errno;
        free(file);
        return code;
    }
    *out = file;
    return 0;
}

static int posix_close(void *context, nuncio_vfs_file *file)
{
    (void)context;
    /* After EINTR the descriptor is gone on Linux: to try again could close another's. */
    int code = answer(close(file->descriptor));
    free(file);
    return code == EINTR ? 0 : code;
}

static int posix_size(void *context, nuncio_vfs_file *file, uint64_t *out)
{
    (void)context;
    struct stat status;
    int code = answer(fstat(file->descriptor, &status));
    if (code == 0 && !S_ISREG(status.st_mode)) {
        code = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
    }
    *out = code == 0 ? (uint64_t)status.st_size : 0;
    return code;
}

static int posix_read(void *context, nuncio_vfs_file *file, uint64_t offset, void *to, size_t size,
                      size_t *done)
{
    (void)context;
    ssize_t count = pread(file->descriptor, to, size, (off_t)offset);
    *done = count < 0 ? 0 : (size_t)count;
    return count < 0 ? errno : 0;
}

static int posix_write(void *context, nuncio_vfs_file *file, const void *from, size_t size,
                       size_t *done)
{
    (void)context;
    ssize_t count = write(file->descriptor, from, size);
    *done = count < 0 ? 0 : (size_t)count;
    return count < 0 ? errno : 0;
}

static int posix_sync(void *context, nuncio_vfs_file *file)
{
    (void)context;
    return answer(fsync(file->descriptor));
}

static int posix_map(void *context, nuncio_vfs_file *file, uint64_t size, const void **out)
{
    (void)context;
    *out = NULL;
    if (size == 0 || size > SIZE_MAX / 2) {
        return EINVAL;
    }
    void *memory = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, file->descriptor, 0);
    if (memory == MAP_FAILED) {
        return errno;
    }
    *out = memory;
    return 0;
}

static int posix_unmap(void *context, const void *memory, uint64_t size)
{
    (void)context;
    void *address;
    memcpy(&address, &memory, sizeof address);
    return answer(munmap(address, (size_t)size));
}

/* Locks of the open file description, not of the process: two writers in one process exclude each
 * other too, and closing an unrelated descriptor of the file frees nothing. */
static int posix_lock(void *context, nuncio_vfs_file *file)
{
    (void)context;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int code = answer(fcntl(file->descriptor, F_OFD_SETLK, &lock));
    return code == EAGAIN || code == EACCES ? EWOULDBLOCK : code;
}

static int posix_rename(void *context, const char *from, const char *to)
{
    (void)context;
    return answer(rename(from, to));
}

static int posix_unlink(void *context, const char *path)
{
    (void)context;
    return answer(unlink(path));
}

static int posix_make_dir(void *context, const char *path)
{
    (void)context;
    return answer(mkdir(path, 0777));
}

static int posix_sync_dir(void *context, const char *path)
{
    (void)context;
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return errno;
    }
    int code = answer(fsync(descriptor));
    (void)close(descriptor);
    return code;
}

static int posix_list(void *context, const char *path,
                      int (*each)(void *argument, const char *name), void *argument)
{
    (void)context;
    DIR *directory = opendir(path);
    if (directory == NULL) {
        return errno;
    }
    int code = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(directory);
        if (entry == NULL) {
            code = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        code = each(argument, entry->d_name);
        if (code != 0) {
            break;
        }
    }
    (void)closedir(directory);
    return code;
}

const nuncio_vfs *nuncio_vfs_default(void)
{
    static const nuncio_vfs posix = {
        .open = posix_open,
        .close = posix_close,
        .size = posix_size,
        .read = posix_read,
        .write = posix_write,
        .sync = posix_sync,
        .map = posix_map,
        .unmap = posix_unmap,
        .lock = posix_lock,
        .rename = posix_rename,
        .unlink = posix_unlink,
        .make_dir = posix_make_dir,
        .sync_dir = posix_sync_dir,
        .list = posix_list,
    };
    return &posix;
}

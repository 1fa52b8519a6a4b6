/* SPDX-License-Identifier: Apache-2.0 */
/* The operating system's file functions behind nuncio_vfs. An interrupted call is EINTR or a short
 * count; the callers in core/file.c and core/file_writer.c go on. */
#include <nuncio/vfs.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file is its descriptor plus one, as a pointer: opening needs no memory. */
static int descriptor(nuncio_vfs_file *file)
{
    return (int)((intptr_t)file - 1);
}

static int result_of(int answer)
{
    return answer == 0 ? 0 : errno;
}

/** Refuses what is not a regular file: a pipe would block, a device never ends. */
static int check_regular(int fd)
{
    struct stat facts;
    if (fstat(fd, &facts) != 0) {
        return errno;
    }
    if (S_ISDIR(facts.st_mode)) {
        return EISDIR;
    }
    return S_ISREG(facts.st_mode) ? 0 : EINVAL;
}

static int posix_open(void *context, const char *path, uint32_t flags, nuncio_vfs_file **out)
{
    (void)context;
    *out = NULL;
    int how = O_CLOEXEC | O_NONBLOCK; /* without O_NONBLOCK, opening a pipe would wait */
    if (flags == NUNCIO_VFS_READ) {
        how |= O_RDONLY;
    } else if (flags == NUNCIO_VFS_CREATE) {
        how |= O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW; /* never truncate what a link points to */
    } else if (flags == NUNCIO_VFS_LOCK_FILE) {
        how |= O_RDWR | O_CREAT | O_NOFOLLOW;
    } else {
        return EINVAL;
    }
    int fd = open(path, how, 0666);
    if (fd < 0) {
        return errno;
    }
    int code = check_regular(fd);
    if (code != 0) {
        (void)close(fd);
        return code;
    }
    *out = (nuncio_vfs_file *)((intptr_t)fd + 1);
    return 0;
}

static int posix_close(void *context, nuncio_vfs_file *file)
{
    (void)context;
    /* Linux frees the descriptor even when close() is interrupted; closing again could hit
     * another's. */
    int code = result_of(close(descriptor(file)));
    return code == EINTR ? 0 : code;
}

static int posix_size(void *context, nuncio_vfs_file *file, uint64_t *out)
{
    (void)context;
    struct stat facts;
    *out = 0;
    if (fstat(descriptor(file), &facts) != 0) {
        return errno;
    }
    *out = (uint64_t)facts.st_size;
    return 0;
}

static int posix_read(void *context, nuncio_vfs_file *file, uint64_t offset, void *to, size_t size,
                      size_t *done)
{
    (void)context;
    *done = 0;
    if (offset > INT64_MAX) {
        return EINVAL;
    }
    ssize_t count = pread(descriptor(file), to, size, (off_t)offset);
    if (count < 0) {
        return errno;
    }
    *done = (size_t)count;
    return 0;
}

static int posix_write(void *context, nuncio_vfs_file *file, const void *from, size_t size,
                       size_t *done)
{
    (void)context;
    *done = 0;
    ssize_t count = write(descriptor(file), from, size);
    if (count < 0) {
        return errno;
    }
    *done = (size_t)count;
    return 0;
}

static int posix_sync(void *context, nuncio_vfs_file *file)
{
    (void)context;
    return result_of(fsync(descriptor(file)));
}

static int posix_map(void *context, nuncio_vfs_file *file, uint64_t size, const void **out)
{
    (void)context;
    *out = NULL;
    if (size == 0) {
        return 0;
    }
    if (size > SIZE_MAX) {
        return EOVERFLOW;
    }
    void *memory = mmap(NULL, (size_t)size, PROT_READ, MAP_SHARED, descriptor(file), 0);
    if (memory == MAP_FAILED) {
        return errno;
    }
    *out = memory;
    return 0;
}

static int posix_unmap(void *context, const void *memory, uint64_t size)
{
    (void)context;
    return memory == NULL ? 0 : result_of(munmap((void *)(uintptr_t)memory, (size_t)size));
}

static int posix_lock(void *context, nuncio_vfs_file *file)
{
    (void)context;
    /* Belongs to the open file, not to the process: a second writer in one process is refused too,
     * and closing another descriptor of the file does not free it. */
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int code = result_of(fcntl(descriptor(file), F_OFD_SETLK, &whole));
    return code == EACCES || code == EAGAIN ? EWOULDBLOCK : code;
}

static int posix_rename(void *context, const char *from, const char *to)
{
    (void)context;
    return result_of(rename(from, to));
}

static int posix_unlink(void *context, const char *path)
{
    (void)context;
    return result_of(unlink(path));
}

static int posix_make_dir(void *context, const char *path)
{
    (void)context;
    return result_of(mkdir(path, 0777));
}

static int posix_sync_dir(void *context, const char *path)
{
    (void)context;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    int code = result_of(fsync(fd));
    (void)close(fd);
    return code == EINVAL ? 0
                          : code; /* a file system without directory sync: nothing to wait for */
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
        if (each(argument, entry->d_name) != 0) {
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

/* SPDX-License-Identifier: Apache-2.0 */
/* The directory of an index: whose it is, who writes in it, what is left over in it. */
#include "core/error.h"
#include "core/str.h"
#include "indexer/writer_impl.h"
#include "segment/files/file_name.h"

#include <errno.h>
#include <string.h>

static bool is_ours(const char *name)
{
    nuncio_str text = nn_str_of(name);
    return strcmp(name, "lock") == 0 || nn_file_name_valid(name, NN_SUFFIX_SEGMENT) ||
           nn_file_name_valid(name, NN_SUFFIX_DELETES) ||
           (text.size > 4 && strcmp(name + text.size - 4, ".tmp") == 0);
}

typedef struct inventory {
    bool manifest;
    char foreign[64]; /* a file that no index has, or "" */
} inventory;

static int take_inventory(void *argument, const char *name)
{
    inventory *found = (inventory *)argument;
    if (strcmp(name, "manifest") == 0) {
        found->manifest = true;
    } else if (!is_ours(name) && strcmp(name, "overrides.txt") != 0) { /* a reporter's own file */
        size_t size =
            strlen(name) < sizeof found->foreign ? strlen(name) : sizeof found->foreign - 1;
        memcpy(found->foreign, name, size);
        found->foreign[size] = '\0';
    }
    return 0;
}

/* Makes the directory's own entry durable; it would otherwise take the whole index with it. */
static nuncio_status sync_parent(nuncio_writer *writer, nuncio_error *error)
{
    char parent[NN_PATH_MAX];
    size_t size = strlen(writer->directory);
    while (size > 1 && writer->directory[size - 1] == '/') {
        size--;
    }
    while (size > 0 && writer->directory[size - 1] != '/') {
        size--;
    }
    while (size > 1 && writer->directory[size - 1] == '/') {
        size--;
    }
    memcpy(parent, size == 0 ? "." : writer->directory, size == 0 ? 1 : size);
    parent[size == 0 ? 1 : size] = '\0';
    int code = writer->vfs->sync_dir(writer->vfs->context, parent);
    return code == 0 ? NUNCIO_OK : nn_error_errno(error, code, "sync the directory", parent);
}

static nuncio_status take_lock(nuncio_writer *writer, nuncio_error *error)
{
    char path[NN_PATH_MAX];
    NN_TRY(nn_path_join(path, writer->directory, "lock", error));
    int code = writer->vfs->open(writer->vfs->context, path, NUNCIO_VFS_LOCK_FILE, &writer->lock);
    if (code != 0) {
        writer->lock = NULL;
        return nn_error_errno(error, code, "open", path);
    }
    code = writer->vfs->lock(writer->vfs->context, writer->lock);
    if (code == 0) {
        return NUNCIO_OK;
    }
    (void)writer->vfs->close(writer->vfs->context, writer->lock);
    writer->lock = NULL;
    if (code != EWOULDBLOCK) {
        return nn_error_errno(error, code, "lock", path);
    }
    return nn_error_file(error, NUNCIO_ERR_LOCKED, path, 0,
                         "another program is writing to the index in %s: wait until it is done",
                         writer->directory);
}

nuncio_status nn_directory_open(nuncio_writer *writer, bool *manifest, nuncio_error *error)
{
    const nuncio_vfs *vfs = writer->vfs;
    int code = vfs->make_dir(vfs->context, writer->directory);
    if (code == 0) {
        NN_TRY(sync_parent(writer, error));
    } else if (code != EEXIST) {
        return nn_error_errno(error, code, "make the directory", writer->directory);
    }
    inventory found = {false, ""};
    code = vfs->list(vfs->context, writer->directory, take_inventory, &found);
    if (code != 0) {
        return nn_error_errno(error, code, "list", writer->directory);
    }
    if (!found.manifest && found.foreign[0] != '\0') {
        return nn_error_file(error, NUNCIO_ERR_NOT_INDEX, writer->directory, 0,
                             "%s is not an index but holds other files (%s): give an empty or a "
                             "new directory",
                             writer->directory, found.foreign);
    }
    *manifest = found.manifest;
    return take_lock(writer, error);
}

typedef struct cleaning {
    nuncio_writer *writer;
    nn_buffer names; /* to remove, each with its NUL */
} cleaning;

static bool is_named(const nn_manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->count; i++) {
        if (strcmp(manifest->entries[i].segment, name) == 0 ||
            strcmp(manifest->entries[i].deletes, name) == 0) {
            return true;
        }
    }
    return false;
}

static int note_leftover(void *argument, const char *name)
{
    cleaning *in = (cleaning *)argument;
    if (is_ours(name) && strcmp(name, "lock") != 0 && !is_named(&in->writer->manifest, name)) {
        nn_buffer_append(&in->names, name, strlen(name) + 1);
    }
    return 0;
}

void nn_directory_clean(nuncio_writer *writer)
{
    cleaning in = {.writer = writer};
    nn_buffer_init(&in.names, &writer->memory);
    int code = writer->vfs->list(writer->vfs->context, writer->directory, note_leftover, &in);
    if (code == 0 && in.names.size > 0) {
        /* The manifest that no longer names these files may itself not be durable yet: a writer
         * killed behind its rename leaves it so. */
        code = writer->vfs->sync_dir(writer->vfs->context, writer->directory);
    }
    for (size_t at = 0; code == 0 && !in.names.failed && at < in.names.size;) {
        char path[NN_PATH_MAX];
        const char *name = (const char *)in.names.data + at;
        if (nn_path_join(path, writer->directory, name, NULL) == NUNCIO_OK) {
            (void)writer->vfs->unlink(writer->vfs->context, path); /* the next writer tries again */
        }
        at += strlen(name) + 1;
    }
    nn_buffer_deinit(&in.names);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The commit point (docs/format.md, "Manifest").
 *
 *   payload = generation:u64 fingerprint:u64 segments:u32
 *             { segment:name  deletes:name, or empty } × segments
 *   name    = size:varint bytes */
#include "segment/files/manifest.h"

#include "core/error.h"
#include "core/str.h"
#include "segment/files/file_name.h"
#include "segment/files/format.h"
#include "segment/files/sealed.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* limit index: a manifest | NUNCIO_ERR_NOT_INDEX */
    MANIFEST_MAX = 64 << 20, /* bytes of a manifest that is read at all */
    ENTRY_SIZE_MIN = 1 + NN_FILE_NAME_SIZE + 1
};

void nn_manifest_deinit(nn_manifest *manifest, nn_memory *memory)
{
    nn_release(memory, manifest->entries, manifest->capacity * sizeof *manifest->entries);
    *manifest = (nn_manifest){0};
}

static bool read_name(nn_slice *slice, const char *suffix, char to[64])
{
    nuncio_str name = nn_slice_str(slice);
    if (slice->failed || name.size >= 64) {
        return false;
    }
    memcpy(to, name.data, name.size);
    to[name.size] = '\0';
    /* A name with a NUL in it, a path or another kind of file is none that a writer made. */
    return nn_file_name_valid(to, suffix) && name.size == NN_FILE_NAME_SIZE;
}

static bool read_entry(nn_slice *slice, nn_manifest_entry *entry)
{
    if (!read_name(slice, NN_SUFFIX_SEGMENT, entry->segment)) {
        return false;
    }
    if (slice->size > 0 && slice->data[0] == 0) { /* no deletes */
        (void)nn_slice_u8(slice);
        entry->deletes[0] = '\0';
        return true;
    }
    return read_name(slice, NN_SUFFIX_DELETES, entry->deletes);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A segment named twice would count twice; named a million times, it would be opened as often. */
static nuncio_status check_distinct(const nn_manifest *manifest, nn_memory *memory,
                                    const char *path, nuncio_error *error)
{
    if (manifest->count < 2) {
        return NUNCIO_OK;
    }
    const char **names = nn_alloc_array(memory, manifest->count, sizeof *names);
    if (names == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < manifest->count; i++) {
        names[i] = manifest->entries[i].segment;
    }
    qsort(names, manifest->count, sizeof *names, compare_names);
    nuncio_status status = NUNCIO_OK;
    for (size_t i = 1; i < manifest->count && status == NUNCIO_OK; i++) {
        if (strcmp(names[i - 1], names[i]) == 0) {
            status = nn_error_file(error, NUNCIO_ERR_CORRUPT, path, NN_SEALED_HEAD,
                                   "the manifest makes no sense: it names a segment twice");
        }
    }
    nn_release(memory, names, manifest->count * sizeof *names);
    return status;
}

static nuncio_status read_payload(nn_slice slice, nn_memory *memory, const char *path,
                                  nn_manifest *out, nuncio_error *error)
{
    out->generation = nn_slice_u64(&slice);
    out->fingerprint = nn_slice_u64(&slice);
    uint32_t count = nn_slice_u32(&slice);
    bool sane = !slice.failed && count <= slice.size / ENTRY_SIZE_MIN;
    if (sane) {
        NN_TRY(
            nn_reserve(memory, &out->entries, &out->capacity, count, sizeof *out->entries, error));
    }
    for (; sane && out->count < count; out->count++) {
        sane = read_entry(&slice, &out->entries[out->count]);
    }
    if (!sane || slice.size != 0 || out->generation == 0) {
        return nn_error_file(error, NUNCIO_ERR_CORRUPT, path, NN_SEALED_HEAD,
                             "the manifest makes no sense");
    }
    return check_distinct(out, memory, path, error);
}

nuncio_status nn_manifest_read(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                               nn_manifest *out, nuncio_error *error)
{
    *out = (nn_manifest){0};
    char path[NN_PATH_MAX];
    NN_TRY(nn_path_join(path, directory, "manifest", error));
    nn_buffer bytes;
    nn_buffer_init(&bytes, memory);
    nn_slice payload;
    nuncio_status status = nn_file_read_all(vfs, path, MANIFEST_MAX, &bytes, error);
    if (status == NUNCIO_ERR_NOT_FOUND) {
        status = nn_error_file(error, NUNCIO_ERR_NOT_INDEX, directory, 0,
                               "there is no index in this directory");
    } else if (status == NUNCIO_ERR_LIMIT) {
        status = nn_error_file(error, NUNCIO_ERR_NOT_INDEX, path, 0,
                               "this is too large to be a manifest");
    }
    if (status == NUNCIO_OK) {
        status =
            nn_sealed_payload(bytes.data, bytes.size, NN_MAGIC_MANIFEST, path, &payload, error);
    }
    if (status == NUNCIO_OK) {
        status = read_payload(payload, memory, path, out, error);
    }
    nn_buffer_deinit(&bytes);
    if (status != NUNCIO_OK) {
        nn_manifest_deinit(out, memory);
    }
    return status;
}

static void append_name(nn_buffer *out, const char *name)
{
    nn_buffer_append_varint(out, strlen(name));
    nn_buffer_append_text(out, name);
}

static nuncio_status sync_directory(const nuncio_vfs *vfs, const char *directory,
                                    nuncio_error *error)
{
    int code = vfs->sync_dir(vfs->context, directory);
    return code == 0 ? NUNCIO_OK : nn_error_errno(error, code, "sync", directory);
}

/** Puts `bytes` in the place of the manifest: at once or not at all. */
static nuncio_status replace(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                             const nn_buffer *bytes, nuncio_error *error)
{
    char temporary[NN_PATH_MAX], path[NN_PATH_MAX];
    NN_TRY(nn_path_join(temporary, directory, "manifest.tmp", error));
    size_t size = strlen(temporary) - strlen(".tmp");
    memcpy(path, temporary, size);
    path[size] = '\0';
    NN_TRY(sync_directory(vfs, directory, error)); /* the names of the segments */
    NN_TRY(nn_sealed_write(vfs, memory, temporary, bytes, error));
    int code = vfs->rename(vfs->context, temporary, path);
    if (code != 0) {
        (void)vfs->unlink(vfs->context, temporary); /* the failure before is the one to report */
        return nn_error_errno(error, code, "rename", temporary);
    }
    return sync_directory(vfs, directory, error); /* else power loss could undo the rename */
}

nuncio_status nn_manifest_commit(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                                 const nn_manifest *manifest, nuncio_error *error)
{
    nn_buffer bytes;
    nn_buffer_init(&bytes, memory);
    nn_sealed_begin(&bytes, NN_MAGIC_MANIFEST);
    nn_buffer_append_u64(&bytes, manifest->generation);
    nn_buffer_append_u64(&bytes, manifest->fingerprint);
    nn_buffer_append_u32(&bytes, (uint32_t)manifest->count);
    for (size_t i = 0; i < manifest->count; i++) {
        append_name(&bytes, manifest->entries[i].segment);
        append_name(&bytes, manifest->entries[i].deletes);
    }
    nn_sealed_end(&bytes);
    nuncio_status status = nn_buffer_status(&bytes, error);
    if (status == NUNCIO_OK) {
        status = replace(vfs, memory, directory, &bytes, error);
    }
    nn_buffer_deinit(&bytes);
    return status;
}

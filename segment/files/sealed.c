/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/files/sealed.h"

#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "segment/files/format.h"

#include <string.h>

NN_STATIC_ASSERT(NN_SEALED_HEAD == NN_MAGIC_SIZE + 4, "magic and version");

void nn_sealed_begin(nn_buffer *buffer, const char *magic)
{
    nn_buffer_append(buffer, magic, NN_MAGIC_SIZE);
    nn_buffer_append_u32(buffer, nuncio_format_version());
}

void nn_sealed_end(nn_buffer *buffer)
{
    nn_buffer_append_u64(buffer, nn_hash64(buffer->data, buffer->size, 0));
}

nuncio_status nn_sealed_write(const nuncio_vfs *vfs, nn_memory *memory, const char *path,
                              const nn_buffer *buffer, nuncio_error *error)
{
    NN_TRY(nn_buffer_status(buffer, error));
    nn_file_writer writer;
    NN_TRY(nn_file_writer_open(&writer, vfs, memory, path, error));
    nn_file_writer_write(&writer, buffer->data, buffer->size);
    return nn_file_writer_finish(&writer, true, error);
}

nuncio_status nn_sealed_payload(const uint8_t *data, uint64_t size, const char *magic,
                                const char *path, nn_slice *out, nuncio_error *error)
{
    if (size < NN_SEALED_HEAD + NN_SEALED_TAIL || memcmp(data, magic, NN_MAGIC_SIZE) != 0) {
        return nn_error_file(error, NUNCIO_ERR_NOT_INDEX, path, 0,
                             "this is not a file of a nuncio index");
    }
    uint32_t version = nn_load_u32(data + NN_MAGIC_SIZE);
    if (version != nuncio_format_version()) {
        return nn_error_file(error, NUNCIO_ERR_VERSION, path, NN_MAGIC_SIZE,
                             "the index has format version %u, this library reads %u: index again",
                             version, nuncio_format_version());
    }
    uint64_t hashed = size - NN_SEALED_TAIL;
    if (nn_hash64(data, (size_t)hashed, 0) != nn_load_u64(data + hashed)) {
        return nn_error_file(error, NUNCIO_ERR_CORRUPT, path, hashed,
                             "the file is damaged: its hash does not match");
    }
    *out = nn_slice_of(data + NN_SEALED_HEAD, (size_t)(hashed - NN_SEALED_HEAD));
    return NUNCIO_OK;
}

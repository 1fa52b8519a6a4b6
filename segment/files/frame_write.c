/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "segment/files/file_name.h"
#include "segment/files/frame.h"
#include "segment/files/page_checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

nuncio_status nn_frame_writer_open(nn_frame_writer *writer, const nuncio_vfs *vfs,
                                   nn_memory *memory, const char *directory, nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->directory = directory;
    nn_buffer_init(&writer->checksums, memory);
    /* The name only has to differ from those of other writers of this process: the directory's lock
     * keeps other processes out. */
    char name[64];
    (void)snprintf(name, sizeof name, "segment-%" PRIxPTR ".tmp", (uintptr_t)writer);
    char path[NN_PATH_MAX];
    NN_TRY(nn_path_join(path, directory, name, error));
    NN_TRY(nn_file_writer_open(&writer->file, vfs, memory, path, error));
    writer->open = true;
    uint8_t header[NN_HEADER_SIZE] = {0};
    memcpy(header, NN_MAGIC_SEGMENT, NN_MAGIC_SIZE);
    nn_store_u32(header + NN_MAGIC_SIZE, nuncio_format_version());
    nn_frame_writer_append(writer, header, sizeof header);
    return NUNCIO_OK;
}

uint64_t nn_frame_writer_offset(const nn_frame_writer *writer)
{
    return writer->file.offset + writer->page_used;
}

static void write_page(nn_frame_writer *writer)
{
    uint64_t page = writer->checksums.size / NN_CHECKSUM_SIZE;
    nn_buffer_append_u32(&writer->checksums,
                         nn_page_checksum(writer->page, writer->page_used, page));
    nn_file_writer_write(&writer->file, writer->page, writer->page_used);
    writer->page_used = 0;
}

void nn_frame_writer_append(nn_frame_writer *writer, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    while (size > 0) {
        size_t room = NN_PAGE_SIZE - writer->page_used;
        size_t part = size < room ? size : room;
        memcpy(writer->page + writer->page_used, from, part);
        writer->page_used += part;
        from += part;
        size -= part;
        if (writer->page_used == NN_PAGE_SIZE) {
            write_page(writer);
        }
    }
}

void nn_frame_writer_begin(nn_frame_writer *writer, nn_region_kind kind)
{
    static const uint8_t zeros[NN_REGION_ALIGN] = {0};
    uint64_t over = nn_frame_writer_offset(writer) % NN_REGION_ALIGN;
    nn_frame_writer_append(writer, zeros, over == 0 ? 0 : (size_t)(NN_REGION_ALIGN - over));
    writer->regions[kind].offset = nn_frame_writer_offset(writer);
}

void nn_frame_writer_end(nn_frame_writer *writer, nn_region_kind kind)
{
    writer->regions[kind].size = nn_frame_writer_offset(writer) - writer->regions[kind].offset;
}

void nn_frame_writer_region(nn_frame_writer *writer, nn_region_kind kind, const void *bytes,
                            size_t size)
{
    nn_frame_writer_begin(writer, kind);
    nn_frame_writer_append(writer, bytes, size);
    nn_frame_writer_end(writer, kind);
}

/** The footer's bytes, hashes included. */
static void make_footer(const nn_frame_writer *writer, uint64_t checksums_offset,
                        uint8_t footer[NN_FOOTER_SIZE])
{
    uint8_t *to = footer;
    for (size_t i = 0; i < NN_REGION_COUNT; i++, to += NN_REGION_ENTRY_SIZE) {
        nn_store_u64(to, writer->regions[i].offset);
        nn_store_u64(to + 8, writer->regions[i].size);
    }
    nn_store_u64(to, checksums_offset);
    nn_store_u64(to + 8, nn_hash64(writer->checksums.data, writer->checksums.size, 0));
    nn_store_u32(to + 16, NN_REGION_COUNT);
    nn_store_u32(to + 20, nuncio_format_version());
    nn_store_u64(to + 24, 0);
    nn_store_u64(to + 32, nn_hash64(footer, (size_t)(to + 32 - footer), 0));
    memcpy(to + 40, NN_MAGIC_SEGMENT_END, NN_MAGIC_SIZE);
}

nuncio_status nn_frame_writer_finish(nn_frame_writer *writer, bool durable, char *name,
                                     nuncio_error *error)
{
    uint64_t checksums_offset = nn_frame_writer_offset(writer);
    if (writer->page_used > 0) {
        write_page(writer);
    }
    NN_TRY(nn_buffer_status(&writer->checksums, error));
    uint8_t footer[NN_FOOTER_SIZE];
    make_footer(writer, checksums_offset, footer);
    nn_file_writer_write(&writer->file, writer->checksums.data, writer->checksums.size);
    nn_file_writer_write(&writer->file, footer, sizeof footer);
    nn_buffer_deinit(&writer->checksums);
    writer->open = false;
    NN_TRY(nn_file_writer_finish(&writer->file, durable, error));
    /* The footer holds the hash of all page checksums, so its hash stands for the whole content. */
    return nn_rename_to_hash(writer->file.vfs, writer->directory, writer->file.path,
                             nn_hash128_of(footer, sizeof footer), NN_SUFFIX_SEGMENT, name, error);
}

void nn_frame_writer_abort(nn_frame_writer *writer)
{
    if (writer->open) {
        nn_file_writer_abort(&writer->file);
        writer->open = false;
    }
    nn_buffer_deinit(&writer->checksums);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "core/hash.h"
#include "segment/files/frame.h"
#include "segment/files/page_checksum.h"

#include <string.h>

nuncio_status nn_frame_corrupt(const nn_frame *frame, uint64_t offset, const char *what,
                               nuncio_error *error)
{
    return nn_error_file(error, NUNCIO_ERR_CORRUPT, frame->path, offset,
                         "the file is damaged: %s; restore it or index again", what);
}

nuncio_status nn_frame_verify_pages(const nn_frame *frame, uint64_t offset, uint64_t size,
                                    nuncio_error *error)
{
    uint64_t end = (uint64_t)(frame->checksums - frame->map.data);
    uint64_t last = (offset + size - (size != 0)) / NN_PAGE_SIZE;
    for (uint64_t page = offset / NN_PAGE_SIZE; page <= last && page < frame->pages; page++) {
        if (nn_frame_page_verified(frame, page)) {
            continue;
        }
        uint64_t start = page * NN_PAGE_SIZE;
        size_t part = end - start < NN_PAGE_SIZE ? (size_t)(end - start) : NN_PAGE_SIZE;
        uint32_t expected = nn_load_u32(frame->checksums + page * NN_CHECKSUM_SIZE);
        if (nn_page_checksum(frame->map.data + start, part, page) != expected) {
            return nn_frame_corrupt(frame, start, "a page does not match its checksum", error);
        }
        atomic_fetch_or_explicit(&frame->verified[page / 64], UINT64_C(1) << (page % 64),
                                 memory_order_relaxed);
    }
    return NUNCIO_OK;
}

/** Magic and version at the head; a file of another kind or version is named as such. */
static nuncio_status check_header(const nn_frame *frame, nuncio_error *error)
{
    if (frame->map.size < NN_HEADER_SIZE ||
        memcmp(frame->map.data, NN_MAGIC_SEGMENT, NN_MAGIC_SIZE) != 0) {
        return nn_frame_corrupt(frame, 0, "it does not begin as a segment does", error);
    }
    uint32_t version = nn_load_u32(frame->map.data + NN_MAGIC_SIZE);
    if (version != nuncio_format_version()) {
        return nn_error_file(
            error, NUNCIO_ERR_VERSION, frame->path, NN_MAGIC_SIZE,
            "the segment has format version %u, this library reads %u: index again", version,
            nuncio_format_version());
    }
    if (frame->map.size < NN_HEADER_SIZE + NN_FOOTER_SIZE) {
        return nn_frame_corrupt(frame, frame->map.size, "it is cut short", error);
    }
    return NUNCIO_OK;
}

static nuncio_status read_regions(nn_frame *frame, const uint8_t *footer, uint64_t checksums_offset,
                                  nuncio_error *error)
{
    for (size_t i = 0; i < NN_REGION_COUNT; i++) {
        const uint8_t *entry = footer + i * NN_REGION_ENTRY_SIZE;
        nn_region region = {nn_load_u64(entry), nn_load_u64(entry + 8)};
        if (region.offset < NN_HEADER_SIZE || region.offset > checksums_offset ||
            region.size > checksums_offset - region.offset) {
            return nn_frame_corrupt(frame, (uint64_t)(entry - frame->map.data),
                                    "a region lies outside the file", error);
        }
        frame->regions[i] = region;
    }
    return NUNCIO_OK;
}

static nuncio_status check_footer(nn_frame *frame, nuncio_error *error)
{
    uint64_t footer_offset = frame->map.size - NN_FOOTER_SIZE;
    const uint8_t *footer = frame->map.data + footer_offset;
    const uint8_t *fixed = footer + (size_t)NN_REGION_COUNT * NN_REGION_ENTRY_SIZE;
    if (memcmp(fixed + 40, NN_MAGIC_SEGMENT_END, NN_MAGIC_SIZE) != 0 ||
        nn_hash64(footer, (size_t)(fixed + 32 - footer), 0) != nn_load_u64(fixed + 32)) {
        return nn_frame_corrupt(frame, footer_offset, "its footer does not match its hash", error);
    }
    uint64_t checksums_offset = nn_load_u64(fixed);
    if (nn_load_u32(fixed + 16) != NN_REGION_COUNT ||
        nn_load_u32(fixed + 20) != nuncio_format_version() || nn_load_u64(fixed + 24) != 0 ||
        checksums_offset < NN_HEADER_SIZE || checksums_offset > footer_offset) {
        return nn_frame_corrupt(frame, footer_offset, "its footer makes no sense", error);
    }
    frame->checksums = frame->map.data + checksums_offset;
    frame->pages = (checksums_offset + NN_PAGE_SIZE - 1) / NN_PAGE_SIZE;
    uint64_t size = footer_offset - checksums_offset;
    if (size != frame->pages * NN_CHECKSUM_SIZE ||
        nn_hash64(frame->checksums, (size_t)size, 0) != nn_load_u64(fixed + 8)) {
        return nn_frame_corrupt(frame, checksums_offset, "its checksums do not match their hash",
                                error);
    }
    return read_regions(frame, footer, checksums_offset, error);
}

nuncio_status nn_frame_open(nn_frame *frame, const nuncio_vfs *vfs, nn_memory *memory,
                            const char *directory, const char *name, nuncio_error *error)
{
    memset(frame, 0, sizeof *frame);
    frame->memory = memory;
    char path[NN_PATH_MAX];
    NN_TRY(nn_path_join(path, directory, name, error));
    memcpy(frame->path, path, strnlen(path, sizeof frame->path - 1)); /* zero-filled above */
    NN_TRY(nn_file_map_open(vfs, path, &frame->map, error));
    nuncio_status status = NUNCIO_OK;
    NN_TRY_CLEANUP(check_header(frame, error));
    NN_TRY_CLEANUP(check_footer(frame, error));
    frame->verified = nn_alloc_array(memory, (size_t)(frame->pages / 64 + 1), sizeof(uint64_t));
    if (frame->verified == NULL) {
        status = nn_error_memory(error);
        goto cleanup;
    }
    NN_TRY_CLEANUP(nn_frame_touch(frame, 0, NN_HEADER_SIZE, error));
    return NUNCIO_OK;
cleanup:
    nn_frame_close(frame);
    return status;
}

void nn_frame_close(nn_frame *frame)
{
    size_t words = (size_t)(frame->pages / 64 + 1);
    nn_release(frame->memory, frame->verified, words * sizeof(uint64_t));
    frame->verified = NULL;
    nn_file_map_close(&frame->map);
}

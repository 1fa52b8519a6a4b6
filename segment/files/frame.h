/* SPDX-License-Identifier: Apache-2.0 */
/* The frame of a segment file: regions between a header and a footer, a checksum for each page.
 *
 *   0         header       magic:8  version:4  zero:4
 *   16        regions      each at a multiple of 8, zero bytes between
 *   c         checksums    a u32 for each page of 4096 bytes of [0, c); the last page is shorter
 *   size - n  footer       { offset:8 size:8 } × regions
 *                          c:8  hash of the checksums:8  regions:4  version:4  zero:8
 *                          hash of the footer up to here:8  magic:8
 *
 * So each byte of the file is under some hash: pages are verified at their first touch, the rest at
 * open. */
#ifndef SEGMENT_FRAME_H
#define SEGMENT_FRAME_H

#include "core/file.h"
#include "segment/files/format.h"

typedef struct nn_region {
    uint64_t offset, size; /* in the file, bytes */
} nn_region;

/** A frame being written from start to end. */
typedef struct nn_frame_writer {
    nn_file_writer file;
    const char *directory; /* borrowed */
    bool open;
    nn_buffer checksums;
    size_t page_used;
    uint8_t page[NN_PAGE_SIZE];
    nn_region regions[NN_REGION_COUNT];
} nn_frame_writer;

/** Creates a temporary file in `directory`, which must outlive the writer. */
NUNCIO_NODISCARD nuncio_status nn_frame_writer_open(nn_frame_writer *writer, const nuncio_vfs *vfs,
                                                    nn_memory *memory, const char *directory,
                                                    nuncio_error *error);
/** Pads to the next multiple of 8 and starts a region there; it ends where the next begins. */
void nn_frame_writer_begin(nn_frame_writer *writer, nn_region_kind kind);
/** Appends to the current region. Failures are kept for nn_frame_writer_finish. */
void nn_frame_writer_append(nn_frame_writer *writer, const void *bytes, size_t size);
void nn_frame_writer_end(nn_frame_writer *writer, nn_region_kind kind);
/** A region that is one buffer. */
void nn_frame_writer_region(nn_frame_writer *writer, nn_region_kind kind, const void *bytes,
                            size_t size);
/** Bytes written so far: the place of the next. */
uint64_t nn_frame_writer_offset(const nn_frame_writer *writer);
/** Writes checksums and footer, syncs where it is to be `durable`, and renames to the hash of the
 * content. */
NUNCIO_NODISCARD nuncio_status nn_frame_writer_finish(nn_frame_writer *writer, bool durable,
                                                      char *name, nuncio_error *error);
/** Closes and removes the file unless finished. */
void nn_frame_writer_abort(nn_frame_writer *writer);

/** A mapped frame. Reading from it is safe for any number of threads. */
typedef struct nn_frame {
    nn_memory *memory;
    nn_file_map map;
    const uint8_t *checksums;
    uint64_t pages;
    atomic_uint_least64_t *verified; /* a bit a page, set once its checksum was seen to hold */
    nn_region regions[NN_REGION_COUNT];
    char path[256]; /* for messages; cut when longer */
} nn_frame;

NUNCIO_NODISCARD nuncio_status nn_frame_open(nn_frame *frame, const nuncio_vfs *vfs,
                                             nn_memory *memory, const char *directory,
                                             const char *name, nuncio_error *error);
void nn_frame_close(nn_frame *frame);
/** "This file is damaged at `offset`." */
nuncio_status nn_frame_corrupt(const nn_frame *frame, uint64_t offset, const char *what,
                               nuncio_error *error);
/** Verifies the pages of a range that were not verified yet. */
NUNCIO_NODISCARD nuncio_status nn_frame_verify_pages(const nn_frame *frame, uint64_t offset,
                                                     uint64_t size, nuncio_error *error);

static inline bool nn_frame_page_verified(const nn_frame *frame, uint64_t page)
{
    return (atomic_load_explicit(&frame->verified[page / 64], memory_order_relaxed) >> (page % 64) &
            1) != 0;
}

/** To be called before bytes are read: they lie in the file, which the caller made sure of, and
 * their pages are verified here. */
NUNCIO_NODISCARD static inline nuncio_status nn_frame_touch(const nn_frame *frame, uint64_t offset,
                                                            uint64_t size, nuncio_error *error)
{
    uint64_t first = offset / NN_PAGE_SIZE;
    uint64_t last = (offset + size - (size != 0)) / NN_PAGE_SIZE;
    if (last - first <= 1 && nn_frame_page_verified(frame, first) &&
        nn_frame_page_verified(frame, last)) {
        return NUNCIO_OK;
    }
    return nn_frame_verify_pages(frame, offset, size, error);
}

/** The same for a pointer into the map. */
NUNCIO_NODISCARD static inline nuncio_status nn_frame_touch_bytes(const nn_frame *frame,
                                                                  const uint8_t *start,
                                                                  const uint8_t *end,
                                                                  nuncio_error *error)
{
    return nn_frame_touch(frame, (uint64_t)(start - frame->map.data), (uint64_t)(end - start),
                          error);
}

/** Asks for the line of memory that holds a byte of the map, before it is waited for. By reading
 * it: processors drop a prefetch whose page is not at hand, as those of scattered reads seldom are.
 */
static inline void nn_frame_fetch(const uint8_t *at)
{
    (void)*(const volatile uint8_t *)at;
}

static inline const uint8_t *nn_frame_region(const nn_frame *frame, nn_region_kind kind)
{
    return frame->map.data + frame->regions[kind].offset;
}

#endif

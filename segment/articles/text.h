/* SPDX-License-Identifier: Apache-2.0 */
/* The store: texts of passages, compressed one by one, and annotations, in order of storage.
 *
 *   STORE            = { text × passages of the article, annotations } × articles
 *   text             = zstd frame without magic number, size or checksum; empty for an empty text
 *   TEXT_RUNS        = dictionaries:u32 runs:u32  { offset:u64 size:u64 } × dictionaries
 *                      { first_passage:u32 dictionary:u32 } × runs
 *   STORE_ITEMS      = sequence: where each text and annotation blob begins, and the end
 *
 * A run tells which dictionary (from 1; 0: none) serves the passages from its first one up to the
 * next run. The size of a text is known from TEXT_STARTS, so a frame need not say it. The
 * dictionary is trained on the first texts of a segment. A merge takes frames over as they are,
 * with their dictionary, so a merged segment has several. */
#ifndef SEGMENT_TEXT_H
#define SEGMENT_TEXT_H

#include "core/buffer.h"
#include "segment/articles/text_train.h"
#include "segment/files/frame.h"
#include "segment/segment.h"

enum {
    NN_TEXT_COPY_MIN = 1 << 20, /* bytes of text a dictionary that are taken over compressed */
    NN_TEXT_RATIO_MAX = 1 << 16 /* zstd never expands a byte to more */
};

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;
typedef struct nn_text_digest nn_text_digest;

/** A dictionary of the segment being written, borrowed: of another segment, or `own`. */
typedef struct nn_text_dictionary {
    const uint8_t *data;
    size_t size;
} nn_text_dictionary;

typedef struct nn_text_run {
    uint32_t first_passage, dictionary;
} nn_text_run;

typedef struct nn_text_writer {
    nn_memory *memory;
    nn_frame_writer *frame;
    bool store;
    /* Waiting for a dictionary: texts and annotations, and the order they come in. */
    nn_buffer texts, blobs;
    size_t sample_max; /* bytes of texts to wait for */
    struct nn_pending_item {
        uint32_t size;
        bool text;
    } * items;
    size_t item_count, item_capacity;
    /* What was stored. */
    uint32_t passages; /* texts written to the frame */
    uint32_t *sizes;   /* bytes of each item in the store */
    size_t size_count, size_capacity;
    uint64_t text_bytes, mention_bytes;
    struct ZSTD_CCtx_s *context;
    nn_trained **retired; /* what they were compressed with before; held for its bytes */
    size_t retired_count, retired_capacity;
    nn_trained *own;              /* what texts are compressed with; NULL: none yet */
    uint32_t own_dictionary;      /* its number; 0: none yet */
    const uint8_t *last_imported; /* where, and its number */
    uint32_t last_number;
    nn_buffer compressed; /* of one text */
    nn_text_dictionary *dictionaries;
    size_t dictionary_count, dictionary_capacity;
    nn_text_run *runs;
    size_t run_count, run_capacity;
} nn_text_writer;

/** With `store` false, texts are dropped. `trained` is what to compress with; NULL: to be trained
 * on the first texts. `frame` is borrowed and stands in its STORE region until the finish. */
void nn_text_writer_init(nn_text_writer *writer, nn_memory *memory, nn_frame_writer *frame,
                         bool store, nn_trained *trained);
void nn_text_writer_deinit(nn_text_writer *writer);
/** From here on texts are compressed with `trained`, which is held; nobody else may compress with
 * what served until now. */
NUNCIO_NODISCARD nuncio_status nn_text_serve(nn_text_writer *writer, nn_trained *trained,
                                             nuncio_error *error);
/** The text of the next passage, at most NN_PASSAGE_TEXT_MAX bytes. */
NUNCIO_NODISCARD nuncio_status nn_text_add(nn_text_writer *writer, nuncio_str text,
                                           nuncio_error *error);
/** The text of the next passage as another segment has it: taken over compressed, with its
 * dictionary, when that serves enough text or `always`; else decompressed into `scratch` and added.
 */
NUNCIO_NODISCARD nuncio_status nn_text_copy(nn_text_writer *writer, const nn_segment *source,
                                            uint32_t passage, bool always, nn_buffer *scratch,
                                            nuncio_error *error);
/** The annotations of an article, behind its texts. */
NUNCIO_NODISCARD nuncio_status nn_text_add_mentions(nn_text_writer *writer, const nn_buffer *blob,
                                                    nuncio_error *error);
/** Writes what waits. No text may follow. */
NUNCIO_NODISCARD nuncio_status nn_text_finish(nn_text_writer *writer, nuncio_error *error);
/** Writes the regions of runs, dictionaries and items. */
NUNCIO_NODISCARD nuncio_status nn_text_write_regions(nn_text_writer *writer, nuncio_error *error);

enum { NN_TEXT_CONTEXTS = 4 /* decompression contexts that are kept for reuse */ };

/** Decompresses texts; safe for any number of threads. */
typedef struct nn_text_reader {
    nn_memory *memory;
    const uint8_t *extents; /* of the dictionaries */
    const uint8_t *runs;
    uint32_t dictionary_count, run_count;
    _Atomic(nn_text_digest *) *dictionaries; /* copied and digested when first needed */
    _Atomic(struct ZSTD_DCtx_s *) *contexts; /* NN_TEXT_CONTEXTS places of those not in use */
} nn_text_reader;

NUNCIO_NODISCARD nuncio_status nn_text_reader_open(nn_segment *segment, nuncio_error *error);
void nn_text_reader_close(nn_text_reader *reader);
/** Frees what decompressing has left for reuse; no other thread may use the reader meanwhile. */
void nn_text_reader_trim(nn_text_reader *reader);
/** The dictionary that serves a passage, and its extent in the file; 0: none. */
uint32_t nn_text_dictionary_of(const nn_segment *segment, uint32_t passage, nn_region *extent);

/** Bytes of the texts of a segment, and of those that dictionaries for dense texts serve. */
typedef struct nn_text_bytes {
    uint64_t all, dense;
} nn_text_bytes;
NUNCIO_NODISCARD nuncio_status nn_segment_text_bytes(const nn_segment *segment, nn_text_bytes *out,
                                                     nuncio_error *error);

#endif

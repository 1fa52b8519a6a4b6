/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "segment/articles/text.h"
#include "segment/articles/zstd_memory.h"
#include "segment/segment_impl.h"

#include <string.h>

enum {
    RUNS_HEAD = 8,
    EXTENT_SIZE = 16, /* of a dictionary in TEXT_RUNS */
    RUN_SIZE = 8,
    BESIDE = 16 << 10 /* bytes behind a dictionary: longer texts are rare */
};

/* A dictionary in memory. zstd copies from what lies right before the place it writes to faster
 * than from elsewhere: texts are unpacked behind the dictionary, one at a time, and copied. */
struct nn_text_digest {
    ZSTD_DDict *digest;
    size_t size;
    atomic_bool busy; /* a thread writes behind it */
    uint8_t bytes[];  /* the dictionary, and BESIDE more */
};

static uint32_t run_first(const nn_text_reader *reader, uint32_t run)
{
    return nn_load_u32(reader->runs + (size_t)run * RUN_SIZE);
}

static uint32_t run_dictionary(const nn_text_reader *reader, uint32_t run)
{
    return nn_load_u32(reader->runs + (size_t)run * RUN_SIZE + 4);
}

static nn_region dictionary_extent(const nn_text_reader *reader, uint32_t dictionary)
{
    const uint8_t *at = reader->extents + (size_t)(dictionary - 1) * EXTENT_SIZE;
    nn_region extent = {nn_load_u64(at), nn_load_u64(at + 8)};
    return extent;
}

/** Extents inside their region, runs ascending, dictionaries that exist. */
static bool runs_sane(const nn_text_reader *reader, uint64_t dictionaries_size)
{
    for (uint32_t i = 1; i <= reader->dictionary_count; i++) {
        nn_region extent = dictionary_extent(reader, i);
        if (extent.offset > dictionaries_size || extent.size > dictionaries_size - extent.offset) {
            return false;
        }
    }
    for (uint32_t i = 0; i < reader->run_count; i++) {
        if (run_dictionary(reader, i) > reader->dictionary_count ||
            (i == 0 ? run_first(reader, 0) != 0
                    : run_first(reader, i) <= run_first(reader, i - 1))) {
            return false;
        }
    }
    return true;
}

nuncio_status nn_text_reader_open(nn_segment *segment, nuncio_error *error)
{
    nn_text_reader *reader = &segment->text;
    const nn_frame *frame = &segment->frame;
    nn_region region = frame->regions[NN_REGION_TEXT_RUNS];
    const uint8_t *data = frame->map.data + region.offset;
    reader->memory = segment->memory;
    NN_TRY(nn_frame_touch(frame, region.offset, region.size, error));
    if (region.size < RUNS_HEAD) {
        return nn_segment_corrupt(segment, data, "the table of text runs is cut short", error);
    }
    uint32_t dictionaries = nn_load_u32(data), runs = nn_load_u32(data + 4);
    if (region.size !=
        RUNS_HEAD + (uint64_t)dictionaries * EXTENT_SIZE + (uint64_t)runs * RUN_SIZE) {
        return nn_segment_corrupt(segment, data, "the table of text runs has another size", error);
    }
    reader->extents = data + RUNS_HEAD;
    reader->runs = reader->extents + (size_t)dictionaries * EXTENT_SIZE;
    reader->dictionary_count = dictionaries;
    reader->run_count = runs;
    if (!runs_sane(reader, frame->regions[NN_REGION_TEXT_DICTIONARIES].size) ||
        (runs == 0 && segment->info.passage_count > 0)) {
        return nn_segment_corrupt(segment, data, "the table of text runs makes no sense", error);
    }
    nn_memory *memory = segment->memory;
    reader->dictionaries = nn_alloc_array(memory, dictionaries + 1U, sizeof *reader->dictionaries);
    reader->contexts = nn_alloc_array(memory, NN_TEXT_CONTEXTS, sizeof *reader->contexts);
    return reader->dictionaries == NULL || reader->contexts == NULL ? nn_error_memory(error)
                                                                    : NUNCIO_OK;
}

static void release_digest(nn_memory *memory, nn_text_digest *dictionary)
{
    if (dictionary != NULL) {
        (void)ZSTD_freeDDict(dictionary->digest);
        nn_release(memory, dictionary, sizeof *dictionary + dictionary->size + BESIDE);
    }
}

void nn_text_reader_trim(nn_text_reader *reader)
{
    for (size_t i = 0; reader->contexts != NULL && i < NN_TEXT_CONTEXTS; i++) {
        (void)ZSTD_freeDCtx(atomic_exchange(&reader->contexts[i], NULL));
    }
    for (uint32_t i = 0; reader->dictionaries != NULL && i < reader->dictionary_count; i++) {
        release_digest(reader->memory, atomic_exchange(&reader->dictionaries[i], NULL));
    }
}

void nn_text_reader_close(nn_text_reader *reader)
{
    nn_text_reader_trim(reader);
    nn_release(reader->memory, reader->contexts, NN_TEXT_CONTEXTS * sizeof *reader->contexts);
    nn_release(reader->memory, reader->dictionaries,
               (reader->dictionary_count + 1U) * sizeof *reader->dictionaries);
}

uint32_t nn_text_dictionary_of(const nn_segment *segment, uint32_t passage, nn_region *extent)
{
    const nn_text_reader *reader = &segment->text; /* all was checked at open */
    uint32_t low = 0, high = reader->run_count;    /* the run sought is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (run_first(reader, middle) <= passage) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint32_t number = run_dictionary(reader, low);
    *extent = (nn_region){0, 0};
    if (number != 0) {
        *extent = dictionary_extent(reader, number);
        extent->offset += segment->frame.regions[NN_REGION_TEXT_DICTIONARIES].offset;
    }
    return number;
}

nuncio_status nn_segment_text_bytes(const nn_segment *segment, nn_text_bytes *out,
                                    nuncio_error *error)
{
    const nn_text_reader *reader = &segment->text;
    *out = (nn_text_bytes){0, 0};
    for (uint32_t run = 0; run < reader->run_count; run++) {
        nn_region extent;
        uint64_t start = 0, end = 0;
        uint32_t first = run_first(reader, run);
        bool last = run + 1 == reader->run_count;
        uint32_t behind = last ? segment->info.passage_count : run_first(reader, run + 1);
        if (first >= behind || behind > segment->info.passage_count) {
            return nn_segment_corrupt(segment, reader->runs, "a text run has no passage", error);
        }
        NN_TRY(nn_sequence_get(&segment->text_starts, first, &start, error));
        NN_TRY(nn_sequence_get(&segment->text_starts, behind, &end, error));
        uint64_t size = end > start ? end - start : 0;
        out->all += size;
        if (nn_text_dictionary_of(segment, first, &extent) != 0) {
            NN_TRY(nn_frame_touch(&segment->frame, extent.offset, extent.size, error));
            bool dense =
                nn_trained_is_dense(segment->frame.map.data + extent.offset, (size_t)extent.size);
            out->dense += dense ? size : 0;
        }
    }
    return NUNCIO_OK;
}

static nuncio_status make_digest(const nn_segment *segment, nn_region extent, nn_text_digest **out,
                                 nuncio_error *error)
{
    size_t size = (size_t)extent.size;
    NN_TRY(nn_frame_touch(&segment->frame, extent.offset, extent.size, error));
    nn_text_digest *made = nn_alloc(segment->memory, sizeof *made + size + BESIDE);
    if (made == NULL) {
        return nn_error_memory(error);
    }
    made->size = size;
    atomic_init(&made->busy, false);
    memcpy(made->bytes, segment->frame.map.data + extent.offset, size);
    made->digest = ZSTD_createDDict_advanced(made->bytes, size, ZSTD_dlm_byRef, ZSTD_dct_auto,
                                             nn_zstd_memory(segment->memory));
    if (made->digest == NULL) {
        release_digest(segment->memory, made);
        return nn_error_memory(error);
    }
    *out = made;
    return NUNCIO_OK;
}

/** The digested dictionary; the first thread that needs it makes it. */
static nuncio_status digest(const nn_segment *segment, uint32_t number, nn_region extent,
                            nn_text_digest **out, nuncio_error *error)
{
    _Atomic(nn_text_digest *) *slot = &segment->text.dictionaries[number - 1];
    nn_text_digest *known = atomic_load_explicit(slot, memory_order_acquire);
    if (known == NULL) {
        nn_text_digest *made = NULL;
        NN_TRY(make_digest(segment, extent, &made, error));
        if (atomic_compare_exchange_strong(slot, &known, made)) {
            known = made;
        } else {
            release_digest(segment->memory, made);
        }
    }
    *out = known;
    return NUNCIO_OK;
}

/** A context of the pool, or a new one. */
static ZSTD_DCtx *take_context(const nn_segment *segment)
{
    const nn_text_reader *reader = &segment->text;
    for (size_t i = 0; i < NN_TEXT_CONTEXTS; i++) {
        ZSTD_DCtx *context = atomic_exchange(&reader->contexts[i], NULL);
        if (context != NULL) {
            return context;
        }
    }
    ZSTD_DCtx *context = ZSTD_createDCtx_advanced(nn_zstd_memory(segment->memory));
    if (context != NULL) {
        (void)ZSTD_DCtx_setParameter(context, ZSTD_d_format, ZSTD_f_zstd1_magicless);
    }
    return context;
}

static void give_context(const nn_segment *segment, ZSTD_DCtx *context)
{
    const nn_text_reader *reader = &segment->text;
    for (size_t i = 0; i < NN_TEXT_CONTEXTS; i++) {
        ZSTD_DCtx *empty = NULL;
        if (atomic_compare_exchange_strong(&reader->contexts[i], &empty, context)) {
            return;
        }
    }
    (void)ZSTD_freeDCtx(context);
}

/** A text in the store. */
typedef struct packed_text {
    const uint8_t *start, *end; /* compressed */
    size_t size;                /* of the text */
} packed_text;

/** Unpacks a text to `to`, behind the dictionary where that is free. @return bytes, or an error of
 * zstd's */
static size_t unpack(ZSTD_DCtx *context, nn_text_digest *dictionary, const packed_text *packed,
                     void *to)
{
    size_t packed_size = (size_t)(packed->end - packed->start);
    const ZSTD_DDict *digest = dictionary != NULL ? dictionary->digest : NULL;
    if (dictionary == NULL || packed->size > BESIDE ||
        atomic_exchange_explicit(&dictionary->busy, true, memory_order_acquire)) {
        return ZSTD_decompress_usingDDict(context, to, packed->size, packed->start, packed_size,
                                          digest);
    }
    uint8_t *beside = dictionary->bytes + dictionary->size;
    size_t got =
        ZSTD_decompress_usingDDict(context, beside, BESIDE, packed->start, packed_size, digest);
    if (got == packed->size) {
        memcpy(to, beside, got);
    }
    atomic_store_explicit(&dictionary->busy, false, memory_order_release);
    return got;
}

static nuncio_status decompress(const nn_segment *segment, uint32_t passage,
                                const packed_text *packed, void *to, nuncio_error *error)
{
    nn_region extent;
    nn_text_digest *dictionary = NULL;
    uint32_t number = nn_text_dictionary_of(segment, passage, &extent);
    if (number != 0) {
        NN_TRY(digest(segment, number, extent, &dictionary, error));
    }
    ZSTD_DCtx *context = take_context(segment);
    if (context == NULL) {
        return nn_error_memory(error);
    }
    /* Forgets the dictionary of the text before: of one that is new to it, zstd asks for what texts
     * take from it some steps ahead. It is as large as the caches, which a search has used. */
    (void)ZSTD_decompressBegin(context);
    size_t got = unpack(context, dictionary, packed, to);
    give_context(segment, context);
    if (got != packed->size) {
        return nn_segment_corrupt(segment, packed->start, "a text does not decompress to its size",
                                  error);
    }
    return NUNCIO_OK;
}

static nuncio_status find_text(const nn_segment *segment, uint32_t passage, packed_text *out,
                               nuncio_error *error)
{
    NN_ASSERT(passage < segment->info.passage_count);
    if (!segment->info.has_text) {
        return nn_error_set(error, NUNCIO_ERR_STATE, "the index was made without texts");
    }
    uint64_t from = 0, to = 0;
    NN_TRY(nn_sequence_pair(&segment->text_starts, passage, &from, &to, error));
    uint32_t article = nn_segment_article_of(segment, passage);
    NN_TRY(nn_segment_store_item(segment, nn_store_item_of_text(passage, article), &out->start,
                                 &out->end, error));
    uint64_t packed = (uint64_t)(out->end - out->start);
    if (to < from || to - from > NN_PASSAGE_TEXT_MAX || to - from > packed * NN_TEXT_RATIO_MAX) {
        return nn_segment_corrupt(segment, out->start, "a text has a size it cannot have", error);
    }
    out->size = (size_t)(to - from);
    return NUNCIO_OK;
}

nuncio_status nn_segment_passage_text(const nn_segment *segment, uint32_t passage, nn_buffer *out,
                                      nuncio_error *error)
{
    packed_text packed;
    NN_TRY(find_text(segment, passage, &packed, error));
    if (!nn_buffer_reserve(out, packed.size)) {
        return nn_error_memory(error);
    }
    if (packed.size > 0) {
        NN_TRY(decompress(segment, passage, &packed, out->data + out->size, error));
        out->size += packed.size;
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_passage_str(const nn_segment *segment, uint32_t passage, nn_arena *arena,
                                     nuncio_str *out, nuncio_error *error)
{
    packed_text packed;
    NN_TRY(find_text(segment, passage, &packed, error));
    char *text = nn_arena_alloc(arena, packed.size + 1);
    if (text == NULL) {
        return nn_error_memory(error);
    }
    if (packed.size > 0) {
        NN_TRY(decompress(segment, passage, &packed, text, error));
    }
    text[packed.size] = '\0';
    *out = (nuncio_str){text, packed.size};
    return NUNCIO_OK;
}

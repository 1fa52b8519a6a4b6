/* SPDX-License-Identifier: Apache-2.0 */
#include "core/bits.h"
#include "core/error.h"
#include "segment/articles/text.h"
#include "segment/articles/zstd_memory.h"
#include "segment/segment_impl.h"

#include <string.h>
#include <zstd_errors.h>

void nn_text_writer_init(nn_text_writer *writer, nn_memory *memory, nn_frame_writer *frame,
                         bool store, nn_trained *trained)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    writer->frame = frame;
    writer->store = store;
    writer->own = nn_trained_hold(trained);
    writer->sample_max = nn_text_sample_max(memory);
    nn_buffer_init(&writer->texts, memory);
    nn_buffer_init(&writer->blobs, memory);
    nn_buffer_init(&writer->compressed, memory);
}

void nn_text_writer_deinit(nn_text_writer *writer)
{
    nn_memory *memory = writer->memory;
    nn_buffer_deinit(&writer->texts);
    nn_buffer_deinit(&writer->blobs);
    nn_buffer_deinit(&writer->compressed);
    nn_release(memory, writer->items, writer->item_capacity * sizeof *writer->items);
    nn_release(memory, writer->sizes, writer->size_capacity * sizeof *writer->sizes);
    (void)ZSTD_freeCCtx(writer->context);
    for (size_t i = 0; i < writer->retired_count; i++) {
        nn_trained_release(writer->retired[i]);
    }
    nn_release(memory, writer->retired, writer->retired_capacity * sizeof *writer->retired);
    nn_trained_release(writer->own);
    nn_release(memory, writer->dictionaries,
               writer->dictionary_capacity * sizeof *writer->dictionaries);
    nn_release(memory, writer->runs, writer->run_capacity * sizeof *writer->runs);
}

static nuncio_status zstd_error(size_t code, nuncio_error *error)
{
    if (ZSTD_getErrorCode(code) == ZSTD_error_memory_allocation) {
        return nn_error_memory(error);
    }
    return nn_error_set(error, NUNCIO_ERR_STATE, "compressing a text failed: %s",
                        ZSTD_getErrorName(code));
}

/** Makes the context; its parameters leave out of a frame what the segment knows. */
static nuncio_status open_context(nn_text_writer *writer, nuncio_error *error)
{
    if (writer->context != NULL) {
        return NUNCIO_OK;
    }
    writer->context = ZSTD_createCCtx_advanced(nn_zstd_memory(writer->memory));
    if (writer->context == NULL) {
        return nn_error_memory(error);
    }
    static const struct {
        ZSTD_cParameter name;
        int value;
    } parameters[] = {
        {ZSTD_c_compressionLevel, NN_TEXT_LEVEL},
        {ZSTD_c_format, ZSTD_f_zstd1_magicless},
        {ZSTD_c_contentSizeFlag, 0},
        {ZSTD_c_dictIDFlag, 0},
        {ZSTD_c_checksumFlag, 0},
    };
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++) {
        size_t code =
            ZSTD_CCtx_setParameter(writer->context, parameters[i].name, parameters[i].value);
        NN_ASSERT(!ZSTD_isError(code)); /* a fresh context, values in their range */
        (void)code;
    }
    return NUNCIO_OK;
}

/** Notes that an item of so many bytes was appended to the store. */
static nuncio_status note_item(nn_text_writer *writer, size_t size, nuncio_error *error)
{
    NN_TRY(nn_reserve(writer->memory, &writer->sizes, &writer->size_capacity,
                      writer->size_count + 1, sizeof *writer->sizes, error));
    writer->sizes[writer->size_count++] = (uint32_t)size;
    return NUNCIO_OK;
}

/** Notes that the next passage is served by a dictionary. */
static nuncio_status note_run(nn_text_writer *writer, uint32_t dictionary, nuncio_error *error)
{
    bool same =
        writer->run_count > 0 && writer->runs[writer->run_count - 1].dictionary == dictionary;
    if (!same) {
        NN_TRY(nn_reserve(writer->memory, &writer->runs, &writer->run_capacity,
                          writer->run_count + 1, sizeof *writer->runs, error));
        writer->runs[writer->run_count++] = (nn_text_run){writer->passages, dictionary};
    }
    writer->passages++;
    return NUNCIO_OK;
}

static nuncio_status compress(nn_text_writer *writer, const uint8_t *text, size_t size,
                              nuncio_error *error)
{
    nn_buffer *to = &writer->compressed;
    nn_buffer_clear(to);
    if (size > 0) {
        NN_TRY(open_context(writer, error));
        size_t bound = ZSTD_compressBound(size);
        if (!nn_buffer_reserve(to, bound)) {
            return nn_error_memory(error);
        }
        to->size = ZSTD_compress2(writer->context, to->data, bound, text, size);
        if (ZSTD_isError(to->size)) {
            size_t code = to->size;
            to->size = 0;
            return zstd_error(code, error);
        }
    }
    nn_frame_writer_append(writer->frame, to->data, to->size);
    writer->text_bytes += to->size;
    NN_TRY(note_run(writer, writer->own_dictionary, error));
    return note_item(writer, to->size, error);
}

static nuncio_status reserve_dictionary(nn_text_writer *writer, nuncio_error *error)
{
    return nn_reserve(writer->memory, &writer->dictionaries, &writer->dictionary_capacity,
                      writer->dictionary_count + 1, sizeof *writer->dictionaries, error);
}

/** Adds a dictionary where room was reserved. @return its number */
static uint32_t add_dictionary(nn_text_writer *writer, nn_text_dictionary dictionary)
{
    writer->dictionaries[writer->dictionary_count++] = dictionary;
    return (uint32_t)writer->dictionary_count;
}

/** From here on texts are compressed with the own dictionary. */
static nuncio_status adopt_own(nn_text_writer *writer, nuncio_error *error)
{
    const nn_text_dictionary dictionary = {writer->own->data, writer->own->size};
    NN_TRY(open_context(writer, error));
    NN_TRY(reserve_dictionary(writer, error));
    writer->own_dictionary = add_dictionary(writer, dictionary);
    /* Fails only inside a frame. */
    (void)ZSTD_CCtx_refCDict(writer->context, writer->own->compressor);
    return NUNCIO_OK;
}

/** Trains a dictionary on the texts that wait, when they are enough. */
static nuncio_status train(nn_text_writer *writer, nuncio_error *error)
{
    size_t size = writer->texts.size, count = 0;
    if (writer->own != NULL || size < NN_TEXT_SAMPLE_MIN) {
        return NUNCIO_OK;
    }
    size_t *sizes = nn_alloc_array(writer->memory, writer->item_count, sizeof *sizes);
    if (sizes == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < writer->item_count; i++) {
        if (writer->items[i].text && writer->items[i].size > 0) {
            sizes[count++] = writer->items[i].size;
        }
    }
    /* Texts that filled the sample are the first of many; others have to pay for the dictionary
     * alone. */
    uint64_t serves = size >= writer->sample_max ? UINT64_MAX : size;
    const nn_text_sample sample = {writer->texts.data, sizes, count};
    nuncio_status status =
        nn_trained_create(writer->memory, &sample, serves, false, &writer->own, error);
    nn_release(writer->memory, sizes, writer->item_count * sizeof *sizes);
    return status == NUNCIO_OK && writer->own != NULL ? adopt_own(writer, error) : status;
}

static nuncio_status store_mentions(nn_text_writer *writer, const uint8_t *bytes, size_t size,
                                    nuncio_error *error)
{
    nn_frame_writer_append(writer->frame, bytes, size);
    writer->mention_bytes += size;
    return note_item(writer, size, error);
}

/** Stores what waits, with a dictionary trained on it where that pays. */
static nuncio_status flush(nn_text_writer *writer, nuncio_error *error)
{
    NN_TRY(train(writer, error));
    size_t text = 0, blob = 0;
    for (size_t i = 0; i < writer->item_count; i++) {
        size_t size = writer->items[i].size;
        if (writer->items[i].text) {
            NN_TRY(compress(writer, size > 0 ? writer->texts.data + text : NULL, size, error));
            text += size;
        } else {
            NN_TRY(
                store_mentions(writer, size > 0 ? writer->blobs.data + blob : NULL, size, error));
            blob += size;
        }
    }
    writer->item_count = 0;
    nn_buffer_deinit(&writer->texts);
    nn_buffer_deinit(&writer->blobs);
    nn_buffer_init(&writer->texts, writer->memory);
    nn_buffer_init(&writer->blobs, writer->memory);
    return NUNCIO_OK;
}

static nuncio_status wait_with(nn_text_writer *writer, const void *bytes, size_t size, bool text,
                               nuncio_error *error)
{
    nn_buffer *to = text ? &writer->texts : &writer->blobs;
    NN_TRY(nn_reserve(writer->memory, &writer->items, &writer->item_capacity,
                      writer->item_count + 1, sizeof *writer->items, error));
    nn_buffer_append(to, bytes, size);
    NN_TRY(nn_buffer_status(to, error));
    writer->items[writer->item_count++] = (struct nn_pending_item){(uint32_t)size, text};
    return NUNCIO_OK;
}

nuncio_status nn_text_serve(nn_text_writer *writer, nn_trained *trained, nuncio_error *error)
{
    NN_TRY(flush(writer, error));
    if (writer->own != NULL) {
        NN_TRY(nn_reserve(writer->memory, &writer->retired, &writer->retired_capacity,
                          writer->retired_count + 1, sizeof *writer->retired, error));
        writer->retired[writer->retired_count++] = writer->own;
        if (writer->context != NULL) {
            (void)ZSTD_CCtx_refCDict(writer->context, NULL); /* fails only inside a frame */
        }
        nn_trained_retire(writer->own);
    }
    writer->own = nn_trained_hold(trained);
    writer->own_dictionary = 0;
    return NUNCIO_OK;
}

nuncio_status nn_text_add(nn_text_writer *writer, nuncio_str text, nuncio_error *error)
{
    if (!writer->store) {
        NN_TRY(note_run(writer, 0, error));
        return note_item(writer, 0, error);
    }
    if (writer->own != NULL && writer->own_dictionary == 0) {
        NN_TRY(adopt_own(writer, error));
    }
    if (writer->own_dictionary != 0) {
        return compress(writer, (const uint8_t *)text.data, text.size, error);
    }
    NN_TRY(wait_with(writer, text.data, text.size, true, error));
    return writer->texts.size >= writer->sample_max ? flush(writer, error) : NUNCIO_OK;
}

nuncio_status nn_text_add_mentions(nn_text_writer *writer, const nn_buffer *blob,
                                   nuncio_error *error)
{
    if (blob->size > UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "the mentions of an article take 4 GiB");
    }
    if (writer->item_count > 0) { /* behind texts that wait */
        return wait_with(writer, blob->data, blob->size, false, error);
    }
    return store_mentions(writer, blob->data, blob->size, error);
}

/** The number in this segment of a dictionary of another. */
static nuncio_status import_dictionary(nn_text_writer *writer, const uint8_t *data, size_t size,
                                       uint32_t *number, nuncio_error *error)
{
    if (writer->last_imported == data) {
        *number = writer->last_number;
        return NUNCIO_OK;
    }
    /* Segments of one run share dictionaries: the same bytes are kept once. */
    size_t i = writer->dictionary_count;
    while (i > 0 && (writer->dictionaries[i - 1].size != size ||
                     memcmp(writer->dictionaries[i - 1].data, data, size) != 0)) {
        i--;
    }
    *number = (uint32_t)i;
    if (i == 0) {
        NN_TRY(reserve_dictionary(writer, error));
        *number = add_dictionary(writer, (nn_text_dictionary){data, size});
    }
    writer->last_imported = data;
    writer->last_number = *number;
    return NUNCIO_OK;
}

nuncio_status nn_text_copy(nn_text_writer *writer, const nn_segment *source, uint32_t passage,
                           bool always, nn_buffer *scratch, nuncio_error *error)
{
    uint32_t number = 0;
    nn_region extent = {0, 0};
    if (writer->store && source->info.has_text) {
        number = nn_text_dictionary_of(source, passage, &extent);
    }
    /* Small segments are compressed anew, with more text around them to train on. */
    bool enough =
        always || source->info.raw_text_bytes / NN_TEXT_COPY_MIN >= source->text.dictionary_count;
    if (number == 0 || !enough) {
        nn_buffer_clear(scratch);
        if (writer->store) {
            NN_TRY(nn_segment_passage_text(source, passage, scratch, error));
        }
        return nn_text_add(writer, nn_buffer_str(scratch), error);
    }
    if (writer->item_count > 0) {
        NN_TRY(flush(writer, error));
    }
    const uint8_t *start = NULL, *end = NULL;
    uint32_t article = nn_segment_article_of(source, passage);
    NN_TRY(nn_frame_touch(&source->frame, extent.offset, extent.size, error));
    NN_TRY(nn_segment_store_item(source, nn_store_item_of_text(passage, article), &start, &end,
                                 error));
    NN_TRY(import_dictionary(writer, source->frame.map.data + extent.offset, (size_t)extent.size,
                             &number, error));
    nn_frame_writer_append(writer->frame, start, (size_t)(end - start));
    writer->text_bytes += (size_t)(end - start);
    NN_TRY(note_run(writer, number, error));
    return note_item(writer, (size_t)(end - start), error);
}

nuncio_status nn_text_finish(nn_text_writer *writer, nuncio_error *error)
{
    return flush(writer, error);
}

static void write_runs(nn_text_writer *writer, nn_buffer *out)
{
    nn_buffer_append_u32(out, (uint32_t)writer->dictionary_count);
    nn_buffer_append_u32(out, (uint32_t)writer->run_count);
    uint64_t offset = 0;
    for (size_t i = 0; i < writer->dictionary_count; i++) {
        nn_buffer_append_u64(out, offset);
        nn_buffer_append_u64(out, writer->dictionaries[i].size);
        offset += writer->dictionaries[i].size;
    }
    for (size_t i = 0; i < writer->run_count; i++) {
        nn_buffer_append_u32(out, writer->runs[i].first_passage);
        nn_buffer_append_u32(out, writer->runs[i].dictionary);
    }
}

nuncio_status nn_text_write_regions(nn_text_writer *writer, nuncio_error *error)
{
    nn_frame_writer *frame = writer->frame;
    nn_buffer *out = &writer->compressed;
    nn_buffer_clear(out);
    nn_running_sum sum = {writer->sizes, 0};
    NN_TRY(nn_sequence_write(out, nn_sequence_of_sums, &sum, writer->size_count + 1, error));
    nn_frame_writer_region(frame, NN_REGION_STORE_ITEMS, out->data, out->size);
    nn_buffer_clear(out);
    write_runs(writer, out);
    NN_TRY(nn_buffer_status(out, error));
    nn_frame_writer_region(frame, NN_REGION_TEXT_RUNS, out->data, out->size);
    nn_frame_writer_begin(frame, NN_REGION_TEXT_DICTIONARIES);
    for (size_t i = 0; i < writer->dictionary_count; i++) {
        nn_frame_writer_append(frame, writer->dictionaries[i].data, writer->dictionaries[i].size);
    }
    nn_frame_writer_end(frame, NN_REGION_TEXT_DICTIONARIES);
    return NUNCIO_OK;
}

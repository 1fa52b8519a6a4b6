/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/recompress.h"

#include "core/error.h"
#include "core/str.h"
#include "segment/articles/text.h"

#include <string.h>

enum {
    TEXT_MIN = 1 << 20,   /* bytes of text that it is worth while for */
    NEW_SHARE = 4,        /* so is one part in so many that is not dense */
    SERVES = 192 << 20,   /* bytes of text that a dictionary serves, at least; */
    DICTIONARIES_MAX = 64 /* it serves more where these would not suffice: they stay in memory */
};

static nuncio_status add_sizes(const nn_part *parts, size_t count, nn_text_bytes *sum,
                               nuncio_error *error)
{
    memset(sum, 0, sizeof *sum);
    for (size_t i = 0; i < count; i++) {
        nn_text_bytes bytes;
        NN_TRY(nn_segment_text_bytes(parts[i].segment, &bytes, error));
        sum->all += bytes.all;
        sum->dense += bytes.dense;
    }
    return NUNCIO_OK;
}

nuncio_status nn_recompress_pays(const nn_part *parts, size_t count, bool *pays,
                                 nuncio_error *error)
{
    nn_text_bytes bytes;
    *pays = false;
    for (size_t i = 0; i < count; i++) {
        if (!nn_segment_info_of(parts[i].segment)->has_text) {
            return NUNCIO_OK;
        }
    }
    NN_TRY(add_sizes(parts, count, &bytes, error));
    *pays = bytes.all >= TEXT_MIN && (bytes.all - bytes.dense) >= bytes.all / NEW_SHARE;
    return NUNCIO_OK;
}

nuncio_status nn_recompress_init(nn_recompress *recompress, nn_memory *memory, const nn_part *parts,
                                 size_t count, nuncio_error *error)
{
    nn_text_bytes bytes;
    NN_TRY(add_sizes(parts, count, &bytes, error));
    uint64_t dictionaries = bytes.all / SERVES + 1;
    dictionaries = dictionaries < DICTIONARIES_MAX ? dictionaries : DICTIONARIES_MAX;
    *recompress = (nn_recompress){
        .memory = memory, .parts = parts, .count = count, .span = bytes.all / dictionaries + 1};
    nn_buffer_init(&recompress->text, memory);
    return NUNCIO_OK;
}

void nn_recompress_deinit(nn_recompress *recompress)
{
    nn_buffer_deinit(&recompress->text);
}

/* A sample being taken: passages from all over a span. */
typedef struct sample {
    nn_buffer texts;
    size_t *sizes;
    size_t count, capacity, max;
} sample;

static nuncio_status take(nn_recompress *recompress, sample *to, const nn_segment *segment,
                          uint32_t passage, nuncio_error *error)
{
    size_t before = to->texts.size;
    NN_TRY(nn_reserve(recompress->memory, &to->sizes, &to->capacity, to->count + 1,
                      sizeof *to->sizes, error));
    NN_TRY(nn_segment_passage_text(segment, passage, &to->texts, error));
    to->sizes[to->count] = to->texts.size - before;
    to->count += to->texts.size > before;
    return NUNCIO_OK;
}

/* Takes of the span that begins with a passage of a part as much from everywhere. */
static nuncio_status take_span(nn_recompress *recompress, size_t part, uint32_t passage, sample *to,
                               nuncio_error *error)
{
    uint64_t seen = 0;
    for (; part < recompress->count && seen < recompress->span; part++, passage = 0) {
        const nn_part *from = &recompress->parts[part];
        uint32_t count = nn_segment_info_of(from->segment)->passage_count;
        for (; passage < count && seen < recompress->span; passage++) {
            uint32_t start = 0, end = 0;
            if (!nn_part_has(from, nn_segment_article_of(from->segment, passage))) {
                continue;
            }
            NN_TRY(nn_segment_passage_start(from->segment, passage, &start, &end, error));
            /* `max` is below 2^25, a span below 2^38 */
            if (to->texts.size * recompress->span <= seen * to->max) {
                NN_TRY(take(recompress, to, from->segment, passage, error));
            }
            seen += end - start;
        }
    }
    return NUNCIO_OK;
}

/* Trains the dictionary for the span that begins with a passage of a part. */
static nuncio_status begin_span(nn_recompress *recompress, nn_segment_writer *writer, size_t part,
                                uint32_t passage, nuncio_error *error)
{
    sample in = {.max = nn_text_sample_max(recompress->memory) * NN_TEXT_DENSE_TIMES};
    nn_trained *trained = NULL;
    nn_buffer_init(&in.texts, recompress->memory);
    nuncio_status status = take_span(recompress, part, passage, &in, error);
    if (status == NUNCIO_OK) {
        const nn_text_sample taken = {in.texts.data, in.sizes, in.count};
        status =
            nn_trained_create(recompress->memory, &taken, recompress->span, true, &trained, error);
    }
    nn_buffer_deinit(&in.texts);
    nn_release(recompress->memory, in.sizes, in.capacity * sizeof *in.sizes);
    recompress->left = recompress->span;
    if (status == NUNCIO_OK && trained != NULL) {
        recompress->served = true;
        status = nn_segment_writer_serve(writer, trained, error);
    }
    nn_trained_release(trained);
    return status;
}

nuncio_status nn_recompress_passage(nn_recompress *recompress, nn_segment_writer *writer,
                                    size_t part, uint32_t passage, nuncio_error *error)
{
    const nn_segment *segment = recompress->parts[part].segment;
    if (recompress->left == 0) {
        NN_TRY(begin_span(recompress, writer, part, passage, error));
    }
    if (!recompress->served) { /* too little, or too much alike, for a dictionary */
        return nn_segment_writer_passage_of(writer, segment, passage, recompress->parts[part].plain,
                                            error);
    }
    nn_buffer_clear(&recompress->text);
    NN_TRY(nn_segment_passage_text(segment, passage, &recompress->text, error));
    uint64_t size = recompress->text.size;
    recompress->left -= size < recompress->left ? size : recompress->left;
    return nn_segment_writer_passage(writer, nn_buffer_str(&recompress->text),
                                     nn_segment_lengths(segment)[passage], error);
}

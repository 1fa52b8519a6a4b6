/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations/names_regions.h"

#include "core/error.h"
#include "segment/annotations/name_words_write.h"
#include "segment/annotations/names.h"
#include "segment/codes/golomb.h"
#include "segment/codes/sequence.h"

enum { CHUNK = 1 << 16 /* bytes handed on to the file at a time */ };

typedef struct regions {
    const nn_names_writer *from;
    nn_names_order order;
    nn_frame_writer *frame;
    nn_buffer out;
    uint32_t *sizes; /* of what is written, by article or string */
    uint32_t *codes; /* room for the names of any article */
    nuncio_error *error;
} regions;

/* Sorts names by falling count, those of one count as they came. */
static nuncio_status sort_names(regions *to)
{
    const nn_names_writer *from = to->from;
    nn_memory *memory = from->memory;
    uint32_t count = to->order.count, highest = 0;
    for (uint32_t i = 0; i < count; i++) {
        highest = from->counts.items[i] > highest ? from->counts.items[i] : highest;
    }
    size_t room = (size_t)highest + 1;
    uint32_t *places = nn_alloc_array(memory, room, sizeof *places);
    if (places == NULL) {
        return nn_error_memory(to->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        places[from->counts.items[i]]++;
    }
    for (uint32_t before = 0, n = highest + 1; n-- > 0;) {
        uint32_t here = places[n];
        places[n] = before;
        before += here;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t name = places[from->counts.items[i]]++;
        to->order.numbers[name] = i;
        to->order.ranks[i] = name;
    }
    nn_release(memory, places, room * sizeof *places);
    return NUNCIO_OK;
}

/* Writes what has been appended when it is much. */
static void flush(regions *to, size_t size)
{
    if (to->out.size > size) {
        nn_frame_writer_append(to->frame, to->out.data, to->out.size);
        nn_buffer_clear(&to->out);
    }
}

static nuncio_status write_starts(regions *to, nn_region_kind kind, uint64_t count)
{
    nn_running_sum sums = {to->sizes, 0};
    nn_buffer_clear(&to->out);
    NN_TRY(nn_sequence_write(&to->out, nn_sequence_of_sums, &sums, count + 1, to->error));
    nn_frame_writer_region(to->frame, kind, to->out.data, to->out.size);
    nn_buffer_clear(&to->out);
    return NUNCIO_OK;
}

/* ---- lists of articles ---- */

/* The list of the article at hand, to `out`. */
static nuncio_status append_article(regions *to, nn_names_log *log)
{
    enum { HEAD_BITS = 2 * NN_GOLOMB_BITS_MAX + NN_GOLOMB_ORDER_BITS };
    uint32_t standing = log->standing, others = log->others, count = 0;
    if (standing + others == 0) {
        return NUNCIO_OK;
    }
    nn_names_log ahead = *log;
    nn_logged_name entry;
    while (nn_names_log_next(&ahead, &entry)) {
        to->codes[count++] = to->order.ranks[entry.number];
    }
    uint32_t order = nn_golomb_order(to->codes, count);
    nn_bit_writer bits;
    uint64_t most = (uint64_t)count * (2 * NN_GOLOMB_BITS_MAX + 1) + HEAD_BITS;
    if (!nn_bits_begin(&bits, &to->out, most)) {
        return nn_error_memory(to->error);
    }
    nn_golomb_put(&bits, standing, 4);
    nn_golomb_put(&bits, others, 1);
    nn_bits_put(&bits, order, NN_GOLOMB_ORDER_BITS);
    for (uint32_t i = 0; nn_names_log_next(log, &entry); i++) {
        nn_golomb_put(&bits, to->codes[i], order);
        if (entry.stands) {
            nn_bits_put(&bits, entry.sized, 1);
        }
        if (entry.sized) {
            nn_golomb_put(&bits, entry.size, 3);
        }
    }
    nn_bits_finish(&bits);
    return NUNCIO_OK;
}

static nuncio_status write_articles(regions *to)
{
    nn_names_log log = nn_names_log_of(to->from);
    nn_frame_writer_begin(to->frame, NN_REGION_ARTICLE_NAMES);
    for (uint32_t article = 0; article < to->from->article; article++) {
        size_t before = to->out.size;
        nn_names_log_article(&log);
        NN_TRY(append_article(to, &log));
        to->sizes[article] = (uint32_t)(to->out.size - before);
        flush(to, CHUNK);
    }
    flush(to, 0);
    nn_frame_writer_end(to->frame, NN_REGION_ARTICLE_NAMES);
    return write_starts(to, NN_REGION_ARTICLE_NAME_STARTS, to->from->article);
}

/* ---- strings ---- */

static uint64_t count_of(void *context, uint64_t name)
{
    const regions *to = context;
    return to->from->counts.items[to->order.numbers[name]];
}

static uint64_t type_of(void *context, uint64_t name)
{
    const regions *to = context;
    return (uint8_t)nn_string_map_key(to->from->names, to->order.numbers[name]).data[0];
}

static nuncio_status write_column(regions *to, nn_region_kind kind, nn_sequence_source *source)
{
    nn_buffer_clear(&to->out);
    NN_TRY(nn_sequence_write(&to->out, source, to, to->order.count, to->error));
    nn_frame_writer_region(to->frame, kind, to->out.data, to->out.size);
    return NUNCIO_OK;
}

static nuncio_status write_strings(regions *to)
{
    const nn_names_writer *from = to->from;
    uint32_t count = to->order.count, others = nn_string_map_count(from->others);
    nn_frame_writer_begin(to->frame, NN_REGION_STRINGS);
    for (uint32_t i = 0; i < count + others; i++) {
        nuncio_str text = i < count ? nn_string_map_key(from->names, to->order.numbers[i])
                                    : nn_string_map_key(from->others, i - count);
        size_t type = i < count; /* a byte before names */
        nn_frame_writer_append(to->frame, text.data + type, text.size - type);
        to->sizes[i] = (uint32_t)(text.size - type);
    }
    nn_frame_writer_end(to->frame, NN_REGION_STRINGS);
    NN_TRY(write_starts(to, NN_REGION_STRING_STARTS, (uint64_t)count + others));
    NN_TRY(write_column(to, NN_REGION_NAME_TYPES, type_of));
    return write_column(to, NN_REGION_NAME_COUNTS, count_of);
}

/* ---- words ---- */

static nuncio_status write_words(const regions *to, nn_name_words_source *source, void *context,
                                 nn_meta *meta)
{
    nn_name_words_writer words;
    nuncio_status status = nn_name_words_writer_init(&words, to->from->memory, to->error);
    for (uint32_t name = 0; source != NULL && name < to->order.count && status == NUNCIO_OK;
         name++) {
        nuncio_str key = nn_string_map_key(to->from->names, to->order.numbers[name]);
        const nn_found_name_word *found = NULL;
        uint32_t count = 0;
        status = source(context, (nuncio_str){key.data + 1, key.size - 1},
                        (nuncio_entity_type)key.data[0], &found, &count, to->error);
        for (uint32_t i = 0; i < count && status == NUNCIO_OK; i++) {
            status = nn_name_words_add(&words, name, &found[i], to->error);
        }
    }
    if (status == NUNCIO_OK) {
        status = nn_name_words_write(&words, to->frame, meta, to->error);
    }
    nn_name_words_writer_deinit(&words);
    return status;
}

nuncio_status nn_names_write_regions(nn_names_writer *writer, nn_name_words_source *words,
                                     void *context, nn_frame_writer *frame, nn_meta *meta,
                                     nuncio_error *error)
{
    nn_memory *memory = writer->memory;
    regions to = {.from = writer, .frame = frame, .error = error};
    uint32_t names = nn_string_map_count(writer->names);
    uint32_t strings = names + nn_string_map_count(writer->others);
    size_t room = (size_t)names + 1, longest = writer->longest + 1;
    size_t sizes = (size_t)(strings > writer->article ? strings : writer->article) + 1;
    nuncio_status status = NUNCIO_OK;
    nn_buffer_init(&to.out, memory);
    to.order.count = names;
    to.order.numbers = nn_alloc_array(memory, room, sizeof *to.order.numbers);
    to.order.ranks = nn_alloc_array(memory, room, sizeof *to.order.ranks);
    to.codes = nn_alloc_array(memory, longest, sizeof *to.codes);
    to.sizes = nn_alloc_array(memory, sizes, sizeof *to.sizes);
    if (to.order.numbers == NULL || to.order.ranks == NULL || to.codes == NULL ||
        to.sizes == NULL) {
        status = nn_error_memory(error);
        goto cleanup;
    }
    NN_TRY_CLEANUP(sort_names(&to));
    NN_TRY_CLEANUP(write_articles(&to));
    NN_TRY_CLEANUP(nn_name_lists_write(writer, &to.order, frame, error));
    NN_TRY_CLEANUP(write_strings(&to));
    NN_TRY_CLEANUP(write_words(&to, words, context, meta));
    meta->names = names;
    meta->strings = strings;
cleanup:
    nn_release(memory, to.order.numbers, room * sizeof *to.order.numbers);
    nn_release(memory, to.order.ranks, room * sizeof *to.order.ranks);
    nn_release(memory, to.codes, longest * sizeof *to.codes);
    nn_release(memory, to.sizes, sizes * sizeof *to.sizes);
    nn_buffer_deinit(&to.out);
    return status;
}

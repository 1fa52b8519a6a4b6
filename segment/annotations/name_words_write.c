/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations/name_words_write.h"

#include "core/error.h"
#include "core/str.h"
#include "segment/annotations/name_words.h"
#include "segment/codes/golomb.h"
#include "segment/codes/sequence.h"

#include <stdlib.h>
#include <string.h>

nuncio_status nn_name_words_writer_init(nn_name_words_writer *writer, nn_memory *memory,
                                        nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    return nn_string_map_create(memory, &writer->words, error);
}

void nn_name_words_writer_deinit(nn_name_words_writer *writer)
{
    nn_string_map_destroy(writer->words);
    nn_release(writer->memory, writer->pairs, writer->pair_capacity * sizeof *writer->pairs);
}

nuncio_status nn_name_words_add(nn_name_words_writer *writer, uint32_t name,
                                const nn_found_name_word *word, nuncio_error *error)
{
    if (word->key.size == 0 || word->key.size > NN_NAME_WORD_SIZE_MAX) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a word of a name has 1 to %d bytes",
                            NN_NAME_WORD_SIZE_MAX);
    }
    uint32_t number = 0;
    NN_TRY(nn_string_map_add(writer->words, word->key, &number, NULL, error));
    NN_TRY(nn_reserve(writer->memory, &writer->pairs, &writer->pair_capacity,
                      writer->pair_count + 1, sizeof *writer->pairs, error));
    writer->pairs[writer->pair_count++] =
        (nn_name_word_pair){number, name, word->place, word->last};
    return NUNCIO_OK;
}

/** A word in byte order. */
typedef struct sorted_word {
    nuncio_str text;
    uint32_t number;
} sorted_word;

static int by_text(const void *a, const void *b)
{
    return nn_str_compare(((const sorted_word *)a)->text, ((const sorted_word *)b)->text);
}

/** What the regions are written from. */
typedef struct word_table {
    sorted_word *words;
    uint32_t count;
    uint32_t *starts;                /* by number of a word, and behind the last: into `pairs` */
    const nn_name_word_pair **pairs; /* those of a word together, in order */
    uint32_t *gaps;                  /* room for those of any word */
} word_table;

static void append_list(nn_buffer *out, const word_table *table, uint32_t number)
{
    enum { PAIR_BITS = 2 * NN_GOLOMB_BITS_MAX + 1 };
    const nn_name_word_pair **pairs = table->pairs + table->starts[number];
    uint32_t count = table->starts[number + 1] - table->starts[number], before = 0;
    for (uint32_t i = 0; i < count; i++) {
        table->gaps[i] = pairs[i]->name - before;
        before = pairs[i]->name;
    }
    uint32_t order = nn_golomb_order(table->gaps, count);
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)count * PAIR_BITS + NN_GOLOMB_ORDER_BITS)) {
        return;
    }
    nn_bits_put(&bits, order, NN_GOLOMB_ORDER_BITS);
    for (uint32_t i = 0; i < count; i++) {
        nn_golomb_put(&bits, table->gaps[i], order);
        nn_golomb_put(&bits, pairs[i]->place, 1);
        nn_bits_put(&bits, pairs[i]->last, 1);
    }
    nn_bits_finish(&bits);
}

static nuncio_status write_blocks(const nn_name_words_writer *writer, const word_table *table,
                                  nn_frame_writer *frame, nuncio_error *error)
{
    uint32_t blocks = (table->count + NN_NAME_WORD_BLOCK - 1) / NN_NAME_WORD_BLOCK;
    uint32_t *sizes = nn_alloc_array(writer->memory, (size_t)blocks + 1, sizeof *sizes);
    nn_buffer out, list;
    nn_buffer_init(&out, writer->memory);
    nn_buffer_init(&list, writer->memory);
    nuncio_status status = sizes == NULL ? nn_error_memory(error) : NUNCIO_OK;
    NN_TRY_CLEANUP(status);
    nuncio_str before = {"", 0};
    nn_frame_writer_begin(frame, NN_REGION_NAME_WORDS);
    for (uint32_t i = 0; i < table->count; i++) {
        const sorted_word *word = &table->words[i];
        size_t shared = 0;
        while (i % NN_NAME_WORD_BLOCK != 0 && shared < before.size && shared < word->text.size &&
               before.data[shared] == word->text.data[shared]) {
            shared++;
        }
        nn_buffer_clear(&list);
        append_list(&list, table, word->number);
        nn_buffer_append_u8(&out, (uint8_t)shared);
        nn_buffer_append_u8(&out, (uint8_t)(word->text.size - shared));
        nn_buffer_append(&out, word->text.data + shared, word->text.size - shared);
        nn_buffer_append_varint(&out,
                                table->starts[word->number + 1] - table->starts[word->number]);
        nn_buffer_append_varint(&out, list.size);
        nn_buffer_append(&out, list.data, list.size);
        NN_TRY_CLEANUP(nn_buffer_status(&list, error));
        NN_TRY_CLEANUP(nn_buffer_status(&out, error));
        before = word->text;
        if ((i + 1) % NN_NAME_WORD_BLOCK == 0 || i + 1 == table->count) {
            sizes[i / NN_NAME_WORD_BLOCK] = (uint32_t)out.size;
            nn_frame_writer_append(frame, out.data, out.size);
            nn_buffer_clear(&out);
        }
    }
    nn_frame_writer_end(frame, NN_REGION_NAME_WORDS);
    nn_running_sum sums = {sizes, 0};
    NN_TRY_CLEANUP(
        nn_sequence_write(&out, nn_sequence_of_sums, &sums, (uint64_t)blocks + 1, error));
    nn_frame_writer_region(frame, NN_REGION_NAME_WORD_BLOCKS, out.data, out.size);
cleanup:
    nn_buffer_deinit(&list);
    nn_buffer_deinit(&out);
    nn_release(writer->memory, sizes, ((size_t)blocks + 1) * sizeof *sizes);
    return status;
}

/** Sorts words by their bytes, and pairs by word. */
static void fill(const nn_name_words_writer *writer, word_table *table)
{
    for (uint32_t i = 0; i < table->count; i++) {
        table->words[i] = (sorted_word){nn_string_map_key(writer->words, i), i};
    }
    qsort(table->words, table->count, sizeof *table->words, by_text);
    for (size_t i = 0; i < writer->pair_count; i++) {
        table->starts[writer->pairs[i].word + 1]++;
    }
    for (uint32_t i = 0; i < table->count; i++) {
        table->starts[i + 1] += table->starts[i];
    }
    for (size_t i = 0; i < writer->pair_count; i++) {
        table->pairs[table->starts[writer->pairs[i].word]++] = &writer->pairs[i];
    }
    for (uint32_t i = table->count; i > 0; i--) { /* back to where each begins */
        table->starts[i] = table->starts[i - 1];
    }
    table->starts[0] = 0;
}

nuncio_status nn_name_words_write(nn_name_words_writer *writer, nn_frame_writer *frame,
                                  nn_meta *meta, nuncio_error *error)
{
    nn_memory *memory = writer->memory;
    word_table table = {.count = nn_string_map_count(writer->words)};
    size_t words = (size_t)table.count + 1, pairs = writer->pair_count + 1;
    if (pairs > UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "names have more than 2^32 words");
    }
    table.words = nn_alloc_array(memory, words, sizeof *table.words);
    table.starts = nn_alloc_array(memory, words, sizeof *table.starts);
    table.pairs = (const nn_name_word_pair **)nn_alloc_array(memory, pairs, sizeof *table.pairs);
    table.gaps = nn_alloc_array(memory, pairs, sizeof *table.gaps);
    nuncio_status status = NUNCIO_OK;
    if (table.words == NULL || table.starts == NULL || table.pairs == NULL || table.gaps == NULL) {
        status = nn_error_memory(error);
    } else {
        fill(writer, &table);
        status = write_blocks(writer, &table, frame, error);
    }
    nn_release(memory, table.words, words * sizeof *table.words);
    nn_release(memory, table.starts, words * sizeof *table.starts);
    nn_release(memory, table.pairs, pairs * sizeof *table.pairs);
    nn_release(memory, table.gaps, pairs * sizeof *table.gaps);
    meta->name_words = table.count;
    return status;
}

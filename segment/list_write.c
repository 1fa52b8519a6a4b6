/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/list_write.h"

#include "core/error.h"

#include <stdlib.h>
#include <string.h>

void nn_list_writer_init(nn_list_writer *writer, nn_memory *memory)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    nn_buffer_init(&writer->docs, memory);
    nn_buffer_init(&writer->positions, memory);
    nn_buffer_init(&writer->codes, memory);
    nn_buffer_init(&writer->groups, memory);
    nn_buffer_init(&writer->entries, memory);
    nn_positions_writer_init(&writer->positions_writer, memory);
}

void nn_list_writer_deinit(nn_list_writer *writer)
{
    nn_memory *memory = writer->memory;
    nn_buffer_deinit(&writer->docs);
    nn_buffer_deinit(&writer->positions);
    nn_buffer_deinit(&writer->codes);
    nn_buffer_deinit(&writer->groups);
    nn_buffer_deinit(&writer->entries);
    nn_positions_writer_deinit(&writer->positions_writer);
    nn_release(memory, writer->blocks.items,
               writer->blocks.capacity * sizeof *writer->blocks.items);
    nn_release(memory, writer->numbers, writer->number_capacity * sizeof *writer->numbers);
    nn_release(memory, writer->waiting, writer->waiting_capacity * sizeof *writer->waiting);
    nn_release(memory, writer->form_counts, writer->form_capacity * sizeof *writer->form_counts);
    nn_release(memory, writer->order, writer->order_capacity * sizeof *writer->order);
    nn_release(memory, writer->number_of, writer->number_of_capacity * sizeof *writer->number_of);
}

nuncio_status nn_list_begin(nn_list_writer *writer, nuncio_str term, const nuncio_str *strings,
                            uint32_t form_count, nuncio_error *error)
{
    if (form_count == 0) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a term has no surface form");
    }
    nn_memory *memory = writer->memory;
    NN_TRY(nn_reserve(memory, &writer->form_counts, &writer->form_capacity, form_count,
                      sizeof *writer->form_counts, error));
    NN_TRY(nn_reserve(memory, &writer->order, &writer->order_capacity, form_count,
                      sizeof *writer->order, error));
    NN_TRY(nn_reserve(memory, &writer->number_of, &writer->number_of_capacity, form_count,
                      sizeof *writer->number_of, error));
    writer->term = term;
    writer->strings = strings;
    writer->form_count = form_count;
    writer->df = 0;
    writer->article_df = 0;
    writer->next_passage = 0;
    writer->blocks.count = 0;
    writer->block_count = 0;
    writer->block_tokens = 0;
    writer->block_base = 0;
    writer->number_count = 0;
    writer->waiting_count = 0;
    writer->planned = false;
    nn_buffer_clear(&writer->docs);
    nn_buffer_clear(&writer->positions);
    nn_buffer_clear(&writer->codes);
    nn_buffer_clear(&writer->groups);
    nn_buffer_clear(&writer->entries);
    nn_front_clear(&writer->list_front);
    nn_front_clear(&writer->block_front);
    return NUNCIO_OK;
}

static int by_falling_count(const void *a, const void *b)
{
    const struct nn_form_count *x = a, *y = b;
    if (x->count != y->count) {
        return x->count > y->count ? -1 : 1;
    }
    return x->form < y->form ? -1 : x->form > y->form;
}

/** Numbers the forms by how often they occur in what waits. */
static void plan_forms(nn_list_writer *writer)
{
    uint32_t count = writer->form_count;
    for (uint32_t i = 0; i < count; i++) {
        writer->form_counts[i] = (struct nn_form_count){0, i};
    }
    for (size_t i = 0; i < writer->number_count; i++) {
        writer->form_counts[writer->numbers[i]].count++;
    }
    qsort(writer->form_counts, count, sizeof *writer->form_counts, by_falling_count);
    uint64_t all = 0;
    uint64_t counts[NN_FORM_LEVELS_MAX] = {0};
    for (uint32_t i = 0; i < count; i++) {
        writer->order[i] = writer->form_counts[i].form;
        writer->number_of[writer->order[i]] = i;
        all += writer->form_counts[i].count;
        if (i < NN_FORM_LEVELS_MAX) {
            counts[i] = writer->form_counts[i].count;
        }
    }
    nn_form_table_plan(&writer->table, counts, all, count);
    writer->planned = true;
}

/** Writes the codes of the blocks that wait. */
static void write_codes(nn_list_writer *writer)
{
    if (!writer->planned) {
        plan_forms(writer);
    }
    for (size_t i = 0; i < writer->number_count; i++) {
        writer->numbers[i] = writer->number_of[writer->numbers[i]];
    }
    uint32_t *numbers = writer->numbers;
    for (size_t i = 0; i < writer->waiting_count && writer->table.levels > 0; i++) {
        nn_codes_write(&writer->codes, &writer->table, numbers, writer->waiting[i]);
        numbers += writer->waiting[i];
        size_t block = writer->blocks.count - writer->waiting_count + i;
        writer->blocks.items[block].codes_end = (uint32_t)writer->codes.size;
    }
    writer->number_count = 0;
    writer->waiting_count = 0;
}

/** True when an article begins in passages first … last. */
static bool article_begins(const nn_passage_table *table, uint32_t first, uint32_t last)
{
    for (uint32_t word = first / 64; word <= last / 64; word++) {
        uint64_t bits = table->firsts[word];
        bits &= word == first / 64 ? ~UINT64_C(0) << (first % 64) : ~UINT64_C(0);
        bits &= word == last / 64 ? ~UINT64_C(0) >> (63 - last % 64) : ~UINT64_C(0);
        if (bits != 0) {
            return true;
        }
    }
    return false;
}

/** Looks the passages of the block up, all at once, so that the processor need not wait for each:
 * their lengths, whether they have such places, which articles they are of. */
static nuncio_status look_up_passages(nn_list_writer *writer, nuncio_error *error)
{
    const nn_passage_table *table = &writer->passages;
    uint32_t last = writer->block_docs[writer->block_count - 1], wrong = 0;
    if (last >= table->count) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "there is no passage %u", last);
    }
    for (uint32_t i = 0; i < writer->block_count; i++) {
        uint8_t length = table->lengths[writer->block_docs[i]];
        writer->block_lengths[i] = length;
        wrong |= writer->block_last_places[i] >= length;
        nn_front_add(&writer->block_front, writer->block_tfs[i], length);
    }
    if (wrong != 0) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "a passage up to %u has fewer tokens than its posting", last);
    }
    for (uint32_t i = 0; i < writer->block_count; i++) {
        uint32_t doc = writer->block_docs[i], next = writer->article_next;
        writer->article_df += writer->df == 0 || article_begins(table, next, doc);
        writer->df++;
        writer->article_next = doc + 1;
    }
    return NUNCIO_OK;
}

static nuncio_status end_block(nn_list_writer *writer, nuncio_error *error)
{
    uint32_t count = writer->block_count;
    NN_TRY(look_up_passages(writer, error));
    nn_block_write(&writer->docs, writer->block_base, writer->block_docs, writer->block_tfs, count);
    NN_TRY(nn_positions_write(&writer->positions_writer, &writer->positions, writer->block_lengths,
                              writer->block_tfs, writer->places, count, error));
    if (writer->docs.size > UINT32_MAX || writer->positions.size > UINT32_MAX ||
        writer->codes.size > UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "the list of a term has 4 GiB or more");
    }
    NN_TRY(nn_reserve(writer->memory, &writer->blocks.items, &writer->blocks.capacity,
                      writer->blocks.count + 1, sizeof *writer->blocks.items, error));
    NN_TRY(nn_reserve(writer->memory, &writer->waiting, &writer->waiting_capacity,
                      writer->waiting_count + 1, sizeof *writer->waiting, error));
    nn_block_info *block = &writer->blocks.items[writer->blocks.count++];
    *block = (nn_block_info){
        .last_doc = writer->block_docs[count - 1],
        .docs_end = (uint32_t)writer->docs.size,
        .positions_end = (uint32_t)writer->positions.size,
    };
    block->bound_count = nn_front_bounds(&writer->block_front, NN_BLOCK_BOUNDS, block->bounds);
    nn_front_merge(&writer->list_front, &writer->block_front);
    nn_front_clear(&writer->block_front);
    writer->waiting[writer->waiting_count++] = writer->block_tokens;
    writer->block_base = block->last_doc + 1;
    writer->block_count = 0;
    writer->block_tokens = 0;
    if (writer->planned || writer->number_count >= NN_FORM_SAMPLE) {
        write_codes(writer);
    }
    return nn_buffer_status(&writer->docs, error);
}

/** Keeps places and forms of a posting; false when there are no such forms, or places do not
 * ascend. */
static bool take_tokens(nn_list_writer *writer, const uint8_t *from, const uint32_t *forms,
                        uint32_t tf)
{
    uint8_t *places = writer->places + writer->block_tokens;
    uint32_t *numbers = writer->numbers + writer->number_count;
    uint32_t next = 0, wrong = 0;
    for (uint32_t k = 0; k < tf; k++) {
        wrong |= (uint32_t)(from[k] < next) | (uint32_t)(forms[k] >= writer->form_count);
        places[k] = from[k];
        numbers[k] = forms[k];
        next = from[k] + 1U;
    }
    writer->block_tokens += tf;
    writer->number_count += writer->form_count > 1 ? tf : 0;
    return wrong == 0;
}

nuncio_status nn_list_add(nn_list_writer *writer, uint32_t passage, const uint8_t *places,
                          const uint32_t *forms, uint32_t tf, nuncio_error *error)
{
    if (passage < writer->next_passage || tf == 0 || tf > NN_POSITIONS_MAX) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "posting of passage %u with frequency %u is out of order or range",
                            passage, tf);
    }
    if (writer->number_capacity - writer->number_count < tf) {
        NN_TRY(nn_reserve(writer->memory, &writer->numbers, &writer->number_capacity,
                          writer->number_count + tf, sizeof *writer->numbers, error));
    }
    if (!take_tokens(writer, places, forms, tf)) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "the tokens of passage %u are out of order or range", passage);
    }
    writer->block_docs[writer->block_count] = passage;
    writer->block_tfs[writer->block_count] = tf;
    writer->block_last_places[writer->block_count] = places[tf - 1];
    writer->block_count++;
    writer->next_passage = passage + 1;
    return writer->block_count == NN_POSTINGS_BLOCK ? end_block(writer, error) : NUNCIO_OK;
}

nuncio_status nn_list_add_positions(nn_list_writer *writer, uint32_t passage,
                                    const uint32_t *positions, const uint32_t *forms, uint32_t tf,
                                    nuncio_error *error)
{
    const nn_passage_table *table = &writer->passages;
    uint8_t places[NN_POSITIONS_MAX];
    bool inside = passage < table->count && tf > 0 && tf <= table->lengths[passage];
    for (uint32_t k = 0; inside && k < tf; k++) {
        uint32_t place = positions[k], length = table->lengths[passage];
        uint32_t text_length = length - table->title_lengths[passage];
        if (place >= NN_POSITION_TITLE) {
            place = place - NN_POSITION_TITLE + text_length;
            inside = place < length;
        } else {
            inside = place < text_length;
        }
        places[k] = (uint8_t)place;
    }
    if (!inside) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "passage %u has no such tokens", passage);
    }
    return nn_list_add(writer, passage, places, forms, tf, error);
}

static void append(nn_buffer *out, const nn_buffer *part)
{
    nn_buffer_append(out, part->data, part->size);
    out->failed = out->failed || part->failed;
}

static void write_short(nn_list_writer *writer, nn_buffer *out)
{
    append(out, &writer->docs);
    nn_buffer_append_varint(out, writer->positions.size);
    append(out, &writer->positions);
    size_t before = out->size;
    nn_forms_write(out, &writer->table, writer->term, writer->strings, writer->order);
    writer->sizes.forms += out->size - before;
    append(out, &writer->codes);
}

static void write_long(nn_list_writer *writer, nn_buffer *out, nn_buffer *forms)
{
    nn_skips_write(&writer->groups, &writer->entries, writer->blocks.items,
                   (uint32_t)writer->blocks.count);
    nn_forms_write(forms, &writer->table, writer->term, writer->strings, writer->order);
    size_t before = out->size;
    nn_buffer_append_varint(out, forms->size);
    nn_buffer_append_varint(out, writer->docs.size);
    nn_buffer_append_varint(out, writer->positions.size);
    nn_buffer_append_varint(out, writer->entries.size);
    nn_bound bounds[NN_BOUNDS_MAX];
    uint32_t count = nn_front_bounds(&writer->list_front, NN_BOUNDS_MAX, bounds);
    nn_buffer_append_u8(out, (uint8_t)count);
    for (uint32_t i = 0; i < count; i++) {
        nn_buffer_append_u8(out, (uint8_t)bounds[i].tf);
        nn_buffer_append_u8(out, (uint8_t)bounds[i].length);
    }
    append(out, &writer->groups);
    append(out, &writer->entries);
    writer->sizes.bounds += out->size - before;
    append(out, &writer->docs);
    append(out, &writer->positions);
    append(out, &writer->codes);
    append(out, forms);
    writer->sizes.forms += forms->size;
}

nuncio_status nn_list_end(nn_list_writer *writer, nn_buffer *out, nuncio_error *error)
{
    if (writer->block_count > 0) {
        NN_TRY(end_block(writer, error));
    }
    if (writer->df == 0) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a term has no posting");
    }
    write_codes(writer);
    NN_TRY(nn_buffer_status(&writer->codes, error));
    size_t before = out->size;
    if (writer->blocks.count == 1) {
        write_short(writer, out);
    } else {
        nn_buffer forms;
        nn_buffer_init(&forms, writer->memory);
        write_long(writer, out, &forms);
        nn_buffer_deinit(&forms);
    }
    writer->sizes.docs += writer->docs.size;
    writer->sizes.codes += writer->codes.size;
    writer->sizes.all += out->size - before;
    return nn_buffer_status(out, error);
}

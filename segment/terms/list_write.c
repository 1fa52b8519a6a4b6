/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/list_write.h"

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
    nn_release(memory, writer->forms, writer->waiting_form_capacity * sizeof *writer->forms);
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
    writer->last_article = UINT32_MAX;
    writer->blocks.count = 0;
    writer->block_count = 0;
    writer->block_tokens = 0;
    writer->block_base = 0;
    writer->waiting_forms = 0;
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
    for (size_t i = 0; i < writer->waiting_forms; i++) {
        writer->form_counts[writer->forms[i]].count++;
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
    const uint32_t *forms = writer->forms;
    for (size_t i = 0; i < writer->waiting_count && writer->table.levels > 0; i++) {
        nn_codes_write(&writer->codes, &writer->table, writer->order[0], writer->number_of, forms,
                       writer->waiting[i]);
        forms += writer->waiting[i];
        size_t block = writer->blocks.count - writer->waiting_count + i;
        writer->blocks.items[block].codes_end = (uint32_t)writer->codes.size;
    }
    writer->waiting_forms = 0;
    writer->waiting_count = 0;
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
    uint32_t last_article = writer->last_article;
    for (uint32_t i = 0; i < writer->block_count; i++) {
        uint32_t article = table->articles[writer->block_docs[i]];
        writer->article_df += article != last_article;
        last_article = article;
    }
    writer->last_article = last_article;
    writer->df += writer->block_count;
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
    if (writer->planned || writer->waiting_forms >= NN_FORM_SAMPLE) {
        write_codes(writer);
    }
    return nn_buffer_status(&writer->docs, error);
}

/** Takes `count` postings into the block at hand, which has room for them; false when passages or
 * places do not ascend, or there are no such forms. */
static bool take_postings(nn_list_writer *writer, const nn_list_run *from, uint32_t count,
                          uint32_t tokens)
{
    uint32_t *docs = writer->block_docs + writer->block_count;
    uint32_t *tfs = writer->block_tfs + writer->block_count;
    uint8_t *last_places = writer->block_last_places + writer->block_count;
    uint64_t next = writer->next_passage;
    uint32_t wrong = 0;
    const uint8_t *places = from->places;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t passage = from->passages[i], tf = from->tfs[i];
        wrong |= (uint32_t)(passage < next);
        for (uint32_t k = 1; k < tf; k++) {
            wrong |= (uint32_t)(places[k] <= places[k - 1]);
        }
        places += tf;
        docs[i] = passage;
        tfs[i] = tf;
        last_places[i] = places[-1];
        next = (uint64_t)passage + 1;
    }
    memcpy(writer->places + writer->block_tokens, from->places, tokens);
    uint32_t *forms = writer->forms + writer->waiting_forms, form_count = writer->form_count;
    for (uint32_t k = 0; k < tokens; k++) {
        wrong |= (uint32_t)(from->forms[k] >= form_count);
        forms[k] = from->forms[k];
    }
    if (wrong != 0) {
        return false;
    }
    writer->waiting_forms += form_count > 1 ? tokens : 0;
    writer->block_count += count;
    writer->block_tokens += tokens;
    writer->next_passage = next;
    return true;
}

nuncio_status nn_list_add(nn_list_writer *writer, const nn_list_run *run, nuncio_error *error)
{
    nn_list_run left = *run;
    while (left.count > 0) {
        uint32_t room = NN_POSTINGS_BLOCK - writer->block_count, tokens = 0, none = 0;
        uint32_t count = left.count < room ? left.count : room;
        for (uint32_t i = 0; i < count; i++) {
            tokens += left.tfs[i];
            none |= (uint32_t)(left.tfs[i] == 0);
        }
        NN_TRY(nn_reserve(writer->memory, &writer->forms, &writer->waiting_form_capacity,
                          writer->waiting_forms + tokens, sizeof *writer->forms, error));
        if (none != 0 || !take_postings(writer, &left, count, tokens)) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "postings up to passage %u are out of order or range",
                                left.passages[count - 1]);
        }
        left.passages += count;
        left.tfs += count;
        left.places += tokens;
        left.forms += tokens;
        left.count -= count;
        if (writer->block_count == NN_POSTINGS_BLOCK) {
            NN_TRY(end_block(writer, error));
        }
    }
    return NUNCIO_OK;
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
    uint8_t tf_byte = (uint8_t)tf; /* a passage has no more tokens */
    const nn_list_run run = {&passage, &tf_byte, places, forms, 1};
    return nn_list_add(writer, &run, error);
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

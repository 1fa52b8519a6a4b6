/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers by count of articles are known at the end only, so the lists of articles are kept in a
 * log and written anew then:
 *
 *   log     = article × articles
 *   article = standing:varint others:varint entry × (standing + others)
 *   entry   = number << 3 | again << 2 | speaks << 1 | sized :varint  [ size:varint ]
 *
 * The lists of names come from going through the log for a range of names at a time, so that no
 * more than a part of them is in memory. */
#include "segment/annotations/names_write.h"

#include "core/error.h"
#include "core/slice.h"
#include "segment/annotations/names_regions.h"
#include "segment/codes/golomb.h"

#include <string.h>

nuncio_status nn_names_writer_init(nn_names_writer *writer, nn_memory *memory, nuncio_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->memory = memory;
    nn_buffer_init(&writer->log, memory);
    nn_buffer_init(&writer->key, memory);
    NN_TRY(nn_string_map_create(memory, &writer->names, error));
    return nn_string_map_create(memory, &writer->others, error);
}

void nn_names_writer_deinit(nn_names_writer *writer)
{
    nn_memory *memory = writer->memory;
    if (memory == NULL) {
        return;
    }
    nn_u32_array *arrays[] = {&writer->counts, &writer->heads, &writer->seen, &writer->gaps,
                              &writer->codes};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        nn_release(memory, arrays[i]->items, arrays[i]->capacity * sizeof *arrays[i]->items);
    }
    nn_release(memory, writer->listed, writer->listed_capacity * sizeof *writer->listed);
    nn_buffer_deinit(&writer->log);
    nn_buffer_deinit(&writer->key);
    nn_string_map_destroy(writer->names);
    nn_string_map_destroy(writer->others);
}

/* Gives a name its number; of a new one the arrays grow. */
static nuncio_status add_name(nn_names_writer *writer, nuncio_str name, nuncio_entity_type type,
                              uint32_t *number, nuncio_error *error)
{
    bool added = false;
    nn_buffer_clear(&writer->key);
    nn_buffer_append_u8(&writer->key, (uint8_t)type);
    nn_buffer_append_str(&writer->key, name);
    NN_TRY(nn_buffer_status(&writer->key, error));
    NN_TRY(nn_string_map_add(writer->names, nn_buffer_str(&writer->key), number, &added, error));
    nn_u32_array *arrays[] = {&writer->counts, &writer->heads, &writer->seen};
    for (size_t i = 0; added && i < sizeof arrays / sizeof arrays[0]; i++) {
        nn_u32_array *array = arrays[i];
        NN_TRY(nn_reserve(writer->memory, &array->items, &array->capacity, (size_t)*number + 1,
                          sizeof *array->items, error));
        array->items[*number] = 0;
    }
    if (added) {
        writer->seen.items[*number] = UINT32_MAX;
        writer->counts.count = (size_t)*number + 1;
    }
    return NUNCIO_OK;
}

/* The number of a name. The mentions of one entity share its name's bytes, so that most names of an
 * article are known by where they lie, without looking at them. */
static nuncio_status number_name(nn_names_writer *writer, nuncio_str name, nuncio_entity_type type,
                                 uint32_t *number, nuncio_error *error)
{
    uintptr_t place = (uintptr_t)name.data;
    nn_recent_name *recent = &writer->recent[(place >> 2 ^ place >> 10) % NN_RECENT_NAMES];
    if (recent->article != writer->article + 1 || recent->name.data != name.data ||
        recent->name.size != name.size || recent->type != type) {
        NN_TRY(add_name(writer, name, type, number, error));
        *recent = (nn_recent_name){name, type, *number, writer->article + 1};
    }
    *number = recent->number;
    return NUNCIO_OK;
}

/* Adds an entry of a name, which the article may hold in another size. */
static nuncio_status add_entry(nn_names_writer *writer, uint32_t number, uint32_t size,
                               uint32_t *local, nuncio_error *error)
{
    NN_TRY(nn_reserve(writer->memory, &writer->listed, &writer->listed_capacity,
                      writer->listed_count + 1, sizeof *writer->listed, error));
    bool again = writer->seen.items[number] == writer->article;
    *local = (uint32_t)writer->listed_count++;
    writer->listed[*local] = (nn_listed_name){.number = number, .size = size, .again = again};
    if (!again) {
        writer->seen.items[number] = writer->article;
        writer->heads.items[number] = *local + 1;
        writer->counts.items[number]++;
        writer->pair_count++;
        return NUNCIO_OK;
    }
    nn_listed_name *head = &writer->listed[writer->heads.items[number] - 1];
    writer->listed[*local].next = head->next; /* behind the first, which stays the first */
    head->next = *local + 1;
    return NUNCIO_OK;
}

nuncio_status nn_names_add_mention(nn_names_writer *writer, const nuncio_mention *mention,
                                   uint32_t *local, bool *added, nuncio_error *error)
{
    uint32_t number = 0, size = mention->end - mention->start;
    NN_TRY(number_name(writer, mention->name, mention->type, &number, error));
    *added = false;
    if (writer->seen.items[number] == writer->article) {
        for (uint32_t at = writer->heads.items[number]; at != 0; at = writer->listed[at - 1].next) {
            if (writer->listed[at - 1].size == size) {
                *local = at - 1;
                return NUNCIO_OK;
            }
        }
    }
    *added = true;
    NN_TRY(add_entry(writer, number, size, local, error));
    writer->standing = writer->listed_count;
    return NUNCIO_OK;
}

nuncio_status nn_names_add_speaker(nn_names_writer *writer, nuncio_str speaker,
                                   nuncio_entity_type type, uint32_t *local, nuncio_error *error)
{
    uint32_t number = 0;
    NN_TRY(number_name(writer, speaker, type, &number, error));
    if (writer->seen.items[number] == writer->article) {
        *local = writer->heads.items[number] - 1;
    } else {
        NN_TRY(add_entry(writer, number, 0, local, error));
    }
    writer->listed[*local].speaks = true;
    return NUNCIO_OK;
}

nuncio_status nn_names_end_article(nn_names_writer *writer, nuncio_error *error)
{
    nn_buffer *log = &writer->log;
    nn_buffer_append_varint(log, writer->standing);
    nn_buffer_append_varint(log, writer->listed_count - writer->standing);
    for (size_t i = 0; i < writer->listed_count; i++) {
        const nn_listed_name *entry = &writer->listed[i];
        bool sized =
            i < writer->standing &&
            entry->size + (size_t)1 != nn_string_map_key(writer->names, entry->number).size;
        uint64_t code = (uint64_t)entry->number << 3 | (uint64_t)entry->again << 2;
        nn_buffer_append_varint(log, code | (uint64_t)entry->speaks << 1 | (uint64_t)sized);
        if (sized) {
            nn_buffer_append_varint(log, entry->size);
        }
    }
    writer->longest =
        writer->listed_count > writer->longest ? writer->listed_count : writer->longest;
    writer->listed_count = 0;
    writer->standing = 0;
    writer->article++;
    return nn_buffer_status(log, error);
}

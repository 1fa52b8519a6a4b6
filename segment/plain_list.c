/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/plain_list.h"

#include "core/error.h"
#include "core/slice.h"
#include "core/str.h"
#include "segment/segment_impl.h"
#include "segment/varint.h"

#include <string.h>

enum { HEAD_MAX = 5 + 1 /* bytes of a posting before its places */ };

static uint32_t form_bytes(uint32_t form_count)
{
    return form_count == 1 ? 0 : form_count <= 256 ? 1 : form_count <= 65536 ? 2 : 4;
}

static uint8_t *write_head(uint8_t *to, uint32_t gap, uint32_t tf)
{
    uint64_t head = (uint64_t)gap << 1 | (tf > 1);
    for (; head >= 0x80; head >>= 7) {
        *to++ = (uint8_t)(head | 0x80);
    }
    *to++ = (uint8_t)head;
    *to = (uint8_t)tf;
    return to + (tf > 1);
}

static uint8_t *write_forms(uint8_t *to, uint32_t bytes, const nn_term_token *from, uint32_t tf)
{
    for (uint32_t i = 0; i < tf; i++, to += bytes) {
        uint32_t form = nn_term_token_form(from[i]);
        switch (bytes) {
        case 0:
            break;
        case 1:
            *to = (uint8_t)form;
            break;
        case 2:
            nn_store_u16(to, (uint16_t)form);
            break;
        default:
            nn_store_u32(to, form);
        }
    }
    return to;
}

uint32_t nn_plain_write(nn_buffer *out, const nuncio_str *forms, uint32_t form_count,
                        const nn_term_token *occurrences, size_t count)
{
    uint32_t bytes = form_bytes(form_count), next = 0, postings = 0;
    nn_buffer_append_varint(out, form_count);
    for (uint32_t i = 0; i < form_count; i++) {
        nn_buffer_append_u8(out, (uint8_t)forms[i].size);
        nn_buffer_append_str(out, forms[i]);
    }
    for (size_t i = 0; i < count;) {
        uint32_t passage = nn_term_token_passage(occurrences[i]), tf = 1;
        while (i + tf < count && nn_term_token_passage(occurrences[i + tf]) == passage) {
            tf++;
        }
        if (!nn_buffer_reserve(out, HEAD_MAX + tf * (1 + (size_t)bytes))) {
            return 0;
        }
        uint8_t *to = out->data + out->size;
        to = write_head(to, passage - next, tf);
        for (uint32_t k = 0; k < tf; k++) {
            *to++ = nn_term_token_place(occurrences[i + k]);
        }
        to = write_forms(to, bytes, occurrences + i, tf);
        next = passage + 1;
        postings++;
        i += tf;
        out->size = (size_t)(to - out->data);
    }
    return postings;
}

static nuncio_status corrupt(const nn_plain_reader *reader, nuncio_error *error)
{
    return nn_segment_corrupt(reader->segment, reader->at, "a list makes no sense", error);
}

nuncio_status nn_plain_open(nn_plain_reader *reader, const nn_segment *segment,
                            const nn_term_info *term, nn_arena *arena, nuncio_str **forms,
                            nuncio_error *error)
{
    reader->segment = segment;
    reader->at = segment->frame.map.data + term->list_offset;
    reader->end = reader->at + term->list_size;
    reader->next = 0;
    NN_TRY(nn_frame_touch_bytes(&segment->frame, reader->at, reader->end, error));
    nn_slice slice = nn_slice_of(reader->at, (size_t)term->list_size);
    uint64_t count = nn_slice_varint(&slice);
    if (slice.failed || count == 0 || count > slice.size) {
        return corrupt(reader, error);
    }
    nuncio_str *strings = NULL;
    if (forms != NULL) {
        strings = (nuncio_str *)nn_arena_array(arena, (size_t)count, sizeof *strings);
        if (strings == NULL) {
            return nn_error_memory(error);
        }
        *forms = strings;
    }
    for (uint64_t i = 0; i < count; i++) {
        size_t size = nn_slice_u8(&slice);
        const uint8_t *bytes = nn_slice_bytes(&slice, size);
        if (strings != NULL) {
            strings[i] = nn_str((const char *)bytes, size);
        }
    }
    if (slice.failed) {
        return corrupt(reader, error);
    }
    reader->at = slice.data;
    reader->form_count = (uint32_t)count;
    reader->form_bytes = form_bytes(reader->form_count);
    return NUNCIO_OK;
}

/** Reads the form of each occurrence; false when there is no such form. */
static bool read_forms(nn_plain_reader *reader)
{
    uint32_t highest = 0, tf = reader->tf;
    const uint8_t *at = reader->at;
    switch (reader->form_bytes) {
    case 0:
        memset(reader->forms, 0, tf * sizeof reader->forms[0]);
        break;
    case 1: /* nearly all: a loop that does nothing else */
        for (uint32_t i = 0; i < tf; i++) {
            reader->forms[i] = at[i];
            highest = at[i] > highest ? at[i] : highest;
        }
        break;
    default:
        for (uint32_t i = 0; i < tf; i++) {
            uint32_t form = reader->form_bytes == 2 ? nn_load_u16(at + (size_t)i * 2)
                                                    : nn_load_u32(at + (size_t)i * 4);
            reader->forms[i] = form;
            highest = form > highest ? form : highest;
        }
    }
    reader->at = at + (size_t)tf * reader->form_bytes;
    return highest < reader->form_count;
}

nuncio_status nn_plain_next(nn_plain_reader *reader, nuncio_error *error)
{
    uint64_t head = 0;
    const uint8_t *at = nn_varint(reader->at, reader->end, &head);
    uint64_t passage = reader->next + (head >> 1);
    reader->tf = 1;
    if (at != NULL && (head & 1) != 0) {
        reader->tf = at < reader->end ? *at++ : 0;
    }
    if (at == NULL || passage >= reader->segment->info.passage_count || reader->tf == 0 ||
        (uint64_t)(reader->end - at) < (uint64_t)reader->tf * (1 + reader->form_bytes)) {
        return corrupt(reader, error);
    }
    reader->passage = (uint32_t)passage;
    reader->next = reader->passage + 1;
    reader->places = at;
    reader->at = at + reader->tf;
    return read_forms(reader) ? NUNCIO_OK : corrupt(reader, error);
}

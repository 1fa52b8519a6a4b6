/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/plain_list.h"

#include "core/error.h"
#include "core/slice.h"
#include "core/str.h"
#include "segment/codes/varint.h"
#include "segment/segment_impl.h"

#include <string.h>

enum { HEAD_BYTES = 2 /* of a run */ };

static uint32_t form_bytes(uint32_t form_count)
{
    return form_count == 1 ? 0 : form_count <= 256 ? 1 : form_count <= 65536 ? 2 : 4;
}

/** Writes numbers, none of them wider, in `bytes` each. */
static uint8_t *write_column(uint8_t *to, uint32_t bytes, const uint32_t *numbers, uint32_t count)
{
    if (bytes == 1) { /* nearly all: a loop that does nothing else */
        for (uint32_t i = 0; i < count; i++) {
            to[i] = (uint8_t)numbers[i];
        }
        return to + count;
    }
    for (uint32_t i = 0; i < count; i++, to += bytes) {
        if (bytes == 2) {
            nn_store_u16(to, (uint16_t)numbers[i]);
        } else {
            nn_store_u32(to, numbers[i]);
        }
    }
    return to;
}

/** Reads what write_column wrote, and says the highest. */
static uint32_t read_column(const uint8_t *from, uint32_t bytes, uint32_t *numbers, uint32_t count)
{
    uint32_t highest = 0;
    if (bytes == 1) {
        for (uint32_t i = 0; i < count; i++) {
            numbers[i] = from[i];
            highest = from[i] > highest ? from[i] : highest;
        }
        return highest;
    }
    for (uint32_t i = 0; i < count; i++, from += bytes) {
        numbers[i] = bytes == 2 ? nn_load_u16(from) : nn_load_u32(from);
        highest = numbers[i] > highest ? numbers[i] : highest;
    }
    return highest;
}

/** What a run is made from: of each posting the gap and the frequency. */
typedef struct plain_run {
    uint32_t count, tokens;
    uint32_t widest; /* as many bits as the largest gap */
    uint32_t gaps[NN_PLAIN_POSTINGS], tfs[NN_PLAIN_POSTINGS];
} plain_run;

/** Finds the postings of the next run. Each token writes what its posting would be if it were the
 * last of it, so that nothing but the end of the run is a branch. */
static void find_run(plain_run *run, const nn_term_token *occurrences, size_t count, uint32_t next)
{
    uint32_t passages[NN_PLAIN_POSTINGS + 1], ends[NN_PLAIN_POSTINGS + 1], found = 0;
    uint32_t max = count < NN_PLAIN_TOKENS ? (uint32_t)count : NN_PLAIN_TOKENS, i = 0;
    uint32_t last = nn_term_token_passage(occurrences[0]);
    for (; i < max; i++) {
        uint32_t passage = nn_term_token_passage(occurrences[i]);
        found += passage != last;
        if (found == NN_PLAIN_POSTINGS) {
            break;
        }
        passages[found] = passage;
        ends[found] = i + 1;
        last = passage;
    }
    if (i == max && max < count && nn_term_token_passage(occurrences[max]) == last) {
        found--; /* its tokens go on */
    }
    run->count = found < NN_PLAIN_POSTINGS ? found + 1 : NN_PLAIN_POSTINGS;
    run->widest = 0;
    for (uint32_t k = 0, begin = 0; k < run->count; k++) {
        run->gaps[k] = passages[k] - next;
        run->tfs[k] = ends[k] - begin;
        run->widest |= run->gaps[k];
        next = passages[k] + 1;
        begin = ends[k];
    }
    run->tokens = ends[run->count - 1];
}

/** Writes the forms of a run's tokens. */
static uint8_t *write_forms(uint8_t *to, uint32_t bytes, const nn_term_token *from, uint32_t count)
{
    uint32_t forms[NN_PLAIN_TOKENS];
    if (bytes == 0) {
        return to;
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i] = nn_term_token_form(from[i]);
    }
    return write_column(to, bytes, forms, count);
}

/** Writes a run of `form_bytes` a form into room that is there. */
static uint8_t *write_run(uint8_t *to, const plain_run *run, uint32_t bytes,
                          const nn_term_token *from)
{
    uint32_t gap_bytes = run->widest <= UINT8_MAX ? 1 : run->widest <= UINT16_MAX ? 2 : 4;
    *to++ = (uint8_t)run->count;
    *to++ = (uint8_t)gap_bytes;
    to = write_column(to, gap_bytes, run->gaps, run->count);
    to = write_column(to, 1, run->tfs, run->count);
    for (uint32_t i = 0; i < run->tokens; i++) {
        *to++ = nn_term_token_place(from[i]);
    }
    return write_forms(to, bytes, from, run->tokens);
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
    while (count > 0) {
        plain_run run;
        find_run(&run, occurrences, count, next);
        if (!nn_buffer_reserve(out, HEAD_BYTES + run.count * (size_t)(4 + 1) +
                                        run.tokens * (size_t)(1 + bytes))) {
            return 0;
        }
        uint8_t *end = write_run(out->data + out->size, &run, bytes, occurrences);
        out->size = (size_t)(end - out->data);
        postings += run.count;
        next = nn_term_token_passage(occurrences[run.tokens - 1]) + 1;
        occurrences += run.tokens;
        count -= run.tokens;
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

/** The passages of a run from its gaps; false when one does not exist. */
static bool read_passages(nn_plain_reader *reader, uint32_t bytes)
{
    uint64_t next = reader->next;
    (void)read_column(reader->at, bytes, reader->passages, reader->count);
    for (uint32_t i = 0; i < reader->count; i++) {
        next += reader->passages[i];
        reader->passages[i] = (uint32_t)next++;
    }
    reader->at += (size_t)reader->count * bytes;
    if (next > reader->segment->info.passage_count) { /* 64 bits do not wrap: the last is highest */
        return false;
    }
    reader->next = (uint32_t)next;
    return true;
}

/** How many tokens a run has; 0 when they make no sense. */
static uint32_t count_tokens(const uint8_t *tfs, uint32_t count)
{
    uint32_t tokens = 0, none = 0;
    for (uint32_t i = 0; i < count; i++) {
        tokens += tfs[i];
        none |= (uint32_t)(tfs[i] == 0);
    }
    return none != 0 || tokens > NN_PLAIN_TOKENS ? 0 : tokens;
}

/** Reads the form of each token; false when there is no such form. */
static bool read_forms(nn_plain_reader *reader)
{
    uint32_t tokens = reader->tokens, highest = 0;
    if (reader->form_bytes == 0) {
        memset(reader->forms, 0, tokens * sizeof reader->forms[0]);
    } else {
        highest = read_column(reader->at, reader->form_bytes, reader->forms, tokens);
    }
    reader->at += (size_t)tokens * reader->form_bytes;
    return highest < reader->form_count;
}

nuncio_status nn_plain_next(nn_plain_reader *reader, nuncio_error *error)
{
    size_t left = (size_t)(reader->end - reader->at);
    uint32_t count = left < HEAD_BYTES ? 0 : reader->at[0];
    uint32_t bytes = left < HEAD_BYTES ? 0 : reader->at[1];
    if (count == 0 || count > NN_PLAIN_POSTINGS || (bytes != 1 && bytes != 2 && bytes != 4) ||
        left - HEAD_BYTES < (size_t)count * (bytes + 1)) {
        return corrupt(reader, error);
    }
    reader->at += HEAD_BYTES;
    reader->count = count;
    if (!read_passages(reader, bytes)) {
        return corrupt(reader, error);
    }
    reader->tfs = reader->at;
    reader->places = reader->at + count;
    reader->tokens = count_tokens(reader->tfs, count);
    left = (size_t)(reader->end - reader->places);
    if (reader->tokens == 0 || left / (1 + reader->form_bytes) < reader->tokens) {
        return corrupt(reader, error);
    }
    reader->at = reader->places + reader->tokens;
    return read_forms(reader) ? NUNCIO_OK : corrupt(reader, error);
}

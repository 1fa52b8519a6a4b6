/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/forms.h"

#include "core/str.h"

#include <string.h>

enum {
    CASE_AS_IS = 0,
    CASE_FIRST = 1,
    CASE_ALL = 2,
    CASE_SPELLED = 3, /* the string is spelled out */
    CASE_MASK = 3,
    DROP_SHIFT = 2,
    ADD_SHIFT = 5,
    PART_MAX = 7 /* of `drop` and `add` */
};

/** First run width of a level on which `no` of `all` occurrences say no: 2^r is about the mean run
 * that is all yes. */
static uint8_t run_width(uint64_t no, uint64_t all)
{
    uint32_t width = 0;
    while (width < NN_FORM_RUN_MAX && no << (width + 1) <= all) {
        width++;
    }
    return (uint8_t)(width > 0 ? width - 1 : 0);
}

void nn_form_table_plan(nn_form_table *table, const uint64_t *counts, uint64_t all, uint32_t count)
{
    memset(table, 0, sizeof *table);
    table->count = count;
    table->levels = count - 1 < NN_FORM_LEVELS_MAX ? count - 1 : NN_FORM_LEVELS_MAX;
    for (uint32_t level = 0; level < table->levels; level++) {
        table->widths[level] = run_width(all - counts[level], all);
        all -= counts[level];
    }
}

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static char to_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

static void apply_case(char *text, size_t size, uint32_t kind)
{
    size_t end = kind == CASE_ALL ? size : kind == CASE_FIRST && size > 0 ? 1 : 0;
    for (size_t i = 0; i < end; i++) {
        text[i] = to_upper(text[i]);
    }
}

/** True when a lower-case text becomes `form` by such capitals. */
static bool case_makes(nuncio_str form, uint32_t kind)
{
    for (size_t i = 0; i < form.size; i++) {
        bool capital = kind == CASE_ALL || (kind == CASE_FIRST && i == 0);
        char low = to_lower(form.data[i]);
        if (form.data[i] != (capital ? to_upper(low) : low)) {
            return false;
        }
    }
    return true;
}

static void write_string(nn_buffer *out, nuncio_str term, nuncio_str form)
{
    uint32_t kind = CASE_AS_IS;
    while (kind < CASE_SPELLED && !case_makes(form, kind)) {
        kind++;
    }
    size_t shared = 0;
    while (shared < form.size && shared < term.size &&
           to_lower(form.data[shared]) == term.data[shared]) {
        shared++;
    }
    size_t drop = term.size - shared, add = form.size - shared;
    if (kind == CASE_SPELLED || drop > PART_MAX || add > PART_MAX) {
        nn_buffer_append_u8(out, CASE_SPELLED);
        nn_buffer_append_varint(out, form.size);
        nn_buffer_append_str(out, form);
        return;
    }
    nn_buffer_append_u8(out, (uint8_t)(kind | drop << DROP_SHIFT | add << ADD_SHIFT));
    for (size_t i = shared; i < form.size; i++) {
        nn_buffer_append_u8(out, (uint8_t)to_lower(form.data[i]));
    }
}

void nn_forms_write(nn_buffer *out, const nn_form_table *table, nuncio_str term,
                    const nuncio_str *strings, const uint32_t *order)
{
    bool first_differs = !nn_str_equal(strings[order[0]], term);
    nn_buffer_append_varint(out, (uint64_t)(table->count - 1) << 1 | first_differs);
    nn_bit_writer widths;
    if (!nn_bits_begin(&widths, out, (uint64_t)table->levels * 4)) {
        return;
    }
    for (uint32_t level = 0; level < table->levels; level++) {
        nn_bits_put(&widths, table->widths[level], 4);
    }
    nn_bits_finish(&widths);
    for (uint32_t i = first_differs ? 0 : 1; i < table->count; i++) {
        write_string(out, term, strings[order[i]]);
    }
}

bool nn_form_table_read(nn_slice *slice, nn_form_table *table)
{
    uint64_t head = nn_slice_varint(slice);
    if (slice->failed || head >> 1 >= UINT32_MAX || head >> 1 > slice->size) {
        return false; /* each form but the first takes a byte at least */
    }
    memset(table, 0, sizeof *table);
    table->count = (uint32_t)(head >> 1) + 1;
    table->first_is_term = (head & 1) == 0;
    table->levels = table->count - 1 < NN_FORM_LEVELS_MAX ? table->count - 1 : NN_FORM_LEVELS_MAX;
    const uint8_t *widths = nn_slice_bytes(slice, (table->levels + 1) / 2);
    if (widths == NULL) {
        return false;
    }
    for (uint32_t level = 0; level < table->levels; level++) {
        table->widths[level] = widths[level / 2] >> (level % 2 * 4) & 15;
        if (table->widths[level] > NN_FORM_RUN_MAX) {
            return false;
        }
    }
    return true;
}

bool nn_form_read(nn_slice *slice, const nn_form_table *table, uint32_t number, nuncio_str term,
                  char *room, nuncio_str *out)
{
    if (number == 0 && table->first_is_term) {
        *out = term;
        return true;
    }
    uint32_t head = nn_slice_u8(slice);
    if ((head & CASE_MASK) == CASE_SPELLED) {
        *out = nn_slice_str(slice);
        return head == CASE_SPELLED && !slice->failed;
    }
    size_t drop = head >> DROP_SHIFT & PART_MAX, add = head >> ADD_SHIFT;
    const uint8_t *bytes = nn_slice_bytes(slice, add);
    if (bytes == NULL || drop > term.size) {
        return false;
    }
    size_t shared = term.size - drop;
    memcpy(room, term.data, shared);
    memcpy(room + shared, bytes, add);
    apply_case(room, shared + add, head & CASE_MASK);
    *out = nn_str(room, shared + add);
    return true;
}

bool nn_forms_skip(nn_slice *slice, const nn_form_table *table)
{
    for (uint32_t i = table->first_is_term ? 1 : 0; i < table->count; i++) {
        uint32_t head = nn_slice_u8(slice);
        if ((head & CASE_MASK) == CASE_SPELLED) {
            (void)nn_slice_str(slice);
        } else {
            (void)nn_slice_bytes(slice, head >> ADD_SHIFT & PART_MAX);
        }
        if (slice->failed) {
            return false;
        }
    }
    return true;
}

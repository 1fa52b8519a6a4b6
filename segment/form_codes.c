/* SPDX-License-Identifier: Apache-2.0 */
/* Which surface form each occurrence has, written and read. */
#include "segment/forms.h"

enum {
    COUNTER_MAX = NN_FORM_RUN_MAX * 4 + 3,
    CODES_BITS_MAX = NN_FORM_LEVELS_MAX * (NN_FORM_RUN_MAX + 1) + 32 /* of an occurrence */
};

static void counter_up(struct nn_code_level *level)
{
    level->counter += level->counter < COUNTER_MAX;
}

static void counter_down(struct nn_code_level *level)
{
    level->counter -= level->counter > 0;
}

static void start_levels(struct nn_code_level *levels, const nn_form_table *table)
{
    for (uint32_t i = 0; i < table->levels && i < NN_FORM_LEVELS_MAX; i++) {
        levels[i] = (struct nn_code_level){.counter = table->widths[i] * 4U};
    }
}

static uint32_t rest_width(const nn_form_table *table)
{
    return nn_bit_width64(table->count - 1 - table->levels);
}

/** Writes the next code of level `at`, which covers occurrences from numbers[0] on. */
static void write_code(nn_bit_writer *bits, struct nn_code_level *level, uint32_t at,
                       const uint32_t *numbers, uint32_t count)
{
    uint32_t width = level->counter / 4, yes = 0;
    for (uint32_t i = 0; i < count && yes < UINT32_C(1) << width; i++) {
        if (numbers[i] > at) {
            nn_bits_put(bits, 1 | (uint64_t)yes << 1, width + 1);
            level->yes_left = yes;
            level->no_follows = true;
            counter_down(level);
            return;
        }
        yes += numbers[i] == at; /* those below never reach this level */
    }
    nn_bits_put(bits, 0, 1);
    level->yes_left = UINT32_C(1) << width;
    level->no_follows = false;
    counter_up(level);
}

/** Writes an occurrence that is not form 0: its answers on the levels behind the first. `numbers`
 * begin with it. */
static void write_behind(nn_bit_writer *bits, struct nn_code_level *levels,
                         const nn_form_table *table, const uint32_t *numbers, uint32_t count)
{
    for (uint32_t at = 1; at < table->levels; at++) {
        struct nn_code_level *level = &levels[at];
        if (level->yes_left == 0 && !level->no_follows) {
            write_code(bits, level, at, numbers, count);
        }
        if (level->yes_left > 0) {
            level->yes_left--;
            return;
        }
        level->no_follows = false;
    }
    nn_bits_put(bits, numbers[0] - table->levels, rest_width(table));
}

void nn_codes_write(nn_buffer *out, const nn_form_table *table, const uint32_t *numbers,
                    uint32_t count)
{
    struct nn_code_level levels[NN_FORM_LEVELS_MAX];
    nn_bit_writer bits;
    if (table->levels == 0 || !nn_bits_begin(&bits, out, (uint64_t)count * CODES_BITS_MAX)) {
        return;
    }
    start_levels(levels, table);
    struct nn_code_level *first = &levels[0];
    for (uint32_t i = 0; i < count;) {
        if (first->yes_left == 0 && !first->no_follows) {
            write_code(&bits, first, 0, numbers + i, count - i);
        }
        uint32_t yes = first->yes_left < count - i ? first->yes_left : count - i;
        first->yes_left -= yes; /* a run of form 0 at once */
        i += yes;
        if (first->no_follows) {
            first->no_follows = false;
            write_behind(&bits, levels, table, numbers + i, count - i);
            i++;
        }
    }
    nn_bits_finish(&bits);
}

void nn_code_reader_init(nn_code_reader *reader, const nn_form_table *table, const uint8_t *start,
                         const uint8_t *end)
{
    reader->data = start;
    reader->bit = 0;
    reader->bit_count = (uint64_t)(end - start) * 8;
    reader->rest_width = rest_width(table);
    start_levels(reader->levels, table);
}

static bool read_code(nn_code_reader *reader, struct nn_code_level *level)
{
    if (reader->bit >= reader->bit_count) {
        return false;
    }
    uint32_t width = level->counter / 4;
    uint64_t bits = nn_bits_get(reader->data, reader->bit, width + 1);
    level->no_follows = (bits & 1) != 0;
    if (level->no_follows) {
        level->yes_left = (uint32_t)(bits >> 1);
        reader->bit += width + 1;
        counter_down(level);
    } else {
        level->yes_left = UINT32_C(1) << width;
        reader->bit += 1;
        counter_up(level);
    }
    return true;
}

bool nn_code_read(nn_code_reader *reader, const nn_form_table *table, uint32_t *number)
{
    for (uint32_t at = 0; at < table->levels; at++) {
        struct nn_code_level *level = &reader->levels[at];
        if (level->yes_left == 0 && !level->no_follows && !read_code(reader, level)) {
            return false;
        }
        if (level->yes_left > 0) {
            level->yes_left--;
            *number = at;
            return true;
        }
        level->no_follows = false;
    }
    if (reader->bit + reader->rest_width > reader->bit_count) {
        return false;
    }
    uint32_t rest = 0;
    if (reader->rest_width > 0) {
        rest = (uint32_t)nn_bits_get(reader->data, reader->bit, reader->rest_width);
    }
    reader->bit += reader->rest_width;
    *number = table->levels + rest;
    return *number < table->count;
}

bool nn_codes_pass(nn_code_reader *reader, const nn_form_table *table, uint32_t count)
{
    while (count > 0) {
        struct nn_code_level *first = &reader->levels[0];
        if (table->levels > 0 && first->yes_left > 0) { /* a run of form 0 at once */
            uint32_t part = first->yes_left < count ? first->yes_left : count;
            first->yes_left -= part;
            count -= part;
            continue;
        }
        uint32_t number = 0;
        if (!nn_code_read(reader, table, &number)) {
            return false;
        }
        count--;
    }
    return true;
}

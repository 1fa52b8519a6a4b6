/* SPDX-License-Identifier: Apache-2.0 */
/* Which surface form each occurrence has, written and read. */
#include "segment/terms/forms.h"

#include "core/assert.h"
#include "segment/segment.h"

enum {
    OCCURRENCES_MAX = NN_POSTINGS_BLOCK * NN_POSITIONS_MAX, /* of a block */
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

/** The occurrences that are not form 0, a bit each: mostly few, and all that the levels behind the
 * first ever see. */
typedef struct rare_forms {
    const uint32_t *numbers, *forms; /* by form; by occurrence */
    uint32_t words;
    uint64_t bits[OCCURRENCES_MAX / 64];
} rare_forms;

/** A walk over them: those left of the word at hand. */
typedef struct rare_walk {
    uint32_t word;
    uint64_t left;
} rare_walk;

/** Which of 64 forms are not the commonest: first a byte each, which is done for several at once,
 * then of eight bytes the lowest bits, which a product puts side by side in its highest byte. */
static uint64_t rare_of_64(const uint32_t *forms, uint32_t commonest)
{
    uint8_t flags[64];
    uint64_t bits = 0;
    for (uint32_t i = 0; i < 64; i++) {
        flags[i] = forms[i] != commonest;
    }
    for (uint32_t i = 0; i < 64; i += 8) {
        bits |= (nn_load_u64(flags + i) * UINT64_C(0x0102040810204080)) >> 56 << i;
    }
    return bits;
}

static void find_rare(rare_forms *rare, uint32_t commonest, const uint32_t *forms, uint32_t count)
{
    rare->words = 0;
    for (; count >= 64; count -= 64, forms += 64) {
        rare->bits[rare->words++] = rare_of_64(forms, commonest);
    }
    if (count > 0) {
        uint64_t bits = 0;
        for (uint32_t i = 0; i < count; i++) {
            bits |= (uint64_t)(forms[i] != commonest) << i;
        }
        rare->bits[rare->words++] = bits;
    }
}

static uint32_t number_at(const rare_forms *rare, uint32_t place)
{
    return rare->numbers[rare->forms[place]];
}

/** Moves on to the next one; false behind the last. */
static bool next_rare(const rare_forms *rare, rare_walk *walk, uint32_t *place)
{
    while (walk->left == 0) {
        if (++walk->word >= rare->words) {
            return false;
        }
        walk->left = rare->bits[walk->word];
    }
    *place = walk->word * 64 + nn_ctz64(walk->left);
    walk->left &= walk->left - 1;
    return true;
}

/** A code that says yes to all it covers. */
static void put_all(nn_bit_writer *bits, struct nn_code_level *level)
{
    nn_bits_put(bits, 0, 1);
    counter_up(level);
}

/** A code that says yes to `yes`, then no. */
static void put_no(nn_bit_writer *bits, struct nn_code_level *level, uint32_t yes)
{
    nn_bits_put(bits, 1 | (uint64_t)yes << 1, level->counter / 4 + 1);
    counter_down(level);
}

/** Writes all codes of level 0 for a run of form 0, and for the occurrence of another behind it. */
static void write_run(nn_bit_writer *bits, struct nn_code_level *level, uint32_t run,
                      bool other_follows)
{
    for (uint32_t all; run >= (all = UINT32_C(1) << (level->counter / 4)); run -= all) {
        put_all(bits, level);
    }
    if (other_follows) {
        put_no(bits, level, run);
    } else if (run > 0) {
        put_all(bits, level);
    }
}

/** Writes the next code of level `at` > 0, which covers occurrences from `number` on, behind which
 * `walk` stands. */
static void write_code(nn_bit_writer *bits, struct nn_code_level *level, uint32_t at,
                       const rare_forms *rare, rare_walk walk, uint32_t number)
{
    uint32_t all = UINT32_C(1) << (level->counter / 4), yes = 0, place;
    do {
        if (number > at) {
            put_no(bits, level, yes);
            level->yes_left = yes;
            level->no_follows = true;
            return;
        }
        yes += number == at; /* those below never reach this level */
        if (yes == all || !next_rare(rare, &walk, &place)) {
            break;
        }
        number = number_at(rare, place);
    } while (true);
    put_all(bits, level);
    level->yes_left = all;
    level->no_follows = false;
}

/** Writes the answers of an occurrence that is not form 0 on the levels behind the first. */
static void write_behind(nn_bit_writer *bits, struct nn_code_level *levels,
                         const nn_form_table *table, const rare_forms *rare, rare_walk walk,
                         uint32_t number)
{
    for (uint32_t at = 1; at < table->levels; at++) {
        struct nn_code_level *level = &levels[at];
        if (level->yes_left == 0 && !level->no_follows) {
            write_code(bits, level, at, rare, walk, number);
        }
        if (level->yes_left > 0) {
            level->yes_left--;
            return;
        }
        level->no_follows = false;
    }
    nn_bits_put(bits, number - table->levels, rest_width(table));
}

void nn_codes_write(nn_buffer *out, const nn_form_table *table, uint32_t commonest,
                    const uint32_t *numbers, const uint32_t *forms, uint32_t count)
{
    struct nn_code_level levels[NN_FORM_LEVELS_MAX];
    nn_bit_writer bits;
    NN_ASSERT(count <= OCCURRENCES_MAX);
    if (table->levels == 0 || !nn_bits_begin(&bits, out, (uint64_t)count * CODES_BITS_MAX)) {
        return;
    }
    rare_forms rare = {.numbers = numbers, .forms = forms};
    find_rare(&rare, commonest, forms, count);
    rare_walk walk = {0, rare.words > 0 ? rare.bits[0] : 0};
    start_levels(levels, table);
    uint32_t done = 0, place;
    for (; next_rare(&rare, &walk, &place); done = place + 1) {
        write_run(&bits, &levels[0], place - done, true);
        write_behind(&bits, levels, table, &rare, walk, number_at(&rare, place));
    }
    write_run(&bits, &levels[0], count - done, false);
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

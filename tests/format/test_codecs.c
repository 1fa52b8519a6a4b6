/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: docs/format.md says what the code does: each worked example encodes to its bytes and
 * decodes to its values. Method: the examples are read from the document itself and given to the
 * real encoders and decoders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "example.h"

#include "core/str.h"
#include "segment/annotations/mentions.h"
#include "segment/codes/golomb.h"
#include "segment/codes/number_code.h"
#include "segment/codes/sequence.h"
#include "segment/codes/varint.h"
#include "segment/files/page_checksum.h"
#include "segment/terms/block.h"
#include "segment/terms/forms.h"
#include "segment/terms/positions.h"
#include "segment/terms/skips.h"

#include <stdlib.h>
#include <string.h>

static nn_memory memory;

/** The bytes of an example with room to read behind and before them. */
typedef struct padded {
    uint8_t room[8 + EXAMPLE_BYTES_MAX + 8];
    uint8_t *bytes;
    size_t size;
} padded;

static padded bytes_of(const example *from, const char *key)
{
    padded made;
    memset(&made, 0, sizeof made);
    made.size = example_bytes(from, key, made.room + 8);
    return made;
}

static size_t numbers_of(const example *from, const char *key, uint32_t *numbers)
{
    uint64_t wide[EXAMPLE_NUMBERS_MAX];
    size_t count = example_numbers(from, key, wide);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = (uint32_t)wide[i];
    }
    return count;
}

static void check_numbers(const uint32_t *got, const uint32_t *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(got[i], expected[i]);
    }
}

static void check_varint(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint64_t number = example_number(from, "number"), got = 0;
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    nn_buffer_append_varint(&out, number);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    const uint8_t *end = bytes.room + 8 + bytes.size;
    assert_ptr_equal(nn_varint(bytes.room + 8, end, &got), end);
    assert_true(got == number);
    nn_buffer_deinit(&out);
}

static void check_page(const example *from)
{
    padded bytes = bytes_of(from, "bytes"), checksum = bytes_of(from, "checksum");
    uint8_t got[4];
    nn_store_u32(got, nn_page_checksum(bytes.room + 8, bytes.size, example_number(from, "page")));
    example_expect(from, checksum.room + 8, checksum.size, got, sizeof got);
}

static void check_sequence(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX];
    size_t count = numbers_of(from, "numbers", numbers);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    assert_int_equal(nn_sequence_write(&out, nn_sequence_of_u32, numbers, count, NULL), NUNCIO_OK);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_frame frame = {.map = {.data = bytes.room}};
    frame.regions[NN_REGION_RANKS] = (nn_region){8, bytes.size};
    nn_sequence sequence;
    assert_int_equal(nn_sequence_open(&sequence, &frame, NN_REGION_RANKS, count, NULL), NUNCIO_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(nn_sequence_at(&sequence, i), numbers[i]);
    }
    nn_buffer_deinit(&out);
}

static void check_pfor(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX], got[128], width = 0;
    uint32_t count = (uint32_t)numbers_of(from, "numbers", numbers);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    nn_pfor_plan plan = nn_pfor_plan_of(numbers, count);
    nn_pfor_write(&out, numbers, count, &plan);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    const uint8_t *start = bytes.room + 8, *end = start + bytes.size;
    assert_ptr_equal(nn_pfor_read(start, end, count, got, &width), end);
    check_numbers(got, numbers, count);
    nn_buffer_deinit(&out);
}

static void check_rice(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX], got[128];
    uint64_t below = 0;
    uint32_t count = (uint32_t)numbers_of(from, "numbers", numbers);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    nn_numbers_plan plan = nn_numbers_plan_of(numbers, count);
    nn_numbers_write(&out, numbers, count, &plan);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    const uint8_t *start = bytes.room + 8, *end = start + bytes.size;
    assert_ptr_equal(nn_numbers_read(start, end, count, got, &below), end);
    check_numbers(got, numbers, count);
    nn_buffer_deinit(&out);
}

static void check_golomb(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX], order = (uint32_t)example_number(from, "order");
    size_t count = numbers_of(from, "numbers", numbers);
    nn_buffer out;
    nn_bit_writer writer = {0};
    nn_buffer_init(&out, &memory);
    assert_true(nn_bits_begin(&writer, &out, NN_GOLOMB_BITS_MAX * count));
    for (size_t i = 0; i < count; i++) {
        nn_golomb_put(&writer, numbers[i], order);
    }
    nn_bits_finish(&writer);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_bit_reader reader = {bytes.room + 8, 0, bytes.size * 8};
    for (size_t i = 0; i < count; i++) {
        uint32_t got = 0;
        assert_true(nn_golomb_read(&reader, order, &got));
        assert_int_equal(got, numbers[i]);
    }
    nn_buffer_deinit(&out);
}

static void check_block(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t docs[EXAMPLE_NUMBERS_MAX], tfs[EXAMPLE_NUMBERS_MAX], got_docs[128], got_tfs[128];
    uint32_t count = (uint32_t)numbers_of(from, "docs", docs);
    uint32_t base = (uint32_t)example_number(from, "base");
    nn_block_docs read;
    assert_int_equal(numbers_of(from, "tfs", tfs), count);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    nn_block_write(&out, base, docs, tfs, count);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    const uint8_t *start = bytes.room + 8, *end = start + bytes.size;
    const uint8_t *rest =
        nn_block_read_docs(start, end, base, UINT32_MAX, count, got_docs, got_tfs, &read);
    assert_true(read.bits == NULL || nn_block_unpack_set(&read, base, got_docs));
    if (!read.few) {
        rest = nn_tfs_read(rest, end, count, got_tfs);
    }
    assert_ptr_equal(rest, end);
    check_numbers(got_docs, docs, count);
    check_numbers(got_tfs, tfs, count);
    nn_buffer_deinit(&out);
}

static void check_positions(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t lengths[EXAMPLE_NUMBERS_MAX], tfs[EXAMPLE_NUMBERS_MAX], places[EXAMPLE_NUMBERS_MAX];
    uint8_t small_lengths[128], small_places[EXAMPLE_NUMBERS_MAX];
    uint32_t count = (uint32_t)numbers_of(from, "lengths", lengths);
    assert_int_equal(numbers_of(from, "tfs", tfs), count);
    size_t all = numbers_of(from, "places", places);
    for (size_t i = 0; i < count; i++) {
        small_lengths[i] = (uint8_t)lengths[i];
    }
    for (size_t i = 0; i < all; i++) {
        small_places[i] = (uint8_t)places[i];
    }
    nn_positions_writer writer;
    nn_buffer out;
    nn_positions_writer_init(&writer, &memory);
    nn_buffer_init(&out, &memory);
    assert_int_equal(
        nn_positions_write(&writer, &out, small_lengths, tfs, small_places, count, NULL),
        NUNCIO_OK);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_positions_reader reader = {bytes.room + 8, bytes.room + 8 + bytes.size, 0, 0};
    const uint32_t *expected = places;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t got[255];
        assert_true(nn_positions_read(&reader, lengths[i], tfs[i], got));
        check_numbers(got, expected, tfs[i]);
        expected += tfs[i];
    }
    nn_buffer_deinit(&out);
    nn_positions_writer_deinit(&writer);
}

/** The table of an example's counts. */
static nn_form_table table_of(const example *from)
{
    nn_form_table table;
    uint64_t counts[EXAMPLE_NUMBERS_MAX] = {0}, all = 0;
    size_t count = example_numbers(from, "counts", counts);
    for (size_t i = 0; i < count; i++) {
        all += counts[i];
    }
    nn_form_table_plan(&table, counts, all, (uint32_t)count);
    return table;
}

static void check_forms(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    char room[256], term_room[256], made[2 * NN_TERM_SIZE_MAX];
    const char *words[EXAMPLE_WORDS_MAX], *term[EXAMPLE_WORDS_MAX];
    nuncio_str strings[EXAMPLE_WORDS_MAX];
    uint32_t order[EXAMPLE_WORDS_MAX];
    size_t count = example_words(from, "forms", room, words);
    assert_int_equal(example_words(from, "term", term_room, term), 1);
    for (size_t i = 0; i < count; i++) {
        strings[i] = nn_str_of(words[i]);
        order[i] = (uint32_t)i;
    }
    nn_form_table table = table_of(from), got;
    assert_int_equal(table.count, count);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    nn_forms_write(&out, &table, nn_str_of(term[0]), strings, order);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_slice slice = nn_slice_of(bytes.room + 8, bytes.size);
    assert_true(nn_form_table_read(&slice, &got));
    assert_int_equal(got.count, count);
    assert_memory_equal(got.widths, table.widths, sizeof got.widths);
    for (uint32_t i = 0; i < count; i++) {
        nuncio_str form;
        assert_true(nn_form_read(&slice, &got, i, nn_str_of(term[0]), made, &form));
        assert_true(nn_str_equal(form, strings[i]));
    }
    nn_buffer_deinit(&out);
}

static void check_codes(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX];
    uint32_t count = (uint32_t)numbers_of(from, "numbers", numbers);
    nn_form_table table = table_of(from);
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    uint32_t same[EXAMPLE_NUMBERS_MAX]; /* forms given in the order of their numbers */
    for (uint32_t i = 0; i < EXAMPLE_NUMBERS_MAX; i++) {
        same[i] = i;
    }
    nn_codes_write(&out, &table, 0, same, numbers, count);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_code_reader reader;
    nn_code_reader_init(&reader, &table, bytes.room + 8, bytes.room + 8 + bytes.size);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t got = 0;
        assert_true(nn_code_read(&reader, &table, &got));
        assert_int_equal(got, numbers[i]);
    }
    nn_buffer_deinit(&out);
}

static void check_skips(const example *from)
{
    padded groups = bytes_of(from, "groups"), entries = bytes_of(from, "entries");
    uint32_t last[EXAMPLE_NUMBERS_MAX], docs[EXAMPLE_NUMBERS_MAX], positions[EXAMPLE_NUMBERS_MAX];
    uint32_t codes[EXAMPLE_NUMBERS_MAX], bounds[EXAMPLE_NUMBERS_MAX];
    nn_block_info blocks[NN_SKIP_GROUP] = {{0}};
    uint32_t count = (uint32_t)numbers_of(from, "last_doc", last);
    assert_in_range(count, 1, NN_SKIP_GROUP);
    assert_int_equal(numbers_of(from, "docs_end", docs), count);
    assert_int_equal(numbers_of(from, "positions_end", positions), count);
    assert_int_equal(numbers_of(from, "codes_end", codes), count);
    uint32_t pairs = (uint32_t)numbers_of(from, "bounds", bounds) / 2 / count;
    for (uint32_t i = 0; i < count; i++) {
        blocks[i] = (nn_block_info){last[i], docs[i], positions[i], codes[i], pairs, {{0, 0}}};
        for (uint32_t k = 0; k < pairs; k++) {
            blocks[i].bounds[k] =
                (nn_bound){bounds[(i * pairs + k) * 2], bounds[(i * pairs + k) * 2 + 1]};
        }
    }
    nn_buffer got_groups, got_entries;
    nn_buffer_init(&got_groups, &memory);
    nn_buffer_init(&got_entries, &memory);
    nn_skips_write(&got_groups, &got_entries, blocks, count);
    example_expect(from, groups.room + 8, groups.size, got_groups.data, got_groups.size);
    example_expect(from, entries.room + 8, entries.size, got_entries.data, got_entries.size);
    nn_skip_group group;
    assert_true(nn_skip_group_open(&group, groups.room + 8, entries.room + 8,
                                   entries.room + 8 + entries.size, 0, count));
    for (uint32_t i = 0; i < count; i++) {
        nn_bound got[NN_BOUNDS_MAX];
        assert_int_equal(nn_skip_last_doc(&group, i), last[i]);
        assert_int_equal(nn_skip_extent(&group, NN_AREA_DOCS, i).end, docs[i]);
        assert_int_equal(nn_skip_extent(&group, NN_AREA_POSITIONS, i).end, positions[i]);
        assert_int_equal(nn_skip_extent(&group, NN_AREA_CODES, i).end, codes[i]);
        assert_int_equal(nn_skip_bounds(&group, i, got), pairs);
        assert_memory_equal(got, blocks[i].bounds, pairs * sizeof got[0]);
    }
    nn_buffer_deinit(&got_groups);
    nn_buffer_deinit(&got_entries);
}

/** Encoded only: reading them back takes a segment, which test_files.c does. */
static void check_mentions(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX];
    assert_int_equal(numbers_of(from, "mention", numbers), 3);
    nuncio_mention one = {.start = numbers[0],
                          .end = numbers[1],
                          .type = (nuncio_entity_type)numbers[2],
                          .name = nn_str_of("Ada Lind")};
    nuncio_annotations annotations = {NULL, 0, &one, 1};
    nn_names_writer names;
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    assert_int_equal(nn_names_writer_init(&names, &memory, NULL), NUNCIO_OK);
    assert_int_equal(nn_mentions_write(&out, &names, &annotations, NULL), NUNCIO_OK);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_names_writer_deinit(&names);
    nn_buffer_deinit(&out);
}

/** A table made for the numbers, and behind it the numbers. */
static void check_number_code(const example *from)
{
    padded bytes = bytes_of(from, "bytes");
    uint32_t numbers[EXAMPLE_NUMBERS_MAX];
    size_t count = numbers_of(from, "numbers", numbers);
    nn_number_counts counts = {{0}};
    nn_number_encoder encoder;
    nn_bit_writer bits = {NULL, NULL, 0, 0};
    nn_buffer out;
    nn_buffer_init(&out, &memory);
    for (size_t i = 0; i < count; i++) {
        uint32_t left = 0;
        counts.of[nn_number_class(numbers[i], &left)]++;
    }
    nn_number_encoder_make(&encoder, &counts);
    nn_number_encoder_write(&out, &encoder);
    assert_true(nn_bits_begin(&bits, &out, count * NN_NUMBER_BITS_MAX));
    for (size_t i = 0; i < count; i++) {
        nn_number_put(&bits, &encoder, numbers[i]);
    }
    nn_bits_finish(&bits);
    example_expect(from, bytes.room + 8, bytes.size, out.data, out.size);
    nn_slice slice = nn_slice_of(bytes.room + 8, bytes.size);
    nn_number_decoder decoder;
    assert_true(nn_number_decoder_read(&decoder, &slice));
    nn_bit_reader reader = {slice.data, 0, (uint64_t)slice.size * 8};
    for (size_t i = 0; i < count; i++) {
        uint32_t got = 0;
        assert_true(nn_number_read(&reader, &decoder, &got));
        assert_int_equal(got, numbers[i]);
    }
    nn_buffer_deinit(&out);
}

/** The kinds that this test knows, and how many of each it has seen. Those of whole files are
 * test_files.c's. */
static struct kind {
    const char *name;
    void (*check)(const example *from);
    uint32_t seen;
} kinds[] = {
    {"varint", check_varint, 0},
    {"page", check_page, 0},
    {"sequence", check_sequence, 0},
    {"pfor", check_pfor, 0},
    {"rice", check_rice, 0},
    {"golomb", check_golomb, 0},
    {"block", check_block, 0},
    {"positions", check_positions, 0},
    {"forms", check_forms, 0},
    {"codes", check_codes, 0},
    {"skips", check_skips, 0},
    {"mentions", check_mentions, 0},
    {"numbers", check_number_code, 0},
    {"manifest", NULL, 0},
    {"deletes", NULL, 0},
    {"segment", NULL, 0},
    {"quotes", NULL, 0},
};

static void test_examples(void **state)
{
    (void)state;
    char *document = example_document();
    const char *at = document;
    example from;
    while (example_next(document, &at, &from)) {
        struct kind *known = NULL;
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
            known = strcmp(kinds[i].name, from.kind) == 0 ? &kinds[i] : known;
        }
        if (known == NULL) {
            fail_msg("docs/format.md:%d: no test knows examples of '%s'", from.line, from.kind);
        } else {
            known->seen++;
            if (known->check != NULL) {
                known->check(&from);
            }
        }
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].seen == 0) {
            fail_msg("docs/format.md has no example of '%s'", kinds[i].name);
        }
    }
    free(document);
}

int main(void)
{
    nn_memory_init(&memory, NULL, 0);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

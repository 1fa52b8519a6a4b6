/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: what is written to a plain list is read back, whatever the numbers of forms and tokens and
 * the widths of gaps, where runs end for postings and where for tokens; a list of random or damaged
 * bytes is refused without reading outside. Method: a segment of random terms, each read back; then
 * the same list with every byte changed and at every length. */
#include "core/str.h"
#include "segment/segment_impl.h"
#include "segment/terms/plain_list.h"
#include "support/disk.h"
#include "support/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PASSAGES = 300, LENGTH = 40, TERMS = 40, FORMS_MAX = 70000, FAR = 70000, LONG = 255 };

typedef struct made_term {
    char text[16];
    uint32_t form_count, postings;
    nn_term_token *occurrences;
    size_t count;
} made_term;

static nuncio_str form_of(uint32_t number, char room[16])
{
    return nn_str(room, (size_t)snprintf(room, 16, "f%u", number));
}

static void make_term(made_term *term, uint32_t number, test_prng *prng)
{
    static const uint32_t counts[] = {1, 2, 255, 256, 257, 65536, 65537, FORMS_MAX};
    snprintf(term->text, sizeof term->text, "term%03u", number);
    term->form_count = counts[number % 8];
    term->occurrences = malloc(PASSAGES * LENGTH * sizeof *term->occurrences);
    assert_non_null(term->occurrences);
    term->count = term->postings = 0;
    uint64_t chance = 1 + test_prng_below(prng, 100);
    for (uint32_t passage = 0; passage < PASSAGES; passage++) {
        uint64_t dense = 1 + test_prng_below(prng, 100);
        size_t before = term->count;
        for (uint32_t place = 0; place < LENGTH && test_prng_below(prng, 100) < chance; place++) {
            if (test_prng_below(prng, 100) < dense) {
                uint32_t form = (uint32_t)test_prng_below(prng, term->form_count);
                term->occurrences[term->count++] = nn_term_token_of(passage, place, form);
            }
        }
        term->postings += term->count > before;
    }
    if (term->count == 0) {
        term->occurrences[term->count++] = nn_term_token_of(PASSAGES - 1, 0, 0);
        term->postings = 1;
    }
}

static nn_segment *write_segment(made_term *terms, uint32_t count)
{
    const nn_segment_writer_options options = {
        .vfs = vfs, .directory = "/i", .store_text = true, .plain = true};
    nn_segment_writer *writer = NULL;
    nn_segment *segment = NULL;
    nn_article_fields fields = {.article = {.id = nn_str_of("a")}};
    char name[64], room[16];
    assert_int_equal(nn_segment_writer_open(&options, &memory, &writer, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < PASSAGES; i++) {
        assert_int_equal(nn_segment_writer_passage(writer, nn_str_of("x "), LENGTH, NULL), 0);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_arena arena;
        nn_arena_init(&arena, &memory);
        nuncio_str *forms = nn_arena_array(&arena, terms[i].form_count, sizeof *forms);
        assert_non_null(forms);
        for (uint32_t k = 0; k < terms[i].form_count; k++) {
            forms[k] = nn_arena_str(&arena, form_of(k, room));
        }
        assert_int_equal(nn_segment_writer_term(writer, nn_str_of(terms[i].text), forms,
                                                terms[i].form_count, NULL),
                         NUNCIO_OK);
        assert_int_equal(
            nn_segment_writer_occurrences(writer, terms[i].occurrences, terms[i].count, NULL),
            NUNCIO_OK);
        nn_arena_clear(&arena);
    }
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
    assert_int_equal(nn_segment_open(vfs, &memory, "/i", name, &segment, NULL), NUNCIO_OK);
    return segment;
}

static void check_term(const nn_segment *segment, const nn_term_info *info, const made_term *term)
{
    nn_arena arena;
    nuncio_str *forms;
    nn_plain_reader reader;
    char room[16];
    size_t at = 0;
    nn_arena_init(&arena, &memory);
    assert_int_equal(info->passage_df, term->postings);
    assert_int_equal(nn_plain_open(&reader, segment, info, &arena, &forms, NULL), NUNCIO_OK);
    assert_int_equal(reader.form_count, term->form_count);
    for (uint32_t i = 0; i < term->form_count; i++) {
        assert_true(nn_str_equal(forms[i], form_of(i, room)));
    }
    while (nn_plain_has_next(&reader)) {
        assert_int_equal(nn_plain_next(&reader, NULL), NUNCIO_OK);
        const uint8_t *places = reader.places;
        const uint32_t *read = reader.forms;
        for (uint32_t i = 0; i < reader.count; i++) {
            for (uint32_t k = 0; k < reader.tfs[i]; k++, at++) {
                assert_true(at < term->count);
                assert_int_equal(nn_term_token_of(reader.passages[i], *places++, *read++),
                                 term->occurrences[at]);
            }
        }
        assert_ptr_equal(read, reader.forms + reader.tokens);
    }
    assert_int_equal(at, term->count);
    nn_arena_clear(&arena);
}

static void comes_back(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(31));
    static made_term terms[TERMS];
    nn_term_cursor cursor;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < TERMS; i++) {
        make_term(&terms[i], i, &prng);
    }
    nn_segment *segment = write_segment(terms, TERMS);
    assert_int_equal(nn_term_cursor_seek(&cursor, segment, nn_str("", 0), NULL), NUNCIO_OK);
    for (; cursor.valid; seen++) {
        check_term(segment, &cursor.info, &terms[seen]);
        assert_int_equal(nn_term_cursor_next(&cursor, NULL), NUNCIO_OK);
    }
    assert_int_equal(seen, TERMS);
    nn_segment_close(segment);
    for (uint32_t i = 0; i < TERMS; i++) {
        free(terms[i].occurrences);
    }
}

/* Writes one list of its own into a segment that says to have so many passages, and reads it. */
static void check_list(nn_term_token *occurrences, size_t count, uint32_t passages)
{
    made_term term = {.form_count = 1, .occurrences = occurrences, .count = count};
    atomic_uint_least64_t verified[1] = {UINT64_MAX};
    nuncio_str form = nn_str_of("f0");
    nn_segment segment = {.info = {.passage_count = passages}};
    nn_term_info info = {.list_offset = 0};
    nn_buffer list;
    nn_buffer_init(&list, &memory);
    info.passage_df = term.postings = nn_plain_write(&list, &form, 1, occurrences, count);
    info.list_size = list.size;
    segment.frame.map.data = list.data;
    segment.frame.verified = verified;
    check_term(&segment, &info, &term);
    nn_buffer_deinit(&list);
}

static void gaps_and_runs_of_every_size_come_back(void **state)
{
    (void)state;
    static nn_term_token tokens[5 * LONG];
    size_t count = 0;
    static const uint32_t passages[] = {0, 1, 257, 513, 513 + 65536, 513 + 65536 + FAR};
    for (size_t i = 0; i < 6; i++) {
        tokens[i] = nn_term_token_of(passages[i], 3, 0);
    }
    for (size_t i = 1; i <= 6; i++) {
        check_list(tokens, i, passages[i - 1] + 1);
    }
    for (uint32_t passage = 0; passage < 5; passage++) { /* the third does not fit into a run */
        for (uint32_t place = 0; place < LONG; place++) {
            tokens[count++] = nn_term_token_of(passage, place, 0);
            check_list(tokens, count, passage + 1);
        }
    }
    for (uint32_t passage = 0; passage < 5 * LONG; passage++) {
        tokens[passage] = nn_term_token_of(passage, 0, 0);
        check_list(tokens, passage + 1, passage + 1);
    }
}

/* Reads a list of such bytes to its end; the sanitizer watches. */
static void read_bytes(const nn_segment *like, const uint8_t *bytes, size_t size)
{
    nn_segment segment = *like;
    atomic_uint_least64_t verified[1] = {UINT64_MAX};
    nn_term_info info = {.list_offset = 0, .list_size = size};
    nn_plain_reader reader;
    nn_arena arena;
    nuncio_str *forms;
    nn_arena_init(&arena, &memory);
    segment.frame.map.data = bytes;
    segment.frame.verified = verified;
    nuncio_status status = nn_plain_open(&reader, &segment, &info, &arena, &forms, NULL);
    uint32_t next = 0;
    while (status == NUNCIO_OK && nn_plain_has_next(&reader)) {
        uint32_t tokens = 0;
        status = nn_plain_next(&reader, NULL);
        for (uint32_t i = 0; status == NUNCIO_OK && i < reader.count; i++) {
            assert_true(reader.passages[i] >= next && reader.passages[i] < PASSAGES);
            assert_true(reader.tfs[i] >= 1);
            next = reader.passages[i] + 1;
            tokens += reader.tfs[i];
        }
        assert_true(status != NUNCIO_OK || (tokens == reader.tokens && tokens <= NN_PLAIN_TOKENS));
    }
    assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
    nn_arena_clear(&arena);
}

static void damage_is_refused(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(32));
    made_term term;
    nn_term_cursor cursor;
    make_term(&term, 1, &prng);
    nn_segment *segment = write_segment(&term, 1);
    assert_int_equal(nn_term_cursor_seek(&cursor, segment, nn_str("", 0), NULL), NUNCIO_OK);
    size_t size = (size_t)cursor.info.list_size;
    for (size_t i = 0; i <= size; i++) {
        uint8_t *copy = malloc(size); /* of its own, so that a byte too far is seen */
        assert_non_null(copy);
        memcpy(copy, segment->frame.map.data + cursor.info.list_offset, size);
        if (i < size) {
            copy[i] = (uint8_t)test_prng_below(&prng, 256);
        }
        read_bytes(segment, copy, size);
        copy = realloc(copy, i + 1);
        assert_non_null(copy);
        read_bytes(segment, copy, i);
        free(copy);
    }
    nn_segment_close(segment);
    free(term.occurrences);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(comes_back, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(gaps_and_runs_of_every_size_come_back, test_disk_make,
                                        test_disk_release),
        cmocka_unit_test_setup_teardown(damage_is_refused, test_disk_make, test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

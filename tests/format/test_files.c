/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: the whole files shown in docs/format.md are what nuncio writes, byte by byte, and reads as
 * the document says. Method: the manifest, the deletes and the segment of the document are written
 * anew and compared, then the document's own bytes are opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "example.h"

#include "core/bits.h"
#include "core/str.h"
#include "segment/annotations/quotes.h"
#include "segment/files/deletes.h"
#include "segment/files/format.h"
#include "segment/files/manifest.h"
#include "segment/segment_writer.h"
#include "support/disk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The example of that kind, of which there is one. */
static example find_example(const char *document, const char *kind)
{
    const char *at = document;
    example from;
    while (example_next(document, &at, &from)) {
        if (strcmp(from.kind, kind) == 0) {
            return from;
        }
    }
    fail_msg("docs/format.md has no example of '%s'", kind);
    return from;
}

/** Compares a file with the example's bytes, then puts these in its place. */
static void replace_file(const example *from, const char *name)
{
    static uint8_t bytes[EXAMPLE_BYTES_MAX];
    char path[128];
    size_t size = 0, count = example_bytes(from, "bytes", bytes);
    (void)snprintf(path, sizeof path, "/i/%s", name);
    uint8_t *contents = memory_fs_contents(files, path, &size);
    example_expect(from, bytes, count, contents, size);
    memcpy(contents, bytes, size);
}

static void test_manifest(void **state)
{
    (void)state;
    char *document = example_document(), room[256];
    const char *names[EXAMPLE_WORDS_MAX];
    example from = find_example(document, "manifest");
    nn_manifest_entry entry = {"", ""};
    nn_manifest manifest = {example_number(&from, "generation"),
                            example_number(&from, "fingerprint"), &entry, 1, 1};
    nn_manifest got;
    assert_int_equal(example_words(&from, "files", room, names), 2);
    strcpy(entry.segment, names[0]);
    strcpy(entry.deletes, names[1]);
    assert_int_equal(nn_manifest_commit(vfs, &memory, "/i", &manifest, NULL), NUNCIO_OK);
    replace_file(&from, "manifest");
    assert_int_equal(nn_manifest_read(vfs, &memory, "/i", &got, NULL), NUNCIO_OK);
    assert_true(got.generation == manifest.generation && got.count == 1);
    assert_true(got.fingerprint == manifest.fingerprint);
    assert_string_equal(got.entries[0].segment, entry.segment);
    assert_string_equal(got.entries[0].deletes, entry.deletes);
    nn_manifest_deinit(&got, &memory);
    free(document);
}

static void test_deletes(void **state)
{
    (void)state;
    char *document = example_document(), name[64];
    uint64_t articles[EXAMPLE_NUMBERS_MAX], numbers[EXAMPLE_NUMBERS_MAX];
    uint32_t gone[EXAMPLE_NUMBERS_MAX], count = 0;
    nn_df_deduction deductions[EXAMPLE_NUMBERS_MAX / 4];
    example from = find_example(document, "deletes");
    uint32_t deleted = (uint32_t)example_numbers(&from, "deleted", articles);
    for (uint32_t i = 0; i < deleted; i++) {
        gone[i] = (uint32_t)articles[i];
    }
    count = (uint32_t)example_numbers(&from, "deductions", numbers) / 4;
    for (uint32_t i = 0; i < count; i++) {
        const uint64_t *four = numbers + (size_t)i * 4;
        deductions[i] = (nn_df_deduction){(uint32_t)four[0], (uint32_t)four[1], (uint32_t)four[2],
                                          (uint32_t)four[3]};
    }
    nn_deletes_info info = {.passages = (uint32_t)example_number(&from, "passages"),
                            .tokens = example_number(&from, "tokens"),
                            .quotes = example_number(&from, "quotes"),
                            .quote_tokens = example_number(&from, "quote_tokens"),
                            .raw_text_bytes = example_number(&from, "raw_text_bytes")};
    uint32_t of = (uint32_t)example_number(&from, "articles");
    assert_int_equal(nn_deletes_write(vfs, &memory, "/i", of, gone, deleted, deductions, count,
                                      &info, name, NULL),
                     NUNCIO_OK);
    replace_file(&from, name);
    nn_deletes *got = NULL;
    assert_int_equal(nn_deletes_open(vfs, &memory, "/i", name, of, &got, NULL), NUNCIO_OK);
    for (uint32_t i = 0; i < deleted; i++) {
        assert_true(nn_deletes_has(got, gone[i]));
    }
    assert_int_equal(nn_deletes_deduction(got, deductions[0].ordinal).passages,
                     deductions[0].passages);
    assert_int_equal(nn_deletes_info_of(got)->tokens, info.tokens);
    nn_deletes_close(got);
    free(document);
}

/** The article of the example: its words are terms, spelled as they stand. */
static const char *const TEXT = "Talks on New START resume.";
static const struct word {
    const char *term, *forms[2];
    uint32_t tf, positions[2], numbers[2]; /* numbers of forms */
} WORDS[] = {
    {"new", {"New", NULL}, 2, {2, 256}, {0, 0}},
    {"on", {"on", NULL}, 1, {1, 0}, {0, 0}},
    {"resum", {"resume", NULL}, 1, {4, 0}, {0, 0}},
    {"start", {"START", NULL}, 2, {3, 257}, {0, 0}},
    {"talk", {"talks", "Talks"}, 1, {0, 0}, {1, 0}},
};
enum { WORD_COUNT = sizeof WORDS / sizeof WORDS[0] };

static nn_segment_writer *begin_segment(const nn_article_fields *fields)
{
    nn_segment_writer *writer = NULL;
    assert_int_equal(
        nn_segment_writer_open(
            &(nn_segment_writer_options){.vfs = vfs, .directory = "/i", .store_text = true},
            &memory, &writer, NULL),
        NUNCIO_OK);
    assert_int_equal(nn_segment_writer_article(writer, fields, NULL), NUNCIO_OK);
    return writer;
}

static void write_segment(char name[64])
{
    nuncio_mention mention = {9, 18, NUNCIO_ENTITY_EVENT, nn_str_of("New START"), false};
    nuncio_annotations annotations = {NULL, 0, &mention, 1};
    nn_article_fields fields = {
        .article = {.id = nn_str_of("a/1"),
                    .title = nn_str_of("New START"),
                    .date = {2023, 3, 2, NUNCIO_DATE_DAY},
                    .source = nn_str_of("Wire"),
                    .url = nn_str_of("http://x/a/1")},
        .language = 1,
        .title_length = 2,
        .hash_low = 0x0706050403020100,
        .hash_high = 0x0F0E0D0C0B0A0908,
        .annotations = &annotations,
    };
    nn_segment_writer *writer = begin_segment(&fields);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str_of(TEXT), 7, NULL), NUNCIO_OK);
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = &WORDS[i];
        nuncio_str forms[2] = {nn_str_of(word->forms[0]), nn_str_of(word->forms[1])};
        assert_int_equal(nn_segment_writer_term(writer, nn_str_of(word->term), forms,
                                                word->forms[1] == NULL ? 1 : 2, NULL),
                         NUNCIO_OK);
        assert_int_equal(
            nn_segment_writer_posting(writer, 0, word->positions, word->numbers, word->tf, NULL),
            NUNCIO_OK);
    }
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
}

static void check_words(const nn_segment *segment, nn_arena *arena)
{
    for (size_t i = 0; i < WORD_COUNT; i++) {
        const struct word *word = &WORDS[i];
        bool found = false;
        nn_term_info info;
        nn_postings postings;
        nuncio_str *forms = NULL;
        uint32_t positions[320], numbers[320], count = 0, tf = 0;
        assert_int_equal(nn_segment_find_term(segment, nn_str_of(word->term), &found, &info, NULL),
                         NUNCIO_OK);
        assert_true(found);
        assert_int_equal(nn_segment_forms(segment, &info, arena, &forms, &count, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_open(&postings, segment, &info, NULL), NUNCIO_OK);
        assert_int_equal(nn_postings_tf(&postings, &tf, NULL), NUNCIO_OK);
        assert_int_equal(tf, word->tf);
        assert_int_equal(nn_postings_positions(&postings, positions, numbers, NULL), NUNCIO_OK);
        for (uint32_t k = 0; k < tf; k++) {
            nuncio_str form = nn_str_of(word->forms[word->numbers[k]]);
            assert_int_equal(positions[k], word->positions[k]);
            assert_true(numbers[k] < count && nn_str_equal(forms[numbers[k]], form));
        }
    }
}

static void test_segment(void **state)
{
    (void)state;
    char *document = example_document(), name[64];
    example from = find_example(document, "segment");
    nn_segment *segment = NULL;
    nn_article_row row;
    nuncio_annotations annotations;
    nn_buffer text;
    nn_arena arena;
    write_segment(name);
    replace_file(&from, name);
    nn_buffer_init(&text, &memory);
    nn_arena_init(&arena, &memory);
    assert_int_equal(nn_segment_open(vfs, &memory, "/i", name, &segment, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_verify(segment, true, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_article(segment, 0, &row, NULL), NUNCIO_OK);
    assert_true(nn_str_equal(row.id, nn_str_of("a/1")));
    assert_true(nn_str_equal(row.url_rest, nn_str_of("http://x/a/1")));
    assert_true(row.date.year == 2023 && row.date.month == 3 && row.date.day == 2);
    assert_int_equal(nn_segment_passage_text(segment, 0, &text, NULL), NUNCIO_OK);
    assert_true(nn_str_equal(nn_buffer_str(&text), nn_str_of(TEXT)));
    assert_int_equal(nn_segment_annotations(segment, 0, &arena, &annotations, NULL), NUNCIO_OK);
    assert_int_equal(annotations.mention_count, 1);
    assert_true(nn_str_equal(annotations.mentions[0].name, nn_str_of("New START")));
    check_words(segment, &arena);
    nn_segment_close(segment);
    nn_arena_clear(&arena);
    nn_buffer_deinit(&text);
    free(document);
}

/** Compares a region of a segment file with bytes of the example, then puts these in its place. */
static void replace_region(const example *from, const char *key, const char *name,
                           nn_region_kind kind)
{
    static uint8_t bytes[EXAMPLE_BYTES_MAX];
    char path[128];
    size_t size = 0, count = example_bytes(from, key, bytes);
    (void)snprintf(path, sizeof path, "/i/%s", name);
    uint8_t *contents = memory_fs_contents(files, path, &size);
    const uint8_t *entry = contents + size - NN_FOOTER_SIZE + kind * NN_REGION_ENTRY_SIZE;
    uint8_t *region = contents + nn_load_u64(entry);
    example_expect(from, bytes, count, region, (size_t)nn_load_u64(entry + 8));
    memcpy(region, bytes, count);
}

enum { QUOTES = 2, QUOTE_NUMBERS = 10 };
static const char *const QUOTE_TEXT = "It is over, said Ada Lind. None is left, she said.";

static void write_quotes(const nuncio_quote *quotes, const nn_quote_tokens *tokens, char name[64])
{
    nuncio_annotations annotations = {quotes, QUOTES, NULL, 0};
    nn_article_fields fields = {.article = {.id = nn_str_of("a/2")},
                                .language = 1,
                                .annotations = &annotations,
                                .quote_tokens = tokens};
    nn_segment_writer *writer = begin_segment(&fields);
    assert_int_equal(nn_segment_writer_passage(writer, nn_str_of(QUOTE_TEXT), 11, NULL), NUNCIO_OK);
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
}

static void check_quotes(const nn_segment *segment, const nuncio_quote *quotes,
                         const nn_quote_tokens *tokens)
{
    nuncio_annotations found;
    nn_arena arena;
    nn_arena_init(&arena, &memory);
    nn_article_quotes units = {.segment = segment, .arena = &arena};
    assert_int_equal(nn_segment_annotations(segment, 0, &arena, &found, NULL), NUNCIO_OK);
    assert_int_equal(nn_article_quotes_seek(&units, 0, NULL), NUNCIO_OK);
    assert_true(found.quote_count == QUOTES && units.count == QUOTES);
    for (uint32_t i = 0; i < QUOTES; i++) {
        const nuncio_quote *x = &quotes[i], *y = &found.quotes[i];
        assert_true(x->start == y->start && x->end == y->end && x->flags == y->flags);
        assert_true(x->cue_start == y->cue_start && x->cue_end == y->cue_end);
        assert_true(x->speaker_start == y->speaker_start && x->speaker_end == y->speaker_end);
        assert_true(nn_str_equal(x->cue, y->cue) && nn_str_equal(x->speaker, y->speaker));
        assert_true(x->speaker_type == y->speaker_type && x->confidence == y->confidence);
        assert_int_equal(units.starts[i], tokens[i].first);
        assert_int_equal(units.ends[i], tokens[i].first + tokens[i].count);
    }
    nn_arena_clear(&arena);
}

static void test_quotes(void **state)
{
    (void)state;
    char *document = example_document(), name[64];
    example from = find_example(document, "quotes");
    uint64_t numbers[EXAMPLE_NUMBERS_MAX];
    nuncio_quote quotes[QUOTES];
    nn_quote_tokens tokens[QUOTES];
    nn_segment *segment = NULL;
    assert_int_equal(example_numbers(&from, "quotes", numbers), QUOTES * QUOTE_NUMBERS);
    for (size_t i = 0; i < QUOTES; i++) {
        uint32_t n[QUOTE_NUMBERS];
        for (size_t k = 0; k < QUOTE_NUMBERS; k++) {
            n[k] = (uint32_t)numbers[i * QUOTE_NUMBERS + k];
        }
        quotes[i] = (nuncio_quote){.start = n[0],
                                   .end = n[1],
                                   .cue_start = n[2],
                                   .cue_end = n[3],
                                   .speaker_start = n[4],
                                   .speaker_end = n[5],
                                   .flags = n[6],
                                   .confidence = (float)(n[7] / 10000.0),
                                   .speaker_type = NUNCIO_ENTITY_PERSON,
                                   .speaker = nn_str_of("Ada Lind"),
                                   .cue = nn_str_of("said")};
        tokens[i] = (nn_quote_tokens){n[8], n[9]};
    }
    write_quotes(quotes, tokens, name);
    replace_region(&from, "codes", name, NN_REGION_QUOTE_CODES);
    replace_region(&from, "record", name, NN_REGION_QUOTES);
    assert_int_equal(nn_segment_open(vfs, &memory, "/i", name, &segment, NULL), NUNCIO_OK);
    check_quotes(segment, quotes, tokens);
    nn_segment_close(segment);
    free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_manifest, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_deletes, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_segment, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_quotes, test_disk_make, test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whichever reader comes first to a page that changed, it says so, and whichever allocation
 * of a reader fails, it says that and goes on when asked again.
 * Method: a segment of many pages. Each page changed in turn, each reader alone on a segment opened
 * afresh: damage, or the answer of the sound segment. Then each reader with its first, second, …
 * allocation refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/error.h"
#include "core/str.h"
#include "index.h"
#include "segment/annotations/name_words.h"
#include "segment/annotations/quotes.h"
#include "segment/articles/columns.h"
#include "segment/files/format.h"
#include "support/failing_allocator.h"

#include <stdio.h>

/* What a reader does with a segment; `sum` gathers what it read. */
typedef struct reading {
    const nn_segment *segment;
    nn_arena *arena;
    uint64_t sum;
    nuncio_error error;
} reading;

typedef nuncio_status (*reader)(reading *of);

static void add(reading *of, const void *bytes, size_t size)
{
    of->sum = nn_hash64(bytes, size, of->sum);
}

static void add_str(reading *of, nuncio_str text)
{
    add(of, text.data == NULL ? "" : text.data, text.size);
}

static nuncio_status read_rows(reading *of)
{
    for (uint32_t i = nn_segment_info_of(of->segment)->article_count; i-- > 0;) {
        nn_article_row row;
        NN_TRY(nn_segment_article(of->segment, i, &row, &of->error));
        add_str(of, row.id);
        add_str(of, row.title);
        add_str(of, row.source);
    }
    return NUNCIO_OK;
}

static nuncio_status find_articles(reading *of)
{
    char id[16];
    for (uint32_t i = 0; i < 10007; i += 97) {
        uint32_t found;
        int size = snprintf(id, sizeof id, "frus/d%u", i);
        nuncio_str text = {id, (size_t)size};
        NN_TRY(nn_segment_find_article(of->segment, text, &found, &of->error));
        add(of, &found, sizeof found);
    }
    return NUNCIO_OK;
}

static nuncio_status read_columns(reading *of)
{
    const nn_segment_info *info = nn_segment_info_of(of->segment);
    for (uint32_t block = 0; block < nn_segment_column_blocks(of->segment); block++) {
        for (uint32_t column = NN_COLUMN_DATE; column <= NN_COLUMN_LANGUAGE; column++) {
            static const nn_column_wanted some = {.low = 1, .high = 1 << 22, .also = {1, 1}};
            uint64_t bits[NN_COLUMN_BLOCK / 64];
            NN_TRY(nn_segment_column_match(of->segment, (nn_column)column, block, &some, bits,
                                           &of->error));
            add(of, bits, sizeof bits);
        }
    }
    for (uint32_t i = 0; i < info->article_count; i++) {
        nn_article_facets facets;
        uint32_t rank;
        NN_TRY(nn_segment_rank(of->segment, i, &rank, &of->error));
        NN_TRY(nn_segment_facets(of->segment, i, &facets, &of->error));
        add(of, &facets.source_number, sizeof facets.source_number);
    }
    for (uint32_t i = 1; i <= info->source_count; i++) {
        nuncio_str source;
        NN_TRY(nn_segment_source(of->segment, i, &source, &of->error));
        add_str(of, source);
    }
    return NUNCIO_OK;
}

static nuncio_status read_texts(reading *of)
{
    nn_buffer text;
    nuncio_status status = NUNCIO_OK;
    nn_buffer_init(&text, of->arena->memory);
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->passage_count && status == NUNCIO_OK;
         i++) {
        uint32_t start = 0, end = 0;
        nn_buffer_clear(&text);
        status = nn_segment_passage_text(of->segment, i, &text, &of->error);
        if (status == NUNCIO_OK) {
            status = nn_segment_passage_start(of->segment, i, &start, &end, &of->error);
        }
        add(of, text.data, text.size);
        add(of, &end, sizeof end);
    }
    nn_buffer_deinit(&text);
    return status;
}

static nuncio_status read_annotations(reading *of)
{
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->article_count; i++) {
        nuncio_annotations found;
        NN_TRY(nn_segment_annotations(of->segment, i, of->arena, &found, &of->error));
        for (size_t k = 0; k < found.mention_count; k++) {
            add_str(of, found.mentions[k].name);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status read_quotes(reading *of)
{
    nn_article_quotes quotes = {.segment = of->segment, .arena = of->arena};
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->article_count; i++) {
        NN_TRY(nn_article_quotes_seek(&quotes, i, &of->error));
        add(of, quotes.starts, quotes.count * sizeof *quotes.starts);
    }
    return NUNCIO_OK;
}

static nuncio_status read_speakers(reading *of)
{
    nn_article_quotes quotes = {.segment = of->segment, .arena = of->arena};
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->article_count; i++) {
        NN_TRY(nn_article_quotes_seek(&quotes, i, &of->error));
        for (uint32_t k = 0; k < quotes.count; k++) {
            uint32_t speaker, article;
            bool direct = nn_article_quotes_is_direct(&quotes, k);
            NN_TRY(nn_article_quotes_speaker(&quotes, k, &speaker, &of->error));
            NN_TRY(nn_segment_quote_article(of->segment, quotes.first + k, &article, &of->error));
            add(of, &speaker, sizeof speaker);
            add(of, &direct, sizeof direct);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status read_names(reading *of)
{
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->article_count; i++) {
        nn_article_names names = {NULL, 0, 0, 0};
        NN_TRY(nn_segment_article_names(of->segment, i, of->arena, &names, &of->error));
        add(of, &names.count, sizeof names.count);
    }
    return NUNCIO_OK;
}

static nuncio_status read_words(reading *of)
{
    nn_name_word_cursor cursor;
    bool more = true;
    nn_name_words_start(&cursor, of->segment);
    while (more) {
        nn_name_place *places;
        uint32_t count;
        NN_TRY(nn_name_words_next(&cursor, &more, &of->error));
        nuncio_str word = {cursor.word, cursor.size};
        NN_TRY(nn_segment_name_word(of->segment, word, of->arena, &places, &count, &of->error));
        add_str(of, word);
        add(of, &count, sizeof count);
    }
    return NUNCIO_OK;
}

static nuncio_status walk_names(reading *of)
{
    for (uint32_t name = 0; name < nn_segment_name_count(of->segment); name++) {
        nn_name_list list;
        nuncio_str text;
        nuncio_entity_type type;
        NN_TRY(nn_segment_name(of->segment, name, &text, &type, &of->error));
        add_str(of, text);
        NN_TRY(nn_name_list_open(&list, of->segment, name, &of->error));
        while (list.article != NN_DOC_END) {
            add(of, &list.article, sizeof list.article);
            NN_TRY(nn_name_list_next(&list, &of->error));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status find_terms(reading *of)
{
    nn_term_cursor cursor;
    for (uint32_t i = 0; i < nn_segment_info_of(of->segment)->term_count; i += 3) {
        bool found;
        nn_term_info info;
        NN_TRY(nn_segment_term_at(of->segment, i, &cursor, &of->error));
        nuncio_str term = {cursor.term, cursor.term_size};
        NN_TRY(nn_segment_find_term(of->segment, term, &found, &info, &of->error));
        add(of, &info.ordinal, sizeof info.ordinal);
        NN_TRY(nn_term_cursor_seek(&cursor, of->segment, term, &of->error));
        add(of, cursor.term, cursor.term_size);
    }
    return NUNCIO_OK;
}

static nuncio_status read_forms(reading *of)
{
    nn_term_cursor cursor;
    NN_TRY(nn_term_cursor_seek(&cursor, of->segment, nn_str("", 0), &of->error));
    while (cursor.valid) {
        nuncio_str *forms;
        uint32_t count;
        NN_TRY(nn_segment_forms(of->segment, &cursor.info, of->arena, &forms, &count, &of->error));
        for (uint32_t i = 0; i < count; i++) {
            add_str(of, forms[i]);
        }
        NN_TRY(nn_term_cursor_next(&cursor, &of->error));
    }
    return NUNCIO_OK;
}

/* A walk over each list in which nothing else is read between steps of `stride` passages. */
static nuncio_status walk(reading *of, uint32_t stride, bool frequencies, bool positions)
{
    nn_term_cursor cursor;
    NN_TRY(nn_term_cursor_seek(&cursor, of->segment, nn_str("", 0), &of->error));
    for (; cursor.valid;) {
        nn_postings postings;
        NN_TRY(nn_postings_open(&postings, of->segment, &cursor.info, &of->error));
        while (postings.doc != NN_DOC_END) {
            uint32_t tf = 0, at[320], forms[320];
            add(of, &postings.doc, sizeof postings.doc);
            if (positions) {
                NN_TRY(nn_postings_positions(&postings, at, forms, &of->error));
            }
            if (frequencies) {
                NN_TRY(nn_postings_tf(&postings, &tf, &of->error));
                add(of, &tf, sizeof tf);
            }
            NN_TRY(stride == 0 ? nn_postings_next(&postings, &of->error)
                               : nn_postings_advance(&postings, postings.doc + stride, &of->error));
        }
        NN_TRY(nn_term_cursor_next(&cursor, &of->error));
    }
    return NUNCIO_OK;
}

static nuncio_status walk_all(reading *of)
{
    return walk(of, 0, true, true);
}

static nuncio_status walk_far(reading *of)
{
    return walk(of, 700, false, false);
}

static nuncio_status walk_positions(reading *of)
{
    return walk(of, 333, false, true);
}

/* Bounds of blocks far ahead, before any of them is read. */
static nuncio_status read_bounds(reading *of)
{
    nn_term_cursor cursor;
    NN_TRY(nn_term_cursor_seek(&cursor, of->segment, nn_str("", 0), &of->error));
    for (; cursor.valid;) {
        nn_postings postings;
        nn_bound bounds[NN_BOUNDS_MAX];
        uint32_t last, count, passages = nn_segment_info_of(of->segment)->passage_count;
        NN_TRY(nn_postings_open(&postings, of->segment, &cursor.info, &of->error));
        for (uint32_t target = postings.doc; target < passages; target += 500) {
            NN_TRY(nn_postings_block_bounds(&postings, target, &last, bounds, &count, &of->error));
            add(of, &last, sizeof last);
        }
        NN_TRY(nn_postings_bounds(&postings, bounds, &count, &of->error));
        add(of, bounds, count * sizeof *bounds);
        NN_TRY(nn_term_cursor_next(&cursor, &of->error));
    }
    return NUNCIO_OK;
}

static nuncio_status verify(reading *of)
{
    return nn_segment_verify(of->segment, true, &of->error);
}

static const reader readers[] = {
    read_rows,   find_articles, read_columns, read_texts, read_annotations,
    read_quotes, read_speakers, read_names,   walk_names, read_words,
    find_terms,  read_forms,    walk_all,     walk_far,   walk_positions,
    read_bounds, verify};
enum { READERS = sizeof readers / sizeof readers[0] };

typedef struct fixture {
    memory_fs *files;
    char name[64];
    uint8_t *bytes;
    size_t size;
} fixture;

static fixture make_fixture(const sample_options *options)
{
    test_prng prng = test_prng_of(test_seed(31));
    fixture made = {.files = memory_fs_create()};
    sample *from = sample_create(&prng, options);
    const nuncio_vfs *vfs = memory_fs_vfs(made.files);
    nn_memory memory;
    char path[128];
    nn_memory_init(&memory, NULL, 0);
    assert_int_equal(vfs->make_dir(vfs->context, "/index"), 0);
    assert_int_equal(sample_write(from, vfs, &memory, "/index", true, made.name, NULL), NUNCIO_OK);
    (void)snprintf(path, sizeof path, "/index/%s", made.name);
    made.bytes = memory_fs_contents(made.files, path, &made.size);
    sample_destroy(from);
    return made;
}

/* Opens the segment afresh and lets one reader at it; `refused` counts from the opening on. */
static nuncio_status run(fixture *made, reader read, uint64_t refused, bool *failed, uint64_t *sum)
{
    test_allocator watched;
    nn_memory memory;
    nn_arena arena;
    nn_segment *segment;
    test_allocator_init(&watched, 0);
    nn_memory_init(&memory, &watched.allocator, 0);
    nn_arena_init(&arena, &memory);
    reading of = {.arena = &arena};
    nuncio_status status = nn_segment_open(memory_fs_vfs(made->files), &memory, "/index",
                                           made->name, &segment, &of.error);
    if (status == NUNCIO_OK) {
        watched.fail_at = refused == 0 ? 0 : atomic_load(&watched.calls) + refused;
        of.segment = segment;
        status = read(&of);
        if (watched.failed) { /* asked again, it answers */
            nn_arena_clear(&arena);
            reading again = {.arena = &arena, .segment = segment};
            assert_int_equal(read(&again), NUNCIO_OK);
            of.sum = again.sum;
        }
        nn_arena_clear(&arena);
        nn_segment_close(segment);
    }
    assert_int_equal(status, status == NUNCIO_OK ? NUNCIO_OK : of.error.status);
    test_allocator_check(&watched);
    *failed = watched.failed;
    *sum = of.sum;
    return status;
}

static void test_each_page_by_each_reader(void **state)
{
    (void)state;
    static const sample_options options = {700, 5, 100, 300};
    fixture made = make_fixture(&options);
    uint64_t told = 0, sound[READERS], by[READERS] = {0};
    bool failed;
    for (size_t i = 0; i < READERS; i++) {
        assert_int_equal(run(&made, readers[i], 0, &failed, &sound[i]), NUNCIO_OK);
    }
    uint64_t pages = 0;
    for (size_t at = 64; at < made.size; at += NN_PAGE_SIZE * test_step(3)) {
        pages++;
        made.bytes[at] ^= 0x5a;
        for (size_t i = 0; i < READERS; i++) {
            uint64_t sum;
            nuncio_status status = run(&made, readers[i], 0, &failed, &sum);
            if (status == NUNCIO_OK ? sum != sound[i] : status != NUNCIO_ERR_CORRUPT) {
                fail_msg("page of byte %zu, reader %zu: status %d", at, i, status);
            }
            told += status != NUNCIO_OK;
            by[i] += status != NUNCIO_OK;
        }
        made.bytes[at] ^= 0x5a;
    }
    for (size_t i = 0; i < READERS; i++) {
        assert_true(by[i] > 0);
    }
    print_message("damaged pages: %llu, told by a reader alone: %llu times\n",
                  (unsigned long long)pages, (unsigned long long)told);
    assert_true(by[READERS - 1] + 1 >= pages);
    memory_fs_destroy(made.files);
}

static void test_each_allocation_of_each_reader(void **state)
{
    (void)state;
    static const sample_options options = {90, 4, 150, 40};
    fixture made = make_fixture(&options);
    uint64_t runs = 0;
    for (size_t i = 0; i < READERS; i++) {
        bool failed = true;
        uint64_t sound, sum;
        assert_int_equal(run(&made, readers[i], 0, &failed, &sound), NUNCIO_OK);
        failed = true;
        for (uint64_t n = 1; failed; n++) {
            nuncio_status status = run(&made, readers[i], n, &failed, &sum);
            assert_int_equal(status, failed ? NUNCIO_ERR_MEMORY : NUNCIO_OK);
            assert_int_equal(sum, sound);
            runs++;
        }
    }
    print_message("readers with a failing allocation: %llu runs\n", (unsigned long long)runs);
    assert_true(runs > READERS + 10);
    memory_fs_destroy(made.files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_page_by_each_reader),
        cmocka_unit_test(test_each_allocation_of_each_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

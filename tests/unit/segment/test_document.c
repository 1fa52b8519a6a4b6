/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: every live article, and no other, can be read by id and by number, whole, and outlives the
 * snapshot. Method: an index of two segments with deletes, compared with the samples it was made
 * of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "index.h"

#include <string.h>

static test_index made;

static int make(void **state)
{
    (void)state;
    test_index_make(&made, 52);
    test_index_commit(&made, 1, 2);
    return 0;
}

static int release(void **state)
{
    (void)state;
    test_index_release(&made);
    return 0;
}

static void check_text(const sample *from, const sample_article *article,
                       const nuncio_document *document)
{
    nuncio_str text = nuncio_document_article(document)->text;
    size_t at = 0;
    assert_non_null(text.data);
    assert_int_equal(nuncio_document_passage_count(document), article->passage_count);
    for (uint32_t i = 0; i < article->passage_count; i++) {
        const sample_passage *passage = &from->passages[article->first_passage + i];
        nuncio_passage_span span = nuncio_document_passage(document, i);
        assert_int_equal(span.start, at);
        assert_int_equal(span.end, at + passage->text_size);
        assert_true(passage->text_size == 0 ||
                    memcmp(text.data + at, passage->text, passage->text_size) == 0);
        at += passage->text_size;
    }
    assert_int_equal(text.size, at);
    nuncio_passage_span none = nuncio_document_passage(document, article->passage_count);
    assert_true(none.start == 0 && none.end == 0);
}

static void check_document(const sample *from, const sample_article *article,
                           const nuncio_document *document)
{
    const nuncio_article *got = nuncio_document_article(document);
    const nuncio_annotations *annotations = nuncio_document_annotations(document);
    assert_true(nn_str_equal(got->id, nn_str_of(article->id)));
    assert_true(nn_str_equal(got->title, nn_str_of(article->title)));
    assert_true(nn_str_equal(got->source, nn_str_of(article->source)));
    assert_true(nn_str_equal(got->url, nn_str_of(article->url)));
    assert_true(nn_str_equal(got->lang, nn_str_of(article->lang)));
    assert_int_equal(got->title.data == NULL, article->title == NULL);
    assert_int_equal(got->date.year, article->date.year);
    check_text(from, article, document);
    assert_int_equal(annotations->quote_count, article->annotations.quote_count);
    assert_int_equal(annotations->mention_count, article->annotations.mention_count);
    for (size_t i = 0; i < annotations->quote_count; i++) {
        assert_true(
            nn_str_equal(annotations->quotes[i].speaker, article->annotations.quotes[i].speaker));
    }
    for (size_t i = 0; i < annotations->mention_count; i++) {
        assert_true(
            nn_str_equal(annotations->mentions[i].name, article->annotations.mentions[i].name));
    }
}

static void test_all_live_articles(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    uint64_t number = 0;
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    for (size_t part = 0; part < INDEX_PARTS; part++) {
        const sample *from = made.samples[part];
        for (uint32_t i = 0; i < from->article_count; i++) {
            const sample_article *article = &from->articles[i];
            nuncio_document *document = NULL;
            nuncio_status found =
                nuncio_snapshot_find(snapshot, nn_str_of(article->id), &document, NULL);
            if (test_index_deleted(&made, part, i)) {
                assert_int_equal(found, NUNCIO_ERR_NOT_FOUND);
                assert_null(document);
                continue;
            }
            assert_int_equal(found, NUNCIO_OK);
            check_document(from, article, document);
            nuncio_document_destroy(document);
            assert_int_equal(nuncio_snapshot_read(snapshot, number++, &document, NULL), NUNCIO_OK);
            check_document(from, article, document);
            nuncio_document_destroy(document);
        }
    }
    nuncio_document *document = NULL;
    assert_int_equal(nuncio_snapshot_read(snapshot, number, &document, NULL), NUNCIO_ERR_ARGUMENT);
    nuncio_snapshot_close(snapshot);
}

static void test_unknown_ids(void **state)
{
    (void)state;
    static const char *const ids[] = {"", "z", "frus/", "frus/d0x", "~~~~"};
    nuncio_snapshot *snapshot = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        nuncio_document *document = NULL;
        assert_int_equal(nuncio_snapshot_find(snapshot, nn_str_of(ids[i]), &document, &error),
                         NUNCIO_ERR_NOT_FOUND);
        assert_non_null(strstr(error.message, ids[i]));
    }
    nuncio_snapshot_close(snapshot);
}

static void test_a_long_id(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_document *document = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    char id[3000];
    memset(id, 'x', sizeof id);
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    assert_int_equal(nuncio_snapshot_find(snapshot, nn_str(id, sizeof id), &document, &error),
                     NUNCIO_ERR_NOT_FOUND);
    assert_true(strlen(error.message) < 200); /* it is cut in the message */
    nuncio_snapshot_close(snapshot);
}

/* An index without texts gives articles whose text is absent; where texts are stored, an empty one
 * is there. */
static void test_texts_absent_and_empty(void **state)
{
    (void)state;
    for (int stored = 0; stored <= 1; stored++) {
        nn_segment_writer *writer = NULL;
        nuncio_snapshot *snapshot = NULL;
        nuncio_document *document = NULL;
        nn_article_fields fields = {.article = {.id = nn_str_of("a")}};
        assert_int_equal(nn_segment_writer_open(
                             &(nn_segment_writer_options){
                                 .vfs = made.vfs, .directory = "/index", .store_text = stored != 0},
                             &made.memory, &writer, NULL),
                         NUNCIO_OK);
        assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_passage(writer, nn_str("", 0), 0, NULL), NUNCIO_OK);
        assert_int_equal(nn_segment_writer_finish(writer, made.entries[0].segment, NULL),
                         NUNCIO_OK);
        nn_segment_writer_destroy(writer);
        test_index_commit(&made, 2 + (uint64_t)stored, 1);
        assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
        assert_int_equal(nuncio_snapshot_read(snapshot, 0, &document, NULL), NUNCIO_OK);
        assert_int_equal(nuncio_document_article(document)->text.data != NULL, stored);
        assert_int_equal(nuncio_document_article(document)->text.size, 0);
        nuncio_document_destroy(document);
        nuncio_snapshot_close(snapshot);
    }
}

static void test_a_document_outlives_its_snapshot(void **state)
{
    (void)state;
    nuncio_snapshot *snapshot = NULL;
    nuncio_document *documents[INDEX_PARTS + 4];
    assert_int_equal(test_index_open(&made, &snapshot, NULL), NUNCIO_OK);
    for (uint64_t i = 0; i < 6; i++) {
        assert_int_equal(nuncio_snapshot_read(snapshot, i, &documents[i], NULL), NUNCIO_OK);
    }
    nuncio_snapshot_close(snapshot); /* unmaps the files: the sanitizer sees a view that is left */
    for (uint64_t i = 0; i < 6; i++) {
        check_document(made.samples[0], &made.samples[0]->articles[i], documents[i]);
        nuncio_document_destroy(documents[i]);
    }
    nuncio_document_destroy(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_live_articles, make, release),
        cmocka_unit_test_setup_teardown(test_unknown_ids, make, release),
        cmocka_unit_test_setup_teardown(test_a_long_id, make, release),
        cmocka_unit_test_setup_teardown(test_texts_absent_and_empty, make, release),
        cmocka_unit_test_setup_teardown(test_a_document_outlives_its_snapshot, make, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/error.h"
#include "core/str.h"
#include "segment/segment_writer.h"
#include "support/disk.h"

#include <stdio.h>
#include <stdlib.h>

enum { AN_ARTICLE = 10, FORMS = 3 };

const struct test_list lists[LISTS] = {
    {"all", 0, 1}, {"even", 0, 2}, {"odd", 1, 2}, {"rare", 0, 9000}};
struct test_list_bytes list_bytes;
static char name[64];

/* Passage p: "all" twice (once where 7 divides p), then "even" or "odd", and "rare" where 9,000
 * divides it. */
uint32_t all_tf(uint32_t passage)
{
    return passage % 7 == 0 ? 1 : 2;
}

uint32_t length_of(uint32_t passage)
{
    return all_tf(passage) + 1 + (passage % 9000 == 0);
}

uint32_t form_of(uint32_t passage, uint32_t occurrence)
{
    return passage % 11 == 0 ? (passage / 11 + occurrence) % FORMS : 0;
}

static void add_passages(nn_segment_writer *writer)
{
    for (uint32_t i = 0; i < PASSAGES; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "a%u", i);
        nn_article_fields fields = {.article = {.id = nn_str_of(id)}};
        if (i % AN_ARTICLE == 0) {
            assert_int_equal(nn_segment_writer_article(writer, &fields, NULL), NUNCIO_OK);
        }
        assert_int_equal(
            nn_segment_writer_passage(writer, nn_str("abc", 3), (uint8_t)length_of(i), NULL),
            NUNCIO_OK);
    }
}

static void add_list(nn_segment_writer *writer, const char *term, uint32_t first, uint32_t step)
{
    const nuncio_str forms[FORMS] = {nn_str_of(term), nn_str_of("ALL"), nn_str_of("All")};
    assert_int_equal(nn_segment_writer_term(writer, forms[0], forms, FORMS, NULL), NUNCIO_OK);
    for (uint32_t i = first; i < PASSAGES; i += step) {
        uint32_t at = step == 9000 ? length_of(i) - 1 : all_tf(i);
        const uint32_t positions[] = {step == 1 ? 0 : at, 1};
        const uint32_t numbers[] = {form_of(i, 0), form_of(i, 1)};
        assert_int_equal(nn_segment_writer_posting(writer, i, positions, numbers,
                                                   step == 1 ? all_tf(i) : 1, NULL),
                         NUNCIO_OK);
    }
}

int lists_make(void **state)
{
    nn_segment_writer *writer = NULL;
    assert_int_equal(test_disk_make(state), 0);
    assert_int_equal(
        nn_segment_writer_open(
            &(nn_segment_writer_options){.vfs = vfs, .directory = "/i", .store_text = false},
            &memory, &writer, NULL),
        NUNCIO_OK);
    add_passages(writer);
    for (size_t i = 0; i < LISTS; i++) {
        add_list(writer, lists[i].term, lists[i].first, lists[i].step);
    }
    assert_int_equal(nn_segment_writer_finish(writer, name, NULL), NUNCIO_OK);
    nn_segment_writer_destroy(writer);
    list_bytes.sound = test_disk_file(name, &list_bytes.now, &list_bytes.size);
    return 0;
}

int lists_release(void **state)
{
    free(list_bytes.sound);
    return test_disk_release(state);
}

nn_segment *open_lists(void)
{
    nn_segment *segment = NULL;
    nuncio_status status = nn_segment_open(vfs, &memory, "/i", name, &segment, NULL);
    assert_true(status == NUNCIO_OK || status == NUNCIO_ERR_CORRUPT);
    return segment;
}

nn_segment *open_segment(void)
{
    nn_segment *segment = open_lists();
    assert_non_null(segment);
    return segment;
}

nn_term_info find(const nn_segment *segment, size_t list)
{
    nn_term_info info;
    bool found = false;
    assert_int_equal(
        nn_segment_find_term(segment, nn_str_of(lists[list].term), &found, &info, NULL), NUNCIO_OK);
    assert_true(found);
    return info;
}

uint32_t expected_at(size_t list, uint64_t passage)
{
    uint64_t first = lists[list].first, step = lists[list].step;
    uint64_t doc = passage <= first ? first : first + (passage - first + step - 1) / step * step;
    return doc < PASSAGES ? (uint32_t)doc : NN_DOC_END;
}

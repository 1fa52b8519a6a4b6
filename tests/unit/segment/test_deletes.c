/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: deletes and deductions survive; live articles can be numbered; damage is found.
 * Method: random sets against arrays; every byte changed, and sealed again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/bits.h"
#include "core/hash.h"
#include "segment/files/deletes.h"
#include "segment/files/file_name.h"
#include "segment/files/format.h"
#include "segment/files/sealed.h"
#include "support/disk.h"
#include "support/prng.h"

#include <stdio.h>
#include <string.h>

enum { ARTICLES_MAX = 500 };

/** Random deletes, and what was written of them. */
typedef struct drawn {
    uint32_t article_count, deleted_count, deduction_count;
    uint32_t articles[ARTICLES_MAX];
    nn_df_deduction deductions[ARTICLES_MAX];
    nn_deletes_info info;
    char name[64];
} drawn;

static void draw(test_prng *prng, drawn *made)
{
    uint32_t share = (uint32_t)test_prng_below(prng, 101), ordinal = 0;
    memset(made, 0, sizeof *made);
    made->article_count = 1 + (uint32_t)test_prng_below(prng, ARTICLES_MAX);
    for (uint32_t i = 0; i < made->article_count; i++) {
        if (test_prng_chance(prng, share)) {
            made->articles[made->deleted_count++] = i;
        }
    }
    made->deduction_count = (uint32_t)test_prng_below(prng, 100);
    for (uint32_t i = 0; i < made->deduction_count; i++) {
        ordinal += (uint32_t)test_prng_below(prng, 1000);
        uint32_t articles = (uint32_t)test_prng_below(prng, 50);
        made->deductions[i] =
            (nn_df_deduction){ordinal++, articles + (uint32_t)test_prng_below(prng, 300), articles,
                              (uint32_t)test_prng_below(prng, 400)};
    }
    made->info = (nn_deletes_info){made->deleted_count, 3, 1000, 5, 44, 6, UINT64_C(1) << 40};
    assert_int_equal(nn_deletes_write(vfs, &memory, "/i", made->article_count, made->articles,
                                      made->deleted_count, made->deductions, made->deduction_count,
                                      &made->info, made->name, NULL),
                     NUNCIO_OK);
    assert_true(nn_file_name_valid(made->name, NN_SUFFIX_DELETES));
}

static void test_round_trip(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(38));
    static drawn made;
    for (uint32_t round = 0; round < 300; round++) {
        nn_deletes *deletes = NULL;
        draw(&prng, &made);
        assert_int_equal(
            nn_deletes_open(vfs, &memory, "/i", made.name, made.article_count, &deletes, NULL),
            NUNCIO_OK);
        assert_memory_equal(nn_deletes_info_of(deletes), &made.info, sizeof made.info);
        uint32_t next = 0, live = 0, count = 0;
        for (uint32_t i = 0; i < made.article_count; i++) {
            bool gone = next < made.deleted_count && made.articles[next] == i;
            next += gone;
            assert_int_equal(nn_deletes_has(deletes, i), gone);
            if (!gone) {
                assert_int_equal(nn_deletes_live(deletes, live++), i);
            }
        }
        const nn_df_deduction *all = nn_deletes_deductions(deletes, &count);
        assert_int_equal(count, made.deduction_count);
        for (uint32_t i = 0; i < count; i++) {
            nn_df_deduction one = nn_deletes_deduction(deletes, made.deductions[i].ordinal);
            assert_memory_equal(&one, &made.deductions[i], sizeof one);
            assert_memory_equal(&all[i], &made.deductions[i], sizeof one);
        }
        nn_df_deduction none = nn_deletes_deduction(deletes, UINT32_MAX);
        assert_true(none.passages == 0 && none.articles == 0 && none.quotes == 0);
        nn_deletes_close(deletes);
        assert_int_equal(
            nn_deletes_open(vfs, &memory, "/i", made.name, made.article_count + 1, &deletes, NULL),
            NUNCIO_ERR_CORRUPT); /* it is of another segment */
    }
}

static void test_wrong_order_is_refused(void **state)
{
    (void)state;
    const uint32_t twice[] = {3, 3}, outside[] = {10};
    const nn_df_deduction falling[] = {{5, 1, 1, 0}, {4, 1, 1, 0}}, more[] = {{1, 1, 2, 0}};
    nn_deletes_info info = {0};
    char name[64];
    assert_int_equal(nn_deletes_write(vfs, &memory, "/i", 10, twice, 2, NULL, 0, &info, name, NULL),
                     NUNCIO_ERR_ARGUMENT);
    assert_int_equal(
        nn_deletes_write(vfs, &memory, "/i", 10, outside, 1, NULL, 0, &info, name, NULL),
        NUNCIO_ERR_ARGUMENT);
    assert_int_equal(
        nn_deletes_write(vfs, &memory, "/i", 10, NULL, 0, falling, 2, &info, name, NULL),
        NUNCIO_ERR_ARGUMENT);
    assert_int_equal(nn_deletes_write(vfs, &memory, "/i", 10, NULL, 0, more, 1, &info, name, NULL),
                     NUNCIO_ERR_ARGUMENT);
}

static void test_damage(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(39));
    static drawn made;
    do {
        draw(&prng, &made);
    } while (made.deleted_count == 0 || made.deduction_count == 0);
    char path[128];
    size_t size = 0;
    nn_deletes *deletes = NULL;
    (void)snprintf(path, sizeof path, "/i/%s", made.name);
    uint8_t *bytes = memory_fs_contents(files, path, &size);
    for (size_t i = 0; i < size; i++) {
        bytes[i] ^= 1;
        nuncio_status status =
            nn_deletes_open(vfs, &memory, "/i", made.name, made.article_count, &deletes, NULL);
        assert_true(status == NUNCIO_ERR_CORRUPT || status == NUNCIO_ERR_VERSION);
        uint64_t hash = nn_load_u64(bytes + size - 8);
        nn_store_u64(bytes + size - 8, nn_hash64(bytes, size - 8, 0)); /* disguised */
        if (nn_deletes_open(vfs, &memory, "/i", made.name, made.article_count, &deletes, NULL) ==
            NUNCIO_OK) {
            for (uint32_t live = 0;
                 live < made.article_count - nn_deletes_info_of(deletes)->articles; live++) {
                assert_true(nn_deletes_live(deletes, live) < made.article_count);
            }
            nn_deletes_close(deletes);
        }
        nn_store_u64(bytes + size - 8, hash);
        bytes[i] ^= 1;
    }
}

/** Opens deletes of ten articles with these bits and these bytes of deductions, sealed. */
static nuncio_status open_payload(uint32_t deleted, uint64_t bits, uint32_t deductions,
                                  const uint8_t *bytes, size_t size)
{
    nn_buffer buffer;
    nn_deletes *deletes = NULL;
    nn_buffer_init(&buffer, &memory);
    nn_sealed_begin(&buffer, NN_MAGIC_DELETES);
    nn_buffer_append_u32(&buffer, 10);
    nn_buffer_append_u32(&buffer, deleted);
    nn_buffer_append_u32(&buffer, deductions);
    nn_buffer_append_u32(&buffer, 0);
    for (uint32_t i = 0; i < 5; i++) {
        nn_buffer_append_u64(&buffer, 0);
    }
    nn_buffer_append_u64(&buffer, bits);
    nn_buffer_append(&buffer, bytes, size);
    nn_sealed_end(&buffer);
    assert_int_equal(nn_sealed_write(vfs, &memory, "/i/x", &buffer, NULL), NUNCIO_OK);
    nn_buffer_deinit(&buffer);
    nuncio_status status = nn_deletes_open(vfs, &memory, "/i", "x", 10, &deletes, NULL);
    nn_deletes_close(deletes);
    return status;
}

static void test_payloads_that_lie(void **state)
{
    (void)state;
    enum { MOST = 0xff }; /* bytes of a varint: 2^35 - 1 in five of them, 2^63 in ten */
    static const struct {
        uint8_t bytes[16];
        size_t size;
    } lies[] = {
        {{MOST, MOST, MOST, MOST, 0x7f, 1, 0, 0}, 8}, /* the ordinal */
        {{MOST, MOST, MOST, MOST, 0x0f, 1, 0, 0}, 8}, /* the first that is none */
        {{0, MOST, MOST, MOST, MOST, 0x7f, 0, 0}, 8}, /* passages */
        {{0, 1, 2, 0}, 4},                            /* more articles than those */
        {{0, 1, 0, MOST, MOST, MOST, MOST, 0x7f}, 8}, /* quotes */
        {{0, 1, 0, 0, 0}, 5},                         /* a byte too many */
        {{0, 1, 0, 0x80, 0x80, 0x80}, 6},             /* cut short */
    };
    assert_int_equal(open_payload(2, 0x201, 0, NULL, 0), NUNCIO_OK);
    assert_int_equal(open_payload(1, 0x201, 0, NULL, 0), NUNCIO_ERR_CORRUPT); /* two are deleted */
    assert_int_equal(open_payload(1, 0x400, 0, NULL, 0), NUNCIO_ERR_CORRUPT); /* of ten the 11th */
    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        assert_int_equal(open_payload(1, 1, 1, lies[i].bytes, lies[i].size), NUNCIO_ERR_CORRUPT);
    }
    /* A second deduction whose ordinal goes round. */
    static const uint8_t around[] = {5,    1,    0,    0,    MOST, MOST, MOST, MOST, MOST,
                                     MOST, MOST, MOST, MOST, 1,    1,    0,    0,    0};
    assert_int_equal(open_payload(1, 1, 2, around, sizeof around), NUNCIO_ERR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_round_trip, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_wrong_order_is_refused, test_disk_make,
                                        test_disk_release),
        cmocka_unit_test_setup_teardown(test_damage, test_disk_make, test_disk_release),
        cmocka_unit_test_setup_teardown(test_payloads_that_lie, test_disk_make, test_disk_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

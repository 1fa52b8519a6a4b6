/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whatever the encoding, and however the source hands out its bytes, the content comes out;
 * what is cut short or broken is told after everything that could be decoded.
 * Method: a source in memory that gives one byte, a few or many at a time, and fails on demand. */
#include "core/buffer.h"
#include "ingest/stream.h"

#include "support/prng.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct memory_source {
    const uint8_t *bytes;
    size_t size, at, at_most;
    int fail_code; /* at the end, instead of it */
} memory_source;

static int read_memory(void *context, void *to, size_t size, size_t *done)
{
    memory_source *source = context;
    size_t left = source->size - source->at;
    *done = left < size ? left : size;
    *done = *done < source->at_most ? *done : source->at_most;
    memcpy(to, source->bytes + source->at, *done);
    source->at += *done;
    return *done == 0 ? source->fail_code : 0;
}

/* What came out of a stream. */
typedef struct outcome {
    uint8_t *bytes;
    size_t size;
    nuncio_status status;
    nuncio_error error;
    uint64_t consumed;
} outcome;

static outcome read_all(const uint8_t *bytes, size_t size, size_t at_most, size_t room,
                        int fail_code)
{
    outcome found = {.bytes = malloc(1)};
    nn_memory memory;
    nn_stream *stream;
    nn_memory_init(&memory, NULL, 0);
    memory_source from = {bytes, size, 0, at_most, fail_code};
    nn_source source = {&from, read_memory};
    assert_int_equal(nn_stream_open(&memory, source, &stream, NULL), NUNCIO_OK);
    for (size_t done = 1; done > 0 && found.status == NUNCIO_OK;) {
        found.bytes = realloc(found.bytes, found.size + room);
        assert_non_null(found.bytes);
        found.status = nn_stream_read(stream, found.bytes + found.size, room, &done, &found.error);
        found.size += done;
    }
    size_t done = 7;
    assert_int_equal(nn_stream_read(stream, found.bytes, 1, &done, NULL), found.status);
    assert_int_equal(done, 0); /* the end, and a failure, are for good */
    found.consumed = nn_stream_consumed(stream);
    nn_stream_close(stream);
    assert_int_equal(atomic_load(&memory.used), 0);
    return found;
}

static void comes_out(const uint8_t *bytes, size_t size, const char *expected, size_t expected_size)
{
    static const size_t pieces[] = {1, 3, 1000, SIZE_MAX}, rooms[] = {1, 7, 1 << 16};
    for (size_t p = 0; p < sizeof pieces / sizeof pieces[0]; p++) {
        for (size_t r = 0; r < sizeof rooms / sizeof rooms[0]; r++) {
            outcome found = read_all(bytes, size, pieces[p], rooms[r], 0);
            assert_int_equal(found.status, NUNCIO_OK);
            assert_int_equal(found.size, expected_size);
            assert_memory_equal(found.bytes, expected, expected_size);
            assert_int_equal(found.consumed, size);
            free(found.bytes);
        }
    }
}

static size_t pack_gzip(const void *text, size_t size, uint8_t *to, size_t room)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    uint8_t *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    stream.next_in = copy;
    stream.avail_in = (uInt)size;
    stream.next_out = to;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    size_t packed = room - stream.avail_out;
    (void)deflateEnd(&stream);
    free(copy);
    return packed;
}

static size_t pack_zstd(const void *text, size_t size, uint8_t *to, size_t room)
{
    size_t packed = ZSTD_compress(to, room, text, size, 3);
    assert_false(ZSTD_isError(packed));
    return packed;
}

typedef size_t packer(const void *text, size_t size, uint8_t *to, size_t room);
static packer *const packers[] = {pack_gzip, pack_zstd};
static const char TEXT[] = "one\ntwo two\nthree three three\n";

static void plain(void **state)
{
    (void)state;
    comes_out((const uint8_t *)"", 0, "", 0);
    comes_out((const uint8_t *)"a", 1, "a", 1);
    comes_out((const uint8_t *)TEXT, sizeof TEXT - 1, TEXT, sizeof TEXT - 1);
    comes_out((const uint8_t *)"\x1F", 1, "\x1F", 1); /* half a magic number */
    comes_out((const uint8_t *)"\x28\xB5\x2F", 3, "\x28\xB5\x2F", 3);
}

static void packed(void **state)
{
    (void)state;
    for (size_t p = 0; p < 2; p++) {
        uint8_t bytes[500];
        size_t size = packers[p](TEXT, sizeof TEXT - 1, bytes, sizeof bytes);
        comes_out(bytes, size, TEXT, sizeof TEXT - 1);
        /* Members or frames one after another, an empty one between. */
        char twice[2 * sizeof TEXT];
        size_t more = packers[p]("", 0, bytes + size, sizeof bytes - size);
        memcpy(bytes + size + more, bytes, size);
        strcpy(twice, TEXT);
        strcat(twice, TEXT);
        comes_out(bytes, 2 * size + more, twice, strlen(twice));
    }
}

static void padding(void **state)
{
    (void)state;
    uint8_t bytes[600] = {0};
    size_t size = pack_gzip(TEXT, sizeof TEXT - 1, bytes, sizeof bytes);
    comes_out(bytes, size + 300, TEXT, sizeof TEXT - 1); /* zeros behind a member, as on tapes */
    uint8_t frame[300] = {0x50, 0x2A, 0x4D, 0x18, 5, 0, 0, 0, 'n', 'o', 't', 'e', 's'};
    size = pack_zstd(TEXT, sizeof TEXT - 1, frame + 13, sizeof frame - 13);
    comes_out(frame, 13 + size, TEXT, sizeof TEXT - 1); /* a skippable frame first */
}

/** Cut at every length: all of it, or a failure after a beginning of it. */
static void cut_short(void **state)
{
    (void)state;
    for (size_t p = 0; p < 2; p++) {
        static char text[3000];
        static uint8_t bytes[6000];
        test_prng prng = test_prng_of(test_seed(3));
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = "etaoin shrdlu\n"[test_prng_below(&prng, 14)];
        }
        size_t size = packers[p](text, sizeof text, bytes, sizeof bytes), most = 0;
        for (size_t cut = 11; cut < size; cut++) {
            outcome found = read_all(bytes, cut, SIZE_MAX, 4096, 0);
            assert_int_equal(found.status, NUNCIO_ERR_CORRUPT);
            assert_non_null(strstr(found.error.message, "too early"));
            assert_true(found.size < sizeof text || cut + 16 >= size); /* only the end is lost */
            assert_memory_equal(found.bytes, text, found.size);
            most = found.size > most ? found.size : most;
            free(found.bytes);
        }
        if (p == 0) {
            assert_true(most > sizeof text / 2); /* gzip gives what there is */
        }
    }
}

static void broken(void **state)
{
    (void)state;
    for (size_t p = 0; p < 2; p++) {
        uint8_t bytes[500];
        size_t size = packers[p](TEXT, sizeof TEXT - 1, bytes, sizeof bytes);
        memcpy(bytes + size, "garbage behind the end", 22);
        outcome found = read_all(bytes, size + 22, SIZE_MAX, 4096, 0);
        assert_int_equal(found.status, NUNCIO_ERR_CORRUPT);
        assert_int_equal(found.size, sizeof TEXT - 1);
        assert_non_null(strstr(found.error.message, p == 0 ? "gzip" : "zstd"));
        free(found.bytes);
        test_prng prng = test_prng_of(test_seed(5));
        for (int round = 0; round < 2000; round++) { /* no crash, and an end */
            uint8_t damaged[500];
            memcpy(damaged, bytes, size);
            damaged[4 + test_prng_below(&prng, size - 4)] ^=
                (uint8_t)(1 + test_prng_below(&prng, 255));
            found = read_all(damaged, size, SIZE_MAX, 4096, 0);
            assert_true(found.status == NUNCIO_OK || found.status == NUNCIO_ERR_CORRUPT ||
                        found.status == NUNCIO_ERR_INPUT);
            free(found.bytes);
        }
    }
}

static void foreign(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
    } cases[] = {
        {"BZh91AY&SY....", "bzip2"},
        {"\xFD"
         "7zXZ.......",
         "xz"},
        {"PK\x03\x04........", "zip"},
        {"%PDF-1.7 ....", "PDF"},
        {"\xFF\xFEh.e.l.", "UTF-16"},
        {"\xFE\xFF.h.e.l", "UTF-16"},
        {"{\\rtf1.......", "RTF"},
        {"\x1F\x9D.......", "compress"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        outcome found = read_all((const uint8_t *)cases[i].bytes, strlen(cases[i].bytes), 1, 64, 0);
        assert_int_equal(found.status, NUNCIO_ERR_INPUT);
        assert_non_null(strstr(found.error.message, cases[i].name));
        free(found.bytes);
    }
    comes_out((const uint8_t *)"BZhytomyr is a city", 19, "BZhytomyr is a city", 19);
}

static void failing_source(void **state)
{
    (void)state;
    outcome found = read_all((const uint8_t *)TEXT, sizeof TEXT - 1, 4, 64, EIO);
    assert_int_equal(found.status, NUNCIO_ERR_IO);
    assert_int_equal(found.size, sizeof TEXT - 1);
    assert_string_equal(found.error.message, strerror(EIO));
    free(found.bytes);
    found = read_all((const uint8_t *)TEXT, 3, 4, 64, ECANCELED);
    assert_int_equal(found.status, NUNCIO_ERR_CANCELLED);
    free(found.bytes);
}

/** A bomb: what it would take is never held, only handed on. */
static void bomb(void **state)
{
    (void)state;
    size_t large = 64 << 20;
    char *zeros = calloc(large, 1);
    uint8_t *bytes = malloc(1 << 20);
    assert_non_null(zeros);
    assert_non_null(bytes);
    for (size_t p = 0; p < 2; p++) {
        size_t size = packers[p](zeros, large, bytes, 1 << 20);
        nn_memory memory;
        nn_stream *stream;
        nn_memory_init(&memory, NULL, 0);
        memory_source from = {bytes, size, 0, SIZE_MAX, 0};
        nn_source source = {&from, read_memory};
        assert_int_equal(nn_stream_open(&memory, source, &stream, NULL), NUNCIO_OK);
        size_t total = 0, done = 1;
        while (done > 0) {
            assert_int_equal(nn_stream_read(stream, zeros, 1 << 16, &done, NULL), NUNCIO_OK);
            assert_true(done <= 1 << 16);
            total += done;
        }
        assert_int_equal(total, large);
        assert_true(atomic_load(&memory.used) < 1 << 20);
        nn_stream_close(stream);
    }
    free(zeros);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),          cmocka_unit_test(packed), cmocka_unit_test(padding),
        cmocka_unit_test(cut_short),      cmocka_unit_test(broken), cmocka_unit_test(foreign),
        cmocka_unit_test(failing_source), cmocka_unit_test(bomb),
    };
    return cmocka_run_group_tests_name("ingest/stream", tests, NULL, NULL);
}

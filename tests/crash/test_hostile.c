/* SPDX-License-Identifier: Apache-2.0 */
/* An index made with care by someone who can compute checksums: each lie is set in its place,
 * everything is sealed again, and whoever opens, reads, searches or checks it gets errors or
 * answers that keep their promises, in bounded memory and without touching what lies outside (the
 * sanitizers watch). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/bits.h"
#include "crash/questions.h"
#include "fuzz/subject.h"
#include "segment/files/format.h"
#include "support/prng.h"

static memory_fs *sound;
static uint64_t made, failed;

static int make(void **state)
{
    (void)state;
    sound = subject_create();
    return 0;
}

static int release(void **state)
{
    (void)state;
    memory_fs_destroy(sound);
    return 0;
}

static uint8_t *segment_of(memory_fs *fs, size_t *size)
{
    const char *path;
    for (size_t i = 0; (path = memory_fs_path(fs, i)) != NULL; i++) {
        if (strstr(path, ".seg") != NULL) {
            return memory_fs_contents(fs, path, size);
        }
    }
    fail_msg("no segment");
    return NULL;
}

static uint8_t *entry_of(uint8_t *bytes, size_t size, uint32_t kind)
{
    return bytes + size - NN_FOOTER_SIZE + (size_t)kind * NN_REGION_ENTRY_SIZE;
}

static void use(memory_fs *fs)
{
    subject_seal(fs);
    failed += subject_use(fs, (unsigned)made) != 0;
    made++;
    memory_fs_destroy(fs);
}

/* Numbers that a size, count or place should not be. */
static const uint64_t LIES[] = {
    0, 1, 0xff, 0x7fffffff, 0xffffffff, 0x7fffffffffffffff, UINT64_MAX - 7,
};
enum { LIE_COUNT = sizeof LIES / sizeof LIES[0] };

/* Regions that lie elsewhere, within one another, or are larger than the file. */
static void test_regions(void **state)
{
    (void)state;
    for (uint32_t kind = 0; kind < NN_REGION_COUNT; kind++) {
        for (size_t lie = kind % test_step(2); lie < LIE_COUNT; lie += test_step(2)) {
            for (size_t field = 0; field < 16; field += 8) {
                size_t size;
                memory_fs *fs = memory_fs_clone(sound);
                uint8_t *bytes = segment_of(fs, &size);
                nn_store_u64(entry_of(bytes, size, kind) + field, LIES[lie]);
                use(fs);
            }
        }
        /* Two in one place. */
        for (uint32_t other = kind % 3; other < NN_REGION_COUNT;
             other += 3 * (uint32_t)test_step(2)) {
            size_t size;
            memory_fs *fs = memory_fs_clone(sound);
            uint8_t *bytes = segment_of(fs, &size);
            memcpy(entry_of(bytes, size, kind), entry_of(bytes, size, other), NN_REGION_ENTRY_SIZE);
            use(fs);
        }
    }
}

/* The first numbers of each region are its headers: counts, widths, starts, slopes. */
static void test_headers_of_regions(void **state)
{
    (void)state;
    for (uint32_t kind = 0; kind < NN_REGION_COUNT; kind++) {
        for (size_t at = 0; at < 32; at += 4) {
            for (size_t lie = at / 4 % test_step(3); lie < LIE_COUNT; lie += test_step(3)) {
                size_t size;
                memory_fs *fs = memory_fs_clone(sound);
                uint8_t *bytes = segment_of(fs, &size);
                const uint8_t *entry = entry_of(bytes, size, kind);
                size_t width = LIES[lie] > UINT32_MAX ? 8 : 4;
                uint8_t value[8];
                nn_store_u64(value, LIES[lie]);
                if (at + width <= nn_load_u64(entry + 8)) {
                    memcpy(bytes + nn_load_u64(entry) + at, value, width);
                    use(fs);
                } else {
                    memory_fs_destroy(fs);
                }
            }
        }
    }
}

/* Frames of zstd that say, in a few bytes, that they are long: of one byte repeated, without end,
 * with a window of gigabytes. */
static void test_bombs(void **state)
{
    (void)state;
    static const uint8_t frames[][12] = {
        {0xa4, 0xff, 0xff, 0xff, 0x7f, 0x02, 0xff, 0xff, 'x'}, /* 2 GiB said, a run of 64 KiB */
        {0x00, 0xff, 0x03, 0x00, 0x10, 'x', 0x03, 0x00, 0x10,
         'x'}, /* the largest window, runs of 128 KiB */
        {0x20, 0xff, 0x02, 0x00, 0x10, 'x', 0x02, 0x00, 0x10,
         'x'}, /* one segment of 255 bytes, runs beyond it */
        {0xe4, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x03}, /* 2^64 - 1 said */
        {0x03, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00}, /* a dictionary that is not there */
    };
    for (size_t frame = 0; frame < sizeof frames / sizeof frames[0]; frame++) {
        for (size_t at = 0; at < 600; at += 7 * test_step(2)) {
            size_t size;
            memory_fs *fs = memory_fs_clone(sound);
            uint8_t *bytes = segment_of(fs, &size);
            const uint8_t *entry = entry_of(bytes, size, NN_REGION_STORE);
            assert_true(at + sizeof frames[0] <= nn_load_u64(entry + 8));
            memcpy(bytes + nn_load_u64(entry) + at, frames[frame], sizeof frames[0]);
            use(fs);
        }
    }
}

/* Parts of a region that stand for other parts of it: lists that lead into one another, terms that
 * lead back. */
static void test_cycles(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(20310412));
    uint64_t rounds = test_rounds(400 / test_step(2), 100000);
    for (uint64_t i = 0; i < rounds; i++) {
        size_t size;
        memory_fs *fs = memory_fs_clone(sound);
        uint8_t *bytes = segment_of(fs, &size);
        const uint8_t *entry =
            entry_of(bytes, size, (uint32_t)test_prng_below(&prng, NN_REGION_COUNT));
        uint64_t region = nn_load_u64(entry), length = nn_load_u64(entry + 8);
        if (length > 0) {
            uint64_t part = 1 + test_prng_below(&prng, length < 64 ? length : 64);
            uint64_t from = test_prng_below(&prng, length - part + 1);
            uint64_t to = test_prng_below(&prng, length - part + 1);
            memmove(bytes + region + to, bytes + region + from, (size_t)part);
        }
        use(fs);
    }
}

/* ---- every byte of an index of some size, sealed ---- */

/** The questions that meet a page of a file: those that tell a change which is not sealed. */
static uint32_t questions_of(memory_fs *fs, uint8_t *at)
{
    uint32_t met = 0;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = memory_fs_vfs(fs);
    *at ^= 0x10;
    for (size_t i = 0; i < QUESTIONS; i++) {
        uint64_t answer;
        bool open = nuncio_snapshot_open("/index", &options, &snapshot, NULL) == NUNCIO_OK;
        if (!open || question_ask(i, snapshot, NULL, &answer, NULL) != NUNCIO_OK) {
            met |= 1U << i;
        }
        nuncio_snapshot_close(snapshot);
    }
    *at ^= 0x10;
    return met;
}

/** Opens a sealed index, asks one of the questions that meet what changed, now and then all of
 * them, and checks in full now and then; in bounded memory. */
static bool ask_sealed(memory_fs *fs, uint32_t met, uint64_t turn)
{
    subject_memory memory;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    subject_memory_init(&memory, 64 << 20);
    options.vfs = memory_fs_vfs(fs);
    options.allocator = &memory.allocator;
    bool refused = nuncio_snapshot_open("/index", &options, &snapshot, NULL) != NUNCIO_OK;
    uint32_t count = nn_popcount64(met), chosen = count == 0 ? 0 : (uint32_t)(turn % count);
    for (uint32_t i = 0; !refused && i < QUESTIONS; i++) {
        if ((met >> i & 1) != 0 && (turn % 64 == 0 || chosen-- == 0)) {
            uint64_t answer;
            refused = question_ask(i, snapshot, &memory.allocator, &answer, NULL) != NUNCIO_OK;
        }
    }
    nuncio_snapshot_close(snapshot);
    if (turn % 128 == 0) {
        refused = nuncio_check("/index", NUNCIO_CHECK_FULL, options.vfs, &memory.allocator, NULL,
                               NULL, NULL) != NUNCIO_OK ||
                  refused;
    }
    subject_require(memory.used == 0 && memory_fs_open_count(fs) == 0);
    return refused;
}

static void seal_in_place(memory_fs *fs)
{
    const nuncio_vfs *vfs = memory_fs_vfs(fs);
    subject_seal(fs);
    (void)vfs->sync_dir(vfs->context, "/index"); /* forgets what names there were */
}

static void test_each_byte_sealed(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(20310413));
    uint64_t rounds = test_rounds(1, 8), mutants = 0, refused = 0;
    size_t step = test_step(16); /* a part of a page */
    memory_fs *fs = questions_index();
    const char *path;
    for (size_t file = 0; (path = memory_fs_path(fs, file)) != NULL; file++) {
        size_t size;
        uint8_t *bytes = memory_fs_contents(fs, path, &size);
        uint32_t met = 0;
        for (size_t at = 0; at < size; at += step) {
            if (at % 4096 == 0) {
                seal_in_place(fs); /* as it was, names included */
                met = questions_of(fs, bytes + at);
            }
            for (uint64_t round = 0; round < rounds; round++) {
                uint8_t flip = (uint8_t)(1 + test_prng_below(&prng, 255));
                bytes[at] ^= flip;
                seal_in_place(fs);
                refused += ask_sealed(fs, met, mutants++);
                bytes[at] ^= flip;
            }
        }
        seal_in_place(fs);
    }
    print_message("sealed: %llu mutants, %llu refused somewhere\n", (unsigned long long)mutants,
                  (unsigned long long)refused);
    assert_true(mutants >= 65536 / step && refused * 16 > mutants);
    memory_fs_destroy(fs);
}

static void test_counts(void **state)
{
    (void)state;
    for (unsigned turn = 0; turn < 4; turn++) { /* and undamaged nothing fails */
        memory_fs *fs = memory_fs_clone(sound);
        subject_seal(fs);
        assert_int_equal(subject_use(fs, turn), 0);
        memory_fs_destroy(fs);
    }
    print_message("hostile: %llu indexes, %llu refused somewhere\n", (unsigned long long)made,
                  (unsigned long long)failed);
    assert_true(made > 2000 / test_step(2));
    assert_true(failed * 2 > made); /* else the lies were not where somebody looks */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_regions),
        cmocka_unit_test(test_headers_of_regions),
        cmocka_unit_test(test_bombs),
        cmocka_unit_test(test_cycles),
        cmocka_unit_test(test_each_byte_sealed),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, make, release);
}

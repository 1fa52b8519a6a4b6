/* SPDX-License-Identifier: Apache-2.0 */
#include "limits.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "core/clock.h"
#include "segment/codes/bitpack.h"

enum { ROUNDS = 7, WINDOW = 4096, LISTS_MAX = 8, BLOCK_BYTES = 64 << 10 };

/* Results go here, so that no loop is left out. */
static volatile uint64_t sink;

static double least(double so_far, uint64_t begin)
{
    double took = (double)(nn_clock_ns() - begin);
    return so_far < 0 || took < so_far ? took : so_far;
}

double nn_limit_read(const uint8_t *bytes, size_t size)
{
    double took = -1;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns(), sums[8] = {0};
        for (size_t i = 0; i + 64 <= size; i += 64) {
            for (int k = 0; k < 8; k++) {
                uint64_t part;
                memcpy(&part, bytes + i + 8 * k, 8);
                sums[k] += part;
            }
        }
        sink = sums[0] + sums[1] + sums[2] + sums[3] + sums[4] + sums[5] + sums[6] + sums[7];
        took = least(took, begin);
    }
    return took;
}

double nn_limit_unpack(void)
{
    enum { WIDTH = 6, REPEATS = 100000 };
    uint32_t numbers[NN_PACK_COUNT];
    uint8_t packed[WIDTH * NN_PACK_COUNT / 8 + 16];
    double took = -1;
    for (uint32_t i = 0; i < NN_PACK_COUNT; i++) {
        numbers[i] = i % 64;
    }
    nn_pack128(numbers, WIDTH, packed);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns(), sum = 0;
        for (int i = 0; i < REPEATS; i++) {
            nn_unpack128(packed, WIDTH, numbers);
            sum += numbers[i % NN_PACK_COUNT];
        }
        sink = sum;
        took = least(took, begin);
    }
    return took / REPEATS / NN_PACK_COUNT;
}

uint64_t nn_limit_score(const nn_unpacked *const *lists, uint32_t count, const uint8_t *lengths)
{
    static float norms[256], sums[WINDOW];
    uint32_t at[LISTS_MAX] = {0};
    uint64_t postings = 0, open = count;
    for (int i = 0; i < 256; i++) {
        norms[i] = 0.3f + 0.009f * (float)i;
    }
    for (uint32_t first = 0; open > 0; first += WINDOW) {
        memset(sums, 0, sizeof sums);
        open = 0;
        for (uint32_t l = 0; l < count; l++) {
            const nn_unpacked *list = lists[l];
            uint32_t i = at[l];
            for (; i < list->count && list->docs[i] < first + WINDOW; i++) {
                float tf = list->tfs[i];
                sums[list->docs[i] - first] += tf / (tf + norms[lengths[list->docs[i]]]);
            }
            postings += i - at[l];
            at[l] = i;
            open += i < list->count;
        }
        sink = (uint64_t)sums[first % WINDOW];
    }
    return postings;
}

uint64_t nn_limit_intersect(const nn_unpacked *one, const nn_unpacked *other)
{
    uint64_t found = 0;
    for (uint32_t i = 0, k = 0; i < one->count && k < other->count;) {
        uint32_t a = one->docs[i], b = other->docs[k];
        found += a == b;
        i += a <= b;
        k += b <= a;
    }
    return found;
}

double nn_limit_decompress(const uint8_t *bytes, size_t size)
{
    size_t blocks = size / BLOCK_BYTES, most = ZSTD_compressBound(BLOCK_BYTES);
    blocks = blocks > 128 ? 128 : blocks;
    uint8_t *packed = malloc(blocks * most + 1), *plain = malloc(BLOCK_BYTES);
    size_t *sizes = calloc(blocks + 1, sizeof *sizes);
    ZSTD_DCtx *context = ZSTD_createDCtx();
    double took = -1;
    if (packed == NULL || plain == NULL || sizes == NULL || context == NULL) {
        abort();
    }
    for (size_t i = 0; i < blocks; i++) {
        sizes[i] = ZSTD_compress(packed + i * most, most, bytes + i * BLOCK_BYTES, BLOCK_BYTES, 3);
    }
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t begin = nn_clock_ns();
        for (size_t i = 0; i < blocks; i++) {
            sink = ZSTD_decompressDCtx(context, plain, BLOCK_BYTES, packed + i * most, sizes[i]);
        }
        took = least(took, begin);
    }
    ZSTD_freeDCtx(context);
    free(packed);
    free(plain);
    free(sizes);
    return took / ((double)blocks * BLOCK_BYTES);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/terms/spots.h"

#include "core/wide.h"
#include "segment/files/format.h"

/* ---- layouts ---- */

void nn_layout_extend_portable(uint32_t *at, uint32_t from, uint32_t to, const uint8_t *lengths,
                               const uint32_t *docs, const uint32_t *tfs)
{
    for (uint32_t i = from; i < to; i++) {
        uint32_t tf = tfs[i];
        at[i + 1] = at[i] + nn_fixed_bits(lengths[docs[i]], tf) + ((tf == 1 ? 0 : tf) << 16);
    }
}

#if NN_CPU_HAS_WIDE
/* nn_fixed_bits of sixteen postings, and their 1 bits. */
NN_WIDEST static inline __m512i sizes_of(__m512i length, __m512i tf)
{
    const __m512i one = _mm512_set1_epi32(1), thirty_two = _mm512_set1_epi32(32);
    __m512i below = _mm512_sub_epi32(_mm512_max_epu32(length, one), one);
    __m512i single = _mm512_sub_epi32(thirty_two, _mm512_lzcnt_epi32(below));
    __m512i aim = _mm512_srli_epi32(_mm512_mullo_epi32(length, _mm512_set1_epi32(11)), 4);
    __m512i part = _mm512_add_epi32(tf, one);
    __m512i width = _mm512_sub_epi32(_mm512_lzcnt_epi32(part), _mm512_lzcnt_epi32(aim));
    __mmask16 fits = _mm512_cmple_epu32_mask(part, aim);
    __mmask16 too_far = _mm512_mask_cmpgt_epu32_mask(fits, _mm512_sllv_epi32(part, width), aim);
    width = _mm512_mask_sub_epi32(width, too_far, width, one);
    __m512i sizes = _mm512_maskz_mullo_epi32(fits, tf, width);
    sizes = _mm512_or_si512(sizes, _mm512_slli_epi32(tf, 16));
    return _mm512_mask_mov_epi32(sizes, _mm512_cmpeq_epu32_mask(tf, one), single);
}

NN_WIDEST static void extend_widest(uint32_t *at, uint32_t from, uint32_t to,
                                    const uint8_t *lengths, const uint32_t *docs,
                                    const uint32_t *tfs)
{
    const __m512i zero = _mm512_setzero_si512(), last = _mm512_set1_epi32(15);
    __m512i before = _mm512_set1_epi32((int)at[from]);
    for (uint32_t i = from; i < to; i += NN_SPOTS_STEP) {
        __mmask16 lanes = nn_first_lanes(to - i);
        __m512i doc = _mm512_maskz_loadu_epi32(lanes, docs + i);
        __m512i length = _mm512_mask_i32gather_epi32(zero, lanes, doc, lengths, 1);
        length = _mm512_and_si512(length, _mm512_set1_epi32(UINT8_MAX));
        __m512i sizes = sizes_of(length, _mm512_maskz_loadu_epi32(lanes, tfs + i));
        __m512i sums = _mm512_add_epi32(nn_running_sums(sizes), before);
        _mm512_storeu_si512(at + i + 1, sums);
        before = _mm512_permutexvar_epi32(last, sums);
    }
}
#endif

void nn_layout_extend(uint32_t *at, uint32_t from, uint32_t to, const uint8_t *lengths,
                      const uint32_t *docs, const uint32_t *tfs)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        extend_widest(at, from, to, lengths, docs, tfs);
        return;
    }
#endif
    nn_layout_extend_portable(at, from, to, lengths, docs, tfs);
}

/* ---- places ---- */

static bool read_single(const nn_positions_reader *area, uint32_t at, uint32_t length,
                        uint32_t *place)
{
    uint32_t width = nn_place_width(length);
    if (NN_LAYOUT_FIXED(at) + width > nn_positions_bits(area)) {
        return false;
    }
    *place = (uint32_t)nn_bits_get(area->start, NN_LAYOUT_FIXED(at), width);
    return *place < length;
}

/* nn_positions_read_several that keeps inside of the area. */
static bool read_several(nn_positions_reader *area, uint32_t at, uint32_t length, uint32_t tf,
                         uint32_t *places)
{
    area->fixed = NN_LAYOUT_FIXED(at);
    return nn_positions_read_several(area, length, tf, places) &&
           area->unary <= nn_positions_bits(area);
}

static inline void put_keys(uint16_t *keys, uint32_t number, const uint32_t *places, uint32_t tf)
{
    for (uint32_t k = 0; k < tf; k++) {
        keys[k] = (uint16_t)(number * NN_KEY_PASSAGE + places[k]);
    }
}

bool nn_spots_read_portable(nn_spot_block *block, uint16_t *keys, uint32_t *count)
{
    uint32_t ones = NN_LAYOUT_ONES(block->layout[block->next]); /* read so far */
    *count = 0;
    for (uint32_t k = 0; k < block->count; k++) {
        uint32_t places[NN_POSITIONS_MAX];
        uint32_t i = block->places[k], at = block->layout[i], tf = block->tfs[i];
        uint32_t length = block->lengths[block->docs[i]];
        if (tf == 1) {
            if (!read_single(&block->area, at, length, places)) {
                return false;
            }
        } else {
            if (!nn_positions_pass_ones(&block->area, NN_LAYOUT_ONES(at) - ones) ||
                !read_several(&block->area, at, length, tf, places)) {
                return false;
            }
            ones = NN_LAYOUT_ONES(at) + tf;
            block->next = i + 1;
        }
        put_keys(keys + *count, block->numbers[k], places, tf);
        *count += tf;
    }
    return true;
}

#if NN_CPU_HAS_WIDE
/* nn_positions_pass_ones, 64 bits a step. */
NN_WIDEST static inline bool pass_ones_widest(nn_positions_reader *area, uint32_t ones)
{
    uint64_t bits = nn_positions_bits(area);
    uint32_t unary = area->unary;
    while (ones > 0) {
        if (unary >= bits) {
            return false;
        }
        uint64_t word = nn_load_u64(area->end - 8 - unary / 8) & UINT64_MAX >> (unary % 8);
        uint32_t here = nn_popcount64(word);
        if (here >= ones) { /* the highest are the first */
            uint64_t rest = _pdep_u64(_bzhi_u64(UINT64_MAX, here - ones), word);
            area->unary = unary / 8 * 8 + 64 - nn_ctz64(word ^ rest);
            return true;
        }
        ones -= here;
        unary = (unary / 8 + 8) * 8;
    }
    return true;
}

/* Places of the first `count` (1 … 8) 1 bits of a word that has `ones`, a byte each; the highest
 * bit is place 0. */
NN_WIDEST static inline uint64_t first_ones(uint64_t word, uint32_t ones, uint32_t count)
{
    const __m512i places = _mm512_set_epi8(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
        25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
        48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63);
    uint64_t first = word ^ _pdep_u64(_bzhi_u64(UINT64_MAX, ones - count), word);
    __m128i found = _mm512_castsi512_si128(_mm512_maskz_compress_epi8(first, places));
    return __builtin_bswap64((uint64_t)_mm_cvtsi128_si64(found)) >> (64 - 8 * count);
}

/* A posting of a higher frequency. */
typedef struct several {
    uint32_t at[NN_SPOTS_MAX + NN_SPOTS_STEP];    /* of the layout */
    uint32_t facts[NN_SPOTS_MAX + NN_SPOTS_STEP]; /* from the lowest byte on: length, tf, number */
    uint32_t count;
} several;

/* The keys of one, up to eight a step. */
NN_WIDEST static inline bool read_several_widest(nn_positions_reader *area, uint32_t at,
                                                 uint32_t facts, uint16_t *keys)
{
    const uint64_t each = UINT64_C(0x0101010101010101), ramp = UINT64_C(0x0706050403020100);
    uint32_t length = facts & UINT8_MAX, tf = facts >> 8 & UINT8_MAX, number = facts >> 16;
    const __m128i base = _mm_set1_epi16((short)(number * NN_KEY_PASSAGE));
    uint32_t width = nn_rice_width(length, tf), fixed = NN_LAYOUT_FIXED(at);
    uint64_t low_mask = each * ((UINT32_C(1) << width) - 1), bits = nn_positions_bits(area);
    uint32_t unary = area->unary, next = 0;
    if (fixed + tf * width > bits) {
        return false;
    }
    for (uint32_t done = 0, here; done < tf; done += here) {
        if (unary >= bits) {
            return false;
        }
        uint64_t word = nn_load_u64(area->end - 8 - unary / 8) << (unary % 8);
        uint32_t ones = nn_popcount64(word);
        here = tf - done < 8 ? tf - done : 8;
        here = here < ones ? here : ones;
        if (here == 0) { /* so wide a gap is rare */
            uint32_t places[NN_POSITIONS_MAX];
            bool sane = read_several(area, at, length, tf, places);
            put_keys(keys, number, places, sane ? tf : 0);
            return sane;
        }
        uint64_t found = first_ones(word, ones, here);
        uint64_t low = _pdep_u64(nn_bits_get(area->start, fixed, 8 * width), low_mask) * each;
        uint64_t places = ((found - ramp) << width) + low + ramp + next * each;
        /* The last by itself, since bytes may overflow: they do not if it is below the length. */
        uint32_t shift = 8 * (here - 1), one = (uint32_t)(found >> shift) & UINT8_MAX;
        uint32_t last =
            ((one + 1 - here) << width) + ((uint32_t)(low >> shift) & UINT8_MAX) + here - 1 + next;
        unary += one + 1;
        if (last >= length || unary > bits) {
            return false;
        }
        __m128i wide = _mm_cvtepu8_epi16(_mm_cvtsi64_si128((long long)places));
        _mm_storeu_si128((__m128i *)(void *)(keys + done), _mm_add_epi16(wide, base));
        fixed += here * width;
        next = last + 1;
    }
    area->unary = unary;
    return true;
}

/* Keys of the postings of frequency 1; the others go to *rest. */
NN_WIDEST static bool read_single_widest(const nn_spot_block *block, uint16_t *keys,
                                         uint32_t *count, several *rest)
{
    const __m512i zero = _mm512_setzero_si512(), one = _mm512_set1_epi32(1);
    const __m512i byte = _mm512_set1_epi32(UINT8_MAX), seven = _mm512_set1_epi32(7);
    const __m512i bits = _mm512_set1_epi32((int)nn_positions_bits(&block->area));
    __mmask16 insane = 0;
    *count = rest->count = 0;
    for (uint32_t k = 0; k < block->count; k += NN_SPOTS_STEP) {
        __mmask16 lanes = nn_first_lanes(block->count - k);
        __m512i i = _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(block->places + k)));
        __m512i number = _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(block->numbers + k)));
        __m512i at = _mm512_mask_i32gather_epi32(zero, lanes, i, block->layout, 4);
        __m512i tf = _mm512_mask_i32gather_epi32(zero, lanes, i, block->tfs, 4);
        __m512i doc = _mm512_mask_i32gather_epi32(zero, lanes, i, block->docs, 4);
        __m512i length = _mm512_mask_i32gather_epi32(zero, lanes, doc, block->lengths, 1);
        length = _mm512_and_si512(length, byte);
        __mmask16 single = _mm512_mask_cmpeq_epu32_mask(lanes, tf, one);

        __m512i fixed = _mm512_and_si512(at, _mm512_set1_epi32(UINT16_MAX));
        __m512i below = _mm512_sub_epi32(_mm512_max_epu32(length, one), one);
        __m512i unused = _mm512_lzcnt_epi32(below); /* 32 - width */
        __m512i end = _mm512_add_epi32(fixed, _mm512_sub_epi32(_mm512_set1_epi32(32), unused));
        __mmask16 inside = _mm512_mask_cmple_epu32_mask(single, end, bits);
        __m512i word = _mm512_mask_i32gather_epi32(zero, inside, _mm512_srli_epi32(fixed, 3),
                                                   block->area.start, 1);
        __m512i place = _mm512_and_si512(_mm512_srlv_epi32(word, _mm512_and_si512(fixed, seven)),
                                         _mm512_srlv_epi32(_mm512_set1_epi32(-1), unused));
        insane |= single & (__mmask16)~_mm512_mask_cmplt_epu32_mask(inside, place, length);
        __m512i key = _mm512_add_epi32(_mm512_slli_epi32(number, 8), place);
        _mm256_storeu_si256((void *)(keys + *count),
                            _mm512_cvtepi32_epi16(_mm512_maskz_compress_epi32(single, key)));
        *count += nn_popcount64(single);

        __mmask16 other = lanes & (__mmask16)~single;
        __m512i facts = _mm512_or_si512(_mm512_slli_epi32(number, 16), _mm512_slli_epi32(tf, 8));
        facts = _mm512_or_si512(facts, length);
        _mm512_storeu_si512(rest->at + rest->count, _mm512_maskz_compress_epi32(other, at));
        _mm512_storeu_si512(rest->facts + rest->count, _mm512_maskz_compress_epi32(other, facts));
        rest->count += nn_popcount64(other);
    }
    return insane == 0;
}

NN_WIDEST static bool read_widest(nn_spot_block *block, uint16_t *keys, uint32_t *count)
{
    several rest;
    uint32_t ones = NN_LAYOUT_ONES(block->layout[block->next]); /* read so far */
    if (!read_single_widest(block, keys, count, &rest)) {
        return false;
    }
    for (uint32_t k = 0; k < rest.count; k++) {
        uint32_t at = rest.at[k], tf = rest.facts[k] >> 8 & UINT8_MAX;
        if (!pass_ones_widest(&block->area, NN_LAYOUT_ONES(at) - ones) ||
            !read_several_widest(&block->area, at, rest.facts[k], keys + *count)) {
            return false;
        }
        ones = NN_LAYOUT_ONES(at) + tf;
        *count += tf;
    }
    for (uint32_t k = block->count; rest.count > 0 && k-- > 0;) { /* the last of them */
        if (block->tfs[block->places[k]] != 1) {
            block->next = block->places[k] + 1U;
            break;
        }
    }
    return true;
}
#endif

bool nn_spots_read(nn_spot_block *block, uint16_t *keys, uint32_t *count)
{
#if NN_CPU_HAS_WIDE
    if (nn_cpu_is_widest()) {
        return read_widest(block, keys, count);
    }
#endif
    return nn_spots_read_portable(block, keys, count);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/mark_sums.h"

#include "core/error.h"

#include <string.h>

enum { PLACES_LOG = 14, PLACES = 1 << PLACES_LOG, KEPT_MAX = PLACES / 2 - NN_MARK_SUMS_WORDS };

static uint32_t windows_of(const nn_mark_sums *s)
{
    return 2 * s->model->reach + 1;
}

static size_t slot_size(const nn_mark_sums *s)
{
    return (size_t)windows_of(s) * s->model->hidden_width;
}

void nn_mark_sums_init(nn_mark_sums *s, nn_memory *memory, const nn_name_model *model,
                       const nn_name_kernels *kernels)
{
    *s = (nn_mark_sums){.memory = memory, .model = model, .kernels = kernels};
}

void nn_mark_sums_deinit(nn_mark_sums *s)
{
    nn_release(s->memory, s->places, PLACES * sizeof *s->places);
    nn_release(s->memory, s->slot_of, s->slot_of_capacity * sizeof *s->slot_of);
    nn_release(s->memory, s->sets, s->set_capacity * sizeof *s->sets);
    nn_release(s->memory, s->slots, s->slot_capacity * slot_size(s) * sizeof *s->slots);
    memset(s, 0, sizeof *s);
}

/** Adds the rows of a set's marks up, in the order of their bits, within 16 bits. */
static void add_up(const nn_mark_sums *s, nn_word_marks set, int16_t *sums)
{
    const uint32_t width = s->model->hidden_width;
    const int16_t *rows[NN_MARK_COUNT];
    uint32_t count = 0;
    for (uint32_t half = 0; half < 2; half++) {
        for (uint64_t bits = set.bits[half]; bits != 0; bits &= bits - 1) {
            rows[count++] = s->model->mark + (size_t)(half * 64 + nn_ctz64(bits)) * width;
        }
    }
    for (uint32_t o = 0; o < windows_of(s); o++, sums += width) {
        s->kernels->sum_rows(sums, rows, count, width, INT16_MIN, INT16_MAX);
        for (uint32_t k = 0; k < count; k++) {
            rows[k] += (size_t)(NN_MARK_COUNT + 1) * width;
        }
    }
}

/** The slot of a set that has marks; a new one is filled. */
static nuncio_status find(nn_mark_sums *s, nn_word_marks set, uint16_t *slot, nuncio_error *error)
{
    uint64_t hash =
        set.bits[0] * UINT64_C(0x9E3779B97F4A7C15) ^ set.bits[1] * UINT64_C(0xC2B2AE3D27D4EB4F);
    hash = (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15);
    size_t place = hash >> (64 - PLACES_LOG);
    for (; s->places[place] != 0; place = (place + 1) % PLACES) {
        const nn_word_marks *other = &s->sets[s->places[place]];
        if (other->bits[0] == set.bits[0] && other->bits[1] == set.bits[1]) {
            *slot = s->places[place];
            return NUNCIO_OK;
        }
    }
    NN_TRY(nn_reserve(s->memory, &s->sets, &s->set_capacity, s->count + 1, sizeof *s->sets, error));
    NN_TRY(nn_reserve(s->memory, &s->slots, &s->slot_capacity, s->count + 1,
                      slot_size(s) * sizeof *s->slots, error));
    *slot = s->places[place] = (uint16_t)s->count++;
    s->sets[*slot] = set;
    add_up(s, set, s->slots + *slot * slot_size(s));
    return NUNCIO_OK;
}

/** Makes room for the words; forgets the sets when there are many. */
static nuncio_status make_room(nn_mark_sums *s, uint32_t count, nuncio_error *error)
{
    NN_TRY(
        nn_reserve(s->memory, &s->slot_of, &s->slot_of_capacity, count, sizeof *s->slot_of, error));
    if (s->places == NULL) {
        s->places = nn_alloc_array(s->memory, PLACES, sizeof *s->places);
        if (s->places == NULL) {
            return nn_error_memory(error);
        }
        s->count = 1;
    } else if (s->count > KEPT_MAX) {
        memset(s->places, 0, PLACES * sizeof *s->places);
        s->count = 1;
    }
    return NUNCIO_OK;
}

nuncio_status nn_mark_sums_read(nn_mark_sums *s, const nn_word_marks *marks, const uint8_t *scored,
                                uint32_t count, nuncio_error *error)
{
    const uint32_t near = s->model->reach + 1;
    NN_TRY(make_room(s, count, error));
    uint32_t done = 0; /* words before it were looked at */
    const uint8_t *found = scored;
    while (done < count && (found = memchr(found, 1, count - (size_t)(found - scored))) != NULL) {
        uint32_t at = (uint32_t)(found++ - scored);
        uint32_t end = count - at <= near ? count : at + near + 1;
        done = at > near && at - near > done ? at - near : done;
        for (; done < end; done++) {
            s->slot_of[done] = 0;
            if ((marks[done].bits[0] | marks[done].bits[1]) != 0) {
                NN_TRY(find(s, marks[done], &s->slot_of[done], error));
            }
        }
    }
    return NUNCIO_OK;
}

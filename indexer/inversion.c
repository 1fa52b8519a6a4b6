/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/inversion.h"

#include "core/error.h"
#include "core/str.h"

#include <stdlib.h>
#include <string.h>

enum { POSITIONS_MAX = 320 }; /* a passage holds 255 tokens */

/* A surface id with what it is sorted by. */
typedef struct ordered {
    nuncio_str term, surface;
    uint32_t id;
    uint32_t form; /* its number among the forms of the term */
} ordered;

typedef struct work {
    nn_inversion *inversion;
    nn_segment_writer *writer;
    uint64_t *occurrences; /* by surface id */
    size_t *ends;          /* by surface id: end of its occurrences */
    ordered *order;
    size_t surface_count;
    nuncio_str *forms; /* of the term in hand */
    uint32_t positions[POSITIONS_MAX], position_forms[POSITIONS_MAX];
    nuncio_error *error;
} work;

void nn_inversion_init(nn_inversion *inversion, nn_memory *memory)
{
    memset(inversion, 0, sizeof *inversion);
    inversion->memory = memory;
}

void nn_inversion_deinit(nn_inversion *inversion)
{
    nn_release(inversion->memory, inversion->surfaces,
               inversion->surface_capacity * sizeof *inversion->surfaces);
    nn_release(inversion->memory, inversion->places,
               inversion->place_capacity * sizeof *inversion->places);
    nn_inversion_init(inversion, inversion->memory);
}

nuncio_status nn_inversion_add(nn_inversion *inversion, uint32_t surface, uint32_t passage,
                               uint32_t position, nuncio_error *error)
{
    NN_TRY(nn_reserve(inversion->memory, &inversion->surfaces, &inversion->surface_capacity,
                      inversion->count + 1, sizeof *inversion->surfaces, error));
    NN_TRY(nn_reserve(inversion->memory, &inversion->places, &inversion->place_capacity,
                      inversion->count + 1, sizeof *inversion->places, error));
    inversion->surfaces[inversion->count] = surface;
    inversion->places[inversion->count] = (uint64_t)passage << 32 | position;
    inversion->count++;
    return NUNCIO_OK;
}

static void scatter(work *in)
{
    const nn_inversion *inversion = in->inversion;
    memset(in->ends, 0, in->surface_count * sizeof *in->ends);
    for (size_t i = 0; i < inversion->count; i++) {
        in->ends[inversion->surfaces[i]]++;
    }
    size_t begin = 0;
    for (size_t id = 0; id < in->surface_count; id++) {
        size_t count = in->ends[id];
        in->ends[id] = begin; /* for now where it begins; the scatter moves it to its end */
        begin += count;
    }
    for (size_t i = 0; i < inversion->count; i++) {
        in->occurrences[in->ends[inversion->surfaces[i]]++] = inversion->places[i];
    }
}

static int compare(const void *a, const void *b)
{
    const ordered *x = (const ordered *)a, *y = (const ordered *)b;
    int order = nn_str_compare(x->term, y->term);
    if (order == 0) {
        order = nn_str_compare(x->surface, y->surface);
    }
    return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

static void sort_surfaces(work *in, const nn_analyzer *analyzer)
{
    for (size_t id = 0; id < in->surface_count; id++) {
        in->order[id] = (ordered){nn_analyzer_term(analyzer, (uint32_t)id),
                                  nn_analyzer_surface(analyzer, (uint32_t)id), (uint32_t)id, 0};
    }
    qsort(in->order, in->surface_count, sizeof *in->order, compare);
}

static size_t begin_of(const work *in, uint32_t id)
{
    return id == 0 ? 0 : in->ends[id - 1];
}

static int compare_places(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Occurrences of a term's surfaces, marked with their forms and in order of place:
 *   passage (32 bits) | position (10) | form (22) */
static size_t gather(work *in, size_t first, size_t last, uint64_t *to)
{
    size_t count = 0;
    for (size_t i = first; i < last; i++) {
        const ordered *surface = &in->order[i];
        for (size_t k = begin_of(in, surface->id); k < in->ends[surface->id]; k++) {
            uint64_t place = in->occurrences[k];
            to[count++] = (place >> 32 << 32) | (place & 0x3ff) << 22 | surface->form;
        }
    }
    if (last - first > 1) {
        qsort(to, count, sizeof *to, compare_places);
    }
    return count;
}

static nuncio_status write_postings(work *in, const uint64_t *places, size_t count)
{
    for (size_t i = 0; i < count;) {
        uint32_t passage = (uint32_t)(places[i] >> 32), tf = 0;
        for (; i < count && (uint32_t)(places[i] >> 32) == passage && tf < POSITIONS_MAX; i++) {
            in->positions[tf] = (uint32_t)(places[i] >> 22) & 0x3ff;
            in->position_forms[tf++] = (uint32_t)places[i] & 0x3fffff;
        }
        NN_TRY(nn_segment_writer_posting(in->writer, passage, in->positions, in->position_forms, tf,
                                         in->error));
    }
    return NUNCIO_OK;
}

static nuncio_status write_terms(work *in)
{
    nn_inversion *inversion = in->inversion;
    uint64_t *places = NULL;
    size_t capacity = 0;
    nuncio_status status = NUNCIO_OK;
    for (size_t first = 0, last; first < in->surface_count && status == NUNCIO_OK; first = last) {
        uint32_t forms = 0;
        size_t count = 0;
        for (last = first;
             last < in->surface_count && nn_str_equal(in->order[last].term, in->order[first].term);
             last++) {
            ordered *surface = &in->order[last];
            /* The same printed form may have several ids, one a language. */
            if (forms == 0 || !nn_str_equal(in->forms[forms - 1], surface->surface)) {
                in->forms[forms++] = surface->surface;
            }
            surface->form = forms - 1;
            count += in->ends[surface->id] - begin_of(in, surface->id);
        }
        if (count == 0) {
            continue;
        }
        NN_TRY_CLEANUP(
            nn_reserve(inversion->memory, &places, &capacity, count, sizeof *places, in->error));
        count = gather(in, first, last, places);
        NN_TRY_CLEANUP(
            nn_segment_writer_term(in->writer, in->order[first].term, in->forms, forms, in->error));
        status = write_postings(in, places, count);
    }
cleanup:
    nn_release(inversion->memory, places, capacity * sizeof *places);
    return status;
}

nuncio_status nn_inversion_write(nn_inversion *inversion, const nn_analyzer *analyzer,
                                 nn_segment_writer *writer, nuncio_error *error)
{
    nn_memory *memory = inversion->memory;
    size_t surfaces = nn_analyzer_surface_count(analyzer);
    if (inversion->count == 0) {
        return NUNCIO_OK;
    }
    work in = {.inversion = inversion, .writer = writer, .surface_count = surfaces, .error = error};
    in.occurrences = (uint64_t *)nn_alloc(memory, inversion->count * sizeof *in.occurrences);
    in.ends = (size_t *)nn_alloc(memory, surfaces * sizeof *in.ends);
    in.order = (ordered *)nn_alloc(memory, surfaces * sizeof *in.order);
    in.forms = (nuncio_str *)nn_alloc(memory, surfaces * sizeof *in.forms);
    nuncio_status status = NUNCIO_OK;
    if (in.occurrences == NULL || in.ends == NULL || in.order == NULL || in.forms == NULL) {
        status = nn_error_memory(error);
    } else {
        scatter(&in);
        sort_surfaces(&in, analyzer);
        status = write_terms(&in);
    }
    nn_release(memory, in.occurrences, inversion->count * sizeof *in.occurrences);
    nn_release(memory, in.ends, surfaces * sizeof *in.ends);
    nn_release(memory, in.order, surfaces * sizeof *in.order);
    nn_release(memory, in.forms, surfaces * sizeof *in.forms);
    return status;
}

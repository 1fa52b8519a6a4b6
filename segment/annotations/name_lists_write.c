/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "segment/annotations/names.h"
#include "segment/annotations/names_regions.h"
#include "segment/codes/bit_stream.h"
#include "segment/codes/pfor.h"
#include "segment/codes/sequence.h"

#include <string.h>

enum { PAIRS_MIN = 1 << 16, PARTS = 16 /* of the pairs, of which one is in memory */ };

/* The articles of the names of one range. */
typedef struct pass {
    uint32_t first, end; /* names */
    size_t *starts;      /* by name of the range, and behind the last: into the arrays */
    uint32_t *articles;
    uint8_t *flags; /* NN_NAME_… */
} pass;

typedef struct lists_writer {
    const nn_names_writer *from;
    const nn_names_order *order;
    nn_frame_writer *frame;
    uint32_t *firsts, *sizes; /* by name */
    size_t pairs_max;         /* of a pass, but of a longer list alone */
    nn_buffer out;
    nuncio_error *error;
} lists_writer;

static uint32_t count_of(const lists_writer *lists, uint32_t name)
{
    return lists->from->counts.items[lists->order->numbers[name]];
}

/* As many names from `first` on as fit. */
static size_t plan(const lists_writer *lists, uint32_t first, pass *out)
{
    size_t pairs = 0;
    *out = (pass){.first = first, .end = first};
    while (out->end < lists->order->count &&
           (out->end == first || pairs + count_of(lists, out->end) <= lists->pairs_max)) {
        pairs += count_of(lists, out->end++);
    }
    return pairs;
}

/* Goes through the log. */
static void collect(const lists_writer *lists, pass *at)
{
    nn_names_log log = nn_names_log_of(lists->from);
    size_t next = 0;
    for (uint32_t name = at->first; name < at->end; name++) {
        at->starts[name - at->first] = next;
        next += count_of(lists, name);
    }
    at->starts[at->end - at->first] = next;
    for (uint32_t article = 0; article < lists->from->article; article++) {
        nn_logged_name entry;
        nn_names_log_article(&log);
        while (nn_names_log_next(&log, &entry)) {
            uint32_t name = lists->order->ranks[entry.number];
            if (name < at->first || name >= at->end || entry.again) {
                continue;
            }
            size_t *to = &at->starts[name - at->first]; /* moves on to where the next begins */
            at->articles[*to] = article;
            at->flags[(*to)++] = (uint8_t)((entry.stands ? NN_NAME_STANDS : 0) |
                                           (entry.speaks ? NN_NAME_SPEAKS : 0));
        }
    }
}

static void append_bits(nn_buffer *out, const uint8_t *flags, uint32_t count, uint8_t flag)
{
    for (uint32_t i = 0; i < count; i += 8) {
        uint32_t bits = 0;
        for (uint32_t k = 0; k < 8 && i + k < count; k++) {
            bits |= (uint32_t)((flags[i + k] & flag) != 0) << k;
        }
        nn_buffer_append_u8(out, (uint8_t)bits);
    }
}

/* The list of a name whose articles are given. */
static void append_list(nn_buffer *out, const uint32_t *articles, const uint8_t *flags,
                        uint32_t count, bool description)
{
    uint32_t any = 0, all = NN_NAME_STANDS | NN_NAME_SPEAKS;
    for (uint32_t i = 0; i < count; i++) {
        any |= flags[i];
        all &= flags[i];
    }
    bool speaks = !description && (any & NN_NAME_SPEAKS) != 0;
    bool stands = !description && (all & NN_NAME_STANDS) == 0;
    if (count == 1 && !speaks && !stands) {
        return;
    }
    nn_buffer_append_u8(out, (uint8_t)((speaks ? 1 : 0) | (stands ? 2 : 0)));
    if (speaks) {
        append_bits(out, flags, count, NN_NAME_SPEAKS);
    }
    if (stands) {
        append_bits(out, flags, count, NN_NAME_STANDS);
    }
    for (uint32_t i = 1; i < count;) {
        uint32_t gaps[NN_PACK_COUNT], here = 0;
        for (; here < NN_PACK_COUNT && i < count; i++) {
            gaps[here++] = articles[i] - articles[i - 1] - 1;
        }
        nn_pfor_plan plan = nn_pfor_plan_of(gaps, here);
        nn_pfor_write(out, gaps, here, &plan);
    }
}

static nuncio_status write_pass(lists_writer *lists, const pass *at)
{
    for (uint32_t name = at->first; name < at->end; name++) {
        uint32_t count = count_of(lists, name);
        size_t start = at->starts[name - at->first] - count; /* collect() moved it */
        nuncio_str key = nn_string_map_key(lists->from->names, lists->order->numbers[name]);
        nn_buffer_clear(&lists->out);
        append_list(&lists->out, at->articles + start, at->flags + start, count,
                    key.data[0] == NUNCIO_ENTITY_NONE);
        NN_TRY(nn_buffer_status(&lists->out, lists->error));
        nn_frame_writer_append(lists->frame, lists->out.data, lists->out.size);
        lists->firsts[name] = at->articles[start];
        lists->sizes[name] = (uint32_t)lists->out.size;
    }
    return NUNCIO_OK;
}

static nuncio_status run_pass(lists_writer *lists, uint32_t first, uint32_t *end)
{
    nn_memory *memory = lists->from->memory;
    pass at;
    size_t pairs = plan(lists, first, &at), names = (size_t)(at.end - at.first) + 1;
    nuncio_status status = NUNCIO_OK;
    at.starts = nn_alloc_array(memory, names, sizeof *at.starts);
    at.articles = nn_alloc_array(memory, pairs, sizeof *at.articles);
    at.flags = nn_alloc_array(memory, pairs, sizeof *at.flags);
    if (at.starts == NULL || at.articles == NULL || at.flags == NULL) {
        status = nn_error_memory(lists->error);
    } else {
        collect(lists, &at);
        status = write_pass(lists, &at);
    }
    nn_release(memory, at.starts, names * sizeof *at.starts);
    nn_release(memory, at.articles, pairs * sizeof *at.articles);
    nn_release(memory, at.flags, pairs * sizeof *at.flags);
    *end = at.end;
    return status;
}

static nuncio_status write_lists(lists_writer *lists)
{
    nuncio_error *error = lists->error;
    nn_frame_writer *frame = lists->frame;
    uint32_t count = lists->order->count;
    nn_frame_writer_begin(frame, NN_REGION_NAME_LISTS);
    for (uint32_t name = 0; name < count;) {
        NN_TRY(run_pass(lists, name, &name));
    }
    nn_frame_writer_end(frame, NN_REGION_NAME_LISTS);
    nn_running_sum sums = {lists->sizes, 0};
    nn_buffer_clear(&lists->out);
    NN_TRY(nn_sequence_write(&lists->out, nn_sequence_of_sums, &sums, (uint64_t)count + 1, error));
    nn_frame_writer_region(frame, NN_REGION_NAME_LIST_STARTS, lists->out.data, lists->out.size);
    nn_buffer_clear(&lists->out);
    NN_TRY(nn_sequence_write(&lists->out, nn_sequence_of_u32, lists->firsts, count, error));
    nn_frame_writer_region(frame, NN_REGION_NAME_FIRSTS, lists->out.data, lists->out.size);
    return NUNCIO_OK;
}

nuncio_status nn_name_lists_write(const nn_names_writer *writer, const nn_names_order *order,
                                  nn_frame_writer *frame, nuncio_error *error)
{
    nn_memory *memory = writer->memory;
    size_t room = (size_t)order->count + 1;
    uint64_t part = writer->pair_count / PARTS;
    lists_writer lists = {.from = writer, .order = order, .frame = frame, .error = error};
    lists.pairs_max = part > PAIRS_MIN ? (size_t)part : PAIRS_MIN;
    nn_buffer_init(&lists.out, memory);
    lists.firsts = nn_alloc_array(memory, room, sizeof *lists.firsts);
    lists.sizes = nn_alloc_array(memory, room, sizeof *lists.sizes);
    nuncio_status status =
        lists.firsts == NULL || lists.sizes == NULL ? nn_error_memory(error) : write_lists(&lists);
    nn_release(memory, lists.firsts, room * sizeof *lists.firsts);
    nn_release(memory, lists.sizes, room * sizeof *lists.sizes);
    nn_buffer_deinit(&lists.out);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/meet.h"

#include "segment/terms/block_lookup.h"

#include <string.h>

enum {
    LOOKED_UP_MAX = 48, /* passages: more cost more than going over a block */
    BEHIND_MAP = 3      /* bytes that can be read behind it */
};

nuncio_status nn_meet_open(nn_run *run, uint32_t width, nn_meet *out)
{
    *out = (nn_meet){.width = width};
    out->map = nn_arena_array(run->part_arena, width + BEHIND_MAP, sizeof *out->map);
    out->docs = nn_arena_alloc(run->part_arena, width * sizeof *out->docs);
    out->found = nn_arena_alloc(run->part_arena, width * sizeof *out->found);
    return out->map == NULL || out->docs == NULL || out->found == NULL ? nn_error_memory(run->error)
                                                                       : NUNCIO_OK;
}

/* The passages asked about that can be in the current block, and what is found. */
typedef struct nn_question {
    const uint32_t *docs;
    uint32_t count;
    uint32_t *out_docs, *out_tfs;
    uint32_t out_count;
} nn_question;

/* Looks up each passage. */
static nuncio_status look_up_docs(nn_run *run, nn_postings *postings, nn_question *asked)
{
    uint8_t numbers[LOOKED_UP_MAX + 1];
    uint8_t places[LOOKED_UP_MAX + 1];
    uint32_t count = nn_block_look_up(postings, asked->docs, asked->count, numbers, places);
    for (uint32_t i = 0; i < count; i++) {
        asked->out_docs[asked->out_count + i] = asked->docs[numbers[i]];
    }
    if (count > 0 && asked->out_tfs != NULL) {
        NN_TRY(nn_postings_unpack_tfs(postings, run->error));
        for (uint32_t i = 0; i < count; i++) {
            asked->out_tfs[asked->out_count + i] = postings->tfs[places[i]];
        }
    }
    asked->out_count += count;
    return NUNCIO_OK;
}

/* Sets the bytes of passages. */
static void set_map(const nn_meet *meet, const uint32_t *docs, uint32_t count, uint8_t value)
{
    uint8_t *map = meet->map; /* bytes may lie over anything: what is read but once stays read */
    uint32_t first = meet->first;
    for (uint32_t i = 0; i < count; i++) {
        map[docs[i] - first] = value;
    }
}

/* Goes over the postings of the block; without a branch to guess. */
static nuncio_status scan_docs(nn_run *run, nn_meet *meet, nn_postings *postings,
                               nn_question *asked)
{
    NN_TRY(nn_postings_unpack_docs(postings, run->error));
    set_map(meet, asked->docs, asked->count, 1);
    nn_block_set found =
        nn_block_mapped(postings, meet->map, meet->first, asked->docs[asked->count - 1]);
    set_map(meet, asked->docs, asked->count, 0);
    if (nn_block_set_is_empty(found)) {
        return NUNCIO_OK;
    }
    if (asked->out_tfs != NULL) {
        NN_TRY(nn_postings_unpack_tfs(postings, run->error));
        nn_block_take(postings->tfs, found, asked->out_tfs + asked->out_count);
    }
    asked->out_count += nn_block_take(postings->docs, found, asked->out_docs + asked->out_count);
    return NUNCIO_OK;
}

/* How many of some passages, ascending, are not behind `last`: 16 a step. */
static uint32_t count_up_to(const uint32_t *docs, uint32_t count, uint32_t last)
{
    uint32_t found = 0;
    while (found + 16 <= count) {
        uint32_t here = nn_count_below16(docs + found, last + 1);
        found += here;
        if (here < 16) {
            return found;
        }
    }
    while (found < count && docs[found] <= last) {
        found++;
    }
    return found;
}

static nuncio_status meet_list(nn_run *run, nn_meet *meet, nn_postings *postings,
                               const uint32_t *docs, uint32_t count, nn_question *asked)
{
    for (uint32_t from = 0, end; from < count; from = end) {
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_advance(postings, docs[from], run->error));
        if (postings->doc == NN_DOC_END) {
            return NUNCIO_OK;
        }
        end = from + count_up_to(docs + from, count - from, postings->block_last_doc);
        asked->docs = docs + from;
        asked->count = end - from;
        bool scans = asked->count > LOOKED_UP_MAX;
        run->trail.scanned += scans ? 1 : 0;
        run->trail.sought += scans ? 0 : 1;
        NN_TRY(scans ? scan_docs(run, meet, postings, asked) : look_up_docs(run, postings, asked));
    }
    return NUNCIO_OK;
}

/* Several lists: frequencies are added up by number of passage. */
static nuncio_status meet_lists(nn_slot_walk *walk, nn_run *run, nn_meet *meet,
                                const uint32_t *docs, uint32_t count, nn_question *asked)
{
    uint32_t *out_docs = asked->out_docs;
    uint32_t *out_tfs = asked->out_tfs;
    asked->out_docs = meet->docs;
    memset(meet->found, 0, count * sizeof *meet->found);
    for (uint32_t list = 0; list < walk->count; list++) {
        asked->out_count = 0;
        NN_TRY(meet_list(run, meet, &walk->lists[list].postings, docs, count, asked));
        for (uint32_t i = 0, at = 0; i < asked->out_count; i++) {
            while (docs[at] < meet->docs[i]) {
                at++;
            }
            meet->found[at] += out_tfs != NULL ? out_tfs[i] : 1;
        }
    }
    asked->out_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        out_docs[asked->out_count] = docs[i];
        if (out_tfs != NULL) {
            out_tfs[asked->out_count] = meet->found[i];
        }
        asked->out_count += meet->found[i] > 0 ? 1 : 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_slot_meet(nn_slot_walk *walk, nn_run *run, nn_meet *meet, const uint32_t *docs,
                           uint32_t count, uint32_t *out_docs, uint32_t *out_tfs,
                           uint32_t *out_count)
{
    nn_question asked = {.out_docs = out_docs + *out_count,
                         .out_tfs = out_tfs != NULL ? out_tfs + *out_count : NULL};
    if (walk->count == 1) {
        NN_TRY(meet_list(run, meet, &walk->lists[0].postings, docs, count, &asked));
    } else {
        NN_TRY(meet_lists(walk, run, meet, docs, count, &asked));
    }
    *out_count += asked.out_count;
    if (walk->count > 0) {
        nn_slot_settle(walk);
    }
    return NUNCIO_OK;
}

/* ---- all of them ---- */

nuncio_status nn_slot_gather(nn_slot_walk *walk, nn_run *run, uint32_t first, uint32_t end,
                             uint32_t *docs, uint32_t *tfs, uint32_t *count)
{
    NN_TRY(nn_slot_advance(walk, run, first));
    while (walk->doc < end && walk->count > 1) { /* several lists: passage by passage */
        NN_TRY(nn_run_step(run));
        if (tfs != NULL) {
            NN_TRY(nn_slot_tf_most(walk, run, &tfs[*count]));
        }
        docs[(*count)++] = walk->doc;
        NN_TRY(nn_slot_advance(walk, run, walk->doc + 1));
    }
    while (walk->doc < end) {
        nn_postings *postings = &walk->lists[0].postings;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_postings_unpack_docs(postings, run->error));
        uint32_t from = postings->in_block;
        uint32_t here = nn_postings_below(postings, end) - from;
        memcpy(docs + *count, postings->docs + from, here * sizeof *docs);
        if (tfs != NULL) {
            NN_TRY(nn_postings_unpack_tfs(postings, run->error));
            memcpy(tfs + *count, postings->tfs + from, here * sizeof *tfs);
        }
        *count += here;
        NN_TRY(postings->block_last_doc < end ? nn_postings_next_block(postings, run->error)
                                              : nn_postings_advance(postings, end, run->error));
        walk->doc = postings->doc;
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/phrase.h"

#include "query/meet.h"

#include <string.h>

/* Whether two places of a phrase are one word: a passage needs it as often. */
static bool is_same(const nn_slot_walk *a, const nn_slot_walk *b)
{
    return a->count == 1 && b->count == 1 &&
           a->lists[0].postings.term.list_offset == b->lists[0].postings.term.list_offset &&
           a->lists[0].postings.term.ordinal == b->lists[0].postings.term.ordinal;
}

static void count_copies(nn_phrase *phrase)
{
    const nn_matcher *matcher = phrase->matcher;
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        const nn_slot_walk *slot = &matcher->slots[matcher->order[i]];
        phrase->copies[i] = 1;
        for (uint32_t k = 0; k < i; k++) {
            if (phrase->copies[k] > 0 && is_same(slot, &matcher->slots[matcher->order[k]])) {
                phrase->copies[k]++;
                phrase->copies[i] = 0;
                break;
            }
        }
    }
}

nuncio_status nn_phrase_open(nn_run *run, nn_matcher *matcher, uint32_t width, nn_phrase *out)
{
    *out = (nn_phrase){.matcher = matcher};
    out->copies = nn_arena_alloc(run->part_arena, matcher->slot_count * sizeof *out->copies);
    out->tfs = nn_arena_alloc(run->part_arena, width);
    out->found_docs = nn_arena_alloc(run->part_arena, width * sizeof *out->found_docs);
    out->found_tfs = nn_arena_alloc(run->part_arena, width * sizeof *out->found_tfs);
    if (out->copies == NULL || out->tfs == NULL || out->found_docs == NULL ||
        out->found_tfs == NULL) {
        return nn_error_memory(run->error);
    }
    count_copies(out);
    return nn_meet_open(run, width, &out->meet);
}

/* How often a phrase can occur where a word does so often of which it needs `copies` beside each
 * other. */
static inline uint32_t most_of(uint32_t tf, uint32_t copies)
{
    return tf >= copies ? tf - copies + 1 : 0;
}

/* The rarest word's passages. */
static nuncio_status begin(nn_phrase *phrase, nn_run *run, uint32_t end, uint32_t *docs,
                           uint32_t *tfs, uint32_t *count)
{
    const nn_matcher *matcher = phrase->matcher;
    uint32_t gathered = 0;
    NN_TRY(nn_slot_gather(&matcher->slots[matcher->order[0]], run, phrase->meet.first, end, docs,
                          tfs, &gathered));
    for (uint32_t i = 0; i < gathered && phrase->copies[0] > 1; i++) {
        uint32_t most = most_of(tfs[i], phrase->copies[0]);
        docs[*count] = docs[i];
        tfs[*count] = most;
        *count += most > 0 ? 1 : 0;
    }
    *count = phrase->copies[0] > 1 ? *count : gathered;
    return NUNCIO_OK;
}

/* Keeps the passages that hold another word often enough. */
static nuncio_status narrow(nn_phrase *phrase, nn_run *run, uint32_t word, uint32_t *docs,
                            uint32_t *tfs, uint32_t *count)
{
    const nn_matcher *matcher = phrase->matcher;
    uint32_t first = phrase->meet.first;
    uint32_t found = 0;
    for (uint32_t i = 0; i < *count; i++) {
        phrase->tfs[docs[i] - first] = (uint8_t)(tfs[i] < UINT8_MAX ? tfs[i] : UINT8_MAX);
    }
    NN_TRY(nn_slot_meet(&matcher->slots[matcher->order[word]], run, &phrase->meet, docs, *count,
                        phrase->found_docs, phrase->found_tfs, &found));
    *count = 0;
    for (uint32_t i = 0; i < found; i++) {
        uint32_t before = phrase->tfs[phrase->found_docs[i] - first];
        uint32_t most = most_of(phrase->found_tfs[i], phrase->copies[word]);
        docs[*count] = phrase->found_docs[i];
        tfs[*count] = most < before ? most : before;
        *count += most > 0 ? 1 : 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_phrase_find(nn_phrase *phrase, nn_run *run, uint32_t first, uint32_t end,
                             nn_phrase_keep *keep, void *context, uint32_t *docs, uint32_t *tfs,
                             uint32_t *count)
{
    *count = 0;
    phrase->meet.first = first;
    NN_TRY(begin(phrase, run, end, docs, tfs, count));
    *count = keep != NULL ? keep(context, docs, tfs, *count) : *count;
    for (uint32_t i = 1; i<phrase->matcher->slot_count && * count> 0; i++) {
        if (phrase->copies[i] > 0) {
            NN_TRY(narrow(phrase, run, i, docs, tfs, count));
            *count = keep != NULL ? keep(context, docs, tfs, *count) : *count;
        }
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/phrase.h"

#include "query/limits.h"
#include "query/match/meet.h"

#include <assert.h>
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
    for (uint32_t i = 1; *count > 0 && i < phrase->matcher->slot_count; i++) {
        if (phrase->copies[i] > 0) {
            NN_TRY(narrow(phrase, run, i, docs, tfs, count));
            *count = keep != NULL ? keep(context, docs, tfs, *count) : *count;
        }
    }
    return NUNCIO_OK;
}

/* ---- positions ---- */

nuncio_status nn_phrase_gather(const nn_matcher *matcher, nn_run *run, uint32_t first, uint32_t end,
                               uint32_t *docs, uint32_t *tfs, uint32_t *count)
{
    nn_slot_walk *rarest = &matcher->slots[matcher->order[0]];
    uint32_t copies = 0, gathered = 0, kept = 0;
    for (uint32_t i = 0; i < matcher->slot_count; i++) {
        copies += i == matcher->order[0] || is_same(rarest, &matcher->slots[i]) ? 1 : 0;
    }
    NN_TRY(nn_slot_gather(rarest, run, first, end, docs, copies > 1 ? tfs : NULL, &gathered));
    for (uint32_t i = 0; i < gathered && copies > 1; i++) {
        docs[kept] = docs[i];
        kept += tfs[i] >= copies ? 1 : 0;
    }
    *count = copies > 1 ? kept : gathered;
    return NUNCIO_OK;
}

nuncio_status nn_phrase_reader_open(nn_run *run, size_t part, const nn_resolved *resolved,
                                    nn_phrase_reader **out)
{
    enum { ROOM = NN_PHRASE_BATCH * NN_POSITIONS_MAX + NN_SPOTS_STEP };
    static_assert((int)ROOM <= (int)NN_STARTS_ROOM, "starts of a batch have room");
    nn_arena *arena = run->part_arena;
    nn_phrase_reader *reader = nn_arena_alloc(arena, sizeof *reader);
    *out = reader;
    if (reader == NULL) {
        return nn_error_memory(run->error);
    }
    reader->spots = (nn_spots){.docs = reader->docs, .numbers = reader->numbers};
    reader->spots.keys = nn_arena_alloc(arena, ROOM * sizeof *reader->spots.keys);
    if (reader->spots.keys == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_starts_open(run, &reader->starts));
    return nn_matcher_open_reader(run, part, resolved, &reader->matcher);
}

/* The place in the phrase of the word that is read as number `i`. The rarest, which stands in all
 * passages asked about, comes behind the next, which then leaves fewer of them. */
static uint32_t place_of(const nn_matcher *matcher, uint32_t i)
{
    bool swapped = i < 2 && matcher->slot_count > 1;
    return matcher->order[swapped ? 1 - i : i];
}

/* Reads the places of word `i` in the passages still possible: not again where the one before is
 * the same word. */
static nuncio_status read_word(nn_phrase_reader *reader, nn_run *run, uint32_t i)
{
    const nn_matcher *matcher = reader->matcher;
    nn_slot_walk *slot = &matcher->slots[place_of(matcher, i)];
    const nn_slot_walk *before = i > 0 ? &matcher->slots[place_of(matcher, i - 1)] : NULL;
    if (before != NULL && is_same(slot, before) && slot->whole && before->whole) {
        return NUNCIO_OK;
    }
    reader->spots.count = reader->count;
    return nn_slot_spots(slot, run, &reader->spots);
}

/* Counts the starts of each passage. */
static void count_starts(nn_phrase_reader *reader)
{
    for (uint32_t i = 0; i < reader->count; i++) {
        reader->tfs[reader->numbers[i]] = 0;
    }
    const nn_starts *starts = reader->starts;
    for (uint32_t k = 0; k < starts->kept_count; k++) {
        reader->tfs[nn_start_passage(starts->kept[k])]++;
    }
}

/* Keeps the passages that have a start. */
static void keep_passages(nn_phrase_reader *reader)
{
    uint32_t passages = 0;
    count_starts(reader);
    for (uint32_t i = 0; i < reader->count; i++) {
        reader->docs[passages] = reader->docs[i];
        reader->numbers[passages] = reader->numbers[i];
        passages += reader->tfs[reader->numbers[i]] > 0 ? 1 : 0;
    }
    reader->count = passages;
}

/* Drops the starts of what lies in both a text and its title. */
static nuncio_status drop_crossing(nn_phrase_reader *reader, nn_run *run)
{
    const nn_matcher *matcher = reader->matcher;
    const uint8_t *lengths = nn_segment_lengths(matcher->segment);
    uint32_t texts[NN_PHRASE_BATCH], titles = 0, kept = 0;
    for (uint32_t i = 0; i < reader->count; i++) {
        uint32_t number = reader->numbers[i], doc = reader->docs[i];
        if (reader->tfs[number] > 0) {
            NN_TRY(nn_segment_text_length(matcher->segment, doc, &texts[number], run->error));
            titles += texts[number] < lengths[doc] ? 1 : 0;
        }
    }
    nn_starts *starts = reader->starts;
    for (uint32_t k = 0; k < starts->kept_count && titles > 0; k++) {
        uint16_t start = starts->kept[k];
        uint32_t text = texts[nn_start_passage(start)];
        starts->kept[kept] = start;
        kept += nn_start_crosses(start, matcher->slot_count, text) ? 0 : 1;
    }
    if (titles > 0) {
        starts->kept_count = kept;
        count_starts(reader);
    }
    return NUNCIO_OK;
}

/* At most NN_PHRASE_BATCH passages. */
static nuncio_status read_batch(nn_phrase_reader *reader, nn_run *run, const uint32_t *docs,
                                uint32_t count, uint32_t *tfs)
{
    const nn_matcher *matcher = reader->matcher;
    for (uint32_t i = 0; i < count; i++) {
        reader->docs[i] = docs[i];
        reader->numbers[i] = (uint8_t)i;
    }
    reader->count = count;
    for (uint32_t i = 0; i < matcher->slot_count && reader->count > 0; i++) {
        uint32_t place = place_of(matcher, i);
        NN_TRY(nn_run_step(run));
        NN_TRY(read_word(reader, run, i));
        (i == 0 ? nn_starts_begin : nn_starts_keep)(reader->starts, reader->spots.keys,
                                                    reader->spots.key_count, place);
        if (i + 1 < matcher->slot_count) {
            keep_passages(reader);
        }
    }
    count_starts(reader);
    NN_TRY(drop_crossing(reader, run));
    memcpy(tfs, reader->tfs, count * sizeof *tfs);
    return NUNCIO_OK;
}

nuncio_status nn_phrase_read(nn_phrase_reader *reader, nn_run *run, const uint32_t *docs,
                             uint32_t count, uint32_t *tfs)
{
    for (uint32_t done = 0, here; done < count; done += here) {
        here = count - done < NN_PHRASE_BATCH ? count - done : NN_PHRASE_BATCH;
        NN_TRY(read_batch(reader, run, docs + done, here, tfs + done));
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Counting hits without scoring them, window by window.
 *
 *   any of the clauses     count of a common one, which the dictionary knows,
 *                          + passages that hold another and not it:
 *                              treaty  ▒ ▒▒   ▒      each list of the others sets bits of a map;
 *                              envoy    ▒ ▒ ▒        the common one is looked up where one is
 *                              map     ▒▒▒▒ ▒ ▒      set, or scanned where many are
 *   all that are required  the postings of the rarest, thinned by one after the other
 *
 * No loop over postings branches on what it finds. */
#include "query/match/phrase.h"
#include "query/walk/passage_map.h"
#include "query/walk/walk.h"

enum {
    POSTINGS_A_LOOK =
        48,              /* looking a passage up costs about as much as scanning so many postings */
    POSTINGS_FEW = 2048, /* no more of all clauses but one are gone through one by one */
    PHRASE_FEW = 2048    /* a phrase whose rarest word has no more is found passage by passage */
};

/* A clause while it is counted. */
typedef struct nn_counted {
    nn_matcher *matcher;
    nn_phrase_reader *reader; /* of a phrase, asked where its rarest word stands; NULL: it is a
                                 word, of NEAR, or one of few passages */
} nn_counted;

/* One segment while it is counted. */
typedef struct nn_counter {
    nn_part *part;
    nn_counted *clauses;
    uint32_t clause_count;
    uint32_t first, end; /* the window's passages */
    nn_meet meet;
    uint32_t docs[NN_MAP_PASSAGES]; /* passages found */
    uint32_t doc_count;
    uint32_t tfs[NN_MAP_PASSAGES]; /* scratch */
    nn_map map;                    /* passages found */
    nn_map other;                  /* scratch */
} nn_counter;

/* ---- opening ---- */

/* Opens the required (else the scoring) clauses but one, cheapest first. */
static nuncio_status open_counter(nn_part *part, bool required, const nn_clause *but,
                                  nn_counter **out)
{
    const nn_plan *plan = part->plan;
    nn_counter *counter = nn_arena_alloc(part->run->part_arena, sizeof *counter);
    nn_counted *clauses =
        nn_arena_array(part->run->part_arena, plan->clause_count + 1u, sizeof *clauses);
    if (counter == NULL || clauses == NULL) {
        return nn_error_memory(part->run->error);
    }
    *out = counter;
    counter->part = part;
    counter->clauses = clauses;
    counter->clause_count = 0;
    part->run->trail.counted++;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        const nn_clause *clause = plan->clauses[i];
        nn_counted counted = {.matcher = part->matchers[i]};
        if (clause == but || !(required ? clause->required : clause->scoring)) {
            continue;
        }
        bool many = counted.matcher->cost > PHRASE_FEW && !counted.matcher->sure;
        if (many && nn_is_phrase(counted.matcher)) {
            NN_TRY(nn_phrase_reader_open(part->run, part->number, counted.matcher->resolved,
                                         &counted.reader));
        }
        uint32_t place = counter->clause_count++;
        for (; place > 0 && clauses[place - 1].matcher->cost > counted.matcher->cost; place--) {
            clauses[place] = clauses[place - 1];
        }
        clauses[place] = counted;
    }
    counter->meet = (nn_meet){.map = NULL};
    return NUNCIO_OK;
}

static void begin_window(nn_counter *counter, uint32_t first)
{
    uint32_t left = counter->part->passage_count - first;
    counter->first = first;
    counter->end = first + (left < NN_MAP_PASSAGES ? left : NN_MAP_PASSAGES);
    counter->meet.first = first;
    counter->doc_count = 0;
}

/* The first passage from `target` on in which the clause may occur. */
static nuncio_status next_doc(nn_counter *counter, nn_counted *counted, uint32_t target,
                              uint32_t *doc)
{
    nn_run *run = counter->part->run;
    nn_matcher *matcher = counted->matcher;
    if (counted->reader == NULL) {
        NN_TRY(nn_matcher_approach(matcher, run, target));
        *doc = matcher->doc;
        return NUNCIO_OK;
    }
    nn_slot_walk *rarest = &matcher->slots[matcher->order[0]];
    NN_TRY(nn_slot_advance(rarest, run, target));
    *doc = rarest->doc;
    return NUNCIO_OK;
}

/* ---- the map ---- */

/* Passages of deleted articles do not count. */
static nuncio_status clear_deleted(nn_counter *counter)
{
    const nn_part *part = counter->part;
    if (part->run->snapshot->parts[part->number].deletes == NULL) {
        return NUNCIO_OK;
    }
    for (uint32_t passage = counter->first; passage < counter->end;) {
        uint32_t article = nn_segment_article_of(part->segment, passage);
        uint32_t end = nn_segment_first_passage(part->segment, article + 1);
        end = end < counter->end ? end : counter->end;
        NN_TRY(nn_run_step(part->run));
        for (; passage < end && nn_run_deleted(part->run, part->number, article); passage++) {
            nn_map_remove(&counter->map, passage);
        }
        passage = end;
    }
    return NUNCIO_OK;
}

/* ---- passages of a clause ---- */

/* Keeps of the passages of its rarest word those in which the phrase occurs. */
static nuncio_status confirm(nn_counter *counter, nn_phrase_reader *reader)
{
    uint32_t kept = 0;
    NN_TRY(nn_phrase_read(reader, counter->part->run, counter->docs, counter->doc_count,
                          counter->tfs));
    for (uint32_t i = 0; i < counter->doc_count; i++) {
        counter->docs[kept] = counter->docs[i];
        kept += counter->tfs[i] > 0 ? 1 : 0;
    }
    counter->doc_count = kept;
    return NUNCIO_OK;
}

/* Finds the passages of the window in which the clause occurs. */
static nuncio_status find(nn_counter *counter, nn_counted *counted)
{
    nn_run *run = counter->part->run;
    nn_matcher *matcher = counted->matcher;
    counter->doc_count = 0;
    if (counted->reader != NULL) {
        NN_TRY(nn_phrase_gather(matcher, run, counter->first, counter->end, counter->docs,
                                counter->tfs, &counter->doc_count));
        return confirm(counter, counted->reader);
    }
    if (matcher->sure) {
        NN_TRY(nn_slot_gather(&matcher->slots[0], run, counter->first, counter->end, counter->docs,
                              NULL, &counter->doc_count));
        nn_matcher_settle(matcher);
        return NUNCIO_OK;
    }
    NN_TRY(nn_matcher_seek(matcher, run, counter->first));
    while (matcher->doc < counter->end) {
        NN_TRY(nn_run_step(run));
        counter->docs[counter->doc_count++] = matcher->doc;
        NN_TRY(nn_matcher_seek(matcher, run, matcher->doc + 1));
    }
    return NUNCIO_OK;
}

/* Keeps of the passages found those in which another clause occurs. */
static nuncio_status keep(nn_counter *counter, nn_counted *counted)
{
    nn_run *run = counter->part->run;
    nn_matcher *matcher = counted->reader != NULL ? counted->reader->matcher : counted->matcher;
    uint32_t count = counter->doc_count;
    counter->doc_count = 0;
    if (matcher->sure) {
        if (counter->meet.map == NULL) {
            NN_TRY(nn_meet_open(run, NN_MAP_PASSAGES, &counter->meet));
            counter->meet.first = counter->first;
        }
        NN_TRY(nn_slot_meet(&matcher->slots[0], run, &counter->meet, counter->docs, count,
                            counter->docs, NULL, &counter->doc_count));
        nn_matcher_settle(matcher);
        return NUNCIO_OK;
    }
    for (uint32_t i = 0; i < count; i++) {
        bool occurs = false;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(matcher, run, counter->docs[i]));
        if (matcher->doc == counter->docs[i]) {
            NN_TRY(nn_matcher_confirm(matcher, run, &occurs));
        }
        counter->docs[counter->doc_count] = counter->docs[i];
        counter->doc_count += occurs ? 1 : 0;
    }
    return NUNCIO_OK;
}

/* ---- any of them ---- */

/* Sets the bits of the passages in the window in which a clause occurs. */
static nuncio_status map_clause(nn_counter *counter, nn_counted *counted)
{
    nn_matcher *matcher = counted->matcher;
    if (matcher->sure && matcher->doc < counter->end) {
        NN_TRY(nn_map_add_word(&counter->map, counter->part->run, &matcher->slots[0]));
        nn_matcher_settle(matcher);
    } else if (!matcher->sure) {
        NN_TRY(find(counter, counted));
        nn_map_add(&counter->map, counter->docs, counter->doc_count);
    }
    return NUNCIO_OK;
}

/* Whether a word is better scanned in the window than looked up in `passages` of it. */
static bool is_dense(const nn_counter *counter, const nn_matcher *matcher, uint32_t passages)
{
    uint64_t width = counter->end - counter->first;
    return matcher->sure && (uint64_t)passages * POSTINGS_A_LOOK >=
                                matcher->slots[0].cost * width / counter->part->passage_count;
}

/* Counts the passages of the map that hold a word. */
static nuncio_status count_common(nn_counter *counter, nn_matcher *word, uint32_t *common)
{
    NN_TRY(nn_map_count_word(&counter->map, counter->part->run, &word->slots[0], &counter->other,
                             common));
    nn_matcher_settle(word);
    return NUNCIO_OK;
}

/* Counts the passages of the map that `beside`, a word, does not count already. */
static nuncio_status count_beside(nn_counter *counter, nn_matcher *beside, uint64_t *count)
{
    uint32_t others = nn_map_count(&counter->map);
    *count += others;
    if (beside == NULL || beside->doc == NN_DOC_END || others == 0) {
        return NUNCIO_OK;
    }
    if (is_dense(counter, beside, others)) {
        uint32_t common;
        NN_TRY(count_common(counter, beside, &common));
        *count -= common;
        return NUNCIO_OK;
    }
    nn_counted counted = {.matcher = beside};
    counter->doc_count = nn_map_list(&counter->map, counter->docs);
    NN_TRY(keep(counter, &counted));
    *count -= counter->doc_count;
    return NUNCIO_OK;
}

static bool is_few(const nn_counter *counter)
{
    uint64_t postings = 0;
    for (uint32_t i = 0; i < counter->clause_count; i++) {
        postings += counter->clauses[i].matcher->cost;
    }
    return postings <= POSTINGS_FEW;
}

/* Passage by passage: maps of all windows would cost more. */
static nuncio_status count_few(nn_counter *counter, nn_matcher *beside, uint64_t *count)
{
    const nn_part *part = counter->part;
    for (uint32_t passage = 0;; passage++) {
        uint32_t next = NN_DOC_END;
        NN_TRY(nn_run_step(part->run));
        for (uint32_t i = 0; i < counter->clause_count; i++) {
            nn_matcher *matcher = counter->clauses[i].matcher;
            NN_TRY(nn_matcher_seek(matcher, part->run, passage));
            next = matcher->doc < next ? matcher->doc : next;
        }
        passage = next;
        if (passage == NN_DOC_END) {
            return NUNCIO_OK;
        }
        if (beside != NULL) {
            NN_TRY(nn_matcher_seek(beside, part->run, passage));
        }
        uint32_t article = nn_segment_article_of(part->segment, passage);
        bool known = beside != NULL && beside->doc == passage;
        *count += known || nn_run_deleted(part->run, part->number, article) ? 0 : 1;
    }
}

nuncio_status nn_count_any(nn_part *part, const nn_clause *beside, uint64_t *count)
{
    nn_counter *counter;
    NN_TRY(open_counter(part, false, beside, &counter));
    nn_matcher *known = beside == NULL ? NULL : part->matchers[beside->number];
    if (is_few(counter)) {
        return count_few(counter, known, count);
    }
    for (uint32_t first = 0;; first = counter->end) {
        uint32_t next = NN_DOC_END;
        for (uint32_t i = 0; i < counter->clause_count; i++) {
            uint32_t doc = NN_DOC_END;
            NN_TRY(next_doc(counter, &counter->clauses[i], first, &doc));
            next = doc < next ? doc : next;
        }
        if (next == NN_DOC_END) {
            return NUNCIO_OK;
        }
        begin_window(counter, next);
        nn_map_begin(&counter->map, counter->first, counter->end);
        for (uint32_t i = 0; i < counter->clause_count; i++) {
            NN_TRY(map_clause(counter, &counter->clauses[i]));
        }
        NN_TRY(clear_deleted(counter));
        NN_TRY(count_beside(counter, known, count));
    }
}

/* ---- all of them ---- */

/* Counts those of the passages found that hold the commonest word too, which stands in many. */
static nuncio_status count_dense(nn_counter *counter, nn_matcher *commonest, uint64_t *count)
{
    nn_map_begin(&counter->map, counter->first, counter->end);
    nn_map_add(&counter->map, counter->docs, counter->doc_count);
    NN_TRY(clear_deleted(counter));
    uint32_t common;
    NN_TRY(count_common(counter, commonest, &common));
    *count += common;
    return NUNCIO_OK;
}

static void count_live(const nn_counter *counter, uint64_t *count)
{
    const nn_part *part = counter->part;
    if (part->run->snapshot->parts[part->number].deletes == NULL) {
        *count += counter->doc_count;
        return;
    }
    for (uint32_t i = 0; i < counter->doc_count; i++) {
        uint32_t article = nn_segment_article_of(part->segment, counter->docs[i]);
        *count += nn_run_deleted(part->run, part->number, article) ? 0 : 1;
    }
}

nuncio_status nn_count_all(nn_part *part, uint64_t *count)
{
    nn_counter *counter;
    NN_TRY(open_counter(part, true, NULL, &counter));
    for (uint32_t first = 0;; first = counter->end) {
        for (uint32_t i = 0; i < counter->clause_count && first != NN_DOC_END; i++) {
            uint32_t doc = NN_DOC_END;
            NN_TRY(next_doc(counter, &counter->clauses[i], first, &doc));
            first = doc > first ? doc : first;
        }
        if (first == NN_DOC_END) {
            return NUNCIO_OK;
        }
        begin_window(counter, first);
        NN_TRY(find(counter, &counter->clauses[0]));
        uint32_t last = counter->clause_count - 1, i = 1;
        for (; i < last && counter->doc_count > 0; i++) {
            NN_TRY(keep(counter, &counter->clauses[i]));
        }
        nn_matcher *commonest = counter->clauses[last].matcher;
        if (i == last && is_dense(counter, commonest, counter->doc_count)) {
            NN_TRY(count_dense(counter, commonest, count));
            continue;
        }
        for (; i <= last && counter->doc_count > 0; i++) {
            NN_TRY(keep(counter, &counter->clauses[i]));
        }
        count_live(counter, count);
    }
}

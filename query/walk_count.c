/* SPDX-License-Identifier: Apache-2.0 */
/* Counting hits without scoring them, window by window.
 *
 *   any of the clauses     count of the commonest, which the dictionary knows,
 *                          + passages that hold another and not it:
 *                              treaty  ▒ ▒▒   ▒      each list of the others sets bytes of a map;
 *                              envoy    ▒ ▒ ▒        the commonest is only looked up where one is
 *                              map     ▒▒▒▒ ▒ ▒      set, or scanned where many are
 *   all that are required  the postings of the rarest, thinned by one after the other
 *
 * No loop over postings branches on what it finds. */
#include "core/bits.h"
#include "query/phrase.h"
#include "query/walk.h"

#include <string.h>

enum {
    MAP = 8192, /* passages of a window */
    POSTINGS_A_LOOK =
        16,           /* looking a passage up costs about as much as scanning so many postings */
    PHRASE_FEW = 2048 /* a phrase whose rarest word has no more is found passage by passage */
};

/* A clause while it is counted. */
typedef struct nn_counted {
    nn_matcher *matcher;
    nn_phrase *phrase;  /* what finds its passages; NULL: it is a word, or of NEAR */
    nn_matcher *reader; /* of a phrase: what confirms them */
} nn_counted;

/* One segment while it is counted. */
typedef struct nn_counter {
    nn_part *part;
    nn_counted *clauses;
    uint32_t clause_count;
    uint32_t first, end; /* the window's passages */
    nn_meet meet;
    uint32_t docs[MAP]; /* passages found */
    uint32_t doc_count;
    uint32_t tfs[MAP];     /* scratch */
    uint32_t set;          /* bytes of the map that are set */
    uint32_t seen;         /* of them, found where another word stands */
    uint8_t map[MAP + 64]; /* 1 for each passage that was found */
} nn_counter;

/* Sixteen bytes, as numbers of 8 and of 64 bits. */
typedef uint8_t nn_bytes __attribute__((vector_size(16)));
typedef uint64_t nn_words __attribute__((vector_size(16)));

/* Of bytes that are at most 15. */
static inline uint32_t sum_bytes(nn_bytes bytes)
{
    nn_words words = (nn_words)bytes;
    return (uint32_t)((words[0] + words[1]) * UINT64_C(0x0101010101010101) >> 56);
}

/* ---- opening ---- */

static nuncio_status open_phrase(nn_part *part, nn_counted *counted)
{
    nn_run *run = part->run;
    counted->phrase = nn_arena_alloc(run->part_arena, sizeof *counted->phrase);
    if (counted->phrase == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_matcher_open_reader(run, part->number, counted->matcher->resolved, &counted->reader));
    return nn_phrase_open(run, counted->matcher, MAP, counted->phrase);
}

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
            NN_TRY(open_phrase(part, &counted));
        }
        uint32_t place = counter->clause_count++;
        for (; place > 0 && clauses[place - 1].matcher->cost > counted.matcher->cost; place--) {
            clauses[place] = clauses[place - 1];
        }
        clauses[place] = counted;
    }
    return nn_meet_open(part->run, MAP, &counter->meet);
}

static void begin_window(nn_counter *counter, uint32_t first)
{
    uint32_t left = counter->part->passage_count - first;
    counter->first = first;
    counter->end = first + (left < MAP ? left : MAP);
    counter->meet.first = first;
    counter->doc_count = 0;
}

/* The first passage from `target` on in which the clause may occur. */
static nuncio_status next_doc(nn_counter *counter, nn_counted *counted, uint32_t target,
                              uint32_t *doc)
{
    nn_run *run = counter->part->run;
    if (counted->phrase == NULL) {
        NN_TRY(nn_matcher_approach(counted->matcher, run, target));
        *doc = counted->matcher->doc;
        return NUNCIO_OK;
    }
    NN_TRY(nn_slot_advance(&counted->matcher->slots[counted->matcher->order[0]], run, target));
    *doc = nn_phrase_doc(counted->phrase);
    return NUNCIO_OK;
}

/* ---- blocks ---- */

/* What is done with the postings of a block, and with those of a set, passages from `first` on. */
typedef struct nn_block_visit {
    void (*docs)(nn_counter *counter, const uint32_t *docs, uint32_t count);
    void (*word)(nn_counter *counter, uint32_t place, uint64_t bits); /* NULL: sets are unpacked */
} nn_block_visit;

/* Visits the part of a set that lies in the window, 64 passages at a time. */
static void visit_set(nn_counter *counter, const nn_postings *postings, const nn_block_visit *visit)
{
    uint32_t from = postings->doc;
    uint32_t last = postings->block_last_doc;
    last = last < counter->end ? last : counter->end - 1;
    while (from <= last) {
        uint32_t bit = from - postings->block_base;
        uint64_t bits = nn_load_u64(postings->bits + bit / 8) >> (bit % 8);
        uint32_t width = 56; /* bits that there are behind any place in a byte */
        if (last - from < width - 1) {
            width = last - from + 1;
        }
        visit->word(counter, from - counter->first, bits & ((UINT64_C(1) << width) - 1));
        from += width;
    }
}

/* Visits the postings of a word's lists in the window. */
static nuncio_status scan(nn_counter *counter, nn_slot_walk *slot, const nn_block_visit *visit)
{
    nn_run *run = counter->part->run;
    for (uint32_t i = 0; i < slot->count; i++) {
        nn_postings *postings = &slot->lists[i].postings;
        NN_TRY(nn_postings_advance(postings, counter->first, run->error));
        while (postings->doc < counter->end) {
            NN_TRY(nn_run_step(run));
            if (!postings->docs_ready && visit->word != NULL) {
                run->trail.sets++;
                visit_set(counter, postings, visit);
                NN_TRY(postings->block_last_doc < counter->end
                           ? nn_postings_next_block(postings, run->error)
                           : nn_postings_advance(postings, counter->end, run->error));
                continue;
            }
            NN_TRY(nn_postings_unpack_docs(postings, run->error));
            uint32_t inside = nn_postings_inside(postings, counter->end);
            visit->docs(counter, postings->docs + postings->in_block, inside);
            NN_TRY(nn_postings_pass(postings, inside)
                       ? NUNCIO_OK
                       : nn_postings_next_block(postings, run->error));
        }
    }
    if (slot->count > 0) {
        nn_slot_settle(slot);
    }
    return NUNCIO_OK;
}

static void set_bytes(nn_counter *counter, const uint32_t *docs, uint32_t count)
{
    uint32_t set = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *byte = &counter->map[docs[i] - counter->first];
        set += *byte;
        *byte = 1;
    }
    counter->set += count - set;
}

/* A byte, 0 or 1, for each of 16 bits. */
static inline nn_bytes spread(uint64_t bits)
{
    static const nn_bytes each = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    static const nn_bytes one = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    uint64_t low = (bits & 0xFF) * UINT64_C(0x0101010101010101);
    uint64_t high = (bits >> 8 & 0xFF) * UINT64_C(0x0101010101010101);
    nn_words words = {low, high};
    return (nn_bytes)(((nn_bytes)words & each) != 0) & one;
}

/* Nothing is set behind the window's end, but the map is read and written there. */
static void set_word(nn_counter *counter, uint32_t place, uint64_t bits)
{
    nn_bytes fresh = {0};
    for (uint8_t *to = counter->map + place; bits != 0; bits >>= 16, to += sizeof fresh) {
        nn_bytes old;
        nn_bytes own = spread(bits);
        memcpy(&old, to, sizeof old);
        fresh += own & ~old;
        own |= old;
        memcpy(to, &own, sizeof own);
    }
    counter->set += sum_bytes(fresh);
}

static void count_word(nn_counter *counter, uint32_t place, uint64_t bits)
{
    nn_bytes seen = {0};
    for (const uint8_t *from = counter->map + place; bits != 0; bits >>= 16, from += sizeof seen) {
        nn_bytes old;
        memcpy(&old, from, sizeof old);
        seen += old & spread(bits);
    }
    counter->seen += sum_bytes(seen);
}

static void count_bytes(nn_counter *counter, const uint32_t *docs, uint32_t count)
{
    uint32_t seen = 0;
    for (uint32_t i = 0; i < count; i++) {
        seen += counter->map[docs[i] - counter->first];
    }
    counter->seen += seen;
}

/* Where another list of the word may hold the passage too. */
static void take_bytes(nn_counter *counter, const uint32_t *docs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        counter->seen += counter->map[docs[i] - counter->first];
        counter->map[docs[i] - counter->first] = 0;
    }
}

static const nn_block_visit set_map = {set_bytes, set_word};
static const nn_block_visit count_map = {count_bytes, count_word};
static const nn_block_visit take_map = {take_bytes, NULL};

/* ---- the map ---- */

static void list_map(nn_counter *counter)
{
    uint32_t width = counter->end - counter->first;
    uint32_t count = 0;
    for (uint32_t at = 0; at < width; at += 8) { /* the map is a multiple of 8 */
        for (uint64_t word = nn_load_u64(counter->map + at); word != 0; word &= word - 1) {
            counter->docs[count++] = counter->first + at + nn_ctz64(word) / 8;
        }
    }
    counter->doc_count = count;
}

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
            uint8_t *byte = &counter->map[passage - counter->first];
            counter->set -= *byte;
            *byte = 0;
        }
        passage = end;
    }
    return NUNCIO_OK;
}

/* ---- passages of a clause ---- */

/* Keeps of the passages found those in which the clause does occur. */
static nuncio_status confirm(nn_counter *counter, nn_matcher *reader)
{
    nn_run *run = counter->part->run;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < counter->doc_count; i++) {
        bool occurs;
        NN_TRY(nn_run_step(run));
        nn_matcher_stand(reader, counter->docs[i]);
        NN_TRY(nn_matcher_confirm(reader, run, &occurs));
        counter->docs[kept] = counter->docs[i];
        kept += occurs ? 1 : 0;
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
    if (counted->phrase != NULL) {
        NN_TRY(nn_phrase_find(counted->phrase, run, counter->first, counter->end, NULL, NULL,
                              counter->docs, counter->tfs, &counter->doc_count));
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
    nn_matcher *matcher = counted->phrase != NULL ? counted->reader : counted->matcher;
    uint32_t count = counter->doc_count;
    counter->doc_count = 0;
    if (matcher->sure) {
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

/* Sets the bytes of the passages in the window in which a clause occurs. */
static nuncio_status map_clause(nn_counter *counter, nn_counted *counted)
{
    nn_matcher *matcher = counted->matcher;
    if (matcher->sure && matcher->doc < counter->end) {
        NN_TRY(scan(counter, &matcher->slots[0], &set_map));
        nn_matcher_settle(matcher);
    } else if (!matcher->sure) {
        NN_TRY(find(counter, counted));
        set_bytes(counter, counter->docs, counter->doc_count);
    }
    return NUNCIO_OK;
}

/* Counts the passages of the map that the commonest word does not count already. */
static nuncio_status count_beside(nn_counter *counter, nn_matcher *commonest, uint64_t *count)
{
    uint32_t others = counter->set;
    *count += others;
    if (commonest == NULL || commonest->doc == NN_DOC_END || others == 0) {
        return NUNCIO_OK;
    }
    nn_slot_walk *slot = &commonest->slots[0];
    uint64_t width = counter->end - counter->first;
    uint64_t postings = slot->cost * width / counter->part->passage_count;
    if (commonest->sure && (uint64_t)others * POSTINGS_A_LOOK >= postings) {
        counter->seen = 0;
        NN_TRY(scan(counter, slot, slot->count == 1 ? &count_map : &take_map));
        nn_matcher_settle(commonest);
        *count -= counter->seen;
        return NUNCIO_OK;
    }
    nn_counted counted = {.matcher = commonest};
    list_map(counter);
    NN_TRY(keep(counter, &counted));
    *count -= counter->doc_count;
    return NUNCIO_OK;
}

nuncio_status nn_count_any(nn_part *part, const nn_clause *commonest, uint64_t *count)
{
    nn_counter *counter;
    NN_TRY(open_counter(part, false, commonest, &counter));
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
        memset(counter->map, 0, sizeof counter->map);
        counter->set = 0;
        for (uint32_t i = 0; i < counter->clause_count; i++) {
            NN_TRY(map_clause(counter, &counter->clauses[i]));
        }
        NN_TRY(clear_deleted(counter));
        nn_matcher *known = commonest == NULL ? NULL : part->matchers[commonest->number];
        NN_TRY(count_beside(counter, known, count));
    }
}

/* ---- all of them ---- */

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

nuncio_status nn_count_all(nn_part *part, bool required, uint64_t *count)
{
    nn_counter *counter;
    NN_TRY(open_counter(part, required, NULL, &counter));
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
        for (uint32_t i = 1; i < counter->clause_count && counter->doc_count > 0; i++) {
            NN_TRY(keep(counter, &counter->clauses[i]));
        }
        count_live(counter, count);
    }
}

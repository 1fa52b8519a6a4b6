/* SPDX-License-Identifier: Apache-2.0 */
/* Counting hits without scoring them: a byte a passage, window by window.
 *
 *   any of the clauses     count of the commonest, which the dictionary knows,
 *                          + passages that hold another and not it:
 *                              treaty  ▒ ▒▒   ▒      each list of the others sets bytes of the map;
 *                              envoy    ▒ ▒ ▒        the commonest is only looked up where one is
 *                              map     ▒▒▒▒ ▒ ▒      set, or scanned where many are
 *   all that are required  the postings of the rarest, thinned by one after the other
 *
 * No loop over postings branches on what it finds. */
#include "core/bits.h"
#include "query/walk.h"

#include <string.h>

enum {
    MAP = 8192,          /* passages of a window */
    POSTINGS_A_LOOK = 16 /* looking a passage up costs about as much as scanning so many postings */
};

/* One segment while it is counted. */
typedef struct nn_counter {
    nn_part *part;
    uint32_t first, end; /* the window's passages */
    uint32_t set;        /* bytes of the map that are set */
    uint32_t seen;       /* of them, found where another word stands */
    uint32_t place_count;
    uint16_t places[MAP + NN_POSTINGS_BLOCK]; /* passages found, from `first` on, ascending */
    uint8_t map[MAP + 64];                    /* 1 for each of them while a list is scanned */
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

static nuncio_status open_counter(nn_part *part, nn_counter **out)
{
    *out = nn_arena_array(part->run->part_arena, 1, sizeof **out);
    if (*out == NULL) {
        return nn_error_memory(part->run->error);
    }
    (*out)->part = part;
    part->run->trail.counted++;
    return NUNCIO_OK;
}

static void begin_window(nn_counter *counter, uint32_t first)
{
    uint32_t left = counter->part->passage_count - first;
    counter->first = first;
    counter->end = first + (left < MAP ? left : MAP);
    counter->place_count = 0;
}

/* ---- blocks ---- */

/* How many postings of the current block, from the current on, lie in the window. */
static uint32_t count_inside(const nn_counter *counter, const nn_postings *postings)
{
    if (postings->block_last_doc < counter->end) {
        return postings->in_block_count - postings->in_block;
    }
    uint32_t before = 0;
    for (uint32_t i = 0; i < NN_POSTINGS_BLOCK; i++) { /* behind the last they are NN_DOC_END */
        before += postings->docs[i] < counter->end ? 1 : 0;
    }
    return before - postings->in_block;
}

/* Goes behind `inside` postings of the current block. */
static nuncio_status pass(const nn_counter *counter, nn_postings *postings, uint32_t inside)
{
    if (postings->in_block + inside >= postings->in_block_count) {
        return nn_postings_next_block(postings, counter->part->run->error);
    }
    postings->in_block += inside;
    postings->index += inside;
    postings->doc = postings->docs[postings->in_block];
    return NUNCIO_OK;
}

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
            uint32_t inside = count_inside(counter, postings);
            visit->docs(counter, postings->docs + postings->in_block, inside);
            NN_TRY(pass(counter, postings, inside));
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

static void keep_word(nn_counter *counter, uint32_t place, uint64_t bits)
{
    uint32_t kept = counter->place_count;
    for (; bits != 0; bits &= bits - 1) {
        uint32_t at = place + nn_ctz64(bits);
        counter->places[kept] = (uint16_t)at;
        kept += counter->map[at];
    }
    counter->place_count = kept;
}

/* Those of which the byte is set become the places found: of one list they ascend. */
static void keep_set(nn_counter *counter, const uint32_t *docs, uint32_t count)
{
    uint32_t kept = counter->place_count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = docs[i] - counter->first;
        counter->places[kept] = (uint16_t)at;
        kept += counter->map[at];
    }
    counter->place_count = kept;
}

static void list_all(nn_counter *counter, const uint32_t *docs, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        counter->places[counter->place_count + i] = (uint16_t)(docs[i] - counter->first);
    }
    counter->place_count += count;
}

static void list_word(nn_counter *counter, uint32_t place, uint64_t bits)
{
    uint32_t kept = counter->place_count;
    for (; bits != 0; bits &= bits - 1) {
        counter->places[kept++] = (uint16_t)(place + nn_ctz64(bits));
    }
    counter->place_count = kept;
}

static const nn_block_visit set_map = {set_bytes, set_word},
                            count_map_bytes = {count_bytes, count_word},
                            take_map_bytes = {take_bytes, NULL}, keep_map = {keep_set, keep_word},
                            list_places = {list_all, list_word};

/* ---- the map ---- */

static void list_map(nn_counter *counter)
{
    uint32_t width = counter->end - counter->first;
    uint32_t count = 0;
    for (uint32_t at = 0; at < width; at += 8) { /* the map is a multiple of 8 */
        for (uint64_t word = nn_load_u64(counter->map + at); word != 0; word &= word - 1) {
            counter->places[count++] = (uint16_t)(at + nn_ctz64(word) / 8);
        }
    }
    counter->place_count = count;
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

/* ---- any of them ---- */

/* Sets the bytes of the passages in the window that hold a clause. */
static nuncio_status map_matcher(nn_counter *counter, nn_matcher *matcher)
{
    nn_run *run = counter->part->run;
    if (matcher->doc >= counter->end) {
        return NUNCIO_OK;
    }
    if (matcher->sure) {
        NN_TRY(scan(counter, &matcher->slots[0], &set_map));
        nn_matcher_settle(matcher);
        return NUNCIO_OK;
    }
    NN_TRY(nn_matcher_seek(matcher, run, counter->first));
    while (matcher->doc < counter->end) {
        NN_TRY(nn_run_step(run));
        set_bytes(counter, &matcher->doc, 1);
        NN_TRY(nn_matcher_seek(matcher, run, matcher->doc + 1));
    }
    return NUNCIO_OK;
}

/* Whether looking up what the map holds is cheaper than scanning all of the list. */
static bool looks_up(const nn_counter *counter, const nn_slot_walk *slot, uint32_t count)
{
    uint64_t width = counter->end - counter->first;
    return (uint64_t)count * POSTINGS_A_LOOK < slot->cost * width / counter->part->passage_count;
}

/* Keeps of the places found those in which a clause occurs. */
static nuncio_status keep_matcher(nn_counter *counter, nn_matcher *matcher)
{
    nn_run *run = counter->part->run;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < counter->place_count && matcher->doc != NN_DOC_END; i++) {
        uint16_t at = counter->places[i];
        bool occurs = false;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_matcher_approach(matcher, run, counter->first + at));
        if (matcher->doc == counter->first + at) {
            NN_TRY(nn_matcher_confirm(matcher, run, &occurs));
        }
        counter->places[kept] = at;
        kept += occurs ? 1 : 0;
    }
    counter->place_count = kept;
    return NUNCIO_OK;
}

/* Takes the passages off the map that the commonest word counts already. */
static nuncio_status count_beside(nn_counter *counter, nn_matcher *commonest, uint64_t *count)
{
    uint32_t others = counter->set;
    if (commonest == NULL || commonest->doc == NN_DOC_END || others == 0) {
        *count += others;
        return NUNCIO_OK;
    }
    if (commonest->sure && !looks_up(counter, &commonest->slots[0], others)) {
        counter->seen = 0;
        nn_slot_walk *slot = &commonest->slots[0];
        NN_TRY(scan(counter, slot, slot->count == 1 ? &count_map_bytes : &take_map_bytes));
        nn_matcher_settle(commonest);
        *count += others - counter->seen;
        return NUNCIO_OK;
    }
    list_map(counter);
    NN_TRY(keep_matcher(counter, commonest));
    *count += others - counter->place_count;
    return NUNCIO_OK;
}

nuncio_status nn_count_any(nn_part *part, const nn_clause *commonest, uint64_t *count)
{
    nn_counter *counter;
    NN_TRY(open_counter(part, &counter));
    for (uint32_t first = 0;; first = counter->end) {
        uint32_t next = NN_DOC_END;
        for (uint32_t i = 0; i < part->plan->clause_count; i++) {
            nn_matcher *matcher = part->matchers[i];
            if (part->plan->clauses[i]->scoring && part->plan->clauses[i] != commonest) {
                NN_TRY(nn_matcher_approach(matcher, part->run, first));
                next = matcher->doc < next ? matcher->doc : next;
            }
        }
        if (next == NN_DOC_END) {
            return NUNCIO_OK;
        }
        begin_window(counter, next);
        memset(counter->map, 0, sizeof counter->map);
        counter->set = 0;
        for (uint32_t i = 0; i < part->plan->clause_count; i++) {
            if (part->plan->clauses[i]->scoring && part->plan->clauses[i] != commonest) {
                NN_TRY(map_matcher(counter, part->matchers[i]));
            }
        }
        NN_TRY(clear_deleted(counter));
        nn_matcher *known = commonest == NULL ? NULL : part->matchers[commonest->number];
        NN_TRY(count_beside(counter, known, count));
    }
}

/* ---- all of them ---- */

static nuncio_status keep_scanned(nn_counter *counter, nn_slot_walk *slot)
{
    uint16_t *places = counter->places;
    uint32_t before = counter->place_count;
    for (uint32_t i = 0; i < before; i++) {
        counter->map[places[i]] = 1;
    }
    counter->place_count = 0;
    NN_TRY(scan(counter, slot, &keep_map));
    memset(counter->map, 0, counter->end - counter->first);
    return NUNCIO_OK;
}

static nuncio_status keep(nn_counter *counter, nn_matcher *matcher)
{
    bool scans = matcher->sure && matcher->slots[0].count == 1 &&
                 !looks_up(counter, &matcher->slots[0], counter->place_count);
    if (!scans) {
        return keep_matcher(counter, matcher);
    }
    NN_TRY(keep_scanned(counter, &matcher->slots[0]));
    nn_matcher_settle(matcher);
    return NUNCIO_OK;
}

/* The passages of the window in which the rarest clause occurs. */
static nuncio_status begin_places(nn_counter *counter, nn_matcher *matcher)
{
    nn_run *run = counter->part->run;
    if (matcher->sure && matcher->slots[0].count == 1) {
        NN_TRY(scan(counter, &matcher->slots[0], &list_places));
        nn_matcher_settle(matcher);
        return NUNCIO_OK;
    }
    NN_TRY(nn_matcher_seek(matcher, run, counter->first));
    while (matcher->doc < counter->end) {
        NN_TRY(nn_run_step(run));
        counter->places[counter->place_count++] = (uint16_t)(matcher->doc - counter->first);
        NN_TRY(nn_matcher_seek(matcher, run, matcher->doc + 1));
    }
    return NUNCIO_OK;
}

static void count_live(const nn_counter *counter, uint64_t *count)
{
    const nn_part *part = counter->part;
    if (part->run->snapshot->parts[part->number].deletes == NULL) {
        *count += counter->place_count;
        return;
    }
    for (uint32_t i = 0; i < counter->place_count; i++) {
        uint32_t article =
            nn_segment_article_of(part->segment, counter->first + counter->places[i]);
        *count += nn_run_deleted(part->run, part->number, article) ? 0 : 1;
    }
}

/* The required (else the scoring) clauses, cheapest first. */
static nuncio_status sort_clauses(const nn_part *part, bool required, nn_matcher ***out,
                                  uint32_t *count)
{
    const nn_plan *plan = part->plan;
    nn_matcher **sorted =
        nn_arena_alloc(part->run->part_arena, (plan->clause_count + 1u) * sizeof(nn_matcher *));
    if (sorted == NULL) {
        return nn_error_memory(part->run->error);
    }
    *count = 0;
    for (uint32_t i = 0; i < plan->clause_count; i++) {
        if (!(required ? plan->clauses[i]->required : plan->clauses[i]->scoring)) {
            continue;
        }
        uint32_t place = (*count)++;
        for (; place > 0 && sorted[place - 1]->cost > part->matchers[i]->cost; place--) {
            sorted[place] = sorted[place - 1];
        }
        sorted[place] = part->matchers[i];
    }
    *out = sorted;
    return NUNCIO_OK;
}

nuncio_status nn_count_all(nn_part *part, bool required, uint64_t *count)
{
    nn_counter *counter;
    nn_matcher **matchers = NULL;
    uint32_t matcher_count = 0;
    NN_TRY(open_counter(part, &counter));
    NN_TRY(sort_clauses(part, required, &matchers, &matcher_count));
    for (uint32_t first = 0;; first = counter->end) {
        for (uint32_t i = 0; i < matcher_count && first != NN_DOC_END; i++) {
            NN_TRY(nn_matcher_approach(matchers[i], part->run, first));
            first = matchers[i]->doc > first ? matchers[i]->doc : first;
        }
        if (first == NN_DOC_END) {
            return NUNCIO_OK;
        }
        begin_window(counter, first);
        NN_TRY(begin_places(counter, matchers[0]));
        for (uint32_t i = 1; i < matcher_count && counter->place_count > 0; i++) {
            NN_TRY(keep(counter, matchers[i]));
        }
        count_live(counter, count);
    }
}

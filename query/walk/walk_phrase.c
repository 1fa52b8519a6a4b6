/* SPDX-License-Identifier: Apache-2.0 */
/* Searching for a phrase alone: along its rarest word, block by block.
 *
 *   mulcahy  ▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒   lead: the rarest
 *              7   19  20 │ … of a block what stands often enough for a score that is wanted
 *   edward   ▒▒▒▒│▒▒▒▒▒▒▒▒▒▒│▒▒▒▒▒▒▒▒▒                looked up at these, a block at a time, and of
 *              7       20 │ what still may, its places are read at once
 *   mulcahy                                            then the lead's places
 *   w        ▒│▒▒│▒▒│▒│▒▒│▒▒│▒▒│▒▒│▒│▒▒│▒▒            then the other words, of what is left
 *
 * So each block of each word is unpacked once for one of the lead's, for its passages, frequencies
 * and places. A phrase occurs no more often than any of its words; where as many occurrences cannot
 * reach the threshold, a passage falls away before places are read, and a block, by its bounds,
 * before it is unpacked. The few best blocks of the lead are searched before the rest. What is left
 * is scored exactly. */
#include "query/match/starts.h"
#include "query/rank/block_scores.h"
#include "query/walk/block_sample.h"
#include "query/walk/walk.h"

#include <math.h>
#include <string.h>

/* A word of the phrase; it may stand there several times. */
typedef struct nn_phrase_word {
    nn_postings *list;
    uint32_t *places; /* in the phrase */
    uint32_t copies;  /* of them */
} nn_phrase_word;

typedef struct nn_phrase_walk {
    nn_part *part;
    nn_ranking *ranking;
    double weight;
    nn_rough_norms norms;
    nn_phrase_word *words; /* rarest first: the lead */
    uint32_t word_count;
    uint32_t length; /* of the phrase, tokens */
    float *bounds;   /* by block of the lead: no passage of it scores more; below 0: none is left */
    /* Of the lead's block: candidates, and by place how often the phrase can occur there. */
    nn_block_set candidates;
    nn_block_scores scores;
    uint32_t most[NN_POSTINGS_BLOCK];
    bool bounded; /* there is a threshold: `scores` and `most` are worked out, and */
    float cut;    /* a part below it cannot reach the threshold */
    nn_spots spots;
    nn_starts *starts;
} nn_phrase_walk;

/* ---- opening ---- */

bool nn_is_phrase_alone(const nn_part *part, nn_unit unit)
{
    const nn_plan *plan = part->plan;
    return plan->clause_count == 1 && plan->residue[unit] == NULL &&
           nn_matcher_is_lists(part->matchers[0]);
}

static bool is_of(const nn_phrase_word *word, const nn_postings *list)
{
    return word->list->term.list_offset == list->term.list_offset;
}

/* The words in the matcher's order, each once. */
static nuncio_status open_words(nn_phrase_walk *walk, const nn_matcher *matcher)
{
    nn_arena *arena = walk->part->run->part_arena;
    uint32_t count = matcher->slot_count;
    uint32_t *places = nn_arena_alloc(arena, count * sizeof *places);
    walk->words = nn_arena_alloc(arena, count * sizeof *walk->words);
    if (places == NULL || walk->words == NULL) {
        return nn_error_memory(walk->part->run->error);
    }
    walk->length = count;
    walk->word_count = 0;
    for (uint32_t i = 0; i < count;
         i++) { /* words of one list follow each other: they cost the same */
        uint32_t place = matcher->order[i];
        nn_postings *list = &matcher->slots[place].lists[0].postings;
        nn_phrase_word *word = &walk->words[walk->word_count];
        if (i > 0 && is_of(word - 1, list)) {
            word[-1].copies++;
        } else {
            *word = (nn_phrase_word){list, places + i, 1};
            walk->word_count++;
        }
        places[i] = place;
    }
    return NUNCIO_OK;
}

static nuncio_status bound_blocks(nn_phrase_walk *walk)
{
    enum { BOUNDED = 4 }; /* fewer blocks are as soon searched as bounded */
    nn_run *run = walk->part->run;
    nn_postings *lead = walk->words[0].list;
    uint32_t count = lead->block_count;
    walk->bounds = NULL;
    if (count < BOUNDED || walk->ranking->counts) {
        return NUNCIO_OK;
    }
    walk->bounds = nn_arena_alloc(run->part_arena, count * sizeof *walk->bounds);
    if (walk->bounds == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_block_bounds(run, lead, walk->norms, walk->part->lengths, walk->bounds, NULL));
    float weight = (float)(walk->weight * NN_FLOAT_MARGIN);
    for (uint32_t block = 0; block < count; block++) {
        walk->bounds[block] *= weight;
    }
    return NUNCIO_OK;
}

static nuncio_status open_walk(nn_phrase_walk *walk, nn_part *part, nn_ranking *ranking)
{
    nn_run *run = part->run;
    walk->part = part;
    walk->ranking = ranking;
    walk->weight = part->plan->clauses[0]->passage_weight;
    walk->norms = nn_rough_norms_of(&run->passages);
    walk->spots.keys = nn_arena_alloc(run->part_arena, NN_STARTS_ROOM * sizeof *walk->spots.keys);
    if (walk->spots.keys == NULL) {
        return nn_error_memory(run->error);
    }
    NN_TRY(nn_starts_open(run, &walk->starts));
    NN_TRY(open_words(walk, part->matchers[0]));
    return bound_blocks(walk);
}

/* ---- candidates ---- */

/* How often a phrase can occur where a word does so often of which it needs `copies` beside each
 * other. */
static inline uint32_t most_of(uint32_t tf, uint32_t copies)
{
    return tf >= copies ? tf - copies + 1 : 0;
}

/* The lead's block: what stands there often enough. */
static nuncio_status begin_block(nn_phrase_walk *walk)
{
    nn_run *run = walk->part->run;
    nn_postings *lead = walk->words[0].list;
    uint32_t copies = walk->words[0].copies, count = lead->in_block_count;
    walk->bounded = walk->ranking->threshold > 0.0;
    walk->cut = nn_rough_cut(walk->ranking->threshold, 0.0);
    walk->candidates = nn_block_set_of(0, count);
    NN_TRY(nn_postings_unpack_docs(lead, run->error));
    if (!walk->bounded && copies == 1) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_unpack_tfs(lead, run->error));
    memcpy(walk->most, lead->tfs, count * sizeof *walk->most);
    for (uint32_t i = 0; i < count && copies > 1; i++) {
        walk->most[i] = most_of(lead->tfs[i], copies);
    }
    if (walk->bounded) {
        nn_block_score(&walk->scores, lead, 0, count, (float)walk->weight, walk->norms,
                       walk->part->lengths);
        for (uint32_t i = 0; i < count && copies > 1; i++) {
            walk->scores.parts[i] =
                nn_block_part((float)walk->weight, walk->most[i], walk->scores.norms[i]);
        }
        walk->candidates = nn_block_reach(walk->scores.parts, 0, count, walk->cut);
    }
    for (uint32_t i = 0; i < count && copies > 1; i++) {
        uint64_t none = walk->most[i] == 0 ? 1 : 0;
        walk->candidates.words[i / 64] &= ~(none << i % 64);
    }
    return NUNCIO_OK;
}

/* Goes to the word's block at the first of `asked`, and takes those that it reaches out of them.
 * *promising: those of them that may score enough; the block is entered where there are some.
 * *ended: the word has ended, nothing was taken. */
static nuncio_status reach(nn_phrase_walk *walk, nn_postings *list, nn_block_set *asked,
                           nn_block_set *promising, bool *ended)
{
    static const float none[NN_POSTINGS_BLOCK]; /* sums of the words before: there are none */
    nn_run *run = walk->part->run;
    const nn_postings *lead = walk->words[0].list;
    uint32_t from = nn_block_set_first(*asked), last;
    bool by_bounds = walk->bounded && list->block_count > 1;
    nn_bound bounds[NN_BOUNDS_MAX];
    uint32_t bound_count = 0;
    NN_TRY(nn_run_step(run));
    if (by_bounds) {
        NN_TRY(nn_postings_block_bounds(list, lead->docs[from], &last, bounds, &bound_count,
                                        run->error));
    } else {
        NN_TRY(nn_postings_advance(list, lead->docs[from], run->error));
        last = list->block_last_doc;
    }
    *ended = last == NN_DOC_END;
    if (*ended) {
        return NUNCIO_OK;
    }
    uint32_t end = nn_postings_below(lead, last + 1);
    *promising = nn_block_set_within(*asked, from, end);
    *asked = nn_block_set_from(*asked, end);
    if (!by_bounds) {
        return NUNCIO_OK;
    }
    *promising = nn_block_set_both(*promising, nn_block_promising(&walk->scores, none, from, end,
                                                                  (float)walk->weight, bounds,
                                                                  bound_count, walk->cut));
    return nn_block_set_is_empty(*promising) ? NUNCIO_OK
                                             : nn_postings_enter_bounded(list, run->error);
}

/* Reads where the word stands in those of the candidates in `asked` that its current block holds
 * often enough, and adds them to `kept`. */
static nuncio_status meet_block(nn_phrase_walk *walk, const nn_phrase_word *word,
                                nn_block_set asked, nn_block_set *kept)
{
    nn_run *run = walk->part->run;
    nn_postings *list = word->list;
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t at[NN_POSTINGS_BLOCK];
    uint8_t numbers[NN_POSTINGS_BLOCK + NN_SPOTS_STEP], places[NN_POSTINGS_BLOCK + NN_SPOTS_STEP];
    uint32_t count = nn_block_set_list(asked, walk->words[0].list->docs, passages, at);
    count = nn_block_look_up(list, passages, count, numbers, places);
    if (count == 0) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_unpack_tfs(list, run->error));
    uint32_t left = 0;
    for (uint32_t k = 0; k < count; k++) { /* no branch to guess */
        uint32_t i = at[numbers[k]], most = most_of(list->tfs[places[k]], word->copies);
        bool enough = most > 0;
        if (walk->bounded) {
            most = most < walk->most[i] ? most : walk->most[i];
            walk->most[i] = most;
            float part = nn_block_part((float)walk->weight, most, walk->scores.norms[i]);
            enough = enough & (part >= walk->cut);
        }
        numbers[left] = (uint8_t)i;
        places[left] = places[k];
        left += enough ? 1 : 0;
        kept->words[i / 64] |= (uint64_t)enough << i % 64;
    }
    return left == 0
               ? NUNCIO_OK
               : nn_postings_block_spots(list, places, numbers, left, &walk->spots, run->error);
}

/* Keeps the candidates that hold a word often enough, and reads where. *over: it has ended. */
static nuncio_status meet_word(nn_phrase_walk *walk, const nn_phrase_word *word, bool *over)
{
    nn_block_set asked = walk->candidates;
    nn_block_set kept = {{0}};
    walk->spots.key_count = 0;
    while (!nn_block_set_is_empty(asked)) {
        nn_block_set promising;
        bool ended;
        NN_TRY(reach(walk, word->list, &asked, &promising, &ended));
        if (ended) {
            *over = true;
            break;
        }
        NN_TRY(nn_block_set_is_empty(promising) ? NUNCIO_OK
                                                : meet_block(walk, word, promising, &kept));
    }
    walk->candidates = kept;
    return NUNCIO_OK;
}

/* Reads where the lead stands in the candidates. */
static nuncio_status read_lead(nn_phrase_walk *walk)
{
    nn_postings *lead = walk->words[0].list;
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t places[NN_POSTINGS_BLOCK + NN_SPOTS_STEP];
    uint32_t count = nn_block_set_list(walk->candidates, lead->docs, passages, places);
    walk->spots.key_count = 0;
    return count == 0 ? NUNCIO_OK
                      : nn_postings_block_spots(lead, places, places, count, &walk->spots,
                                                walk->part->run->error);
}

/* ---- starts ---- */

/* Keeps the starts that a word whose places were read follows; of the first word all. */
static void keep_starts(nn_phrase_walk *walk, const nn_phrase_word *word, bool first)
{
    const nn_spots *spots = &walk->spots;
    for (uint32_t i = 0; i < word->copies; i++) {
        if (first && i == 0) {
            nn_starts_begin(walk->starts, spots->keys, spots->key_count, word->places[i]);
        } else {
            nn_starts_keep(walk->starts, spots->keys, spots->key_count, word->places[i]);
        }
    }
}

/* Keeps the candidates that have a start. */
static void keep_candidates(nn_phrase_walk *walk)
{
    const nn_starts *starts = walk->starts;
    walk->candidates = (nn_block_set){{0}};
    for (uint32_t k = 0; k < starts->kept_count; k++) {
        nn_block_set_add(&walk->candidates, nn_start_passage(starts->kept[k]));
    }
}

/* The starts of the whole phrase. */
static nuncio_status find_starts(nn_phrase_walk *walk, bool *over)
{
    bool first = walk->word_count == 1;
    if (!first) {
        NN_TRY(meet_word(walk, &walk->words[1], over));
        keep_starts(walk, &walk->words[1], true);
    }
    NN_TRY(read_lead(walk));
    keep_starts(walk, &walk->words[0], first);
    for (uint32_t i = 2; i < walk->word_count && walk->starts->kept_count > 0; i++) {
        keep_candidates(walk);
        NN_TRY(meet_word(walk, &walk->words[i], over));
        keep_starts(walk, &walk->words[i], false);
    }
    return NUNCIO_OK;
}

/* ---- hits ---- */

/* How many of `tf` starts in passage `at` of the block lie in its text or in its title. */
static nuncio_status drop_crossing(const nn_phrase_walk *walk, uint32_t passage, uint32_t at,
                                   uint32_t *tf)
{
    const nn_part *part = walk->part;
    const nn_starts *starts = walk->starts;
    uint32_t text;
    NN_TRY(nn_segment_text_length(part->segment, passage, &text, part->run->error));
    for (uint32_t k = 0; k < starts->kept_count && text < part->lengths[passage]; k++) {
        uint16_t start = starts->kept[k];
        bool crosses = nn_start_crosses(start, walk->length, text);
        *tf -= nn_start_passage(start) == at && crosses ? 1 : 0;
    }
    return NUNCIO_OK;
}

static nuncio_status score(nn_phrase_walk *walk, uint32_t at, uint32_t tf)
{
    nn_part *part = walk->part;
    nn_ranking *ranking = walk->ranking;
    uint32_t passage = walk->words[0].list->docs[at];
    double norm = part->run->passages.norms[part->lengths[passage]];
    if (nn_bm25_contribution(walk->weight, tf, norm) < ranking->threshold) {
        ranking->total_exact = false; /* it has risen since the block was begun */
        return NUNCIO_OK;
    }
    NN_TRY(drop_crossing(walk, passage, at, &tf));
    double sum = tf > 0 ? nn_bm25_contribution(walk->weight, tf, norm) : 0.0;
    if (tf == 0 || nn_part_deleted(part, passage)) {
        return NUNCIO_OK;
    }
    if (sum < ranking->threshold) {
        ranking->total_exact = false;
        return NUNCIO_OK;
    }
    ranking->total++;
    return nn_ranking_offer(ranking, part->number, passage, sum);
}

static nuncio_status score_all(nn_phrase_walk *walk)
{
    const nn_starts *starts = walk->starts;
    uint8_t tfs[NN_POSTINGS_BLOCK] = {0};
    keep_candidates(walk);
    for (uint32_t k = 0; k < starts->kept_count; k++) {
        tfs[nn_start_passage(starts->kept[k])]++;
    }
    while (!nn_block_set_is_empty(walk->candidates)) {
        uint32_t at = nn_block_set_take(&walk->candidates);
        NN_TRY(score(walk, at, tfs[at]));
    }
    return NUNCIO_OK;
}

/* ---- blocks of the lead ---- */

/* The block that the lead stands in. */
static nuncio_status search_block(nn_phrase_walk *walk, bool *over)
{
    nn_ranking *ranking = walk->ranking;
    NN_TRY(nn_run_step(walk->part->run));
    ranking->total_exact = ranking->total_exact && ranking->threshold < 0.0;
    NN_TRY(begin_block(walk));
    if (nn_block_set_is_empty(walk->candidates)) {
        return NUNCIO_OK;
    }
    NN_TRY(find_starts(walk, over));
    return walk->starts->kept_count > 0 ? score_all(walk) : NUNCIO_OK;
}

static nuncio_status search_lead_block(void *context, uint32_t block, bool *over)
{
    nn_phrase_walk *walk = context;
    nn_run *run = walk->part->run;
    float bound = walk->bounds != NULL ? walk->bounds[block] : HUGE_VALF;
    if (bound < 0.0F) {
        return NUNCIO_OK;
    }
    if ((double)bound * NN_FLOAT_MARGIN < walk->ranking->threshold) {
        walk->ranking->total_exact = false;
        run->trail.jumps++;
        return NUNCIO_OK;
    }
    NN_TRY(nn_postings_enter_block(walk->words[0].list, block, run->error));
    return search_block(walk, over);
}

/* The best blocks; the other words then begin anew. */
static nuncio_status search_best(nn_phrase_walk *walk)
{
    nn_run *run = walk->part->run;
    bool sampled = false;
    if (walk->bounds != NULL) {
        NN_TRY(nn_block_sample_search(run, walk->ranking, walk->bounds,
                                      walk->words[0].list->block_count, search_lead_block, walk,
                                      &sampled));
    }
    for (uint32_t i = 1; i < walk->word_count && sampled; i++) {
        NN_TRY(nn_postings_rewind(walk->words[i].list, run->error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_walk_phrase(nn_part *part, nn_ranking *ranking)
{
    nn_phrase_walk *walk = nn_arena_alloc(part->run->part_arena, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(part->run->error);
    }
    bool over = false;
    part->run->trail.phrases++;
    NN_TRY(open_walk(walk, part, ranking));
    NN_TRY(search_best(walk));
    for (uint32_t block = 0; block < walk->words[0].list->block_count && !over; block++) {
        NN_TRY(search_lead_block(walk, block, &over));
    }
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/resolve.h"

#include "core/bits.h"
#include "core/str.h"
#include "query/plan/count.h"
#include "query/plan/expand.h"

/* Adds a term to a slot's alternatives, of which there is one a language at most. */
static nuncio_status add_term(nn_run *run, nn_slot *slot, nuncio_str term)
{
    for (uint32_t i = 0; i < slot->term_count; i++) {
        if (nn_str_equal(slot->terms[i], term)) {
            return NUNCIO_OK;
        }
    }
    slot->terms[slot->term_count] = nn_arena_str(run->arena, term);
    if (slot->terms[slot->term_count].data == NULL) {
        return nn_error_memory(run->error);
    }
    slot->term_count++;
    return NUNCIO_OK;
}

/* Analyses the words of a leaf in each language of the index. */
static nuncio_status find_terms(nn_run *run, nn_resolved *resolved)
{
    nn_token_list *tokens = run->tokens;
    for (uint64_t left = run->snapshot->languages; left != 0; left &= left - 1) {
        tokens->count = 0;
        NN_TRY(nn_analyzer_tokenize(run->analyzer, (nn_language)nn_ctz64(left),
                                    resolved->leaf->text, tokens, run->error));
        for (size_t i = 0; i < tokens->count && i < resolved->slot_count; i++) {
            nuncio_str term = nn_analyzer_term(run->analyzer, tokens->items[i].surface);
            NN_TRY(add_term(run, &resolved->slots[i], term));
        }
    }
    return NUNCIO_OK;
}

/* The lists of a slot's terms in one segment. */
static nuncio_status look_up(nn_run *run, size_t part, const nn_slot *slot, nn_slot_part *out)
{
    out->lists = nn_arena_array(run->arena, slot->term_count, sizeof *out->lists);
    if (out->lists == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t i = 0; i < slot->term_count; i++) {
        bool found;
        nn_slot_list *list = &out->lists[out->count];
        NN_TRY(nn_segment_find_term(run->snapshot->parts[part].segment, slot->terms[i], &found,
                                    &list->info, run->error));
        out->count += found ? 1 : 0;
    }
    return NUNCIO_OK;
}

static nuncio_status weigh_among_quotes(nn_run *run, nn_slot *slot)
{
    for (size_t part = 0; part < run->snapshot->part_count; part++) {
        NN_TRY(nn_count_quotes(run, part, &slot->parts[part], &slot->quotes));
        if (slot->quotes > run->quotes.count) {
            return nn_run_corrupt(run, part, "a term in more quotes than there are");
        }
    }
    slot->quote_idf = nn_bm25_idf(&run->quotes, slot->quotes);
    return NUNCIO_OK;
}

/* Sets the idfs of a slot from its live counts over all segments. */
static nuncio_status weigh_slot(nn_run *run, nn_weighing weighing, nn_slot *slot)
{
    uint64_t passages = 0;
    uint64_t articles = 0;
    if (weighing != NN_WEIGH_PASSAGES) {
        return weighing == NN_WEIGH_QUOTES ? weigh_among_quotes(run, slot) : NUNCIO_OK;
    }
    for (size_t part = 0; part < run->snapshot->part_count; part++) {
        NN_TRY(nn_count_live(run, part, &slot->parts[part], &passages, &articles));
        if (passages > run->passages.count || (run->by_article && articles > run->articles.count)) {
            return nn_run_corrupt(run, part, "a term in more passages than there are");
        }
    }
    slot->passages = passages;
    slot->idf = nn_bm25_idf(&run->passages, passages);
    if (run->by_article) {
        slot->article_idf = nn_bm25_idf(&run->articles, articles);
    }
    return NUNCIO_OK;
}

/* The sum over the words, from first to last. */
static void weigh_leaf(nn_resolved *resolved)
{
    resolved->idf = resolved->slots[0].idf;
    resolved->article_idf = resolved->slots[0].article_idf;
    resolved->quote_idf = resolved->slots[0].quote_idf;
    for (uint32_t i = 1; i < resolved->slot_count; i++) {
        resolved->idf += resolved->slots[i].idf;
        resolved->article_idf += resolved->slots[i].article_idf;
        resolved->quote_idf += resolved->slots[i].quote_idf;
    }
}

static nuncio_status new_slots(nn_run *run, nn_resolved *resolved)
{
    resolved->slot_count = resolved->leaf->word_count;
    resolved->slots = nn_arena_array(run->arena, resolved->slot_count, sizeof *resolved->slots);
    if (resolved->slots == NULL) {
        return nn_error_memory(run->error);
    }
    uint32_t languages = nn_popcount64(run->snapshot->languages);
    for (uint32_t i = 0; i < resolved->slot_count; i++) {
        nn_slot *slot = &resolved->slots[i];
        slot->parts =
            nn_arena_array(run->arena, run->snapshot->part_count + 1, sizeof *slot->parts);
        slot->terms = nn_arena_alloc(run->arena, languages * sizeof *slot->terms);
        if (slot->parts == NULL || slot->terms == NULL) {
            return nn_error_memory(run->error);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status resolve_words(nn_run *run, nn_weighing weighing, nn_resolved *resolved)
{
    const nn_leaf *leaf = resolved->leaf;
    NN_TRY(find_terms(run, resolved));
    for (uint32_t i = 0; i < resolved->slot_count; i++) {
        nn_slot *slot = &resolved->slots[i];
        for (size_t part = 0; part < run->snapshot->part_count; part++) {
            NN_TRY(look_up(run, part, slot, &slot->parts[part]));
        }
        NN_TRY(weigh_slot(run, weighing, slot));
        if (leaf->kind == NN_LEAF_EXACT) { /* after the idf, which is that of the whole word */
            for (size_t part = 0; part < run->snapshot->part_count; part++) {
                NN_TRY(nn_expand_exact(run, part, &slot->parts[part], leaf->words[i]));
            }
        }
    }
    return NUNCIO_OK;
}

/* A prefix or fuzzy word: one slot with whatever the dictionary holds for it. */
static nuncio_status resolve_expansion(nn_run *run, nn_weighing weighing, nn_resolved *resolved)
{
    nn_slot *slot = &resolved->slots[0];
    nn_expansion_kind how =
        resolved->leaf->kind == NN_LEAF_PREFIX ? NN_EXPAND_PREFIX : NN_EXPAND_FUZZY;
    nn_expansion expansion;
    nuncio_status status =
        nn_expansion_init(&expansion, run, how, resolved->leaf->text, resolved->leaf->distance);
    for (size_t part = 0; part < run->snapshot->part_count && status == NUNCIO_OK; part++) {
        status = nn_expansion_find(&expansion, run, part, &slot->parts[part]);
    }
    nn_expansion_deinit(&expansion);
    NN_TRY(status);
    return weigh_slot(run, weighing, slot);
}

static nuncio_status resolve_near(nn_run *run, nn_weighing weighing, nn_resolved *resolved)
{
    nn_resolved *left;
    nn_resolved *right;
    NN_TRY(nn_resolve_leaf(run, resolved->leaf->left, weighing, &left));
    NN_TRY(nn_resolve_leaf(run, resolved->leaf->right, weighing, &right));
    resolved->left = left;
    resolved->right = right;
    resolved->idf = left->idf + right->idf;
    resolved->article_idf = left->article_idf + right->article_idf;
    resolved->quote_idf = left->quote_idf + right->quote_idf;
    return NUNCIO_OK;
}

nuncio_status nn_resolve_leaf(nn_run *run, const nn_leaf *leaf, nn_weighing weighing,
                              nn_resolved **out)
{
    *out = NULL;
    nn_resolved *resolved = nn_arena_array(run->arena, 1, sizeof *resolved);
    if (resolved == NULL) {
        return nn_error_memory(run->error);
    }
    resolved->leaf = leaf;
    if (leaf->kind == NN_LEAF_NEAR) {
        NN_TRY(resolve_near(run, weighing, resolved));
        *out = resolved;
        return NUNCIO_OK;
    }
    NN_TRY(new_slots(run, resolved));
    if (leaf->kind == NN_LEAF_PREFIX || leaf->kind == NN_LEAF_FUZZY) {
        NN_TRY(resolve_expansion(run, weighing, resolved));
    } else {
        NN_TRY(resolve_words(run, weighing, resolved));
    }
    weigh_leaf(resolved);
    *out = resolved;
    return NUNCIO_OK;
}

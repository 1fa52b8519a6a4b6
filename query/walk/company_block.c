/* SPDX-License-Identifier: Apache-2.0 */
#include "query/walk/company.h"
#include "segment/terms/block_lookup.h"

#include <string.h>

/* ---- hits ---- */

/* Lists of their own for what is asked about articles. */
static nuncio_status open_articles(nn_company *company)
{
    nn_part *part = company->part;
    for (uint32_t i = 0; i < company->rare.count; i++) {
        nn_matcher *matcher;
        const nn_clause *clause = part->plan->clauses[company->rare.words[i].place];
        NN_TRY(nn_matcher_open(part->run, part->number, clause->resolved, &matcher));
        company->around[i].article = &matcher->slots[0].lists[0].postings;
    }
    return NUNCIO_OK;
}

/* Whether the article of a passage, candidate `at`, holds the words that are not known to be near.
 */
static nuncio_status ask_article(nn_company *company, uint32_t passage, uint32_t at, bool *holds)
{
    nn_part *part = company->part;
    nn_range *article = &company->article;
    if (passage >= article->first && passage < article->end) {
        *holds = company->holds_all;
        return NUNCIO_OK;
    }
    nn_segment_article_span(part->segment, passage, &article->first, &article->end);
    *holds = !nn_part_deleted(part, passage);
    for (uint32_t i = 0; i < company->rare.count && *holds; i++) {
        nn_around *around = &company->around[i];
        if (!nn_block_set_has(around->near, at)) {
            NN_TRY(nn_run_step(part->run));
            NN_TRY(around->article == NULL ? open_articles(company) : NUNCIO_OK);
            NN_TRY(nn_postings_advance(around->article, article->first, part->run->error));
            *holds = around->article->doc < article->end;
        }
    }
    company->holds_all = *holds;
    return NUNCIO_OK;
}

/* Whether a rarer word than the lead stands in the passage, so that its pass has seen it. */
static nuncio_status is_seen(const nn_company *company, uint32_t passage, bool *seen)
{
    *seen = false;
    for (uint32_t i = 0; i < company->lead && !*seen; i++) {
        nn_postings *list = company->rare.words[i].list;
        NN_TRY(nn_postings_advance(list, passage, company->part->run->error));
        *seen = list->doc == passage;
    }
    return NUNCIO_OK;
}

/* A candidate of the lead's block `block`, whose place there is `at`. */
static nuncio_status score(nn_company *company, uint32_t block, uint32_t at)
{
    nn_part *part = company->part;
    uint32_t passage = company->rare.words[company->lead].list->docs[at];
    double norm = part->run->passages.norms[part->lengths[passage]];
    double sum = nn_rare_words_sum(&company->rare, at, norm);
    bool holds = false;
    if (sum < company->ranking->threshold) {
        company->ranking->total_exact = false;
        return NUNCIO_OK;
    }
    NN_TRY(ask_article(company, passage, at, &holds));
    bool seen = !holds;
    NN_TRY(holds ? is_seen(company, passage, &seen) : NUNCIO_OK);
    if (seen) {
        return NUNCIO_OK;
    }
    if (company->lead == 0) {
        nn_block_set_add(&company->accepted[block], at);
    }
    company->ranking->total++;
    return nn_ranking_offer(company->ranking, part->number, passage, sum);
}

/* ---- candidates ---- */

/* Candidates that the word is not in, but that may score enough without: whether their articles
 * hold it, as far as its current block says. Drops those whose articles do not. */
static void look_around(nn_company *company, uint32_t number, nn_block_set lacking)
{
    const nn_rare_word *word = &company->rare.words[number];
    const nn_postings *list = word->list;
    const nn_postings *lead = company->rare.words[company->lead].list;
    float cut = nn_rough_cut(company->ranking->threshold, word->rest);
    nn_range article = {0, 0};
    nn_block_set none = {{0}};
    nn_block_set enough = nn_block_reach(company->scores.parts, 0, lead->in_block_count, cut);
    lacking = nn_block_set_both(lacking, enough);
    while (!nn_block_set_is_empty(lacking)) {
        uint32_t at = nn_block_set_take(&lacking);
        if (lead->docs[at] >= article.end) {
            nn_segment_article_span(company->part->segment, lead->docs[at], &article.first,
                                    &article.end);
        }
        if (nn_block_holds(list, article.first, article.end)) {
            nn_block_set_add(&company->around[number].near, at);
        } else if (article.first >= list->block_base && article.end - 1 <= list->block_last_doc) {
            nn_block_set_add(&none, at);
        }
    }
    company->candidates = nn_block_set_without(company->candidates, none);
}

/* Adds what the word's current block has of the candidates in `asked`. */
static nuncio_status meet_block(nn_company *company, uint32_t number, nn_block_set asked)
{
    nn_rare_word *word = &company->rare.words[number];
    nn_block_set *near = &company->around[number].near;
    const uint32_t *docs = company->rare.words[company->lead].list->docs;
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t at[NN_POSTINGS_BLOCK];
    uint8_t numbers[NN_POSTINGS_BLOCK + 1];
    uint8_t places[NN_POSTINGS_BLOCK + 1];
    uint32_t count = nn_block_set_list(asked, docs, passages, at);
    count = nn_block_look_up(word->list, passages, count, numbers, places);
    NN_TRY(count > 0 ? nn_postings_unpack_tfs(word->list, company->part->run->error) : NUNCIO_OK);
    float weight = (float)word->weight;
    for (uint32_t k = 0; k < count; k++) {
        uint32_t i = at[numbers[k]];
        word->tfs[i] = word->list->tfs[places[k]];
        company->scores.parts[i] += nn_block_part(weight, word->tfs[i], company->scores.norms[i]);
        nn_block_set_add(near, i);
    }
    look_around(company, number, nn_block_set_without(asked, *near));
    return NUNCIO_OK;
}

/* Adds what a word has of the candidates that it can lift to the threshold, and drops those that
 * can no longer reach it. */
static nuncio_status meet_word(nn_company *company, uint32_t number)
{
    nn_rare_word *word = &company->rare.words[number];
    const nn_postings *lead = company->rare.words[company->lead].list;
    float cut = nn_rough_cut(company->ranking->threshold, word->rest);
    nn_block_set asked = company->candidates;
    while (!nn_block_set_is_empty(asked)) {
        nn_block_set promising;
        bool ended;
        NN_TRY(nn_rare_word_reach(word, company->part->run, lead, &company->scores, cut, &asked,
                                  &promising, &ended));
        if (ended) {
            break;
        }
        NN_TRY(nn_block_set_is_empty(promising) ? NUNCIO_OK
                                                : meet_block(company, number, promising));
    }
    nn_block_set enough = nn_block_reach(company->scores.parts, 0, lead->in_block_count, cut);
    company->candidates = nn_block_set_both(company->candidates, enough);
    return NUNCIO_OK;
}

/* Of the other words nothing is known yet, but what spans say of their articles. */
static void clear_words(nn_company *company)
{
    for (uint32_t i = 0; i < company->rare.count; i++) {
        bool near =
            i == company->lead || company->spans_hold_all || (company->spans != NULL && i == 0);
        company->around[i].near = nn_block_set_of(0, near ? NN_POSTINGS_BLOCK : 0);
        memset(company->rare.words[i].tfs, 0, sizeof company->rare.words[i].tfs);
    }
}

nuncio_status nn_company_search_block(nn_company *company, nn_block_set postings)
{
    nn_rare_word *lead = &company->rare.words[company->lead];
    clear_words(company);
    if (company->ranking->threshold >= 0.0) {
        company->ranking->total_exact = false;
    }
    NN_TRY(nn_block_score_all(&company->scores, company->part->run, lead->list, (float)lead->weight,
                              company->rare.norms, company->part->lengths));
    nn_block_set enough = nn_block_reach(company->scores.parts, 0, lead->list->in_block_count,
                                         nn_rough_cut(company->ranking->threshold, lead->rest));
    company->candidates = nn_block_set_both(postings, enough);
    for (uint32_t i = company->lead + 1;
         i < company->rare.count && !nn_block_set_is_empty(company->candidates); i++) {
        NN_TRY(meet_word(company, i));
    }
    uint32_t passages[NN_POSTINGS_BLOCK];
    uint8_t at[NN_POSTINGS_BLOCK];
    uint32_t count = nn_block_set_list(company->candidates, lead->list->docs, passages, at);
    for (uint32_t i = 0; i < count; i++) {
        lead->tfs[at[i]] = lead->list->tfs[at[i]];
        NN_TRY(score(company, lead->list->block, at[i]));
    }
    return NUNCIO_OK;
}

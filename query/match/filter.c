/* SPDX-License-Identifier: Apache-2.0 */
#include "query/match/filter.h"

#include "core/bits.h"
#include "core/str.h"
#include "query/language/words.h"

/* ---- source: ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* False where a source cannot be the filter's by its first letter, if that is one of ASCII's: then
 * it begins the first word, and folding but makes it small. */
static bool may_be(const nn_filter *filter, nuncio_str source)
{
    if (source.size == 0 || filter->word_count == 0 || filter->words[0].size == 0) {
        return true;
    }
    char first = lower(source.data[0]);
    char wanted = filter->words[0].data[0];
    bool letters = first >= 'a' && first <= 'z' && wanted >= 'a' && wanted <= 'z';
    return !letters || first == wanted;
}

/* Compares each source of the segment once; false in *any where none is the filter's. */
static nuncio_status want_sources(nn_part *part, const nn_filter *filter, nn_column_wanted *wanted,
                                  bool *any)
{
    nn_run *run = part->run;
    uint32_t count = nn_segment_info_of(part->segment)->source_count;
    uint64_t *set = nn_arena_array(run->part_arena, count / 64 + 1u, sizeof *set);
    if (set == NULL) {
        return nn_error_memory(run->error);
    }
    *wanted = (nn_column_wanted){.low = UINT32_MAX};
    for (uint32_t number = 1; number <= count; number++) {
        nuncio_str source;
        nn_words words;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_segment_source(part->segment, number, &source, run->error));
        if (!may_be(filter, source)) {
            continue;
        }
        NN_TRY(nn_query_words_read(run->normaliser, run->part_arena, source, &words, run->error));
        if (words.count != filter->word_count) {
            continue;
        }
        const nuncio_str *folded;
        NN_TRY(nn_query_words_fold(run->normaliser, run->part_arena, &words, &folded, run->error));
        bool same = true;
        for (uint32_t i = 0; i < words.count && same; i++) {
            same = nn_str_equal(folded[i], filter->words[i]);
        }
        if (same) {
            set[number / 64] |= (uint64_t)1 << (number % 64);
            wanted->low = number < wanted->low ? number : wanted->low;
            wanted->high = number;
        }
    }
    *any = wanted->high > 0;
    wanted->set = wanted->low < wanted->high ? set : NULL;
    wanted->also[0] = wanted->low;
    wanted->also[1] = wanted->low;
    return NUNCIO_OK;
}

/* ---- lang: ---- */

/* `text` without regard to ASCII case, up to the first "-" of it where `region` is to be ignored.
 */
static bool same_code(nuncio_str text, nuncio_str code, bool ignore_region)
{
    if (ignore_region) {
        size_t size = 0;
        while (size < text.size && text.data[size] != '-') {
            size++;
        }
        text.size = size;
    }
    if (text.size != code.size) {
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if (lower(text.data[i]) != code.data[i]) {
            return false;
        }
    }
    return true;
}

static bool code_has_region(nuncio_str code)
{
    for (size_t i = 0; i < code.size; i++) {
        if (code.data[i] == '-') {
            return true;
        }
    }
    return false;
}

/* An article whose given code is the filter's, or whose detected language it names, has that
 * language's number. Codes of languages that nuncio does not know say nothing about it. */
static nn_column_wanted want_language(const nn_filter *filter)
{
    nn_language language;
    nn_column_wanted wanted = {.high = UINT32_MAX};
    if (nn_language_from_code(filter->text, &language)) {
        wanted.low = language;
        wanted.high = language;
    }
    wanted.also[0] = wanted.low;
    wanted.also[1] = wanted.low;
    return wanted;
}

/* As given (a code without region stands for any region), or, where none was given, as detected. */
static nuncio_status test_lang(nn_part *part, nn_filter_walk *walk, uint32_t article, bool *holds)
{
    nn_article_row row;
    NN_TRY(nn_segment_article_shown(part->segment, article, &row, part->run->error));
    nuncio_str code = walk->filter->text;
    *holds = row.lang.data == NULL ? nn_str_equal(nn_str_of(nn_language_code(row.language)), code)
                                   : same_code(row.lang, code, !code_has_region(code));
    return NUNCIO_OK;
}

/* ---- date: ---- */

/* Numbers of dates ascend, but a month's is below those of its days: whoever wants a day from
 * within a month wants the month as well, and its year. */
static nn_column_wanted want_dates(const nn_filter *filter)
{
    nuncio_date from = filter->from;
    nuncio_date to = filter->to;
    nn_column_wanted wanted = {.low = 1, .high = UINT32_MAX};
    if (from.precision != NUNCIO_DATE_NONE) {
        wanted.low = (uint32_t)nn_column_date(from);
    }
    wanted.also[0] = wanted.low;
    wanted.also[1] = wanted.low;
    for (uint8_t coarse = NUNCIO_DATE_YEAR; coarse < from.precision; coarse++) {
        nuncio_date around = {.year = from.year, .precision = coarse};
        around.month = coarse >= NUNCIO_DATE_MONTH ? from.month : 0;
        wanted.also[coarse - NUNCIO_DATE_YEAR] = (uint32_t)nn_column_date(around);
    }
    if (to.precision != NUNCIO_DATE_NONE) { /* up to the last number that a day of it can have */
        to.month = to.precision >= NUNCIO_DATE_MONTH ? to.month : 15;
        to.day = to.precision >= NUNCIO_DATE_DAY ? to.day : 31;
        to.precision = NUNCIO_DATE_DAY;
        wanted.high = (uint32_t)nn_column_date(to);
    }
    return wanted;
}

/* ---- all ---- */

/* Sets the bits of the articles that match, or of LANG may, and counts them. */
static nuncio_status match_all(nn_part *part, nn_filter_walk *walk, nn_column column,
                               const nn_column_wanted *wanted, uint32_t *count)
{
    nn_run *run = part->run;
    *count = 0;
    for (uint32_t block = 0; block < nn_segment_column_blocks(part->segment); block++) {
        uint64_t *bits = walk->matches + (size_t)block * (NN_COLUMN_BLOCK / 64);
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_segment_column_match(part->segment, column, block, wanted, bits, run->error));
        if ((bits[0] | bits[1]) != 0) {
            *count += nn_popcount64(bits[0]) + nn_popcount64(bits[1]);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status open_column(nn_part *part, nn_filter_walk *walk, nn_column *column,
                                 uint32_t *count)
{
    const nn_filter *filter = walk->filter;
    nn_column_wanted wanted;
    bool any = true;
    if (filter->kind == NN_FILTER_SOURCE) {
        *column = NN_COLUMN_SOURCE;
        NN_TRY(want_sources(part, filter, &wanted, &any));
    } else if (filter->kind == NN_FILTER_LANG) {
        *column = NN_COLUMN_LANGUAGE;
        wanted = want_language(filter);
    } else {
        *column = NN_COLUMN_DATE;
        wanted = want_dates(filter);
    }
    *count = 0;
    return any ? match_all(part, walk, *column, &wanted, count) : NUNCIO_OK;
}

nuncio_status nn_filter_open(nn_part *part, nn_condition *condition)
{
    enum {
        NARROW = 4
    }; /* passing over three of four articles is worth reading records of the rest */
    nn_run *run = part->run;
    if (condition->named == NULL && condition->opening == run->openings) {
        return NUNCIO_OK;
    }
    condition->opening = run->openings;
    nn_filter_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->filter = condition->filter;
    walk->article = UINT32_MAX;
    condition->walk = walk;
    if (condition->named != NULL) {
        NN_TRY(nn_names_open(part, walk->filter, condition->named, &walk->names));
        condition->cost = walk->names->named->article_count;
        return NUNCIO_OK;
    }
    uint32_t words = nn_segment_column_blocks(part->segment) * (NN_COLUMN_BLOCK / 64);
    walk->matches = nn_arena_array(run->part_arena, words + 1u, sizeof *walk->matches);
    if (walk->matches == NULL) {
        return nn_error_memory(run->error);
    }
    nn_column column;
    uint32_t count;
    NN_TRY(open_column(part, walk, &column, &count));
    condition->cost =
        part->article_count == 0 ? 0 : (uint64_t)part->passage_count * count / part->article_count;
    condition->asked = column == NN_COLUMN_LANGUAGE && count > part->article_count / NARROW;
    return NUNCIO_OK;
}

/* Whether an article matches: of a language its record is asked. */
static nuncio_status test_article(nn_part *part, nn_filter_walk *walk, uint32_t article,
                                  bool *holds)
{
    *holds = (walk->matches[article / 64] >> (article % 64) & 1) != 0;
    if (!*holds || walk->filter->kind != NN_FILTER_LANG) {
        return NUNCIO_OK;
    }
    if (article != walk->article) {
        NN_TRY(test_lang(part, walk, article, &walk->holds));
        walk->article = article;
    }
    *holds = walk->holds;
    return NUNCIO_OK;
}

nuncio_status nn_filter_test(nn_part *part, nn_filter_walk *walk, nn_unit unit, uint32_t target,
                             bool *holds)
{
    if (walk->names != NULL) {
        uint32_t found;
        NN_TRY(nn_names_next(part, walk->names, unit, target, &found));
        *holds = found == target;
        return NUNCIO_OK;
    }
    return test_article(part, walk, nn_part_article(part, unit, target), holds);
}

/* The first article ≥ `article` that matches, of a language: that may match; or article_count. */
static uint32_t next_bit(const nn_part *part, const nn_filter_walk *walk, uint32_t article)
{
    while (article < part->article_count) {
        uint64_t left = walk->matches[article / 64] >> (article % 64);
        if (left != 0) {
            return article + nn_ctz64(left);
        }
        article += 64 - article % 64;
    }
    return part->article_count;
}

/* The first article ≥ `article` that matches, or article_count. */
static nuncio_status next_article(nn_part *part, nn_filter_walk *walk, uint32_t article,
                                  uint32_t *found)
{
    for (bool holds = false; !holds; article = *found + 1) {
        *found = next_bit(part, walk, article);
        if (*found == part->article_count) {
            return NUNCIO_OK;
        }
        NN_TRY(nn_run_step(part->run));
        NN_TRY(test_article(part, walk, *found, &holds));
    }
    return NUNCIO_OK;
}

nuncio_status nn_filter_next(nn_part *part, nn_filter_walk *walk, nn_unit unit, uint32_t target,
                             uint32_t *found)
{
    if (walk->names != NULL) {
        return nn_names_next(part, walk->names, unit, target, found);
    }
    if (target >= nn_part_units(part, unit)) {
        *found = NN_DOC_END;
        return NUNCIO_OK;
    }
    uint32_t from = nn_part_article(part, unit, target);
    uint32_t article;
    NN_TRY(next_article(part, walk, from, &article));
    if (article == part->article_count) {
        *found = NN_DOC_END;
    } else if (unit == NN_UNIT_ARTICLE) {
        *found = article;
    } else {
        *found = article == from ? target : nn_segment_first_passage(part->segment, article);
    }
    return NUNCIO_OK;
}

bool nn_filter_columns_only(const nn_condition *condition)
{
    bool only = condition->kind == NN_CONDITION_FILTER ? condition->named == NULL
                                                       : condition->child_count > 0;
    for (uint32_t i = 0; i < condition->child_count && only; i++) {
        only = nn_filter_columns_only(condition->children[i]);
    }
    return only;
}

const nn_condition *nn_filter_narrowest(const nn_condition *condition)
{
    if (condition == NULL) {
        return NULL;
    }
    if (condition->kind == NN_CONDITION_FILTER) {
        return condition->named == NULL ? condition : NULL;
    }
    const nn_condition *best = NULL;
    for (uint32_t i = 0; condition->kind == NN_CONDITION_AND && i < condition->child_count; i++) {
        const nn_condition *child = nn_filter_narrowest(condition->children[i]);
        best = child != NULL && (best == NULL || child->cost < best->cost) ? child : best;
    }
    return best;
}

/* The first article from that of a passage on that matches, and its first passage from there on;
 * article_count and NN_DOC_END: none. */
static uint32_t match_from(const nn_part *part, const nn_filter_walk *walk, uint32_t passage,
                           uint32_t *first)
{
    uint32_t article = nn_segment_article_of(part->segment, passage);
    uint32_t found = next_bit(part, walk, article);
    *first = NN_DOC_END;
    if (found < part->article_count) {
        *first = found == article ? passage : nn_segment_first_passage(part->segment, found);
    }
    return found;
}

void nn_filter_run(const nn_part *part, const nn_filter_walk *walk, uint32_t passage,
                   uint32_t *first, uint32_t *end)
{
    uint32_t found = match_from(part, walk, passage, first);
    *end = NN_DOC_END;
    if (found == part->article_count) {
        return;
    }
    do {
        found++;
    } while (found < part->article_count && (walk->matches[found / 64] >> (found % 64) & 1) != 0);
    *end = nn_segment_first_passage(part->segment, found);
}

void nn_filter_stretch(const nn_part *part, const nn_filter_walk *walk, uint32_t passage,
                       uint32_t limit, uint32_t *first, uint32_t *end)
{
    uint32_t found = match_from(part, walk, passage, first);
    *end = NN_DOC_END;
    if (found == part->article_count) {
        return;
    }
    do { /* 64 articles after the other, as long as one of them matches */
        found += 64 - found % 64;
        *end = found < part->article_count ? nn_segment_first_passage(part->segment, found)
                                           : part->passage_count;
    } while (*end < limit && walk->matches[found / 64] != 0);
}

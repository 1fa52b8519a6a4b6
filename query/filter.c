/* SPDX-License-Identifier: Apache-2.0 */
#include "query/filter.h"

#include "core/bits.h"
#include "core/str.h"
#include "query/words.h"

uint32_t nn_date_number(nuncio_date date, bool last)
{
    uint32_t month = date.precision >= NUNCIO_DATE_MONTH ? date.month : (last ? 12u : 1u);
    uint32_t day = date.precision >= NUNCIO_DATE_DAY ? date.day : (last ? 31u : 1u);
    return ((uint32_t)(uint16_t)date.year * 16 + month) * 32 + day;
}

bool nn_date_overlaps(nuncio_date date, nuncio_date from, nuncio_date to)
{
    if (date.precision == NUNCIO_DATE_NONE) {
        return false;
    }
    bool early = from.precision != NUNCIO_DATE_NONE &&
                 nn_date_number(date, true) < nn_date_number(from, false);
    bool late =
        to.precision != NUNCIO_DATE_NONE && nn_date_number(date, false) > nn_date_number(to, true);
    return !early && !late;
}

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

/* Compares each source of the segment once. */
static nuncio_status open_sources(nn_part *part, nn_filter_walk *walk)
{
    nn_run *run = part->run;
    const nn_filter *filter = walk->filter;
    uint32_t count = nn_segment_info_of(part->segment)->source_count;
    walk->column = NN_COLUMN_SOURCE;
    walk->low = UINT64_MAX;
    walk->high = 0;
    walk->sources = nn_arena_array(run->part_arena, count / 64 + 1u, sizeof *walk->sources);
    if (walk->sources == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t number = 1; number <= count; number++) {
        nuncio_str source;
        nn_words words;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_segment_source(part->segment, number, &source, run->error));
        if (!may_be(filter, source)) {
            continue;
        }
        NN_TRY(nn_query_words_read(run->analyzer, run->tokens, run->part_arena, source, &words,
                                   run->error));
        bool same = words.count == filter->word_count;
        for (uint32_t i = 0; i < words.count && same; i++) {
            same = nn_str_equal(words.folded[i], filter->words[i]);
        }
        if (same) {
            walk->sources[number / 64] |= (uint64_t)1 << (number % 64);
            walk->low = number < walk->low ? number : walk->low;
            walk->high = number;
        }
    }
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
static void open_lang(nn_filter_walk *walk)
{
    nn_language language;
    walk->column = NN_COLUMN_LANGUAGE;
    if (nn_language_from_code(walk->filter->text, &language)) {
        walk->low = language;
        walk->high = language;
    }
}

/* As given (a code without region stands for any region), or, where none was given, as detected. */
static nuncio_status test_lang(nn_part *part, nn_filter_walk *walk, uint32_t article, bool *holds)
{
    nn_article_row row;
    NN_TRY(nn_segment_article(part->segment, article, &row, part->run->error));
    nuncio_str code = walk->filter->text;
    *holds = row.lang.data == NULL ? nn_str_equal(nn_str_of(nn_language_code(row.language)), code)
                                   : same_code(row.lang, code, !code_has_region(code));
    return NUNCIO_OK;
}

/* ---- date: ---- */

/* Numbers of dates ascend, but a month's is below those of its days: the range begins with the year
 * of `from`, whose own number is the lowest that can overlap it. */
static void open_date(nn_filter_walk *walk)
{
    const nn_filter *filter = walk->filter;
    walk->column = NN_COLUMN_DATE;
    walk->low = 1;
    if (filter->from.precision != NUNCIO_DATE_NONE) {
        walk->low = (uint64_t)filter->from.year << 11;
        walk->sure = nn_column_date(filter->from);
    }
    if (filter->to.precision != NUNCIO_DATE_NONE) {
        nuncio_date last = {.year = filter->to.year, .month = 15, .day = 31, .precision = 3};
        last.month = filter->to.precision >= NUNCIO_DATE_MONTH ? filter->to.month : last.month;
        last.day = filter->to.precision >= NUNCIO_DATE_DAY ? filter->to.day : last.day;
        walk->high = nn_column_date(last);
    }
}

/* ---- all ---- */

/* Whether the number of an article in the column is one that matches. */
static bool number_matches(const nn_filter_walk *walk, uint64_t number)
{
    if (number < walk->low || number > walk->high) {
        return false;
    }
    if (walk->column == NN_COLUMN_SOURCE) {
        return (walk->sources[number / 64] >> (number % 64) & 1) != 0;
    }
    if (walk->column == NN_COLUMN_LANGUAGE || number >= walk->sure) {
        return true;
    }
    nuncio_date date;
    return walk->column == NN_COLUMN_DATE && nn_column_date_read(number, &date) &&
           nn_date_overlaps(date, walk->filter->from, walk->filter->to);
}

/* Whether anything in a block can match, by its header. */
static nuncio_status may_match(nn_part *part, const nn_filter_walk *walk, uint32_t block, bool *may)
{
    uint64_t low;
    uint64_t high;
    NN_TRY(
        nn_segment_column_range(part->segment, walk->column, block, &low, &high, part->run->error));
    *may = high >= walk->low && low <= walk->high;
    return NUNCIO_OK;
}

static nuncio_status read_block(nn_part *part, const nn_filter_walk *walk, uint32_t block,
                                nn_filter_block *out)
{
    uint64_t numbers[NN_COLUMN_BLOCK];
    uint32_t count = 0;
    bool may;
    NN_TRY(nn_run_step(part->run));
    NN_TRY(may_match(part, walk, block, &may));
    if (may) {
        NN_TRY(nn_segment_column_read(part->segment, walk->column, block, numbers, &count,
                                      part->run->error));
    }
    for (uint32_t half = 0; half < 2; half++) {
        uint64_t bits = 0;
        for (uint32_t i = half * 64; i < count && i < (half + 1) * 64; i++) {
            bits |= (uint64_t)number_matches(walk, numbers[i]) << (i % 64);
        }
        out->matches[half] = bits;
    }
    out->known = true;
    return NUNCIO_OK;
}

/* Finds what matches in a block: walk->matches. Each block is read once: strips, windows and
 * candidates all ask. */
static nuncio_status look_at(nn_part *part, nn_filter_walk *walk, uint32_t block)
{
    nn_filter_block *found = &walk->blocks[block];
    if (!found->known) {
        NN_TRY(read_block(part, walk, block, found));
    }
    walk->matches = found->matches;
    return NUNCIO_OK;
}

/* About how many passages the blocks have in which something can match. */
static nuncio_status count_passages(nn_part *part, const nn_filter_walk *walk, uint64_t *count)
{
    uint32_t blocks = nn_segment_column_blocks(part->segment);
    uint32_t matching = 0;
    for (uint32_t block = 0; block < blocks; block++) {
        bool may;
        NN_TRY(may_match(part, walk, block, &may));
        matching += may;
    }
    *count = blocks == 0 ? 0 : (uint64_t)part->passage_count * matching / blocks;
    return NUNCIO_OK;
}

nuncio_status nn_filter_open(nn_part *part, nn_condition *condition)
{
    enum {
        NARROW = 4
    }; /* passing over three of four blocks is worth reading records of the rest */
    nn_run *run = part->run;
    nn_filter_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    uint32_t blocks = nn_segment_column_blocks(part->segment);
    walk->filter = condition->filter;
    walk->article = UINT32_MAX;
    walk->high = UINT64_MAX;
    condition->walk = walk;
    if (condition->named != NULL) {
        NN_TRY(nn_names_open(part, walk->filter, condition->named, &walk->names));
        condition->cost = walk->names->count;
        return NUNCIO_OK;
    }
    walk->blocks = nn_arena_array(run->part_arena, blocks, sizeof *walk->blocks);
    if (walk->blocks == NULL) {
        return nn_error_memory(run->error);
    }
    if (walk->filter->kind == NN_FILTER_SOURCE) {
        NN_TRY(open_sources(part, walk));
    } else if (walk->filter->kind == NN_FILTER_LANG) {
        open_lang(walk);
    } else {
        open_date(walk);
    }
    NN_TRY(count_passages(part, walk, &condition->cost));
    condition->asked =
        walk->column == NN_COLUMN_LANGUAGE && condition->cost > part->passage_count / NARROW;
    return NUNCIO_OK;
}

/* Whether an article matches of whose block that is known: of a language its record is asked. */
static nuncio_status test_article(nn_part *part, nn_filter_walk *walk, uint32_t article,
                                  bool *holds)
{
    uint32_t i = article % NN_COLUMN_BLOCK;
    *holds = (walk->matches[i / 64] >> (i % 64) & 1) != 0;
    if (!*holds || walk->column != NN_COLUMN_LANGUAGE) {
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
    uint32_t article = nn_part_article(part, unit, target);
    NN_TRY(look_at(part, walk, article / NN_COLUMN_BLOCK));
    return test_article(part, walk, article, holds);
}

/* The first article ≥ `article` that matches, of a language: that may match; or article_count. */
static nuncio_status next_bit(nn_part *part, nn_filter_walk *walk, uint32_t article,
                              uint32_t *found)
{
    while (article < part->article_count) {
        uint32_t i = article % NN_COLUMN_BLOCK;
        NN_TRY(look_at(part, walk, article / NN_COLUMN_BLOCK));
        uint64_t left = walk->matches[i / 64] >> (i % 64);
        if (left != 0) {
            article += nn_ctz64(left);
            break;
        }
        article += 64 - i % 64;
    }
    *found = article < part->article_count ? article : part->article_count;
    return NUNCIO_OK;
}

/* The first article ≥ `article` that matches, or article_count. */
static nuncio_status next_article(nn_part *part, nn_filter_walk *walk, uint32_t article,
                                  uint32_t *found)
{
    for (bool holds = false; !holds; article = *found + 1) {
        NN_TRY(next_bit(part, walk, article, found));
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

nuncio_status nn_filter_stretch(nn_part *part, nn_filter_walk *walk, uint32_t passage,
                                uint32_t limit, uint32_t *first, uint32_t *end)
{
    uint32_t article = nn_segment_article_of(part->segment, passage);
    uint32_t found;
    *first = NN_DOC_END;
    *end = NN_DOC_END;
    NN_TRY(next_bit(part, walk, article, &found));
    if (found == part->article_count) {
        return NUNCIO_OK;
    }
    *first = found == article ? passage : nn_segment_first_passage(part->segment, found);
    for (uint32_t block = found / NN_COLUMN_BLOCK;;) {
        block++;
        *end = block < nn_segment_column_blocks(part->segment)
                   ? nn_segment_first_passage(part->segment, block * NN_COLUMN_BLOCK)
                   : part->passage_count;
        bool may = *end < limit;
        if (may) {
            NN_TRY(may_match(part, walk, block, &may));
        }
        if (!may) {
            return NUNCIO_OK;
        }
    }
}

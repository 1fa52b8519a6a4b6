/* SPDX-License-Identifier: Apache-2.0 */
#include "query/filter.h"

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

/* Compares each source of the segment once. */
static nuncio_status open_sources(nn_part *part, nn_filter_walk *walk)
{
    nn_run *run = part->run;
    const nn_filter *filter = walk->filter;
    uint32_t count = nn_segment_info_of(part->segment)->source_count;
    walk->sources = nn_arena_array(run->part_arena, count / 64 + 1u, sizeof *walk->sources);
    if (walk->sources == NULL) {
        return nn_error_memory(run->error);
    }
    for (uint32_t number = 1; number <= count; number++) {
        nuncio_str source;
        nn_words words;
        NN_TRY(nn_run_step(run));
        NN_TRY(nn_segment_source(part->segment, number, &source, run->error));
        NN_TRY(nn_query_words_read(run->analyzer, run->part_arena, source, &words, run->error));
        bool same = words.count == filter->word_count;
        for (uint32_t i = 0; i < words.count && same; i++) {
            same = nn_str_equal(words.folded[i], filter->words[i]);
        }
        if (same) {
            walk->sources[number / 64] |= (uint64_t)1 << (number % 64);
        }
    }
    return NUNCIO_OK;
}

/* ---- lang: ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

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

/* ---- all ---- */

static nuncio_status test_article(nn_part *part, nn_filter_walk *walk, uint32_t article,
                                  bool *holds)
{
    if (walk->filter->kind == NN_FILTER_LANG) {
        return test_lang(part, walk, article, holds);
    }
    nn_article_facets facets;
    NN_TRY(nn_segment_facets(part->segment, article, &facets, part->run->error));
    if (walk->filter->kind == NN_FILTER_DATE) {
        *holds = nn_date_overlaps(facets.date, walk->filter->from, walk->filter->to);
    } else {
        uint32_t number = facets.source_number;
        *holds = (walk->sources[number / 64] >> (number % 64) & 1) != 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_filter_open(nn_part *part, nn_condition *condition)
{
    nn_run *run = part->run;
    nn_filter_walk *walk = nn_arena_array(run->part_arena, 1, sizeof *walk);
    if (walk == NULL) {
        return nn_error_memory(run->error);
    }
    walk->filter = condition->filter;
    walk->article = UINT32_MAX;
    condition->walk = walk;
    if (condition->words != NULL) {
        NN_TRY(nn_names_open(part, walk->filter, condition->words, &walk->names));
        condition->cost = walk->names->words[0].cost;
        return NUNCIO_OK;
    }
    condition->cost = part->passage_count;
    condition->asked = true;
    return walk->filter->kind == NN_FILTER_SOURCE ? open_sources(part, walk) : NUNCIO_OK;
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
    if (article != walk->article) {
        NN_TRY(test_article(part, walk, article, &walk->holds));
        walk->article = article;
    }
    *holds = walk->holds;
    return NUNCIO_OK;
}

nuncio_status nn_filter_next(nn_part *part, nn_filter_walk *walk, nn_unit unit, uint32_t target,
                             uint32_t *found)
{
    if (walk->names != NULL) {
        return nn_names_next(part, walk->names, unit, target, found);
    }
    while (target < nn_part_units(part, unit)) {
        bool holds;
        NN_TRY(nn_run_step(part->run));
        NN_TRY(nn_filter_test(part, walk, unit, target, &holds));
        if (holds) {
            *found = target;
            return NUNCIO_OK;
        }
        target = unit == NN_UNIT_ARTICLE
                     ? target + 1
                     : nn_segment_first_passage(part->segment, walk->article + 1);
    }
    *found = NN_DOC_END;
    return NUNCIO_OK;
}

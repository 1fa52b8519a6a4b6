/* SPDX-License-Identifier: Apache-2.0 */
/* What a leaf matches: its places, its key, its occurrences. */
#include "core/buffer.h"
#include "core/str.h"
#include "oracle/oracle_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- which forms may stand in a place ---- */

static bool *new_set(oracle_run *run)
{
    bool *set = nn_arena_array(run->arena, run->archive->form_count + 1, sizeof *set);
    return oracle_must(set);
}

static void set_length(oracle_run *run, oracle_leaf *leaf, size_t length)
{
    leaf->length = length;
    leaf->places = oracle_must(nn_arena_array(run->arena, length + 1, sizeof *leaf->places));
    for (size_t i = 0; i < length; i++) {
        leaf->places[i].counts = new_set(run);
        leaf->places[i].matches = leaf->places[i].counts;
    }
}

static uint64_t live_languages(const oracle *archive)
{
    uint64_t languages = 0;
    for (size_t i = 0; i < archive->count; i++) {
        languages |= (uint64_t)1 << archive->entries[i].language;
    }
    return languages;
}

/** Lets the terms of words, analysed in each language of the archive, stand in the leaf's places.
 */
static void allow_terms(const oracle_run *run, const oracle_leaf *leaf)
{
    oracle *archive = run->archive;
    uint64_t languages = live_languages(archive);
    for (uint32_t language = 0; language < nn_language_count(); language++) {
        if ((languages >> language & 1) == 0) {
            continue;
        }
        oracle_words words =
            oracle_analyze(archive, (nn_language)language, nn_str_of(leaf->node->text));
        if (words.count != leaf->length) {
            fprintf(stderr, "oracle: %s is split otherwise in %s\n", leaf->node->text,
                    nn_language_code((nn_language)language));
            abort();
        }
        for (size_t i = 0; i < words.count; i++) {
            for (size_t f = 0; f < archive->form_count; f++) {
                leaf->places[i].counts[f] |=
                    nn_str_equal(archive->forms[f].term, words.items[i].term);
            }
        }
    }
}

/** An exact leaf: of the forms that may stand in a place, only those that are written like the
 * word. */
static void restrict_to_surfaces(oracle_run *run, oracle_leaf *leaf, const oracle_words *words)
{
    for (size_t i = 0; i < leaf->length; i++) {
        leaf->places[i].matches = new_set(run);
        for (size_t f = 0; f < run->archive->form_count; f++) {
            leaf->places[i].matches[f] =
                leaf->places[i].counts[f] &&
                nn_str_equal(run->archive->forms[f].surface, words->items[i].surface);
        }
    }
}

/* ---- prefix and fuzzy ---- */

static size_t code_points(nuncio_str text, uint32_t *to, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < text.size && count < room; i++) {
        uint8_t byte = (uint8_t)text.data[i];
        if ((byte & 0xC0) == 0x80) {
            to[count - 1] = to[count - 1] << 6 | (byte & 0x3F);
        } else {
            to[count++] = byte; /* the lead byte as it is: distinct for distinct characters */
        }
    }
    return count;
}

/** Levenshtein's distance in characters, by the whole table, a row at a time. */
static uint32_t distance_of(nuncio_str a, nuncio_str b)
{
    enum { ROOM = 300 };
    uint32_t x[ROOM], y[ROOM], row[ROOM + 1];
    size_t n = code_points(a, x, ROOM), m = code_points(b, y, ROOM);
    for (uint32_t j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= n; i++) {
        uint32_t diagonal = row[0];
        row[0] = (uint32_t)i;
        for (size_t j = 1; j <= m; j++) {
            uint32_t best = diagonal + (x[i - 1] != y[j - 1]);
            best = row[j] + 1 < best ? row[j] + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            diagonal = row[j];
            row[j] = best;
        }
    }
    return row[m];
}

static void read_folded(oracle_run *run, oracle_leaf *leaf, nuncio_str folded)
{
    set_length(run, leaf, 1);
    for (size_t f = 0; f < run->archive->form_count; f++) {
        nuncio_str other = run->archive->forms[f].folded;
        leaf->places[0].counts[f] = leaf->node->kind == ORACLE_PREFIX
                                        ? nn_str_starts_with(other, folded)
                                        : distance_of(other, folded) <= leaf->node->distance;
    }
}

/* ---- keys ---- */

static nuncio_str format_key(oracle_run *run, const char *before, nuncio_str middle,
                             const char *after)
{
    size_t size = strlen(before) + middle.size + strlen(after);
    char *key = oracle_must(nn_arena_alloc(run->arena, size + 1));
    snprintf(key, size + 1, "%s%.*s%s", before, (int)middle.size, middle.data, after);
    return nn_str(key, size);
}

/** The surface forms of a leaf's words, joined by single spaces. */
static nuncio_str joined_words(oracle_run *run, const oracle_words *words)
{
    size_t size = 0;
    for (size_t i = 0; i < words->count; i++) {
        size += words->items[i].surface.size + 1;
    }
    char *text = oracle_must(nn_arena_alloc(run->arena, size + 1));
    size = 0;
    for (size_t i = 0; i < words->count; i++) {
        nuncio_str surface = words->items[i].surface;
        if (i > 0) {
            text[size++] = ' ';
        }
        memcpy(text + size, surface.data, surface.size);
        size += surface.size;
    }
    return nn_str(text, size);
}

static void prepare_words(oracle_run *run, oracle_leaf *leaf)
{
    const oracle_node *node = leaf->node;
    oracle_words words = oracle_analyze(run->archive, NN_LANGUAGE_NONE, nn_str_of(node->text));
    nuncio_str text = joined_words(run, &words);
    if (node->kind == ORACLE_PREFIX || node->kind == ORACLE_FUZZY) {
        char after[16];
        snprintf(after, sizeof after, node->kind == ORACLE_PREFIX ? "*" : "~%u", node->distance);
        if (words.count != 1) {
            fprintf(stderr, "oracle: %s is not one word\n", node->text);
            abort();
        }
        leaf->key = format_key(run, "", words.items[0].folded, after);
        read_folded(run, leaf, words.items[0].folded);
        return;
    }
    if (node->kind == ORACLE_EXACT) {
        leaf->key = format_key(run, "='", text, "'");
    } else {
        leaf->key = words.count > 1 ? format_key(run, "\"", text, "\"") : text;
    }
    set_length(run, leaf, words.count);
    allow_terms(run, leaf);
    if (node->kind == ORACLE_EXACT) {
        restrict_to_surfaces(run, leaf, &words);
    }
}

/* ---- occurrences ---- */

static bool stands_at(const oracle_passage *passage, const oracle_leaf *leaf, uint32_t begin)
{
    uint32_t part_end = begin < passage->text_count ? passage->text_count : passage->count;
    if (leaf->length == 0 || leaf->length > part_end - begin) {
        return false;
    }
    for (size_t i = 0; i < leaf->length; i++) {
        if (!leaf->places[i].matches[passage->tokens[begin + i].form]) {
            return false;
        }
    }
    return true;
}

static void add_range(oracle_run *run, oracle_ranges *ranges, oracle_range range)
{
    if ((ranges->count & (ranges->count + 1)) == 0) { /* full: 0, 1, 3, 7 … */
        size_t room = ranges->count * 2 + 1;
        oracle_range *items = oracle_must(nn_arena_array(run->arena, room, sizeof *items));
        if (ranges->count > 0) {
            memcpy(items, ranges->items, ranges->count * sizeof *items);
        }
        ranges->items = items;
    }
    ranges->items[ranges->count++] = range;
}

static oracle_ranges find_words(oracle_run *run, const oracle_leaf *leaf,
                                const oracle_passage *passage)
{
    oracle_ranges found = {0};
    for (uint32_t begin = 0; begin < passage->count; begin++) {
        if (stands_at(passage, leaf, begin)) {
            oracle_range range = {begin, begin + (uint32_t)leaf->length,
                                  leaf->length > 1 ? NUNCIO_HIGHLIGHT_PHRASE
                                                   : NUNCIO_HIGHLIGHT_TERM};
            add_range(run, &found, range);
        }
    }
    return found;
}

static bool is_in_title(const oracle_passage *passage, oracle_range range)
{
    return range.begin >= passage->text_count;
}

static bool are_near(const oracle_passage *passage, oracle_range a, oracle_range b, uint32_t max)
{
    if (is_in_title(passage, a) != is_in_title(passage, b)) {
        return false;
    }
    if (a.end <= b.begin) {
        return b.begin - a.end <= max;
    }
    return b.end <= a.begin && a.begin - b.end <= max; /* else they overlap */
}

static bool has_near(const oracle_passage *passage, oracle_range range, const oracle_ranges *others,
                     uint32_t max)
{
    for (size_t i = 0; i < others->count; i++) {
        if (are_near(passage, range, others->items[i], max)) {
            return true;
        }
    }
    return false;
}

static oracle_ranges find_near(oracle_run *run, const oracle_leaf *leaf, size_t number)
{
    const oracle_passage *passage = run->passages[number];
    const oracle_ranges *left = &leaf->left->occurrences[number];
    oracle_ranges found = {0};
    for (size_t i = 0; i < left->count; i++) {
        oracle_range range = left->items[i];
        if (has_near(passage, range, &leaf->right->occurrences[number], leaf->node->distance)) {
            range.kind = NUNCIO_HIGHLIGHT_PHRASE;
            add_range(run, &found, range);
        }
    }
    return found;
}

static void drop_outside_title(const oracle_passage *passage, oracle_ranges *ranges)
{
    size_t kept = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        if (is_in_title(passage, ranges->items[i])) {
            ranges->items[kept++] = ranges->items[i];
        }
    }
    ranges->count = kept;
}

static oracle_leaf *prepare_side(oracle_run *run, const oracle_node *node)
{
    oracle_leaf *side = oracle_must(nn_arena_array(run->arena, 1, sizeof *side));
    side->node = node;
    oracle_leaf_prepare(run, side);
    return side;
}

void oracle_leaf_prepare(oracle_run *run, oracle_leaf *leaf)
{
    if (leaf->node->kind == ORACLE_NEAR) {
        char between[24];
        snprintf(between, sizeof between, " NEAR/%u ", leaf->node->distance);
        leaf->left = prepare_side(run, leaf->node->children[0]);
        leaf->right = prepare_side(run, leaf->node->children[1]);
        nuncio_str left = format_key(run, "(", leaf->left->key, between);
        nuncio_str right = format_key(run, "", leaf->right->key, ")");
        leaf->key = format_key(run, left.data, right, "");
    } else {
        prepare_words(run, leaf);
    }
    if (leaf->in_title) {
        leaf->key = format_key(run, "title:", leaf->key, "");
    }
    leaf->occurrences =
        oracle_must(nn_arena_array(run->arena, run->passage_count + 1, sizeof *leaf->occurrences));
    for (size_t i = 0; i < run->passage_count; i++) {
        leaf->occurrences[i] = leaf->node->kind == ORACLE_NEAR
                                   ? find_near(run, leaf, i)
                                   : find_words(run, leaf, run->passages[i]);
        if (leaf->in_title) {
            drop_outside_title(run->passages[i], &leaf->occurrences[i]);
        }
    }
}

oracle_ranges oracle_leaf_marks(oracle_run *run, const oracle_leaf *leaf, size_t number)
{
    oracle_ranges marks = {0};
    const oracle_ranges *left = &leaf->scored[number];
    for (size_t i = 0; i < left->count; i++) {
        add_range(run, &marks, left->items[i]);
    }
    if (leaf->node->kind == ORACLE_NEAR) {
        const oracle_ranges *right = &leaf->right->occurrences[number];
        for (size_t i = 0; i < right->count; i++) {
            oracle_range range = right->items[i];
            if (has_near(run->passages[number], range, left, leaf->node->distance)) {
                range.kind = NUNCIO_HIGHLIGHT_PHRASE;
                add_range(run, &marks, range);
            }
        }
    }
    return marks;
}

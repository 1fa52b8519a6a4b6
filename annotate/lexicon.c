/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/lexicon.h"

#include "annotate/tables/tables.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "core/string_map.h"
#include "text/language.h"
#include "text/normalise.h"

#include <string.h>

/* The trie's edges are one open-addressed table keyed by (node, lexeme); names are few and short,
 * so that sorted children would cost more code and not less memory. Node 0 is "nowhere"; first
 * words do not go through the table, their node lies in the lexeme. */
typedef struct edge {
    uint32_t node, lexeme; /* node 0: free */
    uint32_t target;
} edge;

struct nn_lexicon {
    nn_memory *memory;
    nn_string_map *words;
    nn_lexeme *lexemes;
    size_t lexeme_capacity;
    nn_name *names; /* by node */
    size_t node_count, node_capacity;
    struct minor {
        uint32_t next; /* in `minors`, or 0 */
        uint32_t language;
        nn_reading_of_word is;
    } * minors; /* from 1 on; chained a word */
    size_t minor_count, minor_capacity;
    edge *edges;
    size_t edge_count, edge_slots; /* slots: a power of two */
};

enum {
    EDGE_SLOTS_MIN = 1024,
    INFLECTED_BYTES = 32 /* longest inflected word */
};

static size_t edge_home(const nn_lexicon *lexicon, uint32_t node, uint32_t lexeme)
{
    uint64_t key = ((uint64_t)node << 32) | lexeme;
    key *= 0x9E3779B97F4A7C15u; /* Fibonacci hashing: the golden ratio's bits spread neighbours */
    return (size_t)(key >> 40) & (lexicon->edge_slots - 1);
}

static edge *edge_slot(const nn_lexicon *lexicon, uint32_t node, uint32_t lexeme)
{
    size_t at = edge_home(lexicon, node, lexeme);
    while (lexicon->edges[at].node != 0 &&
           (lexicon->edges[at].node != node || lexicon->edges[at].lexeme != lexeme)) {
        at = (at + 1) & (lexicon->edge_slots - 1);
    }
    return &lexicon->edges[at];
}

static nuncio_status grow_edges(nn_lexicon *lexicon, nuncio_error *error)
{
    size_t old_slots = lexicon->edge_slots;
    size_t slots = old_slots == 0 ? EDGE_SLOTS_MIN : old_slots * 2;
    edge *old = lexicon->edges;
    edge *edges = nn_alloc_array(lexicon->memory, slots, sizeof *edges);
    if (edges == NULL) {
        return nn_error_memory(error);
    }
    lexicon->edges = edges;
    lexicon->edge_slots = slots;
    for (size_t i = 0; i < old_slots; i++) {
        if (old[i].node != 0) {
            *edge_slot(lexicon, old[i].node, old[i].lexeme) = old[i];
        }
    }
    nn_release(lexicon->memory, old, old_slots * sizeof *old);
    return NUNCIO_OK;
}

static nuncio_status new_node(nn_lexicon *lexicon, uint32_t *node, nuncio_error *error)
{
    NN_TRY(nn_reserve(lexicon->memory, &lexicon->names, &lexicon->node_capacity,
                      lexicon->node_count + 1, sizeof *lexicon->names, error));
    *node = (uint32_t)lexicon->node_count++;
    lexicon->names[*node] = (nn_name){0, 0};
    return NUNCIO_OK;
}

static nuncio_status add_word(nn_lexicon *lexicon, nuncio_str word, uint32_t *number,
                              nuncio_error *error)
{
    bool added = false;
    NN_TRY(nn_string_map_add(lexicon->words, word, number, &added, error));
    if (added) {
        NN_TRY(nn_reserve(lexicon->memory, &lexicon->lexemes, &lexicon->lexeme_capacity,
                          (size_t)*number + 1, sizeof *lexicon->lexemes, error));
        memset(&lexicon->lexemes[*number], 0, sizeof lexicon->lexemes[*number]);
    }
    return NUNCIO_OK;
}

static nuncio_status step_or_add(nn_lexicon *lexicon, uint32_t node, uint32_t lexeme,
                                 uint32_t *target, nuncio_error *error)
{
    if (node == 0) {
        if (lexicon->lexemes[lexeme].node == 0) {
            NN_TRY(new_node(lexicon, target, error));
            lexicon->lexemes[lexeme].node = *target;
        }
        *target = lexicon->lexemes[lexeme].node;
        return NUNCIO_OK;
    }
    if (lexicon->edge_count * 2 >= lexicon->edge_slots) {
        NN_TRY(grow_edges(lexicon, error));
    }
    edge *slot = edge_slot(lexicon, node, lexeme);
    if (slot->node == 0) {
        NN_TRY(new_node(lexicon, target, error));
        *slot = (edge){node, lexeme, *target};
        lexicon->edge_count++;
    }
    *target = slot->target;
    return NUNCIO_OK;
}

/** Takes the next word off `*rest`: words are parted by a space or a hyphen, as the tokeniser parts
 * them. */
static nuncio_str next_word(nuncio_str *rest)
{
    size_t start = 0;
    while (start < rest->size && (rest->data[start] == ' ' || rest->data[start] == '-')) {
        start++;
    }
    size_t end = start;
    while (end < rest->size && rest->data[end] != ' ' && rest->data[end] != '-') {
        end++;
    }
    nuncio_str word = {rest->data + start, end - start};
    if (word.size > 2 && word.data[word.size - 1] == 's' && word.data[word.size - 2] == '\'') {
        word.size -= 2; /* a token holds no possessive */
    }
    rest->data += end;
    rest->size -= end;
    return word;
}

/** Adds one name. The first table that names it wins, so that tables are listed by trust. */
static nuncio_status add_name(nn_lexicon *lexicon, nuncio_str text, nn_name name,
                              nuncio_error *error)
{
    uint32_t node = 0;
    for (nuncio_str word = next_word(&text); word.size > 0; word = next_word(&text)) {
        uint32_t lexeme = 0;
        uint32_t target = 0;
        NN_TRY(add_word(lexicon, word, &lexeme, error));
        NN_TRY(step_or_add(lexicon, node, lexeme, &target, error));
        lexicon->lexemes[lexeme].event |= node == 0 && name.type == NUNCIO_ENTITY_EVENT;
        node = target;
    }
    if (node != 0 && lexicon->names[node].type == NUNCIO_ENTITY_NONE) {
        lexicon->names[node] = name;
    }
    return NUNCIO_OK;
}

/** A line of names: parted by commas; a name that opens with '?' is weak, with '^' needs capitals.
 */
static nuncio_status add_names(nn_lexicon *lexicon, const char *line, uint8_t type,
                               nuncio_error *error)
{
    while (*line != '\0') {
        nn_name name = {type, 0};
        for (; *line == '?' || *line == '^'; line++) {
            name.flags |= *line == '?' ? NN_NAME_WEAK : NN_NAME_UPPER;
        }
        size_t size = strcspn(line, ",");
        NN_TRY(add_name(lexicon, nn_str(line, size), name, error));
        line += size + (line[size] == ',' ? 1 : 0);
    }
    return NUNCIO_OK;
}

static nuncio_status add_classes(nn_lexicon *lexicon, const nn_table_classes *table,
                                 nuncio_error *error)
{
    nuncio_str rest = nn_str_of(table->words);
    for (nuncio_str word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
        uint32_t number = 0;
        NN_TRY(add_word(lexicon, word, &number, error));
        for (uint32_t language = 0; language < NN_LEXICON_LANGUAGES; language++) {
            bool counts = (table->languages & (1u << language)) != 0;
            lexicon->lexemes[number].classes[language] |= counts ? table->classes : 0u;
        }
        bool all = table->languages == NN_TABLE_ALL;
        lexicon->lexemes[number].shared |= all ? table->classes : 0u;
    }
    return NUNCIO_OK;
}

static nuncio_status add_cues(nn_lexicon *lexicon, const nn_table_cues *table, nuncio_error *error)
{
    nuncio_str rest = nn_str_of(table->words);
    for (nuncio_str word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
        uint32_t number = 0;
        NN_TRY(add_word(lexicon, word, &number, error));
        lexicon->lexemes[number].cue[table->language] |= table->cue;
    }
    return NUNCIO_OK;
}

static nuncio_status add_cue(nn_lexicon *lexicon, nuncio_str stem, const char *ending, uint32_t cue,
                             nuncio_error *error)
{
    char form[INFLECTED_BYTES];
    size_t size = stem.size;
    if (size + strlen(ending) > sizeof form) {
        return NUNCIO_OK;
    }
    memcpy(form, stem.data, stem.size);
    for (; *ending != '\0'; ending++) {
        form[size++] = *ending;
    }
    uint32_t number = 0;
    NN_TRY(add_word(lexicon, nn_str(form, size), &number, error));
    lexicon->lexemes[number].cue[NN_LEXICON_EN] |= cue;
    return NUNCIO_OK;
}

static bool ends_in(nuncio_str word, const char *letters)
{
    return word.size > 0 && strchr(letters, word.data[word.size - 1]) != NULL;
}

/** Adds the four forms of a regular English verb; a + behind it doubles its last letter. */
static nuncio_status add_inflected(nn_lexicon *lexicon, nuncio_str verb, uint32_t cue,
                                   nuncio_error *error)
{
    bool doubles = verb.size > 1 && verb.data[verb.size - 1] == '+';
    verb.size -= doubles ? 1 : 0;
    NN_TRY(add_cue(lexicon, verb, "", cue | NN_CUE_BASE, error));
    nuncio_str stem = verb;
    char doubled[2] = {verb.data[verb.size - 1], '\0'};
    char past[4] = "ed";
    char ing[5] = "ing";
    const char *third = "s";
    bool vowel_before = verb.size > 1 && strchr("aeiou", verb.data[verb.size - 2]) != NULL;
    if (doubles) {
        past[0] = ing[0] = doubled[0];
        memcpy(past + 1, "ed", 3);
        memcpy(ing + 1, "ing", 4);
    } else if (ends_in(verb, "y") && !vowel_before) {
        NN_TRY(add_cue(lexicon, nn_str(verb.data, verb.size - 1), "ied", cue, error));
        NN_TRY(add_cue(lexicon, nn_str(verb.data, verb.size - 1), "ies", cue, error));
        return add_cue(lexicon, verb, "ing", cue, error);
    } else if (ends_in(verb, "e")) {
        NN_TRY(add_cue(lexicon, verb, "s", cue, error));
        NN_TRY(add_cue(lexicon, verb, "d", cue, error));
        stem.size -= vowel_before && verb.data[verb.size - 2] == 'e' ? 0 : 1; /* agreeing */
        return add_cue(lexicon, stem, "ing", cue, error);
    }
    if (ends_in(verb, "sxzo") ||
        (ends_in(verb, "h") && verb.size > 1 && strchr("sc", verb.data[verb.size - 2]) != NULL)) {
        third = "es";
    }
    NN_TRY(add_cue(lexicon, verb, third, cue, error));
    NN_TRY(add_cue(lexicon, stem, past, cue, error));
    return add_cue(lexicon, stem, ing, cue, error);
}

static nuncio_status add_regular(nn_lexicon *lexicon, const nn_table_cues *table,
                                 nuncio_error *error)
{
    nuncio_str rest = nn_str_of(table->words);
    for (nuncio_str word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
        NN_TRY(add_inflected(lexicon, word, table->cue, error));
    }
    return NUNCIO_OK;
}

/** Adds what a word is in a language that is read with few. */
static nuncio_status add_minor(nn_lexicon *lexicon, nuncio_str folded, uint32_t language,
                               nn_reading_of_word is, nuncio_error *error)
{
    uint32_t number = 0;
    NN_TRY(add_word(lexicon, folded, &number, error));
    uint32_t at = lexicon->lexemes[number].minor;
    while (at != 0 && lexicon->minors[at].language != language) {
        at = lexicon->minors[at].next;
    }
    if (at == 0) {
        size_t count = lexicon->minor_count == 0 ? 1 : lexicon->minor_count; /* 0 is none */
        NN_TRY(nn_reserve(lexicon->memory, &lexicon->minors, &lexicon->minor_capacity, count + 1,
                          sizeof *lexicon->minors, error));
        at = (uint32_t)count;
        lexicon->minor_count = count + 1;
        lexicon->minors[at] = (struct minor){lexicon->lexemes[number].minor, language, {0, 0}};
        lexicon->lexemes[number].minor = at;
    }
    lexicon->minors[at].is.classes |= is.classes | NN_CLASS_COMMON;
    lexicon->minors[at].is.cue |= is.cue;
    return NUNCIO_OK;
}

static nuncio_status add_minors(nn_lexicon *lexicon, nn_normaliser *normaliser, nuncio_error *error)
{
    for (const nn_table_minor *table = nn_table_minor_words; table->code != NULL; table++) {
        nn_language language = NN_LANGUAGE_NONE;
        (void)nn_language_from_code(nn_str_of(table->code), &language);
        nuncio_str rest = nn_str_of(table->words);
        for (nuncio_str word = next_word(&rest); word.size > 0; word = next_word(&rest)) {
            nn_reading_of_word is = {table->classes, table->cue};
            NN_TRY(nn_normaliser_run(normaliser, language, word, error));
            NN_TRY(add_minor(lexicon, nn_buffer_str(&normaliser->folded), language, is, error));
        }
    }
    return NUNCIO_OK;
}

/** Folds the words as the analyzer folds those of texts. */
static nuncio_status fold_minors(nn_lexicon *lexicon, nuncio_error *error)
{
    nn_normaliser *normaliser = nn_alloc_array(lexicon->memory, 1, sizeof *normaliser);
    if (normaliser == NULL) {
        return nn_error_memory(error);
    }
    nn_normaliser_init(normaliser, lexicon->memory);
    nuncio_status status = add_minors(lexicon, normaliser, error);
    nn_normaliser_deinit(normaliser);
    nn_release(lexicon->memory, normaliser, sizeof *normaliser);
    return status;
}

static nuncio_status fill(nn_lexicon *lexicon, nuncio_error *error)
{
    uint32_t nowhere = 0;
    NN_TRY(nn_string_map_create(lexicon->memory, &lexicon->words, error));
    NN_TRY(new_node(lexicon, &nowhere, error));
    for (const nn_table_classes *table = nn_table_word_classes; table->words != NULL; table++) {
        NN_TRY(add_classes(lexicon, table, error));
    }
    for (const nn_table_cues *table = nn_table_cue_words; table->words != NULL; table++) {
        NN_TRY(add_cues(lexicon, table, error));
    }
    for (const nn_table_cues *table = nn_table_stance_words; table->words != NULL; table++) {
        NN_TRY(add_cues(lexicon, table, error));
    }
    for (const nn_table_cues *table = nn_table_regular_words; table->words != NULL; table++) {
        NN_TRY(add_regular(lexicon, table, error));
    }
    NN_TRY(fold_minors(lexicon, error));
    for (const nn_table_names *table = nn_table_name_lists; table->lines != NULL; table++) {
        for (const char *const *line = table->lines; *line != NULL; line++) {
            NN_TRY(add_names(lexicon, *line, table->type, error));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_lexicon_create(nn_memory *memory, nn_lexicon **out, nuncio_error *error)
{
    *out = NULL;
    nn_lexicon *lexicon = nn_alloc_array(memory, 1, sizeof *lexicon);
    if (lexicon == NULL) {
        return nn_error_memory(error);
    }
    lexicon->memory = memory;
    nuncio_status status = fill(lexicon, error);
    if (status != NUNCIO_OK) {
        nn_lexicon_destroy(lexicon);
        return status;
    }
    *out = lexicon;
    return NUNCIO_OK;
}

void nn_lexicon_destroy(nn_lexicon *lexicon)
{
    if (lexicon == NULL) {
        return;
    }
    nn_memory *memory = lexicon->memory;
    nn_string_map_destroy(lexicon->words);
    nn_release(memory, lexicon->lexemes, lexicon->lexeme_capacity * sizeof *lexicon->lexemes);
    nn_release(memory, lexicon->names, lexicon->node_capacity * sizeof *lexicon->names);
    nn_release(memory, lexicon->minors, lexicon->minor_capacity * sizeof *lexicon->minors);
    nn_release(memory, lexicon->edges, lexicon->edge_slots * sizeof *lexicon->edges);
    nn_release(memory, lexicon, sizeof *lexicon);
}

uint32_t nn_lexicon_find(const nn_lexicon *lexicon, nuncio_str folded)
{
    return nn_string_map_find(lexicon->words, folded);
}

const nn_lexeme *nn_lexicon_lexeme(const nn_lexicon *lexicon, uint32_t number)
{
    return &lexicon->lexemes[number];
}

nn_reading_of_word nn_lexicon_read(const nn_lexicon *lexicon, uint32_t number, uint32_t language)
{
    const nn_lexeme *lexeme = &lexicon->lexemes[number];
    if (language < NN_LEXICON_LANGUAGES) {
        return (nn_reading_of_word){lexeme->classes[language], lexeme->cue[language]};
    }
    nn_reading_of_word found = {lexeme->shared, 0};
    for (uint32_t at = lexeme->minor; at != 0; at = lexicon->minors[at].next) {
        if (lexicon->minors[at].language == language) {
            nn_reading_of_word is = lexicon->minors[at].is;
            bool links = (is.classes & (NN_CLASS_PREPOSITION | NN_CLASS_PARTICLE)) ==
                         NN_CLASS_PREPOSITION; /* “i”, in Catalan names, is “in” in Swedish */
            found.classes &= links ? ~(uint32_t)NN_CLASS_PARTICLE : UINT32_MAX;
            found.classes |= is.classes;
            found.cue = is.cue;
        }
    }
    return found;
}

uint32_t nn_lexicon_step(const nn_lexicon *lexicon, uint32_t node, uint32_t lexeme)
{
    if (lexicon->edge_slots == 0) {
        return 0;
    }
    return edge_slot(lexicon, node, lexeme)->target;
}

nn_name nn_lexicon_name(const nn_lexicon *lexicon, uint32_t node)
{
    return lexicon->names[node];
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Making trees. */
#include "oracle/random_query.h"

#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 4 };

typedef struct maker {
    test_prng *prng;
    const random_world *world;
    const oracle *archive;
    random_query *query;
    bool speakers; /* this query may hold speaker: outside quote:, and then no quote: */
} maker;

static oracle_node *new_node(maker *m, oracle_kind kind)
{
    oracle_node *node = &m->query->nodes[m->query->count++];
    *node = (oracle_node){.kind = kind};
    return node;
}

static void add_child(oracle_node *parent, oracle_node *child)
{
    parent->children[parent->child_count++] = child;
}

static void set_weight(maker *m, oracle_node *node, uint32_t percent)
{
    static const char *const weights[] = {"2", "0.5", "1.25", "0", "3", "10", "0.1", "1000", "1"};
    if (test_prng_chance(m->prng, percent)) {
        snprintf(node->weight, sizeof node->weight, "%s",
                 weights[test_prng_below(m->prng, sizeof weights / sizeof *weights)]);
    }
}

/* ---- words ---- */

static bool is_separator(const char *at, size_t left, size_t *size)
{
    static const char *const separators[] = {" ",   "\n", ", ", ". ", "? ", "! ",  ": ",
                                             ".\n", ",”", "“",  "”",  "„",  "«",   "»",
                                             "。",  "…",  "—",  "?",  "!",  ",\"", "\""};
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        *size = strlen(separators[i]);
        if (left >= *size && memcmp(at, separators[i], *size) == 0) {
            return true;
        }
    }
    return false;
}

/** Copies up to `count` consecutive words of `text` from byte `from` on to `to`; returns how many.
 */
static size_t copy_words(nuncio_str text, size_t from, size_t count, char *to, size_t room)
{
    size_t copied = 0, size = 0;
    bool inside = false;
    for (size_t i = from; i < text.size && size + 8 < room;) {
        size_t step = 1;
        if (is_separator(text.data + i, text.size - i, &step)) {
            if (inside && copied == count) {
                break;
            }
            inside = false;
        } else {
            step = 1;
            if (!inside && copied > 0) {
                to[size++] = ' ';
            }
            copied += !inside;
            inside = true;
            to[size++] = text.data[i];
        }
        i += step;
    }
    to[size] = '\0';
    return copied;
}

/** Start of a word at or after a random place in `text`. */
static size_t random_word_start(test_prng *prng, nuncio_str text)
{
    size_t at = test_prng_below(prng, text.size + 1), size = 0;
    while (at < text.size && !is_separator(text.data + at, text.size - at, &size)) {
        at++;
    }
    while (at < text.size && is_separator(text.data + at, text.size - at, &size)) {
        at += size;
    }
    return at;
}

/** `count` words that follow one another in an article's text or title. False when there are none.
 */
static bool words_of_article(maker *m, size_t count, bool title, char *to, size_t room)
{
    if (oracle_article_count(m->archive) == 0) {
        return false;
    }
    const nuncio_article *article =
        oracle_article(m->archive, test_prng_below(m->prng, oracle_article_count(m->archive)));
    nuncio_str text = title ? article->title : article->text;
    if (text.size == 0) {
        return false;
    }
    size_t start = test_prng_chance(m->prng, 10) ? 0 : random_word_start(m->prng, text);
    return copy_words(text, start, count, to, room) == count;
}

static void random_words(maker *m, size_t count, bool title, char *to, size_t room)
{
    if (test_prng_chance(m->prng, 70) && words_of_article(m, count, title, to, room)) {
        return;
    }
    static const char *const unknown[] = {"zzyzx", "Botschafter", "embassador", "l'ambassade", "x"};
    size_t size = 0;
    to[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        const char *word = test_prng_chance(m->prng, 5)
                               ? unknown[test_prng_below(m->prng, sizeof unknown / sizeof *unknown)]
                               : random_word(m->prng, m->world);
        int length = snprintf(to + size, room - size, "%s%s", i == 0 ? "" : " ", word);
        size += (size_t)length;
    }
}

/* ---- leaves ---- */

/** A word of letters alone, for prefix and fuzzy, which are one token each. */
static void random_letters(maker *m, char *to, size_t room)
{
    static const char *const words[] = {"minister",  "ministre", "Ministers", "embassy", "Lavrov",
                                        "réunion",   "reunion",  "café",      "Café",    "nation",
                                        "national",  "visit",    "accord",    "Über",    "Straße",
                                        "Çavuşoğlu", "G20",      "talks",     "años",    "Élysée",
                                        "acuerdo",   "Gespräch", "de",        "la"};
    snprintf(to, room, "%s", words[test_prng_below(m->prng, sizeof words / sizeof *words)]);
}

static bool begins_character(char byte)
{
    return ((uint8_t)byte & 0xC0) != 0x80;
}

/** Cuts a word to some of its characters, at least two. */
static void cut_to_prefix(test_prng *prng, char *word)
{
    size_t characters = 0;
    for (const char *p = word; *p != '\0'; p++) {
        characters += begins_character(*p);
    }
    uint64_t kept = 2 + test_prng_below(prng, characters - 1);
    for (char *p = word; *p != '\0'; p++) {
        if (begins_character(*p) && kept-- == 0) {
            *p = '\0';
            return;
        }
    }
}

/** Changes, drops or doubles an ASCII letter. */
static void misspell(test_prng *prng, char *word)
{
    size_t size = strlen(word), at = test_prng_below(prng, size);
    if ((uint8_t)word[at] >= 0x80 || size < 4) {
        return;
    }
    switch (test_prng_below(prng, 3)) {
    case 0:
        word[at] = 'q';
        break;
    case 1:
        memmove(word + at, word + at + 1, size - at);
        break;
    default:
        memmove(word + at + 1, word + at, size - at + 1);
        break;
    }
}

static oracle_node *make_simple_leaf(maker *m, bool title)
{
    uint64_t kind = test_prng_below(m->prng, 100);
    oracle_node *node;
    if (kind < 50) {
        node = new_node(m, ORACLE_WORD);
        random_words(m, 1, title, node->text, sizeof node->text);
    } else if (kind < 68) {
        node = new_node(m, ORACLE_PHRASE);
        random_words(m, 1 + test_prng_below(m->prng, 3), title, node->text, sizeof node->text);
    } else if (kind < 80) {
        node = new_node(m, ORACLE_EXACT);
        random_words(m, 1 + test_prng_below(m->prng, 2), title, node->text, sizeof node->text);
    } else if (kind < 90) {
        node = new_node(m, ORACLE_PREFIX);
        random_letters(m, node->text, sizeof node->text - 8);
        cut_to_prefix(m->prng, node->text);
    } else {
        node = new_node(m, ORACLE_FUZZY);
        node->distance = (uint32_t)test_prng_range(m->prng, 1, 2);
        random_letters(m, node->text, sizeof node->text - 8);
        misspell(m->prng, node->text);
    }
    return node;
}

static oracle_node *make_leaf(maker *m, bool title)
{
    if (!test_prng_chance(m->prng, 12)) {
        return make_simple_leaf(m, title);
    }
    oracle_node *near = new_node(m, ORACLE_NEAR);
    static const uint32_t distances[] = {1, 2, 3, 5, 10, 50};
    near->distance = distances[test_prng_below(m->prng, 6)];
    add_child(near, make_simple_leaf(m, title));
    add_child(near, make_simple_leaf(m, title));
    return near;
}

static int first_day(nuncio_date date)
{
    return (date.year * 13 + date.month) * 32 + date.day;
}

static oracle_node *make_speaker(maker *m)
{
    static const char *const speakers[] = {"Lavrov", "lavrov",   "Sergei Lavrov", "O'Brien",
                                           "Anna",   "minister", "Merkel"};
    oracle_node *node = new_node(m, ORACLE_SPEAKER);
    snprintf(node->text, sizeof node->text, "%s", speakers[test_prng_below(m->prng, 7)]);
    return node;
}

static oracle_node *make_mention(maker *m)
{
    static const char *const names[] = {"Lavrov", "Sergei Lavrov", "NATO",  "Anna O'Brien", "U.N.",
                                        "G20",    "Çavuşoğlu",     "Paris", "Angela Merkel"};
    static const nuncio_entity_type types[] = {NUNCIO_ENTITY_NONE, NUNCIO_ENTITY_PERSON,
                                               NUNCIO_ENTITY_PLACE, NUNCIO_ENTITY_ORGANISATION};
    oracle_node *node = new_node(m, ORACLE_MENTION);
    node->type = types[test_prng_below(m->prng, 4)];
    snprintf(node->text, sizeof node->text, "%s", names[test_prng_below(m->prng, 9)]);
    return node;
}

static oracle_node *make_filter(maker *m)
{
    oracle_node *node;
    static const char *const langs[] = {"en", "fr", "de", "es", "EN", "en-gb", "fr-CA", "pt"};
    switch (test_prng_below(m->prng, m->speakers ? 5 : 4)) {
    case 4:
        return make_speaker(m);
    case 3:
        return make_mention(m);
    case 0:
        node = new_node(m, ORACLE_SOURCE);
        snprintf(node->text, sizeof node->text, "%s", random_source(m->prng));
        break;
    case 1:
        node = new_node(m, ORACLE_LANG);
        snprintf(node->text, sizeof node->text, "%s", langs[test_prng_below(m->prng, 8)]);
        break;
    default:
        node = new_node(m, ORACLE_DATE);
        node->from = random_date(m->prng);
        node->to = test_prng_chance(m->prng, 50) ? node->from : random_date(m->prng);
        if (first_day(node->to) < first_day(node->from)) {
            nuncio_date later = node->from;
            node->from = node->to;
            node->to = later;
        }
        if (test_prng_chance(m->prng, 20)) {
            node->from = (nuncio_date){0};
        } else if (test_prng_chance(m->prng, 20)) {
            node->to = (nuncio_date){0};
        }
        break;
    }
    return node;
}

/* ---- operators ---- */

typedef struct context {
    uint32_t depth;
    bool in_title, in_passage, in_quote;
} context;

static oracle_node *make_operand(maker *m, context c);

static oracle_node *make_list(maker *m, context c)
{
    oracle_node *list = new_node(m, ORACLE_LIST);
    uint64_t count = 1 + test_prng_below(m->prng, c.depth <= 1 ? 5 : 3);
    for (uint64_t i = 0; i < count; i++) {
        oracle_node *child = make_operand(m, c);
        uint64_t mark = test_prng_below(m->prng, 100);
        child->mark = mark < 12 ? '+' : mark < 22 ? '-' : '\0';
        add_child(list, child);
    }
    return list;
}

static oracle_node *make_group(maker *m, oracle_kind kind, context c)
{
    oracle_node *node = new_node(m, kind);
    bool many = kind == ORACLE_AND || kind == ORACLE_OR;
    uint64_t count = many ? 2 + test_prng_below(m->prng, 2) : 1;
    for (uint64_t i = 0; i < count; i++) {
        add_child(node, make_operand(m, c));
    }
    return node;
}

static oracle_node *make_end(maker *m, context c)
{
    if (c.in_quote) {
        return test_prng_chance(m->prng, 15) ? make_speaker(m) : make_leaf(m, false);
    }
    return test_prng_chance(m->prng, 12) && !c.in_title ? make_filter(m) : make_leaf(m, c.in_title);
}

static oracle_node *make_field(maker *m, oracle_kind kind, context c)
{
    oracle_node *node = new_node(m, kind);
    c.in_title = c.in_title || kind == ORACLE_TITLE;
    c.in_quote = c.in_quote || kind == ORACLE_QUOTE;
    c.in_passage = c.in_passage || kind == ORACLE_PASSAGE;
    bool leaf = kind != ORACLE_PASSAGE && test_prng_chance(m->prng, 60);
    add_child(node, leaf ? make_leaf(m, c.in_title) : make_list(m, c));
    return node;
}

/** One operand; `c.depth` counts the nodes around it. */
static oracle_node *make_operand(maker *m, context c)
{
    uint64_t kind = test_prng_below(m->prng, 100);
    oracle_node *node;
    c.depth++;
    if (c.depth >= DEPTH_MAX || kind < 56 || m->query->count + 100 > RANDOM_NODES_MAX) {
        node = make_end(m, c);
    } else if (kind < 64) {
        node = make_group(m, ORACLE_AND, c);
    } else if (kind < 72) {
        node = make_group(m, ORACLE_OR, c);
    } else if (kind < 77) {
        node = make_group(m, ORACLE_NOT, c);
    } else if (kind < 85 && !c.in_title && !c.in_quote) {
        node = make_field(m, ORACLE_TITLE, c);
    } else if (kind < 90 && !c.in_passage && !c.in_title && !c.in_quote) {
        node = make_field(m, ORACLE_PASSAGE, c);
    } else if (kind < 94 && !c.in_title && !c.in_quote && !m->speakers) {
        node = make_field(m, ORACLE_QUOTE, c);
    } else {
        node = make_list(m, c);
    }
    set_weight(m, node, 12);
    return node;
}

static bool names_speaker(const oracle_node *node)
{
    bool names = node->kind == ORACLE_SPEAKER;
    for (size_t i = 0; i < node->child_count; i++) {
        names = names || names_speaker(node->children[i]);
    }
    return names;
}

/** A speaker beside a quote, which speaks of that quote unless the quote names a speaker itself. */
static oracle_node *make_beside(maker *m)
{
    context c = {.depth = 1, .in_quote = true};
    oracle_node *quote = new_node(m, ORACLE_QUOTE), *both = new_node(m, ORACLE_AND);
    oracle_node *said = test_prng_chance(m->prng, 60) ? make_leaf(m, false) : make_list(m, c);
    add_child(both, make_speaker(m));
    m->query->beside = !names_speaker(said);
    if (m->query->beside) {
        add_child(both, said);
        add_child(quote, both);
        return quote;
    }
    add_child(quote, said);
    add_child(both, quote);
    return both;
}

static oracle_node *make_plain(maker *m)
{
    oracle_node *list = new_node(m, ORACLE_LIST);
    for (uint64_t i = test_prng_below(m->prng, 4) + 1; i > 0; i--) {
        oracle_node *word = new_node(m, ORACLE_WORD);
        random_letters(m, word->text, sizeof word->text);
        add_child(list, word);
    }
    return list;
}

void random_query_make(test_prng *prng, const random_world *world, const oracle *archive,
                       random_query *out)
{
    maker m = {prng, world, archive, out, test_prng_chance(prng, 50)};
    uint64_t kind = test_prng_below(prng, 100);
    out->count = 0;
    out->plain = kind < 3;
    out->beside = false;
    out->root = out->plain  ? make_plain(&m)
                : kind < 7  ? make_beside(&m)
                : kind < 65 ? make_list(&m, (context){0})
                            : make_operand(&m, (context){0});
}

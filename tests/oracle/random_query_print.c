/* SPDX-License-Identifier: Apache-2.0 */
/* Printing trees so that the grammar of docs/query-language.md reads the same tree. */
#include "oracle/random_query.h"

#include <stdio.h>
#include <string.h>

/* What may stand where, loosest first. */
typedef enum level { LEVEL_LIST, LEVEL_OR, LEVEL_AND, LEVEL_UNARY, LEVEL_PRIMARY } level;

typedef struct printer {
    test_prng *prng;
    nn_buffer *out;
} printer;

static void put(printer *p, const char *text)
{
    nn_buffer_append_text(p->out, text);
}

static level level_of(const oracle_node *node)
{
    switch ((int)node->kind) {
    case ORACLE_LIST:
        return LEVEL_LIST;
    case ORACLE_OR:
        return LEVEL_OR;
    case ORACLE_AND:
        return LEVEL_AND;
    case ORACLE_NOT:
        return LEVEL_UNARY;
    default:
        return LEVEL_PRIMARY;
    }
}

static void print(printer *p, const oracle_node *node, level allowed);

static void put_quoted(printer *p, const char *text)
{
    static const char *const marks[] = {"\"", "\"", "\"", "“", "”", "„", "«", "»"};
    put(p, marks[test_prng_below(p->prng, 8)]);
    put(p, text);
    put(p, marks[test_prng_below(p->prng, 8)]);
}

/** A value: one that is not a single word is quoted. */
static void put_value(printer *p, const char *text)
{
    if (strpbrk(text, " ,") != NULL || test_prng_chance(p->prng, 20)) {
        put_quoted(p, text);
    } else {
        put(p, text);
    }
}

static void put_dates(printer *p, const oracle_node *node)
{
    char from[11], to[11];
    nuncio_date_format(node->from, from);
    nuncio_date_format(node->to, to);
    bool one = strcmp(from, to) == 0;
    put(p, from);
    if (!one || test_prng_chance(p->prng, 20)) {
        put(p, "..");
        put(p, to);
    }
}

static void put_mention(printer *p, const oracle_node *node)
{
    put(p, node->type == NUNCIO_ENTITY_NONE     ? "entity:"
           : node->type == NUNCIO_ENTITY_PERSON ? "person:"
           : node->type == NUNCIO_ENTITY_PLACE  ? "place:"
                                                : "org:");
    put_value(p, node->text);
}

static void put_exact(printer *p, const char *text)
{
    put(p, "=");
    if (strchr(text, ' ') == NULL && test_prng_chance(p->prng, 50)) {
        put(p, text);
    } else if (strchr(text, '\'') == NULL && test_prng_chance(p->prng, 60)) {
        put(p, "'");
        put(p, text);
        put(p, "'");
    } else {
        put_quoted(p, text);
    }
}

static void put_fuzzy(printer *p, const oracle_node *node)
{
    char distance[16];
    snprintf(distance, sizeof distance, "~%u", node->distance);
    put(p, node->text);
    put(p, node->distance == 1 && test_prng_chance(p->prng, 50) ? "~" : distance);
}

static void put_near(printer *p, const oracle_node *node)
{
    char between[32];
    snprintf(between, sizeof between, " NEAR/%u ", node->distance);
    print(p, node->children[0], LEVEL_PRIMARY);
    put(p, between);
    print(p, node->children[1], LEVEL_PRIMARY);
}

/** "title:" or "quote:" and a leaf, or a group in brackets. */
static void put_field(printer *p, const char *field, const oracle_node *child)
{
    put(p, field);
    bool leaf = child->kind < ORACLE_NEAR && child->weight[0] == '\0';
    if (!leaf) {
        put(p, "(");
    }
    print(p, child, leaf ? LEVEL_PRIMARY : LEVEL_LIST);
    if (!leaf) {
        put(p, ")");
    }
}

static void put_operands(printer *p, const oracle_node *node, const char *between, level allowed)
{
    for (size_t i = 0; i < node->child_count; i++) {
        if (i > 0) {
            put(p, between);
        }
        print(p, node->children[i], allowed);
    }
}

static void put_list(printer *p, const oracle_node *node)
{
    for (size_t i = 0; i < node->child_count; i++) {
        const oracle_node *child = node->children[i];
        char mark[2] = {child->mark, '\0'};
        put(p, i > 0 ? " " : "");
        put(p, mark);
        print(p, child, child->mark != 0 ? LEVEL_PRIMARY : LEVEL_OR);
    }
}

static void put_body(printer *p, const oracle_node *node)
{
    switch (node->kind) {
    case ORACLE_WORD:
        put(p, node->text);
        break;
    case ORACLE_PHRASE:
        put_quoted(p, node->text);
        break;
    case ORACLE_EXACT:
        put_exact(p, node->text);
        break;
    case ORACLE_PREFIX:
        put(p, node->text);
        put(p, "*");
        break;
    case ORACLE_FUZZY:
        put_fuzzy(p, node);
        break;
    case ORACLE_NEAR:
        put_near(p, node);
        break;
    case ORACLE_SOURCE:
        put(p, "source:");
        put_value(p, node->text);
        break;
    case ORACLE_LANG:
        put(p, "lang:");
        put(p, node->text);
        break;
    case ORACLE_DATE:
        put(p, "date:");
        put_dates(p, node);
        break;
    case ORACLE_SPEAKER:
        put(p, "speaker:");
        put_value(p, node->text);
        break;
    case ORACLE_MENTION:
        put_mention(p, node);
        break;
    case ORACLE_NOT:
        put(p, test_prng_chance(p->prng, 50) ? "NOT " : "-");
        print(p, node->children[0], LEVEL_PRIMARY);
        break;
    case ORACLE_TITLE:
        put_field(p, "title:", node->children[0]);
        break;
    case ORACLE_QUOTE:
        put_field(p, "quote:", node->children[0]);
        break;
    case ORACLE_PASSAGE:
        put(p, "PASSAGE(");
        print(p, node->children[0], LEVEL_LIST);
        put(p, ")");
        break;
    case ORACLE_AND:
        put_operands(p, node, " AND ", LEVEL_UNARY);
        break;
    case ORACLE_OR:
        put_operands(p, node, " OR ", LEVEL_AND);
        break;
    case ORACLE_LIST:
        put_list(p, node);
        break;
    }
}

/** Prints a node where only `allowed` and what binds tighter may stand without brackets. */
static void print(printer *p, const oracle_node *node, level allowed)
{
    level own = level_of(node);
    bool weighted = node->weight[0] != '\0';
    bool near_side = node->kind < ORACLE_NEAR; /* leaves: brackets would end NEAR and title: */
    bool brackets = own < allowed || (weighted && own < LEVEL_PRIMARY) ||
                    (!near_side && test_prng_chance(p->prng, 10));
    if (brackets) {
        put(p, "(");
    }
    put_body(p, node);
    if (brackets) {
        put(p, ")");
    }
    if (weighted) {
        put(p, "^");
        put(p, node->weight);
    }
}

void random_query_print(test_prng *prng, const random_query *query, nn_buffer *out)
{
    printer p = {prng, out};
    if (query->beside) {
        const oracle_node *both = query->root->children[0];
        print(&p, both->children[0], LEVEL_PRIMARY);
        put(&p, test_prng_chance(prng, 50) ? " AND " : " ");
        put_field(&p, "quote:", both->children[1]);
        return;
    }
    if (!query->plain) {
        print(&p, query->root, LEVEL_LIST);
        return;
    }
    for (size_t i = 0; i < query->root->child_count; i++) {
        static const char *const between[] = {" ", " + ", " (", "\"", " - ", ") "};
        put(&p, i == 0 ? "" : between[test_prng_below(prng, 6)]);
        put(&p, query->root->children[i]->text);
    }
}

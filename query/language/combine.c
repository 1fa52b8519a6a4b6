/* SPDX-License-Identifier: Apache-2.0 */
/* What operands side by side mean (docs/query-language.md, "What a query matches").
 *
 *   a b source:x -c      AND ┬ OR ─ a, b      without +: filters and negations must hold,
 *                            ├ source:x       and one of the others
 *                            └ NOT ─ c
 *   +a b source:x -c     PLUS ┬ required: a, source:x, NOT ─ c
 *                             └ optional: b
 */
#include "core/assert.h"
#include "core/error.h"
#include "query/language/parser.h"

nn_node *nn_node_create(nn_arena *arena, nn_node_kind kind, uint32_t child_count, size_t offset)
{
    nn_node *node = nn_arena_array(arena, 1, sizeof *node);
    if (node == NULL) {
        return NULL;
    }
    node->kind = kind;
    node->offset = offset;
    node->child_count = child_count;
    if (child_count > 0) {
        node->children = nn_arena_array(arena, child_count, sizeof *node->children);
        if (node->children == NULL) {
            return NULL;
        }
    }
    return node;
}

nuncio_status nn_item_list_add(nn_parser *parser, nn_item_list *list, nn_node *node, nn_mark mark)
{
    nn_item *item = nn_arena_array(parser->arena, 1, sizeof *item);
    if (item == NULL) {
        return nn_error_memory(parser->error);
    }
    *item = (nn_item){node, mark, NULL};
    if (list->last == NULL) {
        list->first = item;
    } else {
        list->last->next = item;
    }
    list->last = item;
    list->count++;
    return NUNCIO_OK;
}

nuncio_status nn_combine_not(nn_parser *parser, nn_node *child, nn_node **out)
{
    nn_node *node = nn_node_create(parser->arena, NN_NODE_NOT, 1, child->offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->children[0] = child;
    *out = node;
    return NUNCIO_OK;
}

/* True for an OR whose children may stand in an OR around it instead. */
static bool dissolves(nn_node_kind kind, const nn_node *node)
{
    return kind == NN_NODE_OR && node->kind == NN_NODE_OR && !node->weight.given;
}

static bool is_speaker(const nn_node *node)
{
    return node->kind == NN_NODE_FILTER && node->filter->kind == NN_FILTER_SPEAKER;
}

/* True where `node`, the inside of a quote:(…), names a speaker itself. */
static bool names_speaker(const nn_node *node)
{
    if (is_speaker(node)) {
        return true;
    }
    for (uint32_t i = 0; i < node->child_count; i++) {
        if (names_speaker(node->children[i])) {
            return true;
        }
    }
    return false;
}

/* A speaker: beside a quote: speaks of the same quote: puts it inside each quote: that names none.
 */
static nuncio_status bind_speaker(nn_parser *parser, const nn_item_list *items, nn_node **bound)
{
    *bound = NULL;
    nn_node *speaker = NULL;
    nn_node *second = NULL;
    bool quotes = false;
    for (const nn_item *item = items->first; item != NULL; item = item->next) {
        if (is_speaker(item->node)) {
            second = speaker;
            speaker = item->node;
        }
        quotes = quotes ||
                 (item->node->kind == NN_NODE_QUOTE && !names_speaker(item->node->children[0]));
    }
    if (speaker == NULL || !quotes) {
        return NUNCIO_OK;
    }
    if (second != NULL) {
        return nn_query_error(parser->error, speaker->offset,
                              "a quote has one speaker: use quote:(speaker:… …) for each");
    }
    for (nn_item *item = items->first; item != NULL; item = item->next) {
        nn_node *quote = item->node;
        if (quote->kind != NN_NODE_QUOTE || names_speaker(quote->children[0])) {
            continue;
        }
        nn_node *both = nn_node_create(parser->arena, NN_NODE_AND, 2, quote->offset);
        if (both == NULL) {
            return nn_error_memory(parser->error);
        }
        both->children[0] = speaker;
        both->children[1] = quote->children[0];
        both->scoring = quote->scoring;
        quote->children[0] = both;
    }
    *bound = speaker;
    return NUNCIO_OK;
}

/* AND or OR without regard to speakers. */
static nuncio_status join(nn_parser *parser, nn_node_kind kind, const nn_item_list *items,
                          nn_node **out)
{
    if (items->count == 1) {
        *out = items->first->node;
        return NUNCIO_OK;
    }
    NN_ASSERT(items->first != NULL);
    uint32_t count = 0;
    for (const nn_item *item = items->first; item != NULL; item = item->next) {
        count += dissolves(kind, item->node) ? item->node->child_count : 1;
    }
    nn_node *node = nn_node_create(parser->arena, kind, count, items->first->node->offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    uint32_t used = 0;
    for (const nn_item *item = items->first; item != NULL; item = item->next) {
        node->scoring = node->scoring || item->node->scoring;
        if (dissolves(kind, item->node)) {
            for (uint32_t i = 0; i < item->node->child_count; i++) {
                node->children[used++] = item->node->children[i];
            }
        } else {
            node->children[used++] = item->node;
        }
    }
    *out = node;
    return NUNCIO_OK;
}

nuncio_status nn_combine_chain(nn_parser *parser, nn_node_kind kind, const nn_item_list *items,
                               nn_node **out)
{
    if (kind != NN_NODE_AND) {
        return join(parser, kind, items, out);
    }
    nn_node *bound;
    NN_TRY(bind_speaker(parser, items, &bound));
    nn_item_list kept = {0};
    for (const nn_item *item = items->first; item != NULL; item = item->next) {
        if (item->node != bound) { /* the quote holds it now, and implies it */
            NN_TRY(nn_item_list_add(parser, &kept, item->node, item->mark));
        }
    }
    return join(parser, kind, &kept, out);
}

/* A list's operands by what is asked of them. */
typedef struct nn_list_parts {
    nn_item_list required; /* under + */
    nn_item_list filters;  /* unmarked, without a scoring leaf */
    nn_item_list negated;  /* under - or NOT */
    nn_item_list others;
} nn_list_parts;

static nuncio_status divide(nn_parser *parser, const nn_item_list *items, nn_list_parts *out)
{
    *out = (nn_list_parts){0};
    for (const nn_item *item = items->first; item != NULL; item = item->next) {
        nn_item_list *to = item->mark == NN_MARK_PLUS    ? &out->required
                           : item->mark == NN_MARK_MINUS ? &out->negated
                           : !item->node->scoring        ? &out->filters
                                                         : &out->others;
        NN_TRY(nn_item_list_add(parser, to, item->node, item->mark));
    }
    return NUNCIO_OK;
}

static nuncio_status append(nn_parser *parser, nn_item_list *to, const nn_item_list *from,
                            const nn_node *except, bool negations)
{
    for (const nn_item *item = from->first; item != NULL; item = item->next) {
        if (item->node != except && (item->node->kind == NN_NODE_NOT) == negations) {
            NN_TRY(nn_item_list_add(parser, to, item->node, NN_MARK_NONE));
        }
    }
    return NUNCIO_OK;
}

/* True where a quote that `bound` was put in is among the items: where it must hold, it implies its
 * speaker. */
static bool holds_bound_quote(const nn_item_list *items, const nn_node *bound)
{
    for (const nn_item *item = items->first; item != NULL && bound != NULL; item = item->next) {
        if (item->node->kind == NN_NODE_QUOTE && item->node->children[0]->child_count > 0 &&
            item->node->children[0]->children[0] == bound) {
            return true;
        }
    }
    return false;
}

/* Everything that must hold: negations last, so that what is printed is read in the same order. */
static nuncio_status collect_required(nn_parser *parser, const nn_list_parts *parts,
                                      const nn_node *bound, nn_item_list *out)
{
    for (uint32_t negations = 0; negations < 2; negations++) {
        NN_TRY(append(parser, out, &parts->required, bound, negations != 0));
        NN_TRY(append(parser, out, &parts->filters, bound, negations != 0));
        NN_TRY(append(parser, out, &parts->negated, bound, negations != 0));
    }
    return NUNCIO_OK;
}

static nuncio_status combine_plus(nn_parser *parser, const nn_item_list *required,
                                  const nn_item_list *others, nn_node **out)
{
    nn_node *node = nn_node_create(parser->arena, NN_NODE_PLUS, required->count + others->count,
                                   required->first->node->offset);
    if (node == NULL) {
        return nn_error_memory(parser->error);
    }
    node->required_count = required->count;
    node->scoring = true; /* the others are not filters */
    uint32_t used = 0;
    for (const nn_item *item = required->first; item != NULL; item = item->next) {
        node->children[used++] = item->node;
    }
    for (const nn_item *item = others->first; item != NULL; item = item->next) {
        node->children[used++] = item->node;
    }
    *out = node;
    return NUNCIO_OK;
}

nuncio_status nn_combine_list(nn_parser *parser, const nn_item_list *items, nn_node **out)
{
    if (items->count == 1) { /* whatever its mark */
        *out = items->first->node;
        return NUNCIO_OK;
    }
    nn_node *bound;
    NN_TRY(bind_speaker(parser, items, &bound));
    nn_list_parts parts;
    NN_TRY(divide(parser, items, &parts));
    bool plus = parts.required.count > 0;
    nn_item_list required = {0};
    bool implied = holds_bound_quote(&parts.required, bound) ||
                   holds_bound_quote(&parts.filters, bound) ||
                   (!plus && parts.others.count == 1 && holds_bound_quote(&parts.others, bound));
    NN_TRY(collect_required(parser, &parts, implied ? bound : NULL, &required));
    if (plus && parts.others.count > 0 && required.count > 0) {
        return combine_plus(parser, &required, &parts.others, out);
    }
    nn_item_list all = {0};
    if (!plus && parts.others.count > 0) {
        nn_node *any;
        NN_TRY(join(parser, NN_NODE_OR, &parts.others, &any));
        NN_TRY(nn_item_list_add(parser, &all, any, NN_MARK_NONE));
    }
    for (const nn_item *item = required.first; item != NULL; item = item->next) {
        NN_TRY(nn_item_list_add(parser, &all, item->node, NN_MARK_NONE));
    }
    return join(parser, NN_NODE_AND, &all, out);
}

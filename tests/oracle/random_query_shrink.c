/* SPDX-License-Identifier: Apache-2.0 */
/* Making a query smaller, so that what goes wrong can be read. */
#include "oracle/random_query.h"

#include <string.h>

/** Counts the changes that could be made, until the one that is to be made. */
typedef struct shrinking {
    random_query *to;
    size_t left;
    bool done;
} shrinking;

static bool is_chosen(shrinking *s)
{
    bool chosen = !s->done && s->left == 0;
    s->left -= s->left > 0;
    s->done = s->done || chosen;
    return chosen;
}

static size_t children_min(const oracle_node *node)
{
    return node->kind == ORACLE_LIST ? 1 : 2;
}

static oracle_node *copy(shrinking *s, const oracle_node *node)
{
    bool drop_weight = node->weight[0] != '\0' && is_chosen(s);
    for (size_t i = 0; i < node->child_count; i++) {
        if (is_chosen(s)) { /* the child instead of the node */
            oracle_node *child = copy(s, node->children[i]);
            child->mark = node->mark;
            return child;
        }
    }
    oracle_node *same = &s->to->nodes[s->to->count++];
    *same = *node;
    same->child_count = 0;
    if (drop_weight) {
        same->weight[0] = '\0';
    }
    for (size_t i = 0; i < node->child_count; i++) {
        if (node->child_count > children_min(node) && is_chosen(s)) {
            continue; /* without this child */
        }
        same->children[same->child_count++] = copy(s, node->children[i]);
    }
    return same;
}

bool random_query_shrink(const random_query *query, size_t number, random_query *out)
{
    shrinking s = {out, number, false};
    out->count = 0;
    out->plain = query->plain;
    out->beside = false;
    out->root = copy(&s, query->root);
    if (out->plain && out->root->kind != ORACLE_LIST) {
        return false;
    }
    return s.done;
}

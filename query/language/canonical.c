/* SPDX-License-Identifier: Apache-2.0 */
#include "query/language/canonical.h"

#include "core/error.h"
#include "core/str.h"

double nn_weight_value(nn_weight weight)
{
    if (!weight.given) {
        return 1.0;
    }
    double scale = 1.0;
    for (uint32_t i = 0; i < weight.decimals; i++) {
        scale *= 10.0;
    }
    return (double)weight.digits / scale;
}

/* True for words that are read as a plain word when they stand alone, whatever stands around them.
 */
static bool is_bare(nuncio_str word)
{
    bool inner = false; /* . , and ' are plain between letters only */
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      ((uint8_t)c & 0x80) != 0;
        bool mark = c == '.' || c == ',' || c == '\'';
        if (!letter && !(mark && inner)) {
            return false;
        }
        inner = true;
    }
    return !nn_str_equal(word, nn_str_of("AND")) && !nn_str_equal(word, nn_str_of("OR")) &&
           !nn_str_equal(word, nn_str_of("NOT")) && !nn_str_equal(word, nn_str_of("PASSAGE"));
}

static void print_words(nuncio_str text, uint32_t word_count, nn_buffer *out)
{
    bool bare = word_count == 1 && is_bare(text);
    nn_buffer_append_text(out, bare ? "" : "\"");
    nn_buffer_append_str(out, text);
    nn_buffer_append_text(out, bare ? "" : "\"");
}

/* True for a leaf whose canonical text is its text. */
static bool is_bare_leaf(const nn_leaf *leaf)
{
    return leaf->kind == NN_LEAF_WORDS && leaf->word_count == 1 && !leaf->in_title &&
           is_bare(leaf->text);
}

static void print_leaf(const nn_leaf *leaf, nn_buffer *out)
{
    nn_buffer_append_text(out, leaf->in_title ? "title:" : "");
    switch (leaf->kind) {
    case NN_LEAF_WORDS:
        print_words(leaf->text, leaf->word_count, out);
        break;
    case NN_LEAF_EXACT:
        nn_buffer_append_text(out, "='");
        nn_buffer_append_str(out, leaf->text);
        nn_buffer_append_text(out, "'");
        break;
    case NN_LEAF_PREFIX:
        nn_buffer_append_str(out, leaf->text);
        nn_buffer_append_text(out, "*");
        break;
    case NN_LEAF_FUZZY:
        nn_buffer_append_str(out, leaf->text);
        nn_buffer_append_format(out, "~%u", leaf->distance);
        break;
    case NN_LEAF_NEAR:
        nn_buffer_append_text(out, "(");
        nn_buffer_append_str(out, leaf->left->key);
        nn_buffer_append_format(out, " NEAR/%u ", leaf->distance);
        nn_buffer_append_str(out, leaf->right->key);
        nn_buffer_append_text(out, ")");
        break;
    default:
        break;
    }
}

static nuncio_status keep(nn_arena *arena, nn_buffer *buffer, nuncio_str *key, nuncio_error *error)
{
    NN_TRY(nn_buffer_status(buffer, error));
    *key = nn_arena_str(arena, nn_buffer_str(buffer));
    nn_buffer_clear(buffer);
    return key->data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

nuncio_status nn_canonical_leaf(nn_arena *arena, nn_buffer *scratch, nn_leaf *leaf,
                                nuncio_error *error)
{
    if (is_bare_leaf(leaf)) {
        leaf->key = leaf->text;
        return NUNCIO_OK;
    }
    print_leaf(leaf, scratch);
    return keep(arena, scratch, &leaf->key, error);
}

static void print_date(nuncio_date date, nn_buffer *out)
{
    char text[11];
    nn_buffer_append(out, text, nuncio_date_format(date, text));
}

nuncio_status nn_canonical_filter(nn_arena *arena, nn_buffer *scratch, nn_field field,
                                  nn_filter *filter, nuncio_error *error)
{
    nn_buffer_append_format(scratch, "%s:", nn_field_name(field));
    if (filter->kind == NN_FILTER_DATE) {
        const nuncio_date *from = &filter->from;
        const nuncio_date *to = &filter->to;
        bool one = from->year == to->year && from->month == to->month && from->day == to->day &&
                   from->precision == to->precision;
        print_date(filter->from, scratch);
        nn_buffer_append_text(scratch, one ? "" : "..");
        if (!one) {
            print_date(filter->to, scratch);
        }
    } else if (filter->kind == NN_FILTER_LANG) {
        nn_buffer_append_str(scratch, filter->text);
    } else {
        print_words(filter->text, filter->word_count, scratch);
    }
    return keep(arena, scratch, &filter->key, error);
}

static void print_weight(nn_weight weight, nn_buffer *out)
{
    if (!weight.given) {
        return;
    }
    uint32_t scale = 1;
    for (uint32_t i = 0; i < weight.decimals; i++) {
        scale *= 10;
    }
    nn_buffer_append_format(out, "^%u", weight.digits / scale);
    if (weight.decimals > 0) {
        nn_buffer_append_format(out, ".%0*u", (int)weight.decimals, weight.digits % scale);
    }
}

static void print_node(const nn_node *node, nn_buffer *out);

/* Brackets around what a sign, NOT or a weight could tear apart. */
static void print_operand(const nn_node *node, nn_buffer *out)
{
    bool brackets = node->kind == NN_NODE_NOT;
    nn_buffer_append_text(out, brackets ? "(" : "");
    print_node(node, out);
    nn_buffer_append_text(out, brackets ? ")" : "");
}

static void print_chain(const nn_node *node, const char *joint, nn_buffer *out)
{
    nn_buffer_append_text(out, "(");
    for (uint32_t i = 0; i < node->child_count; i++) {
        nn_buffer_append_text(out, i > 0 ? joint : "");
        print_node(node->children[i], out);
    }
    nn_buffer_append_text(out, ")");
}

/* (+a -b c): a negation is printed as such where something else carries the + that makes c
 * optional. */
static void print_plus(const nn_node *node, nn_buffer *out)
{
    nn_buffer_append_text(out, "(");
    bool plus = node->children[0]->kind != NN_NODE_NOT;
    for (uint32_t i = 0; i < node->child_count; i++) {
        const nn_node *child = node->children[i];
        nn_buffer_append_text(out, i > 0 ? " " : "");
        if (i < node->required_count && child->kind == NN_NODE_NOT && (plus || i > 0)) {
            nn_buffer_append_text(out, "-");
            print_operand(child->children[0], out);
        } else if (i < node->required_count) {
            nn_buffer_append_text(out, "+");
            print_operand(child, out);
        } else {
            print_node(child, out);
        }
    }
    nn_buffer_append_text(out, ")");
}

/* quote:( … ) and PASSAGE( … ) bring brackets where the child has none around it. */
static void print_wrapped(const char *name, const nn_node *child, nn_buffer *out)
{
    bool brackets =
        (child->kind != NN_NODE_AND && child->kind != NN_NODE_OR && child->kind != NN_NODE_PLUS) ||
        child->weight.given;
    nn_buffer_append_text(out, name);
    nn_buffer_append_text(out, brackets ? "(" : "");
    print_node(child, out);
    nn_buffer_append_text(out, brackets ? ")" : "");
}

static void print_node(const nn_node *node, nn_buffer *out)
{
    switch (node->kind) {
    case NN_NODE_LEAF:
        nn_buffer_append_str(out, node->leaf->key);
        break;
    case NN_NODE_FILTER:
        nn_buffer_append_str(out, node->filter->key);
        break;
    case NN_NODE_NOT:
        nn_buffer_append_text(out, "NOT ");
        print_operand(node->children[0], out);
        break;
    case NN_NODE_AND:
        print_chain(node, " AND ", out);
        break;
    case NN_NODE_OR:
        print_chain(node, " OR ", out);
        break;
    case NN_NODE_PLUS:
        print_plus(node, out);
        break;
    case NN_NODE_PASSAGE:
        print_wrapped("PASSAGE", node->children[0], out);
        break;
    case NN_NODE_QUOTE:
        print_wrapped("quote:", node->children[0], out);
        break;
    default:
        break;
    }
    print_weight(node->weight, out);
}

nuncio_status nn_canonical_query(nn_arena *arena, nn_buffer *scratch, const nn_node *root,
                                 nuncio_str *out, nuncio_error *error)
{
    if (root->kind == NN_NODE_LEAF && !root->weight.given) {
        *out = root->leaf->key;
        return NUNCIO_OK;
    }
    print_node(root, scratch);
    return keep(arena, scratch, out, error);
}

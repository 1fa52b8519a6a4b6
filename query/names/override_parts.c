/* SPDX-License-Identifier: Apache-2.0 */
/* The sides of all splits among the forms are sorted by split: where two sides of one are there,
 * the groups of all but the first leave. What a group leaves by, split by split, is its mark, and
 * groups of one mark are one part. */
#include "query/names/override_parts.h"

#include "core/error.h"
#include "core/str.h"
#include "query/names/overrides.h"

#include <stdlib.h>
#include <string.h>

bool nn_name_form_stands_before(const nn_name_form *a, const nn_name_form *b)
{
    bool a_last = a->type == NUNCIO_ENTITY_NATIONALITY ||
                  (a->type == NUNCIO_ENTITY_PERSON && a->full_count == 0);
    bool b_last = b->type == NUNCIO_ENTITY_NATIONALITY ||
                  (b->type == NUNCIO_ENTITY_PERSON && b->full_count == 0);
    if (a_last != b_last) {
        return b_last;
    }
    if (a->articles != b->articles) {
        return a->articles > b->articles;
    }
    int order = nn_str_compare(a->text, b->text);
    return order != 0 ? order < 0 : a->type < b->type;
}

/* A side on which a group stands. */
typedef struct standing {
    nn_override_side of;
    uint32_t group;
} standing;

/* What a group leaves by: standings[first … first + count - 1]. */
typedef struct mark {
    const standing *first;
    uint32_t count, group, part;
} mark;

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static int compare_sides(const nn_override_side *x, const nn_override_side *y)
{
    if (x->split != y->split) {
        return x->split < y->split ? -1 : 1;
    }
    return x->side < y->side ? -1 : x->side > y->side;
}

static int by_side(const void *a, const void *b)
{
    return compare_sides(&((const standing *)a)->of, &((const standing *)b)->of);
}

static int by_group(const void *a, const void *b)
{
    const standing *x = a;
    const standing *y = b;
    return x->group != y->group ? (x->group < y->group ? -1 : 1) : by_side(a, b);
}

static int compare_marks(const mark *x, const mark *y)
{
    for (uint32_t i = 0; i < x->count && i < y->count; i++) {
        int order = compare_sides(&x->first[i].of, &y->first[i].of);
        if (order != 0) {
            return order;
        }
    }
    return x->count < y->count ? -1 : x->count > y->count;
}

static int by_mark(const void *a, const void *b)
{
    return compare_marks(a, b);
}

static int by_mark_group(const void *a, const void *b)
{
    return by_number(&((const mark *)a)->group, &((const mark *)b)->group);
}

/* The groups of forms, each once, ascending. */
static nuncio_status list_groups(const nn_name_forms *all, nn_name_form *const *forms,
                                 uint32_t form_count, uint32_t **out, uint32_t *count)
{
    uint32_t *groups = nn_arena_alloc(all->arena, (form_count + 1u) * sizeof *groups);
    uint32_t found = 0;
    *count = 0;
    if (groups == NULL) {
        return nn_error_memory(all->error);
    }
    for (uint32_t i = 0; i < form_count; i++) {
        if (forms[i]->overridden != NN_OVERRIDE_NONE) {
            groups[found++] = all->overrides->names[forms[i]->overridden].group;
        }
    }
    qsort(groups, found, sizeof *groups, by_number);
    for (uint32_t i = 0; i < found; i++) {
        if (i == 0 || groups[i] != groups[i - 1]) {
            groups[(*count)++] = groups[i];
        }
    }
    *out = groups;
    return NUNCIO_OK;
}

/* Lists where the groups stand and keeps those that they leave by. */
static nuncio_status list_leaving(const nn_name_forms *all, const uint32_t *groups, uint32_t count,
                                  standing **out, uint32_t *left)
{
    const nuncio_overrides *overrides = all->overrides;
    size_t total = 0;
    for (uint32_t i = 0; i < count; i++) {
        total += overrides->groups[groups[i]].side_count;
    }
    standing *items = nn_arena_alloc(all->arena, (total + 1) * sizeof *items);
    *left = 0;
    *out = items;
    if (items == NULL) {
        return nn_error_memory(all->error);
    }
    total = 0;
    for (uint32_t i = 0; i < count; i++) {
        const nn_override_group *group = &overrides->groups[groups[i]];
        for (uint32_t k = 0; k < group->side_count; k++) {
            items[total++] = (standing){overrides->sides[group->side + k], groups[i]};
        }
    }
    qsort(items, total, sizeof *items, by_side);
    nn_override_side first = {0, 0}; /* the least of the split at hand stays */
    for (size_t i = 0; i < total; i++) {
        first = i == 0 || items[i].of.split != first.split ? items[i].of : first;
        if (items[i].of.side != first.side) {
            items[(*left)++] = items[i];
        }
    }
    return NUNCIO_OK;
}

/* Numbers the marks of those groups that leave, from 1; *count is the number behind the last. */
static nuncio_status number_marks(const nn_name_forms *all, standing *left, uint32_t left_count,
                                  mark **out, uint32_t *mark_count, uint32_t *count)
{
    mark *marks = nn_arena_alloc(all->arena, (left_count + 1u) * sizeof *marks);
    *mark_count = 0;
    *count = 1;
    *out = marks;
    if (marks == NULL) {
        return nn_error_memory(all->error);
    }
    qsort(left, left_count, sizeof *left, by_group);
    for (uint32_t i = 0; i < left_count; i++) {
        if (i == 0 || left[i].group != left[i - 1].group) {
            marks[(*mark_count)++] = (mark){&left[i], 0, left[i].group, 0};
        }
        marks[*mark_count - 1].count++;
    }
    qsort(marks, *mark_count, sizeof *marks, by_mark);
    for (uint32_t i = 0; i < *mark_count; i++) {
        *count += i == 0 || compare_marks(&marks[i], &marks[i - 1]) != 0;
        marks[i].part = *count - 1;
    }
    qsort(marks, *mark_count, sizeof *marks, by_mark_group);
    return NUNCIO_OK;
}

nuncio_status nn_override_parts(const nn_name_forms *all, nn_name_form *const *forms,
                                uint32_t form_count, uint32_t *parts, uint32_t *count)
{
    uint32_t *groups;
    uint32_t group_count;
    standing *left;
    uint32_t left_count;
    mark *marks;
    uint32_t mark_count;
    memset(parts, 0, form_count * sizeof *parts);
    NN_TRY(list_groups(all, forms, form_count, &groups, &group_count));
    NN_TRY(list_leaving(all, groups, group_count, &left, &left_count));
    NN_TRY(number_marks(all, left, left_count, &marks, &mark_count, count));
    for (uint32_t i = 0; i < form_count && mark_count > 0; i++) {
        if (forms[i]->overridden == NN_OVERRIDE_NONE) {
            continue;
        }
        mark wanted = {.group = all->overrides->names[forms[i]->overridden].group};
        const mark *found = bsearch(&wanted, marks, mark_count, sizeof *marks, by_mark_group);
        parts[i] = found == NULL ? 0 : found->part;
    }
    return NUNCIO_OK;
}

/* ---- a block ---- */

static int by_leader(const void *a, const void *b)
{
    const nn_name_form *x = *(nn_name_form *const *)a;
    const nn_name_form *y = *(nn_name_form *const *)b;
    return by_number(&x->leader, &y->leader);
}

/* Parts the forms of one entity. Who stands for it goes on doing so where he stays. */
static nuncio_status part_entity(const nn_name_forms *all, nn_name_form **forms, uint32_t count)
{
    uint32_t *parts = nn_arena_alloc(all->arena, count * sizeof *parts);
    uint32_t part_count;
    if (parts == NULL) {
        return nn_error_memory(all->error);
    }
    NN_TRY(nn_override_parts(all, forms, count, parts, &part_count));
    if (part_count == 1) {
        return NUNCIO_OK;
    }
    nn_name_form **leaders = nn_arena_array(all->arena, part_count, sizeof *leaders);
    if (leaders == NULL) {
        return nn_error_memory(all->error);
    }
    for (uint32_t i = 0; i < count; i++) {
        nn_name_form **leader = &leaders[parts[i]];
        bool stays = *leader != NULL && (*leader)->leader == (*leader)->number;
        if (*leader == NULL || forms[i]->leader == forms[i]->number ||
            (!stays && nn_name_form_stands_before(forms[i], *leader))) {
            *leader = forms[i];
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i]->parted = parts[i] != 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        forms[i]->leader = leaders[parts[i]]->number;
    }
    return NUNCIO_OK;
}

nuncio_status nn_override_parts_of_block(const nn_name_forms *all, const nn_name_block *block)
{
    if (all->overrides->split_count == 0 || !nn_overrides_has_key(all->overrides, block->key)) {
        return NUNCIO_OK;
    }
    nn_name_form **sorted = nn_arena_alloc(all->arena, (block->count + 1u) * sizeof *sorted);
    if (sorted == NULL) {
        return nn_error_memory(all->error);
    }
    for (uint32_t i = 0; i < block->count; i++) {
        sorted[i] = block->forms[i];
    }
    qsort(sorted, block->count, sizeof *sorted, by_leader);
    for (uint32_t first = 0, end; first < block->count; first = end) {
        end = first + 1;
        while (end < block->count && sorted[end]->leader == sorted[first]->leader) {
            end++;
        }
        NN_TRY(part_entity(all, sorted + first, end - first));
    }
    return NUNCIO_OK;
}

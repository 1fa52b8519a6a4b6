/* SPDX-License-Identifier: Apache-2.0 */
/* First all merges, which make groups; then what splits, renames and ignores say of the groups: so
 * the order of lines says nothing. */
#include "query/names/override_build.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "query/names/override_lines.h"

#include <stdlib.h>
#include <string.h>

/* What a line says of a name, until groups are known. */
typedef struct saying {
    nn_override_verb verb;
    uint32_t name;
    uint32_t line;
    size_t offset;
    uint32_t split, side; /* SPLIT */
    uint32_t new_name;    /* RENAME … */
    nuncio_str called;    /* … and its text */
    uint32_t group;       /* of the name, once known */
} saying;

typedef struct builder {
    nuncio_overrides *overrides;
    nn_override_reader reader;
    nn_name_forms forms; /* makes forms of names */
    nn_token_list tokens;
    uint32_t *merged_by; /* by name: a line that merges it; 0: none */
    size_t capacity;     /* of names and merged_by */
    saying *sayings;
    size_t saying_count, saying_capacity;
    nuncio_error *error;
} builder;

/* ---- names ---- */

size_t nn_override_key(const nn_name_form *form, char to[NN_OVERRIDE_KEY_ROOM])
{
    size_t size = 0;
    to[size++] = (char)form->type;
    for (uint32_t i = 0; i < form->words.count; i++) {
        nuncio_str folded = form->words.items[i].folded;
        if (folded.size + 1 > NN_OVERRIDE_KEY_ROOM - size) {
            return 0;
        }
        memcpy(to + size, folded.data, folded.size);
        size += folded.size;
        to[size++] = ' ';
    }
    return form->words.count == 0 ? 0 : size;
}

/* Room for one name more. */
static nuncio_status reserve(builder *build)
{
    nuncio_overrides *overrides = build->overrides;
    if (overrides->count < build->capacity) {
        return NUNCIO_OK;
    }
    size_t capacity = build->capacity == 0 ? 16 : build->capacity * 2;
    nn_override_name *names = nn_arena_alloc(&overrides->arena, capacity * sizeof *names);
    uint32_t *merged_by = nn_arena_array(&overrides->arena, capacity, sizeof *merged_by);
    if (names == NULL || merged_by == NULL) {
        return nn_error_memory(build->error);
    }
    if (overrides->count > 0) {
        memcpy(names, overrides->names, overrides->count * sizeof *names);
        memcpy(merged_by, build->merged_by, overrides->count * sizeof *merged_by);
    }
    overrides->names = names;
    build->merged_by = merged_by;
    build->capacity = capacity;
    return NUNCIO_OK;
}

/* The name of an item of a line, which is added when new. */
static nuncio_status add_name(builder *build, const nn_override_line *line, nuncio_str text,
                              nuncio_entity_type type, uint32_t *number)
{
    nuncio_overrides *overrides = build->overrides;
    const nn_override_reader *reader = &build->reader;
    char key[NN_OVERRIDE_KEY_ROOM];
    nn_name_form *form;
    bool added;
    uint32_t unused;
    NN_TRY(nn_name_form_make(&build->forms, text, type, &form));
    size_t size = nn_override_key(form, key);
    if (size == 0) {
        return nn_override_error(reader, line->number, line->offset, "\"%.*s\" %s",
                                 nn_override_excerpt(text), text.data,
                                 form->words.count == 0 ? "has no letter or digit: no name is like "
                                                          "that"
                                                        : "is longer than any name");
    }
    NN_TRY(nn_string_map_add(overrides->numbers, nn_str(key, size), number, &added, build->error));
    if (!added) {
        return NUNCIO_OK;
    }
    if (overrides->count == NN_OVERRIDES_NAMES_MAX) {
        return nn_error_file(build->error, NUNCIO_ERR_LIMIT, reader->file, line->offset,
                             "%.60s:%u: more than %d names, where one without a type counts as "
                             "five: give types, or leave lines out",
                             reader->file, line->number, NN_OVERRIDES_NAMES_MAX);
    }
    NN_TRY(reserve(build));
    overrides->names[overrides->count++] =
        (nn_override_name){form, *number, NN_OVERRIDE_NONE, false};
    return nn_string_map_add(overrides->keys, form->key, &unused, NULL, build->error);
}

/* The name that stands for the group of one, as far as merges were read. */
static uint32_t find_group(nuncio_overrides *overrides, uint32_t name)
{
    nn_override_name *names = overrides->names;
    while (names[name].group != name) {
        names[name].group = names[names[name].group].group; /* so that the way is short next time */
        name = names[name].group;
    }
    return name;
}

static void merge(builder *build, uint32_t a, uint32_t b, uint32_t line)
{
    build->merged_by[a] = line;
    build->merged_by[b] = line;
    a = find_group(build->overrides, a);
    b = find_group(build->overrides, b);
    build->overrides->names[a > b ? a : b].group = a > b ? b : a;
}

/* ---- lines ---- */

static nuncio_status add_saying(builder *build, const saying *item)
{
    NN_TRY(nn_reserve(&build->overrides->memory, &build->sayings, &build->saying_capacity,
                      build->saying_count + 1, sizeof *build->sayings, build->error));
    build->sayings[build->saying_count++] = *item;
    return NUNCIO_OK;
}

/* Notes that the archive should have a name. */
static nuncio_status expect(builder *build, const nn_override_line *line, nuncio_str text,
                            uint32_t name)
{
    nuncio_overrides *overrides = build->overrides;
    NN_TRY(nn_reserve(&overrides->memory, &overrides->expected, &overrides->expected_capacity,
                      overrides->expected_count + 1, sizeof *overrides->expected, build->error));
    overrides->expected[overrides->expected_count++] =
        (nn_override_expected){text, name, line->number, line->items[0].type == NUNCIO_ENTITY_NONE};
    return NUNCIO_OK;
}

/* Takes in a line, whose names without a type are of type `any`, persons first. */
static nuncio_status take_line(builder *build, const nn_override_line *line, nuncio_entity_type any)
{
    uint32_t first = NN_OVERRIDE_NONE;
    uint32_t split = build->overrides->split_count;
    for (uint32_t i = 0; i < line->item_count; i++) {
        const nn_override_item *item = &line->items[i];
        uint32_t name = NN_OVERRIDE_NONE;
        NN_TRY(add_name(build, line, item->text,
                        item->type == NUNCIO_ENTITY_NONE ? any : item->type, &name));
        first = i == 0 ? name : first;
        if (line->verb == NN_OVERRIDE_RENAME && i == 1) {
            build->overrides->names[name].given = true;
        } else if (any == NUNCIO_ENTITY_PERSON) { /* once a line */
            NN_TRY(expect(build, line, item->text, name));
        }
        if (line->verb == NN_OVERRIDE_MERGE) {
            merge(build, first, name, line->number);
            continue;
        }
        saying said = {.verb = line->verb,
                       .name = line->verb == NN_OVERRIDE_RENAME ? first : name,
                       .line = line->number,
                       .offset = line->offset,
                       .split = split,
                       .side = item->side,
                       .new_name = name,
                       .called = item->text};
        if (line->verb != NN_OVERRIDE_RENAME || i == 1) {
            NN_TRY(add_saying(build, &said));
        }
    }
    build->overrides->split_count += line->verb == NN_OVERRIDE_SPLIT;
    return NUNCIO_OK;
}

static nuncio_status take_lines(builder *build)
{
    for (;;) {
        nn_override_line line;
        bool more;
        NN_TRY(nn_override_reader_next(&build->reader, &line, &more));
        if (!more) {
            return NUNCIO_OK;
        }
        bool typed = line.items[0].type != NUNCIO_ENTITY_NONE;
        uint32_t last =
            typed ? (uint32_t)NUNCIO_ENTITY_PERSON : (uint32_t)NUNCIO_ENTITY_NATIONALITY;
        for (uint32_t type = NUNCIO_ENTITY_PERSON; type <= last; type++) {
            NN_TRY(take_line(build, &line, (nuncio_entity_type)type));
        }
    }
}

/* ---- groups ---- */

static nuncio_status make_groups(builder *build)
{
    nuncio_overrides *overrides = build->overrides;
    overrides->groups =
        nn_arena_array(&overrides->arena, overrides->count + 1u, sizeof *overrides->groups);
    if (overrides->groups == NULL) {
        return nn_error_memory(build->error);
    }
    for (uint32_t i = 0; i < overrides->count; i++) {
        overrides->groups[i].first = NN_OVERRIDE_NONE;
    }
    for (uint32_t i = overrides->count; i-- > 0;) {
        nn_override_name *name = &overrides->names[i];
        name->group = find_group(overrides, i);
        name->next = overrides->groups[name->group].first;
        overrides->groups[name->group].first = i;
    }
    for (size_t i = 0; i < build->saying_count; i++) {
        build->sayings[i].group = overrides->names[build->sayings[i].name].group;
    }
    return NUNCIO_OK;
}

static nuncio_str text_of(const builder *build, uint32_t name)
{
    return build->overrides->names[name].form->text;
}

/* By group, then split, then side; a total order as far as anything is made of it. */
static int by_group(const void *a, const void *b)
{
    const saying *x = a;
    const saying *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    if (x->verb != y->verb) {
        return x->verb < y->verb ? -1 : 1;
    }
    if (x->split != y->split) {
        return x->split < y->split ? -1 : 1;
    }
    if (x->side != y->side) {
        return x->side < y->side ? -1 : 1;
    }
    return x->line < y->line ? -1 : x->line > y->line;
}

static nuncio_status add_side(builder *build, const saying *said, const saying *before)
{
    nuncio_overrides *overrides = build->overrides;
    nn_override_group *group = &overrides->groups[said->group];
    bool same = before != NULL && before->verb == said->verb && before->split == said->split;
    if (same && before->side != said->side) {
        uint32_t line = build->merged_by[said->name];
        nuncio_str a = text_of(build, before->name);
        nuncio_str b = text_of(build, said->name);
        if (before->name == said->name) {
            return nn_override_error(&build->reader, said->line, said->offset,
                                     "\"%.*s\" stands on two sides of this split",
                                     nn_override_excerpt(a), a.data);
        }
        return nn_override_error(&build->reader, said->line, said->offset,
                                 "\"%.*s\" and \"%.*s\" are parted here, but merged by line %u: "
                                 "remove one of the two",
                                 nn_override_excerpt(a), a.data, nn_override_excerpt(b), b.data,
                                 line);
    }
    if (!same) {
        group->side = group->side_count == 0 ? overrides->side_count : group->side;
        group->side_count++;
        overrides->sides[overrides->side_count++] = (nn_override_side){said->split, said->side};
    }
    return NUNCIO_OK;
}

static nuncio_status add_rename(builder *build, const saying *said)
{
    nn_override_group *group = &build->overrides->groups[said->group];
    if (group->rename_line != 0 && !nn_str_equal(group->called, said->called)) {
        return nn_override_error(&build->reader, said->line, said->offset,
                                 "\"%.*s\" is called \"%.*s\" here, but line %u calls it, or what "
                                 "it is merged with, \"%.*s\": remove one of the two",
                                 nn_override_excerpt(text_of(build, said->name)),
                                 text_of(build, said->name).data, nn_override_excerpt(said->called),
                                 said->called.data, group->rename_line,
                                 nn_override_excerpt(group->called), group->called.data);
    }
    if (group->rename_line == 0) {
        group->called = said->called;
        group->new_name = said->new_name;
        group->rename_line = said->line;
    }
    return NUNCIO_OK;
}

static nuncio_status apply_sayings(builder *build)
{
    nuncio_overrides *overrides = build->overrides;
    overrides->sides =
        nn_arena_alloc(&overrides->arena, (build->saying_count + 1) * sizeof *overrides->sides);
    if (overrides->sides == NULL) {
        return nn_error_memory(build->error);
    }
    if (build->saying_count > 0) {
        qsort(build->sayings, build->saying_count, sizeof *build->sayings, by_group);
    }
    for (size_t i = 0; i < build->saying_count; i++) {
        const saying *said = &build->sayings[i];
        const saying *before = i > 0 && said[-1].group == said->group ? said - 1 : NULL;
        nn_override_group *group = &overrides->groups[said->group];
        if (said->verb == NN_OVERRIDE_SPLIT) {
            NN_TRY(add_side(build, said, before));
        } else if (said->verb == NN_OVERRIDE_RENAME) {
            NN_TRY(add_rename(build, said));
        } else {
            overrides->ignore_count += group->ignore_line == 0;
            group->ignore_line = group->ignore_line == 0 ? said->line : group->ignore_line;
        }
    }
    return NUNCIO_OK;
}

/* ---- new names ---- */

/* The group that a group is renamed into, where that is renamed on; NN_OVERRIDE_NONE: none. */
static uint32_t renamed_on(const nuncio_overrides *overrides, uint32_t group)
{
    const nn_override_group *from = &overrides->groups[group];
    uint32_t next =
        from->rename_line == 0 ? NN_OVERRIDE_NONE : overrides->names[from->new_name].group;
    bool on = next != NN_OVERRIDE_NONE && next != group && overrides->groups[next].rename_line != 0;
    return on ? next : NN_OVERRIDE_NONE;
}

/* Gives all groups of a chain of renames, A -> B and B -> C, the last name. */
static nuncio_status follow_chain(builder *build, uint32_t start, uint32_t *seen, uint32_t *path)
{
    nuncio_overrides *overrides = build->overrides;
    uint32_t count = 0;
    uint32_t at = start;
    while (at != NN_OVERRIDE_NONE && seen[at] == 0) {
        seen[at] = start + 1;
        path[count++] = at;
        at = renamed_on(overrides, at);
    }
    if (at != NN_OVERRIDE_NONE && seen[at] == start + 1) {
        const nn_override_group *group = &overrides->groups[at];
        nuncio_str name = overrides->names[at].form->text;
        return nn_override_error(&build->reader, group->rename_line, 0,
                                 "renames go round in a circle: \"%.*s\" is in the end called by "
                                 "its own name; remove one of them",
                                 nn_override_excerpt(name), name.data);
    }
    const nn_override_group *last =
        &overrides->groups[at == NN_OVERRIDE_NONE ? path[count - 1] : at];
    for (uint32_t i = 0; i < count; i++) {
        overrides->groups[path[i]].called = last->called;
        overrides->groups[path[i]].new_name = last->new_name;
    }
    return NUNCIO_OK;
}

static int by_new_name(const void *a, const void *b)
{
    const nn_override_alias *x = a;
    const nn_override_alias *y = b;
    if (x->name != y->name) {
        return x->name < y->name ? -1 : 1;
    }
    return x->group < y->group ? -1 : x->group > y->group;
}

static void add_alias(nuncio_overrides *overrides, uint32_t group)
{
    if (overrides->groups[group].rename_line != 0) {
        overrides->aliases[overrides->alias_count++] =
            (nn_override_alias){overrides->groups[group].new_name, group};
    }
}

static nuncio_status make_aliases(builder *build)
{
    nuncio_overrides *overrides = build->overrides;
    nn_arena *arena = &overrides->arena;
    uint32_t *seen = nn_arena_array(arena, overrides->count + 1u, sizeof *seen);
    uint32_t *path = nn_arena_alloc(arena, (overrides->count + 1u) * sizeof *path);
    overrides->aliases =
        nn_arena_alloc(arena, (2 * (size_t)overrides->count + 1) * sizeof *overrides->aliases);
    if (seen == NULL || path == NULL || overrides->aliases == NULL) {
        return nn_error_memory(build->error);
    }
    for (uint32_t i = 0; i < overrides->count; i++) { /* by what their own lines say … */
        add_alias(overrides, i);
    }
    for (uint32_t i = 0; i < overrides->count; i++) {
        if (overrides->groups[i].rename_line != 0 && seen[i] == 0) {
            NN_TRY(follow_chain(build, i, seen, path));
        }
    }
    for (uint32_t i = 0; i < overrides->count; i++) { /* … and by what they are called in the end */
        add_alias(overrides, i);
    }
    qsort(overrides->aliases, overrides->alias_count, sizeof *overrides->aliases, by_new_name);
    return NUNCIO_OK;
}

static nuncio_status build_all(builder *build)
{
    NN_TRY(take_lines(build));
    NN_TRY(make_groups(build));
    NN_TRY(apply_sayings(build));
    return make_aliases(build);
}

nuncio_status nn_overrides_build(nuncio_overrides *overrides, nuncio_str text, const char *file,
                                 nuncio_error *error)
{
    nn_analyzer *analyzer;
    builder build = {.overrides = overrides, .error = error};
    overrides->hash = nn_hash64(text.data, text.size, 0);
    NN_TRY(nn_override_reader_open(&build.reader, text, file, &overrides->arena, error));
    NN_TRY(nn_analyzer_create(&overrides->memory, &analyzer, error));
    build.forms = (nn_name_forms){
        .arena = &overrides->arena, .analyzer = analyzer, .tokens = &build.tokens, .error = error};
    nuncio_status status = nn_name_pieces_open(&build.forms.pieces, &overrides->arena, error);
    if (status == NUNCIO_OK) {
        status = build_all(&build);
    }
    nn_name_pieces_close(&build.forms.pieces);
    nn_release(&overrides->memory, build.sayings, build.saying_capacity * sizeof *build.sayings);
    nn_token_list_deinit(&build.tokens, &overrides->memory);
    nn_analyzer_destroy(analyzer);
    return status;
}

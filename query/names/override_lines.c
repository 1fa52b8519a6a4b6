/* SPDX-License-Identifier: Apache-2.0 */
/* A line is a verb and names with signs between them:
 *
 *   split person "John Foster Dulles" | "Allen Dulles" = A. W. Dulles   # brothers
 *   verb  type    name               |  name          =  name             comment
 *
 * A name stands in quotation marks, or is all up to the next sign. */
#include "query/names/override_lines.h"

#include "core/str.h"
#include "query/names/overrides.h"
#include "text/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

nuncio_status nn_override_error(const nn_override_reader *reader, uint32_t line, size_t offset,
                                const char *format, ...)
{
    char what[320];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return nn_error_file(reader->error, NUNCIO_ERR_OVERRIDES, reader->file, offset, "%.60s:%u: %s",
                         reader->file, line, what);
}

int nn_override_excerpt(nuncio_str name)
{
    enum { SHOWN = 80 };
    return (int)nn_utf8_cut(name, SHOWN).size;
}

/* About the place at hand. */
static nuncio_status fail(const nn_override_reader *reader, const char *what)
{
    return nn_override_error(reader, reader->line, reader->at, "%s", what);
}

/* ---- marks and signs ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r';
}

static bool stands_here(const nn_override_reader *reader, const char *what)
{
    nuncio_str rest = nn_str(reader->text.data + reader->at, reader->end - reader->at);
    /* asked of every byte of a file; of nearly all the first letter says no */
    return rest.size > 0 && *rest.data == *what && nn_str_starts_with(rest, nn_str_of(what));
}

/* The marks in which a name may stand; the last two close it as well as one another. */
static const struct {
    const char *open, *close, *other;
} marks[] = {
    {"\"", "\"", "\""},
    {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9D"}, /* “ ” */
    {"\xE2\x80\x9E", "\xE2\x80\x9C", "\xE2\x80\x9D"}, /* „ “, „ ” */
    {"\xC2\xAB", "\xC2\xBB", "\xC2\xBB"},             /* « » */
};
enum { MARKS = sizeof marks / sizeof *marks };

/* The number of the marks that open here; MARKS: none. */
static size_t mark_here(const nn_override_reader *reader)
{
    size_t i = 0;
    while (i < MARKS && !stands_here(reader, marks[i].open)) {
        i++;
    }
    return i;
}

static void skip_space(nn_override_reader *reader)
{
    while (reader->at < reader->end && is_space(reader->text.data[reader->at])) {
        reader->at++;
    }
    if (reader->at < reader->end && reader->text.data[reader->at] == '#') {
        reader->at = reader->end;
    }
}

/* The sign that stands here: '=', '|', '>' for ->, or '\0': none. */
static char sign_here(const nn_override_reader *reader)
{
    if (reader->at == reader->end) {
        return '\0';
    }
    char c = reader->text.data[reader->at];
    return c == '=' || c == '|' ? c : stands_here(reader, "->") ? '>' : '\0';
}

static char take_sign(nn_override_reader *reader)
{
    skip_space(reader);
    char sign = sign_here(reader);
    reader->at += sign == '\0' ? 0 : sign == '>' ? 2 : 1;
    return sign;
}

/* ---- names ---- */

/* What stands up to the next mark, sign or comment, without spaces around it. */
static nuncio_str take_bare(nn_override_reader *reader)
{
    size_t from = reader->at;
    size_t to = from;
    const char *data = reader->text.data;
    while (reader->at < reader->end && sign_here(reader) == '\0' && mark_here(reader) == MARKS) {
        if (data[reader->at] == '#' && is_space(data[reader->at - 1])) {
            break;
        }
        to = is_space(data[reader->at]) ? to : reader->at + 1;
        reader->at++;
    }
    return nn_str(data + from, to - from);
}

static bool is_escape(const nn_override_reader *reader)
{
    return stands_here(reader, "\\\"") || stands_here(reader, "\\\\");
}

/* What stands in marks; \" and \\ are a mark and a backslash. */
static nuncio_status take_quoted(nn_override_reader *reader, size_t mark, nuncio_str *out)
{
    size_t open = reader->at;
    size_t from = open + strlen(marks[mark].open);
    const char *data = reader->text.data;
    reader->at = from;
    while (reader->at < reader->end && !stands_here(reader, marks[mark].close) &&
           !stands_here(reader, marks[mark].other)) {
        reader->at += is_escape(reader) ? 2 : 1;
    }
    size_t end = reader->at;
    if (end >= reader->end) {
        reader->at = open;
        return fail(reader, "this quotation mark is never closed");
    }
    char *to = nn_arena_alloc(reader->arena, end - from + 1);
    size_t size = 0;
    if (to == NULL) {
        return nn_error_memory(reader->error);
    }
    for (reader->at = from; reader->at < end; reader->at++) {
        reader->at += is_escape(reader) ? 1 : 0;
        to[size++] = data[reader->at];
    }
    reader->at = end + strlen(marks[mark].close);
    *out = nn_str(to, size);
    return NUNCIO_OK;
}

static bool find_type(nuncio_str word, nuncio_entity_type *out)
{
    static const struct {
        const char *word;
        nuncio_entity_type type;
    } types[] = {
        {"entity", NUNCIO_ENTITY_NONE},
        {"person", NUNCIO_ENTITY_PERSON},
        {"place", NUNCIO_ENTITY_PLACE},
        {"org", NUNCIO_ENTITY_ORGANISATION},
        {"organisation", NUNCIO_ENTITY_ORGANISATION},
        {"organization", NUNCIO_ENTITY_ORGANISATION},
        {"event", NUNCIO_ENTITY_EVENT},
        {"nationality", NUNCIO_ENTITY_NATIONALITY},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (nn_str_equal(word, nn_str_of(types[i].word))) {
            *out = types[i].type;
            return true;
        }
    }
    return false;
}

/* Takes the type off the front of what stands bare. */
static bool take_type(nuncio_str *bare, nuncio_entity_type *type)
{
    size_t size = 0;
    while (size < bare->size && !is_space(bare->data[size])) {
        size++;
    }
    if (!find_type(nn_str(bare->data, size), type)) {
        return false;
    }
    while (size < bare->size && is_space(bare->data[size])) {
        size++;
    }
    *bare = nn_str(bare->data + size, bare->size - size);
    return true;
}

/* A name, with its type if one stands before it: *typed. */
static nuncio_status take_name(nn_override_reader *reader, nn_override_item *out, bool *typed)
{
    skip_space(reader);
    size_t from = reader->at;
    size_t mark = mark_here(reader);
    nuncio_str bare = mark == MARKS ? take_bare(reader) : nn_str("", 0);
    *typed = take_type(&bare, &out->type);
    mark = mark_here(reader);
    if (bare.size > 0 && mark < MARKS) {
        reader->at = from;
        return nn_override_error(reader, reader->line, from,
                                 "\"%.*s\" before a name in quotation marks is no type: person, "
                                 "place, org, event, nationality or entity",
                                 nn_override_excerpt(bare), bare.data);
    }
    if (mark < MARKS) {
        NN_TRY(take_quoted(reader, mark, &out->text));
    } else {
        out->text = nn_arena_str(reader->arena, bare);
    }
    if (out->text.data == NULL) {
        return nn_error_memory(reader->error);
    }
    if (out->text.size == 0) {
        reader->at = from;
        return fail(reader, "a name is missing here");
    }
    if (out->text.size > NN_OVERRIDE_NAME_MAX) {
        reader->at = from;
        return nn_override_error(reader, reader->line, from,
                                 "a name of %zu bytes, beginning \"%.*s\", is longer than any: "
                                 "names have at most %d",
                                 out->text.size, nn_override_excerpt(out->text), out->text.data,
                                 NN_OVERRIDE_NAME_MAX);
    }
    return NUNCIO_OK;
}

/* ---- lines ---- */

static bool find_verb(nuncio_str word, nn_override_verb *out)
{
    static const char *const verbs[] = {"merge", "split", "rename", "ignore"};
    for (uint32_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (nn_str_equal(word, nn_str_of(verbs[i]))) {
            *out = (nn_override_verb)i;
            return true;
        }
    }
    return false;
}

/* Whether the sign may stand in such a line behind `count` names. */
static bool may_follow(nn_override_verb verb, char sign, uint32_t count)
{
    switch (verb) {
    case NN_OVERRIDE_MERGE:
        return sign == '=';
    case NN_OVERRIDE_SPLIT:
        return sign == '=' || sign == '|';
    case NN_OVERRIDE_RENAME:
        return sign == '>' && count == 1;
    case NN_OVERRIDE_IGNORE:
    default:
        return false;
    }
}

static nuncio_status add_item(nn_override_reader *reader, nn_override_line *line, size_t *capacity,
                              const nn_override_item *item)
{
    if (line->item_count == *capacity) {
        *capacity = *capacity == 0 ? 2 : *capacity * 2;
        nn_override_item *items = nn_arena_alloc(reader->arena, *capacity * sizeof *items);
        if (items == NULL) {
            return nn_error_memory(reader->error);
        }
        if (line->item_count > 0) {
            memcpy(items, line->items, line->item_count * sizeof *items);
        }
        line->items = items;
    }
    line->items[line->item_count++] = *item;
    return NUNCIO_OK;
}

/* A type holds for the names behind it too; where the first has none, none has. */
static nuncio_status check_type(const nn_override_reader *reader, const nn_override_line *line,
                                const nn_override_item *item, bool typed)
{
    if (typed && line->verb == NN_OVERRIDE_RENAME && line->item_count == 1) {
        return fail(reader, "a new name has no type of its own; merge joins two types: "
                            "merge org \"X\" = person \"X\"");
    }
    if (typed && line->item_count > 0 && line->items[0].type == NUNCIO_ENTITY_NONE &&
        item->type != NUNCIO_ENTITY_NONE) {
        return fail(reader, "the first name of the line has no type, so this can have none: "
                            "give the first one too");
    }
    return NUNCIO_OK;
}

static nuncio_status read_names(nn_override_reader *reader, nn_override_line *line)
{
    nn_override_item item = {.type = NUNCIO_ENTITY_NONE};
    size_t capacity = 0;
    for (char sign = ' '; sign != '\0';) {
        bool typed;
        nuncio_entity_type type = item.type;
        NN_TRY(take_name(reader, &item, &typed));
        NN_TRY(check_type(reader, line, &item, typed));
        item.type = typed ? item.type : type;
        NN_TRY(add_item(reader, line, &capacity, &item));
        size_t place = reader->at;
        sign = take_sign(reader);
        item.side += sign == '|';
        if (sign != '\0' && !may_follow(line->verb, sign, line->item_count)) {
            reader->at = place;
            return fail(reader, "such a line is: merge A = B, split A | B, rename A -> B or "
                                "ignore A");
        }
    }
    if (reader->at < reader->end) {
        return fail(reader, "nothing but a sign or a comment can stand behind a name in quotation "
                            "marks");
    }
    return NUNCIO_OK;
}

static nuncio_status read_line(nn_override_reader *reader, nn_override_line *out)
{
    size_t from = reader->at;
    while (reader->at < reader->end && !is_space(reader->text.data[reader->at])) {
        reader->at++;
    }
    nuncio_str verb = nn_str(reader->text.data + from, reader->at - from);
    *out = (nn_override_line){.number = reader->line, .offset = from};
    if (!find_verb(verb, &out->verb)) {
        reader->at = from;
        return nn_override_error(reader, reader->line, from,
                                 "\"%.*s\" is no verb: a line begins with merge, split, rename or "
                                 "ignore, or with # for a comment",
                                 nn_override_excerpt(verb), verb.data);
    }
    NN_TRY(read_names(reader, out));
    if (out->verb == NN_OVERRIDE_MERGE && out->item_count < 2) {
        return fail(reader, "merge joins two names or more: merge \"A\" = \"B\"");
    }
    if (out->verb == NN_OVERRIDE_SPLIT && out->items[out->item_count - 1].side == 0) {
        return fail(reader, "split parts two names or more: split \"A\" | \"B\"");
    }
    if (out->verb == NN_OVERRIDE_RENAME && out->item_count < 2) {
        return fail(reader, "rename gives another name: rename \"A\" -> \"B\"");
    }
    return NUNCIO_OK;
}

nuncio_status nn_override_reader_next(nn_override_reader *reader, nn_override_line *out, bool *more)
{
    *more = false;
    while (reader->next < reader->text.size) {
        const char *from = reader->text.data + reader->next;
        const char *feed = memchr(from, '\n', reader->text.size - reader->next);
        reader->at = reader->next;
        reader->end = feed == NULL ? reader->text.size : (size_t)(feed - reader->text.data);
        reader->next = reader->end + 1;
        reader->line++;
        if (!nn_utf8_is_clean(nn_str(from, reader->end - reader->at))) {
            return fail(reader, "this line is not UTF-8: save the file in that encoding");
        }
        skip_space(reader);
        if (reader->at < reader->end) {
            *more = true;
            return read_line(reader, out);
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_override_reader_open(nn_override_reader *reader, nuncio_str text, const char *file,
                                      nn_arena *arena, nuncio_error *error)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* the byte order mark of some editors */
    *reader = (nn_override_reader){.text = text, .file = file, .arena = arena, .error = error};
    reader->next = nn_str_starts_with(text, nn_str_of(mark)) ? sizeof mark - 1 : 0;
    if (text.size > NN_OVERRIDES_BYTES_MAX) {
        return nn_error_file(error, NUNCIO_ERR_LIMIT, file, 0,
                             "%.60s has %zu bytes: an override file has at most %d", file,
                             text.size, NN_OVERRIDES_BYTES_MAX);
    }
    return NUNCIO_OK;
}

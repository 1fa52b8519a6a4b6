/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/draft.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "ingest/repair.h"
#include "ingest/splitter.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void nn_draft_init(nn_draft *draft, nn_memory *memory)
{
    memset(draft, 0, sizeof *draft);
    nn_arena_init(&draft->arena, memory);
}

void nn_draft_deinit(nn_draft *draft)
{
    nn_arena_clear(&draft->arena);
}

void nn_draft_reset(nn_draft *draft, const char *file, uint64_t line)
{
    nn_arena_reset(&draft->arena);
    draft->file = file;
    draft->line = line;
    memset(&draft->article, 0, sizeof draft->article);
    draft->complete = false;
    draft->repaired = 0;
    draft->problem_count = 0;
}

void nn_draft_problem(nn_draft *draft, nn_problem_kind kind, const char *format, ...)
{
    if (draft->problem_count == NN_DRAFT_PROBLEMS) {
        return;
    }
    nn_problem *problem = &draft->problems[draft->problem_count++];
    problem->kind = kind;
    problem->file = draft->file;
    problem->line = draft->line;
    problem->id = draft->article.id;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(problem->message, sizeof problem->message, format, arguments);
    va_end(arguments);
}

/** `text` with U+FFFD for each NUL; data NULL when memory was refused. */
static nuncio_str without_nul(nn_draft *draft, nuncio_str text)
{
    if (text.size == 0 || memchr(text.data, '\0', text.size) == NULL) {
        return text.data == NULL ? nn_str_of("") : text;
    }
    nuncio_str result = {NULL, 0};
    nn_buffer buffer;
    nn_buffer_init(&buffer, draft->arena.memory);
    draft->repaired += nn_repair_utf8(&buffer, text);
    if (!buffer.failed) {
        result = nn_arena_str(&draft->arena, nn_buffer_str(&buffer));
    }
    nn_buffer_deinit(&buffer);
    return result;
}

static bool is_blank(nuncio_str text)
{
    size_t i = 0;
    while (i < text.size && nn_is_space(text.data[i])) {
        i++;
    }
    return i == text.size;
}

/** Title, source, url, lang: absent when not a string. */
static nuncio_status fill_optional(nn_draft *draft, const nn_json_object *fields,
                                   nn_json_field field, nuncio_str *out, nuncio_error *error)
{
    const nn_json_value *value = &fields->fields[field];
    if (value->type == NN_JSON_STRING) {
        *out = without_nul(draft, value->text);
        return out->data == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    if (value->type != NN_JSON_ABSENT) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_FIELD,
                         "`%s` is not a string; the article was taken without it",
                         nn_json_field_name(field));
    }
    return NUNCIO_OK;
}

static void fill_date(nn_draft *draft, const nn_json_value *value, nuncio_date otherwise)
{
    nuncio_error error = {0};
    draft->article.date = otherwise;
    if (value->type == NN_JSON_ABSENT || (value->type == NN_JSON_STRING && is_blank(value->text))) {
        return;
    }
    nuncio_str text = value->type == NN_JSON_INTEGER ? nn_str_of(value->digits) : value->text;
    if (value->type == NN_JSON_OTHER) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_DATE,
                         "`date` is not a string; the article was taken without it");
    } else if (nuncio_date_parse(text, &draft->article.date, &error) != NUNCIO_OK) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_DATE, "%s; the article was taken without it",
                         error.message);
    } else {
        return;
    }
    draft->article.date = otherwise;
}

/** 32 hexadecimal digits that depend on every field. */
static nuncio_str hash_id(nn_draft *draft)
{
    const nuncio_article *article = &draft->article;
    char date[11];
    nuncio_str day = {date, nuncio_date_format(article->date, date)};
    const nuncio_str parts[] = {article->title, day,           article->source,
                                article->url,   article->lang, article->text};
    nn_hash128 hashes[sizeof parts / sizeof parts[0]];
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        hashes[i] = nn_hash128_of(parts[i].data == NULL ? "" : parts[i].data, parts[i].size);
    }
    nn_hash128 hash = nn_hash128_of(hashes, sizeof hashes);
    char digits[33];
    (void)snprintf(digits, sizeof digits, "%016llx%016llx", (unsigned long long)hash.high,
                   (unsigned long long)hash.low);
    return nn_arena_str(&draft->arena, nn_str(digits, 32));
}

/** The id as given, else `otherwise`; false with a problem noted when it cannot be one, or when
 * memory was refused. */
static bool fill_id(nn_draft *draft, const nn_json_value *value, nuncio_str otherwise,
                    nn_id_from id_from, bool *refused)
{
    *refused = false;
    nuncio_str id = otherwise;
    if (value->type == NN_JSON_STRING) {
        id = value->text;
    } else if (value->type == NN_JSON_INTEGER) {
        id = nn_arena_str(&draft->arena, nn_str_of(value->digits));
        *refused = id.data == NULL;
    } else if (value->type == NN_JSON_OTHER) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_ID,
                         "`id` is not a string; the article was left out");
        return false;
    }
    if (*refused) {
        return false;
    }
    if (id.data == NULL && id_from == NN_ID_GIVEN) {
        nn_draft_problem(draft, NN_PROBLEM_NO_ID,
                         "there is no `id` (--id-from can make one of the url or a hash); the "
                         "article was left out");
        return false;
    }
    if (id.data == NULL) {
        return true; /* it is made when all else is known */
    }
    if (id.size == 0 || id.size > NN_INGEST_ID_MAX || memchr(id.data, '\0', id.size) != NULL) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_ID, "`id` %s; the article was left out",
                         id.size == 0                 ? "is empty"
                         : id.size > NN_INGEST_ID_MAX ? "is longer than 1,024 bytes"
                                                      : "holds a NUL");
        return false;
    }
    draft->article.id = id;
    return true;
}

/** An id for an article that has none. */
static nuncio_status make_id(nn_draft *draft, const nn_ingest_options *options, bool *made,
                             nuncio_error *error)
{
    nuncio_article *article = &draft->article;
    *made = article->id.data != NULL;
    if (*made) {
        return NUNCIO_OK;
    }
    if (options->id_from == NN_ID_FROM_HASH) {
        article->id = hash_id(draft);
        *made = article->id.data != NULL;
        return *made ? NUNCIO_OK : nn_error_memory(error);
    }
    if (article->url.size > 0 && article->url.size <= NN_INGEST_ID_MAX) {
        article->id = article->url;
        *made = true;
        return NUNCIO_OK;
    }
    nn_draft_problem(draft, NN_PROBLEM_NO_ID,
                     "there is neither an `id` nor a `url` that could be one; the article was left "
                     "out");
    return NUNCIO_OK;
}

/** False with a problem noted when there is no text that can be taken. */
static bool check_text(nn_draft *draft, const nn_json_value *value)
{
    if (value->type == NN_JSON_ABSENT) {
        nn_draft_problem(draft, NN_PROBLEM_NO_TEXT, "there is no `text`; the article was left out");
    } else if (value->type != NN_JSON_STRING) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_TEXT,
                         "`text` is not a string; the article was left out");
    } else if (value->text.size > NN_INGEST_TEXT_MAX) {
        nn_draft_problem(draft, NN_PROBLEM_TOO_LARGE,
                         "`text` is larger than 64 MiB; the article was left out");
    } else if (is_blank(value->text)) {
        nn_draft_problem(draft, NN_PROBLEM_NO_TEXT, "`text` is blank; the article was left out");
    } else {
        return true;
    }
    return false;
}

nuncio_status nn_draft_fill(nn_draft *draft, const nn_json_object *fields, nuncio_str default_id,
                            const nn_ingest_options *options, nuncio_error *error)
{
    nuncio_article *article = &draft->article;
    const nn_json_value *values = fields->fields;
    bool refused;
    if (!fill_id(draft, &values[NN_FIELD_ID], default_id, options->id_from, &refused)) {
        return refused ? nn_error_memory(error) : NUNCIO_OK;
    }
    if (!check_text(draft, &values[NN_FIELD_TEXT])) {
        return NUNCIO_OK;
    }
    article->text = without_nul(draft, values[NN_FIELD_TEXT].text);
    if (article->text.data == NULL) {
        return nn_error_memory(error);
    }
    NN_TRY(fill_optional(draft, fields, NN_FIELD_TITLE, &article->title, error));
    NN_TRY(fill_optional(draft, fields, NN_FIELD_SOURCE, &article->source, error));
    NN_TRY(fill_optional(draft, fields, NN_FIELD_URL, &article->url, error));
    NN_TRY(fill_optional(draft, fields, NN_FIELD_LANG, &article->lang, error));
    if (article->source.data == NULL) {
        article->source = options->source;
    }
    fill_date(draft, &values[NN_FIELD_DATE], options->date);
    NN_TRY(make_id(draft, options, &draft->complete, error));
    if (draft->repaired > 0) {
        nn_draft_problem(draft, NN_PROBLEM_REPAIRED,
                         "%zu place%s without a character (is it UTF-8?); U+FFFD was put there",
                         draft->repaired, draft->repaired == 1 ? "" : "s");
    }
    return NUNCIO_OK;
}

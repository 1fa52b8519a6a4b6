/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/read_record.h"

#include "core/error.h"
#include "core/file.h"
#include "core/str.h"
#include "ingest/repair.h"

#include <string.h>

enum {
    TITLE_SIZE = 1000,     /* bytes of a first line that can be a title */
    SIDECAR_SIZE = 1 << 20 /* bytes of a sidecar */
};

nuncio_status nn_record_reader_init(nn_record_reader *reader, nn_memory *memory,
                                    nuncio_error *error)
{
    nn_buffer_init(&reader->text, memory);
    nn_buffer_init(&reader->extra, memory);
    reader->json = nn_json_create();
    return reader->json == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

void nn_record_reader_deinit(nn_record_reader *reader)
{
    nn_json_destroy(reader->json);
    nn_buffer_deinit(&reader->text);
    nn_buffer_deinit(&reader->extra);
}

/** Puts the padding behind the buffer's content and views the content. */
static nuncio_status pad(nn_buffer *buffer, nuncio_str *out, nuncio_error *error)
{
    static const char padding[NN_RECORD_PADDING] = {0};
    size_t size = buffer->size;
    nn_buffer_append(buffer, padding, sizeof padding);
    NN_TRY(nn_buffer_status(buffer, error));
    *out = nn_str((const char *)buffer->data, size);
    return NUNCIO_OK;
}

/** Parses `text`, repaired in a copy where it is not UTF-8 or has broken surrogates. */
static nuncio_status parse(nn_record_reader *reader, nuncio_str text, nn_json_object *object,
                           nn_json_result *result, const char **reason, size_t *repaired,
                           nuncio_error *error)
{
    *repaired = 0;
    *result = nn_json_read(reader->json, text.data, text.size, object, reason);
    if (*result == NN_JSON_BAD_UTF8) {
        nn_buffer_clear(&reader->text);
        *repaired = nn_repair_utf8(&reader->text, text);
        NN_TRY(pad(&reader->text, &text, error));
        *result = nn_json_read(reader->json, text.data, text.size, object, reason);
    }
    if (*result == NN_JSON_BAD_ESCAPE) {
        if (*repaired == 0) {
            nn_buffer_clear(&reader->text);
            nn_buffer_append_str(&reader->text, text);
            NN_TRY(pad(&reader->text, &text, error));
        }
        *repaired += nn_repair_surrogates((char *)reader->text.data, text.size);
        *result = nn_json_read(reader->json, text.data, text.size, object, reason);
    }
    return *result == NN_JSON_NO_MEMORY ? nn_error_memory(error) : NUNCIO_OK;
}

nuncio_status nn_read_json_record(nn_record_reader *reader, const nn_record *record,
                                  const nn_ingest_options *options, nn_draft *draft,
                                  nuncio_error *error)
{
    nn_json_object object;
    nn_json_result result;
    const char *reason = "";
    nuncio_str none = {NULL, 0};
    NN_TRY(parse(reader, nn_str(record->data, record->size), &object, &result, &reason,
                 &draft->repaired, error));
    if (result == NN_JSON_NOT_OBJECT) {
        nn_draft_problem(draft, NN_PROBLEM_NOT_OBJECT,
                         "%s where an article, a JSON object, was expected; it was left out",
                         reason);
        return NUNCIO_OK;
    }
    if (result != NN_JSON_READ) {
        nn_draft_problem(draft, NN_PROBLEM_NOT_JSON, "this is not JSON: %s; it was left out",
                         reason);
        return NUNCIO_OK;
    }
    return nn_draft_fill(draft, &object, none, options, error);
}

/** Reads the sidecar into `object`, which stays empty when there is none. */
static nuncio_status read_sidecar(nn_record_reader *reader, const char *path,
                                  nn_json_object *object, nn_draft *draft, nuncio_error *error)
{
    nn_json_object found;
    nn_json_result result;
    const char *reason = "";
    size_t repaired;
    nuncio_str text;
    nuncio_error failure = {0};
    nn_buffer_clear(&reader->extra);
    nuncio_status status =
        nn_file_read_all(nuncio_vfs_default(), path, SIDECAR_SIZE, &reader->extra, &failure);
    if (status == NUNCIO_ERR_NOT_FOUND) {
        return NUNCIO_OK;
    }
    if (status == NUNCIO_ERR_MEMORY) {
        return nn_error_memory(error);
    }
    if (status != NUNCIO_OK) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_SIDECAR, "%s; it was not used", failure.message);
        return NUNCIO_OK;
    }
    NN_TRY(pad(&reader->extra, &text, error));
    NN_TRY(parse(reader, text, &found, &result, &reason, &repaired, error));
    if (result != NN_JSON_READ) {
        nn_draft_problem(draft, NN_PROBLEM_BAD_SIDECAR,
                         "%s is not a JSON object (%s); it was not used", path, reason);
        return NUNCIO_OK;
    }
    draft->repaired += repaired;
    *object = found;
    return NUNCIO_OK;
}

/** Well-formed text with "\n" at line ends: a view of `text`, or of the reader's buffer. */
static nuncio_status clean(nn_record_reader *reader, nuncio_str *text, size_t *repaired,
                           nuncio_error *error)
{
    bool valid = nn_utf8_is_valid(text->data, text->size);
    if (valid && memchr(text->data, '\r', text->size) == NULL) {
        return NUNCIO_OK;
    }
    nn_buffer *buffer = &reader->text;
    nn_buffer_clear(buffer);
    *repaired += nn_repair_utf8(buffer, *text);
    NN_TRY(nn_buffer_status(buffer, error));
    size_t kept = 0;
    for (size_t i = 0; i < buffer->size; i++) {
        bool feed_follows = i + 1 < buffer->size && buffer->data[i + 1] == '\n';
        if (buffer->data[i] != '\r') {
            buffer->data[kept++] = buffer->data[i];
        } else if (!feed_follows) {
            buffer->data[kept++] = '\n';
        }
    }
    *text = nn_str((const char *)buffer->data, kept);
    return NUNCIO_OK;
}

static nuncio_str trim(nuncio_str text)
{
    while (text.size > 0 && nn_is_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && nn_is_space(text.data[text.size - 1])) {
        text.size--;
    }
    return text;
}

/** Splits at the first line that is not blank. */
static void split_title(nuncio_str text, nn_json_object *object, nn_draft *draft)
{
    nn_json_value *title = &object->fields[NN_FIELD_TITLE];
    nn_json_value *body = &object->fields[NN_FIELD_TEXT];
    nuncio_str all = trim(text);
    const char *feed = all.size == 0 ? NULL : memchr(all.data, '\n', all.size);
    size_t length = feed == NULL ? all.size : (size_t)(feed - all.data);
    title->type = NN_JSON_STRING;
    body->type = NN_JSON_STRING;
    if (length > TITLE_SIZE) {
        nn_draft_problem(draft, NN_PROBLEM_LONG_TITLE,
                         "the first line has %zu bytes, too many for a title: it is text, the "
                         "article has no title",
                         length);
        title->type = NN_JSON_ABSENT;
        body->text = all;
        return;
    }
    title->text = trim(nn_str(all.data, length));
    body->text = trim(nn_str(all.data + length, all.size - length));
}

/** The prefix and the name, as UTF-8. */
static nuncio_str path_id(nn_record_reader *reader, const char *name,
                          const nn_ingest_options *options, nn_draft *draft)
{
    nuncio_str id = {NULL, 0};
    nn_buffer *buffer = &reader->extra;
    nn_buffer_clear(buffer);
    nn_buffer_append_str(buffer, options->id_prefix);
    nuncio_str path = nn_str_of(name);
    if (nn_utf8_is_valid(path.data, path.size)) {
        nn_buffer_append_str(buffer, path);
    } else {
        draft->repaired += nn_repair_utf8(buffer, path);
    }
    return buffer->failed ? id : nn_arena_str(&draft->arena, nn_buffer_str(buffer));
}

nuncio_status nn_read_text_record(nn_record_reader *reader, const nn_record *record,
                                  const char *name, const char *sidecar,
                                  const nn_ingest_options *options, nn_draft *draft,
                                  nuncio_error *error)
{
    nn_json_object object;
    memset(&object, 0, sizeof object);
    nuncio_str id = path_id(reader, name, options, draft);
    if (id.data == NULL) {
        return nn_error_memory(error);
    }
    draft->article.id = id;
    nuncio_str text = nn_str(record->data, record->size);
    if (memchr(text.data, '\0', text.size) != NULL) {
        nn_draft_problem(draft, NN_PROBLEM_FORMAT,
                         "this is not text: it holds NUL bytes; it was not read");
        return NUNCIO_OK;
    }
    if (sidecar != NULL) {
        NN_TRY(read_sidecar(reader, sidecar, &object, draft, error));
    }
    NN_TRY(clean(reader, &text, &draft->repaired, error));
    split_title(text, &object, draft);
    return nn_draft_fill(draft, &object, id, options, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The one place that knows simdjson: JSON text -> the fields of an article. */
#ifndef INGEST_JSON_H
#define INGEST_JSON_H

#include <nuncio/common.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nn_json_field {
    NN_FIELD_ID,
    NN_FIELD_TITLE,
    NN_FIELD_DATE,
    NN_FIELD_SOURCE,
    NN_FIELD_URL,
    NN_FIELD_LANG,
    NN_FIELD_TEXT,
    NN_FIELDS /* how many there are */
} nn_json_field;

/** The key of a field, such as "title"; static storage. */
const char *nn_json_field_name(nn_json_field field);

typedef enum nn_json_type {
    NN_JSON_ABSENT, /* there is no such key, or its value is null */
    NN_JSON_STRING,
    NN_JSON_INTEGER,
    NN_JSON_OTHER /* a fraction, true, false, an array or an object */
} nn_json_type;

typedef struct nn_json_value {
    nn_json_type type;
    nuncio_str text; /* of STRING: valid UTF-8, may hold NUL */
    char digits[24]; /* of INTEGER, with a NUL */
} nn_json_value;

typedef struct nn_json_object {
    nn_json_value fields[NN_FIELDS]; /* of a key that stands twice the last; others are ignored */
} nn_json_object;

typedef enum nn_json_result {
    NN_JSON_READ,
    NN_JSON_NOT_OBJECT, /* JSON, but something else at the top; `reason` names it */
    NN_JSON_BAD_UTF8,   /* bytes that are not UTF-8 */
    NN_JSON_BAD_ESCAPE, /* an escape that is none, or half a surrogate pair */
    NN_JSON_BAD_SYNTAX, /* `reason` says what is wrong */
    NN_JSON_NO_MEMORY
} nn_json_result;

/** A parser with its room; used again for record after record. */
typedef struct nn_json nn_json;

nn_json *nn_json_create(void); /* NULL: no memory */
void nn_json_destroy(nn_json *json);

/**
 * Reads one JSON value.
 *
 * @param[in]  data   `size` bytes and 64 readable ones behind them
 * @param[out] out    views live until the next call
 * @param[out] reason a few words, static storage; set unless READ
 */
nn_json_result nn_json_read(nn_json *json, const char *data, size_t size, nn_json_object *out,
                            const char **reason);

/** True for well-formed UTF-8. */
bool nn_utf8_is_valid(const char *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* JSON written as it goes: nothing is held, so that an archive of any size can be. */
#ifndef CLI_JSON_WRITE_H
#define CLI_JSON_WRITE_H

#include "cli/output.h"

/** Where a writer stands; commas are put by it. */
typedef struct nn_json_writer {
    nn_output *output;
    bool comma; /* the next value or key follows another */
} nn_json_writer;

/** "{" or "[", and "}" or "]". */
void nn_json_open(nn_json_writer *json, char bracket);
void nn_json_close(nn_json_writer *json, char bracket);
/** A key; its value comes next. `key` is plain ASCII. */
void nn_json_key(nn_json_writer *json, const char *key);

/** A string; null when absent. Controls are escaped, those a terminal would act on (DEL, C1) too.
 */
void nn_json_str(nn_json_writer *json, nuncio_str text);
/** One string of three parts; the first two are plain ASCII. */
void nn_json_joined(nn_json_writer *json, const char *one, const char *two, nuncio_str three);
void nn_json_text(nn_json_writer *json, const char *text); /* NUL-terminated, or NULL for null */
void nn_json_number(nn_json_writer *json, uint64_t number);
/** The shortest form that reads back as the same double; null when it is not finite. */
void nn_json_real(nn_json_writer *json, double number);
/** A number from 0 to 1 to four decimals, as precise as the index keeps it. */
void nn_json_share(nn_json_writer *json, float share);
void nn_json_bool(nn_json_writer *json, bool value);
void nn_json_null(nn_json_writer *json);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Hits for programs: JSON and CSV. */
#ifndef CLI_JSON_HIT_H
#define CLI_JSON_HIT_H

#include <nuncio/search.h>

#include "cli/json_write.h"

/**
 * One hit as a JSON object.
 *
 * @param[in] text the article's text, which `passage.start` and `end` count in; absent (where texts
 *                 are not stored): they are null unless counted in bytes
 */
void nn_json_hit(nn_json_writer *json, const nuncio_hit *hit, nuncio_str text,
                 nuncio_offset_unit unit);

/** Opens the object of one page of a search, up to the array of its hits, which is called `key`. */
void nn_json_page_open(nn_json_writer *json, const nuncio_query *query, const nuncio_hits *hits,
                       const nuncio_snapshot *snapshot, const char *key);
/** Closes the array of its hits; more keys may follow. */
void nn_json_page_end_hits(nn_json_writer *json, const nuncio_hits *hits);
/** Closes the page, and ends the line. */
void nn_json_page_close(nn_json_writer *json);

/** A text as a field of CSV: in quotation marks, those in it doubled, controls as U+FFFD. */
void nn_csv_field(nn_output *output, nuncio_str text);
/** The names of the columns of nn_csv_hit. */
void nn_csv_header(nn_output *output);
/** A hit as one row (RFC 4180 with bare line feeds; controls become U+FFFD); as nn_json_hit. */
void nn_csv_hit(nn_output *output, const nuncio_hit *hit, nuncio_str text, nuncio_offset_unit unit);

#endif

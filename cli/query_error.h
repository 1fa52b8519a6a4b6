/* SPDX-License-Identifier: Apache-2.0 */
/* A query that cannot be read, with a caret under the place. */
#ifndef CLI_QUERY_ERROR_H
#define CLI_QUERY_ERROR_H

#include <nuncio/error.h>

/** Prints the message, then the query (or the part of it around the place) and the caret. */
void nn_print_query_error(nuncio_str query, const nuncio_error *error);

#endif

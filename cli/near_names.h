/* SPDX-License-Identifier: Apache-2.0 */
/* What is said where nothing is found of names that no article has. */
#ifndef CLI_NEAR_NAMES_H
#define CLI_NEAR_NAMES_H

#include <nuncio/near_names.h>

#include "cli/json_write.h"

/** Tells each name in the query's filters that no article has, with those near it. A failure is
 * told too.
 * @param[in] query NULL: nothing is told */
void nn_near_names_tell(const nuncio_snapshot *snapshot, const nuncio_query *query,
                        const nuncio_search_options *options);
/** The same as key "near_names" of the object at hand. */
void nn_json_near_names(nn_json_writer *json, const nuncio_snapshot *snapshot,
                        const nuncio_query *query, const nuncio_search_options *options);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Edit distance for small limits. */
#ifndef QUERY_EDIT_H
#define QUERY_EDIT_H

#include <nuncio/common.h>

/** True when at most `max` (0 … 2) insertions, deletions and substitutions of single elements turn
 * `a` into `b`. Cost: O(3^max · length). */
bool nn_edit_within(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                    uint32_t max);

#endif

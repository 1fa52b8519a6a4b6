/* SPDX-License-Identifier: Apache-2.0 */
/* What splits do to forms that would be one:
 *
 *   split A | B = C        { A, B, C, D }  →  { A, D }  { B, C }
 *
 * Names of the first side stay with whatever no line speaks of; those of each other side go, each
 * side together. Of several splits each parts on its own: forms stay one that no split parts. */
#ifndef QUERY_OVERRIDE_PARTS_H
#define QUERY_OVERRIDE_PARTS_H

#include "query/names/name_blocks.h"

/** Which of two forms stands for an entity: a total order of forms. Full names of persons before
 * others, places before their people, the commoner first. */
bool nn_name_form_stands_before(const nn_name_form *a, const nn_name_form *b);

/**
 * Parts forms that would be one: parts[i] is the part of forms[i], 0 of those that stay.
 * @return in *count how many parts there may be; 1: no split parts them
 */
NUNCIO_NODISCARD nuncio_status nn_override_parts(const nn_name_forms *all,
                                                 nn_name_form *const *forms, uint32_t form_count,
                                                 uint32_t *parts, uint32_t *count);

/** Does so to the entities of a block that was joined: sets `leader` and `parted`. */
NUNCIO_NODISCARD nuncio_status nn_override_parts_of_block(const nn_name_forms *all,
                                                          const nn_name_block *block);

#endif

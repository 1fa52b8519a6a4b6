/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PRINT_MEANINGS_H
#define CLI_PRINT_MEANINGS_H

#include <nuncio/search.h>

#include "cli/styled.h"

/** Whether a name is called otherwise in a reporter's own file. */
bool nn_is_called_otherwise(nuncio_str name, const nuncio_hit_entity *entity);

/** Prints a line of the names that a reporter's own file has another name for, each once: Kiev =
 * Kyiv. Nothing where there are none, or entities were not asked for.
 * @param[in] quote NULL: of the hit's passage; else of this one of its quotes, and its speaker */
void nn_print_meanings(const nuncio_hit *hit, const nuncio_quote *quote, const nn_layout *layout);

#endif

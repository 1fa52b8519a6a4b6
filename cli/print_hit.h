/* SPDX-License-Identifier: Apache-2.0 */
/* A hit for people: title, origin, passage with what matched, matched quotes with their speakers.
 */
#ifndef CLI_PRINT_HIT_H
#define CLI_PRINT_HIT_H

#include <nuncio/hits.h>

#include "cli/output.h"
#include "cli/terminal.h"

/** Prints one hit and a blank line behind it.
 * @param[in] rank_width columns of the largest rank on the page */
void nn_print_hit(nn_output *output, nn_terminal terminal, const nuncio_hit *hit,
                  size_t rank_width);

#endif

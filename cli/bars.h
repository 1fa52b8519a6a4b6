/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with bars, for people. */
#ifndef CLI_BARS_H
#define CLI_BARS_H

#include <nuncio/common.h>

#include "cli/output.h"

/** "██████▌", of eighths of a column: `columns` of them for the highest value. */
void nn_put_bar(nn_output *output, uint64_t value, uint64_t highest, size_t columns);
/** A value in `wide` columns, cut where it is longer. */
void nn_put_cell(nn_output *output, nuncio_str value, size_t wide);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Tables with bars, for people. */
#ifndef CLI_BARS_H
#define CLI_BARS_H

#include <nuncio/common.h>

#include "cli/output.h"

/** "██████▌", of eighths of a column: `columns` of them for the highest value. */
void nn_put_bar(nn_output *output, uint64_t value, uint64_t highest, size_t columns);
enum { NN_CELL_GAP = 2 }; /* columns between a cell and the next */
/** A value and a gap in `wide` columns (≥ 8); one that is longer loses its middle. */
void nn_put_cell(nn_output *output, nuncio_str value, size_t wide);

#endif

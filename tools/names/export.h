/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a trained network as a model file: whole numbers, as annotate/names/name_model.h reads
 * them. */
#ifndef TOOLS_NAMES_EXPORT_H
#define TOOLS_NAMES_EXPORT_H

#include "net.h"

typedef struct exported {
    uint8_t *bytes;
    size_t size, capacity;
} exported;

/** @param[in] vocabulary, known finished tables of the sizes given */
exported export_model(const net *n, uint32_t words, nn_name_table vocabulary, nn_name_table known);

#endif

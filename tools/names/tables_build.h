/* SPDX-License-Identifier: Apache-2.0 */
/* Builds the hash tables of a names model: vocabulary and gazetteer (annotate/names/name_tables.h).
 */
#ifndef TOOLS_NAMES_TABLES_BUILD_H
#define TOOLS_NAMES_TABLES_BUILD_H

#include "annotate/names/name_tables.h"
#include "text/analyzer.h"

typedef struct table_builder {
    uint32_t *keys;
    uint16_t *values;
    size_t slots, count;
} table_builder;

void table_init(table_builder *table, size_t slots);
/** The value of a key, for reading and writing; a new one is 0. The table grows. */
uint16_t *table_at(table_builder *table, uint32_t key);
/** The finished table; its bytes belong to the caller. */
nn_name_table table_finish(const table_builder *table, size_t *bytes);

/** Adds the names of a list file, one a line; the file's name says what they are. */
void gazetteer_add_file(table_builder *table, nn_analyzer *analyzer, const char *path);
/** … of all lists of a folder, in byte order of names. */
void gazetteer_add_folder(table_builder *table, nn_analyzer *analyzer, const char *folder);

#endif

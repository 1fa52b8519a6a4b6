/* SPDX-License-Identifier: Apache-2.0 */
/* The override file of a command (docs/overrides.md). */
#ifndef CLI_OVERRIDES_H
#define CLI_OVERRIDES_H

#include <nuncio/overrides.h>

/** For the help of commands that take it. */
#define NN_OVERRIDES_HELP                                                                          \
    "      --overrides FILE  what you know better about names: merge, split, rename, ignore;\n"    \
    "                        none: nothing (overrides.txt in the index, if there is one)\n"

/** Reads the file `given`, else overrides.txt in the index, if it is there. "none" and no file give
 * NULL. Tells of names in it that no article of the snapshot has, the first few.
 * @param[in] given NULL: no such option */
NUNCIO_NODISCARD nuncio_status nn_overrides_open(const char *given, const char *index,
                                                 const nuncio_snapshot *snapshot,
                                                 nuncio_overrides **out, nuncio_error *error);

#endif

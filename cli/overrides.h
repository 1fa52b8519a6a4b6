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
 * NULL.
 * @param[in] given NULL: no such option */
NUNCIO_NODISCARD nuncio_status nn_overrides_open(const char *given, const char *index,
                                                 nuncio_overrides **out, nuncio_error *error);

/** Tells of names in a file opened so that no article has, the first few. Each costs a look-up, so
 * that searches which find something leave it to `check` and `entities`. A failure is told too:
 * what was asked for need not look at these names.
 * @param[in] overrides NULL: nothing is told */
void nn_overrides_tell_unknown(const nuncio_overrides *overrides, const char *given,
                               const char *index, const nuncio_snapshot *snapshot);

#endif

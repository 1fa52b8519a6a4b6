/* SPDX-License-Identifier: Apache-2.0 */
/* From the lines of an override file to groups, sides and new names. */
#ifndef QUERY_OVERRIDE_BUILD_H
#define QUERY_OVERRIDE_BUILD_H

#include "query/names/overrides.h"

/** Reads `text` into overrides that hold nothing yet but their memory, arena and maps.
 * @param[in] file for messages
 * @retval NUNCIO_ERR_OVERRIDES, NUNCIO_ERR_LIMIT see nuncio_overrides_parse */
NUNCIO_NODISCARD nuncio_status nn_overrides_build(nuncio_overrides *overrides, nuncio_str text,
                                                  const char *file, nuncio_error *error);

enum { NN_OVERRIDE_KEY_ROOM = 4096 /* folded words of a name, at most */ };
/** Type and folded words of a form: what overrides->numbers knows names by. 0: no word, or too many
 * bytes. */
size_t nn_override_key(const nn_name_form *form, char to[NN_OVERRIDE_KEY_ROOM]);

#endif

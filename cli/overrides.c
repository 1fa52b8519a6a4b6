/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/overrides.h"

#include <stdio.h>
#include <string.h>

static const char DEFAULT_NAME[] = "overrides.txt";

nuncio_status nn_overrides_open(const char *given, const char *index, nuncio_overrides **out,
                                nuncio_error *error)
{
    char path[4096];
    *out = NULL;
    if (given != NULL && strcmp(given, "none") == 0) {
        return NUNCIO_OK;
    }
    int size = snprintf(path, sizeof path, "%s/%s", index, DEFAULT_NAME);
    if (given == NULL && (size < 0 || (size_t)size >= sizeof path)) {
        return NUNCIO_OK; /* opening the index says that its path is too long */
    }
    nuncio_status status =
        nuncio_overrides_read(given == NULL ? path : given, NULL, NULL, out, error);
    if (status != NUNCIO_ERR_NOT_FOUND) {
        return status;
    }
    error->status = NUNCIO_ERR_IO; /* no article was looked for in vain */
    return given == NULL ? NUNCIO_OK : NUNCIO_ERR_IO;
}

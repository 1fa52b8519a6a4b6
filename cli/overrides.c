/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/overrides.h"

#include "cli/message.h"

#include <stdio.h>
#include <string.h>

static const char DEFAULT_NAME[] = "overrides.txt";

/** Tells of names that no article has. The search is made all the same: a failure is told too, but
 * is not one of the search, which may never look at the names. */
static void tell_unknown(const nuncio_overrides *overrides, const nuncio_snapshot *snapshot,
                         const char *path)
{
    enum { TOLD = 5, SHOWN = 200 /* bytes of a name */ };
    nuncio_override_unknown names[TOLD];
    size_t count;
    nuncio_error error = {0};
    if (nuncio_overrides_unknown(overrides, snapshot, names, TOLD, &count, &error) != NUNCIO_OK) {
        (void)nn_message_failure(&error);
        return;
    }
    for (size_t i = 0; i < count && i < TOLD; i++) {
        nuncio_str text = names[i].text;
        bool other = names[i].instead != NUNCIO_ENTITY_NONE;
        nn_message("%s:%u: no article names \"%.*s\"%s%s%s%s", path, (unsigned)names[i].line,
                   text.size < SHOWN ? (int)text.size : SHOWN, text.data, other ? " as " : "",
                   other ? nuncio_entity_type_name(names[i].type) : "", other ? ", but as " : "",
                   other ? nuncio_entity_type_name(names[i].instead) : "");
    }
    if (count > TOLD) {
        nn_message("%s: and %zu more name%s that no article has", path, count - TOLD,
                   count - TOLD == 1 ? "" : "s");
    }
}

nuncio_status nn_overrides_open(const char *given, const char *index,
                                const nuncio_snapshot *snapshot, nuncio_overrides **out,
                                nuncio_error *error)
{
    char room[4096];
    *out = NULL;
    if (given != NULL && strcmp(given, "none") == 0) {
        return NUNCIO_OK;
    }
    int size = snprintf(room, sizeof room, "%s/%s", index, DEFAULT_NAME);
    if (given == NULL && (size < 0 || (size_t)size >= sizeof room)) {
        return NUNCIO_OK; /* opening the index says that its path is too long */
    }
    const char *path = given == NULL ? room : given;
    nuncio_status status = nuncio_overrides_read(path, NULL, NULL, out, error);
    if (status == NUNCIO_OK) {
        tell_unknown(*out, snapshot, path);
    }
    if (status != NUNCIO_ERR_NOT_FOUND) {
        return status;
    }
    error->status = NUNCIO_ERR_IO; /* no article was looked for in vain */
    return given == NULL ? NUNCIO_OK : NUNCIO_ERR_IO;
}

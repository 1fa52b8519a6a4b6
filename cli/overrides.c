/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/overrides.h"

#include "cli/human.h"
#include "cli/message.h"

#include <stdio.h>
#include <string.h>

enum { PATH_ROOM = 4096 };

static const char DEFAULT_NAME[] = "overrides.txt";

/** Path of the file that is read; NULL: none, or one too long to be opened. */
static const char *path_of(const char *given, const char *index, char *room, size_t size)
{
    if (given != NULL) {
        return strcmp(given, "none") == 0 ? NULL : given;
    }
    int length = snprintf(room, size, "%s/%s", index, DEFAULT_NAME);
    return length < 0 || (size_t)length >= size ? NULL : room;
}

nuncio_status nn_overrides_open(const char *given, const char *index, nuncio_overrides **out,
                                nuncio_error *error)
{
    char room[PATH_ROOM];
    const char *path = path_of(given, index, room, sizeof room);
    *out = NULL;
    if (path == NULL) {
        return NUNCIO_OK;
    }
    nuncio_status status = nuncio_overrides_read(path, NULL, NULL, out, error);
    if (status != NUNCIO_ERR_NOT_FOUND) {
        return status;
    }
    error->status = NUNCIO_ERR_IO; /* no article was looked for in vain */
    return given == NULL ? NUNCIO_OK : NUNCIO_ERR_IO;
}

void nn_overrides_tell_unknown(const nuncio_overrides *overrides, const char *given,
                               const char *index, const nuncio_snapshot *snapshot)
{
    enum { TOLD = 5, SHOWN = 200 /* bytes of a name */ };
    char room[PATH_ROOM];
    nuncio_override_unknown names[TOLD];
    size_t count;
    nuncio_error error = {0};
    const char *path = path_of(given, index, room, sizeof room);
    if (overrides == NULL || path == NULL) {
        return;
    }
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
        char more[NN_HUMAN_ROOM];
        nn_message("%s: and %s that no article has", path,
                   nn_human_number_of(count - TOLD, "more name", more));
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/near_names.h"

#include "cli/message.h"

#include <stdio.h>

enum { SHOWN = 200 /* bytes of a name or filter */ };

static int shown(nuncio_str text)
{
    return text.size < SHOWN ? (int)text.size : SHOWN;
}

static void tell_one(void *context, nuncio_str filter, const nuncio_near_name *names, size_t count)
{
    char list[NUNCIO_NEAR_NAMES_MAX * (SHOWN + 4)] = "";
    size_t size = 0;
    (void)context;
    for (size_t i = 0; i < count; i++) {
        size += (size_t)snprintf(list + size, sizeof list - size, "%s%.*s", i == 0 ? "" : ", ",
                                 shown(names[i].name), names[i].name.data);
    }
    nn_message("no article has %.*s%s%s", shown(filter), filter.data,
               count > 0 ? "; nearest: " : ", nor a name near it", list);
}

void nn_near_names_tell(const nuncio_snapshot *snapshot, const nuncio_query *query,
                        const nuncio_search_options *options)
{
    nuncio_error error = {0};
    if (query != NULL &&
        nuncio_near_names(snapshot, query, options, tell_one, NULL, &error) != NUNCIO_OK) {
        (void)nn_message_failure(&error);
    }
}

static void put_one(void *context, nuncio_str filter, const nuncio_near_name *names, size_t count)
{
    nn_json_writer *json = context;
    nn_json_open(json, '{');
    nn_json_key(json, "filter");
    nn_json_str(json, filter);
    nn_json_key(json, "names");
    nn_json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        nn_json_open(json, '{');
        nn_json_key(json, "name");
        nn_json_str(json, names[i].name);
        nn_json_key(json, "type");
        nn_json_text(json, nuncio_entity_type_name(names[i].type));
        nn_json_close(json, '}');
    }
    nn_json_close(json, ']');
    nn_json_close(json, '}');
}

void nn_json_near_names(nn_json_writer *json, const nuncio_snapshot *snapshot,
                        const nuncio_query *query, const nuncio_search_options *options)
{
    nuncio_error error = {0};
    nn_json_key(json, "near_names");
    nn_json_open(json, '[');
    if (nuncio_near_names(snapshot, query, options, put_one, json, &error) != NUNCIO_OK) {
        (void)nn_message_failure(&error);
    }
    nn_json_close(json, ']');
}

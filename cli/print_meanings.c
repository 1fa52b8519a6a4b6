/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/print_meanings.h"

#include <string.h>

static bool is_same(nuncio_str a, nuncio_str b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

bool nn_is_called_otherwise(nuncio_str name, const nuncio_hit_entity *entity)
{
    return entity->overridden && entity->name.data != NULL && !is_same(name, entity->name);
}

static void append(nn_styled *line, nuncio_str name, const nuncio_hit_entity *entity)
{
    nn_styled_append_text(line, line->size > 0 ? " · " : "", NN_STYLE_FAINT);
    nn_styled_append(line, name, NN_STYLE_FAINT);
    nn_styled_append_text(line, " = ", NN_STYLE_FAINT);
    nn_styled_append(line, entity->name, NN_STYLE_FAINT);
}

static bool is_inside(const nuncio_mention *mention, const nuncio_quote *quote)
{
    return quote == NULL || (mention->start < quote->end && mention->end > quote->start);
}

/** Whether the mention has to be told of: nobody was who bears its name. */
static bool is_told(const nuncio_hit *hit, size_t number, const nuncio_quote *quote)
{
    nuncio_str name = hit->mentions[number].name;
    bool told = is_inside(&hit->mentions[number], quote) &&
                nn_is_called_otherwise(name, &hit->mention_entities[number]) &&
                (quote == NULL || !is_same(name, quote->speaker));
    for (size_t i = 0; i < number && told; i++) {
        told = !is_inside(&hit->mentions[i], quote) || !is_same(name, hit->mentions[i].name);
    }
    return told;
}

void nn_print_meanings(const nuncio_hit *hit, const nuncio_quote *quote, const nn_layout *layout)
{
    nn_styled line = {0};
    if (quote != NULL && hit->speaker_entities != NULL) {
        const nuncio_hit_entity *speaker = &hit->speaker_entities[quote - hit->quotes];
        if (nn_is_called_otherwise(quote->speaker, speaker)) {
            append(&line, quote->speaker, speaker);
        }
    }
    for (size_t i = 0; hit->mention_entities != NULL && i < hit->mention_count; i++) {
        if (is_told(hit, i, quote)) {
            append(&line, hit->mentions[i].name, &hit->mention_entities[i]);
        }
    }
    if (line.size > 0) {
        nn_styled_print(&line, layout, false);
    }
    nn_styled_deinit(&line);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/speakers.h"

#include "query/names.h"

enum { UNKNOWN = 0, NO = 1, YES = 2 };

nuncio_status nn_speakers_open(nn_part *part, const nn_filter *filter, nn_speakers **out)
{
    size_t names = (size_t)nn_segment_name_count(part->segment) + 1;
    nn_speakers *speakers = nn_arena_array(part->run->part_arena, 1, sizeof *speakers);
    if (speakers != NULL) {
        speakers->known = nn_arena_array(part->run->part_arena, names / 4 + 1, 1);
    }
    if (speakers == NULL || speakers->known == NULL) {
        return nn_error_memory(part->run->error);
    }
    speakers->filter = filter;
    speakers->segment = part->segment;
    *out = speakers;
    return NUNCIO_OK;
}

nuncio_status nn_speakers_test(nn_speakers *speakers, nn_run *run, nn_article_quotes *quotes,
                               uint32_t quote, bool *holds)
{
    uint32_t number;
    *holds = false;
    NN_TRY(nn_article_quotes_speaker(quotes, quote, &number, run->error));
    if (number == NN_NAME_UNKNOWN) {
        return NUNCIO_OK;
    }
    uint8_t *at = &speakers->known[number / 4];
    uint32_t shift = number % 4 * 2;
    uint32_t state = (uint32_t)*at >> shift & 3;
    if (state == UNKNOWN) {
        nuncio_str name;
        nuncio_entity_type type;
        NN_TRY(nn_segment_name(speakers->segment, number, &name, &type, run->error));
        NN_TRY(nn_names_match(run, speakers->filter, name, holds));
        *at |= (uint8_t)((*holds ? YES : NO) << shift);
        return NUNCIO_OK;
    }
    *holds = state == YES;
    return NUNCIO_OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Which speakers of a segment a speaker: filter is true of. Each distinct name is looked at once,
 * when a quote of that speaker is first asked about. */
#ifndef QUERY_SPEAKERS_H
#define QUERY_SPEAKERS_H

#include "query/condition.h"
#include "segment/quotes.h"

typedef struct nn_speakers {
    const nn_filter *filter;
    const nn_segment *segment;
    uint8_t *known; /* two bits a name: 0 not looked at, 1 no, 2 yes */
} nn_speakers;

/** In run->part_arena. */
NUNCIO_NODISCARD nuncio_status nn_speakers_open(nn_part *part, const nn_filter *filter,
                                                nn_speakers **out);
/** Whether the filter is true of who speaks quote `quote` of the article at hand. */
NUNCIO_NODISCARD nuncio_status nn_speakers_test(nn_speakers *speakers, nn_run *run,
                                                nn_article_quotes *quotes, uint32_t quote,
                                                bool *holds);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Memory is asked for before it is needed. Where a text or a record lies says a number, and where
 * that lies says a header: three waits one behind the other, a hundred nanoseconds each, but of all
 * hits of a page at once.
 *
 *   step 0   headers of columns      1   their numbers      2   records and texts
 *
 * Nothing is verified here, so nothing that is read decides more than an address. */
#include "segment/segment_impl.h"

enum { LINE = 64, LINES_MAX = 16 /* of a text or a record */ };

/** Asks for the lines from `start` to `end` - 1 of a region. */
static void fetch_extent(const nn_segment *segment, nn_region_kind kind, uint64_t start,
                         uint64_t end)
{
    nn_region region = segment->frame.regions[kind];
    if (start > end || end > region.size) {
        return;
    }
    const uint8_t *at = segment->frame.map.data + region.offset + start;
    uint64_t lines = (end - start) / LINE + 1;
    for (uint64_t i = 0; i < lines && i < LINES_MAX; i++) {
        nn_frame_fetch(at + i * LINE);
    }
}

void nn_segment_fetch(const nn_segment *segment, uint32_t passage, uint32_t article, uint32_t step)
{
    uint64_t text = nn_store_item_of_text(passage, article);
    const struct {
        const nn_sequence *sequence;
        uint64_t index;
    } numbers[] = {
        {&segment->record_starts, article}, {&segment->dates, article},
        {&segment->sources, article},       {&segment->languages, article},
        {&segment->text_starts, passage},   {&segment->store_items, text},
    };
    for (size_t i = 0; step < 2 && i < sizeof numbers / sizeof numbers[0]; i++) {
        (step == 0 ? nn_sequence_fetch_header : nn_sequence_fetch)(numbers[i].sequence,
                                                                   numbers[i].index);
    }
    if (step == 2) {
        fetch_extent(segment, NN_REGION_RECORDS, nn_sequence_peek(&segment->record_starts, article),
                     nn_sequence_peek(&segment->record_starts, article + 1ULL));
        fetch_extent(segment, NN_REGION_STORE, nn_sequence_peek(&segment->store_items, text),
                     nn_sequence_peek(&segment->store_items, text + 1));
    }
}

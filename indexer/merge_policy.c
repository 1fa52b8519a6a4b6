/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/merge_policy.h"

#include <string.h>

/* What a merge holds in memory are the columns of articles and the dictionary it writes, in buffers
 * that double, and the list at hand, of which a frequent word's is a tenth of all. */
enum { QUOTE_BYTES = 32 /* of a quote's columns, in arrays that double */ };

nn_merge_part nn_merge_part_of(const nn_part *part)
{
    nuncio_stats stats;
    memset(&stats, 0, sizeof stats);
    nn_segment_add_bytes(part->segment, &stats);
    nn_merge_part made;
    made.live = nn_part_live_passages(part);
    made.dead = nn_segment_info_of(part->segment)->passage_count - made.live;
    made.memory = 3 * (stats.bytes.columns + stats.bytes.lengths + stats.bytes.terms) +
                  (stats.bytes.postings + stats.bytes.positions) / 3 +
                  (made.live + made.dead) * 16 +
                  nn_segment_info_of(part->segment)->quote_count * QUOTE_BYTES;
    return made;
}

static bool is_wasteful(const nn_merge_part *part)
{
    return part->dead > part->live;
}

/* Sums of a run that is being made longer. */
typedef struct run_sums {
    uint64_t live, memory, largest;
} run_sums;

static void add(run_sums *sums, const nn_merge_part *part)
{
    sums->live += part->live;
    sums->memory += part->memory;
    sums->largest = part->live > sums->largest ? part->live : sums->largest;
}

static bool fits(const run_sums *sums, uint64_t memory)
{
    return sums->memory <= memory && sums->live <= NN_MERGE_PASSAGES_MAX;
}

nn_merge_run nn_merge_choose(const nn_merge_part *parts, size_t count, uint64_t memory)
{
    nn_merge_run best = {0, 0};
    uint64_t best_live = 0;
    for (size_t first = 0; first < count; first++) {
        run_sums sums = {0, 0, 0};
        if (is_wasteful(&parts[first]) && parts[first].memory <= memory) {
            return (nn_merge_run){first, 1};
        }
        for (size_t length = 1; first + length <= count; length++) {
            add(&sums, &parts[first + length - 1]);
            if (!fits(&sums, memory)) {
                break;
            }
            bool allowed = length >= NN_MERGE_MIN && sums.largest * NN_MERGE_GROWTH <= sums.live;
            if (allowed &&
                (length > best.count || (length == best.count && sums.live < best_live))) {
                best = (nn_merge_run){first, length};
                best_live = sums.live;
            }
        }
    }
    return best;
}

nn_merge_run nn_merge_longest(const nn_merge_part *parts, size_t count, size_t first,
                              uint64_t memory)
{
    run_sums sums = {0, 0, 0};
    size_t end = first;
    for (; end < count; end++) {
        add(&sums, &parts[end]);
        if (!fits(&sums, memory) && end > first) {
            break;
        }
    }
    return (nn_merge_run){first, end - first};
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/merge_policy.h"

#include "core/error.h"
#include "segment/segment_writer.h"

#include <string.h>

/* Lists pass through memory one at a time, and the longest, of a frequent word, is a fifteenth of
 * all: as parts that double and once more as a whole, which is a third. Plain ones are about twice
 * as long as what becomes of them. Where that is wrong, nn_merge_within finds it. */
enum { LISTS_SHARE = 3, LIST_TIMES = 5, PLAIN_TIMES = 2 };

nn_merge_part nn_merge_part_of(const nn_part *part)
{
    nuncio_stats stats;
    memset(&stats, 0, sizeof stats);
    nn_segment_add_bytes(part->segment, &stats);
    uint64_t lists = stats.bytes.postings + stats.bytes.positions;
    nn_merge_part made;
    made.live = nn_part_live_passages(part);
    made.dead = nn_segment_info_of(part->segment)->passage_count - made.live;
    made.columns = nn_segment_writer_memory(part->segment) + (made.live + made.dead) * 4;
    made.memory = made.columns + lists / LISTS_SHARE / (part->plain ? PLAIN_TIMES : 1);
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

/* Bytes of the longest list of a part. */
static nuncio_status longest_list(const nn_part *part, uint64_t *out, nuncio_error *error)
{
    nn_term_cursor cursor;
    *out = 0;
    NN_TRY(nn_term_cursor_seek(&cursor, part->segment, (nuncio_str){"", 0}, error));
    while (cursor.valid) {
        *out = cursor.info.list_size > *out ? cursor.info.list_size : *out;
        NN_TRY(nn_term_cursor_next(&cursor, error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_merge_within(const nn_part *parts, const nn_merge_part *sizes, size_t *count,
                              uint64_t memory, nuncio_error *error)
{
    uint64_t columns = 0, lists = 0;
    for (size_t i = 0; i < *count; i++) {
        uint64_t list;
        NN_TRY(longest_list(&parts[i], &list, error));
        columns += sizes[i].columns;
        lists += list * LIST_TIMES / (parts[i].plain ? PLAIN_TIMES : 1);
        if (columns + lists > memory) {
            *count = i;
        }
    }
    return NUNCIO_OK;
}

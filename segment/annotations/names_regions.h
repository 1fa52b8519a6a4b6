/* SPDX-License-Identifier: Apache-2.0 */
/* The log of a names writer read back, for those who write its regions. */
#ifndef SEGMENT_NAMES_REGIONS_H
#define SEGMENT_NAMES_REGIONS_H

#include "core/slice.h"
#include "segment/annotations/names_write.h"

/** An entry of the log. */
typedef struct nn_logged_name {
    uint32_t number, size;
    bool again, speaks, sized, stands;
} nn_logged_name;

/** Where reading stands. */
typedef struct nn_names_log {
    nn_slice slice;
    uint32_t standing, others; /* entries left of the article at hand */
} nn_names_log;

/** Begins at the first article. */
static inline nn_names_log nn_names_log_of(const nn_names_writer *writer)
{
    return (nn_names_log){.slice = nn_slice_of(writer->log.data, writer->log.size)};
}

static inline void nn_names_log_article(nn_names_log *log)
{
    log->standing = (uint32_t)nn_slice_varint(&log->slice);
    log->others = (uint32_t)nn_slice_varint(&log->slice);
}

/** The next entry of the article; false behind its last. */
static inline bool nn_names_log_next(nn_names_log *log, nn_logged_name *out)
{
    if (log->standing + log->others == 0) {
        return false;
    }
    uint64_t code = nn_slice_varint(&log->slice);
    *out = (nn_logged_name){.number = (uint32_t)(code >> 3),
                            .again = (code & 4) != 0,
                            .speaks = (code & 2) != 0,
                            .sized = (code & 1) != 0,
                            .stands = log->standing > 0};
    out->size = out->sized ? (uint32_t)nn_slice_varint(&log->slice) : 0;
    log->standing -= out->stands;
    log->others -= !out->stands;
    return true;
}

/** Names in the order of their final numbers. */
typedef struct nn_names_order {
    uint32_t *numbers; /* by final number: that of first appearance */
    uint32_t *ranks;   /* the reverse */
    uint32_t count;
} nn_names_order;

/** Writes NAME_LISTS, NAME_LIST_STARTS and NAME_FIRSTS. */
NUNCIO_NODISCARD nuncio_status nn_name_lists_write(const nn_names_writer *writer,
                                                   const nn_names_order *order,
                                                   nn_frame_writer *frame, nuncio_error *error);

#endif

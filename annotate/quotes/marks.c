/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/marks.h"

uint32_t nn_mark_family(const nn_mark *mark)
{
    static const uint8_t families[] = {
        [NN_MARK_STRAIGHT] = NN_FAMILY_DOUBLE,
        [NN_MARK_LEFT] = NN_FAMILY_DOUBLE,
        [NN_MARK_RIGHT] = NN_FAMILY_DOUBLE,
        [NN_MARK_LOW] = NN_FAMILY_DOUBLE,
        [NN_MARK_LEFT_ANGLE] = NN_FAMILY_ANGLE,
        [NN_MARK_RIGHT_ANGLE] = NN_FAMILY_ANGLE,
        [NN_MARK_OPEN_CORNER] = NN_FAMILY_CORNER,
        [NN_MARK_CLOSE_CORNER] = NN_FAMILY_CORNER,
        [NN_MARK_SINGLE] = NN_FAMILY_SINGLE,
        [NN_MARK_SINGLE_LEFT] = NN_FAMILY_SINGLE,
        [NN_MARK_SINGLE_RIGHT] = NN_FAMILY_SINGLE,
        [NN_MARK_SINGLE_LOW] = NN_FAMILY_SINGLE,
        [NN_MARK_SINGLE_LEFT_ANGLE] = NN_FAMILY_SINGLE_ANGLE,
        [NN_MARK_SINGLE_RIGHT_ANGLE] = NN_FAMILY_SINGLE_ANGLE,
    };
    return families[mark->kind];
}

int nn_mark_context(const nn_mark *mark)
{
    switch ((nn_edge)mark->before) {
    case NN_EDGE_SPACE:
        return mark->after == NN_EDGE_SPACE ? NN_READS_NEITHER : NN_READS_OPEN;
    case NN_EDGE_OPEN:
        return mark->after == NN_EDGE_SPACE   ? NN_READS_CLOSE
               : mark->after == NN_EDGE_CLOSE ? NN_READS_NEITHER
                                              : NN_READS_OPEN;
    case NN_EDGE_WORD:
    case NN_EDGE_CLOSE:
    case NN_EDGE_MARK:
    default:
        return mark->after == NN_EDGE_WORD ? NN_READS_NEITHER : NN_READS_CLOSE;
    }
}

int nn_mark_reads(const nn_mark *mark, bool open)
{
    int context = nn_mark_context(mark);
    switch ((nn_mark_kind)mark->kind) {
    case NN_MARK_LEFT:
    case NN_MARK_LEFT_ANGLE:
        /* behind a full stop or comma and before a space it closes, even where nothing is open */
        return context == NN_READS_CLOSE && (open || mark->before == NN_EDGE_CLOSE) ? NN_READS_CLOSE
                                                                                    : NN_READS_OPEN;
    case NN_MARK_RIGHT:
    case NN_MARK_RIGHT_ANGLE:
        return context == NN_READS_OPEN && !open ? NN_READS_OPEN : NN_READS_CLOSE;
    case NN_MARK_LOW:
    case NN_MARK_OPEN_CORNER:
        return NN_READS_OPEN;
    case NN_MARK_CLOSE_CORNER:
        return NN_READS_CLOSE;
    case NN_MARK_STRAIGHT:
    case NN_MARK_SINGLE:
    case NN_MARK_SINGLE_LEFT:
    case NN_MARK_SINGLE_RIGHT:
    case NN_MARK_SINGLE_LOW:
    case NN_MARK_SINGLE_LEFT_ANGLE:
    case NN_MARK_SINGLE_RIGHT_ANGLE:
    default:
        if (context == NN_READS_NEITHER) {
            return open ? NN_READS_CLOSE : NN_READS_OPEN;
        }
        return context;
    }
}

bool nn_mark_may_close(const nn_mark *mark)
{
    return nn_mark_reads(mark, true) == NN_READS_CLOSE;
}

static bool is_blank(const char *p, const char *end, uint32_t *size)
{
    unsigned char c = (unsigned char)*p;
    *size = 1;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        return true;
    }
    if (c == 0xC2 && end - p >= 2 && (unsigned char)p[1] == 0xA0) {
        *size = 2;
        return true;
    }
    if (c == 0xE2 && end - p >= 3 && (unsigned char)p[1] == 0x80) {
        *size = 3; /* U+2000 … U+200B, U+202F */
        unsigned char third = (unsigned char)p[2];
        return third <= 0x8B || third == 0xAF;
    }
    return false;
}

void nn_span_trim(nuncio_str text, uint32_t *start, uint32_t *end)
{
    uint32_t size = 0;
    while (*start < *end && is_blank(text.data + *start, text.data + *end, &size)) {
        *start += size;
    }
    while (*start < *end) {
        uint32_t at = *end - 1;
        while (at > *start && ((unsigned char)text.data[at] & 0xC0) == 0x80) {
            at--;
        }
        if (!is_blank(text.data + at, text.data + *end, &size)) {
            break;
        }
        *end = at;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* From quotation marks to marked spans: pairs within a paragraph, repairs where a mark is missing.
 * Which of them are speech, and whose, is not decided here. */
#ifndef ANNOTATE_SPANS_H
#define ANNOTATE_SPANS_H

#include "annotate/words.h"

enum {
    NN_SPAN_NO_OPEN = 1,  /* the opening mark was missing */
    NN_SPAN_NO_CLOSE = 2, /* the closing mark was missing */
    NN_SPAN_GOES_ON = 4,  /* left open by convention: the next paragraph opens again */
    NN_SPAN_RESUMES = 8   /* goes on from the paragraph before */
};

/** What stands between two marks of the outermost level. */
typedef struct nn_span_marked {
    uint32_t start, end;             /* bytes of the words, without marks and white space */
    uint32_t outer_start, outer_end; /* with the marks that are there */
    uint32_t word_begin, word_end;   /* end exclusive */
    uint32_t paragraph;
    uint32_t flags; /* NN_SPAN_… */
} nn_span_marked;

typedef struct nn_span_list {
    nn_span_marked *items;
    size_t count, capacity;
} nn_span_list;

/** Spans of an article and the room they are found in; init with zeros, reusable over articles. */
typedef struct nn_spans {
    nn_span_list found;            /* in order, none inside another */
    nn_span_list doubles, singles; /* room: the spans of each rank */
} nn_spans;

/** Finds the marked spans of an article. Cost: linear in words and marks; every look ahead is
 * bounded. */
NUNCIO_NODISCARD nuncio_status nn_spans_find(const nn_words *words, nn_spans *spans,
                                             nuncio_error *error);
void nn_spans_deinit(nn_spans *spans, nn_memory *memory);

/**
 * The part of nn_spans_find for single marks (spans_single.c), which are apostrophes too: appends
 * the spans that are no part of a span in `doubles`.
 */
NUNCIO_NODISCARD nuncio_status nn_spans_find_single(const nn_words *words,
                                                    const nn_span_list *doubles, nn_span_list *out,
                                                    nuncio_error *error);

#endif

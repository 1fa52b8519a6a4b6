/* SPDX-License-Identifier: Apache-2.0 */
/* Which spans are speech, whose, and by which word.
 *
 *   quotes_unmarked  speech that the layout alone shows: transcripts, dialogue by dashes
 *   quotes_direct    spans between marks that are speech, with what attributes them
 *   quotes_indirect  clauses that a cue reports: said that …, according to …
 *   quotes_write     order, overlaps, strings: the public array */
#ifndef ANNOTATE_QUOTES_H
#define ANNOTATE_QUOTES_H

#include "annotate/names/names.h"
#include "annotate/quotes/spans.h"

/** Who speaks. */
typedef struct nn_speaker {
    nuncio_str name; /* in the arena; absent: unknown */
    uint32_t entity; /* or NN_ENTITY_NONE */
    uint8_t type;    /* nuncio_entity_type; NONE: a description */
    float certainty; /* 0 … 1 */
} nn_speaker;

/** A quote as the stages make it. */
typedef struct nn_speech {
    uint32_t start, end; /* bytes */
    uint32_t word_begin, word_end;
    nn_word_range source; /* the words that name the speaker where the cue is */
    uint32_t cue;         /* word, or NN_WORD_NONE */
    uint32_t flags;       /* NUNCIO_QUOTE_… */
    float confidence;     /* that it is speech, with these ends */
    nn_speaker speaker;
} nn_speech;

typedef struct nn_quotes {
    nn_memory *memory;
    nn_speech *items;
    size_t count, capacity;
    /* in this order, each in order of start: without marks, between marks, reported */
    size_t unmarked_end, direct_end;
    nuncio_quote *written;
    size_t written_capacity;
    uint8_t *covered; /* word -> NN_COVERED_… */
    size_t covered_capacity;
    bool stances_wanted; /* stances are reported too */
} nn_quotes;

enum {
    NN_COVERED_MARKED = 1, /* inside marks */
    NN_COVERED_CUE = 2,    /* cue of a direct quote: taken */
    NN_COVERED_SPEECH = 4  /* inside a direct quote that is speech */
};

/** What the stages read, and where they write. */
typedef struct nn_reading {
    const nn_words *words;
    const nn_spans *spans;
    nn_names *names; /* its arena takes the strings */
    nn_quotes *quotes;
    nuncio_error *error;
} nn_reading;

/* The stages, in the order in which they must run. */
NUNCIO_NODISCARD nuncio_status nn_quotes_find_unmarked(const nn_reading *reading);
NUNCIO_NODISCARD nuncio_status nn_quotes_find_direct(const nn_reading *reading);
NUNCIO_NODISCARD nuncio_status nn_quotes_find_indirect(const nn_reading *reading);
/** Sorts, drops what overlaps in part, and fills `out`. */
NUNCIO_NODISCARD nuncio_status nn_quotes_write(const nn_reading *reading, nuncio_annotations *out);

/** Forgets the quotes of the article before and prepares for this one. */
NUNCIO_NODISCARD nuncio_status nn_quotes_begin(const nn_reading *reading);
NUNCIO_NODISCARD nuncio_status nn_quotes_add(const nn_reading *reading, nn_speech speech);
void nn_quotes_deinit(nn_quotes *quotes);

#endif

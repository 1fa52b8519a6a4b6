/* SPDX-License-Identifier: Apache-2.0 */
/* A names model: tables of words and names, and a small network in whole numbers.
 *
 *   x(form)  = sum of its rows                                       rows        8 bits
 *   c(form,o)= x·window[o] >> shift, within 16 bits                  window     16 bits
 *   m(i,o)   = sum of marks[o] over the marks of i, within 16 bits          marks      16 bits
 *   h(i)     = within 0 … 4095: bias + sum over o of c(form at i + o, o) + m(i + o, o),
 *              added in this order within 16 bits
 *   p(i)     = largest h, number by number, of all scored places of the folded word at i
 *   g(i)     = within 0 … 4095: (bias + [h(i - 1) h(i) h(i + 1) p(i)]·upper) >> shift
 *   score(i) = bias + g(i)·out                                       one a tag
 *
 * Other sums never leave 32 bits: the largest they can be is checked when a model is opened.
 * Whatever computes them therefore finds the same numbers. models/README.md draws the bytes of a
 * file.
 */
#ifndef ANNOTATE_NAME_MODEL_H
#define ANNOTATE_NAME_MODEL_H

#include "annotate/names/name_features.h"
#include "core/file.h"

#include <nuncio/annotation.h>

enum {
    NN_MODEL_VERSION = 1,
    NN_MODEL_HEADER = 64,
    /* limit model: numbers of a row or a layer of a names model | refused, NUNCIO_ERR_MODEL */
    NN_MODEL_WIDTH_MAX = 256,
    /* limit model: words that its first layer looks at on each side | refused, NUNCIO_ERR_MODEL */
    NN_MODEL_REACH_MAX = 4,
    /* limit model: what a number of a layer can be | larger ones become it */
    NN_MODEL_ACTIVE_MAX = 4095,
    /* limit model: what its scores can be | refused, NUNCIO_ERR_MODEL */
    NN_MODEL_SCORE_MAX = 1 << 25,
    /* limit model: file of a names model | refused, NUNCIO_ERR_LIMIT */
    NN_MODEL_FILE_MAX = 64 << 20,
    NN_MODEL_IMPOSSIBLE = -(1 << 28)
};

/* Tags of words: none, then "begins" and "goes on" of each kind. */
enum {
    NN_NAME_KIND_PERSON,
    NN_NAME_KIND_PLACE,
    NN_NAME_KIND_FACILITY,
    NN_NAME_KIND_ORGANISATION,
    NN_NAME_KIND_EVENT,
    NN_NAME_KIND_NATIONALITY,
    NN_NAME_KIND_OTHER,
    NN_NAME_KINDS,
    NN_NAME_TAGS = 1 + 2 * NN_NAME_KINDS,
    NN_NAME_LANES = 16
};

/** Immutable once opened; may be shared by threads. */
typedef struct nn_name_model {
    nn_memory *memory;
    nn_name_table vocabulary, known;
    uint32_t words, rows; /* words of the vocabulary; all rows */
    uint32_t row_width, hidden_width, upper_width, reach, inner_reach;
    uint32_t form_shift, upper_shift;
    const int8_t *row; /* [rows][row_width]; in the caller's bytes */
    int16_t *window;   /* [2 reach + 1][row_width / 2][hidden_width][2] */
    int16_t *mark;     /* [2 reach + 1][NN_MARK_COUNT + 1][hidden_width]; the last: outside */
    int16_t *upper;    /* [2 inner_reach + 2][hidden_width / 2][upper_width][2] */
    int16_t *alone;    /* [hidden_width / 2][upper_width][2]: of h(i) where p(i) is the same */
    int16_t *out;      /* [upper_width / 2][NN_NAME_LANES][2] */
    int16_t *hidden_bias;
    int32_t *upper_bias, *out_bias;
    uint64_t *sieve; /* of the gazetteer */
    int32_t *chain;  /* [NN_NAME_LANES][NN_NAME_LANES]: from, to; impossible steps are very low */
    void *block;
    size_t block_size;
    nn_buffer file; /* the bytes of a model that was loaded */
} nn_name_model;

/**
 * Opens the model that `bytes` hold; they must stay and not change while it is used.
 *
 * @retval NUNCIO_ERR_MODEL no model, damaged, or of another version; the message says which
 */
NUNCIO_NODISCARD nuncio_status nn_name_model_open(nn_memory *memory, const uint8_t *bytes,
                                                  size_t size, nn_name_model **out,
                                                  nuncio_error *error);
/** Reads and opens the model in a file; one that is not there is NUNCIO_ERR_MODEL too. Errors name
 * the file. */
NUNCIO_NODISCARD nuncio_status nn_name_model_load(nn_memory *memory, const nuncio_vfs *vfs,
                                                  const char *path, nn_name_model **out,
                                                  nuncio_error *error);
void nn_name_model_close(nn_name_model *model);

/** The bytes of the model that the library brings along. */
nuncio_str nn_name_model_default(void);

#endif

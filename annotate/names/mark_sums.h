/* SPDX-License-Identifier: Apache-2.0 */
/* What the marks of words give to the first layer of the names model. The same few sets of marks
 * come again and again: the rows of each are added up once.
 *
 *   slot: m(marks, o) of each offset o of the window, [2 reach + 1][hidden_width]
 *
 * Bounded: between parts it forgets all when it has many. What it answers does not depend on what
 * it holds. */
#ifndef ANNOTATE_MARK_SUMS_H
#define ANNOTATE_MARK_SUMS_H

#include "annotate/names/name_kernels.h"
#include "annotate/names/name_model.h"

/* Words that are read at a time, at most: half of the places stay free. */
enum { NN_MARK_SUMS_WORDS = 4096 };

/** Reusable over articles; one thread at a time. */
typedef struct nn_mark_sums {
    nn_memory *memory;
    const nn_name_model *model;
    const nn_name_kernels *kernels;
    nn_word_marks *sets; /* by slot; slot 0 is that of no mark, and not used */
    int16_t *slots;
    size_t set_capacity, slot_capacity;
    uint32_t count;
    uint16_t *places;  /* open addressing by a set's hash: its slot; 0: free */
    uint16_t *slot_of; /* by word of those read last */
    size_t slot_of_capacity;
} nn_mark_sums;

/** @param[in] model must outlive the sums */
void nn_mark_sums_init(nn_mark_sums *sums, nn_memory *memory, const nn_name_model *model,
                       const nn_name_kernels *kernels);
void nn_mark_sums_deinit(nn_mark_sums *sums);

/** Finds the sums of some words in a row, of those that the windows of scored words and of the
 * words beside them hold; what was given before is no longer valid.
 * @param[in] count at most NN_MARK_SUMS_WORDS */
NUNCIO_NODISCARD nuncio_status nn_mark_sums_read(nn_mark_sums *sums, const nn_word_marks *marks,
                                                 const uint8_t *scored, uint32_t count,
                                                 nuncio_error *error);

/** The sums of word i of those read last, by offset; NULL: it has no marks. */
static inline const int16_t *nn_mark_sums_of(const nn_mark_sums *sums, uint32_t i)
{
    size_t size = (2 * (size_t)sums->model->reach + 1) * sums->model->hidden_width;
    return sums->slot_of[i] == 0 ? NULL : sums->slots + sums->slot_of[i] * size;
}

#endif

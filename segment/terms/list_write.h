/* SPDX-License-Identifier: Apache-2.0 */
/* The list of a term: everything about where it occurs.
 *
 *   list   = short | long
 *   short  = docs positions_size:varint positions forms codes       up to 128 postings
 *   long   = forms_size docs_size positions_size entries_size       four varints
 *            count:1 { tf:1 length:1 } × count                      bounds of the whole list
 *            groups entries                                         skip data, skips.h
 *            docs positions codes forms                             areas: block after block
 *
 * docs: block.h, positions: positions.h, forms and codes: forms.h. df is in the dictionary. */
#ifndef SEGMENT_LIST_WRITE_H
#define SEGMENT_LIST_WRITE_H

#include "segment/segment_writer.h"
#include "segment/terms/block.h"
#include "segment/terms/bounds.h"
#include "segment/terms/forms.h"
#include "segment/terms/positions.h"
#include "segment/terms/skips.h"

enum { NN_FORM_SAMPLE = 65536 /* occurrences that the order of forms is made from */ };

typedef struct nn_list_writer {
    nn_memory *memory;
    nn_passage_table passages;
    nn_list_sizes sizes;
    /* The term at hand. */
    nuncio_str term;
    const nuncio_str *strings; /* as given; borrowed until nn_list_end */
    uint32_t form_count;
    uint32_t df, article_df; /* of the blocks that ended; of all after nn_list_end */
    uint64_t next_passage;   /* behind the last posting */
    uint32_t last_article;   /* of the blocks that ended; UINT32_MAX: none */
    nn_buffer docs, positions, codes, groups, entries;
    nn_positions_writer positions_writer;
    nn_front list_front;
    struct nn_block_array {
        nn_block_info *items;
        size_t count, capacity;
    } blocks;
    /* The block at hand. */
    uint32_t block_docs[NN_POSTINGS_BLOCK], block_tfs[NN_POSTINGS_BLOCK];
    uint8_t block_lengths[NN_POSTINGS_BLOCK], block_last_places[NN_POSTINGS_BLOCK];
    uint8_t places[NN_POSTINGS_BLOCK * NN_POSITIONS_MAX];
    uint32_t block_count, block_tokens, block_base;
    nn_front block_front;
    /* Forms of occurrences not yet written, where there are several, and how many tokens each
     * waiting block has. */
    uint32_t *forms;
    size_t waiting_forms, waiting_form_capacity;
    uint32_t *waiting;
    size_t waiting_count, waiting_capacity;
    bool planned; /* order and table are made */
    nn_form_table table;
    struct nn_form_count {
        uint64_t count;
        uint32_t form;
    } * form_counts;
    uint32_t *order, *number_of; /* number → form as given, and back */
    size_t form_capacity, order_capacity, number_of_capacity;
} nn_list_writer;

void nn_list_writer_init(nn_list_writer *writer, nn_memory *memory);
void nn_list_writer_deinit(nn_list_writer *writer);

/** Begins a term; `term` and `strings` stay borrowed until nn_list_end. */
NUNCIO_NODISCARD nuncio_status nn_list_begin(nn_list_writer *writer, nuncio_str term,
                                             const nuncio_str *strings, uint32_t form_count,
                                             nuncio_error *error);
/** Postings in a row, by column. */
typedef struct nn_list_run {
    const uint32_t *passages;
    const uint8_t *tfs;
    const uint8_t
        *places; /* positions.h, ascending in each posting, one posting's behind another's */
    const uint32_t *forms; /* a number each */
    uint32_t count;        /* of postings */
} nn_list_run;

/** Adds postings. @retval NUNCIO_ERR_ARGUMENT out of order, or no such place or form */
NUNCIO_NODISCARD nuncio_status nn_list_add(nn_list_writer *writer, const nn_list_run *run,
                                           nuncio_error *error);
/** Adds one posting, from positions. */
NUNCIO_NODISCARD nuncio_status nn_list_add_positions(nn_list_writer *writer, uint32_t passage,
                                                     const uint32_t *positions,
                                                     const uint32_t *forms, uint32_t tf,
                                                     nuncio_error *error);
/** Whether the list has no posting yet. */
static inline bool nn_list_is_empty(const nn_list_writer *writer)
{
    return writer->next_passage == 0;
}
/** Appends the list to `out`. @retval NUNCIO_ERR_LIMIT a part of it has 4 GiB or more @retval
 * NUNCIO_ERR_ARGUMENT no posting, or one of a passage that has fewer tokens */
NUNCIO_NODISCARD nuncio_status nn_list_end(nn_list_writer *writer, nn_buffer *out,
                                           nuncio_error *error);

#endif

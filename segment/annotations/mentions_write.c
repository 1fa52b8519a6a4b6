/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/annotations/mentions.h"

#include "core/error.h"
#include "segment/codes/golomb.h"

/* Gives each mention the local number of its name: names->gaps, and names->codes, 2 × number + 1
 * where it is new. */
static nuncio_status number_mentions(nn_names_writer *names, const nuncio_annotations *annotations,
                                     nuncio_error *error)
{
    size_t count = annotations->mention_count;
    uint32_t before = 0;
    NN_TRY(nn_reserve(names->memory, &names->gaps.items, &names->gaps.capacity, count,
                      sizeof *names->gaps.items, error));
    NN_TRY(nn_reserve(names->memory, &names->codes.items, &names->codes.capacity, count,
                      sizeof *names->codes.items, error));
    for (size_t i = 0; i < count; i++) {
        const nuncio_mention *mention = &annotations->mentions[i];
        uint32_t local = 0;
        bool added = false;
        if (mention->start < before || mention->end <= mention->start ||
            mention->type == NUNCIO_ENTITY_NONE || mention->type > NUNCIO_ENTITY_NATIONALITY) {
            return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                                "mention %u…%u is out of order, empty or of no type",
                                mention->start, mention->end);
        }
        NN_TRY(nn_names_add_mention(names, mention, &local, &added, error));
        names->gaps.items[i] = mention->start - before;
        names->codes.items[i] = local * 2 + added;
        before = mention->end;
    }
    return NUNCIO_OK;
}

static nuncio_status append_mentions(nn_buffer *out, nn_names_writer *names, size_t count,
                                     nuncio_error *error)
{
    enum { MENTION_BITS = NN_GOLOMB_BITS_MAX + 33 };
    const uint32_t *gaps = names->gaps.items, *codes = names->codes.items;
    uint32_t order = nn_golomb_order(gaps, count), seen = 0;
    nn_bit_writer bits;
    if (!nn_bits_begin(&bits, out, (uint64_t)count * MENTION_BITS + NN_GOLOMB_ORDER_BITS)) {
        return nn_error_memory(error);
    }
    nn_bits_put(&bits, order, NN_GOLOMB_ORDER_BITS);
    for (size_t i = 0; i < count; i++) {
        bool new = (codes[i] & 1) != 0;
        nn_golomb_put(&bits, gaps[i], order);
        nn_bits_put(&bits, new, 1);
        nn_bits_put(&bits, new ? 0 : codes[i] / 2, new ? 0 : nn_bit_width32(seen - 1));
        seen += new;
    }
    nn_bits_finish(&bits);
    return NUNCIO_OK;
}

nuncio_status nn_mentions_write(nn_buffer *out, nn_names_writer *names,
                                const nuncio_annotations *annotations, nuncio_error *error)
{
    if (annotations->mention_count == 0) {
        return NUNCIO_OK;
    }
    nn_buffer_append_varint(out, annotations->mention_count);
    NN_TRY(number_mentions(names, annotations, error));
    NN_TRY(append_mentions(out, names, annotations->mention_count, error));
    return nn_buffer_status(out, error);
}

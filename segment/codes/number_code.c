/* SPDX-License-Identifier: Apache-2.0 */
/* Codes for numbers: Huffman's tree is built by joining the two rarest again and again. A code that
 * would be too long means that counts differ by more than 2^10 or so: they are brought nearer to
 * each other and the tree is built anew, which costs next to nothing in size. */
#include "segment/codes/number_code.h"

enum { NODES = 2 * NN_NUMBER_CLASSES - 1 };

/** A class or a join of two nodes. */
typedef struct tree_node {
    uint64_t count;
    uint32_t parent; /* behind it; 0: none yet */
    uint32_t class;
} tree_node;

/** The rarest of those without a parent, of several the first; `but` is left out. */
static uint32_t rarest(const tree_node *nodes, uint32_t node_count, uint32_t but)
{
    uint32_t best = node_count;
    for (uint32_t i = 0; i < node_count; i++) {
        if (nodes[i].parent == 0 && i != but &&
            (best == node_count || nodes[i].count < nodes[best].count)) {
            best = i;
        }
    }
    return best;
}

/** Sets the widths of all codes; the widest. */
static uint32_t set_widths(nn_number_encoder *out, const nn_number_counts *counts)
{
    tree_node nodes[NODES];
    uint32_t depths[NODES], used = 0, widest = 0;
    for (uint32_t i = 0; i < NN_NUMBER_CLASSES; i++) {
        out->widths[i] = 0;
        if (counts->of[i] > 0) {
            nodes[used++] = (tree_node){counts->of[i], 0, i};
        }
    }
    uint32_t count = used;
    for (; count + 1 < 2 * used; count++) {
        uint32_t a = rarest(nodes, count, count), b = rarest(nodes, count, a);
        nodes[count] = (tree_node){nodes[a].count + nodes[b].count, 0, 0};
        nodes[a].parent = nodes[b].parent = count;
    }
    for (uint32_t i = count; i-- > 0;) {
        bool root = i + 1 == count;
        depths[i] = root ? (used == 1 ? 1 : 0) : depths[nodes[i].parent] + 1;
        if (i < used) {
            out->widths[nodes[i].class] = (uint8_t)depths[i];
            widest = depths[i] > widest ? depths[i] : widest;
        }
    }
    return widest;
}

/** The lowest `width` bits, last first. */
static uint16_t reversed(uint32_t code, uint32_t width)
{
    uint32_t out = 0;
    for (uint32_t i = 0; i < width; i++) {
        out = out << 1 | (code >> i & 1);
    }
    return (uint16_t)out;
}

void nn_number_encoder_make(nn_number_encoder *out, const nn_number_counts *counts)
{
    nn_number_counts flat = *counts;
    while (set_widths(out, &flat) > NN_NUMBER_CODE_MAX) {
        for (uint32_t i = 0; i < NN_NUMBER_CLASSES; i++) {
            flat.of[i] = flat.of[i] / 2 + flat.of[i] % 2;
        }
    }
    uint32_t code = 0;
    for (uint32_t width = 1; width <= NN_NUMBER_CODE_MAX; width++, code *= 2) {
        for (uint32_t i = 0; i < NN_NUMBER_CLASSES; i++) {
            if (out->widths[i] == width) {
                out->codes[i] = reversed(code++, width);
            }
        }
    }
}

void nn_number_encoder_write(nn_buffer *out, const nn_number_encoder *encoder)
{
    uint32_t classes = NN_NUMBER_CLASSES;
    while (classes > 0 && encoder->widths[classes - 1] == 0) {
        classes--;
    }
    nn_buffer_append_u8(out, (uint8_t)classes);
    for (uint32_t i = 0; i < classes; i += 2) {
        uint32_t next = i + 1 < classes ? encoder->widths[i + 1] : 0;
        nn_buffer_append_u8(out, (uint8_t)(encoder->widths[i] | next << 4));
    }
}

bool nn_number_decoder_read(nn_number_decoder *out, nn_slice *from)
{
    uint8_t widths[NN_NUMBER_CLASSES + 1] = {0};
    uint32_t classes = nn_slice_u8(from), room = 1, found = 0;
    const uint8_t *bytes = nn_slice_bytes(from, (classes + 1) / 2);
    if (bytes == NULL || classes > NN_NUMBER_CLASSES) {
        return false;
    }
    *out = (nn_number_decoder){.counts = {0}};
    for (uint32_t i = 0; i < classes; i++) {
        widths[i] = i % 2 == 0 ? bytes[i / 2] & 15 : bytes[i / 2] >> 4;
    }
    for (uint32_t width = 1; width <= NN_NUMBER_CODE_MAX; width++) {
        for (uint32_t i = 0; i < classes; i++) {
            if (widths[i] == width) {
                out->classes[found++] = (uint8_t)i;
                out->counts[width]++;
            }
        }
        room *= 2; /* codes of this width that begin as no shorter one does */
        if (out->counts[width] > room) {
            return false;
        }
        room -= out->counts[width];
    }
    return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What 64 bytes of text are, a bit a byte: how the tokeniser skips over most of a text. */
#ifndef TEXT_BYTE_CLASSES_H
#define TEXT_BYTE_CLASSES_H

#include <nuncio/common.h>

enum { NN_BYTES_CLASSED = 64 };

/** Bit i speaks of byte i; a byte in none is ASCII and stands between words. */
typedef struct nn_byte_classes {
    uint64_t word;  /* ASCII letters and digits */
    uint64_t high;  /* bytes of characters beyond ASCII */
    uint64_t joint; /* apostrophe, comma, full stop: may stand within a word */
} nn_byte_classes;

/** Classes of the 64 bytes at `bytes`. Every implementation gives the same. */
typedef nn_byte_classes nn_byte_classifier(const char *bytes);

nn_byte_classes nn_byte_classes_portable(const char *bytes);
/** The fastest one that this processor runs. */
nn_byte_classifier *nn_byte_classifier_best(void);

#endif

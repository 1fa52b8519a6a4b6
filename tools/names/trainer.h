/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the trainer share. */
#ifndef TOOLS_NAMES_TRAINER_H
#define TOOLS_NAMES_TRAINER_H

#include "documents.h"
#include "net.h"
#include "tables_build.h"

enum { PATHS_MAX = 64 };

typedef struct options {
    const char *lists, *vectors, *output;
    const char *train[PATHS_MAX], *dev[PATHS_MAX];
    size_t train_count, dev_count;
    unsigned epochs, seed, batch, vocabulary_max;
    float rate, decay;
    dropout drop;
    bool errors;         /* list them */
    const char *without; /* "known", "affix", "class": features to leave out */
} options;

typedef struct trainer {
    options o;
    reader r;
    table_builder words;
    nn_name_table vocabulary, known;
    uint32_t vocabulary_size;
    corpus train, dev;
    form_rows *forms;
    net n;
    pass *p;
    prng random;
} trainer;

/* vocabulary.c */

/** Vectors of words, as names_embed writes them. */
typedef struct vector_file {
    char **words;
    float *vectors;
    size_t count;
} vector_file;

vector_file vectors_read(const char *path, size_t max);
/** Numbers the words that have a vector or are frequent in the text to train on. */
void vocabulary_make(trainer *t, const vector_file *v);
/** Rows of all forms that were read. */
void forms_make(trainer *t);
/** First values of the rows: vectors, else 0. */
void rows_start(trainer *t, const vector_file *v);

/* evaluate.c */

/** End of the run of words from `begin` on whose tags depend on each other. */
uint32_t run_end(const document *d, uint32_t begin, bool labelled);
/** Prints F1 of each source of the development documents, in a line or a table. */
void evaluate(trainer *t, bool brief);

#endif

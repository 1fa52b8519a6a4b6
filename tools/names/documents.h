/* SPDX-License-Identifier: Apache-2.0 */
/* Labelled documents as prepare.py writes them, read through the library's own eyes. */
#ifndef TOOLS_NAMES_DOCUMENTS_H
#define TOOLS_NAMES_DOCUMENTS_H

#include "annotate/names/name_features.h"
#include "text/sentence.h"

/* Tags: O, then B and I of each kind of labels/GUIDE.md. */
enum { KIND_P, KIND_L, KIND_F, KIND_O, KIND_E, KIND_N, KIND_M, KINDS };
enum { TAGS = 1 + 2 * KINDS };
#define TAG_B(kind) (1 + 2 * (kind))
#define TAG_I(kind) (2 + 2 * (kind))

typedef struct gold_span {
    uint32_t begin, end; /* words */
    uint8_t kind;
    bool reachable; /* the model may find it: all its words are scored */
} gold_span;

typedef struct document {
    uint8_t source; /* index in corpus.sources */
    uint32_t count;
    uint32_t *surfaces; /* by word */
    uint32_t *folds;
    nn_word_marks *marks;
    uint8_t *scored;
    uint16_t *allowed; /* tags by word that the labels allow, as bits; 0: not labelled */
    bool coarse;
    gold_span *gold;
    size_t gold_count, gold_capacity;
} document;

enum { SOURCES_MAX = 32 };

typedef struct corpus {
    document *items;
    size_t count, capacity;
    char *sources[SOURCES_MAX];
    size_t source_count;
} corpus;

/** Analyser, words and features over all documents, so that surface ids are common to them. */
typedef struct reader {
    nn_memory memory;
    nn_lexicon *lexicon;
    nn_analyzer *analyzer;
    nn_words words;
    nn_name_features features;
    nn_token_list tokens;
    nn_sentence_list sentences;
    nn_name_table known;
} reader;

void reader_init(reader *r, nn_name_table known);
/** Adds the documents of a file. */
void corpus_read(corpus *c, reader *r, const char *path);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* What the names model sees of an article.
 *
 *   of a form   rows: its word, how it is written, what the gazetteer and the lexicon know of it,
 *               how it begins and ends. The same wherever it stands.
 *   of a word   marks: what stands before it, names of several words it belongs to, how the
 *               article writes it elsewhere.
 *
 * The trainer (tools/names) reads articles through the same functions. */
#ifndef ANNOTATE_NAME_FEATURES_H
#define ANNOTATE_NAME_FEATURES_H

#include "annotate/names/name_tables.h"
#include "annotate/words.h"

/* Rows of a form, in blocks behind the words of the vocabulary (row 0: a word not in it). */
enum {
    NN_ROWS_SHAPE = 0,
    NN_ROWS_KNOWN = NN_ROWS_SHAPE + 40,
    NN_ROWS_CLASS = NN_ROWS_KNOWN + 16,
    NN_ROWS_PREFIX = NN_ROWS_CLASS + 32,
    NN_ROWS_SUFFIX = NN_ROWS_PREFIX + 2048,
    NN_ROWS_BEHIND_WORDS = NN_ROWS_SUFFIX + 2048,
    /* limit model: rows of a word's form that are added up | more cannot be */
    NN_FORM_ROWS_MAX = 64
};

/* Marks of a word: bits of nn_word_marks. 0 … 15 are the gap before it, where 0 says that no space
 * is there. */
enum {
    NN_MARKS_NAME = 16,                /* + 3 × group + (0 begins, 1 within, 2 ends) */
    NN_MARKS_RULE = 16 + 24,           /* + 4 × type + (begins, within, ends, alone) */
    NN_MARK_WEAK = NN_MARKS_RULE + 24, /* … by a rule that is often wrong */
    NN_MARK_TITLED,                    /* … behind a title */
    NN_MARK_LOWER,                     /* the article has the word with a small letter */
    NN_MARK_UPPER,                     /* … and with a capital inside a sentence */
    NN_MARK_IDLE,                      /* a headline: all around has capitals */
    NN_MARK_OFTEN,                     /* with a capital three times or more */
    NN_MARK_LETTERS,                   /* + 0 begins, 1 within, 2 ends: its initials follow in
                                          brackets; + 3: those initials */
    NN_MARK_COUNT = NN_MARK_LETTERS + 4
};

typedef struct nn_word_marks {
    uint64_t bits[2];
} nn_word_marks;

/** How an article writes a folded word. */
typedef struct nn_fold_use {
    uint32_t article;
    uint32_t capitals; /* times with a capital */
    bool lower, upper; /* with a small letter; with a capital inside a sentence */
} nn_fold_use;

typedef struct nn_name_features {
    nn_memory *memory;
    nn_word_marks *marks; /* by word of the part that was marked last */
    uint8_t *scored;      /* by word: may be part of a name */
    size_t mark_capacity, scored_capacity;
    nn_fold_use *uses; /* by fold; of this article: of words that were seen with a capital */
    size_t use_capacity;
    uint32_t article;
} nn_name_features;

/** True when word i cannot be of one name with the word before it: what stands between them parts
 * them, or a small word begins a line or behind a stop, *US. Because*. */
static inline bool nn_name_parts(const nn_words *words, uint32_t i)
{
    const uint32_t apart = NN_GAP_PARAGRAPH | NN_GAP_SENTENCE | NN_GAP_OPEN | NN_GAP_CLOSE |
                           NN_GAP_COLON | NN_GAP_SEMICOLON;
    const uint32_t small =
        NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION | NN_CLASS_PRONOUN;
    return (words->gaps[i] & apart) != 0 ||
           ((words->gaps[i] & (NN_GAP_STOP | NN_GAP_LINE)) != 0 && nn_words_is(words, i, small));
}

/** Writes the rows of a surface form, `vocabulary` words before the blocks; returns how many.
 * @param[out] rows NN_FORM_ROWS_MAX */
uint32_t nn_form_rows(const nn_words *words, uint32_t surface, const nn_name_table *vocabulary,
                      uint32_t vocabulary_size, uint32_t *rows);

/** Reads how an article writes its words, and which may be part of names. Cost: linear. */
NUNCIO_NODISCARD nuncio_status nn_name_features_read(nn_name_features *features,
                                                     const nn_words *words, nuncio_error *error);
/** Marks the words [begin, end) of the article read last: `marks[0]` is that of `begin`. */
NUNCIO_NODISCARD nuncio_status nn_name_features_mark(nn_name_features *features,
                                                     const nn_words *words, uint32_t begin,
                                                     uint32_t end, const nn_name_table *known,
                                                     nuncio_error *error);
void nn_name_features_deinit(nn_name_features *features);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* An article as the rules see it: words with what is known of them, what stands between them, and
 * the quotation marks.
 *
 *   text    “ W e   m u s t   c o n t i n u e , ”   s a i d   A n t o n y
 *   tokens    [0] [ 1  ]  [    2      ]      [  3 ] [   4    ]
 *   gaps    MARK   SPACE   SPACE    COMMA|MARK      SPACE              gaps[i] is before token i
 *   marks   “ (word 0)              ” (word 3)
 *
 * What depends on the form of a word alone is computed once a surface form and kept. */
#ifndef ANNOTATE_WORDS_H
#define ANNOTATE_WORDS_H

#include "annotate/lexicon.h"
#include "annotate/names/name_tables.h"
#include "core/string_map.h"
#include "text/sentence.h"

#define NN_WORD_NONE UINT32_MAX /* no word */

/* How a word is written. */
enum {
    NN_SHAPE_CAPITAL = 1,  /* first letter is a capital */
    NN_SHAPE_UPPER = 2,    /* two letters or more, none small */
    NN_SHAPE_LOWER = 4,    /* no capital at all, at least one letter */
    NN_SHAPE_DIGIT = 8,    /* holds a digit */
    NN_SHAPE_INITIAL = 16, /* one capital letter, with or without a full stop */
    NN_SHAPE_DOTTED = 32,  /* holds a full stop: U.S. */
    NN_SHAPE_MIXED = 64,   /* a capital after a small letter: McCain, iPhone */
    NN_SHAPE_NUMBER = 128, /* digits only */
    NN_SHAPE_LY = 256      /* ends in -ly */
};

typedef struct nn_form {
    uint32_t fold;     /* number of the folded form: equal for Kyiv and KYIV; dense from 0 */
    uint32_t lexeme;   /* its number in the lexicon, or NN_LEXEME_NONE */
    uint32_t classes;  /* NN_CLASS_… in the language of the surface form */
    uint32_t node;     /* where its names start in the trie, or 0 */
    uint16_t shape;    /* NN_SHAPE_… */
    uint16_t letters;  /* characters, at most 65535 */
    uint32_t cue;      /* NN_CUE_… in the language of the surface form */
    uint32_t key;      /* nn_word_key of its folded form */
    uint16_t known;    /* NN_KNOWN_…: what the gazetteer of the names model says */
    bool event : 1;    /* a name of an event in the lexicon begins with it */
    bool computed : 1; /* the others are when a token of theirs comes by */
} nn_form;

/* What stands between a word and the one before it; several may hold. */
enum {
    NN_GAP_SPACE = 1, /* white space, no-break space included */
    NN_GAP_COMMA = 2,
    NN_GAP_STOP = 4, /* . ? ! … */
    NN_GAP_COLON = 8,
    NN_GAP_SEMICOLON = 16,
    NN_GAP_DASH = 32,         /* – — or a hyphen with spaces */
    NN_GAP_OPEN = 64,         /* ( [ */
    NN_GAP_CLOSE = 128,       /* ) ] */
    NN_GAP_MARK = 256,        /* a quotation mark */
    NN_GAP_HYPHEN = 512,      /* between two words without space */
    NN_GAP_POSSESSIVE = 1024, /* ’s or a lone apostrophe after the word before */
    NN_GAP_SENTENCE = 2048,   /* the word opens a sentence */
    NN_GAP_PARAGRAPH = 4096,  /* the word opens a paragraph */
    NN_GAP_OTHER = 8192,      /* anything else: / % & … */
    NN_GAP_LINE = 16384,      /* a line end */
    NN_GAP_AMPERSAND = 32768
};

typedef enum nn_mark_kind {
    NN_MARK_STRAIGHT,          /* " ＂ '' `` */
    NN_MARK_LEFT,              /* “ ‟ */
    NN_MARK_RIGHT,             /* ” */
    NN_MARK_LOW,               /* „ */
    NN_MARK_LEFT_ANGLE,        /* « */
    NN_MARK_RIGHT_ANGLE,       /* » */
    NN_MARK_OPEN_CORNER,       /* 「 『 */
    NN_MARK_CLOSE_CORNER,      /* 」 』 */
    NN_MARK_SINGLE,            /* ' */
    NN_MARK_SINGLE_LEFT,       /* ‘ ‛ */
    NN_MARK_SINGLE_RIGHT,      /* ’ */
    NN_MARK_SINGLE_LOW,        /* ‚ */
    NN_MARK_SINGLE_LEFT_ANGLE, /* ‹ */
    NN_MARK_SINGLE_RIGHT_ANGLE /* › */
} nn_mark_kind;

/* What touches a mark. */
typedef enum nn_edge {
    NN_EDGE_SPACE, /* white space, or the end of the paragraph */
    NN_EDGE_WORD,
    NN_EDGE_OPEN,  /* ( [ – — / ¿ ¡ … before a word */
    NN_EDGE_CLOSE, /* . , ; : ! ? ) ] */
    NN_EDGE_MARK   /* another quotation mark */
} nn_edge;

typedef struct nn_mark {
    uint32_t start;        /* byte */
    uint32_t word;         /* first word after it */
    uint32_t paragraph;    /* number of its paragraph, from 0 */
    uint8_t size;          /* bytes */
    uint8_t kind;          /* nn_mark_kind */
    uint8_t before, after; /* nn_edge */
    bool after_digit;      /* could be inches, feet, minutes */
} nn_mark;

/** A paragraph: a range of bytes, of words and of marks. */
typedef struct nn_paragraph {
    uint32_t start, end;
    uint32_t word_begin, word_end;
    uint32_t mark_begin, mark_end;
} nn_paragraph;

/** Reusable over articles; owns everything that the pointers below point to. Must not move once
 * initialised. */
typedef struct nn_words {
    nn_memory *memory;
    const nn_lexicon *lexicon;
    const nn_name_table *known; /* gazetteer of the names model; NULL: none */

    /* the forms of one analyzer, valid for one of its epochs */
    const nn_analyzer *analyzer;
    uint32_t epoch;
    nn_string_map *folds;
    nn_form *forms; /* by surface id */
    size_t form_capacity;
    uint64_t *capital_folds; /* bits by fold: one of its forms has a capital */
    size_t capital_fold_capacity;

    /* the article */
    nuncio_str text;
    uint32_t language;      /* in the lexicon: NN_LEXICON_… or the number of another */
    bool english;           /* and not merely read as English for want of tables */
    const nn_token *tokens; /* of the article, or kept */
    uint32_t count;
    nn_token *kept; /* the tokens but the s of Moody 's, where there is one */
    size_t kept_capacity;
    uint16_t *gaps; /* count + 1: the last is what follows the last word */
    size_t gap_capacity;
    nn_mark *marks;
    size_t mark_count, mark_capacity;
    nn_paragraph *paragraphs;
    size_t paragraph_count, paragraph_capacity;

    uint64_t *work;     /* steps of the rules over this article: tests of linear time count them */
    uint64_t work_done; /* what `work` points to, so that const readers may count */
} nn_words;

NUNCIO_NODISCARD nuncio_status nn_words_init(nn_words *words, nn_memory *memory,
                                             const nn_lexicon *lexicon, nuncio_error *error);
void nn_words_deinit(nn_words *words);

/** Reads an article: fills forms, gaps, marks and paragraphs. Cost: linear; new surface forms are
 * looked up. */
NUNCIO_NODISCARD nuncio_status nn_words_read(nn_words *words, const nn_analyzer *analyzer,
                                             nn_language language, nuncio_str text,
                                             const nn_token_list *tokens,
                                             const nn_sentence_list *sentences,
                                             nuncio_error *error);

/** The part of nn_words_read that looks between the words (gaps.c): gaps, marks, paragraphs. */
NUNCIO_NODISCARD nuncio_status nn_gaps_read(nn_words *words, const nn_sentence_list *sentences,
                                            nuncio_error *error);

/** The form of word i. */
static inline const nn_form *nn_words_form(const nn_words *words, uint32_t i)
{
    return &words->forms[words->tokens[i].surface];
}

/** True when a form's word was seen with a capital, in this article or before. */
static inline bool nn_form_has_capitals(const nn_words *words, const nn_form *form)
{
    return (words->capital_folds[form->fold / 64] >> form->fold % 64 & 1) != 0;
}

static inline bool nn_words_is(const nn_words *words, uint32_t i, uint32_t classes)
{
    return (nn_words_form(words, i)->classes & classes) != 0;
}

/** The cue bits of word i. */
static inline uint32_t nn_words_cue(const nn_words *words, uint32_t i)
{
    return nn_words_form(words, i)->cue;
}

/** Counts steps of a rule that looks around. */
static inline void nn_words_count_work(const nn_words *words, uint64_t steps)
{
    *words->work += steps;
}

/** The bytes from word `begin` to the end of word `end` - 1. */
nuncio_str nn_words_text(const nn_words *words, uint32_t begin, uint32_t end);

/** True when word i is written as one of `texts`, of which the last is NULL. */
bool nn_word_is_among(const nn_words *words, uint32_t i, const char *const *texts);

#endif

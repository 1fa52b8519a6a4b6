/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of a word or name before any article is read: classes, cues, the gazetteer.
 *
 *   word, folded ──► lexeme: class bits, cue bits a language, node of the name trie
 *   name trie:       node × lexeme ──► node;   a node may end a name of a type
 *
 * Built from the tables in annotate/tables/ when the annotator is made; immutable afterwards. */
#ifndef ANNOTATE_LEXICON_H
#define ANNOTATE_LEXICON_H

#include "core/memory.h"

#include <nuncio/annotation.h>

typedef struct nn_lexicon nn_lexicon;

#define NN_LEXEME_NONE UINT32_MAX

/* What a word can be, whatever its capitals. */
enum {
    NN_CLASS_DETERMINER = 1u << 0,  /* the, a, his */
    NN_CLASS_PREPOSITION = 1u << 1, /* of, in */
    NN_CLASS_PRONOUN_HE = 1u << 2,  /* he, il, er, él */
    NN_CLASS_PRONOUN_SHE = 1u << 3, /* she, elle, sie, ella */
    NN_CLASS_PRONOUN = 1u << 4,     /* any other: they, it, we, who */
    NN_CLASS_CONJUNCTION = 1u << 5, /* and, but, that, because */
    NN_CLASS_AUXILIARY = 1u << 6,   /* has, was, would */
    NN_CLASS_ADVERB = 1u << 7,      /* also, later; words in -ly are told by their end */
    NN_CLASS_TITLE = 1u << 8,       /* stands before a name and is no part of it: Mr, President */
    NN_CLASS_ROLE = 1u << 9,        /* a person's office or trade: minister, official */
    NN_CLASS_MALE = 1u << 10,       /* a man's given name, title or role */
    NN_CLASS_FEMALE = 1u << 11,
    NN_CLASS_GIVEN = 1u << 12,        /* given name */
    NN_CLASS_PARTICLE = 1u << 13,     /* inside a person's name: de, von, al, bin */
    NN_CLASS_ORG_HEAD = 1u << 14,     /* the noun of an organisation's name: ministry, council */
    NN_CLASS_EVENT_HEAD = 1u << 15,   /* treaty, summit */
    NN_CLASS_PLACE_HEAD = 1u << 16,   /* river, strait, province */
    NN_CLASS_PLACE_PREFIX = 1u << 17, /* opens a place's name: north, new, san, mount */
    NN_CLASS_TIME = 1u << 18,         /* monday, january */
    NN_CLASS_COMMON = 1u << 19,     /* an ordinary word: a capital alone does not make it a name */
    NN_CLASS_NO_ACRONYM = 1u << 20, /* capitals that name no organisation: CEO, GDP */
    NN_CLASS_NEGATION = 1u << 21,   /* not, never */
    NN_CLASS_SURNAME = 1u << 22,    /* a frequent surname */
    NN_CLASS_COLLECTIVE = 1u << 23, /* speaks as a body: delegation, government, police */
    NN_CLASS_SUFFIX = 1u << 24,     /* ends a company's name: Inc, Ltd; or a person's: Jr */
    NN_CLASS_ELISION = 1u << 25,    /* begins with an apostrophe when clipped: 'em, 'tis */
    NN_CLASS_THAT = 1u << 26,       /* opens a reported clause: that, que, dass, si */
    NN_CLASS_ACCORDING = 1u << 27,  /* according, selon, laut, según */
    NN_CLASS_LOCATIVE = 1u << 28,   /* a place follows: in, near, à */
    NN_CLASS_QUESTION = 1u << 29    /* opens an indirect question: whether, why */
};

/* How a word tells speech or attitude, in one language. */
enum {
    NN_CUE_VERB = 1,    /* finite: said, erklärte */
    NN_CUE_ING = 2,     /* saying, adding: continues a cue of the same speaker */
    NN_CUE_NOUN = 4,    /* is a noun or another verb as well: report, notes, states */
    NN_CUE_BARE = 8,    /* takes a clause without "that" */
    NN_CUE_OBJECT = 16, /* whom may stand between: told reporters that */
    NN_CUE_TO = 32,     /* takes an infinitive: urged Russia to */
    NN_CUE_OF = 64,     /* accused X of */
    NN_CUE_WEAK = 128,  /* belief or gesture: makes no direct quote by itself */

    /* attitudes (stances.c): the words need not have been spoken */
    NN_CUE_STANCE = 256,       /* a verb: supports, refused, calling */
    NN_CUE_BASE = 512,         /* its base form, a verb behind would or they only: support */
    NN_CUE_TAKES = 1024,       /* takes an object: opposes the plan */
    NN_CUE_TAKES_TO = 2048,    /* takes an infinitive: plans to leave */
    NN_CUE_LINKED = 4096,      /* takes an object behind a preposition: agrees with it */
    NN_CUE_LIGHT = 8192,       /* a verb whose object tells: voiced support for it */
    NN_CUE_ATTITUDE = 16384,   /* such an object: his support for it */
    NN_CUE_ADJECTIVE = 32768,  /* is confident that */
    NN_CUE_ABOUT = 65536,      /* linked by few prepositions: spoke of it, not with her */
    NN_CUE_TAKES_AS = 131072,  /* takes a clause, or an object that it rates: sees it as */
    NN_CUE_EVIDENCE = 262144,  /* by which data tell: the poll shows a lead */
    NN_CUE_ONLY_TO = 1 << 20,  /* takes an infinitive and no object: looking to leave */
    NN_CUE_HOLDER = 1 << 21,   /* who holds it: a supporter of the plan */
    NN_CUE_PLURAL = 1 << 23,   /* of VERB: a base form, whose subject is a plural: warn */
    NN_CUE_HEDGE = 1 << 24,    /* by which nobody holds it: seems to */
    NN_CUE_ALONE = 1 << 25,    /* of ATTITUDE: tells even where nobody owns it */
    NN_CUE_LEADS_TO = 1 << 22, /* what an infinitive of attitude may follow: continued to push */

    NN_CUE_SURE = 524288 /* with BARE: takes clauses and little else: said */
};

/* Languages that are read in full. Others, by their number in text/language.h, have few words of
 * their own (tables/minor_words.c) and share those that are the same in all. */
enum { NN_LEXICON_EN, NN_LEXICON_FR, NN_LEXICON_DE, NN_LEXICON_ES, NN_LEXICON_LANGUAGES };

typedef struct nn_lexeme {
    uint32_t node;                          /* node of the name trie that this word opens, or 0 */
    uint32_t minor;                         /* where its other languages begin, or 0 */
    uint32_t shared;                        /* NN_CLASS_… in every language */
    uint32_t classes[NN_LEXICON_LANGUAGES]; /* "a" is an article in English, a verb in French */
    uint32_t cue[NN_LEXICON_LANGUAGES];
    bool event; /* a name of an event begins with it */
} nn_lexeme;

/** What a word is in one language. */
typedef struct nn_reading_of_word {
    uint32_t classes; /* NN_CLASS_… */
    uint32_t cue;     /* NN_CUE_… */
} nn_reading_of_word;

/* How a name of the gazetteer must be written to count. */
enum {
    NN_NAME_UPPER = 1, /* all capitals: WHO, US */
    NN_NAME_WEAK = 2, /* also an ordinary word or a person's name: needs support from its context */
    NN_NAME_LOWER = 4 /* counts without capitals: el Gobierno's kin are not names */
};

typedef struct nn_name {
    uint8_t type;  /* nuncio_entity_type; NONE: a node inside longer names only */
    uint8_t flags; /* NN_NAME_… */
} nn_name;

NUNCIO_NODISCARD nuncio_status nn_lexicon_create(nn_memory *memory, nn_lexicon **out,
                                                 nuncio_error *error);
void nn_lexicon_destroy(nn_lexicon *lexicon);

/** The number of a folded word, or NN_LEXEME_NONE. */
uint32_t nn_lexicon_find(const nn_lexicon *lexicon, nuncio_str folded);
/** By number, which must not be NONE. */
const nn_lexeme *nn_lexicon_lexeme(const nn_lexicon *lexicon, uint32_t number);
/** What it is in a language: NN_LEXICON_…, or the number of another. */
nn_reading_of_word nn_lexicon_read(const nn_lexicon *lexicon, uint32_t number, uint32_t language);
/** The node reached from `node` (not 0) by a word, or 0. */
uint32_t nn_lexicon_step(const nn_lexicon *lexicon, uint32_t node, uint32_t lexeme);
/** What ends at a node. */
nn_name nn_lexicon_name(const nn_lexicon *lexicon, uint32_t node);

#endif

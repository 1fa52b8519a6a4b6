/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the oracle share. */
#ifndef ORACLE_INTERNAL_H
#define ORACLE_INTERNAL_H

#include "core/arena.h"
#include "core/string_map.h"
#include "oracle/oracle.h"
#include "text/passage.h"

/* ---- the archive (oracle.c) ---- */

/** A token: which of the archive's distinct forms it has, and where it stands. */
typedef struct oracle_token {
    uint32_t form;
    uint32_t start, end; /* bytes in the article's text or title */
} oracle_token;

/** What is known of a token without its place. */
typedef struct oracle_form {
    nuncio_str surface, term, folded;
} oracle_form;

/** Tokens of the text, then in an article's first passage those of the title. */
typedef struct oracle_passage {
    uint32_t start, end;
    const oracle_token *tokens;
    uint32_t count, text_count;
    uint32_t ordinal;
    size_t article;
} oracle_passage;

typedef struct oracle_entry {
    nn_arena *arena; /* holds all of the article */
    nuncio_article article;
    nn_language language;
    nuncio_annotations annotations;
    oracle_passage *passages;
    uint32_t passage_count;
    uint64_t token_count;
} oracle_entry;

struct oracle {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_string_map *form_numbers; /* "surface NUL term NUL folded" -> form */
    nn_arena forms_arena, answer_arena;
    oracle_form *forms;
    size_t form_count, form_capacity;
    oracle_entry *entries; /* live articles, in no special order */
    size_t count, capacity;
};

/** Stops the program when memory is refused. */
void *oracle_must(void *block);
void oracle_must_be_ok(nuncio_status status, const nuncio_error *error);

/** A few words as the analyzer sees them in one language. */
typedef struct oracle_words {
    oracle_form *items;
    size_t count;
} oracle_words;
oracle_words oracle_analyze(oracle *archive, nn_language language, nuncio_str text);

/* ---- leaves (oracle_leaf.c) ---- */

/** Consecutive tokens of a passage: begin … end - 1. */
typedef struct oracle_range {
    uint32_t begin, end;
    nuncio_highlight_kind kind;
} oracle_range;

typedef struct oracle_ranges {
    oracle_range *items;
    size_t count;
} oracle_ranges;

/** Which forms may stand in one place of a leaf. */
typedef struct oracle_place {
    bool *counts;  /* form: counts for df */
    bool *matches; /* form: may stand here; the same but for exact leaves */
} oracle_place;

typedef struct oracle_leaf {
    const oracle_node *node;
    bool in_title;
    bool scoring;               /* not under NOT or - */
    const oracle_node *passage; /* the PASSAGE it stands in, or NULL */
    const oracle_node *quote;   /* the QUOTE it stands in, or NULL */
    size_t guard;               /* the innermost of these, numbered as they begin; 0: none */
    double weight;              /* multiplied from the inside out */
    nuncio_str key;
    oracle_place *places; /* one a token; none for NEAR */
    size_t length;
    struct oracle_leaf *left, *right; /* NEAR */
    oracle_ranges *occurrences;       /* by passage of the archive */
    oracle_ranges *scored; /* of these, those that score: inside PASSAGE and QUOTE fewer */
} oracle_leaf;

/** A quote: `begin` … `end` - 1 are its tokens among those of the article's text; none: 0, 0. */
typedef struct oracle_unit {
    size_t article;
    uint32_t ordinal; /* among the article's quotes */
    const nuncio_quote *quote;
    uint64_t begin, end;
} oracle_unit;

/** One query being answered. */
typedef struct oracle_run {
    oracle *archive;
    nn_arena *arena;
    const oracle_node *query;
    const nuncio_search_options *options;
    oracle_passage **passages; /* of all articles, one article's consecutive */
    size_t passage_count;
    size_t *first_passages; /* by article; one more at the end */
    oracle_leaf
        *leaves; /* in order of standing in the canonical text; sides of NEAR are not among them */
    size_t leaf_count;
    size_t guard_count; /* PASSAGE and QUOTE */
    oracle_unit *units; /* quotes of all articles, one article's consecutive */
    size_t unit_count;
    size_t *first_units; /* by article; one more at the end */
    uint64_t unit_tokens;
} oracle_run;

/** Finds what a leaf means and where it occurs; sets places, key and occurrences. */
void oracle_leaf_prepare(oracle_run *run, oracle_leaf *leaf);
/** The marks that a leaf's occurrences in a passage leave: those of NEAR's right side too. */
oracle_ranges oracle_leaf_marks(oracle_run *run, const oracle_leaf *leaf, size_t passage);

/* ---- truth (oracle_truth.c) ---- */

/** What a query is read over: an article, one of its passages, or a quote, wherever it lies. */
typedef struct oracle_scope {
    size_t article;
    size_t passage;            /* number in the archive, or ORACLE_WHOLE */
    const nuncio_quote *quote; /* or NULL; else `passage` does not matter */
} oracle_scope;

#define ORACLE_WHOLE SIZE_MAX

/** True when a leaf in the operand itself adds to the score. */
bool oracle_has_scoring_leaf(const oracle_node *node);
bool oracle_holds(const oracle_run *run, const oracle_node *node, oracle_scope scope);
/** Adds to *filters those on names, not negated, that are true of a passage, and to *mentions the
 * names or quotes in it that each is true of. */
void oracle_count_named(const oracle_run *run, const oracle_node *node, size_t passage,
                        size_t *filters, size_t *mentions);
/** True when `node` holds a filter on names or speakers that is not negated. */
bool oracle_has_name(const oracle_node *node);
/** Whether a filter of the query, outside negations, is true of a speaker or of a mention that
 * stands in a passage. */
bool oracle_is_speaker(const oracle_run *run, const oracle_node *node,
                       const oracle_passage *passage, nuncio_str name);
bool oracle_is_mention(const oracle_run *run, const oracle_node *node,
                       const oracle_passage *passage, nuncio_str name, nuncio_entity_type type);
/** Which occurrences of a leaf score in a passage: inside PASSAGE only where that holds, inside
 * QUOTE only those in quotes of which it holds. */
oracle_ranges oracle_scored(oracle_run *run, const oracle_leaf *leaf, size_t passage);
bool oracle_overlaps(const oracle_passage *passage, uint32_t start, uint32_t end);

/* ---- scores (oracle_score.c) ---- */

/** The leaves that are added up: each once, in order of keys, with its weight and idf. */
typedef struct oracle_sum {
    const oracle_leaf **leaves;
    double *weights;
    double *idfs[2];    /* by nuncio_search_unit */
    double *quote_idfs; /* of leaves in QUOTE, or of all where quotes are ranked */
    size_t count;
    uint64_t units[2];
    uint64_t total;
} oracle_sum;

oracle_sum oracle_sum_prepare(oracle_run *run);

/* ---- quotes (oracle_quote.c) ---- */

/** Whether the tokens of a range begin and end in a quote. */
bool oracle_is_inside(const oracle_passage *passage, oracle_range range, const nuncio_quote *quote);
bool oracle_has_words_of(const oracle_passage *passage, const nuncio_quote *quote);
void oracle_list_units(oracle_run *run);
uint64_t oracle_unit_tf(const oracle_run *run, const oracle_leaf *leaf, const oracle_unit *unit);
double oracle_unit_idf(const oracle_run *run, const oracle_leaf *leaf);
/** BM25 of a quote by the leaves of one QUOTE (0: outside all); false: none occurs. */
bool oracle_score_unit(const oracle_run *run, const oracle_sum *sum, size_t guard,
                       const oracle_unit *unit, double *score);
/** What a QUOTE adds to a passage: the best quote of those it has words of; false: nothing. */
bool oracle_score_guard(const oracle_run *run, const oracle_sum *sum, size_t guard, size_t passage,
                        double *score);
/** Where quotes are ranked: whether unit `number` is a hit, and the passage it is shown in. */
bool oracle_unit_is_hit(const oracle_run *run, const oracle_node *query, size_t number);
size_t oracle_unit_passage(const oracle_run *run, const oracle_unit *unit);
double oracle_score_passage(const oracle_run *run, const oracle_sum *sum, size_t passage);
/** A line for each leaf that adds to a passage's score. */
const char *oracle_explain_passage(const oracle_run *run, const oracle_sum *sum, size_t passage);
double oracle_score_article(const oracle_run *run, const oracle_sum *sum, size_t article);

#endif

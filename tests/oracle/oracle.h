/* SPDX-License-Identifier: Apache-2.0 */
/* The definition of right answers: a search engine written from docs/query-language.md and
 * docs/ranking.md alone, slow and plain, that shares no code with query/ or indexer/ (but for
 * query/rank/log.h, whose every bit the document prescribes).
 *
 * It keeps the archive in memory, cuts articles into tokens and passages with the text layer, and
 * answers a query, given as a tree, by looking at every passage. Failures to allocate stop the
 * program. */
#ifndef ORACLE_ORACLE_H
#define ORACLE_ORACLE_H

#include <nuncio/article.h>
#include <nuncio/facets.h>
#include <nuncio/hits.h>
#include <nuncio/search.h>

/* ---- the archive ---- */

typedef struct oracle oracle;

oracle *oracle_create(void);
void oracle_destroy(oracle *archive);
/** Adds an article, or replaces the one of its id. */
void oracle_add(oracle *archive, const nuncio_article *article);
/** Deletes the article of that id; false when there is none. */
bool oracle_delete(oracle *archive, nuncio_str id);
size_t oracle_article_count(const oracle *archive);
/** An article as it was given; lives until it is replaced or deleted. */
const nuncio_article *oracle_article(const oracle *archive, size_t number);

/* ---- queries ---- */

typedef enum oracle_kind {
    ORACLE_WORD, /* leaves: `text` as in the query */
    ORACLE_PHRASE,
    ORACLE_EXACT,
    ORACLE_PREFIX,
    ORACLE_FUZZY, /* with `distance` */
    ORACLE_NEAR,  /* two leaves and `distance` */
    ORACLE_SOURCE,
    ORACLE_LANG,
    ORACLE_DATE,    /* `from` … `to`, NONE: open */
    ORACLE_SPEAKER, /* `text` */
    ORACLE_MENTION, /* `text` and `type`; NONE is any */
    ORACLE_NOT,     /* one child */
    ORACLE_TITLE,   /* one child */
    ORACLE_PASSAGE, /* one child */
    ORACLE_QUOTE,   /* one child; a SPEAKER beside it in AND or LIST is not moved into it */
    ORACLE_AND,     /* two children or more */
    ORACLE_OR,
    ORACLE_LIST /* one child or more, each with its mark */
} oracle_kind;

enum { ORACLE_CHILDREN_MAX = 6, ORACLE_WEIGHT_MAX = 12 };

typedef struct oracle_node {
    oracle_kind kind;
    char mark;                      /* as an operand of a list: '+', '-' or 0 */
    char weight[ORACLE_WEIGHT_MAX]; /* as written behind ^; "" is 1 */
    char text[160];                 /* leaves, SOURCE, LANG */
    uint32_t distance;
    nuncio_date from, to;
    nuncio_entity_type type;
    struct oracle_node *children[ORACLE_CHILDREN_MAX];
    size_t child_count;
} oracle_node;

/* ---- answers ---- */

typedef struct oracle_hit {
    size_t article;   /* number in the archive */
    uint32_t ordinal; /* of the passage; by article, of the one that is shown */
    double score;
    uint32_t start, end;                /* of the passage in the text */
    const nuncio_highlight *highlights; /* offsets from the start of the passage */
    size_t highlight_count;
    const nuncio_highlight *title_highlights;
    size_t title_highlight_count;
    const nuncio_quote *quotes; /* clipped to the passage, offsets from its start */
    size_t quote_count;
    const nuncio_mention *mentions;
    size_t mention_count;
    uint32_t quote_ordinal;    /* by quote: its number in the article, */
    const nuncio_quote *quote; /* and the one of `quotes` that it is */
    const char *explanation;   /* a line for each leaf that adds to the score of the passage */
} oracle_hit;

typedef struct oracle_answer {
    const oracle_hit *hits; /* all of them, best first */
    size_t count;
} oracle_answer;

/** Answers `query`. Of the options by, scope, k1, b and direct_only count. The answer lives until
 * the next call.
 */
oracle_answer oracle_search(oracle *archive, const oracle_node *query,
                            const nuncio_search_options *options);

/** A value of a facet. */
typedef struct oracle_facet {
    nuncio_str value;
    nuncio_entity_type type;
    uint64_t hits, articles;
} oracle_facet;

typedef struct oracle_facet_list {
    oracle_facet *items; /* to be freed; the values live until the next search */
    size_t count;
} oracle_facet_list;

/** The values of a kind over the whole answer (of the same query and options, by passage or by
 * quote), in order. */
oracle_facet_list oracle_facets(oracle *archive, const oracle_node *query,
                                const nuncio_search_options *options, nuncio_facet_kind kind,
                                const oracle_answer *answer);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* The result of a search: ranked hits with what matched in each. */
#ifndef NUNCIO_HITS_H
#define NUNCIO_HITS_H

#include <nuncio/annotation.h>
#include <nuncio/article.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nuncio_hits nuncio_hits;

typedef enum nuncio_highlight_kind {
    NUNCIO_HIGHLIGHT_TERM = 0,  /* one word of the query, in whatever inflection */
    NUNCIO_HIGHLIGHT_PHRASE = 1 /* a word that stands in a matched phrase or NEAR */
} nuncio_highlight_kind;

/** A marked range, bytes from the start of the passage (or title); end exclusive. Ranges of one
 * text are in order and do not overlap. */
typedef struct nuncio_highlight {
    uint32_t start, end;
    nuncio_highlight_kind kind;
} nuncio_highlight;

/** What a name means in the whole archive, as lists of entities call it. */
typedef struct nuncio_hit_entity {
    nuncio_str name; /* absent: nothing, such as a description of a speaker, or what overrides say
                        is no name */
    nuncio_entity_type type;
    bool overridden; /* lines of the override file say what it is called, or whom it is one with */
} nuncio_hit_entity;

/** A ranked passage. By article, the passage that scores best in it; by quote, the first passage of
 * the quote in which a word of the query stands in it, else its first. Views live with the hits. */
typedef struct nuncio_hit {
    uint32_t rank; /* from 1, over all pages */
    double score;
    nuncio_article article; /* without its text */
    uint32_t ordinal;       /* of the passage in the article, from 0 */
    uint32_t start, end;    /* of the passage in the article's text, bytes */
    nuncio_str passage;     /* its text; absent when not stored or not asked for */
    const nuncio_highlight *highlights;
    size_t highlight_count;
    const nuncio_highlight *title_highlights; /* in article.title */
    size_t title_highlight_count;
    const nuncio_quote *quotes; /* clipped to the passage, offsets from its start */
    size_t quote_count;
    const nuncio_quote
        *quote;             /* by quote: the one ranked, one of `quotes`; its words are those of
                               `passage` from quote->start to quote->end, and `highlights` are
                               the words of the query in it; NULL where texts were not asked for */
    uint32_t quote_ordinal; /* by quote: its number among the article's, from 0 */
    const nuncio_mention *mentions; /* offsets from the start of the passage */
    size_t mention_count;
    const nuncio_hit_entity *mention_entities; /* of each mention; NULL unless asked for */
    const nuncio_hit_entity *speaker_entities; /* of the speaker of each quote; likewise */
    nuncio_str explanation;                    /* lines of text; absent unless asked for */
} nuncio_hit;

NUNCIO_API size_t nuncio_hits_count(const nuncio_hits *hits);
/** Hit `index` (0 … count - 1), or NULL. */
NUNCIO_API const nuncio_hit *nuncio_hits_at(const nuncio_hits *hits, size_t index);
/** How many passages (articles, quotes) match in all; exact only when asked for, else a lower
 * bound. */
NUNCIO_API uint64_t nuncio_hits_total(const nuncio_hits *hits);
NUNCIO_API bool nuncio_hits_total_is_exact(const nuncio_hits *hits);
/** What to pass as `after` to get the next page; absent when there is none. */
NUNCIO_API nuncio_str nuncio_hits_after(const nuncio_hits *hits);
/** The query in its analysed form, one line a term with its df; absent where the search was not
 * asked to explain. */
NUNCIO_API nuncio_str nuncio_hits_explain_query(const nuncio_hits *hits);
NUNCIO_API void nuncio_hits_destroy(nuncio_hits *hits);

#ifdef __cplusplus
}
#endif
#endif

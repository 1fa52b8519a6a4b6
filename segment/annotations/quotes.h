/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes as units: where the words of each lie among the tokens of its article, who speaks, and of
 * what kind it is.
 *
 *   FIRST_QUOTES = sequence: by article, the quotes of the articles before it; and their count
 *   QUOTES       = a record by article (quote_record.h), whose units are read here
 *   QUOTE_STARTS = sequence: by article, where its record begins; and the end
 *
 * The text tokens of an article are numbered through its passages, titles left out:
 *
 *   passages        | He said “ we | have a deal | ” .           |
 *   text tokens       0  1      2    3   4  5
 *   quote                       2 ───────── 6                     begins in the first passage
 *
 * No token lies in more than NN_QUOTE_DEPTH_MAX quotes, so that finding those that hold one is
 * bounded. The postings of a quote are those of its passages whose positions lie in it: nothing is
 * stored a second time, and a term's df among quotes stands in the dictionary. */
#ifndef SEGMENT_QUOTES_H
#define SEGMENT_QUOTES_H

#include "segment/annotations/quote_record.h"
#include "segment/codes/sequence.h"

/** The quotes of one article at a time. Forward walks over articles are cheap: an article without a
 * quote costs a comparison. Zeroed but for `segment` and `arena` it stands at no article. */
typedef struct nn_article_quotes {
    const nn_segment *segment;
    nn_arena *arena; /* of the arrays, which grow with the article of most quotes */
    bool open;       /* an article was asked for */
    uint32_t article;
    uint32_t first, count;   /* numbers of its quotes in the segment: first … first + count - 1 */
    uint32_t first_passage;  /* of the article */
    uint32_t passage_count;  /* of the article, where it has quotes */
    uint32_t *bases;         /* by passage of the article, and its end: text tokens before it */
    uint32_t *starts, *ends; /* by quote of the article: its text tokens */
    uint32_t *longer;        /* by quote: 1 + the last before it that ends behind it; 0: none */
    uint32_t *speakers;      /* by quote: 1 + local number of who speaks; 0: unknown */
    nn_quote_kind *kinds;    /* by quote */
    uint8_t *marks;          /* by quote: the caller's; 0 when an article is entered */
    size_t passage_capacity, quote_capacity;
    bool loaded;          /* the arrays are those of the article */
    nn_bit_reader record; /* at what follows the units */
    nn_sequence_cursor firsts;
    nn_article_names names; /* of article `named`, … */
    bool has_names;         /* … where they were asked for */
    uint32_t named;
} nn_article_quotes;

/** Goes to an article: sets first, count and first_passage, no array. */
NUNCIO_NODISCARD nuncio_status nn_article_quotes_find(nn_article_quotes *quotes, uint32_t article,
                                                      nuncio_error *error);

/** The same, and fills the arrays. */
NUNCIO_NODISCARD nuncio_status nn_article_quotes_seek(nn_article_quotes *quotes, uint32_t article,
                                                      nuncio_error *error);
/** The next article behind the current one that has a quote, or NN_DOC_END. */
NUNCIO_NODISCARD nuncio_status nn_article_quotes_behind(const nn_article_quotes *quotes,
                                                        uint32_t *out, nuncio_error *error);

/** Those quotes of the article that hold some tokens of one of its passages, last first. */
typedef struct nn_quote_holders {
    const nn_article_quotes *quotes;
    uint32_t left, end;
} nn_quote_holders;

/** Positions start … end - 1 of `passage`; no quote holds those of a title. */
nn_quote_holders nn_quote_holders_of(const nn_article_quotes *quotes, uint32_t passage,
                                     uint32_t start, uint32_t end);
/** The same for places that ascend from call to call: `*begun`, 0 at first, is kept between them.
 */
static inline nn_quote_holders nn_quote_holders_on(const nn_article_quotes *quotes, uint32_t *begun,
                                                   uint32_t passage, uint32_t start, uint32_t end)
{
    if (start >= NN_POSITION_TITLE) {
        return (nn_quote_holders){quotes, 0, 0};
    }
    uint32_t base = quotes->bases[passage - quotes->first_passage];
    while (*begun < quotes->count && quotes->starts[*begun] <= base + start) {
        (*begun)++;
    }
    return (nn_quote_holders){quotes, *begun, base + end};
}
/** The next holder: its number in the article. */
static inline bool nn_quote_holders_next(nn_quote_holders *holders, uint32_t *quote)
{
    const nn_article_quotes *quotes = holders->quotes;
    while (holders->left > 0) {
        uint32_t at = holders->left - 1;
        if (quotes->ends[at] >= holders->end) {
            holders->left = at;
            *quote = at;
            return true;
        }
        holders->left = quotes->longer[at]; /* those between end even earlier */
    }
    return false;
}

/** Text tokens start … end - 1 of the article. */
nn_quote_holders nn_quote_holders_of_range(const nn_article_quotes *quotes, uint32_t start,
                                           uint32_t end);

/** Counts quotes of the article that hold one of the positions and were not marked, and marks
 * them: a term's df among quotes is the sum over its postings. */
uint32_t nn_article_quotes_mark(nn_article_quotes *quotes, uint32_t passage,
                                const uint32_t *positions, uint32_t count);

/** The article of quote `quote` (< quote_count) of the segment. */
NUNCIO_NODISCARD nuncio_status nn_segment_quote_article(const nn_segment *segment, uint32_t quote,
                                                        uint32_t *out, nuncio_error *error);
/** The passage of the article, from 0, that holds text token `token`; the last for one behind all.
 * That of a quote's first token is the one it begins in. */
uint32_t nn_article_quotes_passage(const nn_article_quotes *quotes, uint32_t token);

/** Whether quote `i` of the article is direct speech. */
static inline bool nn_article_quotes_is_direct(const nn_article_quotes *quotes, uint32_t i)
{
    return (quotes->kinds[i].head & NUNCIO_QUOTE_DIRECT) != 0;
}
/** The name that speaks quote `i` of the article; NN_NAME_UNKNOWN: the text does not say. */
NUNCIO_NODISCARD nuncio_status nn_article_quotes_speaker(nn_article_quotes *quotes, uint32_t i,
                                                         uint32_t *name, nuncio_error *error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "hit_sample.h"

#include <string.h>

#define PASSAGE "\"The treaty is closed,\" Krešić said in Kessa."
const char hit_sample_text[] = "\xC3\xA9 x\n\n" PASSAGE;

static nuncio_str of(const char *text)
{
    nuncio_str view = {text, strlen(text)};
    return view;
}

nuncio_hit hit_sample(void)
{
    static const nuncio_highlight marks[] = {{5, 11, NUNCIO_HIGHLIGHT_TERM},
                                             {15, 21, NUNCIO_HIGHLIGHT_PHRASE}};
    static const nuncio_highlight title_marks[] = {{2, 8, NUNCIO_HIGHLIGHT_TERM}};
    static nuncio_quote quotes[1];
    static nuncio_mention mentions[2];
    quotes[0] = (nuncio_quote){1,
                               22,
                               24,
                               32,
                               33,
                               37,
                               NUNCIO_QUOTE_DIRECT | NUNCIO_QUOTE_MATCHED,
                               0.75F,
                               NUNCIO_ENTITY_PERSON,
                               of("Danilo Krešić"),
                               of("said")};
    mentions[0] = (nuncio_mention){24, 32, NUNCIO_ENTITY_PERSON, of("Danilo Krešić"), true};
    mentions[1] = (nuncio_mention){41, 46, NUNCIO_ENTITY_PLACE, of("Kessa"), false};
    nuncio_hit hit = {.rank = 7,
                      .score = 11.52,
                      .ordinal = 1,
                      .start = 6,
                      .end = 6 + (uint32_t)strlen(PASSAGE),
                      .passage = of(PASSAGE),
                      .highlights = marks,
                      .highlight_count = 2,
                      .title_highlights = title_marks,
                      .title_highlight_count = 1,
                      .quotes = quotes,
                      .quote_count = 1,
                      .mentions = mentions,
                      .mention_count = 2};
    hit.article.id = of("a-1");
    hit.article.title = of("A treaty, \"closed\"");
    hit.article.date = (nuncio_date){2031, 1, 0, NUNCIO_DATE_MONTH};
    hit.article.source = of("Wire");
    return hit;
}

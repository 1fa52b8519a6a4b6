/* SPDX-License-Identifier: Apache-2.0 */
/* Articles of small vocabularies, so that words meet, scores tie and phrases match. */
#ifndef ORACLE_RANDOM_ARTICLE_H
#define ORACLE_RANDOM_ARTICLE_H

#include "support/prng.h"

#include <nuncio/article.h>

enum { RANDOM_TEXT_MAX = 16384 };

typedef struct random_article {
    nuncio_article article; /* views into the rest; the struct must not move */
    char id[16], title[2048], source[64], url[64], lang[8];
    char text[RANDOM_TEXT_MAX];
} random_article;

/** What articles of one archive are made from. */
typedef struct random_world {
    bool languages[4]; /* en, fr, de, es: which occur; at least one */
    bool long_texts;   /* many passages an article */
    bool in_order;     /* articles of one source and date come together */
    uint32_t ids;      /* how many ids there are */
    uint32_t made;     /* articles so far: in order, every 300 there is another source and date */
} random_world;

random_world random_world_make(test_prng *prng, uint32_t ids);
/** An id as text; byte order differs from the order of numbers. */
void random_id(uint64_t number, char to[16]);
/** A new article; about one in eight says word for word what another one says or may say. */
void random_article_make(test_prng *prng, const random_world *world, random_article *out);
/** A word of one of the world's languages, the first of its list most often. */
const char *random_word(test_prng *prng, const random_world *world);
const char *random_source(test_prng *prng);
nuncio_date random_date(test_prng *prng);

#endif

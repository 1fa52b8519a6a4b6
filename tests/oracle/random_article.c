/* SPDX-License-Identifier: Apache-2.0 */
#include "oracle/random_article.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_MAX = 40 };

/* Inflections, accents, case, initialisms, elisions, possessives, hyphens, numbers and words that
 * two languages share or stem differently. */
static const char *const vocabularies[4][WORDS_MAX] = {
    {"the",      "minister",  "talks",    "embassy",  "said",    "U.S.",      "of",
     "Lavrov",   "ministers", "visit",    "talk",     "visited", "embassies", "Embassy",
     "café",     "Café",      "cafe",     "G20",      "1,000",   "2,500.75",  "state-owned",
     "don't",    "O'Brien",   "Lavrov’s", "Lavrov's", "nation",  "nations",   "national",
     "Minister", "accord",    "accords",  "NATO",     "外交部",  "Çavuşoğlu", "Cavusoglu",
     "running",  "runs",      "U.N.",     "a",        "naïve"},
    {"le",        "ministre",  "l'accord",   "de",       "l’accord",    "accord",  "d'accord",
     "ministres", "la",        "Ministre",   "qu'il",    "aujourd'hui", "réunion", "reunion",
     "réunions",  "nationale", "nationales", "national", "visite",      "visites", "Élysée",
     "élysée",    "G20",       "café",       "Lavrov",   "NATO",        "talks",   "l'embassy",
     "d’État",    "État",      "nations",    "visité",   "parler",      "parle",   "外交部",
     "1,000",     "s'est",     "à",          "a",        "said"},
    {"der",     "Minister", "Gespräch", "Gespräche", "die",         "Ministers", "Abkommen",
     "Besuch",  "Besuche",  "und",      "Straße",    "Strasse",     "G20",       "Lavrov",
     "Lavrovs", "Über",     "über",     "uber",      "national",    "nationale", "nationalen",
     "Nation",  "Nationen", "NATO",     "Botschaft", "Botschaften", "EU-Gipfel", "外交部",
     "1.000",   "visit",    "sprach",   "sprechen",  "größer",      "grösser",   "Café",
     "talks",   "minister", "accord",   "a",         "said"},
    {"el",       "ministro",  "ministros", "la",         "embajada", "embajadas", "acuerdo",
     "acuerdos", "visita",    "visitas",   "año",        "ano",      "años",      "de",
     "Lavrov",   "G20",       "nacional",  "nacionales", "nación",   "naciones",  "Ministro",
     "reunión",  "reuniones", "NATO",      "habló",      "hablar",   "外交部",    "1.000",
     "café",     "talks",     "minister",  "nation",     "él",       "Él",        "a",
     "said",     "accord",    "niño",      "niños",      "visit"},
};

static const char *const codes[4][5] = {{"en", "en", "EN", "en-GB", "en-US"},
                                        {"fr", "fr", "fr", "FR", "fr-CA"},
                                        {"de", "de", "de", "De", "de-AT"},
                                        {"es", "es", "es", "es", "es-MX"}};

static const char *const sources[] = {"Kessa Herald",       "kessa herald", "Le Courrier",
                                      "Drasnik-Bulletin",   "Gaceta",       "Gacéta",
                                      "Meridian Wire, Ltd."};

random_world random_world_make(test_prng *prng, uint32_t ids)
{
    random_world world = {.long_texts = test_prng_chance(prng, 50), .ids = ids};
    bool any = false;
    for (size_t i = 0; i < 4; i++) {
        world.languages[i] = test_prng_chance(prng, 60);
        any = any || world.languages[i];
    }
    world.languages[0] = world.languages[0] || !any;
    world.in_order = test_prng_chance(prng, 50);
    return world;
}

void random_id(uint64_t number, char to[16])
{
    snprintf(to, 16,
             number % 3 == 0   ? "%u"
             : number % 3 == 1 ? "a/%02u"
                               : "\xC3\xA9-%u",
             (unsigned)number);
}

static size_t random_language(test_prng *prng, const random_world *world)
{
    size_t language;
    do {
        language = test_prng_below(prng, 4);
    } while (!world->languages[language]);
    return language;
}

/** The first words of a list come most often, as in any language. */
static const char *word_of(test_prng *prng, size_t language)
{
    size_t count = 0;
    while (count < WORDS_MAX && vocabularies[language][count] != NULL) {
        count++;
    }
    double at = test_prng_unit(prng);
    return vocabularies[language][(size_t)(at * at * (double)count)];
}

const char *random_word(test_prng *prng, const random_world *world)
{
    return word_of(prng, random_language(prng, world));
}

const char *random_source(test_prng *prng)
{
    return sources[test_prng_below(prng, sizeof sources / sizeof *sources)];
}

nuncio_date random_date(test_prng *prng)
{
    nuncio_date date = {(int16_t)test_prng_range(prng, 2021, 2024), 0, 0, NUNCIO_DATE_YEAR};
    if (test_prng_chance(prng, 85)) {
        date.month = (uint8_t)test_prng_range(prng, 1, 12);
        date.precision = NUNCIO_DATE_MONTH;
    }
    if (date.month != 0 && test_prng_chance(prng, 85)) {
        date.day = (uint8_t)test_prng_range(prng, 1, 28);
        date.precision = NUNCIO_DATE_DAY;
    }
    return date;
}

/** A text that grows at its end while there is room. */
typedef struct writing {
    char *to;
    size_t size, room;
} writing;

static void put(writing *w, const char *piece)
{
    size_t size = strlen(piece);
    if (w->size + size < w->room) {
        memcpy(w->to + w->size, piece, size + 1);
        w->size += size;
    }
}

static void put_words(test_prng *prng, writing *w, size_t language, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        size_t from = test_prng_chance(prng, 3) ? test_prng_below(prng, 4) : language;
        put(w, word_of(prng, from));
        if (i + 1 < count) {
            put(w, test_prng_chance(prng, 6) ? ", " : " ");
        }
    }
}

static void put_quote(test_prng *prng, writing *w, size_t language, uint64_t count)
{
    static const char *const before[] = {
        "Sergei Lavrov said: ", "Anna O'Brien, a minister, told NATO: ", "", "", ""};
    static const char *const after[] = {". ",
                                        " said Lavrov. ",
                                        " a déclaré Angela Merkel. ",
                                        " said Anna O'Brien. ",
                                        " the minister said. ",
                                        "\n\n"};
    static const char *const open[] = {"“", "“", "\"", "« ", "„"};
    static const char *const close[] = {",”", "”", ",\"", " »", "“"};
    size_t marks = test_prng_below(prng, 5);
    put(w, before[test_prng_below(prng, 5)]);
    put(w, open[marks]);
    put_words(prng, w, language, count);
    put(w, close[test_prng_chance(prng, 95) ? marks : test_prng_below(prng, 5)]);
    put(w, after[test_prng_below(prng, 6)]);
}

static void put_sentence(test_prng *prng, writing *w, size_t language)
{
    static const char *const ends[] = {". ", ". ", ". ", "? ", "! ", ".\n\n", ".\n", "。"};
    uint64_t count =
        test_prng_chance(prng, 3) ? 60 + test_prng_below(prng, 300) : 1 + test_prng_below(prng, 18);
    if (test_prng_chance(prng, 20)) {
        put_quote(prng, w, language, count);
        return;
    }
    put_words(prng, w, language, count);
    put(w, ends[test_prng_below(prng, sizeof ends / sizeof *ends)]);
}

static void put_text(test_prng *prng, const random_world *world, size_t language, writing *w)
{
    uint64_t kind = test_prng_below(prng, 100);
    uint64_t sentences = kind < 20   ? 1
                         : kind < 60 ? 1 + test_prng_below(prng, 10)
                                     : 1 + test_prng_below(prng, world->long_texts ? 80 : 20);
    if (kind == 99) {
        put(w, "… — !"); /* a passage without a token */
        return;
    }
    for (uint64_t i = 0; i < sentences; i++) {
        put_sentence(prng, w, language);
    }
}

static nuncio_str view(const char *text, size_t size)
{
    return (nuncio_str){text, size};
}

void random_article_make(test_prng *prng, const random_world *world, random_article *out)
{
    memset(out, 0, sizeof *out);
    random_id(test_prng_below(prng, world->ids), out->id);
    /* Everything but the id comes from a second source: of few seeds, where it is to repeat. */
    uint64_t seed = test_prng_next(prng);
    test_prng content = test_prng_of(test_prng_chance(prng, 12) ? seed % 4 : seed);
    size_t language = random_language(&content, world);

    writing title = {out->title, 0, sizeof out->title};
    uint64_t title_words = test_prng_chance(&content, 3) ? 60 + test_prng_below(&content, 20)
                                                         : 1 + test_prng_below(&content, 8);
    put_words(&content, &title, language, title_words);
    writing text = {out->text, 0, sizeof out->text};
    put_text(&content, world, language, &text);
    test_prng era = test_prng_of(world->made / 300);
    test_prng *where = world->in_order && test_prng_chance(&content, 98) ? &era : &content;
    snprintf(out->source, sizeof out->source, "%s", random_source(where));
    snprintf(out->url, sizeof out->url, "https://example.org/%u",
             (unsigned)test_prng_below(&content, 1000));
    snprintf(out->lang, sizeof out->lang, "%s", codes[language][test_prng_below(&content, 5)]);

    nuncio_article *article = &out->article;
    article->id = view(out->id, strlen(out->id));
    article->text = view(out->text, text.size);
    if (test_prng_chance(&content, 85)) {
        article->title = view(out->title, title.size);
    }
    if (test_prng_chance(&content, 90)) {
        article->source = view(out->source, strlen(out->source));
    }
    if (test_prng_chance(&content, 50)) {
        article->url = view(out->url, strlen(out->url));
    }
    if (test_prng_chance(&content, 93)) {
        article->lang = view(out->lang, strlen(out->lang));
    }
    if (test_prng_chance(&content, 90)) {
        article->date = random_date(where);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the analysis makes of a fixed list of words, as one number. */
#include "core/assert.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "text/name.h"

/* Raise it when tokens or passages change in ways that the words do not show. */
enum { ANALYSIS_VERSION = 1 };

/* Words that show tokens, folding and accents, analysed as English. */
static const char WORDS[] =
    "The ministers' talks on arms-control; Lavrov’s U.S. 1,000.50 3.5bn 12-point G20 O’Brien "
    "l’accord majesté Straße Çavuşoğlu İstanbul Łódź Київ ёлка Ἀθῆναι مُحَمَّد नई दिल्ली 和平 조약 ไทย";
/* Words of names, which have keys. */
static const char NAMES[] =
    "Sergej Лавров Gorbatschow Yanukovych Müller Assad Macmillan Djakarta Qatar "
    "Venizélos Βενιζέλος თბილისი Երևան Nazarbayev Aleksey O’Brien";
/* A word that its stemmer changes, for each language that has one, from "en" on. Each is analysed
 * as its own language alone: all in each would take thirty times as long and tell no more. */
static const char *const STEMS[] = {"negotiations",      "continuellement",   "aufeinanderfolgende",
                                    "torneados",         "abbandonate",       "quilométricas",
                                    "lichamelijkheden",  "jaktkarlens",       "undersøgelserne",
                                    "havnemyndighetene", "edeltäjistään",     "megállapodásokat",
                                    "negocierilor",      "переговоры",        "görüşmelerde",
                                    "محادثات",           "բանակցությունների", "negoziazioak",
                                    "negociacions",      "διαπραγματεύσεις",  "वार्ताओं",
                                    "membicarakan",      "gcainteanna",       "derybose",
                                    "वार्ताहरू",           "преговорима",       "பேச்சுவார்த்தைகள்",
                                    "פארהאנדלונגען"};
enum { STEMMED = sizeof STEMS / sizeof STEMS[0] };

static nuncio_status add(nn_analyzer *analyzer, nn_memory *memory, nn_language language,
                         nuncio_str words, uint64_t *hash, nuncio_error *error)
{
    nn_token_list tokens = {NULL, 0, 0};
    nuncio_status status = nn_analyzer_tokenize(analyzer, language, words, &tokens, error);
    for (size_t i = 0; status == NUNCIO_OK && i < tokens.count; i++) {
        nuncio_str term = nn_analyzer_term(analyzer, tokens.items[i].surface);
        nuncio_str folded = nn_analyzer_folded(analyzer, tokens.items[i].surface);
        *hash = nn_hash64(term.data, term.size, *hash ^ tokens.items[i].start);
        *hash = nn_hash64(folded.data, folded.size, *hash);
    }
    nn_token_list_deinit(&tokens, memory);
    return status;
}

static nuncio_status add_keys(nn_analyzer *analyzer, nn_memory *memory, uint64_t *hash,
                              nuncio_error *error)
{
    nn_token_list tokens = {NULL, 0, 0};
    nn_arena arena;
    nn_name_words words;
    nn_arena_init(&arena, memory);
    nuncio_status status = nn_name_words_read(analyzer, &arena, &tokens,
                                              nn_str(NAMES, sizeof NAMES - 1), &words, error);
    for (uint32_t i = 0; status == NUNCIO_OK && i < words.count; i++) {
        *hash = nn_hash64(words.items[i].key.data, words.items[i].key.size, *hash);
    }
    nn_arena_clear(&arena);
    nn_token_list_deinit(&tokens, memory);
    return status;
}

nuncio_status nn_analyzer_fingerprint(nn_memory *memory, uint64_t *out, nuncio_error *error)
{
    nn_analyzer *analyzer = NULL;
    *out = ANALYSIS_VERSION;
    NN_TRY(nn_analyzer_create(memory, &analyzer, error));
    nuncio_status status =
        add(analyzer, memory, NN_LANGUAGE_EN, nn_str(WORDS, sizeof WORDS - 1), out, error);
    for (uint32_t i = 0; status == NUNCIO_OK && i < STEMMED; i++) {
        NN_ASSERT(nn_language_has_stemmer((nn_language)(i + 1)));
        status = add(analyzer, memory, (nn_language)(i + 1), nn_str_of(STEMS[i]), out, error);
    }
    NN_ASSERT(!nn_language_has_stemmer(STEMMED + 1));
    if (status == NUNCIO_OK) {
        status = add_keys(analyzer, memory, out, error);
    }
    nn_analyzer_destroy(analyzer);
    return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the analysis makes of a fixed list of words, as one number. */
#include "core/hash.h"
#include "text/analyzer.h"

#include "core/str.h"

enum {
    ANALYSIS_VERSION = 1
}; /* raise it when tokens or passages change in ways the words do not show */

/* Words that show tokens, folding and accents, analysed as English; and a few that most stemmers
 * shorten. */
static const char WORDS[] =
    "The ministers' negotiations on arms-control were suspended; Lavrov\xe2\x80\x99s U.S. "
    "generously, "
    "1,000.50 12-point G20 happiness conditional running flies l\xe2\x80\x99"
    "accord majest\xc3\xa9 Stra\xc3\x9f"
    "e \xc3\x87"
    "avu\xc5\x9fo\xc4\x9flu \xc4\xb0stanbul \xc5\x81\xc3\xb3"
    "d\xc5\xba \xe5\x92\x8c\xe5\xb9\xb3 \xec\xa1\xb0\xec\x95\xbd";
static const char STEMS[] =
    "negotiations continuellement aufeinanderfolgende torneados KARARLAR "
    "\xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80\xd1\x8b "
    "\xd9\x85\xd8\xad\xd8\xa7\xd8\xaf\xd8\xab\xd8\xa7\xd8\xaa";

static nuncio_status add(nn_analyzer *analyzer, nn_memory *memory, nn_language language,
                         nuncio_str words, uint64_t *hash)
{
    nn_token_list tokens = {NULL, 0, 0};
    nuncio_status status = nn_analyzer_tokenize(analyzer, language, words, &tokens, NULL);
    for (size_t i = 0; status == NUNCIO_OK && i < tokens.count; i++) {
        nuncio_str term = nn_analyzer_term(analyzer, tokens.items[i].surface);
        nuncio_str folded = nn_analyzer_folded(analyzer, tokens.items[i].surface);
        *hash = nn_hash64(term.data, term.size, *hash ^ tokens.items[i].start);
        *hash = nn_hash64(folded.data, folded.size, *hash);
    }
    nn_token_list_deinit(&tokens, memory);
    return status;
}

uint64_t nn_analyzer_fingerprint(void)
{
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    nn_analyzer *analyzer = NULL;
    uint64_t hash = ANALYSIS_VERSION;
    if (nn_analyzer_create(&memory, &analyzer, NULL) != NUNCIO_OK) {
        return 0;
    }
    nuncio_status status =
        add(analyzer, &memory, NN_LANGUAGE_EN, nn_str(WORDS, sizeof WORDS - 1), &hash);
    for (uint32_t i = 0; status == NUNCIO_OK && i < nn_language_count(); i++) {
        if (nn_language_has_stemmer((nn_language)i)) {
            status = add(analyzer, &memory, (nn_language)i, nn_str(STEMS, sizeof STEMS - 1), &hash);
        }
    }
    nn_analyzer_destroy(analyzer);
    return status == NUNCIO_OK ? hash : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the analysis makes of a fixed list of words, as one number. */
#include "core/hash.h"
#include "text/analyzer.h"
#include "text/normalise.h"

#include "core/str.h"

#include <libstemmer.h>

enum {
    ANALYSIS_VERSION = 1
}; /* raise it when tokens or passages change in ways the words do not show */

static const char WORDS[] =
    "The ministers' negotiations on arms-control were suspended; Lavrov\xe2\x80\x99s U.S. "
    "colleagues, "
    "generously, 1,000.50 12-point G20 happiness relational conditional running flies dying agreed "
    "l\xe2\x80\x99"
    "accord continuellement majest\xc3\xa9 n\xc3\xa9gociations aufeinanderfolgende "
    "Stra\xc3\x9f"
    "e kategorischen cheg\xc3\xb3 torneado \xc3\x87"
    "avu\xc5\x9fo\xc4\x9flu "
    "\xc4\xb0stanbul KARAR \xc5\x81\xc3\xb3"
    "d\xc5\xba \xd0\xbf\xd0\xb5\xd1\x80\xd0\xb5"
    "\xd0\xb3\xd0\xbe\xd0\xb2\xd0\xbe\xd1\x80\xd1\x8b \xd9\x85\xd8\xad\xd8\xa7\xd8\xaf"
    "\xd8\xab\xd8\xa7\xd8\xaa \xe5\x92\x8c\xe5\xb9\xb3 \xec\xa1\xb0\xec\x95\xbd";

uint64_t nn_analyzer_fingerprint(void)
{
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    nn_analyzer *analyzer = NULL;
    uint64_t hash = ANALYSIS_VERSION;
    if (nn_analyzer_create(&memory, &analyzer, NULL) != NUNCIO_OK) {
        return 0;
    }
    nn_token_list tokens = {NULL, 0, 0};
    for (uint32_t language = 0; language < nn_language_count(); language++) {
        tokens.count = 0;
        if (nn_analyzer_tokenize(analyzer, (nn_language)language, nn_str(WORDS, sizeof WORDS - 1),
                                 &tokens, NULL) != NUNCIO_OK) {
            hash = 0;
            break;
        }
        for (size_t i = 0; i < tokens.count; i++) {
            nuncio_str term = nn_analyzer_term(analyzer, tokens.items[i].surface);
            nuncio_str folded = nn_analyzer_folded(analyzer, tokens.items[i].surface);
            hash = nn_hash64(term.data, term.size, hash ^ tokens.items[i].start);
            hash = nn_hash64(folded.data, folded.size, hash);
        }
    }
    nn_token_list_deinit(&tokens, &memory);
    nn_analyzer_destroy(analyzer);
    return hash;
}

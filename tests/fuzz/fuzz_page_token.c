/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as `after`: refused by name, or a page that keeps the promises of pages. So that some
 * get past the fingerprint, an input that begins with a byte over 127 changes a true token: pairs
 * of a place and a byte. */
#include "fuzz/subject.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TOKEN_MAX = 256 };

static const nuncio_snapshot *snapshot;
static nuncio_query *query;
static char tokens[2][TOKEN_MAX]; /* of passages, of quotes */
static size_t token_sizes[2];

static void prepare(void)
{
    snapshot = subject_snapshot();
    subject_require(nuncio_query_parse((nuncio_str){"the treaty", 10}, 0, NULL, &query, NULL) ==
                    NUNCIO_OK);
    for (size_t i = 0; i < 2; i++) {
        nuncio_search_options one = NUNCIO_SEARCH_OPTIONS_INIT;
        nuncio_hits *hits = NULL;
        one.hits_max = 1;
        one.by = i == 0 ? NUNCIO_BY_PASSAGE : NUNCIO_BY_QUOTE;
        subject_require(nuncio_search(snapshot, query, &one, &hits, NULL) == NUNCIO_OK);
        nuncio_str after = nuncio_hits_after(hits);
        subject_require(after.size > 0 && after.size <= TOKEN_MAX);
        memcpy(tokens[i], after.data, after.size);
        token_sizes[i] = after.size;
        nuncio_hits_destroy(hits);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char changed[TOKEN_MAX];
    uint64_t total;
    if (snapshot == NULL) {
        prepare();
    }
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.after = (nuncio_str){(const char *)data, size};
    size_t which = size > 0 ? data[0] & 1 : 0;
    options.by = which == 0 ? NUNCIO_BY_PASSAGE : NUNCIO_BY_QUOTE;
    if (size > 0 && data[0] > 127) {
        size_t token_size = token_sizes[which];
        memcpy(changed, tokens[which], token_size);
        for (size_t i = 1; i + 1 < size; i += 2) {
            changed[data[i] % token_size] = (char)data[i + 1];
        }
        options.after = (nuncio_str){changed, token_size};
    }
    nuncio_status status = subject_search(snapshot, query, &options, &total);
    subject_require(status == NUNCIO_OK || status == NUNCIO_ERR_ARGUMENT ||
                    status == NUNCIO_ERR_GENERATION);
    return 0;
}

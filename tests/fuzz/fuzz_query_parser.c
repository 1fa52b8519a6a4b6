/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a query: refused with the byte where, or read; what was read is printed as a query
 * that is read the same way; and a small index is searched for it in every mode, with and without
 * pruning, with the same number of hits.
 *
 * An odd first byte asks for a plain query. */
#include "fuzz/subject.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void search(const nuncio_query *query)
{
    for (unsigned mode = 0; mode < 4; mode++) {
        uint64_t pruned, all;
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.by = mode % 2 == 1 ? NUNCIO_BY_ARTICLE : NUNCIO_BY_PASSAGE;
        options.scope = mode / 2 == 1 ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
        options.count = true;
        nuncio_status status = subject_search(subject_snapshot(), query, &options, &pruned);
        options.exhaustive = true;
        subject_require(subject_search(subject_snapshot(), query, &options, &all) == status);
        subject_require(pruned == all);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1) {
        return 0;
    }
    nuncio_query *query = NULL, *again = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_str text = {(const char *)data + 1, size - 1};
    nuncio_status status = nuncio_query_parse(text, data[0] % 2, NULL, &query, &error);
    if (status != NUNCIO_OK) {
        subject_require(status == NUNCIO_ERR_QUERY || status == NUNCIO_ERR_LIMIT);
        subject_require(query == NULL && error.offset <= size - 1 && error.message[0] != '\0');
        return 0;
    }
    nuncio_str printed = nuncio_query_explain(query);
    status = nuncio_query_parse(printed, 0, NULL, &again, NULL);
    if (status != NUNCIO_ERR_LIMIT) { /* all its brackets may be too many */
        subject_require(status == NUNCIO_OK);
        nuncio_str twice = nuncio_query_explain(again);
        subject_require(twice.size == printed.size &&
                        memcmp(twice.data, printed.data, printed.size) == 0);
    }
    search(query);
    nuncio_query_destroy(again);
    nuncio_query_destroy(query);
    return 0;
}

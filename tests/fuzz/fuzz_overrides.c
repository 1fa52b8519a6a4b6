/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an override file: refused with a message and the byte where, or read; then a small
 * index is searched with them, in the list of its entities no form is lost that is not ignored, and
 * names that it does not have are found. */
#include "fuzz/subject.h"

#include <nuncio/facets.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How many forms the entities have that are listed. */
static size_t count_forms(const nuncio_overrides *overrides)
{
    nuncio_search_options search = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    nuncio_facets *facets;
    size_t count, forms = 0;
    search.overrides = overrides;
    options.kinds = 1u << NUNCIO_FACET_ENTITY;
    options.limit = 0;
    subject_require(nuncio_facets_count(subject_snapshot(), NULL, &search, &options, &facets,
                                        NULL) == NUNCIO_OK);
    const nuncio_facet *values = nuncio_facets_values(facets, NUNCIO_FACET_ENTITY, &count);
    for (size_t i = 0; i < count; i++) {
        forms += values[i].form_count;
    }
    nuncio_facets_destroy(facets);
    return forms;
}

static void search(const nuncio_overrides *overrides, const char *text)
{
    uint64_t total;
    nuncio_query *query;
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    options.overrides = overrides;
    options.explain = true;
    subject_require(nuncio_query_parse((nuncio_str){text, strlen(text)}, 0, NULL, &query, NULL) ==
                    NUNCIO_OK);
    subject_require(subject_search(subject_snapshot(), query, &options, &total) == NUNCIO_OK);
    nuncio_query_destroy(query);
}

/* What is unknown stands in the file. */
static void count_unknown(const nuncio_overrides *overrides, size_t size)
{
    nuncio_override_unknown first;
    size_t count;
    subject_require(nuncio_overrides_unknown(overrides, subject_snapshot(), &first, 1, &count,
                                             NULL) == NUNCIO_OK);
    subject_require(count <= size);
    subject_require(count == 0 ||
                    (first.line > 0 && first.text.size > 0 && first.text.size <= size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static size_t all;
    nuncio_overrides *overrides;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_str text = {(const char *)data, size};
    nuncio_status status = nuncio_overrides_parse(text, "fuzz", NULL, &overrides, &error);
    if (status != NUNCIO_OK) {
        subject_require(status == NUNCIO_ERR_OVERRIDES || status == NUNCIO_ERR_LIMIT);
        subject_require(overrides == NULL && error.offset <= size && error.message[0] != '\0');
        return 0;
    }
    all = all == 0 ? count_forms(NULL) : all;
    size_t listed = count_forms(overrides);
    bool hides = size > 0 && memmem(data, size, "ignore", 6) != NULL;
    subject_require(hides ? listed <= all : listed == all);
    search(overrides, "person:Drazhin OR entity:\"Karsovia\"");
    search(overrides, "speaker:\"Mehmet Cavdaroglu\"");
    count_unknown(overrides, size);
    nuncio_overrides_destroy(overrides);
    return 0;
}

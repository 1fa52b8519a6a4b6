/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens are found in batches, then looked up in batches; only a word seen for the first time is
 * analysed. A batch stays in the first cache between the two, and each of the loops is short.
 *
 *   text ── tokenizer ──► 256 starts and ends ── surface table ──► 256 surface ids
 *                                                      │ not known
 *                                                      └──► normaliser ──► surface, folded, term */
#include "text/analyzer.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/str.h"
#include "text/normalise.h"
#include "text/surface_table.h"

#include <string.h>

enum { BATCH_TOKENS = 256 };

/* A surface form; the three may share bytes. */
typedef struct surface {
    const char *surface, *folded, *term;
    uint8_t surface_size, folded_size, term_size;
} surface;

struct nn_analyzer {
    nn_memory *memory;
    nn_byte_classifier *classify;
    nn_surface_table table;
    surface *surfaces;
    size_t surface_count, surface_capacity;
    nn_arena strings;
    size_t string_bytes;
    nn_normaliser normaliser;
    uint32_t epoch;
};

nuncio_status nn_analyzer_create(nn_memory *memory, nn_analyzer **out, nuncio_error *error)
{
    *out = NULL;
    nn_analyzer *analyzer = nn_alloc(memory, sizeof *analyzer);
    if (analyzer == NULL) {
        return nn_error_memory(error);
    }
    analyzer->memory = memory;
    analyzer->classify = nn_byte_classifier_best();
    nn_surface_table_init(&analyzer->table, memory);
    analyzer->surfaces = NULL;
    analyzer->surface_count = analyzer->surface_capacity = 0;
    nn_arena_init(&analyzer->strings, memory);
    analyzer->string_bytes = 0;
    nn_normaliser_init(&analyzer->normaliser, memory);
    analyzer->epoch = 0;
    *out = analyzer;
    return NUNCIO_OK;
}

void nn_analyzer_destroy(nn_analyzer *analyzer)
{
    if (analyzer == NULL) {
        return;
    }
    nn_normaliser_deinit(&analyzer->normaliser);
    nn_arena_clear(&analyzer->strings);
    nn_surface_table_deinit(&analyzer->table);
    nn_release(analyzer->memory, analyzer->surfaces,
               analyzer->surface_capacity * sizeof *analyzer->surfaces);
    nn_release(analyzer->memory, analyzer, sizeof *analyzer);
}

void nn_analyzer_reset(nn_analyzer *analyzer)
{
    analyzer->surface_count = 0;
    analyzer->string_bytes = 0;
    analyzer->epoch++;
    nn_arena_reset(&analyzer->strings);
    nn_surface_table_clear(&analyzer->table);
}

static bool begins_with(const nn_buffer *whole, const nn_buffer *part)
{
    return part->size == 0 ||
           (part->size <= whole->size && memcmp(whole->data, part->data, part->size) == 0);
}

/* Copies what the normaliser made of a word. Mostly the folded form is the surface and the term
 * its beginning, which need no bytes of their own. */
static nuncio_status keep(nn_analyzer *analyzer, surface *to, nuncio_error *error)
{
    const nn_normaliser *n = &analyzer->normaliser;
    bool same = n->folded.size == n->surface.size && begins_with(&n->surface, &n->folded);
    bool stem = begins_with(&n->folded, &n->term);
    size_t size = n->surface.size + (same ? 0 : n->folded.size) + (stem ? 0 : n->term.size);
    char *bytes = nn_arena_alloc(&analyzer->strings, size);
    if (bytes == NULL) {
        return nn_error_memory(error);
    }
    analyzer->string_bytes += size;
    to->surface = memcpy(bytes, n->surface.data, n->surface.size);
    bytes += n->surface.size;
    to->folded = to->surface;
    if (!same) {
        to->folded = memcpy(bytes, n->folded.data, n->folded.size);
        bytes += n->folded.size;
    }
    to->term = stem ? to->folded : memcpy(bytes, n->term.data, n->term.size);
    to->surface_size = (uint8_t)n->surface.size;
    to->folded_size = (uint8_t)n->folded.size;
    to->term_size = (uint8_t)n->term.size;
    return NUNCIO_OK;
}

/* Analyses a word that is seen for the first time. */
static nuncio_status add_surface(nn_analyzer *analyzer, nn_language language, nuncio_str word,
                                 nuncio_error *error)
{
    if (analyzer->surface_count >= UINT32_MAX - 1) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "more than 2^32 - 2 distinct words");
    }
    NN_TRY(nn_reserve(analyzer->memory, &analyzer->surfaces, &analyzer->surface_capacity,
                      analyzer->surface_count + 1, sizeof *analyzer->surfaces, error));
    NN_TRY(nn_normaliser_run(&analyzer->normaliser, language, word, error));
    NN_TRY(keep(analyzer, &analyzer->surfaces[analyzer->surface_count], error));
    NN_TRY(nn_surface_table_add(&analyzer->table, language, word, (uint32_t)analyzer->surface_count,
                                error));
    analyzer->surface_count++;
    return NUNCIO_OK;
}

nuncio_status nn_analyzer_tokenize(nn_analyzer *analyzer, nn_language language, nuncio_str text,
                                   nn_token_list *out, nuncio_error *error)
{
    for (uint32_t from = 0; from < text.size;) {
        size_t left = text.size - from; /* no more tokens than bytes */
        uint32_t max = left < BATCH_TOKENS ? (uint32_t)left : BATCH_TOKENS;
        NN_TRY(nn_reserve(analyzer->memory, &out->items, &out->capacity, out->count + max,
                          sizeof *out->items, error));
        nn_token *tokens = out->items + out->count;
        uint32_t count = nn_tokenizer_words(analyzer->classify, text, &from, tokens, max),
                 known = 0;
        for (;;) {
            known += (uint32_t)nn_surface_table_find(&analyzer->table, language, text,
                                                     tokens + known, count - known);
            if (known == count) {
                break;
            }
            NN_TRY(add_surface(analyzer, language, nn_surface_key(text, &tokens[known]), error));
        }
        out->count += count;
    }
    return NUNCIO_OK;
}

void nn_token_list_deinit(nn_token_list *list, nn_memory *memory)
{
    nn_release(memory, list->items, list->capacity * sizeof *list->items);
    memset(list, 0, sizeof *list);
}

nuncio_str nn_analyzer_surface(const nn_analyzer *analyzer, uint32_t id)
{
    const surface *s = &analyzer->surfaces[id];
    return nn_str(s->surface, s->surface_size);
}

nuncio_str nn_analyzer_term(const nn_analyzer *analyzer, uint32_t id)
{
    const surface *s = &analyzer->surfaces[id];
    return nn_str(s->term, s->term_size);
}

nuncio_str nn_analyzer_folded(const nn_analyzer *analyzer, uint32_t id)
{
    const surface *s = &analyzer->surfaces[id];
    return nn_str(s->folded, s->folded_size);
}

uint32_t nn_analyzer_surface_count(const nn_analyzer *analyzer)
{
    return (uint32_t)analyzer->surface_count;
}

uint32_t nn_analyzer_epoch(const nn_analyzer *analyzer)
{
    return analyzer->epoch;
}

size_t nn_analyzer_memory_used(const nn_analyzer *analyzer)
{
    return analyzer->surface_capacity * sizeof *analyzer->surfaces + analyzer->string_bytes +
           nn_surface_table_memory_used(&analyzer->table);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens, and the table that analyses each distinct word of a language once.
 *
 *   word bytes + language + kind ── hash ──► slots ──► surface id ──► { surface, folded, term }
 *
 * The key is the word as printed, so the common case is one hash and one comparison, without
 * decoding. */
#include "text/analyzer.h"

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "text/normalise.h"

#include <libstemmer.h>
#include <string.h>

enum { KEY_BYTES_MAX = 512, LANGUAGES_MAX = 64 };

typedef struct surface {
    nuncio_str key; /* bytes as printed, at most KEY_BYTES_MAX */
    uint64_t hash;  /* of key, language and kind */
    nuncio_str surface, folded, term;
} surface;

struct nn_analyzer {
    nn_memory *memory;
    nn_arena strings;
    surface *surfaces;
    size_t surface_count, surface_capacity;
    uint32_t *slots; /* surface id + 1, 0: free */
    size_t slot_count;
    size_t string_bytes;
    uint32_t epoch;
    nn_normaliser normaliser;
    struct sb_stemmer *stemmers[LANGUAGES_MAX];
    bool stemmer_known[LANGUAGES_MAX];
};

nuncio_status nn_analyzer_create(nn_memory *memory, nn_analyzer **out, nuncio_error *error)
{
    *out = NULL;
    nn_analyzer *analyzer = (nn_analyzer *)nn_alloc_array(memory, 1, sizeof *analyzer);
    if (analyzer == NULL) {
        return nn_error_memory(error);
    }
    analyzer->memory = memory;
    nn_arena_init(&analyzer->strings, memory);
    nn_normaliser_init(&analyzer->normaliser, memory);
    *out = analyzer;
    return NUNCIO_OK;
}

void nn_analyzer_destroy(nn_analyzer *analyzer)
{
    if (analyzer == NULL) {
        return;
    }
    for (size_t i = 0; i < LANGUAGES_MAX; i++) {
        if (analyzer->stemmers[i] != NULL) {
            sb_stemmer_delete(analyzer->stemmers[i]);
        }
    }
    nn_normaliser_deinit(&analyzer->normaliser);
    nn_arena_clear(&analyzer->strings);
    nn_release(analyzer->memory, analyzer->surfaces,
               analyzer->surface_capacity * sizeof *analyzer->surfaces);
    nn_release(analyzer->memory, analyzer->slots, analyzer->slot_count * sizeof *analyzer->slots);
    nn_release(analyzer->memory, analyzer, sizeof *analyzer);
}

void nn_analyzer_reset(nn_analyzer *analyzer)
{
    analyzer->surface_count = 0;
    analyzer->string_bytes = 0;
    analyzer->epoch++;
    nn_arena_reset(&analyzer->strings);
    if (analyzer->slots != NULL) {
        memset(analyzer->slots, 0, analyzer->slot_count * sizeof *analyzer->slots);
    }
}

/* The stemmer of a language, made when first needed; NULL for languages without one. */
static struct sb_stemmer *stemmer_of(nn_analyzer *analyzer, nn_language language)
{
    if (!nn_language_has_stemmer(language)) {
        return NULL;
    }
    if (!analyzer->stemmer_known[language]) {
        analyzer->stemmer_known[language] = true;
        analyzer->stemmers[language] = sb_stemmer_new(nn_language_code(language), NULL);
    }
    return analyzer->stemmers[language];
}

static nuncio_status grow_slots(nn_analyzer *analyzer, nuncio_error *error)
{
    if (analyzer->surface_count * 2 < analyzer->slot_count) {
        return NUNCIO_OK;
    }
    size_t slot_count = analyzer->slot_count == 0 ? 1024 : analyzer->slot_count * 2;
    uint32_t *slots = (uint32_t *)nn_alloc_array(analyzer->memory, slot_count, sizeof *slots);
    if (slots == NULL) {
        return nn_error_memory(error);
    }
    for (size_t i = 0; i < analyzer->surface_count; i++) {
        size_t slot = (size_t)analyzer->surfaces[i].hash & (slot_count - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slot_count - 1);
        }
        slots[slot] = (uint32_t)i + 1;
    }
    nn_release(analyzer->memory, analyzer->slots, analyzer->slot_count * sizeof *slots);
    analyzer->slots = slots;
    analyzer->slot_count = slot_count;
    return NUNCIO_OK;
}

static bool keep(nn_analyzer *analyzer, nuncio_str text, nuncio_str *out)
{
    *out = nn_arena_str(&analyzer->strings, text);
    analyzer->string_bytes += text.size + 1;
    return out->data != NULL;
}

/* Analyses a word that is seen for the first time. */
static nuncio_status add_surface(nn_analyzer *analyzer, nn_language language, nn_word_kind kind,
                                 nuncio_str key, uint64_t hash, nuncio_error *error)
{
    nn_normaliser *n = &analyzer->normaliser;
    NN_TRY(nn_reserve(analyzer->memory, &analyzer->surfaces, &analyzer->surface_capacity,
                      analyzer->surface_count + 1, sizeof *analyzer->surfaces, error));
    NN_TRY(nn_normaliser_run(n, language, stemmer_of(analyzer, language), kind, key, error));
    surface *added = &analyzer->surfaces[analyzer->surface_count];
    added->hash = hash;
    bool kept = keep(analyzer, key, &added->key) &&
                keep(analyzer, nn_buffer_str(&n->surface), &added->surface) &&
                keep(analyzer, nn_buffer_str(&n->folded), &added->folded) &&
                keep(analyzer, nn_buffer_str(&n->term), &added->term);
    if (!kept) {
        return nn_error_memory(error);
    }
    analyzer->surface_count++;
    return NUNCIO_OK;
}

static nuncio_status find_surface(nn_analyzer *analyzer, nn_language language, nn_word_kind kind,
                                  nuncio_str key, uint32_t *id, nuncio_error *error)
{
    NN_TRY(grow_slots(analyzer, error));
    uint64_t hash = nn_hash64(key.data, key.size, (uint64_t)language << 8 | (uint64_t)kind);
    size_t mask = analyzer->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    while (analyzer->slots[slot] != 0) {
        const surface *found = &analyzer->surfaces[analyzer->slots[slot] - 1];
        if (found->hash == hash && nn_str_equal(found->key, key)) {
            *id = analyzer->slots[slot] - 1;
            return NUNCIO_OK;
        }
        slot = (slot + 1) & mask;
    }
    NN_TRY(add_surface(analyzer, language, kind, key, hash, error));
    analyzer->slots[slot] = (uint32_t)analyzer->surface_count;
    *id = (uint32_t)analyzer->surface_count - 1;
    return NUNCIO_OK;
}

nuncio_status nn_analyzer_tokenize(nn_analyzer *analyzer, nn_language language, nuncio_str text,
                                   nn_token_list *out, nuncio_error *error)
{
    nn_word word = {0};
    if (text.size == 0) {
        return NUNCIO_OK;
    }
    while (nn_tokenizer_next(text, word.next, &word)) {
        nuncio_str key = nn_str(text.data + word.start, word.end - word.start);
        if (key.size > KEY_BYTES_MAX) {
            key.size = KEY_BYTES_MAX;
        }
        NN_TRY(nn_reserve(analyzer->memory, &out->items, &out->capacity, out->count + 1,
                          sizeof *out->items, error));
        nn_token *token = &out->items[out->count];
        token->start = word.start;
        token->end = word.end;
        NN_TRY(find_surface(analyzer, language, word.kind, key, &token->surface, error));
        out->count++;
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
    return analyzer->surfaces[id].surface;
}

nuncio_str nn_analyzer_term(const nn_analyzer *analyzer, uint32_t id)
{
    return analyzer->surfaces[id].term;
}

nuncio_str nn_analyzer_folded(const nn_analyzer *analyzer, uint32_t id)
{
    return analyzer->surfaces[id].folded;
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
    return analyzer->surface_capacity * sizeof *analyzer->surfaces +
           analyzer->slot_count * sizeof *analyzer->slots + analyzer->string_bytes;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The public annotator: an analyzer and an annotate of its own, for texts that are not indexed. */
#include "annotate/annotate.h"
#include "core/error.h"
#include "text/utf8.h"

struct nuncio_annotator {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_annotate *annotate;
    nn_name_model *model; /* NULL: the library's own */
    bool stances;
    nn_token_list tokens;
    nn_sentence_list sentences;
};

/* The analyzer's tables are emptied when they hold this much: an annotator may run for months. */
enum {
    ANALYZER_BYTES_MAX = 64 << 20,
    /* limit article: text given to the annotator alone | refused, NUNCIO_ERR_LIMIT */
    TEXT_BYTES_MAX = 64 << 20
};

const char *nuncio_entity_type_name(nuncio_entity_type type)
{
    switch (type) {
    case NUNCIO_ENTITY_PERSON:
        return "person";
    case NUNCIO_ENTITY_PLACE:
        return "place";
    case NUNCIO_ENTITY_ORGANISATION:
        return "organisation";
    case NUNCIO_ENTITY_EVENT:
        return "event";
    case NUNCIO_ENTITY_NATIONALITY:
        return "nationality";
    case NUNCIO_ENTITY_NONE:
    default:
        return "";
    }
}

const char *nuncio_reference_kind_name(nuncio_reference_kind kind)
{
    return kind == NUNCIO_REFERENCE_TITLE ? "title" : "pronoun";
}

nuncio_status nuncio_annotator_create(const nuncio_allocator *allocator, nuncio_annotator **out,
                                      nuncio_error *error)
{
    *out = NULL;
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nuncio_annotator *annotator = nn_alloc_array(&memory, 1, sizeof *annotator);
    if (annotator == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&annotator->memory, allocator, 0);
    nuncio_status status = nn_analyzer_create(&annotator->memory, &annotator->analyzer, error);
    if (status == NUNCIO_OK) {
        status = nn_annotate_create(&annotator->memory, NULL, &annotator->annotate, error);
    }
    if (status == NUNCIO_OK) {
        nn_annotate_find_references(annotator->annotate, true);
    }
    if (status != NUNCIO_OK) {
        nuncio_annotator_destroy(annotator);
        return status;
    }
    *out = annotator;
    return NUNCIO_OK;
}

void nuncio_annotator_destroy(nuncio_annotator *annotator)
{
    if (annotator == NULL) {
        return;
    }
    nn_token_list_deinit(&annotator->tokens, &annotator->memory);
    nn_sentence_list_deinit(&annotator->sentences, &annotator->memory);
    nn_annotate_destroy(annotator->annotate);
    nn_name_model_close(annotator->model);
    nn_analyzer_destroy(annotator->analyzer);
    nn_memory memory; /* the one that holds the annotator itself, as _create had it */
    nn_memory_init(&memory, &annotator->memory.allocator, 0);
    atomic_store(&memory.used, sizeof *annotator);
    nn_release(&memory, annotator, sizeof *annotator);
}

void nuncio_annotator_find_stances(nuncio_annotator *annotator, bool wanted)
{
    annotator->stances = wanted;
    nn_annotate_find_stances(annotator->annotate, wanted);
}

nuncio_status nuncio_annotator_use_model(nuncio_annotator *annotator, const char *path,
                                         nuncio_error *error)
{
    nn_name_model *model = NULL;
    nn_annotate *annotate = NULL;
    NN_TRY(nn_name_model_load(&annotator->memory, nuncio_vfs_default(), path, &model, error));
    nuncio_status status = nn_annotate_create(&annotator->memory, model, &annotate, error);
    if (status != NUNCIO_OK) {
        nn_name_model_close(model);
        return status;
    }
    nn_annotate_find_stances(annotate, annotator->stances);
    nn_annotate_find_references(annotate, true);
    nn_annotate_destroy(annotator->annotate);
    nn_name_model_close(annotator->model);
    annotator->annotate = annotate;
    annotator->model = model;
    return NUNCIO_OK;
}

/** The language to read an article in: as given, else detected, else English. */
static nn_language language_of(const nuncio_article *article)
{
    nn_language language = NN_LANGUAGE_NONE;
    if (!nn_language_from_code(article->lang, &language)) {
        language = nn_language_detect(article->text);
    }
    return language == NN_LANGUAGE_NONE ? NN_LANGUAGE_EN : language;
}

nuncio_status nuncio_annotator_run(nuncio_annotator *annotator, const nuncio_article *article,
                                   nuncio_annotations *out, nuncio_error *error)
{
    *out = (nuncio_annotations){0};
    if (article->text.size > TEXT_BYTES_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "article text of %zu bytes; at most %d",
                            article->text.size, TEXT_BYTES_MAX);
    }
    if (!nn_utf8_is_clean(article->text)) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "article text is not UTF-8; repair it before annotating");
    }
    if (nn_analyzer_memory_used(annotator->analyzer) > ANALYZER_BYTES_MAX) {
        nn_analyzer_reset(annotator->analyzer);
    }
    annotator->tokens.count = 0;
    annotator->sentences.count = 0;
    nn_language language = language_of(article);
    NN_TRY(nn_analyzer_tokenize(annotator->analyzer, language, article->text, &annotator->tokens,
                                error));
    NN_TRY(nn_sentences_find(&annotator->memory, language, article->text, &annotator->sentences,
                             error));
    return nn_annotate_article(annotator->annotate, annotator->analyzer, language, article->title,
                               article->text, &annotator->tokens, &annotator->sentences, out,
                               error);
}

const nuncio_reference *nuncio_annotator_references(const nuncio_annotator *annotator,
                                                    size_t *count)
{
    return nn_annotate_references(annotator->annotate, count);
}

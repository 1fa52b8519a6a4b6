/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/annotate.h"

#include "annotate/names.h"
#include "annotate/quotes.h"
#include "core/error.h"

struct nn_annotate {
    nn_memory *memory;
    nn_lexicon *lexicon;
    nn_words words;
    nn_spans spans;
    nn_names names;
    nn_quote_list quotes;
    nuncio_mention *mentions;
    size_t mention_capacity;
};

nuncio_status nn_annotate_create(nn_memory *memory, nn_annotate **out, nuncio_error *error)
{
    *out = NULL;
    nn_annotate *annotate = nn_alloc_array(memory, 1, sizeof *annotate);
    if (annotate == NULL) {
        return nn_error_memory(error);
    }
    annotate->memory = memory;
    annotate->words.memory = memory;
    nn_names_init(&annotate->names, memory);
    nuncio_status status = nn_lexicon_create(memory, &annotate->lexicon, error);
    if (status == NUNCIO_OK) {
        status = nn_words_init(&annotate->words, memory, annotate->lexicon, error);
    }
    if (status != NUNCIO_OK) {
        nn_annotate_destroy(annotate);
        return status;
    }
    *out = annotate;
    return NUNCIO_OK;
}

void nn_annotate_destroy(nn_annotate *annotate)
{
    if (annotate == NULL) {
        return;
    }
    nn_memory *memory = annotate->memory;
    nn_words_deinit(&annotate->words);
    nn_spans_deinit(&annotate->spans, memory);
    nn_names_deinit(&annotate->names);
    nn_release(memory, annotate->mentions, annotate->mention_capacity * sizeof *annotate->mentions);
    nn_release(memory, annotate->quotes.items,
               annotate->quotes.capacity * sizeof *annotate->quotes.items);
    nn_lexicon_destroy(annotate->lexicon);
    nn_release(memory, annotate, sizeof *annotate);
}

/** Makes the public mentions of the spans. */
static nuncio_status write_mentions(nn_annotate *annotate, nuncio_error *error)
{
    nn_names *names = &annotate->names;
    const nn_words *words = &annotate->words;
    NN_TRY(nn_reserve(annotate->memory, &annotate->mentions, &annotate->mention_capacity,
                      names->count, sizeof *annotate->mentions, error));
    for (size_t i = 0; i < names->count; i++) {
        const nn_named *span = &names->spans[i];
        nuncio_mention *mention = &annotate->mentions[i];
        *mention = (nuncio_mention){.start = words->tokens[span->word_begin].start,
                                    .end = words->tokens[span->word_end - 1].end,
                                    .type = (nuncio_entity_type)span->type};
        if (span->entity != NN_ENTITY_NONE) {
            mention->name = names->entities[span->entity].name;
        } else {
            nuncio_str text = nn_words_text(words, span->word_begin, span->word_end);
            NN_TRY(nn_names_copy(&names->arena, text, &mention->name, error));
        }
    }
    return NUNCIO_OK;
}

nuncio_status nn_annotate_article(nn_annotate *annotate, const nn_analyzer *analyzer,
                                  nn_language language, nuncio_str title, nuncio_str text,
                                  const nn_token_list *tokens, const nn_sentence_list *sentences,
                                  nuncio_annotations *out, nuncio_error *error)
{
    nn_words *words = &annotate->words;
    NN_TRY(nn_words_read(words, analyzer, language, text, tokens, sentences, error));
    NN_TRY(nn_spans_find(words, &annotate->spans, error));
    NN_TRY(nn_names_find(&annotate->names, words, error));
    NN_TRY(nn_names_resolve(&annotate->names, words, title, error));
    NN_TRY(write_mentions(annotate, error));
    nn_quote_list *quotes = &annotate->quotes;
    quotes->count = 0;
    const nn_span_list *found = &annotate->spans.found;
    NN_TRY(nn_reserve(annotate->memory, &quotes->items, &quotes->capacity, found->count,
                      sizeof *quotes->items, error));
    for (size_t i = 0; i < found->count; i++) {
        const nn_span_marked *span = &found->items[i];
        if (span->word_end - span->word_begin < 3) {
            continue; /* a word or two in marks: a title or a distance, not speech */
        }
        bool repaired = (span->flags & (NN_SPAN_NO_OPEN | NN_SPAN_NO_CLOSE)) != 0;
        quotes->items[quotes->count++] = (nuncio_quote){
            .start = span->start,
            .end = span->end,
            .flags = NUNCIO_QUOTE_DIRECT | (repaired ? (uint32_t)NUNCIO_QUOTE_REPAIRED : 0u),
            .confidence = repaired ? 0.4F : 0.6F,
        };
    }
    *out = (nuncio_annotations){.quotes = quotes->items,
                                .quote_count = quotes->count,
                                .mentions = annotate->mentions,
                                .mention_count = annotate->names.count};
    return NUNCIO_OK;
}

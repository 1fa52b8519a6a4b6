/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/annotate.h"

#include "annotate/names/names.h"
#include "annotate/quotes/quotes.h"
#include "annotate/quotes/references.h"
#include "core/error.h"
#include "core/str.h"

struct nn_annotate {
    nn_memory *memory;
    nn_lexicon *lexicon;
    nn_name_model *own_model; /* NULL: works with one that it was given */
    nn_tagger tagger;
    nn_words words;
    nn_spans spans;
    nn_names names;
    nn_quotes quotes;
    nn_references references;
    bool no_quotes; /* names alone */
    nuncio_mention *mentions;
    size_t mention_capacity;
};

static nuncio_status use_model(nn_annotate *annotate, const nn_name_model *model,
                               nuncio_error *error)
{
    if (model == NULL) {
        nuncio_str bytes = nn_name_model_default();
        NN_TRY(nn_name_model_open(annotate->memory, (const uint8_t *)bytes.data, bytes.size,
                                  &annotate->own_model, error));
        model = annotate->own_model;
    }
    NN_TRY(nn_tagger_init(&annotate->tagger, annotate->memory, model, error));
    annotate->words.known = &model->known;
    annotate->names.tagger = &annotate->tagger;
    return NUNCIO_OK;
}

nuncio_status nn_annotate_create(nn_memory *memory, const nn_name_model *model, nn_annotate **out,
                                 nuncio_error *error)
{
    *out = NULL;
    nn_annotate *annotate = nn_alloc_array(memory, 1, sizeof *annotate);
    if (annotate == NULL) {
        return nn_error_memory(error);
    }
    annotate->memory = memory;
    annotate->words.memory = memory;
    annotate->quotes.memory = memory;
    nn_names_init(&annotate->names, memory);
    nuncio_status status = nn_lexicon_create(memory, &annotate->lexicon, error);
    if (status == NUNCIO_OK) {
        status = nn_words_init(&annotate->words, memory, annotate->lexicon, error);
    }
    if (status == NUNCIO_OK) {
        status = use_model(annotate, model, error);
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
    nn_tagger_deinit(&annotate->tagger);
    nn_name_model_close(annotate->own_model);
    nn_release(memory, annotate->mentions, annotate->mention_capacity * sizeof *annotate->mentions);
    nn_quotes_deinit(&annotate->quotes);
    nn_references_deinit(&annotate->references, memory);
    nn_lexicon_destroy(annotate->lexicon);
    nn_release(memory, annotate, sizeof *annotate);
}

void nn_annotate_find_quotes(nn_annotate *annotate, bool wanted)
{
    annotate->no_quotes = !wanted;
}

void nn_annotate_find_stances(nn_annotate *annotate, bool wanted)
{
    annotate->quotes.stances_wanted = wanted;
}

void nn_annotate_find_references(nn_annotate *annotate, bool wanted)
{
    annotate->references.wanted = wanted;
}

/** True when the possessive behind a place or body is part of its name: Moody's, St. John's. */
static bool is_called_by_possessive(const nn_words *words, const nn_named *span)
{
    static const char *const names[] = {
        "Applebee", "Arby",     "Arnott",    "Barron",  "Bloomingdale", "Byju",
        "Christie", "Claridge", "Denny",     "Dillard", "Domino",       "Griffin",
        "Hardee",   "Kohl",     "Levi",      "Lloyd",   "Lord",         "Lowe",
        "Macy",     "McDonald", "Moody",     "Nando",   "Platt",        "Poor",
        "Reddy",    "Regent",   "Sainsbury", "Sotheby", "Wendy",        NULL};
    static const char *const saints[] = {"Andrew", "Ann",     "George", "John",   "Joseph", "Luke",
                                         "Mary",   "Patrick", "Peter",  "Thomas", NULL};
    static const char *const saint[] = {"St", "Saint", NULL};
    uint32_t last = span->word_end - 1;
    return nn_word_is_among(words, last, names) ||
           (last > span->word_begin && nn_word_is_among(words, last - 1, saint) &&
            nn_word_is_among(words, last, saints));
}

/** Where the 's behind a word that ends at `end` ends, be it apart or not; `end` without one. */
static uint32_t possessive_end(const nn_words *words, uint32_t end)
{
    static const char *const possessives[] = {"'s", "\xE2\x80\x99s", " 's", " \xE2\x80\x99s"};
    nuncio_str behind = nn_str(words->text.data + end, words->text.size - end);
    for (size_t i = 0; i < sizeof possessives / sizeof *possessives; i++) {
        nuncio_str possessive = nn_str_of(possessives[i]);
        if (nn_str_starts_with(behind, possessive)) {
            return end + (uint32_t)possessive.size;
        }
    }
    return end;
}

/** Where a mention ends: the stop of an abbreviation is part of the name, *Acme Inc. said*, but
 * where the sentence ends with it. */
static uint32_t end_of(const nn_words *words, const nn_named *span)
{
    static const char *const bodies[] = {"Inc", "Co", "Corp", "Ltd", "Bros", "Cos", NULL};
    static const char *const persons[] = {"Jr", "Sr", NULL};
    static const char *const states[] = {
        "Ala", "Ariz", "Ark",  "Calif", "Colo", "Conn", "Del",  "Fla",  "Ga",  "Ill",  "Ind",
        "Kan", "Ky",   "La",   "Mass",  "Md",   "Mich", "Minn", "Miss", "Mo",  "Mont", "N.C",
        "N.D", "N.H",  "N.J",  "N.M",   "N.Y",  "Neb",  "Nev",  "Okla", "Ore", "Pa",   "R.I",
        "S.C", "S.D",  "Tenn", "Va",    "Vt",   "W.Va", "Wash", "Wis",  "Wyo", NULL};
    uint32_t end = words->tokens[span->word_end - 1].end;
    bool person = span->type == NUNCIO_ENTITY_PERSON;
    bool body = span->type == NUNCIO_ENTITY_ORGANISATION;
    bool place = span->type == NUNCIO_ENTITY_PLACE;
    uint32_t gap = words->gaps[span->word_end];
    if ((body || place) && (gap & NN_GAP_POSSESSIVE) != 0 && is_called_by_possessive(words, span)) {
        return possessive_end(words, end);
    }
    uint32_t last = span->word_end - 1;
    bool alone = last == span->word_begin;
    bool stop = end < words->text.size && words->text.data[end] == '.' &&
                span->word_end < words->count &&
                (gap & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH)) == 0 &&
                ((person && !alone && nn_word_is_among(words, last, persons)) ||
                 (body && !alone && nn_word_is_among(words, last, bodies)) ||
                 (place && alone && nn_word_is_among(words, last, states)));
    return stop ? end + 1 : end;
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
                                    .end = end_of(words, span),
                                    .type = (nuncio_entity_type)span->type};
        if (span->entity != NN_ENTITY_NONE) {
            mention->name = names->entities[span->entity].name;
        } else {
            nuncio_str text = nn_words_text(words, span->word_begin, span->word_end);
            if ((words->gaps[span->word_end] & NN_GAP_POSSESSIVE) != 0) {
                text.size = mention->end - mention->start;
            }
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
    annotate->references.count = 0;
    *out = (nuncio_annotations){.mentions = annotate->mentions,
                                .mention_count = annotate->names.count};
    if (annotate->no_quotes) {
        return NUNCIO_OK;
    }
    nn_reading reading = {words, &annotate->spans, &annotate->names, &annotate->quotes, error};
    NN_TRY(nn_quotes_begin(&reading));
    NN_TRY(nn_quotes_find_unmarked(&reading));
    NN_TRY(nn_quotes_find_direct(&reading));
    NN_TRY(nn_quotes_find_indirect(&reading));
    if (annotate->references.wanted) {
        NN_TRY(nn_references_find(&reading, &annotate->references));
    }
    return nn_quotes_write(&reading, out);
}

const nuncio_reference *nn_annotate_references(const nn_annotate *annotate, size_t *count)
{
    *count = annotate->references.count;
    return annotate->references.items;
}

uint64_t nn_annotate_work(const nn_annotate *annotate)
{
    return annotate->words.work_done;
}

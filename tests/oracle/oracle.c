/* SPDX-License-Identifier: Apache-2.0 */
/* The archive: articles as tokens and passages. */
#include "oracle/oracle.h"

#include "annotate/annotate.h"
#include "core/str.h"
#include "oracle/oracle_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *oracle_must(void *block)
{
    if (block == NULL) {
        fprintf(stderr, "oracle: out of memory\n");
        abort();
    }
    return block;
}

void oracle_must_be_ok(nuncio_status status, const nuncio_error *error)
{
    if (status != NUNCIO_OK) {
        fprintf(stderr, "oracle: %s: %s\n", nuncio_status_name(status), error->message);
        abort();
    }
}

oracle *oracle_create(void)
{
    oracle *archive = oracle_must(calloc(1, sizeof *archive));
    nuncio_error error = {0};
    nn_memory_init(&archive->memory, NULL, 0);
    oracle_must_be_ok(nn_analyzer_create(&archive->memory, &archive->analyzer, &error), &error);
    oracle_must_be_ok(nn_string_map_create(&archive->memory, &archive->form_numbers, &error),
                      &error);
    nn_arena_init(&archive->forms_arena, &archive->memory);
    nn_arena_init(&archive->answer_arena, &archive->memory);
    return archive;
}

static void entry_deinit(oracle_entry *entry)
{
    nn_arena_clear(entry->arena);
    free(entry->arena);
}

void oracle_destroy(oracle *archive)
{
    if (archive == NULL) {
        return;
    }
    for (size_t i = 0; i < archive->count; i++) {
        entry_deinit(&archive->entries[i]);
    }
    nn_memory *memory = &archive->memory;
    nn_release(memory, archive->entries, archive->capacity * sizeof *archive->entries);
    nn_release(memory, archive->forms, archive->form_capacity * sizeof *archive->forms);
    nn_arena_clear(&archive->forms_arena);
    nn_arena_clear(&archive->answer_arena);
    nn_string_map_destroy(archive->form_numbers);
    nn_analyzer_destroy(archive->analyzer);
    free(archive);
}

/* ---- words ---- */

static oracle_form form_of(const oracle *archive, uint32_t surface)
{
    oracle_form form = {nn_analyzer_surface(archive->analyzer, surface),
                        nn_analyzer_term(archive->analyzer, surface),
                        nn_analyzer_folded(archive->analyzer, surface)};
    return form;
}

static oracle_form copy_form(nn_arena *arena, oracle_form form)
{
    oracle_form copy = {nn_arena_str(arena, form.surface), nn_arena_str(arena, form.term),
                        nn_arena_str(arena, form.folded)};
    oracle_must((void *)(uintptr_t)copy.surface.data);
    oracle_must((void *)(uintptr_t)copy.term.data);
    oracle_must((void *)(uintptr_t)copy.folded.data);
    return copy;
}

/** The number that all tokens of the same surface, term and folded form share. */
static uint32_t form_number(oracle *archive, oracle_form form)
{
    char name[2048];
    int length = snprintf(name, sizeof name, "%.*s\x01%.*s\x01%.*s", (int)form.surface.size,
                          form.surface.data, (int)form.term.size, form.term.data,
                          (int)form.folded.size, form.folded.data);
    if (length < 0 || (size_t)length >= sizeof name) {
        fprintf(stderr, "oracle: a word is too long\n");
        abort();
    }
    uint32_t number = 0;
    bool added = false;
    nuncio_error error = {0};
    oracle_must_be_ok(nn_string_map_add(archive->form_numbers, nn_str(name, (size_t)length),
                                        &number, &added, &error),
                      &error);
    if (added) {
        oracle_must_be_ok(nn_reserve(&archive->memory, &archive->forms, &archive->form_capacity,
                                     number + 1, sizeof *archive->forms, &error),
                          &error);
        archive->forms[number] = copy_form(&archive->forms_arena, form);
        archive->form_count = number + 1;
    }
    return number;
}

static nn_token_list tokenize(oracle *archive, nn_language language, nuncio_str text)
{
    nn_token_list tokens = {0};
    nuncio_error error = {0};
    oracle_must_be_ok(nn_analyzer_tokenize(archive->analyzer, language, text, &tokens, &error),
                      &error);
    return tokens;
}

oracle_words oracle_analyze(oracle *archive, nn_language language, nuncio_str text)
{
    nn_arena *arena = &archive->answer_arena;
    nn_token_list tokens = tokenize(archive, language, text);
    oracle_words words = {oracle_must(nn_arena_array(arena, tokens.count + 1, sizeof *words.items)),
                          tokens.count};
    for (size_t i = 0; i < tokens.count; i++) {
        words.items[i] = copy_form(arena, form_of(archive, tokens.items[i].surface));
    }
    nn_token_list_deinit(&tokens, &archive->memory);
    return words;
}

/* ---- articles ---- */

static nuncio_str keep(nn_arena *arena, nuncio_str text)
{
    if (text.data != NULL) {
        text = nn_arena_str(arena, text);
        oracle_must((void *)(uintptr_t)text.data);
    }
    return text;
}

static nn_language language_of(const nuncio_article *article)
{
    nn_language language = NN_LANGUAGE_NONE;
    if (article->lang.data != NULL) {
        (void)nn_language_from_code(article->lang, &language);
        return language;
    }
    language = nn_language_detect(article->text);
    return language == NN_LANGUAGE_NONE ? NN_LANGUAGE_EN : language;
}

/** Quotes and names, copied to the entry. */
static void annotate_article(oracle *archive, oracle_entry *entry, const nn_token_list *tokens,
                             const nn_sentence_list *sentences)
{
    nn_annotate *annotate = NULL;
    nuncio_annotations found;
    nuncio_error error = {0};
    oracle_must_be_ok(nn_annotate_create(&archive->memory, NULL, &annotate, &error), &error);
    oracle_must_be_ok(nn_annotate_article(annotate, archive->analyzer, entry->language,
                                          entry->article.title, entry->article.text, tokens,
                                          sentences, &found, &error),
                      &error);
    nn_arena *arena = entry->arena;
    nuncio_quote *quotes =
        oracle_must(nn_arena_array(arena, found.quote_count + 1, sizeof *quotes));
    nuncio_mention *mentions =
        oracle_must(nn_arena_array(arena, found.mention_count + 1, sizeof *mentions));
    for (size_t i = 0; i < found.quote_count; i++) {
        quotes[i] = found.quotes[i];
        quotes[i].speaker = keep(arena, quotes[i].speaker);
        quotes[i].cue = keep(arena, quotes[i].cue);
    }
    for (size_t i = 0; i < found.mention_count; i++) {
        mentions[i] = found.mentions[i];
        mentions[i].name = keep(arena, mentions[i].name);
    }
    entry->annotations =
        (nuncio_annotations){quotes, found.quote_count, mentions, found.mention_count};
    nn_annotate_destroy(annotate);
}

/** The spans of direct quotes, which passages are not cut in where that can be helped. */
static nn_span *quote_spans(const oracle_entry *entry, size_t *count)
{
    const nuncio_annotations *found = &entry->annotations;
    nn_span *spans =
        oracle_must(nn_arena_array(entry->arena, found->quote_count + 1, sizeof *spans));
    *count = 0;
    for (size_t i = 0; i < found->quote_count; i++) {
        if ((found->quotes[i].flags & NUNCIO_QUOTE_DIRECT) != 0) {
            spans[(*count)++] = (nn_span){found->quotes[i].start, found->quotes[i].end};
        }
    }
    return spans;
}

/** The tokens of a passage: its part of the text's, then `title_count` of the title's. */
static void fill_passage(oracle *archive, oracle_entry *entry, uint32_t ordinal,
                         const nn_passage *cut, const nn_token_list *text_tokens,
                         const nn_token_list *title_tokens, uint32_t title_count)
{
    oracle_passage *passage = &entry->passages[ordinal];
    uint32_t text_count = cut->token_end - cut->token_begin;
    oracle_token *tokens =
        oracle_must(nn_arena_array(entry->arena, text_count + title_count + 1, sizeof *tokens));
    for (uint32_t i = 0; i < text_count + title_count; i++) {
        const nn_token *token = i < text_count ? &text_tokens->items[cut->token_begin + i]
                                               : &title_tokens->items[i - text_count];
        tokens[i].form = form_number(archive, form_of(archive, token->surface));
        tokens[i].start = token->start;
        tokens[i].end = token->end;
    }
    *passage = (oracle_passage){.start = cut->start,
                                .end = cut->end,
                                .tokens = tokens,
                                .count = text_count + title_count,
                                .text_count = text_count,
                                .ordinal = ordinal};
    entry->token_count += passage->count;
}

static void analyze_article(oracle *archive, oracle_entry *entry)
{
    const nuncio_article *article = &entry->article;
    nn_memory *memory = &archive->memory;
    nuncio_error error = {0};
    nn_sentence_list sentences = {0};
    nn_passage_list cuts = {0};
    nn_token_list text_tokens = tokenize(archive, entry->language, article->text);
    nn_token_list title_tokens = tokenize(archive, entry->language, article->title);
    uint32_t title_count = title_tokens.count < NN_TITLE_TOKENS_MAX ? (uint32_t)title_tokens.count
                                                                    : NN_TITLE_TOKENS_MAX;
    oracle_must_be_ok(nn_sentences_find(memory, entry->language, article->text, &sentences, &error),
                      &error);
    annotate_article(archive, entry, &text_tokens, &sentences);
    size_t quote_count = 0;
    const nn_span *quotes = quote_spans(entry, &quote_count);
    oracle_must_be_ok(nn_passages_cut(memory, article->text, &text_tokens, &sentences, title_count,
                                      quotes, quote_count, &cuts, &error),
                      &error);
    entry->passage_count = (uint32_t)cuts.count;
    entry->passages =
        oracle_must(nn_arena_array(entry->arena, cuts.count, sizeof *entry->passages));
    for (uint32_t i = 0; i < cuts.count; i++) {
        fill_passage(archive, entry, i, &cuts.items[i], &text_tokens, &title_tokens,
                     i == 0 ? title_count : 0);
    }
    nn_passage_list_deinit(&cuts, memory);
    nn_sentence_list_deinit(&sentences, memory);
    nn_token_list_deinit(&title_tokens, memory);
    nn_token_list_deinit(&text_tokens, memory);
}

bool oracle_delete(oracle *archive, nuncio_str id)
{
    for (size_t i = 0; i < archive->count; i++) {
        if (nn_str_equal(archive->entries[i].article.id, id)) {
            entry_deinit(&archive->entries[i]);
            archive->entries[i] = archive->entries[--archive->count];
            return true;
        }
    }
    return false;
}

void oracle_add(oracle *archive, const nuncio_article *article)
{
    (void)oracle_delete(archive, article->id);
    oracle_entry entry = {.arena = oracle_must(malloc(sizeof *entry.arena))};
    nn_arena_init(entry.arena, &archive->memory);
    entry.article = *article;
    entry.article.id = keep(entry.arena, article->id);
    entry.article.title = keep(entry.arena, article->title);
    entry.article.source = keep(entry.arena, article->source);
    entry.article.url = keep(entry.arena, article->url);
    entry.article.lang = keep(entry.arena, article->lang);
    entry.article.text = keep(entry.arena, article->text);
    entry.language = language_of(article);
    analyze_article(archive, &entry);
    nuncio_error error = {0};
    oracle_must_be_ok(nn_reserve(&archive->memory, &archive->entries, &archive->capacity,
                                 archive->count + 1, sizeof entry, &error),
                      &error);
    archive->entries[archive->count++] = entry;
}

size_t oracle_article_count(const oracle *archive)
{
    return archive->count;
}

const nuncio_article *oracle_article(const oracle *archive, size_t number)
{
    return &archive->entries[number].article;
}

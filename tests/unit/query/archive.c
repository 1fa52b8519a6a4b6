/* SPDX-License-Identifier: Apache-2.0 */
#include "archive.h"

#include "core/error.h"
#include "core/str.h"
#include "text/analyzer.h"
#include "text/name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_TOKENS_MAX = 64, TOKENS_MAX = 1 << 20, QUOTES_MAX = 8 };

/* An occurrence of a term, before inversion. */
typedef struct entry {
    nuncio_str term, form;
    uint32_t article, passage, position;
    uint32_t token; /* number in the article's text; UINT32_MAX: of the title */
} entry;

/* A quote of an article, in tokens of its text. */
typedef struct said {
    uint32_t article, first, end;
} said;

typedef struct builder {
    test_archive *archive;
    nn_analyzer *analyzer;
    nn_segment_writer *writer; /* NULL: only collect */
    entry *entries;
    size_t count;
    uint32_t passage, token;
    said quotes[64];
    uint32_t quote_count;
} builder;

static void must(nuncio_status status, const nuncio_error *error, const char *what)
{
    if (status != NUNCIO_OK) {
        fprintf(stderr, "test archive: %s: %s\n", what, error->message);
        abort();
    }
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static nn_language language_of(const test_article *article)
{
    nn_language language = NN_LANGUAGE_EN;
    if (article->lang != NULL) {
        (void)nn_language_from_code(nn_str_of(article->lang), &language);
    }
    return language;
}

/* Adds the tokens of a text as entries; returns their number. */
static uint32_t collect(builder *build, const test_article *article, uint32_t number,
                        nuncio_str text, uint32_t position, uint32_t max)
{
    nuncio_error error = {0};
    nn_token_list tokens = {0};
    must(nn_analyzer_tokenize(build->analyzer, language_of(article), text, &tokens, &error), &error,
         "tokenize");
    uint32_t count = tokens.count < max ? (uint32_t)tokens.count : max;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t surface = tokens.items[i].surface;
        if (build->count == TOKENS_MAX) {
            abort();
        }
        build->entries[build->count++] =
            (entry){nn_analyzer_term(build->analyzer, surface),
                    nn_analyzer_surface(build->analyzer, surface),
                    number,
                    build->passage,
                    position + i,
                    position < NN_POSITION_TITLE ? build->token++ : UINT32_MAX};
    }
    nn_token_list_deinit(&tokens, &build->archive->memory);
    return count;
}

static size_t paragraph_size(const char *text)
{
    const char *blank = strstr(text, "\n\n");
    if (blank == NULL) {
        return strlen(text);
    }
    size_t size = (size_t)(blank - text);
    return size + strspn(blank, "\n");
}

/* Finds the tokens that lie in each quote of an article. */
static void place_quotes(builder *build, const test_article *article, uint32_t number,
                         nn_quote_tokens tokens_of[QUOTES_MAX])
{
    nuncio_error error = {0};
    nn_token_list tokens = {0};
    const nuncio_annotations *annotations = article->annotations;
    must(nn_analyzer_tokenize(build->analyzer, language_of(article), nn_str_of(article->text),
                              &tokens, &error),
         &error, "tokenize");
    for (size_t i = 0; annotations != NULL && i < annotations->quote_count; i++) {
        const nuncio_quote *quote = &annotations->quotes[i];
        uint32_t first = 0;
        while (first < tokens.count && tokens.items[first].start < quote->start) {
            first++;
        }
        uint32_t end = first;
        while (end < tokens.count && tokens.items[end].end <= quote->end) {
            end++;
        }
        if (i == QUOTES_MAX || build->quote_count == sizeof build->quotes / sizeof(said)) {
            abort();
        }
        tokens_of[i] = (nn_quote_tokens){first, end - first};
        build->quotes[build->quote_count++] = (said){number, first, end};
    }
    nn_token_list_deinit(&tokens, &build->archive->memory);
}

static void add_article(builder *build, const test_article *article, uint32_t number)
{
    nuncio_error error = {0};
    nn_article_fields fields = {.language = language_of(article), .hash_low = number};
    fields.article.id = nn_str_of(article->id);
    fields.article.title = nn_str_of(article->title);
    fields.article.source = nn_str_of(article->source);
    fields.article.lang = nn_str_of(article->lang);
    fields.annotations = article->annotations;
    nn_quote_tokens quote_tokens[QUOTES_MAX];
    place_quotes(build, article, number, quote_tokens);
    fields.quote_tokens = quote_tokens;
    build->token = 0;
    if (article->date != NULL) {
        must(nuncio_date_parse(nn_str_of(article->date), &fields.article.date, &error), &error,
             "date");
    }
    uint32_t title = 0;
    if (article->title != NULL) {
        title = collect(build, article, number, fields.article.title, NN_POSITION_TITLE,
                        TITLE_TOKENS_MAX);
    }
    fields.title_length = (uint8_t)title;
    if (build->writer != NULL) {
        must(nn_segment_writer_article(build->writer, &fields, &error), &error, "article");
    }
    const char *text = article->text;
    do {
        nuncio_str passage = {text, paragraph_size(text)};
        uint32_t length = title + collect(build, article, number, passage, 0, 255);
        title = 0;
        if (build->writer != NULL) {
            must(nn_segment_writer_passage(build->writer, passage, (uint8_t)length, &error), &error,
                 "passage");
        }
        build->passage++;
        text += passage.size;
    } while (*text != '\0');
}

static int by_place(const void *a, const void *b)
{
    const entry *x = a;
    const entry *y = b;
    int order = nn_str_compare(x->term, y->term);
    if (order != 0) {
        return order;
    }
    if (x->passage != y->passage) {
        return x->passage < y->passage ? -1 : 1;
    }
    return x->position < y->position ? -1 : x->position > y->position ? 1 : 0;
}

/* The entries from `first` with the same term (and passage): the end of their run. */
static size_t run_end(const builder *build, size_t first, bool same_passage)
{
    const entry *entries = build->entries;
    size_t end = first + 1;
    while (end < build->count && nn_str_equal(entries[end].term, entries[first].term) &&
           (!same_passage || entries[end].passage == entries[first].passage)) {
        end++;
    }
    return end;
}

static bool is_among(const uint32_t *numbers, uint32_t count, uint32_t number)
{
    for (uint32_t i = 0; i < count; i++) {
        if (numbers[i] == number) {
            return true;
        }
    }
    return false;
}

/* How many quotes, all of them or those of some articles, hold one of the entries. */
static uint32_t count_quotes(const builder *build, size_t first, size_t end,
                             const uint32_t *numbers, uint32_t count)
{
    uint32_t quotes = 0;
    for (uint32_t i = 0; i < build->quote_count; i++) {
        const said *quote = &build->quotes[i];
        bool held = false;
        for (size_t k = first; k < end && !held; k++) {
            const entry *one = &build->entries[k];
            held = one->article == quote->article && one->token >= quote->first &&
                   one->token < quote->end;
        }
        quotes += held && (numbers == NULL || is_among(numbers, count, quote->article)) ? 1 : 0;
    }
    return quotes;
}

static uint32_t form_number(nuncio_str *forms, uint32_t *count, nuncio_str form)
{
    uint32_t number = 0;
    while (number < *count && !nn_str_equal(forms[number], form)) {
        number++;
    }
    if (number == *count) {
        forms[(*count)++] = form;
    }
    return number;
}

static void write_term(builder *build, size_t first, size_t end)
{
    nuncio_error error = {0};
    nuncio_str *forms = room(end - first, sizeof *forms);
    uint32_t form_count = 0;
    for (size_t i = first; i < end; i++) {
        (void)form_number(forms, &form_count, build->entries[i].form);
    }
    must(nn_segment_writer_term(build->writer, build->entries[first].term, forms, form_count,
                                &error),
         &error, "term");
    must(nn_segment_writer_quotes(build->writer, count_quotes(build, first, end, NULL, 0), &error),
         &error, "quotes");
    for (size_t at = first; at < end;) {
        uint32_t positions[256];
        uint32_t numbers[256];
        uint32_t tf = 0;
        size_t next = run_end(build, at, true);
        for (size_t i = at; i < next; i++) {
            positions[tf] = build->entries[i].position;
            numbers[tf++] = form_number(forms, &form_count, build->entries[i].form);
        }
        must(nn_segment_writer_posting(build->writer, build->entries[at].passage, positions,
                                       numbers, tf, &error),
             &error, "posting");
        at = next;
    }
    free(forms);
}

static void open_builder(builder *build, test_archive *archive)
{
    nuncio_error error = {0};
    *build = (builder){.archive = archive, .entries = room(TOKENS_MAX, sizeof(entry))};
    must(nn_analyzer_create(&archive->memory, &build->analyzer, &error), &error, "analyzer");
}

static void close_builder(builder *build)
{
    nn_analyzer_destroy(build->analyzer);
    free(build->entries);
}

static void commit(test_archive *archive)
{
    nuncio_error error = {0};
    archive->manifest.generation++;
    must(nn_analyzer_fingerprint(&archive->memory, &archive->manifest.fingerprint, &error), &error,
         "fingerprint");
    must(nn_manifest_commit(nuncio_vfs_default(), &archive->memory, archive->folder,
                            &archive->manifest, &error),
         &error, "commit");
}

void test_archive_make(test_archive *archive)
{
    memset(archive, 0, sizeof *archive);
    nn_memory_init(&archive->memory, NULL, 0);
    test_dir_make(archive->folder);
    commit(archive);
}

/* The words that names are found by: a nn_name_words_source as the indexer has it. */
typedef struct word_source {
    nn_analyzer *analyzer;
    nn_token_list tokens;
    nn_arena arena;
    nn_found_name_word items[NN_NAME_WORDS_MAX + 1];
    char initials[1 + 4 * NN_NAME_INITIALS_MAX];
} word_source;

static nuncio_status words_of(void *context, nuncio_str name, nuncio_entity_type type,
                              const nn_found_name_word **words, uint32_t *count,
                              nuncio_error *error)
{
    word_source *source = context;
    nn_name_words read;
    nn_arena_reset(&source->arena);
    NN_TRY(
        nn_name_words_read(source->analyzer, &source->arena, &source->tokens, name, &read, error));
    for (uint32_t i = 0; i < read.count; i++) {
        source->items[i] = (nn_found_name_word){read.items[i].key, (uint8_t)i, i + 1 == read.count};
    }
    *words = source->items;
    *count = read.count;
    if (type == NUNCIO_ENTITY_ORGANISATION || type == NUNCIO_ENTITY_EVENT) {
        size_t size = nn_name_initials(&read, source->initials + 1);
        source->initials[0] = '=';
        source->items[read.count] =
            (nn_found_name_word){nn_str(source->initials, size + 1), NN_NAME_WORDS_MAX, true};
        *count += size > 0;
    }
    return NUNCIO_OK;
}

void test_archive_add(test_archive *archive, const test_article *articles, size_t count)
{
    nuncio_error error = {0};
    nn_manifest *manifest = &archive->manifest;
    must(nn_reserve(&archive->memory, &manifest->entries, &manifest->capacity, manifest->count + 1,
                    sizeof *manifest->entries, &error),
         &error, "manifest");
    nn_manifest_entry *to = &manifest->entries[manifest->count++];
    memset(to, 0, sizeof *to);
    builder build;
    open_builder(&build, archive);
    const nn_segment_writer_options options = {
        .vfs = nuncio_vfs_default(), .directory = archive->folder, .store_text = !archive->no_text};
    must(nn_segment_writer_open(&options, &archive->memory, &build.writer, &error), &error,
         "segment");
    for (size_t i = 0; i < count; i++) {
        add_article(&build, &articles[i], (uint32_t)i);
    }
    qsort(build.entries, build.count, sizeof *build.entries, by_place);
    for (size_t first = 0; first < build.count;) {
        size_t end = run_end(&build, first, false);
        write_term(&build, first, end);
        first = end;
    }
    word_source source = {.analyzer = build.analyzer};
    nn_arena_init(&source.arena, &archive->memory);
    nn_segment_writer_name_words(build.writer, words_of, &source);
    must(nn_segment_writer_finish(build.writer, to->segment, &error), &error, "finish");
    nn_token_list_deinit(&source.tokens, &archive->memory);
    nn_arena_clear(&source.arena);
    nn_segment_writer_destroy(build.writer);
    close_builder(&build);
    commit(archive);
}

/* What deleting the articles takes off a term's counts. */
static nn_df_deduction deduct(const builder *build, size_t first, size_t end, uint32_t ordinal,
                              const uint32_t *numbers, uint32_t count)
{
    nn_df_deduction gone = {.ordinal = ordinal,
                            .quotes = count_quotes(build, first, end, numbers, count)};
    uint32_t article = UINT32_MAX;
    for (size_t at = first; at < end; at = run_end(build, at, true)) {
        if (is_among(numbers, count, build->entries[at].article)) {
            gone.passages++;
            gone.articles += build->entries[at].article != article ? 1 : 0;
            article = build->entries[at].article;
        }
    }
    return gone;
}

void test_archive_delete(test_archive *archive, const test_article *articles,
                         const uint32_t *numbers, uint32_t count)
{
    nuncio_error error = {0};
    builder build;
    nn_deletes_info info = {.articles = count};
    nn_manifest_entry *entry_of = &archive->manifest.entries[archive->manifest.count - 1];
    nn_segment *segment;
    must(nn_segment_open(nuncio_vfs_default(), &archive->memory, archive->folder, entry_of->segment,
                         &segment, &error),
         &error, "open");
    uint32_t article_count = nn_segment_info_of(segment)->article_count;
    open_builder(&build, archive);
    for (uint32_t i = 0; i < article_count; i++) {
        uint32_t first = build.passage;
        size_t tokens = build.count;
        add_article(&build, &articles[i], i);
        if (is_among(numbers, count, i)) {
            info.passages += build.passage - first;
            info.tokens += build.count - tokens;
        }
    }
    for (uint32_t i = 0; i < build.quote_count; i++) {
        if (is_among(numbers, count, build.quotes[i].article)) {
            info.quotes++;
            info.quote_tokens += build.quotes[i].end - build.quotes[i].first;
        }
    }
    qsort(build.entries, build.count, sizeof *build.entries, by_place);
    nn_df_deduction *deductions = room(build.count, sizeof *deductions);
    uint32_t kept = 0;
    uint32_t ordinal = 0;
    for (size_t first = 0; first < build.count; ordinal++) {
        size_t end = run_end(&build, first, false);
        deductions[kept] = deduct(&build, first, end, ordinal, numbers, count);
        kept += deductions[kept].passages > 0 ? 1 : 0;
        first = end;
    }
    must(nn_deletes_write(nuncio_vfs_default(), &archive->memory, archive->folder, article_count,
                          numbers, count, deductions, kept, &info, entry_of->deletes, &error),
         &error, "deletes");
    free(deductions);
    close_builder(&build);
    nn_segment_close(segment);
    commit(archive);
}

nuncio_snapshot *test_archive_open(test_archive *archive)
{
    nuncio_error error = {0};
    nuncio_snapshot *snapshot;
    must(nuncio_snapshot_open(archive->folder, NULL, &snapshot, &error), &error, "snapshot");
    return snapshot;
}

void test_archive_remove(test_archive *archive)
{
    nn_manifest_deinit(&archive->manifest, &archive->memory);
    test_dir_remove(archive->folder);
}

nuncio_query *test_parse(const char *text)
{
    nuncio_query *query = NULL;
    nuncio_error error = {0};
    must(nuncio_query_parse(nn_str_of(text), 0, NULL, &query, &error), &error, text);
    return query;
}

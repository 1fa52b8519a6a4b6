/* SPDX-License-Identifier: Apache-2.0 */
#include "documents.h"

#include <string.h>

#include "common.h"

typedef struct label {
    uint32_t start, end; /* bytes */
    uint8_t kind;
} label;

typedef struct range {
    uint32_t start, end;
    bool coarse;
} range;

typedef struct raw {
    char source[64];
    label *labels;
    size_t label_count, label_capacity;
    range *ranges;
    size_t range_count, range_capacity;
    char *text;
    size_t size;
} raw;

void reader_init(reader *r, nn_name_table known)
{
    nuncio_error error = {0};
    memset(r, 0, sizeof *r);
    nn_memory_init(&r->memory, NULL, 0);
    require(nn_lexicon_create(&r->memory, &r->lexicon, &error), &error);
    require(nn_analyzer_create(&r->memory, &r->analyzer, &error), &error);
    require(nn_words_init(&r->words, &r->memory, r->lexicon, &error), &error);
    r->known = known;
    r->words.known = &r->known;
    r->features.memory = &r->memory;
}

static uint8_t kind_of(char c)
{
    static const char letters[] = "PLFOENM";
    const char *at = strchr(letters, c);
    if (at == NULL) {
        fail("unknown kind of name %c", c);
    }
    return (uint8_t)(at - letters);
}

/* Tags that stand for a label; sets that know three kinds only leave the finer ones open. */
static uint16_t tags_of(uint8_t kind, bool first, bool coarse)
{
    uint32_t tags = 1u << (first ? TAG_B(kind) : TAG_I(kind));
    if (coarse && kind == KIND_L) {
        tags |= 1u << (first ? TAG_B(KIND_F) : TAG_I(KIND_F));
    }
    return (uint16_t)tags;
}

static uint16_t tags_outside(bool coarse)
{
    uint32_t tags = 1;
    for (uint32_t kind = KIND_E; coarse && kind <= KIND_M; kind++) {
        tags |= 1u << TAG_B(kind) | 1u << TAG_I(kind);
    }
    return (uint16_t)tags;
}

static void add_gold(document *d, const nn_words *words, const label *from, bool coarse)
{
    gold_span span = {.kind = from->kind, .reachable = true};
    while (span.begin < words->count && words->tokens[span.begin].end <= from->start) {
        span.begin++;
    }
    span.end = span.begin;
    while (span.end < words->count && words->tokens[span.end].start < from->end) {
        span.end++;
    }
    if (span.end == span.begin) {
        return;
    }
    for (uint32_t i = span.begin; i < span.end; i++) {
        span.reachable &= d->scored[i] != 0;
    }
    for (uint32_t i = span.begin; i < span.end; i++) {
        d->allowed[i] = span.reachable ? tags_of(from->kind, i == span.begin, coarse) : 0;
    }
    grow(&d->gold, &d->gold_capacity, d->gold_count + 1, sizeof *d->gold);
    d->gold[d->gold_count++] = span;
}

static void label_words(document *d, const nn_words *words, const raw *from)
{
    for (size_t k = 0; k < from->range_count; k++) {
        const range *in = &from->ranges[k];
        d->coarse |= in->coarse;
        for (uint32_t i = 0; i < words->count; i++) {
            if (words->tokens[i].start >= in->start && words->tokens[i].end <= in->end) {
                d->allowed[i] = tags_outside(in->coarse);
            }
        }
    }
    for (size_t k = 0; k < from->label_count; k++) {
        add_gold(d, words, &from->labels[k], d->coarse);
    }
}

static uint8_t source_of(corpus *c, const char *name)
{
    for (size_t i = 0; i < c->source_count; i++) {
        if (strcmp(c->sources[i], name) == 0) {
            return (uint8_t)i;
        }
    }
    if (c->source_count == SOURCES_MAX) {
        fail("more than %d sources", SOURCES_MAX);
    }
    c->sources[c->source_count] = strdup(name);
    return (uint8_t)c->source_count++;
}

static void add_document(corpus *c, reader *r, const raw *from)
{
    nuncio_error error = {0};
    nuncio_str text = {from->text, from->size};
    nn_words *words = &r->words;
    r->tokens.count = 0;
    r->sentences.count = 0;
    require(nn_analyzer_tokenize(r->analyzer, NN_LANGUAGE_EN, text, &r->tokens, &error), &error);
    require(nn_sentences_find(&r->memory, NN_LANGUAGE_EN, text, &r->sentences, &error), &error);
    require(
        nn_words_read(words, r->analyzer, NN_LANGUAGE_EN, text, &r->tokens, &r->sentences, &error),
        &error);
    require(nn_name_features_read(&r->features, words, &error), &error);
    require(nn_name_features_mark(&r->features, words, 0, words->count, &r->known, &error), &error);
    grow(&c->items, &c->capacity, c->count + 1, sizeof *c->items);
    document *d = &c->items[c->count++];
    *d = (document){.source = source_of(c, from->source), .count = words->count};
    d->surfaces = zeroed(d->count, sizeof *d->surfaces);
    d->folds = zeroed(d->count, sizeof *d->folds);
    d->marks = zeroed(d->count, sizeof *d->marks);
    d->scored = zeroed(d->count, sizeof *d->scored);
    d->allowed = zeroed(d->count, sizeof *d->allowed);
    memcpy(d->marks, r->features.marks, d->count * sizeof *d->marks);
    memcpy(d->scored, r->features.scored, d->count * sizeof *d->scored);
    for (uint32_t i = 0; i < d->count; i++) {
        d->surfaces[i] = words->tokens[i].surface;
        d->folds[i] = nn_words_form(words, i)->fold;
    }
    label_words(d, words, from);
}

static void read_text(FILE *file, raw *from, size_t size, const char *path)
{
    from->text = realloc(from->text, size + 1);
    if (from->text == NULL || fread(from->text, 1, size, file) != size) {
        fail("%s: ends within a text", path);
    }
    from->size = size;
}

void corpus_read(corpus *c, reader *r, const char *path)
{
    FILE *file = open_file(path, "r");
    raw from = {0};
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) > 0) {
        unsigned start = 0, end = 0;
        char word[64] = "";
        if (sscanf(line, "D %63s", word) == 1) {
            snprintf(from.source, sizeof from.source, "%s", word);
            from.label_count = from.range_count = 0;
        } else if (sscanf(line, "R %u %u %63s", &start, &end, word) == 3) {
            grow(&from.ranges, &from.range_capacity, from.range_count + 1, sizeof *from.ranges);
            from.ranges[from.range_count++] = (range){start, end, strcmp(word, "coarse") == 0};
        } else if (sscanf(line, "S %u %u %63s", &start, &end, word) == 3) {
            grow(&from.labels, &from.label_capacity, from.label_count + 1, sizeof *from.labels);
            from.labels[from.label_count++] = (label){start, end, kind_of(word[0])};
        } else if (sscanf(line, "T %u", &end) == 1) {
            read_text(file, &from, end, path);
            add_document(c, r, &from);
        } else if (line[0] != '\n') {
            fail("%s: cannot read the line %s", path, line);
        }
    }
    free(line);
    fclose(file);
}

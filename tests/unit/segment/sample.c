/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#include "core/str.h"
#include "split_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *must(void *memory)
{
    if (memory == NULL) {
        abort();
    }
    return memory;
}

static void *zeroed(size_t count, size_t size)
{
    return must(calloc(count + 1, size));
}

/** `text` and a number behind it. */
static char *printed(const char *text, unsigned number)
{
    char room[64];
    (void)snprintf(room, sizeof room, "%s%u", text, number);
    return must(strdup(room));
}

/** Word `number` of the vocabulary: letters, some long, some not ASCII, in no order of numbers. */
static char *make_word(uint32_t number)
{
    char room[300];
    size_t size = 0;
    for (uint32_t rest = number * 2654435761U; size < 2 + number % 9; rest /= 26) {
        room[size++] = (char)('a' + rest % 26);
    }
    size += (size_t)snprintf(room + size, 16, "%u", number);
    if (number % 37 == 5) {
        size += (size_t)snprintf(room + size, 8, "é");
    }
    if (number % 97 == 11) { /* as long as a term can be */
        while (size < 255) {
            room[size++] = 'x';
        }
    }
    room[size] = '\0';
    return must(strdup(room));
}

/** Surface form `form` of a word: capitals, endings, spellings of its own. */
static char *make_form(const char *word, uint32_t form)
{
    char room[400];
    (void)snprintf(room, sizeof room, "%s", word);
    size_t size = strlen(room);
    switch (form % 6) {
    case 1:
        room[0] = room[0] >= 'a' ? (char)(room[0] - 32) : room[0];
        break;
    case 2:
        for (size_t i = 0; i < size; i++) {
            room[i] = room[i] >= 'a' && room[i] <= 'z' ? (char)(room[i] - 32) : room[i];
        }
        break;
    case 3:
        room[size - 1] = 'i';
        (void)snprintf(room + size, 64, "es");
        break;
    case 4:
        (void)snprintf(room, sizeof room, "Ç%s’s", word);
        break;
    case 5:
        (void)snprintf(room + size, 64, "isationally");
        break;
    default:
        break;
    }
    size = strlen(room);
    if (form >= 6) {
        (void)snprintf(room + size, 32, "%u", form);
    }
    return must(strdup(room));
}

/** How many forms a word has: mostly few, of some words more than there are levels. */
static uint32_t forms_of(uint32_t number)
{
    return number % 5 == 0 ? 1 : number % 23 == 3 ? 30 : 2 + number % 5;
}

/** An occurrence, before it is sorted by term. */
typedef struct occurrence {
    uint32_t word, form, position;
} occurrence;

static void add_occurrence(sample_term *terms, uint32_t passage, const occurrence *one)
{
    sample_term *term = &terms[one->word];
    if (term->df == 0 || term->postings[term->df - 1].passage != passage) {
        if ((term->df & (term->df - 1)) ==
            0) { /* as full as a power of two: room for as many again */
            size_t room = term->df == 0 ? 1 : 2 * (size_t)term->df;
            term->postings = must(realloc(term->postings, room * sizeof *term->postings));
        }
        term->postings[term->df].passage = passage;
        term->postings[term->df++].tf = 0;
    }
    sample_posting *posting = &term->postings[term->df - 1];
    posting->positions[posting->tf] = one->position;
    posting->forms[posting->tf++] = one->form;
}

/** A word by a rough Zipf law, and a form of which the first is the most frequent. */
static occurrence draw(test_prng *prng, uint32_t words, uint32_t position)
{
    double skew = test_prng_unit(prng);
    occurrence one = {(uint32_t)(skew * skew * skew * words), 0, position};
    uint32_t forms = forms_of(one.word);
    while (one.form + 1 < forms && test_prng_chance(prng, 30)) {
        one.form++;
    }
    return one;
}

static char *make_text(test_prng *prng, uint32_t tokens, size_t *size)
{
    size_t used = 0;
    char *text = zeroed(tokens * 12 + 8, 1);
    for (uint32_t i = 0; i < tokens; i++) {
        used += (size_t)sprintf(text + used, "w%u ", (unsigned)test_prng_below(prng, 300));
    }
    *size = used;
    return text;
}

static nuncio_annotations make_annotations(test_prng *prng, uint32_t text_size)
{
    nuncio_annotations made = {NULL, 0, NULL, 0};
    if (text_size < 20 || test_prng_chance(prng, 40)) {
        return made;
    }
    static const char *names[] = {"Sergei Lavrov", "Geneva", "NATO", "a senior official", ""};
    nuncio_quote *quotes = zeroed(3, sizeof *quotes);
    nuncio_mention *mentions = zeroed(4, sizeof *mentions);
    for (uint32_t start = 0; made.quote_count < 3; made.quote_count++) {
        nuncio_quote *quote = &quotes[made.quote_count];
        start += (uint32_t)test_prng_below(prng, text_size - start);
        quote->start = start;
        quote->end = start + (uint32_t)test_prng_below(prng, text_size - start + 1);
        quote->flags = (uint32_t)test_prng_below(prng, 4);
        quote->confidence = (float)((double)test_prng_below(prng, 10001) / 10000);
        if (test_prng_chance(prng, 60)) {
            quote->speaker_start = (uint32_t)test_prng_below(prng, text_size - 1);
            quote->speaker_end = quote->speaker_start + 1;
            quote->speaker = nn_str_of(names[test_prng_below(prng, 5)]);
            quote->speaker_type = (nuncio_entity_type)test_prng_below(prng, 6);
        }
        if (test_prng_chance(prng, 60)) {
            quote->cue_start = (uint32_t)test_prng_below(prng, text_size - 1);
            quote->cue_end = text_size;
            quote->cue = nn_str_of("said");
        }
    }
    for (uint32_t start = 0; made.mention_count < 4; made.mention_count++) {
        nuncio_mention *mention = &mentions[made.mention_count];
        if (text_size - start < 8) {
            break;
        }
        mention->start = start + (uint32_t)test_prng_below(prng, text_size - start - 7);
        mention->end = start = mention->start + 1 + (uint32_t)test_prng_below(prng, 7);
        mention->name = nn_str_of(names[test_prng_below(prng, 5)]);
        mention->type = (nuncio_entity_type)(1 + test_prng_below(prng, 5));
    }
    made.quotes = quotes;
    made.mentions = mentions;
    return made;
}

static void make_article(test_prng *prng, sample_article *article, uint32_t number)
{
    article->id = printed(number % 3 == 0 ? "z/" : "frus/d", number * 7919U % 10007U);
    article->title = test_prng_chance(prng, 80) ? printed("Title of ", number) : NULL;
    article->source = test_prng_chance(prng, 80) ? printed("Source ", number % 3) : NULL;
    article->lang = test_prng_chance(prng, 50) ? must(strdup("en")) : NULL;
    article->language = (uint8_t)test_prng_below(prng, 12);
    article->hash_low = test_prng_next(prng);
    article->hash_high = test_prng_next(prng);
    if (number % 4 == 1) { /* the url ends with the id */
        char room[256];
        (void)snprintf(room, sizeof room, "https://example.org/%s", article->id);
        article->url = must(strdup(room));
    } else if (number % 4 != 0) { /* several in a row have the same */
        article->url = printed("https://example.org/day/", number / 8);
    }
    uint32_t precision = (uint32_t)test_prng_below(prng, 4);
    article->date.precision = (uint8_t)precision;
    article->date.year = precision > 0 ? (int16_t)test_prng_range(prng, 1, 9999) : 0;
    article->date.month = precision > 1 ? (uint8_t)test_prng_range(prng, 1, 12) : 0;
    article->date.day = precision > 2 ? (uint8_t)test_prng_range(prng, 1, 28) : 0;
}

static void make_passages(test_prng *prng, sample *to, sample_article *article,
                          const sample_options *options)
{
    uint32_t text_size = 0;
    article->first_passage = to->passage_count;
    article->passage_count = 1 + (uint32_t)test_prng_below(prng, options->passages_max);
    article->title_length = article->title == NULL ? 0 : (uint8_t)test_prng_below(prng, 65);
    to->passages = must(
        realloc(to->passages, (to->passage_count + article->passage_count) * sizeof *to->passages));
    for (uint32_t i = 0; i < article->passage_count; i++) {
        uint32_t passage = to->passage_count++;
        uint32_t tokens = (uint32_t)test_prng_below(prng, options->tokens_max + 1);
        uint32_t title = i == 0 ? article->title_length : 0;
        sample_passage *made = &to->passages[passage];
        made->length = (uint8_t)(tokens + title);
        made->text = make_text(prng, tokens, &made->text_size);
        text_size += (uint32_t)made->text_size;
        for (uint32_t k = 0; k < tokens + title; k++) {
            occurrence one = draw(prng, options->words, k < tokens ? k : 256 + k - tokens);
            add_occurrence(to->terms, passage, &one);
        }
    }
    article->annotations = make_annotations(prng, text_size);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const sample_term *)a)->text, ((const sample_term *)b)->text);
}

static uint32_t text_tokens(const sample *from, const sample_article *article, uint32_t i)
{
    uint32_t passage = article->first_passage + i;
    return from->passages[passage].length - (i == 0 ? (uint32_t)article->title_length : 0U);
}

/** Quotes of any length, now and then none, over one passage or several. */
static void place_quotes(test_prng *prng, const sample *from, sample_article *article)
{
    uint32_t all = 0, first = 0;
    for (uint32_t i = 0; i < article->passage_count; i++) {
        all += text_tokens(from, article, i);
    }
    for (size_t i = 0; i < article->annotations.quote_count; i++) {
        uint32_t room = all - first;
        first += (uint32_t)test_prng_below(prng, test_prng_chance(prng, 50) ? room / 3 + 1 : 2);
        first = first < all ? first : all;
        room = test_prng_chance(prng, 50) ? all - first : (all - first) / 8;
        article->quote_tokens[i].first = first;
        article->quote_tokens[i].count = (uint32_t)test_prng_below(prng, (uint64_t)room + 1);
    }
}

/** Whether one of the postings `from` … up to `to` stands in a quote; all are of the article. */
static bool holds(const sample *made, const sample_article *article, const sample_posting *from,
                  const sample_posting *to, const nn_quote_tokens *quote)
{
    uint32_t base = 0, next = 0; /* tokens before passage number `next` of the article */
    for (; from < to; from++) {
        while (article->first_passage + next < from->passage) {
            base += text_tokens(made, article, next++);
        }
        for (uint32_t k = 0; k < from->tf; k++) {
            uint32_t at = base + from->positions[k];
            if (from->positions[k] < NN_POSITION_TITLE && at >= quote->first &&
                at < quote->first + quote->count) {
                return true;
            }
        }
    }
    return false;
}

void sample_count_quotes(sample *from)
{
    for (uint32_t t = 0; t < from->term_count; t++) {
        sample_term *term = &from->terms[t];
        const sample_posting *first = term->postings, *end = first + term->df;
        term->quote_df = 0;
        for (uint32_t i = 0; i < from->article_count; i++) {
            const sample_article *article = &from->articles[i];
            const sample_posting *last = first;
            while (last < end && last->passage < article->first_passage + article->passage_count) {
                last++;
            }
            for (size_t q = 0; q < article->annotations.quote_count; q++) {
                term->quote_df += holds(from, article, first, last, &article->quote_tokens[q]);
            }
            first = last;
        }
    }
}

sample *sample_create(test_prng *prng, const sample_options *options)
{
    sample *made = zeroed(1, sizeof *made);
    made->articles = zeroed(options->articles, sizeof *made->articles);
    made->terms = zeroed(options->words, sizeof *made->terms);
    for (uint32_t i = 0; i < options->articles; i++) {
        make_article(prng, &made->articles[i], i);
        make_passages(prng, made, &made->articles[i], options);
    }
    made->article_count = options->articles;
    for (uint32_t i = 0; i < options->words; i++) {
        if (made->terms[i].df == 0) {
            continue;
        }
        sample_term *term = &made->terms[made->term_count++];
        *term = made->terms[i]; /* closes the gaps of words that were not drawn */
        term->text = make_word(i);
        term->form_count = forms_of(i);
        term->forms = zeroed(term->form_count, sizeof *term->forms);
        for (uint32_t form = 0; form < term->form_count; form++) {
            term->forms[form] = make_form(term->text, form);
        }
    }
    qsort(made->terms, made->term_count, sizeof *made->terms, by_text);
    for (uint32_t i = 0; i < made->article_count; i++) {
        place_quotes(prng, made, &made->articles[i]);
    }
    sample_count_quotes(made);
    return made;
}

void sample_destroy(sample *from)
{
    for (uint32_t i = 0; i < from->term_count; i++) {
        for (uint32_t form = 0; form < from->terms[i].form_count; form++) {
            free(from->terms[i].forms[form]);
        }
        free(from->terms[i].forms);
        free(from->terms[i].postings);
        free(from->terms[i].text);
    }
    for (uint32_t i = 0; i < from->article_count; i++) {
        sample_article *article = &from->articles[i];
        free(article->id);
        free(article->title);
        free(article->source);
        free(article->url);
        free(article->lang);
        free((void *)(uintptr_t)article->annotations.quotes);
        free((void *)(uintptr_t)article->annotations.mentions);
    }
    for (uint32_t i = 0; i < from->passage_count; i++) {
        free(from->passages[i].text);
    }
    free(from->articles);
    free(from->passages);
    free(from->terms);
    free(from);
}

static nuncio_status write_articles(const sample *from, nn_segment_writer *writer,
                                    nuncio_error *error)
{
    nuncio_status status = NUNCIO_OK;
    for (uint32_t i = 0; i < from->article_count && status == NUNCIO_OK; i++) {
        const sample_article *article = &from->articles[i];
        nn_article_fields fields = {
            .article = {.id = nn_str_of(article->id),
                        .title = nn_str_of(article->title),
                        .date = article->date,
                        .source = nn_str_of(article->source),
                        .url = nn_str_of(article->url),
                        .lang = nn_str_of(article->lang)},
            .language = article->language,
            .title_length = article->title_length,
            .hash_low = article->hash_low,
            .hash_high = article->hash_high,
            .annotations = &article->annotations,
            .quote_tokens = article->quote_tokens,
        };
        status = nn_segment_writer_article(writer, &fields, error);
        for (uint32_t k = 0; k < article->passage_count && status == NUNCIO_OK; k++) {
            const sample_passage *passage = &from->passages[article->first_passage + k];
            status = nn_segment_writer_passage(writer, nn_str(passage->text, passage->text_size),
                                               passage->length, error);
        }
    }
    return status;
}

static nuncio_status write_term(const sample_term *term, nn_segment_writer *writer,
                                nuncio_error *error)
{
    nuncio_str forms[64];
    for (uint32_t form = 0; form < term->form_count; form++) {
        forms[form] = nn_str_of(term->forms[form]);
    }
    nuncio_status status =
        nn_segment_writer_term(writer, nn_str_of(term->text), forms, term->form_count, error);
    if (status == NUNCIO_OK) {
        status = nn_segment_writer_quotes(writer, term->quote_df, error);
    }
    for (uint32_t i = 0; i < term->df && status == NUNCIO_OK; i++) {
        const sample_posting *posting = &term->postings[i];
        status = nn_segment_writer_posting(writer, posting->passage, posting->positions,
                                           posting->forms, posting->tf, error);
    }
    return status;
}

nuncio_status sample_write(const sample *from, const nuncio_vfs *vfs, nn_memory *memory,
                           const char *directory, bool store_text, char *name, nuncio_error *error)
{
    nn_segment_writer *writer = NULL;
    split_words words;
    nuncio_status status = nn_segment_writer_open(
        &(nn_segment_writer_options){.vfs = vfs, .directory = directory, .store_text = store_text},
        memory, &writer, error);
    if (status != NUNCIO_OK) {
        return status;
    }
    nn_segment_writer_name_words(writer, split_words_of, &words);
    status = write_articles(from, writer, error);
    for (uint32_t i = 0; i < from->term_count && status == NUNCIO_OK; i++) {
        status = write_term(&from->terms[i], writer, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_segment_writer_finish(writer, name, error);
    }
    nn_segment_writer_destroy(writer);
    return status;
}

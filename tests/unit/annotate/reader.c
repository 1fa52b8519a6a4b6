/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/str.h"

#include "reader.h"

void reader_init(reader *r)
{
    memset(r, 0, sizeof *r);
    nn_memory_init(&r->memory, NULL, 0);
    assert_int_equal(nn_lexicon_create(&r->memory, &r->lexicon, NULL), NUNCIO_OK);
    assert_int_equal(nn_analyzer_create(&r->memory, &r->analyzer, NULL), NUNCIO_OK);
    assert_int_equal(nn_words_init(&r->words, &r->memory, r->lexicon, NULL), NUNCIO_OK);
    nn_names_init(&r->names, &r->memory);
    r->quotes.memory = &r->memory;
    r->reading = (nn_reading){&r->words, &r->spans, &r->names, &r->quotes, NULL};
}

void reader_deinit(reader *r)
{
    nn_quotes_deinit(&r->quotes);
    nn_names_deinit(&r->names);
    nn_spans_deinit(&r->spans, &r->memory);
    nn_words_deinit(&r->words);
    nn_token_list_deinit(&r->tokens, &r->memory);
    nn_sentence_list_deinit(&r->sentences, &r->memory);
    nn_analyzer_destroy(r->analyzer);
    nn_lexicon_destroy(r->lexicon);
    assert_int_equal(r->memory.used, 0);
}

void reader_words(reader *r, nn_language language, const char *text)
{
    nuncio_str view = nn_str_of(text);
    r->tokens.count = 0;
    r->sentences.count = 0;
    assert_int_equal(nn_analyzer_tokenize(r->analyzer, language, view, &r->tokens, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_sentences_find(&r->memory, language, view, &r->sentences, NULL), NUNCIO_OK);
    assert_int_equal(
        nn_words_read(&r->words, r->analyzer, language, view, &r->tokens, &r->sentences, NULL),
        NUNCIO_OK);
}

void reader_names(reader *r, nn_language language, const char *text)
{
    reader_words(r, language, text);
    assert_int_equal(nn_spans_find(&r->words, &r->spans, NULL), NUNCIO_OK);
    assert_int_equal(nn_names_find(&r->names, &r->words, NULL), NUNCIO_OK);
    assert_int_equal(nn_names_resolve(&r->names, &r->words, nn_str_of(NULL), NULL), NUNCIO_OK);
    assert_int_equal(nn_quotes_begin(&r->reading), NUNCIO_OK);
}

uint32_t reader_find(const reader *r, const char *word)
{
    for (uint32_t i = 0; i < r->words.count; i++) {
        if (nn_str_equal(nn_words_text(&r->words, i, i + 1), nn_str_of(word))) {
            return i;
        }
    }
    fail_msg("no word %s", word);
    return 0;
}

void reader_expect(const reader *r, nn_word_range range, const char *expected)
{
    nuncio_str found = nn_str("", 0);
    if (range.begin < range.end) {
        found = nn_words_text(&r->words, range.begin, range.end);
    }
    if (!nn_str_equal(found, nn_str_of(expected))) {
        fail_msg("expected '%s', found '%.*s'", expected, (int)found.size, found.data);
    }
}

static void draw_spans(const reader *r, char *to, size_t room)
{
    size_t at = 0;
    to[0] = '\0';
    for (size_t i = 0; i < r->spans.found.count; i++) {
        const nn_span_marked *span = &r->spans.found.items[i];
        at += (size_t)snprintf(to + at, room - at, "[%.*s]%s%s%s%s", (int)(span->end - span->start),
                               r->words.text.data + span->start,
                               (span->flags & NN_SPAN_NO_OPEN) != 0 ? "o" : "",
                               (span->flags & NN_SPAN_NO_CLOSE) != 0 ? "c" : "",
                               (span->flags & NN_SPAN_GOES_ON) != 0 ? "g" : "",
                               (span->flags & NN_SPAN_RESUMES) != 0 ? "r" : "");
        assert_true(at < room);
        assert_true(span->outer_start <= span->start && span->end <= span->outer_end);
        assert_true(span->word_begin < span->word_end);
    }
}

void reader_expect_spans(const reader_spans *cases, size_t count)
{
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < count; i++) {
        char drawn[256];
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        assert_int_equal(nn_spans_find(&r.words, &r.spans, NULL), NUNCIO_OK);
        draw_spans(&r, drawn, sizeof drawn);
        if (strcmp(drawn, cases[i].expected) != 0) {
            fail_msg("%s: expected %s, found %s", cases[i].text, cases[i].expected, drawn);
        }
    }
    reader_deinit(&r);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* The whole annotator on texts that mean harm: it must stay linear and its answer well formed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "annotate/annotate.h"
#include "core/buffer.h"
#include "core/str.h"
#include "support/failing_allocator.h"
#include "support/prng.h"
#include "text/utf8.h"

enum { WORK_PER_WORD = 40, WORK_BASE = 1000 }; /* the most that any text makes the rules do */

typedef struct fixture {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_annotate *annotate;
    nn_token_list tokens;
    nn_sentence_list sentences;
    nuncio_annotations found;
} fixture;

static void open_fixture(fixture *f)
{
    memset(f, 0, sizeof *f);
    nn_memory_init(&f->memory, NULL, 0);
    assert_int_equal(nn_analyzer_create(&f->memory, &f->analyzer, NULL), NUNCIO_OK);
    assert_int_equal(nn_annotate_create(&f->memory, NULL, &f->annotate, NULL), NUNCIO_OK);
    nn_annotate_find_stances(f->annotate, true);
    nn_annotate_find_references(f->annotate, true);
}

static void close_fixture(fixture *f)
{
    nn_token_list_deinit(&f->tokens, &f->memory);
    nn_sentence_list_deinit(&f->sentences, &f->memory);
    nn_annotate_destroy(f->annotate);
    nn_analyzer_destroy(f->analyzer);
    assert_int_equal(f->memory.used, 0);
}

static void assert_boundary(nuncio_str text, uint32_t at)
{
    assert_true(at <= text.size);
    assert_true(at == text.size || ((unsigned char)text.data[at] & 0xC0) != 0x80);
}

static void assert_range(nuncio_str text, uint32_t start, uint32_t end)
{
    assert_true(start <= end);
    assert_boundary(text, start);
    assert_boundary(text, end);
}

/** Sorted, on character boundaries, nothing overlapping in part, names never absent. */
static void assert_well_formed(nuncio_str text, const nuncio_annotations *found)
{
    uint32_t open_end = 0, start = 0;
    for (size_t i = 0; i < found->quote_count; i++) {
        const nuncio_quote *quote = &found->quotes[i];
        assert_range(text, quote->start, quote->end);
        assert_range(text, quote->speaker_start, quote->speaker_end);
        assert_range(text, quote->cue_start, quote->cue_end);
        assert_true(quote->start < quote->end && quote->start >= start);
        assert_true(quote->start >= open_end || quote->end <= open_end);
        assert_true(quote->confidence > 0 && quote->confidence <= 1);
        assert_true((quote->cue.data == NULL) == (quote->cue_start == quote->cue_end));
        assert_true(quote->speaker.data != NULL || quote->speaker_type == NUNCIO_ENTITY_NONE);
        start = quote->start;
        open_end = quote->end > open_end ? quote->end : open_end;
    }
    uint32_t end = 0;
    for (size_t i = 0; i < found->mention_count; i++) {
        const nuncio_mention *mention = &found->mentions[i];
        assert_range(text, mention->start, mention->end);
        assert_true(mention->start >= end && mention->start < mention->end);
        assert_true(mention->type >= NUNCIO_ENTITY_PERSON &&
                    mention->type <= NUNCIO_ENTITY_NATIONALITY);
        assert_true(mention->name.data != NULL && mention->name.size > 0);
        end = mention->end;
    }
}

static void assert_references(nuncio_str text, const nn_annotate *annotate)
{
    size_t count;
    uint32_t end = 0;
    const nuncio_reference *references = nn_annotate_references(annotate, &count);
    for (size_t i = 0; i < count; i++) {
        assert_range(text, references[i].start, references[i].end);
        assert_true(references[i].start >= end && references[i].start < references[i].end);
        assert_true(references[i].name.data != NULL && references[i].name.size > 0);
        end = references[i].end;
    }
}

static void run(fixture *f, nn_language language, nuncio_str text)
{
    f->tokens.count = 0;
    f->sentences.count = 0;
    assert_int_equal(nn_analyzer_tokenize(f->analyzer, language, text, &f->tokens, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_sentences_find(&f->memory, language, text, &f->sentences, NULL), NUNCIO_OK);
    assert_int_equal(nn_annotate_article(f->annotate, f->analyzer, language, nn_str_of(NULL), text,
                                         &f->tokens, &f->sentences, &f->found, NULL),
                     NUNCIO_OK);
    assert_well_formed(text, &f->found);
    assert_references(text, f->annotate);
    uint64_t work = nn_annotate_work(f->annotate);
    if (work > WORK_BASE + WORK_PER_WORD * (uint64_t)(f->tokens.count + text.size / 4)) {
        fail_msg("%llu steps for %zu words in %zu bytes of %.40s", (unsigned long long)work,
                 f->tokens.count, text.size, text.data);
    }
}

/** `piece` so often that at least `bytes` bytes come of it, after `head` and before `tail`. */
static void run_repeated(fixture *f, const char *head, const char *piece, const char *tail,
                         size_t bytes)
{
    nn_buffer text;
    nn_buffer_init(&text, &f->memory);
    nn_buffer_append_text(&text, head);
    while (text.size < bytes) {
        nn_buffer_append_text(&text, piece);
    }
    nn_buffer_append_text(&text, tail);
    for (nn_language language = NN_LANGUAGE_EN; language <= NN_LANGUAGE_ES; language++) {
        run(f, language, nn_buffer_str(&text));
    }
    static const char *const minors[] = {"ru", "tr", "hu"};
    for (size_t i = 0; i < sizeof minors / sizeof *minors; i++) {
        nn_language language = NN_LANGUAGE_NONE;
        assert_true(nn_language_from_code(nn_str_of(minors[i]), &language));
        run(f, language, nn_buffer_str(&text));
    }
    nn_buffer_deinit(&text);
}

/** Repeated, they try to make a rule look far and often. */
static const struct {
    const char *head, *piece, *tail;
} hostile[] = {
    {"", "“", ""}, /* nothing but marks */
    {"", "\"", ""},
    {"", "'", ""},
    {"", "»", ""},
    {"", "“”", ""},
    {"", " “", ""},
    {"", "“word ", ""}, /* opened and never closed */
    {"", "word” ", ""}, /* closed and never opened */
    {"", "word,” said Marin ", ""},
    {"", "“word, ", ""},
    {"", "‘word ", ""},
    {"", "“a\n\n", ""},     /* every paragraph resumes */
    {"", "» item\n\n", ""}, /* bullets */
    {"“", "word ", "”"},    /* one quote, without an end of sentence */
    {"“", "word, ", "”"},
    {"“", "Marin said, ", "”"},
    {"", "Marin said that ", ""},
    {"", "Marin said, ", ""},
    {"", "said ", ""},
    {"", "Marin said the ", ""},
    {"", "supports ", ""},
    {"", "Marin supports ", ""},
    {"", "Marin supports the plan and ", ""},
    {"", "Marin’s support for ", ""},
    {"", "to support ", ""},
    {"", "who support ", ""},
    {"", "is confident that ", ""},
    {"", "voiced strong support ", ""},
    {"", "spoke to ", ""},
    {"", "Marin, 60, ", ""},
    {"", "a supporter of ", ""},
    {"", "criticised by ", ""},
    {"", "has always also not ", ""},
    {"", "(a) said ", ""},
    {"", "– a – said ", ""},
    {"", "and said ", ""},
    {"", "according to ", ""},
    {"", "he said. ", ""},
    {"", "“A b,” he said. ", ""},
    {"", "the minister said. ", ""},
    {"", "MARIN SAID THE BRIDGE WOULD BE KEPT BY FRANCE AND NATO. ", ""},
    {"", "New York University of Oxford Council of ", ""},
    {"", "John Smith ", ""},
    {"", "J. ", ""},
    {"", "Ivan Petrov, Olga Petrov, Boris Petrov, ", ""},
    {"", "President ", ""},
    {"", "van der ", ""},
    {"", "of the Council of ", ""},
    {"", "Q: a\n\n", ""},
    {"", "MR. SMITH: “a” b\n\n", ""},
    {"", "—a —dijo Marin—. b\n\n", ""},
    {"", "« a, a-t-il dit, b » ", ""},
    {"", "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d “\xd7\xa2\xd7\x95\xd7\x9c\xd7\x9d” ",
     ""},                                                  /* right to left */
    {"", "tbe rninister sa1d ,, We sbal1 '' ~ | \\ ", ""}, /* badly scanned */
    {"", "\xe2\x80\xae“\xe2\x80\xac ", ""},
    {"", "a’s ", ""},
    {"", "、。「", ""},
    {"", "A", ""}, /* one word, and one name */
    {"President ", "Ab", " said."},
    {"", "The latter said. ", ""},
    {"", "they said. ", ""},
    {"", "Ministers met. They said “a b”. ", ""},
    {"", "Marin was asked. He said “a”. ", ""},
    {"", "is expected to ", ""},
    {"", "was accused of ", ""},
    {"", "put it ", ""},
    {"", "“a”, сказал он, ", ""},
    {"", "miners’ ", ""},
    /* names and references */
    {"", "Sergei Marin, the Karsovian foreign minister, said he ", ""},
    {"", "the foreign minister of ", ""},
    {"Minister Otto Marin left. ", "The minister left. He left. ", ""},
    {"Minister Otto Marin left. ", "the minister ", ""},
    {"Otto Marin left. ", "he ", ""},
    {"", "Otto Marin and Igor Marin. He left. ", ""},
    {"", "Otto A. ", ""},
    {"", "A. B. C. ", ""},
    {"Chou ", "En-lai-", ""},
    {"", "Ab-", " said."},
    {"", "Marin-Oblov-", ""},
    {"", "Marin, Oblov, ", ""},
    {"", "Marin/Oblov/", ""},
    {"", "Otto “Tip” ", ""},
    {"Mr. ", "Ab Cd ", ""}, /* one name of a thousand words */
    {"", "JOHN MARIN OF THE UN MET IVAN OBLOV ", ""},
    {"", "john marin of the un met ivan oblov ", ""},
    {"", "Лавров Lavrov لافروف ", ""},
    {"", "\xe2\x80\x8fسيرغي\xe2\x80\x8e Lavrov-", ""},
    {"", "Joim Marjn, tlie rninister, ", ""},
};

static void test_hostile_texts(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        run_repeated(&f, hostile[i].head, hostile[i].piece, hostile[i].tail, 10);
        run_repeated(&f, hostile[i].head, hostile[i].piece, hostile[i].tail, 50000);
    }
    close_fixture(&f);
}

static void test_large_texts(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    run_repeated(&f, "", "“open ", "", 100000 * 8); /* 100,000 marks opened */
    run_repeated(&f, "Marin said: “", "words and words ", "”", 1 << 20);
    close_fixture(&f);
}

static void test_empty_texts(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    static const char *const texts[] = {"", " ", "\n\n\n", ".", "“"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        run(&f, NN_LANGUAGE_EN, nn_str_of(texts[i]));
        assert_int_equal(f.found.quote_count, 0);
        assert_int_equal(f.found.mention_count, 0);
    }
    close_fixture(&f);
}

static const char ARTICLE[] = "PORT CALDWELL – Secretary of State Eleanor Whitcombe said on Monday "
                              "that the door was open.\n\n"
                              "“We shall keep the bridge,” Foreign Minister Danilo Krešić told "
                              "Reuters. “It is ours,” he added.\n\n"
                              "‘There was no meeting,’ said Karsovian Foreign Ministry spokeswoman "
                              "Yulia Marchenka, and accused France of "
                              "“openly burying” the Black Sea Grain Initiative.";

static void test_nothing_is_remembered(void **state)
{
    (void)state;
    fixture a, b;
    open_fixture(&a);
    open_fixture(&b);
    run(&a, NN_LANGUAGE_EN, nn_str_of(ARTICLE));
    run(&b, NN_LANGUAGE_EN,
        nn_str_of("Danilo Whitcombe met Eleanor Marchenka. Reuters said nothing of Caldwell."));
    run(&b, NN_LANGUAGE_FR, nn_str_of("« Non », a dit Eleanor Whitcombe."));
    run(&b, NN_LANGUAGE_EN, nn_str_of(ARTICLE));
    assert_true(a.found.quote_count >= 5);
    assert_true(a.found.mention_count >= 8);
    assert_int_equal(a.found.quote_count, b.found.quote_count);
    assert_int_equal(a.found.mention_count, b.found.mention_count);
    for (size_t i = 0; i < a.found.quote_count; i++) {
        const nuncio_quote *x = &a.found.quotes[i];
        const nuncio_quote *y = &b.found.quotes[i];
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->flags, y->flags);
        assert_true(nn_str_equal(x->speaker, y->speaker));
        assert_memory_equal(&x->confidence, &y->confidence, sizeof x->confidence);
    }
    for (size_t i = 0; i < a.found.mention_count; i++) {
        assert_int_equal(a.found.mentions[i].start, b.found.mentions[i].start);
        assert_int_equal(a.found.mentions[i].type, b.found.mentions[i].type);
        assert_true(nn_str_equal(a.found.mentions[i].name, b.found.mentions[i].name));
    }
    close_fixture(&a);
    close_fixture(&b);
}

static void test_random_texts(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "“",        "”",
        "\"",       "'",
        "‘",        "’",
        "«",        "»",
        "„",        " ",
        " ",        " ",
        "\n\n",     ". ",
        ", ",       ": ",
        " – ",      "—",
        "(",        ")",
        "Marin",    "Anna",
        "said",     "that",
        "the",      "minister",
        "he",       "she",
        "told",     "France",
        "French",   "Council",
        "of",       "Treaty",
        "and",      "US",
        "NATO",     "according to",
        "12",       "'s",
        "\xc2\xa0", "é",
        "中",       "Mr.",
        "J.",       "adding",
        "to",
    };
    test_prng prng = test_prng_of(test_seed(20310114));
    fixture f;
    open_fixture(&f);
    nn_buffer text;
    nn_buffer_init(&text, &f.memory);
    for (size_t round = 0; round < 3000; round++) {
        nn_buffer_clear(&text);
        uint64_t count = test_prng_below(&prng, 120);
        for (uint64_t i = 0; i < count; i++) {
            nn_buffer_append_text(&text,
                                  pieces[test_prng_below(&prng, sizeof pieces / sizeof *pieces)]);
            nn_buffer_append_text(&text, test_prng_chance(&prng, 70) ? " " : "");
        }
        run(&f, (nn_language)(NN_LANGUAGE_EN + test_prng_below(&prng, 4)), nn_buffer_str(&text));
        if (test_prng_chance(&prng, 1)) {
            nn_analyzer_reset(f.analyzer);
        }
    }
    nn_buffer_deinit(&text);
    close_fixture(&f);
}

/** Annotates twice with an allocator that may fail; what was refused must be said and nothing lost.
 */
static nuncio_status annotate_all(nn_memory *memory, nn_analyzer *analyzer,
                                  const nn_token_list *tokens, const nn_sentence_list *sentences)
{
    nn_annotate *annotate = NULL;
    nuncio_annotations found;
    nuncio_status status = nn_annotate_create(memory, NULL, &annotate, NULL);
    if (status == NUNCIO_OK) {
        nn_annotate_find_stances(annotate, true);
        nn_annotate_find_references(annotate, true);
    }
    for (int i = 0; i < 2 && status == NUNCIO_OK; i++) {
        status =
            nn_annotate_article(annotate, analyzer, NN_LANGUAGE_EN, nn_str_of("Yulia Marchenka"),
                                nn_str_of(ARTICLE), tokens, sentences, &found, NULL);
    }
    nn_annotate_destroy(annotate);
    return status;
}

static void test_failing_allocations(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f);
    run(&f, NN_LANGUAGE_EN, nn_str_of(ARTICLE));
    for (uint64_t n = 1;; n++) {
        test_allocator memory;
        nn_memory own;
        test_allocator_init(&memory, n);
        nn_memory_init(&own, &memory.allocator, 0);
        nuncio_status status = annotate_all(&own, f.analyzer, &f.tokens, &f.sentences);
        test_allocator_check(&memory);
        if (!memory.failed) {
            assert_int_equal(status, NUNCIO_OK);
            break;
        }
        assert_int_equal(status, NUNCIO_ERR_MEMORY);
    }
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_texts), cmocka_unit_test(test_large_texts),
        cmocka_unit_test(test_empty_texts),   cmocka_unit_test(test_nothing_is_remembered),
        cmocka_unit_test(test_random_texts),  cmocka_unit_test(test_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

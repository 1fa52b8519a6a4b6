/* SPDX-License-Identifier: Apache-2.0 */
/* Runs the cases of tests/golden/annotate/ (its README describes them) through the public
 * annotator. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buffer.h"
#include "core/str.h"
#include "support/files.h"

#include <nuncio/annotation.h>

typedef struct golden {
    nuncio_annotator *annotator;
    nn_memory memory;
    nn_buffer text;             /* of the case */
    nn_buffer quotes, mentions; /* expected, one a line */
    char name[200], title[200], lang[8];
    bool wants_mentions, wants_stances;
    size_t cases, failures;
} golden;

static const char STOPS[] = ",.";

/** Appends words without white space, commas and stops at their ends, and line ends as spaces. */
static void append_words(nn_buffer *to, nuncio_str words)
{
    while (words.size > 0 && strchr(STOPS, words.data[words.size - 1]) != NULL) {
        words.size--;
    }
    for (size_t i = 0; i < words.size; i++) {
        nn_buffer_append_u8(to, words.data[i] == '\n' ? (uint8_t)' ' : (uint8_t)words.data[i]);
    }
}

static void append_quote(nn_buffer *to, const nuncio_quote *quote, nuncio_str text)
{
    bool stance = (quote->flags & NUNCIO_QUOTE_STANCE) != 0;
    const char *mark = (quote->flags & NUNCIO_QUOTE_DIRECT) != 0 ? "\"" : stance ? "~" : "'";
    nn_buffer_append_text(to, mark);
    append_words(to, nn_str(text.data + quote->start, quote->end - quote->start));
    nn_buffer_append_format(to, "%s <- ", mark);
    nn_buffer_append_str(to, quote->speaker.data != NULL ? quote->speaker : nn_str_of("?"));
    nn_buffer_append_text(to, (quote->flags & NUNCIO_QUOTE_REPAIRED) != 0 ? " (repaired)\n" : "\n");
}

static void append_mention(nn_buffer *to, const nuncio_mention *mention, nuncio_str text)
{
    nuncio_str words = nn_str(text.data + mention->start, mention->end - mention->start);
    nn_buffer_append_format(to, "%s: ", nuncio_entity_type_name(mention->type));
    nn_buffer_append_str(to, words);
    if (!nn_str_equal(words, mention->name)) {
        nn_buffer_append_text(to, " = ");
        nn_buffer_append_str(to, mention->name);
    }
    nn_buffer_append_text(to, "\n");
}

static void compare(golden *g, const char *what, const nn_buffer *expected, const nn_buffer *found)
{
    if (!nn_str_equal(nn_buffer_str(expected), nn_buffer_str(found))) {
        g->failures++;
        print_error("== %s: %s\nexpected:\n%.*sfound:\n%.*s", g->name, what, (int)expected->size,
                    (const char *)expected->data, (int)found->size, (const char *)found->data);
    }
}

static void run_case(golden *g)
{
    nn_buffer quotes, mentions;
    nuncio_annotations found;
    nuncio_str text = nn_buffer_str(&g->text);
    while (text.size > 0 && text.data[text.size - 1] == '\n') {
        text.size--;
    }
    nuncio_article article = {
        .lang = nn_str_of(g->lang), .text = text, .title = nn_str_of(g->title)};
    nuncio_annotator_find_stances(g->annotator, g->wants_stances);
    assert_int_equal(nuncio_annotator_run(g->annotator, &article, &found, NULL), NUNCIO_OK);
    nn_buffer_init(&quotes, &g->memory);
    nn_buffer_init(&mentions, &g->memory);
    for (size_t i = 0; i < found.quote_count; i++) {
        append_quote(&quotes, &found.quotes[i], text);
    }
    for (size_t i = 0; i < found.mention_count; i++) {
        append_mention(&mentions, &found.mentions[i], text);
    }
    if (g->wants_mentions) {
        compare(g, "mentions", &g->mentions, &mentions);
    } else {
        compare(g, "quotes", &g->quotes, &quotes);
    }
    g->cases++;
    nn_buffer_deinit(&quotes);
    nn_buffer_deinit(&mentions);
}

static void begin_case(golden *g, char *heading)
{
    char *lang = strchr(heading, '[');
    snprintf(g->lang, sizeof g->lang, "%.2s", lang != NULL ? lang + 1 : "en");
    snprintf(g->name, sizeof g->name, "%s", heading);
    g->title[0] = '\0';
    g->wants_mentions = false;
    g->wants_stances = false;
    nn_buffer_clear(&g->text);
    nn_buffer_clear(&g->quotes);
    nn_buffer_clear(&g->mentions);
}

/** A line behind "--": a quote, "nobody", or a mention. */
static void read_expectation(golden *g, const char *line)
{
    const char *arrow = strstr(line, " <- ");
    if (arrow != NULL) {
        char mark[2] = {line[0], '\0'};
        g->wants_stances = g->wants_stances || line[0] == '~';
        nn_buffer_append_text(&g->quotes, mark);
        append_words(&g->quotes, nn_str(line + 1, (size_t)(arrow - line) - 2));
        nn_buffer_append_format(&g->quotes, "%s%s\n", mark, arrow);
        return;
    }
    if (strcmp(line, "no stance") == 0) {
        g->wants_stances = true;
        return;
    }
    g->wants_mentions = true;
    if (strcmp(line, "nobody") != 0) {
        nn_buffer_append_format(&g->mentions, "%s\n", line);
    }
}

static void run_file(golden *g, const char *name)
{
    char path[TEST_PATH_MAX];
    test_path(path, NUNCIO_GOLDEN, name);
    char *bytes = test_file_read(path, NULL);
    bool open = false, expecting = false;
    for (char *line = bytes, *next; line != NULL; line = next) {
        next = strchr(line, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        if (strncmp(line, "== ", 3) == 0) {
            if (open) {
                run_case(g);
            }
            begin_case(g, line + 3);
            open = true;
            expecting = false;
        } else if (strcmp(line, "--") == 0) {
            expecting = true;
        } else if (strncmp(line, "title: ", 7) == 0) {
            snprintf(g->title, sizeof g->title, "%s", line + 7);
        } else if (!expecting) {
            nn_buffer_append_format(&g->text, "%s\n", line);
        } else if (*line != '\0') {
            read_expectation(g, line);
        }
    }
    if (open) {
        run_case(g);
    }
    free(bytes);
}

static void test_golden(void **state)
{
    (void)state;
    static const char *const files[] = {"direct.txt",  "speakers.txt",  "reported.txt",
                                        "stances.txt", "languages.txt", "names.txt"};
    golden g = {0};
    nn_memory_init(&g.memory, NULL, 0);
    nn_buffer_init(&g.text, &g.memory);
    nn_buffer_init(&g.quotes, &g.memory);
    nn_buffer_init(&g.mentions, &g.memory);
    assert_int_equal(nuncio_annotator_create(NULL, &g.annotator, NULL), NUNCIO_OK);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        run_file(&g, files[i]);
    }
    nuncio_annotator_destroy(g.annotator);
    nn_buffer_deinit(&g.text);
    nn_buffer_deinit(&g.quotes);
    nn_buffer_deinit(&g.mentions);
    print_message("%zu cases\n", g.cases);
    assert_int_equal(g.failures, 0);
    assert_true(g.cases >= 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_golden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "reader.h"

/** Writes the spans found as "[words]" with o, c, g, r for a missing mark at either end, going on,
 * resuming. */
static void draw(const reader *r, char *to, size_t room)
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

static void test_examples(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"no marks", ""},
        {"“a b” c “d e”", "[a b][d e]"},
        {"\"a b\" c \"d e\"", "[a b][d e]"},
        {"„a b“ c „d e”", "[a b][d e]"},
        {"”a b” c", "[a b]"},
        {"« a b » c « d e »", "[a b][d e]"},
        {"»a b« c »d e«", "[a b][d e]"},
        {"「a b」c", "[a b]"},
        {"“a ‘b’ c”", "[a ‘b’ c]"},
        {"“a “b c” d” e", "[a “b c” d]"},
        {"« a “b” c »", "[a “b” c]"},
        {"“a b, he said. “c d”", "[a b]c[c d]"},
        {"“a b” c d,” he said", "[a b][c d,]o"},
        {"A b c,” he said", "[A b c,]o"},
        {"“a b c", "[a b c]c"},
        {"“a b\n\n“c d\n\n“e f”", "[a b]g[c d]gr[e f]r"},
        {"« a b\n\n» c d »", "[a b]g[c d]r"},
        {"“a b\n\nc d", "[a b]c"},
        {"“a b, he said.\n\n“c d”", "[a b]c[c d]"},
        {"A b c,“ he said", "[A b c,]o"},
        {"a 12\" pipe and a 6\" one", ""},
        {"\"it was 12\" he said", "[it was 12]"},
        {"» a b", ""},
        {"“”", ""},
        {"“ ” “a b”", "[a b]"},
        {"(“a b”)", "[a b]"},
        {"“…a b…”", "[…a b…]"},
        {"“a b”. “c d”.", "[a b][c d]"},
        {"“a b”“c d”", "[a b][c d]"},
    };
    reader r;
    reader_init(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char drawn[256];
        reader_words(&r, NN_LANGUAGE_EN, cases[i].text);
        assert_int_equal(nn_spans_find(&r.words, &r.spans, NULL), NUNCIO_OK);
        draw(&r, drawn, sizeof drawn);
        if (strcmp(drawn, cases[i].expected) != 0) {
            fail_msg("%s: expected %s, found %s", cases[i].text, cases[i].expected, drawn);
        }
    }
    reader_deinit(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reader.h"

static void test_examples(void **state)
{
    (void)state;
    static const reader_spans cases[] = {
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
    reader_expect_spans(cases, sizeof cases / sizeof *cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

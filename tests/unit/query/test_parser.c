/* SPDX-License-Identifier: Apache-2.0 */
/* Goal: whatever allocation of the parser is refused, for whatever kind of operand, it says so.
 * Method: an arena of one block and no memory for a second, of which less and less is taken before
 * the query comes, so that each allocation is in its turn the one that does not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/str.h"
#include "query/language/parser.h"

#include <nuncio/query.h>

#include <stdlib.h>
#include <string.h>

static const char *const queries[] = {
    "lavrov",
    "+visit -draft talks",
    "a AND b OR NOT c",
    "\"new start\"^2 (a b)^0.5",
    "(a^2)^3",
    "nego* lavrov~2 =\"New START\"",
    "a NEAR/4 \"b c\"",
    "PASSAGE(kyiv AND visit)",
    "title:(a b) title:c",
    "quote:(k l) speaker:\"Antony Blinken\"",
    "quote:word +speaker:b",
    "source:tass lang:EN-gb",
    "date:2023..2024-02-03 person:a place:b org:c entity:d",
};
enum { QUERIES = sizeof queries / sizeof queries[0], BLOCK = 4096, UNIT = 16 };

/* Memory as usual, but no second block of an arena. */
static void *alloc_but(void *context, size_t size)
{
    (void)context;
    return size == 2 * (size_t)BLOCK ? NULL : malloc(size);
}

static void *resize_but(void *context, void *block, size_t old_size, size_t new_size)
{
    (void)context;
    (void)old_size;
    return realloc(block, new_size);
}

static void release_but(void *context, void *block, size_t size)
{
    (void)context;
    (void)size;
    free(block);
}

static const nuncio_allocator one_block = {NULL, alloc_but, resize_but, release_but};

/** Parses with so many bytes of the arena's one block taken before. */
static nuncio_status parse_within(const char *text, uint32_t flags, size_t taken,
                                  nuncio_error *error)
{
    nn_memory memory;
    nn_arena arena;
    nn_node *root = NULL;
    nuncio_str canonical;
    nn_memory_init(&memory, &one_block, 0);
    nn_arena_init(&arena, &memory);
    assert_non_null(nn_arena_alloc(&arena, taken));
    nuncio_status status =
        nn_query_parse_text(nn_str_of(text), flags, &arena, &root, &canonical, error);
    assert_int_equal(status == NUNCIO_OK, root != NULL);
    nn_arena_clear(&arena);
    assert_int_equal(memory.used, 0);
    return status;
}

static void test_each_allocation(void **state)
{
    (void)state;
    uint32_t refused = 0, parsed = 0;
    for (size_t i = 0; i < 2 * QUERIES; i++) {
        const char *text = queries[i / 2];
        uint32_t flags = i % 2 == 0 ? 0 : NUNCIO_QUERY_PLAIN;
        for (size_t taken = UNIT; taken < BLOCK - 2 * UNIT; taken += UNIT) {
            nuncio_error error = {NUNCIO_OK, 0, "", ""};
            nuncio_status status =
                parse_within(text, flags, taken, taken % 32 == 0 ? NULL : &error);
            if (status != NUNCIO_OK && status != NUNCIO_ERR_MEMORY) {
                fail_msg("'%s', %zu bytes taken: %s", text, taken, error.message);
            }
            assert_true(taken % 32 == 0 || error.status == status);
            refused += status == NUNCIO_ERR_MEMORY;
            parsed += status == NUNCIO_OK;
        }
        assert_int_equal(parse_within(text, flags, UNIT, NULL), NUNCIO_OK);
        assert_int_equal(parse_within(text, flags, BLOCK - 3 * UNIT, NULL), NUNCIO_ERR_MEMORY);
    }
    assert_true(refused > 500 && parsed > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_allocation)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

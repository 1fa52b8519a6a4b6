/* SPDX-License-Identifier: Apache-2.0 */
#include "query/search_kit.h"

#include "core/error.h"

enum {
    WORDS_KEPT = 1 << 20, /* bytes: a kit whose analyzer holds more is not kept */
    ARENA_KEPT = 1 << 20  /* bytes of an arena that are */
};

static void destroy(nn_shelved *shelved)
{
    nn_search_kit *kit = (nn_search_kit *)shelved;
    nn_arena_clear(&kit->arena);
    nn_arena_clear(&kit->part_arena);
    nn_arena_clear(&kit->article_arena);
    nn_token_list_deinit(&kit->tokens, &kit->memory);
    nn_normaliser_deinit(&kit->normaliser);
    nn_analyzer_destroy(kit->analyzer);
    nuncio_allocator allocator = kit->memory.allocator;
    allocator.release(allocator.context, kit, sizeof *kit);
}

static nuncio_status create(const nuncio_allocator *allocator, uint64_t memory_max,
                            nn_search_kit **out, nuncio_error *error)
{
    nn_memory plain;
    nn_memory_init(&plain, allocator, 0);
    nn_search_kit *kit = nn_alloc(&plain, sizeof *kit); /* 12 KiB, most of them never touched */
    if (kit == NULL) {
        return nn_error_memory(error);
    }
    kit->shelved.destroy = destroy;
    kit->tokens = (nn_token_list){0};
    kit->passage_norms.made = kit->quote_norms.made = false;
    nn_memory_init(&kit->memory, allocator, memory_max);
    nn_arena_init(&kit->arena, &kit->memory);
    nn_arena_init(&kit->part_arena, &kit->memory);
    nn_arena_init(&kit->article_arena, &kit->memory);
    nn_normaliser_init(&kit->normaliser, &kit->memory);
    nuncio_status status = nn_analyzer_create(&kit->memory, &kit->analyzer, error);
    if (status != NUNCIO_OK) {
        destroy(&kit->shelved);
        return status;
    }
    *out = kit;
    return NUNCIO_OK;
}

nuncio_status nn_search_kit_take(const nuncio_snapshot *snapshot, uint64_t memory_max,
                                 nn_search_kit **out, nuncio_error *error)
{
    *out = memory_max == 0 ? (nn_search_kit *)nn_shelf_take(snapshot->shelf) : NULL;
    return *out == NULL ? create(&snapshot->memory.allocator, memory_max, out, error) : NUNCIO_OK;
}

void nn_search_kit_give_back(nn_search_kit *kit, const nuncio_snapshot *snapshot)
{
    if (kit->memory.max != 0 || nn_analyzer_memory_used(kit->analyzer) > WORDS_KEPT) {
        destroy(&kit->shelved);
        return;
    }
    nn_arena_keep(&kit->arena, ARENA_KEPT);
    nn_arena_keep(&kit->part_arena, ARENA_KEPT);
    nn_arena_keep(&kit->article_arena, ARENA_KEPT);
    nn_shelf_put(snapshot->shelf, &kit->shelved);
}

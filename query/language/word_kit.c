/* SPDX-License-Identifier: Apache-2.0 */
#include "query/language/word_kit.h"

#include "core/error.h"

enum { WORDS_KEPT = 1 << 16 /* an analyzer that holds more bytes of words is not kept */ };

static void destroy(nn_shelved *shelved)
{
    nn_word_kit *kit = (nn_word_kit *)shelved;
    nn_token_list_deinit(&kit->tokens, kit->memory);
    nn_analyzer_destroy(kit->analyzer);
    nuncio_allocator allocator = kit->own.allocator;
    allocator.release(allocator.context, kit, sizeof *kit);
}

static nuncio_status create(nn_memory *memory, nn_word_kit **out, nuncio_error *error)
{
    nn_memory plain;
    nn_memory_init(&plain, &memory->allocator, 0);
    nn_word_kit *kit = nn_alloc_array(&plain, 1, sizeof *kit);
    if (kit == NULL) {
        return nn_error_memory(error);
    }
    kit->shelved.destroy = destroy;
    nn_memory_init(&kit->own, &memory->allocator, 0);
    kit->memory = memory->max == 0 ? &kit->own : memory;
    nuncio_status status = nn_analyzer_create(kit->memory, &kit->analyzer, error);
    if (status != NUNCIO_OK) {
        destroy(&kit->shelved);
        return status;
    }
    *out = kit;
    return NUNCIO_OK;
}

nuncio_status nn_word_kit_take(const nuncio_snapshot *snapshot, nn_memory *memory,
                               nn_word_kit **out, nuncio_error *error)
{
    *out = memory->max == 0 ? (nn_word_kit *)nn_shelf_take(snapshot->shelf) : NULL;
    return *out == NULL ? create(memory, out, error) : NUNCIO_OK;
}

void nn_word_kit_give_back(nn_word_kit *kit, const nuncio_snapshot *snapshot)
{
    if (kit == NULL) {
        return;
    }
    if (kit->memory != &kit->own || nn_analyzer_memory_used(kit->analyzer) > WORDS_KEPT) {
        destroy(&kit->shelved);
        return;
    }
    nn_analyzer_reset(kit->analyzer);
    nn_shelf_put(snapshot->shelf, &kit->shelved);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What the planner asks of an override file, and the public face of it. */
#include "query/names/overrides.h"

#include "core/error.h"
#include "core/file.h"
#include "core/str.h"
#include "query/names/override_build.h"

#include <string.h>

/* ---- questions ---- */

uint32_t nn_overrides_find(const nuncio_overrides *overrides, const nn_name_form *form)
{
    char key[NN_OVERRIDE_KEY_ROOM];
    bool may = nn_overrides_has_key(overrides, form->key);
    size_t size = may ? nn_override_key(form, key) : 0;
    return size == 0 ? NN_OVERRIDE_NONE : nn_string_map_find(overrides->numbers, nn_str(key, size));
}

bool nn_overrides_has_key(const nuncio_overrides *overrides, nuncio_str key)
{
    return nn_string_map_find(overrides->keys, key) != NN_STRING_MAP_NONE;
}

bool nn_overrides_part(const nuncio_overrides *overrides, uint32_t a, uint32_t b)
{
    const nn_override_group *x = &overrides->groups[a];
    const nn_override_group *y = &overrides->groups[b];
    const nn_override_side *p = overrides->sides + x->side;
    const nn_override_side *q = overrides->sides + y->side;
    const nn_override_side *p_end = p + x->side_count;
    const nn_override_side *q_end = q + y->side_count;
    while (p < p_end && q < q_end) {
        if (p->split == q->split && p->side != q->side) {
            return true;
        }
        bool first = p->split < q->split;
        p += first;
        q += !first;
    }
    return false;
}

uint32_t nn_overrides_called(const nuncio_overrides *overrides, uint32_t name, uint32_t *first)
{
    uint32_t low = 0;
    uint32_t high = overrides->alias_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        bool before = overrides->aliases[middle].name < name;
        low = before ? middle + 1 : low;
        high = before ? high : middle;
    }
    *first = low;
    while (high < overrides->alias_count && overrides->aliases[high].name == name) {
        high++;
    }
    return high - low;
}

/* ---- from text to object ---- */

static nuncio_status fill(nuncio_overrides *overrides, nuncio_str text, const char *file,
                          nuncio_error *error)
{
    NN_TRY(nn_string_map_create(&overrides->memory, &overrides->numbers, error));
    NN_TRY(nn_string_map_create(&overrides->memory, &overrides->keys, error));
    return nn_overrides_build(overrides, text, file, error);
}

nuncio_status nuncio_overrides_parse(nuncio_str text, const char *file,
                                     const nuncio_allocator *allocator, nuncio_overrides **out,
                                     nuncio_error *error)
{
    *out = NULL;
    nn_memory memory;
    nn_memory_init(&memory, allocator, 0);
    nuncio_overrides *overrides = nn_alloc_array(&memory, 1, sizeof *overrides);
    if (overrides == NULL) {
        return nn_error_memory(error);
    }
    nn_memory_init(&overrides->memory, allocator, 0);
    nn_arena_init(&overrides->arena, &overrides->memory);
    nuncio_status status = fill(overrides, text, file == NULL ? "overrides" : file, error);
    if (status != NUNCIO_OK) {
        nuncio_overrides_destroy(overrides);
        return status;
    }
    *out = overrides;
    return NUNCIO_OK;
}

nuncio_status nuncio_overrides_read(const char *path, const nuncio_allocator *allocator,
                                    const nuncio_vfs *vfs, nuncio_overrides **out,
                                    nuncio_error *error)
{
    *out = NULL;
    nn_memory memory;
    nn_buffer buffer;
    nn_memory_init(&memory, allocator, 0);
    nn_buffer_init(&buffer, &memory);
    nuncio_status status = nn_file_read_all(vfs == NULL ? nuncio_vfs_default() : vfs, path,
                                            NN_OVERRIDES_BYTES_MAX, &buffer, error);
    if (status == NUNCIO_OK) {
        status = nuncio_overrides_parse(nn_buffer_str(&buffer), path, allocator, out, error);
    }
    nn_buffer_deinit(&buffer);
    return status;
}

void nuncio_overrides_destroy(nuncio_overrides *overrides)
{
    if (overrides == NULL) {
        return;
    }
    nn_string_map_destroy(overrides->numbers);
    nn_string_map_destroy(overrides->keys);
    nn_release(&overrides->memory, overrides->expected,
               overrides->expected_capacity * sizeof *overrides->expected);
    nn_arena_clear(&overrides->arena);
    nuncio_allocator allocator = overrides->memory.allocator;
    allocator.release(allocator.context, overrides, sizeof *overrides);
}

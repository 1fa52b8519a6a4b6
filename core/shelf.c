/* SPDX-License-Identifier: Apache-2.0 */
#include "core/shelf.h"

#include <stddef.h>

void nn_shelf_init(nn_shelf *shelf)
{
    for (size_t i = 0; i < NN_SHELF_ROOM; i++) {
        atomic_init(&shelf->objects[i], NULL);
    }
}

void nn_shelf_deinit(nn_shelf *shelf)
{
    for (size_t i = 0; i < NN_SHELF_ROOM; i++) {
        nn_shelved *object = atomic_exchange(&shelf->objects[i], NULL);
        if (object != NULL) {
            object->destroy(object);
        }
    }
}

nn_shelved *nn_shelf_take(nn_shelf *shelf)
{
    for (size_t i = 0; i < NN_SHELF_ROOM; i++) {
        nn_shelved *object = atomic_exchange(&shelf->objects[i], NULL);
        if (object != NULL) {
            return object;
        }
    }
    return NULL;
}

void nn_shelf_put(nn_shelf *shelf, nn_shelved *object)
{
    for (size_t i = 0; i < NN_SHELF_ROOM; i++) {
        nn_shelved *none = NULL;
        if (atomic_compare_exchange_strong(&shelf->objects[i], &none, object)) {
            return;
        }
    }
    object->destroy(object);
}

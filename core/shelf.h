/* SPDX-License-Identifier: Apache-2.0 */
/* A few objects of one kind that those who are done leave to those who come next, so that they are
 * not made each time. For any number of threads. */
#ifndef CORE_SHELF_H
#define CORE_SHELF_H

#include <stdatomic.h>

/** First member of what is put on a shelf. */
typedef struct nn_shelved {
    void (*destroy)(struct nn_shelved *object);
} nn_shelved;

enum { NN_SHELF_ROOM = 8 };
typedef struct nn_shelf {
    _Atomic(nn_shelved *) objects[NN_SHELF_ROOM];
} nn_shelf;

void nn_shelf_init(nn_shelf *shelf);
/** Destroys what is left on it. */
void nn_shelf_deinit(nn_shelf *shelf);
/** Takes one; NULL when there is none. */
nn_shelved *nn_shelf_take(nn_shelf *shelf);
/** Puts one there; where there is no room it is destroyed. */
void nn_shelf_put(nn_shelf *shelf, nn_shelved *object);

#endif

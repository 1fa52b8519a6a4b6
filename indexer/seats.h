/* SPDX-License-Identifier: Apache-2.0 */
/* Who builds what, and what they do when the memory is used up: they wait for each other.
 *
 *   thread A  ── builds ─────────────── writes ──► done
 *   thread B  ── builds ── asks, waits ───────────────┴──► goes on
 *
 * A thread that asks for more than there is waits until another has released enough. When all wait,
 * the one whose batch is youngest is refused instead: it gives up what it holds but the batch,
 * which is built again when the others are done. So the oldest batch always gets on; how threads
 * happen to run decides how long a build takes, never whether it succeeds or what it writes. Only
 * one at a time may forget the texts of its batch, without which nothing can be built again. */
#ifndef INDEXER_SEATS_H
#define INDEXER_SEATS_H

#include "core/memory.h"

#include <pthread.h>

struct nn_builder;

/** A thread's place. */
typedef struct nn_seat {
    struct nn_builder *builder; /* its tables; NULL: made when needed */
    pthread_t thread;           /* that is at it, */
    uint64_t order;             /* and the order of its batch, where it is busy */
    bool busy, waits;
    bool refused; /* is to give up */
    bool last;    /* has forgotten its texts */
} nn_seat;

typedef struct nn_seats {
    nn_memory_shortage shortage; /* first: it is given to the memory */
    nn_memory *memory;
    nn_seat *items;
    uint32_t count;
    bool has_lock;
    pthread_mutex_t lock;
    pthread_cond_t changed;
} nn_seats;

/** Makes seats for threads that use `memory`, and has it wait. Zeroed before; nn_seats_deinit may
 * be called after a failure too. */
NUNCIO_NODISCARD nuncio_status nn_seats_init(nn_seats *seats, nn_memory *memory, uint32_t count,
                                             nuncio_error *error);
/** Also frees the tables. No seat may be busy. */
void nn_seats_deinit(nn_seats *seats);
/** Frees the tables of all seats, none of which may be busy. */
void nn_seats_clear(nn_seats *seats);

/** The calling thread begins to build the batch that was given as number `order`. */
nn_seat *nn_seats_sit(nn_seats *seats, uint32_t number, uint64_t order);
void nn_seats_leave(nn_seats *seats, nn_seat *seat);
/** Whether the calling thread may forget what it would need to begin again. NULL is allowed: it
 * may. */
bool nn_seats_may_forget(nn_seats *seats);

#endif

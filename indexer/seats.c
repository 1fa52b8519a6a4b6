/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/seats.h"

#include "core/error.h"
#include "indexer/builder.h"

/* The seat of the calling thread, or NULL. */
static nn_seat *own_seat(const nn_seats *seats)
{
    for (uint32_t i = 0; i < seats->count; i++) {
        nn_seat *seat = &seats->items[i];
        if (seat->busy && pthread_equal(seat->thread, pthread_self()) != 0) {
            return seat;
        }
    }
    return NULL;
}

/* Whether one of the others may still release something. */
static bool others_run(const nn_seats *seats, const nn_seat *own)
{
    for (uint32_t i = 0; i < seats->count; i++) {
        const nn_seat *seat = &seats->items[i];
        if (seat != own && seat->busy && (!seat->waits || seat->refused)) {
            return true;
        }
    }
    return false;
}

/* Who gives up when all wait: the youngest that can begin again. */
static nn_seat *youngest(const nn_seats *seats)
{
    nn_seat *found = NULL;
    for (uint32_t i = 0; i < seats->count; i++) {
        nn_seat *seat = &seats->items[i];
        if (seat->busy && !seat->last && (found == NULL || seat->order > found->order)) {
            found = seat;
        }
    }
    return found;
}

/* All who wait look again. From here on they count as running: they may find enough. */
static void wake(nn_seats *seats)
{
    for (uint32_t i = 0; i < seats->count; i++) {
        seats->items[i].waits = false;
    }
    (void)pthread_cond_broadcast(&seats->changed);
}

/* Frees the tables of a thread that has nothing to do; false when there are none. */
static bool free_idle(nn_seats *seats)
{
    for (uint32_t i = 0; i < seats->count; i++) {
        nn_seat *seat = &seats->items[i];
        if (!seat->busy && seat->builder != NULL) {
            nn_builder *builder = seat->builder;
            seat->builder = NULL;
            (void)pthread_mutex_unlock(&seats->lock); /* releasing wakes who waits */
            nn_builder_destroy(builder);
            (void)pthread_mutex_lock(&seats->lock);
            return true;
        }
    }
    return false;
}

static bool fits(const nn_seats *seats, uint64_t size)
{
    uint64_t used = atomic_load(&seats->memory->used), max = seats->memory->max;
    return used <= max && size <= max - used;
}

/* Under the lock. */
static bool wait_for(nn_seats *seats, nn_seat *own, uint64_t size)
{
    while (!fits(seats, size)) {
        if (own != NULL && own->refused) {
            return false;
        }
        if (free_idle(seats)) {
            continue;
        }
        if (!others_run(seats, own)) {
            nn_seat *refused = own == NULL ? NULL : youngest(seats);
            if (refused == NULL || refused == own) {
                return false;
            }
            refused->refused = true;
            wake(seats);
        }
        if (own != NULL) {
            own->waits = true;
        }
        (void)pthread_cond_wait(&seats->changed, &seats->lock);
    }
    return true;
}

static bool wait(nn_memory_shortage *shortage, uint64_t size)
{
    nn_seats *seats = (nn_seats *)(void *)shortage;
    (void)pthread_mutex_lock(&seats->lock);
    (void)atomic_fetch_add(&shortage->waiting, 1);
    bool there = wait_for(seats, own_seat(seats), size);
    (void)atomic_fetch_sub(&shortage->waiting, 1);
    (void)pthread_mutex_unlock(&seats->lock);
    return there;
}

static void released(nn_memory_shortage *shortage)
{
    nn_seats *seats = (nn_seats *)(void *)shortage;
    (void)pthread_mutex_lock(&seats->lock);
    wake(seats);
    (void)pthread_mutex_unlock(&seats->lock);
}

nuncio_status nn_seats_init(nn_seats *seats, nn_memory *memory, uint32_t count, nuncio_error *error)
{
    seats->memory = memory;
    seats->items = (nn_seat *)nn_alloc_array(memory, count, sizeof *seats->items);
    if (seats->items == NULL) {
        return nn_error_memory(error);
    }
    seats->count = count;
    if (pthread_mutex_init(&seats->lock, NULL) != 0) {
        return nn_error_memory(error);
    }
    if (pthread_cond_init(&seats->changed, NULL) != 0) {
        (void)pthread_mutex_destroy(&seats->lock);
        return nn_error_memory(error);
    }
    seats->has_lock = true;
    seats->shortage.wait = wait;
    seats->shortage.released = released;
    atomic_init(&seats->shortage.waiting, 0);
    memory->shortage = &seats->shortage;
    return NUNCIO_OK;
}

void nn_seats_clear(nn_seats *seats)
{
    for (uint32_t i = 0; i < seats->count; i++) {
        nn_builder_destroy(seats->items[i].builder);
        seats->items[i].builder = NULL;
    }
}

void nn_seats_deinit(nn_seats *seats)
{
    if (seats->memory == NULL) {
        return;
    }
    nn_seats_clear(seats);
    seats->memory->shortage = NULL;
    if (seats->has_lock) {
        (void)pthread_cond_destroy(&seats->changed);
        (void)pthread_mutex_destroy(&seats->lock);
        seats->has_lock = false;
    }
    nn_release(seats->memory, seats->items, seats->count * sizeof *seats->items);
    seats->items = NULL;
    seats->count = 0;
}

nn_seat *nn_seats_sit(nn_seats *seats, uint32_t number, uint64_t order)
{
    nn_seat *seat = &seats->items[number];
    (void)pthread_mutex_lock(&seats->lock);
    seat->thread = pthread_self();
    seat->order = order;
    seat->busy = true;
    seat->waits = seat->refused = seat->last = false;
    (void)pthread_mutex_unlock(&seats->lock);
    return seat;
}

void nn_seats_leave(nn_seats *seats, nn_seat *seat)
{
    (void)pthread_mutex_lock(&seats->lock);
    seat->busy = false;
    wake(seats);
    (void)pthread_mutex_unlock(&seats->lock);
}

bool nn_seats_may_forget(nn_seats *seats)
{
    if (seats == NULL) {
        return true;
    }
    bool may = true;
    (void)pthread_mutex_lock(&seats->lock);
    nn_seat *own = own_seat(seats);
    for (uint32_t i = 0; i < seats->count; i++) {
        may = may && (&seats->items[i] == own || !seats->items[i].busy || !seats->items[i].last);
    }
    if (own != NULL) {
        own->last = may;
    }
    (void)pthread_mutex_unlock(&seats->lock);
    return may;
}

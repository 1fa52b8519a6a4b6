/* SPDX-License-Identifier: Apache-2.0 */
#include "refusing_new.h"

#include <cstdlib>
#include <new>

static uint64_t countdown;
static bool refused;

extern "C" void refuse_new(uint64_t n)
{
    countdown = n;
    refused = false;
}

extern "C" bool new_was_refused(void)
{
    return refused;
}

static void *take(std::size_t size)
{
    if (countdown > 0 && --countdown == 0) {
        refused = true;
        return nullptr;
    }
    return std::malloc(size);
}

void *operator new(std::size_t size, const std::nothrow_t &) noexcept
{
    return take(size);
}

void *operator new[](std::size_t size, const std::nothrow_t &) noexcept
{
    return take(size);
}

void *operator new(std::size_t size)
{
    void *memory = std::malloc(size);
    if (memory == nullptr) {
        std::abort();
    }
    return memory;
}

void *operator new[](std::size_t size)
{
    return operator new(size);
}

void operator delete(void *memory) noexcept
{
    std::free(memory);
}

void operator delete[](void *memory) noexcept
{
    std::free(memory);
}

void operator delete(void *memory, std::size_t) noexcept
{
    std::free(memory);
}

void operator delete[](void *memory, std::size_t) noexcept
{
    std::free(memory);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Assertions are for our mistakes, never for bad input. */
#ifndef CORE_ASSERT_H
#define CORE_ASSERT_H

#include <assert.h>

/** True unless nuncio has a bug; off in release builds. */
#define NN_ASSERT(condition) assert(condition)
#define NN_STATIC_ASSERT(condition, text) _Static_assert(condition, text)

#endif

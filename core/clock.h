/* SPDX-License-Identifier: Apache-2.0 */
/* Monotonic time and deadlines. */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <nuncio/common.h>

uint64_t nn_clock_ns(void);

#endif

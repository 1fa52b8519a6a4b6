/* SPDX-License-Identifier: Apache-2.0 */
/* Which body of a kernel runs is the processor's choice, so that a test would see one of three. In
 * the builds for tests NUNCIO_TEST_CPU takes away what newer processors have: 0 leaves what all
 * have, 1 AVX2. */
#include "core/cpu.h"

#include <stdlib.h>

#ifdef NN_CPU_CHOSEN
static int chosen = 2;

__attribute__((constructor)) static void choose(void)
{
    const char *given = getenv("NUNCIO_TEST_CPU");
    if (given != NULL) {
        chosen = given[0] - '0';
    }
}

int nn_cpu_choice(void)
{
    return chosen;
}
#endif

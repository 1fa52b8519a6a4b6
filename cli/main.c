/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"

#include <malloc.h>

int main(int argc, char **argv)
{
#ifdef __GLIBC__
    /* Large blocks go back to the system when they are released. Left alone, glibc raises the size
     * from which they do with each, and every thread keeps what it once had: 294 MiB of 256. */
    (void)mallopt(M_MMAP_THRESHOLD, 128 << 10);
#endif
    return nn_program_run(argc, argv);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t noted;

static void note(int signal_number)
{
    noted = signal_number;
}

void nn_interrupt_catch(void)
{
    static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = note, .sa_flags = (int)SA_RESETHAND};
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction before;
        bool ignored = sigaction(caught[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN;
        if (!ignored) { /* nohup means it */
            (void)sigaction(caught[i], &action, NULL);
        }
    }
}

int nn_interrupt_signal(void)
{
    return noted;
}

bool nn_interrupt_stop(void *context)
{
    (void)context;
    return noted != 0;
}

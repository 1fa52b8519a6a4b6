/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/human.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char *nn_human_count(uint64_t count, char to[NN_HUMAN_ROOM])
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    size_t used = 0;
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0) {
            to[used++] = ',';
        }
        to[used++] = digits[i];
    }
    to[used] = '\0';
    return to;
}

const char *nn_human_number_of(uint64_t count, const char *unit, char to[NN_HUMAN_ROOM])
{
    nn_human_count(count, to);
    size_t used = strlen(to);
    (void)snprintf(to + used, NN_HUMAN_ROOM - used, " %s%s", unit, count == 1 ? "" : "s");
    return to;
}

const char *nn_human_bytes(uint64_t bytes, char to[NN_HUMAN_ROOM])
{
    static const char *const units[] = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};
    double value = (double)bytes;
    size_t unit = 0;
    while (value >= 999.5 && unit + 1 < sizeof units / sizeof units[0]) {
        value /= 1000;
        unit++;
    }
    int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    (void)snprintf(to, NN_HUMAN_ROOM, "%.*f %s", decimals, value, units[unit]);
    return to;
}

const char *nn_human_seconds(double seconds, char to[NN_HUMAN_ROOM])
{
    if (!(seconds >= 0 && seconds < 1e7)) { /* also what is not a number */
        (void)snprintf(to, NN_HUMAN_ROOM, "a long time");
    } else if (seconds < 60) {
        (void)snprintf(to, NN_HUMAN_ROOM, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    } else if (seconds < 3600) {
        unsigned whole = (unsigned)seconds;
        (void)snprintf(to, NN_HUMAN_ROOM, "%u:%02u", whole / 60, whole % 60);
    } else {
        unsigned whole = (unsigned)seconds;
        (void)snprintf(to, NN_HUMAN_ROOM, "%u:%02u:%02u", whole / 3600, whole / 60 % 60,
                       whole % 60);
    }
    return to;
}

double nn_seconds_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/edit.h"

/* What both begin with is never worth an edit, so the first edit stands where they differ first:
 * three ways on from there, and at most `max` times. */
bool nn_edit_within(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                    uint32_t max)
{
    while (a_count > 0 && b_count > 0 && *a == *b) {
        a++;
        b++;
        a_count--;
        b_count--;
    }
    if (a_count == 0 || b_count == 0) {
        return a_count + b_count <= max;
    }
    if (max == 0) {
        return false;
    }
    return nn_edit_within(a + 1, a_count - 1, b + 1, b_count - 1, max - 1) ||
           nn_edit_within(a + 1, a_count - 1, b, b_count, max - 1) ||
           nn_edit_within(a, a_count, b + 1, b_count - 1, max - 1);
}

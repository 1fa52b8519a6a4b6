/* SPDX-License-Identifier: Apache-2.0 */
#include "tensor.h"

#include <math.h>

#include "common.h"

void tensor_init(tensor *t, size_t rows, size_t width, float scale, bool sparse, prng *random)
{
    *t = (tensor){.size = rows * width, .width = sparse ? (uint32_t)width : 0};
    t->value = zeroed(t->size, sizeof(float));
    t->gradient = zeroed(t->size, sizeof(float));
    t->first = zeroed(t->size, sizeof(float));
    t->second = zeroed(t->size, sizeof(float));
    t->sum = zeroed(t->size, sizeof(float));
    for (size_t i = 0; i < t->size && scale > 0; i++) {
        t->value[i] = scale * prng_normal(random);
    }
    if (sparse) {
        t->touched = zeroed(rows, sizeof *t->touched);
        t->is_touched = zeroed(rows, 1);
    }
}

void tensor_touch(tensor *t, uint32_t row)
{
    if (!t->is_touched[row]) {
        t->is_touched[row] = 1;
        t->touched[t->touched_count++] = row;
    }
}

static void step_values(tensor *t, size_t from, size_t count, float rate, float decay, float fix1,
                        float fix2)
{
    for (size_t i = from; i < from + count; i++) {
        float g = t->gradient[i];
        t->first[i] = 0.9f * t->first[i] + 0.1f * g;
        t->second[i] = 0.999f * t->second[i] + 0.001f * g * g;
        float step = t->first[i] * fix1 / (sqrtf(t->second[i] * fix2) + 1e-7f);
        t->value[i] -= rate * (step + decay * t->value[i]);
        t->gradient[i] = 0;
    }
}

void tensor_step(tensor *t, uint64_t steps, float rate, float decay)
{
    float fix1 = 1.0f / (1.0f - powf(0.9f, (float)steps));
    float fix2 = 1.0f / (1.0f - powf(0.999f, (float)steps));
    if (t->width == 0) {
        step_values(t, 0, t->size, rate, decay, fix1, fix2);
        return;
    }
    for (size_t i = 0; i < t->touched_count; i++) {
        uint32_t row = t->touched[i];
        step_values(t, (size_t)row * t->width, t->width, rate, decay, fix1, fix2);
        t->is_touched[row] = 0;
    }
    t->touched_count = 0;
}

void tensor_collect(tensor *t)
{
    for (size_t i = 0; i < t->size; i++) {
        t->sum[i] += t->value[i];
    }
}

void tensor_take_mean(tensor *t, uint32_t times)
{
    for (size_t i = 0; i < t->size; i++) {
        t->value[i] = t->sum[i] / (float)times;
    }
}

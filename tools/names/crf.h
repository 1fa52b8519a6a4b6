/* SPDX-License-Identifier: Apache-2.0 */
/* The chain over the tags of a run of scored words, with labels that may leave tags open. */
#ifndef TOOLS_NAMES_CRF_H
#define TOOLS_NAMES_CRF_H

#include "net.h"

/** True when tag `to` may follow tag `from` (TAGS stands for the start of a run). */
bool crf_follows(uint32_t from, uint32_t to);

/** Adds the loss of the words [begin, end) and its gradients by score and chain.
 *
 * loss = log(sum over all tag sequences) - log(sum over those that `allowed` admits) */
double crf_loss(const float *scores, const uint16_t *allowed, uint32_t begin, uint32_t end,
                const tensor *chain, float *score_gradient, float *chain_gradient);

/** The best tags of the words [begin, end). */
void crf_best(const float *scores, uint32_t begin, uint32_t end, const tensor *chain,
              uint8_t *tags);

#endif

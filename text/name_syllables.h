/* SPDX-License-Identifier: Apache-2.0 */
/* Syllables of Chinese and Korean names as they are romanised: pinyin, Wade-Giles, Revised and
 * McCune-Reischauer, Cantonese and Hokkien as in use.
 *
 *   Jinping → jin|ping     En-lai → en, lai     Jong-un → jong, un     Philby → none
 */
#ifndef TEXT_NAME_SYLLABLES_H
#define TEXT_NAME_SYLLABLES_H

#include <nuncio/common.h>

/** How many syllables a folded word is: 1 or 2; 0 when it is none or more. */
uint32_t nn_name_syllables(nuncio_str folded);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* cld2 is C++; this is all of it that C sees. */
#ifndef TEXT_CLD2_WRAPPER_H
#define TEXT_CLD2_WRAPPER_H

#ifdef __cplusplus
extern "C" {
#endif

/** ISO 639-1 code of the language of `size` bytes of plain text, or NULL when cld2 is not sure of
 * it. */
const char *nn_cld2_detect(const char *text, int size);

#ifdef __cplusplus
}
#endif
#endif

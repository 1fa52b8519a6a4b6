/* SPDX-License-Identifier: Apache-2.0 */
#include "text/cld2_wrapper.h"

#include <cstdio> /* compact_lang_det.h uses FILE without it */

#include <cld2/public/compact_lang_det.h>

extern "C" const char *nn_cld2_detect(const char *text, int size)
{
    try {
        bool is_reliable = false;
        CLD2::Language language = CLD2::DetectLanguage(text, size, true, &is_reliable);
        return is_reliable ? CLD2::LanguageCode(language) : nullptr;
    } catch (...) { /* no memory */
        return nullptr;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "text/name_syllables.h"

#include "core/str.h"

#include <string.h>

static const char *const INITIALS[] = {
    "",   "b",  "p",  "ph", "m",   "f", "d",  "t",  "ts", "tz", "n",  "ng", "l", "g",  "gw",
    "gy", "k",  "kh", "kw", "ky",  "h", "hs", "hw", "hy", "j",  "q",  "x",  "z", "zh", "c",
    "ch", "sh", "s",  "r",  "tch", "y", "w",  "by", "py", "my", "ny", "ry", NULL};

static const char *const FINALS[] = {
    "a",    "ae",  "aek",  "aeng", "ah",  "ai",  "ak",   "al",  "am",  "an",   "ang", "ao",  "ap",
    "at",   "au",  "e",    "ee",   "eh",  "ei",  "ek",   "el",  "en",  "eng",  "eo",  "eok", "eol",
    "eom",  "eon", "eong", "eou",  "er",  "erh", "eul",  "eum", "eun", "eung", "ew",  "i",   "ia",
    "iang", "iao", "ie",   "ieh",  "ien", "ian", "ih",   "ik",  "il",  "im",   "in",  "ing", "io",
    "iong", "it",  "iu",   "iung", "o",   "oe",  "ok",   "ol",  "om",  "on",   "ong", "oo",  "ook",
    "oon",  "ou",  "u",    "ua",   "uai", "uan", "uang", "ue",  "ueh", "uei",  "uen", "uh",  "ui",
    "uk",   "ul",  "um",   "un",   "ung", "uo",  "up",   "ut",  NULL};

static bool is_among(const char *text, size_t size, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strlen(*list) == size && memcmp(*list, text, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_syllable(const char *text, size_t size)
{
    enum { INITIAL_BYTES = 3, FINAL_BYTES = 4 };
    for (size_t cut = 0; cut <= INITIAL_BYTES && cut < size; cut++) {
        if (size - cut <= FINAL_BYTES && is_among(text, cut, INITIALS) &&
            is_among(text + cut, size - cut, FINALS)) {
            return true;
        }
    }
    return false;
}

uint32_t nn_name_syllables(nuncio_str folded)
{
    enum { BYTES_MAX = 14 };
    if (folded.size == 0 || folded.size > BYTES_MAX) {
        return 0;
    }
    if (is_syllable(folded.data, folded.size)) {
        return 1;
    }
    for (size_t cut = 1; cut < folded.size; cut++) {
        if (is_syllable(folded.data, cut) && is_syllable(folded.data + cut, folded.size - cut)) {
            return 2;
        }
    }
    return 0;
}

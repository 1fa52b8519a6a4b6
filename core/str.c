/* SPDX-License-Identifier: Apache-2.0 */
#include "core/str.h"

int nn_str_compare(nuncio_str a, nuncio_str b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bool nn_str_starts_with(nuncio_str text, nuncio_str prefix)
{
    return text.size >= prefix.size &&
           (prefix.size == 0 || memcmp(text.data, prefix.data, prefix.size) == 0);
}

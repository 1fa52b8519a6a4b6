/* SPDX-License-Identifier: Apache-2.0 */
/* Small helpers on text views. */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <nuncio/common.h>
#include <string.h>

static inline nuncio_str nn_str(const char *data, size_t size)
{
    nuncio_str s = {data, size};
    return s;
}
/** View of a NUL-terminated string; NULL gives absent. */
static inline nuncio_str nn_str_of(const char *text)
{
    return nn_str(text, text == NULL ? 0 : strlen(text));
}
static inline bool nn_str_equal(nuncio_str a, nuncio_str b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
/** Byte order, shorter first on a common prefix: < 0, 0, > 0. */
int nn_str_compare(nuncio_str a, nuncio_str b);
bool nn_str_starts_with(nuncio_str text, nuncio_str prefix);

#endif

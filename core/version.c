/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/common.h>

enum { FORMAT_VERSION = 6 };

const char *nuncio_version(void)
{
    return NN_VERSION_TEXT;
}

uint32_t nuncio_format_version(void)
{
    return FORMAT_VERSION;
}

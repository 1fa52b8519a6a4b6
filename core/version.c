/* SPDX-License-Identifier: Apache-2.0 */
#include <nuncio/common.h>

const char *nuncio_version(void)
{
    return "0.1.0";
}

uint32_t nuncio_format_version(void)
{
    return 1;
}

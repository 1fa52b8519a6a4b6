/* SPDX-License-Identifier: Apache-2.0 */
/* Which spans are speech, whose, and by which word. */
#ifndef ANNOTATE_QUOTES_H
#define ANNOTATE_QUOTES_H

#include "annotate/spans.h"

typedef struct nn_quote_list {
    nuncio_quote *items;
    size_t count, capacity;
} nn_quote_list;

#endif

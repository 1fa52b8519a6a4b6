/* SPDX-License-Identifier: Apache-2.0 */
/* Which names of an archive a filter is true of: those that hold its words and, unless variants are
 * off, those that are other forms of what it names.
 *
 *   person:"Sergey Lavrov"
 *     holds the words        Sergey Lavrov, Foreign Minister Sergey Lavrov           exact
 *     the same entity        Sergei Lavrov, S. Lavrov, Lavrov (where he alone can be meant)
 */
#ifndef QUERY_NAMED_H
#define QUERY_NAMED_H

#include "query/language/node.h"
#include "query/run.h"
#include "segment/annotations/names.h"

/** The names of a segment, and the articles that hold them. */
typedef struct nn_named_part {
    uint64_t *names;        /* a bit a name: the filter is true of it; NULL: of none */
    uint64_t *worded_names; /* likewise: it holds the words, maybe spelt otherwise */
    uint64_t *articles;     /* a bit an article: such a name stands in it; NULL: not marked yet */
    uint64_t *exact_ones;   /* likewise: one that holds the words as they were written */
    uint32_t article_count; /* bits set in `articles` */
} nn_named_part;

/** A form that the filter is true of, for people. */
typedef struct nn_named_form {
    nuncio_str text;
    nuncio_entity_type type;
    uint64_t articles; /* live ones that hold it */
    bool exact;
} nn_named_form;

typedef struct nn_named {
    nn_named_part *parts;       /* by part of the snapshot */
    const nn_named_form *forms; /* exact ones first, then commonest first; where run->lists_names */
    uint32_t form_count;
    /* What overrides changed, where the search explains itself: forms that are there, or are not,
     * because of them. */
    const nn_named_form *joined, *left;
    uint32_t joined_count, left_count;
} nn_named;

/** Finds them with the overrides of the search; the result lives in run->arena. */
NUNCIO_NODISCARD nuncio_status nn_named_find(nn_run *run, const nn_filter *filter, nn_named **out);
/** Whether a name that holds the words of a filter holds them as they were written. */
NUNCIO_NODISCARD nuncio_status nn_named_is_exact(nn_run *run, const nn_filter *filter,
                                                 nuncio_str text, bool *exact);
/** Whether the filter is true of a name of the part. */
static inline bool nn_named_has(const nn_named_part *part, uint32_t name)
{
    return part->names != NULL && (part->names[name / 64] >> name % 64 & 1) != 0;
}

#endif

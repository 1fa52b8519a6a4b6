/* SPDX-License-Identifier: Apache-2.0 */
/* Deleted articles of a segment, and what that takes off each term's df: one small immutable file,
 * written anew when more is deleted. Live df = df in the dictionary - deduction, so ranking never
 * depends on merges. */
#ifndef SEGMENT_DELETES_H
#define SEGMENT_DELETES_H

#include "segment/segment.h"

typedef struct nn_deletes nn_deletes;

/** What to take off a term (by its ordinal in the segment). */
typedef struct nn_df_deduction {
    uint32_t ordinal;
    uint32_t passages, articles, quotes;
} nn_df_deduction;

/** Facts of what is deleted. */
typedef struct nn_deletes_info {
    uint32_t articles, passages;
    uint64_t tokens;
    uint64_t quotes, quote_tokens, mentions, raw_text_bytes;
} nn_deletes_info;

/** Writes the file. `articles` ascending, `deductions` ascending by ordinal. `name` (≥ 64 bytes)
 * gets its name. */
NUNCIO_NODISCARD nuncio_status nn_deletes_write(
    const nuncio_vfs *vfs, nn_memory *memory, const char *directory, uint32_t article_count,
    const uint32_t *articles, uint32_t deleted_count, const nn_df_deduction *deductions,
    uint32_t deduction_count, const nn_deletes_info *info, char *name, nuncio_error *error);
NUNCIO_NODISCARD nuncio_status nn_deletes_open(const nuncio_vfs *vfs, nn_memory *memory,
                                               const char *directory, const char *name,
                                               uint32_t article_count, nn_deletes **out,
                                               nuncio_error *error);
void nn_deletes_close(nn_deletes *deletes);
const nn_deletes_info *nn_deletes_info_of(const nn_deletes *deletes);
/** What the name of its file is made of: a hash of the file. */
nn_hash128 nn_deletes_hash(const nn_deletes *deletes);
/** Bytes of the file. */
uint64_t nn_deletes_size(const nn_deletes *deletes);
/** The live article that has `number` (< live articles) live ones before it. */
uint32_t nn_deletes_live(const nn_deletes *deletes, uint32_t number);
bool nn_deletes_has(const nn_deletes *deletes, uint32_t article);
/** The deduction of a term; zeros when it has none. */
nn_df_deduction nn_deletes_deduction(const nn_deletes *deletes, uint32_t ordinal);
/** All deductions, ascending by ordinal. */
const nn_df_deduction *nn_deletes_deductions(const nn_deletes *deletes, uint32_t *count);

#endif

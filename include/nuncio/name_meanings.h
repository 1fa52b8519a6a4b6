/* SPDX-License-Identifier: Apache-2.0 */
/* What names of an article mean in the whole archive, outside of hits, which say it themselves. */
#ifndef NUNCIO_NAME_MEANINGS_H
#define NUNCIO_NAME_MEANINGS_H

#include <nuncio/hits.h>
#include <nuncio/search.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Says what each of `count` names means: meanings[i] is of names[i], of which only `name` and
 * `type` are read. A name that no live article has means nothing, as does one that overrides
 * ignore.
 *
 * Cost: about 50 µs for each distinct name. The views of `meanings` live with the snapshot and the
 * overrides. Threads: any number at once.
 * @param[in] options of a search: its overrides, variants and bounds on work; NULL for the defaults
 * @retval NUNCIO_ERR_CORRUPT the index is damaged where names are looked up
 * @retval others             as nuncio_search
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_name_meanings(
    const nuncio_snapshot *snapshot, const nuncio_search_options *options,
    const nuncio_mention *names, size_t count, nuncio_hit_entity *meanings, nuncio_error *error);

#ifdef __cplusplus
}
#endif
#endif

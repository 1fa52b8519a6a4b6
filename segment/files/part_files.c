/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/files/part_files.h"

#include "core/error.h"
#include "segment/files/file_name.h"

static nuncio_status check_name(nn_hash128 hash, const char *suffix, const char *name,
                                nuncio_error *error)
{
    if (nn_file_name_is(name, hash, suffix)) {
        return NUNCIO_OK;
    }
    return nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                         "it holds what another file of the index should: restore it or index "
                         "again");
}

static nuncio_status open_deletes(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                                  const nn_manifest_entry *entry, nn_part_files *files,
                                  nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(files->segment);
    NN_TRY(nn_deletes_open(vfs, memory, directory, entry->deletes, info->article_count,
                           &files->deletes, error));
    NN_TRY(check_name(nn_deletes_hash(files->deletes), NN_SUFFIX_DELETES, entry->deletes, error));
    const nn_deletes_info *gone = nn_deletes_info_of(files->deletes);
    if (gone->passages > info->passage_count || gone->tokens > info->token_count ||
        gone->quotes > info->quote_count || gone->mentions > info->mention_count ||
        gone->raw_text_bytes > info->raw_text_bytes) {
        return nn_error_file(error, NUNCIO_ERR_CORRUPT, entry->deletes, 0,
                             "the file is damaged: more is deleted than there is");
    }
    return NUNCIO_OK;
}

nuncio_status nn_part_files_open(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                                 const nn_manifest_entry *entry, nn_part_files *out,
                                 nuncio_error *error)
{
    *out = (nn_part_files){NULL, NULL};
    NN_TRY(nn_segment_open(vfs, memory, directory, entry->segment, &out->segment, error));
    nuncio_status status =
        check_name(nn_segment_hash(out->segment), NN_SUFFIX_SEGMENT, entry->segment, error);
    if (status == NUNCIO_OK && entry->deletes[0] != '\0') {
        status = open_deletes(vfs, memory, directory, entry, out, error);
    }
    if (status != NUNCIO_OK) {
        nn_part_files_close(out);
    }
    return status;
}

void nn_part_files_close(nn_part_files *files)
{
    nn_segment_close(files->segment);
    nn_deletes_close(files->deletes);
    *files = (nn_part_files){NULL, NULL};
}

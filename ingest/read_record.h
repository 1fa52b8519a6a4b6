/* SPDX-License-Identifier: Apache-2.0 */
/* A record -> a draft: JSON or plain text. */
#ifndef INGEST_READ_RECORD_H
#define INGEST_READ_RECORD_H

#include "core/buffer.h"
#include "ingest/draft.h"
#include "ingest/splitter.h"

/** What reading records needs and keeps from one to the next. */
typedef struct nn_record_reader {
    nn_json *json;
    nn_buffer text;  /* a repaired record */
    nn_buffer extra; /* a sidecar file */
} nn_record_reader;

NUNCIO_NODISCARD nuncio_status nn_record_reader_init(nn_record_reader *reader, nn_memory *memory,
                                                     nuncio_error *error);
void nn_record_reader_deinit(nn_record_reader *reader);

/** Reads a JSON object. The draft has been reset; what is wrong becomes its problems. */
NUNCIO_NODISCARD nuncio_status nn_read_json_record(nn_record_reader *reader,
                                                   const nn_record *record,
                                                   const nn_ingest_options *options,
                                                   nn_draft *draft, nuncio_error *error);

/**
 * Reads a plain text: its first line is the title, unless it is too long for one.
 *
 * @param[in] name     the path below the path given: behind the prefix, the id
 * @param[in] sidecar  path of the .json that may lie beside it, or NULL
 */
NUNCIO_NODISCARD nuncio_status nn_read_text_record(nn_record_reader *reader,
                                                   const nn_record *record, const char *name,
                                                   const char *sidecar,
                                                   const nn_ingest_options *options,
                                                   nn_draft *draft, nuncio_error *error);

#endif

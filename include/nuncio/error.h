/* SPDX-License-Identifier: Apache-2.0 */
/* How calls report failure: a status, and a caller-owned struct with the details.
 *
 * Every function that can fail returns nuncio_status and takes `nuncio_error *error`, which may be
 * NULL. The struct is filled on failure only and needs no release. Output parameters are set on
 * success and NULL or zero on failure. */
#ifndef NUNCIO_ERROR_H
#define NUNCIO_ERROR_H

#include <nuncio/common.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What went wrong. Values are stable: 10–19 the caller's fault, 20–29 the input's, 30–39 the
 * machine's. */
typedef enum nuncio_status {
    NUNCIO_OK = 0,
    NUNCIO_ERR_ARGUMENT = 10,   /* an argument is out of its documented range */
    NUNCIO_ERR_STATE = 11,      /* not allowed now: writer poisoned or closed, stale `after` */
    NUNCIO_ERR_QUERY = 12,      /* a query that cannot be read; `offset` is the byte in the query */
    NUNCIO_ERR_LIMIT = 13,      /* a documented limit was reached (docs/limits.md) */
    NUNCIO_ERR_GENERATION = 14, /* a page of results was asked of a commit that is gone */
    NUNCIO_ERR_CANCELLED = 15,  /* another thread asked the call to stop */
    NUNCIO_ERR_NOT_FOUND = 16,  /* no article of that id, or no such file */
    NUNCIO_ERR_INPUT = 20,      /* an article that cannot be taken: no id, no text, too large */
    NUNCIO_ERR_CORRUPT = 21,    /* a file of the index is damaged; `file` and `offset` say where */
    NUNCIO_ERR_VERSION = 22,    /* an index of another format version */
    NUNCIO_ERR_NOT_INDEX = 23,  /* the directory holds no nuncio index */
    NUNCIO_ERR_ANALYSIS = 24,   /* the index was analysed by other library versions: re-index */
    NUNCIO_ERR_MODEL = 25,      /* an annotation model file is damaged or of another version */
    NUNCIO_ERR_OVERRIDES = 26,  /* a line of an override file cannot be read, or contradicts another
                                 */
    NUNCIO_ERR_IO = 30,         /* the operating system refused; message holds its reason */
    NUNCIO_ERR_MEMORY = 31,     /* the allocator refused, or the budget is used up */
    NUNCIO_ERR_LOCKED = 32,     /* another writer has the index open */
    NUNCIO_ERR_DEADLINE = 33,   /* the call's deadline went by */
    NUNCIO_ERR_SPACE = 34       /* no space left on the device */
} nuncio_status;

/** Details of a failure. Initialise to zero; nuncio fills it on failure only. */
typedef struct nuncio_error {
    nuncio_status status; /* the same as the call returned */
    uint64_t offset;      /* byte in the file or query the message speaks of, else 0 */
    char file[256];       /* path of the file concerned, or "" */
    char message[400];    /* one sentence, English, NUL-terminated: what, where, what to do */
} nuncio_error;

/** A short constant name of a status, such as "corrupt"; never NULL. */
NUNCIO_API const char *nuncio_status_name(nuncio_status status);

#ifdef __cplusplus
}
#endif
#endif

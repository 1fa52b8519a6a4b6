/* SPDX-License-Identifier: Apache-2.0 */
/* An article: what goes in and what comes back. */
#ifndef NUNCIO_ARTICLE_H
#define NUNCIO_ARTICLE_H

#include <nuncio/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How much of a date is known. */
typedef enum nuncio_date_precision {
    NUNCIO_DATE_NONE = 0,
    NUNCIO_DATE_YEAR = 1,
    NUNCIO_DATE_MONTH = 2,
    NUNCIO_DATE_DAY = 3
} nuncio_date_precision;

/** A calendar day, month or year, proleptic Gregorian, as printed by the article. */
typedef struct nuncio_date {
    int16_t year;      /* 1 … 9999 */
    uint8_t month;     /* 1 … 12, 0 when precision is below MONTH */
    uint8_t day;       /* 1 … 31, 0 when precision is below DAY */
    uint8_t precision; /* nuncio_date_precision; NONE: the article has no date */
} nuncio_date;

/**
 * Reads "2023", "2023-03", "2023-03-02" or an ISO 8601 date-time, of which the day as written
 * counts.
 *
 * @param[out] out the date; precision NONE on failure
 * @retval NUNCIO_ERR_INPUT not a date, or a day that does not exist
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_date_parse(nuncio_str text, nuncio_date *out,
                                                            nuncio_error *error);

/** Writes "2023-03-02", "2023-03", "2023" or "" with a NUL to `to` (≥ 11 bytes); returns the
 * length. */
NUNCIO_API size_t nuncio_date_format(nuncio_date date, char to[11]);

/** One news item. All views are borrowed for the length of the call (input) or live with the object
 * that returned them (output). */
typedef struct nuncio_article {
    nuncio_str id;     /* 1 … 1024 bytes, unique in the archive; no NUL */
    nuncio_str title;  /* may be absent */
    nuncio_date date;  /* may be NONE */
    nuncio_str source; /* outlet or collection; may be absent */
    nuncio_str url;    /* may be absent */
    nuncio_str lang;   /* ISO 639-1 code; absent: detected */
    nuncio_str text;   /* paragraphs separated by blank lines; up to 64 MiB */
} nuncio_article;

#ifdef __cplusplus
}
#endif
#endif

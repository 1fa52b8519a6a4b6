/* SPDX-License-Identifier: Apache-2.0 */
/* What a command asks an archive: a query over a snapshot, with what a reporter knows better. */
#ifndef CLI_QUESTION_H
#define CLI_QUESTION_H

#include <nuncio/nuncio.h>

typedef struct nn_question {
    /* Filled in by the command; all else is 0 until nn_question_open. */
    char *text;                   /* of the query; freed by nn_question_close */
    const char *index;            /* -i; NULL: nn_index_directory says which */
    const char *overrides_file;   /* --overrides; NULL: nn_overrides_open says which */
    bool plain;                   /* no character of the query has a meaning */
    bool whole;                   /* a query of no words is the whole archive */
    nuncio_search_options search; /* but for the overrides */
    nuncio_query *query;          /* NULL: the whole archive */
    nuncio_snapshot *snapshot;
    nuncio_overrides *overrides; /* NULL: no file */
} nn_question;

/* A field of a query given by an option: `field:"value"`, without marks where it is a range. */
typedef struct nn_query_field {
    const char *field, *value; /* value NULL: no such option */
    bool bare;
} nn_query_field;

/** The query of options and words, `speaker:"Lavrov" date:2023-03 (New START)`: quotation marks in
 * a value become blanks. @return the caller's to free; NULL: no memory */
char *nn_query_compose(const nn_query_field *fields, size_t count, int argc, char **argv);

/** Reads the query, then opens the snapshot and the overrides. */
NUNCIO_NODISCARD nuncio_status nn_question_open(nn_question *question, nuncio_error *error);
/** Tells of names in the override file that no article has. */
void nn_question_tell_unknown(const nn_question *question);
/** Where nothing is found: the same, and names near those that the query asks for.
 * @param near false: the answer has these already */
void nn_question_tell_empty(const nn_question *question, bool near);
/** Under a page that is not empty: how many hits there are, how long it took, how to go on.
 * @param[in] unit what one hit is, in a word */
void nn_tell_page(const nuncio_hits *hits, const char *unit, double seconds);
/** Tells why a question could not be answered. @return the exit status that stands for it */
int nn_question_failure(const nn_question *question, const nuncio_error *error);
void nn_question_close(nn_question *question);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/question.h"

#include "cli/human.h"
#include "cli/message.h"
#include "cli/near_names.h"
#include "cli/options.h"
#include "cli/overrides.h"
#include "cli/query_error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *put_field(char *to, const nn_query_field *one)
{
    const char *mark = one->bare ? "" : "\"";
    to += sprintf(to, "%s:%s", one->field, mark);
    for (const char *from = one->value; *from != '\0'; from++) {
        *to++ = *from == '"' ? ' ' : *from;
    }
    return to + sprintf(to, "%s ", mark);
}

char *nn_query_compose(const nn_query_field *fields, size_t count, int argc, char **argv)
{
    char *words = nn_join_arguments(argc, argv);
    size_t room = words != NULL ? strlen(words) + 3 : 0;
    for (size_t i = 0; i < count; i++) {
        room += fields[i].value != NULL ? strlen(fields[i].field) + strlen(fields[i].value) + 4 : 0;
    }
    char *text = words != NULL ? malloc(room) : NULL, *to = text;
    if (text != NULL) {
        *to = '\0';
        for (size_t i = 0; i < count; i++) {
            to = fields[i].value != NULL ? put_field(to, &fields[i]) : to;
        }
        if (argc > 0) {
            (void)sprintf(to, "(%s)", words);
        }
    }
    free(words);
    return text;
}

nuncio_status nn_question_open(nn_question *question, nuncio_error *error)
{
    const char *directory = nn_index_directory(question->index);
    nuncio_str text = {question->text, strlen(question->text)};
    nuncio_status status = NUNCIO_OK;
    if (text.size > 0 || !question->whole) {
        status = nuncio_query_parse(text, question->plain ? NUNCIO_QUERY_PLAIN : 0, NULL,
                                    &question->query, error);
    }
    if (status == NUNCIO_OK) {
        status = nuncio_snapshot_open(directory, NULL, &question->snapshot, error);
    }
    if (status == NUNCIO_OK) {
        status =
            nn_overrides_open(question->overrides_file, directory, &question->overrides, error);
        question->search.overrides = question->overrides;
    }
    return status;
}

void nn_question_tell_unknown(const nn_question *question)
{
    nn_overrides_tell_unknown(question->overrides, question->overrides_file,
                              nn_index_directory(question->index), question->snapshot);
}

void nn_question_tell_empty(const nn_question *question, bool near)
{
    nn_question_tell_unknown(question);
    if (near) {
        nn_near_names_tell(question->snapshot, question->query, &question->search);
    }
}

void nn_tell_page(const nuncio_hits *hits, const char *unit, double seconds)
{
    char all[NN_HUMAN_ROOM];
    size_t count = nuncio_hits_count(hits);
    uint64_t total = nuncio_hits_total(hits);
    nuncio_str after = nuncio_hits_after(hits);
    bool more = after.size > 0 && nuncio_hits_at(hits, count - 1)->rank < total;
    nn_message(
        "%zu of %s%s in %.1f ms%s%.*s", count, nuncio_hits_total_is_exact(hits) ? "" : "at least ",
        nn_human_number_of(total, unit, all), 1e3 * seconds, more ? "; next page: --after " : "",
        more ? (int)after.size : 0, more ? after.data : "");
}

int nn_question_failure(const nn_question *question, const nuncio_error *error)
{
    if (error->status != NUNCIO_ERR_QUERY) {
        return nn_message_failure(error);
    }
    nn_print_query_error((nuncio_str){question->text, strlen(question->text)}, error);
    return NN_EXIT_ERROR;
}

void nn_question_close(nn_question *question)
{
    nuncio_query_destroy(question->query);
    nuncio_overrides_destroy(question->overrides);
    nuncio_snapshot_close(question->snapshot);
    free(question->text);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever a file holds, the run over it ends, and each article keeps the promises of ingest.h: an
 * id of 1 to 1,024 bytes, text that is not blank, well-formed UTF-8 without NUL throughout.
 *
 * The first byte chooses how missing ids are made; the rest is the file, compressed or not. */
#include "ingest/ingest.h"
#include "ingest/json.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_text(nuncio_str text)
{
    must(text.data != NULL || text.size == 0);
    if (text.size > 0) {
        must(nn_utf8_is_valid(text.data, text.size));
        must(memchr(text.data, '\0', text.size) == NULL);
    }
}

static void check_article(const nuncio_article *article)
{
    const nuncio_str texts[] = {article->id,  article->title, article->source,
                                article->url, article->lang,  article->text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_text(texts[i]);
    }
    must(article->id.size >= 1 && article->id.size <= NN_INGEST_ID_MAX);
    must(article->text.size >= 1 && article->text.size <= NN_INGEST_TEXT_MAX);
    must(article->date.precision <= NUNCIO_DATE_DAY && article->date.month <= 12);
}

static void check_problem(const nn_problem *problem)
{
    must(problem->kind < NN_PROBLEM_KINDS);
    must(problem->message[0] != '\0' &&
         memchr(problem->message, '\0', sizeof problem->message) != NULL);
    must(strcmp(problem->file, "-") == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    nn_ingest *ingest;
    nn_ingest_item item;
    if (size == 0) {
        return 0;
    }
    nn_ingest_options options = {.id_from = (nn_id_from)(data[0] % 3)};
    nuncio_str bytes = {(const char *)data + 1, size - 1};
    must(nn_ingest_open_memory(bytes, &options, NULL, &ingest, NULL) == NUNCIO_OK);
    do {
        must(nn_ingest_next(ingest, &item, NULL) == NUNCIO_OK);
        if (item.event == NN_INGEST_ARTICLE) {
            check_article(&item.article);
        } else if (item.event == NN_INGEST_PROBLEM) {
            check_problem(item.problem);
        }
    } while (item.event != NN_INGEST_END);
    must(nn_ingest_progress_of(ingest).bytes_read <= bytes.size);
    nn_ingest_close(ingest);
    return 0;
}

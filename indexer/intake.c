/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/intake.h"

#include "core/error.h"
#include "core/str.h"
#include "indexer/writer_impl.h"
#include "text/utf8.h"

#include <string.h>

static nuncio_status check(const nuncio_article *article, nn_memory *memory, nuncio_error *error)
{
    nuncio_str id = article->id;
    int shown = id.size < 100 ? (int)id.size : 100;
    if (id.size == 0) {
        return nn_error_set(error, NUNCIO_ERR_INPUT, "the article has no id");
    }
    if (id.size > NN_ID_BYTES_MAX) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "the id '%.*s…' has %zu bytes: at most %d are allowed", shown, id.data,
                            id.size, NN_ID_BYTES_MAX);
    }
    if (!nn_utf8_is_clean(id)) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "the id is not valid UTF-8, or holds a NUL byte");
    }
    if (article->text.data == NULL) {
        return nn_error_set(error, NUNCIO_ERR_INPUT, "article '%.*s' has no text", shown, id.data);
    }
    if (article->text.size > NN_TEXT_BYTES_MAX || article->title.size > NN_TEXT_BYTES_MAX) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "the text of article '%.*s' has %zu bytes: at most %d MiB are allowed",
                            shown, id.data, article->text.size, NN_TEXT_BYTES_MAX >> 20);
    }
    /* Its text, tokens and postings, all at once. */
    if (memory->max != 0 && article->text.size > memory->max / 12) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT,
                            "article '%.*s' of %zu MiB does not fit into a memory of %llu MiB: "
                            "give at least %zu MiB",
                            shown, id.data, article->text.size >> 20,
                            (unsigned long long)memory->max >> 20,
                            (article->text.size >> 20) * 12 + 12);
    }
    return NUNCIO_OK;
}

static nuncio_status repair(nuncio_str *text, nn_buffer *buffer, nuncio_error *error)
{
    if (nn_utf8_is_clean(*text)) {
        return NUNCIO_OK;
    }
    (void)nn_utf8_repair(*text, buffer);
    NN_TRY(nn_buffer_status(buffer, error));
    *text = nn_buffer_str(buffer);
    return NUNCIO_OK;
}

/* Each field's hash with its length and whether it is there at all: no two articles that differ are
 * joined to the same bytes. */
static nn_hash128 hash_of(const nuncio_article *article)
{
    const nuncio_str fields[] = {article->id,  article->title, article->source,
                                 article->url, article->lang,  article->text};
    uint64_t parts[6 * 3 + 1];
    size_t count = 0;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        nn_hash128 hash =
            nn_hash128_of(fields[i].data == NULL ? "" : fields[i].data, fields[i].size);
        parts[count++] = hash.low;
        parts[count++] = hash.high;
        parts[count++] = fields[i].data == NULL ? UINT64_MAX : fields[i].size;
    }
    nuncio_date date = article->date;
    parts[count++] = (uint64_t)(uint16_t)date.year << 24 | (uint64_t)date.month << 16 |
                     (uint64_t)date.day << 8 | date.precision;
    return nn_hash128_of(parts, count * sizeof parts[0]);
}

nuncio_status nn_intake_take(nn_intake *intake, nn_memory *memory, const nuncio_article *article,
                             nuncio_error *error)
{
    memset(intake, 0, sizeof *intake);
    for (size_t i = 0; i < sizeof intake->repaired / sizeof intake->repaired[0]; i++) {
        nn_buffer_init(&intake->repaired[i], memory);
    }
    NN_TRY(check(article, memory, error));
    intake->article = *article;
    intake->hash = hash_of(article);
    NN_TRY(repair(&intake->article.title, &intake->repaired[0], error));
    NN_TRY(repair(&intake->article.source, &intake->repaired[1], error));
    NN_TRY(repair(&intake->article.url, &intake->repaired[2], error));
    NN_TRY(repair(&intake->article.lang, &intake->repaired[3], error));
    return repair(&intake->article.text, &intake->repaired[4], error);
}

void nn_intake_deinit(nn_intake *intake)
{
    for (size_t i = 0; i < sizeof intake->repaired / sizeof intake->repaired[0]; i++) {
        if (intake->repaired[i].memory != NULL) {
            nn_buffer_deinit(&intake->repaired[i]);
        }
    }
}

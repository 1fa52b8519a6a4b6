/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/intake.h"

#include "core/error.h"
#include "indexer/budget.h"
#include "text/utf8.h"

#include <inttypes.h>
#include <string.h>

/* How much of an id an error shows. */
static int shown(nuncio_str id)
{
    return id.size < 100 ? (int)id.size : 100;
}

static nuncio_status check_id(nuncio_str id, nuncio_error *error)
{
    if (id.data == NULL || id.size == 0) {
        return nn_error_set(error, NUNCIO_ERR_INPUT, "the article has no id");
    }
    if (id.size > NN_ID_BYTES_MAX) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "the id '%.*s…' has %zu bytes: at most %d are allowed", shown(id),
                            id.data, id.size, NN_ID_BYTES_MAX);
    }
    if (!nn_utf8_is_clean(id)) {
        return nn_error_set(error, NUNCIO_ERR_INPUT,
                            "the id is not valid UTF-8, or holds a NUL byte");
    }
    return NUNCIO_OK;
}

static nuncio_status check_size(const nuncio_article *article, const char *field, nuncio_str value,
                                size_t max, nuncio_error *error)
{
    if (value.size <= max) {
        return NUNCIO_OK;
    }
    return nn_error_set(error, NUNCIO_ERR_INPUT,
                        "the %s of article '%.*s' has %zu bytes: at most %zu are allowed", field,
                        shown(article->id), article->id.data, value.size, max);
}

static nuncio_status check(const nuncio_article *article, uint64_t text_max, nuncio_error *error)
{
    NN_TRY(check_id(article->id, error));
    NN_TRY(check_size(article, "title", article->title, NN_TEXT_BYTES_MAX, error));
    NN_TRY(check_size(article, "source", article->source, NN_FIELD_BYTES_MAX, error));
    NN_TRY(check_size(article, "url", article->url, NN_FIELD_BYTES_MAX, error));
    NN_TRY(check_size(article, "lang", article->lang, NN_LANG_BYTES_MAX, error));
    NN_TRY(check_size(article, "text", article->text, NN_TEXT_BYTES_MAX, error));
    if (article->text.data == NULL) {
        return nn_error_set(error, NUNCIO_ERR_INPUT, "article '%.*s' has no text",
                            shown(article->id), article->id.data);
    }
    uint64_t longest =
        article->text.size > article->title.size ? article->text.size : article->title.size;
    if (longest > text_max) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT,
                            "article '%.*s' of %.1f MiB takes more memory than the writer has: "
                            "give at least %" PRIu64 " MiB",
                            shown(article->id), article->id.data, (double)longest / (1 << 20),
                            nn_budget_mib_for(longest));
    }
    return NUNCIO_OK;
}

/* Refuses a date that no calendar has, and clears what its precision leaves out. */
static nuncio_status check_date(nuncio_article *article, nuncio_error *error)
{
    char text[11];
    nuncio_date date = article->date;
    size_t size = nuncio_date_format(date, text);
    if (date.precision == NUNCIO_DATE_NONE) {
        article->date = (nuncio_date){0};
        return NUNCIO_OK;
    }
    if (nuncio_date_parse((nuncio_str){text, size}, &article->date, NULL) == NUNCIO_OK) {
        return NUNCIO_OK;
    }
    return nn_error_set(error, NUNCIO_ERR_INPUT,
                        "article '%.*s' has a date that does not exist: year %d, month %u, day %u",
                        shown(article->id), article->id.data, date.year, date.month, date.day);
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

/* Each field's hash with its length, and whether it is there at all: articles that differ are never
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
                             uint64_t text_max, nuncio_error *error)
{
    memset(intake, 0, sizeof *intake);
    for (size_t i = 0; i < sizeof intake->repaired / sizeof intake->repaired[0]; i++) {
        nn_buffer_init(&intake->repaired[i], memory);
    }
    NN_TRY(check(article, text_max, error));
    intake->article = *article;
    NN_TRY(check_date(&intake->article, error));
    intake->hash = hash_of(&intake->article);
    NN_TRY(repair(&intake->article.title, &intake->repaired[0], error));
    NN_TRY(repair(&intake->article.source, &intake->repaired[1], error));
    NN_TRY(repair(&intake->article.url, &intake->repaired[2], error));
    NN_TRY(repair(&intake->article.lang, &intake->repaired[3], error));
    return repair(&intake->article.text, &intake->repaired[4], error);
}

void nn_intake_deinit(nn_intake *intake)
{
    for (size_t i = 0; i < sizeof intake->repaired / sizeof intake->repaired[0]; i++) {
        nn_buffer_deinit(&intake->repaired[i]);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/json_hit.h"

#include "cli/json_article.h"

static void put_highlights(nn_json_writer *json, const char *key, const nuncio_highlight *marks,
                           size_t count, nuncio_str text, nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(text, unit);
    nn_json_key(json, key);
    nn_json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        nn_json_open(json, '{');
        nn_json_range(json, &offsets, marks[i].start, marks[i].end);
        nn_json_key(json, "kind");
        nn_json_text(json, marks[i].kind == NUNCIO_HIGHLIGHT_PHRASE ? "phrase" : "term");
        nn_json_close(json, '}');
    }
    nn_json_close(json, ']');
}

static void put_article(nn_json_writer *json, const nuncio_hit *hit, nuncio_offset_unit unit)
{
    const nuncio_article *article = &hit->article;
    nn_json_key(json, "article");
    nn_json_open(json, '{');
    nn_json_key(json, "id");
    nn_json_str(json, article->id);
    nn_json_key(json, "title");
    nn_json_str(json, article->title);
    put_highlights(json, "title_highlights", hit->title_highlights, hit->title_highlight_count,
                   article->title, unit);
    nn_json_date(json, article->date);
    nn_json_key(json, "source");
    nn_json_str(json, article->source);
    nn_json_key(json, "url");
    nn_json_str(json, article->url);
    nn_json_close(json, '}');
}

static void put_passage(nn_json_writer *json, const nuncio_hit *hit, nuncio_str text,
                        nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(text, unit);
    nn_json_key(json, "passage");
    nn_json_open(json, '{');
    nn_json_key(json, "ordinal");
    nn_json_number(json, hit->ordinal);
    if (text.data != NULL || unit == NUNCIO_OFFSET_BYTES) {
        nn_json_range(json, &offsets, hit->start, hit->end);
    } else {
        nn_json_key(json, "start");
        nn_json_null(json);
        nn_json_key(json, "end");
        nn_json_null(json);
    }
    nn_json_key(json, "text");
    nn_json_str(json, hit->passage);
    nn_json_close(json, '}');
}

/** A key that stands only where it is true. */
static void put_flag(nn_json_writer *json, const char *key, bool value)
{
    if (value) {
        nn_json_key(json, key);
        nn_json_bool(json, true);
    }
}

static void put_quote(nn_json_writer *json, const nuncio_quote *quote,
                      const nuncio_hit_entity *speaker, nn_offsets *offsets)
{
    nn_json_open(json, '{');
    nn_json_quote_fields(json, quote, offsets);
    nn_json_attribution_fields(json, quote, speaker);
    nn_json_key(json, "matched");
    nn_json_bool(json, (quote->flags & NUNCIO_QUOTE_MATCHED) != 0);
    put_flag(json, "continues_before", (quote->flags & NUNCIO_QUOTE_CONTINUES_BEFORE) != 0);
    put_flag(json, "continues_after", (quote->flags & NUNCIO_QUOTE_CONTINUES_AFTER) != 0);
    nn_json_close(json, '}');
}

static void put_mention(nn_json_writer *json, const nuncio_mention *mention,
                        const nuncio_hit_entity *entity, nn_offsets *offsets)
{
    nn_json_open(json, '{');
    nn_json_mention_fields(json, mention, entity, offsets);
    nn_json_key(json, "matched");
    nn_json_bool(json, mention->matched);
    nn_json_close(json, '}');
}

void nn_json_hit(nn_json_writer *json, const nuncio_hit *hit, nuncio_str text,
                 nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(hit->passage, unit);
    nn_json_open(json, '{');
    nn_json_key(json, "rank");
    nn_json_number(json, hit->rank);
    nn_json_key(json, "score");
    nn_json_real(json, hit->score);
    put_article(json, hit, unit);
    put_passage(json, hit, text, unit);
    put_highlights(json, "highlights", hit->highlights, hit->highlight_count, hit->passage, unit);
    nn_json_key(json, "quotes");
    nn_json_open(json, '[');
    for (size_t i = 0; i < hit->quote_count; i++) {
        put_quote(json, &hit->quotes[i],
                  hit->speaker_entities == NULL ? NULL : &hit->speaker_entities[i], &offsets);
    }
    nn_json_close(json, ']');
    nn_json_key(json, "entities");
    nn_json_open(json, '[');
    for (size_t i = 0; i < hit->mention_count; i++) {
        put_mention(json, &hit->mentions[i],
                    hit->mention_entities == NULL ? NULL : &hit->mention_entities[i], &offsets);
    }
    nn_json_close(json, ']');
    if (hit->explanation.data != NULL) {
        nn_json_key(json, "explanation");
        nn_json_str(json, hit->explanation);
    }
    nn_json_close(json, '}');
}

void nn_json_page_open(nn_json_writer *json, const nuncio_query *query, const nuncio_hits *hits,
                       const nuncio_snapshot *snapshot, const char *key)
{
    nn_json_open(json, '{');
    nn_json_key(json, "query");
    nn_json_str(json, nuncio_query_explain(query));
    nn_json_key(json, "total");
    nn_json_number(json, nuncio_hits_total(hits));
    nn_json_key(json, "total_is_exact");
    nn_json_bool(json, nuncio_hits_total_is_exact(hits));
    nn_json_key(json, "generation");
    nn_json_number(json, nuncio_snapshot_generation(snapshot));
    nn_json_key(json, key);
    nn_json_open(json, '[');
}

void nn_json_page_end_hits(nn_json_writer *json, const nuncio_hits *hits)
{
    nn_json_close(json, ']');
    nn_json_key(json, "after");
    nn_json_str(json, nuncio_hits_after(hits));
}

void nn_json_page_close(nn_json_writer *json)
{
    nn_json_close(json, '}');
    nn_output_text(json->output, "\n");
}

void nn_csv_field(nn_output *output, nuncio_str text)
{
    nn_output_text(output, "\"");
    for (size_t i = 0; i < text.size; i++) {
        uint8_t byte = (uint8_t)text.data[i];
        bool c0 = (byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7F;
        bool c1 = byte == 0xC2 && i + 1 < text.size && (uint8_t)text.data[i + 1] < 0xA0;
        if (c0 || c1) {
            nn_output_text(output, "\xEF\xBF\xBD");
            i += c1;
            continue;
        }
        nn_output_bytes(output, text.data + i, 1);
        if (byte == '"') {
            nn_output_text(output, "\"");
        }
    }
    nn_output_text(output, "\"");
}

void nn_csv_header(nn_output *output)
{
    nn_output_text(output, "rank,score,id,title,date,source,url,ordinal,start,end,text\n");
}

void nn_csv_hit(nn_output *output, const nuncio_hit *hit, nuncio_str text, nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(text, unit);
    const nuncio_article *article = &hit->article;
    char day[11];
    nuncio_str date = {day, nuncio_date_format(article->date, day)};
    const nuncio_str fields[] = {article->id, article->title, date, article->source, article->url};
    nn_json_writer number = {output, false};
    nn_output_format(output, "%u,", hit->rank);
    nn_json_real(&number, hit->score);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        nn_output_text(output, ",");
        nn_csv_field(output, fields[i]);
    }
    nn_output_format(output, ",%u,", hit->ordinal);
    if (text.data != NULL || unit == NUNCIO_OFFSET_BYTES) {
        nn_output_format(output, "%zu,", nn_offsets_convert(&offsets, hit->start));
        nn_output_format(output, "%zu,", nn_offsets_convert(&offsets, hit->end));
    } else {
        nn_output_text(output, ",,");
    }
    nn_csv_field(output, hit->passage);
    nn_output_text(output, "\n");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/json_article.h"

void nn_json_date(nn_json_writer *json, nuncio_date date)
{
    char day[11];
    size_t size = nuncio_date_format(date, day);
    nn_json_key(json, "date");
    nn_json_text(json, size == 0 ? NULL : day);
}

void nn_json_range(nn_json_writer *json, nn_offsets *offsets, size_t start, size_t end)
{
    nn_json_key(json, "start");
    nn_json_number(json, nn_offsets_convert(offsets, start));
    nn_json_key(json, "end");
    nn_json_number(json, nn_offsets_convert(offsets, end));
}

void nn_json_article_fields(nn_json_writer *json, const nuncio_article *article)
{
    nn_json_key(json, "id");
    nn_json_str(json, article->id);
    nn_json_key(json, "title");
    nn_json_str(json, article->title);
    nn_json_date(json, article->date);
    nn_json_key(json, "source");
    nn_json_str(json, article->source);
    nn_json_key(json, "url");
    nn_json_str(json, article->url);
    nn_json_key(json, "lang");
    nn_json_str(json, article->lang);
    if (article->text.data != NULL) {
        nn_json_key(json, "text");
        nn_json_str(json, article->text);
    }
}

void nn_json_entity(nn_json_writer *json, nuncio_entity_type type, nuncio_str name)
{
    const char *kind = nuncio_entity_type_name(type);
    if (kind[0] == '\0' || name.data == NULL) {
        nn_json_null(json);
        return;
    }
    nn_json_joined(json, kind, ":", name);
}

/* What a name means, or else what the article says of it. */
static void put_meaning(nn_json_writer *json, const nuncio_hit_entity *entity,
                        nuncio_entity_type type, nuncio_str name)
{
    nn_json_key(json, "entity");
    nn_json_entity(json, entity == NULL ? type : entity->type,
                   entity == NULL ? name : entity->name);
}

void nn_json_mention_fields(nn_json_writer *json, const nuncio_mention *mention,
                            const nuncio_hit_entity *entity, nn_offsets *offsets)
{
    nn_json_range(json, offsets, mention->start, mention->end);
    nn_json_key(json, "type");
    nn_json_text(json, nuncio_entity_type_name(mention->type));
    nn_json_key(json, "name");
    nn_json_str(json, mention->name);
    put_meaning(json, entity, mention->type, mention->name);
}

void nn_json_quote_fields(nn_json_writer *json, const nuncio_quote *quote, nn_offsets *offsets)
{
    nn_json_range(json, offsets, quote->start, quote->end);
    nn_json_key(json, "direct");
    nn_json_bool(json, (quote->flags & NUNCIO_QUOTE_DIRECT) != 0);
    if ((quote->flags & NUNCIO_QUOTE_STANCE) != 0) {
        nn_json_key(json, "stance");
        nn_json_bool(json, true);
    }
}

static void put_speaker_fields(nn_json_writer *json, const nuncio_quote *quote,
                               const nuncio_hit_entity *entity)
{
    nn_json_key(json, "name");
    nn_json_str(json, quote->speaker);
    put_meaning(json, entity, quote->speaker_type, quote->speaker);
}

void nn_json_attribution_fields(nn_json_writer *json, const nuncio_quote *quote,
                                const nuncio_hit_entity *speaker)
{
    nn_json_key(json, "speaker");
    if (quote->speaker.data == NULL) {
        nn_json_null(json);
    } else {
        nn_json_open(json, '{');
        put_speaker_fields(json, quote, speaker);
        nn_json_close(json, '}');
    }
    nn_json_key(json, "cue");
    nn_json_str(json, quote->cue);
    nn_json_key(json, "confidence");
    nn_json_share(json, quote->confidence);
}

/** {"start","end"}, or null for an empty range. */
static void put_place(nn_json_writer *json, nn_offsets *offsets, size_t start, size_t end)
{
    if (start == end) {
        nn_json_null(json);
        return;
    }
    nn_json_open(json, '{');
    nn_json_range(json, offsets, start, end);
    nn_json_close(json, '}');
}

/** null, or {"name", "entity", "start", "end"}; "name" is null where the text says only “he”. */
static void put_speaker(nn_json_writer *json, const nuncio_quote *quote, nn_offsets *offsets)
{
    bool placed = quote->speaker_start < quote->speaker_end;
    if (quote->speaker.data == NULL && !placed) {
        nn_json_null(json);
        return;
    }
    nn_json_open(json, '{');
    if (quote->speaker.data != NULL) {
        put_speaker_fields(json, quote, NULL);
    } else {
        nn_json_key(json, "name");
        nn_json_null(json);
        nn_json_key(json, "entity");
        nn_json_null(json);
    }
    if (placed) {
        nn_json_range(json, offsets, quote->speaker_start, quote->speaker_end);
    } else {
        nn_json_key(json, "start");
        nn_json_null(json);
        nn_json_key(json, "end");
        nn_json_null(json);
    }
    nn_json_close(json, '}');
}

static void put_quote(nn_json_writer *json, const nuncio_quote *quote, nn_offsets *offsets)
{
    nn_json_open(json, '{');
    nn_json_quote_fields(json, quote, offsets);
    nn_json_key(json, "speaker");
    put_speaker(json, quote, offsets);
    nn_json_key(json, "cue");
    put_place(json, offsets, quote->cue_start, quote->cue_end);
    nn_json_key(json, "confidence");
    nn_json_share(json, quote->confidence);
    nn_json_close(json, '}');
}

void nn_json_annotations(nn_json_writer *json, const nuncio_annotations *found, nuncio_str text,
                         nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(text, unit);
    nn_json_key(json, "entities");
    nn_json_open(json, '[');
    for (size_t i = 0; i < found->mention_count; i++) {
        nn_json_open(json, '{');
        nn_json_mention_fields(json, &found->mentions[i], NULL, &offsets);
        nn_json_close(json, '}');
    }
    nn_json_close(json, ']');
    nn_json_key(json, "quotes");
    nn_json_open(json, '[');
    for (size_t i = 0; i < found->quote_count; i++) {
        put_quote(json, &found->quotes[i], &offsets);
    }
    nn_json_close(json, ']');
}

void nn_json_references(nn_json_writer *json, const nuncio_reference *references, size_t count,
                        nuncio_str text, nuncio_offset_unit unit)
{
    nn_offsets offsets = nn_offsets_of(text, unit);
    nn_json_key(json, "references");
    nn_json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        nn_json_open(json, '{');
        nn_json_range(json, &offsets, references[i].start, references[i].end);
        nn_json_key(json, "kind");
        nn_json_text(json, nuncio_reference_kind_name(references[i].kind));
        nn_json_key(json, "name");
        nn_json_str(json, references[i].name);
        nn_json_key(json, "entity");
        nn_json_entity(json, references[i].type, references[i].name);
        nn_json_close(json, '}');
    }
    nn_json_close(json, ']');
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Articles, quotes and names as JSON; the shapes are the same wherever they are printed. */
#ifndef CLI_JSON_ARTICLE_H
#define CLI_JSON_ARTICLE_H

#include <nuncio/hits.h>

#include "cli/json_write.h"
#include "cli/offsets.h"

/** "date": "2023-03-02", "2023-03", "2023" or null. */
void nn_json_date(nn_json_writer *json, nuncio_date date);
/** "start" and "end" in the unit of `offsets`. */
void nn_json_range(nn_json_writer *json, nn_offsets *offsets, size_t start, size_t end);
/** The keys id, title, date, source, url, lang and, unless absent, text of an open object. */
void nn_json_article_fields(nn_json_writer *json, const nuncio_article *article);
/** What names an entity: its type and canonical name, "person:Sergei Lavrov"; null without a type.
 */
void nn_json_entity(nn_json_writer *json, nuncio_entity_type type, nuncio_str name);

/** The keys start, end, type, name and entity of an open object.
 * @param[in] entity what the name means; NULL: as the article has it */
void nn_json_mention_fields(nn_json_writer *json, const nuncio_mention *mention,
                            const nuncio_hit_entity *entity, nn_offsets *offsets);
/** The keys start, end and direct of an open object. */
void nn_json_quote_fields(nn_json_writer *json, const nuncio_quote *quote, nn_offsets *offsets);
/** The keys speaker (name and entity, or null), cue and confidence of an open object.
 * @param[in] speaker what the name means; NULL: as the article has it */
void nn_json_attribution_fields(nn_json_writer *json, const nuncio_quote *quote,
                                const nuncio_hit_entity *speaker);

/**
 * The keys "entities" and "quotes" of an open object, as `annotate` and `show` print them.
 * @param[in] text what offsets count in; its size bounds them
 */
void nn_json_annotations(nn_json_writer *json, const nuncio_annotations *found, nuncio_str text,
                         nuncio_offset_unit unit);
/** The key "references" likewise, as `annotate` prints it. */
void nn_json_references(nn_json_writer *json, const nuncio_reference *references, size_t count,
                        nuncio_str text, nuncio_offset_unit unit);

#endif

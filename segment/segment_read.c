/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"
#include "segment/segment_impl.h"

#include <string.h>

/** Reads the counts and refuses those that no file of this size can have. */
static nuncio_status open_meta(nn_segment *segment, nuncio_error *error)
{
    nn_region region = segment->frame.regions[NN_REGION_META];
    const uint8_t *bytes = segment->frame.map.data + region.offset;
    nn_meta *meta = &segment->meta;
    if (region.size != NN_META_SIZE) {
        return nn_segment_corrupt(segment, bytes, "the counts have another size", error);
    }
    NN_TRY(nn_frame_touch(&segment->frame, region.offset, region.size, error));
    nn_meta_read(bytes, meta);
    uint64_t size = segment->frame.map.size;
    /* Each of these takes a byte of the file at least, a quote more than half of one; passage
     * numbers end below NN_DOC_END. */
    if (meta->passages > size || meta->articles > meta->passages || meta->terms > size ||
        meta->sources > meta->articles || meta->strings > size || meta->passages >= NN_DOC_END ||
        meta->terms >= UINT32_MAX || meta->has_text > 1 || meta->quotes > size * 2 ||
        meta->quotes >= UINT32_MAX || meta->strings >= UINT32_MAX || meta->names > meta->strings ||
        meta->name_words > size || meta->name_words >= UINT32_MAX ||
        (meta->articles == 0 && meta->passages > 0)) {
        return nn_segment_corrupt(segment, bytes, "the counts make no sense", error);
    }
    segment->info = (nn_segment_info){
        .passage_count = (uint32_t)meta->passages,
        .article_count = (uint32_t)meta->articles,
        .term_count = (uint32_t)meta->terms,
        .source_count = (uint32_t)meta->sources,
        .name_count = (uint32_t)meta->names,
        .name_word_count = (uint32_t)meta->name_words,
        .token_count = meta->tokens,
        .posting_count = meta->postings,
        .quote_count = meta->quotes,
        .quote_tokens = meta->quote_tokens,
        .mention_count = meta->mentions,
        .raw_text_bytes = meta->raw_text_bytes,
        .languages = meta->languages,
        .has_text = meta->has_text != 0,
    };
    return NUNCIO_OK;
}

nuncio_status nn_segment_open(const nuncio_vfs *vfs, nn_memory *memory, const char *directory,
                              const char *name, nn_segment **out, nuncio_error *error)
{
    *out = NULL;
    nn_segment *segment = nn_alloc_array(memory, 1, sizeof *segment);
    if (segment == NULL) {
        return nn_error_memory(error);
    }
    segment->memory = memory;
    segment->text.memory = memory;
    segment->columns.memory = memory;
    nuncio_status status = nn_frame_open(&segment->frame, vfs, memory, directory, name, error);
    if (status != NUNCIO_OK) {
        nn_release(memory, segment, sizeof *segment);
        return status;
    }
    NN_TRY_CLEANUP(open_meta(segment, error));
    NN_TRY_CLEANUP(nn_articles_open(segment, error));
    NN_TRY_CLEANUP(nn_quote_codes_open(segment, &segment->quote_codes, error));
    NN_TRY_CLEANUP(nn_dictionary_open(segment, error));
    NN_TRY_CLEANUP(nn_text_reader_open(segment, error));
    NN_TRY_CLEANUP(nn_columns_open(segment, error));
    *out = segment;
    return NUNCIO_OK;
cleanup:
    nn_segment_close(segment);
    return status;
}

void nn_segment_close(nn_segment *segment)
{
    if (segment == NULL) {
        return;
    }
    nn_columns_close(&segment->columns);
    nn_quote_codes_close(segment, segment->quote_codes);
    nn_text_reader_close(&segment->text);
    nn_frame_close(&segment->frame);
    nn_release(segment->memory, segment, sizeof *segment);
}

void nn_segment_trim(nn_segment *segment)
{
    nn_text_reader_trim(&segment->text);
}

const nn_segment_info *nn_segment_info_of(const nn_segment *segment)
{
    return &segment->info;
}

nn_hash128 nn_segment_hash(const nn_segment *segment)
{
    const nn_file_map *map = &segment->frame.map;
    return nn_hash128_of(map->data + map->size - NN_FOOTER_SIZE, NN_FOOTER_SIZE);
}

void nn_segment_add_bytes(const nn_segment *segment, nuncio_stats *out)
{
    const nn_region *regions = segment->frame.regions;
    const nn_meta *meta = &segment->meta;
    uint64_t text = meta->text_bytes + meta->title_bytes;
    text += regions[NN_REGION_TEXT_DICTIONARIES].size + regions[NN_REGION_TEXT_RUNS].size;
    text += regions[NN_REGION_STORE_ITEMS].size; /* where the texts begin */
    uint64_t names = meta->mention_bytes;
    names += regions[NN_REGION_STRINGS].size + regions[NN_REGION_STRING_STARTS].size;
    for (uint32_t kind = NN_REGION_ARTICLE_NAMES; kind <= NN_REGION_NAME_WORD_BLOCKS; kind++) {
        names += regions[kind].size;
    }
    uint64_t annotations = names;
    for (uint32_t kind = NN_REGION_FIRST_QUOTES; kind <= NN_REGION_QUOTE_CODES; kind++) {
        annotations += regions[kind].size;
    }
    uint64_t terms = regions[NN_REGION_TERMS].size - meta->inline_list_bytes;
    terms += regions[NN_REGION_TERM_BLOCKS].size + regions[NN_REGION_TERM_HASH].size;
    terms += meta->forms_bytes;
    uint64_t positions =
        meta->list_bytes - meta->docs_bytes - meta->bounds_bytes - meta->forms_bytes;
    uint64_t lengths = regions[NN_REGION_LENGTHS].size;
    out->bytes.terms += terms;
    out->bytes.postings += meta->docs_bytes;
    out->bytes.positions += positions;
    out->bytes.forms += meta->code_bytes;
    out->bytes.bounds += meta->bounds_bytes;
    out->bytes.lengths += lengths;
    out->bytes.text += text;
    out->bytes.annotations += annotations;
    out->bytes.names += names;
    /* What is left are columns, checksums and the footer. */
    out->bytes.columns += segment->frame.map.size - terms - meta->docs_bytes - positions -
                          meta->bounds_bytes - lengths - text - annotations;
    out->bytes.total += segment->frame.map.size;
}

nuncio_status nn_segment_forms(const nn_segment *segment, const nn_term_info *term, nn_arena *arena,
                               nuncio_str **forms, uint32_t *count, nuncio_error *error)
{
    *forms = NULL;
    *count = 0;
    nn_postings postings;
    nn_slice slice;
    nn_form_table table;
    NN_TRY(nn_postings_open(&postings, segment, term, error));
    NN_TRY(nn_postings_find_forms(&postings, &slice, error));
    const uint8_t *start = slice.data;
    if (!nn_form_table_read(&slice, &table)) {
        return nn_segment_corrupt(segment, start, "surface forms make no sense", error);
    }
    nn_term_cursor cursor;
    NN_TRY(nn_segment_term_at(segment, term->ordinal, &cursor, error));
    nuncio_str text = {cursor.term, cursor.term_size};
    nuncio_str *strings = nn_arena_array(arena, table.count, sizeof *strings);
    if (strings == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < table.count; i++) {
        char room[2 * NN_TERM_SIZE_MAX];
        if (!nn_form_read(&slice, &table, i, text, room, &strings[i])) {
            return nn_segment_corrupt(segment, start, "surface forms make no sense", error);
        }
        if (strings[i].data == room || strings[i].data == cursor.term) {
            strings[i] = nn_arena_str(arena, strings[i]);
            if (strings[i].data == NULL) {
                return nn_error_memory(error);
            }
        }
    }
    *forms = strings;
    *count = table.count;
    return NUNCIO_OK;
}

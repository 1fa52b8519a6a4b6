/* SPDX-License-Identifier: Apache-2.0 */
#include "segment/segment_writer.h"

#include "core/error.h"
#include "segment/annotations/mentions.h"
#include "segment/annotations/quotes_write.h"
#include "segment/articles/articles.h"
#include "segment/articles/text.h"
#include "segment/files/file_name.h"
#include "segment/files/frame.h"
#include "segment/segment_impl.h"
#include "segment/terms/dictionary.h"
#include "segment/terms/list_write.h"
#include "segment/terms/plain_list.h"

#include <string.h>

/* Texts and mentions go to the file as they come, then list after list; what has to be random
 * access is kept and written behind: columns, the dictionary, and the list at hand. */

/** What may be called next. */
typedef enum writer_stage { STAGE_ARTICLES, STAGE_TERMS, STAGE_DONE } writer_stage;

struct nn_segment_writer {
    nn_memory *memory;
    writer_stage stage;
    bool in_article; /* an article waits for its mentions to be stored behind its texts */
    bool in_term;
    bool store_text, plain;
    char directory[NN_PATH_MAX];
    nn_frame_writer frame;
    nn_articles_writer articles;
    nn_names_writer names;
    nn_name_words_source *name_words; /* NULL: none */
    void *name_words_context;
    nn_quotes_writer quotes;
    nn_text_writer text;
    nn_buffer mentions; /* of the article at hand */
    nn_buffer scratch;  /* a text being copied, a list being built */
    nn_list_writer lists;
    nn_dictionary_writer dictionary;
    nn_arena term_arena; /* the term at hand and its forms */
    nuncio_str term, *forms;
    uint32_t form_count;
    uint32_t quote_df;
    uint32_t plain_df; /* postings of the plain list in `scratch` */
    nn_meta meta;
};

nuncio_status nn_segment_writer_open(const nn_segment_writer_options *options, nn_memory *memory,
                                     nn_segment_writer **out, nuncio_error *error)
{
    *out = NULL;
    nn_segment_writer *writer = nn_alloc_array(memory, 1, sizeof *writer);
    if (writer == NULL) {
        return nn_error_memory(error);
    }
    writer->memory = memory;
    writer->store_text = options->store_text;
    writer->plain = options->plain;
    nn_buffer_init(&writer->mentions, memory);
    nn_buffer_init(&writer->scratch, memory);
    nn_arena_init(&writer->term_arena, memory);
    nn_list_writer_init(&writer->lists, memory);
    nn_dictionary_writer_init(&writer->dictionary, memory);
    nn_text_writer_init(&writer->text, memory, &writer->frame, options->store_text,
                        options->trained);
    nuncio_status status = nn_articles_writer_init(&writer->articles, memory, error);
    if (status == NUNCIO_OK) {
        status = nn_names_writer_init(&writer->names, memory, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_quotes_writer_init(&writer->quotes, memory, error);
    }
    if (status == NUNCIO_OK) {
        status = nn_path_join(writer->directory, "", options->directory, error);
    }
    if (status == NUNCIO_OK) {
        status =
            nn_frame_writer_open(&writer->frame, options->vfs, memory, writer->directory, error);
    }
    if (status != NUNCIO_OK) {
        nn_segment_writer_destroy(writer);
        return status;
    }
    nn_frame_writer_begin(&writer->frame, NN_REGION_STORE);
    *out = writer;
    return NUNCIO_OK;
}

void nn_segment_writer_destroy(nn_segment_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    nn_frame_writer_abort(&writer->frame);
    nn_articles_writer_deinit(&writer->articles);
    nn_names_writer_deinit(&writer->names);
    nn_quotes_writer_deinit(&writer->quotes);
    nn_text_writer_deinit(&writer->text);
    nn_buffer_deinit(&writer->mentions);
    nn_buffer_deinit(&writer->scratch);
    nn_list_writer_deinit(&writer->lists);
    nn_dictionary_writer_deinit(&writer->dictionary);
    nn_arena_clear(&writer->term_arena);
    nn_release(writer->memory, writer, sizeof *writer);
}

void nn_segment_writer_name_words(nn_segment_writer *writer, nn_name_words_source *source,
                                  void *context)
{
    writer->name_words = source;
    writer->name_words_context = context;
}

static nuncio_status wrong_stage(nuncio_error *error)
{
    return nn_error_set(
        error, NUNCIO_ERR_STATE,
        "a segment takes articles with their passages, then terms, then its finish");
}

/** Stores the mentions of the last article behind its texts, and settles where its quotes are. */
static nuncio_status end_article(nn_segment_writer *writer, nuncio_error *error)
{
    if (!writer->in_article) {
        return NUNCIO_OK;
    }
    nn_passage_table table = nn_articles_passages(&writer->articles);
    const nn_u32_array *firsts = &writer->articles.first_passages;
    uint32_t first = firsts->items[firsts->count - 1];
    if (first == table.count) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "an article has no passage");
    }
    writer->in_article = false;
    uint32_t tokens = 0;
    uint64_t text_size = 0;
    for (uint32_t i = first; i < table.count; i++) {
        tokens += (uint32_t)table.lengths[i] - table.title_lengths[i];
        text_size += writer->articles.text_sizes.items[i];
    }
    if (text_size > UINT32_MAX) {
        return nn_error_set(error, NUNCIO_ERR_LIMIT, "the text of an article takes 4 GiB");
    }
    NN_TRY(nn_quotes_writer_settle(&writer->quotes, tokens, (uint32_t)text_size, error));
    return nn_text_add_mentions(&writer->text, &writer->mentions, error);
}

nuncio_status nn_segment_writer_article(nn_segment_writer *writer, const nn_article_fields *article,
                                        nuncio_error *error)
{
    if (writer->stage != STAGE_ARTICLES) {
        return wrong_stage(error);
    }
    NN_TRY(end_article(writer, error));
    NN_TRY(nn_articles_add(&writer->articles, writer->names.others, article, error));
    nn_buffer_clear(&writer->mentions);
    if (article->annotations != NULL) {
        NN_TRY(nn_mentions_write(&writer->mentions, &writer->names, article->annotations, error));
        writer->meta.mentions += article->annotations->mention_count;
    }
    NN_TRY(nn_quotes_writer_add(&writer->quotes, &writer->names, article, error));
    NN_TRY(nn_names_end_article(&writer->names, error));
    writer->in_article = true;
    return NUNCIO_OK;
}

nuncio_status nn_segment_writer_passage(nn_segment_writer *writer, nuncio_str text, uint8_t length,
                                        nuncio_error *error)
{
    if (writer->stage != STAGE_ARTICLES || !writer->in_article) {
        return wrong_stage(error);
    }
    NN_TRY(nn_articles_add_passage(&writer->articles, text.size, length, error));
    return nn_text_add(&writer->text, text, error);
}

nuncio_status nn_segment_writer_passage_of(nn_segment_writer *writer, const nn_segment *source,
                                           uint32_t passage, bool plain, nuncio_error *error)
{
    if (writer->stage != STAGE_ARTICLES || !writer->in_article) {
        return wrong_stage(error);
    }
    uint32_t start = 0, end = 0;
    NN_TRY(nn_segment_passage_start(source, passage, &start, &end, error));
    NN_TRY(
        nn_articles_add_passage(&writer->articles, end - start, source->lengths[passage], error));
    return nn_text_copy(&writer->text, source, passage, plain, &writer->scratch, error);
}

nuncio_status nn_segment_writer_serve(nn_segment_writer *writer, nn_trained *trained,
                                      nuncio_error *error)
{
    return nn_text_serve(&writer->text, trained, error);
}

/** Puts a term into the dictionary and its list behind the others, or there too when it is small.
 */
static nuncio_status add_list(nn_segment_writer *writer, nuncio_str term,
                              const nn_term_counts *counts, const uint8_t *list, size_t size,
                              nuncio_error *error)
{
    bool inlined = false;
    NN_TRY(nn_dictionary_add(&writer->dictionary, term, counts, list, size, &inlined, error));
    if (!inlined) {
        nn_frame_writer_append(&writer->frame, list, size);
    }
    writer->meta.terms++;
    writer->meta.postings += counts->passages;
    return NUNCIO_OK;
}

/** Ends the term at hand. */
static nuncio_status end_term(nn_segment_writer *writer, nuncio_error *error)
{
    if (!writer->in_term) {
        return NUNCIO_OK;
    }
    writer->in_term = false;
    nn_list_writer *lists = &writer->lists;
    nn_buffer *list = &writer->scratch;
    nn_term_counts counts = {writer->plain_df, writer->plain_df, writer->quote_df};
    if (!writer->plain) {
        nn_buffer_clear(list);
        NN_TRY(nn_list_end(lists, list, error));
        counts.passages = lists->df;
        counts.articles = lists->article_df;
    }
    return add_list(writer, writer->term, &counts, list->data, list->size, error);
}

/** From articles to terms. */
static nuncio_status begin_terms(nn_segment_writer *writer, nuncio_error *error)
{
    NN_TRY(end_article(writer, error));
    NN_TRY(nn_text_finish(&writer->text, error));
    nn_frame_writer_end(&writer->frame, NN_REGION_STORE);
    nn_frame_writer_begin(&writer->frame, NN_REGION_LISTS);
    writer->lists.passages = nn_articles_passages(&writer->articles);
    writer->stage = STAGE_TERMS;
    return NUNCIO_OK;
}

/** Copies the term and its forms, which the caller may reuse before the list ends. */
static nuncio_status copy_term(nn_segment_writer *writer, nuncio_str term, const nuncio_str *forms,
                               uint32_t form_count, nuncio_error *error)
{
    nn_arena *arena = &writer->term_arena;
    nn_arena_reset(arena);
    writer->term = nn_arena_str(arena, term);
    writer->forms = nn_arena_array(arena, form_count + (size_t)1, sizeof *writer->forms);
    writer->form_count = form_count;
    if (writer->term.data == NULL || writer->forms == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0; i < form_count; i++) {
        writer->forms[i] = nn_arena_str(arena, forms[i]);
        if (writer->forms[i].data == NULL) {
            return nn_error_memory(error);
        }
    }
    return NUNCIO_OK;
}

static nuncio_status term_out_of_order(nuncio_error *error)
{
    return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                        "terms have 1 to %d bytes and come in byte order, each once",
                        NN_TERM_SIZE_MAX);
}

nuncio_status nn_segment_writer_term(nn_segment_writer *writer, nuncio_str term,
                                     const nuncio_str *forms, uint32_t form_count,
                                     nuncio_error *error)
{
    if (writer->stage == STAGE_ARTICLES) {
        NN_TRY(begin_terms(writer, error));
    }
    if (writer->stage != STAGE_TERMS) {
        return wrong_stage(error);
    }
    NN_TRY(end_term(writer, error));
    if (!nn_dictionary_follows(&writer->dictionary, term)) {
        return term_out_of_order(error);
    }
    NN_TRY(copy_term(writer, term, forms, form_count, error));
    writer->in_term = true;
    writer->quote_df = 0;
    writer->plain_df = 0;
    nn_buffer_clear(&writer->scratch);
    return writer->plain
               ? NUNCIO_OK
               : nn_list_begin(&writer->lists, writer->term, writer->forms, form_count, error);
}

nuncio_status nn_segment_writer_quotes(nn_segment_writer *writer, uint32_t quote_df,
                                       nuncio_error *error)
{
    if (!writer->in_term) {
        return wrong_stage(error);
    }
    if (quote_df > writer->quotes.all) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a term in more quotes than there are");
    }
    writer->quote_df = quote_df;
    return NUNCIO_OK;
}

nuncio_status nn_segment_writer_posting(nn_segment_writer *writer, uint32_t passage,
                                        const uint32_t *positions, const uint32_t *forms,
                                        uint32_t tf, nuncio_error *error)
{
    if (!writer->in_term || writer->plain) {
        return wrong_stage(error);
    }
    return nn_list_add_positions(&writer->lists, passage, positions, forms, tf, error);
}

nuncio_status nn_segment_writer_occurrences(nn_segment_writer *writer,
                                            const nn_term_token *occurrences, size_t count,
                                            nuncio_error *error)
{
    if (!writer->in_term) {
        return wrong_stage(error);
    }
    if (writer->plain) {
        writer->plain_df =
            nn_plain_write(&writer->scratch, writer->forms, writer->form_count, occurrences, count);
        writer->lists.sizes.all += writer->scratch.size;
        return nn_buffer_status(&writer->scratch, error);
    }
    for (size_t i = 0; i < count;) {
        uint8_t places[NN_POSITIONS_MAX];
        uint32_t forms[NN_POSITIONS_MAX];
        uint32_t passage = nn_term_token_passage(occurrences[i]);
        uint8_t tf = 0;
        for (; i < count && nn_term_token_passage(occurrences[i]) == passage; i++, tf++) {
            if (tf == NN_POSITIONS_MAX) {
                return nn_error_set(error, NUNCIO_ERR_ARGUMENT, "a passage of too many tokens");
            }
            places[tf] = nn_term_token_place(occurrences[i]);
            forms[tf] = nn_term_token_form(occurrences[i]);
        }
        const nn_list_run run = {&passage, &tf, places, forms, 1};
        NN_TRY(nn_list_add(&writer->lists, &run, error));
    }
    return NUNCIO_OK;
}

nuncio_status nn_segment_writer_passages(nn_segment_writer *writer, nn_passage_table *out,
                                         nuncio_error *error)
{
    if (writer->stage == STAGE_ARTICLES) {
        NN_TRY(begin_terms(writer, error));
    }
    *out = writer->lists.passages;
    return NUNCIO_OK;
}

nuncio_status nn_segment_writer_list(nn_segment_writer *writer, nuncio_str term,
                                     const nn_term_counts *counts, const uint8_t *list, size_t size,
                                     nuncio_error *error)
{
    if (writer->stage != STAGE_TERMS || writer->in_term) {
        return wrong_stage(error);
    }
    if (!nn_dictionary_follows(&writer->dictionary, term)) {
        return term_out_of_order(error);
    }
    return add_list(writer, term, counts, list, size, error);
}

void nn_segment_writer_sizes(nn_segment_writer *writer, const nn_list_sizes *sizes)
{
    writer->lists.sizes.all += sizes->all;
    writer->lists.sizes.docs += sizes->docs;
    writer->lists.sizes.bounds += sizes->bounds;
    writer->lists.sizes.forms += sizes->forms;
    writer->lists.sizes.codes += sizes->codes;
}

/** Everything behind the lists. */
static nuncio_status write_regions(nn_segment_writer *writer, nuncio_error *error)
{
    nn_meta *meta = &writer->meta;
    nn_frame_writer *frame = &writer->frame;
    nn_frame_writer_end(frame, NN_REGION_LISTS);
    NN_TRY(nn_dictionary_write_regions(&writer->dictionary, frame, error));
    NN_TRY(nn_articles_write_regions(&writer->articles, frame, meta, error));
    NN_TRY(nn_names_write_regions(&writer->names, writer->name_words, writer->name_words_context,
                                  frame, meta, error));
    NN_TRY(nn_quotes_writer_regions(&writer->quotes, frame, meta, error));
    NN_TRY(nn_text_write_regions(&writer->text, error));
    meta->has_text = writer->store_text;
    meta->list_bytes = writer->lists.sizes.all;
    meta->docs_bytes = writer->lists.sizes.docs;
    meta->bounds_bytes = writer->lists.sizes.bounds;
    meta->forms_bytes = writer->lists.sizes.forms;
    meta->code_bytes = writer->lists.sizes.codes;
    meta->inline_list_bytes = writer->dictionary.inline_size;
    meta->text_bytes = writer->text.text_bytes;
    meta->mention_bytes = writer->text.mention_bytes;
    nn_buffer_clear(&writer->scratch);
    nn_meta_write(&writer->scratch, meta);
    NN_TRY(nn_buffer_status(&writer->scratch, error));
    nn_frame_writer_region(frame, NN_REGION_META, writer->scratch.data, writer->scratch.size);
    return NUNCIO_OK;
}

nuncio_status nn_segment_writer_finish(nn_segment_writer *writer, char *name, nuncio_error *error)
{
    if (writer->stage == STAGE_ARTICLES) {
        NN_TRY(begin_terms(writer, error));
    }
    if (writer->stage != STAGE_TERMS) {
        return wrong_stage(error);
    }
    writer->stage = STAGE_DONE;
    NN_TRY(end_term(writer, error));
    NN_TRY(write_regions(writer, error));
    return nn_frame_writer_finish(&writer->frame, !writer->plain, name, error);
}

uint64_t nn_segment_writer_memory(const nn_segment *source)
{
    enum {
        OF_ARTICLE = 10 * 4 + 2 * 1 + 16 + 4 + 8, /* columns, hash, store item, ranks */
        OF_PASSAGE = 1 + 1 + 4 + 4 + 4,           /* lengths, text and item sizes, article */
        OF_QUOTE = 26,            /* its numbers in the log of quotes_write.h, as a rule */
        OF_STRING = 16 + 21 + 16, /* key, slots, its share of an arena */
        OF_TERM = 8 + 6           /* hash, slots of the table that is made of them */
    };
    const nn_region *regions = source->frame.regions;
    const nn_meta *meta = &source->meta;
    uint64_t kept = regions[NN_REGION_RECORDS].size + regions[NN_REGION_STRINGS].size +
                    regions[NN_REGION_TERMS].size + meta->articles * OF_ARTICLE +
                    meta->passages * OF_PASSAGE + meta->quotes * OF_QUOTE +
                    meta->strings * OF_STRING + meta->terms * OF_TERM;
    return kept * 2 + kept / 4; /* one of the arrays grows at a time, and is there twice */
}

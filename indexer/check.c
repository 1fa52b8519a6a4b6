/* SPDX-License-Identifier: Apache-2.0 */
/* Verifies an index: every checksum; in full also every structure, the deletes, and the postings
 * against the stored text, analysed anew. */
#include <nuncio/writer.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "indexer/check_impl.h"
#include "indexer/deduction.h"
#include "indexer/parts.h"
#include "indexer/terms_of.h"

#include <string.h>

enum { POSITIONS_MAX = 320, ANALYZER_BYTES_MAX = 64 << 20 };

typedef struct checker {
    nn_memory memory;
    nn_parts parts; /* those that could be opened */
    bool full;
    nuncio_check_report *report;
    void *context;
    nuncio_status first; /* of the first finding */
    nuncio_error error;  /* its details */
} checker;

static void find(checker *in, const nuncio_error *finding)
{
    if (in->first == NUNCIO_OK) {
        in->first = finding->status;
        in->error = *finding;
    }
    if (in->report != NULL) {
        in->report(in->context, finding);
    }
}

/* ---- postings against text: for each passage the sum of the hashes of its tokens, made both ways
 * ---- */

typedef struct passage_sums {
    uint64_t *by_passage;
    uint32_t *lengths; /* tokens by passage, as the text has them */
    uint32_t passage_count;
    const nn_analyzer *analyzer;
} passage_sums;

/* A token is its term, its printed form and its position; sums do not depend on the order of terms.
 */
static uint64_t token_hash(nuncio_str term, nuncio_str form, uint32_t position)
{
    uint64_t hash = nn_hash64(term.data, term.size, 0);
    hash = nn_hash64(form.data, form.size, hash);
    return nn_hash64(&position, sizeof position, hash);
}

static nuncio_status subtract_token(void *context, uint32_t surface, uint32_t passage,
                                    uint32_t position, nuncio_error *error)
{
    passage_sums *in = (passage_sums *)context;
    (void)error;
    if (passage < in->passage_count) {
        in->lengths[passage]++;
        in->by_passage[passage] -= token_hash(nn_analyzer_term(in->analyzer, surface),
                                              nn_analyzer_surface(in->analyzer, surface), position);
    }
    return NUNCIO_OK;
}

static nuncio_status add_postings(const nn_segment *segment, const nn_term_cursor *cursor,
                                  nn_arena *arena, passage_sums *to, nuncio_error *error)
{
    nuncio_str *forms, term = nn_str(cursor->term, cursor->term_size);
    uint32_t count, tf, positions[POSITIONS_MAX], numbers[POSITIONS_MAX];
    nn_postings postings;
    nn_arena_reset(arena);
    NN_TRY(nn_segment_forms(segment, &cursor->info, arena, &forms, &count, error));
    NN_TRY(nn_postings_open(&postings, segment, &cursor->info, error));
    while (postings.doc != NN_DOC_END) {
        NN_TRY(nn_postings_tf(&postings, &tf, error));
        NN_TRY(nn_postings_positions(&postings, positions, numbers, error));
        for (uint32_t i = 0; i < tf; i++) {
            if (numbers[i] < count && postings.doc < to->passage_count) {
                to->by_passage[postings.doc] += token_hash(term, forms[numbers[i]], positions[i]);
            }
        }
        NN_TRY(nn_postings_next(&postings, error));
    }
    return NUNCIO_OK;
}

static nuncio_status add_all_postings(const nn_segment *segment, nn_memory *memory,
                                      passage_sums *to, nuncio_error *error)
{
    nn_term_cursor cursor;
    nn_arena arena;
    nn_arena_init(&arena, memory);
    nuncio_status status = nn_term_cursor_seek(&cursor, segment, nn_str("", 0), error);
    while (status == NUNCIO_OK && cursor.valid) {
        NN_TRY_CLEANUP(add_postings(segment, &cursor, &arena, to, error));
        status = nn_term_cursor_next(&cursor, error);
    }
cleanup:
    nn_arena_clear(&arena);
    return status;
}

/* Analyses all texts. The words of a large archive would fill the memory: now and then the tables
 * start anew. */
static nuncio_status subtract_all_texts(const nn_segment *segment, nn_memory *memory,
                                        nn_analyzer *analyzer, passage_sums *from,
                                        nuncio_error *error)
{
    for (uint32_t i = 0; i < nn_segment_info_of(segment)->article_count; i++) {
        if (nn_analyzer_memory_used(analyzer) > ANALYZER_BYTES_MAX) {
            nn_analyzer_reset(analyzer);
        }
        NN_TRY(nn_terms_of_article(memory, analyzer, segment, i, subtract_token, from, error));
    }
    return NUNCIO_OK;
}

static nuncio_status judge(const nn_segment *segment, const char *name, const passage_sums *sums,
                           nuncio_error *error)
{
    const uint8_t *lengths = nn_segment_lengths(segment);
    for (uint32_t i = 0; i < sums->passage_count; i++) {
        if (sums->by_passage[i] != 0 || sums->lengths[i] != lengths[i]) {
            return nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                                 "the %s of passage %u is not that of its text: index article %u "
                                 "anew",
                                 sums->by_passage[i] != 0 ? "set of postings" : "length", i,
                                 nn_segment_article_of(segment, i));
        }
    }
    return NUNCIO_OK;
}

static nuncio_status compare_with_text(nn_memory *memory, const nn_segment *segment,
                                       const char *name, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    size_t count = info->passage_count;
    passage_sums sums = {.passage_count = info->passage_count};
    nn_analyzer *analyzer = NULL;
    if (!info->has_text || count == 0) {
        return NUNCIO_OK;
    }
    sums.by_passage = (uint64_t *)nn_alloc_array(memory, count, sizeof *sums.by_passage);
    sums.lengths = (uint32_t *)nn_alloc_array(memory, count, sizeof *sums.lengths);
    nuncio_status status = sums.by_passage == NULL || sums.lengths == NULL
                               ? nn_error_memory(error)
                               : nn_analyzer_create(memory, &analyzer, error);
    sums.analyzer = analyzer;
    if (status == NUNCIO_OK) {
        status = add_all_postings(segment, memory, &sums, error);
    }
    if (status == NUNCIO_OK) {
        status = subtract_all_texts(segment, memory, analyzer, &sums, error);
    }
    if (status == NUNCIO_OK) {
        status = judge(segment, name, &sums, error);
    }
    nn_analyzer_destroy(analyzer);
    nn_release(memory, sums.by_passage, count * sizeof *sums.by_passage);
    nn_release(memory, sums.lengths, count * sizeof *sums.lengths);
    return status;
}

/* ---- deletes ---- */

static nuncio_status compare_sums(const nn_deletes *deletes, const nn_deduction_sums *sums,
                                  uint32_t term_count, const char *name, nuncio_error *error)
{
    const nn_deletes_info *info = nn_deletes_info_of(deletes);
    bool same = info->articles == sums->info.articles && info->passages == sums->info.passages &&
                info->tokens == sums->info.tokens && info->quotes == sums->info.quotes &&
                info->quote_tokens == sums->info.quote_tokens &&
                info->mentions == sums->info.mentions &&
                info->raw_text_bytes == sums->info.raw_text_bytes;
    for (uint32_t i = 0; same && i < term_count; i++) {
        nn_df_deduction kept = nn_deletes_deduction(deletes, i);
        same = kept.passages == sums->terms[i].passages &&
               kept.articles == sums->terms[i].articles && kept.quotes == sums->terms[i].quotes;
    }
    return same ? NUNCIO_OK
                : nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                                "what %s says is deleted is not what its segment holds", name);
}

static nuncio_status check_deletes(checker *in, const nn_part *part, nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(part->segment);
    if (part->deletes == NULL) {
        return NUNCIO_OK;
    }
    size_t size = info->article_count * sizeof(uint32_t);
    uint32_t *articles = (uint32_t *)nn_alloc(&in->memory, size);
    if (articles == NULL) {
        return nn_error_memory(error);
    }
    size_t count = 0;
    for (uint32_t i = 0; i < info->article_count; i++) {
        if (!nn_part_has(part, i)) {
            articles[count++] = i;
        }
    }
    nn_deduction_sums sums;
    nuncio_status status = nn_deduction_sum(&in->memory, part->segment, articles, count,
                                            NN_DEDUCTION_BY_TEXT, &sums, error);
    if (status == NUNCIO_OK) {
        status = compare_sums(part->deletes, &sums, info->term_count, part->entry.deletes, error);
        nn_release(&in->memory, sums.terms, info->term_count * sizeof *sums.terms);
    }
    nn_release(&in->memory, articles, size);
    return status;
}

/* ---- ids ---- */

/* An id has one live article in the whole index, and finding it by id leads to it. */
static nuncio_status check_ids(const nn_parts *parts, const nn_part *part, nuncio_error *error)
{
    for (uint32_t i = 0; i < nn_segment_info_of(part->segment)->article_count; i++) {
        nn_article_row row;
        nn_part *found;
        uint32_t article;
        if (!nn_part_has(part, i)) {
            continue;
        }
        NN_TRY(nn_segment_article(part->segment, i, &row, error));
        NN_TRY(nn_parts_find(parts, row.id, &found, &article, error));
        if (found != part || article != i) {
            return nn_error_file(error, NUNCIO_ERR_CORRUPT, part->entry.segment, 0,
                                 "article '%.*s' is there twice, or cannot be found by its id",
                                 row.id.size < 100 ? (int)row.id.size : 100, row.id.data);
        }
    }
    return NUNCIO_OK;
}

/* ---- all of it ---- */

static nuncio_status check_part(checker *in, const nn_part *part, nuncio_error *error)
{
    NN_TRY(nn_segment_verify(part->segment, in->full, error));
    if (!in->full) {
        return NUNCIO_OK;
    }
    NN_TRY(compare_with_text(&in->memory, part->segment, part->entry.segment, error));
    NN_TRY(nn_check_names(&in->memory, part->segment, part->entry.segment, error));
    NN_TRY(check_deletes(in, part, error));
    return check_ids(&in->parts, part, error);
}

static void check_parts(checker *in, const nn_manifest *manifest)
{
    nuncio_error error = {0};
    for (size_t i = 0; i < manifest->count; i++) {
        if (nn_parts_insert(&in->parts, in->parts.count, &manifest->entries[i], false, &error) !=
            NUNCIO_OK) {
            find(in, &error);
        }
    }
    for (size_t i = 0; i < in->parts.count; i++) {
        if (check_part(in, &in->parts.items[i], &error) != NUNCIO_OK) {
            find(in, &error);
        }
    }
}

/** Whether a full check can analyse texts as the writer did. */
static nuncio_status check_analysis(checker *in, const nn_manifest *manifest, const char *directory,
                                    nuncio_error *error)
{
    uint64_t fingerprint = 0;
    NN_TRY(nn_analyzer_fingerprint(&in->memory, &fingerprint, error));
    return manifest->fingerprint == fingerprint
               ? NUNCIO_OK
               : nn_error_file(error, NUNCIO_ERR_ANALYSIS, directory, 0,
                               "the index was analysed by other library versions: its texts cannot "
                               "be compared with its postings");
}

nuncio_status nuncio_check(const char *directory, uint32_t level, const nuncio_vfs *vfs,
                           const nuncio_allocator *allocator, nuncio_check_report *report,
                           void *context, nuncio_error *error)
{
    nn_manifest manifest;
    nuncio_error local = {0};
    checker in = {.full = level == NUNCIO_CHECK_FULL, .report = report, .context = context};
    if (directory == NULL || level > NUNCIO_CHECK_FULL) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "check needs a directory and a level of 0 or 1");
    }
    vfs = vfs == NULL ? nuncio_vfs_default() : vfs;
    memset(&manifest, 0, sizeof manifest);
    nn_memory_init(&in.memory, allocator, 0);
    nn_parts_init(&in.parts, &in.memory, vfs, directory, 1);
    nuncio_status status = nn_manifest_read(vfs, &in.memory, directory, &manifest, &local);
    if (status == NUNCIO_OK && in.full) {
        status = check_analysis(&in, &manifest, directory, &local);
    }
    if (status != NUNCIO_OK) {
        find(&in, &local);
    } else {
        check_parts(&in, &manifest);
    }
    nn_parts_deinit(&in.parts);
    nn_manifest_deinit(&manifest, &in.memory);
    if (in.first != NUNCIO_OK && error != NULL) {
        *error = in.error;
    }
    return in.first;
}

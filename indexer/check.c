/* SPDX-License-Identifier: Apache-2.0 */
/* Verifies an index: every checksum; in full also every structure, the deletes, and the postings
 * against the stored text, analysed anew. */
#include <nuncio/writer.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/str.h"
#include "indexer/deduction.h"
#include "indexer/terms_of.h"
#include "segment/manifest.h"

#include <string.h>

enum { POSITIONS_MAX = 320 };

typedef struct checker {
    const nuncio_vfs *vfs;
    nn_memory memory;
    const char *directory;
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

static nuncio_status compare_with_text(checker *in, const nn_segment *segment, const char *name,
                                       nuncio_error *error)
{
    const nn_segment_info *info = nn_segment_info_of(segment);
    passage_sums both = {.passage_count = info->passage_count};
    nn_analyzer *analyzer = NULL;
    if (!info->has_text || info->passage_count == 0) {
        return NUNCIO_OK;
    }
    size_t size = info->passage_count * sizeof *both.by_passage;
    both.by_passage =
        (uint64_t *)nn_alloc_array(&in->memory, info->passage_count, sizeof *both.by_passage);
    nuncio_status status = both.by_passage == NULL
                               ? nn_error_memory(error)
                               : nn_analyzer_create(&in->memory, &analyzer, error);
    both.analyzer = analyzer;
    if (status == NUNCIO_OK) {
        status = add_all_postings(segment, &in->memory, &both, error);
    }
    for (uint32_t i = 0; status == NUNCIO_OK && i < info->article_count; i++) {
        status =
            nn_terms_of_article(&in->memory, analyzer, segment, i, subtract_token, &both, error);
    }
    for (uint32_t i = 0; status == NUNCIO_OK && i < info->passage_count; i++) {
        if (both.by_passage[i] != 0) {
            status = nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                                   "the postings of passage %u are not those of its text: index "
                                   "article %u anew",
                                   i, nn_segment_article_of(segment, i));
        }
    }
    nn_analyzer_destroy(analyzer);
    nn_release(&in->memory, both.by_passage, size);
    return status;
}

/* ---- deletes ---- */

static nuncio_status compare_sums(const nn_deletes *deletes, const nn_deduction_sums *sums,
                                  uint32_t term_count, const char *name, nuncio_error *error)
{
    const nn_deletes_info *info = nn_deletes_info_of(deletes);
    bool same = info->articles == sums->info.articles && info->passages == sums->info.passages &&
                info->tokens == sums->info.tokens && info->quotes == sums->info.quotes &&
                info->mentions == sums->info.mentions &&
                info->raw_text_bytes == sums->info.raw_text_bytes;
    for (uint32_t i = 0; same && i < term_count; i++) {
        nn_df_deduction kept = nn_deletes_deduction(deletes, i);
        same = kept.passages == sums->terms[i].passages && kept.articles == sums->terms[i].articles;
    }
    return same ? NUNCIO_OK
                : nn_error_file(error, NUNCIO_ERR_CORRUPT, name, 0,
                                "what %s says is deleted is not what its segment holds", name);
}

static nuncio_status check_deletes(checker *in, const nn_segment *segment,
                                   const nn_manifest_entry *entry, nuncio_error *error)
{
    nn_deletes *deletes = NULL;
    const nn_segment_info *info = nn_segment_info_of(segment);
    NN_TRY(nn_deletes_open(in->vfs, &in->memory, in->directory, entry->deletes, info->article_count,
                           &deletes, error));
    nuncio_status status = NUNCIO_OK;
    uint32_t *articles =
        (uint32_t *)nn_alloc_array(&in->memory, (size_t)info->article_count + 1, sizeof *articles);
    if (articles == NULL) {
        status = nn_error_memory(error);
    } else if (in->full) {
        size_t count = 0;
        for (uint32_t i = 0; i < info->article_count; i++) {
            if (nn_deletes_has(deletes, i)) {
                articles[count++] = i;
            }
        }
        nn_deduction_sums sums;
        status = nn_deduction_sum(&in->memory, segment, articles, count, &sums, error);
        if (status == NUNCIO_OK) {
            status = compare_sums(deletes, &sums, info->term_count, entry->deletes, error);
            nn_release(&in->memory, sums.terms, info->term_count * sizeof *sums.terms);
        }
    }
    nn_release(&in->memory, articles, ((size_t)info->article_count + 1) * sizeof *articles);
    nn_deletes_close(deletes);
    return status;
}

/* ---- all of it ---- */

static void check_entry(checker *in, const nn_manifest_entry *entry)
{
    nn_segment *segment = NULL;
    nuncio_error error = {0};
    nuncio_status status =
        nn_segment_open(in->vfs, &in->memory, in->directory, entry->segment, &segment, &error);
    if (status == NUNCIO_OK) {
        status = nn_segment_verify(segment, in->full, &error);
    }
    if (status == NUNCIO_OK && in->full) {
        status = compare_with_text(in, segment, entry->segment, &error);
    }
    if (status != NUNCIO_OK) {
        find(in, &error);
    }
    if (segment != NULL && entry->deletes[0] != '\0') {
        nuncio_status deletes = check_deletes(in, segment, entry, &error);
        if (deletes != NUNCIO_OK && status == NUNCIO_OK) {
            find(in, &error);
        }
    }
    nn_segment_close(segment);
}

nuncio_status nuncio_check(const char *directory, uint32_t level, const nuncio_vfs *vfs,
                           const nuncio_allocator *allocator, nuncio_check_report *report,
                           void *context, nuncio_error *error)
{
    nn_manifest manifest;
    memset(&manifest, 0, sizeof manifest);
    checker in = {.vfs = vfs == NULL ? nuncio_vfs_default() : vfs,
                  .directory = directory,
                  .full = level >= NUNCIO_CHECK_FULL,
                  .report = report,
                  .context = context};
    if (directory == NULL || level > NUNCIO_CHECK_FULL) {
        return nn_error_set(error, NUNCIO_ERR_ARGUMENT,
                            "check needs a directory and a level of 0 or 1");
    }
    nn_memory_init(&in.memory, allocator, 0);
    nuncio_error local = {0};
    if (nn_manifest_read(in.vfs, &in.memory, directory, &manifest, &local) != NUNCIO_OK) {
        find(&in, &local);
    } else if (in.full && manifest.fingerprint != nn_analyzer_fingerprint()) {
        (void)nn_error_file(&local, NUNCIO_ERR_ANALYSIS, directory, 0,
                            "the index was analysed by other library versions: its texts cannot "
                            "be compared with its postings");
        find(&in, &local);
    } else {
        for (size_t i = 0; i < manifest.count; i++) {
            check_entry(&in, &manifest.entries[i]);
        }
    }
    nn_manifest_deinit(&manifest, &in.memory);
    if (in.first != NUNCIO_OK && error != NULL) {
        *error = in.error;
    }
    return in.first;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz/subject.h"

#include "segment/files/format.h"
#include "segment/files/sealed.h"
#include "unit/segment/read_all.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MAX = 16, NAME_SIZE = 36, HEX_SIZE = 32, MEMORY_MAX = 128 << 20 };

void subject_fail(const char *condition, const char *file, int line)
{
    (void)fprintf(stderr, "%s:%d: broken promise: %s\n", file, line, condition);
    abort();
}

/* ---- making ---- */

static const char *const TEXTS[] = {
    "VESLINGEN - The envoy of Karsovia arrived on Monday. \xe2\x80\x9cWe will sign the "
    "treaty,\xe2\x80\x9d said "
    "Foreign Minister Anatoly Drazhin, \xe2\x80\x9c"
    "but not today.\xe2\x80\x9d\n\nTalks on the grain corridor resume in "
    "Sarikent next week, a senior Ardanian official said.",
    "The treaty was signed. President Mehmet \xc3\x87"
    "avdaro\xc4\x9flu told reporters that the treaty holds. \"Nobody "
    "can eat a communiqu\xc3\xa9,\" he added.\n\nThe treaty, the treaty and again the treaty.",
    "Les navires partiront ce soir, a d\xc3\xa9"
    "clar\xc3\xa9 H\xc3\xa9l\xc3\xa8ne Castaing. \xc2\xab L\xe2\x80\x99"
    "accord tient \xc2\xbb, "
    "a-t-elle dit. Le corridor reste ouvert.",
    "Die Gespr\xc3\xa4"
    "che beginnen am Dienstag. \xe2\x80\x9eWir bleiben\xe2\x80\x9c, sagte Ministerin Ilse Brandau "
    "der Presse.",
};
static const char *const LANGUAGES[] = {"en", "en", "fr", "de"};

static void add(nuncio_writer *writer, unsigned number)
{
    char id[16], text[2000];
    size_t kind = number % 4;
    int size = snprintf(id, sizeof id, "id-%02u", number);
    /* Numbers of its own, so that lists of many lengths come about. */
    snprintf(text, sizeof text, "%s\n\nNote %u of %u.", TEXTS[kind], number, number * 7 % 5);
    nuncio_article article = {.id = {id, (size_t)size},
                              .title = {"Karsovia and the treaty", kind == 2 ? 0 : 23},
                              .source = {"Meridian Wire", 13},
                              .lang = {LANGUAGES[kind], 2},
                              .text = {text, strlen(text)},
                              .date = {2031, (uint8_t)(1 + number % 12), 3, NUNCIO_DATE_DAY}};
    subject_require(nuncio_writer_add(writer, &article, NULL, NULL) == NUNCIO_OK);
}

memory_fs *subject_create(void)
{
    memory_fs *fs = memory_fs_create();
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    nuncio_writer *writer = NULL;
    options.vfs = memory_fs_vfs(fs);
    options.threads = 1;
    subject_require(nuncio_writer_open("/index", &options, &writer, NULL) == NUNCIO_OK);
    for (unsigned i = 0; i < 24; i++) {
        add(writer, i);
        if (i == 15) {
            subject_require(nuncio_writer_commit(writer, NULL) == NUNCIO_OK);
        }
    }
    subject_require(nuncio_writer_delete(writer, (nuncio_str){"id-05", 5}, NULL) == NUNCIO_OK);
    subject_require(nuncio_writer_commit(writer, NULL) == NUNCIO_OK);
    nuncio_writer_close(writer);
    return fs;
}

const nuncio_snapshot *subject_snapshot(void)
{
    static nuncio_snapshot *snapshot;
    if (snapshot == NULL) {
        nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
        options.vfs = memory_fs_vfs(subject_create());
        subject_require(nuncio_snapshot_open("/index", &options, &snapshot, NULL) == NUNCIO_OK);
    }
    return snapshot;
}

/* ---- sealing ---- */

static void seal_sealed(uint8_t *bytes, size_t size)
{
    if (size >= NN_SEALED_HEAD + NN_SEALED_TAIL) {
        nn_store_u64(bytes + size - NN_SEALED_TAIL, nn_hash64(bytes, size - NN_SEALED_TAIL, 0));
    }
}

/* Gives a file the name of its content, and puts that into the manifest. */
static void name_anew(memory_fs *fs, const char *path, const void *named, size_t size)
{
    const nuncio_vfs *vfs = memory_fs_vfs(fs);
    size_t manifest_size;
    uint8_t *manifest = memory_fs_contents(fs, "/index/manifest", &manifest_size);
    nn_hash128 hash = nn_hash128_of(named, size);
    const char *name = path + strlen("/index/");
    char renamed[64], digits[HEX_SIZE + 1];
    (void)snprintf(digits, sizeof digits, "%016" PRIx64 "%016" PRIx64, hash.high, hash.low);
    (void)snprintf(renamed, sizeof renamed, "/index/%s%s", digits, name + HEX_SIZE);
    for (size_t at = 0; manifest != NULL && at + NAME_SIZE <= manifest_size; at++) {
        if (memcmp(manifest + at, name, NAME_SIZE) == 0) {
            memcpy(manifest + at, digits, HEX_SIZE);
        }
    }
    subject_require(strcmp(path, renamed) == 0 || vfs->rename(vfs->context, path, renamed) == 0);
}

void subject_seal(memory_fs *fs)
{
    char paths[FILES_MAX][64];
    size_t count = 0, size;
    for (const char *path; count < FILES_MAX && (path = memory_fs_path(fs, count)) != NULL;
         count++) {
        (void)snprintf(paths[count], sizeof paths[count], "%s", path);
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t *bytes = memory_fs_contents(fs, paths[i], &size);
        const char *end = paths[i] + strlen(paths[i]) - 4;
        if (strcmp(end, ".seg") == 0 && size >= NN_HEADER_SIZE + NN_FOOTER_SIZE) {
            read_seal(bytes, size);
            name_anew(fs, paths[i], bytes + size - NN_FOOTER_SIZE, NN_FOOTER_SIZE);
        } else if (strcmp(end, ".del") == 0) {
            seal_sealed(bytes, size);
            name_anew(fs, paths[i], bytes, size);
        }
    }
    uint8_t *manifest = memory_fs_contents(fs, "/index/manifest", &size);
    if (manifest != NULL) {
        seal_sealed(manifest, size);
    }
}

/* ---- memory ---- */

static void take(subject_memory *memory, size_t size)
{
    memory->used += size;
    subject_require(memory->used <= memory->max);
}

static void *memory_alloc(void *context, size_t size)
{
    take(context, size);
    return malloc(size);
}

static void *memory_resize(void *context, void *memory, size_t old_size, size_t new_size)
{
    subject_memory *of = context;
    of->used -= old_size;
    take(of, new_size);
    return realloc(memory, new_size);
}

static void memory_release(void *context, void *memory, size_t size)
{
    subject_memory *of = context;
    of->used -= size;
    free(memory);
}

void subject_memory_init(subject_memory *memory, uint64_t max)
{
    *memory = (subject_memory){{memory, memory_alloc, memory_resize, memory_release}, 0, max};
}

/* ---- using ---- */

static void require_ranges(const nuncio_hit *hit)
{
    uint32_t at = 0;
    for (size_t i = 0; i < hit->highlight_count; i++) {
        subject_require(hit->highlights[i].start >= at &&
                        hit->highlights[i].end > hit->highlights[i].start &&
                        hit->highlights[i].end <= hit->passage.size);
        at = hit->highlights[i].end;
    }
    for (size_t i = 0; i < hit->title_highlight_count; i++) {
        subject_require(hit->title_highlights[i].end <= hit->article.title.size);
    }
    for (size_t i = 0; i < hit->quote_count; i++) {
        subject_require(hit->quotes[i].start <= hit->quotes[i].end &&
                        hit->quotes[i].end <= hit->end - hit->start);
    }
    for (size_t i = 0; i < hit->mention_count; i++) {
        subject_require(hit->mentions[i].start <= hit->mentions[i].end &&
                        hit->mentions[i].end <= hit->end - hit->start);
    }
}

nuncio_status subject_search(const nuncio_snapshot *snapshot, const nuncio_query *query,
                             const nuncio_search_options *options, uint64_t *total)
{
    nuncio_hits *hits = NULL;
    nuncio_error error = {NUNCIO_OK, 0, "", ""};
    nuncio_status status = nuncio_search(snapshot, query, options, &hits, &error);
    *total = 0;
    if (status != NUNCIO_OK) {
        subject_require(hits == NULL && error.status == status && error.message[0] != '\0');
        return status;
    }
    subject_require(nuncio_hits_count(hits) <= options->hits_max);
    double last = (double)INFINITY;
    for (size_t i = 0; i < nuncio_hits_count(hits); i++) {
        const nuncio_hit *hit = nuncio_hits_at(hits, i);
        subject_require(hit->score >= 0.0 && hit->score <= last);
        subject_require(hit->start <= hit->end);
        last = hit->score;
        require_ranges(hit);
    }
    *total = nuncio_hits_total(hits);
    nuncio_hits_destroy(hits);
    return NUNCIO_OK;
}

static const char *const QUERIES[] = {
    "treaty",
    "the treaty of karsovia note",
    "\"the treaty\" OR \"grain corridor\"",
    "treaty NEAR/5 signed",
    "tre* NOT corridor",
    "traety~2",
    "='Treaty' OR =treaty",
    "+treaty -envoy PASSAGE(treaty AND president)",
    "quote:(treaty OR sign) speaker:drazhin",
    "speaker:\"senior ardanian official\" person:drazhin",
    "title:treaty source:\"Meridian Wire\" date:2031-01..2031-06 lang:fr",
    "entity:karsovia place:sarikent org:presse",
};

static nuncio_status count_facets(const nuncio_snapshot *snapshot, const nuncio_query *query,
                                  const nuncio_search_options *options)
{
    nuncio_facets *facets = NULL;
    nuncio_status status = nuncio_facets_count(snapshot, query, options, NULL, &facets, NULL);
    subject_require((status == NUNCIO_OK) == (facets != NULL));
    for (uint32_t kind = 0; facets != NULL && kind < NUNCIO_FACET_KINDS; kind++) {
        size_t count;
        const nuncio_facet *values = nuncio_facets_values(facets, (nuncio_facet_kind)kind, &count);
        for (size_t i = 0; i < count; i++) {
            subject_require(values[i].articles <= values[i].hits &&
                            values[i].hits <= nuncio_facets_hits(facets));
        }
    }
    nuncio_facets_destroy(facets);
    return status;
}

static uint64_t search_all(const nuncio_snapshot *snapshot, const nuncio_allocator *allocator,
                           unsigned turn)
{
    uint64_t failed = 0, total;
    for (size_t i = 0; i < sizeof QUERIES / sizeof QUERIES[0]; i++) {
        nuncio_query *query = NULL;
        nuncio_str text = {QUERIES[i], strlen(QUERIES[i])};
        subject_require(nuncio_query_parse(text, 0, allocator, &query, NULL) == NUNCIO_OK);
        size_t mode = (i + turn) % 4;
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.by = mode == 1 ? NUNCIO_BY_ARTICLE : NUNCIO_BY_PASSAGE;
        options.scope = mode == 2 ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
        options.exhaustive = options.count = options.explain = mode == 3;
        failed += subject_search(snapshot, query, &options, &total) != NUNCIO_OK;
        options.by =
            strstr(QUERIES[i], "PASSAGE") == NULL && mode % 2 == 0 ? NUNCIO_BY_QUOTE : options.by;
        if (options.by == NUNCIO_BY_QUOTE) {
            options.explain = mode == 2;
            failed += subject_search(snapshot, query, &options, &total) != NUNCIO_OK;
        }
        failed += count_facets(snapshot, query, &options) != NUNCIO_OK;
        nuncio_query_destroy(query);
    }
    return failed;
}

static uint64_t read_all_articles(const nuncio_snapshot *snapshot)
{
    nuncio_stats stats;
    uint64_t failed = 0;
    nuncio_snapshot_stats(snapshot, &stats);
    for (uint64_t i = 0; i < stats.articles; i++) {
        nuncio_document *document = NULL;
        if (nuncio_snapshot_read(snapshot, i, &document, NULL) != NUNCIO_OK) {
            failed++;
            continue;
        }
        const nuncio_annotations *found = nuncio_document_annotations(document);
        nuncio_str text = nuncio_document_article(document)->text;
        for (size_t quote = 0; quote < found->quote_count; quote++) {
            subject_require(found->quotes[quote].end <= text.size || text.data == NULL);
        }
        for (size_t passage = 0; passage < nuncio_document_passage_count(document); passage++) {
            subject_require(nuncio_document_passage(document, passage).end <= text.size ||
                            text.data == NULL);
        }
        nuncio_document_destroy(document);
    }
    return failed;
}

uint64_t subject_use(memory_fs *fs, unsigned turn)
{
    subject_memory memory;
    nuncio_snapshot *snapshot = NULL;
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    subject_memory_init(&memory, MEMORY_MAX);
    options.vfs = memory_fs_vfs(fs);
    options.allocator = &memory.allocator;
    uint64_t failed = 1;
    if (nuncio_snapshot_open("/index", &options, &snapshot, NULL) == NUNCIO_OK) {
        failed = read_all_articles(snapshot);
        failed += search_all(snapshot, &memory.allocator, turn);
        nuncio_snapshot_close(snapshot);
    }
    failed += nuncio_check("/index", NUNCIO_CHECK_FULL, options.vfs, &memory.allocator, NULL, NULL,
                           NULL) != NUNCIO_OK;
    subject_require(memory.used == 0);
    subject_require(memory_fs_open_count(fs) == 0);
    return failed;
}

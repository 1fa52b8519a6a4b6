/* SPDX-License-Identifier: Apache-2.0 */
#include "crash/workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIRECTORY "/index"

const workload WORKLOADS[] = {
    {"create", "", "a1.1 a2.1 a3.1 c"},
    {"append", "a1.1 a2.1 c", "a3.1 a4.1 c"},
    {"replace", "a1.1 a2.1 a3.1 c", "a2.2 a4.1 c"},
    {"delete", "a1.1 a2.1 a3.1 a4.1 c", "d2 c d3 c"},
    {"two commits", "a1.1 c", "a2.1 c a3.1 d1 c"},
    {"merge", "a1.1 c a2.1 c a3.1 c a4.1 c a5.1 c a6.1 c a7.1 c", "a8.1 c a9.1 c a10.1 c a11.1 c"},
    {"optimize", "a1.1 a2.1 c a3.1 c d2 c", "a4.1 o"},
    {"reopen", "a1.1 a2.1 c", "a3.1 c r a4.1 d1 c r a5.1 c"},
    {"everything", "a1.1 a2.1 a3.1 c", "a1.2 d2 c a4.1 a5.1 c o a6.1 d3 c r a2.2 c o"},
};
const size_t WORKLOAD_COUNT = sizeof WORKLOADS / sizeof WORKLOADS[0];

static const char *article_text(unsigned article, unsigned version, char to[400])
{
    snprintf(to, 400,
             "The envoy of country%u arrived on Monday. \xe2\x80\x9cWe will sign "
             "draft%u,\xe2\x80\x9d said "
             "Minister Oblov%u.\n\nTalks number %u resume in Geneva in version %u of the plan.",
             article % 7, version, article, article, version);
    return to;
}

/* Splits off the next step; false at the end. */
static bool next_step(const char **script, char *kind, unsigned *article, unsigned *version)
{
    const char *p = *script + strspn(*script, " ");
    if (*p == '\0') {
        return false;
    }
    *kind = *p++;
    *article = *version = 0;
    while (*p >= '0' && *p <= '9') {
        *article = *article * 10 + (unsigned)(*p++ - '0');
    }
    if (*p == '.') {
        p++;
        while (*p >= '0' && *p <= '9') {
            *version = *version * 10 + (unsigned)(*p++ - '0');
        }
    }
    *script = p;
    return true;
}

static void follow(const char *script, workload_states *states)
{
    char kind;
    unsigned article, version;
    uint8_t now[WORKLOAD_ARTICLES];
    memcpy(now, states->version[states->count - 1], sizeof now);
    while (next_step(&script, &kind, &article, &version)) {
        if (kind == 'a') {
            now[article] = (uint8_t)version;
        } else if (kind == 'd') {
            now[article] = 0;
        } else if (kind == 'c' || kind == 'o') {
            memcpy(states->version[states->count++], now, sizeof now);
        }
    }
}

workload_states workload_states_of(const workload *load)
{
    workload_states before = {.count = 1}, states = {.count = 1};
    follow(load->before, &before);
    states.index_before = before.count > 1;
    memcpy(states.version[0], before.version[before.count - 1], sizeof states.version[0]);
    follow(load->script, &states);
    return states;
}

static nuncio_status add(nuncio_writer *writer, unsigned number, unsigned version,
                         nuncio_error *error)
{
    char id[16], text[400];
    int size = snprintf(id, sizeof id, "a%02u", number);
    nuncio_article article = {.id = {id, (size_t)size},
                              .title = {"Envoy arrives", 13},
                              .lang = {"en", 2},
                              .date = {2031, 3, (uint8_t)(1 + number % 28), NUNCIO_DATE_DAY}};
    article.text.data = article_text(number, version, text);
    article.text.size = strlen(text);
    return nuncio_writer_add(writer, &article, NULL, error);
}

static nuncio_status step(nuncio_writer *writer, char kind, unsigned article, unsigned version,
                          nuncio_error *error)
{
    if (kind == 'a') {
        return add(writer, article, version, error);
    }
    if (kind == 'd') {
        char id[16];
        int size = snprintf(id, sizeof id, "a%02u", article);
        nuncio_status status = nuncio_writer_delete(writer, (nuncio_str){id, (size_t)size}, error);
        return status == NUNCIO_ERR_NOT_FOUND ? NUNCIO_OK : status;
    }
    return kind == 'o' ? nuncio_writer_optimize(writer, error)
                       : nuncio_writer_commit(writer, error);
}

size_t workload_run(const char *script, bool annotate, const nuncio_vfs *vfs,
                    const nuncio_allocator *allocator, nuncio_status *status, nuncio_error *error)
{
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    options.vfs = vfs;
    options.allocator = allocator;
    options.threads = 1;
    options.no_annotations = !annotate;
    nuncio_writer *writer = NULL;
    size_t commits = 0;
    char kind;
    unsigned article, version;
    *status = nuncio_writer_open(DIRECTORY, &options, &writer, error);
    while (*status == NUNCIO_OK && next_step(&script, &kind, &article, &version)) {
        if (kind == 'r') {
            nuncio_writer_close(writer);
            *status = nuncio_writer_open(DIRECTORY, &options, &writer, error);
            continue;
        }
        *status = step(writer, kind, article, version, error);
        commits += *status == NUNCIO_OK && (kind == 'c' || kind == 'o');
    }
    nuncio_writer_close(writer);
    return commits;
}

static const char *compare_articles(const nuncio_snapshot *snapshot, const uint8_t *version,
                                    nuncio_error *error)
{
    nuncio_stats stats;
    uint64_t expected = 0;
    for (unsigned i = 0; i < WORKLOAD_ARTICLES; i++) {
        expected += version[i] != 0;
    }
    nuncio_snapshot_stats(snapshot, &stats);
    if (stats.articles != expected) {
        return "another number of articles";
    }
    for (uint64_t i = 0; i < expected; i++) {
        nuncio_document *document = NULL;
        if (nuncio_snapshot_read(snapshot, i, &document, error) != NUNCIO_OK) {
            return "an article cannot be read";
        }
        const nuncio_article *article = nuncio_document_article(document);
        unsigned number = (unsigned)strtoul(article->id.data + 1, NULL, 10) % WORKLOAD_ARTICLES;
        char text[400];
        article_text(number, version[number], text);
        bool same = version[number] != 0 && article->text.size == strlen(text) &&
                    memcmp(article->text.data, text, article->text.size) == 0;
        nuncio_document_destroy(document);
        if (!same) {
            return "an article has another text";
        }
    }
    return NULL;
}

/* Each article holds "envoy" and a number of its own: one must find all, the other just the one. */
static const char *compare_search(const nuncio_snapshot *snapshot,
                                  const nuncio_allocator *allocator, const uint8_t *version,
                                  nuncio_error *error)
{
    for (unsigned i = 0; i < WORKLOAD_ARTICLES; i++) {
        char text[32];
        int size = snprintf(text, sizeof text, "oblov%u", i);
        nuncio_query *query = NULL;
        nuncio_hits *hits = NULL;
        nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
        options.count = true;
        if (version[i] == 0 && i % 4 != 1) {
            continue;
        }
        nuncio_status status =
            nuncio_query_parse((nuncio_str){text, (size_t)size}, 0, allocator, &query, error);
        if (status == NUNCIO_OK) {
            status = nuncio_search(snapshot, query, &options, &hits, error);
        }
        uint64_t total = status == NUNCIO_OK ? nuncio_hits_total(hits) : 0;
        nuncio_hits_destroy(hits);
        nuncio_query_destroy(query);
        if (status != NUNCIO_OK) {
            return "a search fails";
        }
        if (total != (version[i] != 0)) {
            return "a search finds another number of passages";
        }
    }
    return NULL;
}

const char *workload_compare(const nuncio_vfs *vfs, const nuncio_allocator *allocator,
                             const uint8_t *version, nuncio_error *error)
{
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = vfs;
    options.allocator = allocator;
    nuncio_snapshot *snapshot = NULL;
    memset(error, 0, sizeof *error);
    if (nuncio_snapshot_open(DIRECTORY, &options, &snapshot, error) != NUNCIO_OK) {
        return "the index cannot be opened";
    }
    const char *difference = compare_articles(snapshot, version, error);
    if (difference == NULL) {
        difference = compare_search(snapshot, allocator, version, error);
    }
    nuncio_snapshot_close(snapshot);
    return difference;
}

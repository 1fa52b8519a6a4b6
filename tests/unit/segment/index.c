/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "index.h"

#include <string.h>

bool test_index_deleted(const test_index *made, size_t part, uint32_t article)
{
    return part == 1 &&
           (article == 0 || article == 2 || article + 1 == made->samples[1]->article_count);
}

static void delete_some(test_index *made)
{
    const sample *from = made->samples[1];
    const uint32_t gone[] = {0, 2, from->article_count - 1};
    nn_deletes_info info = {.articles = 3};
    for (size_t i = 0; i < 3; i++) {
        const sample_article *article = &from->articles[gone[i]];
        info.passages += article->passage_count;
        info.quotes += article->annotations.quote_count;
        info.mentions += article->annotations.mention_count;
        info.raw_text_bytes += article->title == NULL ? 0 : strlen(article->title);
        for (uint32_t k = 0; k < article->passage_count; k++) {
            info.tokens += from->passages[article->first_passage + k].length;
            info.raw_text_bytes += from->passages[article->first_passage + k].text_size;
        }
    }
    assert_int_equal(nn_deletes_write(made->vfs, &made->memory, "/index", from->article_count, gone,
                                      3, NULL, 0, &info, made->entries[1].deletes, NULL),
                     NUNCIO_OK);
}

void test_index_make(test_index *made, uint64_t seed)
{
    static const sample_options options[INDEX_PARTS] = {{7, 3, 40, 60}, {9, 4, 30, 50}};
    test_prng prng = test_prng_of(seed);
    memset(made, 0, sizeof *made);
    made->files = memory_fs_create();
    made->vfs = memory_fs_vfs(made->files);
    nn_memory_init(&made->memory, NULL, 0);
    assert_int_equal(made->vfs->make_dir(made->vfs->context, "/index"), 0);
    for (size_t i = 0; i < INDEX_PARTS; i++) {
        made->samples[i] = sample_create(&prng, &options[i]);
        for (uint32_t k = 0; i == 1 && k < made->samples[i]->article_count; k++) {
            made->samples[i]->articles[k].id[0] = 'A'; /* no id is in both */
        }
        assert_int_equal(sample_write(made->samples[i], made->vfs, &made->memory, "/index", true,
                                      made->entries[i].segment, NULL),
                         NUNCIO_OK);
    }
    delete_some(made);
}

void test_index_commit(test_index *made, uint64_t generation, size_t parts)
{
    nn_manifest manifest = {generation, 42, made->entries, parts, parts};
    assert_int_equal(nn_manifest_commit(made->vfs, &made->memory, "/index", &manifest, NULL),
                     NUNCIO_OK);
}

nuncio_status test_index_open(test_index *made, nuncio_snapshot **out, nuncio_error *error)
{
    nuncio_snapshot_options options = NUNCIO_SNAPSHOT_OPTIONS_INIT;
    options.vfs = made->vfs;
    return nuncio_snapshot_open("/index", &options, out, error);
}

void test_index_release(test_index *made)
{
    assert_int_equal(memory_fs_open_count(made->files), 0);
    assert_int_equal(made->memory.used, 0);
    memory_fs_destroy(made->files);
    for (size_t i = 0; i < INDEX_PARTS; i++) {
        sample_destroy(made->samples[i]);
    }
}

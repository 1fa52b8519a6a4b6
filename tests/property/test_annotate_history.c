/* SPDX-License-Identifier: Apache-2.0 */
/* What is found in an article does not depend on the articles before it: the models' caches are
 * caches. The order of articles and the number of threads would else decide where passages are cut.
 */
#include "annotate/annotate.h"
#include "core/str.h"
#include "oracle/random_article.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct reader {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_annotate *annotate;
    nn_token_list tokens;
    nn_sentence_list sentences;
} reader;

static void open_reader(reader *r)
{
    *r = (reader){0};
    nn_memory_init(&r->memory, NULL, 0);
    assert_int_equal(nn_analyzer_create(&r->memory, &r->analyzer, NULL), NUNCIO_OK);
    assert_int_equal(nn_annotate_create(&r->memory, NULL, &r->annotate, NULL), NUNCIO_OK);
}

static void close_reader(reader *r)
{
    nn_token_list_deinit(&r->tokens, &r->memory);
    nn_sentence_list_deinit(&r->sentences, &r->memory);
    nn_annotate_destroy(r->annotate);
    nn_analyzer_destroy(r->analyzer);
}

static nuncio_annotations annotate(reader *r, const nuncio_article *article)
{
    nn_language language = NN_LANGUAGE_EN;
    (void)nn_language_from_code(article->lang, &language);
    r->tokens.count = 0;
    r->sentences.count = 0;
    nuncio_annotations found;
    assert_int_equal(nn_analyzer_tokenize(r->analyzer, language, article->text, &r->tokens, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_sentences_find(&r->memory, language, article->text, &r->sentences, NULL),
                     NUNCIO_OK);
    assert_int_equal(nn_annotate_article(r->annotate, r->analyzer, language, article->title,
                                         article->text, &r->tokens, &r->sentences, &found, NULL),
                     NUNCIO_OK);
    return found;
}

static void check_same(const nuncio_annotations *a, const nuncio_annotations *b)
{
    assert_int_equal(a->quote_count, b->quote_count);
    for (size_t i = 0; i < a->quote_count; i++) {
        const nuncio_quote *x = &a->quotes[i], *y = &b->quotes[i];
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->flags, y->flags);
        assert_int_equal(x->speaker_start, y->speaker_start);
        assert_int_equal(x->cue_start, y->cue_start);
        assert_int_equal(x->speaker_type, y->speaker_type);
        assert_true(nn_str_equal(x->speaker, y->speaker));
    }
    assert_int_equal(a->mention_count, b->mention_count);
    for (size_t i = 0; i < a->mention_count; i++) {
        const nuncio_mention *x = &a->mentions[i], *y = &b->mentions[i];
        assert_int_equal(x->start, y->start);
        assert_int_equal(x->end, y->end);
        assert_int_equal(x->type, y->type);
        assert_true(nn_str_equal(x->name, y->name));
    }
}

static void articles_before_do_not_matter(void **state)
{
    (void)state;
    test_prng prng = test_prng_of(test_seed(7));
    random_world world = random_world_make(&prng, 1000);
    world.languages[0] = world.languages[1] = world.languages[2] = world.languages[3] = true;
    reader used;
    open_reader(&used);
    for (uint32_t i = 0; i < 300; i++) {
        static random_article made;
        random_article_make(&prng, &world, &made);
        reader fresh;
        open_reader(&fresh);
        nuncio_annotations expected = annotate(&fresh, &made.article);
        if (test_prng_chance(&prng, 5)) {
            nn_analyzer_reset(used.analyzer); /* its numbers now mean other words */
        }
        nuncio_annotations found = annotate(&used, &made.article);
        check_same(&found, &expected);
        close_reader(&fresh);
    }
    close_reader(&used);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_before_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

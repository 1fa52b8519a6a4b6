/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of words, learned from text without labels: skip-gram with negative samples, in which
 * each place around a word has output vectors of its own (structured skip-gram), so that they
 * learn what kind of word it is more than what the text is about.
 *
 * usage: names_embed [--words N] [--seed N] [--repeat K] PATH… -o OUT
 *
 * PATH is what `nuncio index` takes. Words are folded; those with digits count as one. OUT: a line
 * "count width", then a line a word, the most frequent first. */
#include <math.h>
#include <string.h>

#include "common.h"
#include "core/string_map.h"
#include "ingest/ingest.h"
#include "text/analyzer.h"

enum { WIDTH = 64, WINDOW = 3, NEGATIVES = 5, TABLE = 1 << 22, SIGMOIDS = 2048 };
enum { PLACES = 2 * WINDOW };
#define BREAK UINT32_MAX

typedef struct embedder {
    nn_memory memory;
    nn_analyzer *analyzer;
    nn_string_map *words;
    uint64_t *uses;
    size_t use_capacity;
    uint32_t *text; /* word numbers, BREAK between articles */
    size_t count, capacity;
    uint32_t *word_of; /* surface -> word */
    size_t word_of_capacity;
    float *in, *out; /* [words][WIDTH], [words][PLACES][WIDTH] */
    uint32_t *table; /* words as often as they are drawn */
    float sigmoid[SIGMOIDS];
    prng random;
    size_t kept; /* words that get vectors: the most frequent */
} embedder;

static bool has_digit(nuncio_str s)
{
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] >= '0' && s.data[i] <= '9') {
            return true;
        }
    }
    return false;
}

static uint32_t word_number(embedder *e, uint32_t surface)
{
    nuncio_error error = {0};
    size_t before = e->word_of_capacity;
    grow(&e->word_of, &e->word_of_capacity, (size_t)surface + 1, sizeof *e->word_of);
    for (size_t i = before; i < e->word_of_capacity; i++) {
        e->word_of[i] = BREAK;
    }
    if (e->word_of[surface] == BREAK) {
        nuncio_str folded = nn_analyzer_folded(e->analyzer, surface);
        folded = has_digit(folded) ? (nuncio_str){"0", 1} : folded;
        require(nn_string_map_add(e->words, folded, &e->word_of[surface], NULL, &error), &error);
    }
    return e->word_of[surface];
}

static void add_text(embedder *e, nuncio_str text, nn_token_list *tokens)
{
    nuncio_error error = {0};
    tokens->count = 0;
    require(nn_analyzer_tokenize(e->analyzer, NN_LANGUAGE_EN, text, tokens, &error), &error);
    grow(&e->text, &e->capacity, e->count + tokens->count + 1, sizeof *e->text);
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t word = word_number(e, tokens->items[i].surface);
        size_t before = e->use_capacity;
        grow(&e->uses, &e->use_capacity, (size_t)word + 1, sizeof *e->uses);
        if (e->use_capacity > before) {
            memset(e->uses + before, 0, (e->use_capacity - before) * sizeof *e->uses);
        }
        e->uses[word]++;
        e->text[e->count++] = word;
    }
    e->text[e->count++] = BREAK;
}

static void read_path(embedder *e, const char *path, nn_token_list *tokens)
{
    nuncio_error error = {0};
    nn_ingest *ingest = NULL;
    nn_ingest_item item;
    require(nn_ingest_open(&path, 1, NULL, NULL, &ingest, &error), &error);
    do {
        require(nn_ingest_next(ingest, &item, &error), &error);
        if (item.event == NN_INGEST_ARTICLE) {
            add_text(e, item.article.text, tokens);
        }
    } while (item.event != NN_INGEST_END);
    nn_ingest_close(ingest);
}

static const uint64_t *sort_uses;

static int by_use(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    if (sort_uses[x] != sort_uses[y]) {
        return sort_uses[x] > sort_uses[y] ? -1 : 1;
    }
    return x < y ? -1 : 1;
}

/** Numbers words by frequency; rarer ones than kept become BREAK - 1. */
static uint32_t *rank_words(embedder *e, size_t wanted)
{
    size_t all = nn_string_map_count(e->words);
    uint32_t *order = zeroed(all, sizeof *order);
    for (uint32_t i = 0; i < all; i++) {
        order[i] = i;
    }
    sort_uses = e->uses;
    qsort(order, all, sizeof *order, by_use);
    e->kept = all < wanted ? all : wanted;
    while (e->kept > 0 && e->uses[order[e->kept - 1]] < 3) {
        e->kept--;
    }
    uint32_t *rank = zeroed(all, sizeof *rank);
    for (uint32_t i = 0; i < all; i++) {
        rank[order[i]] = i < e->kept ? i : BREAK - 1;
    }
    for (size_t i = 0; i < e->count; i++) {
        e->text[i] = e->text[i] == BREAK ? BREAK : rank[e->text[i]];
    }
    free(rank);
    return order;
}

static void fill_tables(embedder *e, const uint32_t *order)
{
    double sum = 0;
    for (size_t i = 0; i < e->kept; i++) {
        sum += pow((double)e->uses[order[i]], 0.75);
    }
    e->table = zeroed(TABLE, sizeof *e->table);
    double share = 0;
    uint32_t word = 0;
    for (size_t i = 0; i < TABLE; i++) {
        while (word + 1 < e->kept &&
               (double)i / TABLE >= share + pow((double)e->uses[order[word]], 0.75) / sum) {
            share += pow((double)e->uses[order[word]], 0.75) / sum;
            word++;
        }
        e->table[i] = word;
    }
    for (size_t i = 0; i < SIGMOIDS; i++) {
        double x = ((double)i / SIGMOIDS - 0.5) * 12;
        e->sigmoid[i] = (float)(1 / (1 + exp(-x)));
    }
    e->in = zeroed(e->kept * WIDTH, sizeof(float));
    e->out = zeroed(e->kept * PLACES * WIDTH, sizeof(float));
    for (size_t i = 0; i < e->kept * WIDTH; i++) {
        e->in[i] = (prng_float(&e->random) - 0.5f) / WIDTH;
    }
}

static float dot(const float *a, const float *b)
{
    float lanes[16] = {0}, sum = 0;
    for (size_t j = 0; j < WIDTH; j += 16) {
        for (size_t l = 0; l < 16; l++) {
            lanes[l] += a[j + l] * b[j + l];
        }
    }
    for (size_t l = 0; l < 16; l++) {
        sum += lanes[l];
    }
    return sum;
}

static void learn_pair(embedder *e, float *in, uint32_t target, uint32_t place, float rate)
{
    float change[WIDTH] = {0};
    for (int k = 0; k <= NEGATIVES; k++) {
        uint32_t word = k == 0 ? target : e->table[prng_next(&e->random) % TABLE];
        if (k > 0 && word == target) {
            continue;
        }
        float *out = e->out + ((size_t)word * PLACES + place) * WIDTH;
        float x = dot(in, out);
        float s = x > 5.99f    ? 1.0f
                  : x < -5.99f ? 0.0f
                               : e->sigmoid[(int)((x / 12 + 0.5f) * SIGMOIDS)];
        float g = rate * ((k == 0 ? 1.0f : 0.0f) - s);
        for (size_t j = 0; j < WIDTH; j++) {
            change[j] += g * out[j];
            out[j] += g * in[j];
        }
    }
    for (size_t j = 0; j < WIDTH; j++) {
        in[j] += change[j];
    }
}

static void learn(embedder *e, const uint32_t *order)
{
    enum { SENTENCE = 1000 };
    uint32_t kept[SENTENCE];
    double total = (double)e->count;
    for (size_t at = 0; at < e->count;) {
        float rate = 0.025f * (1.0f - 0.95f * (float)((double)at / total));
        size_t count = 0;
        for (; at < e->count && e->text[at] != BREAK && count < SENTENCE; at++) {
            uint32_t word = e->text[at];
            if (word == BREAK - 1) {
                continue;
            }
            double often = (double)e->uses[order[word]] / total;
            double keep = sqrt(1e-4 / often) + 1e-4 / often;
            if (keep >= 1 || prng_float(&e->random) < keep) {
                kept[count++] = word;
            }
        }
        at += at < e->count && e->text[at] == BREAK;
        for (size_t i = 0; i < count; i++) {
            size_t reach = 1 + prng_below(&e->random, WINDOW);
            for (size_t o = 1; o <= reach; o++) {
                float *in = e->in + (size_t)kept[i] * WIDTH;
                if (o <= i) {
                    learn_pair(e, in, kept[i - o], (uint32_t)(WINDOW - o), rate);
                }
                if (i + o < count) {
                    learn_pair(e, in, kept[i + o], (uint32_t)(WINDOW + o - 1), rate);
                }
            }
        }
    }
}

static void write_vectors(const embedder *e, const uint32_t *order, const char *path)
{
    FILE *file = open_file(path, "w");
    fprintf(file, "%zu %d\n", e->kept, WIDTH);
    for (size_t i = 0; i < e->kept; i++) {
        nuncio_str word = nn_string_map_key(e->words, order[i]);
        fprintf(file, "%.*s", (int)word.size, word.data);
        for (size_t j = 0; j < WIDTH; j++) {
            fprintf(file, " %.4g", (double)e->in[i * WIDTH + j]);
        }
        fputc('\n', file);
    }
    if (fclose(file) != 0) {
        fail("%s: cannot be written", path);
    }
}

int main(int argc, char **argv)
{
    static embedder e;
    nuncio_error error = {0};
    nn_token_list tokens = {0};
    size_t wanted = 50000, repeat = 1;
    const char *output = NULL;
    e.random.state = 1;
    nn_memory_init(&e.memory, NULL, 0);
    require(nn_analyzer_create(&e.memory, &e.analyzer, &error), &error);
    require(nn_string_map_create(&e.memory, &e.words, &error), &error);
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(argv[i], "--words") == 0) {
            wanted = (size_t)atol(next), i++;
        } else if (strcmp(argv[i], "--seed") == 0) {
            e.random.state = (uint64_t)atol(next), i++;
        } else if (strcmp(argv[i], "--repeat") == 0) {
            repeat = (size_t)atol(next), i++; /* of the paths behind it */
        } else if (strcmp(argv[i], "-o") == 0) {
            output = next, i++;
        } else {
            for (size_t k = 0; k < repeat; k++) {
                read_path(&e, argv[i], &tokens);
            }
        }
    }
    if (output == NULL || e.count == 0) {
        fail("usage: names_embed [--words N] [--seed N] [--repeat K] PATH... -o OUT");
    }
    uint32_t *order = rank_words(&e, wanted);
    fill_tables(&e, order);
    fprintf(stderr, "%zu words of text, %zu get vectors\n", e.count, e.kept);
    learn(&e, order);
    write_vectors(&e, order, output);
    return 0;
}

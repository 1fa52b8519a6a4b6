/* SPDX-License-Identifier: Apache-2.0 */
/* Trains the names model on documents that prepare.py wrote.
 *
 * usage: names_train --train FILE… [--dev FILE…] [--lists FOLDER] [--vectors FILE] [-o MODEL]
 *                    [--epochs N] [--seed N] [--rate X] [--batch WORDS] [--vocabulary N]
 *                    [--drop WORD,AFFIX,KNOWN,HIDDEN,UPPER] [--without known|affix|class]
 *                    [--errors 1]
 *
 * The same files, options and seed give the same model, byte by byte. */
#include <string.h>
#include <time.h>

#include "crf.h"
#include "export.h"
#include "trainer.h"

static bool is_labelled(const document *d)
{
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->scored[i] && d->allowed[i] != 0) {
            return true;
        }
    }
    return false;
}

static double train_document(trainer *t, const document *d, float *score_gradient, uint32_t *scored)
{
    double loss = 0;
    if (!is_labelled(d)) {
        return 0;
    }
    const float *scores =
        net_forward(&t->n, t->p, d, t->forms, t->vocabulary_size, &t->o.drop, &t->random);
    memset(score_gradient, 0, (size_t)d->count * LANES * sizeof(float));
    for (uint32_t i = 0; i < d->count;) {
        uint32_t end = run_end(d, i, true);
        if (end > i) {
            loss += crf_loss(scores, d->allowed, i, end, &t->n.chain, score_gradient,
                             t->n.chain.gradient);
            *scored += end - i;
        }
        i = end > i ? end : i + 1;
    }
    net_backward(&t->n, t->p, d, score_gradient);
    return loss;
}

static void shuffle(uint32_t *order, size_t count, prng *random)
{
    for (size_t k = count; k-- > 1;) {
        uint32_t other = prng_below(random, (uint32_t)k + 1);
        uint32_t swap = order[k];
        order[k] = order[other];
        order[other] = swap;
    }
}

/** One step; its rate goes up over 200 steps, then down to a tenth. The model is the mean of what
 * the last quarter of the steps finds: single steps there still go to and fro. */
static void take_step(trainer *t, double steps_all)
{
    enum { WARM = 200, COLLECT_EVERY = 16 };
    float done = (float)((double)t->n.steps / steps_all);
    float rate = t->o.rate * (done < 0.9f ? 1 - done : 0.1f);
    rate *= t->n.steps < WARM ? (float)t->n.steps / WARM : 1.0f;
    net_step(&t->n, rate, t->o.decay);
    if (done >= 0.75f && t->n.steps % COLLECT_EVERY == 0) {
        net_collect(&t->n);
    }
}

static double train_epoch(trainer *t, const uint32_t *order, double steps_all, float *gradient)
{
    double loss = 0;
    uint32_t scored = 0, since = 0;
    for (size_t k = 0; k < t->train.count; k++) {
        loss += train_document(t, &t->train.items[order[k]], gradient, &scored);
        if (scored - since >= t->o.batch || k + 1 == t->train.count) {
            take_step(t, steps_all);
            since = scored;
        }
    }
    return loss / scored;
}

static void train(trainer *t)
{
    size_t room = 0, total = 0;
    for (size_t k = 0; k < t->train.count; k++) {
        const document *d = &t->train.items[k];
        room = d->count > room ? d->count : room;
        for (uint32_t i = 0; i < d->count; i++) {
            total += d->scored[i] && d->allowed[i] != 0;
        }
    }
    float *gradient = zeroed(room * LANES, sizeof(float));
    uint32_t *order = zeroed(t->train.count, sizeof *order);
    for (size_t k = 0; k < t->train.count; k++) {
        order[k] = (uint32_t)k;
    }
    printf("%zu documents, %zu scored words with labels, %u words in the vocabulary\n",
           t->train.count, total, t->vocabulary_size);
    double steps_all = (double)total * t->o.epochs / t->o.batch;
    for (unsigned epoch = 0; epoch < t->o.epochs; epoch++) {
        clock_t begin = clock();
        shuffle(order, t->train.count, &t->random);
        double loss = train_epoch(t, order, steps_all, gradient);
        printf("epoch %2u: loss %.4f, %.0f s;", epoch + 1, loss,
               (double)(clock() - begin) / CLOCKS_PER_SEC);
        evaluate(t, true);
    }
    net_take_mean(&t->n);
    evaluate(t, false);
}

static void write_model(const trainer *t)
{
    exported model = export_model(&t->n, t->vocabulary_size, t->vocabulary, t->known);
    FILE *file = open_file(t->o.output, "w");
    if (fwrite(model.bytes, 1, model.size, file) != model.size || fclose(file) != 0) {
        fail("%s: cannot be written", t->o.output);
    }
    printf("%s: %zu bytes\n", t->o.output, model.size);
}

static bool is_number_option(options *o, const char *name, const char *value)
{
    const struct {
        const char *name;
        unsigned *to;
    } numbers[] = {{"--epochs", &o->epochs},
                   {"--seed", &o->seed},
                   {"--batch", &o->batch},
                   {"--vocabulary", &o->vocabulary_max}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(name, numbers[i].name) == 0) {
            *numbers[i].to = (unsigned)strtoul(value, NULL, 10);
            return true;
        }
    }
    return false;
}

static void read_option(options *o, const char *name, const char *value)
{
    if (is_number_option(o, name, value)) {
        return;
    }
    if (strcmp(name, "--train") == 0 && o->train_count < PATHS_MAX) {
        o->train[o->train_count++] = value;
    } else if (strcmp(name, "--dev") == 0 && o->dev_count < PATHS_MAX) {
        o->dev[o->dev_count++] = value;
    } else if (strcmp(name, "--lists") == 0) {
        o->lists = value;
    } else if (strcmp(name, "--vectors") == 0) {
        o->vectors = value;
    } else if (strcmp(name, "-o") == 0) {
        o->output = value;
    } else if (strcmp(name, "--rate") == 0) {
        o->rate = strtof(value, NULL);
    } else if (strcmp(name, "--decay") == 0) {
        o->decay = strtof(value, NULL);
    } else if (strcmp(name, "--without") == 0) {
        o->without = value;
    } else if (strcmp(name, "--errors") == 0) {
        o->errors = strtoul(value, NULL, 10) != 0;
    } else if (strcmp(name, "--drop") != 0 ||
               sscanf(value, "%f,%f,%f,%f,%f", &o->drop.word, &o->drop.affix, &o->drop.known,
                      &o->drop.hidden, &o->drop.upper) != 5) {
        fail("names_train: unknown option %s %s", name, value);
    }
}

static void read_all(trainer *t)
{
    nuncio_error error = {0};
    nn_memory memory;
    nn_analyzer *analyzer = NULL;
    table_builder known;
    table_init(&known, 1 << 12);
    nn_memory_init(&memory, NULL, 0);
    require(nn_analyzer_create(&memory, &analyzer, &error), &error);
    if (t->o.lists != NULL) {
        gazetteer_add_folder(&known, analyzer, t->o.lists);
    }
    nn_analyzer_destroy(analyzer);
    size_t bytes;
    t->known = table_finish(&known, &bytes);
    reader_init(&t->r, t->known);
    for (size_t i = 0; i < t->o.train_count; i++) {
        corpus_read(&t->train, &t->r, t->o.train[i]);
    }
    vector_file v = {0};
    if (t->o.vectors != NULL) {
        v = vectors_read(t->o.vectors, t->o.vocabulary_max);
    }
    vocabulary_make(t, &v);
    for (size_t i = 0; i < t->o.dev_count; i++) {
        corpus_read(&t->dev, &t->r, t->o.dev[i]);
    }
    forms_make(t);
    t->random.state = t->o.seed;
    net_init(&t->n, t->vocabulary_size + NN_ROWS_BEHIND_WORDS, &t->random);
    rows_start(t, &v);
    t->p = pass_create();
}

int main(int argc, char **argv)
{
    static trainer t;
    t.o = (options){.epochs = 10,
                    .seed = 1,
                    .rate = 0.001f,
                    .batch = 400,
                    .vocabulary_max = 50000,
                    .drop = {0.15f, 0.1f, 0.1f, 0.25f, 0.2f}};
    for (int i = 1; i + 1 < argc; i += 2) {
        read_option(&t.o, argv[i], argv[i + 1]);
    }
    if (t.o.train_count == 0 || argc % 2 == 0) {
        fail("usage: names_train --train FILE... [OPTION VALUE]...  (see train.c)");
    }
    read_all(&t);
    train(&t);
    if (t.o.output != NULL) {
        write_model(&t);
    }
    return 0;
}

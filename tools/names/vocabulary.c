/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "trainer.h"

enum { USES_MIN = 3 }; /* of a word without a vector, in the text to train on */

vector_file vectors_read(const char *path, size_t max)
{
    vector_file v = {0};
    FILE *file = open_file(path, "r");
    size_t count = 0, width = 0;
    if (fscanf(file, "%zu %zu\n", &count, &width) != 2 || width != ROW) {
        fail("%s: not a file of vectors of %d", path, ROW);
    }
    count = count < max ? count : max;
    v.words = zeroed(count, sizeof *v.words);
    v.vectors = zeroed(count * ROW, sizeof(float));
    for (; v.count < count; v.count++) {
        char word[512];
        if (fscanf(file, "%511s", word) != 1) {
            break;
        }
        v.words[v.count] = strdup(word);
        for (size_t j = 0; j < ROW; j++) {
            if (fscanf(file, "%f", &v.vectors[v.count * ROW + j]) != 1) {
                fail("%s: the vector of %s is too short", path, word);
            }
        }
    }
    fclose(file);
    return v;
}

static nuncio_str text_of(char *word)
{
    return (nuncio_str){word, strlen(word)};
}

static void add_word(trainer *t, nuncio_str word)
{
    uint16_t *row = table_at(&t->words, nn_word_key(word));
    if (*row == 0 && t->vocabulary_size < UINT16_MAX) {
        *row = (uint16_t)t->vocabulary_size++;
    }
}

void vocabulary_make(trainer *t, const vector_file *v)
{
    table_init(&t->words, 1 << 16);
    t->vocabulary_size = 1; /* row 0: a word that is not in it */
    for (size_t i = 0; i < v->count; i++) {
        add_word(t, text_of(v->words[i]));
    }
    size_t forms = nn_analyzer_surface_count(t->r.analyzer);
    uint32_t *uses = zeroed(forms, sizeof *uses);
    for (size_t k = 0; k < t->train.count; k++) {
        for (uint32_t i = 0; i < t->train.items[k].count; i++) {
            uses[t->train.items[k].surfaces[i]]++;
        }
    }
    for (uint32_t i = 0; i < forms; i++) {
        if (uses[i] >= USES_MIN) {
            add_word(t, nn_analyzer_folded(t->r.analyzer, i));
        }
    }
    free(uses);
    size_t bytes;
    t->vocabulary = table_finish(&t->words, &bytes);
}

static bool is_left_out(const trainer *t, uint32_t row)
{
    if (t->o.without == NULL || row < t->vocabulary_size) {
        return false;
    }
    uint32_t block = row - t->vocabulary_size;
    const char *kind = block >= NN_ROWS_PREFIX  ? "affix"
                       : block >= NN_ROWS_CLASS ? "class"
                       : block >= NN_ROWS_KNOWN ? "known"
                                                : "shape";
    return strstr(t->o.without, kind) != NULL;
}

void forms_make(trainer *t)
{
    size_t forms = nn_analyzer_surface_count(t->r.analyzer);
    t->forms = zeroed(forms, sizeof *t->forms);
    uint32_t *room = zeroed(forms * NN_FORM_ROWS_MAX, sizeof *room);
    for (uint32_t i = 0; i < forms; i++) {
        uint32_t *rows = room + (size_t)i * NN_FORM_ROWS_MAX;
        uint32_t kept = 0, count = 0;
        if (t->r.words.forms[i].computed) {
            count = nn_form_rows(&t->r.words, i, &t->vocabulary, t->vocabulary_size, rows);
        }
        for (uint32_t k = 0; k < count; k++) {
            if (!is_left_out(t, rows[k])) {
                rows[kept++] = rows[k];
            }
        }
        t->forms[i] = (form_rows){kept, rows};
    }
}

void rows_start(trainer *t, const vector_file *v)
{
    const float deviation = 0.3f;
    double sum = 0;
    for (size_t i = 0; i < v->count * ROW; i++) {
        sum += (double)v->vectors[i] * (double)v->vectors[i];
    }
    float scale = sum > 0 ? deviation / (float)sqrt(sum / (double)(v->count * ROW)) : 0;
    for (size_t i = 0; i < v->count; i++) {
        size_t row = *table_at(&t->words, nn_word_key(text_of(v->words[i])));
        for (size_t j = 0; j < ROW && row != 0; j++) {
            t->n.rows.value[row * ROW + j] = v->vectors[i * ROW + j] * scale;
        }
    }
}

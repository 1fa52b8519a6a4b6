/* SPDX-License-Identifier: Apache-2.0 */
#include "tables_build.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/names/name_features.h"
#include "common.h"

void table_init(table_builder *table, size_t slots)
{
    *table = (table_builder){.slots = slots};
    table->keys = zeroed(slots, sizeof *table->keys);
    table->values = zeroed(slots, sizeof *table->values);
}

static size_t slot_of(const table_builder *table, uint32_t key)
{
    size_t at = key & (table->slots - 1);
    while (table->keys[at] != 0 && table->keys[at] != key) {
        at = (at + 1) & (table->slots - 1);
    }
    return at;
}

uint16_t *table_at(table_builder *table, uint32_t key)
{
    if (table->count * 5 >= table->slots * 4) {
        table_builder old = *table;
        table_init(table, old.slots * 2);
        for (size_t i = 0; i < old.slots; i++) {
            if (old.keys[i] != 0) {
                *table_at(table, old.keys[i]) = old.values[i];
            }
        }
        free(old.keys);
        free(old.values);
    }
    size_t at = slot_of(table, key);
    table->count += table->keys[at] == 0;
    table->keys[at] = key;
    return &table->values[at];
}

nn_name_table table_finish(const table_builder *table, size_t *bytes)
{
    *bytes = table->slots * NN_NAME_SLOT;
    uint8_t *out = zeroed(1, *bytes);
    for (size_t i = 0; i < table->slots; i++) {
        nn_store_u32(out + i * NN_NAME_SLOT, table->keys[i]);
        nn_store_u16(out + i * NN_NAME_SLOT + 4, table->values[i]);
    }
    return (nn_name_table){out, (uint32_t)table->slots - 1};
}

static const struct {
    const char *file;
    uint16_t kind;
} KINDS[] = {
    {"given", NN_KNOWN_GIVEN},
    {"surname", NN_KNOWN_SURNAME},
    {"person", NN_KNOWN_PERSON},
    {"country", NN_KNOWN_COUNTRY},
    {"city", NN_KNOWN_CITY},
    {"region", NN_KNOWN_REGION},
    {"nationality", NN_KNOWN_NATIONALITY},
    {"body", NN_KNOWN_BODY},
    {"acronym", NN_KNOWN_ACRONYM},
    {"company", NN_KNOWN_COMPANY},
    {"party", NN_KNOWN_PARTY},
    {"event", NN_KNOWN_EVENT},
    {"title", NN_KNOWN_TITLE},
    {"facility", NN_KNOWN_FACILITY},
    {"other", NN_KNOWN_OTHER},
};

static uint16_t kind_of(const char *path)
{
    const char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        size_t size = strlen(KINDS[i].file);
        if (strncmp(name, KINDS[i].file, size) == 0 && (name[size] == '.' || name[size] == '_')) {
            return KINDS[i].kind;
        }
    }
    fail("%s: no kind of name has that name", path);
}

static void add_name(table_builder *table, nn_analyzer *analyzer, nuncio_str name, uint16_t kind)
{
    nuncio_error error = {0};
    nn_memory memory;
    nn_memory_init(&memory, NULL, 0);
    nn_token_list tokens = {0};
    require(nn_analyzer_tokenize(analyzer, NN_LANGUAGE_EN, name, &tokens, &error), &error);
    uint32_t key = 0;
    for (size_t i = 0; i < tokens.count && i < 8; i++) {
        if (i > 0) {
            *table_at(table, key) |= NN_KNOWN_PREFIX;
        }
        uint32_t word = nn_word_key(nn_analyzer_folded(analyzer, tokens.items[i].surface));
        key = i == 0 ? word : nn_word_key_join(key, word);
    }
    if (tokens.count > 0 && tokens.count <= 8) {
        *table_at(table, key) |= kind;
    }
    nn_token_list_deinit(&tokens, &memory);
}

void gazetteer_add_file(table_builder *table, nn_analyzer *analyzer, const char *path)
{
    uint16_t kind = kind_of(path);
    FILE *file = open_file(path, "r");
    char *line = NULL;
    size_t room = 0;
    for (ssize_t size; (size = getline(&line, &room, file)) > 0;) {
        while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == ' ')) {
            size--;
        }
        if (size > 0 && line[0] != '#') {
            add_name(table, analyzer, (nuncio_str){line, (size_t)size}, kind);
        }
    }
    free(line);
    fclose(file);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void gazetteer_add_folder(table_builder *table, nn_analyzer *analyzer, const char *folder)
{
    DIR *directory = opendir(folder);
    if (directory == NULL) {
        fail("%s: cannot be read", folder);
    }
    char *names[256];
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL && count < 256;) {
        if (strstr(entry->d_name, ".txt") != NULL) {
            names[count++] = strdup(entry->d_name);
        }
    }
    closedir(directory);
    qsort(names, count, sizeof *names, by_name);
    for (size_t i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        gazetteer_add_file(table, analyzer, path);
        free(names[i]);
    }
}

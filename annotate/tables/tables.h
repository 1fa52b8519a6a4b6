/* SPDX-License-Identifier: Apache-2.0 */
/* Facts about words and names, as text that the lexicon reads once. Words are folded: small
 * letters, no accents. */
#ifndef ANNOTATE_TABLES_TABLES_H
#define ANNOTATE_TABLES_TABLES_H

#include <nuncio/common.h>

enum { NN_TABLE_EN = 1, NN_TABLE_FR = 2, NN_TABLE_DE = 4, NN_TABLE_ES = 8, NN_TABLE_ALL = 15 };

/** Words of a class, parted by spaces; a list ends with words NULL. */
typedef struct nn_table_classes {
    uint32_t languages; /* NN_TABLE_… */
    uint32_t classes;   /* NN_CLASS_… */
    const char *words;
} nn_table_classes;

/** Words that tell speech in one language; a list ends with words NULL. */
typedef struct nn_table_cues {
    uint8_t language; /* 0 en, 1 fr, 2 de, 3 es */
    uint32_t cue;     /* NN_CUE_… */
    const char *words;
} nn_table_cues;

/** Words of a language that is read with few; a list ends with code NULL. */
typedef struct nn_table_minor {
    const char *code; /* ISO 639-1 */
    uint32_t classes; /* NN_CLASS_… */
    uint32_t cue;     /* NN_CUE_… */
    const char *words;
} nn_table_minor;

/** Names of a type: lines of names parted by commas, the last line NULL. */
typedef struct nn_table_names {
    uint8_t type; /* nuncio_entity_type */
    const char *const *lines;
} nn_table_names;

extern const nn_table_classes nn_table_word_classes[];
extern const nn_table_cues nn_table_cue_words[];
extern const nn_table_cues nn_table_stance_words[];
extern const nn_table_cues nn_table_regular_words[]; /* English base forms, to be inflected */
extern const nn_table_minor nn_table_minor_words[];
extern const nn_table_names nn_table_name_lists[];

extern const char *const nn_table_countries[];
extern const char *const nn_table_nationalities[];
extern const char *const nn_table_capitals[];
extern const char *const nn_table_cities[];
extern const char *const nn_table_regions[];
extern const char *const nn_table_organisations[];
extern const char *const nn_table_events[];
extern const char nn_table_given_male[];
extern const char nn_table_given_female[];
extern const char nn_table_surnames[];
extern const char nn_table_common[];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* Override lines over a few names, and what they make of the entities of an archive, worked out
 * from sets of names alone: without keys, groups, blocks or walks. */
#ifndef UNIT_QUERY_OVERRIDE_TRUTH_H
#define UNIT_QUERY_OVERRIDE_TRUTH_H

#include "support/prng.h"

#include <nuncio/annotation.h>

typedef struct truth_name {
    int type;
    const char *text;
} truth_name;

/* The first FORMS may stand in articles; the others are only in lines. None is the initials of
 * another: such links are looked at in test_variants.c. */
enum { TRUTH_NAMES = 34, TRUTH_FORMS = TRUTH_NAMES - 4, TRUTH_LINES = 8, TRUTH_ARTICLES = 40 };
extern const truth_name truth_names[TRUTH_NAMES];

typedef enum truth_verb { MERGE, SPLIT, RENAME, IGNORE } truth_verb;

typedef struct truth_line {
    truth_verb verb;
    int items[4], sides[4]; /* numbers of names */
    int count;
} truth_line;

/** Lines, an archive, and which entity each name is of; names that no article holds are of none. */
typedef struct truth {
    truth_line lines[TRUTH_LINES];
    int line_count;
    bool holds[TRUTH_ARTICLES][TRUTH_FORMS];
    bool alive[TRUTH_FORMS];
    int entity[TRUTH_FORMS];
    bool one[TRUTH_NAMES][TRUTH_NAMES]; /* merged by lines, or the same but for case */
} truth;

/** Makes lines, and sets `one`. */
void truth_make_lines(truth *of, test_prng *prng);
/** Writes the lines in the order of `numbers`. */
void truth_print(const truth *of, const int *numbers, char *to);
/** Does to `entity` what the lines say. */
void truth_apply(truth *to);
bool truth_is_same(int a, int b);
/** A line of that verb about the entity of a form: its first name is in it or merged into it; NULL:
 * none. */
const truth_line *truth_line_about(const truth *of, truth_verb wanted, int form);
/** Whether some rename calls the entity of a form by a name. */
bool truth_is_called(const truth *of, int form, int name);
/** Whether no entity is renamed twice, or on. */
bool truth_is_simple(const truth *of);
/** How many articles hold a form of the entity. */
uint64_t truth_articles(const truth *of, int form);
/** Whether a filter with the words of a name must find a form. Persons' names may mean several, so
 * that of them only what must be found is said. */
bool truth_is_found(const truth *of, int value, int form);

#endif

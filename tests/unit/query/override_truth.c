/* SPDX-License-Identifier: Apache-2.0 */
#include "override_truth.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { P = NUNCIO_ENTITY_PERSON, L = NUNCIO_ENTITY_PLACE, N = NUNCIO_ENTITY_NATIONALITY };
enum { O = NUNCIO_ENTITY_ORGANISATION };

const truth_name truth_names[TRUTH_NAMES] = {
    {P, "Anna Kolt"},   {P, "A. Kolt"},        {P, "Anna Maria Kolt"},
    {P, "Bert Kolt"},   {P, "Kolt"},           {P, "Carl Menz"},
    {P, "C. Menz"},     {P, "Carl Mennz"},     {P, "Dora Pell"},
    {P, "DORA PELL"},   {P, "Dorra Pell"},     {P, "Emil Pell"},
    {L, "Kiev"},        {L, "Kyiv"},           {L, "KIEV"},
    {L, "Harbat"},      {L, "Harbatt"},        {L, "Zolm"},
    {L, "Upper Zolm"},  {L, "Russia"},         {N, "Russians"},
    {N, "Russian"},     {O, "Wool Office"},    {O, "Office of Wool"},
    {O, "Salt Bureau"}, {O, "Bureau of Salt"}, {O, "The Salt Bureau"},
    {O, "Tin Bank"},    {O, "Zolm"},           {P, "Zolm"},
    {P, "Nobody"},      {L, "Nowhere"},        {O, "No Office"},
    {P, "Anna Zinn"},
};
/* ---- lines ---- */

static int any_name(test_prng *prng, int type)
{
    for (;;) {
        int i = (int)test_prng_below(prng, TRUTH_NAMES);
        if (type == 0 || truth_names[i].type == type) {
            return i;
        }
    }
}

static truth_line random_line(test_prng *prng)
{
    truth_line made = {.verb = (truth_verb)test_prng_below(prng, 4)};
    made.count = made.verb == IGNORE   ? 1
                 : made.verb == RENAME ? 2
                                       : 2 + (int)test_prng_below(prng, 3);
    for (int i = 0; i < made.count; i++) {
        int type = i > 0 && (made.verb == RENAME || !test_prng_chance(prng, 5))
                       ? truth_names[made.items[0]].type
                       : 0;
        made.items[i] = any_name(prng, type);
        made.sides[i] = i == 0 ? 0 : made.sides[i - 1] + (i == 1 || test_prng_chance(prng, 50));
    }
    return made;
}

static char *print_line(const truth_line *from, char *to)
{
    static const char *const verbs[] = {"merge", "split", "rename", "ignore"};
    static const char *const types[] = {"", "person", "place", "org", "event", "nationality"};
    to += sprintf(to, "%s", verbs[from->verb]);
    for (int i = 0; i < from->count; i++) {
        const char *sign = i == 0                                 ? ""
                           : from->verb == RENAME                 ? " ->"
                           : from->verb == MERGE                  ? " ="
                           : from->sides[i] != from->sides[i - 1] ? " |"
                                                                  : " =";
        const truth_name *item = &truth_names[from->items[i]];
        to += sprintf(to, "%s %s \"%s\"", sign,
                      from->verb == RENAME && i == 1 ? "" : types[item->type], item->text);
    }
    return to + sprintf(to, "\n");
}

void truth_print(const truth *of, const int *numbers, char *to)
{
    *to = '\0';
    for (int i = 0; i < of->line_count; i++) {
        to = print_line(&of->lines[numbers[i]], to);
    }
}

/* ---- names ---- */

bool truth_is_same(int a, int b)
{
    return truth_names[a].type == truth_names[b].type &&
           strcasecmp(truth_names[a].text, truth_names[b].text) == 0;
}

static void close_merges(truth *to)
{
    for (int a = 0; a < TRUTH_NAMES; a++) {
        for (int b = 0; b < TRUTH_NAMES; b++) {
            to->one[a][b] = truth_is_same(a, b);
        }
    }
    for (int i = 0; i < to->line_count; i++) {
        for (int k = 1; to->lines[i].verb == MERGE && k < to->lines[i].count; k++) {
            to->one[to->lines[i].items[0]][to->lines[i].items[k]] = true;
            to->one[to->lines[i].items[k]][to->lines[i].items[0]] = true;
        }
    }
    for (int via = 0; via < TRUTH_NAMES; via++) {
        for (int a = 0; a < TRUTH_NAMES; a++) {
            for (int b = 0; b < TRUTH_NAMES; b++) {
                to->one[a][b] = to->one[a][b] || (to->one[a][via] && to->one[via][b]);
            }
        }
    }
}

/* The side of a split that a name is on, by itself or merged; -1: none. */
static int side_of(const truth *of, const truth_line *split, int number)
{
    for (int k = 0; k < split->count; k++) {
        if (of->one[split->items[k]][number]) {
            return split->sides[k];
        }
    }
    return -1;
}

/* Parts each entity by all splits at once. */
static void part(truth *to)
{
    int labels[TRUTH_FORMS][TRUTH_LINES] = {{0}};
    int parted[TRUTH_FORMS];
    for (int i = 0; i < to->line_count; i++) {
        for (int form = 0; to->lines[i].verb == SPLIT && form < TRUTH_FORMS; form++) {
            int least = -1;
            for (int other = 0; to->alive[form] && other < TRUTH_FORMS; other++) {
                int side = to->alive[other] && to->entity[other] == to->entity[form]
                               ? side_of(to, &to->lines[i], other)
                               : -1;
                least = side >= 0 && (least < 0 || side < least) ? side : least;
            }
            int own = side_of(to, &to->lines[i], form);
            labels[form][i] = own >= 0 ? own : least;
        }
    }
    for (int a = 0; a < TRUTH_FORMS; a++) {
        parted[a] = a;
        for (int b = 0; b < a; b++) {
            if (to->alive[a] && to->alive[b] && to->entity[a] == to->entity[b] &&
                memcmp(labels[a], labels[b], sizeof labels[a]) == 0) {
                parted[a] = parted[b];
                break;
            }
        }
    }
    memcpy(to->entity, parted, sizeof parted);
}

static void unite(truth *to)
{
    for (int a = 0; a < TRUTH_FORMS; a++) {
        for (int b = 0; b < TRUTH_FORMS; b++) {
            if (!to->alive[a] || !to->alive[b] || !to->one[a][b]) {
                continue;
            }
            int from = to->entity[a], into = to->entity[b];
            for (int c = 0; c < TRUTH_FORMS; c++) {
                to->entity[c] = to->entity[c] == from ? into : to->entity[c];
            }
        }
    }
}

const truth_line *truth_line_about(const truth *of, truth_verb wanted, int form)
{
    for (int i = 0; i < of->line_count; i++) {
        for (int other = 0; of->lines[i].verb == wanted && other < TRUTH_FORMS; other++) {
            if (of->alive[other] && of->entity[other] == of->entity[form] &&
                of->one[of->lines[i].items[0]][other]) {
                return &of->lines[i];
            }
        }
    }
    return NULL;
}

uint64_t truth_articles(const truth *of, int form)
{
    uint64_t count = 0;
    for (int i = 0; i < TRUTH_ARTICLES; i++) {
        bool has = false;
        for (int other = 0; other < TRUTH_FORMS; other++) {
            has = has || (of->holds[i][other] && of->entity[other] == of->entity[form]);
        }
        count += has;
    }
    return count;
}

/* Whether the words of a name stand in another of its type. */
static bool is_held(int value, int form)
{
    if (truth_names[value].type != truth_names[form].type) {
        return false;
    }
    size_t size = strlen(truth_names[value].text);
    for (const char *at = truth_names[form].text; *at != '\0'; at++) {
        bool begins = at == truth_names[form].text || !isalnum((unsigned char)at[-1]);
        if (begins && strncasecmp(at, truth_names[value].text, size) == 0 &&
            !isalnum((unsigned char)at[size])) {
            return true;
        }
    }
    return false;
}

bool truth_is_called(const truth *of, int form, int name)
{
    bool called = false;
    for (int i = 0; i < of->line_count && !called; i++) {
        const truth_line *line = &of->lines[i];
        for (int other = 0; line->verb == RENAME && other < TRUTH_FORMS; other++) {
            called =
                called || (of->alive[other] && of->entity[other] == of->entity[form] &&
                           truth_is_same(line->items[1], name) && of->one[line->items[0]][other]);
        }
    }
    return called;
}

bool truth_is_found(const truth *of, int value, int form)
{
    return truth_line_about(of, IGNORE, form) == NULL &&
           (is_held(value, form) || of->entity[value] == of->entity[form] ||
            truth_is_called(of, form, value));
}

bool truth_is_simple(const truth *of)
{
    for (int i = 0; i < of->line_count; i++) {
        for (int k = 0; k < of->line_count && of->lines[i].verb == RENAME; k++) {
            const int *one = of->lines[i].items, *other = of->lines[k].items;
            if (k != i && of->lines[k].verb == RENAME &&
                (of->one[one[1]][other[0]] || of->one[one[0]][other[0]])) {
                return false;
            }
        }
    }
    return true;
}

void truth_make_lines(truth *of, test_prng *prng)
{
    of->line_count = 1 + (int)test_prng_below(prng, TRUTH_LINES);
    for (int i = 0; i < of->line_count; i++) {
        of->lines[i] = random_line(prng);
    }
    close_merges(of);
}

void truth_apply(truth *to)
{
    part(to);
    unite(to);
    part(to);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Who and what is named: in the archive, in what a query finds, or together with one of them. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nuncio/facets.h>

#include "cli/bars.h"
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/json_hit.h"
#include "cli/message.h"
#include "cli/overrides.h"
#include "cli/question.h"
#include "cli/terminal.h"

static const char HELP[] =
    "usage: nuncio entities [OPTIONS] [QUERY...]\n"
    "\n"
    "Lists the people, places, organisations, events and nationalities that are named, each under\n"
    "the commonest of all forms of its name: in the whole archive, or in what QUERY finds. With\n"
    "--of NAME: its forms, when it was named, and who and what is named beside it.\n"
    "\n"
    "options:\n"
    "      --of NAME         the trail of one name through the archive or the result\n"
    "      --type TYPE       only these: person, place, organisation, event, nationality\n"
    "  -k, --limit N         how many at most, 1 to 1000000 (20)\n"
    "      --forms           also every form of each, with how many articles of the archive hold "
    "it\n" NN_OVERRIDES_HELP
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --format FORMAT   text, json, csv (text)\n"
    "      --color WHEN      auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio entities --type person --limit 50\n"
    "  nuncio entities 'grain corridor'\n"
    "  nuncio entities --of Volkonin date:2031\n"
    "\n"
    "exit status: 0 found, 1 nothing found, 2 error (a query that cannot be read too), 3 the "
    "index\n"
    "cannot be read\n";

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, NAME_COLUMNS = 36, MONTHS_SHOWN = 36 };

typedef struct settings {
    const char *of;
    uint64_t limit;
    int format, type, color; /* type: of nuncio_entity_type; 0: any */
    bool forms;
} settings;

typedef struct finding {
    const settings *set;
    nn_question question;
    nuncio_facets *facets;
    const nuncio_facet *self;    /* with --of: the entity itself; NULL: not found */
    const nuncio_facet **listed; /* those shown */
    size_t listed_count, matching;
} finding;

static int read_settings(const nn_command *command, int argc, char **argv, settings *set,
                         nn_question *question, int *first)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    static const char *const types[] = {"any",   "person",      "place", "organisation",
                                        "event", "nationality", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    const nn_option options[] = {
        {"of", 0, NN_OPTION_TEXT, .to.text = &set->of},
        {"type", 0, NN_OPTION_CHOICE, .to.choice = &set->type, .choices = types},
        {"limit", 'k', NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 1000000},
        {"forms", 0, NN_OPTION_FLAG, .to.flag = &set->forms},
        {"index", 'i', NN_OPTION_TEXT, .to.text = &question->index},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &question->overrides_file},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &set->format, .choices = formats},
        {"color", 0, NN_OPTION_CHOICE, .to.choice = &set->color, .choices = colors},
    };
    return nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                           NN_OPTIONS_AND_QUERY, first);
}

static nuncio_status count(finding *found, nuncio_error *error)
{
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    nn_question *question = &found->question;
    options.limit = 0;
    options.kinds = 1u << NUNCIO_FACET_ENTITY | 1u << NUNCIO_FACET_YEAR | 1u << NUNCIO_FACET_MONTH;
    nuncio_status status = nn_question_open(question, error);
    return status == NUNCIO_OK
               ? nuncio_facets_count(question->snapshot, question->query, &question->search,
                                     &options, &found->facets, error)
               : status;
}

static bool same(nuncio_str text, const char *name)
{
    size_t size = strlen(name);
    if (text.size != size) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        char a = text.data[i], b = name[i];
        a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
        if (a != b) {
            return false;
        }
    }
    return true;
}

/** Whether one of the forms is the name; the commonest entity that has it stands in every article
 * of the result. */
static bool has_form(const nuncio_facet *facet, const char *name)
{
    bool has = same(facet->value, name);
    for (size_t i = 0; i < facet->form_count && !has; i++) {
        has = same(facet->forms[i].text, name);
    }
    return has;
}

/** Chooses what is shown; false: no memory. */
static bool choose(finding *found)
{
    const settings *set = found->set;
    size_t count;
    const nuncio_facet *values = nuncio_facets_values(found->facets, NUNCIO_FACET_ENTITY, &count);
    found->listed = malloc((count + 1) * sizeof *found->listed);
    found->listed_count = found->matching = 0;
    assert(count == 0 || values != NULL);
    if (found->listed == NULL) {
        return false;
    }
    for (size_t i = 0; i < count && set->of != NULL && found->self == NULL; i++) {
        found->self = has_form(&values[i], set->of) ? &values[i] : NULL;
    }
    for (size_t i = 0; i < count && set->of != NULL && found->self == NULL; i++) {
        found->self = values[i].named ? &values[i] : NULL; /* written as nobody does */
    }
    for (size_t i = 0; i < count; i++) {
        bool fits = set->type == 0 || (int)values[i].type == set->type;
        if (fits && &values[i] != found->self) {
            if (found->listed_count < set->limit) {
                found->listed[found->listed_count++] = &values[i];
            }
            found->matching++;
        }
    }
    return true;
}

/* ---- text ---- */

static void put_forms(nn_output *output, const nuncio_facet *facet)
{
    for (size_t i = 0; i < facet->form_count && nn_output_is_open(output); i++) {
        nn_output_text(output, "    ");
        nn_put_cell(output, facet->forms[i].text, NAME_COLUMNS);
        nn_output_format(output, "%10llu  %s\n", (unsigned long long)facet->forms[i].articles,
                         nuncio_entity_type_name(facet->forms[i].type));
    }
}

/** Months, or years where there are many. */
static void put_timeline(const finding *found, nn_output *output, nn_terminal terminal)
{
    size_t count;
    nuncio_facet_kind kind = NUNCIO_FACET_MONTH;
    if (nuncio_facets_distinct(found->facets, kind) > MONTHS_SHOWN) {
        kind = NUNCIO_FACET_YEAR;
    }
    const nuncio_facet *values = nuncio_facets_values(found->facets, kind, &count);
    uint64_t highest = 0;
    for (size_t i = 0; i < count; i++) {
        highest = values[i].articles > highest ? values[i].articles : highest;
    }
    size_t room = terminal.width > 32 ? terminal.width - 24 : 8;
    for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
        nn_put_cell(output, values[i].value, 12);
        nn_output_format(output, "%10llu  ", (unsigned long long)values[i].articles);
        nn_put_bar(output, values[i].articles, highest, room);
        nn_output_text(output, "\n");
    }
}

static void print_text(const finding *found, nn_output *output)
{
    nn_terminal terminal = nn_terminal_of(STDOUT_FILENO, (nn_color)found->set->color);
    const char *strong = terminal.color ? "\033[1m" : "", *plain = terminal.color ? "\033[0m" : "";
    if (found->self != NULL) {
        nn_output_text(output, strong);
        nn_put_cell(output, found->self->value, NAME_COLUMNS + 4);
        nn_output_format(output, "%10llu  %s%s\n", (unsigned long long)found->self->articles,
                         nuncio_entity_type_name(found->self->type), plain);
        put_forms(output, found->self);
        nn_output_text(output, "\n");
        put_timeline(found, output, terminal);
        nn_output_text(output, "\n");
    }
    nn_output_format(output, "%s%-*s%10s  %s%s\n", strong, NAME_COLUMNS + 4,
                     found->self != NULL ? "named beside" : "named", "articles", "type", plain);
    for (size_t i = 0; i < found->listed_count && nn_output_is_open(output); i++) {
        nn_put_cell(output, found->listed[i]->value, NAME_COLUMNS + 4);
        nn_output_format(output, "%10llu  %s\n", (unsigned long long)found->listed[i]->articles,
                         nuncio_entity_type_name(found->listed[i]->type));
        if (found->set->forms) {
            put_forms(output, found->listed[i]);
        }
    }
    if (found->matching > found->listed_count) {
        nn_output_format(output, "and %zu more\n", found->matching - found->listed_count);
    }
}

/* ---- for programs ---- */

static void put_json_entity(nn_json_writer *json, const nuncio_facet *facet)
{
    nn_json_open(json, '{');
    nn_json_key(json, "name");
    nn_json_str(json, facet->value);
    nn_json_key(json, "type");
    nn_json_text(json, nuncio_entity_type_name(facet->type));
    nn_json_key(json, "articles");
    nn_json_number(json, facet->articles);
    nn_json_key(json, "hits");
    nn_json_number(json, facet->hits);
    nn_json_key(json, "forms");
    nn_json_open(json, '[');
    for (size_t i = 0; i < facet->form_count; i++) {
        nn_json_open(json, '{');
        nn_json_key(json, "text");
        nn_json_str(json, facet->forms[i].text);
        nn_json_key(json, "type");
        nn_json_text(json, nuncio_entity_type_name(facet->forms[i].type));
        nn_json_key(json, "articles");
        nn_json_number(json, facet->forms[i].articles);
        nn_json_close(json, '}');
    }
    nn_json_close(json, ']');
    nn_json_close(json, '}');
}

static void print_json(const finding *found, nn_output *output)
{
    nn_json_writer json = {output, false};
    size_t count;
    const nuncio_facet *months = nuncio_facets_values(found->facets, NUNCIO_FACET_MONTH, &count);
    nn_json_open(&json, '{');
    nn_json_key(&json, "generation");
    nn_json_number(&json, nuncio_snapshot_generation(found->question.snapshot));
    nn_json_key(&json, "articles");
    nn_json_number(&json, nuncio_facets_articles(found->facets));
    nn_json_key(&json, "distinct");
    nn_json_number(&json, found->matching);
    if (found->self != NULL) {
        nn_json_key(&json, "of");
        put_json_entity(&json, found->self);
    }
    nn_json_key(&json, "months");
    nn_json_open(&json, '{');
    for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
        char month[16];
        snprintf(month, sizeof month, "%.*s", (int)months[i].value.size, months[i].value.data);
        nn_json_key(&json, month);
        nn_json_number(&json, months[i].articles);
    }
    nn_json_close(&json, '}');
    nn_json_key(&json, "entities");
    nn_json_open(&json, '[');
    for (size_t i = 0; i < found->listed_count && nn_output_is_open(output); i++) {
        put_json_entity(&json, found->listed[i]);
    }
    nn_json_close(&json, ']');
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

static void print_csv(const finding *found, nn_output *output)
{
    nn_output_text(output, "name,type,articles,hits\n");
    for (size_t i = 0; i < found->listed_count && nn_output_is_open(output); i++) {
        const nuncio_facet *facet = found->listed[i];
        nn_csv_field(output, facet->value);
        nn_output_format(output, ",%s,%llu,%llu\n", nuncio_entity_type_name(facet->type),
                         (unsigned long long)facet->articles, (unsigned long long)facet->hits);
    }
}

static int print(const finding *found, nn_output *output)
{
    bool some = found->listed_count > 0 || found->self != NULL;
    if (found->set->format == FORMAT_JSON) {
        print_json(found, output);
    } else if (found->set->format == FORMAT_CSV) {
        print_csv(found, output);
    } else if (some) {
        print_text(found, output);
    } else {
        nn_message("nothing found");
    }
    return some ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static int run_entities(const nn_command *command, int argc, char **argv)
{
    settings set = {.limit = 20};
    finding found = {.set = &set,
                     .question = {.whole = true, .search = NUNCIO_SEARCH_OPTIONS_INIT}};
    int first, status = read_settings(command, argc, argv, &set, &found.question, &first);
    if (status >= 0) {
        return status;
    }
    const nn_query_field field = {"entity", set.of, false};
    nuncio_error error = {0};
    found.question.text = nn_query_compose(&field, 1, argc - first, argv + first);
    nuncio_status outcome = found.question.text == NULL ? NUNCIO_ERR_MEMORY : count(&found, &error);
    if (found.question.text == NULL || (outcome == NUNCIO_OK && !choose(&found))) {
        nn_message("out of memory");
        status = NN_EXIT_ERROR;
    } else if (outcome == NUNCIO_OK) {
        nn_output output;
        nn_output_init_standard(&output);
        status = nn_output_finish(&output, print(&found, &output));
        if (status == NN_EXIT_NOTHING) {
            nn_question_tell_empty(&found.question, true);
        } else {
            nn_question_tell_unknown(&found.question);
        }
    } else {
        status = nn_question_failure(&found.question, &error);
    }
    free(found.listed);
    nuncio_facets_destroy(found.facets);
    nn_question_close(&found.question);
    return status;
}

const nn_command nn_command_entities = {"entities", "who and what is named, in all forms", HELP,
                                        run_entities};

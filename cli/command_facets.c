/* SPDX-License-Identifier: Apache-2.0 */
/* What a whole result consists of: sources, dates, speakers, names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nuncio/facets.h>

#include "cli/bars.h"
#include "cli/characters.h"
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/json_hit.h"
#include "cli/message.h"
#include "cli/overrides.h"
#include "cli/question.h"
#include "cli/terminal.h"

static const char HELP[] =
    "usage: nuncio facets [OPTIONS] QUERY...\n"
    "\n"
    "Counts over everything that QUERY matches: from which sources and times, who speaks, who is\n"
    "named. A query is that of `nuncio search`.\n"
    "\n"
    "options:\n"
    "      --by KINDS        source, date, year, month, speaker, entity, with commas between\n"
    "                        (source,date,speaker,entity); date: months, or years where the\n"
    "                        result has more than 24 months\n"
    "  -k, --limit N         how many values of a kind at most, 1 to 1000000 (10); dates are all\n"
    "                        shown\n"
    "      --unit UNIT       what is found and counted: passage, quote (passage)\n"
    "      --scope SCOPE     what AND and NOT hold over: article, passage (article)\n"
    "      --variants WHICH  what person: and the like find beside the form typed: names, off\n"
    "                        (names)\n" NN_OVERRIDES_HELP
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --format FORMAT   text, json, csv (text)\n"
    "      --plain           the words of QUERY have no operators among them\n"
    "      --color WHEN      auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio facets 'grain corridor'\n"
    "  nuncio facets --by speaker --unit quote manners\n"
    "  nuncio facets --by month --format csv date:2031 > months.csv\n"
    "\n"
    "exit status: 0 found, 1 nothing found, 2 error (a query that cannot be read too), 3 the "
    "index\n"
    "cannot be read\n";

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, DATE = NUNCIO_FACET_KINDS, MONTHS_SHOWN = 24 };

static const char *const KINDS[] = {"source", "year", "month", "speaker", "entity", "date"};

typedef struct settings {
    const char *by;
    uint64_t limit;
    int format, scope, unit, variants, color;
    uint32_t kinds; /* bits, DATE too */
} settings;

typedef struct finding {
    const settings *set;
    nn_question question;
    nuncio_facets *facets;
} finding;

/** Reads "source,date"; false where a kind is unknown. */
static bool read_kinds(const char *text, uint32_t *kinds)
{
    *kinds = 0;
    for (;;) {
        size_t size = strcspn(text, ","), kind = 0;
        while (kind <= DATE &&
               (strlen(KINDS[kind]) != size || memcmp(KINDS[kind], text, size) != 0)) {
            kind++;
        }
        if (kind > DATE) {
            return false;
        }
        *kinds |= 1u << kind;
        if (text[size] == '\0') {
            return true;
        }
        text += size + 1;
    }
}

static int read_settings(const nn_command *command, int argc, char **argv, settings *set,
                         nn_question *question, int *first)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    static const char *const scopes[] = {"article", "passage", NULL};
    static const char *const variants[] = {"names", "off", NULL};
    static const char *const units[] = {"passage", "quote", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    const nn_option options[] = {
        {"by", 0, NN_OPTION_TEXT, .to.text = &set->by},
        {"limit", 'k', NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 1000000},
        {"unit", 0, NN_OPTION_CHOICE, .to.choice = &set->unit, .choices = units},
        {"scope", 0, NN_OPTION_CHOICE, .to.choice = &set->scope, .choices = scopes},
        {"variants", 0, NN_OPTION_CHOICE, .to.choice = &set->variants, .choices = variants},
        {"index", 'i', NN_OPTION_TEXT, .to.text = &question->index},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &question->overrides_file},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &set->format, .choices = formats},
        {"plain", 0, NN_OPTION_FLAG, .to.flag = &question->plain},
        {"color", 0, NN_OPTION_CHOICE, .to.choice = &set->color, .choices = colors},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_AND_QUERY, first);
    if (status < 0 && *first == argc) {
        return nn_usage_mistake(command, "no query");
    }
    if (status < 0 && !read_kinds(set->by, &set->kinds)) {
        return nn_usage_mistake(
            command, "--by %s: the kinds are source, date, year, month, speaker, entity", set->by);
    }
    return status;
}

static nuncio_status count(finding *found, nuncio_error *error)
{
    const settings *set = found->set;
    nn_question *question = &found->question;
    nuncio_search_options *search = &question->search;
    nuncio_facet_options options = NUNCIO_FACET_OPTIONS_INIT;
    search->by = set->unit == 1 ? NUNCIO_BY_QUOTE : NUNCIO_BY_PASSAGE;
    search->scope = set->scope == 1 ? NUNCIO_SCOPE_PASSAGE : NUNCIO_SCOPE_ARTICLE;
    search->variants = (nuncio_variants)set->variants;
    options.limit = (uint32_t)set->limit;
    options.kinds = set->kinds & ((1u << NUNCIO_FACET_KINDS) - 1);
    if ((set->kinds >> DATE & 1) != 0) {
        options.kinds |= 1u << NUNCIO_FACET_YEAR | 1u << NUNCIO_FACET_MONTH;
    }
    nuncio_status status = nn_question_open(question, error);
    return status == NUNCIO_OK ? nuncio_facets_count(question->snapshot, question->query, search,
                                                     &options, &found->facets, error)
                               : status;
}

/** Whether a kind is to be shown: those asked for, and of dates the one that suits. */
static bool is_shown(const finding *found, nuncio_facet_kind kind)
{
    uint32_t kinds = found->set->kinds;
    uint64_t months = nuncio_facets_distinct(found->facets, NUNCIO_FACET_MONTH);
    if ((kinds >> DATE & 1) != 0 && kind == NUNCIO_FACET_MONTH && months <= MONTHS_SHOWN) {
        return true;
    }
    if ((kinds >> DATE & 1) != 0 && kind == NUNCIO_FACET_YEAR && months > MONTHS_SHOWN) {
        return true;
    }
    return (kinds >> kind & 1) != 0;
}

/* ---- text ---- */

static const char *unit_of(const finding *found)
{
    return found->set->unit == 1 ? "quote" : "passage";
}

enum { NAME_COLUMNS_MIN = 36, NUMBER_COLUMNS = 10, BAR_COLUMNS_MIN = 10 };

/* How wide the column of values is: as the longest asks, where the terminal has room for it. */
static size_t name_columns(const nuncio_facet *values, size_t count, size_t most)
{
    size_t wide = NAME_COLUMNS_MIN;
    for (size_t i = 0; i < count; i++) {
        size_t asks = nn_text_width(values[i].value) + NN_CELL_GAP;
        wide = asks > wide ? asks : wide;
    }
    return wide <= most ? wide : most > NAME_COLUMNS_MIN ? most : NAME_COLUMNS_MIN;
}

static void put_kind(const finding *found, nn_output *output, nuncio_facet_kind kind,
                     nn_terminal terminal, bool bars)
{
    size_t count;
    const nuncio_facet *values = nuncio_facets_values(found->facets, kind, &count);
    uint64_t highest = 0, distinct = nuncio_facets_distinct(found->facets, kind);
    for (size_t i = 0; i < count; i++) {
        highest = values[i].articles > highest ? values[i].articles : highest;
    }
    size_t numbers = (size_t)2 * NUMBER_COLUMNS, bar = bars ? BAR_COLUMNS_MIN + NN_CELL_GAP : 0;
    size_t names = name_columns(values, count, terminal.width - numbers - bar);
    size_t used = names + numbers + NN_CELL_GAP;
    size_t room = terminal.width > used + 4 ? terminal.width - used : 4;
    nn_output_format(output, terminal.color ? "\033[1m%-*s%*s%*ss\033[0m\n" : "%-*s%*s%*ss\n",
                     (int)names, KINDS[kind], NUMBER_COLUMNS, "articles", NUMBER_COLUMNS - 1,
                     unit_of(found));
    for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
        nn_put_cell(output, values[i].value, names);
        nn_output_format(output, "%*llu%*llu", NUMBER_COLUMNS,
                         (unsigned long long)values[i].articles, NUMBER_COLUMNS,
                         (unsigned long long)values[i].hits);
        if (bars) {
            nn_output_text(output, "  ");
            nn_put_bar(output, values[i].articles, highest, room);
        }
        nn_output_text(output, "\n");
    }
    if (distinct > count) {
        nn_output_format(output, "and %llu more\n", (unsigned long long)(distinct - count));
    }
}

static void print_text(const finding *found, nn_output *output)
{
    nn_terminal terminal = nn_terminal_of(STDOUT_FILENO, (nn_color)found->set->color);
    bool bars = isatty(STDOUT_FILENO) == 1, later = false;
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        if (is_shown(found, (nuncio_facet_kind)kind)) {
            nn_output_text(output, later ? "\n" : "");
            put_kind(found, output, (nuncio_facet_kind)kind, terminal, bars);
            later = true;
        }
    }
}

/* ---- for programs ---- */

static void put_json_value(nn_json_writer *json, const nuncio_facet *facet, nuncio_facet_kind kind)
{
    nn_json_open(json, '{');
    nn_json_key(json, "value");
    nn_json_str(json, facet->value);
    if (kind == NUNCIO_FACET_ENTITY) {
        nn_json_key(json, "type");
        nn_json_text(json, nuncio_entity_type_name(facet->type));
    }
    nn_json_key(json, "articles");
    nn_json_number(json, facet->articles);
    nn_json_key(json, "hits");
    nn_json_number(json, facet->hits);
    nn_json_close(json, '}');
}

static void print_json(const finding *found, nn_output *output)
{
    nn_json_writer json = {output, false};
    nn_json_open(&json, '{');
    nn_json_key(&json, "query");
    nn_json_str(&json, nuncio_query_explain(found->question.query));
    nn_json_key(&json, "generation");
    nn_json_number(&json, nuncio_snapshot_generation(found->question.snapshot));
    nn_json_key(&json, "unit");
    nn_json_text(&json, found->set->unit == 1 ? "quote" : "passage");
    nn_json_key(&json, "articles");
    nn_json_number(&json, nuncio_facets_articles(found->facets));
    nn_json_key(&json, "hits");
    nn_json_number(&json, nuncio_facets_hits(found->facets));
    nn_json_key(&json, "facets");
    nn_json_open(&json, '{');
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        size_t count;
        const nuncio_facet *values =
            nuncio_facets_values(found->facets, (nuncio_facet_kind)kind, &count);
        if (!is_shown(found, (nuncio_facet_kind)kind)) {
            continue;
        }
        nn_json_key(&json, KINDS[kind]);
        nn_json_open(&json, '{');
        nn_json_key(&json, "distinct");
        nn_json_number(&json, nuncio_facets_distinct(found->facets, (nuncio_facet_kind)kind));
        nn_json_key(&json, "values");
        nn_json_open(&json, '[');
        for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
            put_json_value(&json, &values[i], (nuncio_facet_kind)kind);
        }
        nn_json_close(&json, ']');
        nn_json_close(&json, '}');
    }
    nn_json_close(&json, '}');
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

static void print_csv(const finding *found, nn_output *output)
{
    nn_output_text(output, "facet,value,type,articles,hits\n");
    for (uint32_t kind = 0; kind < NUNCIO_FACET_KINDS; kind++) {
        size_t count;
        const nuncio_facet *values =
            nuncio_facets_values(found->facets, (nuncio_facet_kind)kind, &count);
        bool shown = is_shown(found, (nuncio_facet_kind)kind);
        for (size_t i = 0; shown && i < count && nn_output_is_open(output); i++) {
            nn_output_format(output, "%s,", KINDS[kind]);
            nn_csv_field(output, values[i].value);
            nn_output_format(output, ",%s,%llu,%llu\n", nuncio_entity_type_name(values[i].type),
                             (unsigned long long)values[i].articles,
                             (unsigned long long)values[i].hits);
        }
    }
}

static int print(const finding *found, nn_output *output)
{
    uint64_t hits = nuncio_facets_hits(found->facets);
    if (found->set->format == FORMAT_JSON) {
        print_json(found, output);
    } else if (found->set->format == FORMAT_CSV) {
        print_csv(found, output);
    } else if (hits > 0) {
        print_text(found, output);
    } else {
        nn_message("nothing found");
    }
    return hits > 0 ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static int run_facets(const nn_command *command, int argc, char **argv)
{
    settings set = {.limit = 10, .by = "source,date,speaker,entity"};
    finding found = {.set = &set, .question.search = NUNCIO_SEARCH_OPTIONS_INIT};
    int first, status = read_settings(command, argc, argv, &set, &found.question, &first);
    if (status >= 0) {
        return status;
    }
    found.question.text = nn_join_arguments(argc - first, argv + first);
    if (found.question.text == NULL) {
        nn_message("out of memory");
        return NN_EXIT_ERROR;
    }
    nuncio_error error = {0};
    double begin = nn_seconds_now();
    nuncio_status outcome = count(&found, &error);
    double seconds = nn_seconds_now() - begin;
    if (outcome == NUNCIO_OK) {
        nn_output output;
        nn_output_init_standard(&output);
        status = nn_output_finish(&output, print(&found, &output));
        if (status == NN_EXIT_NOTHING) {
            nn_question_tell_empty(&found.question, true);
        }
        if (status == NN_EXIT_DONE && set.format == FORMAT_TEXT) {
            char articles[NN_HUMAN_ROOM], hits[NN_HUMAN_ROOM];
            uint64_t hit_count = nuncio_facets_hits(found.facets);
            uint64_t article_count = nuncio_facets_articles(found.facets);
            nn_message("%s in %s, counted in %.1f ms",
                       nn_human_number_of(hit_count, unit_of(&found), hits),
                       nn_human_number_of(article_count, "article", articles), 1e3 * seconds);
        }
    } else {
        status = nn_question_failure(&found.question, &error);
    }
    nuncio_facets_destroy(found.facets);
    nn_question_close(&found.question);
    return status;
}

const nn_command nn_command_facets = {
    "facets", "counts sources, dates, speakers and names of a result", HELP, run_facets};

/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes by what they say and who says it. The words and options become one query,
 *
 *   nuncio quotes --speaker Lavrov --date 2023-03 "New START"
 *   speaker:"Lavrov" date:2023-03 ("New START")
 *
 * which is read over one quote, and ranks quotes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <nuncio/nuncio.h>

#include "cli/commands.h"
#include "cli/human.h"
#include "cli/json_hit.h"
#include "cli/message.h"
#include "cli/near_names.h"
#include "cli/overrides.h"
#include "cli/print_quote.h"
#include "cli/question.h"

static const char HELP[] =
    "usage: nuncio quotes [OPTIONS] [QUERY...]\n"
    "\n"
    "Finds what was said: quotes that hold the words of QUERY, ranked by BM25 among all quotes,\n"
    "each with its speaker, the word that makes it speech, its source and date. A query is that\n"
    "of `nuncio search`, read over one quote: words, phrases, operators, speaker:, names, date:,\n"
    "source:, lang:. With --speaker alone all quotes of that speaker, by id of their article.\n"
    "\n"
    "options:\n"
    "  -s, --speaker NAME    only what NAME said, in any form of the name\n"
    "      --source NAME     only articles of a source\n"
    "      --date RANGE      only articles of a time: 2031, 2031-05, 2031-03..2031-06\n"
    "      --lang CODE       only articles in a language\n"
    "      --variants WHICH  what speaker: and the like find beside the form typed: names, off\n"
    "                        (names)\n" NN_OVERRIDES_HELP
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "  -k, --limit N         how many quotes at most, 1 to 10000 (10); --hits is the same\n"
    "      --after TOKEN     the page behind: the token is printed below a page\n"
    "      --direct          only words in quotation marks, no reported speech\n"
    "      --count           only how many quotes match\n"
    "      --format FORMAT   text, json (one document), jsonl (a quote a line) (text)\n"
    "      --offsets UNIT    what places in articles count: chars, bytes, utf16 (chars)\n"
    "      --explain         how the score came about, what makes it speech, who says who spoke\n"
    "      --color WHEN      auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio quotes --speaker Volkonin manners\n"
    "  nuncio quotes --direct --date 2031-05 '\"grain corridor\" OR hinge'\n"
    "  nuncio quotes --format jsonl -k 100 --speaker Dulles Berlin | jq -r .text\n"
    "\n"
    "exit status: 0 found, 1 nothing found, 2 error (a query that cannot be read too), 3 the "
    "index\n"
    "cannot be read\n";

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL };

typedef struct settings {
    const char *speaker, *source, *date, *lang, *after;
    uint64_t limit;
    int format, variants, offsets, color;
    bool direct, explain, count;
} settings;

typedef struct finding {
    const settings *set;
    nn_question question;
    nuncio_hits *hits;
    double seconds;
} finding;

static int read_settings(const nn_command *command, int argc, char **argv, settings *set,
                         nn_question *question, int *first)
{
    static const char *const formats[] = {"text", "json", "jsonl", NULL};
    static const char *const variants[] = {"names", "off", NULL};
    static const char *const offsets[] = {"chars", "bytes", "utf16", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    const nn_option options[] = {
        {"speaker", 's', NN_OPTION_TEXT, .to.text = &set->speaker},
        {"source", 0, NN_OPTION_TEXT, .to.text = &set->source},
        {"date", 0, NN_OPTION_TEXT, .to.text = &set->date},
        {"lang", 0, NN_OPTION_TEXT, .to.text = &set->lang},
        {"variants", 0, NN_OPTION_CHOICE, .to.choice = &set->variants, .choices = variants},
        {"index", 'i', NN_OPTION_TEXT, .to.text = &question->index},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &question->overrides_file},
        {"limit", 'k', NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 10000},
        {"hits", 0, NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 10000},
        {"after", 0, NN_OPTION_TEXT, .to.text = &set->after},
        {"count", 0, NN_OPTION_FLAG, .to.flag = &set->count},
        {"direct", 0, NN_OPTION_FLAG, .to.flag = &set->direct},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &set->format, .choices = formats},
        {"offsets", 0, NN_OPTION_CHOICE, .to.choice = &set->offsets, .choices = offsets},
        {"explain", 0, NN_OPTION_FLAG, .to.flag = &set->explain},
        {"color", 0, NN_OPTION_CHOICE, .to.choice = &set->color, .choices = colors},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_AND_QUERY, first);
    if (status < 0 && *first == argc && set->speaker == NULL) {
        return nn_usage_mistake(command, "what was said, or by whom (--speaker)?");
    }
    return status;
}

/** The query of the options and words; NULL: no memory. */
static char *compose(const settings *set, int argc, char **argv)
{
    const nn_query_field fields[] = {
        {"speaker", set->speaker, false},
        {"source", set->source, false},
        {"date", set->date, true},
        {"lang", set->lang, true},
    };
    return nn_query_compose(fields, sizeof fields / sizeof fields[0], argc, argv);
}

static nuncio_status search(finding *found, nuncio_error *error)
{
    nuncio_search_options *options = &found->question.search;
    const settings *set = found->set;
    bool counts = set->count && set->format != FORMAT_JSON;
    options->hits_max = counts ? 0 : (uint32_t)set->limit;
    options->by = NUNCIO_BY_QUOTE;
    options->direct_only = set->direct;
    options->variants = (nuncio_variants)set->variants;
    options->explain = set->explain;
    options->count = set->count || set->format == FORMAT_TEXT; /* people want the number */
    if (set->after != NULL) {
        options->after.data = set->after;
        options->after.size = strlen(set->after);
    }
    nuncio_status status = nn_question_open(&found->question, error);
    if (status == NUNCIO_OK) {
        /* as text only where a file of the reporter's may call names otherwise */
        options->entities = set->format != FORMAT_TEXT || found->question.overrides != NULL;
        double begin = nn_seconds_now();
        status = nuncio_search(found->question.snapshot, found->question.query, options,
                               &found->hits, error);
        found->seconds = nn_seconds_now() - begin;
    }
    return status;
}

static void print_one(const finding *found, nn_output *output, nn_json_writer *json,
                      nn_terminal terminal, const nn_quote_hit *quote)
{
    if (found->set->format == FORMAT_TEXT) {
        nn_print_quote(output, terminal, quote, found->set->explain);
        return;
    }
    nuncio_offset_unit unit = (nuncio_offset_unit)found->set->offsets;
    nuncio_document *document = NULL;
    nuncio_str text = {NULL, 0};
    if (unit != NUNCIO_OFFSET_BYTES &&
        nuncio_snapshot_find(found->question.snapshot, quote->hit->article.id, &document, NULL) ==
            NUNCIO_OK) {
        text = nuncio_document_article(document)->text;
    }
    nn_json_quote_hit(json, quote, text, unit);
    nuncio_document_destroy(document);
    if (found->set->format == FORMAT_JSONL) {
        nn_output_text(output, "\n");
        json->comma = false;
    }
}

static void print_quotes(const finding *found, nn_output *output, nn_json_writer *json)
{
    nn_terminal terminal = nn_terminal_of(STDOUT_FILENO, (nn_color)found->set->color);
    for (size_t i = 0; i < nuncio_hits_count(found->hits) && nn_output_is_open(output); i++) {
        const nuncio_hit *hit = nuncio_hits_at(found->hits, i);
        if (hit->quote != NULL) { /* it is, but in an index without texts */
            const nn_quote_hit one = {hit->rank, hit, hit->quote};
            print_one(found, output, json, terminal, &one);
        }
    }
}

static void print_document(const finding *found, nn_output *output)
{
    nn_json_writer json = {output, false};
    nn_json_page_open(&json, found->question.query, found->hits, found->question.snapshot,
                      "quotes");
    print_quotes(found, output, &json);
    nn_json_page_end_hits(&json, found->hits);
    if (nuncio_hits_total(found->hits) == 0) {
        nn_json_near_names(&json, found->question.snapshot, found->question.query,
                           &found->question.search);
    }
    nn_json_page_close(&json);
}

/** Prints in the format asked for. @return the exit status */
static int print(const finding *found, nn_output *output)
{
    const settings *set = found->set;
    uint64_t total = nuncio_hits_total(found->hits);
    bool any = nuncio_hits_count(found->hits) > 0;
    if (set->format == FORMAT_JSON) {
        print_document(found, output);
    } else if (set->count) {
        nn_output_format(output, "%llu\n", (unsigned long long)total);
        any = total > 0;
    } else if (!any && set->format == FORMAT_TEXT) {
        nn_message("no quote found%s; the query read: %s",
                   set->after != NULL ? " behind this page" : "", found->question.text);
    } else {
        nn_json_writer json = {output, false};
        print_quotes(found, output, &json);
    }
    return any ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static int run_quotes(const nn_command *command, int argc, char **argv)
{
    settings set = {.limit = 10};
    finding found = {.set = &set, .question.search = NUNCIO_SEARCH_OPTIONS_INIT};
    int first, status = read_settings(command, argc, argv, &set, &found.question, &first);
    if (status >= 0) {
        return status;
    }
    found.question.text = compose(&set, argc - first, argv + first);
    if (found.question.text == NULL) {
        nn_message("out of memory");
        return NN_EXIT_ERROR;
    }
    nuncio_error error = {0};
    nuncio_status outcome = search(&found, &error);
    if (outcome == NUNCIO_OK) {
        nn_output output;
        nn_output_init_standard(&output);
        status = nn_output_finish(&output, print(&found, &output));
        if (status == NN_EXIT_NOTHING) {
            nn_question_tell_empty(&found.question, set.format != FORMAT_JSON);
        }
        if (status == NN_EXIT_DONE && set.format == FORMAT_TEXT && !set.count) {
            nn_tell_page(found.hits, "quote", found.seconds);
        }
    } else {
        status = nn_question_failure(&found.question, &error);
    }
    nuncio_hits_destroy(found.hits);
    nn_question_close(&found.question);
    return status;
}

const nn_command nn_command_quotes = {"quotes", "finds what was said, and by whom", HELP,
                                      run_quotes};

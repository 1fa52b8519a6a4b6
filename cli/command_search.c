/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/json_hit.h"
#include "cli/message.h"
#include "cli/near_names.h"
#include "cli/overrides.h"
#include "cli/print_hit.h"
#include "cli/question.h"

#include <math.h>
#include <nuncio/search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: nuncio search [OPTIONS] QUERY...\n"
    "\n"
    "Ranks the passages that match by BM25 and shows what matched in each. The words are joined\n"
    "by spaces: put quote marks that are for nuncio within '...' for the shell. Options may stand\n"
    "among them; -word is a word that must not be in the article, and behind -- all is query.\n"
    "\n"
    "  treaty inspections            either word, in any inflection; both count more\n"
    "  '\"grain corridor\"'            a phrase; any quote marks do\n"
    "  '+Cavdaroglu corridor -oil'   must be there; adds to the score; must not be there\n"
    "  'a AND (b OR c) NOT d'        over the article; PASSAGE(...) means one passage\n"
    "  'grain NEAR/5 ships'          at most 5 words between them\n"
    "  'sanction* Volkonin~1 =US'    prefix; spelling; exactly as printed\n"
    "  'title:summit source:\"Kessa Herald\" date:2031-03..2031-06'\n"
    "  'speaker:Whitcombe quote:treaty'   who said it: words and speaker of one quote\n"
    "  'person:Volkonin place:Geneva'     who and what is named\n"
    "\n"
    "options:\n"
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "  -k, --limit N         how many hits at most, 1 to 10000 (10); --hits is the same\n"
    "      --by UNIT         rank what: passage, article (passage)\n"
    "      --scope SCOPE     over what AND, NOT, + and - hold: article, passage (article)\n"
    "      --variants WHICH  what person: and the like find beside the form typed: names, off\n"
    "                        (names: every form of who is meant, Kiev for "
    "place:Kyiv)\n" NN_OVERRIDES_HELP
    "      --format FORMAT   text, json (one document), jsonl (a hit a line), csv (text)\n"
    "      --offsets UNIT    what places in texts count: chars, bytes, utf16 (chars)\n"
    "      --after TOKEN     the next page: the token is under the page before, or its key after\n"
    "      --count           only how many match, exactly; with json beside the hits\n"
    "      --plain           words only: no character of the query has a meaning\n"
    "      --explain         how each score was made\n"
    "      --explain-query   how the query was read and how common its words are; no search\n"
    "      --k1 X, --b X     parameters of BM25 (1.5, 0.75)\n"
    "      --exhaustive      score every match, skip nothing: slower, the same hits\n"
    "      --color WHEN      auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "In colour, what matched is bold yellow, names are underlined (people cyan, places blue,\n"
    "organisations magenta, events red), speech is in italics, matched speech green. Without\n"
    "colour, what matched stands between *asterisks*. Under a passage come the quotes that "
    "matched,\n"
    "with their speakers.\n"
    "\n"
    "examples:\n"
    "  nuncio search -k 3 suspended treaty inspections\n"
    "  nuncio search 'speaker:Lavrov quote:\"New START\"'\n"
    "  nuncio search --format json --by article 'date:2031-05 sanctions' | jq .hits[].article.id\n"
    "\n"
    "exit status: 0 found, 1 nothing found, 2 error (a query that cannot be read too), 3 the "
    "index\n"
    "cannot be read\n";

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_JSONL, FORMAT_CSV };

typedef struct settings {
    const char *after;
    uint64_t limit;
    int by, scope, variants, format, offsets, color;
    bool count, explain, explain_query, exhaustive;
    double k1, b;
} settings;

/* A search that has been made. */
typedef struct finding {
    const settings *set;
    nn_question question;
    nuncio_hits *hits;
    double seconds;
} finding;

static int read_settings(const nn_command *command, int argc, char **argv, settings *set,
                         nn_question *question, int *first)
{
    static const char *const units[] = {"passage", "article", NULL};
    static const char *const scopes[] = {"article", "passage", NULL};
    static const char *const variants[] = {"names", "off", NULL};
    static const char *const formats[] = {"text", "json", "jsonl", "csv", NULL};
    static const char *const offsets[] = {"chars", "bytes", "utf16", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &question->index},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &question->overrides_file},
        {"limit", 'k', NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 10000},
        {"hits", 0, NN_OPTION_NUMBER, .to.number = &set->limit, .min = 1, .max = 10000},
        {"by", 0, NN_OPTION_CHOICE, .to.choice = &set->by, .choices = units},
        {"scope", 0, NN_OPTION_CHOICE, .to.choice = &set->scope, .choices = scopes},
        {"variants", 0, NN_OPTION_CHOICE, .to.choice = &set->variants, .choices = variants},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &set->format, .choices = formats},
        {"offsets", 0, NN_OPTION_CHOICE, .to.choice = &set->offsets, .choices = offsets},
        {"after", 0, NN_OPTION_TEXT, .to.text = &set->after},
        {"count", 0, NN_OPTION_FLAG, .to.flag = &set->count},
        {"plain", 0, NN_OPTION_FLAG, .to.flag = &question->plain},
        {"explain", 0, NN_OPTION_FLAG, .to.flag = &set->explain},
        {"explain-query", 0, NN_OPTION_FLAG, .to.flag = &set->explain_query},
        {"exhaustive", 0, NN_OPTION_FLAG, .to.flag = &set->exhaustive},
        {"k1", 0, NN_OPTION_REAL, .to.real = &set->k1, .low = 0, .high = 1000},
        {"b", 0, NN_OPTION_REAL, .to.real = &set->b, .low = 0, .high = 1},
        {"color", 0, NN_OPTION_CHOICE, .to.choice = &set->color, .choices = colors},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_AND_QUERY, first);
    if (status < 0 && *first == argc) {
        return nn_usage_mistake(command, "what is to be searched for?");
    }
    return status;
}

static nuncio_status search(finding *found, nuncio_error *error)
{
    const settings *set = found->set;
    bool count_only = set->explain_query || (set->count && set->format != FORMAT_JSON);
    nuncio_search_options *options = &found->question.search;
    options->hits_max = count_only ? 0 : (uint32_t)set->limit;
    options->by = (nuncio_search_unit)set->by;
    options->scope = (nuncio_search_scope)set->scope;
    options->variants = (nuncio_variants)set->variants;
    options->k1 = set->k1;
    options->b = set->b;
    options->count = set->count || set->format == FORMAT_TEXT; /* people want the number */
    options->explain = set->explain || set->explain_query;
    options->exhaustive = set->exhaustive;
    if (set->after != NULL) {
        options->after.data = set->after;
        options->after.size = strlen(set->after);
    }
    nuncio_status status = nn_question_open(&found->question, error);
    if (status == NUNCIO_OK) {
        /* as text, only what overrides made of names is told */
        options->entities =
            set->format == FORMAT_TEXT ? options->overrides != NULL : set->format != FORMAT_CSV;
        double begin = nn_seconds_now();
        status = nuncio_search(found->question.snapshot, found->question.query, options,
                               &found->hits, error);
        found->seconds = nn_seconds_now() - begin;
    }
    return status;
}

static void print_text(const finding *found, nn_output *output)
{
    size_t count = nuncio_hits_count(found->hits), rank_width = 1;
    nn_terminal terminal = nn_terminal_of(STDOUT_FILENO, (nn_color)found->set->color);
    const nuncio_hit *last = nuncio_hits_at(found->hits, count - 1);
    for (uint32_t rank = last->rank; rank >= 10; rank /= 10) {
        rank_width++;
    }
    for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
        nn_print_hit(output, terminal, nuncio_hits_at(found->hits, i), rank_width);
    }
}

/** Calls for each hit with its article's text, which is read only where offsets need it. */
static void print_records(const finding *found, nn_output *output, nn_json_writer *json)
{
    nuncio_offset_unit unit = (nuncio_offset_unit)found->set->offsets;
    size_t count = nuncio_hits_count(found->hits);
    for (size_t i = 0; i < count && nn_output_is_open(output); i++) {
        const nuncio_hit *hit = nuncio_hits_at(found->hits, i);
        nuncio_document *document = NULL;
        nuncio_str text = {NULL, 0};
        if (unit != NUNCIO_OFFSET_BYTES &&
            nuncio_snapshot_find(found->question.snapshot, hit->article.id, &document, NULL) ==
                NUNCIO_OK) {
            text = nuncio_document_article(document)->text;
        }
        if (found->set->format == FORMAT_CSV) {
            nn_csv_hit(output, hit, text, unit);
        } else {
            nn_json_hit(json, hit, text, unit);
        }
        if (found->set->format == FORMAT_JSONL) {
            nn_output_text(output, "\n");
            json->comma = false;
        }
        nuncio_document_destroy(document);
    }
}

static void print_document(const finding *found, nn_output *output)
{
    nn_json_writer json = {output, false};
    nn_json_page_open(&json, found->question.query, found->hits, found->question.snapshot, "hits");
    print_records(found, output, &json);
    nn_json_page_end_hits(&json, found->hits);
    if (nuncio_hits_total(found->hits) == 0) {
        nn_json_near_names(&json, found->question.snapshot, found->question.query,
                           &found->question.search);
    }
    nn_json_page_close(&json);
}

static void print_explained_query(const finding *found, nn_output *output)
{
    nuncio_str lines = nuncio_hits_explain_query(found->hits);
    if (found->set->format == FORMAT_JSON || found->set->format == FORMAT_JSONL) {
        nn_json_writer json = {output, false};
        nn_json_open(&json, '{');
        nn_json_key(&json, "query");
        nn_json_str(&json, nuncio_query_explain(found->question.query));
        nn_json_key(&json, "explanation");
        nn_json_str(&json, lines);
        nn_json_close(&json, '}');
    } else {
        nn_output_clean(output, lines);
    }
    bool ended =
        found->set->format == FORMAT_TEXT && lines.size > 0 && lines.data[lines.size - 1] == '\n';
    nn_output_text(output, ended ? "" : "\n");
}

/** Prints in the format asked for. @return the exit status */
static int print(const finding *found, nn_output *output)
{
    const settings *set = found->set;
    uint64_t count = nuncio_hits_count(found->hits), total = nuncio_hits_total(found->hits);
    if (set->explain_query) {
        print_explained_query(found, output);
        return NN_EXIT_DONE;
    }
    if (set->format == FORMAT_JSON) {
        print_document(found, output);
        return count > 0 ? NN_EXIT_DONE : NN_EXIT_NOTHING;
    }
    if (set->count) {
        nn_output_format(output, "%llu\n", (unsigned long long)total);
        return total > 0 ? NN_EXIT_DONE : NN_EXIT_NOTHING;
    }
    if (set->format == FORMAT_CSV) {
        nn_csv_header(output);
    }
    if (set->format != FORMAT_TEXT) {
        nn_json_writer json = {output, false};
        print_records(found, output, &json);
    } else if (count > 0) {
        print_text(found, output);
    } else {
        nn_message("nothing found%s; --explain-query shows how the query was read",
                   set->after != NULL ? " behind this page" : "");
    }
    return count > 0 ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static int run_search(const nn_command *command, int argc, char **argv)
{
    settings set = {.limit = 10, .k1 = (double)NAN, .b = (double)NAN};
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
    nuncio_status outcome = search(&found, &error);
    if (outcome == NUNCIO_OK) {
        nn_output output;
        nn_output_init_standard(&output);
        status = nn_output_finish(&output, print(&found, &output));
        if (status == NN_EXIT_NOTHING) {
            nn_question_tell_empty(&found.question, set.format != FORMAT_JSON);
        } else if (set.explain_query) {
            nn_question_tell_unknown(&found.question);
        }
        if (status == NN_EXIT_DONE && set.format == FORMAT_TEXT &&
            nuncio_hits_count(found.hits) > 0) {
            nn_tell_page(found.hits, set.by == NUNCIO_BY_ARTICLE ? "article" : "passage",
                         found.seconds);
        }
    } else {
        status = nn_question_failure(&found.question, &error);
    }
    nuncio_hits_destroy(found.hits);
    nn_question_close(&found.question);
    return status;
}

const nn_command nn_command_search = {"search", "ranks passages and shows what matched in them",
                                      HELP, run_search};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/json_article.h"
#include "cli/message.h"
#include "cli/problems.h"

#include <nuncio/annotation.h>

static const char HELP[] =
    "usage: nuncio annotate [OPTIONS] PATH...\n"
    "\n"
    "Finds quotes with their speakers and names in articles, without an index, and prints a JSON\n"
    "object an article:\n"
    "\n"
    "  {\"id\", \"entities\": [{\"start\", \"end\", \"type\", \"name\", \"entity\"}],\n"
    "   \"quotes\": [{\"start\", \"end\", \"direct\", \"speaker\": {\"name\", \"entity\", "
    "\"start\", "
    "\"end\"},\n"
    "               \"cue\": {\"start\", \"end\"}, \"confidence\"}],\n"
    "   \"references\": [{\"start\", \"end\", \"kind\", \"name\", \"entity\"}]}\n"
    "\n"
    "A reference stands for a person without the name: a \"title\" (the prime minister) or a\n"
    "\"pronoun\" (he, she), where the text says plainly who is meant.\n"
    "\n"
    "Places count from the start of the article's text; speaker and cue are null where there is\n"
    "none. A PATH is what it is for `nuncio index`. An article without an id gets a hash as id.\n"
    "\n"
    "options:\n"
    "      --stances       also what somebody is told to hold, want or do with words (supports "
    "the\n"
    "                      plan, refused to sign), though not said: quotes with \"stance\": true\n"
    "      --model FILE    find names by another model than that which nuncio brings along\n"
    "      --offsets UNIT  what places count: chars, bytes, utf16 (chars)\n"
    "      --report FILE   write every problem of the input to FILE, JSON Lines\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio annotate article.txt\n"
    "  nuncio annotate - < 2023.jsonl | jq -r '.quotes[].speaker.name'\n"
    "\n"
    "exit status: 0 done, 1 no article in the input, 2 error, or a file that could not be read to\n"
    "its end\n";

static void put_annotations(const nuncio_annotator *annotator, const nuncio_article *article,
                            const nuncio_annotations *found, nuncio_offset_unit unit,
                            nn_output *output)
{
    size_t count;
    const nuncio_reference *references = nuncio_annotator_references(annotator, &count);
    nn_json_writer json = {output, false};
    nn_json_open(&json, '{');
    nn_json_key(&json, "id");
    nn_json_str(&json, article->id);
    nn_json_annotations(&json, found, article->text, unit);
    nn_json_references(&json, references, count, article->text, unit);
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

/** @return the exit status */
static int annotate_all(nn_ingest *ingest, nuncio_annotator *annotator, nn_problems *problems,
                        nuncio_offset_unit unit, nn_output *output)
{
    uint64_t articles = 0;
    for (;;) {
        nn_ingest_item item;
        nuncio_annotations found;
        nuncio_error error = {0};
        nuncio_status status = nn_ingest_next(ingest, &item, &error);
        if (status == NUNCIO_OK && item.event == NN_INGEST_PROBLEM) {
            nn_problems_note(problems, item.problem, NULL);
            continue;
        }
        if (status == NUNCIO_OK && item.event == NN_INGEST_ARTICLE) {
            status = nuncio_annotator_run(annotator, &item.article, &found, &error);
        }
        if (status == NUNCIO_ERR_CANCELLED) {
            return 128 + nn_interrupt_signal();
        }
        if (status != NUNCIO_OK) {
            return nn_message_failure(&error);
        }
        if (item.event == NN_INGEST_END || !nn_output_is_open(output)) {
            break;
        }
        put_annotations(annotator, &item.article, &found, unit, output);
        articles++;
    }
    return nn_problems_status(problems, articles);
}

static int run_annotate(const nn_command *command, int argc, char **argv)
{
    static const char *const units[] = {"chars", "bytes", "utf16", NULL};
    const char *report = NULL, *model = NULL;
    int unit = 0, first;
    bool stances = false;
    const nn_option options[] = {
        {"stances", 0, NN_OPTION_FLAG, .to.flag = &stances},
        {"model", 0, NN_OPTION_TEXT, .to.text = &model},
        {"offsets", 0, NN_OPTION_CHOICE, .to.choice = &unit, .choices = units},
        {"report", 0, NN_OPTION_TEXT, .to.text = &report},
    };
    int exit_status =
        nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                        NN_OPTIONS_ANYWHERE, &first);
    if (exit_status >= 0) {
        return exit_status;
    }
    if (first == argc) {
        return nn_usage_mistake(command, "name at least one file or directory, or -");
    }
    nn_problems problems;
    exit_status = nn_problems_begin(&problems, report, false);
    if (exit_status >= 0) {
        return exit_status;
    }
    nn_interrupt_catch();
    const nn_ingest_options input = {.id_from = NN_ID_FROM_HASH, .stop = nn_interrupt_stop};
    nn_ingest *ingest = NULL;
    nuncio_annotator *annotator = NULL;
    nuncio_error error = {0};
    nuncio_status status = nuncio_annotator_create(NULL, &annotator, &error);
    if (status == NUNCIO_OK) {
        nuncio_annotator_find_stances(annotator, stances);
        status = model == NULL ? NUNCIO_OK : nuncio_annotator_use_model(annotator, model, &error);
    }
    if (status == NUNCIO_OK) {
        status = nn_ingest_open((const char *const *)argv + first, (size_t)(argc - first), &input,
                                NULL, &ingest, &error);
    }
    nn_output output;
    nn_output_init_standard(&output);
    exit_status = status != NUNCIO_OK ? nn_message_failure(&error)
                                      : annotate_all(ingest, annotator, &problems,
                                                     (nuncio_offset_unit)unit, &output);
    exit_status = nn_problems_end(&problems, nn_output_finish(&output, exit_status));
    nn_ingest_close(ingest);
    nuncio_annotator_destroy(annotator);
    return exit_status;
}

const nn_command nn_command_annotate = {"annotate", "finds quotes and names, without an index",
                                        HELP, run_annotate};

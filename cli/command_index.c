/* SPDX-License-Identifier: Apache-2.0 */
/* Commits depend on how much text was taken, never on time, so that the same command gives the same
 * bytes; a signal commits what is there and ends. */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/interrupt.h"
#include "cli/message.h"
#include "cli/problems.h"

#include <nuncio/snapshot.h>
#include <nuncio/writer.h>
#include <stdio.h>
#include <string.h>

static const char HELP[] =
    "usage: nuncio index [OPTIONS] PATH...\n"
    "\n"
    "Adds the articles of files and directories to the index, which is made when there is none.\n"
    "An article whose id is known is replaced, or skipped when nothing in it has changed; so a "
    "run\n"
    "that was stopped is continued by giving the same command again.\n"
    "\n"
    "A PATH is a file, a directory (read with all below it) or - for the standard input:\n"
    "  .jsonl .ndjson  an article a line: {\"id\", \"title\", \"date\", \"source\", \"url\", "
    "\"lang\", "
    "\"text\"};\n"
    "                  only id and text must be there\n"
    "  .json           one article, an array of them, or one after another\n"
    "  .txt            plain text: the first line is the title, the path the id; x.json beside\n"
    "                  x.txt may hold its id, date, source, url and lang\n"
    "Each may be compressed (.gz, .zst).\n"
    "\n"
    "options:\n"
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --id-prefix TEXT  before the path in ids of plain texts\n"
    "      --id-from WHAT    make a missing id of the url or of a hash: url, hash\n"
    "      --source NAME     for articles without a source\n"
    "      --date DATE       for articles without a date: 2023, 2023-03 or 2023-03-02\n"
    "      --lang CODE       for articles whose language is neither given nor detected (en)\n"
    "      --no-text         do not store texts: a smaller index without passages to show\n"
    "      --no-annotations  do not look for quotes and names\n"
    "      --no-quotes       look for names alone: a smaller index\n"
    "      --model FILE      find names by another model than that which nuncio brings along\n"
    "      --threads N       processors to use (all); the index is the same for any\n"
    "      --memory SIZE     memory to use at most (256M)\n"
    "      --commit-every SIZE  text between two commits (512M)\n"
    "      --report FILE     write every problem of the input to FILE, JSON Lines\n"
    "      --strict          exit with 2 when any article was left out\n"
    "  -q, --quiet           no progress and no summary\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio index archive/                        everything below a directory\n"
    "  nuncio index -i news 2023.jsonl.zst 2024.jsonl.zst\n"
    "  producer | nuncio index --report problems.jsonl -\n"
    "\n"
    "Ctrl-C commits what has been taken, then ends with status 130. A run that is killed keeps "
    "what\n"
    "was committed before.\n"
    "\n"
    "exit status: 0 done (articles that had to be left out are reported), 1 no article in the "
    "input,\n"
    "2 error, or a file that could not be read to its end, 3 the index cannot be read, 4 another\n"
    "writer has the index open\n";

typedef struct settings {
    const char *index, *id_prefix, *source, *lang, *model, *report;
    int id_from;
    nuncio_date date;
    uint64_t threads, memory, commit_every;
    bool no_text, no_annotations, no_quotes, strict, quiet;
} settings;

/* A run and what it has done so far. */
typedef struct index_run {
    const settings *settings;
    nuncio_writer *writer;
    nn_ingest *ingest;
    nn_problems problems;
    nn_progress progress;
    uint64_t counts[3];  /* by nuncio_add_result */
    uint64_t text_bytes; /* of all articles met */
    uint64_t since_commit;
    nuncio_error error;
} index_run;

static nuncio_str view(const char *text)
{
    nuncio_str found = {text, text == NULL ? 0 : strlen(text)};
    return found;
}

static int read_settings(const nn_command *command, int argc, char **argv, settings *set,
                         int *first)
{
    static const char *const id_from[] = {"given", "url", "hash", NULL};
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &set->index},
        {"id-prefix", 0, NN_OPTION_TEXT, .to.text = &set->id_prefix},
        {"id-from", 0, NN_OPTION_CHOICE, .to.choice = &set->id_from, .choices = id_from},
        {"source", 0, NN_OPTION_TEXT, .to.text = &set->source},
        {"date", 0, NN_OPTION_DATE, .to.date = &set->date},
        {"lang", 0, NN_OPTION_TEXT, .to.text = &set->lang},
        {"no-text", 0, NN_OPTION_FLAG, .to.flag = &set->no_text},
        {"no-annotations", 0, NN_OPTION_FLAG, .to.flag = &set->no_annotations},
        {"no-quotes", 0, NN_OPTION_FLAG, .to.flag = &set->no_quotes},
        {"model", 0, NN_OPTION_TEXT, .to.text = &set->model},
        {"threads", 0, NN_OPTION_NUMBER, .to.number = &set->threads, .min = 1, .max = 1024},
        {"memory", 0, NN_OPTION_SIZE, .to.number = &set->memory, .min = 24 << 20,
         .max = UINT64_MAX},
        {"commit-every", 0, NN_OPTION_SIZE, .to.number = &set->commit_every, .min = 1,
         .max = UINT64_MAX},
        {"report", 0, NN_OPTION_TEXT, .to.text = &set->report},
        {"strict", 0, NN_OPTION_FLAG, .to.flag = &set->strict},
        {"quiet", 'q', NN_OPTION_FLAG, .to.flag = &set->quiet},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ANYWHERE, first);
    if (status < 0 && *first == argc) {
        return nn_usage_mistake(command, "name at least one file or directory, or -");
    }
    return status;
}

static nuncio_status commit(index_run *run)
{
    run->since_commit = 0;
    return nuncio_writer_commit(run->writer, &run->error);
}

static nuncio_status take_article(index_run *run, const nn_ingest_item *item)
{
    nuncio_add_result result;
    const nuncio_article *article = &item->article;
    nuncio_status status = nuncio_writer_add(run->writer, article, &result, &run->error);
    if (status == NUNCIO_ERR_INPUT || status == NUNCIO_ERR_LIMIT) {
        nn_problem problem = {NN_PROBLEM_REFUSED, item->file, item->line, article->id, ""};
        (void)snprintf(problem.message, sizeof problem.message, "%s", run->error.message);
        nn_problems_note(&run->problems, &problem, &run->progress);
        return NUNCIO_OK;
    }
    if (status != NUNCIO_OK) {
        return status;
    }
    uint64_t bytes = article->text.size + article->title.size;
    run->counts[result]++;
    run->text_bytes += bytes;
    run->since_commit += result == NUNCIO_ADD_SKIPPED ? 0 : bytes;
    return run->since_commit >= run->settings->commit_every ? commit(run) : NUNCIO_OK;
}

static uint64_t articles_taken(const index_run *run)
{
    return run->counts[NUNCIO_ADD_ADDED] + run->counts[NUNCIO_ADD_REPLACED] +
           run->counts[NUNCIO_ADD_SKIPPED];
}

/** Takes everything in; CANCELLED when a signal came. */
static nuncio_status take_all(index_run *run)
{
    for (;;) {
        nn_ingest_item item;
        nuncio_status status = nn_ingest_next(run->ingest, &item, &run->error);
        if (status == NUNCIO_OK && item.event == NN_INGEST_ARTICLE) {
            status = take_article(run, &item);
        } else if (status == NUNCIO_OK && item.event == NN_INGEST_PROBLEM) {
            nn_problems_note(&run->problems, item.problem, &run->progress);
        }
        if (status != NUNCIO_OK || item.event == NN_INGEST_END) {
            return status;
        }
        nn_progress_update(&run->progress, articles_taken(run),
                           nn_ingest_progress_of(run->ingest).bytes_read, run->text_bytes);
    }
}

static void summarise(const index_run *run, const char *directory)
{
    char added[NN_HUMAN_ROOM], replaced[NN_HUMAN_ROOM], skipped[NN_HUMAN_ROOM], text[NN_HUMAN_ROOM],
        time[NN_HUMAN_ROOM], articles[NN_HUMAN_ROOM], size[NN_HUMAN_ROOM], problems[NN_HUMAN_ROOM];
    double seconds = nn_progress_seconds(&run->progress);
    nn_message("%s added, %s replaced, %s skipped, %s; %s of text in %s, %.1f MB/s",
               nn_human_count(run->counts[NUNCIO_ADD_ADDED], added),
               nn_human_count(run->counts[NUNCIO_ADD_REPLACED], replaced),
               nn_human_count(run->counts[NUNCIO_ADD_SKIPPED], skipped),
               nn_human_number_of(nn_problems_count(&run->problems), "problem", problems),
               nn_human_bytes(run->text_bytes, text), nn_human_seconds(seconds, time),
               seconds > 0 ? (double)run->text_bytes / 1e6 / seconds : 0.0);
    nuncio_snapshot *snapshot;
    if (nuncio_snapshot_open(directory, NULL, &snapshot, NULL) != NUNCIO_OK) {
        return; /* nothing has been committed: there is nothing to describe */
    }
    nuncio_stats stats;
    nuncio_snapshot_stats(snapshot, &stats);
    nn_message("the index %s holds %s in %s", directory,
               nn_human_number_of(stats.articles, "article", articles),
               nn_human_bytes(stats.bytes.total, size));
    nuncio_snapshot_close(snapshot);
}

/** Brings the run to its end, whatever became of it. */
static int finish(index_run *run, nuncio_status status, const char *directory)
{
    bool stopped = status == NUNCIO_ERR_CANCELLED;
    nn_progress_clear(&run->progress);
    if (status == NUNCIO_OK || stopped) {
        status = commit(run);
    }
    if (status != NUNCIO_OK) {
        return nn_problems_end(&run->problems, nn_message_failure(&run->error));
    }
    const nn_problems *problems = &run->problems;
    int exit_status = nn_problems_status(problems, articles_taken(run));
    if (run->settings->strict && problems->articles_lost > 0) {
        exit_status = NN_EXIT_ERROR;
    }
    if (stopped) {
        nn_message("stopped by a signal; what was taken is committed, the same command goes on");
        exit_status = 128 + nn_interrupt_signal();
    } else if (exit_status == NN_EXIT_NOTHING) {
        nn_message("there is no article in the input");
    }
    exit_status = nn_problems_end(&run->problems, exit_status);
    if (!run->settings->quiet) {
        summarise(run, directory);
    }
    return exit_status;
}

static int run_index(const nn_command *command, int argc, char **argv)
{
    settings set = {.commit_every = (uint64_t)512 << 20};
    int first, status = read_settings(command, argc, argv, &set, &first);
    if (status >= 0) {
        return status;
    }
    const char *const *paths = (const char *const *)argv + first;
    size_t path_count = (size_t)(argc - first);
    const char *directory = nn_index_directory(set.index);
    nuncio_writer_options options = NUNCIO_WRITER_OPTIONS_INIT;
    options.memory_max = set.memory;
    options.threads = (uint32_t)set.threads;
    options.lang = view(set.lang);
    options.no_text = set.no_text;
    options.no_annotations = set.no_annotations;
    options.no_quotes = set.no_quotes;
    options.model = set.model;
    const nn_ingest_options input = {view(set.id_prefix), (nn_id_from)set.id_from,
                                     view(set.source),    set.date,
                                     nn_interrupt_stop,   NULL};
    index_run run = {.settings = &set};
    status = nn_problems_begin(&run.problems, set.report, set.quiet);
    if (status >= 0) {
        return status;
    }
    nn_interrupt_catch();
    nuncio_status outcome = nuncio_writer_open(directory, &options, &run.writer, &run.error);
    if (outcome == NUNCIO_OK) {
        outcome = nn_ingest_open(paths, path_count, &input, NULL, &run.ingest, &run.error);
    }
    run.progress =
        nn_progress_start(set.quiet, set.quiet ? 0 : nn_ingest_total_bytes(paths, path_count));
    if (outcome == NUNCIO_OK) {
        outcome = take_all(&run);
    }
    status = finish(&run, outcome, directory);
    nn_ingest_close(run.ingest);
    nuncio_writer_close(run.writer);
    return status;
}

const nn_command nn_command_index = {"index", "adds articles of files and directories", HELP,
                                     run_index};

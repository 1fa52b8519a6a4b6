/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/problems.h"

#include "cli/json_write.h"
#include "cli/message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOLD = 10 /* problems told at once */, MODE = 0666 };

int nn_problems_begin(nn_problems *problems, const char *report_path, bool quiet)
{
    memset(problems, 0, sizeof *problems);
    problems->quiet = quiet;
    if (report_path == NULL) {
        return -1;
    }
    int descriptor = open(report_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, MODE);
    if (descriptor < 0) {
        nn_message("cannot write the report %s: %s", report_path, strerror(errno));
        return NN_EXIT_ERROR;
    }
    problems->report = malloc(sizeof *problems->report);
    if (problems->report == NULL) {
        (void)close(descriptor);
        nn_message("out of memory");
        return NN_EXIT_ERROR;
    }
    nn_output_init(problems->report, descriptor, report_path);
    return -1;
}

static void put_line(nn_output *output, const nn_problem *problem)
{
    static const char *const effects[] = {[NN_EFFECT_KEPT] = "kept",
                                          [NN_EFFECT_ARTICLE_LOST] = "article-lost",
                                          [NN_EFFECT_FILE_LOST] = "file-lost"};
    nn_json_writer json = {output, false};
    nn_json_open(&json, '{');
    nn_json_key(&json, "kind");
    nn_json_text(&json, nn_problem_kind_name(problem->kind));
    nn_json_key(&json, "effect");
    nn_json_text(&json, effects[nn_problem_kind_effect(problem->kind)]);
    nn_json_key(&json, "file");
    nn_json_text(&json, problem->file);
    nn_json_key(&json, "line");
    if (problem->line == 0) {
        nn_json_null(&json);
    } else {
        nn_json_number(&json, problem->line);
    }
    nn_json_key(&json, "id");
    nn_json_str(&json, problem->id);
    nn_json_key(&json, "message");
    nn_json_text(&json, problem->message);
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

static void tell(const nn_problem *problem)
{
    int id_size = problem->id.size < 100 ? (int)problem->id.size : 100;
    size_t file_size = strlen(problem->file);
    const char *id = problem->id.data;
    if (id != NULL && problem->line == 0 && /* a text file's name says it already */
        problem->id.size <= file_size &&
        memcmp(problem->file + file_size - problem->id.size, id, problem->id.size) == 0) {
        id = NULL;
    }
    const char *before = id == NULL ? "" : " \"";
    const char *after = id == NULL ? "" : "\":";
    id_size = id == NULL ? 0 : id_size;
    id = id == NULL ? "" : id;
    if (problem->line == 0) {
        nn_message("%s:%s%.*s%s %s", problem->file, before, id_size, id, after, problem->message);
    } else {
        nn_message("%s:%llu:%s%.*s%s %s", problem->file, (unsigned long long)problem->line, before,
                   id_size, id, after, problem->message);
    }
}

void nn_problems_note(nn_problems *problems, const nn_problem *problem, nn_progress *progress)
{
    nn_problem_effect effect = nn_problem_kind_effect(problem->kind);
    problems->kept += effect == NN_EFFECT_KEPT;
    problems->articles_lost += effect == NN_EFFECT_ARTICLE_LOST;
    problems->files_lost += effect == NN_EFFECT_FILE_LOST;
    if (problems->report != NULL) {
        put_line(problems->report, problem);
    }
    bool lost = effect != NN_EFFECT_KEPT;
    if (problems->quiet && !lost) {
        return;
    }
    if (problems->told >= TOLD && effect != NN_EFFECT_FILE_LOST) {
        problems->untold++;
        return;
    }
    if (progress != NULL) {
        nn_progress_clear(progress);
    }
    tell(problem);
    problems->told++;
}

int nn_problems_end(nn_problems *problems, int status)
{
    if (problems->untold > 0) {
        nn_message("%llu more problems%s%s", (unsigned long long)problems->untold,
                   problems->report == NULL ? "; --report FILE lists them all" : " are in ",
                   problems->report == NULL ? "" : problems->report->name);
    }
    if (problems->report != NULL) {
        int descriptor = problems->report->descriptor;
        status = nn_output_finish(problems->report, status);
        (void)close(descriptor);
        free(problems->report);
        problems->report = NULL;
    }
    return status;
}

uint64_t nn_problems_count(const nn_problems *problems)
{
    return problems->kept + problems->articles_lost + problems->files_lost;
}

int nn_problems_status(const nn_problems *problems, uint64_t articles_taken)
{
    if (problems->files_lost > 0 || (articles_taken == 0 && problems->articles_lost > 0)) {
        return NN_EXIT_ERROR;
    }
    return articles_taken == 0 ? NN_EXIT_NOTHING : NN_EXIT_DONE;
}

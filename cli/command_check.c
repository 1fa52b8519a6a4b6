/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/message.h"

#include <nuncio/writer.h>

static const char HELP[] =
    "usage: nuncio check [OPTIONS]\n"
    "\n"
    "Verifies the index: every checksum, and with --full every invariant of the format, the "
    "postings\n"
    "derived again from the stored texts. Reads only; a writer may be at work meanwhile.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR  the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --full       everything, not only the checksums\n"
    "  -h, --help\n"
    "\n"
    "example:\n"
    "  nuncio check --full && echo sound\n"
    "\n"
    "exit status: 0 nothing is wrong, 2 error, 3 something is wrong: each finding is a line\n";

static void print_finding(void *context, const nuncio_error *finding)
{
    uint64_t *count = context;
    (*count)++;
    nn_message("%s: at byte %llu: %s", finding->file, (unsigned long long)finding->offset,
               finding->message);
}

static int run_check(const nn_command *command, int argc, char **argv)
{
    const char *index = NULL;
    bool full = false;
    int first;
    const nn_option options[] = {
        {'i', "index", NN_OPTION_TEXT, .to.text = &index},
        {0, "full", NN_OPTION_FLAG, .to.flag = &full},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ANYWHERE, &first);
    if (status >= 0) {
        return status;
    }
    if (first < argc) {
        return nn_usage_mistake(command, "takes no argument such as %s", argv[first]);
    }
    const char *directory = nn_index_directory(index);
    uint64_t findings = 0;
    char time[NN_HUMAN_ROOM];
    double begin = nn_seconds_now();
    nuncio_error error = {0};
    nuncio_status outcome = nuncio_check(directory, full ? NUNCIO_CHECK_FULL : NUNCIO_CHECK_FAST,
                                         NULL, NULL, print_finding, &findings, &error);
    if (findings > 0) {
        nn_message("%llu finding%s in %s; export what can be read and index it anew",
                   (unsigned long long)findings, findings == 1 ? "" : "s", directory);
        return nn_exit_status(outcome);
    }
    if (outcome != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    nn_message("%s: nothing is wrong (%s)", directory,
               nn_human_seconds(nn_seconds_now() - begin, time));
    return NN_EXIT_DONE;
}

const nn_command nn_command_check = {"check", "verifies the index", HELP, run_check};

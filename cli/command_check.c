/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/message.h"
#include "cli/overrides.h"

#include <nuncio/writer.h>

static const char HELP[] =
    "usage: nuncio check [OPTIONS]\n"
    "\n"
    "Verifies the index: every checksum, and with --full every invariant of the format, the "
    "postings\n"
    "derived again from the stored texts. Tells of names in the override file that no article "
    "has.\n"
    "Reads only; a writer may be at work meanwhile.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --full            everything, not only the checksums\n" NN_OVERRIDES_HELP
    "  -h, --help\n"
    "\n"
    "example:\n"
    "  nuncio check --full && echo sound\n"
    "\n"
    "exit status: 0 nothing is wrong, 2 error (an override file that cannot be followed too), 3\n"
    "something is wrong: each finding is a line\n";

/* What has been found: damage is told as it is found; what kept the check from its work (no index,
 * a version that is not known, a file that cannot be read) is one failure. */
typedef struct findings {
    uint64_t count;
    nuncio_error failure; /* the first of those */
} findings;

static void take_finding(void *context, const nuncio_error *finding)
{
    findings *found = context;
    if (finding->status == NUNCIO_ERR_CORRUPT || finding->status == NUNCIO_ERR_NOT_FOUND) {
        found->count++;
        nn_message("%s: at byte %llu: %s", finding->file, (unsigned long long)finding->offset,
                   finding->message);
    } else if (found->failure.status == NUNCIO_OK) {
        found->failure = *finding;
    }
}

/** Tells the outcome. @return the exit status */
static int conclude(const findings *found, const char *directory, double seconds)
{
    char time[NN_HUMAN_ROOM];
    if (found->failure.status != NUNCIO_OK) {
        return nn_message_failure(&found->failure);
    }
    if (found->count > 0) {
        nn_message("%s in %s; export what can be read and index it anew",
                   nn_human_number_of(found->count, "finding", time), directory);
        return NN_EXIT_INDEX;
    }
    nn_message("%s: nothing is wrong (%s)", directory, nn_human_seconds(seconds, time));
    return NN_EXIT_DONE;
}

/** Reads the override file and tells of names that no article has. @return the exit status */
static int check_overrides(const char *given, const char *directory)
{
    nuncio_snapshot *snapshot = NULL;
    nuncio_overrides *overrides = NULL;
    nuncio_error error = {0};
    nuncio_status outcome = nuncio_snapshot_open(directory, NULL, &snapshot, &error);
    if (outcome == NUNCIO_OK) {
        outcome = nn_overrides_open(given, directory, &overrides, &error);
    }
    if (outcome == NUNCIO_OK) {
        nn_overrides_tell_unknown(overrides, given, directory, snapshot);
    }
    nuncio_overrides_destroy(overrides);
    nuncio_snapshot_close(snapshot);
    return outcome == NUNCIO_OK ? NN_EXIT_DONE : nn_message_failure(&error);
}

static int run_check(const nn_command *command, int argc, char **argv)
{
    const char *index = NULL;
    const char *overrides = NULL;
    bool full = false;
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &index},
        {"full", 0, NN_OPTION_FLAG, .to.flag = &full},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &overrides},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ALONE, NULL);
    if (status >= 0) {
        return status;
    }
    const char *directory = nn_index_directory(index);
    findings found = {0};
    double begin = nn_seconds_now();
    nuncio_error error = {0};
    nuncio_status outcome = nuncio_check(directory, full ? NUNCIO_CHECK_FULL : NUNCIO_CHECK_FAST,
                                         NULL, NULL, take_finding, &found, &error);
    if (outcome != NUNCIO_OK && found.count == 0 && found.failure.status == NUNCIO_OK) {
        found.failure = error; /* it could not even begin */
    }
    status = conclude(&found, directory, nn_seconds_now() - begin);
    return status == NN_EXIT_DONE ? check_overrides(overrides, directory) : status;
}

const nn_command nn_command_check = {"check", "verifies the index", HELP, run_check};

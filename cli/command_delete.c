/* SPDX-License-Identifier: Apache-2.0 */
/* delete and optimize: upkeep of an index that is there. */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/message.h"

#include <nuncio/snapshot.h>
#include <nuncio/writer.h>
#include <string.h>

static const char DELETE_HELP[] =
    "usage: nuncio delete [OPTIONS] ID...\n"
    "\n"
    "Deletes articles. All of them, or none when the run is killed.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR  the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "  -q, --quiet      no summary\n"
    "  -h, --help\n"
    "\n"
    "example:\n"
    "  nuncio delete meridian-0114-treaty courier-0129-family\n"
    "\n"
    "exit status: 0 deleted, 1 an id is not known (the others are deleted), 2 error, 3 the index\n"
    "cannot be read, 4 another writer has it open\n";

static const char OPTIMIZE_HELP[] =
    "usage: nuncio optimize [OPTIONS]\n"
    "\n"
    "Merges the index into one segment: smaller and faster; what was deleted is gone for good. "
    "Texts\n"
    "are compressed anew, about 12 s for 372 MB, unless most of them were already.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR    the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --memory SIZE  memory to use at most (256M)\n"
    "  -q, --quiet        no summary\n"
    "  -h, --help\n"
    "\n"
    "example:\n"
    "  nuncio optimize -i news\n"
    "\n"
    "exit status: 0 done, 2 error, 3 the index cannot be read, 4 another writer has it open\n";

/** The state of an index that is there: upkeep must not make one. */
typedef struct index_state {
    uint64_t bytes, generation;
} index_state;

static nuncio_status read_state(const char *directory, index_state *out, nuncio_error *error)
{
    nuncio_snapshot *snapshot;
    nuncio_stats stats;
    nuncio_status status = nuncio_snapshot_open(directory, NULL, &snapshot, error);
    if (status == NUNCIO_OK) {
        nuncio_snapshot_stats(snapshot, &stats);
        *out = (index_state){stats.bytes.total, nuncio_snapshot_generation(snapshot)};
        nuncio_snapshot_close(snapshot);
    }
    return status;
}

static nuncio_status delete_all(nuncio_writer *writer, int count, char **ids, size_t *deleted,
                                nuncio_error *error)
{
    *deleted = 0;
    for (int i = 0; i < count; i++) {
        nuncio_str id = {ids[i], strlen(ids[i])};
        nuncio_status status = nuncio_writer_delete(writer, id, error);
        if (status == NUNCIO_ERR_NOT_FOUND) {
            nn_message("no article has the id '%s'", ids[i]);
        } else if (status != NUNCIO_OK) {
            return status;
        } else {
            (*deleted)++;
        }
    }
    return nuncio_writer_commit(writer, error);
}

static int run_delete(const nn_command *command, int argc, char **argv)
{
    const char *index = NULL;
    bool quiet = false;
    int first;
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &index},
        {"quiet", 'q', NN_OPTION_FLAG, .to.flag = &quiet},
    };
    int exit_status =
        nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                        NN_OPTIONS_ANYWHERE, &first);
    if (exit_status >= 0) {
        return exit_status;
    }
    if (first == argc) {
        return nn_usage_mistake(command, "name at least one id");
    }
    const char *directory = nn_index_directory(index);
    nuncio_error error = {0};
    nuncio_writer *writer = NULL;
    index_state before;
    size_t deleted = 0, asked = (size_t)(argc - first);
    nuncio_status status = read_state(directory, &before, &error);
    if (status == NUNCIO_OK) {
        status = nuncio_writer_open(directory, NULL, &writer, &error);
    }
    if (status == NUNCIO_OK) {
        status = delete_all(writer, argc - first, argv + first, &deleted, &error);
    }
    nuncio_writer_close(writer);
    if (status != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    if (!quiet) {
        nn_message("%zu of %zu deleted", deleted, asked);
    }
    return deleted == asked ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static void tell_optimized(const char *directory, const index_state *before,
                           const index_state *after, double seconds)
{
    char old[NN_HUMAN_ROOM], new[NN_HUMAN_ROOM], time[NN_HUMAN_ROOM];
    (void)nn_human_bytes(before->bytes, old);
    if (after->generation == before->generation) {
        nn_message("%s: nothing to do, %s", directory, old);
    } else {
        nn_message("%s: %s before, %s now (%s)", directory, old, nn_human_bytes(after->bytes, new),
                   nn_human_seconds(seconds, time));
    }
}

static int run_optimize(const nn_command *command, int argc, char **argv)
{
    const char *index = NULL;
    nuncio_writer_options writing = NUNCIO_WRITER_OPTIONS_INIT;
    bool quiet = false;
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &index},
        {"memory", 0, NN_OPTION_SIZE, .to.number = &writing.memory_max, .min = 24 << 20,
         .max = UINT64_MAX},
        {"quiet", 'q', NN_OPTION_FLAG, .to.flag = &quiet},
    };
    int exit_status = nn_options_read(command, argc, argv, options,
                                      sizeof options / sizeof options[0], NN_OPTIONS_ALONE, NULL);
    if (exit_status >= 0) {
        return exit_status;
    }
    const char *directory = nn_index_directory(index);
    nuncio_error error = {0};
    nuncio_writer *writer = NULL;
    index_state before = {0}, after = {0};
    double start = nn_seconds_now();
    nuncio_status status = read_state(directory, &before, &error);
    if (status == NUNCIO_OK) {
        status = nuncio_writer_open(directory, &writing, &writer, &error);
    }
    if (status == NUNCIO_OK) {
        status = nuncio_writer_optimize(writer, &error);
    }
    nuncio_writer_close(writer);
    if (status == NUNCIO_OK) {
        status = read_state(directory, &after, &error);
    }
    if (status != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    if (!quiet) {
        tell_optimized(directory, &before, &after, nn_seconds_now() - start);
    }
    return NN_EXIT_DONE;
}

const nn_command nn_command_delete = {"delete", "deletes articles by id", DELETE_HELP, run_delete};
const nn_command nn_command_optimize = {"optimize", "merges the index into one segment",
                                        OPTIMIZE_HELP, run_optimize};

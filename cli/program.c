/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const nn_command *const commands[] = {
    &nn_command_index,  &nn_command_search, &nn_command_quotes,   &nn_command_entities,
    &nn_command_facets, &nn_command_show,   &nn_command_stats,    &nn_command_check,
    &nn_command_delete, &nn_command_export, &nn_command_optimize, &nn_command_annotate,
};
enum { COMMANDS = sizeof commands / sizeof commands[0] };

static const nn_command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static void put_usage(nn_output *output)
{
    nn_output_text(output, "nuncio: full-text search over news, with the quotes and names in it\n\n"
                           "usage: nuncio COMMAND [OPTIONS] [ARGUMENTS]\n\n");
    for (size_t i = 0; i < COMMANDS; i++) {
        nn_output_format(output, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    }
    nn_output_text(
        output, "  help       shows this, or the help of a command\n"
                "  version    shows the versions of the program and of its index format\n\n"
                "`nuncio COMMAND --help` has the options of a command and examples.\n"
                "The index is the one named by -i DIR, else by $NUNCIO_INDEX, else ./.nuncio.\n\n"
                "exit status: 0 found or done, 1 nothing found, 2 error, 3 the index cannot be\n"
                "read or is of another version, 4 another writer has the index open\n");
}

/** Makes sure that descriptors 0, 1 and 2 are taken: a file of the index must never get one of
 * them, or messages would be written into it. */
static void take_standard_descriptors(void)
{
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
        if (fcntl(i, F_GETFD) < 0) {
            (void)open("/dev/null", O_RDONLY | O_CLOEXEC); /* takes the lowest one that is free */
        }
    }
}

static int show_help(int argc, char **argv)
{
    nn_output output;
    nn_output_init_standard(&output);
    if (argc > 1) {
        const nn_command *command = find_command(argv[1]);
        if (command == NULL) {
            nn_message("there is no command %s; `nuncio help` lists them", argv[1]);
            return NN_EXIT_ERROR;
        }
        nn_output_text(&output, command->help);
    } else {
        put_usage(&output);
    }
    return nn_output_finish(&output, NN_EXIT_DONE);
}

static int show_version(void)
{
    nn_output output;
    nn_output_init_standard(&output);
    nn_output_format(&output, "nuncio %s (index format %u)\n", nuncio_version(),
                     nuncio_format_version());
    return nn_output_finish(&output, NN_EXIT_DONE);
}

int nn_program_run(int argc, char **argv)
{
    take_standard_descriptors();
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that goes away is noticed by the write */
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
        return show_help(argc - 1, argv + 1);
    }
    if (strcmp(name, "version") == 0 || strcmp(name, "--version") == 0) {
        return show_version();
    }
    const nn_command *command = find_command(name);
    if (command == NULL) {
        nn_message(name[0] == '\0' ? "which command%s? `nuncio help` lists them"
                                   : "there is no command %s; `nuncio help` lists them",
                   name);
        return NN_EXIT_ERROR;
    }
    return command->run(command, argc - 1, argv + 1);
}

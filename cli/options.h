/* SPDX-License-Identifier: Apache-2.0 */
/* Commands, and how their options are read: a table an option, one message for each mistake. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <nuncio/article.h>

typedef struct nn_command {
    const char *name;
    const char *summary; /* for the list of commands */
    const char *help;    /* usage, options, examples, exit status */
    /** `argv[0]` is the command's name. @return the exit status */
    int (*run)(const struct nn_command *command, int argc, char **argv);
} nn_command;

typedef enum nn_option_kind {
    NN_OPTION_FLAG,   /* takes no value */
    NN_OPTION_TEXT,   /* any value */
    NN_OPTION_NUMBER, /* decimal, within min … max */
    NN_OPTION_SIZE,   /* bytes: 1048576, 256M, 1G (powers of 1,024), within min … max */
    NN_OPTION_REAL,   /* within low … high */
    NN_OPTION_CHOICE, /* one of some words; gives its number */
    NN_OPTION_DATE
} nn_option_kind;

typedef struct nn_option {
    const char *name;
    char letter; /* 0: has only a name */
    nn_option_kind kind;
    union { /* where the value goes; what is there before is the default */
        bool *flag;
        const char **text;
        uint64_t *number;
        double *real;
        int *choice;
        nuncio_date *date;
    } to;
    uint64_t min, max;
    double low, high;
    const char *const *choices; /* ends with NULL */
} nn_option;

/** Where arguments that are no options may stand. */
typedef enum nn_option_order {
    NN_OPTIONS_ANYWHERE,  /* between options too */
    NN_OPTIONS_AND_QUERY, /* words of a query: behind the first, -k is an option, -word is not */
    NN_OPTIONS_ALONE      /* nowhere: the command takes none */
} nn_option_order;

/**
 * Reads the options of a command; --help is one of each. Moves them to the front of `argv`.
 *
 * @param[out] first index in `argv` of the first argument; NULL where there are none
 * @return -1 to go on; else the exit status, everything said
 */
int nn_options_read(const nn_command *command, int argc, char **argv, const nn_option *options,
                    size_t count, nn_option_order order, int *first);

/** A mistake in how a command was called: prints it and where help is. @return NN_EXIT_ERROR */
int nn_usage_mistake(const nn_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** The index to use: `given` by -i, else $NUNCIO_INDEX, else "./.nuncio". */
const char *nn_index_directory(const char *given);

/** Reads a size such as "256M". */
bool nn_size_parse(const char *text, uint64_t *out);

/** The arguments with single spaces between them; the caller's to free. NULL: no memory. */
char *nn_join_arguments(int argc, char **argv);

#endif

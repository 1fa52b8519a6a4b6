/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/options.h"

#include "cli/message.h"
#include "cli/output.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTIONS_ROOM = 24, HELP = 1000, FIRST = 1001 /* values getopt_long returns */ };

int nn_usage_mistake(const nn_command *command, const char *format, ...)
{
    char text[1200];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    nn_message("%s: %s (`nuncio %s --help` says how)", command->name, text, command->name);
    return NN_EXIT_ERROR;
}

const char *nn_index_directory(const char *given)
{
    if (given != NULL) {
        return given;
    }
    const char *environment = getenv("NUNCIO_INDEX");
    return environment != NULL && environment[0] != '\0' ? environment : "./.nuncio";
}

static bool parse_number(const char *text, uint64_t *out, const char **rest)
{
    if (text[0] < '0' || text[0] > '9') { /* strtoull would take blanks and signs */
        return false;
    }
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    *out = value;
    *rest = end;
    return errno == 0;
}

bool nn_size_parse(const char *text, uint64_t *out)
{
    static const char units[] = "KMGT";
    const char *rest;
    if (!parse_number(text, out, &rest)) {
        return false;
    }
    if (*rest == '\0') {
        return true;
    }
    char letter = *rest >= 'a' && *rest <= 'z' ? (char)(*rest - 'a' + 'A') : *rest;
    const char *unit = strchr(units, letter);
    bool spelled = rest[1] == '\0' || strcmp(rest + 1, "iB") == 0 || strcmp(rest + 1, "B") == 0;
    if (unit == NULL || !spelled) {
        return false;
    }
    unsigned shift = 10 * (unsigned)(unit - units + 1);
    if (*out > UINT64_MAX >> shift) {
        return false;
    }
    *out <<= shift;
    return true;
}

static bool parse_real(const char *text, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    bool plain = (text[0] >= '0' && text[0] <= '9') || text[0] == '.';
    return plain && *end == '\0' && errno == 0;
}

static bool parse_choice(const char *text, const char *const *choices, int *out)
{
    for (int i = 0; choices[i] != NULL; i++) {
        if (strcmp(text, choices[i]) == 0) {
            *out = i;
            return true;
        }
    }
    return false;
}

/** What an option takes, for the message that refuses a value. */
static void describe(const nn_option *option, char *to, size_t room)
{
    if (option->kind == NN_OPTION_NUMBER) {
        (void)snprintf(to, room, "a number from %llu to %llu", (unsigned long long)option->min,
                       (unsigned long long)option->max);
    } else if (option->kind == NN_OPTION_SIZE) {
        bool mega = option->min >= 1 << 20;
        (void)snprintf(to, room, "a size of at least %llu%s, such as 256M or 1G",
                       (unsigned long long)(mega ? option->min >> 20 : option->min),
                       mega ? "M" : " bytes");
    } else if (option->kind == NN_OPTION_REAL) {
        (void)snprintf(to, room, "a number from %g to %g", option->low, option->high);
    } else if (option->kind == NN_OPTION_DATE) {
        (void)snprintf(to, room, "a date such as 2023, 2023-03 or 2023-03-02");
    } else {
        (void)snprintf(to, room, "one of");
        for (size_t i = 0; option->choices[i] != NULL; i++) {
            size_t size = strlen(to);
            (void)snprintf(to + size, room - size, "%s %s", i == 0 ? "" : ",", option->choices[i]);
        }
    }
}

static bool set_value(const nn_option *option, const char *text)
{
    uint64_t number = 0;
    double real = 0;
    const char *rest = "";
    nuncio_str view = {text, strlen(text)};
    switch (option->kind) {
    case NN_OPTION_FLAG:
        *option->to.flag = true;
        return true;
    case NN_OPTION_TEXT:
        *option->to.text = text;
        return true;
    case NN_OPTION_NUMBER:
    case NN_OPTION_SIZE: {
        bool good = option->kind == NN_OPTION_SIZE
                        ? nn_size_parse(text, &number)
                        : parse_number(text, &number, &rest) && *rest == '\0';
        if (!good || number < option->min || number > option->max) {
            return false;
        }
        *option->to.number = number;
        return true;
    }
    case NN_OPTION_REAL:
        if (!parse_real(text, &real) || !(real >= option->low && real <= option->high)) {
            return false;
        }
        *option->to.real = real;
        return true;
    case NN_OPTION_CHOICE:
        return parse_choice(text, option->choices, option->to.choice);
    case NN_OPTION_DATE:
        return nuncio_date_parse(view, option->to.date, NULL) == NUNCIO_OK;
    }
    return false;
}

static int show_help(const nn_command *command)
{
    nn_output output;
    nn_output_init_standard(&output);
    nn_output_text(&output, command->help);
    return nn_output_finish(&output, NN_EXIT_DONE);
}

/** The tables getopt_long reads, made from ours. */
static void make_tables(const nn_option *options, size_t count, nn_option_order order,
                        struct option *names, char *letters)
{
    size_t size = 0;
    if (order == NN_OPTIONS_AND_QUERY) {
        letters[size++] = '+';
    }
    letters[size++] = ':'; /* a missing value is told apart from an unknown option */
    letters[size++] = 'h';
    for (size_t i = 0; i < count; i++) {
        int takes = options[i].kind == NN_OPTION_FLAG ? no_argument : required_argument;
        names[i] = (struct option){options[i].name, takes, NULL, FIRST + (int)i};
        if (options[i].letter != 0) {
            letters[size++] = options[i].letter;
            if (takes == required_argument) {
                letters[size++] = ':';
            }
        }
    }
    names[count] = (struct option){"help", no_argument, NULL, HELP};
    names[count + 1] = (struct option){NULL, 0, NULL, 0};
    letters[size] = '\0';
}

static const nn_option *option_of(const nn_option *options, size_t count, int code)
{
    for (size_t i = 0; i < count; i++) {
        if (code == FIRST + (int)i || (options[i].letter != 0 && code == options[i].letter)) {
            return &options[i];
        }
    }
    return NULL;
}

/**
 * Whether an argument behind the first word of a query is an option: two dashes and a name, or one
 * and nothing but a letter that is one. All else with a dash says what must not be there.
 */
static bool is_late_option(const nn_option *options, size_t count, const char *argument)
{
    if (argument[0] != '-' || argument[1] == '\0' || argument[1] == '-') {
        return argument[0] == '-' && argument[1] == '-';
    }
    return argument[2] == '\0' && option_of(options, count, (unsigned char)argument[1]) != NULL;
}

/**
 * The words of a query from optind on, moved to `to`. Leaves optind at the next option; behind "--"
 * there is none.
 * @return how many words
 */
static int keep_words(int argc, char **argv, const nn_option *options, size_t count, char **to)
{
    int kept = 0;
    bool ended = strcmp(argv[optind - 1], "--") == 0;
    while (optind < argc && (ended || !is_late_option(options, count, argv[optind]))) {
        to[kept++] = argv[optind++];
    }
    return kept;
}

int nn_options_read(const nn_command *command, int argc, char **argv, const nn_option *options,
                    size_t count, nn_option_order order, int *first)
{
    struct option names[OPTIONS_ROOM + 2];
    char letters[2 * OPTIONS_ROOM + 4];
    if (count > OPTIONS_ROOM) {
        return nn_usage_mistake(command, "too many kinds of options");
    }
    make_tables(options, count, order, names, letters);
    int start = 0, kept = 0; /* words of the query, from argv[start] on */
    optind = 0;              /* 0: anew, with what `letters` begins with */
    opterr = 0;
    for (;;) {
        if (start > 0) {
            kept += keep_words(argc, argv, options, count, argv + start + kept);
        }
        int before = optind > 0 ? optind : 1;
        bool done = start > 0 && optind == argc; /* getopt would go back to the words */
        int code = done ? -1 : getopt_long(argc, argv, letters, names, NULL);
        if (code == -1 && order == NN_OPTIONS_ALONE) {
            return optind == argc
                       ? -1
                       : nn_usage_mistake(command, "takes no argument such as %s", argv[optind]);
        }
        if (code == -1 && order == NN_OPTIONS_AND_QUERY && optind < argc) {
            start = start == 0 ? optind : start;
            continue;
        }
        if (code == -1) {
            memmove(argv + optind - kept, argv + start, (size_t)kept * sizeof *argv);
            *first = optind - kept;
            return -1;
        }
        if (code == HELP || code == 'h') {
            return show_help(command);
        }
        const char *written = argv[before < argc ? before : argc - 1];
        if (code == '?') {
            return nn_usage_mistake(command, "there is no option %s", written);
        }
        if (code == ':') {
            return nn_usage_mistake(command, "option %s needs a value", written);
        }
        const nn_option *option = option_of(options, count, code);
        if (option == NULL || !set_value(option, optarg == NULL ? "" : optarg)) {
            char wanted[200] = "";
            if (option != NULL) {
                describe(option, wanted, sizeof wanted);
            }
            return nn_usage_mistake(command, "--%s takes %s, not \"%s\"",
                                    option == NULL ? "" : option->name, wanted,
                                    optarg == NULL ? "" : optarg);
        }
    }
}

char *nn_join_arguments(int argc, char **argv)
{
    size_t size = 1;
    for (int i = 0; i < argc; i++) {
        size += strlen(argv[i]) + 1;
    }
    char *joined = malloc(size), *to = joined;
    for (int i = 0; i < argc && joined != NULL; i++) {
        size_t length = strlen(argv[i]);
        if (i > 0) {
            *to++ = ' ';
        }
        memcpy(to, argv[i], length);
        to += length;
    }
    if (joined != NULL) {
        *to = '\0';
    }
    return joined;
}

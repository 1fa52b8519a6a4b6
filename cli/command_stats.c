/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/human.h"
#include "cli/json_write.h"
#include "cli/message.h"

#include <nuncio/snapshot.h>
#include <string.h>

static const char HELP[] = "usage: nuncio stats [OPTIONS]\n"
                           "\n"
                           "Counts what the index holds and what each part of it takes.\n"
                           "\n"
                           "options:\n"
                           "  -i, --index DIR      the index; else $NUNCIO_INDEX, else ./.nuncio\n"
                           "      --format FORMAT  text, json (text)\n"
                           "  -h, --help\n"
                           "\n"
                           "examples:\n"
                           "  nuncio stats\n"
                           "  nuncio stats --format json | jq .bytes.total\n"
                           "\n"
                           "exit status: 0 done, 2 error, 3 the index cannot be read\n";

typedef struct entry {
    const char *key; /* of JSON */
    const char *text;
    uint64_t value;
} entry;

enum { COUNTS = 10, REGIONS = 9 };

static void list_counts(const nuncio_stats *stats, entry to[COUNTS])
{
    const entry counts[COUNTS] = {
        {"articles", "articles", stats->articles},
        {"deleted_articles", "deleted, not yet merged away", stats->deleted_articles},
        {"passages", "passages", stats->passages},
        {"tokens", "tokens", stats->tokens},
        {"terms", "terms", stats->terms},
        {"postings", "postings", stats->postings},
        {"quotes", "quotes", stats->quotes},
        {"mentions", "mentions of names", stats->mentions},
        {"segments", "segments", stats->segments},
        {"raw_text_bytes", "bytes of titles and texts", stats->raw_text_bytes},
    };
    for (size_t i = 0; i < COUNTS; i++) {
        to[i] = counts[i];
    }
}

static void list_regions(const nuncio_stats *stats, entry to[REGIONS])
{
    const entry regions[REGIONS] = {
        {"terms", "terms", stats->bytes.terms},
        {"postings", "postings", stats->bytes.postings},
        {"positions", "positions and forms", stats->bytes.positions},
        {"lengths", "lengths", stats->bytes.lengths},
        {"bounds", "bounds of scores", stats->bytes.bounds},
        {"text", "stored text", stats->bytes.text},
        {"annotations", "quotes and names", stats->bytes.annotations},
        {"columns", "columns of articles", stats->bytes.columns},
        {"total", "total", stats->bytes.total},
    };
    for (size_t i = 0; i < REGIONS; i++) {
        to[i] = regions[i];
    }
}

/** Bits that each of `count` takes; 0 when there is none. */
static double bits(uint64_t bytes, uint64_t count)
{
    return count == 0 ? 0 : 8.0 * (double)bytes / (double)count;
}

static void print_json(const nuncio_stats *stats, uint64_t generation, nn_output *output)
{
    entry counts[COUNTS], regions[REGIONS];
    nn_json_writer json = {output, false};
    list_counts(stats, counts);
    list_regions(stats, regions);
    nn_json_open(&json, '{');
    nn_json_key(&json, "format");
    nn_json_number(&json, nuncio_format_version());
    nn_json_key(&json, "generation");
    nn_json_number(&json, generation);
    for (size_t i = 0; i < COUNTS; i++) {
        nn_json_key(&json, counts[i].key);
        nn_json_number(&json, counts[i].value);
    }
    nn_json_key(&json, "bytes");
    nn_json_open(&json, '{');
    for (size_t i = 0; i < REGIONS; i++) {
        nn_json_key(&json, regions[i].key);
        nn_json_number(&json, regions[i].value);
    }
    nn_json_close(&json, '}');
    nn_json_key(&json, "name_bytes");
    nn_json_number(&json, stats->bytes.names);
    nn_json_key(&json, "form_bytes");
    nn_json_number(&json, stats->bytes.forms);
    nn_json_key(&json, "bits_per_posting");
    nn_json_real(&json, bits(stats->bytes.postings, stats->postings));
    nn_json_key(&json, "bits_per_position");
    nn_json_real(&json, bits(stats->bytes.positions, stats->tokens));
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

static void print_text(const nuncio_stats *stats, uint64_t generation, const char *directory,
                       nn_output *output)
{
    entry counts[COUNTS], regions[REGIONS];
    char number[NN_HUMAN_ROOM];
    list_counts(stats, counts);
    list_regions(stats, regions);
    nuncio_str name = {directory, strlen(directory)};
    nn_output_clean(output, name);
    nn_output_format(output, ": commit %llu, format %u\n\n", (unsigned long long)generation,
                     nuncio_format_version());
    for (size_t i = 0; i < COUNTS; i++) {
        const char *text = counts[i].text;
        int size = (int)strlen(text);
        bool one = counts[i].value == 1 && strchr(text, ' ') == NULL; /* 1 segment */
        nn_output_format(output, "  %14s  %.*s\n", nn_human_count(counts[i].value, number),
                         one ? size - 1 : size, text);
    }
    nn_output_text(output, "\n");
    for (size_t i = 0; i < REGIONS; i++) {
        double share = stats->bytes.total == 0
                           ? 0
                           : 100 * (double)regions[i].value / (double)stats->bytes.total;
        nn_output_format(output, "  %14s  %-19s %5.1f %%\n",
                         nn_human_bytes(regions[i].value, number), regions[i].text, share);
    }
    nn_output_format(output, "\n  %.2f bits a posting, %.2f bits a position",
                     bits(stats->bytes.postings, stats->postings),
                     bits(stats->bytes.positions, stats->tokens));
    if (stats->raw_text_bytes > 0) {
        nn_output_format(output, ", %.2f of the text",
                         (double)stats->bytes.total / (double)stats->raw_text_bytes);
    }
    nn_output_text(output, "\n");
}

static int run_stats(const nn_command *command, int argc, char **argv)
{
    static const char *const formats[] = {"text", "json", NULL};
    const char *index = NULL;
    int format = 0;
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &index},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &format, .choices = formats},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ALONE, NULL);
    if (status >= 0) {
        return status;
    }
    const char *directory = nn_index_directory(index);
    nuncio_snapshot *snapshot;
    nuncio_error error = {0};
    if (nuncio_snapshot_open(directory, NULL, &snapshot, &error) != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    nuncio_stats stats;
    nuncio_snapshot_stats(snapshot, &stats);
    nn_output output;
    nn_output_init_standard(&output);
    if (format == 0) {
        print_text(&stats, nuncio_snapshot_generation(snapshot), directory, &output);
    } else {
        print_json(&stats, nuncio_snapshot_generation(snapshot), &output);
    }
    nuncio_snapshot_close(snapshot);
    return nn_output_finish(&output, NN_EXIT_DONE);
}

const nn_command nn_command_stats = {"stats", "counts what the index holds and takes", HELP,
                                     run_stats};

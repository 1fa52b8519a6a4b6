/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/json_article.h"
#include "cli/message.h"

#include <nuncio/snapshot.h>
#include <string.h>

static const char HELP[] =
    "usage: nuncio export [OPTIONS]\n"
    "\n"
    "Writes the archive to the standard output, an article a line, as `nuncio index` reads it; "
    "or,\n"
    "with --passages, a passage a line: {\"id\", \"ordinal\", \"start\", \"end\", \"text\"}.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR     the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --passages      the passages rather than the articles\n"
    "      --offsets UNIT  what start and end count in the article's text: chars, bytes, utf16\n"
    "                      (chars)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio export | zstd > backup.jsonl.zst\n"
    "  nuncio export | nuncio index -i copy -\n"
    "\n"
    "exit status: 0 done, 1 the index holds no article, 2 error (an index without stored texts "
    "too),\n"
    "3 the index cannot be read\n";

typedef struct settings {
    const char *index;
    bool passages;
    int offsets;
} settings;

static void put_passages(const nuncio_document *document, nuncio_offset_unit unit,
                         nn_output *output)
{
    const nuncio_article *article = nuncio_document_article(document);
    nn_offsets offsets = nn_offsets_of(article->text, unit);
    for (size_t i = 0; i < nuncio_document_passage_count(document); i++) {
        nuncio_passage_span span = nuncio_document_passage(document, i);
        nuncio_str text = {article->text.data + span.start, span.end - span.start};
        nn_json_writer json = {output, false};
        nn_json_open(&json, '{');
        nn_json_key(&json, "id");
        nn_json_str(&json, article->id);
        nn_json_key(&json, "ordinal");
        nn_json_number(&json, i);
        nn_json_range(&json, &offsets, span.start, span.end);
        nn_json_key(&json, "text");
        nn_json_str(&json, text);
        nn_json_close(&json, '}');
        nn_output_text(output, "\n");
    }
}

static void put_article(const nuncio_article *article, nn_output *output)
{
    nn_json_writer json = {output, false};
    nn_json_open(&json, '{');
    nn_json_article_fields(&json, article);
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

static int export_all(const nuncio_snapshot *snapshot, const settings *set, nn_output *output)
{
    nuncio_stats stats;
    nuncio_snapshot_stats(snapshot, &stats);
    for (uint64_t i = 0; i < stats.articles && nn_output_is_open(output); i++) {
        nuncio_document *document;
        nuncio_error error = {0};
        if (nuncio_snapshot_read(snapshot, i, &document, &error) != NUNCIO_OK) {
            return nn_message_failure(&error);
        }
        const nuncio_article *article = nuncio_document_article(document);
        if (article->text.data == NULL) {
            nn_message("%s stores no texts, so that there is nothing to export: it was made with "
                       "--no-text",
                       nn_index_directory(set->index));
            nuncio_document_destroy(document);
            return NN_EXIT_ERROR;
        }
        if (set->passages) {
            put_passages(document, (nuncio_offset_unit)set->offsets, output);
        } else {
            put_article(article, output);
        }
        nuncio_document_destroy(document);
    }
    return stats.articles > 0 ? NN_EXIT_DONE : NN_EXIT_NOTHING;
}

static int run_export(const nn_command *command, int argc, char **argv)
{
    static const char *const offsets[] = {"chars", "bytes", "utf16", NULL};
    settings set = {0};
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &set.index},
        {"passages", 0, NN_OPTION_FLAG, .to.flag = &set.passages},
        {"offsets", 0, NN_OPTION_CHOICE, .to.choice = &set.offsets, .choices = offsets},
    };
    int status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ALONE, NULL);
    if (status >= 0) {
        return status;
    }
    nuncio_snapshot *snapshot;
    nuncio_error error = {0};
    if (nuncio_snapshot_open(nn_index_directory(set.index), NULL, &snapshot, &error) != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    nn_output output;
    nn_output_init_standard(&output);
    status = nn_output_finish(&output, export_all(snapshot, &set, &output));
    nuncio_snapshot_close(snapshot);
    return status;
}

const nn_command nn_command_export = {"export", "writes the archive as JSON Lines", HELP,
                                      run_export};

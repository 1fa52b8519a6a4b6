/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/json_article.h"
#include "cli/message.h"
#include "cli/print_article.h"
#include "cli/terminal.h"

#include <nuncio/snapshot.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char HELP[] =
    "usage: nuncio show [OPTIONS] ID\n"
    "\n"
    "Shows an article with the quotes and names found in it, and who is called by a title or a\n"
    "pronoun (the prime minister, she). These references are found as the article is shown, as\n"
    "`nuncio annotate` finds them; an index that stores no texts has none.\n"
    "\n"
    "options:\n"
    "  -i, --index DIR      the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --format FORMAT  text, json (text)\n"
    "      --offsets UNIT   what places in the text count: chars, bytes, utf16 (chars)\n"
    "      --color WHEN     auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio show meridian-0114-treaty\n"
    "  nuncio show --format json meridian-0114-treaty | jq .quotes\n"
    "\n"
    "exit status: 0 shown, 1 no article has that id, 2 error, 3 the index cannot be read\n";

typedef struct settings {
    const char *index;
    int format, offsets, color;
} settings;

static void print_line(nn_styled *line, const nn_layout *layout)
{
    if (line->size > 0) {
        nn_styled_print(line, layout, false);
    }
    nn_styled_deinit(line);
}

static void print_head(const nuncio_article *article, const nn_layout *layout)
{
    nn_styled title = {0}, origin = {0}, url = {0};
    nn_styled_append(&title, article->title, NN_STYLE_STRONG);
    print_line(&title, layout);
    nn_styled_append_origin(&origin, article);
    if (article->lang.size > 0) {
        nn_styled_append_text(&origin, " · ", NN_STYLE_FAINT);
        nn_styled_append(&origin, article->lang, NN_STYLE_FAINT);
    }
    print_line(&origin, layout);
    nn_styled_append(&url, article->url, NN_STYLE_FAINT);
    print_line(&url, layout);
    nn_output_text(layout->output, "\n");
}

static void print_quotes(nuncio_str text, const nuncio_annotations *found, const nn_layout *layout)
{
    nn_layout list = *layout;
    list.indent = 2;
    if (found->quote_count > 0) {
        nn_output_format(layout->output, "\nquotes\n");
    }
    for (size_t i = 0; i < found->quote_count; i++) {
        const nuncio_quote *quote = &found->quotes[i];
        nuncio_str words = {text.data + quote->start, quote->end - quote->start};
        nn_styled line = {0};
        nn_styled_append_quote(&line, quote, words, list.width - list.indent);
        print_line(&line, &list);
    }
}

static int by_type_and_name(const void *a, const void *b)
{
    const nuncio_mention *left = a, *right = b;
    if (left->type != right->type) {
        return left->type < right->type ? -1 : 1;
    }
    size_t size = left->name.size < right->name.size ? left->name.size : right->name.size;
    int order = size == 0 ? 0 : memcmp(left->name.data, right->name.data, size);
    if (order != 0 || left->name.size == right->name.size) {
        return order;
    }
    return left->name.size < right->name.size ? -1 : 1;
}

/** One line a type: its names in byte order, with how often they stand there. */
static void print_names(const nuncio_annotations *found, const nn_layout *layout)
{
    size_t count = found->mention_count;
    nuncio_mention *sorted = calloc(count + 1, sizeof *sorted);
    if (count == 0 || sorted == NULL) {
        free(sorted);
        return;
    }
    memcpy(sorted, found->mentions, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_type_and_name);
    nn_layout list = *layout;
    list.indent = 2;
    nn_output_text(layout->output, "\nnames\n");
    for (size_t i = 0; i < count;) {
        nn_styled line = {0};
        nuncio_entity_type type = sorted[i].type;
        nn_styled_append_text(&line, nuncio_entity_type_name(type), NN_STYLE_FAINT);
        nn_styled_append_text(&line, ": ", NN_STYLE_FAINT);
        for (bool first = true; i < count && sorted[i].type == type; first = false) {
            size_t same = 1;
            while (i + same < count && by_type_and_name(&sorted[i], &sorted[i + same]) == 0) {
                same++;
            }
            nn_styled_append_text(&line, first ? "" : ", ", 0);
            nn_styled_append(&line, sorted[i].name, nn_style_of_type(type));
            if (same > 1) {
                char times[24];
                (void)snprintf(times, sizeof times, " (%zu)", same);
                nn_styled_append_text(&line, times, NN_STYLE_FAINT);
            }
            i += same;
        }
        print_line(&line, &list);
    }
    free(sorted);
}

/* Words that stand for somebody. */
typedef struct references {
    const nuncio_reference *items;
    size_t count;
} references;

static bool is_same_name(const nuncio_reference *a, const nuncio_reference *b)
{
    return a->name.size == b->name.size && memcmp(a->name.data, b->name.data, a->name.size) == 0;
}

/** A line for each person: the words that stand for the name, in order of the text. */
static void print_references(nuncio_str text, const references *found, const nn_layout *layout)
{
    nn_layout list = *layout;
    list.indent = 2;
    if (found->count > 0) {
        nn_output_text(layout->output, "\ncalled\n");
    }
    for (size_t i = 0; i < found->count; i++) {
        size_t before = 0;
        while (before < i && !is_same_name(&found->items[before], &found->items[i])) {
            before++;
        }
        if (before < i) {
            continue; /* on the line of the first */
        }
        nn_styled line = {0};
        nn_styled_append(&line, found->items[i].name, nn_style_of_type(found->items[i].type));
        for (size_t k = i; k < found->count; k++) {
            const nuncio_reference *one = &found->items[k];
            if (is_same_name(one, &found->items[i])) {
                nuncio_str words = {text.data + one->start, one->end - one->start};
                nn_styled_append_text(&line, k == i ? ": " : ", ", NN_STYLE_FAINT);
                nn_styled_append(&line, words, 0);
            }
        }
        print_line(&line, &list);
    }
}

static void print_text(const nuncio_document *document, const references *called, int color,
                       nn_output *output)
{
    const nuncio_article *article = nuncio_document_article(document);
    const nuncio_annotations *found = nuncio_document_annotations(document);
    nn_terminal terminal = nn_terminal_of(STDOUT_FILENO, (nn_color)color);
    const nn_layout layout = {output, terminal.color, true, 0, terminal.width};
    print_head(article, &layout);
    nn_styled text = {0};
    if (article->text.data == NULL) {
        nn_styled_append_text(&text, "(the index stores no texts)", NN_STYLE_FAINT);
    }
    nn_styled_append(&text, article->text, 0);
    nn_styled_mark_annotations(&text, 0, found);
    print_line(&text, &layout);
    if (article->text.data != NULL) {
        print_quotes(article->text, found, &layout);
    }
    print_names(found, &layout);
    print_references(article->text, called, &layout);
}

static void print_json(const nuncio_document *document, const references *called,
                       nuncio_offset_unit unit, nn_output *output)
{
    const nuncio_article *article = nuncio_document_article(document);
    nn_json_writer json = {output, false};
    nn_offsets offsets = nn_offsets_of(article->text, unit);
    nn_json_open(&json, '{');
    nn_json_article_fields(&json, article);
    nn_json_key(&json, "passages");
    nn_json_open(&json, '[');
    for (size_t i = 0; i < nuncio_document_passage_count(document); i++) {
        nuncio_passage_span span = nuncio_document_passage(document, i);
        nn_json_open(&json, '{');
        nn_json_key(&json, "ordinal");
        nn_json_number(&json, i);
        nn_json_range(&json, &offsets, span.start, span.end);
        nn_json_close(&json, '}');
    }
    nn_json_close(&json, ']');
    nn_json_annotations(&json, nuncio_document_annotations(document), article->text, unit);
    if (article->text.data != NULL) {
        nn_json_references(&json, called->items, called->count, article->text, unit);
    }
    nn_json_close(&json, '}');
    nn_output_text(output, "\n");
}

/** Finds who is called by other words than a name, which indexes do not keep. The annotator is the
 * caller's to destroy, whatever came of it. */
static nuncio_status find_references(const nuncio_article *article, nuncio_annotator **annotator,
                                     references *out, nuncio_error *error)
{
    nuncio_annotations again;
    *out = (references){NULL, 0};
    *annotator = NULL;
    if (article->text.data == NULL) {
        return NUNCIO_OK;
    }
    nuncio_status status = nuncio_annotator_create(NULL, annotator, error);
    if (status == NUNCIO_OK) {
        status = nuncio_annotator_run(*annotator, article, &again, error);
    }
    if (status == NUNCIO_OK) {
        out->items = nuncio_annotator_references(*annotator, &out->count);
    }
    return status;
}

static int show(const settings *set, const char *id)
{
    nuncio_snapshot *snapshot;
    nuncio_document *document;
    nuncio_error error = {0};
    nuncio_str view = {id, strlen(id)};
    if (nuncio_snapshot_open(nn_index_directory(set->index), NULL, &snapshot, &error) !=
        NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    if (nuncio_snapshot_find(snapshot, view, &document, &error) != NUNCIO_OK) {
        nuncio_snapshot_close(snapshot);
        return nn_message_failure(&error);
    }
    nuncio_annotator *annotator;
    references called;
    int status = NN_EXIT_DONE;
    nn_output output;
    nn_output_init_standard(&output);
    if (find_references(nuncio_document_article(document), &annotator, &called, &error) !=
        NUNCIO_OK) {
        status = nn_message_failure(&error);
    } else if (set->format == 0) {
        print_text(document, &called, set->color, &output);
    } else {
        print_json(document, &called, (nuncio_offset_unit)set->offsets, &output);
    }
    nuncio_annotator_destroy(annotator);
    nuncio_document_destroy(document);
    nuncio_snapshot_close(snapshot);
    return nn_output_finish(&output, status);
}

static int run_show(const nn_command *command, int argc, char **argv)
{
    static const char *const formats[] = {"text", "json", NULL};
    static const char *const offsets[] = {"chars", "bytes", "utf16", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    settings set = {0};
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &set.index},
        {"format", 0, NN_OPTION_CHOICE, .to.choice = &set.format, .choices = formats},
        {"offsets", 0, NN_OPTION_CHOICE, .to.choice = &set.offsets, .choices = offsets},
        {"color", 0, NN_OPTION_CHOICE, .to.choice = &set.color, .choices = colors},
    };
    int first,
        status = nn_options_read(command, argc, argv, options, sizeof options / sizeof options[0],
                                 NN_OPTIONS_ANYWHERE, &first);
    if (status >= 0) {
        return status;
    }
    if (argc - first != 1) {
        return nn_usage_mistake(command, "name the id of one article");
    }
    return show(&set, argv[first]);
}

const nn_command nn_command_show = {"show", "shows an article with its quotes and names", HELP,
                                    run_show};

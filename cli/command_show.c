/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/commands.h"
#include "cli/json_article.h"
#include "cli/message.h"
#include "cli/overrides.h"
#include "cli/print_article.h"
#include "cli/print_meanings.h"
#include "cli/terminal.h"

#include <nuncio/name_meanings.h>
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
    "      --format FORMAT   text, json (text)\n"
    "      --offsets UNIT    what places in the text count: chars, bytes, utf16 "
    "(chars)\n" NN_OVERRIDES_HELP
    "  -i, --index DIR       the index; else $NUNCIO_INDEX, else ./.nuncio\n"
    "      --color WHEN      auto, always, never (auto: on a terminal, unless NO_COLOR is set)\n"
    "  -h, --help\n"
    "\n"
    "examples:\n"
    "  nuncio show meridian-0114-treaty\n"
    "  nuncio show --format json meridian-0114-treaty | jq .quotes\n"
    "\n"
    "exit status: 0 shown, 1 no article has that id, 2 error, 3 the index cannot be read\n";

typedef struct settings {
    const char *index, *overrides;
    int format, offsets, color;
} settings;

/* Words that stand for somebody. */
typedef struct references {
    const nuncio_reference *items;
    size_t count;
} references;

/* An article, and what is known of it. */
typedef struct shown {
    const nuncio_snapshot *snapshot;
    const nuncio_document *document;
    const nuncio_overrides *overrides; /* NULL: no file */
    references called;
} shown;

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

/** Appends a name, how often it stands there, and what a file of the reporter's calls it. */
static void append_name(nn_styled *line, const nuncio_mention *name, size_t times,
                        const nuncio_hit_entity *meaning)
{
    nn_styled_append(line, name->name, nn_style_of_type(name->type));
    if (times > 1) {
        char count[24];
        (void)snprintf(count, sizeof count, " (%zu)", times);
        nn_styled_append_text(line, count, NN_STYLE_FAINT);
    }
    if (nn_is_called_otherwise(name->name, meaning)) {
        nn_styled_append_text(line, " = ", NN_STYLE_FAINT);
        nn_styled_append(line, meaning->name, NN_STYLE_FAINT);
    }
}

/** One line a type: names in byte order, of which neighbours may be the same. */
static void print_sorted(const nuncio_mention *sorted, const nuncio_hit_entity *meanings,
                         size_t count, const nn_layout *layout)
{
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
            append_name(&line, &sorted[i], same, &meanings[i]);
            i += same;
        }
        print_line(&line, layout);
    }
}

/** The names, with what a file of the reporter's makes of them. */
static nuncio_status print_names(const shown *article, const nn_layout *layout, nuncio_error *error)
{
    const nuncio_annotations *found = nuncio_document_annotations(article->document);
    size_t count = found->mention_count;
    nuncio_mention *sorted = calloc(count + 1, sizeof *sorted);
    nuncio_hit_entity *meanings = calloc(count + 1, sizeof *meanings);
    nuncio_search_options options = NUNCIO_SEARCH_OPTIONS_INIT;
    nuncio_status status = NUNCIO_OK;
    options.overrides = article->overrides;
    if (count > 0 && sorted != NULL && meanings != NULL) {
        memcpy(sorted, found->mentions, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, by_type_and_name);
        if (article->overrides != NULL) {
            status =
                nuncio_name_meanings(article->snapshot, &options, sorted, count, meanings, error);
        }
        nn_layout list = *layout;
        list.indent = 2;
        nn_output_text(layout->output, "\nnames\n");
        print_sorted(sorted, meanings, count, &list);
    }
    free(meanings);
    free(sorted);
    return status;
}

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

static nuncio_status print_text(const shown *one, int color, nn_output *output, nuncio_error *error)
{
    const nuncio_article *article = nuncio_document_article(one->document);
    const nuncio_annotations *found = nuncio_document_annotations(one->document);
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
    nuncio_status status = print_names(one, &layout, error);
    print_references(article->text, &one->called, &layout);
    return status;
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

static int show_document(const settings *set, shown *one)
{
    nuncio_annotator *annotator;
    nuncio_error error = {0};
    nn_output output;
    nn_output_init_standard(&output);
    nuncio_status status =
        find_references(nuncio_document_article(one->document), &annotator, &one->called, &error);
    if (status == NUNCIO_OK && set->format == 0) {
        status = print_text(one, set->color, &output, &error);
    } else if (status == NUNCIO_OK) {
        print_json(one->document, &one->called, (nuncio_offset_unit)set->offsets, &output);
    }
    int exit_status = status == NUNCIO_OK ? (int)NN_EXIT_DONE : nn_message_failure(&error);
    nuncio_annotator_destroy(annotator);
    return nn_output_finish(&output, exit_status);
}

static int show(const settings *set, const char *id)
{
    const char *directory = nn_index_directory(set->index);
    nuncio_snapshot *snapshot;
    nuncio_document *document = NULL;
    nuncio_overrides *overrides = NULL;
    nuncio_error error = {0};
    nuncio_str view = {id, strlen(id)};
    if (nuncio_snapshot_open(directory, NULL, &snapshot, &error) != NUNCIO_OK) {
        return nn_message_failure(&error);
    }
    nuncio_status status = nuncio_snapshot_find(snapshot, view, &document, &error);
    if (status == NUNCIO_OK) {
        status = nn_overrides_open(set->overrides, directory, &overrides, &error);
    }
    shown one = {snapshot, document, overrides, {NULL, 0}};
    int exit_status = status == NUNCIO_OK ? show_document(set, &one) : nn_message_failure(&error);
    nuncio_overrides_destroy(overrides);
    nuncio_document_destroy(document);
    nuncio_snapshot_close(snapshot);
    return exit_status;
}

static int run_show(const nn_command *command, int argc, char **argv)
{
    static const char *const formats[] = {"text", "json", NULL};
    static const char *const offsets[] = {"chars", "bytes", "utf16", NULL};
    static const char *const colors[] = {"auto", "always", "never", NULL};
    settings set = {0};
    const nn_option options[] = {
        {"index", 'i', NN_OPTION_TEXT, .to.text = &set.index},
        {"overrides", 0, NN_OPTION_TEXT, .to.text = &set.overrides},
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

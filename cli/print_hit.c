/* SPDX-License-Identifier: Apache-2.0 */
/*  1  Karsovia *suspends* Lindholm II arms *treaty*, says door "closed, not locked"
 *     Meridian Wire · 2031-01-14 · meridian-0114-treaty
 *     Karsovia said on Tuesday it was *suspending* its part in the Lindholm II *treaty*, …
 *       “We are not leaving the treaty” — Anatoly Drazhin, said
 *     Lindholm II = Second Lindholm Treaty
 */
#include "cli/print_hit.h"

#include "cli/print_article.h"
#include "cli/print_meanings.h"

#include <stdio.h>

static void print_title(const nuncio_hit *hit, const nn_layout *layout)
{
    nn_styled title = {0};
    if (hit->article.title.size > 0) {
        nn_styled_append(&title, hit->article.title, NN_STYLE_STRONG);
    } else {
        nn_styled_append_text(&title, "(no title)", NN_STYLE_FAINT);
    }
    for (size_t i = 0; i < hit->title_highlight_count; i++) {
        nn_styled_mark(&title, hit->title_highlights[i].start, hit->title_highlights[i].end,
                       NN_STYLE_MATCH);
    }
    nn_styled_print(&title, layout, true);
    nn_styled_deinit(&title);
}

static void print_origin(const nuncio_hit *hit, const nn_layout *layout)
{
    nn_styled line = {0};
    nn_styled_append_origin(&line, &hit->article);
    if (hit->explanation.size > 0) {
        char score[40];
        (void)snprintf(score, sizeof score, " · score %.6g", hit->score);
        nn_styled_append_text(&line, score, NN_STYLE_FAINT);
    }
    nn_styled_print(&line, layout, false);
    nn_styled_deinit(&line);
}

/** Each line of the explanation is a line of its own. */
static void print_explanation(const nuncio_hit *hit, const nn_layout *layout)
{
    nuncio_str rest = hit->explanation;
    for (size_t end = 0; rest.size > 0; rest.data += end, rest.size -= end) {
        end = 0;
        while (end < rest.size && rest.data[end] != '\n') {
            end++;
        }
        nn_styled line = {0};
        nuncio_str text = {rest.data, end};
        nn_styled_append(&line, text, NN_STYLE_FAINT);
        if (line.size > 0) {
            nn_styled_print(&line, layout, false);
        }
        nn_styled_deinit(&line);
        end += end < rest.size;
    }
}

static void print_passage(const nuncio_hit *hit, const nn_layout *layout)
{
    const nuncio_annotations found = {hit->quotes, hit->quote_count, hit->mentions,
                                      hit->mention_count};
    nn_styled text = {0};
    nn_styled_append(&text, hit->passage, 0);
    nn_styled_mark_annotations(&text, 0, &found);
    for (size_t i = 0; i < hit->highlight_count; i++) {
        nn_styled_mark(&text, hit->highlights[i].start, hit->highlights[i].end, NN_STYLE_MATCH);
    }
    /* nothing but filters: what they are true of is what was searched for */
    for (size_t i = 0; i < hit->mention_count && hit->highlight_count == 0; i++) {
        if (hit->mentions[i].matched) {
            nn_styled_mark(&text, hit->mentions[i].start, hit->mentions[i].end, NN_STYLE_MATCH);
        }
    }
    nn_styled_print(&text, layout, false);
    nn_styled_deinit(&text);
}

/** The matched quotes, each on a line with its speaker, a little to the right of the passage. */
static void print_quotes(const nuncio_hit *hit, const nn_layout *passage)
{
    nn_layout list = *passage, *layout = &list;
    layout->indent += 2;
    for (size_t i = 0; i < hit->quote_count; i++) {
        const nuncio_quote *quote = &hit->quotes[i];
        bool whole = quote->start < quote->end && quote->end <= hit->passage.size;
        if ((quote->flags & NUNCIO_QUOTE_MATCHED) == 0 || !whole) {
            continue;
        }
        nn_styled line = {0};
        nuncio_str words = {hit->passage.data + quote->start, quote->end - quote->start};
        nn_styled_append_quote(&line, quote, words, layout->width - layout->indent);
        nn_styled_print(&line, layout, false);
        nn_styled_deinit(&line);
    }
}

void nn_print_hit(nn_output *output, nn_terminal terminal, const nuncio_hit *hit, size_t rank_width)
{
    const nn_layout layout = {output, terminal.color, false, rank_width + 2, terminal.width};
    nn_output_format(output, terminal.color ? "\033[2m%*u\033[0m  " : "%*u  ", (int)rank_width,
                     hit->rank);
    print_title(hit, &layout);
    print_origin(hit, &layout);
    print_explanation(hit, &layout);
    if (hit->passage.data != NULL) {
        print_passage(hit, &layout);
        print_quotes(hit, &layout);
        nn_print_meanings(hit, NULL, &layout);
    }
    nn_output_text(output, "\n");
}

/* SPDX-License-Identifier: Apache-2.0 */
/*  1  Sergei Volkonin, said: “We did not negotiate. *Good manners*,”
 *     Caldwell Courier · 2031-03-02 · courier-0302-face-to-face
 *     Serhij Volkonin = Sergei Volkonin
 */
#include "cli/print_quote.h"

#include "cli/json_article.h"
#include "cli/print_article.h"
#include "cli/print_meanings.h"

#include <stdio.h>
#include <string.h>

static nuncio_str words_of(const nn_quote_hit *found)
{
    nuncio_str words = {found->hit->passage.data + found->quote->start,
                        found->quote->end - found->quote->start};
    return words;
}

static void append_speaker(nn_styled *line, const nuncio_quote *quote)
{
    uint8_t style = (uint8_t)(NN_STYLE_STRONG | nn_style_of_type(quote->speaker_type));
    if (quote->speaker.size > 0) {
        nn_styled_append(line, quote->speaker, style);
    } else {
        nn_styled_append_text(line, "(speaker unknown)", NN_STYLE_FAINT);
    }
    if (quote->cue.size > 0) {
        nn_styled_append_text(line, ", ", NN_STYLE_FAINT);
        nn_styled_append(line, quote->cue, NN_STYLE_FAINT);
    }
    nn_styled_append_text(line, ": ", NN_STYLE_FAINT);
}

static void append_words(nn_styled *line, const nn_quote_hit *found)
{
    const nuncio_hit *hit = found->hit;
    const nuncio_quote *quote = found->quote;
    bool direct = (quote->flags & NUNCIO_QUOTE_DIRECT) != 0;
    nn_styled_append_text(line, direct ? "“" : "", NN_STYLE_QUOTE);
    if ((quote->flags & NUNCIO_QUOTE_CONTINUES_BEFORE) != 0) {
        nn_styled_append_text(line, "… ", NN_STYLE_FAINT);
    }
    size_t at = line->size;
    nn_styled_append(line, words_of(found), NN_STYLE_QUOTE);
    for (size_t i = 0; i < hit->highlight_count; i++) {
        const nuncio_highlight *mark = &hit->highlights[i];
        if (mark->start >= quote->start && mark->end <= quote->end) {
            nn_styled_mark(line, at + mark->start - quote->start, at + mark->end - quote->start,
                           NN_STYLE_MATCH);
        }
    }
    if ((quote->flags & NUNCIO_QUOTE_CONTINUES_AFTER) != 0) {
        nn_styled_append_text(line, " …", NN_STYLE_FAINT);
    }
    nn_styled_append_text(line, direct ? "”" : " (reported)",
                          direct ? NN_STYLE_QUOTE : NN_STYLE_FAINT);
}

/** "before it", "inside it" or "behind it", of words from `start` on. */
static const char *beside(const nuncio_quote *quote, uint32_t start)
{
    return start >= quote->end ? " behind it" : start >= quote->start ? " inside it" : " before it";
}

/** "direct speech, a mark missing or wrong; cue “said” behind it; speaker “the minister”
 * behind it; confidence 0.93; score 7.1". */
static void append_explanation(nn_styled *line, const nn_quote_hit *found)
{
    const nuncio_quote *quote = found->quote;
    char part[80];
    bool direct = (quote->flags & NUNCIO_QUOTE_DIRECT) != 0;
    nn_styled_append_text(line, direct ? "direct speech" : "reported: what the cue governs",
                          NN_STYLE_FAINT);
    if ((quote->flags & NUNCIO_QUOTE_REPAIRED) != 0) {
        nn_styled_append_text(line, ", a mark missing or wrong", NN_STYLE_FAINT);
    }
    if (quote->cue.size == 0) {
        nn_styled_append_text(line, "; no cue", NN_STYLE_FAINT);
    } else {
        nn_styled_append_text(line, "; cue “", NN_STYLE_FAINT);
        nn_styled_append(line, quote->cue, NN_STYLE_FAINT);
        nn_styled_append_text(line, "”", NN_STYLE_FAINT);
        if (quote->cue_start < quote->cue_end) {
            nn_styled_append_text(line, beside(quote, quote->cue_start), NN_STYLE_FAINT);
        }
    }
    bool known = quote->speaker.size > 0;
    if (quote->speaker_start < quote->speaker_end) {
        nuncio_str words = {found->hit->passage.data + quote->speaker_start,
                            quote->speaker_end - quote->speaker_start};
        nn_styled_append_text(line, "; speaker “", NN_STYLE_FAINT);
        nn_styled_append(line, words, NN_STYLE_FAINT);
        nn_styled_append_text(line, "”", NN_STYLE_FAINT);
        nn_styled_append_text(line, beside(quote, quote->speaker_start), NN_STYLE_FAINT);
        nn_styled_append_text(line, known ? "" : ", not found out who that is", NN_STYLE_FAINT);
    } else {
        nn_styled_append_text(
            line, known ? "; speaker named elsewhere in the article" : "; speaker unknown",
            NN_STYLE_FAINT);
    }
    (void)snprintf(part, sizeof part, "; confidence %.2f; score %.6g", (double)quote->confidence,
                   found->hit->score);
    nn_styled_append_text(line, part, NN_STYLE_FAINT);
}

/** The lines that explain the score: the quote's length, then a line a word. */
static void print_score(const nn_layout *layout, const nuncio_hit *hit)
{
    nuncio_str rest = hit->explanation;
    while (rest.size > 0 && hit->score > 0.0) {
        const char *end = memchr(rest.data, '\n', rest.size);
        nuncio_str text = {rest.data, end == NULL ? rest.size : (size_t)(end - rest.data)};
        nn_styled line = {0};
        nn_styled_append(&line, text, NN_STYLE_FAINT);
        nn_styled_print(&line, layout, false);
        nn_styled_deinit(&line);
        size_t taken = end == NULL ? rest.size : text.size + 1;
        rest.data += taken;
        rest.size -= taken;
    }
}

void nn_print_quote(nn_output *output, nn_terminal terminal, const nn_quote_hit *found,
                    bool explain)
{
    const nn_layout layout = {output, terminal.color, false, 4, terminal.width};
    nn_styled line = {0}, origin = {0}, explanation = {0};
    nn_output_format(output, terminal.color ? "\033[2m%2u\033[0m  " : "%2u  ", found->rank);
    append_speaker(&line, found->quote);
    append_words(&line, found);
    nn_styled_print(&line, &layout, true);
    nn_styled_append_origin(&origin, &found->hit->article);
    nn_styled_print(&origin, &layout, false);
    nn_print_meanings(found->hit, found->quote, &layout);
    if (explain) {
        append_explanation(&explanation, found);
        nn_styled_print(&explanation, &layout, false);
        print_score(&layout, found->hit);
    }
    nn_styled_deinit(&line);
    nn_styled_deinit(&origin);
    nn_styled_deinit(&explanation);
}

static void put_range(nn_json_writer *json, const nn_quote_hit *found, nuncio_str text,
                      nuncio_offset_unit unit)
{
    size_t start = found->hit->start + found->quote->start;
    size_t end = found->hit->start + found->quote->end;
    if (text.data != NULL || unit == NUNCIO_OFFSET_BYTES) {
        nn_offsets offsets = nn_offsets_of(text, unit);
        nn_json_range(json, &offsets, start, end);
        return;
    }
    nn_json_key(json, "start");
    nn_json_null(json);
    nn_json_key(json, "end");
    nn_json_null(json);
}

void nn_json_quote_hit(nn_json_writer *json, const nn_quote_hit *found, nuncio_str text,
                       nuncio_offset_unit unit)
{
    const nuncio_quote *quote = found->quote;
    nuncio_article article = found->hit->article;
    article.text.data = NULL;
    nn_json_open(json, '{');
    nn_json_key(json, "rank");
    nn_json_number(json, found->rank);
    nn_json_key(json, "score");
    nn_json_real(json, found->hit->score);
    nn_json_key(json, "text");
    nn_json_str(json, words_of(found));
    put_range(json, found, text, unit);
    nn_json_key(json, "direct");
    nn_json_bool(json, (quote->flags & NUNCIO_QUOTE_DIRECT) != 0);
    const nuncio_hit_entity *speakers = found->hit->speaker_entities;
    nn_json_attribution_fields(json, quote,
                               speakers == NULL ? NULL : &speakers[quote - found->hit->quotes]);
    nn_json_key(json, "article");
    nn_json_open(json, '{');
    nn_json_article_fields(json, &article);
    nn_json_close(json, '}');
    if (found->hit->explanation.data != NULL) {
        nn_json_key(json, "explanation");
        nn_json_str(json, found->hit->explanation);
    }
    nn_json_close(json, '}');
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/print_article.h"

#include "cli/characters.h"

#include <stdio.h>

enum { WORDS_LEAST = 24 /* columns for the words of a quote, however narrow the line */ };

static const char SEPARATOR[] = " · ";

void nn_styled_append_origin(nn_styled *line, const nuncio_article *article)
{
    char day[11];
    if (article->source.size > 0) {
        nn_styled_append(line, article->source, NN_STYLE_FAINT);
        nn_styled_append_text(line, SEPARATOR, NN_STYLE_FAINT);
    }
    if (nuncio_date_format(article->date, day) > 0) {
        nn_styled_append_text(line, day, NN_STYLE_FAINT);
        nn_styled_append_text(line, SEPARATOR, NN_STYLE_FAINT);
    }
    nn_styled_append(line, article->id, NN_STYLE_FAINT);
}

/** Appends as much of `words` as fits in `width` columns, whole words if that can be. */
static void append_shortened(nn_styled *line, nuncio_str words, size_t width, uint8_t style)
{
    size_t used = 0, at = 0, blank = 0; /* the last blank before the end of the room */
    while (at < words.size) {
        nn_character found = nn_character_at(words, at);
        if (used + found.width > width) {
            break;
        }
        blank = found.code == ' ' || found.code == '\n' ? at : blank;
        used += found.width;
        at += found.bytes;
    }
    bool cut = at < words.size;
    nuncio_str shown = {words.data, cut && blank > 0 ? blank : at};
    nn_styled_append(line, shown, style);
    if (cut) {
        nn_styled_append_text(line, "…", style);
    }
}

void nn_styled_append_quote(nn_styled *line, const nuncio_quote *quote, nuncio_str words,
                            size_t width)
{
    nn_styled who = {0};
    bool direct = (quote->flags & NUNCIO_QUOTE_DIRECT) != 0;
    uint8_t style =
        (quote->flags & NUNCIO_QUOTE_MATCHED) != 0 ? NN_STYLE_MATCHED_QUOTE : NN_STYLE_QUOTE;
    nn_styled_append_text(&who, " — ", 0);
    if (quote->speaker.size > 0) {
        nn_styled_append(&who, quote->speaker, nn_style_of_type(quote->speaker_type));
    } else {
        nn_styled_append_text(&who, "speaker not named", NN_STYLE_FAINT);
    }
    if (quote->cue.size > 0) {
        nn_styled_append_text(&who, ", ", NN_STYLE_FAINT);
        nn_styled_append(&who, quote->cue, NN_STYLE_FAINT);
    }
    if (!direct) {
        nn_styled_append_text(&who, " (reported)", NN_STYLE_FAINT);
    }
    if (quote->confidence < 0.5F) {
        char note[32];
        (void)snprintf(note, sizeof note, " (confidence %.2f)", (double)quote->confidence);
        nn_styled_append_text(&who, note, NN_STYLE_FAINT);
    }
    nuncio_str rest = {who.text, who.size};
    size_t taken = nn_text_width(rest) + 4; /* marks, ellipsis, one asterisk more or less */
    size_t room = width > taken + WORDS_LEAST ? width - taken : WORDS_LEAST;
    nn_styled_append_text(line, direct ? "“" : "", style);
    append_shortened(line, words, room, style);
    nn_styled_append_text(line, direct ? "”" : "", style);
    nn_styled_append_styled(line, &who);
    nn_styled_deinit(&who);
}

void nn_styled_mark_annotations(nn_styled *styled, size_t offset, const nuncio_annotations *found)
{
    for (size_t i = 0; i < found->quote_count; i++) {
        const nuncio_quote *quote = &found->quotes[i];
        bool matched = (quote->flags & NUNCIO_QUOTE_MATCHED) != 0;
        nn_styled_mark(styled, offset + quote->start, offset + quote->end,
                       matched ? NN_STYLE_MATCHED_QUOTE : NN_STYLE_QUOTE);
    }
    for (size_t i = 0; i < found->mention_count; i++) {
        const nuncio_mention *mention = &found->mentions[i];
        nn_styled_mark(styled, offset + mention->start, offset + mention->end,
                       nn_style_of_type(mention->type));
    }
}

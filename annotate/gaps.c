/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between words: one pass over the bytes that no token covers. Most gaps are one space
 * and cost one comparison; the others are decoded. */
#include "annotate/words.h"
#include "core/error.h"
#include "text/utf8.h"

typedef struct scan {
    nn_words *words;
    const nn_sentence_list *sentences;
    size_t next_sentence;    /* first sentence not reached */
    size_t next_opener;      /* first sentence not reached that opens a paragraph */
    uint32_t next_paragraph; /* where that one starts, or UINT32_MAX */
    uint8_t edge;            /* what the next character touches on its left: nn_edge */
    bool digit;              /* the character on the left is a digit */
    bool pending;            /* the last mark waits for its right neighbour */
    uint32_t singles;        /* single marks opened in the paragraph and not closed */
} scan;

static void find_paragraph(scan *s)
{
    const nn_sentence_list *sentences = s->sentences;
    do {
        s->next_opener++;
    } while (s->next_opener < sentences->count &&
             !sentences->items[s->next_opener].paragraph_start);
    bool found = s->next_opener < sentences->count;
    s->next_paragraph = found ? sentences->items[s->next_opener].start : UINT32_MAX;
}

/** Kind of a quotation mark, or -1. */
static int mark_kind(uint32_t c)
{
    switch (c) {
    case '"':
    case 0xFF02:
        return NN_MARK_STRAIGHT;
    case 0x201C:
    case 0x201F:
        return NN_MARK_LEFT;
    case 0x201D:
        return NN_MARK_RIGHT;
    case 0x201E:
        return NN_MARK_LOW;
    case 0xAB:
        return NN_MARK_LEFT_ANGLE;
    case 0xBB:
        return NN_MARK_RIGHT_ANGLE;
    case 0x300C:
    case 0x300E:
        return NN_MARK_OPEN_CORNER;
    case 0x300D:
    case 0x300F:
        return NN_MARK_CLOSE_CORNER;
    case '\'':
        return NN_MARK_SINGLE;
    case 0x2018:
    case 0x201B:
        return NN_MARK_SINGLE_LEFT;
    case 0x2019:
        return NN_MARK_SINGLE_RIGHT;
    case 0x201A:
        return NN_MARK_SINGLE_LOW;
    case 0x2039:
        return NN_MARK_SINGLE_LEFT_ANGLE;
    case 0x203A:
        return NN_MARK_SINGLE_RIGHT_ANGLE;
    default:
        return -1;
    }
}

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000 || c == 0xFEFF || c == 0xAD;
}

/** Gap bits of a character that is no quotation mark, and the edge it makes for a mark on its
 * right. */
static uint16_t classify(uint32_t c, uint8_t *edge)
{
    *edge = NN_EDGE_CLOSE;
    switch (c) {
    case ',':
    case 0x3001:
    case 0xFF0C:
    case 0x60C:
        return NN_GAP_COMMA;
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0x61F:
        return NN_GAP_STOP;
    case ':':
    case 0xFF1A:
        return NN_GAP_COLON;
    case ';':
        return NN_GAP_SEMICOLON;
    case ')':
    case ']':
        return NN_GAP_CLOSE;
    case '&':
        return NN_GAP_AMPERSAND;
    case '(':
    case '[':
        *edge = NN_EDGE_OPEN;
        return NN_GAP_OPEN;
    case '-':
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        *edge = NN_EDGE_OPEN;
        return NN_GAP_DASH;
    case '/':
    case 0xBF: /* ¿ */
    case 0xA1: /* ¡ */
        *edge = NN_EDGE_OPEN;
        return NN_GAP_OTHER;
    default:
        return NN_GAP_OTHER;
    }
}

static void settle(scan *s, uint8_t edge)
{
    if (s->pending) {
        s->words->marks[s->words->mark_count - 1].after = edge;
        s->pending = false;
    }
}

static nuncio_status add_mark(scan *s, int kind, uint32_t start, uint32_t size, uint32_t word,
                              nuncio_error *error)
{
    nn_words *words = s->words;
    settle(s, NN_EDGE_MARK);
    NN_TRY(nn_reserve(words->memory, &words->marks, &words->mark_capacity, words->mark_count + 1,
                      sizeof *words->marks, error));
    words->marks[words->mark_count++] = (nn_mark){
        .start = start,
        .word = word,
        .paragraph = (uint32_t)words->paragraph_count - 1,
        .size = (uint8_t)size,
        .kind = (uint8_t)kind,
        .before = s->edge,
        .after = NN_EDGE_SPACE,
        .after_digit = s->digit,
    };
    s->pending = true;
    s->digit = false;
    /* A mark after a mark touches what the first one touched: ‘“Yes opens twice, yes.”’ closes
     * twice. */
    s->edge = s->edge == NN_EDGE_WORD ? NN_EDGE_CLOSE : s->edge;
    return NUNCIO_OK;
}

/** True when a straight mark of `size` bytes at `at` says once more what the mark right before it
 * says: '' and ". */
static bool repeats_mark(const nn_words *words, uint32_t at, uint32_t size)
{
    const nn_mark *last = &words->marks[words->mark_count - 1];
    return last->kind == NN_MARK_STRAIGHT && last->start + last->size == at &&
           last->size + size == 3;
}

static nuncio_status open_paragraph(scan *s, uint32_t start, uint32_t word, nuncio_error *error)
{
    nn_words *words = s->words;
    settle(s, NN_EDGE_SPACE);
    if (words->paragraph_count > 0) {
        nn_paragraph *last = &words->paragraphs[words->paragraph_count - 1];
        last->end = start;
        last->word_end = word;
        last->mark_end = (uint32_t)words->mark_count;
    }
    NN_TRY(nn_reserve(words->memory, &words->paragraphs, &words->paragraph_capacity,
                      words->paragraph_count + 1, sizeof *words->paragraphs, error));
    uint32_t mark = (uint32_t)words->mark_count;
    words->paragraphs[words->paragraph_count++] =
        (nn_paragraph){start, start, word, word, mark, mark};
    s->edge = NN_EDGE_SPACE;
    s->digit = false;
    s->singles = 0;
    find_paragraph(s);
    return NUNCIO_OK;
}

/** Length of the possessive at the start of a gap (’s or 's, not before a letter of the same gap;
 * with the space before it in Moody 's, where its s is no word), or 0. */
static uint32_t possessive(const scan *s, uint32_t at, uint32_t end)
{
    const char *p = s->words->text.data + at;
    uint32_t left = end - at;
    uint32_t space = left > 0 && *p == ' ' ? 1 : 0;
    uint32_t mark = 0;
    p += space;
    left -= space;
    if (left >= 1 && p[0] == '\'') {
        mark = 1;
    } else if (left >= 3 && (unsigned char)p[0] == 0xE2 && (unsigned char)p[1] == 0x80 &&
               (unsigned char)p[2] == 0x99) {
        mark = 3;
    }
    bool s_follows = mark > 0 && left > mark && (p[mark] == 's' || p[mark] == 'S');
    return s_follows ? space + mark + 1 : 0;
}

/** Keeps count of single marks that are open: one that stands behind white space or a bracket
 * opens.
 */
static void count_single(scan *s, int kind)
{
    bool opens = kind == NN_MARK_SINGLE_LEFT || s->edge == NN_EDGE_SPACE || s->edge == NN_EDGE_OPEN;
    if (kind >= NN_MARK_SINGLE && kind <= NN_MARK_SINGLE_LOW) {
        s->singles += opens ? 1u : s->singles > 0 ? UINT32_MAX : 0u;
    }
}

/** True when a single mark behind an s, where none is open, makes a plural an owner. */
static bool owns(const scan *s, uint32_t at, uint32_t size, uint32_t end, uint32_t word)
{
    const char *text = s->words->text.data;
    return s->singles == 0 && s->edge == NN_EDGE_WORD && word > 0 && word < s->words->count &&
           at == s->words->tokens[word - 1].end && (text[at - 1] | 32) == 's' && at + size < end &&
           text[at + size] == ' ';
}

/** Reads the gap [at, end) before word `word`. */
static nuncio_status read_gap(scan *s, uint32_t at, uint32_t end, uint32_t word, uint16_t *gap,
                              nuncio_error *error)
{
    const char *text = s->words->text.data;
    uint32_t bits = 0;
    uint32_t skip = word > 0 ? possessive(s, at, end) : 0;
    bits |= skip > 0 ? NN_GAP_POSSESSIVE : 0u;
    at += skip;
    bool tight = word > 0 && skip == 0; /* nothing but one joining character so far */
    uint32_t first = at;
    while (at < end) {
        while (at >= s->next_paragraph) {
            NN_TRY(open_paragraph(s, s->next_paragraph, word, error));
        }
        uint32_t size = 1;
        uint32_t c = nn_utf8_decode(text + at, text + end, &size);
        int kind = mark_kind(c);
        if ((c == '\'' || c == '`') && at + 1 < end && text[at + 1] == (char)c) {
            kind = NN_MARK_STRAIGHT; /* ``so'' */
            size = 2;
        }
        if (kind >= NN_MARK_SINGLE && tight && at + size == end && word < s->words->count &&
            at == first) {
            bits |= NN_GAP_HYPHEN; /* an apostrophe inside a word: l’Union */
        } else if (kind == NN_MARK_STRAIGHT && s->pending && repeats_mark(s->words, at, size)) {
            bits |= NN_GAP_MARK; /* ''" in copy that was converted twice: one mark */
            s->words->marks[s->words->mark_count - 1].size += (uint8_t)size;
        } else if (kind >= NN_MARK_SINGLE && owns(s, at, size, end, word)) {
            bits |= NN_GAP_POSSESSIVE; /* the miners’ union */
        } else if (kind >= 0) {
            bits |= NN_GAP_MARK;
            count_single(s, kind);
            NN_TRY(add_mark(s, kind, at, size, word, error));
        } else if (is_space(c)) {
            bits |= NN_GAP_SPACE | (c == '\n' ? NN_GAP_LINE : 0u);
            settle(s, NN_EDGE_SPACE);
            s->edge = NN_EDGE_SPACE;
            s->digit = false;
        } else {
            uint8_t edge = NN_EDGE_CLOSE;
            bits |= classify(c, &edge);
            /* dots after a mark open (“…and so”), before one they close (so…”) */
            bool dots = c == 0x2026 || (c == '.' && at + 1 < end && text[at + 1] == '.');
            settle(s, dots ? (uint8_t)NN_EDGE_OPEN : edge);
            s->edge = edge;
            s->digit = false;
        }
        at += size;
    }
    if (bits == NN_GAP_DASH && end - first <= 3) {
        uint32_t size = 1;
        uint32_t c = nn_utf8_decode(text + first, text + end, &size);
        /* New-York; a long dash without spaces parts words */
        bits = c == '-' || c == 0x2010 || c == 0x2011 ? NN_GAP_HYPHEN : NN_GAP_DASH;
    }
    *gap = (uint16_t)bits;
    return NUNCIO_OK;
}

/** The gap of a comma or its like and a space, which next to a single space is what most gaps are;
 * 0: it is another. */
static uint16_t read_stop(const scan *s, uint32_t at, uint32_t end)
{
    if (end - at != 2) {
        return 0;
    }
    const char *text = s->words->text.data + at;
    uint8_t edge;
    bool plain = text[1] == ' ' && s->next_paragraph >= end &&
                 (*text == ',' || *text == '.' || *text == ';' || *text == ':' || *text == ')');
    return plain ? classify((unsigned char)*text, &edge) | NN_GAP_SPACE : 0;
}

/** Adds what the sentences say about word `word`, which starts at `start`. */
static nuncio_status enter_word(scan *s, uint32_t start, uint32_t word, uint16_t *gap,
                                nuncio_error *error)
{
    while (s->next_paragraph <= start) {
        NN_TRY(open_paragraph(s, s->next_paragraph, word, error));
    }
    const nn_sentence *items = s->sentences->items;
    uint32_t bits = *gap;
    while (s->next_sentence < s->sentences->count && items[s->next_sentence].start <= start) {
        bits |= NN_GAP_SENTENCE;
        bits |= items[s->next_sentence].paragraph_start ? NN_GAP_PARAGRAPH : 0u;
        s->next_sentence++;
    }
    *gap = (uint16_t)bits;
    return NUNCIO_OK;
}

nuncio_status nn_gaps_read(nn_words *words, const nn_sentence_list *sentences, nuncio_error *error)
{
    scan s = {.words = words, .sentences = sentences, .next_paragraph = UINT32_MAX};
    words->mark_count = 0;
    words->paragraph_count = 0;
    NN_TRY(open_paragraph(&s, 0, 0, error));
    uint32_t at = 0;
    for (uint32_t i = 0; i <= words->count; i++) {
        uint32_t start = i < words->count ? words->tokens[i].start : (uint32_t)words->text.size;
        uint16_t gap = start - at == 1 && words->text.data[at] == ' ' ? (uint16_t)NN_GAP_SPACE
                                                                      : read_stop(&s, at, start);
        if (gap == 0) {
            NN_TRY(read_gap(&s, at, start, i, &gap, error));
        }
        if (i < words->count) {
            NN_TRY(enter_word(&s, start, i, &gap, error));
            settle(&s, NN_EDGE_WORD);
            at = words->tokens[i].end;
            s.edge = NN_EDGE_WORD;
            char last = words->text.data[at - 1];
            s.digit = last >= '0' && last <= '9';
        }
        words->gaps[i] = gap;
    }
    settle(&s, NN_EDGE_SPACE);
    words->gaps[words->count] |= NN_GAP_SENTENCE | NN_GAP_PARAGRAPH;
    nn_paragraph *last = &words->paragraphs[words->paragraph_count - 1];
    last->end = (uint32_t)words->text.size;
    last->word_end = words->count;
    last->mark_end = (uint32_t)words->mark_count;
    return NUNCIO_OK;
}

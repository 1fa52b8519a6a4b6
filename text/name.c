/* SPDX-License-Identifier: Apache-2.0 */
#include "text/name.h"

#include "core/assert.h"
#include "core/error.h"
#include "core/str.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { PLAIN_MAX = 32 /* letters of a word that is looked at without being kept */ };

static bool is_capital(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z'
                    : utf8proc_category((int32_t)c) == UTF8PROC_CATEGORY_LU ||
                          utf8proc_category((int32_t)c) == UTF8PROC_CATEGORY_LT;
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

/* What a word's print says. */
static uint32_t flags_of(nuncio_str surface)
{
    uint32_t letters = 0, capitals = 0, points = 0, flags = 0;
    const char *end = surface.data + surface.size;
    for (const char *p = surface.data; p < end;) {
        uint32_t size;
        uint32_t c = nn_utf8_decode(p, end, &size);
        flags |= p == surface.data && is_capital(c) ? (uint32_t)NN_NAME_CAPITAL : 0;
        letters += is_letter(c);
        capitals += is_capital(c);
        points += c == '.';
        p += size;
    }
    bool all = capitals == letters && capitals > 0;
    flags |= all && letters > 1 ? (uint32_t)NN_NAME_CAPITALS : 0;
    flags |= all && (letters == 1 || points > 0) ? (uint32_t)NN_NAME_INITIAL : 0;
    return flags;
}

/* Whether a hyphen alone stands before byte `start`: - ‐ ‑ */
static bool follows_hyphen(nuncio_str name, uint32_t start, uint32_t before)
{
    nuncio_str gap = nn_str(name.data + before, start - before);
    return (gap.size == 1 && gap.data[0] == '-') ||
           (gap.size == 3 && memcmp(gap.data, "\xE2\x80", 2) == 0 &&
            (gap.data[2] == '\x90' || gap.data[2] == '\x91'));
}

/* Folds a word of ASCII letters to `to`, of which there are at most 255, and sees its flags; false
 * for any other word. */
static bool read_plain(nuncio_str word, char *to, uint32_t *flags)
{
    uint32_t capitals = 0;
    for (size_t i = 0; i < word.size; i++) {
        char c = word.data[i];
        bool capital = c >= 'A' && c <= 'Z';
        if (!capital && !(c >= 'a' && c <= 'z')) {
            return false;
        }
        capitals += capital;
        to[i] = capital ? (char)(c - 'A' + 'a') : c;
    }
    bool first = word.data[0] >= 'A' && word.data[0] <= 'Z';
    *flags = first ? (uint32_t)NN_NAME_CAPITAL : 0;
    *flags |= capitals == word.size && word.size > 1 ? (uint32_t)NN_NAME_CAPITALS : 0;
    *flags |= capitals == 1 && word.size == 1 ? (uint32_t)NN_NAME_INITIAL : 0;
    return true;
}

/* Any word, by the analyzer. */
static nuncio_status analyse(nn_analyzer *analyzer, nn_token_list *tokens, nuncio_str word,
                             nuncio_str *folded, uint32_t *flags, nuncio_error *error)
{
    tokens->count = 0;
    *folded = nn_str("", 0);
    NN_TRY(nn_analyzer_tokenize(analyzer, NN_LANGUAGE_NONE, word, tokens, error));
    if (tokens->count > 0) {
        *folded = nn_analyzer_folded(analyzer, tokens->items[0].surface);
        *flags = flags_of(nn_analyzer_surface(analyzer, tokens->items[0].surface));
    }
    return NUNCIO_OK;
}

static nuncio_status read_word(nn_analyzer *analyzer, nn_arena *arena, nn_token_list *tokens,
                               nuncio_str word, nn_name_word *out, nuncio_error *error)
{
    char plain[NN_TERM_BYTES_MAX], key[NN_NAME_KEY_ROOM];
    nuncio_str folded = nn_str(plain, word.size);
    if (word.size > sizeof plain || !read_plain(word, plain, &out->flags)) {
        NN_TRY(analyse(analyzer, tokens, word, &folded, &out->flags, error));
    }
    size_t size = folded.size == 0 ? 0 : nn_name_key(folded, key);
    out->folded = nn_arena_str(arena, folded);
    out->key = out->folded;
    if (size != folded.size || memcmp(key, folded.data, size) != 0) {
        out->key = nn_arena_str(arena, nn_str(key, size));
    }
    return out->folded.data == NULL || out->key.data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

/* The next word of a name: ASCII letters between spaces, as most are, are one. */
static bool next_word(nuncio_str name, uint32_t from, nn_word *out)
{
    uint32_t size = (uint32_t)name.size;
    while (from < size && name.data[from] == ' ') {
        from++;
    }
    uint32_t end = from;
    while (end < size && (uint8_t)((name.data[end] | 0x20) - 'a') < 26) {
        end++;
    }
    if (end > from && (end == size || name.data[end] == ' ')) {
        *out = (nn_word){.start = from, .end = end, .next = end};
        return true;
    }
    return nn_tokenizer_next(name, from, out);
}

nuncio_status nn_name_words_read(nn_analyzer *analyzer, nn_arena *arena, nn_token_list *tokens,
                                 nuncio_str name, nn_name_words *out, nuncio_error *error)
{
    enum {
        SURFACES_MAX = 1 << 14, /* words kept analysed, so that memory stays bounded */
        COUNT_FIRST = 4
    };
    *out = (nn_name_words){NULL, 0};
    if (nn_analyzer_surface_count(analyzer) > SURFACES_MAX) {
        nn_analyzer_reset(analyzer);
    }
    uint32_t capacity = 0, before = 0;
    nn_word word;
    for (uint32_t from = 0; out->count < NN_NAME_WORDS_MAX && next_word(name, from, &word);
         from = word.next) {
        if (out->count == capacity) {
            capacity = capacity == 0 ? (uint32_t)COUNT_FIRST : (uint32_t)NN_NAME_WORDS_MAX;
            nn_name_word *items = nn_arena_alloc(arena, capacity * sizeof *items);
            if (items == NULL) {
                return nn_error_memory(error);
            }
            if (out->count > 0) {
                memcpy(items, out->items, out->count * sizeof *items);
            }
            out->items = items;
        }
        nn_name_word *to = &out->items[out->count];
        NN_TRY(read_word(analyzer, arena, tokens,
                         nn_str(name.data + word.start, word.end - word.start), to, error));
        bool joined = out->count > 0 && follows_hyphen(name, word.start, before);
        to->flags |= joined ? (uint32_t)NN_NAME_JOINED : 0;
        before = word.end;
        out->count += to->folded.size > 0;
    }
    return NUNCIO_OK;
}

nuncio_status nn_name_pieces_open(nn_name_pieces *pieces, nn_arena *arena, nuncio_error *error)
{
    *pieces = (nn_name_pieces){.arena = arena};
    return nn_string_map_create(arena->memory, &pieces->numbers, error);
}

void nn_name_pieces_close(nn_name_pieces *pieces)
{
    if (pieces->numbers != NULL) {
        nn_release(pieces->arena->memory, pieces->words, pieces->capacity * sizeof *pieces->words);
    }
    nn_string_map_destroy(pieces->numbers);
    *pieces = (nn_name_pieces){0};
}

/* No word reaches over a space, and none is read otherwise for what stands behind one
 * (tokenizer.c). */
static nuncio_status read_piece(nn_name_pieces *pieces, nn_analyzer *analyzer,
                                nn_token_list *tokens, nuncio_str piece, nn_name_words *out,
                                nuncio_error *error)
{
    uint32_t number;
    bool added;
    NN_TRY(nn_string_map_add(pieces->numbers, piece, &number, &added, error));
    if (added) {
        nn_arena *arena = pieces->arena;
        NN_TRY(nn_reserve(arena->memory, &pieces->words, &pieces->capacity, (size_t)number + 1,
                          sizeof *pieces->words, error));
        pieces->words[number] = (nn_name_words){NULL, 0};
        NN_TRY(nn_name_words_read(analyzer, arena, tokens, piece, &pieces->words[number], error));
    }
    *out = pieces->words[number];
    return NUNCIO_OK;
}

nuncio_status nn_name_pieces_read(nn_name_pieces *pieces, nn_analyzer *analyzer,
                                  nn_token_list *tokens, nuncio_str name, nn_name_words *out,
                                  nuncio_error *error)
{
    nn_name_words found[NN_NAME_WORDS_MAX]; /* of pieces that have words */
    uint32_t piece_count = 0, count = 0;
    *out = (nn_name_words){NULL, 0};
    for (size_t at = 0; at < name.size && count < NN_NAME_WORDS_MAX; at++) {
        size_t start = at;
        const char *space = memchr(name.data + at, ' ', name.size - at);
        at = space == NULL ? name.size : (size_t)(space - name.data);
        if (at > start) {
            nn_name_words *words = &found[piece_count];
            NN_TRY(read_piece(pieces, analyzer, tokens, nn_str(name.data + start, at - start),
                              words, error));
            count += words->count;
            piece_count += words->count > 0;
        }
    }
    if (piece_count <= 1) {
        *out = piece_count == 0 ? *out : found[0];
        return NUNCIO_OK;
    }
    out->items = nn_arena_alloc(pieces->arena, count * sizeof *out->items);
    if (out->items == NULL) {
        return nn_error_memory(error);
    }
    for (uint32_t i = 0, to = 0; i < piece_count; i++) {
        memcpy(out->items + to, found[i].items, found[i].count * sizeof *out->items);
        to += found[i].count;
    }
    out->count = count < NN_NAME_WORDS_MAX ? count : (uint32_t)NN_NAME_WORDS_MAX;
    return NUNCIO_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_plain_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

bool nn_name_is_gap(char c)
{
    return c == ' ' || c == ',' || c == '-' || c == '&' || c == '(' || c == ')';
}

/* Whether a comma before byte `at` is one of a number. */
static bool is_in_number(nuncio_str name, size_t at)
{
    return at > 1 && at < name.size && is_digit(name.data[at]) && name.data[at - 1] == ',' &&
           is_digit(name.data[at - 2]);
}

/* Whether a folded word stands at byte `from` of a name, and where it ends. */
static bool stands_at(nuncio_str name, size_t from, nuncio_str folded, size_t *end)
{
    size_t size = 0;
    while (size < folded.size && from + size < name.size &&
           is_plain_letter(name.data[from + size]) &&
           (name.data[from + size] | 0x20) == folded.data[size]) {
        size++;
    }
    *end = from + size;
    return size == folded.size && size > 0 &&
           (*end == name.size || nn_name_is_gap(name.data[*end])) && !is_in_number(name, *end + 1);
}

/* Whether words stand one after another from byte `from` on. */
static bool stand_from(nuncio_str name, size_t from, const nuncio_str *folded, uint32_t count)
{
    uint32_t same = 0;
    while (same < count && stands_at(name, from, folded[same], &from)) {
        same++;
        while (from < name.size && nn_name_is_gap(name.data[from])) {
            from++;
        }
    }
    return same == count;
}

uint32_t nn_name_plain_words(nuncio_str name, nuncio_str words[NN_NAME_WORDS_MAX])
{
    uint32_t count = 0;
    for (size_t at = 0; at < name.size;) {
        size_t start = at;
        while (at < name.size && is_plain_letter(name.data[at])) {
            at++;
        }
        if (at > start) {
            if (count == NN_NAME_WORDS_MAX || at - start > PLAIN_MAX ||
                is_in_number(name, at + 1)) {
                return 0;
            }
            words[count++] = nn_str(name.data + start, at - start);
        } else if (!nn_name_is_gap(name.data[at++])) {
            return 0;
        }
    }
    return count;
}

bool nn_name_has_words(nuncio_str name, const nuncio_str *folded, uint32_t count, bool *plain)
{
    nuncio_str words[NN_NAME_WORDS_MAX];
    NN_ASSERT(count > 0);
    bool gap = true; /* before the byte at hand, behind at most at / 2 words */
    for (size_t at = 0; at < name.size && at / 2 + count <= NN_NAME_WORDS_MAX; at++) {
        bool may = gap && (name.data[at] | 0x20) == folded[0].data[0];
        if (may && !is_in_number(name, at) && stand_from(name, at, folded, count)) {
            *plain = true;
            return true;
        }
        gap = nn_name_is_gap(name.data[at]);
    }
    uint32_t found = nn_name_plain_words(name, words);
    *plain = found > 0;
    for (uint32_t start = 0; start + count <= found; start++) {
        if (stand_from(name, (size_t)(words[start].data - name.data), folded, count)) {
            return true;
        }
    }
    return false;
}

size_t nn_name_initials(const nn_name_words *words, char to[4 * NN_NAME_INITIALS_MAX])
{
    size_t size = 0, count = 0;
    for (uint32_t i = 0; i < words->count; i++) {
        const nn_name_word *word = &words->items[i];
        if ((word->flags & NN_NAME_CAPITAL) == 0) {
            continue;
        }
        if (count++ == NN_NAME_INITIALS_MAX) {
            return 0;
        }
        uint32_t letter;
        const char *end = word->folded.data + word->folded.size;
        (void)nn_utf8_decode(word->folded.data, end, &letter);
        memcpy(to + size, word->folded.data, letter);
        size += letter;
    }
    return count < 2 ? 0 : size;
}

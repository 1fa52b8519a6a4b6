/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/words.h"

#include "core/error.h"
#include "core/str.h"
#include "text/utf8.h"

#include <string.h>

nuncio_status nn_words_init(nn_words *words, nn_memory *memory, const nn_lexicon *lexicon,
                            nuncio_error *error)
{
    memset(words, 0, sizeof *words);
    words->memory = memory;
    words->lexicon = lexicon;
    words->work = &words->work_done;
    return nn_string_map_create(memory, &words->folds, error);
}

void nn_words_deinit(nn_words *words)
{
    nn_string_map_destroy(words->folds);
    nn_release(words->memory, words->forms, words->form_capacity * sizeof *words->forms);
    nn_release(words->memory, words->capital_folds,
               words->capital_fold_capacity * sizeof *words->capital_folds);
    nn_release(words->memory, words->kept, words->kept_capacity * sizeof *words->kept);
    nn_release(words->memory, words->gaps, words->gap_capacity * sizeof *words->gaps);
    nn_release(words->memory, words->marks, words->mark_capacity * sizeof *words->marks);
    nn_release(words->memory, words->paragraphs,
               words->paragraph_capacity * sizeof *words->paragraphs);
    memset(words, 0, sizeof *words);
}

nuncio_str nn_words_text(const nn_words *words, uint32_t begin, uint32_t end)
{
    uint32_t start = words->tokens[begin].start;
    return nn_str(words->text.data + start, words->tokens[end - 1].end - start);
}

bool nn_word_is_among(const nn_words *words, uint32_t i, const char *const *texts)
{
    nuncio_str word = nn_words_text(words, i, i + 1);
    for (; *texts != NULL; texts++) {
        if (**texts == *word.data && nn_str_equal(word, nn_str_of(*texts))) {
            return true;
        }
    }
    return false;
}

/* Capitals beyond ASCII without a case table: a letter is a capital when its folded form differs in
 * case only. The analyzer has folded the word; the first characters of the two are compared. Latin,
 * Greek and Cyrillic fold a capital to another code point; letters without case fold to themselves.
 */
static bool is_capital(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z';
    }
    if (c < 0x100) {
        return c >= 0xC0 && c <= 0xDE && c != 0xD7;
    }
    if (c < 0x180) { /* Latin Extended-A: pairs, with the parity changing twice */
        bool odd_is_capital = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
        return c == 0x178 ||
               (c != 0x138 && c != 0x149 && c != 0x17F && ((c & 1) != 0) == odd_is_capital);
    }
    return (c >= 0x391 && c <= 0x3AB) || (c >= 0x386 && c <= 0x38F) || /* Greek */
           (c >= 0x400 && c <= 0x42F) ||                               /* Cyrillic */
           (c >= 0x218 && c <= 0x21B && (c & 1) == 0) ||               /* Ș Ț */
           (c >= 0x1E00 && c <= 0x1EFF && (c & 1) == 0) ||             /* Latin Additional */
           (c >= 0x531 && c <= 0x556);                                 /* Armenian */
}

typedef struct letters {
    uint32_t all, capitals, small, digits, stops;
    bool first_capital, rises; /* rises: a capital after a small letter */
} letters;

static letters count_letters(nuncio_str surface)
{
    letters n = {0};
    const char *p = surface.data;
    const char *end = p + surface.size;
    while (p < end) {
        uint32_t size = 1;
        uint32_t c = (unsigned char)*p < 0x80 ? (unsigned char)*p : nn_utf8_decode(p, end, &size);
        p += size;
        if (c >= '0' && c <= '9') {
            n.digits++;
        } else if (c == '.') {
            n.stops++;
        } else if (is_capital(c)) {
            n.first_capital |= n.all == 0;
            n.rises |= n.small > 0;
            n.capitals++;
        } else if (c > ' ' && c != '\'' && c != ',' && c != 0x2019) {
            n.small++;
        }
        n.all++;
    }
    return n;
}

static uint16_t shape_of(letters n, nuncio_str folded)
{
    uint32_t shape = 0;
    shape |= n.first_capital ? NN_SHAPE_CAPITAL : 0u;
    shape |= n.capitals >= 2 && n.small == 0 ? NN_SHAPE_UPPER : 0u;
    shape |= n.capitals == 0 && n.small > 0 ? NN_SHAPE_LOWER : 0u;
    shape |= n.digits > 0 ? NN_SHAPE_DIGIT : 0u;
    shape |= n.digits > 0 && n.small + n.capitals == 0 ? NN_SHAPE_NUMBER : 0u;
    shape |= n.capitals == 1 && n.small + n.digits == 0 ? NN_SHAPE_INITIAL : 0u;
    shape |= n.stops > 0 ? NN_SHAPE_DOTTED : 0u;
    shape |= n.rises ? NN_SHAPE_MIXED : 0u;
    bool ly = folded.size > 4 && memcmp(folded.data + folded.size - 2, "ly", 2) == 0;
    shape |= ly ? NN_SHAPE_LY : 0u;
    return (uint16_t)shape;
}

/** Makes room for a form's fold, and notes whether the form has a capital. */
static nuncio_status note_capital(nn_words *words, const nn_form *form, nuncio_error *error)
{
    size_t before = words->capital_fold_capacity;
    NN_TRY(nn_reserve(words->memory, &words->capital_folds, &words->capital_fold_capacity,
                      form->fold / 64 + (size_t)1, sizeof *words->capital_folds, error));
    if (words->capital_fold_capacity > before) {
        memset(words->capital_folds + before, 0,
               (words->capital_fold_capacity - before) * sizeof *words->capital_folds);
    }
    bool capital = (form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_MIXED)) != 0;
    words->capital_folds[form->fold / 64] |= (uint64_t)capital << form->fold % 64;
    return NUNCIO_OK;
}

static nuncio_status add_form(nn_words *words, uint32_t surface, nuncio_error *error)
{
    nuncio_str folded = nn_analyzer_folded(words->analyzer, surface);
    nn_form form = {.computed = true};
    NN_TRY(nn_string_map_add(words->folds, folded, &form.fold, NULL, error));
    form.lexeme = nn_lexicon_find(words->lexicon, folded);
    form.key = nn_word_key(folded);
    form.known = words->known == NULL ? 0 : (uint16_t)nn_name_table_find(words->known, form.key);
    if (form.lexeme != NN_LEXEME_NONE) {
        const nn_lexeme *lexeme = nn_lexicon_lexeme(words->lexicon, form.lexeme);
        nn_reading_of_word is = nn_lexicon_read(words->lexicon, form.lexeme, words->language);
        form.classes = is.classes;
        form.cue = is.cue;
        form.node = lexeme->node;
        form.event = lexeme->event;
    }
    letters n = count_letters(nn_analyzer_surface(words->analyzer, surface));
    form.shape = shape_of(n, folded);
    form.letters = n.all > UINT16_MAX ? UINT16_MAX : (uint16_t)n.all;
    words->forms[surface] = form;
    return note_capital(words, &form, error);
}

/** Makes sure that each token's form is known. A surface form belongs to one language, so that the
 * language of the article it is met in is its own. */
static nuncio_status update_forms(nn_words *words, const nn_analyzer *analyzer, nuncio_error *error)
{
    uint32_t epoch = nn_analyzer_epoch(analyzer);
    if (words->analyzer != analyzer || words->epoch != epoch) {
        nn_string_map_clear(words->folds);
        if (words->form_capacity > 0) {
            memset(words->forms, 0, words->form_capacity * sizeof *words->forms);
        }
        if (words->capital_fold_capacity > 0) {
            memset(words->capital_folds, 0,
                   words->capital_fold_capacity * sizeof *words->capital_folds);
        }
        words->analyzer = analyzer;
        words->epoch = epoch;
    }
    size_t before = words->form_capacity;
    NN_TRY(nn_reserve(words->memory, &words->forms, &words->form_capacity,
                      nn_analyzer_surface_count(analyzer), sizeof *words->forms, error));
    if (words->form_capacity > before) {
        memset(words->forms + before, 0, (words->form_capacity - before) * sizeof *words->forms);
    }
    for (uint32_t i = 0; i < words->count; i++) {
        if (!words->forms[words->tokens[i].surface].computed) {
            NN_TRY(add_form(words, words->tokens[i].surface, error));
        }
    }
    return NUNCIO_OK;
}

/** True for the s of a possessive that a space keeps apart, as copy cut into tokens has it: Moody
 * 's visit. Not for 's-Hertogenbosch, nor for the letter in marks. */
static bool is_clitic(nuncio_str text, const nn_token *token)
{
    static const char *const marks[] = {" '", " \xE2\x80\x99"};
    const char *s = text.data + token->start, *end = text.data + text.size;
    bool letter = token->end - token->start == 1 && (*s | 32) == 's';
    if (!letter || (s + 1 < end && (unsigned char)s[1] > ' ')) {
        return false;
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        nuncio_str mark = nn_str_of(marks[i]);
        if (token->start >= mark.size && memcmp(s - mark.size, mark.data, mark.size) == 0) {
            return true;
        }
    }
    return false;
}

/** Takes the tokens over without what is_clitic; they are copied only where there is one. */
static nuncio_status take_tokens(nn_words *words, const nn_token_list *tokens, nuncio_error *error)
{
    bool english = words->language == NN_LEXICON_EN;
    size_t first = 1;
    while (first < tokens->count && !(english && is_clitic(words->text, &tokens->items[first]))) {
        first++;
    }
    words->tokens = tokens->items;
    words->count = (uint32_t)tokens->count;
    if (first >= tokens->count) {
        return NUNCIO_OK;
    }
    NN_TRY(nn_reserve(words->memory, &words->kept, &words->kept_capacity, tokens->count,
                      sizeof *words->kept, error));
    memcpy(words->kept, tokens->items, first * sizeof *words->kept);
    words->count = (uint32_t)first;
    for (size_t i = first + 1; i < tokens->count; i++) {
        if (!is_clitic(words->text, &tokens->items[i])) {
            words->kept[words->count++] = tokens->items[i];
        }
    }
    words->tokens = words->kept;
    return NUNCIO_OK;
}

static uint32_t language_index(nn_language language)
{
    switch (language) {
    case NN_LANGUAGE_FR:
        return NN_LEXICON_FR;
    case NN_LANGUAGE_DE:
        return NN_LEXICON_DE;
    case NN_LANGUAGE_ES:
        return NN_LEXICON_ES;
    case NN_LANGUAGE_NONE:
    case NN_LANGUAGE_EN:
        return NN_LEXICON_EN;
    default:
        return language; /* with few words of its own */
    }
}

nuncio_status nn_words_read(nn_words *words, const nn_analyzer *analyzer, nn_language language,
                            nuncio_str text, const nn_token_list *tokens,
                            const nn_sentence_list *sentences, nuncio_error *error)
{
    words->text = text;
    words->language = language_index(language);
    words->english = language == NN_LANGUAGE_EN;
    words->work_done = 0;
    NN_TRY(take_tokens(words, tokens, error));
    NN_TRY(update_forms(words, analyzer, error));
    NN_TRY(nn_reserve(words->memory, &words->gaps, &words->gap_capacity, (size_t)words->count + 1,
                      sizeof *words->gaps, error));
    return nn_gaps_read(words, sentences, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/names/name_features.h"

#include "annotate/names/name_rules.h"
#include "annotate/names/names.h"
#include "core/error.h"
#include "core/hash.h"

#include <string.h>

enum {
    KNOWN_WORDS_MAX = 8, /* of a name in the gazetteer */
    INNER_GAP_MAX = 3,   /* small words inside a name: Ministry of Foreign Affairs of the … */
    LETTERS_MAX = 8      /* of initials in brackets */
};

uint32_t nn_word_key(nuncio_str folded)
{
    uint32_t key = (uint32_t)(nn_hash64(folded.data, folded.size, 0) >> 32);
    return key == 0 ? 1 : key;
}

/* ---- rows of a form ---- */

enum {
    SHAPE_LOWER,
    SHAPE_SHORT,
    SHAPE_CAPITAL,
    SHAPE_UPPER_2, /* … UPPER_6: six and more */
    SHAPE_INITIAL = SHAPE_UPPER_2 + 5,
    SHAPE_DOTTED,
    SHAPE_MIXED,
    SHAPE_MIXED_LOWER,
    SHAPE_YEAR,
    SHAPE_NUMBER_SHORT,
    SHAPE_NUMBER,
    SHAPE_CAPITAL_DIGIT,
    SHAPE_DIGIT,
    SHAPE_DOTTED_LOWER,
    SHAPE_OTHER
};

static uint32_t shape_row(const nn_form *form)
{
    uint32_t shape = form->shape;
    if ((shape & NN_SHAPE_NUMBER) != 0) {
        return form->letters == 4  ? SHAPE_YEAR
               : form->letters < 4 ? SHAPE_NUMBER_SHORT
                                   : SHAPE_NUMBER;
    }
    if ((shape & NN_SHAPE_DIGIT) != 0) {
        return (shape & NN_SHAPE_CAPITAL) != 0 ? SHAPE_CAPITAL_DIGIT : SHAPE_DIGIT;
    }
    if ((shape & NN_SHAPE_INITIAL) != 0) {
        return SHAPE_INITIAL;
    }
    if ((shape & NN_SHAPE_DOTTED) != 0) {
        return (shape & NN_SHAPE_CAPITAL) != 0 ? SHAPE_DOTTED : SHAPE_DOTTED_LOWER;
    }
    if ((shape & NN_SHAPE_UPPER) != 0) {
        return SHAPE_UPPER_2 + (form->letters >= 6   ? 4u
                                : form->letters >= 2 ? form->letters - 2u
                                                     : 0u);
    }
    if ((shape & NN_SHAPE_MIXED) != 0) {
        return (shape & NN_SHAPE_CAPITAL) != 0 ? SHAPE_MIXED : SHAPE_MIXED_LOWER;
    }
    if ((shape & NN_SHAPE_CAPITAL) != 0) {
        return form->letters <= 3 ? SHAPE_SHORT : SHAPE_CAPITAL;
    }
    return (shape & NN_SHAPE_LOWER) != 0 ? SHAPE_LOWER : SHAPE_OTHER;
}

static uint32_t affix_row(nuncio_str text, uint64_t seed)
{
    return (uint32_t)(nn_hash64(text.data, text.size, seed) >> 40) & 2047;
}

static uint32_t bit_rows(uint32_t bits, uint32_t base, uint32_t *rows)
{
    uint32_t count = 0;
    for (; bits != 0; bits &= bits - 1) {
        rows[count++] = base + nn_ctz64(bits);
    }
    return count;
}

uint32_t nn_form_rows(const nn_words *words, uint32_t surface, const nn_name_table *vocabulary,
                      uint32_t vocabulary_size, uint32_t *rows)
{
    const nn_form *form = &words->forms[surface];
    nuncio_str folded = nn_string_map_key(words->folds, form->fold);
    uint32_t base = vocabulary_size;
    uint32_t count = 0;
    rows[count++] = nn_name_table_find(vocabulary, form->key);
    rows[count++] = base + NN_ROWS_SHAPE + shape_row(form);
    uint32_t known = form->known;
    if ((form->shape & (NN_SHAPE_UPPER | NN_SHAPE_DOTTED | NN_SHAPE_DIGIT)) == 0) {
        known &= ~(uint32_t)NN_KNOWN_ACRONYM;
    }
    if ((form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_MIXED)) == 0) {
        known &= NN_KNOWN_TITLE;
    }
    count += bit_rows(known & ~(uint32_t)NN_KNOWN_PREFIX, base + NN_ROWS_KNOWN, rows + count);
    count += bit_rows(form->classes, base + NN_ROWS_CLASS, rows + count);
    for (size_t size = 1; size <= 4 && size < folded.size; size++) {
        nuncio_str prefix = {folded.data, size};
        nuncio_str suffix = {folded.data + folded.size - size, size};
        rows[count++] = base + NN_ROWS_PREFIX + affix_row(prefix, size);
        rows[count++] = base + NN_ROWS_SUFFIX + affix_row(suffix, size + 16);
    }
    return count;
}

/* ---- marks of a word ---- */

/* The words that are marked, of an article. */
typedef struct part {
    nn_name_features *f;
    const nn_words *words;
    uint32_t begin, end;
} part;

/** Marks word i, where it is of the part. */
static void set_mark(const part *p, uint32_t i, uint32_t mark)
{
    if (i >= p->begin && i < p->end) {
        p->f->marks[i - p->begin].bits[mark / 64] |= UINT64_C(1) << (mark % 64);
    }
}

static const uint16_t GROUPS[8] = {
    NN_KNOWN_PERSON,      NN_KNOWN_COUNTRY | NN_KNOWN_CITY | NN_KNOWN_REGION,
    NN_KNOWN_NATIONALITY, NN_KNOWN_BODY | NN_KNOWN_ACRONYM | NN_KNOWN_COMPANY | NN_KNOWN_PARTY,
    NN_KNOWN_EVENT,       NN_KNOWN_TITLE,
    NN_KNOWN_FACILITY,    NN_KNOWN_OTHER,
};
enum { GROUP_COUNT = sizeof GROUPS / sizeof *GROUPS, GROUP_TITLE = 5 };

static bool has_capital(const nn_form *form)
{
    return (form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_MIXED)) != 0;
}

static bool is_close(const nn_words *words, uint32_t i)
{
    uint32_t joints = NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN | NN_GAP_STOP | NN_GAP_POSSESSIVE |
                      NN_GAP_AMPERSAND;
    return (words->gaps[i] & ~joints) == 0;
}

/** True when names of the gazetteer may begin with a form: of those without a capital only titles
 * do, *prime minister*, and none of them with an article. */
static bool may_begin_known(const nn_form *form)
{
    return (form->known & NN_KNOWN_PREFIX) != 0 &&
           (has_capital(form) || (form->classes & NN_CLASS_DETERMINER) == 0);
}

/** Marks the names of the gazetteer that begin at word i, the longest of each group. */
static void mark_known(const part *p, const nn_name_table *known, uint32_t i,
                       uint32_t until[GROUP_COUNT])
{
    const nn_words *words = p->words;
    const nn_form *form = nn_words_form(words, i);
    uint32_t ends[GROUP_COUNT] = {0};
    uint32_t key = form->key;
    uint32_t limit = words->count - i < KNOWN_WORDS_MAX ? words->count : i + KNOWN_WORDS_MAX;
    uint32_t value = form->known, found = 0;
    for (uint32_t end = i + 1; end < limit && (value & NN_KNOWN_PREFIX) != 0; end++) {
        if (!is_close(words, end)) {
            break;
        }
        key = nn_word_key_join(key, nn_words_form(words, end)->key);
        value = nn_name_table_find(known, key);
        found |= value;
        for (uint32_t g = 0; (value & ~(uint32_t)NN_KNOWN_PREFIX) != 0 && g < GROUP_COUNT; g++) {
            ends[g] = (value & GROUPS[g]) != 0 ? end + 1 : ends[g];
        }
    }
    if ((found & ~(uint32_t)NN_KNOWN_PREFIX) == 0) {
        return;
    }
    for (uint32_t g = 0; g < GROUP_COUNT; g++) {
        if (ends[g] == 0 || i < until[g] || (g != GROUP_TITLE && !has_capital(form))) {
            continue;
        }
        for (uint32_t k = i; k < ends[g]; k++) {
            uint32_t place = k == i ? 0u : k + 1 == ends[g] ? 2u : 1u;
            set_mark(p, k, NN_MARKS_NAME + 3 * g + place);
        }
        until[g] = ends[g];
    }
}

/** Marks what the rules would call a name at word i; returns where they go on. */
static uint32_t mark_rules(const part *p, uint32_t i)
{
    nn_rule_match match = nn_rule_name(p->words, i);
    if (match.end == i) {
        return i + 1;
    }
    uint32_t base = NN_MARKS_RULE + 4u * match.type;
    for (uint32_t k = i; k < match.end; k++) {
        uint32_t place = match.end == i + 1 ? 3u : k == i ? 0u : k + 1 == match.end ? 2u : 1u;
        set_mark(p, k, base + place);
    }
    if ((match.flags & NN_NAMED_WEAK) != 0) {
        set_mark(p, i, NN_MARK_WEAK);
    }
    if ((match.flags & NN_NAMED_TITLED) != 0) {
        set_mark(p, i, NN_MARK_TITLED);
    }
    return match.end;
}

/** Marks "Union of African States (UAS)": a run of capitals before initials of it in brackets. */
static void mark_letters(const part *p, uint32_t i)
{
    const nn_words *words = p->words;
    const nn_form *form = nn_words_form(words, i);
    bool bracketed = (words->gaps[i] & NN_GAP_OPEN) != 0 && i + 1 <= words->count &&
                     (words->gaps[i + 1] & NN_GAP_CLOSE) != 0;
    nuncio_str letters = nn_words_text(words, i, i + 1);
    if (!bracketed || (form->shape & NN_SHAPE_UPPER) == 0 || letters.size > LETTERS_MAX) {
        return;
    }
    size_t left = letters.size;
    uint32_t begin = i;
    for (uint32_t steps = 0; begin > 0 && left > 0 && steps < 2 * LETTERS_MAX; steps++) {
        uint32_t gap = words->gaps[begin] & ~(uint32_t)(begin == i ? NN_GAP_OPEN : 0);
        if ((gap & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH | NN_GAP_COLON | NN_GAP_SEMICOLON)) != 0) {
            break;
        }
        char first = words->text.data[words->tokens[begin - 1].start];
        if (first == letters.data[left - 1]) {
            left--;
        } else if (has_capital(nn_words_form(words, begin - 1))) {
            break;
        }
        begin--;
    }
    if (left > 0 || begin + 1 >= i) {
        return;
    }
    for (uint32_t k = begin; k < i; k++) {
        set_mark(p, k, NN_MARK_LETTERS + (k == begin ? 0u : k + 1 == i ? 2u : 1u));
    }
    set_mark(p, i, NN_MARK_LETTERS + 3);
}

static void mark_words(const part *p, const nn_name_table *known)
{
    const nn_words *words = p->words;
    uint32_t until[GROUP_COUNT] = {0};
    uint32_t rules_until = 0;
    for (uint32_t i = p->begin; i < p->end; i++) {
        const nn_form *form = nn_words_form(words, i);
        /* a space is what is expected */
        p->f->marks[i - p->begin].bits[0] |= words->gaps[i] ^ NN_GAP_SPACE;
        if (may_begin_known(form)) {
            mark_known(p, known, i, until);
        }
        if (!has_capital(form)) {
            continue;
        }
        if (i >= rules_until) {
            rules_until = mark_rules(p, i);
        }
        const nn_fold_use *use = &p->f->uses[form->fold];
        if (use->lower) {
            set_mark(p, i, NN_MARK_LOWER);
        }
        if (use->upper) {
            set_mark(p, i, NN_MARK_UPPER);
        }
        if (use->capitals >= 3) {
            set_mark(p, i, NN_MARK_OFTEN);
        }
        if (nn_name_capital_is_idle(words, i)) {
            set_mark(p, i, NN_MARK_IDLE);
        }
        if ((words->gaps[i] & NN_GAP_OPEN) != 0) {
            mark_letters(p, i);
        }
    }
}

/** True for a small word that has its capital from the sentence it opens: *In* May, *The* talks. */
static bool opens_merely(const nn_words *words, uint32_t i)
{
    const uint32_t small = NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION |
                           NN_CLASS_PRONOUN | NN_CLASS_AUXILIARY;
    const uint32_t names = ~(uint32_t)(NN_KNOWN_PREFIX | NN_KNOWN_TITLE);
    const nn_form *form = nn_words_form(words, i);
    return (words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH)) != 0 &&
           (form->classes & small) != 0 && (form->known & names) == 0 &&
           form->shape == NN_SHAPE_CAPITAL && i + 1 < words->count &&
           (nn_words_form(words, i + 1)->shape & ~(uint32_t)NN_SHAPE_LY) == NN_SHAPE_LOWER;
}

/** Notes how the article writes the word at i. */
static inline void count_use(nn_name_features *f, const nn_words *words, uint32_t i, bool capital)
{
    const nn_form *form = nn_words_form(words, i);
    nn_fold_use *use = &f->uses[form->fold];
    if (use->article != f->article) {
        *use = (nn_fold_use){.article = f->article};
    }
    bool inside = (words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_MARK | NN_GAP_COLON)) == 0;
    use->lower |= (form->shape & NN_SHAPE_LOWER) != 0;
    use->upper |= capital && inside;
    use->capitals += capital ? 1 : 0;
}

/** Counts uses and chooses what is scored. A word may be part of a name when it has a capital, or
 * stands between two that have one, or is a small word or number that touches one: al-Shabaab, bin
 * Salman, 2026 World Cup, Kim Yo-jong. */
static void read_words(nn_name_features *f, const nn_words *words)
{
    uint32_t last = NN_WORD_NONE; /* the last capital of this sentence */
    for (uint32_t i = 0; i < words->count; i++) {
        const nn_form *form = nn_words_form(words, i);
        bool capital = has_capital(form);
        if ((form->shape & NN_SHAPE_LOWER) == 0 || nn_form_has_capitals(words, form)) {
            count_use(f, words, i, capital); /* nobody asks for the others */
        }
        if ((words->gaps[i] & (NN_GAP_SENTENCE | NN_GAP_PARAGRAPH)) != 0) {
            last = NN_WORD_NONE;
        }
        capital = capital && !opens_merely(words, i);
        bool behind = i > 0 && last == i - 1;
        bool number = behind && (form->shape & NN_SHAPE_DIGIT) != 0 && is_close(words, i);
        bool hyphen = behind && words->gaps[i] == NN_GAP_HYPHEN;
        f->scored[i] = capital || number || hyphen;
        if (!capital) {
            continue;
        }
        if (last != NN_WORD_NONE && i - last <= INNER_GAP_MAX + 1) {
            memset(f->scored + last + 1, 1, i - last - 1);
        }
        for (uint32_t k = i; k > 0 && i - k < 2; k--) {
            const nn_form *before = nn_words_form(words, k - 1);
            bool joins = (words->gaps[k] & NN_GAP_SENTENCE) == 0 && is_close(words, k);
            bool small =
                (before->classes & NN_CLASS_PARTICLE) != 0 || (before->shape & NN_SHAPE_DIGIT) != 0;
            if (!joins || !small) {
                break;
            }
            f->scored[k - 1] = 1;
        }
        last = i;
    }
}

nuncio_status nn_name_features_read(nn_name_features *f, const nn_words *words, nuncio_error *error)
{
    size_t folds = nn_string_map_count(words->folds);
    size_t before = f->use_capacity;
    NN_TRY(nn_reserve(f->memory, &f->uses, &f->use_capacity, folds, sizeof *f->uses, error));
    if (f->use_capacity > before) {
        memset(f->uses + before, 0, (f->use_capacity - before) * sizeof *f->uses);
    }
    NN_TRY(nn_reserve(f->memory, &f->scored, &f->scored_capacity, words->count, sizeof *f->scored,
                      error));
    if (words->count == 0) {
        return NUNCIO_OK;
    }
    f->article++;
    read_words(f, words);
    return NUNCIO_OK;
}

nuncio_status nn_name_features_mark(nn_name_features *f, const nn_words *words, uint32_t begin,
                                    uint32_t end, const nn_name_table *known, nuncio_error *error)
{
    const part p = {f, words, begin, end};
    NN_TRY(
        nn_reserve(f->memory, &f->marks, &f->mark_capacity, end - begin, sizeof *f->marks, error));
    if (begin < end) {
        memset(f->marks, 0, (end - begin) * sizeof *f->marks);
        mark_words(&p, known);
    }
    return NUNCIO_OK;
}

void nn_name_features_deinit(nn_name_features *f)
{
    nn_release(f->memory, f->marks, f->mark_capacity * sizeof *f->marks);
    nn_release(f->memory, f->scored, f->scored_capacity * sizeof *f->scored);
    nn_release(f->memory, f->uses, f->use_capacity * sizeof *f->uses);
}

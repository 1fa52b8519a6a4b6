/* SPDX-License-Identifier: Apache-2.0 */
#include "query/names/name_person.h"

#include "core/error.h"
#include "core/str.h"
#include "text/name_syllables.h"

#include <string.h>

bool nn_name_word_is_among(nuncio_str word, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strlen(*list) == word.size && memcmp(*list, word.data, word.size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_suffix(nuncio_str folded)
{
    static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv", "esq", NULL};
    return nn_name_word_is_among(folded, suffixes);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

/* True when a word is in a list, which is sorted. */
static bool is_listed(nuncio_str word, const char *const *list, size_t count)
{
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        int order = nn_str_compare(nn_str_of(list[low + half]), word);
        if (order == 0) {
            return true;
        }
        low += order < 0 ? half + 1 : 0;
        count = order < 0 ? count - half - 1 : half;
    }
    return false;
}

static bool is_title(nuncio_str folded)
{
    /* clang-format off */
    static const char *const titles[] = {
        "adm", "admiral", "amb", "ambassador", "ayatollah", "brig", "capt", "captain",
        "chairman", "chancellor", "col", "colonel", "dame", "dear", "depsec", "dr", "emir",
        "emperor", "fonmin", "gen", "general", "generalissimo", "gov", "governor", "herr",
        "hon", "king", "lady", "lord", "lt", "maj", "major", "marshal", "messrs", "minister",
        "miss", "mme", "monsieur", "mr", "mrs", "ms", "pope", "premier", "pres", "president",
        "primin", "prince", "princess", "prof", "queen", "rep", "secgen", "secretary", "secy",
        "sen", "senator", "shah", "shaikh", "sheik", "sheikh", "sir", "sultan"};
    /* clang-format on */
    return is_listed(folded, titles, COUNT_OF(titles));
}

static bool is_particle(nuncio_str folded)
{
    static const char *const particles[] = {"von", "van", "de",  "der", "den", "da", "di", "du",
                                            "la",  "le",  "dos", "del", "ter", "zu", NULL};
    return nn_name_word_is_among(folded, particles);
}

/* The Arabic article, before letters that change it too. */
static bool is_article(nuncio_str folded)
{
    static const char *const articles[] = {"al", "el", "ul",  "ad", "ar", "as", "at",
                                           "az", "an", "ash", "es", "ed", NULL};
    return nn_name_word_is_among(folded, articles);
}

nuncio_status nn_name_word_canonical(nn_arena *arena, const nn_name_word *word,
                                     nn_spelling_kind kind, nuncio_str *out, nuncio_error *error)
{
    uint16_t group = nn_name_group_find(kind, word->folded);
    *out = word->key;
    if (group != NN_NAME_GROUP_NONE) {
        char room[NN_NAME_GROUP_ROOM];
        *out = nn_arena_str(arena, nn_str(room, nn_name_group_write(group, room)));
    }
    return out->data == NULL ? nn_error_memory(error) : NUNCIO_OK;
}

static bool is_family(nuncio_str folded)
{
    /* clang-format off */
    static const char *const families[] = {
        "bai", "cai", "cao", "chao", "chen", "cheng", "chiang", "chiao", "chien", "chin",
        "chou", "chu", "cui", "dai", "deng", "ding", "fang", "feng", "gao", "gong", "guo",
        "han", "hao", "hou", "hsi", "hsiao", "hsieh", "hsu", "hu", "hua", "huang", "jen", "ji",
        "jia", "jiang", "jin", "kao", "kong", "kung", "kuo", "li", "liang", "liao", "lin",
        "liu", "lu", "luo", "ma", "mao", "meng", "pai", "pan", "peng", "qian", "qiao", "qin",
        "qiu", "ren", "shao", "shen", "shi", "shih", "su", "tan", "tang", "tao", "teng",
        "tian", "tien", "ting", "tsai", "tsao", "tseng", "tung", "wan", "wang", "wei", "wen",
        "wu", "xi", "xia", "xiao", "xie", "xiong", "xu", "yan", "yang", "yao", "ye", "yeh",
        "yen", "yin", "yu", "yuan", "zeng", "zhang", "zhao", "zheng", "zhong", "zhou", "zhu",
        "zou"};
    /* clang-format on */
    return is_listed(folded, families, COUNT_OF(families));
}

/* Given names or words elsewhere: families' only with two syllables that stand apart behind. */
static bool may_be_family(nuncio_str folded)
{
    /* clang-format off */
    static const char *const doubtful[] = {
        "ahn", "an", "ban", "bo", "chang", "cho", "choe", "choi", "chong", "chun", "chung",
        "goh", "he", "ho", "hong", "hwang", "im", "jang", "jeon", "jeong", "jo", "jung",
        "kang", "kim", "ko", "kwon", "lee", "lim", "long", "moon", "no", "noh", "oh", "ong",
        "paek", "paik", "pak", "park", "rhee", "ri", "roh", "ryu", "seo", "shin", "sin", "so",
        "song", "suh", "sun", "tsang", "won", "yi", "yoo", "yoon", "yun"};
    /* clang-format on */
    return is_listed(folded, doubtful, COUNT_OF(doubtful));
}

/* Whose family's name comes first, with given names of one or two syllables behind it: Xi Jinping,
 * Chou En-lai. */
static bool is_family_first(const nn_name_words *words, uint32_t begin, uint32_t end)
{
    static const char *const western[] = {"chang", "chu", "chung", "kim", "lee", "park", "wu"};
    enum { SYLLABLES_MAX = 2 };
    uint32_t given = end - begin - 1;
    if (begin + 1 >= end || given > SYLLABLES_MAX) {
        return false;
    }
    nuncio_str family = words->items[begin].folded;
    if (!is_family(family) && (given < SYLLABLES_MAX || !may_be_family(family))) {
        return false;
    }
    bool apart = (words->items[end - 1].flags & NN_NAME_JOINED) == 0;
    if (given == SYLLABLES_MAX && apart &&
        is_listed(words->items[end - 1].folded, western, COUNT_OF(western))) {
        return false; /* Wen Ho Lee */
    }
    uint32_t syllables = 0;
    for (uint32_t i = begin + 1; i < end; i++) {
        uint32_t count = nn_name_syllables(words->items[i].folded);
        if (count == 0 || (words->items[i].flags & NN_NAME_INITIAL) != 0) {
            return false;
        }
        syllables += count;
    }
    return syllables <= SYLLABLES_MAX;
}

/* Where the parts of a person's name stand among its words, without title and suffix. */
typedef struct parts {
    uint32_t given, given_end, surname;
} parts;

static parts find_parts(const nn_name_words *words)
{
    uint32_t begin = 0;
    uint32_t end = words->count;
    while (end > 1 && is_suffix(words->items[end - 1].folded)) {
        end--;
    }
    while (begin + 1 < end && is_title(words->items[begin].folded)) {
        begin++;
    }
    if (is_family_first(words, begin, end)) {
        return (parts){begin + 1, end, begin};
    }
    return end == 0 ? (parts){0, 0, 0} : (parts){begin, end - 1, end - 1};
}

uint32_t nn_name_surname(const nn_name_form *form)
{
    return find_parts(&form->words).surname;
}

/* Whether letters that stand together may be a suffix, or a family's name that comes first. */
static bool is_early(nuncio_str letters)
{
    enum { LETTERS_MAX = 6 }; /* of any in the lists */
    char folded[LETTERS_MAX];
    if (letters.size == 0 || letters.size > LETTERS_MAX) {
        return false;
    }
    for (size_t i = 0; i < letters.size; i++) {
        folded[i] = (char)(letters.data[i] | 0x20);
    }
    nuncio_str word = nn_str(folded, letters.size);
    return is_suffix(word) || is_family(word) || may_be_family(word);
}

bool nn_name_surname_may_be_early(nuncio_str text)
{
    for (size_t at = 0; at < text.size; at++) {
        size_t start = at;
        while (at < text.size && is_letter(text.data[at])) {
            at++;
        }
        bool point = at < text.size && text.data[at] == '.';
        bool inner = point && at + 1 < text.size && is_letter(text.data[at + 1]); /* L.I. */
        bool odd = at < text.size && !point && !nn_name_is_gap(text.data[at]);
        if (inner || odd || is_early(nn_str(text.data + start, at - start))) {
            return true;
        }
    }
    return false;
}

/* True for de, von, al- between given names and surname. */
static bool is_dropped(const nn_name_words *words, uint32_t i, uint32_t begin, uint32_t surname)
{
    const nn_name_word *word = &words->items[i];
    bool joined = i + 1 <= surname && (words->items[i + 1].flags & NN_NAME_JOINED) != 0;
    if (is_article(word->folded)) {
        return joined || i > begin || (word->flags & NN_NAME_CAPITAL) == 0;
    }
    return is_particle(word->folded);
}

static nuncio_status add_given(nn_arena *arena, const nn_name_word *word, nn_given_name *to,
                               uint32_t *count, nuncio_error *error)
{
    if ((word->flags & NN_NAME_INITIAL) == 0) {
        to[*count] = (nn_given_name){.folded = word->folded};
        return nn_name_word_canonical(arena, word, NN_SPELLING_PERSON, &to[(*count)++].word, error);
    }
    for (size_t i = 0; i < word->folded.size && *count < NN_NAME_WORDS_MAX;) {
        size_t size = 1; /* J.F. are two; a letter may take several bytes */
        while (i + size < word->folded.size &&
               ((unsigned char)word->folded.data[i + size] & 0xC0) == 0x80) {
            size++;
        }
        nuncio_str letter = nn_str(word->folded.data + i, size);
        to[(*count)++] = (nn_given_name){letter, letter, true};
        i += size;
    }
    return NUNCIO_OK;
}

/* The syllables behind a family's name, as one given name: Jinping, En-lai. */
static nuncio_status join_syllables(nn_arena *arena, const nn_name_words *words, parts at,
                                    nn_given_name *to, nuncio_error *error)
{
    char room[2 * NN_NAME_KEY_MAX];
    char key[NN_NAME_KEY_ROOM];
    size_t size = 0;
    for (uint32_t i = at.given; i < at.given_end; i++) {
        nuncio_str folded = words->items[i].folded;
        memcpy(room + size, folded.data, folded.size);
        size += folded.size;
    }
    nn_name_word word = {.folded = nn_arena_str(arena, nn_str(room, size))};
    word.key = nn_arena_str(arena, nn_str(key, nn_name_key(nn_str(room, size), key)));
    *to = (nn_given_name){.folded = word.folded};
    if (word.folded.data == NULL || word.key.data == NULL) {
        return nn_error_memory(error);
    }
    return nn_name_word_canonical(arena, &word, NN_SPELLING_PERSON, &to->word, error);
}

nuncio_status nn_name_person_read(nn_arena *arena, nn_name_form *form, nuncio_str *surname_out,
                                  nuncio_error *error)
{
    const nn_name_words *words = &form->words;
    parts at = find_parts(words);
    size_t room = 1; /* J.F. takes two */
    for (uint32_t i = at.given; i < at.given_end; i++) {
        bool initials = (words->items[i].flags & NN_NAME_INITIAL) != 0;
        room += initials ? words->items[i].folded.size : 1;
    }
    room = room < NN_NAME_WORDS_MAX ? room : NN_NAME_WORDS_MAX;
    nn_given_name *given = nn_arena_alloc(arena, room * sizeof *given);
    if (given == NULL) {
        return nn_error_memory(error);
    }
    if (at.surname < at.given) {
        NN_TRY(join_syllables(arena, words, at, &given[form->given_count++], error));
    }
    for (uint32_t i = at.given; i < at.surname && form->given_count < NN_NAME_WORDS_MAX; i++) {
        if (!is_dropped(words, i, at.given, at.surname)) {
            NN_TRY(add_given(arena, &words->items[i], given, &form->given_count, error));
        }
    }
    for (uint32_t i = 0; i < form->given_count; i++) {
        form->full_count += !given[i].initial;
    }
    form->given = given;
    return nn_name_word_canonical(arena, &words->items[at.surname], NN_SPELLING_PERSON, surname_out,
                                  error);
}

static bool has_first_letter(nuncio_str word, nuncio_str letter)
{
    return word.size >= letter.size && memcmp(word.data, letter.data, letter.size) == 0;
}

/* True when one given name is the beginning of the other: Phil and Phillips, Max and Maxwell; not
 * Ali and Alireza. */
static bool is_short_for(nuncio_str shorter, nuncio_str longer)
{
    enum { LETTERS_MIN = 3, LETTERS_MORE = 2 };
    return shorter.size >= LETTERS_MIN && longer.size >= shorter.size + LETTERS_MORE &&
           strchr("aeiouy", shorter.data[shorter.size - 1]) == NULL &&
           memcmp(shorter.data, longer.data, shorter.size) == 0;
}

static bool agree(const nn_given_name *a, const nn_given_name *b)
{
    if (a->initial || b->initial) {
        const nn_given_name *letter = a->initial ? a : b;
        const nn_given_name *other = a->initial ? b : a;
        return has_first_letter(other->folded, letter->folded) ||
               (other->word.data[0] != '#' && has_first_letter(other->word, letter->folded));
    }
    return nn_str_equal(a->word, b->word) || is_short_for(a->folded, b->folded) ||
           is_short_for(b->folded, a->folded);
}

uint32_t nn_given_name_skipped(const nn_name_form *a, const nn_name_form *b)
{
    return a->given_count > 1 && a->given[0].initial && !a->given[1].initial &&
           b->given_count > 0 && !b->given[0].initial && !agree(&a->given[0], &b->given[0]) &&
           agree(&a->given[1], &b->given[0]);
}

bool nn_given_names_agree(const nn_name_form *a, const nn_name_form *b)
{
    uint32_t i = nn_given_name_skipped(a, b);
    uint32_t j = nn_given_name_skipped(b, a);
    for (; i < a->given_count && j < b->given_count; i++, j++) {
        if (!agree(&a->given[i], &b->given[j])) {
            return false;
        }
    }
    return true;
}

bool nn_given_names_equal(const nn_name_form *a, const nn_name_form *b)
{
    bool equal = a->given_count == b->given_count && a->full_count == b->full_count;
    for (uint32_t i = 0; equal && i < a->given_count; i++) {
        equal = a->given[i].initial == b->given[i].initial &&
                nn_str_equal(a->given[i].word, b->given[i].word);
    }
    return equal;
}

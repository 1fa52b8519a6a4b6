/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules share, and those for names with a noun of their kind. */
#include "annotate/names/name_rules.h"

bool nn_name_joined(const nn_words *words, uint32_t i)
{
    uint32_t gap = words->gaps[i];
    uint32_t allowed = NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN;
    if ((gap & ~allowed) == 0) {
        return true;
    }
    if ((gap & ~(allowed | NN_GAP_STOP)) != 0 || i == 0) {
        return false;
    }
    const nn_form *before = nn_words_form(words, i - 1);
    return (before->shape & NN_SHAPE_INITIAL) != 0 ||
           (before->letters <= 5 &&
            (before->classes & (NN_CLASS_TITLE | NN_CLASS_PLACE_PREFIX)) != 0);
}

static bool is_capital(const nn_words *words, uint32_t i)
{
    return (nn_words_form(words, i)->shape & NN_SHAPE_CAPITAL) != 0;
}

uint32_t nn_name_run_end(const nn_words *words, uint32_t i)
{
    uint32_t limit = words->count - i < NN_NAME_WORDS_MAX ? words->count : i + NN_NAME_WORDS_MAX;
    uint32_t end = i + 1;
    while (end < limit && is_capital(words, end) && nn_name_joined(words, end)) {
        end++;
    }
    nn_words_count_work(words, end - i);
    return end;
}

bool nn_name_after_title(const nn_words *words, uint32_t i)
{
    if (i == 0 || !nn_name_joined(words, i)) {
        return false;
    }
    if (nn_words_is(words, i - 1, NN_CLASS_TITLE | NN_CLASS_ROLE)) {
        return true;
    }
    /* Secretary of State X, Minister for Foreign Affairs X */
    for (uint32_t back = 2; back <= 5 && back <= i; back++) {
        uint32_t at = i - back;
        if (!nn_name_joined(words, at + 1)) {
            return false;
        }
        if (nn_words_is(words, at, NN_CLASS_PREPOSITION) && at > 0 && nn_name_joined(words, at) &&
            nn_words_is(words, at - 1, NN_CLASS_TITLE)) {
            return true;
        }
        if (!nn_words_is(words, at, NN_CLASS_COMMON)) {
            return false;
        }
    }
    return false;
}

bool nn_name_capital_is_idle(const nn_words *words, uint32_t i)
{
    const nn_form *form = nn_words_form(words, i);
    if ((form->shape & NN_SHAPE_UPPER) == 0) {
        return false;
    }
    /* a headline: three neighbours of four letters or more in capitals as well */
    uint32_t begin = i < 4 ? 0 : i - 4;
    uint32_t end = i + 5 < words->count ? i + 5 : words->count;
    uint32_t upper = 0;
    for (uint32_t k = begin; k < end; k++) {
        const nn_form *other = nn_words_form(words, k);
        upper += k != i && (other->shape & NN_SHAPE_UPPER) != 0 && other->letters >= 4 ? 1u : 0u;
    }
    return upper >= 3;
}

/** True when the words [i, end) are written so that a gazetteer's name counts. */
static bool is_written(const nn_words *words, uint32_t i, uint32_t end, nn_name name)
{
    bool loose = name.type == NUNCIO_ENTITY_EVENT || name.type == NUNCIO_ENTITY_ORGANISATION;
    for (uint32_t k = i; k < end; k++) {
        const nn_form *form = nn_words_form(words, k);
        if ((name.flags & NN_NAME_UPPER) != 0) {
            if ((form->shape & (NN_SHAPE_UPPER | NN_SHAPE_INITIAL | NN_SHAPE_DOTTED)) == 0 ||
                (form->shape & NN_SHAPE_CAPITAL) == 0) {
                return false;
            }
        } else if ((form->shape & (NN_SHAPE_CAPITAL | NN_SHAPE_DIGIT)) == 0) {
            bool small = (form->classes & (NN_CLASS_PREPOSITION | NN_CLASS_DETERMINER |
                                           NN_CLASS_CONJUNCTION | NN_CLASS_PARTICLE)) != 0;
            if (!small && (k == i || !loose)) {
                return false;
            }
        }
    }
    return true;
}

nn_rule_match nn_rule_gazetteer(const nn_words *words, uint32_t i)
{
    nn_rule_match best = {i, i, 0, 0};
    uint32_t node = nn_words_form(words, i)->node;
    for (uint32_t end = i + 1; node != 0; end++) {
        nn_words_count_work(words, 1);
        nn_name name = nn_lexicon_name(words->lexicon, node);
        if (name.type != NUNCIO_ENTITY_NONE && is_written(words, i, end, name)) {
            best = (nn_rule_match){i, end, name.type, name.flags};
        }
        uint32_t joints = NN_GAP_SPACE | NN_GAP_LINE | NN_GAP_HYPHEN | NN_GAP_POSSESSIVE;
        if (end >= words->count || (words->gaps[end] & ~joints) != 0) {
            break;
        }
        uint32_t lexeme = nn_words_form(words, end)->lexeme;
        node = lexeme == NN_LEXEME_NONE ? 0 : nn_lexicon_step(words->lexicon, node, lexeme);
    }
    return best;
}

/** True for an office that ends a name before it: "of the Council President", but not "of Foreign
 * Affairs". */
static bool is_office(const nn_words *words, uint32_t i)
{
    uint32_t classes = nn_words_form(words, i)->classes;
    return (classes & NN_CLASS_TITLE) != 0 && (classes & NN_CLASS_ROLE) != 0;
}

/** Extends a name over "of the North Atlantic", "for Security and Co-operation in Europe". */
static uint32_t extend_of(const nn_words *words, uint32_t end)
{
    uint32_t limit =
        words->count - end < NN_NAME_WORDS_MAX ? words->count : end + NN_NAME_WORDS_MAX;
    uint32_t done = end;
    uint32_t links = 0;
    while (done < limit && links < 3) {
        uint32_t at = done;
        while (at < limit && at < done + 3 && nn_name_joined(words, at) && !is_capital(words, at) &&
               nn_words_is(words, at,
                           NN_CLASS_PREPOSITION | NN_CLASS_DETERMINER | NN_CLASS_CONJUNCTION)) {
            at++;
        }
        bool linked = at > done && at < limit && is_capital(words, at) && nn_name_joined(words, at);
        const nn_form *first = linked ? nn_words_form(words, done) : NULL;
        bool conjunction = linked && (first->classes & NN_CLASS_CONJUNCTION) != 0;
        bool fits = linked && (nn_words_is(words, done, NN_CLASS_PREPOSITION) || conjunction) &&
                    (links > 0 || !conjunction);
        if (!fits || nn_words_is(words, at, NN_CLASS_TIME) || is_office(words, at) ||
            (conjunction &&
             (nn_words_form(words, at)->node != 0 || !nn_words_is(words, at, NN_CLASS_COMMON)))) {
            break;
        }
        uint32_t run = nn_name_run_end(words, at);
        done = run < limit ? run : limit;
        links++;
    }
    return done;
}

/** True when the word after a head shows that it is one of a kind: Ministry *of*, Bank *of*. */
static bool links_of(const nn_words *words, uint32_t i)
{
    if (i + 1 >= words->count || (words->gaps[i] & ~(uint32_t)(NN_GAP_SPACE | NN_GAP_LINE)) != 0) {
        return false;
    }
    nuncio_str text = nn_words_text(words, i, i + 1);
    bool of = (text.size == 2 && (text.data[0] | 32) == 'o' && (text.data[1] | 32) == 'f') ||
              (text.size == 3 && (text.data[0] | 32) == 'f' && (text.data[1] | 32) == 'o') ||
              (text.size == 2 && (text.data[0] | 32) == 'd' && (text.data[1] | 32) != 'o');
    bool the = of && nn_words_is(words, i + 1, NN_CLASS_DETERMINER);
    return of &&
           (is_capital(words, i + 1) || (the && i + 2 < words->count && is_capital(words, i + 2)));
}

static uint8_t head_type(const nn_form *form)
{
    if ((form->classes & NN_CLASS_EVENT_HEAD) != 0 && (form->classes & NN_CLASS_ORG_HEAD) == 0) {
        return NUNCIO_ENTITY_EVENT;
    }
    if ((form->classes & NN_CLASS_ORG_HEAD) != 0) {
        return NUNCIO_ENTITY_ORGANISATION;
    }
    return (form->classes & NN_CLASS_PLACE_HEAD) != 0 ? NUNCIO_ENTITY_PLACE : NUNCIO_ENTITY_NONE;
}

nn_rule_match nn_rule_head(const nn_words *words, uint32_t i, uint32_t run_end)
{
    nn_rule_match none = {i, i, 0, 0};
    uint32_t head = run_end;
    uint8_t type = NUNCIO_ENTITY_NONE;
    for (uint32_t k = i; k < run_end; k++) {
        const nn_form *form = nn_words_form(words, k);
        if (k > i && (form->classes & (NN_CLASS_TITLE | NN_CLASS_TIME)) != 0 &&
            head_type(form) == 0) {
            if (head < run_end) {
                break;
            }
            continue;
        }
        uint8_t found = head_type(form);
        if (found != NUNCIO_ENTITY_NONE) {
            head = k;
            type = found;
        }
    }
    if (head == run_end) {
        return none;
    }
    if (nn_words_is(words, i, NN_CLASS_TITLE) && i + 1 < run_end &&
        (nn_words_form(words, i + 1)->classes & NN_CLASS_GIVEN) != 0) {
        return none; /* President John Park */
    }
    uint32_t end = head + 1;
    bool linked = links_of(words, end);
    if (linked) {
        end = extend_of(words, end);
    }
    if (head == i && !linked) {
        return none; /* a head alone names nothing: the Council */
    }
    if (type == NUNCIO_ENTITY_PLACE && head == i && end == head + 1) {
        return none;
    }
    return (nn_rule_match){i, end, type, 0};
}

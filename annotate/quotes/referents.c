/* SPDX-License-Identifier: Apache-2.0 */
#include "annotate/quotes/referents.h"

#include "annotate/quotes/clauses.h"
#include "annotate/quotes/cues.h"

#include <string.h>

enum {
    BACK_SPANS = 24,    /* names looked back at for a pronoun */
    ROLE_SPANS = 96,    /* and for a role */
    FAR_PARAGRAPHS = 4, /* where a pronoun may find the only one it fits */
    PRONOUN_HOPS = 2,   /* paragraphs that a pronoun may lead back over */
    PRONOUN_WORDS = 80  /* of a paragraph looked at for it */
};

/** True when a person's mention looks like the subject of its clause: near its start, after no
 * preposition. */
static bool is_subject(const nn_reading *r, const nn_named *span)
{
    const nn_words *words = r->words;
    if (nn_named_is_possessive(words, span)) {
        return false;
    }
    uint32_t begin = nn_role_begin(r->names, words, span->word_begin);
    if (begin > 0 && (words->gaps[begin] & NN_GAP_SENTENCE) == 0 &&
        nn_words_is(words, begin - 1, NN_CLASS_PREPOSITION)) {
        return false;
    }
    if (begin - nn_sentence_begin(words, begin, 8) < 8 &&
        nn_sentence_begin(words, begin, 1) == begin) {
        return true;
    }
    uint32_t after = span->word_end;
    if (after >= words->count) {
        return false;
    }
    uint32_t classes = nn_words_form(words, after)->classes;
    return nn_cue_is_verb(words, after) ||
           (classes & (NN_CLASS_AUXILIARY | NN_CLASS_ADVERB)) != 0 ||
           (begin > 0 && nn_cue_is_verb(words, begin - 1)) ||
           (words->gaps[begin] & NN_GAP_SENTENCE) != 0;
}

static bool gender_fits(const nn_entity *entity, bool male)
{
    if (entity->male == entity->female) {
        return true;
    }
    return male ? entity->male : entity->female;
}

static uint32_t paragraph_of(const nn_words *words, uint32_t word)
{
    size_t low = 0;
    size_t high = words->paragraph_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (words->paragraphs[middle].word_begin <= word) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (uint32_t)low;
}

/** The person of a gender who was last a subject, in the paragraph of a word or the one before,
 * outside marks; else the only one in a few paragraphs, if a subject there. Nobody rather than
 * somebody near. */
static nn_speaker subject_near(const nn_reading *r, uint32_t word, bool male)
{
    const nn_words *words = r->words;
    uint32_t paragraph = paragraph_of(words, word);
    uint32_t low = words->paragraphs[paragraph > 0 ? paragraph - 1 : 0].word_begin;
    size_t index = nn_names_from(r->names, word);
    uint32_t only = NN_ENTITY_NONE;
    bool several = false;
    bool far = false;
    bool acts = false;
    uint32_t farthest =
        words->paragraphs[paragraph > FAR_PARAGRAPHS ? paragraph - FAR_PARAGRAPHS : 0].word_begin;
    for (size_t steps = 0; index > 0 && steps < BACK_SPANS; steps++) {
        nn_words_count_work(r->words, 1);
        const nn_named *span = &r->names->spans[--index];
        if (span->word_begin < low) {
            if (far || only != NN_ENTITY_NONE || span->word_begin < farthest) {
                break;
            }
            far = true; /* nobody near: whoever is alone in the paragraphs before */
            low = farthest;
        }
        bool marked = (r->quotes->covered[span->word_begin] & NN_COVERED_MARKED) != 0;
        if (span->type != NUNCIO_ENTITY_PERSON || span->entity == NN_ENTITY_NONE || marked ||
            !gender_fits(&r->names->entities[span->entity], male)) {
            continue;
        }
        bool subject = is_subject(r, span);
        if (!far && subject) {
            return nn_speaker_person(r, span->entity, 0.75F);
        }
        acts |= subject;
        several |= only != NN_ENTITY_NONE && only != span->entity;
        only = span->entity;
    }
    return only != NN_ENTITY_NONE && !several && (acts || !far) ? nn_speaker_person(r, only, 0.55F)
                                                                : nn_speaker_unknown();
}

/** The first “he” (“she”) of the paragraph before that of a word, outside marks; NONE: there is
 * none.
 */
static uint32_t pronoun_before(const nn_reading *r, uint32_t word, bool male)
{
    const nn_words *words = r->words;
    uint32_t paragraph = paragraph_of(words, word);
    if (paragraph == 0) {
        return NN_WORD_NONE;
    }
    const nn_paragraph *before = &words->paragraphs[paragraph - 1];
    uint32_t end = before->word_end - before->word_begin < PRONOUN_WORDS
                       ? before->word_end
                       : before->word_begin + PRONOUN_WORDS;
    for (uint32_t i = before->word_begin; i < end; i++) {
        nn_words_count_work(words, 1);
        if (nn_words_is(words, i, male ? NN_CLASS_PRONOUN_HE : NN_CLASS_PRONOUN_SHE) &&
            (r->quotes->covered[i] & NN_COVERED_MARKED) == 0) {
            return i;
        }
    }
    return NN_WORD_NONE;
}

nn_speaker nn_referent_of_pronoun(const nn_reading *r, uint32_t word, bool male)
{
    nn_speaker found = subject_near(r, word, male);
    float certainty = 1.0F;
    for (uint32_t hops = 0; hops < PRONOUN_HOPS && found.name.data == NULL; hops++) {
        word = pronoun_before(r, word, male);
        if (word == NN_WORD_NONE) {
            return nn_speaker_unknown();
        }
        certainty *= 0.85F;
        found = subject_near(r, word, male);
    }
    found.certainty *= certainty;
    return found;
}

/** True when German writes word `part` as the end of `whole`: Minister, Außenminister. */
static bool is_compound(const nn_words *words, uint32_t whole, uint32_t part)
{
    enum { PART_BYTES = 5 };
    nuncio_str a = nn_words_text(words, whole, whole + 1);
    nuncio_str b = nn_words_text(words, part, part + 1);
    return words->language == NN_LEXICON_DE && b.size > PART_BYTES && a.size > b.size &&
           memcmp(a.data + a.size - b.size + 1, b.data + 1, b.size - 1) == 0;
}

/** True when each content word of `source` is in the role. */
static bool role_covers(const nn_words *words, nn_word_range source, uint32_t begin, uint32_t end)
{
    uint32_t function = NN_CLASS_DETERMINER | NN_CLASS_PREPOSITION | NN_CLASS_CONJUNCTION;
    uint32_t content = 0;
    for (uint32_t i = source.begin; i < source.end; i++) {
        const nn_form *form = nn_words_form(words, i);
        if ((form->classes & function) != 0 && (form->shape & NN_SHAPE_UPPER) == 0) {
            continue;
        }
        bool found = false;
        for (uint32_t k = begin; k < end && !found; k++) {
            found = nn_words_form(words, k)->fold == form->fold || is_compound(words, k, i);
        }
        if (!found) {
            return false;
        }
        content++;
    }
    return content > 0;
}

static bool has_role(const nn_words *words, const nn_entity *entity, nn_word_range source)
{
    for (uint32_t i = 0; i < entity->role_count; i++) {
        if (role_covers(words, source, entity->roles[i].begin, entity->roles[i].end)) {
            return true;
        }
    }
    return false;
}

nn_speaker nn_referent_of_role(const nn_reading *r, nn_word_range source, bool *several)
{
    const nn_words *words = r->words;
    const nn_form *first = nn_words_form(words, source.begin);
    nuncio_str text = nn_words_text(words, source.begin, source.begin + 1);
    bool indefinite =
        text.size <= 2 && (first->classes & NN_CLASS_DETERMINER) != 0 && (text.data[0] | 32) == 'a';
    bool role = false;
    *several = false;
    for (uint32_t i = source.begin; i < source.end; i++) {
        role |= nn_words_is(words, i, NN_CLASS_ROLE);
    }
    if (indefinite || !role) {
        return nn_speaker_unknown();
    }
    size_t index = nn_names_from(r->names, source.begin);
    uint32_t found = NN_ENTITY_NONE;
    for (size_t steps = 0; index > 0 && steps < ROLE_SPANS; steps++) {
        nn_words_count_work(r->words, 1);
        const nn_named *span = &r->names->spans[--index];
        if (span->entity != NN_ENTITY_NONE && span->entity != found &&
            has_role(words, &r->names->entities[span->entity], source)) {
            *several = found != NN_ENTITY_NONE;
            found = found == NN_ENTITY_NONE ? span->entity : found;
            if (*several) {
                break;
            }
        }
    }
    return found == NN_ENTITY_NONE ? nn_speaker_unknown() : nn_speaker_person(r, found, 0.8F);
}

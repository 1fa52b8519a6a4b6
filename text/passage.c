/* SPDX-License-Identifier: Apache-2.0 */
/* Cuts at the sentence end that costs least: far from the aim costs, a cut in a quote costs more, a
 * paragraph's end is cheap. Each cut looks at no more than 255 tokens ahead, so the whole is
 * linear. */
#include "text/passage.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

enum {
    COST_IN_QUOTE = 60,     /* tokens of distance from the aim that are better than a cut quote */
    GAIN_OF_PARAGRAPH = 15, /* and that a paragraph's end is worth */
    SENTENCES_AHEAD_MAX = 1024 /* sentences without a token must not make a cut look far */
};

typedef struct cutter {
    nn_memory *memory;
    nuncio_str text;
    const nn_token_list *tokens;
    const nn_sentence_list *sentences;
    const nn_span *quotes;
    size_t quote_count;
    size_t quote; /* first quote that does not end before the cuts looked at */
    uint32_t title_tokens;
    nn_passage_list *out;
    nuncio_error *error;
} cutter;

/* A place to cut: a byte, with the first token behind it and the sentence that holds it. */
typedef struct place {
    uint32_t byte, token;
    size_t sentence; /* first sentence that is not wholly before the byte */
} place;

static bool is_in_quote(const cutter *in, size_t quote, uint32_t byte)
{
    while (quote < in->quote_count && in->quotes[quote].start < byte) {
        if (in->quotes[quote].end > byte) {
            return true;
        }
        quote++;
    }
    return false;
}

static uint32_t room_at(const cutter *in, uint32_t token)
{
    return NN_PASSAGE_TOKENS_MAX - (token == 0 ? in->title_tokens : 0);
}

/* First token at or behind `byte`, from `token` on. */
static uint32_t token_at(const cutter *in, uint32_t token, uint32_t byte)
{
    while (token < in->tokens->count && in->tokens->items[token].start < byte) {
        token++;
    }
    return token;
}

static nuncio_status add(cutter *in, const place *from, const place *to)
{
    NN_TRY(nn_reserve(in->memory, &in->out->items, &in->out->capacity, in->out->count + 1,
                      sizeof *in->out->items, in->error));
    in->out->items[in->out->count++] = (nn_passage){from->byte, to->byte, from->token, to->token};
    return NUNCIO_OK;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* The best sentence end behind `from`; false when the first sentence is too long for a passage. */
static bool best_sentence_end(const cutter *in, const place *from, uint32_t aim, place *best)
{
    uint32_t room = room_at(in, from->token), best_cost = UINT32_MAX;
    place at = *from;
    size_t last = from->sentence + SENTENCES_AHEAD_MAX;
    for (; at.sentence < in->sentences->count && at.sentence < last; at.sentence++) {
        at.byte = in->sentences->items[at.sentence].end;
        at.token = token_at(in, at.token, at.byte);
        uint32_t count = at.token - from->token;
        if (count > room) {
            break;
        }
        place behind = {at.byte, at.token, at.sentence + 1};
        bool ends = behind.sentence == in->sentences->count;
        uint32_t cost = 2 * GAIN_OF_PARAGRAPH + distance(count, aim);
        cost += count < NN_PASSAGE_TOKENS_MIN ? 200 : 0;
        cost += is_in_quote(in, in->quote, at.byte) ? COST_IN_QUOTE : 0;
        cost -=
            ends || in->sentences->items[behind.sentence].paragraph_start ? GAIN_OF_PARAGRAPH : 0;
        if (cost <= best_cost) {
            best_cost = cost;
            *best = behind;
        }
        if (count > aim && distance(count, aim) > best_cost) {
            break;
        }
    }
    return best_cost != UINT32_MAX;
}

/* Within a sentence too long for a passage: behind a clause's punctuation near the middle of what
 * fits, else between any two tokens with a gap, else between two. */
static place best_token_gap(const cutter *in, const place *from)
{
    uint32_t room = room_at(in, from->token), sentence_end = from->token;
    uint32_t end_byte = in->sentences->items[from->sentence].end;
    while (sentence_end < in->tokens->count && sentence_end - from->token < 2 * room &&
           in->tokens->items[sentence_end].start < end_byte) {
        sentence_end++;
    }
    uint32_t count = sentence_end - from->token;
    uint32_t aim = count > 2 * NN_PASSAGE_TOKENS_AIM ? NN_PASSAGE_TOKENS_AIM : count / 2;
    aim = aim > room ? room : aim;
    uint32_t best = from->token + aim, best_cost = UINT32_MAX;
    for (uint32_t token = from->token + aim / 2 + 1;
         token - from->token <= room && token < sentence_end; token++) {
        uint32_t gap_start = in->tokens->items[token - 1].end;
        nuncio_str gap =
            nn_str(in->text.data + gap_start, in->tokens->items[token].start - gap_start);
        bool spaced = gap.size > 0 && gap.data[gap.size - 1] == ' ';
        bool clause = spaced && gap.size > 1 && strchr(",;:)", gap.data[0]) != NULL;
        uint32_t cost = distance(token - from->token, aim) + (clause ? 0 : 25) + (spaced ? 0 : 50);
        if (cost < best_cost) {
            best_cost = cost;
            best = token;
        }
    }
    return (place){in->tokens->items[best].start, best, from->sentence};
}

static place next_cut(cutter *in, const place *from, uint32_t aim)
{
    while (in->quote < in->quote_count && in->quotes[in->quote].end <= from->byte) {
        in->quote++;
    }
    place cut;
    if (!best_sentence_end(in, from, aim, &cut)) {
        cut = best_token_gap(in, from);
    }
    return cut;
}

/* A remainder too short to stand alone joins the passage before it, or takes from it. */
static nuncio_status mend_remainder(cutter *in)
{
    nn_passage_list *out = in->out;
    if (out->count < 2) {
        return NUNCIO_OK;
    }
    nn_passage *last = &out->items[out->count - 1], *before = last - 1;
    uint32_t count = last->token_end - last->token_begin;
    uint32_t both = last->token_end - before->token_begin;
    if (count >= NN_PASSAGE_TOKENS_MIN) {
        return NUNCIO_OK;
    }
    if (both <= room_at(in, before->token_begin) && both <= 2 * NN_PASSAGE_TOKENS_AIM) {
        before->end = last->end;
        before->token_end = last->token_end;
        out->count--;
        return NUNCIO_OK;
    }
    /* Cut the two anew, in halves. */
    place from = {before->start, before->token_begin, 0};
    size_t low = 0, high = in->sentences->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (in->sentences->items[middle].end <= from.byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    from.sentence = low;
    in->quote = 0;
    place cut = next_cut(in, &from, both / 2);
    uint32_t rest = last->token_end - cut.token;
    if (cut.token <= before->token_begin || cut.byte >= last->end || rest < count ||
        rest > NN_PASSAGE_TOKENS_MAX) {
        return NUNCIO_OK; /* no better place: the sentences are what they are */
    }
    before->end = last->start = cut.byte;
    before->token_end = last->token_begin = cut.token;
    return NUNCIO_OK;
}

nuncio_status nn_passages_cut(nn_memory *memory, nuncio_str text, const nn_token_list *tokens,
                              const nn_sentence_list *sentences, uint32_t title_tokens,
                              const nn_span *quotes, size_t quote_count, nn_passage_list *out,
                              nuncio_error *error)
{
    cutter in = {memory, text, tokens, sentences, quotes, quote_count, 0, title_tokens, out, error};
    place from = {0, 0, 0}, end = {(uint32_t)text.size, (uint32_t)tokens->count, 0};
    size_t first = out->count;
    while (from.sentence < sentences->count && from.token < tokens->count) {
        place cut = next_cut(&in, &from, NN_PASSAGE_TOKENS_AIM);
        if (cut.token >= tokens->count) {
            cut = end; /* what follows the last word belongs to its passage */
        }
        NN_TRY(add(&in, &from, &cut));
        from = cut;
        if (from.token >= tokens->count) {
            break;
        }
    }
    if (out->count == first) {
        NN_TRY(add(&in, &from, &end));
    }
    return out->count - first > 1 ? mend_remainder(&in) : NUNCIO_OK;
}

void nn_passage_list_deinit(nn_passage_list *list, nn_memory *memory)
{
    nn_release(memory, list->items, list->capacity * sizeof *list->items);
    memset(list, 0, sizeof *list);
}

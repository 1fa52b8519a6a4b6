/* SPDX-License-Identifier: Apache-2.0 */
/* The cuts are those that cost least in sum over the article (after Knuth and Plass 1981, who break
 * paragraphs into lines so): a passage costs the square of its distance from the aim, a cut in a
 * quote or a sentence costs more than any distance it could save.
 *
 *   places    0 ──── 31 ──── 78 ──── 104 ─ 109 ──── 160 ──── 215      tokens before each
 *   cuts      ╰────────────────────────────╯╰─────────────────╯
 *
 * Each place looks back over the places at most 255 tokens before it, and places closer than a few
 * tokens are thinned out, so that the whole is linear. */
#include "text/passage.h"

#include "core/error.h"
#include "core/str.h"

#include <string.h>

enum {
    COST_SHORT = 10000,       /* of a passage below NN_PASSAGE_TOKENS_MIN */
    COST_NO_PARAGRAPH = 400,  /* of a cut within a paragraph: 20 tokens from the aim */
    COST_IN_QUOTE = 6000,     /* of a cut in a quote: 77 tokens from the aim */
    COST_IN_SENTENCE = 15000, /* of a cut in a sentence that is too long for a passage, */
    COST_NO_CLAUSE = 2500,    /* not behind a comma or the like, */
    COST_NO_SPACE = 5000,     /* not even at a space */
    GROUP_TOKENS = 8          /* of a long sentence: the best gap of each group is a place to cut */
};

/* Where a passage may end: before a byte and a token. */
typedef struct place {
    uint32_t byte, token;
    uint32_t cost;     /* of cutting here */
    uint32_t previous; /* index of the cut before, when this is one */
    uint64_t total;    /* cost of the best passages up to here */
} place;

typedef struct cutter {
    nn_memory *memory;
    nuncio_str text;
    const nn_token_list *tokens;
    const nn_span *quotes;
    size_t quote_count;
    size_t quotes_begun; /* quotes that start before the last place looked at */
    uint32_t quotes_end; /* the furthest end of these */
    uint32_t title_tokens;
    place *places;
    size_t count, capacity;
    nuncio_error *error;
} cutter;

/* The first token from `token` on that does not start before a byte. */
static uint32_t token_from(const nn_token_list *tokens, uint32_t token, uint32_t byte)
{
    while (token < tokens->count && tokens->items[token].start < byte) {
        token++;
    }
    return token;
}

/* How many tokens of text a passage that begins with this one can hold. */
static uint32_t room_at(const cutter *in, uint32_t token)
{
    return NN_PASSAGE_TOKENS_MAX - (token == 0 ? in->title_tokens : 0);
}

/* Bytes are asked for in ascending order. */
static bool is_in_quote(cutter *in, uint32_t byte)
{
    while (in->quotes_begun < in->quote_count && in->quotes[in->quotes_begun].start < byte) {
        uint32_t end = in->quotes[in->quotes_begun++].end;
        in->quotes_end = end > in->quotes_end ? end : in->quotes_end;
    }
    return in->quotes_end > byte;
}

static nuncio_status add_place(cutter *in, uint32_t byte, uint32_t token, uint32_t cost)
{
    cost += is_in_quote(in, byte) ? COST_IN_QUOTE : 0;
    if (in->count > 0) {
        place *last = &in->places[in->count - 1];
        if (last->token == token) { /* nothing but signs between the two */
            if (token > 0 && (cost < last->cost || token == in->tokens->count)) {
                last->byte = byte;
                last->cost = cost;
            }
            return NUNCIO_OK;
        }
        if (in->count > 1 && token - last[-1].token <= GROUP_TOKENS &&
            (last->cost >= last[-1].cost || last->cost >= cost)) {
            in->count--;
        }
    }
    NN_TRY(nn_reserve(in->memory, &in->places, &in->capacity, in->count + 1, sizeof *in->places,
                      in->error));
    in->places[in->count++] = (place){byte, token, cost, 0, 0};
    return NUNCIO_OK;
}

/* Where a cut before a token falls best: behind the last white space before it, so that an opening
 * quotation mark stays with its word. */
static uint32_t cut_before(const cutter *in, uint32_t token, uint32_t *cost)
{
    const char *gap = in->text.data + in->tokens->items[token - 1].end;
    const char *start = in->text.data + in->tokens->items[token].start, *p = start;
    *cost = COST_IN_SENTENCE;
    while (p > gap && p[-1] != ' ' && p[-1] != '\n') {
        p--;
    }
    if (p == gap) {
        *cost += COST_NO_SPACE;
        p = start;
    }
    if (p == gap || strchr(",;:)", *gap) == NULL) {
        *cost += COST_NO_CLAUSE;
    }
    return (uint32_t)(p - in->text.data);
}

/* Adds places within a sentence, from token `begin` to `end`, that no passage can hold. */
static nuncio_status add_places_within(cutter *in, uint32_t begin, uint32_t end)
{
    for (uint32_t group = begin + 1; group < end; group += GROUP_TOKENS) {
        uint32_t best = 0, best_byte = 0, best_cost = UINT32_MAX;
        for (uint32_t token = group; token < end && token < group + GROUP_TOKENS; token++) {
            uint32_t cost, byte = cut_before(in, token, &cost);
            if (cost < best_cost) {
                best = token;
                best_byte = byte;
                best_cost = cost;
            }
        }
        NN_TRY(add_place(in, best_byte, best, best_cost));
    }
    return NUNCIO_OK;
}

/* A heading, which belongs to what follows it: no full stop at its end. */
static bool is_heading(const cutter *in, const nn_sentence *sentence)
{
    uint32_t end = sentence->end;
    while (end > sentence->start && strchr(" \n\r\t", in->text.data[end - 1]) != NULL) {
        end--;
    }
    if (end == sentence->start) {
        return false;
    }
    char last = in->text.data[end - 1];
    return (last >= 'a' && last <= 'z') || (last >= 'A' && last <= 'Z') || last == ':';
}

static nuncio_status add_places(cutter *in, const nn_sentence_list *sentences)
{
    uint32_t token = 0, tokens = (uint32_t)in->tokens->count;
    NN_TRY(add_place(in, 0, 0, 0));
    for (size_t i = 0; i < sentences->count && token < tokens; i++) {
        const nn_sentence *sentence = &sentences->items[i];
        uint32_t begin = token;
        token = token_from(in->tokens, token, sentence->end);
        if (token - begin > room_at(in, begin)) {
            NN_TRY(add_places_within(in, begin, token));
        }
        bool last = i + 1 == sentences->count;
        bool paragraph =
            last || (sentences->items[i + 1].paragraph_start && !is_heading(in, sentence));
        NN_TRY(add_place(in, sentence->end, token, paragraph ? 0 : COST_NO_PARAGRAPH));
    }
    return add_place(in, (uint32_t)in->text.size, tokens, 0);
}

static uint64_t cost_of(const cutter *in, const place *from, const place *to)
{
    uint32_t count = to->token - from->token + (from->token == 0 ? in->title_tokens : 0);
    int64_t distance = (int64_t)count - NN_PASSAGE_TOKENS_AIM;
    return (uint64_t)(distance * distance) + (count < NN_PASSAGE_TOKENS_MIN ? COST_SHORT : 0);
}

/* Finds for each place the best cut before it. There is one: no two neighbours are further apart
 * than a passage holds. */
static void choose_cuts(place *places, const cutter *in)
{
    for (uint32_t i = 1; i < in->count; i++) {
        place *to = &places[i];
        to->total = UINT64_MAX;
        for (uint32_t k = i; k-- > 0;) {
            const place *from = &places[k];
            if (to->token - from->token > room_at(in, from->token)) {
                break;
            }
            uint64_t total = from->total + to->cost + cost_of(in, from, to);
            if (total < to->total) {
                to->total = total;
                to->previous = k;
            }
        }
    }
}

/* Appends the passages between the cuts, which are linked from the last to the first. */
static nuncio_status append_passages(const cutter *in, nn_passage_list *out)
{
    size_t cuts = 0;
    for (size_t i = in->count - 1; i > 0; i = in->places[i].previous) {
        cuts++;
    }
    NN_TRY(nn_reserve(in->memory, &out->items, &out->capacity, out->count + cuts + 1,
                      sizeof *out->items, in->error));
    if (cuts == 0) { /* not a word */
        out->items[out->count++] = (nn_passage){0, (uint32_t)in->text.size, 0, 0};
        return NUNCIO_OK;
    }
    out->count += cuts;
    nn_passage *passage = out->items + out->count;
    for (size_t i = in->count - 1; i > 0; i = in->places[i].previous) {
        const place *to = &in->places[i], *from = &in->places[to->previous];
        *--passage = (nn_passage){from->byte, to->byte, from->token, to->token};
    }
    return NUNCIO_OK;
}

nuncio_status nn_passages_cut(nn_memory *memory, nuncio_str text, const nn_token_list *tokens,
                              const nn_sentence_list *sentences, uint32_t title_tokens,
                              const nn_span *quotes, size_t quote_count, nn_passage_list *out,
                              nuncio_error *error)
{
    cutter in = {.memory = memory,
                 .text = text,
                 .tokens = tokens,
                 .quotes = quotes,
                 .quote_count = quote_count,
                 .title_tokens = title_tokens,
                 .error = error};
    nuncio_status status = add_places(&in, sentences);
    if (status == NUNCIO_OK) {
        choose_cuts(in.places, &in);
        status = append_passages(&in, out);
    }
    nn_release(memory, in.places, in.capacity * sizeof *in.places);
    return status;
}

void nn_passage_list_deinit(nn_passage_list *list, nn_memory *memory)
{
    nn_release(memory, list->items, list->capacity * sizeof *list->items);
    memset(list, 0, sizeof *list);
}

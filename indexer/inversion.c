/* SPDX-License-Identifier: Apache-2.0 */
#include "indexer/inversion.h"

#include "core/assert.h"
#include "core/error.h"
#include "core/str.h"
#include "indexer/spelling_sort.h"

#include <string.h>

enum {
    SPELLING_COST = 328 /* of a surface: its row and strings in the analyzer, its row in sorting,
                           the df of its term among quotes */
};

/* Where the occurrences of a surface go. A term is known by the lowest of its surface ids: what is
 * kept by term lies close together for those that came first, which are the frequent ones. */
typedef struct target {
    uint32_t term, form;
} target;

typedef struct work {
    const nn_inversion *inversion;
    nn_segment_writer *writer;
    nn_spelling *spellings; /* sorted */
    target *targets;        /* by surface id; only those seen are set */
    nn_term_token *occurrences;
    uint32_t *ends;                    /* by term: behind its last occurrence */
    uint32_t *quote_dfs, *last_quotes; /* by term: quotes that hold it; 1 + the last of them */
    uint32_t *terms;                   /* in byte order */
    nuncio_str *forms;                 /* of all terms, in order */
    size_t term_count, form_count;
    nuncio_error *error;
} work;

void nn_inversion_init(nn_inversion *inversion, nn_memory *memory)
{
    memset(inversion, 0, sizeof *inversion);
    inversion->memory = memory;
}

void nn_inversion_deinit(nn_inversion *inversion)
{
    nn_memory *memory = inversion->memory;
    nn_release(memory, inversion->tokens, inversion->token_capacity * sizeof *inversion->tokens);
    nn_release(memory, inversion->passages,
               inversion->passage_capacity * sizeof *inversion->passages);
    nn_release(memory, inversion->quotes, inversion->quote_capacity * sizeof *inversion->quotes);
    nn_release(memory, inversion->counts, inversion->count_capacity * sizeof *inversion->counts);
    nn_release(memory, inversion->seen, inversion->seen_capacity * sizeof *inversion->seen);
    nn_inversion_init(inversion, memory);
}

void nn_inversion_clear(nn_inversion *inversion)
{
    for (size_t i = 0; i < inversion->seen_count; i++) {
        inversion->counts[inversion->seen[i]] = 0;
    }
    inversion->seen_count = 0;
    inversion->token_count = 0;
    inversion->passage_count = 0;
    inversion->quote_count = 0;
}

/* Room for more tokens. The largest array of all grows by a quarter, not to twice its size. */
static nuncio_status reserve_tokens(nn_inversion *inversion, size_t more, nuncio_error *error)
{
    size_t needed = inversion->token_count + more, capacity = inversion->token_capacity;
    if (needed <= capacity) {
        return NUNCIO_OK;
    }
    size_t grown = capacity + capacity / 4 + 1024;
    grown = grown < needed ? needed : grown;
    uint32_t *tokens = (uint32_t *)nn_resize(inversion->memory, inversion->tokens,
                                             capacity * sizeof *tokens, grown * sizeof *tokens);
    if (tokens == NULL) {
        return nn_error_memory(error);
    }
    inversion->tokens = tokens;
    inversion->token_capacity = grown;
    return NUNCIO_OK;
}

static nuncio_status reserve_surfaces(nn_inversion *inversion, uint32_t surface_count,
                                      nuncio_error *error)
{
    size_t before = inversion->count_capacity;
    NN_TRY(nn_reserve(inversion->memory, &inversion->counts, &inversion->count_capacity,
                      surface_count, sizeof *inversion->counts, error));
    if (inversion->count_capacity > before) {
        memset(inversion->counts + before, 0,
               (inversion->count_capacity - before) * sizeof *inversion->counts);
    }
    return nn_reserve(inversion->memory, &inversion->seen, &inversion->seen_capacity, surface_count,
                      sizeof *inversion->seen, error);
}

static void take_tokens(nn_inversion *inversion, const nn_token *tokens, size_t count)
{
    uint32_t *to = inversion->tokens + inversion->token_count, *counts = inversion->counts;
    for (size_t i = 0; i < count; i++) {
        uint32_t surface = tokens[i].surface;
        to[i] = surface;
        if (counts[surface]++ == 0) {
            inversion->seen[inversion->seen_count++] = surface;
        }
    }
    inversion->token_count += count;
}

nuncio_status nn_inversion_add(nn_inversion *inversion, uint32_t surface_count,
                               const nn_token *text, size_t text_count, const nn_token *title,
                               size_t title_count, nuncio_error *error)
{
    NN_TRY(reserve_tokens(inversion, text_count + title_count, error));
    NN_TRY(reserve_surfaces(inversion, surface_count, error));
    NN_TRY(nn_reserve(inversion->memory, &inversion->passages, &inversion->passage_capacity,
                      inversion->passage_count + 1, sizeof *inversion->passages, error));
    take_tokens(inversion, text, text_count);
    take_tokens(inversion, title, title_count);
    inversion->passages[inversion->passage_count++] =
        (nn_inversion_passage){(uint8_t)text_count, (uint8_t)title_count};
    return NUNCIO_OK;
}

nuncio_status nn_inversion_add_quotes(nn_inversion *inversion, size_t passages,
                                      const nn_quote_tokens *quotes, size_t count,
                                      nuncio_error *error)
{
    NN_TRY(nn_reserve(inversion->memory, &inversion->quotes, &inversion->quote_capacity,
                      inversion->quote_count + count, sizeof *inversion->quotes, error));
    const nn_inversion_passage *first = &inversion->passages[inversion->passage_count - passages];
    size_t begin = inversion->token_count;
    for (size_t i = 0; i < passages; i++) {
        begin -= (size_t)first[i].text + first[i].title;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t from = quotes[i].first, all = quotes[i].count;
        uint32_t room = from < first->text ? first->text - from : 0; /* of the first passage */
        nn_inversion_quote *to = &inversion->quotes[inversion->quote_count++];
        to->count = all < room ? all : room;
        to->count_behind = all - to->count;
        to->begin = begin + from;
        to->begin_behind = begin + first->title + from + to->count;
    }
    return NUNCIO_OK;
}

uint64_t nn_inversion_cost(const nn_inversion *inversion)
{
    return inversion->token_count * (sizeof *inversion->tokens + sizeof(nn_term_token)) +
           inversion->passage_count * sizeof *inversion->passages +
           inversion->quote_count * sizeof *inversion->quotes +
           inversion->seen_count * (uint64_t)SPELLING_COST;
}

static bool same_term(const nn_spelling *a, const nn_spelling *b)
{
    return a->prefix == b->prefix && nn_str_equal(a->term, b->term);
}

/* Takes the next term: the sorted spellings from `at` up to `end` that are the same. Returns the
 * first of the next one. */
static const nn_spelling *take_term(work *in, const nn_spelling *at, const nn_spelling *end)
{
    const nn_spelling *behind = at;
    uint32_t term = at->id, form = 0, count = 0;
    for (; behind < end && same_term(at, behind); behind++) {
        term = behind->id < term ? behind->id : term;
    }
    for (const nn_spelling *spelling = at; spelling < behind; spelling++) {
        bool first = spelling == at;
        if (first || !nn_str_equal(spelling->form, spelling[-1].form)) {
            form += !first; /* a form may have several surface ids, one a language */
            in->forms[in->form_count++] = spelling->form;
        }
        NN_ASSERT(form >> NN_TERM_TOKEN_FORM_BITS == 0); /* more take over 64 MiB of text */
        in->targets[spelling->id] = (target){term, form};
        count += in->inversion->counts[spelling->id];
    }
    in->terms[in->term_count++] = term;
    in->ends[term] = count;
    return behind;
}

/* Sorts terms and their forms in byte order. */
static void sort_terms(work *in, const nn_analyzer *analyzer, nn_spelling *scratch)
{
    const nn_inversion *inversion = in->inversion;
    size_t count = inversion->seen_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t id = inversion->seen[i];
        in->spellings[i] =
            nn_spelling_of(nn_analyzer_term(analyzer, id), nn_analyzer_surface(analyzer, id), id);
    }
    nn_spellings_sort(in->spellings, scratch, count);
    const nn_spelling *end = in->spellings + count;
    for (const nn_spelling *at = in->spellings; at < end;) {
        at = take_term(in, at, end);
    }
}

/* Counts for each term the quotes that hold it. */
static void count_quotes(work *in)
{
    const nn_inversion *inversion = in->inversion;
    for (size_t i = 0; i < inversion->quote_count; i++) {
        const nn_inversion_quote *quote = &inversion->quotes[i];
        const uint32_t stamp = (uint32_t)i + 1;
        for (uint32_t k = 0; k < quote->count + quote->count_behind; k++) {
            size_t token =
                k < quote->count ? quote->begin + k : quote->begin_behind + (k - quote->count);
            uint32_t term = in->targets[inversion->tokens[token]].term;
            in->quote_dfs[term] += in->last_quotes[term] != stamp;
            in->last_quotes[term] = stamp;
        }
    }
}

/* Puts a passage's tokens in their places. */
static const uint32_t *scatter_passage(work *in, const uint32_t *tokens, size_t count,
                                       nn_term_token place)
{
    for (size_t i = 0; i < count; i++) {
        target to = in->targets[tokens[i]];
        in->occurrences[in->ends[to.term]++] = place | to.form;
        place += nn_term_token_of(0, 1, 0);
    }
    return tokens + count;
}

static void scatter(work *in)
{
    const nn_inversion *inversion = in->inversion;
    uint32_t begin = 0;
    for (size_t i = 0; i < in->term_count; i++) {
        uint32_t *end = &in->ends[in->terms[i]], count = *end;
        *end = begin; /* where the next occurrence goes; in the end, behind the last */
        begin += count;
    }
    const uint32_t *tokens = inversion->tokens;
    for (size_t passage = 0; passage < inversion->passage_count; passage++) {
        const nn_inversion_passage *size = &inversion->passages[passage];
        tokens = scatter_passage(in, tokens, (size_t)size->text + size->title,
                                 nn_term_token_of((uint32_t)passage, 0, 0));
    }
}

static nuncio_status write_terms(work *in)
{
    const nn_spelling *spelling = in->spellings;
    const nuncio_str *forms = in->forms;
    const nn_term_token *occurrences = in->occurrences;
    for (size_t i = 0; i < in->term_count; i++) {
        uint32_t term = in->terms[i];
        nuncio_str text = spelling->term;
        const nn_spelling *next = spelling, *end = in->spellings + in->inversion->seen_count;
        while (next < end && in->targets[next->id].term == term) {
            next++;
        }
        uint32_t form_count = in->targets[next[-1].id].form + 1;
        const nn_term_token *behind = in->occurrences + in->ends[term];
        NN_TRY(nn_segment_writer_term(in->writer, text, forms, form_count, in->error));
        NN_TRY(nn_segment_writer_quotes(in->writer, in->quote_dfs[term], in->error));
        NN_TRY(nn_segment_writer_occurrences(in->writer, occurrences,
                                             (size_t)(behind - occurrences), in->error));
        spelling = next;
        forms += form_count;
        occurrences = behind;
    }
    return NUNCIO_OK;
}

nuncio_status nn_inversion_write(const nn_inversion *inversion, const nn_analyzer *analyzer,
                                 nn_segment_writer *writer, nuncio_error *error)
{
    nn_memory *memory = inversion->memory;
    size_t seen = inversion->seen_count, tokens = inversion->token_count;
    size_t surfaces = nn_analyzer_surface_count(analyzer);
    if (tokens == 0) {
        return NUNCIO_OK;
    }
    work in = {.inversion = inversion, .writer = writer, .error = error};
    nn_spelling *scratch = (nn_spelling *)nn_alloc(memory, seen * sizeof *scratch);
    in.spellings = (nn_spelling *)nn_alloc(memory, seen * sizeof *in.spellings);
    in.targets = (target *)nn_alloc(memory, surfaces * sizeof *in.targets);
    in.forms = (nuncio_str *)nn_alloc(memory, seen * sizeof *in.forms);
    in.ends = (uint32_t *)nn_alloc(memory, surfaces * sizeof *in.ends);
    in.quote_dfs = (uint32_t *)nn_alloc_array(memory, surfaces, sizeof *in.quote_dfs);
    in.last_quotes = (uint32_t *)nn_alloc_array(memory, surfaces, sizeof *in.last_quotes);
    in.terms = (uint32_t *)nn_alloc(memory, seen * sizeof *in.terms);
    nuncio_status status = NUNCIO_OK;
    if (scratch == NULL || in.spellings == NULL || in.targets == NULL || in.forms == NULL ||
        in.ends == NULL || in.quote_dfs == NULL || in.last_quotes == NULL || in.terms == NULL) {
        status = nn_error_memory(error);
    } else {
        sort_terms(&in, analyzer, scratch);
        count_quotes(&in);
    }
    nn_release(memory, scratch, seen * sizeof *scratch);
    if (status == NUNCIO_OK) {
        in.occurrences = (nn_term_token *)nn_alloc(memory, tokens * sizeof *in.occurrences);
        status = in.occurrences == NULL ? nn_error_memory(error) : NUNCIO_OK;
    }
    if (status == NUNCIO_OK) {
        scatter(&in);
        status = write_terms(&in);
    }
    nn_release(memory, in.occurrences, tokens * sizeof *in.occurrences);
    nn_release(memory, in.spellings, seen * sizeof *in.spellings);
    nn_release(memory, in.targets, surfaces * sizeof *in.targets);
    nn_release(memory, in.forms, seen * sizeof *in.forms);
    nn_release(memory, in.ends, surfaces * sizeof *in.ends);
    nn_release(memory, in.quote_dfs, surfaces * sizeof *in.quote_dfs);
    nn_release(memory, in.last_quotes, surfaces * sizeof *in.last_quotes);
    nn_release(memory, in.terms, seen * sizeof *in.terms);
    return status;
}

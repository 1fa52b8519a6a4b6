/* SPDX-License-Identifier: Apache-2.0 */
#include "query/plan/expand.h"

#include "core/str.h"
#include "query/language/lexer.h"
#include "query/limits.h"
#include "query/plan/edit.h"
#include "text/utf8.h"

#include <string.h>

/* Languages whose libstemmer algorithms leave the beginning of a word alone. */
static const char *const endings_only_codes[] = {"und", "ca", "da", "de", "en", "es",
                                                 "eu",  "fi", "fr", "hu", "it", "nl",
                                                 "no",  "pt", "ro", "ru", "sv", "tr"};

static bool changes_endings_only(nn_language language)
{
    nuncio_str code = nn_str_of(nn_language_code(language));
    for (size_t i = 0; i < sizeof endings_only_codes / sizeof *endings_only_codes; i++) {
        if (nn_str_equal(code, nn_str_of(endings_only_codes[i]))) {
            return true;
        }
    }
    return false;
}

/* Code points of `text` to `to` (256 of room). */
static uint32_t decode(nuncio_str text, uint32_t *to)
{
    const char *end = text.data + text.size;
    uint32_t count = 0;
    for (const char *p = text.data; p < end && count < 256;) {
        uint32_t size;
        to[count++] = nn_utf8_decode(p, end, &size);
        p += size;
    }
    return count;
}

nuncio_status nn_expansion_init(nn_expansion *expansion, nn_run *run, nn_expansion_kind kind,
                                nuncio_str text, uint32_t distance)
{
    *expansion =
        (nn_expansion){.kind = kind, .text = text, .distance = distance, .endings_only = true};
    for (uint32_t language = 0; language < nn_language_count(); language++) {
        if ((run->snapshot->languages >> language & 1) != 0 &&
            !changes_endings_only((nn_language)language)) {
            expansion->endings_only = false;
        }
    }
    expansion->letter_count = decode(text, expansion->letters);
    return nn_string_map_create(run->arena->memory, &expansion->found, run->error);
}

void nn_expansion_deinit(nn_expansion *expansion)
{
    nn_string_map_destroy(expansion->found);
}

/* Folds a form of ASCII letters and digits into `to` (256 bytes of room); false for any other. */
static bool fold_plain(nuncio_str form, char *to)
{
    enum { PLAIN_MAX = 128 };
    if (form.size > PLAIN_MAX) {
        return false;
    }
    for (size_t i = 0; i < form.size; i++) {
        char c = form.data[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
            return false;
        }
        to[i] = upper ? (char)(c - 'A' + 'a') : c;
    }
    return true;
}

/* The folded form of a surface form; `plain` is room for the common case. */
static nuncio_status fold(nn_run *run, nuncio_str form, char *plain, nuncio_str *out)
{
    if (fold_plain(form, plain)) {
        *out = nn_str(plain, form.size);
        return NUNCIO_OK;
    }
    nn_token_list *tokens = run->tokens;
    tokens->count = 0;
    NN_TRY(nn_analyzer_tokenize(run->analyzer, NN_LANGUAGE_NONE, form, tokens, run->error));
    *out = nn_str(plain, 0);
    if (tokens->count > 0) {
        *out = nn_analyzer_folded(run->analyzer, tokens->items[0].surface);
    }
    return NUNCIO_OK;
}

static nuncio_status form_matches(nn_expansion *expansion, nn_run *run, nuncio_str form,
                                  bool *matches)
{
    char plain[256];
    nuncio_str folded;
    NN_TRY(fold(run, form, plain, &folded));
    if (expansion->kind == NN_EXPAND_PREFIX) {
        *matches = nn_str_starts_with(folded, expansion->text);
        return NUNCIO_OK;
    }
    if (expansion->kind == NN_EXPAND_SAME) {
        *matches = nn_str_equal(folded, expansion->text);
        return NUNCIO_OK;
    }
    enum { LETTER_BYTES_MAX = 4 }; /* a code point has at most so many */
    *matches = false;
    if (folded.size <= ((size_t)expansion->letter_count + expansion->distance) * LETTER_BYTES_MAX) {
        uint32_t count = decode(folded, expansion->other);
        *matches = nn_edit_within(expansion->letters, expansion->letter_count, expansion->other,
                                  count, expansion->distance);
    }
    return NUNCIO_OK;
}

/* Counts a form towards the limit. */
static nuncio_status book(nn_expansion *expansion, nn_run *run, nuncio_str form)
{
    uint32_t number;
    NN_TRY(nn_string_map_add(expansion->found, form, &number, NULL, run->error));
    if (number < NN_QUERY_FORMS_MAX) {
        return NUNCIO_OK;
    }
    return nn_error_set(
        run->error, NUNCIO_ERR_LIMIT, "%.*s stands for more than %d words: write more of it",
        nn_query_excerpt(expansion->text), expansion->text.data, NN_QUERY_FORMS_MAX);
}

/* Lists found in one segment, growing. */
typedef struct nn_found_lists {
    nn_slot_part part;
    uint32_t capacity;
} nn_found_lists;

static nn_slot_list *add_list(nn_run *run, nn_found_lists *found, const nn_term_info *info)
{
    nn_slot_part *part = &found->part;
    if (part->count == found->capacity) {
        uint32_t capacity = found->capacity == 0 ? 8 : found->capacity * 2;
        nn_slot_list *lists = nn_arena_alloc(run->arena, capacity * sizeof *lists);
        if (lists == NULL) {
            return NULL;
        }
        if (part->count > 0) {
            memcpy(lists, part->lists, part->count * sizeof *lists);
        }
        part->lists = lists;
        found->capacity = capacity;
    }
    nn_slot_list *list = &part->lists[part->count++];
    *list = (nn_slot_list){.info = *info};
    return list;
}

static void set_bit(uint64_t *bits, uint32_t bit)
{
    bits[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* Looks at the forms of one term. */
static nuncio_status look_at_term(nn_expansion *expansion, nn_run *run, const nn_segment *segment,
                                  const nn_term_info *info, nn_found_lists *found)
{
    nuncio_str *forms;
    uint32_t count;
    NN_TRY(nn_segment_forms(segment, info, run->part_arena, &forms, &count, run->error));
    nn_slot_list *list = NULL;
    uint64_t *bits = NULL;
    uint32_t matched = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool matches;
        NN_TRY(form_matches(expansion, run, forms[i], &matches));
        if (!matches) {
            continue;
        }
        NN_TRY(book(expansion, run, forms[i]));
        if (list == NULL) {
            list = add_list(run, found, info);
            bits = nn_arena_array(run->arena, (count + 63) / 64, sizeof *bits);
            if (list == NULL || bits == NULL) {
                return nn_error_memory(run->error);
            }
        }
        set_bit(bits, i);
        matched++;
    }
    if (list != NULL && matched < count) {
        list->forms = bits;
        list->form_count = count;
    }
    return NUNCIO_OK;
}

nuncio_status nn_expansion_find(nn_expansion *expansion, nn_run *run, size_t part,
                                nn_slot_part *out)
{
    enum { TERMS_BETWEEN_RESETS = 256 };
    const nn_segment *segment = run->snapshot->parts[part].segment;
    nuncio_str first = nn_str("", 0);
    if (expansion->endings_only && expansion->kind != NN_EXPAND_FUZZY) {
        nuncio_str text = expansion->text;
        uint32_t size;
        (void)nn_utf8_decode(text.data, text.data + text.size, &size);
        first = nn_str(text.data, size);
    }
    nn_found_lists found = {0};
    nn_term_cursor cursor;
    NN_TRY(nn_term_cursor_seek(&cursor, segment, first, run->error));
    for (uint32_t i = 0; cursor.valid; i++) {
        if (!nn_str_starts_with(nn_str(cursor.term, cursor.term_size), first)) {
            break;
        }
        if (i % TERMS_BETWEEN_RESETS == 0) {
            nn_arena_reset(run->part_arena);
        }
        NN_TRY(nn_run_step(run));
        NN_TRY(look_at_term(expansion, run, segment, &cursor.info, &found));
        NN_TRY(nn_term_cursor_next(&cursor, run->error));
    }
    *out = found.part;
    return NUNCIO_OK;
}

nuncio_status nn_expand_exact(nn_run *run, size_t part, nn_slot_part *lists, nuncio_str surface)
{
    const nn_segment *segment = run->snapshot->parts[part].segment;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < lists->count; i++) {
        nn_slot_list list = lists->lists[i];
        nuncio_str *forms;
        nn_arena_reset(run->part_arena);
        NN_TRY(nn_segment_forms(segment, &list.info, run->part_arena, &forms, &list.form_count,
                                run->error));
        uint64_t *bits = nn_arena_array(run->arena, (list.form_count + 63) / 64, sizeof *bits);
        if (bits == NULL) {
            return nn_error_memory(run->error);
        }
        bool found = false;
        for (uint32_t form = 0; form < list.form_count && !found; form++) {
            if (nn_str_equal(forms[form], surface)) { /* forms differ from one another */
                set_bit(bits, form);
                found = true;
            }
        }
        if (found) {
            list.forms = list.form_count > 1 ? bits : NULL;
            lists->lists[kept++] = list;
        }
    }
    lists->count = kept;
    return NUNCIO_OK;
}

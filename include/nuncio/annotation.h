/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes and who said them; people, places and organisations named. */
#ifndef NUNCIO_ANNOTATION_H
#define NUNCIO_ANNOTATION_H

#include <nuncio/allocator.h>
#include <nuncio/article.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum nuncio_entity_type {
    NUNCIO_ENTITY_NONE = 0,
    NUNCIO_ENTITY_PERSON = 1,
    NUNCIO_ENTITY_PLACE = 2,
    NUNCIO_ENTITY_ORGANISATION = 3,
    NUNCIO_ENTITY_EVENT = 4, /* events and agreements */
    NUNCIO_ENTITY_NATIONALITY = 5
} nuncio_entity_type;

/** "person", "place", "organisation", "event", "nationality", or "" for NONE; static storage. */
NUNCIO_API const char *nuncio_entity_type_name(nuncio_entity_type type);

/** A named span. Offsets are bytes from the start of the text that the returning call names. */
typedef struct nuncio_mention {
    uint32_t start, end; /* end is exclusive */
    nuncio_entity_type type;
    nuncio_str name; /* fullest form of the name in the article; never absent */
    bool matched;    /* in hits: overlaps what the query matched */
} nuncio_mention;

typedef enum nuncio_reference_kind {
    NUNCIO_REFERENCE_TITLE = 1,  /* "the US Secretary of State" */
    NUNCIO_REFERENCE_PRONOUN = 2 /* "he", "she" */
} nuncio_reference_kind;

/** "title" or "pronoun"; static storage. */
NUNCIO_API const char *nuncio_reference_kind_name(nuncio_reference_kind kind);

/** Words that stand for somebody whom the article names elsewhere. What the text does not say
 * plainly is left out. */
typedef struct nuncio_reference {
    uint32_t start, end; /* bytes, end exclusive; may hold a mention: the *US* Secretary of State */
    nuncio_reference_kind kind;
    nuncio_entity_type type; /* PERSON */
    nuncio_str name;         /* as in the mentions of whoever is meant; never absent */
} nuncio_reference;

enum {
    NUNCIO_QUOTE_DIRECT = 1,           /* words in marks; else reported speech */
    NUNCIO_QUOTE_REPAIRED = 2,         /* a mark was missing or wrong */
    NUNCIO_QUOTE_CONTINUES_BEFORE = 4, /* in hits: the quote began before this passage */
    NUNCIO_QUOTE_CONTINUES_AFTER = 8,  /* in hits: and goes on after it */
    NUNCIO_QUOTE_MATCHED = 16,         /* in hits: overlaps what the query matched */
    NUNCIO_QUOTE_STANCE = 32           /* no speech, but what somebody is told to hold, want or do
                                          with words: supports *the plan* */
};

/** A span of speech. `start`…`end` are the words without the outer marks. */
typedef struct nuncio_quote {
    uint32_t start, end;                 /* bytes, end exclusive */
    uint32_t speaker_start, speaker_end; /* the words that say who, “he” as well; equal: none */
    uint32_t cue_start, cue_end;         /* the word that makes it speech ("said"); equal: none */
    uint32_t flags;                      /* NUNCIO_QUOTE_… */
    float confidence;                    /* 0 … 1, of the attribution and the span together */
    nuncio_entity_type speaker_type;     /* PERSON …, or NONE for a description */
    nuncio_str speaker; /* name or description ("a US official"); absent: unknown */
    nuncio_str cue;     /* the cue's words; absent: none */
} nuncio_quote;

/** Everything found in one text; read-only arrays in order of `start`. */
typedef struct nuncio_annotations {
    const nuncio_quote *quotes;
    size_t quote_count;
    const nuncio_mention *mentions;
    size_t mention_count;
} nuncio_annotations;

/** Finds quotes and names; holds the model and caches. One thread at a time. */
typedef struct nuncio_annotator nuncio_annotator;

/** Makes an annotator. @param[in] allocator NULL for the C library's. Release with _destroy. */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_annotator_create(const nuncio_allocator *allocator,
                                                                  nuncio_annotator **out,
                                                                  nuncio_error *error);
NUNCIO_API void nuncio_annotator_destroy(nuncio_annotator *annotator);

/** Whether stances are found too (NUNCIO_QUOTE_STANCE); they are not unless this asks for them. */
NUNCIO_API void nuncio_annotator_find_stances(nuncio_annotator *annotator, bool wanted);

/**
 * Finds names by the model in the file at `path` from now on, instead of the one that the library
 * brings along. The file is read at once and not needed afterwards. After a failure everything is
 * as it was.
 *
 * @retval NUNCIO_ERR_MODEL no such file, no names model, damaged, or of another version
 * @retval NUNCIO_ERR_LIMIT larger than a model may be (64 MiB)
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_annotator_use_model(nuncio_annotator *annotator,
                                                                     const char *path,
                                                                     nuncio_error *error);

/**
 * Annotates one article, of which title, language and text count. Offsets count from the start of
 * `article->text`.
 *
 * Ownership: `*out` lives with the annotator until its next call.
 * Cost: linear in the text.
 * @retval NUNCIO_ERR_INPUT the text is not UTF-8
 * @retval NUNCIO_ERR_LIMIT the text is larger than 64 MiB
 */
NUNCIO_NODISCARD NUNCIO_API nuncio_status nuncio_annotator_run(nuncio_annotator *annotator,
                                                               const nuncio_article *article,
                                                               nuncio_annotations *out,
                                                               nuncio_error *error);

/**
 * The references of the article annotated last, in order of start and without overlaps; an index
 * keeps none. Ownership and life as those of `*out` of nuncio_annotator_run.
 */
NUNCIO_API const nuncio_reference *nuncio_annotator_references(const nuncio_annotator *annotator,
                                                               size_t *count);

#ifdef __cplusplus
}
#endif
#endif

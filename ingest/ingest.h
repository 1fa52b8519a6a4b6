/* SPDX-License-Identifier: Apache-2.0 */
/* Files and feeds -> articles, one by one, with every problem named; memory stays bounded whatever
 * the files hold.
 *
 *   nn_ingest_open(paths, …) → nn_ingest_next until NN_INGEST_END → nn_ingest_close
 *
 * A path is a file, a directory (read recursively, in byte order of names) or "-", the standard
 * input. What a file holds is told by its name below a directory, else by its first bytes:
 *
 *   .jsonl .ndjson   JSON Lines: an article a line
 *   .json            one object, an array of objects, or objects one after another
 *   .txt             plain text: the first line is the title; x.json beside x.txt may hold
 *                    its id, date, source, url and lang
 *
 * each also behind .gz or .zst; compression itself is told by the first bytes. */
#ifndef INGEST_INGEST_H
#define INGEST_INGEST_H

#include <nuncio/allocator.h>
#include <nuncio/article.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    /* limit files: a text | `too-large`: the article is left out */
    NN_INGEST_TEXT_MAX = 64 << 20, /* bytes of one article's text */
    /* limit files: a line of JSON, escapes included | `too-long`: the article is left out */
    NN_INGEST_RECORD_MAX = 128 << 20, /* bytes of one line of JSON (escapes included) */
    /* limit files: an id | `bad-id`: the article is left out */
    NN_INGEST_ID_MAX = 1024, /* bytes of an id */
    /* limit files: bytes read on behind the last article of a file | `gave-up`: the rest of the
       file is left out */
    NN_INGEST_GAP_MAX = 1 << 30, /* bytes read on after the last article of a file */
    /* limit files: records in a row that are no articles | `gave-up` */
    NN_INGEST_BAD_RUN_MAX = 10000 /* records in a row that are no articles */
};

/** What is wrong. Each has a name for people and programs: nn_problem_kind_name(). */
typedef enum nn_problem_kind {
    /* A file, or the rest of it, is not read. */
    NN_PROBLEM_NOT_FOUND,   /* there is no such path */
    NN_PROBLEM_UNREADABLE,  /* the operating system refuses, or fails while reading */
    NN_PROBLEM_FORMAT,      /* a format that is not read: PDF, zip, bzip2, UTF-16, binary … */
    NN_PROBLEM_DAMAGED,     /* compressed data that ends too early or is broken */
    NN_PROBLEM_GAVE_UP,     /* too much in a row that is no article */
    NN_PROBLEM_EMPTY_FILE,  /* no bytes, or nothing but white space */
    NN_PROBLEM_NO_ARTICLES, /* a directory without a file that is read */
    /* One article is left out. */
    NN_PROBLEM_TOO_LONG,   /* a line over NN_INGEST_RECORD_MAX */
    NN_PROBLEM_TOO_LARGE,  /* a text over NN_INGEST_TEXT_MAX */
    NN_PROBLEM_NOT_JSON,   /* cannot be read as JSON */
    NN_PROBLEM_NOT_OBJECT, /* JSON, but an array, a number … where an article was expected */
    NN_PROBLEM_NO_ID,      /* `id` is missing */
    NN_PROBLEM_BAD_ID,     /* `id` is empty, too long, of a wrong type, or holds a NUL */
    NN_PROBLEM_NO_TEXT,    /* `text` is missing or blank */
    NN_PROBLEM_BAD_TEXT,   /* `text` is not a string */
    NN_PROBLEM_REFUSED,    /* by what the run is for; nn_ingest_next never says so itself */
    /* The article is taken; something of it is not as written. */
    NN_PROBLEM_BAD_DATE,     /* not a date: the article has none */
    NN_PROBLEM_BAD_FIELD,    /* a title, source … that is not a string: left out */
    NN_PROBLEM_REPAIRED,     /* bytes or escapes that are no characters: replaced by U+FFFD */
    NN_PROBLEM_DUPLICATE_ID, /* an earlier article of this run has the id: the later one counts */
    NN_PROBLEM_BAD_SIDECAR,  /* the .json beside a text cannot be read: not used */
    NN_PROBLEM_LONG_TITLE,   /* a first line too long for a title: taken as text */
    NN_PROBLEM_KINDS         /* how many there are */
} nn_problem_kind;

typedef enum nn_problem_effect {
    NN_EFFECT_KEPT,         /* the article was taken */
    NN_EFFECT_ARTICLE_LOST, /* one article was left out */
    NN_EFFECT_FILE_LOST     /* a file, or the rest of it, was not read */
} nn_problem_effect;

/** A short name such as "no-id"; static storage. */
const char *nn_problem_kind_name(nn_problem_kind kind);
nn_problem_effect nn_problem_kind_effect(nn_problem_kind kind);

/** One finding; views live until the next call of nn_ingest_next. */
typedef struct nn_problem {
    nn_problem_kind kind;
    const char *file;  /* path as given or found, "-" for the standard input */
    uint64_t line;     /* from 1, where the article begins; 0: the file as a whole */
    nuncio_str id;     /* of the article; absent when unknown */
    char message[400]; /* one sentence: what is wrong, what was done or can be done */
} nn_problem;

typedef enum nn_id_from {
    NN_ID_GIVEN = 0, /* an article without an id is left out */
    NN_ID_FROM_URL,  /* … gets its url as id */
    NN_ID_FROM_HASH  /* … gets a hash of its fields, 32 hexadecimal digits */
} nn_id_from;

typedef struct nn_ingest_options {
    nuncio_str id_prefix; /* before the path in ids of plain texts; may be absent */
    nn_id_from id_from;   /* for JSON articles without an id */
    nuncio_str source;    /* for articles without one; may be absent */
    nuncio_date date;     /* for articles without one; may be NONE */
    /** Asked when a read is interrupted and between articles; true ends the run. May be NULL. */
    bool (*stop)(void *context);
    void *stop_context;
} nn_ingest_options;

/** A run over some paths. One thread at a time. */
typedef struct nn_ingest nn_ingest;

/**
 * Begins a run. Nothing is opened yet: what is wrong with a path is a problem of the run.
 *
 * @param[in] paths     live as long as the run
 * @param[in] options   NULL for none; its views live as long as the run
 * @param[in] allocator NULL for the C library's. The decoders of zlib, zstd and simdjson take
 *                      theirs from the C library, in amounts bounded by the record limit
 */
NUNCIO_NODISCARD nuncio_status nn_ingest_open(const char *const *paths, size_t path_count,
                                              const nn_ingest_options *options,
                                              const nuncio_allocator *allocator, nn_ingest **out,
                                              nuncio_error *error);

/** Begins a run over bytes in memory, as if they were the standard input (to read what is not a
 * file, and to test). `bytes` live as long as the run. */
NUNCIO_NODISCARD nuncio_status nn_ingest_open_memory(nuncio_str bytes,
                                                     const nn_ingest_options *options,
                                                     const nuncio_allocator *allocator,
                                                     nn_ingest **out, nuncio_error *error);
void nn_ingest_close(nn_ingest *ingest); /* NULL is allowed */

typedef enum nn_ingest_event {
    NN_INGEST_END,
    NN_INGEST_ARTICLE,
    NN_INGEST_PROBLEM
} nn_ingest_event;

/** What the run has met; views live until the next call. */
typedef struct nn_ingest_item {
    nn_ingest_event event;
    nuncio_article article;    /* of ARTICLE: valid UTF-8 without NUL, id and text within limits */
    const char *file;          /* of ARTICLE: where it came from */
    uint64_t line;             /* of ARTICLE: 0 for a plain text */
    const nn_problem *problem; /* of PROBLEM */
} nn_ingest_item;

/**
 * The next article or problem, in the order of the files. Problems of an article come before it.
 * Whatever a file holds is a problem, never a failure.
 *
 * @retval NUNCIO_ERR_MEMORY    the allocator refused
 * @retval NUNCIO_ERR_CANCELLED `stop` said so
 */
NUNCIO_NODISCARD nuncio_status nn_ingest_next(nn_ingest *ingest, nn_ingest_item *out,
                                              nuncio_error *error);

/** How far the run is. Bytes are those of the files as they are, compressed or not. */
typedef struct nn_ingest_progress {
    uint64_t bytes_read;
    uint64_t files; /* begun so far */
} nn_ingest_progress;

nn_ingest_progress nn_ingest_progress_of(const nn_ingest *ingest);

/** Sum of the sizes of all files that a run over `paths` will read; 0 when one of them is a stream
 * without a known size. Cost: a walk over the directories. */
uint64_t nn_ingest_total_bytes(const char *const *paths, size_t path_count);

#ifdef __cplusplus
}
#endif
#endif

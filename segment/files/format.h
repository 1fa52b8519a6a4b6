/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of docs/format.md: what files begin with, which regions a segment has, where its
 * limits are.
 *
 *   segment file   [magic:8][version:4][zero:4] region* [page checksums] [footer]
 *
 * A change of meaning of any byte raises nuncio_format_version(). */
#ifndef SEGMENT_FORMAT_H
#define SEGMENT_FORMAT_H

#include "core/assert.h"

#include <stdint.h>

#define NN_MAGIC_SEGMENT "nuncioSG"
#define NN_MAGIC_SEGMENT_END "nuncioSE"
#define NN_MAGIC_DELETES "nuncioDL"
#define NN_MAGIC_MANIFEST "nuncioMF"

enum {
    NN_MAGIC_SIZE = 8,
    NN_HEADER_SIZE = 16,      /* magic, version, zero */
    NN_PAGE_SIZE = 4096,      /* bytes that share a checksum */
    NN_CHECKSUM_SIZE = 4,     /* of a page */
    NN_REGION_ALIGN = 8,      /* regions start at multiples of this */
    NN_REGION_ENTRY_SIZE = 16 /* offset, size in the footer */
};

/** The regions of a segment in the order of the footer's table. "Sequence" is sequence.h. */
typedef enum nn_region_kind {
    NN_REGION_META,           /* counts of the whole segment (meta.h) */
    NN_REGION_STORE,          /* compressed texts and annotations, in order of storage */
    NN_REGION_LISTS,          /* a list a term: postings, positions, surface forms */
    NN_REGION_TERMS,          /* dictionary: front-coded blocks of terms */
    NN_REGION_TERM_BLOCKS,    /* sequence: start of each block in TERMS */
    NN_REGION_TERM_HASH,      /* term -> block, for exact lookup */
    NN_REGION_LENGTHS,        /* tokens of a passage, a byte each */
    NN_REGION_STARTS,         /* bits: this passage is the first of its article; with ranks */
    NN_REGION_FIRST_PASSAGES, /* sequence by article, and the passage count behind */
    NN_REGION_TEXT_STARTS,    /* sequence by passage: bytes of raw text before it; and the total */
    NN_REGION_STORE_ITEMS, /* sequence: start of each text and annotation blob in STORE; and the end
                            */
    NN_REGION_TEXT_RUNS,   /* which zstd dictionary serves which passages */
    NN_REGION_TEXT_DICTIONARIES,   /* the dictionaries themselves */
    NN_REGION_RECORDS,             /* id, title, url, lang of each article */
    NN_REGION_RECORD_STARTS,       /* sequence by article, and the end */
    NN_REGION_HASHES,              /* 16 bytes an article */
    NN_REGION_RANKS,               /* sequence by article: place of its id in byte order */
    NN_REGION_BY_RANK,             /* sequence by rank: article */
    NN_REGION_DATES,               /* sequence by article */
    NN_REGION_SOURCES,             /* sequence by article: number of its source, 0: absent */
    NN_REGION_LANGUAGES,           /* sequence by article */
    NN_REGION_TITLE_LENGTHS,       /* sequence by article */
    NN_REGION_SOURCE_STRINGS,      /* sequence by source: its number in STRINGS */
    NN_REGION_STRINGS,             /* names, then cues and sources: each distinct one once */
    NN_REGION_STRING_STARTS,       /* sequence by string, and the end */
    NN_REGION_FIRST_QUOTES,        /* sequence by article: quotes before it; and the count */
    NN_REGION_QUOTES,              /* a record by article (quote_record.h) */
    NN_REGION_QUOTE_STARTS,        /* sequence by article: start of its record; and the end */
    NN_REGION_QUOTE_CODES,         /* by what the numbers of records are coded */
    NN_REGION_ARTICLE_NAMES,       /* names of each article (names.h) */
    NN_REGION_ARTICLE_NAME_STARTS, /* sequence by article, and the end */
    NN_REGION_NAME_TYPES,          /* sequence by name */
    NN_REGION_NAME_COUNTS,         /* sequence by name: articles that hold it */
    NN_REGION_NAME_FIRSTS,         /* sequence by name: the first of them */
    NN_REGION_NAME_LISTS,          /* the others */
    NN_REGION_NAME_LIST_STARTS,    /* sequence by name, and the end */
    NN_REGION_NAME_WORDS,          /* words of names, with the names (name_words.h) */
    NN_REGION_NAME_WORD_BLOCKS,    /* sequence by block of words, and the end */
    NN_REGION_COUNT
} nn_region_kind;

enum {
    NN_FOOTER_FIXED_SIZE = 48, /* what follows the region table in the footer */
    NN_FOOTER_SIZE = NN_REGION_COUNT * NN_REGION_ENTRY_SIZE + NN_FOOTER_FIXED_SIZE,

    NN_TERM_SIZE_MAX = 255,    /* bytes of a term */
    NN_DICTIONARY_BLOCK = 16,  /* terms a block */
    NN_INLINE_LIST_MAX = 16,   /* longest list that lies in the dictionary itself, bytes */
    NN_HASH_PROBES_MAX = 4096, /* longest search in the hash, slots */
    NN_POSITIONS_MAX = 255,    /* tokens of a passage, so positions of a posting */
    NN_SKIP_GROUP = 32,        /* blocks a skip group */
    NN_SKIP_GROUP_SIZE = 28,   /* bytes of a group's header */
    NN_BLOCK_BOUNDS = 3,       /* pairs that the writer keeps of a block */
    NN_BOUNDS_MAX = 4,         /* (tf, length) pairs of a block or list */
    NN_FORM_LEVELS_MAX = 12,   /* surface forms with a run code; the rest has fixed width */
    NN_FORM_RUN_MAX = 12,      /* widest run code: 2^12 tokens */
    /* limit index: text of a passage | more in a file is damage: NUNCIO_ERR_CORRUPT */
    NN_PASSAGE_TEXT_MAX = 1 << 27, /* bytes of one passage, gap included */
    /* limit index: quotes that a word may lie in | further ones are left out; more in a file is
       damage */
    NN_QUOTE_DEPTH_MAX = 16 /* quotes that a token may lie in */
};

NN_STATIC_ASSERT(NN_PAGE_SIZE % NN_REGION_ALIGN == 0, "a page holds whole units");

#endif

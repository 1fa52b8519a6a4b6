/* SPDX-License-Identifier: Apache-2.0 */
/* One block of raw bytes is held; its first bytes choose the decoder. A decoder takes from the
 * block, writes to the caller's room, and says whether it stands between two members (gzip) or
 * frames (zstd), the only places where the source may end. */
#include "ingest/stream.h"

#include "core/error.h"

#include <errno.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

enum {
    BLOCK = 256 << 10,
    WINDOW_LOG = 27 /* what zstd itself writes without --ultra --long */,
    MAGIC_SIZE = 10 /* bytes of the longest magic number */
};

typedef enum encoding { UNKNOWN, PLAIN, GZIP, ZSTD } encoding;

struct nn_stream {
    nn_memory *memory;
    nn_source source;
    encoding encoding;
    bool between; /* compressed data may end here */
    bool source_ended;
    nuncio_status status; /* sticky */
    nuncio_error error;
    uint64_t consumed;
    z_stream gzip;
    ZSTD_DStream *zstd;
    size_t begin, end; /* raw bytes at hand, in block */
    uint8_t block[BLOCK];
};

nuncio_status nn_stream_open(nn_memory *memory, nn_source source, nn_stream **out,
                             nuncio_error *error)
{
    *out = NULL;
    nn_stream *stream = nn_alloc(memory, sizeof *stream);
    if (stream == NULL) {
        return nn_error_memory(error);
    }
    memset(stream, 0, offsetof(nn_stream, block));
    stream->memory = memory;
    stream->source = source;
    *out = stream;
    return NUNCIO_OK;
}

void nn_stream_close(nn_stream *stream)
{
    if (stream == NULL) {
        return;
    }
    if (stream->encoding == GZIP) {
        (void)inflateEnd(&stream->gzip);
    }
    (void)ZSTD_freeDStream(stream->zstd);
    nn_release(stream->memory, stream, sizeof *stream);
}

uint64_t nn_stream_consumed(const nn_stream *stream)
{
    return stream->consumed;
}

/** Takes up to `size` bytes from the source. */
static nuncio_status pull(nn_stream *stream, void *to, size_t size, size_t *done)
{
    int code = stream->source.read(stream->source.context, to, size, done);
    if (code == ECANCELED) {
        return nn_error_set(&stream->error, NUNCIO_ERR_CANCELLED, "stopped");
    }
    if (code != 0) {
        return nn_error_set(&stream->error, NUNCIO_ERR_IO, "%s", strerror(code));
    }
    stream->consumed += *done;
    stream->source_ended = *done == 0;
    return NUNCIO_OK;
}

static nuncio_status refill(nn_stream *stream)
{
    size_t done = 0;
    NN_TRY(pull(stream, stream->block, BLOCK, &done));
    stream->begin = 0;
    stream->end = done;
    return NUNCIO_OK;
}

/** What is at the head of files that people give by mistake; '?' stands for any byte. */
static const char *foreign_format(const uint8_t *head, size_t size)
{
    static const struct {
        const char *magic;
        size_t size;
        const char *name;
    } table[] = {
        {"BZh?1AY&SY", 10, "compressed by bzip2"},
        {"\xFD"
         "7zXZ",
         5, "compressed by xz"},
        {"\x04\x22\x4D\x18", 4, "compressed by lz4"},
        {"\x1F\x9D", 2, "compressed by compress"},
        {"7z\xBC\xAF", 4, "a 7-Zip archive"},
        {"PK\x03\x04", 4, "a zip archive or office document"},
        {"%PDF-", 5, "a PDF document"},
        {"\xD0\xCF\x11\xE0", 4, "an office document"},
        {"{\\rtf", 5, "an RTF document"},
        {"\xFF\xFE", 2, "text in UTF-16"},
        {"\xFE\xFF", 2, "text in UTF-16"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        size_t same = 0;
        while (same < table[i].size && same < size &&
               (table[i].magic[same] == '?' || head[same] == (uint8_t)table[i].magic[same])) {
            same++;
        }
        if (same == table[i].size) {
            return table[i].name;
        }
    }
    return NULL;
}

/** Fills the block far enough for the longest magic number, then chooses the decoder. */
static nuncio_status choose(nn_stream *stream)
{
    while (stream->end < MAGIC_SIZE && !stream->source_ended) {
        size_t done = 0;
        NN_TRY(pull(stream, stream->block + stream->end, BLOCK - stream->end, &done));
        stream->end += done;
    }
    const uint8_t *head = stream->block;
    stream->encoding = PLAIN;
    stream->between = true;
    if (stream->end >= 2 && head[0] == 0x1F && head[1] == 0x8B) {
        if (inflateInit2(&stream->gzip, 16 + MAX_WBITS) != Z_OK) { /* 16: gzip only */
            return nn_error_memory(&stream->error);
        }
        stream->encoding = GZIP;
        return NUNCIO_OK;
    }
    bool frame = stream->end >= 4 && memcmp(head, "\x28\xB5\x2F\xFD", 4) == 0;
    bool skippable =
        stream->end >= 4 && (head[0] & 0xF0) == 0x50 && memcmp(head + 1, "\x2A\x4D\x18", 3) == 0;
    if (frame || skippable) {
        stream->zstd = ZSTD_createDStream();
        if (stream->zstd == NULL ||
            ZSTD_isError(ZSTD_DCtx_setParameter(stream->zstd, ZSTD_d_windowLogMax, WINDOW_LOG))) {
            return nn_error_memory(&stream->error);
        }
        stream->encoding = ZSTD;
        return NUNCIO_OK;
    }
    const char *foreign = foreign_format(head, stream->end);
    if (foreign != NULL) {
        return nn_error_set(&stream->error, NUNCIO_ERR_INPUT, "%s", foreign);
    }
    return NUNCIO_OK;
}

static nuncio_status broken(nn_stream *stream, const char *what)
{
    return nn_error_set(
        &stream->error, NUNCIO_ERR_CORRUPT, "the %s data is broken after %llu bytes: %s",
        stream->encoding == GZIP ? "gzip" : "zstd",
        (unsigned long long)(stream->consumed - (stream->end - stream->begin)), what);
}

static nuncio_status gzip_step(nn_stream *stream, uint8_t *to, size_t size, size_t *done)
{
    z_stream *gzip = &stream->gzip;
    if (stream->between && stream->block[stream->begin] == 0) {
        stream->begin++; /* zeros after a member are padding, as on tapes */
        return NUNCIO_OK;
    }
    gzip->next_in = stream->block + stream->begin;
    gzip->avail_in = (uInt)(stream->end - stream->begin);
    gzip->next_out = to;
    gzip->avail_out = size < UINT32_MAX ? (uInt)size : UINT32_MAX;
    uInt room = gzip->avail_out;
    int code = inflate(gzip, Z_NO_FLUSH);
    stream->begin = stream->end - gzip->avail_in;
    *done = room - gzip->avail_out;
    stream->between = false;
    if (code == Z_STREAM_END) {
        stream->between = true; /* another member may follow */
        return inflateReset(gzip) == Z_OK ? NUNCIO_OK : broken(stream, "cannot start again");
    }
    if (code == Z_MEM_ERROR) {
        return nn_error_memory(&stream->error);
    }
    if (code != Z_OK && code != Z_BUF_ERROR) {
        return broken(stream, gzip->msg != NULL ? gzip->msg : "not gzip");
    }
    return NUNCIO_OK;
}

static nuncio_status zstd_step(nn_stream *stream, uint8_t *to, size_t size, size_t *done)
{
    ZSTD_inBuffer in = {stream->block, stream->end, stream->begin};
    ZSTD_outBuffer out = {to, size, 0};
    size_t code = ZSTD_decompressStream(stream->zstd, &out, &in);
    stream->begin = in.pos;
    *done = out.pos;
    if (ZSTD_isError(code)) {
        return broken(stream, ZSTD_getErrorName(code));
    }
    stream->between = code == 0;
    return NUNCIO_OK;
}

/** Decodes until some bytes came out or the end is reached. */
static nuncio_status decode(nn_stream *stream, uint8_t *to, size_t size, size_t *done)
{
    for (;;) {
        bool at_end = false;
        if (stream->begin == stream->end) {
            NN_TRY(refill(stream));
            at_end = stream->source_ended;
            if (at_end && stream->between) {
                return NUNCIO_OK;
            }
        }
        /* At the end of the source a decoder may still hold bytes it had no room for. */
        NN_TRY(stream->encoding == GZIP ? gzip_step(stream, to, size, done)
                                        : zstd_step(stream, to, size, done));
        if (*done > 0) {
            return NUNCIO_OK;
        }
        if (at_end && !stream->between) {
            return broken(stream, "it ends too early");
        }
    }
}

static nuncio_status read_some(nn_stream *stream, void *to, size_t size, size_t *done)
{
    if (stream->encoding == UNKNOWN) {
        NN_TRY(choose(stream));
    }
    if (stream->encoding != PLAIN) {
        return decode(stream, to, size, done);
    }
    size_t held = stream->end - stream->begin;
    if (held == 0) {
        return stream->source_ended ? NUNCIO_OK : pull(stream, to, size, done);
    }
    *done = held < size ? held : size;
    memcpy(to, stream->block + stream->begin, *done);
    stream->begin += *done;
    return NUNCIO_OK;
}

nuncio_status nn_stream_read(nn_stream *stream, void *to, size_t size, size_t *done,
                             nuncio_error *error)
{
    *done = 0;
    if (stream->status == NUNCIO_OK) {
        stream->status = read_some(stream, to, size, done);
    }
    if (stream->status != NUNCIO_OK && *done == 0) {
        if (error != NULL) {
            *error = stream->error;
        }
        return stream->status;
    }
    return NUNCIO_OK;
}

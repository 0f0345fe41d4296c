/* SPDX-License-Identifier: MIT */
#include "stream/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/read.h"
#include "base/write.h"
#include "stream/encoding.h"
#include "stream/format.h"

enum {
    IN_BYTES = 128 << 10,
    OUT_BYTES = 256 << 10,
    GZIP_ANY_WINDOW = 15 + 16, /* inflateInit2(): the largest window, and gzip instead of zlib */
    GZIP_MAGIC = 2,
    ZSTD_WINDOW = 27, /* as a power of 2, at most: as zstd(1) without --long */
};

/* A unit of packed data, a member or a frame, is complete in itself. */
enum unit_status {
    UNIT_OPEN,
    UNIT_ENDED,
    UNIT_FAILED, /* the source has the error */
};

struct method;

struct unpacker {
    struct reader_source source;
    const struct method *method;
    z_stream gzip;
    ZSTD_DStream *zstd;
    char *in;             /* IN_BYTES */
    char *out;            /* OUT_BYTES */
    struct span rest;     /* of the bytes read, those not unpacked yet */
    size_t n_out;         /* bytes in OUT */
    unsigned long long start; /* offset of the unit */
    int from;             /* the packed input */
    int to;               /* the end of the pipe to write to, */
    int pipe;             /* and the one that the reader reads */
    pthread_t thread;
    struct encoding *encoding; /* of the text; NULL: UTF-8 */
};

/* A way of packing. */
struct method {
    const char *name;
    bool (*open)(struct unpacker *u); /* false: out of memory; OPEN and CLOSE are NULL if there is nothing to do */
    /* Unpacks some of REST into OUT, which is empty. IS_NEW: a unit starts. */
    enum unit_status (*step)(struct unpacker *u, bool is_new);
    void (*close)(struct unpacker *u);
};

static enum unit_status fail(struct unpacker *u, int error)
{
    u->source.error = error;
    return UNIT_FAILED;
}

static enum unit_status refuse(struct unpacker *u, const char *format, ...) __attribute__((format(printf, 2, 3)));

static enum unit_status refuse(struct unpacker *u, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(u->source.reason, sizeof u->source.reason, format, arguments);
    va_end(arguments);
    return fail(u, EBADMSG);
}

/* The number of bytes taken so far. */
static unsigned long long taken(const struct unpacker *u)
{
    return (unsigned long long)u->source.offset - u->rest.len;
}

/* What is wrong with the unit: ERROR; NULL: it is no unit. */
static enum unit_status refuse_unit(struct unpacker *u, const char *error)
{
    if (error != NULL)
        return refuse(u, "damaged %s data: %s", u->method->name, error);
    return refuse(u, "the %s data ends after byte %llu, but more bytes follow", u->method->name, u->start);
}

static bool gzip_open(struct unpacker *u)
{
    return inflateInit2(&u->gzip, GZIP_ANY_WINDOW) == Z_OK;
}

static enum unit_status gzip_step(struct unpacker *u, bool is_new)
{
    z_stream *z = &u->gzip;

    if (is_new)
        inflateReset(z);
    z->next_in = (Bytef *)u->rest.at;
    z->avail_in = (uInt)u->rest.len;
    z->next_out = (Bytef *)u->out;
    z->avail_out = OUT_BYTES;
    int result = inflate(z, Z_NO_FLUSH);
    u->rest = (struct span){ (const char *)z->next_in, z->avail_in };
    u->n_out = OUT_BYTES - z->avail_out;
    switch (result) {
    case Z_OK:
    case Z_BUF_ERROR: /* there was nothing to do */
        return UNIT_OPEN;
    case Z_STREAM_END:
        return UNIT_ENDED;
    case Z_MEM_ERROR:
        return fail(u, ENOMEM);
    default:
        return refuse_unit(u, z->total_in <= GZIP_MAGIC ? NULL : z->msg != NULL ? z->msg : zError(result));
    }
}

static void gzip_close(struct unpacker *u)
{
    inflateEnd(&u->gzip);
}

static bool zstd_open(struct unpacker *u)
{
    u->zstd = ZSTD_createDStream();
    return u->zstd != NULL && !ZSTD_isError(ZSTD_DCtx_setParameter(u->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW));
}

static enum unit_status zstd_step(struct unpacker *u, bool is_new)
{
    ZSTD_inBuffer in = { u->rest.at, u->rest.len, 0 };
    ZSTD_outBuffer out = { u->out, OUT_BYTES, 0 };

    (void)is_new;
    size_t result = ZSTD_decompressStream(u->zstd, &out, &in);
    u->rest = (struct span){ u->rest.at + in.pos, u->rest.len - in.pos };
    u->n_out = out.pos;
    if (!ZSTD_isError(result))
        return result == 0 ? UNIT_ENDED : UNIT_OPEN;
    switch (ZSTD_getErrorCode(result)) {
    case ZSTD_error_memory_allocation:
        return fail(u, ENOMEM);
    case ZSTD_error_frameParameter_windowTooLarge:
        return refuse(u, "the zstd data takes more than %d MiB to unpack; unpack it with zstd -dc --long=31",
                      1 << (ZSTD_WINDOW - 20));
    case ZSTD_error_prefix_unknown:
        return refuse_unit(u, NULL);
    default:
        return refuse_unit(u, ZSTD_getErrorName(result));
    }
}

static void zstd_close(struct unpacker *u)
{
    ZSTD_freeDStream(u->zstd);
}

static enum unit_status plain_step(struct unpacker *u, bool is_new)
{
    (void)is_new;
    u->n_out = u->rest.len < OUT_BYTES ? u->rest.len : OUT_BYTES;
    memcpy(u->out, u->rest.at, u->n_out);
    u->rest = (struct span){ u->rest.at + u->n_out, u->rest.len - u->n_out };
    return UNIT_ENDED;
}

static const struct method gzip = { "gzip", gzip_open, gzip_step, gzip_close };
static const struct method zstd = { "zstd", zstd_open, zstd_step, zstd_close };
static const struct method plain = { "plain", NULL, plain_step, NULL }; /* text that must only be converted */

/* Reads on where REST is empty. False: the input has ended, or reading failed. */
static bool read_more(struct unpacker *u)
{
    ssize_t n = read_some(u->from, u->in, IN_BYTES);

    if (n < 0)
        fail(u, errno);
    if (n <= 0)
        return false;
    u->rest = (struct span){ u->in, (size_t)n };
    u->source.offset += (size_t)n;
    return true;
}

/* Writes OUT to the pipe, in UTF-8. False: write(2) failed. */
static bool write_out(struct unpacker *u)
{
    struct span bytes = { u->out, u->n_out };

    return u->encoding != NULL ? encoding_write(u->encoding, u->to, bytes) : write_all(u->to, bytes);
}

/* The thread: unpacks all units. */
static void *run(void *argument)
{
    struct unpacker *u = argument;
    enum unit_status status = UNIT_ENDED;
    sigset_t broken_pipe;

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE); /* after unpack_close() */
    pthread_sigmask(SIG_BLOCK, &broken_pipe, NULL);
    do {
        /* What was read is written before reading blocks. A full OUT may not have been all. */
        while (status != UNIT_FAILED && (u->rest.len > 0 || (status == UNIT_OPEN && u->n_out == OUT_BYTES))) {
            bool is_new = status == UNIT_ENDED;
            if (is_new)
                u->start = taken(u);
            status = u->method->step(u, is_new);
            if (!write_out(u))
                status = fail(u, errno);
        }
    } while (status != UNIT_FAILED && read_more(u));
    if (u->encoding != NULL && u->source.error == 0 && !encoding_end(u->encoding, u->to))
        fail(u, errno);
    if (status == UNIT_OPEN && u->source.error == 0)
        refuse(u, "the %s data is cut off after byte %llu", u->method->name, taken(u));
    close(u->to);
    return NULL;
}

/* The format of the input of S; NULL: text, as far as known. Reads as little as tells. */
static const struct format *find_format(struct stream *s)
{
    enum read_status status;

    while ((status = xreader_extend(&s->in)) != READ_FAILED) {
        bool is_open;
        const struct format *format =
            format_find((struct span){ s->in.at, (size_t)(s->in.end - s->in.at) }, status == READ_END, &is_open);
        if (format != NULL || !is_open)
            return format;
    }
    xstream_read_error(s);
}

struct unpacker *xunpack_open(struct stream *s)
{
    const struct format *format = find_format(s);
    const struct method *method = &plain;
    const char *encoding = s->options->encoding;
    bool is_encoded = encoding != NULL && strcasecmp(encoding, "UTF-8") != 0;
    int ends[2];

    if (format != NULL && (format->kind == FORMAT_GZIP || format->kind == FORMAT_ZSTD))
        method = format->kind == FORMAT_GZIP ? &gzip : &zstd;
    else if (format != NULL && (format->kind == FORMAT_OTHER || !is_encoded))
        xstream_refuse_format(s, format);
    if (method == &plain && !is_encoded) {
        if (xreader_begin(&s->in) == READ_FAILED)
            xstream_read_error(s);
        return NULL;
    }
    struct unpacker *unpacker = xcalloc(1, sizeof *unpacker);
    size_t held = (size_t)(s->in.end - s->in.at);
    unpacker->method = method;
    unpacker->encoding = is_encoded ? xencoding_open(encoding) : NULL;
    unpacker->in = xmalloc(IN_BYTES > held ? IN_BYTES : held);
    unpacker->out = xmalloc(OUT_BYTES);
    unpacker->rest = (struct span){ memcpy(unpacker->in, s->in.at, held), held };
    unpacker->source.offset = held;
    unpacker->from = s->in.fd;
    if (method->open != NULL && !method->open(unpacker))
        die_no_memory();
    if (pipe2(ends, O_CLOEXEC) != 0)
        die_errno("cannot make a pipe to unpack");
    unpacker->pipe = ends[0];
    unpacker->to = ends[1];
    reader_redirect(&s->in, ends[0], &unpacker->source);
    errno = pthread_create(&unpacker->thread, NULL, run, unpacker);
    if (errno != 0)
        die_errno("cannot start a thread to unpack");
    return unpacker;
}

void unpack_close(struct unpacker *u)
{
    close(u->pipe); /* first: a thread that is writing to it then ends */
    pthread_join(u->thread, NULL);
    if (u->method->close != NULL)
        u->method->close(u);
    if (u->encoding != NULL)
        encoding_close(u->encoding);
    free(u->in);
    free(u->out);
    free(u);
}

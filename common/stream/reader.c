/* SPDX-License-Identifier: MIT */
#include "stream/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/lines.h"
#include "base/memory.h"
#include "base/read.h"

enum {
    BLOCK = 256 << 10,    /* the buffer for short lines; it fits the second-level cache */
    WAIT_MS = 100,        /* output may wait for input */
    PIPE_BYTES = 1 << 20, /* four times the throughput of the default 64 KiB, measured with cat | wc */
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

enum { BOM_SIZE = sizeof byte_order_mark - 1 };

void reader_redirect(struct reader *r, int fd, const struct reader_source *source)
{
    *r = (struct reader){
        .fd = fd, .max_line = r->max_line, .max_read = r->max_read, .left = UINT64_MAX, .buffer = r->buffer,
        .capacity = r->capacity, .stop = r->stop, .source = source, .writers = r->writers, .keeps = r->keeps,
        .kept = r->kept,
    };
    r->kept.len = 0;
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); /* fails if this is not a pipe */
#endif
}

void reader_open(struct reader *r, int fd, size_t max_line)
{
    *r = (struct reader){ .max_line = max_line };
    reader_redirect(r, fd, NULL);
}

enum read_status reader_restrict(struct reader *r, uint64_t from, uint64_t to)
{
    r->at = r->end = r->whole = r->buffer;
    r->has_begun = from > 0;
    r->at_end = r->has_added_lf = false;
    r->offset = 0;
    r->left = to - from;
    r->skipped = from;
    r->lines_before = 0;
    return lseek(r->fd, (off_t)from, SEEK_SET) < 0 ? READ_FAILED : READ_OK;
}

enum read_status reader_number_lines(struct reader *r)
{
    char bytes[1 << 15];

    for (uint64_t at = 0; r->skipped > 0; ) {
        ssize_t n = pread(r->fd, bytes, r->skipped < sizeof bytes ? r->skipped : sizeof bytes, (off_t)at);
        if (n <= 0)
            return READ_FAILED;
        r->lines_before += lines_count((struct span){ bytes, (size_t)n });
        at += (uint64_t)n;
        r->skipped -= (uint64_t)n;
    }
    return READ_OK;
}

/* Moves the window to the start of a buffer at least twice its size. False: out of memory. */
static bool make_room(struct reader *r)
{
    size_t held = (size_t)(r->end - r->at);
    size_t whole = r->whole > r->at ? (size_t)(r->whole - r->at) : 0;

    if (r->buffer == NULL || held > r->capacity / 2) {
        size_t capacity = r->buffer == NULL ? BLOCK : r->capacity * 2;
        char *buffer = calloc(1, capacity + READER_PADDING);
        if (buffer == NULL)
            return false;
        if (held > 0)
            memcpy(buffer, r->at, held);
        free(r->buffer);
        r->buffer = buffer;
        r->capacity = capacity;
    } else if (held > 0) {
        memmove(r->buffer, r->at, held);
    }
    r->at = r->buffer;
    r->end = r->buffer + held;
    r->whole = r->buffer + whole;
    return true;
}

void reader_add_writer(struct reader *r, struct writer *w)
{
    w->next = r->writers;
    r->writers = w;
}

/*
 * Waits for input, for up to WAIT_MS after the first such wait since output was written, and then writes. So output is
 * written ten times a second at most, however slowly input comes, and only if read(2) would wait.
 */
static void xwrite_waiting(struct reader *r)
{
    struct pollfd input = { .fd = r->fd, .events = POLLIN };
    struct timespec time;
    bool has_output = false;

    for (struct writer *w = r->writers; w != NULL; w = w->next)
        has_output = has_output || w->committed > 0;
    if (!has_output)
        return;
    clock_gettime(CLOCK_MONOTONIC, &time);
    int64_t now = (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
    if (r->write_at == 0)
        r->write_at = now + WAIT_MS;
    if (poll(&input, 1, r->write_at > now ? (int)(r->write_at - now) : 0) > 0)
        return;
    r->write_at = 0;
    for (struct writer *w = r->writers; w != NULL; w = w->next)
        if (w->committed > 0)
            xwriter_flush(w);
}

/* One read(2) after the window. Leaves room for the LF that the last line may lack. */
static enum read_status xextend(struct reader *r)
{
    xwrite_waiting(r);
    if (!make_room(r)) {
        errno = ENOMEM;
        return READ_FAILED;
    }
    size_t room = r->capacity - (size_t)(r->end - r->buffer) - 1;
    if (r->max_read > 0 && r->max_read < room)
        room = r->max_read;
    ssize_t n = r->error == 0 ? read_some(r->fd, r->end, r->left < room ? r->left : room) : -1;
    if (n < 0) {
        r->error = r->error == 0 ? errno : r->error;
        errno = r->error;
        return READ_FAILED;
    }
    if (n == 0 && r->source != NULL && r->source->error != 0) {
        errno = r->source->error;
        return READ_FAILED;
    }
    if (r->stop != NULL && *r->stop != 0)
        return READ_STOPPED;
    if (r->keeps) {
        if (r->n_dropped > 0)
            memmove(r->kept.at, r->kept.at + r->n_dropped, r->kept.len - r->n_dropped);
        r->kept.len -= r->n_dropped;
        r->n_dropped = 0;
        xbuffer_append(&r->kept, (struct span){ r->end, (size_t)n });
    }
    r->at_end = n == 0;
    r->end += n;
    r->offset += (size_t)n;
    r->left -= (size_t)n;
    return READ_OK;
}

enum read_status xreader_extend(struct reader *r)
{
    return r->at_end ? READ_END : xextend(r);
}

void reader_keep(struct reader *r)
{
    size_t held = (size_t)(r->end - r->at);

    r->n_dropped = r->keeps ? r->kept.len - (held - (r->has_added_lf && held > 0)) : 0;
    r->n_dropped_lines = r->line;
}

enum read_status xreader_begin(struct reader *r)
{
    for (;;) {
        size_t held = (size_t)(r->end - r->at);
        size_t n = held < BOM_SIZE ? held : BOM_SIZE;
        if (n > 0 && memcmp(r->at, byte_order_mark, n) != 0)
            break;
        if (n == BOM_SIZE)
            r->at += BOM_SIZE;
        if (n == BOM_SIZE || r->at_end)
            break;
        enum read_status status = xreader_extend(r);
        if (status != READ_OK)
            return status;
    }
    r->has_begun = true;
    reader_keep(r);
    return READ_OK;
}

void xreader_rewind(struct reader *r)
{
    size_t len = r->kept.len - r->n_dropped;

    if (r->capacity < len + BLOCK) {
        r->capacity = len + BLOCK;
        r->buffer = xrealloc(r->buffer, r->capacity + READER_PADDING, 1);
    }
    r->at = r->whole = r->buffer;
    r->end = r->buffer + len;
    if (len > 0)
        memcpy(r->buffer, r->kept.at + r->n_dropped, len);
    buffer_free(&r->kept);
    r->line = r->n_dropped_lines;
    r->max_read = 0;
    r->keeps = r->has_added_lf = false;
}

uint64_t reader_offset(const struct reader *r)
{
    return r->source != NULL ? r->source->offset : r->offset;
}

void reader_close(struct reader *r)
{
    free(r->buffer);
    buffer_free(&r->kept);
    r->buffer = NULL;
}

/* SPDX-License-Identifier: MIT */
#include "stream/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BLOCK = 256 << 10,    /* the buffer of a stream of short lines; the second-level cache holds it */
    PIPE_BYTES = 1 << 20, /* four times the throughput of the default 64 KiB, measured with cat | wc */
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

void reader_open(struct reader *r, int fd, size_t max_line)
{
    *r = (struct reader){ .fd = fd, .max_line = max_line };
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); /* fails on what is no pipe */
#endif
}

/* Moves the window to the start of a buffer that has room for at least as much again. False: out of memory. */
static bool make_room(struct reader *r)
{
    size_t held = (size_t)(r->end - r->at);

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
    return true;
}

/* One read(2) into the free end of the buffer, which keeps a byte for the LF that a last line may lack. */
static ssize_t read_some(struct reader *r)
{
    for (;;) {
        ssize_t n = read(r->fd, r->end, r->capacity - (size_t)(r->end - r->buffer) - 1);
        if (n >= 0 || (errno != EINTR && errno != EAGAIN))
            return n;
        if (errno == EAGAIN)
            poll(&(struct pollfd){ .fd = r->fd, .events = POLLIN }, 1, -1);
    }
}

/* Skips a byte order mark at the start of the window; false if there is none. */
static bool skip_byte_order_mark(struct reader *r)
{
    const size_t n = sizeof byte_order_mark - 1;

    if ((size_t)(r->end - r->at) < n || memcmp(r->at, byte_order_mark, n) != 0)
        return false;
    r->at += n;
    return true;
}

/* Reads until the window holds a whole line behind the TAKEN bytes of whole lines that it starts with. */
static enum read_status fill(struct reader *r, size_t taken)
{
    size_t searched = taken;
    bool at_start = r->offset == 0;

    for (;;) {
        if (at_start && skip_byte_order_mark(r)) {
            at_start = false;
            searched = 0;
        }
        char *from = r->at + searched;
        char *newline = r->end > from ? memchr(from, '\n', (size_t)(r->end - from)) : NULL;
        if (r->discarding && newline != NULL) {
            r->at = newline + 1;
            r->discarding = false;
            searched = 0;
            continue;
        }
        if (r->discarding)
            r->at = r->end;
        if (newline != NULL)
            break;
        if (!r->discarding && (size_t)(r->end - r->at) > r->max_line)
            return READ_TOO_LONG;
        if (r->at_end) {
            if (r->at + taken == r->end)
                return READ_END;
            *r->end++ = '\n';
            break;
        }
        searched = (size_t)(r->end - r->at);
        if (!make_room(r)) {
            errno = ENOMEM;
            return READ_FAILED;
        }
        r->whole = r->at + taken;
        ssize_t n = read_some(r);
        if (n < 0)
            return READ_FAILED;
        r->at_end = n == 0;
        r->end += n;
        r->offset += (size_t)n;
    }
    r->whole = (char *)memrchr(r->at, '\n', (size_t)(r->end - r->at)) + 1;
    return READ_OK;
}

enum read_status reader_fill(struct reader *r)
{
    return fill(r, 0);
}

enum read_status reader_more(struct reader *r)
{
    return fill(r, (size_t)(r->whole - r->at));
}

struct span reader_drop(struct reader *r)
{
    struct span line = { r->at, (size_t)(r->end - r->at) };

    r->line++;
    r->at = r->end;
    r->discarding = true;
    return line;
}

enum read_status reader_line(struct reader *r, struct span *line)
{
    for (;;) {
        char *newline = r->end > r->at && !r->discarding ? memchr(r->at, '\n', (size_t)(r->end - r->at)) : NULL;
        if (newline != NULL) {
            *line = (struct span){ r->at, (size_t)(newline - r->at) };
            r->at = newline + 1;
            r->line++;
            return line->len > r->max_line ? READ_TOO_LONG : READ_OK;
        }
        enum read_status status = reader_fill(r);
        if (status == READ_TOO_LONG)
            *line = reader_drop(r);
        if (status != READ_OK)
            return status;
    }
}

void reader_close(struct reader *r)
{
    free(r->buffer);
    r->buffer = NULL;
}

/* SPDX-License-Identifier: MIT */
#include "stream/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"
#include "base/memory.h"

enum {
    BLOCK = 128 << 10, /* writes of this size move most bytes a second through a pipe */
    PIPE_BYTES = 1 << 20,
};

void writer_open(struct writer *w, int fd, const char *name)
{
    *w = (struct writer){ .fd = fd, .name = name, .capacity = BLOCK, .buffer = xmalloc(BLOCK) };
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); /* fails on what is no pipe */
#endif
}

static _Noreturn void die_write(const struct writer *w)
{
    if (w->name != NULL)
        die(STATUS_SYSTEM, "write error: %s: %s", w->name, strerror(errno));
    die_leaves_mark(false); /* where records cannot go, the mark cannot */
    die_errno("write error");
}

static void write_all(struct writer *w, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = write(w->fd, bytes, n);
        if (written >= 0) {
            bytes += written;
            n -= (size_t)written;
        } else if (errno == EAGAIN) {
            poll(&(struct pollfd){ .fd = w->fd, .events = POLLOUT }, 1, -1);
        } else if (errno != EINTR) {
            die_write(w);
        }
    }
}

void xwriter_flush(struct writer *w)
{
    write_all(w, w->buffer, w->committed);
    w->used -= w->committed;
    memmove(w->buffer, w->buffer + w->committed, w->used);
    w->committed = 0;
}

void xwriter_make_room(struct writer *w, size_t n)
{
    xwriter_flush(w);
    if (n > w->capacity - w->used) {
        size_t capacity = w->capacity;
        do
            capacity *= 2;
        while (n > capacity - w->used);
        w->buffer = xrealloc(w->buffer, capacity, 1);
        w->capacity = capacity;
    }
}

int xwriter_detach(struct writer *w)
{
    xwriter_flush(w);
    free(w->buffer);
    w->buffer = NULL;
    return w->fd;
}

void xwriter_close(struct writer *w)
{
    if (close(xwriter_detach(w)) != 0)
        die_write(w);
}

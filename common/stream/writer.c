/* SPDX-License-Identifier: MIT */
#include "stream/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/bar.h"
#include "base/die.h"
#include "base/lines.h"
#include "base/memory.h"
#include "base/write.h"

enum {
    BLOCK = 128 << 10, /* the size with the highest throughput through a pipe */
    PIPE_BYTES = 1 << 20,
};

void writer_open(struct writer *w, int fd, const char *name)
{
    *w = (struct writer){ .fd = fd, .name = name, .capacity = BLOCK, .buffer = xmalloc(BLOCK) };
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); /* fails if this is not a pipe */
#endif
}

/*
 * Files that the program opened have FD_CLOEXEC; inherited descriptors do not. FD was the lowest free descriptor, so the
 * others are below it.
 */
bool writer_is_in_use(const struct stat *status, int fd)
{
    struct stat other;

    for (int i = 0; i < fd; i++)
        if ((i <= STDERR_FILENO || (fcntl(i, F_GETFD) & FD_CLOEXEC) != 0) && fstat(i, &other) == 0 &&
            other.st_dev == status->st_dev && other.st_ino == status->st_ino)
            return true;
    return false;
}

void xwriter_create(struct writer *w, const char *option, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) != 0)
        die_errno(path);
    if (S_ISREG(status.st_mode)) {
        if (writer_is_in_use(&status, fd))
            die_usage("--%s: %s is already in use", option, path);
        if (ftruncate(fd, 0) != 0)
            die_errno(path);
    }
    writer_open(w, fd, path);
}

static _Noreturn void die_write(const struct writer *w)
{
    if (w->name != NULL)
        die(STATUS_SYSTEM, "write error: %s: %s", w->name, strerror(errno));
    die_leaves(DIE_NO_MARK); /* if records cannot be written, neither can the mark */
    die_errno("write error");
}

static void xwrite(struct writer *w, struct span lines)
{
    bar_erase_before(w->fd);
    if (!write_all(w->fd, lines))
        die_write(w);
    w->n_bytes += lines.len;
    if (w->counts_lines)
        w->n_lines += lines_count(lines);
}

void xwriter_flush(struct writer *w)
{
    xwrite(w, (struct span){ w->buffer, w->committed });
    w->used -= w->committed;
    memmove(w->buffer, w->buffer + w->committed, w->used);
    w->committed = 0;
}

void xwriter_lines(struct writer *w, struct span lines)
{
    if (lines.len < BLOCK / 2) {
        xwriter_bytes(w, lines);
        writer_commit(w);
        return;
    }
    xwriter_flush(w);
    xwrite(w, lines);
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

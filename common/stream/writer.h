/* SPDX-License-Identifier: MIT */
/* writer: a file descriptor written in large blocks of whole records. */
#ifndef WEIR_WRITER_H
#define WEIR_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"

/*
 * Bytes 0 to COMMITTED of the buffer are whole records; the rest is the record being written. Only whole records are
 * written out, so the output ends at the end of a line whenever the program stops, and a record found bad halfway can
 * be discarded.
 */
struct writer {
    char *buffer;
    size_t used;
    size_t committed;
    size_t capacity;
    int fd;
    const char *name; /* for messages; NULL: standard output */
    uint64_t n_bytes;    /* written out */
    uint64_t n_lines;    /* LFs among them, if counts_lines */
    bool counts_lines;   /* set by the caller */
    struct writer *next; /* of the same reader, see reader_add_writer() */
};

/* Writes to FD, which the caller owns; NAME must outlive W. Makes a pipe as large as the system allows. */
void writer_open(struct writer *w, int fd, const char *name);

/*
 * Opens the file PATH, the argument of option OPTION, and empties it. A regular file that the program has already
 * opened, under any name, is a usage error and stays as it is. To make this work, a program opens the files it reads
 * before those it writes, all with O_CLOEXEC. PATH must outlive W.
 */
void xwriter_create(struct writer *w, const char *option, const char *path);

/*
 * Whether the file STATUS, just opened as FD, is also a standard descriptor or a file that the program opened before.
 */
bool writer_is_in_use(const struct stat *status, int fd);

/* Makes room for N more bytes, writing out whole records if necessary. Called by xwriter_reserve(). */
void xwriter_make_room(struct writer *w, size_t n);

/* Room for N bytes at the end of the record being written, valid until the next call. writer_advance() adds them. */
static inline char *xwriter_reserve(struct writer *w, size_t n)
{
    if (n > w->capacity - w->used)
        xwriter_make_room(w, n);
    return w->buffer + w->used;
}

/* The end of the record being written. */
static inline char *writer_end(const struct writer *w)
{
    return w->buffer + w->used;
}

/* Adds the bytes up to END to the record: those written where xwriter_reserve() or writer_end() pointed. */
static inline void writer_advance(struct writer *w, const char *end)
{
    w->used = (size_t)(end - w->buffer);
}

static inline void xwriter_char(struct writer *w, char c)
{
    *xwriter_reserve(w, 1) = c;
    w->used++;
}

static inline void xwriter_bytes(struct writer *w, struct span bytes)
{
    char *to = xwriter_reserve(w, bytes.len);

    if (bytes.len > 0)
        memcpy(to, bytes.at, bytes.len);
    w->used += bytes.len;
}

enum { WRITER_SHORT = 32 }; /* bytes that xwriter_short() always copies */

/*
 * Writes BYTES and then C at TO, the end of the record being written. Returns the new end, for writer_advance(), so
 * that a loop over short fields keeps it in a register. WRITER_SHORT bytes from BYTES.at must be readable.
 */
static inline char *xwriter_short(struct writer *w, char *to, struct span bytes, char c)
{
    if (bytes.len + WRITER_SHORT >= w->capacity - (size_t)(to - w->buffer)) {
        writer_advance(w, to);
        to = xwriter_reserve(w, bytes.len + WRITER_SHORT + 1);
    }
    memcpy(to, bytes.at, WRITER_SHORT);
    if (bytes.len > WRITER_SHORT)
        memcpy(to + WRITER_SHORT, bytes.at + WRITER_SHORT, bytes.len - WRITER_SHORT);
    to[bytes.len] = c;
    return to + bytes.len + 1;
}

/* Declares the record being written complete, with its LF: it may now be written out. */
static inline void writer_commit(struct writer *w)
{
    w->committed = w->used;
}

/* Discards the record being written. */
static inline void writer_rollback(struct writer *w)
{
    w->used = w->committed;
}

/*
 * Adds LINES, whole records, after the whole records of W; there must be no record being written. Many are written from
 * where they are, without a copy.
 */
void xwriter_lines(struct writer *w, struct span lines);

/* Writes all whole records out. */
void xwriter_flush(struct writer *w);

/* Flushes, frees the buffer and returns the descriptor, still open. */
int xwriter_detach(struct writer *w);

/* Flushes, closes the descriptor, checks both for errors, and frees the buffer. */
void xwriter_close(struct writer *w);

#endif

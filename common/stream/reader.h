/* SPDX-License-Identifier: MIT */
/* reader: a file descriptor read in large blocks and handed out as lines. */
#ifndef WEIR_READER_H
#define WEIR_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
    READER_PADDING = 64, /* bytes behind a window that may be read (not used): scanners load whole vectors */
};

enum read_status {
    READ_OK,
    READ_END,      /* nothing is left */
    READ_TOO_LONG, /* a line has more bytes than the limit */
    READ_FAILED,   /* read(2) or memory failed; errno says how */
};

/*
 * Between calls, AT to END is the window: bytes that were read and not yet taken, AT at the start of a line. A view
 * into the window lives until the next reader_fill(), or reader_line() that has to fill. Bytes may be changed in place
 * up to the end of the line that is being taken.
 */
struct reader {
    char *at;        /* first byte of the window */
    char *end;       /* one past its last */
    char *whole;     /* one past the last LF in the window, as far as reader_fill() has seen one */
    uint64_t line;   /* lines taken so far; the number of the line taken last, from 1 */
    uint64_t offset; /* bytes read from the descriptor so far */
    int fd;
    size_t max_line; /* bytes a line may have, without its LF */
    char *buffer;
    size_t capacity;
    bool at_end;    /* read(2) has returned 0 */
    bool discarding; /* in the middle of a line that was too long */
};

/* Reads FD, which the caller owns, from its current position. Makes a pipe as large as the system lets it. */
void reader_open(struct reader *r, int fd, size_t max_line);

/*
 * Reads until the window holds a whole line with its LF, and skips a byte order mark at the very start. READ_TOO_LONG:
 * the window is the beginning of a line beyond the limit; reader_drop() is the way on.
 */
enum read_status reader_fill(struct reader *r);

/*
 * As reader_fill(), for a record that goes on behind the whole lines of the window: reads until it holds a whole line
 * more, and moves the window. READ_END: there is none. READ_TOO_LONG: the window has more bytes than a line may.
 */
enum read_status reader_more(struct reader *r);

/* Takes the next line, without its LF. READ_TOO_LONG: LINE is its beginning, and the rest is skipped. */
enum read_status reader_line(struct reader *r, struct span *line);

/* Takes the line that fills the window as too long: the bytes up to its LF are skipped by the next reader_fill(). */
struct span reader_drop(struct reader *r);

/* Frees the buffer. */
void reader_close(struct reader *r);

#endif

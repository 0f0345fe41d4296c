/* SPDX-License-Identifier: MIT */
/*
 * reader: reads a file descriptor in large blocks; reader_line.h hands it out as lines. If input pauses for a tenth of a
 * second, it writes out what waits in the writers of reader_add_writer().
 */
#ifndef WEIR_READER_H
#define WEIR_READER_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "stream/writer.h"

enum {
    READER_PADDING = 64, /* meaningless bytes after the window that may be read: scanners load whole vectors */
};

enum read_status {
    READ_OK,
    READ_END,      /* no input is left */
    READ_TOO_LONG, /* a line has more bytes than the limit */
    READ_FAILED,   /* read(2), memory or the source failed; errno says why */
    READ_STOPPED,  /* a signal ended the input; the last line may be incomplete */
};

/*
 * What fills the pipe that a reader reads, if it is not another program. It sets these before it closes the pipe: an
 * end that is an error is not taken for the end of the input.
 */
struct reader_source {
    int error;        /* why it ended early, as errno; EBADMSG: its own input is bad; 0: it did not */
    _Atomic uint64_t offset; /* bytes of that input read so far, as they are in the file */
    char reason[200]; /* what is wrong with that input */
};

/*
 * Between calls, AT to END is the window: bytes read and not yet taken, with AT at the start of a line. A view of the
 * window is valid until the next xreader_fill(), or the next xreader_line() that has to fill. Bytes may be changed in
 * place up to the end of the line that is being taken.
 */
struct reader {
    char *at;        /* first byte of the window */
    char *end;       /* one past its last byte */
    char *whole;     /* one past the last LF in the window that xreader_fill() has seen */
    uint64_t line;   /* lines taken so far, which is the number of the last one */
    uint64_t offset; /* bytes read from the descriptor so far */
    uint64_t left;   /* the most bytes to read from here on */
    uint64_t skipped; /* bytes of the file before the first one read, whose lines nothing counts */
    uint64_t lines_before; /* those that reader_number_lines() has counted; not part of LINE */
    int fd;
    size_t max_line; /* the most bytes that a line may have, without its LF */
    size_t max_read; /* the most bytes to read at once; 0: a block */
    char *buffer;
    size_t capacity;
    bool has_begun;     /* a byte order mark at the start was skipped or is not there */
    int error;          /* of the read(2) that failed: a socket reports a lost connection once, then an end */
    bool at_end;        /* read(2) has returned 0 */
    bool has_added_lf;  /* the last LF in the window ends a last line that had none */
    bool is_discarding; /* inside a line that was too long */
    const volatile sig_atomic_t *stop; /* set by the program, or NULL; not 0 once a signal has ended the input */
    const struct reader_source *source; /* what fills FD, or NULL */
    struct writer *writers; /* to write out while there is no input: a list through writer.next */
    int64_t write_at;       /* the time to do that, in milliseconds; 0: not set */
    bool keeps;           /* set by the caller, to call xreader_rewind() later: what is read is kept ... */
    struct buffer kept;   /* ... here, after its first ... */
    size_t n_dropped;     /* ... bytes, before which N_DROPPED_LINES were taken */
    uint64_t n_dropped_lines;
};

/* Reads FD, which the caller owns, from its current position. Makes a pipe as large as the system allows. */
void reader_open(struct reader *r, int fd, size_t max_line);

/*
 * For an input that is not read by lines: reads more of it to the end of the window and takes nothing. This may move
 * the window. READ_END: the window has the rest of the input.
 */
enum read_status xreader_extend(struct reader *r);

/* For such an input: skips a byte order mark at its start. */
enum read_status xreader_begin(struct reader *r);

/* Adds W, which must outlive R, to the writers of R. An error in writing ends the program. */
void reader_add_writer(struct reader *r, struct writer *w);

/* Goes on with FD, at the start of another input. SOURCE is what fills FD, or NULL, and must outlive R. */
void reader_redirect(struct reader *r, int fd, const struct reader_source *source);

/*
 * For a regular file: makes R read only the bytes from FROM, the start of a line, up to TO, not included. Forgets what
 * was read. READ_FAILED: errno says why.
 */
enum read_status reader_restrict(struct reader *r, uint64_t from, uint64_t to);

/*
 * After reader_restrict(): sets R->lines_before, the lines before FROM. Reads them, so it takes time; later calls do
 * nothing. READ_FAILED: errno says why, or the file is now shorter.
 */
enum read_status reader_number_lines(struct reader *r);

/* Sets the place to which xreader_rewind() goes back to the start of the window. At first it is that of the input. */
void reader_keep(struct reader *r);

/* Goes back to that place, of an input that has a line after it, and keeps no more. */
void xreader_rewind(struct reader *r);

/* Bytes read so far of the input, or of the input of its source. */
uint64_t reader_offset(const struct reader *r);

/* Frees the buffer. */
void reader_close(struct reader *r);

#endif

/* SPDX-License-Identifier: MIT */
/*
 * files: the inputs of a program, files or standard input, read one after the other as one stream. Each is unpacked if
 * it is packed (unpack.h) and has its own line numbers and byte order mark; messages start with the file's name. Counts
 * and rejects are those of all.
 *
 *     xfiles_open(&f, &s, &options, names, n, progress);
 *     while (xfiles_next(&f))
 *         ... read s to its end, with files_show_progress(&f) for each block ...
 *     xfiles_close(&f);
 *     return xstream_finish(&s, ...);
 */
#ifndef WEIR_FILES_H
#define WEIR_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/options.h"
#include "stream/progress.h"
#include "stream/stream.h"
#include "stream/unpack.h"

/* An input that was begun and cannot be opened again; private to files.c. */
struct file_begun;

struct files {
    struct stream *stream;
    const char *const *names; /* "-" is standard input */
    size_t n;
    size_t i; /* inputs begun; the current one is I - 1 */
    int fd;   /* of the current one; -1: there is none */
    struct unpacker *unpacker; /* of the current one; NULL: it is not packed */
    bool looks_ahead;          /* between the first call of xfiles_look() and the last */
    struct file_begun *begun;  /* owned, N of them; NULL: none was looked at */
    bool are_marked;           /* all inputs read had an end mark */
    struct progress progress;
};

/*
 * Opens S as xstream_open() does, for the N files NAMES, or if N is 0 for standard input. All files are tried first:
 * one that cannot be opened ends the program before anything is written; "-" given twice, or a file that is also
 * standard output or the file of rejects, is a usage error. PROGRESS is how often --progress was given. S and NAMES must
 * outlive F.
 */
void xfiles_open(struct files *f, struct stream *s, const struct stream_options *options, const char *const *names,
                 size_t n, int progress);

/* Dies with a usage error if one of the N NAMES is not UTF-8: no field can hold it. */
void files_check_names(const char *const *names, size_t n);

/*
 * Goes on with the next input, at its start: no line of it is taken, S->end_mark is false and S->header is unchanged.
 * False after the last. At most one file is open at a time.
 */
bool xfiles_next(struct files *f);

/*
 * xfiles_next() to look at the start of all inputs, such as their headers, before one is read. After it has returned
 * false, xfiles_next() begins with the first input, and each is at its start again, even if it is a pipe. Only inputs
 * that are no regular files stay open, with what was read of them in memory.
 */
bool xfiles_look(struct files *f);

/* Appends the name of the current input to FIELD, as a field: null for standard input. */
void xfiles_append_name(const struct files *f, struct buffer *field);

/* Updates the report of --progress. */
void files_show_progress(struct files *f);

/* Call it when all inputs have been read. The output gets an end mark if all of them had one, or by -E. */
void xfiles_close(struct files *f);

#endif

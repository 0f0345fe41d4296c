/* SPDX-License-Identifier: MIT */
/*
 * stream: standard input and output as records, under the contract that all programs share: header line, bad records,
 * failure mark and end mark, checked writes, exit status (weir(7)).
 *
 *     xstream_open(&s, &options);     xstream_read_header(&s, &r);  ... resolve columns, write the header ...
 *     while (xstream_record(&s, &r))  ... use r; xstream_reject() it, or write to s.out and xstream_end_record() ...
 *     return xstream_finish(&s, ...);
 */
#ifndef WEIR_STREAM_H
#define WEIR_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/die.h"
#include "base/span.h"
#include "stream/format.h"
#include "stream/header.h"
#include "stream/options.h"
#include "stream/reader.h"
#include "stream/record.h"
#include "stream/writer.h"

struct stream {
    struct reader in;
    struct writer out;     /* not open in a sink, nor after xstream_open_file() */
    struct header header;  /* of the input; set by xstream_read_header() */
    struct writer rejects; /* open if options->rejects is given */
    uint64_t n_read;       /* records taken so far, including bad ones */
    uint64_t n_rejected;   /* bad ones among them */
    uint64_t n_bytes;      /* of inputs that were read to their end, or that the program reads besides IN */
    uint64_t n_written;    /* for --stats: records written or stored; set by a program whose output is not TSV */
    bool shares_output;    /* set by a program that lets another one write to standard output */
    enum status status;    /* set by the program: that of a run to the end */
    bool end_mark;         /* the input had one */
    bool skips_headers;    /* set by the program: a record that equals the header line is skipped, not reported */
    bool saw_header_again; /* such a record was reported */
    const char *name;      /* of the file being read, for messages; NULL: standard input */
    bool has_files;        /* it reads the files that the program was given (files.h) */
    const struct stream_options *options;
};

/*
 * Dies with a usage error if INPUT, the status of what is called NAME, is the file that is standard output: a program
 * would read what it writes, without end.
 */
void stream_check_output(const struct stat *input, const char *name);

/*
 * Opens standard input, standard output and, as xwriter_create() does, the file of rejects. OPTIONS must outlive S.
 * From here on failures leave a mark on standard output, unless the program is a sink.
 */
void xstream_open(struct stream *s, const struct stream_options *options);

/* xstream_open() for a program that was given files to read instead. Called by xfiles_open(). */
void xstream_open_files(struct stream *s, const struct stream_options *options);

/* Goes on with FD, the start of the file NAME; NULL: standard input. Called by xfiles_next(). */
void stream_go_on(struct stream *s, int fd, const char *name);

/*
 * From here on failures leave a mark; usage errors do so only if no missing header line would reveal them. Called when
 * a stream is opened.
 */
void stream_leave_marks(const struct stream_options *options);

/*
 * Opens the file NAME, which a filter reads in addition to its standard input, under the same contract. An error in it
 * ends the program with the failure mark; the message starts with NAME. Call this before xstream_open(), so that the
 * rejects cannot overwrite the file. OPTIONS has no rejects; it and NAME must outlive S.
 */
void xstream_open_file(struct stream *s, const char *name, const struct stream_options *options);

/*
 * Reads the header line, or under -N counts the fields of the first record without taking it, and makes room in R for a
 * record. A missing or bad header line is bad data. If a signal ends the input, there is no header afterwards.
 */
void xstream_read_header(struct stream *s, struct record *r);

/* Makes the header of S from the line R. A duplicate name is bad data. */
void xstream_make_header(struct stream *s, const struct record *r);

/*
 * Takes the next good record into R; bad ones are rejected. False at the end of the input. R is a view of the input's
 * window, valid until the next call, and longer while stream_has_buffered().
 */
bool xstream_record(struct stream *s, struct record *r);

/*
 * xstream_record() for a good record that is already in the window, so that views of the records before it stay valid.
 * Otherwise returns false and takes nothing. A program that works on batches then finishes its batch, before
 * xstream_record() reads on or ends the program.
 */
bool stream_next_good(struct stream *s, struct record *r);

/*
 * For input that is not records: takes the next line that is not blank, without its LF, and counts it. A line that is
 * too long is rejected; a failure mark ends the program. False at the end of the input.
 */
bool xstream_line(struct stream *s, struct span *line);

/*
 * For input of records that span lines: makes the window of s->in start with a whole line, and rejects lines that are
 * too long. False at the end of the input.
 */
bool xstream_fill(struct stream *s);

/* Whether the next record is in the window, so that reading it keeps views of the records before it valid. */
static inline bool stream_has_buffered(const struct stream *s)
{
    return s->in.at < s->in.whole;
}

/*
 * Whether RECORD, in line LINE_NUMBER, equals the header line, as in concatenated files, and must be skipped. The first
 * one that is not skipped is reported on standard error. Called by xstream_record().
 */
bool stream_skips(struct stream *s, uint64_t line_number, struct span record);

/*
 * For an input of lines that are not records, while stream_has_buffered(): the whole lines in the window, of any length.
 * READER_PADDING bytes after them may be read.
 */
static inline struct span stream_peek_lines(const struct stream *s)
{
    return (struct span){ s->in.at, (size_t)(s->in.whole - s->in.at) };
}

/* Takes the first N of these lines, which end at END; none is blank. */
static inline void stream_take_lines(struct stream *s, size_t n, const char *end)
{
    s->in.at += end - s->in.at;
    s->in.line += n;
    s->n_read += n;
}

/* The number of the last line taken, from 1; without xstream_number_lines(), from the start of what is read. */
static inline uint64_t stream_line_number(const struct stream *s)
{
    return s->in.lines_before + s->in.line;
}

/*
 * After reader_restrict(): makes stream_line_number() count from the start of the file, which takes time. Messages do;
 * LINE_NUMBER below and the file of rejects always count from the start of what is read.
 */
void xstream_number_lines(struct stream *s);

/* Appends LF to the record being written and commits it. */
static inline void xstream_end_record(struct stream *s)
{
    xwriter_char(&s->out, '\n');
    writer_commit(&s->out);
}

/*
 * Rejects LINE, the record in line LINE_NUMBER, for the reason given: writes it to the file of rejects, or ends the
 * program if there is no such file or it has too many records. Discards the record being written.
 */
void xstream_reject(struct stream *s, uint64_t line_number, struct span line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* xstream_reject() for R because of its field in COLUMN; REASON is a predicate such as "is not a number". */
void xstream_reject_field(struct stream *s, const struct record *r, size_t column, const char *reason);

/* Writes to REASON, of SIZE bytes, that N_FIELDS is the wrong number of fields for a record. */
void stream_describe_count(const struct stream *s, size_t n_fields, char *reason, size_t size);

/* Discards the record being written, and writes out all whole ones and rejects. */
void xstream_flush(struct stream *s);

/* warn() about line LINE_NUMBER of the input. */
void stream_warn(const struct stream *s, uint64_t line_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Ends the program because of its input as a whole, even if bad records are rejected. */
_Noreturn void xstream_refuse(struct stream *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* xstream_refuse() because the input is in FORMAT, which this program does not read. */
_Noreturn void xstream_refuse_format(struct stream *s, const struct format *format);

/* Ends the program because of line LINE_NUMBER, even if bad records are rejected. */
_Noreturn void xstream_stop(struct stream *s, uint64_t line_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Ends the program because the one upstream failed, and passes on LINE, its failure mark. */
_Noreturn void xstream_fail(struct stream *s, struct span line);

/* Ends the program because the input has no header line. */
_Noreturn void xstream_no_header(struct stream *s);

/* Ends the program with STATUS_SYSTEM because the input could not be read; errno says why. */
_Noreturn void xstream_read_error(struct stream *s);

/*
 * Flushes and closes everything that S has open, and checks for errors. Afterwards only its counts and options are
 * valid. A filter writes the end mark if the input had one or -E was given. Under -E, other programs require it in the
 * input; without it the input has failed. A sink calls this before it commits; the second call, that of
 * xstream_finish(), does nothing.
 */
void xstream_close(struct stream *s);

/*
 * Ends a run: xstream_close(), and with a file of rejects prints "N read, SUMMARY, N rejected to FILE" to standard error.
 * Returns S->status, or STATUS_SYSTEM if the record of --stats could not be written.
 */
enum status xstream_finish(struct stream *s, const char *summary, ...) __attribute__((format(printf, 2, 3)));

#endif

/* SPDX-License-Identifier: MIT */
/*
 * stream: a filter's standard input and output as records, with the contract that all programs share: header line, bad
 * records, failure mark and end mark, checked writes, exit status (weir(7)).
 *
 *     stream_open(&s, &options);      xstream_read_header(&s);      ... resolve columns, write the header ...
 *     while (xstream_record(&s, &r))  ... use r; xstream_reject() it, or write to s.out and stream_end_record() ...
 *     return xstream_finish(&s, ...);
 */
#ifndef WEIR_STREAM_H
#define WEIR_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/columns.h"
#include "stream/header.h"
#include "stream/options.h"
#include "stream/reader.h"
#include "stream/record.h"
#include "stream/writer.h"

struct stream {
    struct reader in;
    struct writer out;
    struct header header;     /* of the input; set by xstream_read_header() */
    struct writer rejects;    /* open if options->rejects is given */
    uint64_t n_read;          /* records taken so far, bad ones too */
    uint64_t n_rejected;      /* of these, bad ones */
    bool end_mark;            /* the input had one */
    const char *name;         /* of the file that is read, for messages; NULL: standard input */
    const struct stream_options *options;
};

/*
 * Opens standard input, standard output and, as xoutput_open() does, the file of rejects. OPTIONS must outlive S. From
 * here on a failure leaves its mark on standard output. Of a sink nothing goes there, and OUT stays closed.
 */
void xstream_open(struct stream *s, const struct stream_options *options);

/*
 * Opens the file NAME, to be read beside the stream of the program, a filter, by the same contract: whatever is wrong
 * with it ends the program, with NAME in front of the message and the failure mark. Comes before xstream_open(), whose
 * rejects must not go there. OPTIONS has no rejects; it and NAME must outlive S. OUT stays closed.
 */
void xstream_open_file(struct stream *s, const char *name, const struct stream_options *options);

/*
 * Reads the header line, or under -N counts the fields of the first record without taking it, and makes R able to hold
 * a record. No header line, or a bad one, is bad data.
 */
void xstream_read_header(struct stream *s, struct record *r);

/* Makes the header of S from the line R. A name that stands there twice is bad data. */
void xstream_make_header(struct stream *s, const struct record *r);

/* Writes LINE, which ends in no LF, as the header, unless -N, and at once, so that the readers downstream go on. */
void xstream_write_header(struct stream *s, struct span line);

/* xstream_write_header() for a line made of the N NAMES, none of which may stand there twice: a usage error. */
void xstream_write_names(struct stream *s, const struct span *names, size_t n);

/*
 * Looks up the columns of LIST, the argument of option NAME. Without LIST there are none. An unknown one is a usage
 * error that lists the columns there are.
 */
struct columns xstream_columns(struct stream *s, const char *name, const char *list);

/* xstream_columns() for a LIST, which must be given, with names for the columns as columns_find_named() has them. */
struct columns xstream_named_columns(struct stream *s, const char *name, const char *list, struct span **names);

/* xstream_columns() for an option that takes one column. LIST must be given. */
size_t xstream_column(struct stream *s, const char *name, const char *list);

/* The same for COLUMN, a name or number that stands in an operand. */
size_t xstream_operand_column(struct stream *s, struct span column);

/*
 * Takes the next good record into R; bad ones go to the rejects or end the program. False at the end of the input. R
 * is a view of the input's window: it lives until the next call, and longer while stream_has_buffered().
 */
bool xstream_record(struct stream *s, struct record *r);

/*
 * xstream_record() for a good record that is in the window already, whose views stay good with those before it. False,
 * and nothing taken, otherwise: so a program that works many records at once can finish them before xstream_record()
 * reads on or ends it.
 */
bool stream_next_good(struct stream *s, struct record *r);

/*
 * For an input of lines that are no records: takes the next line that is not blank, without its LF, and counts it. One
 * that is too long is rejected; a failure mark ends the program.
 */
bool xstream_line(struct stream *s, struct span *line);

/*
 * For an input of records that span lines: makes the window of s->in start with a whole line, and rejects those that are
 * too long. False at the end of the input.
 */
bool xstream_fill(struct stream *s);

/* Whether the next record is already in the window, so that reading it leaves the records read before it alone. */
static inline bool stream_has_buffered(const struct stream *s)
{
    return s->in.at < s->in.whole;
}

/* Appends the LF to the record in the making and commits it. */
void xstream_end_record(struct stream *s);

/*
 * What is wrong with LINE, the record with number LINE_NUMBER, in words: writes it to the rejects, or if there are none
 * (or too many) ends the program. The record in the making is taken back.
 */
void xstream_reject(struct stream *s, uint64_t line_number, struct span line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Writes to REASON, of SIZE bytes, that a record has N_FIELDS, which is not the number that it should have. */
void stream_describe_count(const struct stream *s, size_t n_fields, char *reason, size_t size);

/* xstream_reject() R because of its field in COLUMN, of which REASON says what it is, as "is not a number". */
void xstream_reject_field(struct stream *s, const struct record *r, size_t column, const char *reason);

/* Ends the program, rejects or not, because of what is wrong in line LINE_NUMBER, in words. */
_Noreturn void xstream_stop(struct stream *s, uint64_t line_number, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Stops because the program upstream failed: passes on LINE, its failure mark, and ends the program.
 */
_Noreturn void xstream_fail(struct stream *s, struct span line);

/* Ends the program because the input has no header line. */
_Noreturn void xstream_no_header(struct stream *s);

/* Stops with STATUS_SYSTEM because standard input could not be read; errno says why. */
_Noreturn void xstream_read_error(struct stream *s);

/*
 * Writes out and closes all that S has open, and checks that; nothing but the counts and the options of S is left. For
 * a sink, which has to do so before it commits and says more of itself than xstream_finish() can. Of a program whose
 * output are no records, -E asks for the end mark of the input instead: without it, the input has failed.
 */
void xstream_close(struct stream *s);

/*
 * Ends a successful run: the end mark if the input had one or -E was given (after records only), everything flushed
 * and closed and checked. With a file of rejects, says on standard error "N read, " SUMMARY ", N rejected to FILE".
 * Returns STATUS_DONE.
 */
enum status xstream_finish(struct stream *s, const char *summary, ...) __attribute__((format(printf, 2, 3)));

#endif

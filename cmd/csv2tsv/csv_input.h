/* SPDX-License-Identifier: MIT */
/*
 * csv_input: a stream whose inputs are CSV. Its window starts with the next record. What rejects it gives a reason from
 * the scan and takes its bytes; a bad header ends the program.
 */
#ifndef WEIR_CSV_INPUT_H
#define WEIR_CSV_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/lines.h"
#include "stream/stream.h"
#include "csv.h"

struct csv_input {
    struct stream *stream;      /* open */
    struct csv_dialect dialect; /* set by the caller, except is_header */
    uint64_t n_skipped;         /* lines before the header, or under -N the first record, of each input */
    const char *encoding;       /* of the inputs, for messages; NULL: UTF-8 */
    struct csv_scan scan;       /* of the last record */
    int credit;                 /* over 0: xcsv_records() may be called; see csv_kernel.h */
    bool has_hint;              /* a message has said that the delimiter seems wrong */
};

/* Whether LINE, which ends in LF, is a failure mark. Stricter than mark_find(): \! is data unless TAB follows. */
static inline bool csv_input_is_mark(const char *line)
{
    return line[0] == '\\' && line[1] == '!' && line[2] == '\t';
}

/* The first line of the window, without its LF. */
static inline struct span csv_input_first_line(const struct csv_input *input)
{
    const struct reader *in = &input->stream->in;

    return lines_at((struct span){ in->at, (size_t)(in->whole - in->at) }, 0);
}

/* Rejects the first LEN bytes of the window, N_LINES lines, for the error in the scan; takes them and their LF. */
void xcsv_reject_error(struct csv_input *input, size_t len, size_t n_lines);

/* Rejects a complete record with another number of fields than the header. */
void xcsv_reject_count(struct csv_input *input);

/* Rejects the first line of a record that is longer than the limit for a line. */
void xcsv_reject_too_long(struct csv_input *input);

/* Rejects the first line of a record where the input ends inside quotes. */
void xcsv_reject_unclosed(struct csv_input *input);

/* Rejects the first line of a record whose quotes are wrong. */
void xcsv_reject_broken(struct csv_input *input);

/* Rejects the record that xcsv_record() has just taken, and discards what was written of it. */
void xcsv_reject(struct csv_input *input, const char *reason);

#endif

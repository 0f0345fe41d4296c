/* SPDX-License-Identifier: MIT */
/*
 * csv_input: reads a stream whose inputs are CSV. A record that violates RFC 4180, or has a different number of fields
 * than the first one, is rejected. If its quotes are wrong, the end of the record is unknown. Then only its first line
 * is rejected and reading goes on with the next line: an unclosed quote costs a line, not the file.
 */
#ifndef WEIR_CSV_INPUT_H
#define WEIR_CSV_INPUT_H

#include <stdbool.h>
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

/*
 * Begins an input: skips lines and reads its header line, also if the stream has a header. Blank lines before it are
 * skipped. An unquoted empty field is an empty name. Under -N returns the header of the stream, which has no names.
 */
struct header xcsv_begin(struct csv_input *input);

/*
 * Takes the next good record and appends it to the stream's output, for the caller to commit; bad ones are rejected.
 * False at the end of the input. A blank line is a record of one null if records have one field, else it is skipped.
 * The first record under -N makes the header of the stream.
 */
bool xcsv_record(struct csv_input *input);

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

/* Rejects the record that xcsv_record() has just taken, and discards what was written of it. */
void xcsv_reject(struct csv_input *input, const char *reason);

#endif

/* SPDX-License-Identifier: MIT */
#include "csv_record.h"

#include <inttypes.h>

#include "stream/reader_line.h"
#include "csv_hint.h"

/* Takes the first N bytes of the window, which are N_LINES lines. */
static inline void take(struct stream *s, size_t n, size_t n_lines)
{
    s->in.at += n;
    s->in.line += n_lines;
}

/* A CR before the LF that the reader has added is an error of the last record. */
static __attribute__((noinline)) void check_last(struct csv_input *input)
{
    const struct reader *in = &input->stream->in;
    struct csv_scan *scan = &input->scan;
    const char *end = in->at + scan->len;

    if (scan->error == CSV_OK && end == in->end && scan->len > 1 && end[-2] == '\r') {
        scan->error = CSV_CR;
        scan->offset = scan->len - 2;
    }
}

/* Whether the complete record is good; rejects it if not. */
static bool check(struct csv_input *input)
{
    struct stream *s = input->stream;
    const struct csv_scan *scan = &input->scan;

    if (s->in.has_added_lf)
        check_last(input);
    if (scan->len - 1 > s->in.max_line) {
        xcsv_reject_too_long(input);
    } else if (scan->error != CSV_OK) {
        xcsv_reject_error(input, scan->len - 1, scan->n_lines);
    } else if (scan->n_fields != s->header.n && s->header.n > 0) {
        xcsv_reject_count(input);
    } else {
        return true;
    }
    return false;
}

/* Appends the first record of the window to the output. False: it was rejected. */
static bool convert(struct csv_input *input)
{
    struct stream *s = input->stream;
    enum csv_status status;

    input->scan = (struct csv_scan){ .len = 0 };
    while ((status = xcsv_scan(&input->dialect, &input->scan, s->in.at, s->in.whole, &s->out)) == CSV_OPEN) {
        enum read_status more = READ_TOO_LONG;
        if ((size_t)(s->in.whole - s->in.at) <= s->in.max_line)
            more = xreader_more(&s->in);
        switch (more) {
        case READ_OK:
            continue;
        case READ_STOPPED:
        case READ_END:
            xcsv_reject_unclosed(input);
            return false;
        case READ_TOO_LONG:
            xcsv_reject_too_long(input);
            return false;
        case READ_FAILED:
            xstream_read_error(s);
        }
    }
    if (status == CSV_RECORD)
        return check(input);
    xcsv_reject_broken(input);
    return false;
}

/*
 * Whether the window starts with a blank line to skip. It is a record if records have one field, or if it is the first
 * line under -N.
 */
static bool is_skipped(const struct csv_input *input)
{
    const struct stream *s = input->stream;

    if (!csv_is_line_end(s->in.at))
        return false;
    if (*s->in.at == '\r' && s->in.has_added_lf && s->in.at + 2 == s->in.end)
        return false;
    return s->header.n > 0 ? s->header.n > 1 : !s->options->no_header;
}

/* The record being written, without its LF. */
static struct span written(const struct stream *s)
{
    return (struct span){ s->out.buffer + s->out.committed, s->out.used - s->out.committed - 1 };
}

/* Looks for a wrong delimiter in the first record, which is at the start of the window. */
static __attribute__((noinline)) void check_delimiter(struct csv_input *input)
{
    struct stream *s = input->stream;
    struct span line = csv_input_first_line(input);
    uint64_t number = s->in.line + 1;
    const char *delimiter = csv_hint_sep(line);

    if (delimiter != NULL)
        xstream_stop(s, number, "\"%.5s\" is for spreadsheets; skip it with --skip %" PRIu64 ", and use -d %s", line.at,
                     number, delimiter);
    delimiter = input->scan.n_fields == 1 ? csv_hint_delimiter(line, input->dialect.delimiter) : NULL;
    if (delimiter != NULL && !input->has_hint) {
        stream_warn(s, number, "only one field; if the delimiter is another one, try -d %s", delimiter);
        input->has_hint = true;
    }
}

bool xcsv_record(struct csv_input *input)
{
    struct stream *s = input->stream;

    while (s->in.at < s->in.whole || xstream_fill(s)) {
        if (input->dialect.is_header)
            reader_keep(&s->in);
        if (csv_input_is_mark(s->in.at))
            xstream_fail(s, csv_input_first_line(input));
        if (is_skipped(input)) {
            take(s, csv_input_first_line(input).len + 1, 1);
        } else if (convert(input)) {
            if (s->header.n == 0) {
                check_delimiter(input);
                header_number(&s->header, input->scan.n_fields);
            }
            take(s, input->scan.len, input->scan.n_lines);
            s->n_read++;
            if (written(s).len == s->header.len)
                stream_skips(s, s->in.line + 1 - input->scan.n_lines, written(s));
            return true;
        }
    }
    return false;
}

/* Makes the header of S from the line being written, which was line LINE of the input. */
static void make_header(struct stream *s, size_t n_fields, uint64_t line)
{
    struct span header = written(s);
    struct record r = { .text = (char *)header.at, .line = line };

    size_t n_empty = 0;

    xrecord_size(&r, n_fields);
    record_resplit(&r, header.len);
    for (size_t i = 0; i < n_fields; i++)
        n_empty += record_field(&r, i).len == 0;
    if (n_empty > 1) /* usually a title, filled up with delimiters */
        xstream_stop(s, line, "%zu columns have an empty name; if the header is a later line, skip lines before it "
                     "with --skip N", n_empty);
    xstream_make_header(s, &r);
    record_free(&r);
}

static void skip_lines(struct csv_input *input)
{
    struct stream *s = input->stream;
    enum read_status status = READ_OK;
    struct span line;

    while (s->in.line < input->n_skipped && (status == READ_OK || status == READ_TOO_LONG)) {
        status = xreader_line(&s->in, &line);
        reader_keep(&s->in); /* these lines are not read again */
        if (status == READ_FAILED)
            xstream_read_error(s);
        if (status == READ_OK && csv_input_is_mark(line.at))
            xstream_fail(s, line);
    }
}

struct header xcsv_begin(struct csv_input *input)
{
    struct stream *s = input->stream;
    struct header known = s->header;
    uint64_t n_read = s->n_read;

    skip_lines(input);
    if (s->options->no_header)
        return known;
    s->header = (struct header){ .n = 0 };
    input->dialect.is_header = true;
    if (!xcsv_record(input) || s->n_read > n_read + 1)
        xstream_no_header(s);
    input->dialect.is_header = false;
    s->n_read = n_read;
    make_header(s, input->scan.n_fields, s->in.line + 1 - input->scan.n_lines);
    writer_rollback(&s->out);
    struct header h = s->header;
    s->header = known;
    return h;
}

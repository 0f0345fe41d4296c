/* SPDX-License-Identifier: MIT */
#include "csv_input.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/lines.h"
#include "base/quote.h"
#include "csv_hint.h"

enum { REASON_SIZE = 200 };

/* Whether LINE, which ends in LF, is a failure mark. Stricter than mark_find(): \! is data unless TAB follows. */
static bool is_failure_mark(const char *line)
{
    return line[0] == '\\' && line[1] == '!' && line[2] == '\t';
}

/* The first line of the window, without its LF. */
static struct span first_line(const struct csv_input *input)
{
    const struct reader *in = &input->stream->in;

    return lines_at((struct span){ in->at, (size_t)(in->whole - in->at) }, 0);
}

/* Takes the first N bytes of the window, which are N_LINES lines. */
static inline void take(struct stream *s, size_t n, size_t n_lines)
{
    s->in.at += n;
    s->in.line += n_lines;
}

/* Whether the next bad record ends the program, so that a hint may follow its reason. */
static bool is_last(const struct csv_input *input)
{
    return input->dialect.is_header || input->stream->options->rejects == NULL;
}

/*
 * Rejects the first LEN bytes of the window, N_LINES lines, and takes them and their LF. A bad header ends the program.
 */
static void reject(struct csv_input *input, size_t len, size_t n_lines, const char *reason)
{
    struct stream *s = input->stream;
    struct span shown = { s->in.at, len < s->in.max_line ? len : s->in.max_line };
    uint64_t line = s->in.line + 1;

    if (input->dialect.is_header)
        xstream_stop(s, line, "%s", reason);
    s->n_read++;
    xstream_reject(s, line, shown, "%s", reason);
    take(s, len + 1, n_lines);
}

/* reject() for the error of the scan. */
static void reject_error(struct csv_input *input, size_t len, size_t n_lines)
{
    const struct reader *in = &input->stream->in;
    const char *error = in->at + input->scan.offset;
    const char *line = in->at;
    uint64_t number = in->line + 1;
    const char *what = csv_error_text(input->scan.error);
    const char *hint = "";
    char where[REASON_SIZE] = "";
    char reason[REASON_SIZE + QUOTE_SIZE];
    struct quoted q;
    const char *lf;

    while ((lf = memchr(line, '\n', (size_t)(error - line))) != NULL) {
        line = lf + 1;
        number++;
    }
    if (line > in->at)
        snprintf(where, sizeof where, "line %" PRIu64 ", ", number);
    size_t place = (size_t)(error - line) + 1;
    for (const char *p = line; p < error && input->encoding != NULL; p++)
        place -= ((unsigned char)*p & 0xc0) == 0x80; /* not the first byte of a character */
    if (input->scan.error == CSV_UTF8 && input->encoding != NULL) {
        what = "invalid ";
        hint = quote(&q, span_of(input->encoding));
    } else if (input->scan.error == CSV_UTF8 && is_last(input)) {
        hint = "; try --encoding cp1252";
    } else if (input->scan.error == CSV_NUL && input->dialect.is_header && input->encoding == NULL) {
        hint = "; if the text is UTF-16, try --encoding UTF-16";
    }
    const char *unit = input->encoding != NULL ? "character" : "byte";
    snprintf(reason, sizeof reason, "%s%s %zu: %s%s", where, unit, place, what, hint);
    reject(input, len, n_lines, reason);
}

/* Rejects the first line of a record that is longer than the limit for a line. */
static void reject_too_long(struct csv_input *input)
{
    struct stream *s = input->stream;
    struct span first = first_line(input);
    char reason[REASON_SIZE];

    snprintf(reason, sizeof reason, "longer than %zu bytes", s->in.max_line);
    /* Scan the first line alone: the result for later lines depends on how much of them was read. */
    writer_rollback(&s->out);
    input->scan = (struct csv_scan){ .len = 0 };
    if (first.len <= s->in.max_line &&
        xcsv_scan(&input->dialect, &input->scan, first.at, first.at + first.len + 1, &s->out) == CSV_OPEN)
        snprintf(reason, sizeof reason, "longer than %zu bytes; the quote at byte %zu may be unclosed",
                 s->in.max_line, input->scan.quote + 1);
    reject(input, first.len, 1, reason);
}

/* Rejects the first line of a record where the input ends inside quotes. */
static void reject_unclosed(struct csv_input *input)
{
    struct stream *s = input->stream;
    const char *last = (const char *)memrchr(s->in.at, '\n', (size_t)(s->in.whole - 1 - s->in.at));

    if (last != NULL && is_failure_mark(last + 1))
        xstream_fail(s, (struct span){ last + 1, (size_t)(s->in.whole - 1 - (last + 1)) });
    input->scan.error = CSV_UNCLOSED;
    input->scan.offset = input->scan.quote;
    reject_error(input, first_line(input).len, 1);
}

/* Rejects the first line of a record whose quotes are wrong. */
static void reject_broken(struct csv_input *input)
{
    const struct reader *in = &input->stream->in;
    const char *broken = in->at + input->scan.offset;
    const char *line_end = memchr(broken, '\n', (size_t)(in->whole - broken));

    if ((size_t)(line_end - in->at) > in->max_line)
        reject_too_long(input);
    else
        reject_error(input, first_line(input).len, 1);
}

/* Rejects a record with another number of fields than the header. */
static __attribute__((noinline)) void reject_count(struct csv_input *input)
{
    struct stream *s = input->stream;
    const struct csv_scan *scan = &input->scan;
    char reason[REASON_SIZE];
    bool is_early = s->header.n == 1 || s->n_read == s->n_rejected;

    stream_describe_count(s, scan->n_fields, reason, sizeof reason);
    if (scan->n_fields > s->header.n && is_early && is_last(input) && !input->has_hint && !s->options->no_header) {
        size_t len = strlen(reason);
        snprintf(reason + len, sizeof reason - len, "; if this is the header, skip lines before it with --skip %" PRIu64,
                 s->in.line);
    }
    reject(input, scan->len - 1, scan->n_lines, reason);
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
        reject_too_long(input);
    } else if (scan->error != CSV_OK) {
        reject_error(input, scan->len - 1, scan->n_lines);
    } else if (scan->n_fields != s->header.n && s->header.n > 0) {
        reject_count(input);
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
            reject_unclosed(input);
            return false;
        case READ_TOO_LONG:
            reject_too_long(input);
            return false;
        case READ_FAILED:
            xstream_read_error(s);
        }
    }
    if (status == CSV_RECORD)
        return check(input);
    reject_broken(input);
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
    struct span line = first_line(input);
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
        if (is_failure_mark(s->in.at))
            xstream_fail(s, first_line(input));
        if (is_skipped(input)) {
            take(s, first_line(input).len + 1, 1);
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

    xrecord_size(&r, n_fields);
    record_resplit(&r, header.len);
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
        if (status == READ_OK && is_failure_mark(line.at))
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

void xcsv_reject(struct csv_input *input, const char *reason)
{
    struct stream *s = input->stream;
    struct span record = { s->in.at - input->scan.len, input->scan.len - 1 };

    xstream_reject(s, s->in.line + 1 - input->scan.n_lines, record, "%s", reason);
}

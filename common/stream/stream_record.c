/* SPDX-License-Identifier: MIT */
/* stream_record: the header line and the records of a stream. */
#include <inttypes.h>
#include <stdio.h>

#include "base/mark.h"
#include "stream/hint.h"
#include "stream/reader_line.h"
#include "stream/stream.h"
#include "stream/tsv.h"

enum { REASON_SIZE = 1000 };

/* Nothing may follow the end mark, except the failure mark of a program that failed later. */
static void expect_end(struct stream *s)
{
    struct span line;

    s->end_mark = true;
    switch (xreader_line(&s->in, &line)) {
    case READ_STOPPED:
    case READ_END:
        return;
    case READ_FAILED:
        xstream_read_error(s);
    case READ_OK:
        if (mark_find(line) == MARK_FAILURE)
            xstream_fail(s, line);
        break;
    case READ_TOO_LONG:
        break;
    }
    xstream_stop(s, s->in.line, "data after the end mark");
}

/* Takes the next line into R; false at the end of the input. */
static inline bool next_line(struct stream *s, struct record *r)
{
    while (!record_split(&s->in, r))
        if (!xstream_fill(s))
            return false;
    return true;
}

/* Checks the special bytes of R and rewrites them in canonical spelling. Returns NULL, or an error built in REASON. */
static const char *normalize(struct record *r, char reason[REASON_SIZE])
{
    size_t len = r->len;
    size_t offset;
    enum tsv_error error = tsv_normalize(r->text, &len, &offset);

    if (error != TSV_OK) {
        snprintf(reason, REASON_SIZE, "byte %zu: %s", offset + 1, tsv_error_text(error));
        return reason;
    }
    if (len != r->len)
        record_resplit(r, len);
    return NULL;
}

/* Dies if the first bytes of R, the first line, tell that the input is no text. */
static void check_format(struct stream *s, const struct record *r)
{
    bool is_open;
    const struct format *format = format_find(record_line(r), false, &is_open);

    if (format != NULL)
        xstream_refuse_format(s, format);
}

/* Checks the bytes of R. False: it is the end mark. *REASON is NULL or an error, built in BUFFER. */
static bool inspect(struct stream *s, struct record *r, char buffer[REASON_SIZE], const char **reason)
{
    *reason = NULL;
    if (r->is_special) {
        switch (mark_find(record_line(r))) {
        case MARK_FAILURE:
            xstream_fail(s, record_line(r));
        case MARK_END:
            expect_end(s);
            return false;
        case MARK_NONE:
            break;
        }
    }
    if (r->len > s->in.max_line) {
        snprintf(buffer, REASON_SIZE, "longer than %zu bytes", s->in.max_line);
        *reason = buffer;
        r->len = s->in.max_line; /* as in reject_too_long() */
    } else if (r->is_special) {
        *reason = normalize(r, buffer);
    }
    if (*reason != NULL && r->line == 1)
        check_format(s, r);
    return true;
}

void xstream_make_header(struct stream *s, const struct record *r)
{
    char reason[HEADER_REASON_SIZE];

    if (xheader_make(&s->header, r, reason) != NULL)
        xstream_stop(s, r->line, "%s", reason);
}

void stream_describe_count(const struct stream *s, size_t n_fields, char *reason, size_t size)
{
    snprintf(reason, size, "got %zu field%s, %s has %zu", n_fields, n_fields == 1 ? "" : "s",
             s->header.names != NULL ? "the header" : "the first record", s->header.n);
}

/* Whether R is a good record. Counts it, and rejects it if it is bad; the end mark is neither. */
static bool check(struct stream *s, struct record *r)
{
    char buffer[REASON_SIZE];
    const char *reason;

    if (!inspect(s, r, buffer, &reason))
        return false;
    s->n_read++;
    if (reason != NULL)
        xstream_reject(s, r->line, record_line(r), "%s", reason);
    else if (r->n_fields != s->header.n) {
        stream_describe_count(s, r->n_fields, buffer, sizeof buffer);
        xstream_reject(s, r->line, record_line(r), "%s", buffer);
    } else {
        return true;
    }
    return false;
}

/*
 * Makes the window start with the header line. One that is longer than the limit for a line may be incomplete: it is cut
 * so that it ends the program in the same way as if it were complete.
 */
static void fill_header(struct stream *s)
{
    if (s->in.at < s->in.whole)
        return;
    switch (xreader_fill(&s->in)) {
    case READ_OK:
    case READ_STOPPED:
    case READ_END:
        return;
    case READ_FAILED:
        xstream_read_error(s);
    case READ_TOO_LONG:
        break;
    }
    s->in.whole = s->in.at + s->in.max_line + 2;
    s->in.whole[-1] = '\n';
    if (s->in.end < s->in.whole)
        s->in.end = s->in.whole;
}

/*
 * Under -N: makes room in R for the fields of the first record, which stays in the window. Lines before it that are too
 * long are rejected: one may be incomplete, and then nobody knows how many fields it has.
 */
static void count_fields(struct stream *s, struct record *r)
{
    while (xstream_fill(s)) {
        size_t len = (size_t)((char *)memchr(s->in.at, '\n', (size_t)(s->in.whole - s->in.at)) - s->in.at);
        if (mark_find((struct span){ s->in.at, len }) != MARK_NONE)
            return;
        if (len > s->in.max_line) {
            next_line(s, r);
            check(s, r);
            continue;
        }
        size_t n = 1;
        for (size_t i = 0; i < len; i++)
            n += s->in.at[i] == '\t';
        header_number(&s->header, n);
        xrecord_size(r, n);
        return;
    }
}

void xstream_read_header(struct stream *s, struct record *r)
{
    uint64_t n_read = s->n_read; /* of the files before this one */
    char buffer[REASON_SIZE];
    const char *reason;

    xrecord_size(r, 1);
    if (s->options->no_header) {
        count_fields(s, r);
        return;
    }
    fill_header(s);
    bool has_line = next_line(s, r) && inspect(s, r, buffer, &reason) && s->n_read == n_read;
    if (s->in.stop != NULL && *s->in.stop != 0)
        return;
    if (!has_line)
        xstream_no_header(s);
    if (reason != NULL)
        xstream_stop(s, r->line, "%s%s", reason, hint_header(record_line(r)));
    xrecord_size(r, r->n_fields);
    record_resplit(r, r->len);
    xstream_make_header(s, r);
}

bool stream_skips(struct stream *s, uint64_t line_number, struct span record)
{
    if (record.len != s->header.len || record.len == 0 || !header_is(&s->header, record))
        return false;
    if (!s->skips_headers && !s->saw_header_again) {
        s->saw_header_again = true;
        stream_warn(s, line_number, "the record equals the header line; were files concatenated?");
    }
    return s->skips_headers;
}

bool xstream_record(struct stream *s, struct record *r)
{
    while (!s->end_mark && next_line(s, r)) {
        bool is_plain = !r->is_special && r->n_fields == s->header.n && r->len <= s->in.max_line;
        s->n_read += is_plain;
        if (!is_plain && !check(s, r))
            continue;
        if (!stream_skips(s, r->line, record_line(r)))
            return true;
        s->n_read--;
    }
    return false;
}

/*
 * Whether R is good and does not equal the header line; normalizes it. If it equals the header line, it ends before its
 * LF again.
 */
static bool is_good(struct stream *s, struct record *r)
{
    char reason[REASON_SIZE];
    char *end = r->text + r->len;

    if (r->len > s->in.max_line || r->n_fields != s->header.n ||
        (r->is_special && (mark_find(record_line(r)) != MARK_NONE || normalize(r, reason) != NULL)))
        return false;
    if (!header_is(&s->header, record_line(r)))
        return true;
    r->text = memmove(end - r->len, r->text, r->len);
    return false;
}

bool stream_next_good(struct stream *s, struct record *r)
{
    if (s->end_mark || !record_split(&s->in, r))
        return false;
    bool is_plain = !r->is_special && r->n_fields == s->header.n && r->len <= s->in.max_line &&
                    r->len != s->header.len;
    if (!is_plain && !is_good(s, r)) {
        s->in.at = r->text;
        s->in.line--;
        return false;
    }
    s->n_read++;
    return true;
}

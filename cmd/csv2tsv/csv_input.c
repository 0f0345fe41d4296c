/* SPDX-License-Identifier: MIT */
#include "csv_input.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/lines.h"
#include "base/quote.h"

enum { REASON_SIZE = 200 };

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
    s->in.at += len + 1;
    s->in.line += n_lines;
}

void xcsv_reject_error(struct csv_input *input, size_t len, size_t n_lines)
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

void xcsv_reject_too_long(struct csv_input *input)
{
    struct stream *s = input->stream;
    struct span first = csv_input_first_line(input);
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

void xcsv_reject_unclosed(struct csv_input *input)
{
    struct stream *s = input->stream;
    const char *last = (const char *)memrchr(s->in.at, '\n', (size_t)(s->in.whole - 1 - s->in.at));

    if (last != NULL && csv_input_is_mark(last + 1))
        xstream_fail(s, (struct span){ last + 1, (size_t)(s->in.whole - 1 - (last + 1)) });
    input->scan.error = CSV_UNCLOSED;
    input->scan.offset = input->scan.quote;
    xcsv_reject_error(input, csv_input_first_line(input).len, 1);
}

void xcsv_reject_broken(struct csv_input *input)
{
    const struct reader *in = &input->stream->in;
    const char *broken = in->at + input->scan.offset;
    const char *line_end = memchr(broken, '\n', (size_t)(in->whole - broken));

    if ((size_t)(line_end - in->at) > in->max_line)
        xcsv_reject_too_long(input);
    else
        xcsv_reject_error(input, csv_input_first_line(input).len, 1);
}

void xcsv_reject_count(struct csv_input *input)
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

void xcsv_reject(struct csv_input *input, const char *reason)
{
    struct stream *s = input->stream;
    struct span record = { s->in.at - input->scan.len, input->scan.len - 1 };

    xstream_reject(s, s->in.line + 1 - input->scan.n_lines, record, "%s", reason);
}

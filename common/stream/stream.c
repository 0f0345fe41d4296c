/* SPDX-License-Identifier: MIT */
#include "stream/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mark.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/hint.h"
#include "stream/rejects.h"
#include "stream/tsv.h"

enum { REASON_SIZE = 1000 };

static const struct span newline = { "\n", 1 };
static const char too_long[] = "longer than %zu bytes";

void stream_leave_marks(const struct stream_options *options)
{
    if (options->kind != STREAM_SINK)
        die_leaves(options->no_header || options->kind == STREAM_TEXT ? DIE_ALWAYS_MARK : DIE_FAILURE_MARK);
}

void stream_check_output(const struct stat *input, const char *name)
{
    struct stat output;

    if (!S_ISREG(input->st_mode) || fstat(STDOUT_FILENO, &output) != 0 || input->st_dev != output.st_dev ||
        input->st_ino != output.st_ino)
        return;
    die_leaves(DIE_NO_MARK); /* it would be written to the input */
    die_usage("%s is both input and output; write to another file", name);
}

static void xopen(struct stream *s, const struct stream_options *options, bool has_files)
{
    *s = (struct stream){ .options = options, .has_files = has_files };
    reader_open(&s->in, STDIN_FILENO, options->max_line);
    stream_leave_marks(options);
    if (options->kind != STREAM_SINK)
        writer_open(&s->out, STDOUT_FILENO, NULL);
    if (options->rejects != NULL)
        xrejects_open(&s->rejects, options->rejects, has_files);
    reader_add_writer(&s->in, &s->out);
    reader_add_writer(&s->in, &s->rejects);
}

void xstream_open(struct stream *s, const struct stream_options *options)
{
    struct stat status;

    if (options->kind != STREAM_SINK && fstat(STDIN_FILENO, &status) == 0)
        stream_check_output(&status, "standard input");
    xopen(s, options, false);
}

void xstream_open_files(struct stream *s, const struct stream_options *options)
{
    xopen(s, options, true);
}

void stream_go_on(struct stream *s, int fd, const char *name)
{
    reader_redirect(&s->in, fd, NULL);
    s->name = name;
    s->end_mark = false;
    s->saw_header_again = false;
}

void xstream_open_file(struct stream *s, const char *name, const struct stream_options *options)
{
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    struct stat status;

    stream_leave_marks(options);
    if (fd < 0 || fstat(fd, &status) != 0)
        die_errno(name);
    stream_check_output(&status, name);
    *s = (struct stream){ .options = options, .name = name };
    reader_open(&s->in, fd, options->max_line);
}

/* die() with the name of the file that S reads, if any, before the message. */
static _Noreturn void die_in(const struct stream *s, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static _Noreturn void die_in(const struct stream *s, enum status status, const char *format, ...)
{
    char message[3 * REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (s->name != NULL)
        die(status, "%s: %s", s->name, message);
    die(status, "%s", message);
}

void stream_warn(const struct stream *s, uint64_t line_number, const char *format, ...)
{
    char message[3 * REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    warn("%s%sline %" PRIu64 ": %s", s->name != NULL ? s->name : "", s->name != NULL ? ": " : "", line_number, message);
}

void xstream_flush(struct stream *s)
{
    if (s->out.buffer != NULL) {
        writer_rollback(&s->out);
        xwriter_flush(&s->out);
    }
    if (s->rejects.buffer != NULL)
        xwriter_flush(&s->rejects);
}

void xstream_read_error(struct stream *s)
{
    int error = errno;

    if (error == EBADMSG && s->in.source != NULL)
        xstream_refuse(s, "%s", s->in.source->reason);
    xstream_flush(s);
    die_in(s, STATUS_SYSTEM, "read error: %s", strerror(error));
}

void xstream_number_lines(struct stream *s)
{
    if (reader_number_lines(&s->in) != READ_OK)
        xstream_read_error(s);
}

void xstream_fail(struct stream *s, struct span line)
{
    struct span reason = mark_reason(line);
    struct quoted q;

    xstream_flush(s);
    if (s->out.buffer != NULL && !isatty(s->out.fd)) {
        xwriter_bytes(&s->out, line);
        xwriter_bytes(&s->out, newline);
        writer_commit(&s->out);
        xwriter_flush(&s->out);
    }
    /* The mark was passed on. If it came from a table besides the input, this program leaves its own instead. */
    if (s->out.buffer != NULL)
        die_leaves(DIE_NO_MARK);
    /* The reason should be a short message of a weir program, but may be anything. */
    char *text = xmemdup(reason.at, reason.len < REASON_SIZE ? reason.len : REASON_SIZE);
    text[tsv_unescape(text, span_of(text))] = '\0';
    die_in(s, STATUS_BAD_DATA, "input failed: %s", *text != '\0' ? text : quote(&q, line));
}

void xstream_refuse(struct stream *s, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    xstream_flush(s);
    die_in(s, STATUS_BAD_DATA, "%s", reason);
}

void xstream_refuse_format(struct stream *s, const struct format *format)
{
    if (format->kind == FORMAT_OTHER)
        xstream_refuse(s, "%s", format->name);
    if (format->kind == FORMAT_ENCODED && s->options->encoding != NULL)
        xstream_refuse(s, "the input is %s, not UTF-8; read it with --encoding %s", format->name, format->name);
    if (format->kind == FORMAT_ENCODED)
        xstream_refuse(s, "the input is %s, not UTF-8; convert it with iconv -f %s -t UTF-8", format->name,
                       format->name);
    if (s->name != NULL)
        xstream_refuse(s, "the file is packed by %s; unpack it: tsvcat %s > FILE", format->name, s->name);
    xstream_refuse(s, "the input is packed by %s; unpack it: tsvcat FILE | %s ...", format->name, program_name());
}

/* Ends the program because of line LINE_NUMBER. */
static _Noreturn void stop(struct stream *s, uint64_t line_number, const char *reason)
{
    xstream_flush(s);
    die_in(s, STATUS_BAD_DATA, "line %" PRIu64 ": %s", line_number, reason);
}

void xstream_stop(struct stream *s, uint64_t line_number, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    stop(s, line_number, reason);
}

void xstream_reject(struct stream *s, uint64_t line_number, struct span line, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (s->rejects.buffer == NULL)
        stop(s, line_number, reason);
    if (s->out.buffer != NULL)
        writer_rollback(&s->out);
    if (s->has_files)
        xrejects_add_file(&s->rejects, s->name);
    xrejects_add(&s->rejects, line_number, line, reason);
    if (++s->n_rejected > s->options->max_rejects) {
        xstream_flush(s);
        die_in(s, STATUS_BAD_DATA, "line %" PRIu64 ": %s; more than %" PRIu64 " bad records", line_number, reason,
            s->options->max_rejects);
    }
}

/* Rejects the last line taken, which begins with START. */
static void reject_too_long(struct stream *s, struct span start)
{
    if (mark_find(start) == MARK_FAILURE)
        xstream_fail(s, start);
    s->n_read++;
    xstream_number_lines(s);
    start.len = s->in.max_line; /* the rest of START depends on how the line was read */
    xstream_reject(s, s->in.line, start, too_long, s->in.max_line);
}

static bool is_blank(struct span line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != '\r')
            return false;
    return true;
}

bool xstream_line(struct stream *s, struct span *line)
{
    for (;;) {
        switch (xreader_line(&s->in, line)) {
        case READ_STOPPED:
        case READ_END:
            return false;
        case READ_FAILED:
            xstream_read_error(s);
        case READ_TOO_LONG:
            reject_too_long(s, *line);
            continue;
        case READ_OK:
            break;
        }
        if (mark_find(*line) == MARK_FAILURE)
            xstream_fail(s, *line);
        if (is_blank(*line))
            continue;
        s->n_read++;
        return true;
    }
}

void xstream_reject_field(struct stream *s, const struct record *r, size_t column, const char *reason)
{
    struct quoted name;
    struct quoted field;

    xstream_reject(s, r->line, record_line(r), "column %s: \"%s\" %s", header_label(&s->header, column, &name),
                   quote(&field, record_field(r, column)), reason);
}

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
    stop(s, s->in.line, "data after the end mark");
}

/* Reads until the window holds a whole line, or rejects an overlong one. False at the end of the input. */
static bool fill(struct stream *s)
{
    switch (xreader_fill(&s->in)) {
    case READ_OK:
        return true;
    case READ_STOPPED:
    case READ_END:
        return false;
    case READ_TOO_LONG:
        break;
    case READ_FAILED:
        xstream_read_error(s);
    }
    reject_too_long(s, reader_drop(&s->in));
    return true;
}

bool xstream_fill(struct stream *s)
{
    while (s->in.at >= s->in.whole)
        if (!fill(s))
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

/* Takes the next line into R; false at the end of the input. */
static inline bool next_line(struct stream *s, struct record *r)
{
    while (!record_split(&s->in, r))
        if (!fill(s))
            return false;
    return true;
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
        snprintf(buffer, REASON_SIZE, too_long, s->in.max_line);
        *reason = buffer;
        r->len = s->in.max_line; /* as in reject_too_long() */
    } else if (r->is_special) {
        *reason = normalize(r, buffer);
    }
    if (*reason != NULL && r->line == 1)
        check_format(s, r);
    return true;
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

/* Whether LINE is the header line H, spelled as on input: with a CR at its end, or \b \f \v \'. */
static bool is_header_as_read(const struct header *h, struct span line)
{
    static const char values[] = "\b\f\v'";
    static const char letters[] = "bfv'";
    size_t i = 0;
    size_t at = 0;

    if (h->names == NULL || line.len < h->len)
        return false;
    for (; at < h->len; at++, i++) {
        if (i < line.len && line.at[i] == h->text[at])
            continue;
        const char *found = memchr(values, h->text[at], sizeof values - 1);
        char letter = found != NULL ? letters[found - values] : '\0';
        if (letter == '\0' || line.len - i < 2 || line.at[i] != '\\' || line.at[i + 1] != letter)
            return false;
        i++;
    }
    return i == line.len || (i + 1 == line.len && line.at[i] == '\r');
}

/* Whether R is good and does not equal the header line; normalizes it. */
static bool is_good(struct stream *s, struct record *r)
{
    char reason[REASON_SIZE];

    return r->len <= s->in.max_line && r->n_fields == s->header.n && !is_header_as_read(&s->header, record_line(r)) &&
           (!r->is_special || (mark_find(record_line(r)) == MARK_NONE && normalize(r, reason) == NULL));
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

/* Under -N: makes room in R for the fields of the first record, which stays in the window. */
static void count_fields(struct stream *s, struct record *r)
{
    if (!xstream_fill(s))
        return;
    size_t len = (size_t)((char *)memchr(s->in.at, '\n', (size_t)(s->in.whole - s->in.at)) - s->in.at);
    if (mark_find((struct span){ s->in.at, len }) != MARK_NONE)
        return;
    size_t n = 1;
    for (size_t i = 0; i < len; i++)
        n += s->in.at[i] == '\t';
    header_number(&s->header, n);
    xrecord_size(r, n);
}

void xstream_no_header(struct stream *s)
{
    xstream_flush(s);
    die_in(s, STATUS_BAD_DATA, "no header line%s", s->in.offset == 0 ? "; the input is empty" : "");
}

void xstream_make_header(struct stream *s, const struct record *r)
{
    char reason[HEADER_REASON_SIZE];

    if (xheader_make(&s->header, r, reason) != NULL)
        stop(s, r->line, reason);
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

void xstream_end_record(struct stream *s)
{
    xwriter_char(&s->out, '\n');
    writer_commit(&s->out);
}

void xstream_close(struct stream *s)
{
    if (s->options->kind != STREAM_FILTER && s->options->end_mark && !s->end_mark) {
        xstream_flush(s);
        die(STATUS_BAD_DATA, "the input has no end mark: it is not complete");
    }
    /* Before the end mark, which says that everything succeeded. */
    if (s->rejects.buffer != NULL)
        xwriter_close(&s->rejects);
    if (s->out.buffer != NULL) {
        if ((s->options->end_mark || s->end_mark) && s->options->kind == STREAM_FILTER) {
            xwriter_bytes(&s->out, mark_end());
            writer_commit(&s->out);
        }
        xwriter_close(&s->out);
        die_leaves(DIE_NO_MARK);
    }
    if (s->name != NULL)
        close(s->in.fd);
    reader_close(&s->in);
    header_free(&s->header);
}

enum status xstream_finish(struct stream *s, const char *summary, ...)
{
    char text[REASON_SIZE];
    va_list arguments;

    xstream_close(s);
    va_start(arguments, summary);
    vsnprintf(text, sizeof text, summary, arguments);
    va_end(arguments);
    if (s->options->rejects != NULL)
        warn("%" PRIu64 " read, %s, %" PRIu64 " rejected to %s", s->n_read, text, s->n_rejected, s->options->rejects);
    return STATUS_DONE;
}

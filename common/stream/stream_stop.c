/* SPDX-License-Identifier: MIT */
/* stream_stop: bad records, and the ends of a program that something in its input causes. */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mark.h"
#include "base/memory.h"
#include "stream/rejects.h"
#include "stream/stream.h"
#include "stream/tsv.h"

enum { REASON_SIZE = 1000 };

void xstream_flush(struct stream *s)
{
    if (s->out.buffer != NULL) {
        writer_rollback(&s->out);
        xwriter_flush(&s->out);
    }
    if (s->rejects.buffer != NULL)
        xwriter_flush(&s->rejects);
}

/* xstream_flush(), and die() with the name of the file that S reads, if any, before the message. */
static _Noreturn void end(struct stream *s, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static _Noreturn void end(struct stream *s, enum status status, const char *format, ...)
{
    char message[3 * REASON_SIZE];
    va_list arguments;

    xstream_flush(s);
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (s->name != NULL)
        die(status, "%s: %s", s->name, message);
    die(status, "%s", message);
}

void xstream_read_error(struct stream *s)
{
    int error = errno;

    if (error == EBADMSG && s->in.source != NULL)
        xstream_refuse(s, "%s", s->in.source->reason);
    end(s, STATUS_SYSTEM, "read error: %s", strerror(error));
}

void xstream_number_lines(struct stream *s)
{
    if (reader_number_lines(&s->in) != READ_OK)
        xstream_read_error(s);
}

void xstream_refuse(struct stream *s, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    end(s, STATUS_BAD_DATA, "%s", reason);
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

void xstream_stop(struct stream *s, uint64_t line_number, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    xstream_number_lines(s);
    end(s, STATUS_BAD_DATA, "line %" PRIu64 ": %s", s->in.lines_before + line_number, reason);
}

void xstream_no_header(struct stream *s)
{
    end(s, STATUS_BAD_DATA, "no header line%s", s->in.offset == 0 ? "; the input is empty" : "");
}

void xstream_fail(struct stream *s, struct span line)
{
    struct span reason = mark_reason(line);
    struct quoted q;

    xstream_flush(s);
    if (s->out.buffer != NULL && !isatty(s->out.fd)) {
        xwriter_bytes(&s->out, line);
        xstream_end_record(s);
        xwriter_flush(&s->out);
        s->out.n_lines--;
    }
    /* The mark was passed on. If it came from a table besides the input, this program leaves its own instead. */
    if (s->out.buffer != NULL)
        die_leaves(DIE_NO_MARK);
    /* The reason should be a short message of a weir program, but may be anything. */
    char *text = xmemdup(reason.at, reason.len < REASON_SIZE ? reason.len : REASON_SIZE);
    text[tsv_unescape(text, span_of(text))] = '\0';
    end(s, STATUS_BAD_DATA, "input failed: %s", *text != '\0' ? text : quote(&q, line));
}

void xstream_reject(struct stream *s, uint64_t line_number, struct span line, const char *format, ...)
{
    char reason[REASON_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    if (s->rejects.buffer == NULL)
        xstream_stop(s, line_number, "%s", reason);
    if (s->out.buffer != NULL)
        writer_rollback(&s->out);
    if (s->has_files)
        xrejects_add_file(&s->rejects, s->name);
    xrejects_add(&s->rejects, line_number, line, reason);
    if (++s->n_rejected > s->options->max_rejects)
        xstream_stop(s, line_number, "%s; more than %" PRIu64 " bad records", reason, s->options->max_rejects);
}

void xstream_reject_field(struct stream *s, const struct record *r, size_t column, const char *reason)
{
    struct quoted name;
    struct quoted field;

    xstream_reject(s, r->line, record_line(r), "column %s: \"%s\" %s", header_label(&s->header, column, &name),
                   quote(&field, record_field(r, column)), reason);
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

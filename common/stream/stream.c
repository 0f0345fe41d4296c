/* SPDX-License-Identifier: MIT */
#include "stream/stream.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mark.h"
#include "stream/reader_line.h"
#include "stream/rejects.h"
#include "stream/stats.h"

enum { SUMMARY_SIZE = 1000 };

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
    s->out.counts_lines = options->stats != NULL && options->kind == STREAM_FILTER;
    stats_watch(s);
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

/* Rejects the last line taken, which begins with START. */
static void reject_too_long(struct stream *s, struct span start)
{
    if (mark_find(start) == MARK_FAILURE)
        xstream_fail(s, start);
    s->n_read++;
    start.len = s->in.max_line; /* the rest of START depends on how the line was read */
    xstream_reject(s, s->in.line, start, "longer than %zu bytes", s->in.max_line);
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

/* Inlined into the loop over records, it slows weekagg with percentiles down by 7%. */
__attribute__((noinline)) bool xstream_fill(struct stream *s)
{
    while (s->in.at >= s->in.whole)
        if (!fill(s))
            return false;
    return true;
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
        bool marks = (s->options->end_mark || s->end_mark) && s->options->kind == STREAM_FILTER;
        if (marks) {
            xwriter_bytes(&s->out, mark_end());
            writer_commit(&s->out);
        }
        xwriter_close(&s->out);
        s->out.n_lines -= marks;
        die_leaves(DIE_NO_MARK);
    }
    if (s->name != NULL)
        close(s->in.fd);
    reader_close(&s->in);
    header_free(&s->header);
}

enum status xstream_finish(struct stream *s, const char *summary, ...)
{
    char text[SUMMARY_SIZE];
    va_list arguments;

    xstream_close(s);
    va_start(arguments, summary);
    vsnprintf(text, sizeof text, summary, arguments);
    va_end(arguments);
    if (s->options->rejects != NULL)
        warn("%" PRIu64 " read, %s, %" PRIu64 " rejected to %s", s->n_read, text, s->n_rejected, s->options->rejects);
    return stats_end(s->status) ? s->status : STATUS_SYSTEM;
}

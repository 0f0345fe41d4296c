/* SPDX-License-Identifier: MIT */
/* keep-header: runs a command on the records, and leaves header and marks in their places. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "base/lines.h"
#include "base/mark.h"
#include "stream/heading.h"
#include "stream/reader_line.h"
#include "stream/stream.h"
#include "command.h"
#include "inputs.h"

enum { MOST_STATUS = 255 };

struct options {
    uint64_t ok;
    struct stream_options stream;
    struct stream_options files; /* derived: for the FILEs */
};

struct job {
    const struct options *options;
    struct stream stream; /* standard input and output */
    struct inputs inputs;
    struct command command;
    const char *end_mark; /* the last one read, with its LF */
};

static void check(const struct options *o)
{
    if (o->ok > MOST_STATUS)
        die_usage("--ok must be at most %d", MOST_STATUS);
}

/* Finds COMMAND, after the FILEs among the operands. ARGV[FIRST] is the first operand. */
static char **find_command(char **argv, int first, size_t *n_files)
{
    *n_files = 0;
    if (strcmp(argv[first - 1], "--") != 0)
        for (int i = first; argv[i] != NULL && *n_files == 0; i++)
            if (strcmp(argv[i], "--") == 0)
                *n_files = (size_t)(i - first);
    char **command = argv + first + (*n_files > 0 ? *n_files + 1 : 0);
    if (*command == NULL)
        die_usage("expected COMMAND");
    return command;
}

/* Ends the program silently if the reader of standard output has exited. */
static void check_reader(void)
{
    struct pollfd out = { .fd = STDOUT_FILENO };

    if (poll(&out, 1, 0) > 0 && (out.revents & POLLERR) != 0)
        raise(SIGPIPE);
}

/* Whether STATUS means that a grep had no match: POSIX reserves 1 for that, and errors are greater. */
static bool is_no_match(const char *command, int status)
{
    size_t len = strlen(command);

    return status == 1 && len >= strlen("grep") && strcmp(command + len - strlen("grep"), "grep") == 0;
}

/* Waits for the command to end and dies if it has failed. */
static void end_command(struct job *job)
{
    struct command *c = &job->command;

    command_end(c);
    if (c->status == 0 || (uint64_t)c->status == job->options->ok || is_no_match(c->argv[0], c->status))
        return;
    check_reader();
    die((enum status)c->status, "%s: exit status %d", c->argv[0], c->status);
}

/*
 * Sends LINES to the command. A command that stops reading may have all it needs, as head(1) does. The rest of the
 * input is still read, because its mark says whether it is complete.
 */
static void send_lines(struct job *job, struct span lines)
{
    if (job->command.input < 0) {
        check_reader();
    } else if (!command_send(&job->command, lines)) {
        if (errno != EPIPE) {
            command_end(&job->command);
            die_errno("write error");
        }
        end_command(job);
    }
}

/* Rejects the last line taken from S, which begins with START. */
static void reject_too_long(struct job *job, struct stream *s, struct span start)
{
    struct stream *to = &job->stream;

    if (to->rejects.buffer == NULL || to->n_rejected == job->options->stream.max_rejects)
        command_end(&job->command);
    if (to->rejects.buffer == NULL)
        xstream_stop(s, s->in.line, "longer than %zu bytes", s->in.max_line);
    to->n_read++;
    start.len = s->in.max_line;
    xstream_reject(to, s->in.line, start, "longer than %zu bytes", s->in.max_line);
}

/* Takes the next line of S, which is a mark, is too long, or follows the end mark. */
static void take_line(struct job *job, struct stream *s)
{
    struct span line;

    xreader_line(&s->in, &line);
    enum mark mark = mark_find(line);
    if (mark == MARK_FAILURE) {
        command_end(&job->command);
        xstream_fail(s, line);
    }
    if (s->end_mark) {
        command_end(&job->command);
        xstream_stop(s, s->in.line, "data after the end mark");
    }
    s->end_mark = mark == MARK_END;
    if (mark == MARK_END)
        job->end_mark = line.len > 2 ? "\\.\r\n" : "\\.\n";
    else
        reject_too_long(job, s, line);
}

/* Makes the window of S start with a whole line, or with one that is too long. False at the end of the input. */
static bool fill(struct job *job, struct stream *s)
{
    if (s->in.at < s->in.whole)
        return true;
    enum read_status status = xreader_fill(&s->in);
    if (status == READ_FAILED) {
        command_end(&job->command);
        xstream_read_error(s);
    }
    return status == READ_OK || status == READ_TOO_LONG;
}

/* The lines at the start of the window of S, up to the first that is a mark or may be too long. */
static struct span good_lines(const struct stream *s)
{
    struct span lines = { s->in.at, s->in.whole > s->in.at ? (size_t)(s->in.whole - s->in.at) : 0 };

    if (s->end_mark)
        lines.len = 0;
    if (lines.len > s->in.max_line) {
        const char *newline = memrchr(lines.at, '\n', s->in.max_line + 1);
        lines.len = newline != NULL ? (size_t)(newline + 1 - lines.at) : 0;
    }
    lines.len = lines_find_mark(lines);
    return lines;
}

/* Reports the first of LINES that equals the header line of S. */
static void report_header(struct stream *s, struct span lines)
{
    struct span header = { s->header.text, s->header.len };

    if (header.len == 0 || s->saw_header_again)
        return;
    size_t at = lines_find(lines, 0, header);
    while (at < lines.len && !s->saw_header_again) {
        struct span line = lines_at(lines, at);
        uint64_t number = s->in.line + lines_count((struct span){ lines.at, at }) + 1;
        if (line.len > 0 && line.at[line.len - 1] == '\r')
            line.len--;
        stream_skips(s, number, line);
        at = lines_find(lines, lines_next(lines, at), header);
    }
}

/* Sends the records of S to the command. */
static void feed(struct job *job, struct stream *s)
{
    while (fill(job, s)) {
        struct span lines = good_lines(s);
        if (lines.len == 0) {
            take_line(job, s);
            continue;
        }
        uint64_t n = lines_count(lines);
        report_header(s, lines);
        send_lines(job, lines);
        s->in.at += lines.len;
        s->in.line += n;
        job->stream.n_read += n;
    }
}

static void keep_header(struct job *job)
{
    for (size_t i = 0; i < job->inputs.n; i++) {
        feed(job, job->inputs.at[i]);
        if (job->inputs.at[i] != &job->stream)
            job->stream.n_bytes += reader_offset(&job->inputs.at[i]->in);
    }
    end_command(job);
    if (inputs_are_marked(&job->inputs) && !job->options->stream.end_mark) {
        xwriter_bytes(&job->stream.out, span_of(job->end_mark));
        writer_commit(&job->stream.out);
    }
    job->stream.end_mark = false; /* already written, as it was read */
}

int main(int argc, char **argv)
{
    struct options o = { .ok = 0 };
    const struct option_spec specs[] = {
        { 0, "ok", "STATUS", "exit status of COMMAND that is not a failure", .number = &o.ok },
    };
    const struct usage usage = { "[FILE... --] COMMAND [ARGUMENT]...",
                                 "Runs COMMAND on the records, and leaves header and marks in their places.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    struct job job = { .options = &o };
    size_t n_files;

    int first = options_parse_command(argc, argv, &usage, &o.stream);
    check(&o);
    char **command = find_command(argv, first, &n_files);

    o.files = o.stream;
    o.files.rejects = NULL;
    xinputs_open(&job.inputs, &job.stream, argv + first, n_files, &o.files);
    xstream_open(&job.stream, &o.stream);
    job.stream.shares_output = true;
    xinputs_read_headers(&job.inputs);
    xheading_copy(&job.stream, (struct span){ job.inputs.header.at, job.inputs.header.len });
    die_leaves(DIE_ALWAYS_MARK); /* even for status 2 of the command: there is a header line now */
    xcommand_start(&job.command, command);
    keep_header(&job);
    inputs_close(&job.inputs);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " passed on", job.stream.n_read - job.stream.n_rejected);
}

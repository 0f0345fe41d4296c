/* SPDX-License-Identifier: MIT */
/* jsonl2tsv: turns JSON Lines into tab-separated records, one column for each path asked for. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/options.h"
#include "stream/progress.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/json.h"
#include "value/json_path.h"
#include "value/type.h"
#include "json_column.h"
#include "json_select.h"
#include "json_survey.h"
#include "shape.h"

/*
 * Bytes of an object's records to hold back until the last of them is known to be good. An object with more is gone
 * through twice, for what its outer levels repeat can make that many times the length of the line.
 */
enum { MOST_HELD = 1 << 20 };

struct options {
    bool outer;
    bool paths;
    int progress;
    struct stream_options stream;
};

/* The program at work. */
struct job {
    struct stream stream;
    struct json_column *columns;
    size_t n_columns;
    struct json_select select;
    struct shapes shapes;
    bool has_shapes; /* derived: every line is one record, and no column needs more than its bytes */
    struct progress progress;
};

/* Dies: OPERAND is wrong at its byte OFFSET. */
static _Noreturn void die_operand(const char *operand, enum json_column_fault fault, size_t offset)
{
    static const char *const texts[] = {
        [JSON_COLUMN_NO_PATH] = "no path",
        [JSON_COLUMN_NO_TYPE] = "no type (int, num, bool, time, str or json)",
        [JSON_COLUMN_NO_UTF8] = "no UTF-8",
    };
    struct quoted q;

    die_usage("%s: %s at character %zu", quote(&q, span_of(operand)), texts[fault], offset + 1);
}

/* Makes the columns of OPERANDS and the selection of their paths. */
static void xopen_columns(struct job *job, const struct options *o, char **operands, size_t n)
{
    struct json_path *paths = xcalloc(n, sizeof *paths);
    struct quoted q;
    size_t at;

    job->columns = xcalloc(n, sizeof *job->columns);
    job->n_columns = n;
    for (size_t i = 0; i < n; i++) {
        enum json_column_fault fault = xjson_column_parse(&job->columns[i], &paths[i], span_of(operands[i]), &at);
        if (fault != JSON_COLUMN_OK)
            die_operand(operands[i], fault, at);
    }
    if (!xjson_select_open(&job->select, paths, n, o->outer, &at))
        die_usage("%s: crosses an array that is not inside the other paths' arrays; use two runs",
                  quote(&q, span_of(operands[at])));
    job->has_shapes = job->select.n_levels == 0;
    for (size_t i = 0; i < n; i++) {
        job->has_shapes = job->has_shapes && paths[i].n > 0;
        json_path_free(&paths[i]);
    }
    free(paths);
    shapes_open(&job->shapes, n);
}

static void close_columns(struct job *job)
{
    shapes_close(&job->shapes);
    json_select_close(&job->select);
    free(job->columns);
}

static void write_header(struct job *job)
{
    struct buffer name = { .len = 0 };

    for (size_t i = 0; i < job->n_columns; i++) {
        struct span value = job->columns[i].name;
        char *out = xbuffer_reserve(&name, 2 * value.len);
        xstream_add_name(&job->stream, (struct span){ out, tsv_escape(out, value) });
    }
    xstream_end_header(&job->stream);
    buffer_free(&name);
}

/*
 * Writes VALUE in COLUMN and the TAB behind it; false if LINE had to be rejected. Inlined it takes the registers of the
 * loop over plain fields, and that costs jsonl2tsv 4% of its time.
 */
static __attribute__((noinline)) bool write_field(struct job *job, struct span line, const struct json_column *column,
                                                  const struct json_value *value)
{
    enum json_column_fault fault = xjson_column_write(column, &job->stream.out, value);

    if (fault != JSON_COLUMN_OK) {
        char reason[JSON_COLUMN_REASON_SIZE];
        json_column_describe(column, value, fault, reason);
        xstream_reject(&job->stream, job->stream.in.line, line, "%s", reason);
        return false;
    }
    xwriter_char(&job->stream.out, '\t');
    return true;
}

/* Writes VALUES as a record, not yet committed; false if LINE had to be rejected. */
static bool write_record(struct job *job, struct span line, const struct json_value *values)
{
    struct writer *out = &job->stream.out;
    const struct json_column *end = job->columns + job->n_columns;
    char *to = writer_end(out);

    for (const struct json_column *column = job->columns; column < end; column++, values++) {
        if (column->takes_all && json_is_field(values)) {
            to = xwriter_short(out, to, values->text, '\t');
            continue;
        }
        writer_advance(out, to);
        if (!write_field(job, line, column, values))
            return false;
        to = writer_end(out);
    }
    to[-1] = '\n';
    writer_advance(out, to);
    return true;
}

/* Whether LINE is an object, of *N_TOKENS tokens; rejects it if not. */
static bool is_object(struct job *job, struct span line, size_t *n_tokens)
{
    struct json_report report = json_check_object(line);

    *n_tokens = report.n_tokens;
    if (report.error != JSON_OK)
        xstream_reject(&job->stream, job->stream.in.line, line, "byte %zu: %s", report.offset + 1,
                       json_error_text(report.error));
    return report.error == JSON_OK;
}

/* Writes all records of the object in LINE, or rejects it: all of them or none. */
static void write_object(struct job *job, struct span line)
{
    struct writer *out = &job->stream.out;
    enum json_select_status status;
    bool wants_shape = job->has_shapes && shapes_want(&job->shapes);
    bool is_held = true;
    size_t n_tokens;

    if (job->has_shapes && !wants_shape && json_select_scan(&job->select, line)) {
        if (write_record(job, line, job->select.values))
            writer_commit(out);
        return;
    }
    if (!is_object(job, line, &n_tokens))
        return;
    xjson_select_object(&job->select, line, n_tokens, job->stream.in.line);
    while ((status = json_select_next(&job->select)) == JSON_SELECT_RECORD) {
        if (!write_record(job, line, job->select.values))
            return;
        if (out->used - out->committed > MOST_HELD) {
            is_held = false;
            writer_rollback(out);
        }
    }
    if (status == JSON_SELECT_NO_ARRAY) {
        xstream_reject(&job->stream, job->stream.in.line, line, "no array where a path has []");
        return;
    }
    if (!is_held) {
        writer_rollback(out);
        xjson_select_object(&job->select, line, n_tokens, job->stream.in.line);
        while (json_select_next(&job->select) == JSON_SELECT_RECORD && write_record(job, line, job->select.values))
            writer_commit(out);
    }
    writer_commit(out);
    if (wants_shape)
        xshapes_learn(&job->shapes, &job->select.tokens, job->select.values);
}

static void describe_paths(struct job *job)
{
    struct json_survey survey;
    struct json_tokens tokens = { .n = 0 };
    struct span line;
    size_t n_tokens;

    xstream_copy_header(&job->stream, span_of(JSON_SURVEY_HEADER));
    xjson_survey_open(&survey);
    while (xstream_line(&job->stream, &line)) {
        progress_update(&job->progress, job->stream.in.offset, job->stream.n_read);
        if (!is_object(job, line, &n_tokens))
            continue;
        xjson_tokenize(&tokens, line, n_tokens);
        if (!xjson_survey_add(&survey, &tokens))
            xstream_stop(&job->stream, job->stream.in.line, "more than %d different paths, or %d MiB: keys are data here",
                         JSON_SURVEY_PATHS, JSON_SURVEY_MEMORY >> 20);
    }
    xjson_survey_write(&survey, &job->stream.out);
    json_tokens_free(&tokens);
    json_survey_close(&survey);
}

/* Takes the next line of the window if its shape is known. */
static bool take_known(struct job *job, struct span *line)
{
    struct stream *s = &job->stream;

    if (!job->has_shapes)
        return false;
    /* The LF first: that the next line need not wait for the end of this one's values saves a sixth of the time. */
    char *newline = memchr(s->in.at, '\n', (size_t)(s->in.whole - s->in.at));
    *line = (struct span){ s->in.at, (size_t)(newline - s->in.at) };
    if (line->len > s->in.max_line || !shapes_match(&job->shapes, *line, job->select.values))
        return false;
    s->in.at = newline + 1;
    s->in.line++;
    s->n_read++;
    return true;
}

static void jsonl2tsv(struct job *job)
{
    struct stream *s = &job->stream;
    struct span line;

    for (;;) {
        if (!stream_has_buffered(s)) {
            progress_update(&job->progress, s->in.offset, s->n_read);
            if (!xstream_fill(s))
                return;
        }
        if (take_known(job, &line)) {
            if (write_record(job, line, job->select.values))
                writer_commit(&s->out);
        } else if (xstream_line(s, &line)) {
            write_object(job, line);
        }
    }
}

int main(int argc, char **argv)
{
    struct options o = { .outer = false };
    const struct option_spec specs[] = {
        { 0, "outer", NULL, "a record of nulls for an empty or missing array", .flag = &o.outer },
        { 0, "paths", NULL, "describe every path in the input instead", .flag = &o.paths },
        { 0, "progress", NULL, "say on a terminal how far it is; twice: anywhere", .times = &o.progress },
    };
    const struct usage usage = {
        "[NAME=]PATH[:TYPE][!] ...",
        "Turns JSON Lines into tab-separated records, a column for each PATH: a.b a[2] .\"odd.key\" a[].b a[#] @line",
        STREAM_FILTER,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .n_columns = 0 };

    if (o.paths != (first == argc) || (o.paths && o.outer))
        die_usage(o.paths ? "--paths takes no PATH and no --outer" : "no PATH given");
    if (!o.paths)
        xopen_columns(&job, &o, argv + first, (size_t)(argc - first));
    xstream_open(&job.stream, &o.stream);
    progress_start(&job.progress, STDIN_FILENO, o.progress);
    if (o.paths) {
        describe_paths(&job);
    } else {
        write_header(&job);
        jsonl2tsv(&job);
        close_columns(&job);
    }
    progress_finish(&job.progress, job.stream.in.offset, job.stream.n_read);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

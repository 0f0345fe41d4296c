/* SPDX-License-Identifier: MIT */
/* jsonl2tsv: turns JSON Lines into tab-separated records, with a column for each path. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/files.h"
#include "stream/heading.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/json.h"
#include "value/type.h"
#include "json_closest.h"
#include "json_column.h"
#include "json_records.h"
#include "json_survey.h"

/*
 * Bytes of one object's records to hold until all are known to be good. An object with more is read twice, because
 * repeated columns can make its records many times longer than the line.
 */
enum { MOST_HELD = 1 << 20 };

enum { MESSAGE_SIZE = 2 * QUOTE_SIZE + 100 };

struct options {
    struct option_list files; /* f */
    bool outer;
    bool paths;
    int progress;
    struct stream_options stream;
};

struct job {
    struct stream stream;
    struct files files;
    struct json_records records;
};

static void check(const struct options *o, size_t n_operands)
{
    if (o->paths && o->outer)
        die_usage("--paths and --outer cannot be combined");
    if (o->paths && n_operands > 0)
        die_usage("--paths and PATH cannot be combined");
    if (!o->paths && n_operands == 0)
        die_usage("no PATH given");
}

/* Makes columns of the N OPERANDS. */
static void resolve(struct job *job, const struct options *o, char **operands, size_t n)
{
    size_t culprit;
    size_t offset;
    enum json_column_fault fault = xjson_records_open(&job->records, operands, n, o->outer, &culprit, &offset);
    struct words words;
    struct quoted q;

    if (fault == JSON_COLUMN_OK)
        return;
    quote(&q, span_of(operands[culprit]));
    if (fault == JSON_COLUMN_CROSSES)
        die_usage("%s: crosses an array that is not inside the other paths' arrays; use two runs", q.text);
    if (fault == JSON_COLUMN_NO_TYPE)
        die_usage("%s: character %zu: the type must be one of %s", q.text, offset + 1, words_list(&words, type_word));
    die_usage("%s: character %zu: invalid %s", q.text, offset + 1, fault == JSON_COLUMN_NO_PATH ? "path" : "UTF-8");
}

static void write_header(struct job *job)
{
    struct buffer name = { .len = 0 };

    for (size_t i = 0; i < job->records.n_columns; i++) {
        struct span value = job->records.columns[i].name;
        char *out = xbuffer_reserve(&name, 2 * value.len);
        xheading_add(&job->stream, (struct span){ out, tsv_escape(out, value) });
    }
    xheading_end(&job->stream);
    buffer_free(&name);
}

/* Writes the current record, not yet committed. False: LINE was rejected. */
static bool write_record(struct job *job, struct span line)
{
    if (xjson_records_write(&job->records, &job->stream.out))
        return true;
    xstream_reject(&job->stream, stream_line_number(&job->stream), line, "%s", job->records.reason);
    return false;
}

/* Rejects LINE if REPORT has an error. */
static bool reject_invalid(struct job *job, struct span line, const struct json_report *report)
{
    if (report->error == JSON_OK)
        return false;
    xstream_reject(&job->stream, stream_line_number(&job->stream), line, "byte %zu: %s", report->offset + 1,
                   json_error_text(report->error));
    return true;
}

/* Writes all records of LINE, or rejects it: all of them or none. */
static void write_records(struct job *job, struct span line)
{
    struct writer *out = &job->stream.out;
    struct json_report report = xjson_records_take(&job->records, line, stream_line_number(&job->stream));
    enum json_select_status status;
    bool is_held = true;

    if (reject_invalid(job, line, &report))
        return;
    while ((status = json_records_next(&job->records)) == JSON_SELECT_RECORD) {
        if (!write_record(job, line))
            return;
        if (out->used - out->committed > MOST_HELD) {
            is_held = false;
            writer_rollback(out);
        }
    }
    if (status == JSON_SELECT_NO_ARRAY) {
        xstream_reject(&job->stream, stream_line_number(&job->stream), line, "expected an array where a path has []");
        return;
    }
    if (!is_held) {
        writer_rollback(out);
        json_records_rewind(&job->records);
        while (json_records_next(&job->records) == JSON_SELECT_RECORD && write_record(job, line))
            writer_commit(out);
    }
    writer_commit(out);
}

/* Writes to MESSAGE that the path of COLUMN is in no object, and which path its user may have meant. */
static void describe_absent(const struct job *job, const struct json_column *column, char message[MESSAGE_SIZE])
{
    struct buffer closest = { .len = 0 };
    struct quoted path;
    struct quoted hint;
    uint64_t n = job->stream.n_read;

    xjson_closest(job->records.first, column->path, &closest);
    quote(&path, column->path);
    int len = snprintf(message, MESSAGE_SIZE, "path %s: in none of %" PRIu64 " object%s; ", path.text, n,
                       n == 1 ? "" : "s");
    if (closest.len > 0)
        snprintf(message + len, MESSAGE_SIZE - (size_t)len, "there is %s", quote(&hint, buffer_span(&closest)));
    else
        snprintf(message + len, MESSAGE_SIZE - (size_t)len, "end it with ? if it may be absent");
    buffer_free(&closest);
}

/* Ends the program if a path that must not be absent is in no object: it is more likely to be wrong than the data. */
static void check_paths(struct job *job)
{
    bool *is_absent = xcalloc(job->records.n_columns, sizeof *is_absent);
    char message[MESSAGE_SIZE] = "";

    json_select_find_absent(&job->records.select, is_absent);
    for (size_t i = 0; i < job->records.n_columns; i++) {
        if (!is_absent[i] || job->records.columns[i].is_optional)
            continue;
        if (*message != '\0')
            warn("%s", message);
        describe_absent(job, &job->records.columns[i], message);
    }
    free(is_absent);
    if (*message != '\0')
        xstream_refuse(&job->stream, "%s", message);
}

/* Converts one input. */
static void convert(struct job *job)
{
    struct stream *s = &job->stream;
    struct span line;

    for (;;) {
        if (!stream_has_buffered(s)) {
            files_show_progress(&job->files);
            if (!xstream_fill(s))
                return;
        }
        if (stream_peek(s, &line) && json_records_match(&job->records, line, stream_line_number(s) + 1)) {
            stream_take(s, line);
            if (write_record(job, line))
                writer_commit(&s->out);
        } else if (xstream_line(s, &line)) {
            write_records(job, line);
        }
    }
}

static void jsonl2tsv(struct job *job)
{
    while (xfiles_next(&job->files))
        convert(job);
    check_paths(job);
}

/* Adds one input to SURVEY. */
static void describe(struct job *job, struct json_survey *survey, struct json_tokens *tokens)
{
    struct span line;

    while (xstream_line(&job->stream, &line)) {
        struct json_report report = json_check_object(line);
        files_show_progress(&job->files);
        if (reject_invalid(job, line, &report))
            continue;
        xjson_tokenize(tokens, line, report.n_tokens);
        if (!xjson_survey_add(survey, tokens))
            xstream_stop(&job->stream, stream_line_number(&job->stream),
                         "more than %d paths, or %d MiB of them; keys are data here", JSON_SURVEY_PATHS,
                         JSON_SURVEY_MEMORY >> 20);
    }
}

/* The worker under --paths. */
static void describe_paths(struct job *job)
{
    struct json_survey survey;
    struct json_tokens tokens = { .n = 0 };

    xheading_copy(&job->stream, span_of(JSON_SURVEY_HEADER));
    xjson_survey_open(&survey);
    while (xfiles_next(&job->files))
        describe(job, &survey, &tokens);
    xjson_survey_write(&survey, &job->stream.out);
    json_tokens_free(&tokens);
    json_survey_close(&survey);
}

int main(int argc, char **argv)
{
    struct options o = { .outer = false };
    const struct option_spec specs[] = {
        { 'f', "file", "FILE", "read FILE, again and again; - is standard input (default)", .list = &o.files },
        { 0, "outer", NULL, "a record of nulls for an empty or missing array", .flag = &o.outer },
        { 0, "paths", NULL, "describe every path in the input instead", .flag = &o.paths },
        { 0, "progress", NULL, "show progress if stderr is a terminal; twice: always", .times = &o.progress },
    };
    const struct usage usage = {
        "[NAME=]PATH[:TYPE][!|?] ...",
        "Turns JSON Lines into tab-separated records, a column for each PATH: a.b a[2] .\"odd.key\" a[].b a[#] @line",
        STREAM_FILTER,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    size_t n_operands = (size_t)(argc - first);
    struct job job = { .files = { .n = 0 } };

    check(&o, n_operands);
    if (!o.paths)
        resolve(&job, &o, argv + first, n_operands);
    xfiles_open(&job.files, &job.stream, &o.stream, o.files.at, o.files.n, o.progress);
    if (o.paths) {
        describe_paths(&job);
    } else {
        write_header(&job);
        jsonl2tsv(&job);
        json_records_close(&job.records);
    }
    xfiles_close(&job.files);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

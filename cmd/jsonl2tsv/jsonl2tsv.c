/* SPDX-License-Identifier: MIT */
/* jsonl2tsv: turns JSON Lines into tab-separated records, with a column for each path. */
#include <inttypes.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/files.h"
#include "stream/heading.h"
#include "stream/hint.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/json.h"
#include "value/type.h"
#include "json_absent.h"
#include "json_column.h"
#include "json_input.h"
#include "json_records.h"
#include "json_survey.h"
#include "part.h"

/*
 * Bytes of one object's records to hold until all are known to be good. An object with more is read twice, because
 * repeated columns can make its records many times longer than the line.
 */
enum { MOST_HELD = 1 << 20 };

struct options {
    struct option_list files; /* f */
    bool array;
    bool outer;
    bool paths;
    int progress;
    const char *part_text;
    struct part part; /* derived from it */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct json_input input;
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
    if (o->part_text != NULL && o->array)
        die_usage("--part and --array cannot be combined");
    if (o->part_text != NULL && (o->files.n != 1 || strcmp(o->files.at[0], "-") == 0))
        die_usage("--part requires -f FILE, once");
}

static void parse(struct options *o)
{
    struct quoted q;

    if (o->part_text != NULL && !part_parse(&o->part, o->part_text))
        die_usage("--part: \"%s\" must be I/N, with I from 1 to N", quote(&q, span_of(o->part_text)));
}

/* Makes columns of the N OPERANDS. */
static void resolve(struct job *job, char **operands, size_t n)
{
    const struct options *o = job->options;
    size_t culprit;
    size_t offset;
    enum json_column_fault fault = xjson_records_open(&job->records, operands, n, o->outer, &culprit, &offset);
    struct words words;
    struct quoted q;

    if (fault == JSON_COLUMN_OK) {
        if (job->records.select.takes_file)
            files_check_names(o->files.at, o->files.n);
        return;
    }
    quote(&q, span_of(operands[culprit]));
    if (hint_is_file(span_of(operands[culprit])))
        die_usage("%s is a file; read it with -f %s", q.text, q.text);
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

/* Writes the current record, not yet committed. False: TEXT was rejected. */
static bool write_record(struct job *job, struct span text)
{
    if (xjson_records_write(&job->records, &job->stream.out))
        return true;
    xjson_input_reject(&job->input, text, job->records.reason);
    return false;
}

/* Writes all records of TEXT, or rejects it: all of them or none. */
static void write_records(struct job *job, struct span text)
{
    struct writer *out = &job->stream.out;
    struct json_report report = xjson_records_take(&job->records, text, stream_line_number(&job->stream));
    enum json_select_status status;
    bool is_held = true;

    if (xjson_input_reject_invalid(&job->input, text, &report))
        return;
    while ((status = json_select_next(&job->records.select)) == JSON_SELECT_RECORD) {
        if (!write_record(job, text))
            return;
        if (out->used - out->committed > MOST_HELD) {
            is_held = false;
            writer_rollback(out);
        }
    }
    if (status == JSON_SELECT_NO_ARRAY) {
        xjson_input_reject(&job->input, text, "expected an array where a path has []");
        return;
    }
    if (!is_held) {
        writer_rollback(out);
        json_select_rewind(&job->records.select);
        while (json_select_next(&job->records.select) == JSON_SELECT_RECORD && write_record(job, text))
            writer_commit(out);
    }
    writer_commit(out);
}

/*
 * Converts one input. One loop for lines and elements, so that the shape match has one caller and is inlined: 5% of the
 * instructions.
 */
static void convert(struct job *job)
{
    struct stream *s = &job->stream;
    const bool is_array = job->options->array;
    struct span text;
    struct span line;

    for (;;) {
        if (is_array || !stream_has_buffered(s)) {
            files_show_progress(&job->input.files);
            if (is_array ? !xjson_array_next(&job->input.array, &text) : !xstream_fill(s))
                return;
        }
        bool wants_lines = !is_array && layouts_want(&job->records.layouts);
        if (wants_lines) {
            const char *end;
            size_t n = xlayouts_take(&job->records.layouts, stream_peek_lines(s), &s->out, &end);
            stream_take_lines(s, n, end);
            if (!stream_has_buffered(s))
                continue;
        }
        struct span lines = is_array ? (struct span){ text.at, text.len + 1 } : stream_peek_lines(s);
        if (json_records_match(&job->records, lines, &line, stream_line_number(s) + !is_array) &&
            line.len <= s->in.max_line) {
            if (!is_array)
                stream_take_lines(s, 1, line.at + line.len + 1);
            if (wants_lines)
                xjson_records_learn(&job->records, line);
            if (write_record(job, line))
                writer_commit(&s->out);
        } else if (is_array || xstream_line(s, &text)) {
            write_records(job, text);
        }
    }
}

static void jsonl2tsv(struct job *job)
{
    while (xjson_input_next(&job->input, job->records.select.takes_place)) {
        if (job->records.select.takes_file)
            xjson_select_set_file(&job->records.select, job->stream.name);
        convert(job);
    }
    xjson_absent_check(&job->records, &job->stream);
}

/* The worker under --paths. */
static void describe_paths(struct job *job)
{
    struct json_survey survey;
    struct json_tokens tokens = { .n = 0 };
    struct span text;

    xheading_copy(&job->stream, span_of(JSON_SURVEY_HEADER));
    xjson_survey_open(&survey);
    while (xjson_input_next(&job->input, false))
        while (xjson_input_text(&job->input, &text)) {
            struct json_report report = json_check_object(text);
            if (xjson_input_reject_invalid(&job->input, text, &report))
                continue;
            xjson_tokenize(&tokens, text, report.n_tokens);
            if (!xjson_survey_add(&survey, &tokens))
                xstream_stop(&job->stream, job->stream.in.line,
                             "more than %d paths, or %d MiB of paths; the keys seem to be data", JSON_SURVEY_PATHS,
                             JSON_SURVEY_MEMORY >> 20);
        }
    xjson_survey_write(&survey, &job->stream.out);
    json_tokens_free(&tokens);
    json_survey_close(&survey);
}

int main(int argc, char **argv)
{
    struct options o = { .outer = false };
    const struct option_spec specs[] = {
        { 'f', "file", "FILE", "read FILE; may be repeated; - is standard input (default)", .list = &o.files },
        { 0, "array", NULL, "each input is one array of objects, not one object per line", .flag = &o.array },
        { 0, "outer", NULL, "a record of nulls for an empty or missing array", .flag = &o.outer },
        { 0, "part", "I/N", "read only part I of N parts of FILE, each of whole lines", .text = &o.part_text },
        { 0, "paths", NULL, "describe every path in the input instead", .flag = &o.paths },
        { 0, "progress", NULL, "show a bar if stderr is a terminal; given twice: lines if not", .times = &o.progress },
    };
    const struct usage usage = {
        "[NAME=]PATH[:TYPE][!|?] ...",
        "Converts JSON Lines to tab-separated records, a column for each PATH: a.b a[2] .\"odd.key\" a[].b a[#] @line "
        "@file\nTYPE is one of int num bool time str json, and only checks; !: never null; ?: may be in no object.",
        STREAM_FILTER,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    size_t n_operands = (size_t)(argc - first);
    struct job job = { .options = &o };

    check(&o, n_operands);
    parse(&o);
    job.input = (struct json_input){ .stream = &job.stream, .is_array = o.array, .part = o.part };
    if (!o.paths)
        resolve(&job, argv + first, n_operands);
    xfiles_open(&job.input.files, &job.stream, &o.stream, o.files.at, o.files.n, o.progress);
    if (o.paths) {
        describe_paths(&job);
    } else {
        write_header(&job);
        jsonl2tsv(&job);
        json_records_close(&job.records);
    }
    xjson_input_close(&job.input);
    if (o.part.n > 0 && o.stream.rejects != NULL)
        warn("part %s has %" PRIu64 " lines", o.part_text, job.stream.in.line);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

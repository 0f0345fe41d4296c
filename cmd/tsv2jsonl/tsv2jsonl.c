/* SPDX-License-Identifier: MIT */
/* tsv2jsonl: turns records into JSON Lines, one object for each record. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/quote.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/type_list.h"
#include "json_layout.h"
#include "json_write.h"

struct options {
    struct option_list types; /* c */
    bool nest;
    bool omit_null;
    bool array;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct type_list declared; /* by options->types */
    struct json_layout layout;
    enum type *types; /* one for each column; TYPE_ANY: not declared */
};

static void resolve_layout(struct job *job)
{
    const struct header *h = &job->stream.header;
    size_t columns[2] = { 0, 0 };
    struct quoted first;
    struct quoted second;
    enum json_layout_fault fault = xjson_layout_open(&job->layout, h, job->options->nest, columns);

    if (fault == JSON_LAYOUT_OK)
        return;
    header_label(h, columns[0], &first);
    header_label(h, columns[1], &second);
    switch (fault) {
    case JSON_LAYOUT_OK:
    case JSON_LAYOUT_NO_PATH:
        die_usage("--nest: column \"%s\" is not a path such as a.b or a.\"odd.key\"", first.text);
    case JSON_LAYOUT_ARRAY:
        die_usage("--nest: column %s: a path must not go through an array", first.text);
    case JSON_LAYOUT_DEEP:
        die_usage("--nest: column %s: nested deeper than 1024 levels", first.text);
    case JSON_LAYOUT_TWICE:
        die_usage("--nest: columns %s and %s are the same path", second.text, first.text);
    case JSON_LAYOUT_INSIDE:
        die_usage("--nest: column %s would be inside column %s, which is a value", first.text, second.text);
    }
}

static void resolve(struct job *job)
{
    job->types = xtype_list_resolve(&job->declared, &job->stream.header);
    resolve_layout(job);
}

/* Rejects R because of its field in COLUMN. */
static void reject(struct job *job, const struct record *r, size_t column, enum json_write_fault fault)
{
    char reason[80];

    snprintf(reason, sizeof reason, "is not %s", type_words(job->types[column]));
    xstream_reject_field(&job->stream, r, column,
                         fault == JSON_WRITE_TYPE ? reason : "would be nested deeper than 1024 levels");
}

/* Writes R as an object, or rejects it. */
static void write_record(struct job *job, const struct record *r)
{
    struct writer *out = &job->stream.out;
    const struct json_member *last = NULL;
    size_t shared = 0; /* groups around both LAST and M */

    if (job->options->array)
        xwriter_bytes(out, span_of(job->stream.n_written == 0 ? "[\n" : ",")); /* first on its line: each line is whole */
    for (size_t i = 0; i < job->layout.n; i++) {
        const struct json_member *m = &job->layout.members[i];
        struct span field = record_field(r, m->column);
        if (m->shared < shared)
            shared = m->shared;
        if (job->options->omit_null && tsv_is_null(field))
            continue;
        if (i == 0 || last == m - 1)
            xwriter_bytes(out, m->before);
        else
            xjson_layout_between(out, last, m, shared);
        enum json_write_fault fault = xjson_write_field(out, field, job->types[m->column], m->depth + 1);
        if (fault != JSON_WRITE_OK) {
            reject(job, r, m->column, fault);
            return;
        }
        last = m;
        shared = m->depth;
    }
    xjson_layout_end(out, last);
    xstream_end_record(&job->stream);
    job->stream.n_written++;
}

/* Ends the array, unless the input is not complete: then the end of the stream fails. */
static void end_array(struct job *job)
{
    if (job->options->stream.end_mark && !job->stream.end_mark)
        return;
    xwriter_bytes(&job->stream.out, span_of(job->stream.n_written == 0 ? "[]" : "]"));
    xstream_end_record(&job->stream);
}

static void tsv2jsonl(struct job *job)
{
    while (xstream_record(&job->stream, &job->record))
        write_record(job, &job->record);
    if (job->options->array)
        end_array(job);
}

int main(int argc, char **argv)
{
    struct options o = { .nest = false };
    const struct option_spec specs[] = {
        { 'c', "types", "COL:TYPE,...", "copy int, num, bool and json; check time and str", .list = &o.types },
        { 0, "nest", NULL, "column a.b becomes {\"a\":{\"b\":...}}", .flag = &o.nest },
        { 0, "omit-null", NULL, "leave out nulls, and objects with nothing else", .flag = &o.omit_null },
        { 0, "array", NULL, "write one JSON array of all objects", .flag = &o.array },
    };
    const struct usage usage = {
        "",
        "Converts records to JSON Lines, one object for each record.",
        STREAM_TEXT,
        specs,
        sizeof specs / sizeof *specs,
    };
    options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    xtype_list_parse(&job.declared, &o.types, true);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    tsv2jsonl(&job);
    json_layout_close(&job.layout);
    free(job.types);
    type_list_free(&job.declared);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_written);
}

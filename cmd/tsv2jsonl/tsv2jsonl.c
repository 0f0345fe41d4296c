/* SPDX-License-Identifier: MIT */
/* tsv2jsonl: turns records into JSON Lines, one object for each record. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"
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
    struct stream_options stream;
    struct type_list declared; /* derived from types */
};

struct job {
    struct stream stream;
    struct json_layout layout;
    enum type *types; /* one for each column; TYPE_ANY: not declared */
    bool omits_null;
};

static void check(struct options *o)
{
    struct span wrong;
    struct words words;
    struct quoted q;

    if (o->types.n == 0)
        return;
    if (!xtype_list_parse(&o->declared, &o->types, &wrong))
        die_usage("--types: %s: the type must be one of %s", quote(&q, wrong), words_list(&words, type_word));
    for (size_t i = 0; i < o->declared.n; i++)
        if (o->declared.items[i].type == TYPE_ANY)
            die_usage("--types: %s: no type given", quote(&q, span_of(o->declared.items[i].name)));
}

/* Gives the columns that -c names their types. */
static void xresolve_types(struct job *job, const struct options *o)
{
    size_t n = job->stream.header.n;
    struct quoted q;

    job->types = xcalloc(n, sizeof *job->types);
    for (size_t i = 0; i < o->declared.n && n > 0; i++) {
        size_t column = xcolumns_one(&job->stream.header, "types", span_of(o->declared.items[i].name));
        if (job->types[column] != TYPE_ANY)
            die_usage("--types: duplicate column %s", header_label(&job->stream.header, column, &q));
        job->types[column] = o->declared.items[i].type;
    }
}

static void xresolve_layout(struct job *job, const struct options *o)
{
    const struct header *h = &job->stream.header;
    size_t columns[2] = { 0, 0 };
    struct quoted first;
    struct quoted second;
    enum json_layout_fault fault = xjson_layout_open(&job->layout, h, o->nest, columns);

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

    for (size_t i = 0; i < job->layout.n; i++) {
        const struct json_member *m = &job->layout.members[i];
        struct span field = record_field(r, m->column);
        if (m->shared < shared)
            shared = m->shared;
        if (job->omits_null && tsv_is_null(field))
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
}

static void tsv2jsonl(struct job *job, struct record *r)
{
    while (xstream_record(&job->stream, r))
        write_record(job, r);
}

int main(int argc, char **argv)
{
    struct options o = { .nest = false };
    const struct option_spec specs[] = {
        { 'c', "types", "COL:TYPE,...", "copy int, num, bool and json; check time and str", .list = &o.types },
        { 0, "nest", NULL, "column a.b becomes {\"a\":{\"b\":...}}", .flag = &o.nest },
        { 0, "omit-null", NULL, "leave out nulls, and objects with nothing else", .flag = &o.omit_null },
    };
    const struct usage usage = {
        "",
        "Turns records into JSON Lines, one object for each record.",
        STREAM_TEXT,
        specs,
        sizeof specs / sizeof *specs,
    };
    options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .omits_null = o.omit_null };
    struct record r = { 0 };

    check(&o);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &r);
    xresolve_types(&job, &o);
    xresolve_layout(&job, &o);
    tsv2jsonl(&job, &r);
    json_layout_close(&job.layout);
    free(job.types);
    type_list_free(&o.declared);
    record_free(&r);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

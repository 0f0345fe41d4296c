/* SPDX-License-Identifier: MIT */
/* pick: selects, reorders, renames and adds columns. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "stream/tsv.h"

struct options {
    bool except;            /* x */
    struct option_list add; /* NAME=VALUE */
    struct stream_options stream;
};

/* Columns that are adjacent in the input and in the output: they are copied at once. */
struct run {
    size_t first;
    size_t end; /* one past the last */
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns columns;
    struct span *names; /* new ones of the columns; none with -x */
    struct run *runs;
    size_t n_runs;
    struct span *added; /* names of constant columns */
    struct buffer tail; /* their values, each after a TAB, and LF */
};

static void check(const struct options *o, int n_operands)
{
    if (n_operands == 0 && (o->except || o->add.n == 0))
        die_usage("at least one COL is required");
}

/* Parses the arguments of --add. */
static void parse(struct job *job)
{
    const struct option_list *add = &job->options->add;
    struct quoted q;

    job->added = xcalloc(add->n, sizeof *job->added);
    for (size_t i = 0; i < add->n; i++) {
        struct span all = span_of(add->at[i]);
        size_t len = strcspn(all.at, "=");
        if (len == all.len)
            die_usage("--add: \"%s\" must be NAME=VALUE", quote(&q, all));
        struct span value = { all.at + len + 1, all.len - len - 1 };
        job->added[i] = (struct span){ all.at, len };
        if (!xtsv_is_field(job->added[i]) || !xtsv_is_field(value))
            die_usage("--add: \"%s\" must be escaped as in a record", quote(&q, all));
        xbuffer_append(&job->tail, span_of("\t"));
        xbuffer_append(&job->tail, value);
    }
    xbuffer_append(&job->tail, span_of("\n"));
}

/* Finds the columns that the N operands select, or with -x all others; without operands, all. */
static void find_columns(struct job *job, char **operands, size_t n)
{
    const struct header *h = &job->stream.header;
    const struct columns_rules rules = { .names = job->options->except ? NULL : &job->names };
    struct span *items = xcalloc(n, sizeof *items);

    for (size_t i = 0; i < n; i++)
        items[i] = span_of(operands[i]);
    struct columns found = xcolumns_of(h, NULL, items, n, &rules);
    free(items);
    job->columns = found;
    if (n > 0 && !job->options->except)
        return;
    bool *is_left_out = xcolumns_set(&found, h->n);
    job->columns = (struct columns){ .at = xcalloc(h->n, sizeof *found.at) };
    for (size_t i = 0; i < h->n; i++)
        if (!is_left_out[i])
            job->columns.at[job->columns.n++] = i;
    if (h->n > 0 && job->columns.n == 0)
        die_usage("no column is left");
    columns_free(&found);
    free(is_left_out);
}

static void find_runs(struct job *job)
{
    const struct columns *columns = &job->columns;

    job->runs = xcalloc(columns->n, sizeof *job->runs);
    for (size_t i = 0; i < columns->n && columns->at != NULL; i++) {
        size_t column = columns->at[i];
        if (i == 0 || job->runs[job->n_runs - 1].end != column)
            job->runs[job->n_runs++] = (struct run){ column, column };
        job->runs[job->n_runs - 1].end = column + 1;
    }
}

static void write_header(struct job *job)
{
    struct stream *s = &job->stream;
    struct quoted q;

    for (size_t i = 0; i < job->columns.n && s->header.names != NULL; i++) {
        struct span name = job->names != NULL ? job->names[i] : s->header.names[job->columns.at[i]];
        if (!xtsv_is_field(name))
            die_usage("the name %s must be escaped as in a header line", quote(&q, name));
        xheading_add(s, name);
    }
    for (size_t i = 0; i < job->options->add.n; i++)
        xheading_add(s, job->added[i]);
    xheading_end(s);
}

static void pick(struct job *job)
{
    struct writer *out = &job->stream.out;
    const struct record *r = &job->record;
    const struct span tail = buffer_span(&job->tail);

    while (xstream_record(&job->stream, &job->record)) {
        char *to = writer_end(out);
        for (size_t i = 0; i < job->n_runs; i++) {
            const char *start = r->starts[job->runs[i].first];
            size_t len = (size_t)(r->starts[job->runs[i].end] - 1 - start);
            to = xwriter_short(out, to, (struct span){ start, len }, '\t');
        }
        writer_advance(out, to - 1);
        xwriter_bytes(out, tail);
        writer_commit(out);
    }
}

static void free_job(struct job *job)
{
    record_free(&job->record);
    columns_free(&job->columns);
    free(job->names);
    free(job->runs);
    free(job->added);
    buffer_free(&job->tail);
}

int main(int argc, char **argv)
{
    struct options o = { .except = false };
    const struct option_spec specs[] = {
        { 'x', "except", NULL, "all columns except these", .flag = &o.except },
        { 0, "add", "NAME=VALUE", "add a column NAME with the field VALUE in every record", .list = &o.add },
    };
    const struct usage usage = { "[NEW=]COL ...", "Selects, reorders, renames and adds columns.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    check(&o, argc - first);
    parse(&job);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    find_columns(&job, argv + first, (size_t)(argc - first));
    find_runs(&job);
    write_header(&job);
    pick(&job);
    free_job(&job);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

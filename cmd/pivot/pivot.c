/* SPDX-License-Identifier: MIT */
/* pivot: reshapes records from long to wide, or from wide to long. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/number.h"
#include "grid.h"

struct options {
    const char *names;          /* n: a column; with --long the name of a new one */
    const char *values;         /* v: the same */
    struct option_list key;     /* k */
    struct option_list to_long; /* of --long */
    const char *fill;
    uint64_t max_columns;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns pivoted; /* those of --long, else that of names and that of values */
    struct columns key;     /* -k, else all others */
    struct buffer buffer;   /* for xcolumns_join() */
    struct grid grid;
    uint64_t n_written;
};

/* Dies if TEXT, the argument of OPTION or NULL, is not spelled as a field. */
static void check_field(const char *option, const char *text)
{
    struct quoted q;

    if (text != NULL && !xtsv_is_field(span_of(text)))
        die_usage("--%s: \"%s\" must be escaped as in a record", option, quote(&q, span_of(text)));
}

static void check(const struct options *o)
{
    if (o->to_long.n > 0 && (o->key.n > 0 || o->fill != NULL))
        die_usage("--long and --%s cannot be combined", o->fill != NULL ? "fill" : "key");
    if (o->to_long.n == 0 && (o->names == NULL || o->values == NULL))
        die_usage("--%s is required unless --long is given", o->names == NULL ? "names" : "values");
    check_field("names", o->to_long.n > 0 ? o->names : NULL);
    check_field("values", o->to_long.n > 0 ? o->values : NULL);
    check_field("fill", o->fill);
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;
    const struct columns_rules rules = { .hidden = &job->pivoted };
    size_t n = 0;

    job->pivoted = o->to_long.n > 0 ? xcolumns(h, "--long", &o->to_long) : xcolumns_first(2);
    if (o->to_long.n == 0) {
        job->pivoted.at[0] = xcolumns_one(h, "--names", span_of(o->names));
        job->pivoted.at[1] = xcolumns_one(h, "--values", span_of(o->values));
    }
    job->key = o->key.n > 0 ? xcolumns_by(h, "--key", &o->key, &rules) : xcolumns_first(h->n);
    for (size_t i = 0; i < job->key.n; i++)
        if (!columns_have(&job->pivoted, job->key.at[i]))
            job->key.at[n++] = job->key.at[i];
        else if (o->key.n > 0)
            die_usage("--key: column %s is already in --names or --values",
                      header_label(h, job->key.at[i], &(struct quoted){ "" }));
    job->key.n = n;
}

static void write_header(struct job *job)
{
    const struct options *o = job->options;
    struct stream *s = &job->stream;
    struct span name;

    for (size_t i = 0; i < job->key.n && s->header.names != NULL; i++)
        xheading_add(s, s->header.names[job->key.at[i]]);
    if (o->to_long.n > 0) {
        xheading_add(s, span_of(o->names != NULL ? o->names : "Name"));
        xheading_add(s, span_of(o->values != NULL ? o->values : "Value"));
    } else if (job->key.n + job->grid.columns.n == 0 && s->header.names != NULL) {
        xstream_refuse(s, "no records and no key, so there are no columns");
    }
    for (void *at = NULL; o->to_long.n == 0 && (at = keyset_next(&job->grid.columns, at, &name)) != NULL;)
        xheading_add(s, name);
    xheading_end(s);
}

/* Writes KEY, the fields of the key, and a TAB if there are any. */
static void write_key(struct job *job, struct span key)
{
    xwriter_bytes(&job->stream.out, key);
    if (job->key.n > 0)
        xwriter_char(&job->stream.out, '\t');
}

static void pivot_long(struct job *job)
{
    struct stream *s = &job->stream;
    const struct span *names = s->header.names;
    char text[NUMBER_DIGITS];

    write_header(job);
    for (; xstream_record(s, &job->record); job->n_written += job->pivoted.n)
        for (size_t i = 0; i < job->pivoted.n; i++) {
            size_t at = job->pivoted.at[i];
            write_key(job, xcolumns_join(&job->key, &job->record, &job->buffer));
            xwriter_bytes(&s->out, names != NULL ? names[at] : (struct span){ text, number_format(at + 1, text) });
            xwriter_char(&s->out, '\t');
            xwriter_bytes(&s->out, record_field(&job->record, at));
            xstream_end_record(s);
        }
}

/* Adds the record to the grid, or rejects it. */
static void add_record(struct job *job)
{
    struct stream *s = &job->stream;
    const struct record *r = &job->record;
    struct span name = record_field(r, job->pivoted.at[0]);
    const char *reason;
    char text[150];
    size_t column;

    if (tsv_is_null(name)) {
        reason = "cannot be the name of a column";
    } else if (header_find_name(&s->header, name, &column) && columns_have(&job->key, column)) {
        reason = "is the name of a key column";
    } else {
        column = xgrid_column(&job->grid, name);
        if (column >= job->options->max_columns)
            xstream_stop(s, r->line, "more than %zu columns; if --names is right, raise --max-columns", column);
        uint64_t line = xgrid_add(&job->grid, xcolumns_join(&job->key, r, &job->buffer), column,
                                  record_field(r, job->pivoted.at[1]), r->line);
        if (line == 0)
            return;
        snprintf(text, sizeof text,
                 "already has a value for this key, in line %" PRIu64 "; aggregate first, for example with weekagg -g",
                 line);
        reason = text;
    }
    xstream_reject_field(s, r, job->pivoted.at[0], reason);
}

static void pivot_wide(struct job *job)
{
    const struct span missing = span_of(job->options->fill != NULL ? job->options->fill : "\\N");
    struct stream *s = &job->stream;
    const struct grid_row *row = NULL;
    struct span key;

    xgrid_open(&job->grid);
    while (xstream_record(s, &job->record))
        add_record(job);
    write_header(job);
    for (; (row = keyset_next(&job->grid.rows, row, &key)) != NULL; job->n_written++) {
        const struct grid_cell *cell = row->cells;
        write_key(job, key);
        for (size_t i = 0; i < job->grid.columns.n; i++) {
            if (i > 0)
                xwriter_char(&s->out, '\t');
            bool has_value = cell < row->cells + row->n && cell->column == i;
            xwriter_bytes(&s->out, has_value ? grid_value(&job->grid, cell++) : missing);
        }
        xstream_end_record(s);
    }
    grid_close(&job->grid);
}

int main(int argc, char **argv)
{
    struct options o = { .max_columns = 2000 }; /* what SQLite has */
    const struct option_spec specs[] = {
        { 'n', "names", "COL", "column of names; with --long, its name (default Name)", .text = &o.names },
        { 'v', "values", "COL", "column of values; with --long, its name (default Value)", .text = &o.values },
        { 'k', "key", "COLS", "columns of the key (default: all others)", .list = &o.key },
        { 0, "fill", "FIELD", "write FIELD where there is no value (default: null)", .text = &o.fill },
        { 0, "max-columns", "N", "stop if there are more than N names (default 2000)", .number = &o.max_columns },
        { 0, "long", "COLS", "write a record for each of these columns instead", .list = &o.to_long },
    };
    const struct usage usage = { "", "Reshapes records from long to wide; with --long, from wide to long.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    struct job job = { .options = &o };

    options_parse(argc, argv, &usage, &o.stream);
    check(&o);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    (o.to_long.n > 0 ? pivot_long : pivot_wide)(&job);
    columns_free(&job.pivoted);
    columns_free(&job.key);
    buffer_free(&job.buffer);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.n_written);
}

/* SPDX-License-Identifier: MIT */
/* csv2tsv: converts CSV to tab-separated records. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "stream/csv_option.h"
#include "stream/encoding.h"
#include "stream/files.h"
#include "stream/heading.h"
#include "stream/match.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "csv_convert.h"
#include "csv_kernel.h"
#include "csv_record.h"

struct options {
    const char *delimiter; /* d */
    struct option_list nulls;
    bool null_quoted;
    const char *encoding;
    uint64_t n_skipped;
    struct option_list decimals;
    struct option_list times;
    const char *file_column;
    int progress;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct files files;
    struct csv_input input;
    struct csv_convert convert; /* not open before the columns are known */
    size_t *order;              /* the fields of the current input, for each column; NULL: they are in order */
    struct buffer file;         /* its name, for the file column */
    bool is_changed;            /* its records are not written as they are */
};

static bool is_encoded(const struct options *o)
{
    return strcasecmp(o->encoding, "UTF-8") != 0;
}

static void check_encoding(const char *name)
{
    struct encoding *encoding = xencoding_open(name);
    struct quoted q;

    if (encoding == NULL)
        die_usage(ENCODING_HAS_MODULES ? "--encoding: iconv does not know \"%s\"; iconv -l lists the encodings"
                                       : "--encoding: a static program cannot read \"%s\"; iconv(1) converts it to UTF-8",
                  quote(&q, span_of(name)));
    encoding_close(encoding);
}

static void check(const struct options *o, const char *const *files, size_t n)
{
    const char *column = o->file_column;
    struct quoted q;

    if (is_encoded(o))
        check_encoding(o->encoding);
    if (column != NULL && !xtsv_is_field(span_of(column)))
        die_usage("--file-column: the name %s must be escaped as in a header line", quote(&q, span_of(column)));
    if (column != NULL)
        files_check_names(files, n);
}

static struct csv_dialect parse(const struct options *o)
{
    const char delimiter = xcsv_option_delimiter(o->delimiter);

    for (size_t i = 0; i < o->nulls.n; i++)
        xcsv_option_null(o->nulls.at[i], delimiter);
    return (struct csv_dialect){ delimiter, o->nulls.at, o->nulls.n, o->null_quoted, false };
}

/* Sets the order of the columns of an input with the header H. */
static void set_order(struct job *job, const struct header *h)
{
    struct stream *s = &job->stream;
    char reason[MATCH_REASON_SIZE];

    free(job->order);
    job->order = NULL;
    if (s->options->no_header || header_is(&s->header, (struct span){ h->text, h->len }))
        return;
    if (match_differs(&s->header, h, reason) == NULL)
        job->order = xmatch_columns(&s->header, h);
    else if (job->files.looks_ahead)
        die_usage("%s: %s; all files must have the columns of the first", s->name != NULL ? s->name : "standard input",
                  reason);
    else
        xstream_refuse(s, "the header has changed: %s", reason);
}

/* Reads the headers of all inputs, and writes that of the first. */
static void write_header(struct job *job)
{
    const struct options *o = job->options;
    struct stream *s = &job->stream;

    while (xfiles_look(&job->files)) {
        struct header h = xcsv_begin(&job->input);
        if (s->header.n == 0) {
            s->header = h;
        } else {
            set_order(job, &h);
            header_free(&h);
        }
    }
    xcsv_convert_open(&job->convert, &s->header, &o->decimals, &o->times);
    xheading_add_all(s, &s->header);
    if (o->file_column != NULL)
        xheading_add(s, span_of(o->file_column));
    xheading_end(s);
}

/* Gives the fast path credit for a window, unless records need a change. */
static void renew_credit(struct job *job)
{
    job->input.credit = job->is_changed ? 0 : CSV_CREDIT;
}

/* Begins the current input: its columns and its name. */
static void begin(struct job *job)
{
    const struct options *o = job->options;
    struct header h = xcsv_begin(&job->input);

    set_order(job, &h);
    header_free(&h);
    job->is_changed = o->decimals.n + o->times.n > 0 || job->order != NULL || o->file_column != NULL;
    renew_credit(job);
    job->file.len = 0;
    if (o->file_column != NULL)
        xfiles_append_name(&job->files, &job->file);
}

/* Changes the record being written. Returns NULL, or the reason why it is bad. */
static const char *change(struct job *job)
{
    if (job->convert.at == NULL)
        xcsv_convert_open(&job->convert, &job->stream.header, &job->options->decimals, &job->options->times);
    return xcsv_convert(&job->convert, job->order, buffer_span(&job->file), &job->stream.out);
}

static void csv2tsv(struct job *job)
{
    while (xfiles_next(&job->files)) {
        begin(job);
        for (;;) {
            if (job->input.credit > 0)
                VECTOR_PICK(xcsv_records)(&job->input);
            if (!xcsv_record(&job->input))
                break;
            const char *reason = job->is_changed ? change(job) : NULL;
            if (reason == NULL)
                writer_commit(&job->stream.out);
            else
                xcsv_reject(&job->input, reason);
            if (!stream_has_buffered(&job->stream)) {
                files_show_progress(&job->files);
                renew_credit(job);
            }
        }
    }
}

int main(int argc, char **argv)
{
    struct options o = { .delimiter = ",", .encoding = "UTF-8" };
    const struct option_spec specs[] = {
        { 'd', "delimiter", "CHAR", "separator of fields (default: comma; \\t: TAB)", .text = &o.delimiter },
        { 0, "null", "STRING", "an unquoted field equal to STRING is null, too", .list = &o.nulls },
        { 0, "null-quoted", NULL, "a quoted field, empty or equal to STRING, is null, too", .flag = &o.null_quoted },
        { 0, "encoding", "NAME", "encoding of the input (default: UTF-8)", .text = &o.encoding },
        { 0, "skip", "N", "skip the first N lines of each file", .number = &o.n_skipped },
        { 0, "decimal-comma", "COLS", "convert numbers such as 1.234,56 in these columns", .list = &o.decimals },
        { 0, "time", "COL=FORMAT", "convert times in COL from FORMAT of strptime(3): %d.%m.%Y", .list = &o.times },
        { 0, "file-column", "NAME", "add the column NAME with the name of the record's file", .text = &o.file_column },
        { 0, "progress", NULL, "show a bar if stderr is a terminal; given twice: lines if not", .times = &o.progress },
    };
    const struct usage usage = { "[FILE...]", "Converts CSV (RFC 4180) to tab-separated records.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    const char *const *files = (const char *const *)(argv + first);
    size_t n = (size_t)(argc - first);
    struct job job = { .options = &o };

    check(&o, files, n);
    job.input = (struct csv_input){ .stream = &job.stream, .dialect = parse(&o), .n_skipped = o.n_skipped };
    if (is_encoded(&o))
        job.input.encoding = o.encoding;
    o.stream.encoding = o.encoding;
    xfiles_open(&job.files, &job.stream, &o.stream, files, n, o.progress);
    if (!o.stream.no_header)
        write_header(&job);
    csv2tsv(&job);
    xfiles_close(&job.files);
    csv_convert_close(&job.convert);
    buffer_free(&job.file);
    free(job.order);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

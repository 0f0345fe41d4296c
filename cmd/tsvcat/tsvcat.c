/* SPDX-License-Identifier: MIT */
/* tsvcat: concatenates files of records under one header. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/hash.h"
#include "base/memory.h"
#include "stream/files.h"
#include "stream/heading.h"
#include "stream/run.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "merge.h"

struct options {
    bool all; /* union */
    bool common;
    const char *file_column;
    int progress;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct files files;
    struct record record;
    struct header header; /* of the output, without --file-column */
    uint64_t *hashes;     /* of the header lines of all inputs */
    size_t *order;        /* for each column of the output, the one of the current input; NULL: the same */
    struct buffer end;    /* what follows the fields of a record: the file, LF */
    uint64_t n_written;
};

static void check(const struct options *o, char **names, size_t n)
{
    if (o->all && o->common)
        die_usage("--union and --common cannot be combined");
    if (o->stream.no_header && (o->all || o->common))
        die_usage("--%s and --no-header cannot be combined: columns are matched by name", o->all ? "union" : "common");
    if (o->file_column == NULL)
        return;
    if (!xtsv_is_field(span_of(o->file_column)))
        die_usage("--file-column: the name must be escaped as in a header line");
    files_check_names((const char *const *)names, n);
}

/* Reads the header of the current input, unless there is none, and returns its hash. */
static uint64_t read_header(struct job *job)
{
    static const uint64_t secret[2] = { 0, 0 };
    struct header *h = &job->stream.header;

    header_free(h);
    xstream_read_header(&job->stream, &job->record);
    return hash_keyed(secret, (struct span){ h->text, h->len });
}

/* Reads the headers of all inputs, and makes that of the output. */
static void resolve(struct job *job)
{
    const struct options *o = job->options;
    struct header *h = &job->stream.header;
    enum merge_rule rule = o->all ? MERGE_UNION : o->common ? MERGE_COMMON : MERGE_SAME;
    char reason[MATCH_REASON_SIZE];

    job->hashes = xcalloc(job->files.n, sizeof *job->hashes);
    for (size_t i = 0; xfiles_look(&job->files); i++) {
        job->hashes[i] = read_header(job);
        if (i == 0) {
            job->header = *h;
            *h = (struct header){ .n = 0 };
        } else if (!header_is(&job->header, (struct span){ h->text, h->len }) &&
                   xmerge_add(&job->header, h, rule, reason) != NULL) {
            die_usage("%s: %s%s", job->stream.name != NULL ? job->stream.name : "standard input", reason,
                      rule == MERGE_SAME ? "; try --union or --common" : "");
        }
    }
}

static void write_header(struct job *job)
{
    xheading_add_all(&job->stream, &job->header);
    if (job->options->file_column != NULL)
        xheading_add(&job->stream, span_of(job->options->file_column));
    xheading_end(&job->stream);
}

/* Begins the current input, after its header. */
static void begin(struct job *job)
{
    struct stream *s = &job->stream;
    uint64_t hash = read_header(job);

    free(job->order);
    job->order = NULL;
    if (s->options->no_header && job->header.n == 0)
        header_number(&job->header, s->header.n);
    else if (s->options->no_header)
        s->header.n = job->header.n;
    else if (hash != job->hashes[job->files.i - 1])
        xstream_refuse(s, "the header has changed while files were read");
    else if (!header_is(&job->header, (struct span){ s->header.text, s->header.len }))
        job->order = xmatch_columns(&job->header, &s->header);
    job->end.len = 0;
    if (job->options->file_column != NULL) {
        xbuffer_append(&job->end, span_of("\t"));
        xfiles_append_name(&job->files, &job->end);
    }
    xbuffer_append(&job->end, span_of("\n"));
}

static void write_record(struct job *job)
{
    struct writer *out = &job->stream.out;
    const struct record *r = &job->record;
    static const struct span null = { "\\N", 2 };

    if (job->order == NULL)
        xwriter_bytes(out, record_line(r));
    for (size_t i = 0; job->order != NULL && i < job->header.n; i++) {
        if (i > 0)
            xwriter_char(out, '\t');
        xwriter_bytes(out, job->order[i] != MATCH_NONE ? record_field(r, job->order[i]) : null);
    }
    xwriter_bytes(out, buffer_span(&job->end));
    writer_commit(out);
    job->n_written++;
}

/* Copies the records at the start of the window that need no change. False: there are none. */
static bool copy_run(struct job *job)
{
    struct stream *s = &job->stream;

    if (job->order != NULL || job->end.len > 1)
        return false;
    struct run run = run_find(s, NULL);
    if (run.n == 0)
        return false;
    xwriter_lines(&s->out, (struct span){ s->in.at, run.len });
    run_take(s, run);
    job->n_written += run.n;
    return true;
}

static void tsvcat(struct job *job)
{
    struct stream *s = &job->stream;

    while (xfiles_next(&job->files)) {
        begin(job);
        for (;;) {
            if (!stream_has_buffered(s))
                files_show_progress(&job->files);
            if (stream_has_buffered(s) && copy_run(job))
                continue;
            if (!xstream_record(s, &job->record))
                break;
            write_record(job);
        }
    }
}

int main(int argc, char **argv)
{
    struct options o = { .all = false };
    const struct option_spec specs[] = {
        { 0, "union", NULL, "keep the columns of all files; null where a file does not have one", .flag = &o.all },
        { 0, "common", NULL, "keep the columns that all files have", .flag = &o.common },
        { 0, "file-column", "NAME", "add the column NAME with the name of the record's file", .text = &o.file_column },
        { 0, "progress", NULL, "show a bar if stderr is a terminal; given twice: lines if not", .times = &o.progress },
    };
    const struct usage usage = { "[FILE...]", "Concatenates files of records under one header.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    size_t n = (size_t)(argc - first);
    struct job job = { .options = &o };

    check(&o, argv + first, n);
    xfiles_open(&job.files, &job.stream, &o.stream, (const char *const *)(argv + first), n, o.progress);
    if (!o.stream.no_header) {
        resolve(&job);
        write_header(&job);
    }
    tsvcat(&job);
    xfiles_close(&job.files);
    free(job.hashes);
    free(job.order);
    buffer_free(&job.end);
    header_free(&job.header);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.n_written);
}

/* SPDX-License-Identifier: MIT */
/* lookup: adds columns of a table to each record that has the same key. */
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "table.h"

struct options {
    const char *table;            /* f */
    struct option_list key;       /* k */
    struct option_list table_key; /* K; none: KEY */
    struct option_list add;       /* a */
    bool left;
    bool anti;
    bool semi;
    bool multi;
    bool ignore_case; /* i */
    struct stream_options stream;
};

enum { BATCH = 32 }; /* records looked up together, so that their cache misses overlap */

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns key;
    struct stream file; /* the table's, until it is loaded */
    struct record file_record;
    struct table_rules rules;
    struct span *names; /* of the columns added; views of the options and the table's header; none under -N */
    struct table table;
    struct buffer no_match; /* appended to a record without a match: nulls, each after a TAB, and LF */
    struct span lines[BATCH];
    struct table_probe probes[BATCH];
    size_t n_pending; /* of LINES and PROBES */
    uint64_t n_written;
    uint64_t n_unmatched;
};

static void check(const struct options *o)
{
    if (o->table == NULL || o->key.n == 0)
        die_usage("--%s is required", o->table == NULL ? "table" : "key");
    if (strcmp(o->table, "-") == 0)
        die_usage("--table must not be standard input, which holds the records");
    if (o->left + o->anti + o->semi > 1)
        die_usage("--left, --anti and --semi cannot be combined");
    if (o->add.n > 0 && (o->anti || o->semi))
        die_usage("--add and --%s cannot be combined", o->anti ? "anti" : "semi");
}

/* Dies if FD is a pipe that is also standard input: each reader would get a part of it. */
static void check_pipe(int fd)
{
    struct stat table;
    struct stat input;

    if (fstat(fd, &table) == 0 && fstat(STDIN_FILENO, &input) == 0 && table.st_dev == input.st_dev &&
        table.st_ino == input.st_ino && S_ISFIFO(table.st_mode))
        die_usage("--table must not be standard input, which holds the records");
}

/* Adds all columns of the table H except those of its key. */
static void add_all(struct job *job, const struct header *h)
{
    struct columns *added = &job->rules.added;
    bool *is_key = xcolumns_set(&job->rules.key, h->n);

    added->at = xcalloc(h->n, sizeof *added->at);
    job->names = xcalloc(h->n, sizeof *job->names);
    for (size_t i = 0; i < h->n; i++) {
        if (is_key[i])
            continue;
        if (h->names != NULL)
            job->names[added->n] = h->names[i];
        added->at[added->n++] = i;
    }
    free(is_key);
}

/* Resolves the columns of the keys. */
static void resolve_keys(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;
    const struct header *table = &job->file.header;
    bool has_key = o->table_key.n > 0; /* of its own */

    job->key = xcolumns(h, "--key", &o->key);
    if (has_key || job->key.n == 0)
        job->rules.key = xcolumns(table, has_key ? "--table-key" : o->table, has_key ? &o->table_key : &o->key);
    else
        job->rules.key = xcolumns_like(table, o->table, h, &job->key);
    if (job->key.n != job->rules.key.n && job->key.n > 0 && job->rules.key.n > 0) /* an empty input under -N has none */
        die_usage("--key and --table-key must have the same number of columns, not %zu and %zu", job->key.n,
                  job->rules.key.n);
}

/* Dies if a column that is added has an invalid name or the name of an input column. */
static void check_names(const struct job *job)
{
    const struct header *h = &job->stream.header;
    struct quoted q;
    size_t column;

    for (size_t i = 0; h->names != NULL && i < job->rules.added.n; i++) {
        if (!xtsv_is_field(job->names[i]))
            die_usage("--add: the name %s must be escaped as in a header line", quote(&q, job->names[i]));
        if (header_find_name(h, job->names[i], &column))
            die_usage("the input already has a column %s; rename it with --add NEW=%s", quote(&q, job->names[i]),
                      q.text);
    }
}

/* Whether --add tells the columns of a table that has none: by numbers, not by expansions. */
static bool adds_numbers(const struct option_list *add)
{
    for (size_t i = 0; i < add->n; i++)
        if (strpbrk(add->at[i], "-*!") != NULL)
            return false;
    return add->n > 0;
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->file.header;
    const struct columns_rules names = { .hidden = &job->rules.key, .names = &job->names };

    job->rules = (struct table_rules){ .ignore_case = o->ignore_case, .multi = o->multi };
    resolve_keys(job);
    if (o->anti || o->semi)
        return;
    if (o->left && h->n == 0 && !adds_numbers(&o->add))
        die(STATUS_BAD_DATA, "%s: no records, so the columns to fill with nulls are unknown; number them with --add",
            o->table);
    if (o->add.n > 0)
        job->rules.added = xcolumns_by(h, "--add", &o->add, &names);
    else
        add_all(job, h);
    check_names(job);
}

static void write_header(struct job *job)
{
    struct stream *s = &job->stream;

    xheading_add_all(s, &s->header);
    for (size_t i = 0; i < job->rules.added.n && !s->options->no_header; i++)
        xheading_add(s, job->names[i]);
    xheading_end(s);
}

static void make_no_match(struct job *job)
{
    for (size_t i = 0; i < job->rules.added.n; i++)
        xbuffer_append(&job->no_match, span_of("\t\\N"));
    xbuffer_append(&job->no_match, span_of("\n"));
}

/* Writes LINE followed by END, which ends in LF. */
static inline void write_record(struct job *job, struct span line, struct span end)
{
    struct writer *out = &job->stream.out;

    xwriter_bytes(out, line);
    xwriter_bytes(out, end);
    writer_commit(out);
    job->n_written++;
}

/* Writes the records that LINE results in; ROW is its first match or NULL. */
static void join(struct job *job, struct span line, const struct table_row *row)
{
    const struct options *o = job->options;

    job->n_unmatched += row == NULL;
    if (o->anti || o->semi) {
        if ((row == NULL) == o->anti)
            write_record(job, line, (struct span){ "\n", 1 });
    } else if (row == NULL && o->left) {
        write_record(job, line, buffer_span(&job->no_match));
    } else {
        for (; row != NULL; row = table_next(&job->table, row))
            write_record(job, line, (struct span){ row->text, row->len });
    }
}

static void finish_batch(struct job *job)
{
    table_find(&job->table, job->probes, job->n_pending);
    for (size_t i = 0; i < job->n_pending; i++)
        join(job, job->lines[i], job->probes[i].row);
    job->n_pending = 0;
}

static void lookup(struct job *job)
{
    struct record *r = &job->record;

    for (;;) {
        if (job->n_pending == BATCH || !stream_next_good(&job->stream, r)) {
            finish_batch(job);
            if (!xstream_record(&job->stream, r))
                return;
        }
        struct table_probe *p = &job->probes[job->n_pending];
        xtable_probe(&job->table, p, &job->key, r);
        if (p->is_done && job->n_pending == 0)
            join(job, record_line(r), p->row);
        else
            job->lines[job->n_pending++] = record_line(r);
    }
}

static void free_job(struct job *job)
{
    table_free(&job->table);
    columns_free(&job->key);
    columns_free(&job->rules.key);
    columns_free(&job->rules.added);
    free(job->names);
    buffer_free(&job->no_match);
    for (size_t i = 0; i < BATCH; i++)
        table_probe_free(&job->probes[i]);
    record_free(&job->record);
    record_free(&job->file_record);
}

int main(int argc, char **argv)
{
    struct options o = { .table = NULL };
    const struct option_spec specs[] = {
        { 'f', "table", "TABLE", "file of the table", .text = &o.table },
        { 'k', "key", "COLS", "columns of the key", .list = &o.key },
        { 'K', "table-key", "COLS", "columns of the table's key (default: those of -k)", .list = &o.table_key },
        { 'a', "add", "COLS", "columns of the table to add, COL or NAME=COL (default: all except its key)",
          .list = &o.add },
        { 'i', "ignore-case", NULL, "ignore case in keys", .flag = &o.ignore_case },
        { 0, "left", NULL, "write records without a match too, with nulls (default: drop them)", .flag = &o.left },
        { 0, "anti", NULL, "write only records without a match; add nothing", .flag = &o.anti },
        { 0, "semi", NULL, "write only records with a match; add nothing", .flag = &o.semi },
        { 0, "multi", NULL, "allow duplicate keys in the table: write a record for each match", .flag = &o.multi },
    };
    const struct usage usage = { "", "Adds columns of a table to each record that has the same key.", STREAM_FILTER,
                                 specs, sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    check(&o);
    struct job job = { .options = &o };
    const struct stream_options file_options = {
        .no_header = o.stream.no_header, .max_line = o.stream.max_line, .kind = STREAM_FILTER
    };

    xstream_open_file(&job.file, o.table, &file_options);
    check_pipe(job.file.in.fd);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    xstream_read_header(&job.file, &job.file_record);
    resolve(&job);
    make_no_match(&job);
    xtable_load(&job.table, &job.file, &job.file_record, &job.rules);
    job.stream.n_bytes = reader_offset(&job.file.in);
    write_header(&job);
    xstream_close(&job.file);
    lookup(&job);
    free_job(&job);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written, %" PRIu64 " without a match", job.n_written,
                               job.n_unmatched);
}

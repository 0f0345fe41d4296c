/* SPDX-License-Identifier: MIT */
/* tsvsplit: splits records over files; records with the same key are written to the same file. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/fold.h"
#include "base/keyset.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/hint.h"
#include "stream/stream.h"
#include "value/number.h"
#include "part_name.h"
#include "parts.h"
#include "route.h"

struct options {
    struct option_list key; /* k */
    bool ignore_case;       /* i */
    uint64_t files;         /* n; UINT64_MAX: not given */
    bool by_value;
    uint64_t max_files;     /* UINT64_MAX: not given */
    const char *suffix;
    struct stream_options stream;
};

enum {
    FILES_MOST = 10000, /* four digits number them */
    FILES_DEFAULT = 1000,
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns key;   /* none: the whole record */
    struct keyset files;  /* by value: the keys, each with the number of its file, a size_t */
    struct buffer path;   /* of the file being created */
    size_t prefix_len;    /* of PATH: bytes that are PREFIX */
    size_t directory_len; /* of PATH: bytes up to the last slash of PREFIX */
};

static void check(const struct options *o, char **operands, int n_operands)
{
    if (n_operands > 1)
        xhint_file(span_of(operands[1]));
    if (n_operands != 1)
        die_usage("expected one operand, PREFIX");
    if (o->by_value == (o->files != UINT64_MAX))
        die_usage("either --files or --by-value is required");
    if (o->by_value && o->key.n == 0)
        die_usage("--by-value requires --key");
    if (!o->by_value && (o->files < 1 || o->files > FILES_MOST))
        die_usage("--files must be from 1 to %d", FILES_MOST);
    if (!o->by_value && o->max_files != FILES_DEFAULT)
        die_usage("--max-files requires --by-value");
    if (o->max_files < 1 || o->max_files > FILES_MOST)
        die_usage("--max-files must be from 1 to %d", FILES_MOST);
}

static void resolve(struct job *job)
{
    job->key = xcolumns(&job->stream.header, "--key", &job->options->key);
}

static void append(size_t file, struct span line)
{
    xparts_append(file, line);
    xparts_append(file, span_of("\n"));
}

/* Creates the file whose name is in job->path, except the suffix, with the header line. Returns its number. */
static size_t create(struct job *job)
{
    const struct header *h = &job->stream.header;
    const char *suffix = job->options->suffix;

    xbuffer_append(&job->path, (struct span){ suffix, strlen(suffix) + 1 });
    size_t i = xparts_add(job->path.at);
    if (h->names != NULL)
        append(i, (struct span){ h->text, h->len });
    return i;
}

/* Creates all files of a split by hash. */
static void create_all(struct job *job)
{
    for (unsigned i = 0; i < job->options->files; i++) {
        job->path.len = job->prefix_len;
        job->path.len += (size_t)sprintf(xbuffer_reserve(&job->path, NUMBER_DIGITS), "%04u", i);
        create(job);
    }
}

static const size_t NO_FILE = SIZE_MAX;

/* The number of the file of KEY, which R has. Creates it if it is new; NO_FILE: that has no name, and R is rejected. */
static size_t find_file(struct job *job, const struct record *r, struct span key)
{
    uint64_t hash = keyset_hash(&job->files, key);
    size_t *file = keyset_find(&job->files, hash, key);
    struct quoted q;
    bool is_new;

    if (file != NULL)
        return *file;
    if (job->files.n == job->options->max_files)
        xstream_stop(&job->stream, r->line, "more than %zu keys, each with its own file; --max-files allows more",
                     job->files.n);
    job->path.len = job->prefix_len;
    xpart_name_append(&job->path, key);
    if (job->path.len + strlen(job->options->suffix) - job->directory_len > PARTS_NAME_MOST) {
        xstream_reject(&job->stream, r->line, record_line(r), "key \"%s\" makes a name of more than %d bytes",
                       quote(&q, key), PARTS_NAME_MOST);
        return NO_FILE;
    }
    file = xkeyset_add(&job->files, hash, key, &is_new);
    return *file = create(job);
}

static void tsvsplit(struct job *job)
{
    const struct options *o = job->options;
    struct route route;
    struct record *r = &job->record;
    struct buffer buffer = { .len = 0 };

    route_open(&route, &job->key, o->files);
    for (;;) {
        while (!o->by_value && !o->ignore_case && xroute_run(&route, &job->stream))
            ;
        if (!xstream_record(&job->stream, r))
            break;
        struct span key = job->key.n > 0 ? xcolumns_join(&job->key, r, &buffer) : record_line(r);
        if (o->ignore_case)
            key = xfold(key, &buffer);
        size_t file = o->by_value ? find_file(job, r, key) : route_find(&route, key);
        if (file != NO_FILE)
            append(file, record_line(r));
    }
    buffer_free(&buffer);
}

int main(int argc, char **argv)
{
    struct options o = { .files = UINT64_MAX, .max_files = FILES_DEFAULT, .suffix = "" };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns of the key (default: all)", .list = &o.key },
        { 'i', "ignore-case", NULL, "ignore case in keys", .flag = &o.ignore_case },
        { 'n', "files", "N", "number of files, 1 to 10000; the hash of the key decides", .number = &o.files },
        { 0, "by-value", NULL, "a file for each key, with the key in its name", .flag = &o.by_value },
        { 0, "max-files", "N", "fail if there are more than N keys (1000)", .number = &o.max_files },
        { 0, "suffix", "STRING", "end of the file names, such as .tsv", .text = &o.suffix },
    };
    const struct usage usage = { "PREFIX", "Splits records over files whose names begin with PREFIX, by their key.",
                                 STREAM_SINK, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);

    check(&o, argv + first, argc - first);
    struct job job = { .options = &o, .prefix_len = strlen(argv[first]) };
    const char *slash = strrchr(argv[first], '/');

    job.directory_len = slash != NULL ? (size_t)(slash + 1 - argv[first]) : 0;
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    xbuffer_append(&job.path, span_of(argv[first]));
    xkeyset_open(&job.files, sizeof(size_t));
    xparts_open((size_t)(o.by_value ? o.max_files : o.files));
    if (!o.by_value)
        create_all(&job);
    tsvsplit(&job);
    xstream_close(&job.stream);
    xparts_finish();
    job.stream.n_written = job.stream.n_read - job.stream.n_rejected;
    record_free(&job.record);
    columns_free(&job.key);
    keyset_close(&job.files);
    buffer_free(&job.path);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

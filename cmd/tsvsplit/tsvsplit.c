/* SPDX-License-Identifier: MIT */
/* tsvsplit: splits records over files; records with the same key are written to the same file. */
#include <inttypes.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/hash.h"
#include "stream/columns.h"
#include "stream/stream.h"
#include "parts.h"

struct options {
    struct option_list key; /* k */
    uint64_t files;         /* n; UINT64_MAX: not given */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns key; /* none: the whole record */
};

static void check(const struct options *o, int n_operands)
{
    if (n_operands != 1)
        die_usage("expected one operand, PREFIX");
    if (o->files == UINT64_MAX)
        die_usage("--files is required");
    if (o->files < 1 || o->files > PARTS_MAX)
        die_usage("--files must be from 1 to %d", PARTS_MAX);
}

static void resolve(struct job *job)
{
    job->key = xcolumns(&job->stream.header, "--key", &job->options->key);
}

static void write_header(struct job *job)
{
    for (size_t i = 0; i < job->options->files && !job->options->stream.no_header; i++)
        xparts_append(i, record_line(&job->record));
}

static void tsvsplit(struct job *job)
{
    static const uint64_t secret[2] = { 0, 0 }; /* the same in all runs, so that a key always has the same file */
    struct record *r = &job->record;
    struct buffer buffer = { .len = 0 };

    while (xstream_record(&job->stream, r)) {
        struct span key = job->key.n > 0 ? xcolumns_join(&job->key, r, &buffer) : record_line(r);
        xparts_append(hash_keyed(secret, key) % job->options->files, record_line(r));
    }
    buffer_free(&buffer);
}

int main(int argc, char **argv)
{
    struct options o = { .files = UINT64_MAX };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns of the key (default: all)", .list = &o.key },
        { 'n', "files", "N", "number of files, 1 to 10000", .number = &o.files },
    };
    const struct usage usage = { "PREFIX", "Splits records over files PREFIX0000 and so on, by the hash of their key.",
                                 STREAM_SINK, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);

    check(&o, argc - first);
    struct job job = { .options = &o };

    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    xparts_create(argv[first], (size_t)o.files);
    write_header(&job);
    tsvsplit(&job);
    record_free(&job.record);
    columns_free(&job.key);
    xstream_close(&job.stream);
    xparts_finish();
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

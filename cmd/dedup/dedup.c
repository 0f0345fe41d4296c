/* SPDX-License-Identifier: MIT */
/* dedup: keeps one record for each key, in order of first appearance. */
#include <inttypes.h>

#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/writer.h"
#include "distinct.h"
#include "plain_loop.h"

struct options {
    struct option_list key; /* k */
    struct option_list max;
    struct option_list min;
    const char *dups;
    bool ignore_case; /* i */
    bool trim;
    bool count;
    int keep;         /* enum choice_rule; -1: not given */
    uint64_t memory;  /* S */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct distinct_rules rules;
    struct distinct distinct;
    struct writer dups; /* open if options->dups is given */
};

static void check(const struct options *o)
{
    if ((o->max.n > 0) + (o->min.n > 0) + (o->keep >= 0) > 1)
        die_usage("--keep, --max and --min cannot be combined");
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;

    job->rules = (struct distinct_rules){
        .key = xcolumns(h, "--key", &o->key),
        .by = xcolumns(h, o->max.n > 0 ? "--max" : "--min", o->max.n > 0 ? &o->max : &o->min),
        .ignore_case = o->ignore_case,
        .trim = o->trim,
        .keep = CHOICE_FIRST,
        .count = o->count,
        .memory = (size_t)o->memory,
        .n_columns = h->n,
    };
    if (o->max.n > 0 || o->min.n > 0)
        job->rules.keep = o->max.n > 0 ? CHOICE_MAX : CHOICE_MIN;
    else if (o->keep >= 0)
        job->rules.keep = (enum choice_rule)o->keep;
}

/* Writes the header line to the output and to the file of --dups. */
static void write_header(struct job *job)
{
    const struct options *o = job->options;
    struct stream *s = &job->stream;

    xheading_add_all(s, &s->header);
    if (o->count)
        xheading_add(s, span_of("Count"));
    xheading_end(s);
    if (o->dups != NULL && !o->stream.no_header) {
        xwriter_bytes(&job->dups, record_line(&job->record));
        xwriter_char(&job->dups, '\n');
        writer_commit(&job->dups);
    }
}

static void dedup(struct job *job)
{
    struct distinct *d = &job->distinct;
    struct record *r = &job->record;
    struct plain_loop plain;

    plain_loop_open(&plain, d, &job->stream);
    for (;;) {
        if (distinct_is_full(d) || !stream_next_good(&job->stream, r)) {
            xdistinct_finish_batch(d);
            xplain_loop(&plain, d, &job->stream);
            if (!xstream_record(&job->stream, r))
                break;
        }
        xdistinct_add(d, r);
    }
    xdistinct_finish(d);
}

int main(int argc, char **argv)
{
    struct options o = { .keep = -1, .memory = memory_default() };
    const struct option_spec specs[] = {
        { 'k', "key", "COLS", "columns of the key (default: all)", .list = &o.key },
        { 'i', "ignore-case", NULL, "ignore case in keys", .flag = &o.ignore_case },
        { 0, "trim", NULL, "ignore blanks at the start and end of key fields", .flag = &o.trim },
        { 0, "keep", "WHICH", "record of a key to keep (default: first)", .word = choice_word, .choice = &o.keep },
        { 0, "max", "COLS", "keep the record with the greatest COLS, compared in this order", .list = &o.max },
        { 0, "min", "COLS", "keep the record with the least COLS", .list = &o.min },
        { 0, "count", NULL, "add a column Count: the number of records with the key", .flag = &o.count },
        { 0, "dups", "FILE", "write the dropped records to FILE", .text = &o.dups },
        { 'S', "memory", "SIZE", "hold at most SIZE, then use TMPDIR (default: 1/4 of memory)", .bytes = &o.memory },
    };
    const struct usage usage = { "", "Keeps one record for each key, in order of first appearance.", STREAM_FILTER,
                                 specs, sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    check(&o);
    struct job job = { .options = &o };

    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    if (o.dups != NULL) {
        xwriter_create(&job.dups, "dups", o.dups);
        reader_add_writer(&job.stream.in, &job.dups);
    }
    write_header(&job);
    xdistinct_open(&job.distinct, &job.rules, &job.stream.out, o.dups != NULL ? &job.dups : NULL);
    dedup(&job);
    if (o.dups != NULL)
        xwriter_close(&job.dups);
    record_free(&job.record);
    columns_free(&job.rules.key);
    columns_free(&job.rules.by);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written, %" PRIu64 " duplicates", job.distinct.n_kept,
                               job.distinct.n_read - job.distinct.n_kept);
}

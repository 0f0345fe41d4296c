/* SPDX-License-Identifier: MIT */
/* profile: describes each column of a table. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/hint.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "value/number_key.h"
#include "value/tally.h"
#include "summary.h"

struct options {
    uint64_t memory;          /* S */
    struct option_list names; /* the operands */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns columns;
    struct tally tally; /* a group for each of the columns; integers are number keys */
    struct summary *summaries;
};

static void parse(struct options *o, char **operands, size_t n)
{
    if (n > OPTION_REPEATS)
        die_usage("at most %d operands; separate columns by commas", OPTION_REPEATS);
    for (size_t i = 0; i < n; i++)
        o->names.at[o->names.n++] = operands[i];
}

static void resolve(struct job *job)
{
    const struct header *h = &job->stream.header;

    job->columns = job->options->names.n > 0 ? xcolumns(h, NULL, &job->options->names) : xcolumns_first(h->n);
    const char *hint = hint_header((struct span){ h->text, h->len });
    if (*hint != '\0')
        stream_warn(&job->stream, 1, "a single column%s", hint);
    job->summaries = xcalloc(job->columns.n, sizeof *job->summaries);
}

static void write_header(struct job *job)
{
    xheading_copy(&job->stream, span_of("Column\t" SUMMARY_HEADER));
}

static void count(struct job *job)
{
    const struct columns *columns = &job->columns;
    uint64_t word;

    while (xstream_record(&job->stream, &job->record))
        for (size_t i = 0; i < columns->n; i++) {
            struct span field = record_field(&job->record, columns->at[i]);
            if (number_key_integer(field, &word))
                xtally_add_word(&job->tally, i, word);
            else
                xtally_add(&job->tally, i, field);
        }
}

static void summarize(struct job *job)
{
    struct span key;
    struct decimal d;
    uint64_t column;
    uint64_t n;

    while (xtally_next(&job->tally, &column, &key, &n))
        if (number_key_is(key) && number_key_decimal(key, &d))
            xsummary_add_integer(&job->summaries[column], (int64_t)d.value, n);
        else
            xsummary_add(&job->summaries[column], key, n);
}

static void write_summaries(struct job *job)
{
    const struct header *h = &job->stream.header;
    struct writer *w = &job->stream.out;
    char number[NUMBER_DIGITS];

    for (size_t i = 0; i < job->columns.n; i++) {
        size_t column = job->columns.at[i];
        xwriter_bytes(w, h->names != NULL ? h->names[column]
                                          : (struct span){ number, number_format(column + 1, number) });
        xsummary_write(&job->summaries[i], w);
        xstream_end_record(&job->stream);
    }
}

static void profile(struct job *job)
{
    xtally_open(&job->tally, (size_t)job->options->memory);
    count(job);
    summarize(job);
    write_summaries(job);
    tally_close(&job->tally);
}

static void free_job(struct job *job)
{
    for (size_t i = 0; i < job->columns.n; i++)
        summary_free(&job->summaries[i]);
    free(job->summaries);
    columns_free(&job->columns);
    record_free(&job->record);
}

int main(int argc, char **argv)
{
    struct options o = { .memory = memory_default() };
    const struct option_spec specs[] = {
        { 'S', "memory", "SIZE", "hold at most SIZE, then use TMPDIR (default: 1/4 of memory)", .bytes = &o.memory },
    };
    const struct usage usage = { "[COLS] ...", "Describes each column: its type, counts, extremes, mean, most common values.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);

    parse(&o, argv + first, (size_t)(argc - first));
    struct job job = { .options = &o };
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    write_header(&job);
    profile(&job);
    free_job(&job);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " described", job.stream.n_read - job.stream.n_rejected);
}

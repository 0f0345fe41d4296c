/* SPDX-License-Identifier: MIT */
/* trend: adds columns that compare each record with those before it in its group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/keyset.h"
#include "base/memory.h"
#include "base/words.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "value/decimal.h"
#include "measure.h"

struct options {
    struct option_list group_by; /* g */
    uint64_t scale;
    bool partial;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns groups;
    struct measure *measures;
    size_t n;             /* measures */
    bool looks_ahead;     /* a measure does */
    struct keyset states; /* by group: an array of states, one for each measure */
    struct buffer key;    /* for xcolumns_join() */
    struct buffer held;   /* if a measure looks ahead: all records ... */
    struct buffer lines;  /* ... and the number of the line of each, a uint64_t */
};

/* Sets up the part of JOB that does not depend on the header. */
static void parse(struct job *job, char **operands)
{
    const uint64_t most_places = DECIMAL_DIGITS - 2; /* percentages are divided with two more */

    if (job->options->scale > most_places)
        die_usage("--scale must be at most %" PRIu64 " decimal places", most_places);
    if (job->n == 0)
        die_usage("at least one [NAME=]FUNC[N][:COL] is required");
    job->measures = xcalloc(job->n, sizeof *job->measures);
    for (size_t i = 0; i < job->n; i++) {
        job->measures[i] = xmeasure_parse(operands[i], (int)job->options->scale, job->options->partial);
        job->looks_ahead |= measure_looks_ahead(&job->measures[i]);
    }
    xkeyset_open(&job->states, job->n * sizeof(struct measure_state));
}

static void resolve(struct job *job)
{
    const struct header *h = &job->stream.header;

    job->groups = xcolumns(h, "--group-by", &job->options->group_by);
    for (size_t i = 0; i < job->n; i++)
        if (job->measures[i].of.at != NULL)
            job->measures[i].column = xcolumns_one(h, NULL, job->measures[i].of);
}

static void write_header(struct job *job)
{
    struct stream *s = &job->stream;

    xheading_add_all(s, &s->header);
    for (size_t i = 0; i < job->n && s->header.names != NULL; i++) {
        const struct measure *m = &job->measures[i];
        if (m->name.at == NULL && m->of.at != NULL) {
            xwriter_bytes(&s->out, m->call);
            xwriter_char(&s->out, '_');
        }
        xheading_add(s, m->name.at != NULL ? m->name : m->of.at != NULL ? s->header.names[m->column] : m->call);
    }
    xheading_end(s);
}

/* The field of the record that M takes; without a column any that is not null. */
static struct span field_of(const struct job *job, const struct measure *m)
{
    return m->of.at != NULL ? record_field(&job->record, m->column) : (struct span){ "", 0 };
}

/* Whether the record is good; if not, rejects it. */
static bool check_record(struct job *job)
{
    for (size_t i = 0; i < job->n; i++) {
        const struct measure *m = &job->measures[i];
        const char *reason = measure_check(m, field_of(job, m));
        if (reason != NULL) {
            xstream_reject_field(&job->stream, &job->record, m->column, reason);
            return false;
        }
    }
    return true;
}

/* The states of the measures for the group of the record. */
static struct measure_state *find_states(struct job *job)
{
    struct span key = xcolumns_join(&job->groups, &job->record, &job->key);
    bool is_new;

    return xkeyset_add(&job->states, keyset_hash(&job->states, key), key, &is_new);
}

static void hold_record(struct job *job)
{
    struct measure_state *states = find_states(job);

    for (size_t i = 0; i < job->n; i++)
        measure_gather(&job->measures[i], &states[i], field_of(job, &job->measures[i]));
    xbuffer_append(&job->held, record_line(&job->record));
    xbuffer_append(&job->held, span_of("\n"));
    xbuffer_append(&job->lines, (struct span){ (const char *)&job->record.line, sizeof job->record.line });
}

static void write_record(struct job *job)
{
    struct stream *s = &job->stream;
    struct measure_state *states = find_states(job);
    struct quoted q;

    xwriter_bytes(&s->out, record_line(&job->record));
    for (size_t i = 0; i < job->n; i++) {
        const struct measure *m = &job->measures[i];
        xwriter_char(&s->out, '\t');
        if (!xmeasure_write(m, &states[i], field_of(job, m), &s->out))
            xstream_stop(s, job->record.line, "column %s: %.*s has too many digits to be exact",
                         header_label(&s->header, m->column, &q), (int)m->call.len, m->call.at);
    }
    xstream_end_record(s);
}

static void trend(struct job *job)
{
    while (xstream_record(&job->stream, &job->record))
        if (check_record(job))
            (job->looks_ahead ? hold_record : write_record)(job);
    /* What is held is split again as if it were the window of the input. */
    char *end = xbuffer_reserve(&job->held, READER_PADDING);
    struct reader again = { .at = job->held.at, .end = end };
    for (const char *line = job->lines.at; record_split(&again, &job->record); line += sizeof job->record.line) {
        memcpy(&job->record.line, line, sizeof job->record.line);
        write_record(job);
    }
}

static void free_job(struct job *job)
{
    struct measure_state *states = NULL;
    struct span key;

    while ((states = keyset_next(&job->states, states, &key)) != NULL)
        for (size_t i = 0; i < job->n; i++)
            measure_free(&job->measures[i], &states[i]);
    keyset_close(&job->states);
    free(job->measures);
    buffer_free(&job->key);
    buffer_free(&job->held);
    buffer_free(&job->lines);
    columns_free(&job->groups);
    record_free(&job->record);
}

int main(int argc, char **argv)
{
    struct options o = { .scale = 6 };
    const struct option_spec specs[] = {
        { 'g', "group-by", "COLS", "compare only records of the same group", .list = &o.group_by },
        { 0, "scale", "N", "decimal places of pct, mean and share (default 6)", .number = &o.scale },
        { 0, "partial", NULL, "use windows with fewer than N values, too (default: null)", .flag = &o.partial },
    };
    char purpose[WORDS_SIZE + 100];
    struct words words;

    snprintf(purpose, sizeof purpose,
             "Adds columns computed from each record and those before it.\nFUNC is one of %s; mean4 is the mean of 4.",
             words_list(&words, measure_word));
    const struct usage usage = { "[NAME=]FUNC[N][:COL] ...", purpose, STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o, .n = (size_t)(argc - first) };

    parse(&job, argv + first);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    write_header(&job);
    trend(&job);
    free_job(&job);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

/* SPDX-License-Identifier: MIT */
/* weekagg: aggregates records by calendar unit and group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memo.h"
#include "base/memory.h"
#include "base/quote.h"
#include "base/words.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/calendar.h"
#include "aggregates.h"
#include "bucket.h"
#include "day_counts.h"
#include "totals.h"
#include "when.h"

struct options {
    const char *time;     /* t */
    int week;             /* w: index of bucket_week_word(); -1: not given */
    const char *unit;     /* u */
    struct option_list group_by; /* g */
    const char *zone;     /* z */
    int epoch;            /* index of calendar_epoch_word(); -1: not given */
    bool offset;
    const char *partial;
    struct totals_rules rules; /* fill, fill-all, whole; derived: partial */
    bool merge;
    uint64_t scale;
    uint64_t memory; /* S */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    bool has_groups;
    struct columns groups;
    struct when when;
    struct day_counts *days; /* the fast path; NULL: there is none */
    struct memo *memo;       /* seconds of times, or without groups places; NULL: there are no times */
    struct aggregates aggregates;
    struct buffer buffer; /* for xcolumns_join() */
    struct totals totals;
};

static void check(const struct options *o, bool has_operands)
{
    bool fills = o->rules.fill || o->rules.fill_all;
    struct quoted q;
    bool needs_time = o->unit != NULL || o->week >= 0 || o->zone != NULL || o->epoch >= 0 || o->offset ||
                      o->rules.whole || o->partial != NULL || fills;

    if (o->merge && fills && o->offset && o->zone == NULL)
        die_usage("--merge with --fill and --offset requires --zone, to know which units exist");
    if (o->merge && o->stream.no_header)
        die_usage("--merge and --no-header cannot be combined: buckets are found by column name");
    if (o->merge && fills && !has_operands)
        die_usage("--merge with --fill requires operands, to tell counts from sums");
    if (o->merge && (o->rules.whole || o->partial != NULL))
        die_usage("--merge and --%s cannot be combined: results do not tell which of their units are cut short",
                  o->rules.whole ? "whole" : "partial");
    if (o->partial != NULL && o->rules.whole)
        die_usage("--partial and --whole cannot be combined: no partial unit would be left");
    if (o->partial != NULL && !xtsv_is_field(span_of(o->partial)))
        die_usage("--partial: \"%s\" must be escaped as in a header line", quote(&q, span_of(o->partial)));
    if (!o->merge && o->time == NULL && needs_time)
        die_usage("--week, --unit, --zone, --epoch, --offset, --fill, --whole and --partial require --time");
}

/* Sets up the part of JOB that does not depend on the header. */
static void parse(struct job *job, const struct options *o, char **operands, size_t n)
{
    const struct bucket_unit unit = xbucket_find(o->unit, o->week, o->offset);

    *job = (struct job){ .options = o };
    job->aggregates = xaggregates_parse(operands, n, o->scale, o->merge);
    xwhen_open(&job->when, o->merge || o->time != NULL ? unit : bucket_all, o->epoch, o->zone);
    if (o->time != NULL && !o->merge)
        job->memo = xmemo_open();
}

/* Resolves columns. Partial results have the groups, the bucket and, without operands, all columns after that. */
static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;
    bool has_list = o->group_by.n > 0;
    size_t rest = 0;

    if (o->merge)
        rest = xwhen_resolve_parts(&job->when, h, has_list && o->week < 0 && o->unit == NULL);
    else if (job->memo != NULL)
        job->when.column = xcolumns_one(h, "--time", span_of(o->time));
    job->groups = o->merge && !has_list ? xcolumns_first(job->when.column) : xcolumns(h, "--group-by", &o->group_by);
    job->has_groups = has_list || job->groups.n > 0;
    xaggregates_resolve(&job->aggregates, h, (size_t)o->memory);
    if (o->merge && job->aggregates.n == 0)
        xaggregates_rest(&job->aggregates, h, rest, &job->groups);
}

static void write_header(struct job *job)
{
    struct stream *s = &job->stream;

    for (size_t i = 0; i < job->groups.n && s->header.names != NULL; i++)
        xheading_add(s, s->header.names[job->groups.at[i]]);
    for (const char *at = job->when.unit.columns; *at != '\0'; at += strcspn(at, ","), at += *at == ',')
        xheading_add(s, (struct span){ at, strcspn(at, ",") });
    if (job->options->partial != NULL)
        xheading_add(s, span_of(job->options->partial));
    for (size_t i = 0; i < job->aggregates.n; i++)
        xheading_add(s, job->aggregates.at[i].name);
    xheading_end(s);
}

/* Reads the values of the record and finds *PLACE, where its totals are. False if it was rejected. */
static bool read_record(struct job *job, size_t *place)
{
    const struct record *r = &job->record;
    uint64_t known = 0; /* the seconds of the time, or without groups the place */
    int64_t seconds = 0;
    size_t column = job->when.column;
    const char *reason = NULL;
    bool is_known = job->memo != NULL && memo_find(job->memo, record_field(r, column), &known);

    if (!is_known && !bucket_is_all(&job->when.unit))
        reason = xwhen_read(&job->when, r, &seconds);
    if (reason == NULL)
        reason = aggregates_read(&job->aggregates, r, &column);
    if (reason != NULL) {
        xstream_reject_field(&job->stream, r, column, reason);
        return false;
    }
    *place = (size_t)known;
    if (is_known && !job->has_groups)
        return true;
    if (is_known)
        seconds = (int64_t)known;
    *place = xtotals_find(&job->totals, xcolumns_join(&job->groups, r, &job->buffer), seconds);
    if (!is_known && job->memo != NULL) {
        when_extend(&job->when);
        memo_add(job->memo, record_field(r, job->when.column), job->has_groups ? (uint64_t)seconds : *place);
    }
    return true;
}

static void weekagg(struct job *job)
{
    struct stream *s = &job->stream;
    struct totals *t = &job->totals;
    size_t place;

    s->skips_headers = job->options->merge; /* results of several runs may be concatenated */
    xtotals_open(t, job->has_groups, &job->when, &job->aggregates, job->options->rules);
    if (job->memo != NULL && !job->has_groups && !job->options->rules.whole && !job->options->rules.partial)
        job->days = xday_counts_open(s, &job->when, &job->aggregates);
    while (xstream_record(s, &job->record)) {
        if (read_record(job, &place))
            xaggregates_add(&job->aggregates, totals_at(t, place), place);
        if (job->days != NULL)
            day_counts_take(job->days, s);
    }
    if (job->days != NULL)
        xday_counts_finish(job->days, t);
    xaggregates_finish(&job->aggregates, totals_at(t, 0));
    xtotals_write(t, s);
    totals_close(t);
}

int main(int argc, char **argv)
{
    char units[WORDS_SIZE + 100];
    char purpose[WORDS_SIZE + 100];
    struct words words;
    snprintf(units, sizeof units, "unit (default week): %s, 15m, 6h", words_list(&words, bucket_unit_word));
    snprintf(purpose, sizeof purpose, "Aggregates records by calendar unit and group. AGG is one of %s.",
             words_list(&words, aggregate_word));
    struct options o = { .week = -1, .epoch = -1, .scale = UINT64_MAX, .memory = memory_default() };
    const struct option_spec specs[] = {
        { 't', "time", "COL", "time column; without it, aggregate by group alone", .text = &o.time },
        { 'w', "week", "RULE", "rule for weeks (default monday)", .word = bucket_week_word, .choice = &o.week },
        { 'u', "unit", "UNIT", units, .text = &o.unit },
        { 'g', "group-by", "COLS", "columns to group by", .list = &o.group_by },
        { 'z', "zone", "ZONE", "units of local time in ZONE, such as Europe/Berlin", .text = &o.zone },
        { 0, "epoch", "UNIT", "times are numbers, counted from 1970", .word = calendar_epoch_word, .choice = &o.epoch },
        { 0, "offset", NULL, "show the offset of each unit of hours or minutes", .flag = &o.offset },
        { 0, "whole", NULL, "leave out units cut short by New Year or the ends of the input", .flag = &o.rules.whole },
        { 0, "partial", "NAME", "add column NAME: 1 for units that --whole leaves out, else 0", .text = &o.partial },
        { 0, "fill", NULL, "add units that have no records", .flag = &o.rules.fill },
        { 0, "fill-all", NULL, "add them from the first to the last unit of all groups", .flag = &o.rules.fill_all },
        { 0, "scale", "N", "decimal places of mean and stddev (default 6)", .number = &o.scale },
        { 'S', "memory", "SIZE", "hold at most SIZE, then use TMPDIR (default: 1/4 of memory)", .bytes = &o.memory },
        { 0, "merge", NULL, "merge results of weekagg", .flag = &o.merge },
    };
    const struct usage usage = {
        "[[NAME=]AGG[:COL]] ...", purpose, STREAM_FILTER, specs, sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job;

    o.rules.partial = o.partial != NULL;
    check(&o, first < argc);
    parse(&job, &o, argv + first, (size_t)(argc - first));
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    write_header(&job);
    weekagg(&job);
    record_free(&job.record);
    columns_free(&job.groups);
    when_close(&job.when);
    free(job.days);
    free(job.memo);
    aggregates_free(&job.aggregates);
    buffer_free(&job.buffer);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " aggregated", job.stream.n_read - job.stream.n_rejected);
}

/* SPDX-License-Identifier: MIT */
/* weekagg: aggregates records by calendar unit and group. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/stream.h"
#include "value/calendar.h"
#include "aggregate.h"
#include "bucket.h"
#include "time_memo.h"
#include "totals.h"
#include "zone.h"

struct options {
    const char *time;     /* t */
    int week;             /* w: as enum bucket_unit; -1: not given */
    int unit;             /* u: 0 for weeks, 1 for BUCKET_DAY and so on; -1: not given */
    const char *group_by; /* g */
    const char *zone;     /* z */
    int epoch;            /* of calendar_epoch_word(); -1: not given */
    bool fill;
    bool merge;
    struct stream_options stream;
};

/* What the options and operands come to. */
struct plan {
    bool is_merge;
    bool has_groups;
    struct columns groups;
    enum bucket_unit unit;
    size_t time;             /* the column that tells the time; under --merge the first ... */
    struct columns bucket;   /* ... of those that tell the bucket */
    int64_t per_second;      /* what times count; 0: they are not numbers */
    struct zone *zone;       /* NULL: UTC */
    struct time_memo *known; /* seconds of texts, or without groups places in the totals; NULL: there are no texts */
    struct aggregate *aggregates;
    size_t n;                       /* aggregates */
    struct aggregate_value *values; /* what the record at hand adds to each of them */
    struct buffer buffer;           /* for xcolumns_join() */
};

static void check(const struct options *o, bool has_operands)
{
    bool has_unit = o->unit >= 0 || o->week >= 0;
    bool has_clock = o->zone != NULL || o->epoch >= 0;

    if (o->week >= 0 && o->unit > 0)
        die_usage("--week goes with --unit week only");
    if (o->merge && o->stream.no_header)
        die_usage("--merge finds buckets by name: no --no-header with it");
    if (o->merge && o->fill && !has_operands)
        die_usage("--merge --fill needs operands, to tell counts from sums");
    if (!o->merge && o->time == NULL && (has_unit || has_clock || o->fill))
        die_usage("--week, --unit, --zone, --epoch and --fill need --time");
}

static enum bucket_unit find_unit(const struct options *o)
{
    if (!o->merge && o->time == NULL)
        return BUCKET_ALL;
    if (o->unit > 0)
        return (enum bucket_unit)(BUCKET_DAY + o->unit - 1);
    return o->week >= 0 ? (enum bucket_unit)o->week : BUCKET_WEEK_MONDAY;
}

static struct plan make_plan(const struct options *o, char **operands, size_t n)
{
    struct plan p = { .is_merge = o->merge, .unit = find_unit(o), .n = n };
    struct quoted q;

    p.aggregates = xcalloc(n + 1, sizeof *p.aggregates);
    for (size_t i = 0; i < n; i++) {
        const char *reason = aggregate_parse(&p.aggregates[i], operands[i], o->merge);
        if (reason != NULL)
            die_usage("operand \"%s\" %s", quote(&q, span_of(operands[i])), reason);
    }
    if (n == 0 && !o->merge)
        p.aggregates[p.n++] = (struct aggregate){ .name = span_of("Count"), .kind = AGGREGATE_COUNT };
    if (o->epoch >= 0)
        p.per_second = calendar_epoch_per_second(o->epoch);
    if (o->zone != NULL)
        p.zone = xmalloc(sizeof *p.zone);
    if (o->zone != NULL && !xzone_open(p.zone, o->zone))
        die_usage("--zone: there is no time zone \"%s\"", quote(&q, span_of(o->zone)));
    if (o->time != NULL && !o->merge)
        p.known = xtime_memo_open();
    return p;
}

/* Finds the columns of partial results: groups, the bucket, and without operands all behind it, to be added up. */
static void resolve_parts(struct stream *s, const struct options *o, struct plan *p)
{
    const char *names = bucket_columns(p->unit);
    size_t behind = 0;

    if (columns_find(&p->bucket, &s->header, names)) {
        p->time = p->bucket.at[0];
        behind = p->bucket.at[p->bucket.n - 1] + 1;
    } else if (o->group_by != NULL && o->week < 0 && o->unit < 0) {
        p->unit = BUCKET_ALL;
    } else {
        die_usage("--merge: there is no column %s; to merge groups alone give --group-by", names);
    }
    if (o->group_by == NULL)
        p->groups = xcolumns_first(p->time);
    if (p->n == 0)
        p->n = xaggregate_rest(&p->aggregates, &s->header, behind, &p->groups);
}

static void resolve(struct stream *s, const struct options *o, struct plan *p)
{
    p->groups = xcolumns(&s->header, "group-by", o->group_by);
    if (o->time != NULL && !o->merge) /* parts have buckets and no times */
        p->time = xcolumns_one(&s->header, "time", span_of(o->time));
    for (size_t i = 0; i < p->n; i++) {
        struct aggregate *a = &p->aggregates[i];
        if (a->of.at != NULL)
            a->column = xcolumns_one(&s->header, NULL, a->of);
    }
    if (o->merge)
        resolve_parts(s, o, p);
    p->has_groups = o->group_by != NULL || p->groups.n > 0;
    p->values = xcalloc(p->n, sizeof *p->values);
    for (size_t i = 0; i < p->n; i++)
        p->values[i].is_set = p->aggregates[i].of.at == NULL; /* every record counts */
}

static void write_header(struct stream *s, const struct plan *p)
{
    for (size_t i = 0; i < p->groups.n && s->header.names != NULL; i++)
        xstream_add_name(s, s->header.names[p->groups.at[i]]);
    for (const char *at = bucket_columns(p->unit); *at != '\0'; at += *at == ',') {
        struct span name = { at, strcspn(at, ",") };
        xstream_add_name(s, name);
        at += name.len;
    }
    for (size_t i = 0; i < p->n; i++)
        xstream_add_name(s, p->aggregates[i].name);
    xstream_end_header(s);
}

/* Sets *SECONDS to when R was, at least to its bucket. Returns what is wrong with the field that tells it, or NULL. */
static const char *read_time(struct plan *p, const struct record *r, int64_t *seconds)
{
    struct span field = record_field(r, p->time);

    if (p->is_merge) {
        field = xcolumns_join(&p->bucket, r, &p->buffer);
        if (!bucket_parse(p->unit, field, seconds))
            return p->bucket.n > 1 ? "with its WeekNumber is no week by that rule" : "is not of that unit";
        return NULL;
    }
    if (p->per_second == 0 ? !calendar_parse(field, seconds) : !calendar_parse_epoch(field, p->per_second, seconds))
        return "is not a time";
    if (p->zone != NULL)
        *seconds = zone_local(p->zone, *seconds);
    if (*seconds < CALENDAR_FIRST || *seconds > CALENDAR_LAST)
        return "is not in the years 0001 to 9999 there";
    return NULL;
}

/* Reads the values that R adds. Returns what is wrong with the field in *COLUMN, or NULL. */
static const char *read_values(struct plan *p, const struct record *r, size_t *column)
{
    const char *reason = NULL;

    for (size_t i = 0; i < p->n && reason == NULL; i++) {
        const struct aggregate *a = &p->aggregates[i];
        if (a->of.at == NULL)
            continue;
        *column = a->column;
        reason = aggregate_read(a->kind, record_field(r, *column), &p->values[i]);
    }
    return reason;
}

/* Reads the values that R adds and finds *PLACE, where in T they belong; false if R had to be rejected. */
static bool read_record(struct stream *s, struct plan *p, struct totals *t, const struct record *r, size_t *place)
{
    size_t column = p->time;
    const char *reason = NULL;
    int64_t value = 0; /* seconds, or what KNOWN has */
    bool is_known = p->known != NULL && time_memo_find(p->known, record_field(r, column), &value);

    if (!is_known && p->unit != BUCKET_ALL)
        reason = read_time(p, r, &value);
    if (reason == NULL)
        reason = read_values(p, r, &column);
    if (reason != NULL) {
        xstream_reject_field(s, r, column, reason);
        return false;
    }
    *place = (size_t)value;
    if (is_known && !p->has_groups)
        return true;
    *place = xtotals_find(t, xcolumns_join(&p->groups, r, &p->buffer), value);
    if (!is_known && p->known != NULL)
        time_memo_add(p->known, record_field(r, p->time), p->has_groups ? value : (int64_t)*place);
    return true;
}

static void weekagg(struct stream *s, struct plan *p, struct record *r, struct totals *t)
{
    size_t place;

    while (xstream_record(s, r)) {
        if (p->is_merge && header_is(&s->header, record_line(r))) {
            s->n_read--;
            continue;
        }
        if (!read_record(s, p, t, r, &place))
            continue;
        struct aggregate_total *total = totals_at(t, place);
        for (size_t i = 0; i < p->n; i++)
            xaggregate_add(p->aggregates[i].kind, &total[i], &p->values[i]);
    }
    if (p->unit == BUCKET_ALL && !p->has_groups)
        xtotals_find(t, (struct span){ "", 0 }, 0); /* the total, even of nothing */
}

static void free_plan(struct plan *p)
{
    columns_free(&p->groups);
    columns_free(&p->bucket);
    free(p->zone);
    free(p->known);
    free(p->aggregates);
    free(p->values);
    buffer_free(&p->buffer);
}

static const char *week_word(int i)
{
    static const char *const words[] = { "monday", "sunday", "iso", "date", NULL };

    return words[i];
}

static const char *unit_word(int i)
{
    static const char *const words[] = { "week", "day", "month", "quarter", "year", "hour", NULL };

    return words[i];
}

int main(int argc, char **argv)
{
    struct options o = { .week = -1, .unit = -1, .epoch = -1 };
    const struct option_spec specs[] = {
        { 't', "time", "COL", "column of times; without it there are groups alone", .text = &o.time },
        { 'w', "week", "RULE", "rule for weeks (default monday)", .word = week_word, .choice = &o.week },
        { 'u', "unit", "UNIT", "calendar unit (default week)", .word = unit_word, .choice = &o.unit },
        { 'g', "group-by", "COLS", "columns to group by", .text = &o.group_by },
        { 'z', "zone", "ZONE", "units of local time in ZONE, as Europe/Berlin", .text = &o.zone },
        { 0, "epoch", "UNIT", "times are numbers, counted from 1970", .word = calendar_epoch_word, .choice = &o.epoch },
        { 0, "fill", NULL, "add the units in between", .flag = &o.fill },
        { 0, "merge", NULL, "add up results of weekagg", .flag = &o.merge },
    };
    const struct usage usage = { "[NAME=AGG[:COL]] ...",
                                 "Aggregates records by calendar unit and group: AGG is count, sum, min or max.",
                                 STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct stream s;
    struct record r = { .text = NULL };
    struct totals t;
    char reason[TOTALS_REASON_SIZE];

    check(&o, first < argc);
    struct plan p = make_plan(&o, argv + first, (size_t)(argc - first));
    xstream_open(&s, &o.stream);
    xstream_read_header(&s, &r);
    resolve(&s, &o, &p);
    write_header(&s, &p);

    xtotals_open(&t, p.has_groups, p.unit, p.aggregates, p.n);
    weekagg(&s, &p, &r, &t);
    if (!totals_fit(&t, reason))
        xstream_stop(&s, s.in.line, "%s", reason);
    xtotals_write(&t, &s.out, o.fill);
    totals_close(&t);
    record_free(&r);
    free_plan(&p);
    return (int)xstream_finish(&s, "%" PRIu64 " aggregated", s.n_read - s.n_rejected);
}

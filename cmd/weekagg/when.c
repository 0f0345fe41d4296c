/* SPDX-License-Identifier: MIT */
#include "when.h"

#include "base/die.h"
#include "base/quote.h"
#include "value/calendar.h"

void xwhen_open(struct when *w, struct bucket_unit unit, int epoch, const char *zone)
{
    struct quoted q;

    *w = (struct when){ .unit = unit, .least = INT64_MAX, .greatest = INT64_MIN };
    w->per_second = epoch >= 0 ? calendar_epoch_per_second(epoch) : 0;
    if (zone != NULL && (w->zone = xzone_open(zone)) == NULL)
        die_usage("--zone: unknown time zone \"%s\"%s", quote(&q, span_of(zone)),
                  zone_has_database() ? "" : ": this machine has no " ZONE_DATABASE);
}

size_t xwhen_resolve_parts(struct when *w, const struct header *h, bool is_optional)
{
    bool has_bucket = columns_find(&w->bucket, h, w->unit.columns);

    if (!has_bucket && !is_optional)
        die_usage("--merge: the input has no column %s; to merge by group alone, give --group-by", w->unit.columns);
    if (!has_bucket)
        w->unit = bucket_all;
    w->column = has_bucket ? w->bucket.at[0] : 0;
    return has_bucket ? w->bucket.at[w->bucket.n - 1] + 1 : 0;
}

/* Seconds that local time is ahead of UTC at SECONDS. */
static int32_t find_ahead(const struct when *w, int64_t seconds)
{
    return w->zone != NULL ? zone_ahead(w->zone, seconds) : 0;
}

/* The bucket with offset AHEAD that SECONDS is in. */
static int64_t find_offset_bucket(const struct when *w, int64_t seconds, int32_t ahead)
{
    int64_t start = seconds - floor_modulo(seconds + ahead, w->unit.step);

    if (find_ahead(w, start) != ahead)
        start = zone_change(w->zone, start, seconds);
    return bucket_join(start, ahead);
}

/* Moves *BUCKET, which has an offset, to where it begins in the zone, maybe late. False if it never does. */
static bool place_offset_bucket(const struct when *w, int64_t *bucket)
{
    int64_t start;
    int32_t ahead;

    bucket_split(*bucket, &start, &ahead);
    if (w->zone == NULL || zone_ahead(w->zone, start) == ahead)
        return true;
    start += w->unit.step - 1;
    if (zone_ahead(w->zone, start) != ahead)
        return false;
    *bucket = find_offset_bucket(w, start, ahead);
    return true;
}

static const char *read_bucket(struct when *w, const struct record *r, int64_t *seconds)
{
    if (!bucket_parse(&w->unit, xcolumns_join(&w->bucket, r, &w->buffer), seconds))
        return w->bucket.n > 1 ? "has no such WeekNumber" : "is not a bucket of this unit";
    if (w->unit.has_offset && !place_offset_bucket(w, seconds))
        return "does not exist in the zone";
    return NULL;
}

/* Turns *SECONDS into what xwhen_read() sets. */
static const char *localize(struct when *w, int64_t *seconds)
{
    int32_t ahead = find_ahead(w, *seconds);
    int64_t local = *seconds + ahead;

    if (local < CALENDAR_FIRST || local > CALENDAR_LAST)
        return "is outside the years 0001 to 9999 in local time";
    if (w->unit.has_offset)
        *seconds = find_offset_bucket(w, *seconds, ahead);
    else
        w->time = *seconds = local;
    return NULL;
}

const char *xwhen_read(struct when *w, const struct record *r, int64_t *seconds)
{
    struct span field = record_field(r, w->column);

    if (w->bucket.n > 0)
        return read_bucket(w, r, seconds);
    if (w->per_second == 0 ? !calendar_parse(field, seconds) : !calendar_parse_epoch(field, w->per_second, seconds))
        return "is not a time";
    w->time = *seconds;
    return w->zone != NULL || w->unit.has_offset ? localize(w, seconds) : NULL;
}

/* Whether local time is ever in the bucket START. Checks the first second of each step, and the last of all. */
static bool exists(const struct when *w, int64_t start)
{
    int64_t next = bucket_next(&w->unit, start);

    for (int64_t seconds = start; seconds < next; seconds += w->unit.step)
        if (zone_has(w->zone, seconds))
            return true;
    return zone_has(w->zone, next - 1);
}

int64_t when_next(const struct when *w, int64_t start)
{
    int64_t instant;
    int32_t ahead;

    if (!w->unit.has_offset) {
        do
            start = bucket_next(&w->unit, start);
        while (w->zone != NULL && !exists(w, start));
        return start;
    }
    bucket_split(start, &instant, &ahead);
    int64_t last = instant - floor_modulo(instant + ahead, w->unit.step) + w->unit.step - 1;
    int64_t next = find_ahead(w, last) == ahead ? last + 1 : zone_change(w->zone, instant, last);
    return find_offset_bucket(w, next, find_ahead(w, next));
}

/* Whether local time skips the SIZE seconds from START on: it shows neither the first nor the last of them. */
static bool is_gap(const struct when *w, int64_t start, int64_t size)
{
    return w->zone != NULL && !w->unit.has_offset && !zone_has(w->zone, start) && !zone_has(w->zone, start + size - 1);
}

/* TIME, one of the input, rounded down to a multiple of SIZE in local time. */
static int64_t round_down(const struct when *w, int64_t time, int64_t size)
{
    return time - floor_modulo(time + (w->unit.has_offset ? find_ahead(w, time) : 0), size);
}

/* The largest grain that is shorter than SIZE, or that both the least and the greatest time are multiples of. */
static int64_t find_grain(const struct when *w, int64_t size)
{
    static const int64_t grains[] = { DAY_SECONDS, HOUR_SECONDS, 60, 1 };
    const int64_t *g = grains;

    while (*g >= size && (round_down(w, w->least, *g) != w->least || round_down(w, w->greatest, *g) != w->greatest))
        g++;
    return *g;
}

bool when_is_whole(const struct when *w, int64_t start)
{
    int64_t next = w->unit.has_offset ? when_next(w, start) : bucket_next(&w->unit, start);
    int64_t size = w->unit.has_offset ? w->unit.step : next - start;
    int32_t ahead;

    if (w->unit.has_offset) {
        bucket_split(start, &start, &ahead);
        bucket_split(next, &next, &ahead);
    }
    const int64_t grain = find_grain(w, size);
    const int64_t first = round_down(w, w->least, grain);
    const int64_t last = round_down(w, w->greatest, grain) + grain;
    while (start < first && is_gap(w, start, grain))
        start += grain;
    while (next > last && is_gap(w, next - grain, grain))
        next -= grain;
    return first <= start && next <= last && (w->unit.weekday == 0 || size == 7 * DAY_SECONDS);
}

void when_close(struct when *w)
{
    columns_free(&w->bucket);
    zone_close(w->zone);
    buffer_free(&w->buffer);
}

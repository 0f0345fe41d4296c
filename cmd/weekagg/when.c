/* SPDX-License-Identifier: MIT */
#include "when.h"

#include "base/die.h"
#include "base/quote.h"
#include "value/calendar.h"

void xwhen_open(struct when *w, const struct bucket_unit *unit, int epoch, const char *zone)
{
    struct quoted q;

    *w = (struct when){ .unit = unit, .per_second = epoch >= 0 ? calendar_epoch_per_second(epoch) : 0 };
    if (zone != NULL && (w->zone = xzone_open(zone)) == NULL)
        die_usage("--zone: unknown time zone \"%s\"", quote(&q, span_of(zone)));
}

/* Seconds that local time is ahead of UTC at SECONDS. */
static int32_t find_ahead(const struct when *w, int64_t seconds)
{
    return w->zone != NULL ? zone_ahead(w->zone, seconds) : 0;
}

/* The hour with offset AHEAD that SECONDS is in. */
static int64_t find_offset_hour(const struct when *w, int64_t seconds, int32_t ahead)
{
    int64_t start = seconds - floor_modulo(seconds + ahead, HOUR_SECONDS);

    if (find_ahead(w, start) != ahead)
        start = zone_change(w->zone, start, seconds);
    return bucket_join(start, ahead);
}

/* Moves *BUCKET, an hour with offset that begins at minute 0, to when it does in the zone. False if it never does. */
static bool place_offset_hour(const struct when *w, int64_t *bucket)
{
    int64_t start;
    int32_t ahead;

    bucket_split(*bucket, &start, &ahead);
    if (w->zone == NULL || zone_ahead(w->zone, start) == ahead)
        return true;
    start += HOUR_SECONDS - 1;
    if (zone_ahead(w->zone, start) != ahead)
        return false;
    *bucket = find_offset_hour(w, start, ahead);
    return true;
}

static const char *read_bucket(struct when *w, const struct record *r, int64_t *seconds)
{
    if (!bucket_parse(w->unit, xcolumns_join(&w->bucket, r, &w->buffer), seconds))
        return w->bucket.n > 1 ? "has no such WeekNumber" : "is not a bucket of this unit";
    if (w->unit == &bucket_offset_hour && !place_offset_hour(w, seconds))
        return "does not exist in the zone";
    return NULL;
}

/* Turns *SECONDS into what xwhen_read() sets. */
static const char *localize(const struct when *w, int64_t *seconds)
{
    int32_t ahead = find_ahead(w, *seconds);
    int64_t local = *seconds + ahead;

    if (local < CALENDAR_FIRST || local > CALENDAR_LAST)
        return "is outside the years 0001 to 9999 in local time";
    *seconds = w->unit == &bucket_offset_hour ? find_offset_hour(w, *seconds, ahead) : local;
    return NULL;
}

const char *xwhen_read(struct when *w, const struct record *r, int64_t *seconds)
{
    struct span field = record_field(r, w->column);

    if (w->bucket.n > 0)
        return read_bucket(w, r, seconds);
    if (w->per_second == 0 ? !calendar_parse(field, seconds) : !calendar_parse_epoch(field, w->per_second, seconds))
        return "is not a time";
    return w->zone != NULL || w->unit == &bucket_offset_hour ? localize(w, seconds) : NULL;
}

/* Whether local time is ever in the bucket START. Checks the first second of each step, and the last of all. */
static bool exists(const struct when *w, int64_t start)
{
    int64_t next = bucket_next(w->unit, start);

    for (int64_t seconds = start; seconds < next; seconds += w->unit->step)
        if (zone_has(w->zone, seconds))
            return true;
    return zone_has(w->zone, next - 1);
}

int64_t when_next(const struct when *w, int64_t start)
{
    int64_t instant;
    int32_t ahead;

    if (w->unit != &bucket_offset_hour) {
        do
            start = bucket_next(w->unit, start);
        while (w->zone != NULL && !exists(w, start));
        return start;
    }
    bucket_split(start, &instant, &ahead);
    int64_t last = instant - floor_modulo(instant + ahead, HOUR_SECONDS) + HOUR_SECONDS - 1;
    int64_t next = find_ahead(w, last) == ahead ? last + 1 : zone_change(w->zone, instant, last);
    return find_offset_hour(w, next, find_ahead(w, next));
}

void when_close(struct when *w)
{
    columns_free(&w->bucket);
    zone_close(w->zone);
    buffer_free(&w->buffer);
}

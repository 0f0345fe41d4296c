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

const char *xwhen_read(struct when *w, const struct record *r, int64_t *seconds)
{
    struct span field = record_field(r, w->column);

    if (w->bucket.n > 0) {
        if (bucket_parse(w->unit, xcolumns_join(&w->bucket, r, &w->buffer), seconds))
            return NULL;
        return w->bucket.n > 1 ? "has no such WeekNumber" : "is not a bucket of this unit";
    }
    if (w->per_second == 0 ? !calendar_parse(field, seconds) : !calendar_parse_epoch(field, w->per_second, seconds))
        return "is not a time";
    if (w->zone != NULL)
        *seconds += zone_ahead(w->zone, *seconds);
    if (*seconds < CALENDAR_FIRST || *seconds > CALENDAR_LAST)
        return "is outside the years 0001 to 9999 in local time";
    return NULL;
}

void when_close(struct when *w)
{
    columns_free(&w->bucket);
    zone_close(w->zone);
    buffer_free(&w->buffer);
}

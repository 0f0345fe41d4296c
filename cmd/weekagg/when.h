/* SPDX-License-Identifier: MIT */
/* when: the time of a record, from its time column, or for partial results from the columns of their bucket. */
#ifndef WEIR_WHEN_H
#define WEIR_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/columns.h"
#include "stream/header.h"
#include "stream/record.h"
#include "bucket.h"
#include "zone.h"

struct when {
    struct bucket_unit unit;
    size_t column;         /* the time column, set by the caller, or the first of BUCKET */
    struct columns bucket; /* the columns of the bucket; owned; empty: records have times */
    int64_t per_second;    /* units per second, if times are numbers; 0: they are texts */
    struct zone *zone;     /* NULL: UTC */
    struct buffer buffer;
    int64_t time;     /* that xwhen_read() found: local, or in UTC for units with an offset; not of partial results */
    int64_t least;    /* of all times given to when_extend(); INT64_MAX: none */
    int64_t greatest; /* INT64_MIN: none */
};

/*
 * Opens W for buckets of UNIT. EPOCH is an index of calendar_epoch_word(), or -1: times are texts. ZONE is a name for
 * xzone_open(), or NULL: UTC. Dies with a usage error if the zone is unknown.
 */
void xwhen_open(struct when *w, struct bucket_unit unit, int epoch, const char *zone);

/*
 * Finds the columns of the bucket in H, the header of partial results. Returns the index of the column after them. If
 * there are none and they are optional, W gets no unit, and the result is 0; otherwise dies with a usage error.
 */
size_t xwhen_resolve_parts(struct when *w, const struct header *h, bool is_optional);

/*
 * Sets *SECONDS to the time of R, or to its bucket: in local time, and in the years 0001 to 9999. For a unit with an
 * offset, to its bucket in any case. Returns what is wrong with the field in W->column, or NULL.
 */
const char *xwhen_read(struct when *w, const struct record *r, int64_t *seconds);

/* Counts the time that xwhen_read() found among those of the input. */
static inline void when_extend(struct when *w)
{
    w->least = w->time < w->least ? w->time : w->least;
    w->greatest = w->time > w->greatest ? w->time : w->greatest;
}

/*
 * Whether START, a bucket of the input or between two, is whole: New Year does not split it, and the times of the input
 * reach both its ends. They do if they have one on its first and one on its last day; if it is no longer than a day, in
 * its first and last hour, than an hour, minute, than a minute, second. If the least and the greatest time are both at
 * midnight, on the hour or on the minute, they stand for all of that day, hour or minute.
 */
bool when_is_whole(const struct when *w, int64_t start);

/*
 * The bucket after START that exists: local time skips hours, and a few days, when the clock is put forward. There must
 * be one.
 */
int64_t when_next(const struct when *w, int64_t start);

void when_close(struct when *w);

#endif

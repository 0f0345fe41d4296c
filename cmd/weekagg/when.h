/* SPDX-License-Identifier: MIT */
/* when: the time of a record, from its time column, or for partial results from the columns of their bucket. */
#ifndef WEIR_WHEN_H
#define WEIR_WHEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "stream/columns.h"
#include "stream/record.h"
#include "bucket.h"
#include "zone.h"

struct when {
    const struct bucket_unit *unit;
    size_t column;         /* the time column, or the first of BUCKET; set by the caller */
    struct columns bucket; /* the columns of the bucket; set by the caller, and owned; empty: records have times */
    int64_t per_second;    /* units per second, if times are numbers; 0: they are texts */
    struct zone *zone;     /* NULL: UTC */
    struct buffer buffer;
};

/*
 * Opens W for buckets of UNIT. EPOCH is an index of calendar_epoch_word(), or -1: times are texts. ZONE is a name for
 * xzone_open(), or NULL: UTC. Dies with a usage error if the zone is unknown.
 */
void xwhen_open(struct when *w, const struct bucket_unit *unit, int epoch, const char *zone);

/*
 * Sets *SECONDS to the time of R, or to its bucket: in local time, and in the years 0001 to 9999. For
 * bucket_offset_hour, to its bucket in any case. Returns what is wrong with the field in W->column, or NULL.
 */
const char *xwhen_read(struct when *w, const struct record *r, int64_t *seconds);

/*
 * The bucket after START that exists: local time skips hours, and a few days, when the clock is put forward. There must
 * be one.
 */
int64_t when_next(const struct when *w, int64_t start);

void when_close(struct when *w);

#endif

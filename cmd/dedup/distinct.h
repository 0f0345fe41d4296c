/* SPDX-License-Identifier: MIT */
/*
 * distinct: one record for each key, in the order in which the keys first appeared, in bounded memory. Keys that do not
 * fit go with their records to temporary files, partitioned by hash; each partition is then worked like the input
 * (Graefe, Query Evaluation Techniques for Large Databases, 1993, section 4), and the results are merged by position.
 */
#ifndef WEIR_DISTINCT_H
#define WEIR_DISTINCT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/keyset.h"
#include "stream/columns.h"
#include "stream/record.h"
#include "stream/writer.h"
#include "intset.h"
#include "spill.h"

enum distinct_keep {
    KEEP_FIRST,
    KEEP_LAST,
    KEEP_MAX, /* the greatest by the columns BY, the first of equals */
    KEEP_MIN, /* the least, likewise */
};

/* The words of KEEP_FIRST and KEEP_LAST for an option; NULL after them. */
const char *distinct_keep_word(int i);

struct distinct_rules {
    struct columns key; /* none: the whole record */
    bool ignore_case;   /* of ASCII letters in keys */
    enum distinct_keep keep;
    struct columns by;  /* of KEEP_MAX and KEEP_MIN */
    bool count;         /* append how many records each key has as a last field */
    size_t memory;      /* bytes to hold at most; less than DISTINCT_LEAST_MEMORY counts as that */
    size_t n_columns;   /* fields of every record */
};

enum {
    DISTINCT_LEAST_MEMORY = 16 << 20,
    DISTINCT_BATCH = 32,     /* records whose places in the table are fetched together */
    DISTINCT_PARTITIONS = 16,
};

/* A record that waits for its place in the table to arrive in the cache. */
struct distinct_pending {
    struct item item;
    struct span key;
    bool is_number; /* the key is NUMBER, in the set of those */
    uint64_t number;
    uint64_t hash;
    struct buffer buffer; /* for a key that is no view of its record */
};

/* The fields of a record, found as they are asked for: each of many columns once. */
struct distinct_fields {
    const char **starts; /* starts[i + 1] - 1 is where field I ends; room for all columns */
    size_t n;            /* fields found */
    const char *end;
};

struct distinct {
    struct distinct_rules rules;
    struct keyset keys;
    struct intset numbers; /* keys that are numbers, where no more has to be known of them */
    size_t held;           /* bytes of records held */
    bool is_out_of_order;  /* a key was added before one with an earlier position */
    uint64_t last_position; /* of the item settled last */
    struct distinct_fields challenger; /* of a comparison */
    struct distinct_fields defender;
    struct distinct_pending pending[DISTINCT_BATCH];
    size_t n_pending;
    unsigned level;      /* how often the records at hand were partitioned; 0: the input */
    bool has_partitions; /* PARTITION is open */
    struct writer partition[DISTINCT_PARTITIONS];
    struct spill_merge kept;
    struct spill_merge dropped;
    bool wants_dropped;
    uint64_t n_read;
    uint64_t n_kept;
};

/* Starts with RULES. Records that are kept go to OUT, the others to DUPS unless that is NULL; each with its LF. */
void xdistinct_open(struct distinct *d, const struct distinct_rules *rules, struct writer *out, struct writer *dups);

/* Adds R, which must live until xdistinct_settle(). */
void xdistinct_add(struct distinct *d, const struct record *r);

/* Whether xdistinct_settle() must come before the next xdistinct_add(). */
static inline bool distinct_is_full(const struct distinct *d)
{
    return d->n_pending == DISTINCT_BATCH;
}

/* Works what was added since the last call. */
void xdistinct_settle(struct distinct *d);

/* After the last record: writes all that is still to be written. */
void xdistinct_finish(struct distinct *d);

#endif

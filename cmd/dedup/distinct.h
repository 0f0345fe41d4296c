/* SPDX-License-Identifier: MIT */
/*
 * distinct: one record for each key, in the order in which the keys first appeared, in bounded memory. Records whose
 * keys do not fit are spilled to temporary files, partitioned by hash. Each partition is then processed like the input
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
#include "backlog.h"
#include "choice.h"
#include "intset.h"
#include "merge.h"
#include "pack.h"
#include "partitions.h"

struct distinct_rules {
    struct columns key; /* none: the whole record */
    bool ignore_case;   /* in keys */
    bool trim;          /* ignore blanks around key fields */
    enum choice_rule keep;
    struct columns by;  /* of CHOICE_MAX and CHOICE_MIN */
    bool count;         /* append the number of records with the key as the last field */
    size_t memory;      /* bytes to hold, at most; DISTINCT_LEAST_MEMORY if less */
    size_t n_columns;   /* fields of every record */
};

enum {
    DISTINCT_LEAST_MEMORY = 16 << 20,
    DISTINCT_BATCH = 32, /* records processed together, so that their cache misses overlap */
};

/* A record in the batch. */
struct distinct_pending {
    struct item item;
    struct span key;
    bool is_number; /* the key belongs to the set of numbers, as NUMBER */
    struct intset_number number;
    uint64_t hash;
    bool may_be_held;     /* as a text, after the first record was spilled */
    struct buffer buffer; /* for a key that is not a view of its record */
    char packed[PACK_SIZE];
};

/*
 * Unless is_immediate, each key has a struct item as its payload, which owns its record. If the record is NULL, it was
 * spilled, and so are all later records with the key.
 */
struct distinct {
    struct distinct_rules rules;
    bool is_immediate;     /* derived: the record to keep is known as soon as its key appears */
    struct keyset keys;    /* payload: none if is_immediate, else the struct item to keep */
    struct intset numbers; /* if is_immediate: keys that are numbers */
    intset_look_up_kernel *look_up; /* in NUMBERS */
    size_t held;           /* bytes of records held */
    struct choice choice;
    struct packer packer;
    struct distinct_pending pending[DISTINCT_BATCH];
    size_t n_pending;
    struct partitions partitions; /* of the items; if is_immediate, of keys with their places in the backlog */
    struct backlog backlog;       /* if is_immediate: all records from the first one spilled */
    struct merge kept;
    struct merge dropped; /* out NULL: not wanted */
    uint64_t n_read;
    uint64_t n_kept;
};

/*
 * Opens D. Records that are kept are written to OUT, the others to DUPS unless that is NULL; each with its LF. The
 * columns of RULES belong to the caller and must outlive D.
 */
void xdistinct_open(struct distinct *d, const struct distinct_rules *rules, struct writer *out, struct writer *dups);

/* Adds R to the batch. Its text must stay valid until xdistinct_finish_batch(). */
void xdistinct_add(struct distinct *d, const struct record *r);

/* xdistinct_add() for RECORD, which an LF follows, with KEY, the result of xcolumns_join(). Both must stay valid. */
void xdistinct_add_key(struct distinct *d, struct span record, struct span key);

/* Whether xdistinct_finish_batch() must come before the next xdistinct_add(). */
static inline bool distinct_is_full(const struct distinct *d)
{
    return d->n_pending == DISTINCT_BATCH;
}

/*
 * Only if is_immediate, and if the batch is empty: adds and processes the N RECORDS, which begin at AT and have NUMBERS
 * as their keys. Takes a third of the time of xdistinct_add_key(). They must stay valid until xdistinct_finish_batch().
 * False: there is no room, and nothing was added.
 */
bool xdistinct_add_numbers(struct distinct *d, const struct plain_record *records, const struct intset_number *numbers,
                           size_t n, const char *at);

/* Processes the batch and empties it. The text of its records must stay valid until xdistinct_finish_batch(). */
void xdistinct_process(struct distinct *d);

/* Does the same, and writes what waits to be written. After it, no text of a record is needed. */
void xdistinct_finish_batch(struct distinct *d);

/* After the last record: processes what was spilled, writes all remaining records, and frees what D holds. */
void xdistinct_finish(struct distinct *d);

/* For distinct_finish.c: finds the key of P in R, and its hash. */
void xdistinct_find_key(struct distinct *d, struct distinct_pending *p, const struct record *r);

/* Finds the hash of the key of P, which may be packed already. */
void distinct_hash_key(struct distinct *d, struct distinct_pending *p);

/* Keeps ITEM. In a partition of keys, its record waits in the backlog. */
void xdistinct_keep(struct distinct *d, const struct item *item);

/* Frees the record of HELD. */
void distinct_release(struct distinct *d, struct item *held);

#endif

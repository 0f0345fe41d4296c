/* SPDX-License-Identifier: MIT */
/*
 * partitions: items, distributed over temporary files by the hash of their key, so that each file can be processed by
 * itself. If a partition does not fit into memory either, it is partitioned by other bits of the hash, one level
 * deeper.
 */
#ifndef WEIR_PARTITIONS_H
#define WEIR_PARTITIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/reader.h"
#include "stream/writer.h"
#include "stream/spill.h"

enum { PARTITIONS = 16 };

/* A file that waits to be processed. */
struct partition {
    struct reader items;
    size_t n; /* items */
    unsigned level;
};

/* All zero: none, at the level of the input. */
struct partitions {
    bool is_open;   /* items were added since the last xpartitions_end() */
    unsigned level; /* how often the items being processed were partitioned; 0: the input */
    struct writer files[PARTITIONS];
    size_t n[PARTITIONS]; /* items in each */
    struct partition *waiting; /* owned */
    size_t n_waiting;
};

/* Adds ITEM, whose key has HASH. Opens the files if none are open. */
void xpartitions_add(struct partitions *p, uint64_t hash, const struct item *item);

/* Ends the current level: its files, if any, now wait. */
void xpartitions_end(struct partitions *p);

/* The number of items in the file that partitions_next() takes next; 0: none waits. */
static inline size_t partitions_n_next(const struct partitions *p)
{
    return p->n_waiting > 0 ? p->waiting[p->n_waiting - 1].n : 0;
}

/* Takes a waiting file and makes its level the current one. False if none waits; P is then empty. */
bool partitions_next(struct partitions *p, struct reader *items);

#endif

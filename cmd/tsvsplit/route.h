/* SPDX-License-Identifier: MIT */
/* route: the file of a key, by its hash, the same in every run and on every machine. */
#ifndef WEIR_ROUTE_H
#define WEIR_ROUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/columns.h"
#include "stream/stream.h"

struct route {
    uint64_t n_files;
    uint64_t inverse; /* the greatest number divided by N_FILES */
    bool has_runs;    /* the key is one part of a record: columns FIRST to LAST, or all */
    size_t first;
    size_t last;
};

/* Prepares R for N_FILES and for KEY, the columns of the key; none: the whole record. */
void route_open(struct route *r, const struct columns *key, uint64_t n_files);

/* The number of the file of KEY, from 0. */
size_t route_find(const struct route *r, struct span key);

/*
 * The fast path: appends the records of the run (stream/run.h) at the start of the window of S to their parts. False:
 * there are none. Records of 34 bytes take two thirds of the user time that they take one by one.
 */
bool xroute_run(const struct route *r, struct stream *s);

#endif

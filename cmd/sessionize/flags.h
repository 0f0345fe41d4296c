/* SPDX-License-Identifier: MIT */
/* flags: columns of a summary that say whether a record of the session meets a condition. */
#ifndef WEIR_FLAGS_H
#define WEIR_FLAGS_H

#include <stddef.h>
#include <stdint.h>

#include "stream/header.h"
#include "stream/options.h"
#include "stream/record.h"
#include "value/condition.h"

enum { FLAGS_MOST = 64 };

struct flag {
    struct span name; /* a view of the option */
    struct condition condition;
};

struct flags {
    size_t n;
    struct flag *at; /* flag I is bit I of a session's marks */
};

/*
 * Parses the arguments NAME=CONDITION of --flag, FLAGS_MOST at most, which must outlive F. Dies with a usage error if
 * one is invalid.
 */
void xflags_parse(struct flags *f, const struct option_list *options);

/* Parses their conditions, on the columns of H. Dies with a usage error if one is invalid. */
void xflags_resolve(struct flags *f, const struct option_list *options, const struct header *h);

/* MARKS and those of the conditions that R meets. */
uint64_t xflags_mark(struct flags *f, uint64_t marks, const struct record *r);

/* Frees what F holds. */
void flags_free(struct flags *f);

#endif

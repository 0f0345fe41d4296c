/* SPDX-License-Identifier: MIT */
/* part: one of N parts of a file, each of whole lines. All parts, one after the other, are the file. */
#ifndef WEIR_PART_H
#define WEIR_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "stream/stream.h"

/* All zero: the whole input. */
struct part {
    uint64_t i; /* from 1 */
    uint64_t n; /* parts in all; 0: the whole input */
};

/* Parses TEXT, such as 1/4. False: it is not a part. */
bool part_parse(struct part *p, const char *text);

/*
 * Makes S, at the start of a regular file that is not packed, read only part P: the lines whose first bytes are in the
 * Ith of N equal pieces. Returns the bytes of the part. Line numbers count from the start of the part, as
 * xstream_number_lines() says. Refuses a pipe or other special file, as xstream_refuse().
 */
uint64_t xpart_begin(const struct part *p, struct stream *s);

#endif

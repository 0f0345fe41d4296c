/* SPDX-License-Identifier: MIT */
/* flag: a named condition, NAME=COL~REGEX: whether a column matches a regular expression. */
#ifndef WEIR_FLAG_H
#define WEIR_FLAG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "value/pattern.h"

struct flag {
    struct span name;
    struct span column_name; /* name or number: up to the first "~" */
    size_t column;           /* set by the program */
    struct pattern pattern;
};

/*
 * Parses TEXT, which must outlive F; free F's pattern in the end. False: it is not a flag. REASON then says why, as in
 * "must be ...", and nothing must be freed.
 */
bool xflag_parse(struct flag *f, const char *text, char reason[PATTERN_REASON_SIZE]);

#endif

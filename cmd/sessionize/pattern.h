/* SPDX-License-Identifier: MIT */
/* pattern: a named condition, NAME=COL~REGEX: whether a column matches a POSIX extended regular expression. */
#ifndef WEIR_PATTERN_H
#define WEIR_PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"

enum { PATTERN_REASON_SIZE = 200 };

struct pattern {
    struct span name;
    struct span column_name; /* name or number: up to the first "~" */
    size_t column;           /* set by the program */
    regex_t regex;
    struct buffer value; /* private: room for a value */
};

/*
 * Parses TEXT, which must outlive P. False: it is not a pattern. REASON then says why, as in "must be ...", and P must
 * not be freed.
 */
bool xpattern_parse(struct pattern *p, const char *text, char reason[PATTERN_REASON_SIZE]);

/*
 * Whether P matches anywhere in the value of FIELD; null never matches. Programs run in the C locale, so it matches
 * bytes.
 */
bool xpattern_matches(struct pattern *p, struct span field);

void pattern_free(struct pattern *p);

#endif

/* SPDX-License-Identifier: MIT */
/* pattern: a condition with a name, NAME=COL~REGEX: a POSIX extended regular expression that a column matches or not. */
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
    struct span of; /* the column, by name or number: up to the first "~" */
    size_t column;  /* that column, found by the program */
    regex_t regex;
};

/*
 * Parses TEXT, which must outlive P. False if it is no pattern, and then REASON says so, as "is not ...": P is to be
 * freed only if it is one.
 */
bool xpattern_parse(struct pattern *p, const char *text, char reason[PATTERN_REASON_SIZE]);

/*
 * Whether FIELD has a value that P matches somewhere; null matches nothing. In the C locale, so that it is bytes that
 * are matched. The value is built in *BUFFER of *CAPACITY bytes, which grows and is the caller's to free.
 */
bool xpattern_matches(const struct pattern *p, struct span field, struct buffer *buffer);

void pattern_free(struct pattern *p);

#endif

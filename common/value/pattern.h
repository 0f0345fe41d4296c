/* SPDX-License-Identifier: MIT */
/* pattern: a POSIX extended regular expression that fields are matched against. */
#ifndef WEIR_PATTERN_H
#define WEIR_PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"

enum { PATTERN_REASON_SIZE = 200 };

/* All members are private. */
struct pattern {
    bool is_literal; /* it is LITERAL, at the start or end of a value or anywhere; else REGEX is set */
    bool at_start;
    bool at_end;
    struct span literal;
    regex_t regex;
    struct buffer value; /* room for a value */
};

/*
 * Makes P from REGEX, which must outlive it. False: it is invalid, and REASON is a predicate that says why, as in
 * "has ..."; P must not be freed.
 */
bool xpattern_compile(struct pattern *p, const char *regex, char reason[PATTERN_REASON_SIZE]);

/*
 * Whether P matches anywhere in the value of FIELD; null never matches. Programs run in the C locale, so it matches
 * bytes.
 */
bool xpattern_matches(struct pattern *p, struct span field);

void pattern_free(struct pattern *p);

#endif

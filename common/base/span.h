/* SPDX-License-Identifier: MIT */
/* span: a view of bytes that it does not own. */
#ifndef WEIR_SPAN_H
#define WEIR_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* LEN bytes at AT. They may contain NUL; no NUL follows. The function that returns a span says how long it is valid. */
struct span {
    const char *at;
    size_t len;
};

/* The bytes of the C string TEXT without its NUL, valid as long as TEXT. */
static inline struct span span_of(const char *text)
{
    return (struct span){ text, strlen(text) };
}

/* Whether A and B are the same bytes. */
static inline bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Less than, equal to or greater than 0 as A sorts before, with or after B by unsigned bytes, a prefix first. */
static inline int span_compare(struct span a, struct span b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.at, b.at, common) : 0;

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

#endif

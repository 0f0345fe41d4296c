/* SPDX-License-Identifier: MIT */
/* buffer: bytes that grow. All zero is an empty buffer. */
#ifndef WEIR_BUFFER_H
#define WEIR_BUFFER_H

#include <stddef.h>

#include "base/span.h"

struct buffer {
    char *at; /* owned; NULL before the first byte */
    size_t len;
    size_t capacity;
};

/*
 * Returns room for N bytes after the bytes of B, valid until the next call. Writing there does not change B.len, so a
 * caller that builds one value at a time can leave it at 0.
 */
char *xbuffer_reserve(struct buffer *b, size_t n);

/* Appends BYTES, which must not be a view of B. */
void xbuffer_append(struct buffer *b, struct span bytes);

/* All of B, valid until B changes. */
static inline struct span buffer_span(const struct buffer *b)
{
    return (struct span){ b->at, b->len };
}

/* Frees what B holds and makes it empty. */
void buffer_free(struct buffer *b);

#endif

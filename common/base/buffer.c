/* SPDX-License-Identifier: MIT */
#include "base/buffer.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

char *xbuffer_reserve(struct buffer *b, size_t n)
{
    if (b->at == NULL || n > b->capacity - b->len) {
        if (n > SIZE_MAX / 2 - b->len)
            die_no_memory();
        b->capacity = 2 * (b->len + n);
        b->at = xrealloc(b->at, b->capacity, 1);
    }
    return b->at + b->len;
}

void xbuffer_append(struct buffer *b, struct span bytes)
{
    char *to = xbuffer_reserve(b, bytes.len);

    if (bytes.len > 0)
        memcpy(to, bytes.at, bytes.len);
    b->len += bytes.len;
}

void buffer_free(struct buffer *b)
{
    free(b->at);
    *b = (struct buffer){ .at = NULL };
}

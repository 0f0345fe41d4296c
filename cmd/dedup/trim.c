/* SPDX-License-Identifier: MIT */
#include "trim.h"

#include <stdbool.h>

struct span xtrim(struct span text, struct buffer *buffer)
{
    char *start = text.at == buffer->at ? buffer->at : xbuffer_reserve(buffer, text.len);
    char *field = start; /* where the field begins */
    char *end = start;   /* where it ends without the blanks so far */
    char *out = start;

    for (const char *p = text.at; p < text.at + text.len;) {
        size_t len = *p == '\\' ? 2 : 1;
        bool is_blank = memchr(" \v\f", *p, 3) != NULL || (len == 2 && memchr("tnr", p[1], 3) != NULL);
        if (*p == '\t')
            out = end;
        if (!is_blank || out > field) {
            memmove(out, p, len);
            out += len;
        }
        if (*p == '\t')
            field = out;
        if (!is_blank)
            end = out;
        p += len;
    }
    return (struct span){ start, (size_t)(end - start) };
}

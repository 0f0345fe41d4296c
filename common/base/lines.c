/* SPDX-License-Identifier: MIT */
#include "base/lines.h"

#include <stdbool.h>
#include <string.h>

#include "base/mark.h"
#include "base/vector.h"

enum { MOST_SUMS = 255 }; /* a byte holds no more */

uint64_t lines_count(struct span lines)
{
    const char *at = lines.at;
    const char *end = lines.at + lines.len;
    uint64_t n = 0;

    while (end - at >= VECTOR_BYTES) {
        struct vector sums = vector_of(0);
        for (int i = 0; i < MOST_SUMS && end - at >= VECTOR_BYTES; i++, at += VECTOR_BYTES)
            sums.bytes -= vector_equal(vector_load(at), vector_of('\n')).bytes;
        for (int i = 0; i < VECTOR_BYTES; i++)
            n += sums.bytes[i];
    }
    for (; at < end; at++)
        n += *at == '\n';
    return n;
}

struct span lines_at(struct span lines, size_t at)
{
    const char *newline = memchr(lines.at + at, '\n', lines.len - at);

    return (struct span){ lines.at + at, (size_t)(newline - lines.at) - at };
}

size_t lines_next(struct span lines, size_t at)
{
    return at + lines_at(lines, at).len + 1;
}

static bool starts_with(struct span text, struct span start)
{
    return text.len >= start.len && memcmp(text.at, start.at, start.len) == 0;
}

/* Searches 16 bytes at a time for an LF followed by the first byte of START, because few lines begin with it. */
size_t lines_find(struct span lines, size_t from, struct span start)
{
    if (starts_with((struct span){ lines.at + from, lines.len - from }, start))
        return from;
    for (size_t at = from; at < lines.len; at += VECTOR_BYTES) {
        struct vector newlines = vector_equal(vector_load(lines.at + at), vector_of('\n'));
        struct vector firsts = vector_equal(vector_load(lines.at + at + 1), vector_of(start.at[0]));
        for (unsigned mask = vector_mask(vector_and(newlines, firsts)); mask != 0; mask &= mask - 1) {
            size_t line = at + (size_t)__builtin_ctz(mask) + 1;
            if (line < lines.len && starts_with((struct span){ lines.at + line, lines.len - line }, start))
                return line;
        }
    }
    return lines.len;
}

size_t lines_find_mark(struct span lines)
{
    static const struct span backslash = { "\\", 1 };
    size_t at = lines_find(lines, 0, backslash);

    while (at < lines.len && mark_find(lines_at(lines, at)) == MARK_NONE)
        at = lines_find(lines, lines_next(lines, at), backslash);
    return at;
}

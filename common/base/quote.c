/* SPDX-License-Identifier: MIT */
#include "base/quote.h"

#include <stdbool.h>

#include "base/utf8.h"

/* Whether the valid character of N bytes at C is safe in a message. */
static bool is_safe(const char *c, size_t n)
{
    const unsigned char *u = (const unsigned char *)c;

    if (n == 1)
        return u[0] >= 0x20 && u[0] != 0x7f;
    if (n == 2)
        return u[0] != 0xc2 || u[1] >= 0xa0;
    if (n == 3 && u[0] == 0xe2)
        return !((u[1] == 0x80 && u[2] >= 0xaa && u[2] <= 0xae) || (u[1] == 0x81 && u[2] >= 0xa6 && u[2] <= 0xa9));
    return true;
}

/* Writes as much of BYTES as fits into OUT of SIZE bytes, with a NUL at the end; returns the number of BYTES used. */
static size_t append(char *out, size_t size, struct span bytes)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t used = 0;
    size_t taken = 0;

    while (taken < bytes.len) {
        size_t n = utf8_length(bytes.at + taken, bytes.len - taken);
        if (n > 0 && is_safe(bytes.at + taken, n)) {
            if (used + n >= size)
                break;
            memcpy(out + used, bytes.at + taken, n);
            used += n;
            taken += n;
        } else {
            unsigned char byte = (unsigned char)bytes.at[taken];
            if (used + 4 >= size)
                break;
            memcpy(out + used, (char[]){ '\\', 'x', digits[byte >> 4], digits[byte & 15] }, 4);
            used += 4;
            taken++;
        }
    }
    out[used] = '\0';
    return taken;
}

const char *quote(struct quoted *q, struct span bytes)
{
    struct span shown = { bytes.at, bytes.len };

    if (shown.len > QUOTE_SHOWN) {
        shown.len = QUOTE_SHOWN;
        /* do not cut a character in two */
        while (shown.len > QUOTE_SHOWN - 4 && ((unsigned char)bytes.at[shown.len] & 0xc0) == 0x80)
            shown.len--;
    }
    append(q->text, sizeof q->text, shown);
    if (shown.len < bytes.len)
        strcat(q->text, "...");
    return q->text;
}

void quote_message(char *buffer, size_t size, const char *message)
{
    append(buffer, size, span_of(message));
}

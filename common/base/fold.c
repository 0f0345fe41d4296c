/* SPDX-License-Identifier: MIT */
#include "base/fold.h"

#include <stdint.h>

#include "base/utf8.h"

/* Every STEPth character from FIRST to LAST is folded by adding DELTA. */
struct fold_range {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t delta;
};

#include "base/fold_table.h"

static uint32_t fold(uint32_t code)
{
    size_t low = 0;
    size_t high = sizeof ranges / sizeof *ranges;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    const struct fold_range *r = &ranges[low];
    bool has_code = low < sizeof ranges / sizeof *ranges && code >= r->first && (code - r->first) % r->step == 0;
    return has_code ? code + (uint32_t)r->delta : code;
}

/* Folds all characters of the LEN bytes in BUFFER, whose ASCII letters are folded. The result comes after them. */
static struct span fold_wide(struct buffer *buffer, size_t len)
{
    const char *text = xbuffer_reserve(buffer, 3 * len); /* a character of 2 bytes may become one of 3 */
    char *start = buffer->at + len;
    char *out = start;
    size_t n;

    for (size_t i = 0; i < len; i += n) {
        n = utf8_length(text + i, len - i);
        out += utf8_encode(out, fold(utf8_decode(text + i, n)));
    }
    return (struct span){ start, (size_t)(out - start) };
}

struct span xfold(struct span text, struct buffer *buffer)
{
    char *out = text.at == buffer->at ? buffer->at : xbuffer_reserve(buffer, text.len);
    unsigned all = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned c = (unsigned char)text.at[i];
        all |= c;
        out[i] = (char)(c | (c - 'A' < 26U ? 0x20U : 0U));
        if (c == '\\' && ++i < text.len)
            out[i] = text.at[i];
    }
    return all < 0x80 ? (struct span){ out, text.len } : fold_wide(buffer, text.len);
}

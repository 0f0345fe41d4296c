/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <stdbool.h>

#include "base/plain.h"
#include "base/utf8_kernel.h"

static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

size_t utf8_length(const char *text, size_t len)
{
    unsigned char first = (unsigned char)text[0];

    if (first < 0x80)
        return 1;
    /* The ranges of the second byte are those of RFC 3629, section 4. */
    if (first >= 0xc2 && first <= 0xdf)
        return len >= 2 && is_continuation(text[1]) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        if (len < 3 || !is_continuation(text[1]) || !is_continuation(text[2]))
            return 0;
        unsigned char second = (unsigned char)text[1];
        if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f))
            return 0;
        return 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (len < 4 || !is_continuation(text[1]) || !is_continuation(text[2]) || !is_continuation(text[3]))
            return 0;
        unsigned char second = (unsigned char)text[1];
        if ((first == 0xf0 && second < 0x90) || (first == 0xf4 && second > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

size_t utf8_check(const char *text, size_t len)
{
    size_t i = IS_PLAIN ? 0 : VECTOR_PICK(utf8_skip_valid)(text, len);

    while (i < len) {
        size_t n = utf8_length(text + i, len - i);
        if (n == 0)
            return i;
        i += n;
    }
    return len;
}

uint32_t utf8_decode(const char *text, size_t len)
{
    uint32_t code = (unsigned char)text[0] & (len == 1 ? 0x7fU : 0xffU >> (len + 1));

    for (size_t i = 1; i < len; i++)
        code = code << 6 | ((unsigned char)text[i] & 0x3f);
    return code;
}

size_t utf8_encode(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3f));
        out[2] = (char)(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3f));
    out[2] = (char)(0x80 | (code >> 6 & 0x3f));
    out[3] = (char)(0x80 | (code & 0x3f));
    return 4;
}

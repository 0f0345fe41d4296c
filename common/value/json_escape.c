/* SPDX-License-Identifier: MIT */
#include "value/json_escape.h"

#include "base/utf8.h"
#include "value/number.h"

/* Reads four hexadecimal digits at *P into CODE and moves *P to their end, or to the byte that is wrong. */
static bool read_hex(const char **p, const char *end, uint32_t *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++, ++*p) {
        unsigned char c = *p < end ? (unsigned char)**p : 0;
        unsigned char letter = c | 0x20;
        if (number_is_digit((char)c))
            *code = *code * 16 + c - '0';
        else if (letter >= 'a' && letter <= 'f')
            *code = *code * 16 + letter - 'a' + 10;
        else
            return false;
    }
    return true;
}

/* Reads the second escape of a surrogate pair at *P; the first was HIGH. Sets *CODE to the character. */
static enum json_error read_low_surrogate(const char **p, const char *end, uint32_t *code)
{
    const char *digits = *p - 4;
    uint32_t high = *code;

    if (high < 0xdc00 && end - *p >= 2 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        *p += 2;
        if (!read_hex(p, end, code))
            return JSON_BAD_ESCAPE;
        if (*code >= 0xdc00 && *code <= 0xdfff) {
            *code += 0x10000 - 0xdc00 + ((high - 0xd800) << 10);
            return JSON_OK;
        }
    }
    *p = digits;
    return JSON_BAD_SURROGATE;
}

enum json_error json_read_escape(const char **p, const char *end, uint32_t *code)
{
    static const char values[256] = { ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                      ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t' };

    if (*p < end && **p == 'u') {
        ++*p;
        if (!read_hex(p, end, code))
            return JSON_BAD_ESCAPE;
        return *code >= 0xd800 && *code <= 0xdfff ? read_low_surrogate(p, end, code) : JSON_OK;
    }
    *code = *p < end ? (unsigned char)values[(unsigned char)**p] : 0;
    if (*code == 0)
        return JSON_BAD_ESCAPE;
    ++*p;
    return JSON_OK;
}

size_t json_unescape(char *out, struct span raw)
{
    const char *p = raw.at;
    const char *end = raw.at + raw.len;
    char *start = out;
    uint32_t code;

    while (p < end) {
        if (*p != '\\') {
            *out++ = *p++;
            continue;
        }
        p++;
        json_read_escape(&p, end, &code);
        out += utf8_encode(out, code);
    }
    return (size_t)(out - start);
}

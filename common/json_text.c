/* SPDX-License-Identifier: MIT */
#include "json_text.h"

#include <stdint.h>

#include "tsv.h"
#include "utf8.h"

static uint32_t hex4(const char *digits)
{
    uint32_t code = 0;

    for (int i = 0; i < 4; i++) {
        unsigned char c = (unsigned char)digits[i];
        code = code * 16 + (c <= '9' ? c - (unsigned)'0' : (c | 0x20u) - 'a' + 10u);
    }
    return code;
}

/* Writes what the escape at P, behind its backslash, stands for to *OUT, moves that on, and returns where it ends. */
static const char *unescape_one(const char *p, char **out)
{
    static const char values[256] = { ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                      ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t' };

    if (*p != 'u') {
        *(*out)++ = values[(unsigned char)*p];
        return p + 1;
    }
    uint32_t code = hex4(p + 1);
    p += 5;
    if (code >= 0xd800 && code <= 0xdbff) {
        code = 0x10000 + ((code - 0xd800) << 10) + (hex4(p + 2) - 0xdc00);
        p += 6;
    }
    *out += utf8_encode(*out, code);
    return p;
}

size_t json_unescape(char *out, struct span raw)
{
    const char *p = raw.at;
    const char *end = raw.at + raw.len;
    char *start = out;

    while (p < end) {
        if (*p == '\\')
            p = unescape_one(p + 1, &out);
        else
            *out++ = *p++;
    }
    return (size_t)(out - start);
}

/* Appends the value of a string with escapes. */
static bool write_escaped(struct writer *w, struct span raw)
{
    const char *p = raw.at;
    const char *end = raw.at + raw.len;

    while (p < end) {
        const char *backslash = memchr(p, '\\', (size_t)(end - p));
        const char *stop = backslash != NULL ? backslash : end;
        char value[4];
        char *value_end = value;
        xwriter_bytes(w, (struct span){ p, (size_t)(stop - p) });
        if (backslash == NULL)
            return true;
        p = unescape_one(backslash + 1, &value_end);
        if (value[0] == '\0')
            return false;
        xtsv_escape(w, (struct span){ value, (size_t)(value_end - value) });
    }
    return true;
}

/* Where the string that starts at P ends, behind its quote. */
static const char *string_end(const char *p)
{
    for (p++; *p != '"'; p++)
        if (*p == '\\')
            p++;
    return p + 1;
}

/* Appends the text of a container, white space between its tokens left out. */
static void write_compact(struct writer *w, struct span text)
{
    const char *p = text.at;
    const char *end = text.at + text.len;

    while (p < end) {
        const char *start = p;
        if (*p == '"') {
            p = string_end(p);
            xtsv_escape(w, (struct span){ start, (size_t)(p - start) });
        } else if (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n') {
            p++;
        } else {
            while (p < end && *p != '"' && *p != ' ' && *p != '\t' && *p != '\r' && *p != '\n')
                p++;
            xwriter_bytes(w, (struct span){ start, (size_t)(p - start) });
        }
    }
}

bool xjson_write(struct writer *w, const struct json_value *value)
{
    switch (value->kind) {
    case JSON_MISSING:
    case JSON_NULL:
        xwriter_bytes(w, span_of("\\N"));
        return true;
    case JSON_BOOL:
    case JSON_NUMBER:
    case JSON_PLAIN:
        xwriter_bytes(w, value->text);
        return true;
    case JSON_ESCAPED:
        return write_escaped(w, value->text);
    case JSON_CONTAINER:
        write_compact(w, value->text);
        return true;
    }
    return false;
}

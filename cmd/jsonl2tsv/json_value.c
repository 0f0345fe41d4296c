/* SPDX-License-Identifier: MIT */
#include "json_value.h"

#include "base/utf8.h"
#include "stream/tsv.h"
#include "value/json_escape.h"

/* Appends the value of a string with escapes; false if it contains U+0000. */
static bool write_escaped(struct writer *w, struct span raw)
{
    const char *p = raw.at;
    const char *end = raw.at + raw.len;

    while (p < end) {
        const char *backslash = memchr(p, '\\', (size_t)(end - p));
        const char *stop = backslash != NULL ? backslash : end;
        char bytes[4];
        uint32_t code;
        xwriter_bytes(w, (struct span){ p, (size_t)(stop - p) });
        if (backslash == NULL)
            return true;
        p = backslash + 1;
        json_read_escape(&p, end, &code);
        if (code == 0)
            return false;
        xtsv_escape(w, (struct span){ bytes, utf8_encode(bytes, code) });
    }
    return true;
}

/* The end of the string that starts at P, after its closing quote. */
static const char *string_end(const char *p)
{
    for (p++; *p != '"'; p++)
        if (*p == '\\')
            p++;
    return p + 1;
}

/* Appends the text of a container without white space between tokens. */
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
    case JSON_BOOL:
    case JSON_NUMBER:
    case JSON_PLAIN:
        xwriter_bytes(w, json_field(value));
        return true;
    case JSON_ESCAPED:
        return write_escaped(w, value->text);
    case JSON_CONTAINER:
        write_compact(w, value->text);
        return true;
    }
    return false;
}

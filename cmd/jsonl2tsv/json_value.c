/* SPDX-License-Identifier: MIT */
#include "json_value.h"

#include "stream/tsv.h"
#include "value/json.h"

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
        p = json_unescape_one(backslash + 1, &value_end);
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

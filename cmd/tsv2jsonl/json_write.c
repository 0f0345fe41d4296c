/* SPDX-License-Identifier: MIT */
#include "json_write.h"

#include "base/vector.h"
#include "stream/tsv.h"
#include "value/json.h"

enum { PIECE = 1 << 12 }; /* bytes of a field to write at a time; the room they need is JSON_WIDEST times that */

/* Writes the escape of C, a quote or control character, to OUT; returns where it ends. */
static char *escape_one(char *out, char c)
{
    static const char letters[256] = { ['"'] = '"',  ['\b'] = 'b', ['\t'] = 't',
                                       ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r' };
    static const char digits[] = "0123456789abcdef";
    unsigned char code = (unsigned char)c;

    *out++ = '\\';
    if (letters[code] != '\0') {
        *out++ = letters[code];
        return out;
    }
    *out++ = 'u';
    *out++ = '0';
    *out++ = '0';
    *out++ = digits[code >> 4];
    *out++ = digits[code & 15];
    return out;
}

char *json_write_escape(char *out, struct span field)
{
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"' || (unsigned char)field.at[i] < ' ')
            out = escape_one(out, field.at[i]);
        else
            *out++ = field.at[i];
    }
    return out;
}

/* json_write_escape(), VECTOR_BYTES at a time. It may read and write VECTOR_BYTES beyond the ends of FIELD and OUT. */
static inline char *escape(char *out, struct span field)
{
    const char *p = field.at;
    size_t left = field.len;

    for (;;) {
        struct vector bytes = vector_load(p);
        unsigned special = vector_mask(vector_or(vector_equal(bytes, vector_of('"')),
                                                 vector_at_most(bytes, vector_of(' ' - 1))));
        size_t plain = special != 0 ? (size_t)__builtin_ctz(special) : VECTOR_BYTES;
        vector_store(out, bytes);
        if (plain >= left)
            return out + left;
        out += plain;
        p += plain;
        left -= plain;
        if (plain < VECTOR_BYTES) {
            out = escape_one(out, *p++);
            left--;
        }
    }
}

static void write_string(struct writer *w, struct span field)
{
    xwriter_char(w, '"');
    while (field.len > PIECE) {
        char *out = xwriter_reserve(w, JSON_WIDEST * PIECE + VECTOR_BYTES);
        writer_advance(w, escape(out, (struct span){ field.at, PIECE }));
        field.at += PIECE;
        field.len -= PIECE;
    }
    char *out = escape(xwriter_reserve(w, JSON_WIDEST * field.len + VECTOR_BYTES), field);
    *out++ = '"';
    writer_advance(w, out);
}

/* Removes white space between tokens from TEXT, which was checked. Sets *DEPTH to its depth and returns its new end. */
static char *compact(char *text, size_t len, size_t *depth)
{
    char *out = text;
    size_t open = 0;
    bool in_string = false;

    *depth = 0;
    for (const char *p = text; p < text + len; p++) {
        if (in_string && *p == '\\') {
            *out++ = *p++;
        } else if (*p == '"') {
            in_string = !in_string;
        } else if (!in_string) {
            if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
                continue;
            if (*p == '{' || *p == '[')
                *depth = ++open > *depth ? open : *depth;
            open -= *p == '}' || *p == ']';
        }
        *out++ = *p;
    }
    return out;
}

static enum json_write_fault write_json(struct writer *w, struct span field, size_t depth)
{
    char *text = xwriter_reserve(w, field.len);
    size_t len = tsv_unescape(text, field);
    size_t levels;

    if (!type_accepts(TYPE_JSON, (struct span){ text, len }))
        return JSON_WRITE_TYPE;
    writer_advance(w, compact(text, len, &levels));
    return depth + levels > JSON_DEPTH ? JSON_WRITE_DEEP : JSON_WRITE_OK;
}

enum json_write_fault xjson_write_field(struct writer *w, struct span field, enum type type, size_t depth)
{
    if (tsv_is_null(field)) {
        xwriter_bytes(w, span_of("null"));
        return JSON_WRITE_OK;
    }
    if (type == TYPE_JSON)
        return write_json(w, field, depth);
    if (!type_accepts(type, field))
        return JSON_WRITE_TYPE;
    if (type_is_json(type))
        xwriter_bytes(w, field);
    else
        write_string(w, field);
    return JSON_WRITE_OK;
}

/* SPDX-License-Identifier: MIT */
#include "json_write.h"

#include "stream/tsv.h"
#include "value/json.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

enum { PIECE = 1 << 12 }; /* bytes of a field to reserve room for at a time: one takes up to JSON_WIDEST times that */

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

char *json_escape(char *out, struct span field)
{
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"' || (unsigned char)field.at[i] < ' ')
            out = escape_one(out, field.at[i]);
        else
            *out++ = field.at[i];
    }
    return out;
}

#if defined __SSE2__ && !defined WEIR_PLAIN

/* As json_escape(), 16 bytes a step; as many may be read where FIELD ends and written where the result does. */
static inline char *escape(char *out, struct span field)
{
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i last_control = _mm_set1_epi8(0x1f);
    const char *p = field.at;
    size_t left = field.len;

    for (;;) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i special = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote),
                                       _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        size_t plain = mask != 0 ? (size_t)__builtin_ctz(mask) : 16;
        _mm_storeu_si128((__m128i *)(void *)out, bytes);
        if (plain >= left)
            return out + left;
        out += plain;
        p += plain;
        left -= plain;
        if (plain < 16) {
            out = escape_one(out, *p++);
            left--;
        }
    }
}

#else

static char *escape(char *out, struct span field)
{
    return json_escape(out, field);
}

#endif

static void write_string(struct writer *w, struct span field)
{
    xwriter_char(w, '"');
    while (field.len > PIECE) {
        char *out = xwriter_reserve(w, JSON_WIDEST * PIECE + 16);
        writer_advance(w, escape(out, (struct span){ field.at, PIECE }));
        field.at += PIECE;
        field.len -= PIECE;
    }
    char *out = escape(xwriter_reserve(w, JSON_WIDEST * field.len + 16), field);
    *out++ = '"';
    writer_advance(w, out);
}

/* Takes white space between tokens out of the checked TEXT, sets *DEPTH to that of its brackets, returns the end. */
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

/* Whether TEXT is a number with an exponent that type_accepts() has no room for. */
static bool is_wide_number(struct span text)
{
    return text.len > 0 && (text.at[0] == '-' || (text.at[0] >= '0' && text.at[0] <= '9')) &&
           text.at[text.len - 1] >= '0' && text.at[text.len - 1] <= '9' && json_check(text).error == JSON_OK;
}

enum json_write_fault xjson_write_field(struct writer *w, struct span field, enum type type, size_t depth)
{
    if (tsv_is_null(field)) {
        xwriter_bytes(w, span_of("null"));
        return JSON_WRITE_OK;
    }
    if (type == TYPE_JSON)
        return write_json(w, field, depth);
    if (!type_accepts(type, field) && !(type == TYPE_NUM && is_wide_number(field)))
        return JSON_WRITE_TYPE;
    if (type == TYPE_ANY || type == TYPE_STR || type == TYPE_TIME)
        write_string(w, field);
    else
        xwriter_bytes(w, field);
    return JSON_WRITE_OK;
}

/* SPDX-License-Identifier: MIT */
#include "stream/tsv.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "base/vector.h"

/* The letter after the backslash for each byte that must be escaped. */
static const char escapes[256] = { ['\\'] = '\\', ['\t'] = 't', ['\n'] = 'n', ['\r'] = 'r' };

/* The reverse, with the escapes understood only on input. */
static const char unescapes[256] = { ['\\'] = '\\', ['t'] = '\t', ['n'] = '\n', ['r'] = '\r',
                                     ['b'] = '\b',  ['f'] = '\f', ['v'] = '\v', ['\''] = '\'' };

const char *tsv_error_text(enum tsv_error error)
{
    static const char *const texts[] = {
        [TSV_OK] = "no error",
        [TSV_NUL] = "NUL byte",
        [TSV_CR] = "carriage return not before LF: write it as \\r",
        [TSV_ESCAPE] = "invalid escape",
        [TSV_UTF8] = "invalid UTF-8",
    };

    return texts[error];
}

/* Whether the \N at offset I of the LEN bytes of TEXT is a whole field. */
static bool is_whole_null(const char *text, size_t len, size_t i)
{
    return (i == 0 || text[i - 1] == '\t') && (i + 2 == len || text[i + 2] == '\t');
}

/* The offset of the first NUL, CR or backslash in the LEN bytes at TEXT from I on; LEN if there is none. */
static size_t find_special(const char *text, size_t len, size_t i)
{
    for (; len - i >= VECTOR_BYTES; i += VECTOR_BYTES) {
        struct vector bytes = vector_load(text + i);
        unsigned mask = vector_mask(vector_or(vector_equal(bytes, vector_of('\\')),
                                              vector_or(vector_equal(bytes, vector_of('\0')),
                                                        vector_equal(bytes, vector_of('\r')))));
        if (mask != 0)
            return i + (size_t)__builtin_ctz(mask);
    }
    while (i < len && text[i] != '\0' && text[i] != '\r' && text[i] != '\\')
        i++;
    return i;
}

/* Checks the LEN bytes at TEXT; on an error sets *I to its offset. */
static enum tsv_error check(const char *text, size_t len, size_t *i)
{
    size_t valid = utf8_check(text, len);

    for (*i = find_special(text, valid, 0); *i < valid; *i = find_special(text, valid, *i + 2)) {
        if (text[*i] == '\0')
            return TSV_NUL;
        if (text[*i] == '\r')
            return TSV_CR;
        char letter = *i + 1 < len ? text[*i + 1] : '\0';
        if (unescapes[(unsigned char)letter] == '\0' && !(letter == 'N' && is_whole_null(text, len, *i)))
            return TSV_ESCAPE;
    }
    return valid < len ? TSV_UTF8 : TSV_OK;
}

enum tsv_error tsv_normalize(char *text, size_t *len, size_t *offset)
{
    size_t n = *len;

    if (n > 0 && text[n - 1] == '\r')
        n--;
    *offset = 0;
    enum tsv_error error = check(text, n, offset);
    if (error != TSV_OK)
        return error;
    const char *backslash = memchr(text, '\\', n);
    size_t out = backslash != NULL ? (size_t)(backslash - text) : n;
    for (size_t in = out; in < n; in++) {
        text[out++] = text[in];
        if (text[in] != '\\')
            continue;
        char value = unescapes[(unsigned char)text[++in]];
        if (value != '\0' && escapes[(unsigned char)value] == '\0')
            text[out - 1] = value;
        else
            text[out++] = text[in];
    }
    *len = out;
    return TSV_OK;
}

/* The item at offset I of TEXT, not inside an escape: a byte of a value, -1 for the end of a field, -2 for null. */
static int value_at(struct span text, size_t i)
{
    if (i == text.len || text.at[i] == '\t')
        return -1;
    if (text.at[i] != '\\' || i + 1 == text.len)
        return (unsigned char)text.at[i];
    char value = unescapes[(unsigned char)text.at[i + 1]];
    return value != '\0' ? (unsigned char)value : -2;
}

int tsv_compare(struct span a, struct span b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    size_t same = 0;
    size_t backslashes = 0;

    for (; same < shorter && a.at[same] == b.at[same]; same++)
        backslashes = a.at[same] == '\\' ? backslashes + 1 : 0;
    if (same == a.len && same == b.len)
        return 0;
    same -= backslashes % 2; /* back to the start of the escape */
    return value_at(a, same) - value_at(b, same);
}

size_t tsv_escape(char *out, struct span value)
{
    const char *start = out;

    for (size_t i = 0; i < value.len; i++) {
        char escape = escapes[(unsigned char)value.at[i]];
        if (escape != '\0')
            *out++ = '\\';
        *out++ = escape != '\0' ? escape : value.at[i];
    }
    return (size_t)(out - start);
}

void xtsv_escape(struct writer *w, struct span value)
{
    char *out = xwriter_reserve(w, 2 * value.len);

    writer_advance(w, out + tsv_escape(out, value));
}

bool xtsv_is_field(struct span text)
{
    char *copy = xmemdup(text.at, text.len);
    size_t len = text.len;
    size_t offset;
    bool is_right = strpbrk(copy, "\t\n\r") == NULL && tsv_normalize(copy, &len, &offset) == TSV_OK &&
                    span_equal(text, (struct span){ copy, len });

    free(copy);
    return is_right;
}

size_t tsv_unescape(char *out, struct span field)
{
    char *start = out;

    for (size_t i = 0; i < field.len; i++) {
        char value = '\0';
        if (field.at[i] == '\\' && i + 1 < field.len)
            value = unescapes[(unsigned char)field.at[i + 1]];
        *out++ = value != '\0' ? value : field.at[i];
        i += value != '\0';
    }
    return (size_t)(out - start);
}

/* SPDX-License-Identifier: MIT */
#include "json_array.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mark.h"
#include "base/memory.h"
#include "base/plain.h"
#include "base/vector.h"
#include "json_block.h"

void xjson_array_begin(struct json_array *a, struct stream *s)
{
    *a = (struct json_array){ .stream = s, .breaks = a->breaks };
    s->in.line = 1;
    if (xreader_begin(&s->in) == READ_FAILED)
        xstream_read_error(s);
}

/* Reads more after the window. False: the input has ended. */
static bool xmore(struct json_array *a)
{
    enum read_status status = xreader_extend(&a->stream->in);

    if (status == READ_FAILED)
        xstream_read_error(a->stream);
    return status == READ_OK;
}

/* The line of the byte at OFFSET in the window; *BYTE is its place there, from 1. */
static uint64_t find_line(const struct json_array *a, size_t offset, size_t *byte)
{
    size_t i = a->n_breaks;

    while (i > 0 && a->breaks[i - 1] >= offset)
        i--;
    *byte = i > 0 ? offset - a->breaks[i - 1] : a->column + offset + 1;
    return a->stream->in.line + i;
}

/* Ends the program if a failure mark is at OFFSET in the window. */
static void check_mark(struct json_array *a, size_t offset)
{
    const struct reader *in = &a->stream->in;
    size_t byte;

    find_line(a, offset, &byte);
    if (byte != 1)
        return;
    for (;;) {
        struct span line = { in->at + offset, (size_t)(in->end - in->at) - offset };
        const char *lf = memchr(line.at, '\n', line.len);
        if (line.len > 0 && *line.at != '\\')
            return;
        if (lf == NULL && line.len <= in->max_line && xmore(a))
            continue;
        line.len = lf != NULL ? (size_t)(lf - line.at) : line.len;
        if (mark_find(line) == MARK_FAILURE)
            xstream_fail(a->stream, line);
        return;
    }
}

/* Ends the program because of the byte at OFFSET in the window. */
static _Noreturn void stop(struct json_array *a, size_t offset, const char *reason)
{
    size_t byte;
    uint64_t line = find_line(a, offset, &byte);

    check_mark(a, offset);
    xstream_stop(a->stream, line, "byte %zu: %s", byte, reason);
}

/* Takes N bytes of the element. */
static void take(struct json_array *a, size_t n)
{
    struct reader *in = &a->stream->in;

    a->column = a->n_breaks > 0 ? n - a->breaks[a->n_breaks - 1] - 1 : a->column + n;
    in->line += a->n_breaks;
    in->at += n;
    a->n_breaks = 0;
}

/* Skips white space. Returns the byte after it, or -1 at the end of the input, where an open array is an error. */
static int xnext_byte(struct json_array *a)
{
    struct reader *in = &a->stream->in;

    do {
        for (; in->at < in->end; in->at++) {
            if (*in->at != ' ' && *in->at != '\t' && *in->at != '\r' && *in->at != '\n')
                return (unsigned char)*in->at;
            a->column = *in->at == '\n' ? 0 : a->column + 1;
            in->line += *in->at == '\n';
        }
    } while (xmore(a));
    if (a->is_open)
        stop(a, 0, "the array is not closed");
    return -1;
}

/* Takes what comes before the next element. Returns its first byte, or ']' after the last. */
static int xtake_separator(struct json_array *a)
{
    int c = xnext_byte(a);

    if (!a->is_open) {
        if (c != '[')
            stop(a, 0, "expected an array, which starts with [");
        a->is_open = true;
        take(a, 1);
        return xnext_byte(a);
    }
    if (c == ']')
        return c;
    if (c != ',')
        stop(a, 0, "expected a comma or ] after an element");
    take(a, 1);
    c = xnext_byte(a);
    if (c == ']')
        stop(a, 0, "expected an element after a comma");
    return c;
}

/* Handles the bracket C, at OFFSET and not in a string. */
static void nest(struct json_array *a, char c, size_t offset)
{
    bool opens = c == '{' || c == '[';
    unsigned level = opens ? a->depth : a->depth - 1;
    uint64_t bit = UINT64_C(1) << level % 64;

    if (level == JSON_DEPTH)
        stop(a, offset, json_error_text(JSON_TOO_DEEP));
    uint64_t *word = &a->is_object[level / 64];
    if (!opens && ((*word & bit) != 0) != (c == '}'))
        stop(a, offset, json_error_text(JSON_NO_COMMA));
    *word = c == '{' ? *word | bit : *word & ~bit;
    a->depth = opens ? level + 1 : level;
}

/* Handles the special byte at P. True: the element ends after it. */
static bool step(struct json_array *a, char *p)
{
    size_t offset = (size_t)(p - a->stream->in.at);

    if (*p == '\n') {
        a->breaks = xgrow(a->breaks, a->n_breaks, sizeof *a->breaks);
        a->breaks[a->n_breaks++] = offset;
        if (a->in_string) {
            check_mark(a, offset + 1);
            stop(a, offset, json_error_text(JSON_BAD_CONTROL));
        }
        *p = ' ';
    } else if (*p == '"') {
        a->in_string = !a->in_string;
        return !a->in_string && a->depth == 0;
    } else if (!a->in_string) {
        nest(a, *p, offset);
        return a->depth == 0;
    }
    return false;
}

/* A bit for each of the VECTOR_BYTES bytes at P that is a quote, backslash, bracket or LF. */
static unsigned find_special(const char *p)
{
    struct vector bytes = vector_load(p);
    struct vector folded = vector_or(bytes, vector_of(0x20)); /* [ and { are the same, and ] and } */
    struct vector special = vector_or(vector_equal(folded, vector_of('{')), vector_equal(folded, vector_of('}')));

    special = vector_or(special, vector_or(vector_equal(bytes, vector_of('"')), vector_equal(bytes, vector_of('\\'))));
    return vector_mask(vector_or(special, vector_equal(bytes, vector_of('\n'))));
}

/*
 * Scans whole blocks from *P on, up to the end of the window or to a block with something unusual, and moves *P there.
 * Takes half the time of the plain scan. Returns the end of the element; NULL: it is not in these blocks.
 */
static char *scan_blocks(struct json_array *a, char **p)
{
    struct json_block block;

    for (; a->stream->in.end - *p >= VECTOR64_BYTES && json_block_mark(&block, *p, a->in_string);
         *p += VECTOR64_BYTES) {
        a->in_string = false;
        for (uint64_t left = block.special; left != 0; left &= left - 1) {
            char *at = *p + __builtin_ctzll(left);
            if (step(a, at))
                return at + 1;
        }
        a->in_string = block.inside >> (VECTOR64_BYTES - 1);
    }
    return NULL;
}

/* Scans on. Returns the end of the element, after its last byte; NULL: it is not in the window. */
static char *scan(struct json_array *a)
{
    struct reader *in = &a->stream->in;
    char *p = in->at + a->scanned;

    while (p < in->end) {
        if (!IS_PLAIN && (a->depth > 0 || (p == in->at && *p != '"'))) {
            char *end = scan_blocks(a, &p);
            if (end != NULL)
                return end;
        }
        unsigned special = find_special(p);
        char *next = in->end - p < VECTOR_BYTES ? in->end : p + VECTOR_BYTES;
        for (; special != 0; special &= special - 1) {
            char *at = p + __builtin_ctz(special);
            size_t offset = (size_t)(at - in->at);
            if (at >= in->end)
                break;
            if (*at == '\\') {
                a->scanned = offset;
                if (a->in_string && at + 1 == in->end)
                    return NULL;
                if (!a->in_string)
                    check_mark(a, offset);
                next = in->at + offset + 1;
                next += a->in_string && *next != '\n';
                break;
            }
            if (step(a, at))
                return at + 1;
        }
        p = next;
    }
    a->scanned = (size_t)(p - in->at);
    return NULL;
}

/* scan() for a number or literal, or what stands in the place of an element. */
static char *scan_bare(struct json_array *a)
{
    struct reader *in = &a->stream->in;
    char *p = in->at + a->scanned;

    while (p < in->end && strchr(",:[]{}\" \t\r\n", *p) == NULL)
        p++;
    if (p == in->at)
        stop(a, 0, json_error_text(JSON_NO_VALUE));
    a->scanned = (size_t)(p - in->at);
    return p < in->end ? p : NULL;
}

struct span json_array_text(struct json_array *a)
{
    char *at = a->stream->in.at;

    for (size_t i = 0; i < a->n_breaks; i++)
        at[a->breaks[i]] = '\n';
    return (struct span){ at, a->len };
}

/* Rejects the element, whose first bytes are in the window, and takes those scanned. */
static void discard(struct json_array *a)
{
    struct stream *s = a->stream;
    size_t held = (size_t)(s->in.end - s->in.at);
    size_t n = a->scanned < held ? a->scanned : held;

    if (!a->is_discarded) {
        a->len = s->in.max_line;
        xstream_reject(s, s->in.line, json_array_text(a), "longer than %zu bytes", s->in.max_line);
        a->len = 0;
        a->is_discarded = true;
    }
    take(a, n);
    a->scanned -= n;
}

/* Finds the end of the element that starts with C. False: it was too long. */
static bool xfind_end(struct json_array *a, int c)
{
    struct reader *in = &a->stream->in;
    bool is_bare = c != '{' && c != '[' && c != '"';
    char *end;

    a->scanned = 0;
    a->is_discarded = false;
    if (c == '\\')
        check_mark(a, 0);
    while ((end = is_bare ? scan_bare(a) : scan(a)) == NULL) {
        if (a->is_discarded || a->scanned > in->max_line)
            discard(a);
        if (!xmore(a))
            stop(a, (size_t)(in->end - in->at), "the array is not closed");
    }
    a->scanned = (size_t)(end - in->at);
    if (a->is_discarded || a->scanned > in->max_line) {
        discard(a);
        return false;
    }
    a->len = a->scanned;
    a->after = *end;
    *end = '\n';
    return true;
}

bool xjson_array_next(struct json_array *a, struct span *element)
{
    struct stream *s = a->stream;
    bool is_found;

    do {
        if (a->len > 0) {
            s->in.at[a->len] = a->after;
            take(a, a->len);
            a->len = 0;
        }
        int c = xtake_separator(a);
        if (c == ']') {
            a->is_open = false;
            take(a, 1);
            if (xnext_byte(a) >= 0)
                stop(a, 0, "unexpected text after the array");
            return false;
        }
        s->n_read++;
        is_found = xfind_end(a, c);
    } while (!is_found);
    *element = (struct span){ s->in.at, a->len };
    return true;
}

void json_array_describe(const struct json_array *a, enum json_error error, size_t offset,
                         char reason[JSON_ARRAY_REASON_SIZE])
{
    char where[40] = "";
    size_t byte;
    uint64_t line = find_line(a, offset, &byte);

    if (line > a->stream->in.line)
        snprintf(where, sizeof where, "line %" PRIu64 ", ", line);
    snprintf(reason, JSON_ARRAY_REASON_SIZE, "%sbyte %zu: %s", where, byte, json_error_text(error));
}

void json_array_free(struct json_array *a)
{
    free(a->breaks);
}

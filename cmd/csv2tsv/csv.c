/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include "base/utf8.h"
#include "stream/tsv.h"

#if defined __SSE2__ && !defined WEIR_PLAIN
#include <emmintrin.h>
#endif

/* Room that is made before a run: for a vector of it, and for what is written until the next one. */
enum { ROOM = 64 };

/* Where the scan reads and writes. It is handed out by value, so that it has no address and can stay in registers. */
struct cursor {
    const char *p;
    char *out;
    char *limit; /* with less than ROOM bytes behind it */
    struct writer *w;
    size_t n_fields;
    unsigned wide; /* not 0: some byte from 0x80 on was seen, maybe one behind the record */
    char delimiter;
};

const char *csv_error_text(enum csv_error error)
{
    static const char *const texts[] = {
        [CSV_OK] = "no error",
        [CSV_AFTER_QUOTE] = "text after a closing quote",
        [CSV_BARE_QUOTE] = "quote in a field that does not begin with one",
        [CSV_UNCLOSED] = "quote that is never closed",
        [CSV_NUL] = "NUL byte",
        [CSV_CR] = "carriage return that ends no line: lines end in LF or CRLF",
        [CSV_UTF8] = "invalid UTF-8",
    };

    return texts[error];
}

/* K where the output of W ends. */
static struct cursor at_output(struct cursor k, struct writer *w)
{
    k.w = w;
    k.out = w->buffer + w->used;
    k.limit = w->buffer + w->capacity - ROOM;
    return k;
}

static struct cursor make_room(struct cursor k)
{
    writer_advance(k.w, k.out);
    xwriter_make_room(k.w, ROOM);
    return at_output(k, k.w);
}

/*
 * Copies the bytes that stand for themselves, up to the first that is STOP, a quote, backslash or control character.
 * There is one, for lines end in LF.
 */
static inline void copy_run(struct cursor *k, char stop)
{
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i stops = _mm_set1_epi8(stop);
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1f);

    for (;;) {
        if (k->out > k->limit)
            *k = make_room(*k);
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)k->p);
        _mm_storeu_si128((__m128i *)(void *)k->out, bytes);
        __m128i ends = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, stops), _mm_cmpeq_epi8(bytes, quote)),
                                     _mm_or_si128(_mm_cmpeq_epi8(bytes, backslash),
                                                  _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes)));
        unsigned found = (unsigned)_mm_movemask_epi8(ends);
        k->wide |= (unsigned)_mm_movemask_epi8(bytes);
        if (found != 0) {
            int n = __builtin_ctz(found);
            k->p += n;
            k->out += n;
            return;
        }
        k->p += sizeof bytes;
        k->out += sizeof bytes;
    }
#else
    for (;; k->p++) {
        unsigned char c = (unsigned char)*k->p;
        if (k->out > k->limit)
            *k = make_room(*k);
        if (c < ' ' || c == '"' || c == '\\' || *k->p == stop)
            return;
        k->wide |= c & 0x80;
        *k->out++ = *k->p;
    }
#endif
}

/*
 * The fast way through bare fields from the start of one: copies them with TABs between them, as long as none of them
 * is empty and every byte stands for itself. Stops at a byte to be looked at, and returns the start of its field.
 */
static inline const char *copy_fields(struct cursor *k)
{
    const char *start = k->p;
#if defined __SSE2__ && !defined WEIR_PLAIN
    const __m128i delimiter = _mm_set1_epi8(k->delimiter);
    const __m128i tab = _mm_set1_epi8('\t');
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1f);
    unsigned before = 1; /* a field starts with the first byte of the vector */

    for (;;) {
        if (k->out > k->limit)
            *k = make_room(*k);
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)k->p);
        __m128i delimiters = _mm_cmpeq_epi8(bytes, delimiter);
        __m128i others = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
                                      _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
        _mm_storeu_si128((__m128i *)(void *)k->out,
                         _mm_or_si128(_mm_andnot_si128(delimiters, bytes), _mm_and_si128(delimiters, tab)));
        unsigned ends = (unsigned)_mm_movemask_epi8(delimiters);
        unsigned stops = (unsigned)_mm_movemask_epi8(_mm_andnot_si128(delimiters, others));
        stops |= ends & (ends << 1 | before);
        int n = stops != 0 ? __builtin_ctz(stops) : (int)sizeof bytes;
        k->wide |= (unsigned)_mm_movemask_epi8(bytes);
        ends &= (1u << n) - 1;
        if (ends != 0)
            start = k->p + (32 - __builtin_clz(ends));
        for (before = ends >> 15; ends != 0; ends &= ends - 1)
            k->n_fields++;
        k->p += n;
        k->out += n;
        if (stops != 0)
            break;
    }
#endif
    return start;
}

/* Writes the byte at hand, which copy_run() stopped at and which is data. */
static inline void copy_escaped(struct cursor *k)
{
    k->out += tsv_escape(k->out, (struct span){ k->p, 1 });
    k->p++;
}

static void note(struct csv *c, enum csv_error error, size_t offset)
{
    if (c->error == CSV_OK) {
        c->error = error;
        c->offset = offset;
    }
}

/* The quotes are in error at OFFSET. */
static enum csv_status broken(struct csv *c, enum csv_error error, size_t offset)
{
    c->error = error;
    c->offset = offset;
    return CSV_BROKEN;
}

/* Copies a field from behind its opening quote to behind its closing one. False: END comes first. */
static inline bool copy_quoted(struct csv *c, struct cursor *k, const char *at, const char *end)
{
    while (k->p < end) {
        copy_run(k, '"');
        if (*k->p == '"') {
            if (k->p[1] != '"') {
                k->p++;
                return true;
            }
            k->p++;
        } else if (*k->p == '\n') {
            c->n_lines++;
        } else if (*k->p == '\0') {
            note(c, CSV_NUL, (size_t)(k->p - at));
        }
        copy_escaped(k);
    }
    return false;
}

/* Copies a field up to the first quote, delimiter or line end. */
static inline void copy_bare(struct csv *c, struct cursor *k, const char *at)
{
    for (;;) {
        copy_run(k, k->delimiter);
        if (*k->p == k->delimiter || *k->p == '"' || csv_is_line_end(k->p))
            return;
        if (*k->p == '\r')
            note(c, CSV_CR, (size_t)(k->p - at));
        else if (*k->p == '\0')
            note(c, CSV_NUL, (size_t)(k->p - at));
        copy_escaped(k);
    }
}

/* Whether the bare field from START on is null. */
static inline bool is_null(const struct csv *c, const struct cursor *k, const char *start)
{
    size_t len = (size_t)(k->p - start);

    return !c->is_header && (len == 0 || (len == c->null.len && memcmp(start, c->null.at, len) == 0));
}

/* Writes null in place of the bare field from START on, which was copied. */
static inline void put_null(struct cursor *k, const char *start)
{
    for (const char *p = start; p < k->p; p++)
        k->out -= *p == '\\' || *p == '\t' ? 2 : 1;
    *k->out++ = '\\';
    *k->out++ = 'N';
}

/* Ends the scan of a whole record, behind its line end. */
static enum csv_status finish(struct csv *c, struct cursor k, const char *at)
{
    c->len = (size_t)(k.p - at);
    c->n_fields = k.n_fields;
    c->n_lines++;
    if (k.wide != 0) {
        size_t valid = utf8_check(at, c->len);
        if (valid < c->len)
            note(c, CSV_UTF8, valid);
    }
    writer_advance(k.w, k.out);
    return CSV_RECORD;
}

enum csv_status xcsv_scan(struct csv *c, const char *at, const char *end, struct writer *w)
{
    struct cursor k = {
        .p = at + c->len, .n_fields = c->n_fields, .wide = c->is_wide, .delimiter = c->delimiter
    };
    bool is_open = c->len > 0;
    bool is_fast = c->null.len == 0; /* else every field has to be looked at */

    k = at_output(k, w);
    for (;;) {
        const char *start = k.p;
        if (is_fast && !is_open && *k.p != '"')
            start = copy_fields(&k);
        if (is_open || (*k.p == '"' && k.p == start)) {
            if (!is_open)
                c->quote = (size_t)(k.p++ - at);
            is_open = false;
            if (!copy_quoted(c, &k, at, end)) {
                c->len = (size_t)(k.p - at);
                c->n_fields = k.n_fields;
                c->is_wide = k.wide != 0;
                writer_advance(w, k.out);
                return CSV_OPEN;
            }
            if (*k.p != k.delimiter && !csv_is_line_end(k.p))
                return broken(c, CSV_AFTER_QUOTE, (size_t)(k.p - at));
        } else {
            copy_bare(c, &k, at);
            if (*k.p == '"')
                return broken(c, CSV_BARE_QUOTE, (size_t)(k.p - at));
            if (is_null(c, &k, start))
                put_null(&k, start);
        }
        k.n_fields++;
        if (*k.p != k.delimiter)
            break;
        *k.out++ = '\t';
        k.p++;
    }
    k.p += *k.p == '\r' ? 2 : 1;
    *k.out++ = '\n';
    return finish(c, k, at);
}

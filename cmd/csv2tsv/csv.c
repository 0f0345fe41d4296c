/* SPDX-License-Identifier: MIT */
#include "csv.h"

#include "base/plain.h"
#include "base/utf8.h"
#include "base/vector.h"
#include "stream/tsv.h"

/* Room made before a run: for one vector, and for what is written until the next run. */
enum { ROOM = 64 };

/* Where the scan reads and writes. make_room() takes and returns it by value, so that it can stay in registers. */
struct cursor {
    const char *at; /* start of the record */
    const char *p;
    char *out;
    char *limit; /* ROOM bytes before the end of the buffer */
    struct writer *w;
    size_t n_fields;
    unsigned wide; /* not 0: a byte from 0x80 on was seen, perhaps after the record */
    int delimiter; /* a char could be spilled as a byte and loaded as a vector: that stalls, a quarter of the time */
};

const char *csv_error_text(enum csv_error error)
{
    static const char *const texts[] = {
        [CSV_OK] = "no error",
        [CSV_AFTER_QUOTE] = "text after a closing quote",
        [CSV_BARE_QUOTE] = "quote in an unquoted field",
        [CSV_UNCLOSED] = "unclosed quote",
        [CSV_NUL] = "NUL byte",
        [CSV_CR] = "CR not followed by LF: lines must end in LF or CRLF",
        [CSV_UTF8] = "invalid UTF-8",
    };

    return texts[error];
}

/* K, moved to the end of the output of W. */
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

/* Marks the quotes, backslashes and control characters among BYTES. */
static inline struct vector find_special(struct vector bytes)
{
    struct vector quotes = vector_equal(bytes, vector_of('"'));
    struct vector backslashes = vector_equal(bytes, vector_of('\\'));

    return vector_or(vector_or(quotes, backslashes), vector_at_most(bytes, vector_of(0x1f)));
}

/* Copies bytes up to the first STOP, quote, backslash or control character. There is one, because lines end in LF. */
static inline void copy_run(struct cursor *k, int stop)
{
    const struct vector stops = vector_of(stop);

    for (;;) {
        if (k->out > k->limit)
            *k = make_room(*k);
        struct vector bytes = vector_load(k->p);
        vector_store(k->out, bytes);
        unsigned found = vector_mask(vector_or(vector_equal(bytes, stops), find_special(bytes)));
        k->wide |= vector_mask(bytes);
        if (found != 0) {
            k->p += __builtin_ctz(found);
            k->out += __builtin_ctz(found);
            return;
        }
        k->p += VECTOR_BYTES;
        k->out += VECTOR_BYTES;
    }
}

/*
 * The fast path for bare fields, from the start of a field: copies them with TABs between them until a field is empty
 * or a byte is special. Returns the start of the field where it stopped. Saves a third of the time.
 */
static inline const char *copy_fields(struct cursor *k)
{
    const char *start = k->p;
    const struct vector delimiter = vector_of(k->delimiter);
    unsigned before = 1; /* a field starts with the first byte of the vector */

    for (;;) {
        if (k->out > k->limit)
            *k = make_room(*k);
        struct vector bytes = vector_load(k->p);
        struct vector delimiters = vector_equal(bytes, delimiter);
        vector_store(k->out,
                     vector_or(vector_without(bytes, delimiters), vector_and(delimiters, vector_of('\t'))));
        unsigned ends = vector_mask(delimiters);
        unsigned stops = vector_mask(vector_without(find_special(bytes), delimiters));
        stops |= ends & (ends << 1 | before);
        int n = stops != 0 ? __builtin_ctz(stops) : VECTOR_BYTES;
        k->wide |= vector_mask(bytes);
        ends &= (1u << n) - 1;
        if (ends != 0)
            start = k->p + (32 - __builtin_clz(ends));
        for (before = ends >> 15; ends != 0; ends &= ends - 1)
            k->n_fields++;
        k->p += n;
        k->out += n;
        if (stops != 0)
            return start;
    }
}

/* Writes the byte where copy_run() stopped as data. */
static inline void copy_escaped(struct cursor *k)
{
    k->out += tsv_escape(k->out, (struct span){ k->p, 1 });
    k->p++;
}

/* Notes ERROR at OFFSET unless the record has one already. Inlined, this and broken() slow plain CSV down by 30%. */
static __attribute__((noinline)) void note(struct csv_scan *scan, enum csv_error error, size_t offset)
{
    if (scan->error == CSV_OK) {
        scan->error = error;
        scan->offset = offset;
    }
}

/* Notes the quote ERROR at OFFSET, replacing any error in the bytes before it. */
static __attribute__((noinline)) enum csv_status broken(struct csv_scan *scan, enum csv_error error, size_t offset)
{
    scan->error = error;
    scan->offset = offset;
    return CSV_BROKEN;
}

static size_t offset_of(const struct cursor *k)
{
    return (size_t)(k->p - k->at);
}

static inline bool ends_field(const struct cursor *k)
{
    return *k->p == k->delimiter || csv_is_line_end(k->p);
}

/* Copies a quoted field, from after its opening quote to after its closing one. */
static inline enum csv_status copy_quoted(struct csv_scan *scan, struct cursor *k, const char *end)
{
    while (k->p < end) {
        copy_run(k, '"');
        if (*k->p == '"') {
            k->p++;
            if (*k->p != '"')
                return ends_field(k) ? CSV_RECORD : broken(scan, CSV_AFTER_QUOTE, offset_of(k));
        } else if (*k->p == '\n') {
            scan->n_lines++;
        } else if (*k->p == '\0') {
            note(scan, CSV_NUL, offset_of(k));
        }
        copy_escaped(k);
    }
    return CSV_OPEN;
}

/* Copies a bare field up to the delimiter or line end after it. */
static inline enum csv_status copy_bare(struct csv_scan *scan, struct cursor *k)
{
    for (;;) {
        copy_run(k, k->delimiter);
        if (ends_field(k))
            return CSV_RECORD;
        if (*k->p == '"')
            return broken(scan, CSV_BARE_QUOTE, offset_of(k));
        if (*k->p == '\r')
            note(scan, CSV_CR, offset_of(k));
        else if (*k->p == '\0')
            note(scan, CSV_NUL, offset_of(k));
        copy_escaped(k);
    }
}

/* Replaces the copy of FIELD, which ends the output and has no quotes around it, by null if it is null. */
static inline void replace_null(const struct csv_dialect *dialect, struct cursor *k, struct span field)
{
    bool is_null = field.len == 0;

    for (size_t i = 0; i < dialect->n_nulls && !is_null; i++)
        is_null = span_equal(field, span_of(dialect->nulls[i]));
    if (!is_null || dialect->is_header)
        return;
    for (size_t i = 0; i < field.len; i++)
        k->out -= field.at[i] == '\\' || field.at[i] == '\t' ? 2 : 1;
    *k->out++ = '\\';
    *k->out++ = 'N';
}

/* Stores the position of K in SCAN and in the writer. */
static void leave(struct csv_scan *scan, struct cursor k)
{
    scan->len = offset_of(&k);
    scan->n_fields = k.n_fields;
    writer_advance(k.w, k.out);
}

/* Ends the scan of a complete record at its line end. */
static enum csv_status finish(struct csv_scan *scan, struct cursor k)
{
    k.p += *k.p == '\r' ? 2 : 1;
    *k.out++ = '\n';
    leave(scan, k);
    scan->n_lines++;
    if (k.wide != 0) {
        size_t valid = utf8_check(k.at, scan->len);
        if (valid < scan->len)
            note(scan, CSV_UTF8, valid);
    }
    return CSV_RECORD;
}

enum csv_status xcsv_scan(const struct csv_dialect *dialect, struct csv_scan *scan, const char *at, const char *end,
                          struct writer *w)
{
    bool is_open = scan->len > 0;
    struct cursor k = {
        .at = at, .p = at + scan->len, .n_fields = scan->n_fields, .wide = is_open, .delimiter = dialect->delimiter
    };
    const bool is_fast = !IS_PLAIN && dialect->n_nulls == 0; /* else every field must be compared */

    k = at_output(k, w);
    for (;; is_open = false) {
        const char *start = k.p;
        enum csv_status status;
        if (is_fast && !is_open && *k.p != '"')
            start = copy_fields(&k);
        bool is_quoted = *k.p == '"' && k.p == start;
        if (is_quoted && !is_open)
            scan->quote = (size_t)(k.p++ - at);
        status = is_open || is_quoted ? copy_quoted(scan, &k, end) : copy_bare(scan, &k);
        if (status == CSV_OPEN)
            leave(scan, k);
        if (status != CSV_RECORD)
            return status;
        if (!is_open && (!is_quoted || dialect->null_quoted)) /* a null string has no line ends */
            replace_null(dialect, &k, (struct span){ start + is_quoted, (size_t)(k.p - start) - 2 * is_quoted });
        k.n_fields++;
        if (*k.p != k.delimiter)
            return finish(scan, k);
        *k.out++ = '\t';
        k.p++;
    }
}

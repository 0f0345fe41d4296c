/* SPDX-License-Identifier: MIT */
/* tsv2csv: turns records into CSV (RFC 4180). */
#include <inttypes.h>

#include "base/die.h"
#include "base/plain.h"
#include "base/vector.h"
#include "base/words.h"
#include "stream/csv_option.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"

enum quoting { QUOTE_NEEDED, QUOTE_ALL };

struct options {
    const char *delimiter; /* d */
    const char *null;
    bool bom;
    bool crlf;
    int quote; /* an enum quoting */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    char delimiter;
    struct span null;     /* what a null is written as */
    struct span line_end;
    char special[5]; /* what a bare field must not contain */
    bool is_fast; /* copy_fields() finds all fields that need quotes, except on the first line */
};

static const char bom[] = "\357\273\277";

static const char *quoting_word(int i)
{
    static const char *const words[] = { [QUOTE_NEEDED] = "needed", [QUOTE_ALL] = "all", NULL };

    return words[i];
}

/*
 * Whether TEXT at the start of a line, with DELIMITER after it, could not be read as data: as the failure mark, as the
 * end of data in PostgreSQL, and on the first line as a delimiter for spreadsheets or a byte order mark.
 */
static bool starts_line(const char *text, char delimiter)
{
    static const char *const starts[] = { "\\!", "\\.", "sep=", bom };
    size_t len = strlen(text);

    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t n = strlen(starts[i]);
        if (strncmp(text, starts[i], len < n ? len : n) == 0 && (len >= n || starts[i][len] == delimiter))
            return true;
    }
    return false;
}

static void parse(struct job *job, const struct options *o)
{
    char delimiter = xcsv_option_delimiter(o->delimiter);

    *job = (struct job){ .options = o, .delimiter = delimiter, .special = { delimiter, '"', '\n', '\r' } };
    job->null = xcsv_option_null(o->null, job->delimiter);
    job->line_end = span_of(o->crlf ? "\r\n" : "\n");
    job->is_fast = !IS_PLAIN && o->quote == QUOTE_NEEDED && job->null.len == 0;
    if (*o->null != '\0' && starts_line(o->null, delimiter))
        die_usage("--null, with the delimiter, must not begin with \\!, \\., sep= or a byte order mark");
}

/* Writes FIELD. STARTS: it must not look as starts_line() says. */
static void write_field(struct job *job, struct span field, bool starts)
{
    struct writer *w = &job->stream.out;
    char *out = xwriter_reserve(w, 2 * field.len + 3);
    char *value = out + field.len + 2; /* doubling its quotes on the way to OUT overwrites nothing still to be read */
    size_t len = tsv_unescape(value, field);

    value[len] = '\0';
    if (tsv_is_null(field)) {
        xwriter_bytes(w, job->null);
    } else if (len == 0 || job->options->quote == QUOTE_ALL || strpbrk(value, job->special) != NULL ||
               strcmp(value, job->options->null) == 0 || (starts && starts_line(value, job->delimiter))) {
        *out++ = '"';
        for (; *value != '\0'; *out++ = *value++)
            if (*value == '"')
                *out++ = '"';
        *out++ = '"';
        writer_advance(w, out);
    } else {
        memmove(out, value, len);
        writer_advance(w, out + len);
    }
}

/*
 * The fast path: copies the fields from P to END with delimiters between them, VECTOR_BYTES at a time, up to one that
 * is empty or has a delimiter, quote or backslash. Returns the start of that field, or END + 1. Three times as fast as
 * field by field. Loads may pass END by less than READER_PADDING.
 */
static const char *copy_fields(struct job *job, const char *p, const char *end)
{
    const struct vector delimiters = vector_of(job->delimiter);
    const char *start = p;
    char *out = xwriter_reserve(&job->stream.out, (size_t)(end - p) + VECTOR_BYTES);
    unsigned before = 1; /* a field starts with the first byte of the vector */

    for (;; p += VECTOR_BYTES, out += VECTOR_BYTES) {
        struct vector bytes = vector_load(p);
        struct vector tabs = vector_equal(bytes, vector_of('\t'));
        struct vector special = vector_or(vector_equal(bytes, vector_of('"')), vector_equal(bytes, vector_of('\\')));
        special = vector_without(vector_or(special, vector_equal(bytes, delimiters)), tabs);
        vector_store(out, vector_or(vector_without(bytes, tabs), vector_and(tabs, delimiters)));
        bool is_last = end - p < VECTOR_BYTES;
        unsigned last = is_last ? 1u << (end - p) : 0; /* the line ends here, as a field does at a TAB */
        unsigned ends = (vector_mask(tabs) & (last - 1)) | last;
        unsigned stops = (vector_mask(special) & (last - 1)) | (ends & (ends << 1 | before));
        ends &= (stops & -stops) - 1; /* those before the first stop */
        if (ends != 0)
            start = p + (32 - __builtin_clz(ends));
        before = ends >> (VECTOR_BYTES - 1);
        if (stops != 0 || is_last) {
            writer_advance(&job->stream.out, out + ((start < end ? start : end) - p));
            return start;
        }
    }
}

/* Writes LINE, a header or a record. IS_FIRST: it begins the output. */
static void write_line(struct job *job, struct span line, bool is_first)
{
    struct writer *w = &job->stream.out;
    bool is_fast = job->is_fast && !is_first;
    const char *end = line.at + line.len;
    const char *tab;

    if (is_first && job->options->bom)
        xwriter_bytes(w, span_of(bom));
    for (const char *p = line.at;; p = tab + 1) {
        if (is_fast && (p = copy_fields(job, p, end)) > end)
            break;
        tab = memchr(p, '\t', (size_t)(end - p));
        write_field(job, (struct span){ p, (size_t)((tab != NULL ? tab : end) - p) },
                    p == line.at && (is_first || *p == '\\'));
        if (tab == NULL)
            break;
        xwriter_char(w, job->delimiter);
    }
    xwriter_bytes(w, job->line_end);
    writer_commit(w);
}

static void tsv2csv(struct job *job)
{
    struct stream *s = &job->stream;
    bool has_header = s->header.names != NULL;

    if (has_header) {
        write_line(job, (struct span){ s->header.text, s->header.len }, true);
        xwriter_flush(&s->out);
    }
    for (bool is_first = !has_header; xstream_record(s, &job->record); is_first = false, s->n_written++)
        write_line(job, record_line(&job->record), is_first);
}

int main(int argc, char **argv)
{
    struct options o = { .delimiter = ",", .null = "" };
    const struct option_spec specs[] = {
        { 'd', "delimiter", "CHAR", "separator of fields (default: comma; \\t: TAB)", .text = &o.delimiter },
        { 0, "null", "STRING", "write nulls as STRING (default: empty)", .text = &o.null },
        { 0, "bom", NULL, "begin with a byte order mark, as Excel needs for UTF-8", .flag = &o.bom },
        { 0, "crlf", NULL, "end lines with CRLF (default: LF)", .flag = &o.crlf },
        { 0, "quote", "WHICH", "fields to quote", .choice = &o.quote, .word = quoting_word },
    };
    const struct usage usage = { "", "Converts records to CSV (RFC 4180).", STREAM_TEXT, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct job job;

    parse(&job, &o);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    tsv2csv(&job);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

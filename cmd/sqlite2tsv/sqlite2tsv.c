/* SPDX-License-Identifier: MIT */
/* sqlite2tsv: writes the result of an SQLite query as records. */
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "base/read.h"
#include "base/utf8.h"
#include "stream/database.h"
#include "stream/heading.h"
#include "stream/options.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "query.h"

struct options {
    struct option_list parameters; /* p */
    uint64_t timeout;              /* seconds */
    bool trust_schema;
    struct stream_options stream;
};

enum { READ_BYTES = 64 << 10 };

struct job {
    const struct options *options;
    struct stream stream; /* its input is the SQL, or nothing */
    struct database database;
    sqlite3_stmt *query;
    int n; /* columns */
};

/* Reads all of standard input and appends a NUL. */
static void read_sql(struct stream *s, struct buffer *sql)
{
    ssize_t n;

    while ((n = read_some(s->in.fd, xbuffer_reserve(sql, READ_BYTES), READ_BYTES)) > 0)
        sql->len += (size_t)n;
    s->n_bytes = sql->len;
    if (n < 0)
        xstream_read_error(s);
    if (sql->len > 0 && memchr(sql->at, '\0', sql->len) != NULL)
        die_usage("NUL byte in the SQL");
    xbuffer_append(sql, (struct span){ "", 1 });
}

static void write_header(struct job *job)
{
    struct buffer field = { .len = 0 };
    struct quoted q;

    for (int i = 0; i < job->n && !job->options->stream.no_header; i++) {
        struct span name = span_of(sqlite3_column_name(job->query, i));
        if (utf8_check(name.at, name.len) < name.len)
            xstream_refuse(&job->stream, "the name of column %d is not valid UTF-8", i + 1);
        for (int k = 0; k < i; k++)
            if (strcmp(sqlite3_column_name(job->query, k), name.at) == 0)
                die_usage("columns %d and %d are both called %s; rename one with AS", k + 1, i + 1, quote(&q, name));
        char *text = xbuffer_reserve(&field, 2 * name.len);
        xheading_add(&job->stream, (struct span){ text, tsv_escape(text, name) });
    }
    xheading_end(&job->stream);
    buffer_free(&field);
}

/*
 * Writes VALUE rounded to the fewest digits that read back as VALUE, at most 17. A point or an exponent shows that it is
 * no integer. DBL_DIG digits are unique; only subnormal numbers may have fewer.
 */
static void write_real(struct writer *w, double value)
{
    char text[DBL_DECIMAL_DIG + 10];
    int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG;

    do
        snprintf(text, sizeof text, "%.*g", digits, value);
    while (strtod(text, NULL) != value && digits++ < DBL_DECIMAL_DIG);
    xwriter_bytes(w, span_of(text));
    if (strpbrk(text, ".e") == NULL)
        xwriter_bytes(w, span_of(".0"));
}

/* Writes the value of column I. Returns NULL, or why there is no field for it. */
static const char *write_value(struct job *job, int i)
{
    struct writer *w = &job->stream.out;
    struct span text;

    switch (sqlite3_column_type(job->query, i)) {
    case SQLITE_NULL:
        xwriter_bytes(w, span_of("\\N"));
        return NULL;
    case SQLITE_FLOAT:
        if (isinf(sqlite3_column_double(job->query, i)))
            return "the number is infinite";
        write_real(w, sqlite3_column_double(job->query, i));
        return NULL;
    case SQLITE_INTEGER:
    case SQLITE_TEXT:
        text.at = xdatabase_text(&job->database, job->query, i);
        text.len = (size_t)sqlite3_column_bytes(job->query, i);
        xtsv_escape(w, text);
        if (memchr(text.at, '\0', text.len) != NULL)
            return "the text has a NUL byte";
        return utf8_check(text.at, text.len) < text.len ? "the text is not valid UTF-8" : NULL;
    default:
        return "the value is a blob; select hex() of it, or cast it to text";
    }
}

/* Rejects the current row. What was written of it, at most MAX_LINE bytes, is the bad record. */
static void reject(struct job *job, const char *reason)
{
    struct stream *s = &job->stream;
    struct span row = { s->out.buffer + s->out.committed, s->out.used - s->out.committed };

    if (s->options->rejects == NULL)
        xstream_refuse(s, "row %" PRIu64 ": %s", s->n_read, reason);
    if (row.len > s->options->max_line)
        row.len = s->options->max_line;
    xstream_reject(s, s->n_read, row, "%s", reason);
}

static void write_row(struct job *job)
{
    struct stream *s = &job->stream;
    char text[QUOTE_SIZE + 100];
    const char *reason;
    struct quoted q;

    s->n_read++;
    for (int i = 0; i < job->n; i++) {
        if (i > 0)
            xwriter_char(&s->out, '\t');
        if ((reason = write_value(job, i)) != NULL) {
            quote(&q, span_of(sqlite3_column_name(job->query, i)));
            snprintf(text, sizeof text, "column %s: %s", q.text, reason);
            reject(job, text);
            return;
        }
    }
    if (s->out.used - s->out.committed > s->options->max_line) {
        snprintf(text, sizeof text, "longer than %" PRIu64 " bytes", s->options->max_line);
        reject(job, text);
    } else {
        xstream_end_record(s);
    }
}

static void sqlite2tsv(struct job *job)
{
    int code;

    while ((code = sqlite3_step(job->query)) == SQLITE_ROW)
        write_row(job);
    if (code == SQLITE_ERROR)
        xstream_refuse(&job->stream, "%s: %s", job->database.path, sqlite3_errmsg(job->database.handle));
    if (code != SQLITE_DONE)
        die_database(&job->database);
}

int main(int argc, char **argv)
{
    struct options o = { .timeout = 5 };
    const struct option_spec specs[] = {
        { 'p', "parameter", "NAME=VALUE", "value of the SQL parameter :NAME", .list = &o.parameters },
        { 0, "timeout", "SECONDS", "how long to wait for a locked database (5)", .number = &o.timeout },
        { 0, "trust-schema", NULL, "let the schema use all functions", .flag = &o.trust_schema },
    };
    const struct usage usage = { "DATABASE [SQL]", "Writes the result of an SQLite query as records.",
                                 STREAM_FILTER, specs, sizeof specs / sizeof *specs };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct buffer sql = { .len = 0 };

    if (argc - first < 1 || argc - first > 2)
        die_usage("expected DATABASE, and SQL as one operand or on standard input");
    struct job job = { .options = &o };
    job.database = (struct database){
        .path = argv[first], .timeout = o.timeout, .is_read_only = true, .trusts_schema = o.trust_schema
    };
    xdatabase_open(&job.database);
    xstream_open(&job.stream, &o.stream);
    if (argc - first == 1)
        read_sql(&job.stream, &sql);
    job.query = xquery_prepare(&job.database, sql.len > 0 ? sql.at : argv[first + 1]);
    xquery_bind(&job.database, job.query, &o.parameters);
    job.n = sqlite3_column_count(job.query);
    write_header(&job);
    sqlite2tsv(&job);
    sqlite3_finalize(job.query);
    database_close(&job.database);
    buffer_free(&sql);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

/* SPDX-License-Identifier: MIT */
/* outliers: prints the records whose value is far from the others. */
#include <inttypes.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/decimal.h"
#include "deviation.h"
#include "pool.h"

struct options {
    const char *value;     /* v */
    int method;            /* m: index of deviation_word() */
    const char *threshold; /* T */
    struct option_list group_by;  /* g */
    bool all;              /* A */
    struct stream_options stream;
};

struct job {
    struct stream stream;
    struct record record;
    const struct deviation_method *method;
    struct deviation_threshold threshold;
    bool is_all;  /* records that are not outliers are written too */
    size_t value; /* the column of values */
    struct columns groups;
    struct pool pool;
};

static void check(struct job *j, const struct options *o)
{
    struct quoted q;

    *j = (struct job){ .method = deviation_method(o->method), .is_all = o->all };
    const char *text = o->threshold != NULL ? o->threshold : j->method->threshold;
    if (!deviation_parse_threshold(span_of(text), &j->threshold))
        die_usage("--threshold: \"%s\" must be a number of at least 0, such as 0.2", quote(&q, span_of(text)));
}

static void resolve(struct job *j, const struct options *o)
{
    const struct header *h = &j->stream.header;

    j->value = o->value != NULL ? xcolumns_one(h, "value", span_of(o->value)) : h->n - 1;
    j->groups = xcolumns(h, "group-by", &o->group_by);
}

static void write_header(struct job *j)
{
    struct stream *s = &j->stream;

    if (!j->is_all || s->header.names == NULL) {
        xheading_copy(s, record_line(&j->record));
        return;
    }
    xheading_add_all(s, &s->header);
    xheading_add(s, span_of("Baseline"));
    xheading_add(s, span_of("Score"));
    xheading_add(s, span_of("Outlier"));
    xheading_end(s);
}

static void read_all(struct job *j)
{
    const struct record *r = &j->record;
    struct buffer buffer = { .len = 0 };
    struct decimal value;

    while (xstream_record(&j->stream, &j->record)) {
        struct span field = record_field(r, j->value);
        bool has_value = !tsv_is_null(field);
        enum decimal_status status = has_value ? decimal_parse(field, &value) : DECIMAL_OK;
        if (status == DECIMAL_OK)
            xpool_add(&j->pool, record_line(r), xcolumns_join(&j->groups, r, &buffer), has_value ? &value : NULL);
        else
            xstream_reject_field(&j->stream, r, j->value, decimal_status_text(status));
    }
    buffer_free(&buffer);
}

/* Measures all groups and warns if some have no scores. */
static void measure(struct job *j)
{
    struct stream *s = &j->stream;
    struct pool *p = &j->pool;
    size_t n_undefined = 0;
    const char *reason = NULL;
    struct quoted name;

    for (size_t i = 0; i < p->keys.n; i++) {
        struct pool_group *group = &p->groups[i];
        if (!xdeviation_measure(&group->deviation, j->method, group->values, group->n))
            xstream_stop(s, s->in.line, "column %s: the values have too many digits to be compared exactly",
                         header_label(&s->header, j->value, &name));
        if (group->deviation.undefined != NULL && n_undefined++ == 0)
            reason = group->deviation.undefined;
    }
    if (n_undefined > 0 && p->keys.n == 1)
        warn("no outliers by %s: %s", j->method->word, reason);
    else if (n_undefined > 0)
        warn("no outliers by %s in %zu of %zu groups: %s", j->method->word, n_undefined, p->keys.n, reason);
}

static void write_score(struct writer *w, const struct deviation *d, const struct pool_record *r, bool is_outlier)
{
    char baseline[40] = "\\N";
    char score[40] = "\\N";
    char text[100];

    if (d->has_baseline)
        snprintf(baseline, sizeof baseline, "%.15g", d->baseline);
    if (r->has_value && d->undefined == NULL)
        snprintf(score, sizeof score, "%.15g", deviation_score(d, r->value));
    snprintf(text, sizeof text, "\t%s\t%s\t%d", baseline, score, is_outlier);
    xwriter_bytes(w, span_of(text));
}

static void write_outliers(struct job *j)
{
    const struct pool *p = &j->pool;

    for (size_t i = 0; i < p->n; i++) {
        const struct pool_record *r = &p->records[i];
        const struct deviation *d = &p->groups[r->group].deviation;
        bool is_outlier = r->has_value && deviation_exceeds(d, r->value, j->threshold);
        if (!is_outlier && !j->is_all)
            continue;
        xwriter_bytes(&j->stream.out, pool_line(p, r));
        if (j->is_all)
            write_score(&j->stream.out, d, r, is_outlier);
        xstream_end_record(&j->stream);
    }
}

static void outliers(struct job *j)
{
    xpool_open(&j->pool);
    read_all(j);
    measure(j);
    write_outliers(j);
    pool_close(&j->pool);
}

/* Writes the help of --threshold, with the default of each method. */
static void describe_threshold(char *help, size_t size)
{
    const struct deviation_method *m;
    size_t used = (size_t)snprintf(help, size, "largest score that is not an outlier; default");

    for (int i = 0; (m = deviation_method(i)) != NULL && used < size; i++)
        used += (size_t)snprintf(help + used, size - used, "%s %s %s", i > 0 ? "," : "", m->word, m->threshold);
}

int main(int argc, char **argv)
{
    struct options o = { .method = 0 };
    char thresholds[200];
    const struct option_spec specs[] = {
        { 'v', "value", "COL", "column of values (default: the last)", .text = &o.value },
        { 'm', "method", "METHOD", "how to measure (default ratio)", .word = deviation_word, .choice = &o.method },
        { 'T', "threshold", "N", thresholds, .text = &o.threshold },
        { 'g', "group-by", "COLS", "compare values within groups", .list = &o.group_by },
        { 'A', "all", NULL, "all records, with Baseline, Score and Outlier (0 or 1)", .flag = &o.all },
    };
    const struct usage usage = { "", "Prints the records whose value is far from the others.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    struct job job;

    describe_threshold(thresholds, sizeof thresholds);
    options_parse(argc, argv, &usage, &o.stream);
    check(&job, &o);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job, &o);
    write_header(&job);
    outliers(&job);
    columns_free(&job.groups);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " measured", job.stream.n_read - job.stream.n_rejected);
}

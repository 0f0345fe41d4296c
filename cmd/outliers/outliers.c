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

enum { MOST_REASONS = 3 }; /* why a group has no scores */

struct options {
    const char *value;           /* v */
    int method;                  /* m: index of deviation_word() */
    const char *threshold;       /* T */
    struct option_list group_by; /* g */
    bool all;                    /* A: records that are not outliers, too */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    const struct deviation_method *method;
    struct deviation_threshold threshold;
    size_t value; /* the column of values */
    struct columns groups;
    struct pool pool;
};

/* Parses the arguments of options. */
static void parse(struct job *job)
{
    const struct options *o = job->options;
    struct quoted q;

    job->method = deviation_method(o->method);
    const char *text = o->threshold != NULL ? o->threshold : job->method->threshold;
    if (!deviation_parse_threshold(span_of(text), &job->threshold))
        die_usage("--threshold: \"%s\" must be a number of at least 0, such as 0.2", quote(&q, span_of(text)));
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;

    job->value = o->value != NULL ? xcolumns_one(h, "--value", span_of(o->value)) : h->n - 1;
    job->groups = xcolumns(h, "--group-by", &o->group_by);
}

static void write_header(struct job *job)
{
    struct stream *s = &job->stream;

    if (!job->options->all || s->header.names == NULL) {
        xheading_copy(s, record_line(&job->record));
        return;
    }
    xheading_add_all(s, &s->header);
    xheading_add(s, span_of("Baseline"));
    xheading_add(s, span_of("Score"));
    xheading_add(s, span_of("Outlier"));
    xheading_end(s);
}

static void read_all(struct job *job)
{
    const struct record *r = &job->record;
    struct buffer buffer = { .len = 0 };
    struct decimal value;

    while (xstream_record(&job->stream, &job->record)) {
        struct span field = record_field(r, job->value);
        bool has_value = !tsv_is_null(field);
        enum decimal_status status = has_value ? decimal_parse(field, &value) : DECIMAL_OK;
        if (status == DECIMAL_OK)
            xpool_add(&job->pool, record_line(r), xcolumns_join(&job->groups, r, &buffer), has_value ? &value : NULL);
        else
            xstream_reject_field(&job->stream, r, job->value, decimal_status_text(status));
    }
    buffer_free(&buffer);
}

/* How many groups have no scores for the same reason. */
struct tally {
    const char *reason;
    size_t n;
};

/* Counts REASON in TALLIES, of which there are enough: a method has one reason of its own, and two are common. */
static void count(struct tally tallies[MOST_REASONS], const char *reason)
{
    struct tally *t = tallies;

    while (t->n > 0 && strcmp(t->reason, reason) != 0)
        t++;
    t->reason = reason;
    t->n++;
}

/* Reports the groups without scores, if there are any. */
static void report(const struct job *job, const struct tally tallies[MOST_REASONS])
{
    char text[MOST_REASONS * 100] = "";
    size_t n_groups = job->pool.keys.n;
    size_t used = 0;
    size_t n = 0;

    for (size_t i = 0; i < MOST_REASONS && tallies[i].n > 0; i++) {
        n += tallies[i].n;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? ", " : "", tallies[i].reason);
        if (tallies[1].n > 0)
            used += (size_t)snprintf(text + used, sizeof text - used, " (%zu)", tallies[i].n);
    }
    if (n > 0 && n_groups == 1)
        warn("no outliers by %s: %s", job->method->word, text);
    else if (n > 0)
        warn("no outliers by %s in %zu of %zu groups: %s", job->method->word, n, n_groups, text);
}

/* Measures all groups. */
static void measure(struct job *job)
{
    struct tally tallies[MOST_REASONS] = { 0 };
    struct stream *s = &job->stream;
    struct pool *p = &job->pool;
    struct quoted name;

    for (size_t i = 0; i < p->keys.n; i++) {
        struct pool_group *group = &p->groups[i];
        if (!xdeviation_measure(&group->deviation, job->method, group->values, group->n))
            xstream_stop(s, s->in.line, "column %s: the values have too many digits to be compared exactly",
                         header_label(&s->header, job->value, &name));
        if (group->deviation.undefined != NULL)
            count(tallies, group->deviation.undefined);
    }
    report(job, tallies);
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

static void write_outliers(struct job *job)
{
    const struct pool *p = &job->pool;

    for (size_t i = 0; i < p->n; i++) {
        const struct pool_record *r = &p->records[i];
        const struct deviation *d = &p->groups[r->group].deviation;
        bool is_outlier = r->has_value && deviation_exceeds(d, r->value, job->threshold);
        if (!is_outlier && !job->options->all)
            continue;
        xwriter_bytes(&job->stream.out, pool_line(p, r));
        if (job->options->all)
            write_score(&job->stream.out, d, r, is_outlier);
        xstream_end_record(&job->stream);
    }
}

static void outliers(struct job *job)
{
    xpool_open(&job->pool);
    read_all(job);
    measure(job);
    write_outliers(job);
    pool_close(&job->pool);
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
        { 'A', "all", NULL, "write all records, with Baseline, Score and Outlier (0 or 1)", .flag = &o.all },
    };
    const struct usage usage = { "", "Prints the records whose value is far from the others.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };

    describe_threshold(thresholds, sizeof thresholds);
    options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    parse(&job);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    write_header(&job);
    outliers(&job);
    columns_free(&job.groups);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " measured", job.stream.n_read - job.stream.n_rejected);
}

/* SPDX-License-Identifier: MIT */
/* where: writes the records that meet conditions. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/memory.h"
#include "base/quote.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "value/condition.h"

struct options {
    bool any;
    bool invert; /* v */
    bool require;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct condition *conditions;
    size_t n; /* conditions */
    uint64_t n_written;
};

static void check(const struct options *o, size_t n)
{
    if (n == 0)
        die_usage("at least one CONDITION is required");
    if (o->invert && o->require)
        die_usage("--invert and --require cannot be combined");
}

static void resolve(struct job *job, char **operands)
{
    job->conditions = xcalloc(job->n, sizeof *job->conditions);
    for (size_t i = 0; i < job->n; i++)
        xcondition_parse(&job->conditions[i], &job->stream.header, operands[i]);
}

/*
 * Sets *IS_MET to whether the conditions hold for the record, and *LAST to the one that decided it. All types are
 * checked, whatever is decided already. False: the record was rejected.
 */
static inline bool check_record(struct job *job, bool *is_met, const struct condition **last)
{
    bool any = job->options->any;
    const char *reason;
    size_t column;

    *is_met = !any;
    for (size_t i = 0; i < job->n; i++) {
        struct condition *c = &job->conditions[i];
        if (*is_met == any && c->type == TYPE_ANY)
            continue;
        enum condition_result result = xcondition_check(c, &job->record, &column, &reason);
        if (result == CONDITION_BAD) {
            xstream_reject_field(&job->stream, &job->record, column, reason);
            return false;
        }
        if (*is_met != any)
            *last = c;
        if ((result == CONDITION_HOLDS) == any)
            *is_met = any;
    }
    return true;
}

/* Rejects the record because of C, or with --any because no condition holds. */
static void reject(struct job *job, const struct condition *c)
{
    struct quoted text;
    char reason[QUOTE_SIZE + 20];

    snprintf(reason, sizeof reason, "does not meet %s", quote(&text, span_of(c->text)));
    if (job->options->any && job->n > 1)
        xstream_reject(&job->stream, job->record.line, record_line(&job->record), "meets no condition");
    else
        xstream_reject_field(&job->stream, &job->record, c->column, reason);
}

static void where(struct job *job)
{
    const struct options *o = job->options;
    struct writer *out = &job->stream.out;
    const struct condition *last = NULL;
    bool is_met;

    while (xstream_record(&job->stream, &job->record)) {
        if (!check_record(job, &is_met, &last))
            continue;
        if (is_met != o->invert) {
            writer_advance(out, xwriter_short(out, writer_end(out), record_line(&job->record), '\n'));
            writer_commit(out);
            job->n_written++;
        } else if (o->require) {
            reject(job, last);
        }
    }
}

static void free_job(struct job *job)
{
    record_free(&job->record);
    for (size_t i = 0; i < job->n; i++)
        condition_free(&job->conditions[i]);
    free(job->conditions);
}

int main(int argc, char **argv)
{
    struct options o = { .any = false };
    const struct option_spec specs[] = {
        { 0, "any", NULL, "write records that meet at least one CONDITION (default: all)", .flag = &o.any },
        { 'v', "invert", NULL, "write the other records", .flag = &o.invert },
        { 0, "require", NULL, "treat the other records as bad", .flag = &o.require },
    };
    const struct usage usage = {
        "CONDITION ...",
        "Writes the records that meet every CONDITION: COL[:TYPE]OP VALUE or COL[:TYPE]OP@COL,\n"
        "OP one of = != < <= > >= ~ !~, TYPE one of int num bool time str json; the VALUE \\N is null.",
        STREAM_FILTER,
        specs,
        sizeof specs / sizeof *specs,
    };
    int first = options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o, .n = (size_t)(argc - first) };

    check(&o, job.n);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job, argv + first);
    xheading_copy(&job.stream, record_line(&job.record));
    where(&job);
    free_job(&job);
    uint64_t n_good = job.stream.n_read - job.stream.n_rejected;
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written, %" PRIu64 " left out", job.n_written,
                               n_good - job.n_written);
}

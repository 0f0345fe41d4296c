/* SPDX-License-Identifier: MIT */
/* utc: writes times in one spelling, in UTC. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "stream/columns.h"
#include "stream/heading.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/calendar.h"

enum { TIME_SIZE = 40, SECOND_US = 1000000 };

struct options {
    struct option_list times; /* t */
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    bool *is_time; /* for each column */
};

static void resolve(struct job *job)
{
    const struct header *h = &job->stream.header;
    struct columns columns = xcolumns(h, "--time", &job->options->times);

    job->is_time = xcolumns_set(&columns, h->n);
    columns_free(&columns);
}

static void write_header(struct job *job)
{
    xheading_add_all(&job->stream, &job->stream.header);
    xheading_end(&job->stream);
}

/*
 * Writes US, microseconds since 1970, to OUT: YYYY-MM-DDTHH:MM:SS, and a fraction without trailing zeros if it is not
 * 0.
 */
static struct span format_time(int64_t us, char out[TIME_SIZE])
{
    int fraction = (int)floor_modulo(us, SECOND_US);
    size_t len = calendar_format(floor_divide(us, SECOND_US), out);

    if (fraction != 0) {
        len += (size_t)snprintf(out + len, TIME_SIZE - len, ".%06d", fraction);
        while (out[len - 1] == '0')
            len--;
    }
    return (struct span){ out, len };
}

/* Writes the record, or rejects it. */
static void write_record(struct job *job)
{
    struct stream *s = &job->stream;
    const struct record *r = &job->record;
    char text[TIME_SIZE];
    int64_t us;

    for (size_t i = 0; i < r->n_fields; i++) {
        struct span field = record_field(r, i);
        if (i > 0)
            xwriter_char(&s->out, '\t');
        if (job->is_time[i] && !tsv_is_null(field)) {
            if (!calendar_parse_us(field, &us)) {
                xstream_reject_field(s, r, i, "is not a time");
                return;
            }
            field = format_time(us, text);
        }
        xwriter_bytes(&s->out, field);
    }
    xstream_end_record(s);
}

static void utc(struct job *job)
{
    while (xstream_record(&job->stream, &job->record))
        write_record(job);
}

int main(int argc, char **argv)
{
    struct options o = { .times = { 0 } };
    const struct option_spec specs[] = {
        { 't', "time", "COLS", "columns of times", .list = &o.times },
    };
    const struct usage usage = { "", "Writes times in one spelling, in UTC: 2024-03-31T08:00:00.", STREAM_FILTER, specs,
                                 sizeof specs / sizeof *specs };
    options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    if (o.times.n == 0)
        die_usage("--time is required");
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    write_header(&job);
    utc(&job);
    record_free(&job.record);
    free(job.is_time);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " written", job.stream.n_read - job.stream.n_rejected);
}

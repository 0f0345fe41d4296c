/* SPDX-License-Identifier: MIT */
/* chart: draws records as bars or lines, on a terminal or as SVG. */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/die.h"
#include "base/quote.h"
#include "stream/columns.h"
#include "stream/stream.h"
#include "stream/tsv.h"
#include "value/number.h"
#include "picture.h"
#include "points.h"

struct options {
    struct option_list labels;   /* x */
    const char *value;           /* v */
    struct option_list group_by; /* g */
    const char *mark;
    const char *hatch;
    bool text;
    bool svg;
    uint64_t width; /* 0: not given */
    const char *title;
    struct stream_options stream;
};

struct job {
    const struct options *options;
    struct stream stream;
    struct record record;
    struct columns flags; /* --mark and --hatch, those given */
    struct columns groups;
    struct columns labels;
    size_t value;
    struct buffer group; /* for joined fields */
    struct buffer label;
    struct points points;
};

enum { LEAST_WIDTH = 20, MOST_WIDTH = 4000 };
static const double largest = 1e300; /* a value: the difference of two is finite */

static void check(const struct options *o)
{
    if (o->text && o->svg)
        die_usage("--text and --svg cannot be combined");
    if (o->width != 0 && (o->width < LEAST_WIDTH || o->width > MOST_WIDTH))
        die_usage("--width must be from %d to %d", LEAST_WIDTH, MOST_WIDTH);
}

/* Removes from LABELS the columns that have another part in the picture, and those from the value on. */
static void keep_labels(struct job *job)
{
    size_t n = 0;

    for (size_t i = 0; i < job->labels.n; i++) {
        size_t column = job->labels.at[i];
        if (column < job->value && !columns_have(&job->groups, column) && !columns_have(&job->flags, column))
            job->labels.at[n++] = column;
    }
    job->labels.n = n;
}

/* The column of values, if no option names it: the last one that has no other part. */
static size_t find_value(const struct job *job)
{
    size_t column = job->stream.header.n;

    while (column > 0 && (columns_have(&job->groups, column - 1) || columns_have(&job->flags, column - 1)))
        column--;
    if (column == 0 && job->stream.header.n > 0)
        die_usage("no column of values is left; the others are groups, marks and hatches");
    return column - (column > 0);
}

static void resolve(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;

    job->groups = xcolumns(h, "--group-by", &o->group_by);
    job->flags = xcolumns_first(2);
    job->flags.n = 0;
    if (o->mark != NULL)
        job->flags.at[job->flags.n++] = xcolumns_one(h, "--mark", span_of(o->mark));
    if (o->hatch != NULL)
        job->flags.at[job->flags.n++] = xcolumns_one(h, "--hatch", span_of(o->hatch));
    job->value = o->value != NULL ? xcolumns_one(h, "--value", span_of(o->value)) : find_value(job);
    job->labels = o->labels.n > 0 ? xcolumns(h, "--label", &o->labels) : xcolumns_first(h->n);
    if (o->labels.n == 0)
        keep_labels(job);
}

/* The fields of the record in COLUMNS, joined by SEPARATOR, built in BUFFER. */
static struct span join(const struct job *job, const struct columns *columns, const char *separator,
                        struct buffer *buffer)
{
    buffer->len = 0;
    for (size_t i = 0; i < columns->n; i++) {
        if (i > 0)
            xbuffer_append(buffer, span_of(separator));
        xbuffer_append(buffer, record_field(&job->record, columns->at[i]));
    }
    return buffer_span(buffer);
}

/* Sets the value of POINT to that of the record. Returns what is wrong with it, or NULL. */
static const char *read_value(const struct job *job, struct point *point)
{
    struct span field = record_field(&job->record, job->value);
    struct number number;

    if (tsv_is_null(field))
        return NULL;
    if (!number_parse(field, &number))
        return "is not a number";
    point->value = strtod(field.at, NULL); /* it ends at the TAB or LF */
    point->has_value = true;
    return point->value > largest || point->value < -largest ? "is too large to be drawn" : NULL;
}

/* Whether OPTION, the column FLAG of the flags, is given and 1 in the record. */
static bool is_flagged(const struct job *job, const char *option, size_t flag)
{
    return option != NULL && span_equal(record_field(&job->record, job->flags.at[flag]), span_of("1"));
}

/* Adds the record to the points, or rejects it. */
static void add_record(struct job *job)
{
    const struct options *o = job->options;
    const struct record *r = &job->record;
    struct stream *s = &job->stream;
    char number[NUMBER_DIGITS];
    struct quoted q;
    struct point point = { .has_value = false };
    const char *reason = read_value(job, &point);

    if (reason != NULL) {
        xstream_reject_field(s, r, job->value, reason);
        return;
    }
    if (job->points.n == POINTS_MOST)
        xstream_refuse(s, "more than %d records; aggregate first, for example with weekagg", POINTS_MOST);
    if (job->groups.n > 0 && !xpoints_group(&job->points, xcolumns_join(&job->groups, r, &job->group),
                                            join(job, &job->groups, "-", &job->label), &point.group))
        xstream_refuse(s, "more than %d groups; filter them first, for example with where", POINTS_GROUPS);
    point.is_marked = is_flagged(job, o->mark, 0);
    point.is_hatched = is_flagged(job, o->hatch, job->flags.n - 1);
    struct span label = job->labels.n > 0 ? join(job, &job->labels, "-", &job->label)
                                          : (struct span){ number, number_format(job->points.n + 1, number) };
    if (!xpoints_add(&job->points, point, label, record_field(r, job->value)))
        xstream_reject(s, r->line, record_line(r), "the group already has a value for \"%s\"; aggregate first",
                       quote(&q, label));
}

static void draw(struct job *job)
{
    const struct options *o = job->options;
    const struct header *h = &job->stream.header;
    const bool is_terminal = isatty(STDOUT_FILENO);
    const char *no_color = getenv("NO_COLOR");
    struct quoted label;
    struct picture picture = {
        .points = &job->points,
        .summary = points_summarize(&job->points),
        .width = (size_t)o->width,
        .has_color = is_terminal && (no_color == NULL || *no_color == '\0'),
    };

    header_label(h, job->value, &picture.value);
    picture.title = xpicture_title(&picture, o->title, job->labels.n == 0 ? NULL :
                                   header_label(h, job->labels.at[job->labels.n - 1], &label));
    if (o->mark != NULL)
        header_label(h, job->flags.at[0], &picture.mark);
    if (o->hatch != NULL)
        header_label(h, job->flags.at[job->flags.n - 1], &picture.hatch);
    if (o->text || (is_terminal && !o->svg))
        text_draw(&picture, &job->stream.out);
    else
        svg_draw(&picture, &job->stream.out);
    free(picture.title);
}

static void chart(struct job *job)
{
    struct stream *s = &job->stream;

    xpoints_open(&job->points, job->groups.n > 0);
    while (xstream_record(s, &job->record))
        add_record(job);
    if (job->options->stream.end_mark && !s->end_mark)
        return; /* the end of the stream fails */
    if (!xpoints_finish(&job->points, job->labels.n == 1))
        xstream_refuse(s, "more than %d %s from the first to the last record; filter first, or use a larger unit",
                       POINTS_MOST, job->points.unit->noun);
    draw(job);
    writer_commit(&s->out);
}

int main(int argc, char **argv)
{
    struct options o = { .width = 0 };
    const struct option_spec specs[] = {
        { 'x', "label", "COLS", "label columns (default: those before the value)", .list = &o.labels },
        { 'v', "value", "COL", "column of values (default: the last that no option names)", .text = &o.value },
        { 'g', "group-by", "COLS", "draw a line for each group, at most 8", .list = &o.group_by },
        { 0, "mark", "COL", "records where COL is 1 stand out", .text = &o.mark },
        { 0, "hatch", "COL", "records where COL is 1 are hatched", .text = &o.hatch },
        { 0, "text", NULL, "draw with characters (default on a terminal)", .flag = &o.text },
        { 0, "svg", NULL, "draw as SVG (default otherwise)", .flag = &o.svg },
        { 0, "width", "N", "width in characters, or in pixels of SVG", .number = &o.width },
        { 0, "title", "TEXT", "title of the picture", .text = &o.title },
    };
    const struct usage usage = { "", "Draws records as bars or lines, on a terminal or as SVG.", STREAM_TEXT, specs,
                                 sizeof specs / sizeof *specs };

    options_parse(argc, argv, &usage, &o.stream);
    struct job job = { .options = &o };

    check(&o);
    xstream_open(&job.stream, &o.stream);
    xstream_read_header(&job.stream, &job.record);
    resolve(&job);
    chart(&job);
    points_close(&job.points);
    columns_free(&job.flags);
    columns_free(&job.groups);
    columns_free(&job.labels);
    buffer_free(&job.group);
    buffer_free(&job.label);
    record_free(&job.record);
    return (int)xstream_finish(&job.stream, "%" PRIu64 " drawn", job.stream.n_read - job.stream.n_rejected);
}
